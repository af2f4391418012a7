// Queries on order files (SIF) read against a bill; all as the person.
import { sql } from 'kysely';
import type { Tx } from '../../../platform/postgres.ts';

const COLUMNS = [
  'id',
  'project_id',
  'scenario_id',
  'file_name',
  'file_size_bytes',
  'status',
  'report',
  'bill_fingerprint',
  'outcome',
  'change_id',
  'created_by',
  'created_at',
  'applied_at',
  'undone_at',
] as const;

export async function insertOrderFile(
  tx: Tx,
  values: {
    project_id: string;
    scenario_id: string;
    file_name: string;
    file_size_bytes: number;
    report: string;
    bill_fingerprint: string;
    created_by: string;
    created_at: Date;
  },
) {
  return await tx.insertInto('sif_imports').values(values).returning(COLUMNS).executeTakeFirstOrThrow();
}
export type OrderFileRow = Awaited<ReturnType<typeof insertOrderFile>>;

export async function findOrderFile(tx: Tx, id: string, lock = false) {
  let query = tx.selectFrom('sif_imports').select(COLUMNS).where('id', '=', id);
  if (lock) query = query.forUpdate();
  return await query.executeTakeFirst();
}

export async function listOrderFiles(
  tx: Tx,
  projectId: string,
  limit: number,
  after: [string, string] | undefined,
) {
  let query = tx
    .selectFrom('sif_imports')
    .select(COLUMNS)
    .where('project_id', '=', projectId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (after !== undefined)
    query = query.where(sql<boolean>`(created_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  return await query.execute();
}

export async function updateOrderFile(tx: Tx, id: string, change: Record<string, unknown>) {
  return await tx
    .updateTable('sif_imports')
    .set(change)
    .where('id', '=', id)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
}

/** The rooms there are. */
export async function roomsOf(tx: Tx, projectId: string) {
  return await tx.selectFrom('spaces').select('id').where('project_id', '=', projectId).execute();
}

export async function recommendationOf(tx: Tx, scenarioId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('budget_scenarios')
    .select('recommendation_id')
    .where('id', '=', scenarioId)
    .executeTakeFirst();
  return row?.recommendation_id ?? null;
}
