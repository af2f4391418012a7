// What the analytics page shows: each chart's numbers, as a table.
import { z } from 'zod';
import { Day, Id } from './common.ts';

export const AnalyticsQuery = z.object({
  from: Day.optional(),
  to: Day.optional(),
  organization_id: Id.optional(),
});
export type AnalyticsQuery = z.infer<typeof AnalyticsQuery>;

/** Events a day by type. */
export const UsageChart = z.object({
  from: Day,
  to: Day,
  rows: z.array(
    z.object({
      date: Day,
      page_views: z.number().int(),
      actions: z.number().int(),
      errors: z.number().int(),
      sessions: z.number().int(),
    }),
  ),
});
export type UsageChart = z.infer<typeof UsageChart>;

/** How many projects reached each step from brief to approval. */
export const FunnelChart = z.object({
  from: Day,
  to: Day,
  rows: z.array(
    z.object({ step: z.string(), label: z.string(), projects: z.number().int(), share_of_first: z.number() }),
  ),
});
export type FunnelChart = z.infer<typeof FunnelChart>;

/** The products looked at most, and searches that found nothing. */
export const DemandChart = z.object({
  from: Day,
  to: Day,
  products: z.array(
    z.object({
      product_id: Id,
      sku: z.string(),
      name: z.string(),
      category: z.string(),
      views: z.number().int(),
      people: z.number().int(),
    }),
  ),
  searches_without_result: z.array(z.object({ query: z.string(), count: z.number().int() })),
});
export type DemandChart = z.infer<typeof DemandChart>;
