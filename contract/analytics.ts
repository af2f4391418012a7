// What the analytics page shows: each chart's numbers, as a table.
import { z } from 'zod';
import { USER_TYPES } from './accounts.ts';
import { Day, Id } from './common.ts';

export const AnalyticsQuery = z.object({
  from: Day.optional(),
  to: Day.optional(),
  organization_id: Id.optional(),
  user_type: z.enum(USER_TYPES).optional(),
});
export type AnalyticsQuery = z.infer<typeof AnalyticsQuery>;

/** Across organizations there is no single one to ask for. */
export const MarketQuery = AnalyticsQuery.omit({ organization_id: true });
export type MarketQuery = z.infer<typeof MarketQuery>;

const Count = z.number().int();
const Period = { from: Day, to: Day };
/** Whose figures: those of all (administrators), or of the reader's organizations. */
const Covers = z.enum(['everybody', 'organizations']);

/** Events a day by type. */
export const UsageChart = z.object({
  ...Period,
  covers: Covers,
  rows: z.array(z.object({ date: Day, page_views: Count, actions: Count, errors: Count, sessions: Count })),
});
export type UsageChart = z.infer<typeof UsageChart>;

/** Of the projects begun in the period, how many reached each step from brief to approval. */
export const FunnelChart = z.object({
  ...Period,
  rows: z.array(
    z.object({
      step: z.string(),
      label: z.string(),
      projects: Count,
      /** Of all begun, 0 to 1. */
      share_of_first: z.number(),
      /** Projects that reached the step before and not this one. */
      lost: Count,
    }),
  ),
});
export type FunnelChart = z.infer<typeof FunnelChart>;

const DemandedProduct = z.object({
  product_id: Id,
  sku: z.string(),
  name: z.string(),
  category: z.string(),
  views: Count,
});
const SearchCount = z.object({ query: z.string(), count: Count });

/** The products looked at most, and searches that found nothing, by their words and by their kind. */
export const DemandChart = z.object({
  ...Period,
  products: z.array(DemandedProduct.extend({ people: Count })),
  searches_without_result: z.array(SearchCount),
  search_classes: z.array(z.object({ query_class: z.string(), count: Count })),
});
export type DemandChart = z.infer<typeof DemandChart>;

/** Fewer organizations than this are never told of together across organizations. */
export const SMALLEST_GROUP = 5;

/**
 * Demand across organizations, in whole weeks. Every figure is a sum of cells (product or words × week) to each of which
 * at least SMALLEST_GROUP organizations gave something.
 */
export const MarketChart = z.object({
  /** The whole weeks inside the period, Monday to Sunday; null where there is none. */
  from: Day.nullable(),
  to: Day.nullable(),
  smallest_group: Count,
  /** Whether something was left out because too few organizations stand behind it. */
  withheld: z.boolean(),
  products: z.array(DemandedProduct),
  searches_without_result: z.array(SearchCount),
});
export type MarketChart = z.infer<typeof MarketChart>;

/** How long projects take from one step to the next. Hours, of those that arrived in the period. */
export const TurnaroundChart = z.object({
  ...Period,
  rows: z.array(
    z.object({
      stage: z.string(),
      label: z.string(),
      projects: Count,
      median_hours: z.number().nullable(),
      p90_hours: z.number().nullable(),
    }),
  ),
});
export type TurnaroundChart = z.infer<typeof TurnaroundChart>;

/** What people made of the recommended items, by product category. */
export const AcceptanceChart = z.object({
  ...Period,
  rows: z.array(
    z.object({
      category: z.string(),
      proposed: Count,
      accepted: Count,
      substituted: Count,
      rejected: Count,
      /** Accepted of those decided, 0 to 1; null while none is decided. */
      acceptance: z.number().nullable(),
    }),
  ),
  /** Of whole recommendations that were presented in the period. */
  outcomes: z.object({
    presented: Count,
    viewed: Count,
    modified: Count,
    approved: Count,
    rejected: Count,
    median_minutes_to_decision: z.number().nullable(),
    average_rating: z.number().nullable(),
    rated: Count,
  }),
});
export type AcceptanceChart = z.infer<typeof AcceptanceChart>;

/** What each model did: how fast, how sure, at what price, and what people made of it. */
export const ModelsChart = z.object({
  ...Period,
  covers: Covers,
  rows: z.array(
    z.object({
      task_type: z.string(),
      model_name: z.string(),
      model_version: z.string(),
      calls: Count,
      latency_p50_ms: z.number().nullable(),
      latency_p95_ms: z.number().nullable(),
      tokens_used: Count,
      cost_usd: z.number(),
      /** 0 to 1. */
      confidence: z.number().nullable(),
      /** 1 to 5. */
      rating: z.number().nullable(),
      rated: Count,
      accepted: Count,
      decided: Count,
    }),
  ),
});
export type ModelsChart = z.infer<typeof ModelsChart>;

/** What people wrote about, by intent; of conversations whose words are deleted by then, by their monthly sums. */
export const ConversationsChart = z.object({
  ...Period,
  rows: z.array(z.object({ intent: z.string(), messages: Count })),
});
export type ConversationsChart = z.infer<typeof ConversationsChart>;

/** What became of refused events that were taken in anew. */
export const ReplayReceipt = z.object({
  stored: z.number().int(),
  /** Refused again, by today's rules. */
  refused: z.number().int(),
});
export type ReplayReceipt = z.infer<typeof ReplayReceipt>;
