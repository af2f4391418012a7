// Queries of corrections: whole rooms in and out, where furniture stood, and the history itself.
import { sql } from 'kysely';
import type { DeletedRoom, EditSpace } from '../../../../engine/plan/edit/model.ts';
import type { Tx } from '../../../platform/postgres.ts';
import { listSpaces, type SpaceRow } from '../sql.ts';

/** The plan's row, locked until the transaction ends: corrections and readings of one plan follow each other. */
export async function lockPlan(tx: Tx, id: string) {
  return await tx
    .selectFrom('floor_plans')
    .select([
      'id',
      'project_id',
      'status',
      'edit_revision',
      'file_revision',
      'analysis',
      'deleted_rooms',
      'differences',
    ])
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
}
export type LockedPlan = NonNullable<Awaited<ReturnType<typeof lockPlan>>>;

export function toEditSpace(row: SpaceRow): EditSpace {
  return {
    id: row.id,
    source_key: row.source_key,
    name: row.name,
    number: row.number,
    type: (row.type ?? 'other') as EditSpace['type'],
    area_sqft: row.area_sqft,
    dimensions: row.dimensions as EditSpace['dimensions'],
    bbox: row.bbox as EditSpace['bbox'],
    polygon: (row.polygon ?? []) as EditSpace['polygon'],
    holes: (row.holes ?? []) as EditSpace['holes'],
    source_polygon: (row.source_polygon ?? []) as EditSpace['source_polygon'],
    source_holes: (row.source_holes ?? []) as EditSpace['source_holes'],
    read_outlines: (row.read_outlines ?? []) as EditSpace['read_outlines'],
    suggested_capacity: row.suggested_capacity,
    characteristics: (row.characteristics ?? {}) as EditSpace['characteristics'],
    detection_confidence: row.detection_confidence,
    manually_edited: row.manually_edited ?? false,
    reviewed_at: row.reviewed_at === null ? null : (row.reviewed_at as Date).toISOString(),
    reviewed_by: row.reviewed_by,
  };
}

export async function editSpaces(tx: Tx, planId: string): Promise<EditSpace[]> {
  return (await listSpaces(tx, planId)).map(toEditSpace);
}

const CHUNK = 200;

/** Writes whole rooms: new ones under the ids they bring, known ones over what is stored. */
export async function putSpaces(
  tx: Tx,
  plan: { id: string; project_id: string },
  spaces: readonly EditSpace[],
): Promise<void> {
  for (let i = 0; i < spaces.length; i += CHUNK) {
    await tx
      .insertInto('spaces')
      .values(
        spaces.slice(i, i + CHUNK).map((space) => ({
          ...columnsOf(space),
          floor_plan_id: plan.id,
          project_id: plan.project_id,
        })),
      )
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet((eb) =>
            Object.fromEntries(WRITTEN.map((column) => [column, eb.ref(`excluded.${column}`)])),
          )
          .where('spaces.floor_plan_id', '=', plan.id),
      )
      .execute();
  }
}

const WRITTEN = [
  'source_key',
  'name',
  'number',
  'type',
  'area_sqft',
  'dimensions',
  'bbox',
  'polygon',
  'holes',
  'source_polygon',
  'source_holes',
  'read_outlines',
  'suggested_capacity',
  'characteristics',
  'detection_confidence',
  'manually_edited',
  'reviewed_at',
  'reviewed_by',
] as const satisfies readonly (keyof EditSpace)[];

function columnsOf(space: EditSpace) {
  return {
    ...space,
    dimensions: space.dimensions === null ? null : JSON.stringify(space.dimensions),
    bbox: space.bbox === null ? null : JSON.stringify(space.bbox),
    polygon: JSON.stringify(space.polygon),
    holes: JSON.stringify(space.holes),
    source_polygon: JSON.stringify(space.source_polygon),
    source_holes: JSON.stringify(space.source_holes),
    read_outlines: JSON.stringify(space.read_outlines),
    characteristics: JSON.stringify(space.characteristics),
  };
}

/** Where a line of the bill stands. */
export interface ItemPlace {
  id: string;
  space_id: string | null;
  placement: unknown;
}

