// Which reading of a plan is the present one: queued, begun, ended or cancelled. Within the caller's transaction and scope.
import { sql } from 'kysely';
import type { Tx } from '../../../platform/postgres.ts';

/** Makes a new reading the plan's present one and returns its number; earlier ones are moot from then on. */
export async function nextReading(tx: Tx, planId: string, change: Record<string, unknown>): Promise<number> {
  const row = await tx
    .updateTable('floor_plans')
    .set({ ...change, reading: sql<number>`reading + 1` })
    .where('id', '=', planId)
    .returning('reading')
    .executeTakeFirstOrThrow();
  return row.reading;
}

/** Whether this reading is still the plan's present one; with `lock` it stays so until the transaction ends. */
export async function isPresent(
  tx: Tx,
  planId: string,
  reading: number | undefined,
  options: { lock: boolean } = { lock: false },
): Promise<boolean> {
  let query = tx
    .selectFrom('floor_plans')
    .select('id')
    .where('id', '=', planId)
    .where('deleted_at', 'is', null);
  // Jobs queued before readings were numbered have none.
  if (reading !== undefined) query = query.where('reading', '=', reading);
  if (options.lock) query = query.forUpdate();
  return (await query.executeTakeFirst()) !== undefined;
}
