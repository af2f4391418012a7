// The platform's administration: state of the stores, people and organizations of every tenant, jobs, dead letters,
// migrations and files. For platform administrators only. Browser-safe.
import { z } from 'zod';
import { Id, PageQuery, pageOf, Time } from './common.ts';
import { PRICE_ACCESS, SUBSCRIPTION_TIERS } from './organizations.ts';

export const StoreHealth = z.object({
  name: z.enum(['postgres', 'clickhouse', 'kv', 'files', 'schema', 'jobs']),
  state: z.enum(['ok', 'failing']),
  /** embedded, server, memory, redis, local, s3; null for what is no store. */
  mode: z.string().nullable(),
  version: z.string().nullable(),
  /** Bytes on disk, where the store tells. */
  size_bytes: z.number().nullable(),
});

export const Queue = z.object({
  name: z.string(),
  queued: z.number().int(),
  active: z.number().int(),
  failed: z.number().int(),
  /** Age of the oldest job that could run, seconds. */
  oldest_seconds: z.number(),
});
export type Queue = z.infer<typeof Queue>;

export const EventQueueState = z.object({
  mode: z.enum(['journal', 'redis']),
  pending: z.number().int(),
  unit: z.enum(['bytes', 'entries']),
  /** Age of the oldest event that is not in ClickHouse yet, seconds. */
  lag_seconds: z.number(),
  /** Events that still wait in PostgreSQL's outbox. */
  outbox: z.number().int(),
  dead_letters: z.number().int().nullable(),
  last_error: z.string().nullable(),
});

export const AdminOverview = z.object({
  version: z.string(),
  node: z.string(),
  started_at: Time,
  status: z.enum(['ok', 'failing']),
  stores: z.array(StoreHealth),
  /** Null where the store that knows does not answer. */
  counts: z
    .object({
      users: z.number().int(),
      organizations: z.number().int(),
      projects: z.number().int(),
      floor_plans: z.number().int(),
      products: z.number().int(),
      sessions: z.number().int(),
    })
    .nullable(),
  queues: z.array(Queue),
  events: EventQueueState.nullable(),
});
export type AdminOverview = z.infer<typeof AdminOverview>;

export const AdminUser = z.object({
  id: Id,
  email: z.string(),
  name: z.string(),
  user_type: z.string(),
  status: z.string(),
  is_admin: z.boolean(),
  organizations: z.array(z.object({ id: Id, name: z.string(), role: z.string() })),
  sessions: z.number().int(),
  created_at: Time,
  last_login_at: Time.nullable(),
});
export type AdminUser = z.infer<typeof AdminUser>;
export const AdminUserQuery = PageQuery.extend({
  q: z.string().trim().max(200).optional(),
  status: z.enum(['active', 'inactive', 'suspended']).optional(),
});
export type AdminUserQuery = z.infer<typeof AdminUserQuery>;
export const AdminUsers = pageOf(AdminUser);

export const SUBSCRIPTION_STATES = ['active', 'past_due', 'cancelled'] as const;
export const AdminOrganization = z.object({
  id: Id,
  name: z.string(),
  type: z.string().nullable(),
  price_access: z.enum(PRICE_ACCESS),
  subscription_tier: z.string(),
  subscription_status: z.string(),
  members: z.number().int(),
  projects: z.number().int(),
  created_at: Time,
});
export type AdminOrganization = z.infer<typeof AdminOrganization>;
export const AdminOrganizationQuery = PageQuery.extend({
  q: z.string().trim().max(200).optional(),
  /** Those that call themselves dealers and that the maker has not confirmed. */
  unconfirmed_dealers: z.enum(['true', 'false']).optional(),
});
export type AdminOrganizationQuery = z.infer<typeof AdminOrganizationQuery>;
export const AdminOrganizations = pageOf(AdminOrganization);
export const UpdateAdminOrganization = z
  .object({
    subscription_tier: z.enum(SUBSCRIPTION_TIERS).optional(),
    subscription_status: z.enum(SUBSCRIPTION_STATES).optional(),
    price_access: z.enum(PRICE_ACCESS).optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'must change something');
export type UpdateAdminOrganization = z.infer<typeof UpdateAdminOrganization>;

export const AdminJob = z.object({
  id: Id,
  queue: z.string(),
  state: z.string(),
  /** Ids of what it works on; text that may be personal is left out. */
  subject: z.record(z.string(), z.string()),
  error: z.string().nullable(),
  attempts: z.number().int(),
  created_at: Time,
  finished_at: Time.nullable(),
});
export type AdminJob = z.infer<typeof AdminJob>;
export const AdminJobs = pageOf(AdminJob);
export const JobListQuery = PageQuery.extend({ which: z.enum(['dead', 'failed', 'active']).default('dead') });
export type JobListQuery = z.infer<typeof JobListQuery>;

export const EventDeadLetter = z.object({
  stream: z.string(),
  reason: z.string(),
  payload: z.string(),
  received_at: Time,
});
export type EventDeadLetter = z.infer<typeof EventDeadLetter>;

export const AdminMigration = z.object({
  store: z.enum(['postgres', 'clickhouse']),
  version: z.string(),
  description: z.string(),
  checksum: z.string(),
  applied_at: Time.nullable(),
});
export type AdminMigration = z.infer<typeof AdminMigration>;

export const StorageShare = z.object({
  /** Null for files of no project that is still there. */
  organization_id: Id.nullable(),
  organization: z.string(),
  files: z.number().int(),
  hot_bytes: z.number(),
  cold_bytes: z.number(),
});
export type StorageShare = z.infer<typeof StorageShare>;
export const AdminStorage = z.object({
  mode: z.enum(['local', 's3']),
  files: z.number().int(),
  hot_bytes: z.number(),
  cold_bytes: z.number(),
  /** True when there are more files than were counted. */
  more: z.boolean(),
  shares: z.array(StorageShare),
});
export type AdminStorage = z.infer<typeof AdminStorage>;
