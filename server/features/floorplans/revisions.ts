// Revised files of a plan: every file is kept, the newest is read, and what changed against the reading before is told.
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { FloorPlan, FloorPlanRevision } from '../../../contract/floorplans.ts';
import type { PlanFormat } from '../../../contract/plan.ts';
import { PlanDifferences } from '../../../contract/plan-edits.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { Tx } from '../../platform/postgres.ts';
import type { Deps } from '../context.ts';
import { iso } from '../context.ts';
import type { Live } from '../live.ts';
import { refreshProgress, requireProject } from '../projects/service.ts';
import { track } from '../track.ts';
import { fileAtHand } from './cold.ts';
import { checkUpload, cleanFileName } from './intake.ts';
import type { makeReading } from './reading.ts';
import { queueReading } from './readings.ts';
import { toFloorPlan } from './shapes.ts';
import * as edits from './sql/edits.ts';
import * as db from './sql/revisions.ts';
import * as plans from './sql.ts';

export interface Upload {
  file_name: string;
  stream: Readable & { truncated?: boolean };
}

export interface Received {
  file_name: string;
  size: number;
  sha256: string;
  format: PlanFormat;
}

/** Stores an upload under `key` and looks whether it can be a plan; the caller deletes the key where this throws. */
export async function receive(
  { files, config }: Pick<Deps, 'files' | 'config'>,
  reading: ReturnType<typeof makeReading>,
  key: string,
  upload: Upload,
): Promise<Received> {
  const file_name = cleanFileName(upload.file_name);
  const stored = await files.put(key, upload.stream, { content_type: 'application/octet-stream' });
  if (upload.stream.truncated === true) {
    throw new AppError(
      'too_large',
      `${file_name} is larger than ${Math.round(config.max_upload_bytes / 1024 / 1024)} MB; save it smaller, for instance without the furniture and site layers.`,
    );
  }
  const format = await checkUpload(files, key, file_name, stored.size);
  await reading.tryToOpen(key, file_name, stored.size);
  return { file_name, size: stored.size, sha256: stored.sha256, format };
}

export function makeRevisions(deps: Deps, live: Live, reading: ReturnType<typeof makeReading>) {
  const { postgres, files } = deps;

  async function planWith(tx: Tx, id: string, permission: 'project:read' | 'project:edit') {
    const plan = await plans.findPlan(tx, id);
    if (plan === undefined) throw notFound('floor plan');
    await requireProject(tx, plan.project_id, permission);
    return plan;
  }

  /** Makes the received file the plan's own and queues its reading. */
  async function replace(
    tx: Tx,
    actor: Actor,
    planId: string,
    key: string,
    file: Received,
  ): Promise<FloorPlan> {
    const plan = await planWith(tx, planId, 'project:edit');
    const locked = await edits.lockPlan(tx, planId);
    const present = await db.presentFile(tx, planId);
    if (locked === undefined || present === undefined) throw notFound('floor plan');
    if (locked.status === 'processing') throw beingRead();
    if (present.content_sha256 === file.sha256)
      throw new AppError(
        'conflict',
        `${file.file_name} is the very file this plan was read from; choose the revised drawing.`,
      );
    if ((await db.listRevisions(tx, planId)).length === 0) await db.insertRevision(tx, plan, present);
    const values = {
      file_name: file.file_name,
      file_url: key,
      file_size_bytes: file.size,
      file_format: file.format,
      content_sha256: file.sha256,
    };
    const revision = locked.file_revision + 1;
    await db.insertRevision(tx, plan, { ...values, revision, uploaded_by: actor.user_id });
    await plans.updatePlan(tx, planId, {
      ...values,
      file_revision: revision,
      file_tier: 'hot',
    });
    const page = plan.page ?? 1;
    await queueReading(deps, tx, plan, actor.user_id, file.format === 'pdf' && page > 1 ? { page } : {});
    await refreshProgress(tx, plan.project_id);
    await track(tx, actor, deps.now(), {
      event_name: 'floor_plan_revised',
      event_type: 'action',
      project_id: plan.project_id,
      properties: { revision, file_format: file.format, file_size_bytes: file.size },
    });
    return toFloorPlan(await planWith(tx, planId, 'project:read'));
  }

  return {
    async revise(actor: Actor, planId: string, upload: Upload): Promise<FloorPlan> {
      const before = await postgres.withContext(actor, (tx) => planWith(tx, planId, 'project:edit'));
      if (before.status === 'processing') throw beingRead();
      // The file so far is kept with the others: at hand, wherever it was.
      await fileAtHand(deps, before).catch((error: unknown) => {
        if (!(error instanceof AppError)) throw error;
      });
      const key = `floor-plans/${planId}/revision-${randomUUID()}`;
      let plan: FloorPlan;
      try {
        const file = await receive(deps, reading, key, upload);
        plan = await postgres.withContext(actor, (tx) => replace(tx, actor, planId, key, file));
      } catch (error) {
        await files.delete(key);
        throw error;
      }
      await live.publish({
        type: 'floor_plan.updated',
        project_id: plan.project_id,
        subject_id: planId,
        actor_id: actor.user_id,
      });
      return plan;
    },

    /** Newest first. */
    async revisions(actor: Actor, planId: string): Promise<FloorPlanRevision[]> {
      return await postgres.withContext(actor, async (tx) => {
        const plan = await planWith(tx, planId, 'project:read');
        const present = await db.presentFile(tx, planId);
        const rows = await db.listRevisions(tx, planId);
        const all = rows.length > 0 ? rows : present === undefined ? [] : [present];
        return all.map(
          (row): FloorPlanRevision => ({
            revision: row.revision,
            file_name: row.file_name,
            file_size_bytes: row.file_size_bytes,
            file_format: row.file_format as PlanFormat,
            uploaded_by: row.uploaded_by,
            uploaded_at: iso(row.created_at as Date),
            current: row.revision === plan.file_revision,
          }),
        );
      });
    },

    /** The stored file of one revision. */
    async revisionFile(
      actor: Actor,
      planId: string,
      revision: number,
    ): Promise<{ file_name: string; format: PlanFormat; stream: Readable }> {
      const { plan, row } = await postgres.withContext(actor, async (tx) => {
        const found = await planWith(tx, planId, 'project:read');
        const older = await db.findRevision(tx, planId, revision);
        return { plan: found, row: older };
      });
      if (plan.file_revision === revision)
        return {
          file_name: plan.file_name,
          format: plan.file_format as PlanFormat,
          stream: await files.get(await fileAtHand(deps, plan)),
        };
      if (row === undefined) throw notFound('revision of this plan');
      return {
        file_name: row.file_name,
        format: row.file_format as PlanFormat,
        stream: await files.get(row.file_url),
      };
    },

    async differences(actor: Actor, planId: string): Promise<PlanDifferences> {
      return await postgres.withContext(actor, async (tx) => {
        await planWith(tx, planId, 'project:read');
        const found = PlanDifferences.safeParse(await db.findDifferences(tx, planId));
        if (!found.success)
          throw new AppError(
            'not_found',
            'This plan has been read only once; there is nothing to compare yet.',
          );
        return found.data;
      });
    },
  };
}

function beingRead(): AppError {
  return new AppError('conflict', 'This plan is being read right now; wait until it is done.');
}
