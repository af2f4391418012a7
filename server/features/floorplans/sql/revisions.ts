// Queries on the files a plan was read from, and on what the newest reading changed.
import type { Tx } from '../../../platform/postgres.ts';

const COLUMNS = [
  'revision',
  'file_name',
  'file_url',
  'file_size_bytes',
  'file_format',
  'content_sha256',
  'uploaded_by',
  'created_at',
] as const;

/** Newest first; empty while the plan has only its first file. */
export async function listRevisions(tx: Tx, planId: string) {
  return await tx
    .selectFrom('floor_plan_revisions')
    .select(COLUMNS)
    .where('floor_plan_id', '=', planId)
    .orderBy('revision', 'desc')
    .execute();
}
export type RevisionRow = Awaited<ReturnType<typeof listRevisions>>[number];

export async function findRevision(tx: Tx, planId: string, revision: number) {
  return await tx
    .selectFrom('floor_plan_revisions')
    .select(COLUMNS)
    .where('floor_plan_id', '=', planId)
    .where('revision', '=', revision)
    .executeTakeFirst();
}

/** The file the plan is read from now, as a revision. */
export async function presentFile(tx: Tx, planId: string): Promise<RevisionRow | undefined> {
  const row = await tx
    .selectFrom('floor_plans')
    .select([
      'file_revision as revision',
      'file_name',
      'file_url',
      'file_size_bytes',
      'file_format',
      'content_sha256',
      'uploaded_by',
      'created_at',
    ])
    .where('id', '=', planId)
    .executeTakeFirst();
  return row === undefined
    ? undefined
    : {
        ...row,
        file_size_bytes: row.file_size_bytes ?? 0,
        file_format: row.file_format ?? 'dxf',
        created_at: row.created_at as Date,
      };
}

export async function insertRevision(
  tx: Tx,
  plan: { id: string; project_id: string },
  file: Omit<RevisionRow, 'created_at'> & { created_at?: Date },
): Promise<void> {
  await tx
    .insertInto('floor_plan_revisions')
    .values({ ...file, floor_plan_id: plan.id, project_id: plan.project_id })
    .execute();
}

export async function findDifferences(tx: Tx, planId: string): Promise<unknown> {
  const row = await tx
    .selectFrom('floor_plans')
    .select('differences')
    .where('id', '=', planId)
    .executeTakeFirst();
  return row?.differences ?? null;
}
