// Queries on recommendations, their items, budget scenarios, feedback and sustainability metrics.
import { sql } from 'kysely';
import type { Tx } from '../../platform/postgres.ts';

const RECOMMENDATION_COLUMNS = [
  'id',
  'project_id',
  'generated_by',
  'model_version',
  'generation_timestamp',
  'input_parameters',
  'summary',
  'status',
  'confidence_score',
  'user_rating',
  'user_feedback',
  'created_at',
  'updated_at',
] as const;

export async function insertRecommendation(
  tx: Tx,
  values: {
    project_id: string;
    model_version: string;
    input_parameters: unknown;
    summary: unknown;
    created_by: string;
  },
) {
  return await tx
    .insertInto('recommendations')
    .values({
      ...values,
      input_parameters: JSON.stringify(values.input_parameters),
      summary: JSON.stringify(values.summary),
    })
    .returning(RECOMMENDATION_COLUMNS)
    .executeTakeFirstOrThrow();
}
export type RecommendationRow = Awaited<ReturnType<typeof insertRecommendation>>;

export async function findRecommendation(tx: Tx, id: string, options: { lock: boolean } = { lock: false }) {
  let query = tx.selectFrom('recommendations').select(RECOMMENDATION_COLUMNS).where('id', '=', id);
  if (options.lock) query = query.forUpdate();
  return await query.executeTakeFirst();
}

