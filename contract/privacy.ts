// A person's own data as it crosses HTTP and the queue: copies to take away, and erasure with a receipt.
import { z } from 'zod';
import { Email } from './accounts.ts';
import { Id, line, Time } from './common.ts';

export const PERSON_EXPORT_STATUSES = ['queued', 'running', 'ready', 'failed', 'expired'] as const;

export const PersonExport = z.object({
  id: Id,
  status: z.enum(PERSON_EXPORT_STATUSES),
  file_size_bytes: z.number().int().nullable(),
  sha256: z.string().nullable(),
  /** Records of each kind in the file, for instance {"conversations": 3}. */
  contents: z.record(z.string(), z.number().int()),
  error: z.string().nullable(),
  created_at: Time,
  finished_at: Time.nullable(),
  expires_at: Time,
});
export type PersonExport = z.infer<typeof PersonExport>;

export const ErasureStep = z.object({
  store: z.enum(['postgresql', 'clickhouse', 'files', 'queue']),
  /** The table, or the kind of file. */
  subject: z.string(),
  done: z.enum(['deleted', 'emptied', 'kept']),
  records: z.number().int(),
  /** In one sentence, for what is kept. */
  why: z.string().nullable(),
});
export type ErasureStep = z.infer<typeof ErasureStep>;

/** What erasing would do. */
export const ErasurePreview = z.object({
  user_id: Id,
  email: z.string(),
  /** Reasons why it cannot be done yet, each with what to do. */
  blocked_by: z.array(z.string()),
  organizations_deleted: z.array(z.object({ id: Id, name: z.string() })),
  projects_deleted: z.array(z.object({ id: Id, name: z.string() })),
  projects_handed_over: z.array(z.object({ id: Id, name: z.string(), to: z.string() })),
});
export type ErasurePreview = z.infer<typeof ErasurePreview>;

/** Names nobody: it may be kept for as long as one must prove that a person was erased. */
export const ErasureReceipt = z.object({
  id: Id,
  user_id: Id,
  requested_by: Id.nullable(),
  reason: z.string(),
  status: z.enum(['running', 'done', 'failed']),
  steps: z.array(ErasureStep),
  error: z.string().nullable(),
  requested_at: Time,
  finished_at: Time.nullable(),
  /** The day by which the last backup that still holds the person is to be deleted. */
  backups_gone_by: z.iso.date().nullable(),
});
export type ErasureReceipt = z.infer<typeof ErasureReceipt>;

export const EraseRequest = z.object({
  reason: line(1000),
  /** The person's address once more, against a slip of the hand. */
  email: Email,
});
export type EraseRequest = z.infer<typeof EraseRequest>;

export const PersonQuery = z.object({ email: Email });

export const PersonExportJob = z.object({ export_id: Id, user_id: Id });
export const ErasureJob = z.object({ erasure_id: Id });
export const PrivacySweepJob = z.object({});
