// Floor plans: the file is kept as sent, read by a job that can be watched, and its rooms become spaces.
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type {
  AnalyzeRequest,
  FloorPlan,
  Space,
  UpdateFloorPlanRequest,
} from '../../../contract/floorplans.ts';
import type { PlanDocument, PlanFormat } from '../../../contract/plan.ts';
import { correctedDocument } from '../../../engine/plan/edit/document.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { Tx } from '../../platform/postgres.ts';
import type { Deps } from '../context.ts';
import type { Live } from '../live.ts';
import { requirePlan } from '../organizations/service.ts';
import { refreshProgress, requireProject } from '../projects/service.ts';
import { track } from '../track.ts';
import { fileAtHand } from './cold.ts';
import { makeEdits } from './edits.ts';
import { closeRanks, moveFloor } from './floors.ts';
import { ReadPlan, RoomsChanged } from './job.ts';
import { makeReading } from './reading.ts';
import { makeCancel, queueReading } from './readings.ts';
import { makeRevisions, receive, type Upload } from './revisions.ts';
import { makeScreening } from './screening.ts';
import { CONTENT_TYPES, toFloorPlan, toSpace } from './shapes.ts';
import { editSpaces } from './sql/edits.ts';
import * as db from './sql.ts';

export { ReadPlan, RoomsChanged };

export type FloorPlans = ReturnType<typeof makeFloorPlans>;

export function makeFloorPlans(deps: Deps, live: Live) {
  const { postgres, files } = deps;
  const reading = makeReading(deps, live);
  const edits = makeEdits(deps, live);
  const revisions = makeRevisions(deps, live, reading);
  const screening = makeScreening(deps, live);

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
      const key = `floor-plans/${id}/original`;
      try {
        const file = await receive(deps, reading, key, upload);
        await postgres.withContext(actor, async (tx) => {
          const project = await requireProject(tx, projectId, 'project:edit', { lock: true });
          const floor = (await db.listPlans(tx, projectId)).length + 1;
          await db.insertPlan(tx, {
            id,
            project_id: projectId,
            file_name: file.file_name,
            file_url: key,
            file_size_bytes: file.size,
            file_format: file.format,
            content_sha256: file.sha256,
            level_name: `Level ${floor}`,
            level_index: floor - 1,
            uploaded_by: actor.user_id,
          });
          await requirePlan(tx, project.organization_id, 'storage_bytes', 0);
          await queueReading(deps, tx, { id, project_id: projectId }, actor.user_id, {});
          await refreshProgress(tx, projectId);
          await track(tx, actor, deps.now(), {
            event_name: 'floor_plan_uploaded',
            event_type: 'action',
            project_id: projectId,
            organization_id: project.organization_id,
            properties: { file_format: file.format, file_size_bytes: file.size },
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
        const page = await pageToRead(tx, found, options.page);
        await queueReading(deps, tx, found, actor.user_id, page === null ? options : { ...options, page });
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
        const { project_id } = await planWith(tx, id, 'project:edit');
        if (change.level_name !== undefined) await db.updatePlan(tx, id, { level_name: change.level_name });
        if (change.level_index !== undefined) {
          await requireProject(tx, project_id, 'project:edit', { lock: true });
          await moveFloor(tx, project_id, id, change.level_index);
        }
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
        await closeRanks(tx, plan.project_id);
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
        stream: await files.get(await fileAtHand(deps, plan)),
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
        return correctedDocument(found.analysis as unknown as PlanDocument, await editSpaces(tx, id));
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

    updateSpace: edits.updateSpace,
    edit: edits.edit,
    undo: edits.undo,
    redo: edits.redo,
    history: edits.history,
    revise: revisions.revise,
    revisions: revisions.revisions,
    revisionFile: revisions.revisionFile,
    differences: revisions.differences,
    cancelReading: makeCancel(deps, live),
    screening: screening.screening,
    answerScreening: screening.answerScreening,

    readPlan: reading.readPlan,
  };
}

/** The page to read: another one only while nothing on the present page was corrected by hand. */
async function pageToRead(tx: Tx, plan: db.PlanRow, asked: number | undefined): Promise<number | null> {
  if (asked === undefined || asked === plan.page) return plan.page;
  if (plan.page === null) return asked;
  const corrected = (await db.listSpaces(tx, plan.id)).filter((space) => space.manually_edited).length;
  if (corrected > 0)
    throw new AppError(
      'conflict',
      `${corrected} ${corrected === 1 ? 'room' : 'rooms'} of page ${plan.page} were corrected by hand and would be lost; add page ${asked} as a floor of its own by sending the file again.`,
    );
  return asked;
}

/** The spaces a recommendation is made for; inside the caller's transaction. */
export async function spacesOfProject(tx: Tx, projectId: string): Promise<Space[]> {
  return (await db.listProjectSpaces(tx, projectId)).map(toSpace);
}

/** The readings of a project's plans as corrected by hand: doors, windows and columns for the layout. */
export async function analysesOfProject(
  tx: Tx,
  projectId: string,
): Promise<{ floor_plan_id: string; document: PlanDocument }[]> {
  const found: { floor_plan_id: string; document: PlanDocument }[] = [];
  for (const plan of await db.listPlans(tx, projectId)) {
    const analysis = (await db.findAnalysis(tx, plan.id))?.analysis;
    if (analysis !== null && analysis !== undefined)
      found.push({
        floor_plan_id: plan.id,
        document: correctedDocument(analysis as unknown as PlanDocument, await editSpaces(tx, plan.id)),
      });
  }
  return found;
}
