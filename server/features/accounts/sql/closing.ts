// Queries on closing an account, and what stands in the way of deleting it.
import { sql } from 'kysely';
import type { Tx } from '../../../platform/postgres.ts';

export async function findClosure(tx: Tx, userId: string) {
  return await tx
    .selectFrom('account_closures')
    .select(['requested_at', 'due_at'])
    .where('user_id', '=', userId)
    .executeTakeFirst();
}

export async function insertClosure(
  tx: Tx,
  userId: string,
  requested_at: Date,
  due_at: Date | null,
): Promise<void> {
  await tx
    .insertInto('account_closures')
    .values({ user_id: userId, requested_at, due_at })
    .onConflict((c) => c.column('user_id').doUpdateSet({ requested_at, due_at }))
    .execute();
}

export async function deleteClosure(tx: Tx, userId: string): Promise<void> {
  await tx.deleteFrom('account_closures').where('user_id', '=', userId).execute();
}

/** Organizations with other members of which the user is the only owner. */
export async function organizationsLeftWithoutOwner(tx: Tx, userId: string): Promise<string[]> {
  const found = await sql<{ name: string }>`
    select o.name from organization_members m join organizations o on o.id = m.organization_id
    where m.user_id = ${userId} and m.role = 'owner'
      and exists (select 1 from organization_members x where x.organization_id = o.id and x.user_id <> ${userId})
      and not exists (select 1 from organization_members x where x.organization_id = o.id and x.user_id <> ${userId} and x.role = 'owner')
    order by o.name limit 5`.execute(tx);
  return found.rows.map((row) => row.name);
}

/** Projects others work on that nobody else owns: private ones, shared by name with nobody made owner. */
export async function projectsLeftWithoutOwner(tx: Tx, userId: string): Promise<string[]> {
  const found = await sql<{ name: string }>`
    select p.name from projects p
    where p.owner_id = ${userId} and p.deleted_at is null
      and exists (select 1 from project_collaborators c where c.project_id = p.id and c.user_id <> ${userId})
      and ${heir(userId)} is null
    order by p.name limit 5`.execute(tx);
  return found.rows.map((row) => row.name);
}

/** Who takes a project over: an owner of its organization, else an administrator of it, else a collaborator made owner. */
function heir(userId: string) {
  return sql`coalesce(
    (select m.user_id from organization_members m where m.organization_id = p.organization_id and m.user_id <> ${userId}
       and m.role in ('owner', 'admin') order by array_position(array['owner', 'admin'], m.role::text), m.joined_at limit 1),
    (select c.user_id from project_collaborators c where c.project_id = p.id and c.user_id <> ${userId}
       and c.role = 'owner' order by c.invited_at limit 1))`;
}
