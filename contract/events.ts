// Events as they cross HTTP (`POST /events`) and the queue on their way to ClickHouse. Browser-safe.
// One bad event never spoils its neighbours: a call's list is checked one by one, by EventInput and ProductViewInput.
import { z } from 'zod';
import { Id, JsonObject, Time } from './common.ts';

export const MAX_EVENTS_PER_CALL = 1_000;
/** Characters of an event's properties as JSON. */
export const MAX_PROPERTIES = 16_384;
/** How old an event may be that a browser kept while it was offline. */
export const MAX_EVENT_AGE_DAYS = 30;

/** The event types that dashboards know; others are stored too. */
export const EVENT_TYPES = ['page_view', 'action', 'error'] as const;
export const VIEWED_FROM = ['search', 'recommendation', 'related_products', 'direct'] as const;
export const EVENT_STREAMS = ['events', 'product_views', 'recommendation_metrics'] as const;
export type EventStream = (typeof EVENT_STREAMS)[number];

const Name = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,63}$/, 'must be lower case letters, digits and _ (at most 64)');
/** A time that every date type of the analytics store can hold. */
const EventTime = Time.refine((time) => /^20\d\d-/.test(time), 'must be in this century');
const Count32 = z.number().int().min(0).max(4_294_967_295);
const Seconds = z.number().int().min(0).max(86_400);

/** One event as a browser sends it. Who sent it, from where and with what is added by the server. */
export const EventInput = z.object({
  /** Sent again with the same id, an event counts once. */
  event_id: Id.optional(),
  event_name: Name,
  event_type: Name,
  session_id: Id,
  anonymous_id: z.string().max(128).default(''),
  project_id: Id.nullish(),
  properties: JsonObject.optional(),
  page_url: z.string().max(2_000).default(''),
  page_title: z.string().max(500).default(''),
  referrer: z.string().max(2_000).default(''),
  timestamp: EventTime.optional(),
});
export type EventInput = z.input<typeof EventInput>;

export const ProductViewInput = z.object({
  view_id: Id.optional(),
  product_id: Id,
  session_id: Id,
  project_id: Id.nullish(),
  viewed_from: z.enum(VIEWED_FROM),
  view_duration_seconds: Seconds.default(0),
  clicked_images: z.boolean().default(false),
  clicked_3d_model: z.boolean().default(false),
  clicked_specs: z.boolean().default(false),
  timestamp: EventTime.optional(),
});
export type ProductViewInput = z.input<typeof ProductViewInput>;

/** The body of `POST /events`. The entries are checked one by one, so here they may still be anything. */
export const EventBatch = z
  .object({
    events: z.array(z.unknown()).max(MAX_EVENTS_PER_CALL).default([]),
    product_views: z.array(z.unknown()).max(MAX_EVENTS_PER_CALL).default([]),
  })
  .refine(({ events, product_views }) => events.length + product_views.length <= MAX_EVENTS_PER_CALL, {
    message: `may hold at most ${MAX_EVENTS_PER_CALL} events and product views together`,
  });
export type EventBatch = z.infer<typeof EventBatch>;

export const EventReceipt = z.object({
  accepted: z.number().int(),
  /** Place in the list that was sent, and why it was not taken. */
  rejected: z.array(z.object({ stream: z.enum(EVENT_STREAMS), index: z.number().int(), reason: z.string() })),
});
export type EventReceipt = z.infer<typeof EventReceipt>;

const OptionalId = Id.nullable().default(null);
const Text = z.string().max(2_000).default('');

/** A row of `events`. `properties` is JSON text; `user_type` in it is what the daily sums are split by,
 * `sent_by` is `browser` for what came over HTTP. */
export const EventRow = z.object({
  event_id: Id,
  event_name: Name,
  event_type: Name,
  user_id: OptionalId,
  session_id: Id,
  anonymous_id: Text,
  project_id: OptionalId,
  organization_id: OptionalId,
  properties: z.string().max(MAX_PROPERTIES).default('{}'),
  page_url: Text,
  page_title: Text,
  referrer: Text,
  user_agent: Text,
  device_type: Text,
  browser: Text,
  os: Text,
  ip_address: Text,
  country: Text,
  region: Text,
  city: Text,
  timestamp: EventTime,
});
export type EventRow = z.input<typeof EventRow>;

export const ProductViewRow = z.object({
  view_id: Id,
  product_id: Id,
  user_id: OptionalId,
  session_id: Id,
  project_id: OptionalId,
  organization_id: OptionalId,
  viewed_from: z.enum(VIEWED_FROM),
  view_duration_seconds: Count32.default(0),
  clicked_images: z.boolean().default(false),
  clicked_3d_model: z.boolean().default(false),
  clicked_specs: z.boolean().default(false),
  user_type: z.string().max(50).default(''),
  timestamp: EventTime,
});
export type ProductViewRow = z.input<typeof ProductViewRow>;

const OptionalTime = EventTime.nullable().default(null);

/** A row of `recommendation_metrics`: one for each step; the view `recommendation_outcomes` joins them. */
export const RecommendationMetricRow = z.object({
  recommendation_id: Id,
  project_id: Id,
  user_id: Id,
  total_items: Count32,
  /** In the project's currency, two decimals. */
  total_cost: z.number().min(-9_999_999_999).max(9_999_999_999),
  sustainability_score: z.number().int().min(0).max(100).default(0),
  presented_at: EventTime,
  viewed_at: OptionalTime,
  modified_at: OptionalTime,
  approved_at: OptionalTime,
  rejected_at: OptionalTime,
  time_to_decision_minutes: Count32.nullable().default(null),
  user_rating: z.number().int().min(1).max(5).nullable().default(null),
});
export type RecommendationMetricRow = z.input<typeof RecommendationMetricRow>;

export interface EventRows {
  events?: readonly EventRow[];
  product_views?: readonly ProductViewRow[];
  recommendation_metrics?: readonly RecommendationMetricRow[];
}
