// Queries on terms of trade and costs: settings of organizations, terms of projects, what things cost.
import { sql } from 'kysely';
import type { Tx } from '../../../platform/postgres.ts';

/** The planning settings of the organization a project belongs to; also for collaborators from elsewhere. */
export async function planningSettingsOf(tx: Tx, projectId: string): Promise<unknown> {
  const result = await sql<{
    settings: unknown;
  }>`select app_planning_settings(${projectId}) as settings`.execute(tx);
  return result.rows[0]?.settings ?? null;
}

export async function buyTermsFor(tx: Tx, projectId: string): Promise<unknown> {
  const result = await sql<{ terms: unknown }>`select app_buy_terms(${projectId}) as terms`.execute(tx);
  return result.rows[0]?.terms ?? null;
}

export async function projectTerms(tx: Tx, projectId: string) {
  return await tx
    .selectFrom('project_terms')
    .select(['contract', 'rates', 'roi_inputs'])
    .where('project_id', '=', projectId)
    .executeTakeFirst();
}

/** Parts that are given replace what was stored; SQL null is "as the organization". */
export async function saveProjectTerms(
  tx: Tx,
  projectId: string,
  userId: string,
  parts: { contract?: string | null; rates?: string | null; roi_inputs?: string | null },
): Promise<void> {
  await tx
    .insertInto('project_terms')
    .values({ project_id: projectId, updated_by: userId, ...parts })
    .onConflict((conflict) =>
      conflict.column('project_id').doUpdateSet({ ...parts, updated_by: userId, updated_at: sql`now()` }),
    )
    .execute();
}

export async function organizationSettings(
  tx: Tx,
  organizationId: string,
  options: { lock: boolean } = { lock: false },
): Promise<unknown> {
  let query = tx.selectFrom('organizations').select('settings').where('id', '=', organizationId);
  if (options.lock) query = query.forUpdate();
  const row = await query.executeTakeFirst();
  return (row?.settings as { planning?: unknown } | null | undefined)?.planning ?? {};
}

export async function saveOrganizationSettings(
  tx: Tx,
  organizationId: string,
  planning: unknown,
): Promise<void> {
  await sql`update organizations set settings = jsonb_set(coalesce(settings, '{}'), '{planning}', ${JSON.stringify(planning)}::jsonb)
    where id = ${organizationId}`.execute(tx);
}

export async function organizationBuyTerms(tx: Tx, organizationId: string): Promise<unknown> {
  const row = await tx
    .selectFrom('organization_buy_terms')
    .select('terms')
    .where('organization_id', '=', organizationId)
    .executeTakeFirst();
  return row?.terms ?? null;
}

export async function saveOrganizationBuyTerms(
  tx: Tx,
  organizationId: string,
  userId: string,
  terms: unknown,
): Promise<void> {
  const values = { terms: JSON.stringify(terms), updated_by: userId };
  await tx
    .insertInto('organization_buy_terms')
    .values({ organization_id: organizationId, ...values })
    .onConflict((conflict) =>
      conflict.column('organization_id').doUpdateSet({ ...values, updated_at: sql`now()` }),
    )
    .execute();
}

export async function saveCosts(
  tx: Tx,
  scenarioId: string,
  costs: readonly { product_id: string; unit_cost: number; source: string }[],
): Promise<void> {
  await sql`select app_save_costs(${scenarioId}, ${JSON.stringify(costs)}::jsonb)`.execute(tx);
}

export async function maySeeCost(tx: Tx, projectId: string): Promise<boolean> {
  const result = await sql<{ may: boolean | null }>`select app_may_see_cost(${projectId}) as may`.execute(tx);
  return result.rows[0]?.may === true;
}

/** Empty for those who may not see cost: row security answers for the table. */
export async function costsOf(tx: Tx, scenarioIds: readonly string[]) {
  if (scenarioIds.length === 0) return [];
  return await tx
    .selectFrom('scenario_costs')
    .select(['scenario_id', 'product_id', 'unit_cost', 'source'])
    .where('scenario_id', 'in', [...scenarioIds])
    .execute();
}
