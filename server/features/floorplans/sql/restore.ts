// Plans that were taken out of their project; within the caller's transaction and scope.
import type { Tx } from '../../../platform/postgres.ts';

export async function findDeletedPlan(tx: Tx, id: string) {
  return await tx
    .selectFrom('floor_plans')
    .select(['id', 'project_id', 'status'])
    .where('id', '=', id)
    .where('deleted_at', 'is not', null)
    .executeTakeFirst();
}
