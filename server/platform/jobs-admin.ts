// What administrators and backups do with the job queue: counts as they are now, jobs that failed, dead letters run again
// or discarded, and the unfinished jobs as rows. Also how a stopping process gives back what it had begun.
import { CompiledQuery } from 'kysely';
import type { PgBoss } from 'pg-boss';
import { notFound } from './errors.ts';
import type { Postgres } from './postgres.ts';

export const DEAD_LETTERS = 'dead_letters';

export interface QueueCounts {
  name: string;
  /** Waiting, those whose time has not come included. */
  queued: number;
  active: number;
  failed: number;
  /** Age of the oldest job whose time has come, seconds. */
  oldest_seconds: number;
}

/** A job as an administrator sees it; its payload holds ids, and for mails the mail itself. */
export interface JobRow {
  id: string;
  /** The queue it belongs to; of a dead letter, the one it failed in. */
  queue: string;
  state: string;
  data: unknown;
  /** What it failed with, if it did. */
  error: string | null;
  attempts: number;
  created_at: Date;
  finished_at: Date | null;
}

/** An unfinished job as a backup keeps it. */
export interface PendingJob {
  queue: string;
  data: object;
  start_after: string;
  singleton_key: string | null;
}

export interface JobsAdmin {
  counts(): Promise<QueueCounts[]>;
  /** Newest first; `before` continues after that job. */
  list(which: 'dead' | 'failed' | 'active', limit: number, before?: [Date, string]): Promise<JobRow[]>;
  /** Puts a dead letter back into the queue it came from. Throws 404. */
  replay(id: string): Promise<{ queue: string }>;
  discard(id: string): Promise<{ queue: string }>;
  pending(): Promise<PendingJob[]>;
  /** Queues what pending() gave, after start(). */
  restore(jobs: readonly PendingJob[]): Promise<void>;
}

export function makeJobsAdmin(boss: PgBoss, postgres: Postgres): JobsAdmin {
  const rows = async <T>(text: string, values: unknown[] = []): Promise<T[]> =>
    (await postgres.owner.executeQuery<T>(CompiledQuery.raw(text, values))).rows;

  async function takeLetter(id: string): Promise<{ queue: string }> {
    const [found] = await rows<{ queue: string | null }>(
      'select source_name as queue from pgboss.job where name = $1 and id = $2',
      [DEAD_LETTERS, id],
    );
    if (found === undefined) throw notFound('dead letter');
    return { queue: found.queue ?? DEAD_LETTERS };
  }

  return {
    async counts() {
      return (
        await rows<QueueCounts>(`
          select q.name, count(j.id) filter (where j.state in ('created', 'retry'))::int as queued,
            count(j.id) filter (where j.state = 'active')::int as active,
            count(j.id) filter (where j.state = 'failed')::int as failed,
            coalesce(extract(epoch from now() - min(j.start_after)
              filter (where j.state in ('created', 'retry') and j.start_after <= now())), 0)::float8 as oldest_seconds
          from pgboss.queue q left join pgboss.job j on j.name = q.name and j.state not in ('completed', 'cancelled')
          group by q.name order by q.name`)
      ).filter((queue) => !queue.name.startsWith('__'));
    },

    async list(which, limit, before) {
      const condition = {
        dead: `name = '${DEAD_LETTERS}' and state in ('created', 'retry')`,
        failed: `name <> '${DEAD_LETTERS}' and state = 'failed'`,
        active: "state = 'active'",
      }[which];
      const found = await rows<Omit<JobRow, 'error'> & { output: unknown }>(
        `select id, coalesce(source_name, name) as queue, state::text as state, data, coalesce(source_output, output) as output,
           coalesce(source_retry_count, retry_count) + 1 as attempts, created_on as created_at, completed_on as finished_at
         from pgboss.job where ${condition} and name not like '\\_\\_%'
           and ($1::timestamptz is null or (date_trunc('milliseconds', created_on), id) < ($1, $2::uuid))
         order by date_trunc('milliseconds', created_on) desc, id desc limit $3`,
        [before?.[0] ?? null, before?.[1] ?? null, limit],
      );
      return found.map(({ output, ...row }) => ({ ...row, error: messageOf(output) }));
    },

    async replay(id) {
      const letter = await takeLetter(id);
      const moved = await boss.redrive(DEAD_LETTERS, { ids: [id] });
      if (moved !== 1) throw notFound('dead letter');
      return letter;
    },

    async discard(id) {
      const letter = await takeLetter(id);
      await boss.deleteJob(DEAD_LETTERS, id);
      return letter;
    },

    async pending() {
      const [there] = await rows<{ there: boolean }>("select to_regclass('pgboss.job') is not null as there");
      if (there?.there !== true) return [];
      return await rows<PendingJob>(
        `select name as queue, data, to_json(start_after)#>>'{}' as start_after, singleton_key from pgboss.job
         where state in ('created', 'retry', 'active') and name not like '\\_\\_%' order by created_on, id`,
      );
    },

    async restore(jobs) {
      for (const queue of new Set(jobs.map((job) => job.queue))) await boss.createQueue(queue);
      for (const job of jobs) {
        await boss.send(job.queue, job.data, {
          startAfter: job.start_after,
          ...(job.singleton_key === null ? {} : { singletonKey: job.singleton_key }),
        });
      }
    },
  };
}

