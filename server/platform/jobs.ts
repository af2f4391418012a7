// The job queue (pg-boss in the same PostgreSQL): a job is enqueued in the transaction that needs it, run at least once,
// retried with back-off, and put with the dead letters when it keeps failing. Payload shapes are checked on both sides.
import { type ConstructorOptions, PgBoss } from 'pg-boss';
import type { z } from 'zod';
import { AppError } from './errors.ts';
import { faultPoint } from './fault.ts';
import {
  DEAD_LETTERS,
  emptyPrivate,
  type JobsAdmin,
  makeJobsAdmin,
  releaseJobs,
  releaseLostJobs,
} from './jobs-admin.ts';
import { asOwner, type Postgres, type Tx } from './postgres.ts';
import { beginSpan, endSpan, traceparent } from './tracing.ts';

type IDatabase = NonNullable<ConstructorOptions['db']>;

export interface JobKind<T> {
  name: string;
  payload: z.ZodType<T>;
  /** Tries after the first. A run that is lost because its process died is no try, up to five times a job. */
  retries: number;
  /** How many of this kind run at once in one process. */
  concurrency: number;
  /** Seconds after which a run counts as lost. */
  expire_seconds: number;
  /** The payload is nobody's business once the job is done: it is emptied, the row stays to be counted. */
  private?: true;
}

export interface JobRun {
  id: string;
  /** 0 for the first run; lost runs count. */
  attempt: number;
  is_last_attempt: boolean;
  /** Aborted when the job is cancelled or the process stops. */
  signal: AbortSignal;
}

export type JobHandler<T> = (payload: T, run: JobRun) => Promise<void>;

export interface JobSchedule<T> {
  /** Five fields, in UTC. */
  cron: string;
  payload: T;
}

