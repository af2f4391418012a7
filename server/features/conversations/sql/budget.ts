// Queries on what messages under way may use of a month's budget for language models. All as the system.
import { sql } from 'kysely';
import type { Tx } from '../../../platform/postgres.ts';

/** One counter at a time for an organization, or for a project without one. */
export async function lockBudget(tx: Tx, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${id}, 7214311))`.execute(tx);
}

export async function dropHoldsPast(tx: Tx, now: Date): Promise<void> {
  await tx.deleteFrom('model_budget_holds').where('expires_at', '<', now).execute();
}

/** What is set aside of the project's budget, and of its organization's. */
export async function heldOf(
  tx: Tx,
  project: { id: string; organization_id: string | null },
): Promise<{ project_tokens: number; project_usd: number; organization_usd: number }> {
  const { rows } = await sql<{ project_tokens: number; project_usd: number; organization_usd: number }>`
    SELECT coalesce(sum(h.tokens) FILTER (WHERE p.id = ${project.id}), 0)::float8 AS project_tokens,
      coalesce(sum(h.cost_usd) FILTER (WHERE p.id = ${project.id}), 0)::float8 AS project_usd,
      coalesce(sum(h.cost_usd), 0)::float8 AS organization_usd
    FROM model_budget_holds h JOIN projects p ON p.id = h.project_id
    WHERE p.id = ${project.id} OR p.organization_id = ${project.organization_id}::uuid`.execute(tx);
  return rows[0] ?? { project_tokens: 0, project_usd: 0, organization_usd: 0 };
}

/** The organization's plan and what models elsewhere cost it since the first of the month. */
export async function planUse(tx: Tx, organizationId: string): Promise<{ tier: string; cost_usd: number }> {
  const { rows } = await sql<{ tier: string; cost_usd: number }>`
    SELECT coalesce(o.subscription_tier, 'free') AS tier,
      (SELECT ai_usd_month FROM app_organization_usage(o.id))::float8 AS cost_usd
    FROM organizations o WHERE o.id = ${organizationId}`.execute(tx);
  return rows[0] ?? { tier: 'free', cost_usd: 0 };
}

export async function insertHold(
  tx: Tx,
  hold: { project_id: string; tokens: number; cost_usd: number; expires_at: Date },
): Promise<string> {
  const { id } = await tx
    .insertInto('model_budget_holds')
    .values(hold)
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function deleteHold(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('model_budget_holds').where('id', '=', id).execute();
}
