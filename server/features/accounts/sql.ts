// Queries on users, sessions, one-time tokens and API tokens. Those before sign-in run as the system.
import { sql } from 'kysely';
import type { Postgres, Tx } from '../../platform/postgres.ts';

/** Accounts of the demonstration; nobody can have an address here (RFC 2606). */
export const DEMO_DOMAIN = 'demo.example';

const USER_COLUMNS = [
  'id',
  'email',
  'email_verified_at',
  'first_name',
  'last_name',
  'phone',
  'company',
  'title',
  'user_type',
  'preferences',
  'status',
  'last_login_at',
  'created_at',
] as const;

export async function findCredentials(tx: Tx, email: string) {
  return await tx
    .selectFrom('users')
    .select(['id', 'password_hash', 'status'])
    .where('email', '=', email)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
}

export async function findUser(tx: Tx, userId: string) {
  return await tx
    .selectFrom('users')
    .select(USER_COLUMNS)
    .where('id', '=', userId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
}

export async function insertUser(
  tx: Tx,
  user: {
    email: string;
    password_hash: string | null;
    first_name: string;
    last_name: string;
    user_type: string;
    company: string | null;
    email_verified_at?: Date;
    google_id?: string;
    microsoft_id?: string;
  },
) {
  return await tx.insertInto('users').values(user).returning(['id']).executeTakeFirstOrThrow();
}

/** True while nobody but the demonstration has an account; serialised so that two first sign-ups cannot both become administrator. */
export async function isFirstUser(tx: Tx): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(7214302)`.execute(tx);
  const found = await tx
    .selectFrom('users')
    .select('id')
    .where('email', 'not like', `%@${DEMO_DOMAIN}`)
    .limit(1)
    .executeTakeFirst();
  return found === undefined;
}

export async function grantAdmin(tx: Tx, userId: string): Promise<void> {
  await tx
    .insertInto('user_roles')
    .values({ user_id: userId, role: 'admin' })
    .onConflict((c) => c.doNothing())
    .execute();
}

export async function isAdmin(tx: Tx): Promise<boolean> {
  const result = await sql<{ admin: boolean }>`select app_is_admin() as admin`.execute(tx);
  return result.rows[0]?.admin === true;
}

export async function insertSession(
  tx: Tx,
  session: {
    user_id: string;
    token_hash: string;
    user_agent: string | null;
    ip_address: string | null;
    expires_at: Date;
  },
) {
  return await tx.insertInto('sessions').values(session).returning('id').executeTakeFirstOrThrow();
}

export async function touchLogin(tx: Tx, userId: string): Promise<void> {
  await tx.updateTable('users').set({ last_login_at: sql<Date>`now()` }).where('id', '=', userId).execute();
}

/**
 * The sessions of these tokens with their users, where both are in force at `now`, by token; the token before the present
 * one counts for a while.
 */
export async function findSessions(
  postgres: Postgres,
  tokenHashes: readonly string[],
  now: Date,
): Promise<Map<string, FoundSession>> {
  const rows = await postgres.askAsSystem<
    FoundSession & { token_hash: string; previous_token_hash: string | null; previous_counts: boolean | null }
  >(
    `select s.id, s.user_id, s.last_seen_at, s.must_rotate, s.token_hash, s.previous_token_hash,
       s.previous_until > $2::timestamptz as previous_counts,
       exists (select 1 from user_roles r where r.user_id = s.user_id and r.role = 'admin'
         and r.resource_type is null and (r.expires_at is null or r.expires_at > now())) as is_admin
     from sessions s join users u on u.id = s.user_id
     where (s.token_hash = any ($1::text[]) or s.previous_token_hash = any ($1::text[]))
       and s.revoked_at is null and s.expires_at > $2::timestamptz and u.status = 'active' and u.deleted_at is null`,
    [`{${tokenHashes.join(',')}}`, now.toISOString()],
  );
  const found = new Map<string, FoundSession>();
  for (const { token_hash, previous_token_hash, previous_counts, ...session } of rows) {
    found.set(token_hash, session);
    // Only the browser that has the present token is given the next one.
    if (previous_token_hash !== null && previous_counts === true)
      found.set(previous_token_hash, { ...session, must_rotate: false });
  }
  return found;
}

export interface FoundSession {
  id: string;
  user_id: string;
  last_seen_at: Date;
  must_rotate: boolean;
  is_admin: boolean;
}

export async function touchSession(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.updateTable('sessions').set({ last_seen_at: now }).where('id', '=', id).execute();
}

export async function findApiToken(tx: Tx, tokenHash: string, now: Date) {
  return await tx
    .selectFrom('api_tokens as t')
    .innerJoin('users as u', 'u.id', 't.user_id')
    .select(['t.id', 't.user_id', 't.scopes', sql<boolean>`${adminOf('t.user_id')}`.as('is_admin')])
    .where('t.token_hash', '=', tokenHash)
    .where('t.revoked_at', 'is', null)
    .where((eb) => eb.or([eb('t.expires_at', 'is', null), eb('t.expires_at', '>', now)]))
    .where('u.status', '=', 'active')
    .where('u.deleted_at', 'is', null)
    .executeTakeFirst();
}

function adminOf(column: 't.user_id') {
  return sql<boolean>`exists (select 1 from user_roles r where r.user_id = ${sql.ref(column)} and r.role = 'admin'
    and r.resource_type is null and (r.expires_at is null or r.expires_at > now()))`;
}

export async function touchApiToken(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.updateTable('api_tokens').set({ last_used_at: now }).where('id', '=', id).execute();
}

export async function revokeSession(tx: Tx, userId: string, id: string, now: Date) {
  return await tx
    .updateTable('sessions')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .returning('token_hash')
    .executeTakeFirst();
}

export async function revokeAllSessions(tx: Tx, userId: string, now: Date, exceptId?: string) {
  let query = tx
    .updateTable('sessions')
    .set({ revoked_at: now })
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null);
  if (exceptId !== undefined) query = query.where('id', '!=', exceptId);
  return await query.returning('token_hash').execute();
}

export async function listSessions(tx: Tx, userId: string, now: Date) {
  return await tx
    .selectFrom('sessions')
    .select(['id', 'user_agent', 'ip_address', 'created_at', 'last_seen_at', 'expires_at'])
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('created_at', 'desc')
    .limit(100)
    .execute();
}

export async function updateUser(tx: Tx, userId: string, change: Record<string, unknown>) {
  return await tx
    .updateTable('users')
    .set(change)
    .where('id', '=', userId)
    .returning(USER_COLUMNS)
    .executeTakeFirst();
}

/** Organizations of the transaction's own user with the strongest role in each, by membership or by a grant in force. */
export async function membershipsOf(tx: Tx, userId: string) {
  return await tx
    .selectFrom('organizations as o')
    .leftJoin('organization_members as m', (join) =>
      join.onRef('m.organization_id', '=', 'o.id').on('m.user_id', '=', userId),
    )
    .select([
      'o.id as organization_id',
      'o.name',
      'o.type',
      sql<string>`app_organization_role(o.id)`.as('role'),
    ])
    .where(sql<boolean>`o.id = any ((select app_organization_ids('{owner,admin,member,viewer}'))::uuid[])`)
    .orderBy('m.joined_at')
    .execute();
}

export async function insertOneTimeToken(
  tx: Tx,
  token: {
    user_id: string;
    purpose: 'verify_email' | 'reset_password' | 'change_email' | 'restore_email';
    token_hash: string;
    expires_at: Date;
    email?: string;
  },
): Promise<void> {
  await tx.insertInto('one_time_tokens').values(token).execute();
}

/** Uses the token up; undefined where it is unknown, used or expired. */
export async function useOneTimeToken(tx: Tx, purpose: string, tokenHash: string, now: Date) {
  return await tx
    .updateTable('one_time_tokens')
    .set({ used_at: now })
    .where('token_hash', '=', tokenHash)
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(['user_id', 'email'])
    .executeTakeFirst();
}

export async function setPassword(tx: Tx, userId: string, passwordHash: string): Promise<void> {
  await tx.updateTable('users').set({ password_hash: passwordHash }).where('id', '=', userId).execute();
}

export async function markEmailVerified(tx: Tx, userId: string, now: Date): Promise<void> {
  await tx
    .updateTable('users')
    .set({ email_verified_at: now })
    .where('id', '=', userId)
    .where('email_verified_at', 'is', null)
    .execute();
}

export async function insertApiToken(
  tx: Tx,
  token: { user_id: string; name: string; token_hash: string; scopes: string[]; expires_at: Date },
) {
  return await tx
    .insertInto('api_tokens')
    .values(token)
    .returning(['id', 'name', 'scopes', 'created_at', 'expires_at', 'last_used_at'])
    .executeTakeFirstOrThrow();
}

export async function listApiTokens(tx: Tx, userId: string) {
  return await tx
    .selectFrom('api_tokens')
    .select(['id', 'name', 'scopes', 'created_at', 'expires_at', 'last_used_at'])
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .orderBy('created_at', 'desc')
    .limit(200)
    .execute();
}

export async function revokeApiToken(tx: Tx, userId: string, id: string, now: Date) {
  return await tx
    .updateTable('api_tokens')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
}