function messageOf(output: unknown): string | null {
  if (typeof output !== 'object' || output === null) return null;
  const { message, value } = output as { message?: unknown; value?: unknown };
  const text = message ?? value;
  return text === undefined ? JSON.stringify(output).slice(0, 500) : String(text).slice(0, 500);
}

/** Gives jobs of this process back as if they had never been taken. */
export async function releaseJobs(postgres: Postgres, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await postgres.owner.executeQuery(
    CompiledQuery.raw(
      `update pgboss.job set state = 'created', started_on = null, heartbeat_on = null, start_after = now()
       where id = any($1::uuid[]) and state = 'active'`,
      [[...ids]],
    ),
  );
}

/** So many runs of one job may be lost with their process before a loss counts as a try: it may be the job that kills. */
export const LOST_AT_MOST = 5;
/** The queue itself counts a run as failed this much later than we take it for lost. */
const AHEAD_SECONDS = 5;

/**
 * Gives back the jobs of processes that died: who stopped beating, or, where `all` are known to be dead, everything that
 * is under way. Such a run is no try: the job may be tried as often as its kind says, and once more. Its number of runs
 * goes on counting, so that a process that was only slow cannot end the run of another.
 */
export async function releaseLostJobs(
  postgres: Postgres,
  kinds: readonly { name: string; retries: number }[],
  { all }: { all: boolean },
): Promise<void> {
  await postgres.owner.executeQuery(
    CompiledQuery.raw(
      `update pgboss.job j
       set state = 'retry', start_after = now(), heartbeat_on = null, retry_limit = j.retry_limit + 1
       from unnest($1::text[], $2::int[]) as kind(name, most)
       where j.name = kind.name and j.state = 'active' and j.retry_limit < kind.most
         and ($3 or j.heartbeat_on + (j.heartbeat_seconds - $4) * interval '1 second' < now())`,
      [kinds.map(({ name }) => name), kinds.map(({ retries }) => retries + LOST_AT_MOST), all, AHEAD_SECONDS],
    ),
  );
}

/** Letters hold links that open accounts: five minutes after one is done the queue keeps no word of it. */
export async function emptyPrivate(
  postgres: Postgres,
  kinds: readonly { name: string; private?: true }[],
): Promise<void> {
  const names = kinds.filter((kind) => kind.private === true).map(({ name }) => name);
  if (names.length === 0) return;
  await postgres.owner.executeQuery(
    CompiledQuery.raw(
      `update pgboss.job set data = '{}'::jsonb
       where name = any ($1::text[]) and state = 'completed'
         and completed_on < now() - interval '5 minutes' and data <> '{}'::jsonb`,
      [names],
    ),
  );
}