export async function listRecommendations(
  tx: Tx,
  projectId: string,
  limit: number,
  after: [string, string] | undefined,
) {
  let query = tx
    .selectFrom('recommendations')
    .select(RECOMMENDATION_COLUMNS)
    .where('project_id', '=', projectId)
    .where(sql<boolean>`summary->>'state' in ('ready', 'infeasible')`)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (after !== undefined)
    query = query.where(sql<boolean>`(created_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  return await query.execute();
}

export async function latestReady(tx: Tx, projectId: string) {
  return await tx
    .selectFrom('recommendations')
    .select(RECOMMENDATION_COLUMNS)
    .where('project_id', '=', projectId)
    .where(sql<boolean>`summary->>'state' = 'ready'`)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Finished recommendations of a project, decided ones too; they stand on its plans. */
export async function readyRecommendations(tx: Tx, projectId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('recommendations')
    .select('id')
    .where('project_id', '=', projectId)
    .where(sql<boolean>`summary->>'state' = 'ready'`)
    .orderBy('created_at', 'desc')
    .limit(50)
    .execute();
  return rows.map((row) => row.id);
}

export async function updateRecommendation(
  tx: Tx,
  id: string,
  change: Record<string, unknown>,
): Promise<void> {
  await tx.updateTable('recommendations').set(change).where('id', '=', id).execute();
}

const SCENARIO_COLUMNS = [
  'id',
  'project_id',
  'recommendation_id',
  'name',
  'type',
  'total_cost',
  'currency',
  'variance_from_target_pct',
  'quality_score',
  'sustainability_score',
  'lines',
  'roi_analysis',
  'trade_offs',
  'metrics',
  'solver',
  'assumptions',
  'shortfalls',
  'layout',
  'pricing',
  'is_selected',
  'created_at',
] as const;

export interface ScenarioValues {
  name: string;
  type: string;
  total_cost: number;
  currency: string;
  variance_from_target_pct: number | null;
  quality_score: number | null;
  sustainability_score: number | null;
  lines: string;
  roi_analysis: string;
  trade_offs: string;
  metrics: string;
  solver: string;
  assumptions: string;
  shortfalls: string;
  layout: string;
  pricing: string;
}

export async function insertScenario(
  tx: Tx,
  projectId: string,
  recommendationId: string,
  values: ScenarioValues,
): Promise<string> {
  const row = await tx
    .insertInto('budget_scenarios')
    .values({ ...values, project_id: projectId, recommendation_id: recommendationId })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function listScenarios(
  tx: Tx,
  where: { project_id?: string; recommendation_id?: string; id?: string },
) {
  let query = tx.selectFrom('budget_scenarios').select(SCENARIO_COLUMNS);
  if (where.project_id !== undefined) query = query.where('project_id', '=', where.project_id);
  if (where.recommendation_id !== undefined)
    query = query.where('recommendation_id', '=', where.recommendation_id);
  if (where.id !== undefined) query = query.where('id', '=', where.id);
  return await query
    .orderBy(sql`array_position(array['conservative', 'balanced', 'aggressive'], type::text)`)
    .limit(200)
    .execute();
}
export type ScenarioRow = Awaited<ReturnType<typeof listScenarios>>[number];

export async function updateScenario(tx: Tx, id: string, change: Partial<ScenarioValues>): Promise<void> {
  await tx.updateTable('budget_scenarios').set(change).where('id', '=', id).execute();
}

export async function selectScenario(tx: Tx, projectId: string, id: string): Promise<void> {
  await tx
    .updateTable('budget_scenarios')
    .set({ is_selected: false })
    .where('project_id', '=', projectId)
    .where('is_selected', '=', true)
    .where('id', '!=', id)
    .execute();
  await tx.updateTable('budget_scenarios').set({ is_selected: true }).where('id', '=', id).execute();
}

export async function markSelectedInBudget(tx: Tx, projectId: string, selected: string): Promise<void> {
  await sql`update projects set budget = jsonb_set(coalesce(budget, '{}'), '{selected_scenario}', to_jsonb(${selected}::text)) where id = ${projectId}`.execute(
    tx,
  );
}

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

export async function insertFeedback(
  tx: Tx,
  values: {
    recommendation_id: string;
    user_id: string;
    feedback_type: string;
    recommendation_item_id?: string | null;
    rating?: number | null;
    feedback_text?: string | null;
    feedback_categories?: string[] | null;
    accepted?: boolean | null;
    modified?: boolean | null;
    modification_details?: string | null;
  },
) {
  return await tx
    .insertInto('recommendation_feedback')
    .values(values)
    .returning(['id', 'created_at'])
    .executeTakeFirstOrThrow();
}

export async function insertFeedbacks(
  tx: Tx,
  values: readonly Parameters<typeof insertFeedback>[1][],
): Promise<void> {
  for (let i = 0; i < values.length; i += 200)
    await tx
      .insertInto('recommendation_feedback')
      .values(values.slice(i, i + 200))
      .execute();
}

const METRIC_COLUMNS = [
  'id',
  'project_id',
  'scenario_id',
  'overall_score',
  'carbon_footprint_kg',
  'recycled_content_pct',
  'recyclable_pct',
  'certifications_achieved',
  'leed_points',
  'calculated_at',
  'report',
] as const;

export async function insertSustainability(
  tx: Tx,
  values: {
    project_id: string;
    scenario_id: string;
    overall_score: number;
    carbon_footprint_kg: number;
    recycled_content_pct: number | null;
    recyclable_pct: number | null;
    certifications_achieved: string[];
    leed_points: number;
    report: string;
  },
): Promise<void> {
  await tx.insertInto('sustainability_metrics').values(values).execute();
}

export async function deleteSustainability(tx: Tx, scenarioId: string): Promise<void> {
  await tx.deleteFrom('sustainability_metrics').where('scenario_id', '=', scenarioId).execute();
}

/** The measured scenarios of the latest recommendation that has any, the selected one first. */
export async function listSustainability(tx: Tx, projectId: string) {
  return await tx
    .selectFrom('sustainability_metrics as m')
    .leftJoin('budget_scenarios as b', 'b.id', 'm.scenario_id')
    .select(METRIC_COLUMNS.map((column) => `m.${column}` as const))
    .where('m.project_id', '=', projectId)
    .orderBy('b.is_selected', (order) => order.desc().nullsLast())
    .orderBy('b.created_at', 'desc')
    .orderBy(sql`array_position(array['balanced', 'conservative', 'aggressive'], b.type::text)`)
    .limit(100)
    .execute();
}

/** Every product that may be recommended. */
export async function candidateProducts(tx: Tx) {
  return await candidates(tx)
    .where('status', '=', 'active')
    .where('deleted_at', 'is', null)
    .orderBy('sku')
    .execute();
}

export async function findCandidate(tx: Tx, id: string) {
  return await candidates(tx)
    .where('id', '=', id)
    .where('status', '=', 'active')
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
}

/** Products of a bill, whatever their status is today. */
export async function productsByIds(tx: Tx, ids: string[]) {
  return ids.length === 0 ? [] : await candidates(tx).where('id', 'in', ids).execute();
}

function candidates(tx: Tx) {
  return tx
    .selectFrom('products')
    .select([
      'id',
      'sku',
      'name',
      'description',
      'category',
      'subcategory',
      'brand',
      'manufacturer',
      'collection',
      'tags',
      'specifications',
      'sustainability',
      'list_price',
      'dealer_price',
      'currency',
      'in_stock',
      'lead_time_days',
      'moq',
    ]);
}
export type CandidateRow = NonNullable<Awaited<ReturnType<typeof findCandidate>>>;

export async function latestEvidence(tx: Tx, projectId: string): Promise<unknown> {
  const row = await tx
    .selectFrom('conversations')
    .select('context')
    .where('project_id', '=', projectId)
    .orderBy('updated_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (row?.context as { evidence?: unknown } | null | undefined)?.evidence ?? [];
}
