// The month's budget for language models: before a model is asked, what a message may use at most is set aside, so that
// messages under way at once do not all spend the same last dollar.
import { PLAN_LIMITS, type PlanTier } from '../../../contract/plans.ts';
import type { LanguageModelSettings } from '../../config.ts';
import type { Tx } from '../../platform/postgres.ts';
import { modelUse } from '../model-metrics.ts';
import * as db from './sql/budget.ts';

/** What one message may use: four rounds, each with the facts, the tools and what came before, and its answer. */
const MOST_TOKENS_IN = 32_000;
const MOST_TOKENS_OUT = 6_000;
/** Beyond the time of the answer: writing it down. */
const GRACE_MS = 60_000;

export type Spent = 'project_budget' | 'project_busy' | 'plan_budget' | 'plan_busy';

/**
 * Sets the message's part aside and gives its id, or says which budget has no room. As the system: other people's messages
 * and other projects of the organization count too. One at a time for an organization or a project without.
 */
export async function setAside(
  tx: Tx,
  project: { id: string; organization_id: string | null },
  settings: LanguageModelSettings,
  now: Date,
): Promise<{ hold: string } | { spent: Spent }> {
  await db.lockBudget(tx, project.organization_id ?? project.id);
  await db.dropHoldsPast(tx, now);
  const tokens = MOST_TOKENS_IN + MOST_TOKENS_OUT;
  const { price } = settings;
  const cost_usd =
    price === null ? 0 : (MOST_TOKENS_IN * price.input + MOST_TOKENS_OUT * price.output) / 1_000_000;
  const used = await modelUse(tx, project.id);
  const held = await db.heldOf(tx, project);
  const [own, waiting, limit] =
    price === null
      ? [used.tokens, held.project_tokens, settings.project_tokens_month]
      : [used.cost_usd, held.project_usd, settings.project_usd_month];
  if (own >= limit) return { spent: 'project_budget' };
  if (own + waiting >= limit) return { spent: 'project_busy' };
  if (project.organization_id !== null) {
    const plan = await db.planUse(tx, project.organization_id);
    const most = PLAN_LIMITS[plan.tier as PlanTier].ai_usd_month;
    if (most !== null && plan.cost_usd >= most) return { spent: 'plan_budget' };
    if (most !== null && plan.cost_usd + held.organization_usd >= most) return { spent: 'plan_busy' };
  }
  const expires_at = new Date(now.getTime() + settings.timeout_seconds * 1000 + GRACE_MS);
  return { hold: await db.insertHold(tx, { project_id: project.id, tokens, cost_usd, expires_at }) };
}
