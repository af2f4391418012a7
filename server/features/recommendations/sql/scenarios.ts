// Queries on budget scenarios.
import { sql } from 'kysely';
import type { Tx } from '../../../platform/postgres.ts';

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