export interface JobLog {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface Jobs extends JobsAdmin {
  /** Registers a kind and its handler; before start(). With a schedule it is queued by itself, once for all processes. */
  register<T>(kind: JobKind<T>, handler: JobHandler<T>, schedule?: JobSchedule<T>): void;
  /** Creates the queues and, where `work` is true, begins to run jobs. */
  start(options: { work: boolean }): Promise<void>;
  /** Adds a job in the given transaction: it exists exactly if the transaction commits. */
  enqueue<T>(tx: Tx, kind: JobKind<T>, payload: T): Promise<string>;
  /** Rejects unless the queue has been started and its tables answer. */
  ping(): Promise<void>;
  /** Lets running jobs finish for at most `grace_ms`, then aborts them and releases them: that run does not count as a try. */
  stop(grace_ms: number): Promise<void>;
}

const POLL_SECONDS = 0.5;
/** Without a beat for this long a run counts as failed; five seconds before, it is taken for lost and given back. */
const HEARTBEAT_SECONDS = 35;
const BEAT_SECONDS = 10;
const SUPERVISE_MS = 10_000;
const RELEASE_MS = 1_500;
/** Where a payload carries the trace of what caused the job; taken out before the payload is checked. */
const TRACE = '_traceparent';

/** Statements without values may be several: every statement's rows are returned, as pg-boss expects. */
function executorOf(postgres: Postgres): IDatabase {
  return {
    executeSql: async (text: string, values?: unknown[]) => {
      const result = await (values === undefined || values.length === 0
        ? postgres.pool.query(text)
        : postgres.pool.query(text, values));
      const results = Array.isArray(result) ? result : [result];
      return { rows: results.flatMap((one) => one.rows ?? []) };
    },
  };
}

interface Registered {
  kind: JobKind<unknown>;
  handler: JobHandler<unknown>;
  schedule: JobSchedule<unknown> | undefined;
}

export function openJobs(postgres: Postgres, log: JobLog): Jobs {
  const boss = new PgBoss({
    db: executorOf(postgres),
    schema: 'pgboss',
    backend: postgres.mode === 'embedded' ? 'pglite' : 'postgres',
    supervise: false,
    superviseIntervalSeconds: SUPERVISE_MS / 1000,
    monitorIntervalSeconds: SUPERVISE_MS / 1000,
  });
  boss.on('error', (error: unknown) => {
    const message =
      typeof error === 'object' && error !== null && 'message' in error
        ? String(error.message)
        : String(error);
    log.error({ error: message }, 'job queue');
  });
  const kinds = new Map<string, Registered>();
  const workers = new Map<string, string>();
  let started = false;
  let stopping = false;
  const running = new Map<string, AbortController>();
  let supervising: NodeJS.Timeout | undefined;

  const known = () => [...kinds.values()].map(({ kind }) => kind);

  // What died is given back first, so that the queue does not count it as failed.
  async function supervise(): Promise<void> {
    try {
      await releaseLostJobs(postgres, known(), { all: false });
      await emptyPrivate(postgres, known());
      if (!stopping) await boss.supervise();
    } catch (error) {
      log.error({ error: String(error) }, 'job queue');
    }
    if (!stopping) supervising = setTimeout(supervise, SUPERVISE_MS).unref();
  }

  async function run(entry: Registered, job: PgJob): Promise<void> {
    // Taken from the queue while it was stopping: it is left to the release below.
    if (stopping) throw new Error('This process is stopping.');
    const { [TRACE]: caused, ...data } = job.data;
    const parent = typeof caused === 'string' ? caused : undefined;
    const span = beginSpan(`job ${entry.kind.name}`, 'consumer', parent, {
      'messaging.destination.name': entry.kind.name,
      'messaging.message.id': job.id,
    });
    const stop = new AbortController();
    running.set(job.id, stop);
    const work = () => handle(entry, job, data, AbortSignal.any([job.signal, stop.signal]));
    try {
      await (span === undefined ? work() : span.within(work));
      if (span !== undefined) endSpan(span.span);
    } catch (error) {
      if (span !== undefined) endSpan(span.span, error);
      throw error;
    } finally {
      running.delete(job.id);
    }
  }

  async function handle(entry: Registered, job: PgJob, data: object, signal: AbortSignal): Promise<void> {
    const begun = performance.now();
    const payload = payloadOf(entry.kind, data);
    const is_last_attempt = job.retryCount >= job.retryLimit;
    try {
      await faultPoint('job.before_run');
      await entry.handler(payload, { id: job.id, attempt: job.retryCount, is_last_attempt, signal });
      await faultPoint('job.after_run');
      log.info(
        { job: entry.kind.name, job_id: job.id, took_ms: Math.round(performance.now() - begun) },
        'job done',
      );
    } catch (error) {
      log.error(
        { job: entry.kind.name, job_id: job.id, attempt: job.retryCount, error: String(error) },
        'job failed',
      );
      throw error;
    }
  }

  return {
    register(kind, handler, schedule) {
      if (started) throw new Error(`The job ${kind.name} was registered after the queue had started.`);
      kinds.set(kind.name, {
        kind: kind as JobKind<unknown>,
        handler: handler as JobHandler<unknown>,
        schedule: schedule as JobSchedule<unknown> | undefined,
      });
    },

    async start({ work }) {
      started = true;
      await boss.start();
      // The embedded store has one process at a time: what is under way at the start was left by one that died.
      if (postgres.mode === 'embedded') await releaseLostJobs(postgres, known(), { all: true });
      await boss.createQueue(DEAD_LETTERS);
      for (const entry of kinds.values()) {
        const { name, retries, expire_seconds, concurrency } = entry.kind;
        const settings = {
          retryLimit: retries,
          retryDelay: 2,
          retryBackoff: true,
          expireInSeconds: expire_seconds,
          heartbeatSeconds: HEARTBEAT_SECONDS,
          deadLetter: DEAD_LETTERS,
        };
        await boss.createQueue(name, settings);
        await boss.updateQueue(name, settings);
        if (entry.schedule !== undefined)
          await boss.schedule(name, entry.schedule.cron, entry.schedule.payload as object, { tz: 'UTC' });
        if (!work) continue;
        const id = await boss.work(
          name,
          {
            pollingIntervalSeconds: POLL_SECONDS,
            localConcurrency: concurrency,
            batchSize: 1,
            includeMetadata: true,
            heartbeatRefreshSeconds: BEAT_SECONDS,
          },
          async ([job]) => {
            if (job !== undefined) await run(entry, job as PgJob);
          },
        );
        workers.set(name, id);
      }
      supervising = setTimeout(supervise, SUPERVISE_MS).unref();
    },

    async enqueue(tx, kind, payload) {
      const parent = traceparent();
      const data = {
        ...(kind.payload.parse(payload) as object),
        ...(parent === undefined ? {} : { [TRACE]: parent }),
      };
      const id = await asOwner(tx, (execute) =>
        boss.send(kind.name, data, { db: { executeSql: execute } as IDatabase }),
      );
      if (id === null)
        throw new AppError('unavailable', `The job ${kind.name} could not be queued; try again.`, {
          retry_after: 5,
        });
      // The transaction commits shortly after this returns: wake the worker instead of waiting for its next poll.
      const worker = workers.get(kind.name);
      if (worker !== undefined) setTimeout(() => boss.notifyWorker(worker), 30).unref();
      return id;
    },

    ...makeJobsAdmin(boss, postgres),

    async ping() {
      if (!started) throw new Error('The job queue has not been started.');
      await postgres.pool.query('select 1 from pgboss.version limit 1');
    },

    async stop(grace_ms) {
      if (!started) return;
      stopping = true;
      clearTimeout(supervising);
      // Released before the queue's own patience ends: it would count the run as failed, and a last try as the end.
      const release = setTimeout(
        () => {
          const ids = [...running.keys()];
          void releaseJobs(postgres, ids)
            .catch((error: unknown) => log.error({ error: String(error) }, 'jobs were not released'))
            .finally(() => {
              for (const one of running.values()) one.abort();
            });
        },
        Math.max(0, grace_ms - RELEASE_MS),
      );
      await boss.stop({ graceful: true, timeout: Math.max(RELEASE_MS, grace_ms), close: false });
      clearTimeout(release);
    },
  };
}

/** The checked payload, or an error that names what is wrong in a sentence: administrators read it beside the job. */
function payloadOf(kind: JobKind<unknown>, data: object): unknown {
  const parsed = kind.payload.safeParse(data);
  if (parsed.success) return parsed.data;
  const wrong = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole'))];
  throw new Error(`What was queued is not what this job takes: ${wrong.join(', ')}.`);
}

interface PgJob {
  id: string;
  data: Record<string, unknown>;
  retryCount: number;
  retryLimit: number;
  signal: AbortSignal;
}
