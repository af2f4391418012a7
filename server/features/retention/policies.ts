// What each retention policy does with what is due. A step that was done is not due any more, so a run that was cut
// short goes on where it stopped: the next one finds what is left.
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { RetentionPolicyName, RetentionPolicyReport } from '../../../contract/retention.ts';
import { AppError } from '../../platform/errors.ts';
import type { Deps } from '../context.ts';
import * as ch from './clickhouse.ts';
import * as db from './sql.ts';

export interface PolicyCall {
  policy: db.PolicyRow;
  as_of: Date;
  dry_run: boolean;
  /** Ends the run between two batches. */
  signal: AbortSignal;
  /** Adds to the report; kept with the run after every batch. */
  count(change: Partial<Omit<RetentionPolicyReport, 'name' | 'error'>>): Promise<void>;
}

const DAY_MS = 86_400_000;
/** How long what was brought back from cold storage stays at hand. */
const BROUGHT_BACK_DAYS = 30;
/** How long the sums may take to hold what an insert under way has shown. */
const SUMS_MS = 30_000;
const SUMS_PAUSE_MS = 200;

export const COLD_PROJECT_TYPE = 'application/gzip';

export function makePolicies({ postgres, clickhouse, files }: Deps) {
  const ago = (call: PolicyCall, days: number) => new Date(call.as_of.getTime() - days * DAY_MS);

  /** Counts what is due and hands on what no hold covers, batch by batch; nothing is handed on in a dry run. */
  async function eachBatch<T extends db.Due>(
    call: PolicyCall,
    due: T[],
    work: (batch: T[]) => Promise<void>,
  ): Promise<void> {
    const free = due.filter((one) => !one.held);
    await call.count({ matched: due.length, held: due.length - free.length });
    if (call.dry_run) return;
    for (let at = 0; at < free.length; at += call.policy.batch_size) {
      call.signal.throwIfAborted();
      await work(free.slice(at, at + call.policy.batch_size));
    }
  }

  /** False where somebody worked on it while the file was written: it stays, and is due again in the next run. */
  async function archiveProject(id: string, asOf: Date): Promise<boolean> {
    const file_key = `cold/projects/${id}.json.gz`;
    const parts = await postgres.asSystem((tx) => db.coldPartsOf(tx, id));
    const bytes = gzipSync(JSON.stringify({ format: 1, project_id: id, ...parts }));
    await files.put(file_key, bytes, { content_type: COLD_PROJECT_TYPE });
    await files.setTier(file_key, 'cold');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const archived = await postgres.asSystem(async (tx) => {
      await db.lockProject(tx, id);
      if (JSON.stringify(await db.coldPartsOf(tx, id)) !== JSON.stringify(parts)) return false;
      await db.dropColdParts(tx, id, { file_key, sha256, archived_at: asOf.toISOString() });
      return true;
    });
    if (!archived) await files.delete(file_key);
    return archived;
  }

  async function deleteProject(id: string): Promise<void> {
    const keys = await postgres.asSystem((tx) => db.fileKeysOf(tx, id));
    for (const key of [...keys, `cold/projects/${id}.json.gz`]) await files.delete(key);
    await postgres.asSystem((tx) => db.deleteProject(tx, id));
  }

  /**
   * What the sums hold. An insert that is under way shows its rows a moment before its sums, so sums that fall short of the
   * rows counted before are looked at again for a while.
   */
  async function caughtUp(before: string, due: ch.EventsDue, signal: AbortSignal): Promise<ch.Summed> {
    const end = Date.now() + SUMS_MS;
    for (;;) {
      const summed = await ch.countSummed(clickhouse, before);
      const short = summed.events < due.events || summed.product_views < due.product_views;
      if (!short || Date.now() > end) return summed;
      await wait(SUMS_PAUSE_MS, undefined, { signal });
    }
  }

  const handlers: Record<RetentionPolicyName, (call: PolicyCall) => Promise<void>> = {
    async active_projects() {},

    async completed_projects(call) {
      const { delete_after_days, archive_after_days } = call.policy;
      if (delete_after_days !== null) {
        const due = await postgres.asSystem((tx) => db.projectsToDelete(tx, ago(call, delete_after_days)));
        await eachBatch(call, due, async (batch) => {
          for (const { id } of batch) await deleteProject(id);
          await call.count({ deleted: batch.length });
        });
      }
      if (archive_after_days === null) return;
      const gone = delete_after_days === null ? null : ago(call, delete_after_days);
      const due = await postgres.asSystem((tx) =>
        db.projectsToArchive(tx, ago(call, archive_after_days), ago(call, BROUGHT_BACK_DAYS), gone),
      );
      await eachBatch(call, due, async (batch) => {
        let archived = 0;
        for (const { id } of batch) if (await archiveProject(id, call.as_of)) archived += 1;
        await call.count({ archived });
      });
    },

    async user_conversations(call) {
      const days = call.policy.delete_after_days;
      if (days === null) return;
      const due = await postgres.asSystem((tx) => db.conversationsDue(tx, ago(call, days)));
      await eachBatch(call, due, async (batch) => {
        const aggregated = await postgres.asSystem((tx) =>
          db.sumUpConversations(
            tx,
            batch.map((one) => one.id),
          ),
        );
        await call.count({ deleted: batch.length, aggregated });
      });
    },

    async event_logs(call) {
      const days = call.policy.delete_after_days;
      if (days === null) return;
      const before = dayOf(ago(call, days));
      const held = heldOf(await postgres.asSystem((tx) => db.openHolds(tx)));
      const due = await ch.countEventsDue(clickhouse, before, held);
      const rows = due.events + due.product_views;
      await call.count({ matched: rows, held: due.held });
      if (call.dry_run) return;
      // Held events are copied a month before the table's own TTL would take them.
      await ch.keepHeldEvents(clickhouse, dayOf(ago(call, days - 30)), held);
      await ch.dropReleasedEvents(clickhouse, before, held);
      if (rows === 0) return;
      const summed = await caughtUp(before, due, call.signal);
      if (summed.events < due.events || summed.product_views < due.product_views)
        throw new AppError(
          'conflict',
          `The daily sums hold ${summed.events} of ${due.events} events and ${summed.product_views} of ${due.product_views} product views; nothing was deleted, mend the sums first.`,
        );
      await ch.deleteEvents(clickhouse, before);
      // What is held is gone from the log and kept beside it.
      await call.count({ deleted: rows - due.held, aggregated: rows });
    },

    async ai_model_metrics(call) {
      const days = call.policy.delete_after_days;
      if (days === null) return;
      const weeks = await postgres.asSystem((tx) => db.modelWeeksDue(tx, ago(call, days)));
      for (const week of weeks) {
        call.signal.throwIfAborted();
        await call.count({ matched: week.calls, held: week.held });
        if (call.dry_run || week.calls === week.held) continue;
        await call.count(
          await postgres.asSystem((tx) => db.sumUpModelWeek(tx, week, call.policy.samples_kept ?? 0)),
        );
      }
    },

    async floor_plan_files(call) {
      const { delete_after_days, archive_after_days } = call.policy;
      const lately = ago(call, BROUGHT_BACK_DAYS);
      const gone = delete_after_days === null ? new Date(0) : ago(call, delete_after_days);
      const old = await postgres.asSystem((tx) =>
        db.planFilesDue(tx, { tiers: ['hot', 'cold'], before: gone, after: new Date(0) }, lately),
      );
      await eachBatch(call, old, async (batch) => {
        for (const { id, file_key } of batch) {
          await files.delete(file_key);
          await postgres.asSystem((tx) => db.markPlanFile(tx, id, 'deleted'));
        }
        await call.count({ deleted: batch.length });
      });
      const replaced = await postgres.asSystem((tx) => db.revisionFilesDue(tx, gone));
      await eachBatch(call, replaced, async (batch) => {
        for (const { id, file_key } of batch) {
          await files.delete(file_key);
          await postgres.asSystem((tx) => db.deleteRevision(tx, id));
        }
        await call.count({ deleted: batch.length });
      });
      if (archive_after_days === null) return;
      const due = await postgres.asSystem((tx) =>
        db.planFilesDue(tx, { tiers: ['hot'], before: ago(call, archive_after_days), after: gone }, lately),
      );
      await eachBatch(call, due, async (batch) => {
        for (const { id, file_key } of batch) {
          await files.setTier(file_key, 'cold').catch(ignoreMissing);
          await postgres.asSystem((tx) => db.markPlanFile(tx, id, 'cold'));
        }
        await call.count({ archived: batch.length });
      });
    },

    async renders(call) {
      const days = call.policy.delete_after_days;
      if (days === null) return;
      const due = await postgres.asSystem((tx) => db.rendersDue(tx, ago(call, days)));
      await eachBatch(call, due, async (batch) => {
        for (const { id, file_key } of batch) {
          await files.delete(file_key);
          await postgres.asSystem((tx) => db.deleteRender(tx, id));
        }
        await call.count({ deleted: batch.length });
      });
    },
  };

  /** Puts a project's versions and readings back from cold storage; false where it is not there. */
  async function bringBack(projectId: string, now: Date): Promise<boolean> {
    const file_key = await postgres.asSystem(async (tx) => {
      const archived = await db.findArchived(tx, projectId);
      if (archived === undefined) return undefined;
      const bytes = await files.read(archived.file_key);
      if (createHash('sha256').update(bytes).digest('hex') !== archived.sha256)
        throw new Error(`The cold file of project ${projectId} is damaged: its checksum differs.`);
      await db.putColdPartsBack(tx, projectId, JSON.parse(gunzipSync(bytes).toString('utf8')), now);
      return archived.file_key;
    });
    if (file_key === undefined) return false;
    await files.delete(file_key);
    return true;
  }

  return { handlers, bringBack };
}

function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

function heldOf(holds: { scope: string; subject_id: string }[]): ch.Held {
  const of = (scope: string) => holds.filter((one) => one.scope === scope).map((one) => one.subject_id);
  return { project: of('project'), organization: of('organization'), user: of('user') };
}

function ignoreMissing(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}
