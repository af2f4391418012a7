// What each tier allows an organization: the one table that services, the plan page and its sentences read.

export const PLAN_MEASURES = ['projects', 'members', 'storage_bytes', 'ai_usd_month'] as const;
export type PlanMeasure = (typeof PLAN_MEASURES)[number];
export type PlanTier = 'free' | 'professional' | 'enterprise';

const GB = 1024 ** 3;

/**
 * `projects` neither archived nor deleted; `members` with open invitations; `storage_bytes` of plans and exports;
 * `ai_usd_month` US dollars of model calls since the first of the month (UTC). null: no limit.
 */
export const PLAN_LIMITS: Record<PlanTier, Record<PlanMeasure, number | null>> = {
  free: { projects: 50, members: 10, storage_bytes: 5 * GB, ai_usd_month: 10 },
  professional: { projects: 1_000, members: 100, storage_bytes: 200 * GB, ai_usd_month: 500 },
  enterprise: { projects: null, members: null, storage_bytes: null, ai_usd_month: null },
};

export const PLAN_MEASURE_NAMES: Record<PlanMeasure, string> = {
  projects: 'open projects',
  members: 'members and open invitations',
  storage_bytes: 'storage',
  ai_usd_month: 'model budget this month',
};

/** The limit as people read it. */
export function planLimitText(measure: PlanMeasure, limit: number): string {
  if (measure === 'storage_bytes') return `${Math.round(limit / GB)} GB of storage`;
  if (measure === 'ai_usd_month') return `$${limit} of model calls a month`;
  return `${limit} ${PLAN_MEASURE_NAMES[measure]}`;
}

/** True where `adding` more still fits. */
export function fitsPlan(tier: PlanTier, measure: PlanMeasure, used: number, adding: number): boolean {
  const limit = PLAN_LIMITS[tier][measure];
  return limit === null || used + adding <= limit;
}
