// Queries on organizations, their members and invitations.
import { sql } from 'kysely';
import type { Tx } from '../../platform/postgres.ts';

const ORGANIZATION_COLUMNS = [
  'o.id',
  'o.name',
  'o.type',
  'o.dealer_confirmed_at',
  'o.subscription_tier',
  'o.subscription_status',
  'o.billing_email',
  'o.website',
  'o.phone',
  'o.address',
  'o.settings',
  'o.created_at',
  'o.updated_at',
] as const;

export async function insertOrganization(
  tx: Tx,
  values: { name: string; type?: string | null; website?: string | null; phone?: string | null },
) {
  return await tx
    .insertInto('organizations')
    .values({
      name: values.name,
      type: values.type ?? null,
      website: values.website ?? null,
      phone: values.phone ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
}

export async function insertMember(
  tx: Tx,
  organizationId: string,
  userId: string,
  role: string,
): Promise<void> {
  await tx
    .insertInto('organization_members')
    .values({ organization_id: organizationId, user_id: userId, role })
    .onConflict((c) => c.columns(['organization_id', 'user_id']).doNothing())
    .execute();
}

/** Organizations of the transaction's own user, by membership or by a grant in force, with the strongest role in each. */
function organizationsOf(tx: Tx) {
  return tx
    .selectFrom('organizations as o')
    .select([...ORGANIZATION_COLUMNS, sql<string>`app_organization_role(o.id)`.as('role')])
    .where(sql<boolean>`o.id = any ((select app_organization_ids('{owner,admin,member,viewer}'))::uuid[])`);
}

export async function listOrganizations(tx: Tx, limit: number, after: [string, string] | undefined) {
  let query = organizationsOf(tx)
    .orderBy('o.created_at', 'desc')
    .orderBy('o.id', 'desc')
    .limit(limit + 1);
  if (after !== undefined)
    query = query.where(sql<boolean>`(o.created_at, o.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  return await query.execute();
}

export async function findOrganization(tx: Tx, id: string) {
  return await organizationsOf(tx).where('o.id', '=', id).executeTakeFirst();
}

export async function updateOrganization(tx: Tx, id: string, change: Record<string, unknown>): Promise<void> {
  await tx.updateTable('organizations').set(change).where('id', '=', id).execute();
}

export async function listMembers(
  tx: Tx,
  organizationId: string,
  limit: number,
  after: [string, string] | undefined,
) {
  let query = tx
    .selectFrom('organization_members as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .select([
      'm.id',
      'm.user_id',
      'm.role',
      'm.joined_at',
      'u.email',
      'u.first_name',
      'u.last_name',
      'u.user_type',
    ])
    .where('m.organization_id', '=', organizationId)
    .orderBy('m.joined_at', 'desc')
    .orderBy('m.id', 'desc')
    .limit(limit + 1);
  if (after !== undefined)
    query = query.where(sql<boolean>`(m.joined_at, m.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  return await query.execute();
}

export async function findMember(tx: Tx, organizationId: string, userId: string) {
  return await tx
    .selectFrom('organization_members')
    .select(['id', 'user_id', 'role'])
    .where('organization_id', '=', organizationId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
}

/** Locks the organization while its owners are counted: two who leave at once must not leave it without one. */
export async function lockOrganization(tx: Tx, organizationId: string): Promise<void> {
  await tx.selectFrom('organizations').select('id').where('id', '=', organizationId).forUpdate().execute();
}

export async function countOwners(tx: Tx, organizationId: string): Promise<number> {
  const row = await tx
    .selectFrom('organization_members')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('organization_id', '=', organizationId)
    .where('role', '=', 'owner')
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

export async function updateMemberRole(
  tx: Tx,
  organizationId: string,
  userId: string,
  role: string,
): Promise<void> {
  await tx
    .updateTable('organization_members')
    .set({ role })
    .where('organization_id', '=', organizationId)
    .where('user_id', '=', userId)
    .execute();
}

export async function deleteMember(tx: Tx, organizationId: string, userId: string): Promise<void> {
  await tx
    .deleteFrom('organization_members')
    .where('organization_id', '=', organizationId)
    .where('user_id', '=', userId)
    .execute();
}

const INVITATION_COLUMNS = [
  'id',
  'organization_id',
  'email',
  'role',
  'created_at',
  'expires_at',
  'accepted_at',
  'revoked_at',
] as const;

export async function insertInvitation(
  tx: Tx,
  values: {
    organization_id: string;
    email: string;
    role: string;
    token_hash: string;
    invited_by: string;
    expires_at: Date;
  },
) {
  return await tx
    .insertInto('invitations')
    .values(values)
    .returning(INVITATION_COLUMNS)
    .executeTakeFirstOrThrow();
}

export async function listInvitations(tx: Tx, organizationId: string) {
  return await tx
    .selectFrom('invitations')
    .select(INVITATION_COLUMNS)
    .where('organization_id', '=', organizationId)
    .orderBy('created_at', 'desc')
    .limit(200)
    .execute();
}

export async function revokeInvitation(tx: Tx, organizationId: string, id: string, now: Date) {
  return await tx
    .updateTable('invitations')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('organization_id', '=', organizationId)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
}

/**
 * Uses the invitation up; undefined where it is unknown, used, revoked, expired, for somebody else's address, or where who
 * invited may not invite any more: whoever was sent away cannot come back by an invitation they kept.
 */
export async function acceptInvitation(tx: Tx, tokenHash: string, email: string, now: Date) {
  return await tx
    .updateTable('invitations')
    .set({ accepted_at: now })
    .where('token_hash', '=', tokenHash)
    .where(sql<boolean>`lower(email) = lower(${email})`)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .where(
      sql<boolean>`exists (select 1 from users u where u.id = invitations.invited_by and u.status = 'active' and u.deleted_at is null
        and (exists (select 1 from organization_members m where m.user_id = u.id
              and m.organization_id = invitations.organization_id and m.role in ('owner', 'admin'))
          or exists (select 1 from user_roles r where r.user_id = u.id and r.resource_type = 'organization'
              and r.resource_id = invitations.organization_id and r.role = 'admin'
              and (r.expires_at is null or r.expires_at > ${now}))))`,
    )
    .returning(['organization_id', 'role'])
    .executeTakeFirst();
}

export async function emailOf(tx: Tx, userId: string): Promise<string | undefined> {
  return (await tx.selectFrom('users').select('email').where('id', '=', userId).executeTakeFirst())?.email;
}

export async function namesForLetter(tx: Tx, organizationId: string, userId: string) {
  const row = await tx
    .selectFrom('organizations as o')
    .leftJoin('users as u', (join) => join.on('u.id', '=', userId))
    .select(['o.name', 'u.first_name', 'u.last_name'])
    .where('o.id', '=', organizationId)
    .executeTakeFirstOrThrow();
  return { organization: row.name, person: [row.first_name, row.last_name].filter(Boolean).join(' ') };
}

/** Sessions of the person get a new token at their next request. As the system. */
export async function markForRotation(tx: Tx, userId: string): Promise<void> {
  await tx
    .updateTable('sessions')
    .set({ must_rotate: true })
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .execute();
}
