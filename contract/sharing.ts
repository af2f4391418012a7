// Share links: what a link allows, what its page shows to somebody without an account, and what they decide there.
import { z } from 'zod';
import { Email } from './accounts.ts';
import { Comment, CommentSubject } from './comments.ts';
import { Id, line, Time, text } from './common.ts';
import { PlanDocument } from './plan.ts';
import { Branding, DocumentPlacement, DocumentSpace } from './project-document.ts';
import { PROJECT_STATUSES } from './projects.ts';

export const SHARE_ROLES = ['viewer', 'commenter', 'approver'] as const;
/** What a link shows of prices. Cost and margin are on no link. */
export const SHARE_PRICES = ['none', 'list', 'sell'] as const;
export const DECISIONS = ['approved', 'changes_requested'] as const;

export const ShareLink = z.object({
  id: Id,
  label: z.string(),
  role: z.enum(SHARE_ROLES),
  prices: z.enum(SHARE_PRICES),
  downloads: z.boolean(),
  has_password: z.boolean(),
  expires_at: Time,
  revoked_at: Time.nullable(),
  last_opened_at: Time.nullable(),
  opened_count: z.number().int(),
  created_by: Id.nullable(),
  created_at: Time,
});
export type ShareLink = z.infer<typeof ShareLink>;

export const CreateShareLinkRequest = z.object({
  label: line(200),
  role: z.enum(SHARE_ROLES).default('viewer'),
  prices: z.enum(SHARE_PRICES).default('none'),
  downloads: z.boolean().default(false),
  password: z.string().min(8).max(200).optional(),
  days: z.number().int().min(1).max(365).default(30),
});
export type CreateShareLinkRequest = z.infer<typeof CreateShareLinkRequest>;
/** The address is told once; it is stored nowhere. */
export const CreatedShareLink = ShareLink.extend({ path: z.string() });
export type CreatedShareLink = z.infer<typeof CreatedShareLink>;

export const ShareDecision = z.object({
  id: Id,
  decision: z.enum(DECISIONS),
  version_number: z.number().int(),
  name: z.string(),
  email: z.string(),
  note: z.string().nullable(),
  link_label: z.string().nullable(),
  decided_at: Time,
});
export type ShareDecision = z.infer<typeof ShareDecision>;

// ---- the page of a link ----

export const ShareToken = z.string().regex(/^[A-Za-z0-9_-]{20,100}$/);
export const UnlockRequest = z.object({ password: z.string().min(1).max(200) });
/** Sent back as the header x-share-grant. */
export const Unlocked = z.object({ grant: z.string(), expires_at: Time });
export const SHARE_GRANT_HEADER = 'x-share-grant';

const amount = z.number().nullable();

export const SharedItem = z.object({
  id: Id,
  space_id: Id.nullable(),
  name: z.string(),
  description: z.string().nullable(),
  sku: z.string(),
  brand: z.string().nullable(),
  category: z.string(),
  need: z.string(),
  reasoning: z.string(),
  quantity: z.number().int(),
  lead_time_days: z.number().int().nullable(),
  /** By what the link shows: list or sell; null where it shows none. */
  unit_price: amount,
  total_price: amount,
  placements: z.array(DocumentPlacement),
});
export const SharedScenario = z.object({
  id: Id,
  name: z.string(),
  type: z.string(),
  currency: z.string(),
  total: amount,
  is_selected: z.boolean(),
});
export const SharedProject = z.object({
  link: z.object({
    label: z.string(),
    role: z.enum(SHARE_ROLES),
    prices: z.enum(SHARE_PRICES),
    downloads: z.boolean(),
    expires_at: Time,
  }),
  project: z.object({
    name: z.string(),
    description: z.string().nullable(),
    status: z.enum(PROJECT_STATUSES),
    client_name: z.string().nullable(),
  }),
  organization: z.object({ name: z.string(), branding: Branding }).nullable(),
  /** Names what is shown; an approval says which state it approves. */
  state: z.string(),
  floors: z.array(
    z.object({
      id: Id,
      level_name: z.string().nullable(),
      feet_per_unit: z.number().nullable(),
      plan: PlanDocument.nullable(),
      spaces: z.array(DocumentSpace),
    }),
  ),
  scenarios: z.array(SharedScenario),
  /** Of the selected scenario, else the balanced. */
  items: z.array(SharedItem),
  files: z.array(z.object({ id: Id, file_name: z.string(), bytes: z.number().int(), created_at: Time })),
  comments: z.array(Comment.extend({ subject: CommentSubject, replies: z.array(Comment) })),
  decisions: z.array(ShareDecision.omit({ email: true, link_label: true })),
});
export type SharedProject = z.infer<typeof SharedProject>;

export const DecideRequest = z.object({
  decision: z.enum(DECISIONS),
  name: line(200),
  email: Email,
  note: text(5000).optional(),
  /** The `state` that was shown. */
  state: z.string().max(100),
});
export type DecideRequest = z.infer<typeof DecideRequest>;
export const SharedCommentRequest = z.object({
  name: line(200),
  body: text(5000).refine((value) => value.trim() !== '', 'may not be empty'),
  space_id: Id.optional(),
  thread_id: Id.optional(),
});
export type SharedCommentRequest = z.infer<typeof SharedCommentRequest>;
