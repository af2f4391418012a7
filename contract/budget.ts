// Budget lines and return on investment. Money is a number with two decimals, in the document's currency; shares are
// percent (`_pct`).
import { z } from 'zod';

export const BUDGET_LINES = [
  'furniture',
  'freight',
  'installation',
  'design',
  'project_management',
  'contingency',
  'tax',
] as const;

export const BudgetLine = z.object({
  key: z.enum(BUDGET_LINES),
  label: z.string(),
  amount: z.number(),
  /** Percent and what it is taken of; null for the furniture itself and fixed amounts. */
  rate_pct: z.number().nullable(),
  basis: z.string(),
  /** Who says so: the project, the organization or the published source of a default. */
  source: z.string().optional(),
});

export const BudgetBreakdown = z.object({
  currency: z.string(),
  lines: z.array(BudgetLine),
  furniture_list: z.number(),
  furniture_sell: z.number(),
  discount_pct: z.number().nullable(),
  total_cost: z.number(),
  target: z.number().nullable(),
  variance_from_target_pct: z.number().nullable(),
  within_max: z.boolean().nullable(),
  per_person: z.number().nullable(),
  per_sqft: z.number().nullable(),
  quality_score: z.number().int().min(0).max(100).nullable(),
  sustainability_score: z.number().int().min(0).max(100).nullable(),
});

export const RoiInput = z.object({
  key: z.string(),
  label: z.string(),
  unit: z.string(),
  value: z.number().nullable(),
  /** Who says so: 'user', 'project' or the published source of a default. */
  source: z.string(),
  kind: z.enum(['hard', 'soft', 'general']),
});

export const RoiBenefit = z.object({
  key: z.string(),
  label: z.string(),
  kind: z.enum(['hard', 'soft']),
  annual: z.number(),
  formula: z.string(),
  /** Inputs nobody has given yet; the benefit counts as zero until they are. */
  missing: z.array(z.string()),
});

export const RoiAnalysis = z.object({
  currency: z.string(),
  investment: z.number(),
  /** Hard savings only; the soft figures stand beside them and start at zero. */
  annual_savings: z.number(),
  annual_soft_benefits: z.number(),
  payback_months: z.number().nullable(),
  payback_months_with_soft: z.number().nullable(),
  /** Net present value of hard savings less the investment after 3 and 5 years. */
  roi_3_year: z.number(),
  roi_5_year: z.number(),
  roi_3_year_pct: z.number().nullable(),
  roi_5_year_pct: z.number().nullable(),
  roi_3_year_with_soft: z.number(),
  roi_5_year_with_soft: z.number(),
  benefits: z.array(RoiBenefit),
  sensitivity: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      low_input: z.number(),
      high_input: z.number(),
      roi_5_year_low: z.number(),
      roi_5_year_high: z.number(),
      swing: z.number(),
    }),
  ),
  assumptions: z.array(RoiInput),
  notes: z.array(z.string()),
});

export type BudgetLine = z.infer<typeof BudgetLine>;
export type BudgetBreakdown = z.infer<typeof BudgetBreakdown>;
export type RoiInput = z.infer<typeof RoiInput>;
export type RoiBenefit = z.infer<typeof RoiBenefit>;
export type RoiAnalysis = z.infer<typeof RoiAnalysis>;
