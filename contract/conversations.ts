// Conversations as they cross HTTP: messages in, a brief with evidence, actions and questions out.
import { z } from 'zod';
import { Brief, Evidence, Intent } from './brief.ts';
import { Id, line, Time, text } from './common.ts';
import { PROJECT_STEPS } from './projects.ts';

export const CONVERSATION_STATUSES = ['active', 'completed', 'abandoned'] as const;

export const Entity = z.object({
  /** What kind of value: number, money, date, choice, flag, name. */
  type: z.string(),
  field: z.string(),
  value: z.union([z.string(), z.number(), z.boolean()]),
  quote: z.string(),
});

export const ACTION_STATES = ['proposed', 'applied', 'undone'] as const;

/** What a message did to the project, or offers to do. */
export const Action = z.object({
  type: z.enum([
    'update_project',
    'ask_question',
    'offer_recommendation',
    'offer_comparison',
    'offer_approval',
    'swap_item',
    'add_item',
    'confirm_field',
  ]),
  /** For what is offered and waits for a yes: POST …/actions/:index/apply, and …/undo to take it back. */
  state: z.enum(ACTION_STATES).optional(),
  /** For swap_item. */
  swap: z
    .object({
      recommendation_id: Id,
      item_id: Id,
      product_id: Id,
      label: z.string(),
      /** For the whole line, in the project's currency; negative saves. */
      price_diff: z.number(),
      change_id: Id.nullable(),
    })
    .optional(),
  /** For add_item: a product that is put into a room. */
  item: z
    .object({
      recommendation_id: Id,
      product_id: Id,
      /** Null for what belongs to no single room. */
      space_id: Id.nullable(),
      quantity: z.number().int().min(1),
      label: z.string(),
      /** At list price for the whole line, in the project's currency; null where the product is sold in another. */
      price: z.number().nullable(),
      change_id: Id.nullable(),
    })
    .optional(),
  /** For update_project: the brief's fields that changed, dotted, with the value before and after (absent: not stated). */
  updates: z
    .array(z.object({ path: z.string(), before: z.unknown().optional(), after: z.unknown().optional() }))
    .optional(),
  question: z.string().optional(),
  /** For confirm_field: what a language model takes a sentence to mean; it counts when a person says so, by PATCH of the project. */
  reading: z
    .object({ path: z.string(), value: z.union([z.string(), z.number(), z.boolean()]), quote: z.string() })
    .optional(),
});
export type Action = z.infer<typeof Action>;

/** Where in the project an answer leads. */
export const AnswerLink = z.object({
  label: z.string(),
  step: z.enum(PROJECT_STEPS),
  space_id: Id.optional(),
  item_id: Id.optional(),
});
export type AnswerLink = z.infer<typeof AnswerLink>;

export const ConversationMessage = z.object({
  id: Id,
  conversation_id: Id,
  /** Who wrote it; null for answers and for people whose account is gone. */
  author_id: Id.nullable(),
  author_name: z.string().nullable(),
  role: z.enum(['user', 'assistant', 'system']),
  content: z.string(),
  intent: z.string().nullable(),
  entities: z.array(Entity),
  confidence: z.number().nullable(),
  actions: z.array(Action),
  links: z.array(AnswerLink),
  model_used: z.string().nullable(),
  tokens_used: z.number().int().nullable(),
  created_at: Time,
});
export type ConversationMessage = z.infer<typeof ConversationMessage>;

export const Conversation = z.object({
  id: Id,
  project_id: Id,
  user_id: Id,
  /** The first words said, until somebody names it. */
  title: z.string().nullable(),
  status: z.enum(CONVERSATION_STATUSES),
  summary: z.string().nullable(),
  brief: Brief,
  evidence: z.array(Evidence),
  questions: z.array(z.string()),
  created_at: Time,
  updated_at: Time,
});
export type Conversation = z.infer<typeof Conversation>;

export const UpdateConversationRequest = z.object({ title: line(120) });
export type UpdateConversationRequest = z.infer<typeof UpdateConversationRequest>;

export const PostMessageRequest = z.object({
  content: text(20_000).refine((value) => value.trim() !== '', 'write something'),
});
export type PostMessageRequest = z.infer<typeof PostMessageRequest>;

/** What a streamed answer sends first, as event "understood", and again where the answer added to it. */
export const Understood = z.object({
  user_message: ConversationMessage,
  intent: Intent,
  changed: z.array(z.string()),
  brief: Brief,
  evidence: z.array(Evidence),
  questions: z.array(z.string()),
});
export type Understood = z.infer<typeof Understood>;

export const PostMessageResponse = Understood.extend({ assistant_message: ConversationMessage });
export type PostMessageResponse = z.infer<typeof PostMessageResponse>;
