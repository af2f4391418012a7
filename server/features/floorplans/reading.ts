// Reading a plan file: a first look at the upload, and the job that turns the file into a document and rooms.
import type { AnalyzeJob } from '../../../contract/floorplans.ts';
import type { PlanDocument } from '../../../contract/plan.ts';
import { PlanError } from '../../../engine/plan/errors.ts';
import { AppError } from '../../platform/errors.ts';
import type { JobRun } from '../../platform/jobs.ts';
import type { Tx } from '../../platform/postgres.ts';
import type { Deps } from '../context.ts';
import type { Live } from '../live.ts';
import { recordModelMetric } from '../model-metrics.ts';
import { refreshProgress } from '../projects/service.ts';
import { track } from '../track.ts';
import { fileAtHand } from './cold.ts';
import { openPlanFile, readPlanFile } from './read-file.ts';
import { watchReading } from './readings.ts';
import { storeRooms } from './reconcile.ts';
import { isPresent } from './sql/readings.ts';
import * as db from './sql.ts';

const MODEL = { model_name: 'plan-reader', model_version: '1' };
/** Larger files are opened by the job only. */
const QUICK_LOOK_BYTES = 25 * 1024 * 1024;

export function makeReading(deps: Deps, live: Live) {
  const { postgres, files } = deps;

  async function storeReading(
    tx: Tx,
    plan: db.PlanRow,
    job: AnalyzeJob,
    document: PlanDocument,
    latency_ms: number,
  ): Promise<boolean> {
    if (!(await isPresent(tx, plan.id, job.reading, { lock: true }))) return false;
    await storeRooms(deps, tx, job.user_id, plan.id, document);
    const confidences = document.spaces.map((space) => space.detection_confidence);
    await db.updatePlan(tx, plan.id, {
      status: 'analyzed',
      processing_completed_at: deps.now(),
      analysis: JSON.stringify(document),
      scale: scaleInWords(document)?.slice(0, 50) ?? null,
      feet_per_unit: document.scale.feet_per_unit,
      progress_pct: 100,
      progress_note: `${document.spaces.length} rooms found`,
    });
    await recordModelMetric(tx, {
      ...MODEL,
      task_type: 'space_analysis',
      latency_ms,
      confidence_score:
        confidences.length === 0
          ? null
          : Math.round((100 * confidences.reduce((a, b) => a + b, 0)) / confidences.length) / 100,
      project_id: plan.project_id,
      user_id: job.user_id,
    });
    await track(tx, { user_id: job.user_id }, deps.now(), {
      event_name: 'floor_plan_analyzed',
      event_type: 'action',
      project_id: plan.project_id,
      properties: {
        spaces: document.spaces.length,
        took_ms: latency_ms,
        scale_known: document.scale.feet_per_unit !== null,
      },
    });
    await refreshProgress(tx, plan.project_id);
    return true;
  }

  /** Marks the plan as being read; undefined where the reading is not wanted any more. */
  async function begin(job: AnalyzeJob): Promise<db.PlanRow | undefined> {
    return await postgres.withContext({ user_id: job.user_id }, async (tx) => {
      if (!(await isPresent(tx, job.floor_plan_id, job.reading, { lock: true }))) return undefined;
      await db.updatePlan(tx, job.floor_plan_id, {
        status: 'processing',
        processing_started_at: deps.now(),
        processing_error: null,
        progress_pct: 5,
        progress_note: 'opening the file',
      });
      return await db.findPlan(tx, job.floor_plan_id);
    });
  }

  /** Keeps why a plan could not be read; without a reason the fault is ours. */
  async function fail(job: AnalyzeJob, plan: db.PlanRow, reason: string | undefined): Promise<void> {
    const who = { user_id: job.user_id };
    await postgres.withContext(who, async (tx) => {
      if (!(await isPresent(tx, plan.id, job.reading, { lock: true }))) return;
      await db.updatePlan(tx, plan.id, {
        status: 'failed',
        processing_completed_at: deps.now(),
        processing_error:
          reason ?? 'Reading this plan failed on our side; the file is kept, try again later.',
        progress_note: 'could not be read',
      });
      await track(tx, who, deps.now(), {
        event_name: 'floor_plan_failed',
        event_type: 'error',
        project_id: job.project_id,
        properties: { reason: reason ?? 'internal' },
      });
    });
    await live.publish({ type: 'floor_plan.updated', project_id: job.project_id, subject_id: plan.id });
  }

  return {
    /** A first look at the drawing itself, in a worker that can be ended: a hostile or broken one is refused at once. */
    async tryToOpen(key: string, file_name: string, size: number): Promise<void> {
      if (size > QUICK_LOOK_BYTES) return;
      try {
        await openPlanFile(new Uint8Array(await files.read(key)), file_name);
      } catch (error) {
        const reason = readableReason(error);
        if (reason === undefined) throw error;
        throw new AppError('unreadable_file', reason, { cause: error });
      }
    },

    /** The job: reads the file in a worker that can be ended, and stores document and rooms together. */
    async readPlan(job: AnalyzeJob, run: JobRun): Promise<void> {
      const plan = await begin(job);
      if (plan === undefined) return;
      const tell = progressTeller(live, job);
      tell(5, 'opening the file');
      const begun = performance.now();
      const watch = watchReading(deps, job, run.signal);
      try {
        const bytes = new Uint8Array(await files.read(await fileAtHand(deps, plan)));
        const document = await readPlanFile(bytes, plan.file_name, {
          options: job.options,
          signal: watch.signal,
          onProgress: (done, note) => tell(5 + Math.round(done * 90), note),
        });
        const latency_ms = Math.round(performance.now() - begun);
        const stored = await postgres.withContext({ user_id: job.user_id }, (tx) =>
          storeReading(tx, plan, job, document, latency_ms),
        );
        if (!stored) return;
        await live.publish({
          type: 'floor_plan.updated',
          project_id: job.project_id,
          subject_id: plan.id,
          progress_pct: 100,
        });
      } catch (error) {
        if (watch.moot()) return;
        // A process that stops hands the job on to be run again.
        const reason = run.signal.aborted ? undefined : readableReason(error);
        if (reason === undefined && !run.is_last_attempt) throw error;
        await fail(job, plan, reason);
        if (reason === undefined) throw error;
      } finally {
        watch.stop();
      }
    },
  };
}

const TELL_EVERY_MS = 250;

function progressTeller(live: Live, job: AnalyzeJob): (percent: number, note: string) => void {
  let last = 0;
  return (percent, note) => {
    const now = performance.now();
    if (now - last < TELL_EVERY_MS) return;
    last = now;
    void live.publish({
      type: 'floor_plan.progress',
      project_id: job.project_id,
      subject_id: job.floor_plan_id,
      progress_pct: Math.min(99, percent),
      note,
    });
  };
}

/** The sentence of an error that the file itself caused; undefined for faults of ours, which are tried again. */
function readableReason(error: unknown): string | undefined {
  if (error instanceof PlanError) return error.message;
  if (error instanceof AppError && error.type !== 'internal' && error.type !== 'unavailable')
    return error.message;
  return undefined;
}

function scaleInWords({ scale, source }: PlanDocument): string | null {
  if (scale.feet_per_unit === null) return null;
  return `1 ${source.units === 'unknown' ? 'unit' : source.units} = ${Number(scale.feet_per_unit.toPrecision(4))} ft`;
}
