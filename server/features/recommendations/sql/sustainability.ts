// Queries on the sustainability measured for scenarios.
import { sql } from 'kysely';
import type { Tx } from '../../../platform/postgres.ts';

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
