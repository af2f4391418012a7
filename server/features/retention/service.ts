// Retention: the policies as data, runs that carry them out (or only say what they would do), and legal holds.
import {
  type CreateLegalHoldRequest,
  type LegalHold,
  RETENTION_POLICY_NAMES,
  RetentionJob,
  type RetentionPolicy,
  type RetentionPolicyName,
  type RetentionPolicyReport,
  type RetentionRun,
  type UpdateRetentionPolicyRequest,
} from '../../../contract/retention.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { JobKind, JobRun } from '../../platform/jobs.ts';
import type { Tx } from '../../platform/postgres.ts';
import { audit } from '../audit.ts';
import { type Deps, iso, isoOrNull, type Origin } from '../context.ts';
import { makePolicies } from './policies.ts';
import * as db from './sql.ts';

/** For erasing a person: every file of a project, and the project's rows, which go before the files do. */
export const projectFileKeys = async (tx: Tx, id: string): Promise<string[]> => [
  ...(await db.fileKeysOf(tx, id)),
  `cold/projects/${id}.json.gz`,
];
export const deleteProjectRows = db.deleteProject;

export const RunRetention: JobKind<RetentionJob> = {
  name: 'run_retention',
  payload: RetentionJob,
  retries: 3,
  concurrency: 1,
  expire_seconds: 6 * 3600,
};

/** Every day at 02:30 UTC. */
export const RETENTION_SCHEDULE = '30 2 * * *';

export type Retention = ReturnType<typeof makeRetention>;

export function makeRetention(deps: Deps) {
  const { postgres, jobs } = deps;
  const { handlers, bringBack } = makePolicies(deps);

  async function carryOut(run: db.RunRow, signal: AbortSignal): Promise<RetentionRun> {
    const policies = await postgres.asSystem((tx) => db.listPolicies(tx));
    const reports: RetentionPolicyReport[] = [];
    const keep = (change: Parameters<typeof db.updateRun>[2] = {}) =>
      postgres.asSystem((tx) => db.updateRun(tx, run.id, { ...change, policies: reports }));
    let status: 'done' | 'failed' | 'stopped' = 'done';
    for (const name of RETENTION_POLICY_NAMES) {
      const policy = policies.find((one) => one.name === name);
      if (policy === undefined || !policy.enabled) continue;
      const report: RetentionPolicyReport = {
        name,
        matched: 0,
        held: 0,
        archived: 0,
        deleted: 0,
        aggregated: 0,
        error: null,
      };
      reports.push(report);
      try {
        signal.throwIfAborted();
        await handlers[name]({
          policy,
          as_of: run.as_of,
          dry_run: run.dry_run,
          signal,
          count: async (change) => {
            for (const [key, by] of Object.entries(change)) report[key as 'matched'] += by as number;
            await keep();
          },
        });
      } catch (error) {
        report.error = signal.aborted
          ? 'Stopped; the next run goes on from here.'
          : error instanceof AppError
            ? error.message
            : 'Failed on our side; the next run goes on from here.';
        status = signal.aborted ? 'stopped' : 'failed';
        deps.log.error({ policy: name, error: String(error) }, 'retention');
        if (signal.aborted) break;
      }
    }
    await keep({ status, finished_at: deps.now() });
    if (!run.dry_run && reports.some((one) => one.archived + one.deleted + one.aggregated > 0))
      await postgres.asSystem((tx) =>
        audit(
          tx,
          {
            action: 'retention.run',
            actor_id: run.requested_by,
            detail: { run_id: run.id, policies: reports },
          },
          null,
        ),
      );
    const after = await postgres.asSystem((tx) => db.findRun(tx, run.id));
    return toRun(after ?? run);
  }

  return {
    async policies(): Promise<RetentionPolicy[]> {
      const rows = await postgres.asSystem((tx) => db.listPolicies(tx));
      return RETENTION_POLICY_NAMES.flatMap((name) => rows.filter((row) => row.name === name).map(toPolicy));
    },

    async updatePolicy(
      actor: Actor,
      name: RetentionPolicyName,
      change: UpdateRetentionPolicyRequest,
      origin: Origin,
    ): Promise<RetentionPolicy> {
      return await postgres.asSystem(async (tx) => {
        const before = (await db.listPolicies(tx)).find((row) => row.name === name);
        if (before === undefined) throw notFound('retention policy');
        checkChange(before, change);
        const after = await db.updatePolicy(tx, name, { ...change, updated_by: actor.user_id });
        await audit(
          tx,
          { action: 'retention.policy_changed', actor_id: actor.user_id, detail: { name, change } },
          origin,
        );
        return toPolicy(after ?? before);
      });
    },

    async runs(): Promise<RetentionRun[]> {
      return (await postgres.asSystem((tx) => db.listRuns(tx))).map(toRun);
    },

    async run(id: string): Promise<RetentionRun> {
      const found = await postgres.asSystem((tx) => db.findRun(tx, id));
      if (found === undefined) throw notFound('retention run');
      return toRun(found);
    },

    /** Queues a run; its report grows while it works. */
    async start(actor: Actor, dryRun: boolean): Promise<RetentionRun> {
      return await postgres.asSystem(async (tx) => {
        const run = await db.insertRun(tx, deps.now(), dryRun, actor.user_id);
        await jobs.enqueue(tx, RunRetention, { run_id: run.id });
        return toRun(run);
      });
    },

    /** Carries a run out here and now: for the command line and for tests that move the clock. */
    async runNow(asOf: Date, dryRun: boolean): Promise<RetentionRun> {
      const run = await postgres.asSystem((tx) => db.insertRun(tx, asOf, dryRun, null));
      return await carryOut(run, new AbortController().signal);
    },

    /** The job. */
    async work({ run_id }: RetentionJob, run: JobRun): Promise<void> {
      const row = await postgres.asSystem((tx) =>
        run_id === null ? db.insertRun(tx, deps.now(), false, null) : db.findRun(tx, run_id),
      );
      if (row === undefined || row.status === 'done') return;
      const { status } = await carryOut(row, run.signal);
      if (status !== 'done') throw new Error(`The retention run ${row.id} ended as ${status}.`);
    },

    async holds(): Promise<LegalHold[]> {
      return (await postgres.asSystem((tx) => db.listHolds(tx))).map(toHold);
    },

    async hold(actor: Actor, wish: CreateLegalHoldRequest, origin: Origin): Promise<LegalHold> {
      return await postgres.asSystem(async (tx) => {
        if (!(await db.holdSubjectExists(tx, wish.scope, wish.subject_id))) throw notFound(wish.scope);
        const made = await db.insertHold(tx, { ...wish, created_by: actor.user_id });
        if (made === undefined)
          throw new AppError('conflict', `There is an open hold on this ${wish.scope} already.`);
        await audit(
          tx,
          { action: 'legal_hold.placed', actor_id: actor.user_id, detail: { ...wish } },
          origin,
        );
        return toHold(made);
      });
    },

    async release(actor: Actor, id: string, origin: Origin): Promise<LegalHold> {
      return await postgres.asSystem(async (tx) => {
        const released = await db.releaseHold(tx, id, actor.user_id, deps.now());
        if (released === undefined) throw notFound('open legal hold');
        const { scope, subject_id } = released;
        await audit(
          tx,
          { action: 'legal_hold.released', actor_id: actor.user_id, detail: { id, scope, subject_id } },
          origin,
        );
        return toHold(released);
      });
    },

    /** Puts a project's versions and plan readings back from cold storage; false where it is not there. */
    bringBack: (projectId: string) => bringBack(projectId, deps.now()),
  };
}

