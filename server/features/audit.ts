// The audit log: one row for every event of security, written in the transaction of the event itself; read by oneself,
// by an organization's administrators and by the platform's.
import { sql } from 'kysely';
import type { AuditEvent, AuditQuery } from '../../contract/accounts.ts';
import { truncatedIp } from '../platform/event-rows.ts';
import { type Page, pageFrom, readCursor, TimeAndId } from '../platform/pages.ts';
import type { Tx } from '../platform/postgres.ts';
import { iso, type Origin } from './context.ts';

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

/** Which rows: one's own, an organization's, or (all of them) the platform's. */
export type AuditScope = { actor_id: string } | { organization_id: string } | 'platform';

async function rowsOf(
  tx: Tx,
  scope: AuditScope,
  query: AuditQuery,
  limit: number,
  after: [string, string] | undefined,
) {
  let select = tx
    .selectFrom('audit_log as a')
    .leftJoin('users as u', 'u.id', 'a.actor_id')
    .select([
      'a.id',
      'a.action',
      'a.actor_id',
      'u.email as actor_email',
      'a.organization_id',
      'a.project_id',
      'a.detail',
      'a.ip_address',
      'a.request_id',
      'a.created_at',
      // Microseconds, for the cursor.
      sql<string>`to_char(a.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('exact_time'),
    ])
    .orderBy('a.created_at', 'desc')
    .orderBy('a.id', 'desc')
    .limit(limit);
  if (scope !== 'platform')
    select =
      'actor_id' in scope
        ? select.where('a.actor_id', '=', scope.actor_id)
        : select.where('a.organization_id', '=', scope.organization_id);
  const { action } = query;
  if (action !== undefined)
    select = action.includes('.')
      ? select.where('a.action', '=', action)
      : select.where(sql<boolean>`starts_with(a.action, ${`${action}.`})`);
  if (query.actor_id !== undefined) select = select.where('a.actor_id', '=', query.actor_id);
  if (query.from !== undefined) select = select.where('a.created_at', '>=', new Date(query.from));
  if (query.to !== undefined) select = select.where('a.created_at', '<', new Date(query.to));
  if (after !== undefined)
    select = select.where(sql<boolean>`(a.created_at, a.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  return await select.execute();
}

function toEvent(row: Awaited<ReturnType<typeof rowsOf>>[number]): AuditEvent {
  const { exact_time: _, ...event } = row;
  return { ...event, detail: (row.detail ?? {}) as AuditEvent['detail'], created_at: iso(row.created_at) };
}

/** A page of events, the newest first. */
export async function readAudit(tx: Tx, scope: AuditScope, query: AuditQuery): Promise<Page<AuditEvent>> {
  const after = readCursor(query.cursor, TimeAndId);
  const rows = await rowsOf(tx, scope, query, query.limit + 1, after);
  const page = pageFrom(rows, query.limit, (row) => [row.exact_time, row.id]);
  return { ...page, items: page.items.map(toEvent) };
}

export const AUDIT_CSV_ROWS = 10_000;
const CSV_COLUMNS = [
  'created_at',
  'action',
  'actor_email',
  'actor_id',
  'project_id',
  'ip_address',
  'request_id',
  'detail',
] as const;

/** The newest events as CSV (RFC 4180), at most 10,000; nothing in it is run by a spreadsheet. */
export async function auditCsv(tx: Tx, scope: AuditScope, query: AuditQuery): Promise<string> {
  const rows = (await rowsOf(tx, scope, query, AUDIT_CSV_ROWS, undefined)).map(toEvent);
  const cell = (value: unknown): string => {
    const plain = value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
    const text = /^[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [
    CSV_COLUMNS.join(','),
    ...rows.map((row) => CSV_COLUMNS.map((name) => cell(row[name])).join(',')),
  ];
  return `${lines.join('\r\n')}\r\n`;
}
