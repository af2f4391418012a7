// Queries on floor plans and spaces, each within the caller's transaction and scope.
import { sql } from 'kysely';
import { REVIEW_BELOW } from '../../../contract/floorplans.ts';
import { NOT_USABLE } from '../../../engine/plan/document.ts';
import type { Tx } from '../../platform/postgres.ts';

const PLAN_COLUMNS = [
  'f.id',
  'f.project_id',
  'f.file_name',
  'f.file_url',
  'f.file_size_bytes',
  'f.file_format',
  'f.level_name',
  'f.status',
  'f.progress_pct',
  'f.progress_note',
  'f.processing_started_at',
  'f.processing_completed_at',
  'f.processing_error',
  'f.scale',
  'f.feet_per_unit',
  'f.level_index',
  'f.file_revision',
  'f.edit_revision',
  'f.uploaded_by',
  'f.created_at',
  'f.updated_at',
] as const;

function plans(tx: Tx) {
  return tx
    .selectFrom('floor_plans as f')
    .select(PLAN_COLUMNS)
    .select([
      // As corrected by hand: the outline that was read with the rooms drawn outside it, and the rooms as they stand.
      sql<number | null>`(f.analysis->'dimensions'->>'total_area_sqft')::numeric + f.added_area_sqft`.as(
        'total_area_sqft',
      ),
      sql<number | null>`case when f.feet_per_unit is null then null else
        (select coalesce(round(sum(s.area_sqft), 1), 0) from spaces s where s.floor_plan_id = f.id
          and s.type not in (${sql.join(NOT_USABLE)})) end`.as('usable_area_sqft'),
      sql<number>`(select count(*) from spaces s where s.floor_plan_id = f.id)`.as('space_count'),
      sql<number>`(select count(*) from spaces s where s.floor_plan_id = f.id and s.reviewed_at is null
        and not coalesce(s.manually_edited, false) and s.detection_confidence < ${REVIEW_BELOW})`.as(
        'review_count',
      ),
      sql<number>`(select count(*) from spaces s where s.floor_plan_id = f.id and s.manually_edited)`.as(
        'edited_count',
      ),
      sql<number | null>`(f.analysis->'source'->>'page')::int`.as('page'),
      sql<number | null>`(f.analysis->'source'->>'pages')::int`.as('pages'),
      sql<string | null>`(select o.id from floor_plans o where o.project_id = f.project_id
        and o.content_sha256 = f.content_sha256 and o.deleted_at is null
        and (o.created_at, o.id) < (f.created_at, f.id) order by o.created_at limit 1)`.as('same_file_as'),
      sql<boolean>`f.differences->>'compared_at' is not null`.as('has_differences'),
    ])
    .where('f.deleted_at', 'is', null);
}

export async function findPlan(tx: Tx, id: string) {
  return await plans(tx).where('f.id', '=', id).executeTakeFirst();
}
export type PlanRow = NonNullable<Awaited<ReturnType<typeof findPlan>>>;

export async function listPlans(tx: Tx, projectId: string) {
  return await plans(tx)
    .where('f.project_id', '=', projectId)
    .orderBy('f.level_index')
    .orderBy('f.created_at')
    .limit(200)
    .execute();
}

export async function insertPlan(
  tx: Tx,
  values: {
    id: string;
    project_id: string;
    file_name: string;
    file_url: string;
    file_size_bytes: number;
    file_format: string;
    content_sha256: string;
    level_name: string;
    level_index: number;
    uploaded_by: string;
  },
): Promise<void> {
  await tx
    .insertInto('floor_plans')
    .values({ ...values, progress_note: 'waiting to be read' })
    .execute();
}

export async function updatePlan(tx: Tx, id: string, change: Record<string, unknown>): Promise<void> {
  await tx.updateTable('floor_plans').set(change).where('id', '=', id).execute();
}

export async function setLevel(tx: Tx, id: string, level_index: number): Promise<void> {
  await tx
    .updateTable('floor_plans')
    .set({ level_index })
    .where('id', '=', id)
    .where('level_index', '<>', level_index)
    .execute();
}

export async function findAnalysis(tx: Tx, id: string) {
  return await tx
    .selectFrom('floor_plans')
    .select(['analysis', 'status'])
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function fileTierOf(tx: Tx, id: string): Promise<string | undefined> {
  return (await tx.selectFrom('floor_plans').select('file_tier').where('id', '=', id).executeTakeFirst())
    ?.file_tier;
}

export async function markBroughtBack(tx: Tx, id: string, now: Date): Promise<void> {
  await tx
    .updateTable('floor_plans')
    .set({ file_tier: 'hot', file_brought_back_at: now })
    .where('id', '=', id)
    .where('file_tier', '=', 'cold')
    .execute();
}

const SPACE_COLUMNS = [
  'id',
  'floor_plan_id',
  'project_id',
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
  'revision',
  'updated_at',
] as const;

export async function listSpaces(tx: Tx, floorPlanId: string) {
  return await tx
    .selectFrom('spaces')
    .select(SPACE_COLUMNS)
    .where('floor_plan_id', '=', floorPlanId)
    .orderBy('number')
    .orderBy('name')
    .orderBy('id')
    .execute();
}

/** Every space of a project on plans that are not deleted. */
export async function listProjectSpaces(tx: Tx, projectId: string) {
  return await tx
    .selectFrom('spaces')
    .select(SPACE_COLUMNS)
    .where('project_id', '=', projectId)
    .where('floor_plan_id', 'in', (eb) =>
      eb
        .selectFrom('floor_plans')
        .select('id')
        .where('project_id', '=', projectId)
        .where('deleted_at', 'is', null),
    )
    .orderBy('number')
    .orderBy('name')
    .orderBy('id')
    .execute();
}

export async function findSpace(tx: Tx, id: string, options: { lock: boolean }) {
  let query = tx.selectFrom('spaces').select(SPACE_COLUMNS).where('id', '=', id);
  if (options.lock) query = query.forUpdate();
  return await query.executeTakeFirst();
}
export type SpaceRow = NonNullable<Awaited<ReturnType<typeof findSpace>>>;

/** Items that stood in these spaces stay in the bill, without a place. */
export async function deleteSpaces(tx: Tx, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .updateTable('recommendation_items')
    .set({ space_id: null, placement: null })
    .where('space_id', 'in', ids)
    .execute();
  await tx.deleteFrom('spaces').where('id', 'in', ids).execute();
}
