// Queries on recommendations: the runs, their state and the evidence they start from.
import { sql } from 'kysely';
import type { Tx } from '../../../platform/postgres.ts';

const RECOMMENDATION_COLUMNS = [
  'id',
  'project_id',
  'generated_by',
  'model_version',
  'generation_timestamp',
  'input_parameters',
  'summary',
  'status',
  'confidence_score',
  'user_rating',
  'user_feedback',
  'created_at',
  'updated_at',
] as const;

export async function insertRecommendation(
  tx: Tx,
  values: {
    project_id: string;
    model_version: string;
    input_parameters: unknown;
    summary: unknown;
    created_by: string;
  },
) {
  return await tx
    .insertInto('recommendations')
    .values({
      ...values,
      input_parameters: JSON.stringify(values.input_parameters),
      summary: JSON.stringify(values.summary),
    })
    .returning(RECOMMENDATION_COLUMNS)
    .executeTakeFirstOrThrow();
}

export type RecommendationRow = Awaited<ReturnType<typeof insertRecommendation>>;

export async function findRecommendation(tx: Tx, id: string, options: { lock: boolean } = { lock: false }) {
  let query = tx.selectFrom('recommendations').select(RECOMMENDATION_COLUMNS).where('id', '=', id);
  if (options.lock) query = query.forUpdate();
  return await query.executeTakeFirst();
}

export async function listRecommendations(
  tx: Tx,
  projectId: string,
  limit: number,
  after: [string, string] | undefined,
) {
  let query = tx
    .selectFrom('recommendations')
    .select(RECOMMENDATION_COLUMNS)
    .where('project_id', '=', projectId)
    .where(sql<boolean>`summary->>'state' in ('ready', 'infeasible')`)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (after !== undefined)
    query = query.where(sql<boolean>`(created_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  return await query.execute();
}

export async function latestReady(tx: Tx, projectId: string) {
  return await tx
    .selectFrom('recommendations')
    .select(RECOMMENDATION_COLUMNS)
    .where('project_id', '=', projectId)
    .where(sql<boolean>`summary->>'state' = 'ready'`)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Finished recommendations of a project, decided ones too; they stand on its plans. */
export async function readyRecommendations(tx: Tx, projectId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('recommendations')
    .select('id')
    .where('project_id', '=', projectId)
    .where(sql<boolean>`summary->>'state' = 'ready'`)
    .orderBy('created_at', 'desc')
    .limit(50)
    .execute();
  return rows.map((row) => row.id);
}

export async function updateRecommendation(
  tx: Tx,
  id: string,
  change: Record<string, unknown>,
): Promise<void> {
  await tx.updateTable('recommendations').set(change).where('id', '=', id).execute();
}

export async function latestEvidence(tx: Tx, projectId: string): Promise<unknown> {
  const row = await tx
    .selectFrom('conversations')
    .select('context')
    .where('project_id', '=', projectId)
    .orderBy('updated_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (row?.context as { evidence?: unknown } | null | undefined)?.evidence ?? [];
}
