// Queries on what protects an account: known devices, addresses on their way, linked providers, rotation, closing.
import { sql } from 'kysely';
import type { Tx } from '../../../platform/postgres.ts';

export type ProviderColumn = 'google_id' | 'microsoft_id';

export async function findAccount(tx: Tx, userId: string) {
  return await tx
    .selectFrom('users')
    .select([
      'id',
      'email',
      'email_verified_at',
      'first_name',
      'last_name',
      'password_hash',
      'google_id',
      'microsoft_id',
      'status',
    ])
    .where('id', '=', userId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
}

export async function findByProvider(tx: Tx, column: ProviderColumn, subject: string) {
  return await tx
    .selectFrom('users')
    .select(['id', 'status'])
    .where(column, '=', subject)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
}

export async function findByEmail(tx: Tx, email: string) {
  return await tx
    .selectFrom('users')
    .select(['id', 'email', 'status', 'email_verified_at', 'google_id', 'microsoft_id'])
    .where('email', '=', email)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
}

export async function setProvider(
  tx: Tx,
  userId: string,
  column: ProviderColumn,
  subject: string | null,
): Promise<void> {
  await tx
    .updateTable('users')
    .set({ [column]: subject })
    .where('id', '=', userId)
    .execute();
}

/** Neither the password nor a linked provider opens the account any more. */
export async function endWaysIn(tx: Tx, userId: string): Promise<void> {
  await tx
    .updateTable('users')
    .set({ password_hash: null, google_id: null, microsoft_id: null })
    .where('id', '=', userId)
    .execute();
}

export async function setEmail(tx: Tx, userId: string, email: string, now: Date): Promise<void> {
  await tx.updateTable('users').set({ email, email_verified_at: now }).where('id', '=', userId).execute();
}

export async function setStatus(
  tx: Tx,
  userId: string,
  status: 'active' | 'inactive' | 'suspended',
): Promise<boolean> {
  const changed = await tx
    .updateTable('users')
    .set({ status })
    .where('id', '=', userId)
    .where('deleted_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return changed !== undefined;
}

/** Links of one purpose that were sent before stop working. */
export async function spendOneTimeTokens(
  tx: Tx,
  userId: string,
  purposes: string[],
  now: Date,
): Promise<void> {
  await tx
    .updateTable('one_time_tokens')
    .set({ used_at: now })
    .where('user_id', '=', userId)
    .where('purpose', 'in', purposes)
    .where('used_at', 'is', null)
    .execute();
}

export async function isKnownDevice(tx: Tx, userId: string, deviceHash: string): Promise<boolean> {
  const found = await tx
    .selectFrom('known_devices')
    .select('id')
    .where('user_id', '=', userId)
    .where('token_hash', '=', deviceHash)
    .executeTakeFirst();
  return found !== undefined;
}

const DEVICES_KEPT = 20;

/** Remembers the device; the ones not used for longest are forgotten. */
export async function rememberDevice(tx: Tx, userId: string, deviceHash: string, now: Date): Promise<void> {
  await tx
    .insertInto('known_devices')
    .values({ user_id: userId, token_hash: deviceHash, last_used_at: now })
    .onConflict((c) => c.columns(['user_id', 'token_hash']).doUpdateSet({ last_used_at: now }))
    .execute();
  await sql`delete from known_devices where user_id = ${userId} and id not in (
    select id from known_devices where user_id = ${userId} order by last_used_at desc limit ${DEVICES_KEPT})`.execute(
    tx,
  );
}

export async function forgetDevices(tx: Tx, userId: string): Promise<void> {
  await tx.deleteFrom('known_devices').where('user_id', '=', userId).execute();
}

/** Gives the session a new token; the present one works until `until`. False where another request was faster. */
export async function rotateSession(
  tx: Tx,
  sessionId: string,
  newHash: string,
  until: Date,
  onlyMarked: boolean,
): Promise<boolean> {
  let query = tx
    .updateTable('sessions')
    .set((eb) => ({
      previous_token_hash: eb.ref('token_hash'),
      previous_until: until,
      token_hash: newHash,
      must_rotate: false,
    }))
    .where('id', '=', sessionId)
    .where('revoked_at', 'is', null);
  if (onlyMarked) query = query.where('must_rotate', '=', true);
  return (await query.returning('id').executeTakeFirst()) !== undefined;
}

/** Whether the session or token is still in force, and its person active. */
export async function inForce(
  tx: Tx,
  by: { kind: 'session'; session_id: string } | { kind: 'token'; token_id: string },
  userId: string,
  now: Date,
): Promise<boolean> {
  const found =
    by.kind === 'session'
      ? await sql<{ one: number }>`select 1 as one from sessions s join users u on u.id = s.user_id
          where s.id = ${by.session_id} and s.user_id = ${userId} and s.revoked_at is null and s.expires_at > ${now}
            and u.status = 'active' and u.deleted_at is null`.execute(tx)
      : await sql<{ one: number }>`select 1 as one from api_tokens t join users u on u.id = t.user_id
          where t.id = ${by.token_id} and t.user_id = ${userId} and t.revoked_at is null
            and (t.expires_at is null or t.expires_at > ${now}) and u.status = 'active' and u.deleted_at is null`.execute(
          tx,
        );
  return found.rows.length > 0;
}

/** Whether the transaction's own user still sees the project. */
export async function seesProject(tx: Tx, projectId: string): Promise<boolean> {
  const found = await sql<{ role: string | null }>`select app_project_role(${projectId}) as role`.execute(tx);
  return (found.rows[0]?.role ?? null) !== null;
}

export async function sessionAge(tx: Tx, sessionId: string): Promise<Date | undefined> {
  const row = await tx
    .selectFrom('sessions')
    .select('created_at')
    .where('id', '=', sessionId)
    .executeTakeFirst();
  return row?.created_at;
}

/** Resolves to how many there were. */
export async function revokeApiTokens(tx: Tx, userId: string, now: Date): Promise<number> {
  const revoked = await tx
    .updateTable('api_tokens')
    .set({ revoked_at: now })
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .returning('id')
    .execute();
  return revoked.length;
}
