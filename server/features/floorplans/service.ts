// Floor plans: the file is kept as sent, read by a job that can be watched, and its rooms become spaces.
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import {
  AnalyzeJob,
  type AnalyzeRequest,
  type FloorPlan,
  type Space,
  type UpdateFloorPlanRequest,
  type UpdateSpaceRequest,
} from '../../../contract/floorplans.ts';
import type { PlanDocument, PlanFormat } from '../../../contract/plan.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { JobKind, JobRun } from '../../platform/jobs.ts';
import type { Tx } from '../../platform/postgres.ts';
import { runTask, TaskError } from '../../platform/worker-task.ts';
import { type Deps, iso, isoOrNull } from '../context.ts';
import type { Live } from '../live.ts';
import { checkRevision, refreshProgress, requireProject } from '../projects/service.ts';
import { track } from '../track.ts';
import type { AnalyzeInput } from './analyze-task.ts';
import { checkUpload, cleanFileName } from './intake.ts';
import { reconcile } from './reconcile.ts';
import * as db from './sql.ts';

export const ReadPlan: JobKind<AnalyzeJob> = {
  name: 'read_floor_plan',
  payload: AnalyzeJob,
  retries: 2,
  concurrency: 1,
  expire_seconds: 600,
};

const MODEL = { model_name: 'plan-reader', model_version: '1' };
const TIME_LIMIT_MS = 120_000;
const MEMORY_LIMIT_MB = 1024;
/** Larger files are opened by the job only. */
const QUICK_LOOK_BYTES = 25 * 1024 * 1024;
const QUICK_LOOK_MS = 15_000;
const TASKS = new URL('./analyze-task.ts', import.meta.url).href;
const CONTENT_TYPES: Record<PlanFormat, string> = {
  dxf: 'image/vnd.dxf',
  dwg: 'image/vnd.dwg',
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
};

export type FloorPlans = ReturnType<typeof makeFloorPlans>;

export interface Upload {
  file_name: string;
  stream: Readable & { truncated?: boolean };
}

