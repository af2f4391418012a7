// Reads the rows that make up a project's state, and writes such rows back. Tables and columns come from the lists here
// and from the live schema, never from what a version holds.
import { type RawBuilder, sql } from 'kysely';
import type { Row } from '../../../../engine/versions/state.ts';
import type { Tx } from '../../../platform/postgres.ts';

export type StateTable =
  | 'floor_plans'
  | 'spaces'
  | 'recommendations'
  | 'budget_scenarios'
  | 'recommendation_items'
  | 'item_snapshots'
  | 'sustainability_metrics'
  | 'project_terms';

/** Columns that say how a row is worked on, not what it holds. */
const WORKING = `{updated_at,revision,edit_revision,reading,progress_pct,progress_note,processing_started_at,processing_completed_at,processing_error,file_tier,file_brought_back_at,differences}`;

const CHUNK = 400;

async function rowsOf(tx: Tx, table: StateTable, scope: RawBuilder<unknown>): Promise<Row[]> {
  const order = table === 'project_terms' ? sql`project_id` : sql`id`;
  const { rows } = await sql<{ row: Row }>`
    select to_jsonb(t) - ${WORKING}::text[] as row from ${sql.table(table)} t where ${scope} order by ${order}`.execute(
    tx,
  );
  return rows.map(({ row }) => row);
}

export async function readState(tx: Tx, projectId: string) {
  const own = sql`project_id = ${projectId}`;
  const project = await sql<{ row: Row }>`
    select to_jsonb(p) - '{updated_at,revision,current_step,progress_pct,deleted_at,is_template,metadata}'::text[] as row
    from projects p where id = ${projectId}`.execute(tx);
  const floor_plans = await rowsOf(tx, 'floor_plans', sql`${own} and deleted_at is null`);
  const spaces = await rowsOf(
    tx,
    'spaces',
    sql`${own} and floor_plan_id in (select id from floor_plans where project_id = ${projectId} and deleted_at is null)`,
  );
  const [recommendation = null] = await rowsOf(
    tx,
    'recommendations',
    sql`id = (select id from recommendations where ${own} and summary->>'state' = 'ready' order by created_at desc limit 1)`,
  );
  const bill = sql`${own} and scenario_id in (select id from budget_scenarios where ${own} and recommendation_id = ${recommendation?.['id'] ?? null}::uuid)`;
  const recommendation_items = await rowsOf(tx, 'recommendation_items', bill);
  const named = [...new Set(recommendation_items.map((item) => String(item['product_id'])))];
  const products =
    named.length === 0
      ? []
      : await tx.selectFrom('products').select(['id', 'sku', 'name']).where('id', 'in', named).execute();
  const [project_terms = null] = await rowsOf(tx, 'project_terms', own);
  return {
    project: project.rows[0]?.row ?? {},
    project_terms,
    floor_plans,
    spaces,
    recommendation,
    budget_scenarios: await rowsOf(
      tx,
      'budget_scenarios',
      sql`${own} and recommendation_id = ${recommendation?.['id'] ?? null}::uuid`,
    ),
    recommendation_items,
    item_snapshots: await rowsOf(tx, 'item_snapshots', bill),
    sustainability_metrics: await rowsOf(tx, 'sustainability_metrics', bill),
    products: Object.fromEntries(products.map(({ id, sku, name }) => [id, { sku, name }])),
  };
}

/** Inserts rows, or writes them over those with the same id. Columns the table no longer has are left out. */
export async function putRows(
  tx: Tx,
  table: StateTable,
  rows: readonly Row[],
  options: { over?: boolean } = {},
): Promise<void> {
  if (rows.length === 0) return;
  const record = sql`jsonb_populate_record(null::${sql.table(table)}, '{}')`;
  const live = await sql<{ name: string }>`select jsonb_object_keys(to_jsonb(${record})) as name`.execute(tx);
  const given = new Set(rows.flatMap((row) => Object.keys(row)));
  const names = live.rows.map(({ name }) => name).filter((name) => given.has(name));
  const columns = sql.join(names.map((name) => sql.ref(name)));
  const key = table === 'project_terms' ? 'project_id' : 'id';
  const assigned = names
    .filter((name) => name !== key && name !== 'created_at')
    .map((name) => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`);
  const conflict =
    options.over === true ? sql`on conflict (${sql.ref(key)}) do update set ${sql.join(assigned)}` : sql``;
  for (let i = 0; i < rows.length; i += CHUNK)
    await sql`insert into ${sql.table(table)} (${columns})
      select ${columns} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows.slice(i, i + CHUNK))}::jsonb)
      ${conflict}`.execute(tx);
}

/** Takes out the floors that the state lacks; they can be brought back as any removed floor. */
export async function removeFloorsBut(tx: Tx, projectId: string, keep: string[], now: Date): Promise<void> {
  await sql`update floor_plans set deleted_at = ${now} where project_id = ${projectId} and deleted_at is null
    and not (id = any (${keep}::uuid[]))`.execute(tx);
}

/** Corrections and readings of before are moot: they cannot be taken back into another state. */
export async function closeFloors(tx: Tx, floorIds: string[]): Promise<void> {
  await sql`update floor_plans set edit_revision = edit_revision + 1, reading = reading + 1, differences = null,
    progress_pct = 100, progress_note = null, processing_error = null where id = any (${floorIds}::uuid[])`.execute(
    tx,
  );
  await sql`update floor_plan_edits set closed = true where floor_plan_id = any (${floorIds}::uuid[])`.execute(
    tx,
  );
}

/** Rooms of these floors that the state lacks; lines of any bill that stood in them stand in no room. */
export async function removeSpacesBut(tx: Tx, floorIds: string[], keep: string[]): Promise<void> {
  const gone = sql`select id from spaces where floor_plan_id = any (${floorIds}::uuid[]) and not (id = any (${keep}::uuid[]))`;
  await sql`update recommendation_items set space_id = null where space_id in (${gone})`.execute(tx);
  await sql`delete from spaces where id in (${gone})`.execute(tx);
}

export async function presentItems(tx: Tx, projectId: string) {
  const { rows } = await sql<{ id: string; space_id: string }>`
    select i.id, i.space_id from recommendation_items i
    where i.project_id = ${projectId} and i.space_id is not null and i.recommendation_id =
      (select id from recommendations where project_id = ${projectId} and summary->>'state' = 'ready' order by created_at desc limit 1)`.execute(
    tx,
  );
  return rows;
}

export async function unselectScenarios(tx: Tx, projectId: string): Promise<void> {
  await sql`update budget_scenarios set is_selected = false where project_id = ${projectId} and is_selected`.execute(
    tx,
  );
}

export async function removeTerms(tx: Tx, projectId: string): Promise<void> {
  await tx.deleteFrom('project_terms').where('project_id', '=', projectId).execute();
}

/** As the system: ids that rows may still refer to. */
export async function knownReferences(tx: Tx, users: string[], products: string[], variants: string[]) {
  const ids = async (table: 'users' | 'products' | 'product_variants', wanted: string[]) =>
    wanted.length === 0
      ? []
      : (
          await sql<{
            id: string;
          }>`select id from ${sql.table(table)} where id = any (${wanted}::uuid[])`.execute(tx)
        ).rows;
  const found = [
    ...(await ids('users', users)),
    ...(await ids('products', products)),
    ...(await ids('product_variants', variants)),
  ];
  return new Set(found.map(({ id }) => id));
}
