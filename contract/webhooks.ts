// Webhooks as they cross HTTP and the queue, and the message a receiver gets.
import { z } from 'zod';
import { Id, JsonObject, line, Time } from './common.ts';

/** What is told. `ping` is sent by hand only, to try an address. */
export const WEBHOOK_TYPES = [
  'project.approved',
  'project.changes_requested',
  'recommendation.ready',
  'budget.selected',
  'export.ready',
] as const;
export const WebhookType = z.enum(WEBHOOK_TYPES);
export type WebhookType = z.infer<typeof WebhookType>;

const Url = z.url({ protocol: /^https?$/ }).max(500);

export const Webhook = z.object({
  id: Id,
  organization_id: Id,
  url: z.string(),
  description: z.string(),
  /** Empty: every type, also ones to come. */
  types: z.array(z.string()),
  status: z.enum(['active', 'disabled']),
  disabled_reason: z.string().nullable(),
  disabled_at: Time.nullable(),
  last_success_at: Time.nullable(),
  /** Until then messages are signed with the secret before as well. */
  previous_secret_until: Time.nullable(),
  created_at: Time,
});
export type Webhook = z.infer<typeof Webhook>;

/** The secret is shown once, when it is made. */
export const CreatedWebhook = Webhook.extend({ secret: z.string() });
export type CreatedWebhook = z.infer<typeof CreatedWebhook>;

export const CreateWebhookRequest = z.object({
  url: Url,
  description: line(200, 0).default(''),
  types: z.array(WebhookType).max(WEBHOOK_TYPES.length).default([]),
});
export const UpdateWebhookRequest = z
  .object({
    url: Url,
    description: line(200, 0),
    types: z.array(WebhookType).max(WEBHOOK_TYPES.length),
    status: z.enum(['active', 'disabled']),
  })
  .partial();

export const WebhookDelivery = z.object({
  id: Id,
  webhook_id: Id,
  /** The same for every attempt and every replay: a receiver drops what it has seen. */
  event_id: Id,
  type: z.string(),
  status: z.enum(['waiting', 'delivered', 'failed']),
  attempts: z.number().int(),
  next_attempt_at: Time.nullable(),
  last_status: z.number().int().nullable(),
  last_error: z.string().nullable(),
  is_replay: z.boolean(),
  created_at: Time,
  finished_at: Time.nullable(),
});
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

export const WebhookAttempt = z.object({
  attempted_at: Time,
  took_ms: z.number().int(),
  status: z.number().int().nullable(),
  error: z.string().nullable(),
  response_excerpt: z.string().nullable(),
});
export const WebhookDeliveryDetail = WebhookDelivery.extend({
  body: z.string(),
  attempt_log: z.array(WebhookAttempt),
});
export type WebhookDeliveryDetail = z.infer<typeof WebhookDeliveryDetail>;

export const ReplayRequest = z.object({ since: Time });
export const ReplayAnswer = z.object({
  /** Messages that are sent again, oldest first. */
  replayed: z.number().int(),
  /** There were more; ask again from the time of the last one. */
  has_more: z.boolean(),
  last_at: Time.nullable(),
});

/** What is posted to a receiver. */
export const WebhookMessage = z.object({
  type: z.string(),
  /** When it happened. */
  timestamp: Time,
  data: z.looseObject({
    organization_id: Id,
    project_id: Id.optional(),
    /** The recommendation, scenario, export or approval it is about. */
    subject_id: Id.optional(),
    /** Grows with every happening of the installation; smaller is earlier. */
    sequence: z.number().int().optional(),
    actor_id: Id.nullish(),
  }),
});
export type WebhookMessage = z.infer<typeof WebhookMessage>;

export const TellWebhookJob = z.object({ endpoint_id: Id });
export type TellWebhookJob = z.infer<typeof TellWebhookJob>;
export const PruneWebhooksJob = JsonObject;