export function makeFloorPlans(deps: Deps, live: Live) {
  const { postgres, files, jobs } = deps;

  /** A first look at the drawing itself, in a thread that can be ended: a hostile or broken one is refused at once. */
  async function tryToOpen(key: string, file_name: string, size: number): Promise<void> {
    if (size > QUICK_LOOK_BYTES) return;
    try {
      await runTask<true>({
        module: TASKS,
        export_name: 'open',
        input: { bytes: new Uint8Array(await files.read(key)) },
        timeout_ms: QUICK_LOOK_MS,
        memory_mb: MEMORY_LIMIT_MB,
        label: `Opening ${file_name}`,
      });
    } catch (error) {
      const reason = readableReason(error);
      if (reason === undefined) throw error;
      throw new AppError('unreadable_file', reason, { cause: error });
    }
  }

  async function planWith(tx: Tx, id: string, permission: 'project:read' | 'project:edit') {
    const plan = await db.findPlan(tx, id);
    if (plan === undefined) throw notFound('floor plan');
    await requireProject(tx, plan.project_id, permission);
    return plan;
  }

  return {
    async list(actor: Actor, projectId: string): Promise<FloorPlan[]> {
      return await postgres.withContext(actor, async (tx) => {
        await requireProject(tx, projectId, 'project:read');
        return (await db.listPlans(tx, projectId)).map(toFloorPlan);
      });
    },

    async get(actor: Actor, id: string): Promise<FloorPlan> {
      return await postgres.withContext(actor, async (tx) =>
        toFloorPlan(await planWith(tx, id, 'project:read')),
      );
    },

    /** Keeps the file and queues its reading; a file that cannot be a plan is refused and nothing of it stays. */
    async upload(actor: Actor, projectId: string, upload: Upload): Promise<FloorPlan> {
      await postgres.withContext(actor, (tx) => requireProject(tx, projectId, 'project:edit'));
      const id = randomUUID();
      const file_name = cleanFileName(upload.file_name);
      const key = `floor-plans/${id}/original`;
      const stored = await files.put(key, upload.stream, { content_type: 'application/octet-stream' });
      try {
        if (upload.stream.truncated === true) {
          throw new AppError(
            'too_large',
            `${file_name} is larger than ${Math.round(deps.config.max_upload_bytes / 1024 / 1024)} MB; save it smaller, for instance without the furniture and site layers.`,
          );
        }
        const format = await checkUpload(files, key, file_name, stored.size);
        await tryToOpen(key, file_name, stored.size);
        await postgres.withContext(actor, async (tx) => {
          const project = await requireProject(tx, projectId, 'project:edit', { lock: true });
          const floor = (await db.listPlans(tx, projectId)).length + 1;
          await db.insertPlan(tx, {
            id,
            project_id: projectId,
            file_name,
            file_url: key,
            file_size_bytes: stored.size,
            file_format: format,
            content_sha256: stored.sha256,
            level_name: `Level ${floor}`,
            uploaded_by: actor.user_id,
          });
          await jobs.enqueue(tx, ReadPlan, {
            floor_plan_id: id,
            project_id: projectId,
            user_id: actor.user_id,
            options: {},
          });
          await refreshProgress(tx, projectId);
          await track(tx, actor, deps.now(), {
            event_name: 'floor_plan_uploaded',
            event_type: 'action',
            project_id: projectId,
            organization_id: project.organization_id,
            properties: { file_format: format, file_size_bytes: stored.size },
          });
        });
      } catch (error) {
        await files.delete(key);
        throw error;
      }
      await live.publish({
        type: 'floor_plan.updated',
        project_id: projectId,
        subject_id: id,
        actor_id: actor.user_id,
      });
      return await this.get(actor, id);
    },

    /** Reads the stored file again, with what the user knows of its scale. */
    async analyzeAgain(actor: Actor, id: string, options: AnalyzeRequest): Promise<FloorPlan> {
      const plan = await postgres.withContext(actor, async (tx) => {
        const found = await planWith(tx, id, 'project:edit');
        if (found.status === 'processing')
          throw new AppError('conflict', 'This plan is being read right now; wait until it is done.');
        await db.updatePlan(tx, id, {
          status: 'uploaded',
          processing_error: null,
          progress_pct: 0,
          progress_note: 'waiting to be read',
        });
        await jobs.enqueue(tx, ReadPlan, {
          floor_plan_id: id,
          project_id: found.project_id,
          user_id: actor.user_id,
          options,
        });
        return toFloorPlan((await db.findPlan(tx, id)) ?? found);
      });
      await live.publish({
        type: 'floor_plan.updated',
        project_id: plan.project_id,
        subject_id: id,
        actor_id: actor.user_id,
      });
      return plan;
    },

    async update(
      actor: Actor,
      id: string,
      change: z.infer<typeof UpdateFloorPlanRequest>,
    ): Promise<FloorPlan> {
      const plan = await postgres.withContext(actor, async (tx) => {
        await planWith(tx, id, 'project:edit');
        if (Object.keys(change).length > 0) await db.updatePlan(tx, id, change);
        return toFloorPlan(await planWith(tx, id, 'project:read'));
      });
      await live.publish({
        type: 'floor_plan.updated',
        project_id: plan.project_id,
        subject_id: id,
        actor_id: actor.user_id,
      });
      return plan;
    },

    async remove(actor: Actor, id: string): Promise<void> {
      const projectId = await postgres.withContext(actor, async (tx) => {
        const plan = await planWith(tx, id, 'project:edit');
        await db.updatePlan(tx, id, { deleted_at: deps.now() });
        await refreshProgress(tx, plan.project_id);
        return plan.project_id;
      });
      await live.publish({
        type: 'floor_plan.updated',
        project_id: projectId,
        subject_id: id,
        actor_id: actor.user_id,
      });
    },

    async original(
      actor: Actor,
      id: string,
    ): Promise<{ file_name: string; content_type: string; stream: Readable }> {
      const plan = await postgres.withContext(actor, (tx) => planWith(tx, id, 'project:read'));
      return {
        file_name: plan.file_name,
        content_type: CONTENT_TYPES[plan.file_format as PlanFormat],
        stream: await files.get(plan.file_url),
      };
    },

    async analysis(actor: Actor, id: string): Promise<PlanDocument> {
      return await postgres.withContext(actor, async (tx) => {
        const plan = await planWith(tx, id, 'project:read');
        const found = await db.findAnalysis(tx, id);
        if (found?.analysis === null || found === undefined) {
          throw new AppError(
            'not_found',
            plan.status === 'failed'
              ? (plan.processing_error ?? 'The plan could not be read.')
              : 'This plan has not been read yet; wait for it.',
          );
        }
        return found.analysis as unknown as PlanDocument;
      });
    },

    async spaces(actor: Actor, id: string): Promise<Space[]> {
      return await postgres.withContext(actor, async (tx) => {
        await planWith(tx, id, 'project:read');
        return (await db.listSpaces(tx, id)).map(toSpace);
      });
    },

    async space(actor: Actor, id: string): Promise<Space> {
      return await postgres.withContext(actor, async (tx) => {
        const space = await db.findSpace(tx, id, { lock: false });
        if (space === undefined) throw notFound('space');
        await requireProject(tx, space.project_id, 'project:read');
        return toSpace(space);
      });
    },

    async updateSpace(
      actor: Actor,
      id: string,
      change: z.infer<typeof UpdateSpaceRequest>,
      ifMatch: string | undefined,
    ): Promise<Space> {
      const space = await postgres.withContext(actor, async (tx) => {
        const before = await db.findSpace(tx, id, { lock: false });
        if (before === undefined) throw notFound('space');
        await requireProject(tx, before.project_id, 'project:edit');
        const locked = await db.findSpace(tx, id, { lock: true });
        checkRevision(ifMatch, locked?.revision ?? before.revision, 'room');
        if (Object.keys(change).length === 0) return before;
        const after = await db.updateSpace(tx, id, { ...change, manually_edited: true });
        await refreshProgress(tx, before.project_id);
        await track(tx, actor, deps.now(), {
          event_name: 'space_edited',
          event_type: 'action',
          project_id: before.project_id,
          properties: { fields: Object.keys(change) },
        });
        return after ?? before;
      });
      await live.publish({
        type: 'spaces.updated',
        project_id: space.project_id,
        subject_id: space.floor_plan_id,
        actor_id: actor.user_id,
      });
      return toSpace(space);
    },

    /** The job: reads the file in a worker thread that can be ended, and stores document and rooms together. */
    async readPlan(job: AnalyzeJob, run: JobRun): Promise<void> {
      const who = { user_id: job.user_id };
      const plan = await postgres.withContext(who, async (tx) => {
        const found = await db.findPlan(tx, job.floor_plan_id);
        if (found !== undefined) {
          await db.updatePlan(tx, found.id, {
            status: 'processing',
            processing_started_at: deps.now(),
            processing_error: null,
            progress_pct: 5,
            progress_note: 'opening the file',
          });
        }
        return found;
      });
      if (plan === undefined) return;
      const tell = progressTeller(live, job);
      tell(5, 'opening the file');
      const begun = performance.now();
      try {
        const bytes = new Uint8Array(await files.read(plan.file_url));
        const document = await runTask<PlanDocument>({
          module: TASKS,
          export_name: 'analyze',
          input: { bytes, file_name: plan.file_name, options: job.options } satisfies AnalyzeInput,
          timeout_ms: TIME_LIMIT_MS,
          memory_mb: MEMORY_LIMIT_MB,
          signal: run.signal,
          onProgress: (done, note) => tell(5 + Math.round(done * 90), note),
          label: `Reading ${plan.file_name}`,
        });
        const latency_ms = Math.round(performance.now() - begun);
        await postgres.withContext(who, (tx) => storeReading(tx, plan, job, document, latency_ms));
        await live.publish({
          type: 'floor_plan.updated',
          project_id: job.project_id,
          subject_id: plan.id,
          progress_pct: 100,
        });
      } catch (error) {
        const reason = readableReason(error);
        if (reason === undefined && !run.is_last_attempt) throw error;
        await postgres.withContext(who, async (tx) => {
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
        if (reason === undefined) throw error;
      }
    },
  };

  async function storeReading(
    tx: Tx,
    plan: db.PlanRow,
    job: AnalyzeJob,
    document: PlanDocument,
    latency_ms: number,
  ): Promise<void> {
    const known = (await db.listSpaces(tx, plan.id)).map((row) => ({
      id: row.id,
      source_polygon: (row.source_polygon ?? []) as [number, number][],
      manually_edited: row.manually_edited ?? false,
    }));
    const { updated, added, removed } = reconcile(known, document.spaces);
    for (const { id, manually_edited, space } of updated) {
      const values = spaceValues(space);
      const { name, number, type, suggested_capacity, ...geometry } = values;
      await db.updateSpace(
        tx,
        id,
        manually_edited ? geometry : { ...geometry, name, number, type, suggested_capacity },
      );
    }
    await db.deleteSpaces(tx, removed);
    await db.insertSpaces(tx, plan.id, plan.project_id, added.map(spaceValues));
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
    await db.insertModelMetric(tx, {
      ...MODEL,
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
  }
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
  if (error instanceof TaskError && error.code !== undefined && error.original_name !== 'Error')
    return error.message;
  if (error instanceof AppError && error.type !== 'internal' && error.type !== 'unavailable')
    return error.message;
  return undefined;
}

function scaleInWords({ scale, source }: PlanDocument): string | null {
  if (scale.feet_per_unit === null) return null;
  return `1 ${source.units === 'unknown' ? 'unit' : source.units} = ${Number(scale.feet_per_unit.toPrecision(4))} ft`;
}

function json(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}

function spaceValues(space: PlanDocument['spaces'][number]): db.SpaceValues {
  return {
    source_key: space.id,
    name: space.name?.slice(0, 255) ?? null,
    number: space.number?.slice(0, 50) ?? null,
    type: space.type,
    area_sqft: space.area_sqft === null ? null : Math.round(space.area_sqft * 100) / 100,
    dimensions: json(space.dimensions),
    bbox: json(space.bbox),
    polygon: JSON.stringify(space.polygon),
    holes: JSON.stringify(space.holes),
    source_polygon: JSON.stringify(space.source_polygon),
    suggested_capacity: space.suggested_capacity,
    characteristics: JSON.stringify(space.characteristics),
    detection_confidence: Math.round(space.detection_confidence * 100) / 100,
  };
}

function toFloorPlan({ file_url: _key, ...row }: db.PlanRow): FloorPlan {
  return {
    ...row,
    file_size_bytes: row.file_size_bytes ?? 0,
    file_format: row.file_format as PlanFormat,
    status: row.status as FloorPlan['status'],
    processing_started_at: isoOrNull(row.processing_started_at),
    processing_completed_at: isoOrNull(row.processing_completed_at),
    created_at: iso(row.created_at as Date),
    updated_at: iso(row.updated_at as Date),
  };
}

export function toSpace(row: db.SpaceRow): Space {
  return {
    ...row,
    type: row.type as Space['type'],
    dimensions: row.dimensions as Space['dimensions'],
    bbox: row.bbox as Space['bbox'],
    polygon: (row.polygon ?? []) as Space['polygon'],
    holes: (row.holes ?? []) as Space['holes'],
    source_polygon: (row.source_polygon ?? []) as Space['source_polygon'],
    characteristics: (row.characteristics ?? {}) as Space['characteristics'],
    manually_edited: row.manually_edited ?? false,
    updated_at: iso(row.updated_at as Date),
  };
}

/** The spaces a recommendation is made for; inside the caller's transaction. */
export async function spacesOfProject(tx: Tx, projectId: string): Promise<Space[]> {
  return (await db.listProjectSpaces(tx, projectId)).map(toSpace);
}

/** The readings of a project's plans: doors, windows and columns for the layout. */
export async function analysesOfProject(
  tx: Tx,
  projectId: string,
): Promise<{ floor_plan_id: string; document: PlanDocument }[]> {
  const found: { floor_plan_id: string; document: PlanDocument }[] = [];
  for (const plan of await db.listPlans(tx, projectId)) {
    const analysis = (await db.findAnalysis(tx, plan.id))?.analysis;
    if (analysis !== null && analysis !== undefined)
      found.push({ floor_plan_id: plan.id, document: analysis as unknown as PlanDocument });
  }
  return found;
}
