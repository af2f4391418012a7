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
    .select(['id'])
    .where('project_id', '=', projectId)
    .where(sql<boolean>`summary->>'state' = 'ready'`)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
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
  product_id: string;
  space_id: string | null;
  quantity: number;
  unit_price: number;
  total_price: number;
  reasoning: string;
  confidence_score: number;
  alternatives: string;
  placement: string | null;
  need_key: string;
  need: string;
  locked: boolean;
}

export async function insertItems(
  tx: Tx,
  keys: { project_id: string; recommendation_id: string; scenario_id: string },
  values: ItemValues[],
): Promise<void> {
  const CHUNK = 500;
  for (let i = 0; i < values.length; i += CHUNK) {
    await tx
      .insertInto('recommendation_items')
      .values(values.slice(i, i + CHUNK).map((value) => ({ ...value, ...keys })))
      .execute();
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
