// How long data is kept: policies, runs and legal holds as they cross HTTP, the queue and the command line.
import { z } from 'zod';
import { Id, line, Time } from './common.ts';

export const RETENTION_POLICY_NAMES = [
  'active_projects',
  'completed_projects',
  'user_conversations',
  'event_logs',
  'ai_model_metrics',
  'floor_plan_files',
  'renders',
] as const;
export const RetentionPolicyName = z.enum(RETENTION_POLICY_NAMES);
export type RetentionPolicyName = z.infer<typeof RetentionPolicyName>;

const Days = z.number().int().min(1).max(36_500);

export const RetentionPolicy = z.object({
  name: RetentionPolicyName,
  description: z.string(),
  enabled: z.boolean(),
  /** Days after which data goes to cold storage; null where it never does. */
  archive_after_days: Days.nullable(),
  aggregate_after_days: Days.nullable(),
  delete_after_days: Days.nullable(),
  samples_kept: z.number().int().nullable(),
  batch_size: z.number().int(),
  updated_at: Time,
});
export type RetentionPolicy = z.infer<typeof RetentionPolicy>;

/** Which steps a policy has is fixed; when they happen is not. */
export const UpdateRetentionPolicyRequest = z
  .object({
    enabled: z.boolean(),
    archive_after_days: Days,
    aggregate_after_days: Days,
    delete_after_days: Days,
    samples_kept: z.number().int().min(0).max(1000),
    batch_size: z.number().int().min(1).max(10_000),
  })
  .partial();
export type UpdateRetentionPolicyRequest = z.infer<typeof UpdateRetentionPolicyRequest>;

export const RetentionPolicyReport = z.object({
  name: RetentionPolicyName,
  /** What is due: projects, conversations, events, model calls, files, pictures. */
  matched: z.number().int(),
  /** Due, but under a legal hold: left as it is. */
  held: z.number().int(),
  archived: z.number().int(),
  deleted: z.number().int(),
  /** Rows that went into sums. */
  aggregated: z.number().int(),
  /** Why the policy did not finish. */
  error: z.string().nullable(),
});
export type RetentionPolicyReport = z.infer<typeof RetentionPolicyReport>;

export const RetentionRun = z.object({
  id: Id,
  as_of: Time,
  dry_run: z.boolean(),
  status: z.enum(['running', 'done', 'failed', 'stopped']),
  policies: z.array(RetentionPolicyReport),
  started_at: Time,
  finished_at: Time.nullable(),
});
export type RetentionRun = z.infer<typeof RetentionRun>;

export const StartRetentionRunRequest = z.object({
  /** Whether to report only. */
  dry_run: z.boolean().default(true),
});
export type StartRetentionRunRequest = z.infer<typeof StartRetentionRunRequest>;

/** The job of a run; without `run_id` it is the daily one. */
export const RetentionJob = z.object({ run_id: Id.nullable() });
export type RetentionJob = z.infer<typeof RetentionJob>;

export const LEGAL_HOLD_SCOPES = ['project', 'organization', 'user'] as const;
export const LegalHold = z.object({
  id: Id,
  scope: z.enum(LEGAL_HOLD_SCOPES),
  subject_id: Id,
  /** The project's or organization's name, the person's e-mail; null once it is gone. */
  subject_name: z.string().nullable(),
  reason: z.string(),
  created_at: Time,
  released_at: Time.nullable(),
});
export type LegalHold = z.infer<typeof LegalHold>;

export const CreateLegalHoldRequest = z.object({
  scope: z.enum(LEGAL_HOLD_SCOPES),
  subject_id: Id,
  reason: line(1000),
});
export type CreateLegalHoldRequest = z.infer<typeof CreateLegalHoldRequest>;
