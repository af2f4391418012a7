// Queries of imports: the file and its columns before, progress while it runs, the report after.
import { sql } from 'kysely';
import type { Tx } from '../../../platform/postgres.ts';

const COLUMNS = [
  'id',
  'file_name',
  'file_key',
  'file_size_bytes',
  'sha256',
  'format',
  'status',
  'mapping',
  'price_list_id',
  'read',
  'created',
  'updated',
  'unchanged',
  'rejected_count',
  'rejected',
  'rejected_key',
  'bytes_read',
  'worked_seconds',
  'note',
  'error',
  'cancel_requested',
  'started_by',
  'started_at',
  'finished_at',
] as const;

export async function listImports(tx: Tx, limit: number, after: [string, string] | undefined) {
  let query = tx
    .selectFrom('catalog_imports')
    .select(COLUMNS)
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (after !== undefined)
    query = query.where(sql<boolean>`(started_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  return await query.execute();
}
export type ImportRow = Awaited<ReturnType<typeof listImports>>[number];

export async function findImport(tx: Tx, id: string): Promise<ImportRow | undefined> {
  return await tx.selectFrom('catalog_imports').select(COLUMNS).where('id', '=', id).executeTakeFirst();
}

/** The row, kept from others until the transaction ends. */
export async function lockImport(tx: Tx, id: string): Promise<ImportRow | undefined> {
  return await tx
    .selectFrom('catalog_imports')
    .select(COLUMNS)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

/** The last completed import of a file with these bytes, but for the one with this id. */
export async function sameFile(tx: Tx, sha256: string, id: string) {
  return await tx
    .selectFrom('catalog_imports')
    .select(['id', 'finished_at', 'created', 'updated'])
    .where('sha256', '=', sha256)
    .where('status', '=', 'completed')
    .where('id', '<>', id)
    .orderBy('finished_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export interface NewImport {
  id?: string;
  file_name: string | null;
  mapping: unknown;
  started_by: string | null;
  status: 'mapping' | 'running';
  file_key?: string | null;
  file_size_bytes?: number | null;
  sha256?: string | null;
  format?: string | null;
}

export async function insertImport(tx: Tx, values: NewImport): Promise<string> {
  const row = await tx
    .insertInto('catalog_imports')
    .values({ ...values, mapping: JSON.stringify(values.mapping) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

export interface ImportChange {
  status?: string;
  format?: string | null;
  mapping?: unknown;
  price_list_id?: string | null;
  file_key?: string | null;
  read?: number;
  created?: number;
  updated?: number;
  unchanged?: number;
  rejected_count?: number;
  rejected?: readonly { line: number; reason: string }[];
  rejected_key?: string | null;
  bytes_read?: number;
  worked_seconds?: number;
  note?: string | null;
  error?: string | null;
  cancel_requested?: boolean;
  finished_at?: Date | null;
  started_at?: Date;
}

/** @returns whether a cancel was asked for meanwhile */
export async function updateImport(tx: Tx, id: string, change: ImportChange): Promise<boolean> {
  const { mapping, rejected, ...plain } = change;
  const row = await tx
    .updateTable('catalog_imports')
    .set({
      ...plain,
      ...(mapping === undefined ? {} : { mapping: JSON.stringify(mapping) }),
      ...(rejected === undefined ? {} : { rejected: JSON.stringify(rejected) }),
    })
    .where('id', '=', id)
    .returning('cancel_requested')
    .executeTakeFirst();
  return row?.cancel_requested ?? false;
}

/** Files of imports that were never started, older than `before`. */
export async function forgottenImports(tx: Tx, before: Date, limit: number) {
  return await tx
    .selectFrom('catalog_imports')
    .select(['id', 'file_key'])
    .where('status', '=', 'mapping')
    .where('started_at', '<', before)
    .limit(limit)
    .execute();
}