/** Whether the project has a recommendation whose bill stands on its plans. */
export async function hasRecommendation(tx: Tx, projectId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('recommendations')
    .select('id')
    .where('project_id', '=', projectId)
    .where(sql<boolean>`summary->>'state' = 'ready'`)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function itemsInSpaces(tx: Tx, spaceIds: readonly string[]): Promise<ItemPlace[]> {
  if (spaceIds.length === 0) return [];
  return await tx
    .selectFrom('recommendation_items')
    .select(['id', 'space_id', 'placement'])
    .where('space_id', 'in', [...spaceIds])
    .orderBy('id')
    .execute();
}

export async function itemsById(tx: Tx, ids: readonly string[]): Promise<ItemPlace[]> {
  if (ids.length === 0) return [];
  return await tx
    .selectFrom('recommendation_items')
    .select(['id', 'space_id', 'placement'])
    .where('id', 'in', [...ids])
    .execute();
}

export async function placeItem(tx: Tx, item: ItemPlace): Promise<void> {
  await tx
    .updateTable('recommendation_items')
    .set({
      space_id: item.space_id,
      placement: item.placement === null ? null : JSON.stringify(item.placement),
    })
    .where('id', '=', item.id)
    .execute();
}

export async function dropSpaces(tx: Tx, planId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .deleteFrom('spaces')
    .where('floor_plan_id', '=', planId)
    .where('id', 'in', [...ids])
    .execute();
}

/** One side of a step: the rooms it touched as they were (or are), furniture's places, deleted rooms. */
export interface StepState {
  spaces: EditSpace[];
  items: ItemPlace[];
  deleted_rooms: DeletedRoom[];
}

const STEP_COLUMNS = ['id', 'seq', 'op', 'summary', 'before', 'after', 'undone'] as const;

function steps(tx: Tx, planId: string) {
  return tx.selectFrom('floor_plan_edits').where('floor_plan_id', '=', planId).where('closed', '=', false);
}

export async function stepToUndo(tx: Tx, planId: string) {
  return await steps(tx, planId)
    .select(STEP_COLUMNS)
    .where('undone', '=', false)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
}
export type StepRow = NonNullable<Awaited<ReturnType<typeof stepToUndo>>>;

export async function stepToRedo(tx: Tx, planId: string) {
  return await steps(tx, planId)
    .select(STEP_COLUMNS)
    .where('undone', '=', true)
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst();
}

export async function historyOf(
  tx: Tx,
  planId: string,
): Promise<{ undo: string | null; redo: string | null }> {
  const found = await sql<{ undo: string | null; redo: string | null }>`
    select
      (select summary from floor_plan_edits where floor_plan_id = ${planId} and not closed and not undone order by seq desc limit 1) as undo,
      (select summary from floor_plan_edits where floor_plan_id = ${planId} and not closed and undone order by seq limit 1) as redo`.execute(
    tx,
  );
  return found.rows[0] ?? { undo: null, redo: null };
}

/** Adds a step; those taken back are moot now, and what is older than `keep` steps is forgotten. */
export async function addStep(
  tx: Tx,
  plan: { id: string; project_id: string },
  step: { op: string; summary: string; before: StepState; after: StepState; created_by: string },
  keep: number,
): Promise<void> {
  await tx
    .deleteFrom('floor_plan_edits')
    .where('floor_plan_id', '=', plan.id)
    .where('undone', '=', true)
    .execute();
  const last = await tx
    .selectFrom('floor_plan_edits')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .where('floor_plan_id', '=', plan.id)
    .executeTakeFirst();
  const seq = (last?.seq ?? 0) + 1;
  await tx
    .insertInto('floor_plan_edits')
    .values({
      ...step,
      floor_plan_id: plan.id,
      project_id: plan.project_id,
      seq,
      before: JSON.stringify(step.before),
      after: JSON.stringify(step.after),
    })
    .execute();
  await tx
    .deleteFrom('floor_plan_edits')
    .where('floor_plan_id', '=', plan.id)
    .where('seq', '<=', seq - keep)
    .execute();
}

export async function saveStep(
  tx: Tx,
  id: string,
  change: { undone: boolean; before: StepState; after: StepState },
): Promise<void> {
  await tx
    .updateTable('floor_plan_edits')
    .set({
      undone: change.undone,
      before: JSON.stringify(change.before),
      after: JSON.stringify(change.after),
    })
    .where('id', '=', id)
    .execute();
}

/** A new reading begins a new history. */
export async function closeHistory(tx: Tx, planId: string): Promise<void> {
  await tx
    .deleteFrom('floor_plan_edits')
    .where('floor_plan_id', '=', planId)
    .where('undone', '=', true)
    .execute();
  await tx
    .updateTable('floor_plan_edits')
    .set({ closed: true })
    .where('floor_plan_id', '=', planId)
    .where('closed', '=', false)
    .execute();
}
