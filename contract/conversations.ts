// Conversations as they cross HTTP: messages in, a brief with evidence, actions and questions out.
import { z } from 'zod';
import { Brief, Evidence, Intent } from './brief.ts';
import { Id, Time, text } from './common.ts';

export const CONVERSATION_STATUSES = ['active', 'completed', 'abandoned'] as const;

export const Entity = z.object({
  /** What kind of value: number, money, date, choice, flag, name. */
  type: z.string(),
  field: z.string(),
  value: z.union([z.string(), z.number(), z.boolean()]),
  quote: z.string(),
});

/** What a message did to the project, or offers to do. */
export const Action = z.object({
  type: z.enum([
    'update_project',
    'ask_question',
    'offer_recommendation',
    'offer_comparison',
    'offer_approval',
  ]),
  /** For update_project: the brief's fields that changed, dotted, with the value before and after (absent: not stated). */
  updates: z
    .array(z.object({ path: z.string(), before: z.unknown().optional(), after: z.unknown().optional() }))
    .optional(),
  question: z.string().optional(),
});
export type Action = z.infer<typeof Action>;

export const ConversationMessage = z.object({
  id: Id,
  conversation_id: Id,
  role: z.enum(['user', 'assistant', 'system']),
  content: z.string(),
  intent: z.string().nullable(),
  entities: z.array(Entity),
  confidence: z.number().nullable(),
  actions: z.array(Action),
  model_used: z.string().nullable(),
  tokens_used: z.number().int().nullable(),
  created_at: Time,
});
export type ConversationMessage = z.infer<typeof ConversationMessage>;

export const Conversation = z.object({
  id: Id,
  project_id: Id,
  user_id: Id,
  status: z.enum(CONVERSATION_STATUSES),
  summary: z.string().nullable(),
  brief: Brief,
  evidence: z.array(Evidence),
  questions: z.array(z.string()),
  created_at: Time,
  updated_at: Time,
});
export type Conversation = z.infer<typeof Conversation>;

export const PostMessageRequest = z.object({
  content: text(20_000).refine((value) => value.trim() !== '', 'write something'),
});
export type PostMessageRequest = z.infer<typeof PostMessageRequest>;

export const PostMessageResponse = z.object({
  user_message: ConversationMessage,
  assistant_message: ConversationMessage,
  intent: Intent,
  changed: z.array(z.string()),
  brief: Brief,
  evidence: z.array(Evidence),
  questions: z.array(z.string()),
});
export type PostMessageResponse = z.infer<typeof PostMessageResponse>;
