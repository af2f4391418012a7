// What happened and is told to others (webhooks): written in the transaction of the change, so that it exists exactly if
// the change does. The same thing told twice has the same id and is one row.
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '../platform/postgres.ts';

export type HappeningType =
  | 'project.approved'
  | 'project.changes_requested'
  | 'recommendation.ready'
  | 'budget.selected'
  | 'export.ready';

export interface Happening {
  type: HappeningType;
  project_id: string;
  /** The recommendation, scenario, export or approval it is about. */
  subject_id: string;
  /** What makes it this one and no other, beside type and subject: a time or version where it can happen again. */
  once?: string | undefined;
  /** The person who caused it; null for people without an account. */
  actor_id: string | null;
  happened_at: Date;
  /** Told to receivers as it is, so nothing that a client may not see. */
  data?: Record<string, unknown>;
}

/** Returns the id under which receivers know it. The organization is the project's; told before: nothing is written. */
export async function happened(tx: Tx, happening: Happening): Promise<string> {
  const id = happeningId(happening);
  await sql`
    INSERT INTO happenings (id, type, organization_id, project_id, subject_id, actor_id, data, happened_at)
    SELECT ${id}::uuid, ${happening.type}, p.organization_id, p.id, ${happening.subject_id}::uuid,
      ${happening.actor_id}::uuid, ${JSON.stringify(happening.data ?? {})}::jsonb,
      ${happening.happened_at.toISOString()}::timestamptz
    FROM projects p WHERE p.id = ${happening.project_id}::uuid
    ON CONFLICT DO NOTHING`.execute(tx);
  return id;
}

/** A UUID (version 8) from type, subject and occasion. */
export function happeningId({ type, subject_id, once }: Happening): string {
  const hash = createHash('sha256')
    .update(`${type}\n${subject_id.toLowerCase()}\n${once ?? ''}`)
    .digest();
  hash[6] = ((hash[6] as number) & 0x0f) | 0x80;
  hash[8] = ((hash[8] as number) & 0x3f) | 0x80;
  const hex = hash.toString('hex', 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
