// Queries on renders, and on what a floor's model needs of products and scenarios.
import type { Tx } from '../../platform/postgres.ts';

const COLUMNS = [
  'id',
  'project_id',
  'floor_plan_id',
  'scenario_id',
  'name',
  'file_key',
  'content_type',
  'file_size_bytes',
  'width_px',
  'height_px',
  'created_by',
  'created_at',
] as const;

export async function insertRender(
  tx: Tx,
  values: {
    id: string;
    project_id: string;
    floor_plan_id: string | null;
    scenario_id: string | null;
    name: string;
    file_key: string;
    content_type: string;
    file_size_bytes: number;
    width_px: number;
    height_px: number;
    created_by: string;
    created_at: Date;
  },
) {
  return await tx.insertInto('renders').values(values).returning(COLUMNS).executeTakeFirstOrThrow();
}
export type RenderRow = Awaited<ReturnType<typeof insertRender>>;

export async function findRender(tx: Tx, id: string) {
  return await tx.selectFrom('renders').select(COLUMNS).where('id', '=', id).executeTakeFirst();
}

/** Newest first, one more than `limit`. */
export async function listRenders(
  tx: Tx,
  projectId: string,
  limit: number,
  after: [string, string] | undefined,
): Promise<RenderRow[]> {
  let query = tx.selectFrom('renders').select(COLUMNS).where('project_id', '=', projectId);
  if (after !== undefined) {
    const [time, id] = after;
    query = query.where((eb) =>
      eb.or([
        eb('created_at', '<', new Date(time)),
        eb.and([eb('created_at', '=', new Date(time)), eb('id', '<', id)]),
      ]),
    );
  }
  return await query
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
}

export async function countRenders(tx: Tx, projectId: string): Promise<number> {
  const found = await tx
    .selectFrom('renders')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('project_id', '=', projectId)
    .executeTakeFirstOrThrow();
  return Number(found.count);
}

export async function deleteRender(tx: Tx, id: string): Promise<boolean> {
  const [done] = await tx.deleteFrom('renders').where('id', '=', id).execute();
  return Number(done?.numDeletedRows ?? 0) > 0;
}

export async function floorOfProject(tx: Tx, projectId: string, id: string): Promise<boolean> {
  const found = await tx
    .selectFrom('floor_plans')
    .select('id')
    .where('id', '=', id)
    .where('project_id', '=', projectId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return found !== undefined;
}

export async function scenarioOfProject(tx: Tx, projectId: string, id: string): Promise<boolean> {
  const found = await tx
    .selectFrom('budget_scenarios')
    .select('id')
    .where('id', '=', id)
    .where('project_id', '=', projectId)
    .executeTakeFirst();
  return found !== undefined;
}

export async function productShapes(tx: Tx, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return await tx
    .selectFrom('products')
    .select(['id', 'sku', 'name', 'category', 'subcategory', 'specifications'])
    .where('id', 'in', [...ids])
    .execute();
}
export type ProductShapeRow = Awaited<ReturnType<typeof productShapes>>[number];
