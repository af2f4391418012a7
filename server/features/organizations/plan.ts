// What an organization's plan allows, and whether one more still fits. Called inside the transaction that adds.
import type { PlanUsage } from '../../../contract/organizations.ts';
import {
  fitsPlan,
  PLAN_LIMITS,
  PLAN_MEASURES,
  type PlanMeasure,
  type PlanTier,
  planLimitText,
} from '../../../contract/plans.ts';
import { AppError } from '../../platform/errors.ts';
import type { Tx } from '../../platform/postgres.ts';
import * as access from './sql/access.ts';

function usedOf(usage: access.Usage): Record<PlanMeasure, number> {
  return { ...usage, members: usage.members + usage.invitations };
}

export async function planUsage(tx: Tx, organizationId: string): Promise<PlanUsage> {
  const plan = await access.planOf(tx, organizationId);
  const tier = (plan?.subscription_tier ?? 'free') as PlanTier;
  const used = usedOf(await access.usageOf(tx, organizationId));
  return {
    tier,
    status: plan?.subscription_status ?? 'active',
    measures: PLAN_MEASURES.map((measure) => ({
      measure,
      used: used[measure],
      limit: PLAN_LIMITS[tier][measure],
    })),
  };
}

/**
 * Throws 402 where `adding` more of a measure does not fit the organization's plan (0 where it was added already in this
 * transaction); private projects (null) have none.
 * Holds a lock until the transaction ends, so that two at once do not both take the last place.
 */
export async function requirePlan(
  tx: Tx,
  organizationId: string | null,
  measure: PlanMeasure,
  adding = 1,
): Promise<void> {
  if (organizationId === null) return;
  const tier = (await access.tierOf(tx, organizationId)) as PlanTier | null;
  const limit = tier === null ? null : PLAN_LIMITS[tier][measure];
  if (tier === null || limit === null) return;
  await access.lockPlan(tx, organizationId);
  const used = usedOf(await access.usageOf(tx, organizationId))[measure];
  if (fitsPlan(tier, measure, used, adding)) return;
  const relief =
    measure === 'projects'
      ? 'archive one, or ask the organization’s owner for a larger plan'
      : 'ask the organization’s owner for a larger plan';
  throw new AppError('plan_limit', `The ${tier} plan has ${planLimitText(measure, limit)}; ${relief}.`);
}

/** The same for what belongs to a project: its organization's plan counts. */
export async function requirePlanOfProject(
  tx: Tx,
  projectId: string,
  measure: PlanMeasure,
  adding = 1,
): Promise<void> {
  await requirePlan(tx, await access.organizationOfProject(tx, projectId), measure, adding);
}
