// Queries on exports: made and listed as the person, carried out and handed out by link as the system.
import { sql } from 'kysely';
import type { Tx } from '../../../platform/postgres.ts';

const COLUMNS = [
  'id',
  'project_id',
  'format',
  'audience',
  'scenario_id',
  'options',
  'status',
  'progress_pct',
  'progress_note',
  'error',
  'file_key',
  'file_name',
  'content_type',
  'file_size_bytes',
  'sha256',
  'left_out',
  'has_cost',
  'created_by',
  'created_at',
  'finished_at',
  'expires_at',
] as const;

export async function insertExport(
  tx: Tx,
  values: {
    id: string;
    project_id: string;
    format: string;
    audience: string;
    scenario_id: string | null;
    options: string;
    created_by: string;
    created_at: Date;
    expires_at: Date;
    progress_note: string;
  },
) {
  return await tx.insertInto('exports').values(values).returning(COLUMNS).executeTakeFirstOrThrow();
}
export type ExportRow = Awaited<ReturnType<typeof insertExport>>;

export async function findExport(tx: Tx, id: string) {
  return await tx.selectFrom('exports').select(COLUMNS).where('id', '=', id).executeTakeFirst();
}

/** As the system only: with the key its links are signed with. */
export async function findForLink(tx: Tx, id: string) {
  return await tx
    .selectFrom('exports')
    .select([...COLUMNS, 'link_secret'])
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function listExports(
  tx: Tx,
  projectId: string,
  limit: number,
  after: [string, string] | undefined,
) {
  let query = tx
    .selectFrom('exports')
    .select(COLUMNS)
    .where('project_id', '=', projectId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (after !== undefined)
    query = query.where(sql<boolean>`(created_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  return await query.execute();
}

export async function updateExport(tx: Tx, id: string, change: Record<string, unknown>) {
  return await tx
    .updateTable('exports')
    .set(change)
    .where('id', '=', id)
    .returning(COLUMNS)
    .executeTakeFirst();
}

export async function deleteExport(tx: Tx, id: string) {
  return await tx.deleteFrom('exports').where('id', '=', id).returning('id').executeTakeFirst();
}

/** Files whose time is over, oldest first. */
export async function expiredExports(tx: Tx, now: Date, limit: number) {
  return await tx
    .selectFrom('exports')
    .select(['id', 'project_id', 'file_key'])
    .where('expires_at', '<=', now)
    .where('status', '!=', 'expired')
    .orderBy('expires_at')
    .limit(limit)
    .execute();
}

export async function scenarioInProject(tx: Tx, projectId: string, scenarioId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('budget_scenarios')
    .select('id')
    .where('id', '=', scenarioId)
    .where('project_id', '=', projectId)
    .executeTakeFirst();
  return row !== undefined;
}
