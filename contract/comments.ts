// Comments on a project, its rooms and its lines: threads that can be resolved, and people named in them.
import { z } from 'zod';
import { Id, PageQuery, Time, text } from './common.ts';

export const COMMENT_SUBJECTS = ['project', 'space', 'item'] as const;

const body = text(5000).refine((value) => value.trim() !== '', 'may not be empty');

export const CommentSubject = z.object({
  type: z.enum(COMMENT_SUBJECTS),
  /** The room or the line; null for the project. */
  id: Id.nullable(),
  /** As it was called when the thread began. */
  label: z.string(),
  /** The room it is in or of; null for the project. */
  space_id: Id.nullable(),
  /** Of a line: need and product, by which it is found again in a later recommendation. */
  need_key: z.string().nullable(),
  sku: z.string().nullable(),
});
export type CommentSubject = z.infer<typeof CommentSubject>;

export const Comment = z.object({
  id: Id,
  thread_id: Id.nullable(),
  /** Empty where it was deleted. */
  body: z.string(),
  mentions: z.array(Id),
  author_id: Id.nullable(),
  author_name: z.string(),
  /** Written through a share link, by somebody without an account. */
  by_link: z.boolean(),
  created_at: Time,
  edited_at: Time.nullable(),
  deleted_at: Time.nullable(),
});
export type Comment = z.infer<typeof Comment>;

export const CommentThread = Comment.extend({
  subject: CommentSubject,
  resolved_at: Time.nullable(),
  resolved_by: Id.nullable(),
  /** Oldest first. */
  replies: z.array(Comment),
});
export type CommentThread = z.infer<typeof CommentThread>;

export const CommentListQuery = PageQuery.extend({
  subject_type: z.enum(COMMENT_SUBJECTS).optional(),
  subject_id: Id.optional(),
  resolved: z.enum(['true', 'false']).optional(),
});
export type CommentListQuery = z.infer<typeof CommentListQuery>;

export const CreateCommentRequest = z.object({
  body,
  /** What a new thread is about; the project where left out. Not with thread_id. */
  subject: z.object({ type: z.enum(COMMENT_SUBJECTS), id: Id.optional() }).optional(),
  /** The thread it answers. */
  thread_id: Id.optional(),
  /** People on the project who are told by mail. */
  mentions: z.array(Id).max(20).default([]),
});
export type CreateCommentRequest = z.infer<typeof CreateCommentRequest>;
export const UpdateCommentRequest = z
  .object({ body, resolved: z.boolean() })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'say body or resolved');
export type UpdateCommentRequest = z.infer<typeof UpdateCommentRequest>;

/** Somebody who may be named in a comment. */
export const ProjectPerson = z.object({ user_id: Id, name: z.string() });
export type ProjectPerson = z.infer<typeof ProjectPerson>;
