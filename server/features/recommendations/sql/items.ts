// Queries on the lines of a scenario.
import { sql } from 'kysely';
import type { Tx } from '../../../platform/postgres.ts';

export interface ItemValues {
  id: string;
  product_id: string;
  variant_id: string | null;
  space_id: string | null;
  quantity: number;
  wanted: number;
  unit_price: number;
  unit_list_price: number | null;
  total_price: number;
  quoted_lead_time_days: number | null;
  quoted_at: string | null;
  reasoning: string;
  confidence_score: number | null;
  alternatives: unknown;
  placement: unknown;
  need_key: string;
  need: unknown;
  status: string;
  locked: boolean;
}

export interface ItemKeys {
  project_id: string;
  recommendation_id: string;
  scenario_id: string;
}

/** Rows in one statement are few, so that the embedded store never holds up others for long; turns are left between. */
const CHUNK = 40;

/** Inserts or, by id, replaces; one document a statement, which is far quicker to send and read than a value list. */
export async function saveItems(tx: Tx, keys: ItemKeys, values: readonly ItemValues[]): Promise<void> {
  for (let i = 0; i < values.length; i += CHUNK) {
    const rows = JSON.stringify(values.slice(i, i + CHUNK));
    await sql`
      insert into recommendation_items (id, recommendation_id, project_id, scenario_id, product_id, variant_id, space_id,
        quantity, wanted, unit_price, unit_list_price, total_price, quoted_lead_time_days, quoted_at, reasoning,
        confidence_score, alternatives, placement, need_key, need, status, locked)
      select r.id, ${keys.recommendation_id}::uuid, ${keys.project_id}::uuid, ${keys.scenario_id}::uuid, r.product_id,
        r.variant_id, r.space_id, r.quantity, r.wanted, r.unit_price, r.unit_list_price, r.total_price,
        r.quoted_lead_time_days, r.quoted_at, r.reasoning, r.confidence_score, r.alternatives, nullif(r.placement, 'null'),
        r.need_key, r.need, r.status, r.locked
      from jsonb_to_recordset(${rows}::jsonb) as r(id uuid, product_id uuid, variant_id uuid, space_id uuid,
        quantity int, wanted int, unit_price numeric, unit_list_price numeric, total_price numeric,
        quoted_lead_time_days int, quoted_at timestamptz, reasoning text, confidence_score numeric, alternatives jsonb,
        placement jsonb, need_key varchar, need jsonb, status varchar, locked boolean)
      on conflict (id) do update set product_id = excluded.product_id, variant_id = excluded.variant_id,
        space_id = excluded.space_id, quantity = excluded.quantity, wanted = excluded.wanted,
        unit_price = excluded.unit_price, unit_list_price = excluded.unit_list_price, total_price = excluded.total_price,
        quoted_lead_time_days = excluded.quoted_lead_time_days, quoted_at = excluded.quoted_at,
        reasoning = excluded.reasoning, confidence_score = excluded.confidence_score,
        alternatives = excluded.alternatives, placement = excluded.placement, need_key = excluded.need_key,
        need = excluded.need, status = excluded.status, locked = excluded.locked`.execute(tx);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export async function deleteItems(tx: Tx, scenarioId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .deleteFrom('recommendation_items')
    .where('scenario_id', '=', scenarioId)
    .where('id', 'in', [...ids])
    .execute();
}

/** New unit prices of lines, by id. */
export async function repriceItems(
  tx: Tx,
  prices: readonly { id: string; unit_price: number; total_price: number; unit_list_price: number | null }[],
): Promise<void> {
  for (let i = 0; i < prices.length; i += 200) {
    const rows = JSON.stringify(prices.slice(i, i + 200));
    await sql`
      update recommendation_items i set unit_price = r.unit_price, total_price = r.total_price,
        unit_list_price = r.unit_list_price
      from jsonb_to_recordset(${rows}::jsonb) as r(id uuid, unit_price numeric, total_price numeric, unit_list_price numeric)
      where i.id = r.id`.execute(tx);
  }
}

function items(tx: Tx) {
  return tx
    .selectFrom('recommendation_items as i')
    .innerJoin('products as p', 'p.id', 'i.product_id')
    .leftJoin('spaces as s', 's.id', 'i.space_id')
    .leftJoin('products as n', (join) =>
      join
        .onRef('n.sku', '=', 'p.successor_sku')
        .on('n.status', '=', 'active')
        .on('n.deleted_at', 'is', null),
    )
    .select([
      'i.id',
      'i.recommendation_id',
      'i.project_id',
      'i.scenario_id',
      'i.space_id',
      'i.product_id',
      'i.variant_id',
      'i.quantity',
      'i.unit_price',
      'i.total_price',
      'i.need_key',
      'i.need',
      'i.reasoning',
      'i.confidence_score',
      'i.alternatives',
      'i.placement',
      'i.status',
      'i.locked',
      'i.wanted',
      'i.unit_list_price',
      'i.quoted_lead_time_days',
      'i.quoted_at',
      'i.created_at',
      's.type as space_type',
      's.name as space_name',
      's.number as space_number',
      'p.sku',
      'p.name as product_name',
      'p.brand',
      'p.collection',
      'p.category',
      'p.subcategory',
      'p.list_price',
      'p.lead_time_days',
      'p.specifications',
      'p.sustainability',
      'p.status as product_status',
      'p.successor_sku',
      'p.moq',
      'n.id as successor_id',
      'n.name as successor_name',
    ]);
}

export async function listItems(tx: Tx, scenarioId: string) {
  return await items(tx)
    .where('i.scenario_id', '=', scenarioId)
    .orderBy('s.number')
    .orderBy('s.name')
    .orderBy('i.need_key')
    .orderBy('i.id')
    .execute();
}

/** Lines of bills, rejected ones left out. */
export async function quantitiesOf(tx: Tx, scenarioIds: readonly string[]) {
  if (scenarioIds.length === 0) return [];
  return await tx
    .selectFrom('recommendation_items')
    .select(['scenario_id', 'product_id', 'quantity', 'unit_price'])
    .where('scenario_id', 'in', [...scenarioIds])
    .where('status', '!=', 'rejected')
    .execute();
}

/** What scenarios are compared by; rejected lines are in no bill. */
export async function comparedItems(tx: Tx, recommendationId: string) {
  return await tx
    .selectFrom('recommendation_items as i')
    .innerJoin('products as p', 'p.id', 'i.product_id')
    .select([
      'i.id',
      'i.scenario_id',
      'i.need_key',
      'i.space_id',
      'i.product_id',
      'i.need',
      'i.quantity',
      'i.total_price',
      'p.sku',
      'p.name',
      'p.collection',
      'p.lead_time_days',
      'p.sustainability',
    ])
    .where('i.recommendation_id', '=', recommendationId)
    .where('i.status', '!=', 'rejected')
    .execute();
}

/** Today's list prices and lead times become those of the quote. */
export async function requoteItems(tx: Tx, scenarioId: string, now: Date): Promise<void> {
  await sql`update recommendation_items i set quoted_at = ${now.toISOString()}::timestamptz, quoted_lead_time_days = p.lead_time_days
    from products p where p.id = i.product_id and i.scenario_id = ${scenarioId}`.execute(tx);
}

export async function findItem(tx: Tx, recommendationId: string, id: string) {
  return await items(tx)
    .where('i.recommendation_id', '=', recommendationId)
    .where('i.id', '=', id)
    .executeTakeFirst();
}

export type ItemRow = NonNullable<Awaited<ReturnType<typeof findItem>>>;

export async function updateItem(tx: Tx, id: string, change: Record<string, unknown>): Promise<void> {
  await tx.updateTable('recommendation_items').set(change).where('id', '=', id).execute();
}

export async function updateItems(
  tx: Tx,
  scenarioId: string,
  ids: readonly string[],
  change: Record<string, unknown>,
): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .updateTable('recommendation_items')
    .set(change)
    .where('scenario_id', '=', scenarioId)
    .where('id', 'in', [...ids])
    .execute();
}

/** Pieces of a product in a scenario's bill. */
export async function piecesOf(tx: Tx, scenarioId: string, productId: string): Promise<number> {
  const row = await tx
    .selectFrom('recommendation_items')
    .select((eb) => eb.fn.sum<string>('quantity').as('pieces'))
    .where('scenario_id', '=', scenarioId)
    .where('product_id', '=', productId)
    .where('status', '!=', 'rejected')
    .executeTakeFirst();
  return Number(row?.pieces ?? 0);
}
