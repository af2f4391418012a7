// Carbon, recycled content, certifications and credits. Carbon is kg CO2e cradle to grave, shares are percent (`_pct`).
import { z } from 'zod';

const count = z.number().int().nonnegative();

export const CARBON_QUALITIES = ['measured_epd', 'declared', 'category_average', 'missing'] as const;

export const SustainabilityTotals = z.object({
  carbon_footprint_kg: z.number(),
  recycled_content_pct: z.number().nullable(),
  recyclable_pct: z.number().nullable(),
  /** Share of the pieces by where their carbon figure comes from. */
  carbon_quality: z.object({
    measured_epd_pct: z.number(),
    declared_pct: z.number(),
    category_average_pct: z.number(),
    missing_pct: z.number(),
  }),
  /** A: mostly measured … D: mostly missing. */
  data_quality_grade: z.enum(['A', 'B', 'C', 'D']),
  pieces: count,
});

export const CreditResult = z.object({
  rule_id: z.string(),
  rule_version: z.string(),
  name: z.string(),
  passed: z.boolean(),
  points: z.number().int(),
  measures: z.array(
    z.object({
      label: z.string(),
      numerator: z.number(),
      denominator: z.number().nullable(),
      value: z.number(),
      threshold: z.number(),
      unit: z.string(),
      met: z.boolean(),
    }),
  ),
  missing_certificates: z.array(z.object({ sku: z.string(), name: z.string(), needs: z.string() })),
  note: z.string(),
  source: z.string(),
});

export const SustainabilityReport = z.object({
  overall_score: z.number().int().min(0).max(100),
  carbon_footprint_kg: z.number(),
  recycled_content_pct: z.number().nullable(),
  recyclable_pct: z.number().nullable(),
  certifications_achieved: z.array(z.string()),
  leed_points: z.number().int(),
  totals: SustainabilityTotals,
  by_space: z.array(SustainabilityTotals.extend({ space_id: z.string().nullable() })),
  by_item: z.array(
    z.object({
      item_key: z.string(),
      carbon_kg: z.number().nullable(),
      carbon_quality: z.enum(CARBON_QUALITIES),
      recycled_content_pct: z.number().nullable(),
      recyclable_pct: z.number().nullable(),
      certifications: z.array(z.string()),
    }),
  ),
  certification_coverage: z.array(
    z.object({ certification: z.string(), pieces_pct: z.number(), spend_pct: z.number() }),
  ),
  credits: z.array(CreditResult),
  targets: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      target: z.union([z.number(), z.string()]),
      actual: z.union([z.number(), z.string(), z.null()]),
      met: z.boolean(),
    }),
  ),
  score_parts: z.array(z.object({ key: z.string(), weight: z.number(), score: z.number() })),
});

export type CarbonQuality = (typeof CARBON_QUALITIES)[number];
export type SustainabilityTotals = z.infer<typeof SustainabilityTotals>;
export type CreditResult = z.infer<typeof CreditResult>;
export type SustainabilityReport = z.infer<typeof SustainabilityReport>;
