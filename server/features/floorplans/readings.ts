// The readings of a plan one after another: queued with a number, watched while they run, cancelled at once. The number
// lies in the database, so it makes no difference which process runs the job (docs/decisions/0025).
import type { AnalyzeRequest, FloorPlan } from '../../../contract/floorplans.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { Tx } from '../../platform/postgres.ts';
import type { Deps } from '../context.ts';
import type { Live } from '../live.ts';
import { refreshProgress, requireProject } from '../projects/service.ts';
import { track } from '../track.ts';
import { ReadPlan } from './job.ts';
import { toFloorPlan } from './shapes.ts';
import { lockPlan } from './sql/edits.ts';
import { isPresent, nextReading } from './sql/readings.ts';
import * as db from './sql.ts';

/** How often a running job looks whether it is still wanted. */
const LOOK_EVERY_MS = 250;

/** Queues the reading of a plan in the caller's transaction; one under way or waiting is moot from then on. */
export async function queueReading(
  { jobs }: Pick<Deps, 'jobs'>,
  tx: Tx,
  plan: { id: string; project_id: string },
  user_id: string,
  options: AnalyzeRequest,
): Promise<void> {
  const reading = await nextReading(tx, plan.id, {
    status: 'uploaded',
    processing_error: null,
    progress_pct: 0,
    progress_note: 'waiting to be read',
  });
  await jobs.enqueue(tx, ReadPlan, {
    floor_plan_id: plan.id,
    project_id: plan.project_id,
    user_id,
    options,
    reading,
  });
}

export interface Watch {
  /** Aborted when the reading is cancelled or overtaken, its plan removed, or the job itself aborted. */
  signal: AbortSignal;
  /** Whether it is the reading that is not wanted any more; false where the process stops. */
  moot(): boolean;
  stop(): void;
}

export function watchReading(
  { postgres, log }: Pick<Deps, 'postgres' | 'log'>,
  job: { floor_plan_id: string; user_id: string; reading?: number | undefined },
  jobSignal: AbortSignal,
): Watch {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const look = async () => {
    try {
      const wanted = await postgres.withContext({ user_id: job.user_id }, (tx) =>
        isPresent(tx, job.floor_plan_id, job.reading),
      );
      if (!wanted) controller.abort();
    } catch (error) {
      // The reading itself meets the same trouble when it is stored.
      log.error({ error: String(error) }, 'watching a reading');
    }
    if (!stopped && !controller.signal.aborted) timer = setTimeout(look, LOOK_EVERY_MS);
  };
  timer = setTimeout(look, LOOK_EVERY_MS);
  return {
    signal: AbortSignal.any([jobSignal, controller.signal]),
    moot: () => controller.signal.aborted,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** Ends the reading that waits or runs; the file is kept, and so is what an earlier reading found. */
export function makeCancel({ postgres, now }: Deps, live: Live) {
  return async (actor: Actor, planId: string): Promise<FloorPlan> => {
    const plan = await postgres.withContext(actor, async (tx) => {
      const found = await db.findPlan(tx, planId);
      if (found === undefined) throw notFound('floor plan');
      const project = await requireProject(tx, found.project_id, 'project:edit');
      const locked = await lockPlan(tx, planId);
      if (locked === undefined) throw notFound('floor plan');
      if (locked.status !== 'uploaded' && locked.status !== 'processing')
        throw new AppError('conflict', 'This plan is not being read; there is nothing to cancel.');
      const read = locked.analysis !== null;
      await nextReading(tx, planId, {
        status: read ? 'analyzed' : 'failed',
        processing_completed_at: now(),
        processing_error: read
          ? null
          : 'Reading was cancelled; the file is kept and can be read again at any time.',
        progress_pct: read ? 100 : 0,
        progress_note: read ? 'reading was cancelled; the last one stays' : 'reading was cancelled',
      });
      await refreshProgress(tx, project.id);
      await track(tx, actor, now(), {
        event_name: 'floor_plan_reading_cancelled',
        event_type: 'action',
        project_id: project.id,
        organization_id: project.organization_id,
        properties: { had_begun: locked.status === 'processing', read_before: read },
      });
      return toFloorPlan((await db.findPlan(tx, planId)) ?? found);
    });
    await live.publish({
      type: 'floor_plan.updated',
      project_id: plan.project_id,
      subject_id: planId,
      actor_id: actor.user_id,
    });
    return plan;
  };
}