const STEPS = ['archive_after_days', 'aggregate_after_days', 'delete_after_days', 'samples_kept'] as const;

function checkChange(before: db.PolicyRow, change: UpdateRetentionPolicyRequest): void {
  for (const step of STEPS) {
    if (change[step] !== undefined && before[step] === null)
      throw new AppError('invalid_input', `The policy ${before.name} has no ${step}; leave it out.`);
  }
  const archive = change.archive_after_days ?? before.archive_after_days;
  const remove = change.delete_after_days ?? before.delete_after_days;
  if (archive !== null && remove !== null && remove <= archive)
    throw new AppError(
      'invalid_input',
      `Deleting after ${remove} days must come later than cold storage after ${archive} days.`,
    );
  const aggregate = change.aggregate_after_days ?? before.aggregate_after_days;
  if (aggregate !== null && remove !== null && aggregate !== remove)
    throw new AppError(
      'invalid_input',
      'Details are summed up and deleted in one step: give aggregate_after_days and delete_after_days the same value.',
    );
}

function toPolicy(row: db.PolicyRow): RetentionPolicy {
  const { updated_by: _by, ...rest } = row;
  return { ...rest, name: row.name as RetentionPolicyName, updated_at: iso(row.updated_at as Date) };
}

function toRun(row: db.RunRow): RetentionRun {
  return {
    id: row.id,
    as_of: iso(row.as_of as Date),
    dry_run: row.dry_run,
    status: row.status as RetentionRun['status'],
    policies: row.policies as unknown as RetentionPolicyReport[],
    started_at: iso(row.started_at as Date),
    finished_at: isoOrNull(row.finished_at as Date | null),
  };
}

function toHold(row: db.HoldRow): LegalHold {
  return {
    id: row.id,
    scope: row.scope as LegalHold['scope'],
    subject_id: row.subject_id,
    subject_name: row.subject_name,
    reason: row.reason,
    created_at: iso(row.created_at as Date),
    released_at: isoOrNull(row.released_at as Date | null),
  };
}
