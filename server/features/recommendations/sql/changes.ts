// Queries on changes by hand, so that each can be taken back.
import { sql } from 'kysely';
import type { Tx } from '../../../platform/postgres.ts';

export async function insertChange(
  tx: Tx,
  values: {
    recommendation_id: string;
    project_id: string;
    scenario_id: string;
    space_ids: string[];
    label: string;
    before: string;
    created_by: string;
  },
): Promise<string> {
  const row = await tx
    .insertInto('recommendation_changes')
    .values(values)
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function findChange(tx: Tx, recommendationId: string, id: string) {
  return await tx
    .selectFrom('recommendation_changes')
    .select(['id', 'scenario_id', 'space_ids', 'label', 'before', 'undone_at', 'created_at'])
    .where('recommendation_id', '=', recommendationId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** A change of the same scenario made after this one in one of its rooms, and not taken back. */
export async function laterChange(tx: Tx, id: string) {
  const result = await sql<{ label: string }>`
    select l.label from recommendation_changes c
      join recommendation_changes l on l.scenario_id = c.scenario_id and l.created_at > c.created_at
        and l.undone_at is null and l.space_ids && c.space_ids
    where c.id = ${id} order by l.created_at desc limit 1`.execute(tx);
  return result.rows[0];
}

/** Forgets the changes of a scenario in these rooms: they cannot be taken back any more. */
export async function dropChanges(tx: Tx, scenarioId: string, spaceIds: readonly string[]): Promise<void> {
  if (spaceIds.length === 0) return;
  await sql`delete from recommendation_changes
    where scenario_id = ${scenarioId} and space_ids && ${[...spaceIds]}::text[]`.execute(tx);
}

export async function markUndone(tx: Tx, id: string): Promise<void> {
  await tx
    .updateTable('recommendation_changes')
    .set({ undone_at: sql`now()` })
    .where('id', '=', id)
    .execute();
}
