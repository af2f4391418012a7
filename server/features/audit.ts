// The audit log: one row for every event of security, written in the transaction of the event itself.
import { truncatedIp } from '../platform/event-rows.ts';
import type { Tx } from '../platform/postgres.ts';
import type { Origin } from './context.ts';

export interface AuditEntry {
  action: string;
  actor_id: string | null;
  organization_id?: string | null;
  project_id?: string | null;
  detail?: Record<string, unknown>;
}

export async function audit(tx: Tx, entry: AuditEntry, origin: Origin | null): Promise<void> {
  await tx
    .insertInto('audit_log')
    .values({
      action: entry.action,
      actor_id: entry.actor_id,
      organization_id: entry.organization_id ?? null,
      project_id: entry.project_id ?? null,
      detail: JSON.stringify(entry.detail ?? {}),
      ip_address: truncatedIp(origin?.ip_address ?? '') || null,
      request_id: origin?.request_id ?? null,
    })
    .execute();
}
