// Queries of the screening: a plan's reading with the answers a person gave to it.
import type { Tx } from '../../../platform/postgres.ts';

export async function findScreening(tx: Tx, planId: string, options: { lock: boolean }) {
  let query = tx
    .selectFrom('floor_plans')
    .select(['id', 'project_id', 'status', 'analysis', 'screening_answers', 'processing_error'])
    .where('id', '=', planId)
    .where('deleted_at', 'is', null);
  if (options.lock) query = query.forUpdate();
  return await query.executeTakeFirst();
}

export async function setScreeningAnswers(tx: Tx, planId: string, answers: unknown): Promise<void> {
  await tx
    .updateTable('floor_plans')
    .set({ screening_answers: JSON.stringify(answers) })
    .where('id', '=', planId)
    .execute();
}
