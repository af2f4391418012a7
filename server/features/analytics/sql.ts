// PostgreSQL queries of analytics: the outbox, and the names of what the charts count.
import { sql } from 'kysely';
import type { Tx } from '../../platform/postgres.ts';

export async function takeOutboxRows(tx: Tx, limit: number) {
  return await tx
    .selectFrom('event_outbox')
    .select(['id', 'stream', 'payload'])
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
}

export async function deleteOutboxRows(tx: Tx, ids: number[]): Promise<void> {
  await sql`delete from event_outbox where id = any(${ids}::bigint[])`.execute(tx);
}

export async function productNames(tx: Tx, ids: string[]) {
  if (ids.length === 0) return [];
  return await tx
    .selectFrom('products')
    .select(['id', 'sku', 'name', 'category'])
    .where('id', 'in', ids)
    .execute();
}

/** The organization a user's own events belong to: the one they joined first. */
export async function homeOf(tx: Tx, userId: string) {
  return await tx
    .selectFrom('users as u')
    .leftJoin('organization_members as m', 'm.user_id', 'u.id')
    .select(['u.user_type', 'm.organization_id'])
    .where('u.id', '=', userId)
    .orderBy('m.joined_at')
    .limit(1)
    .executeTakeFirst();
}

export async function organizationIdsOf(tx: Tx, userId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('organization_members')
    .select('organization_id')
    .where('user_id', '=', userId)
    .execute();
  return rows.map((row) => row.organization_id);
}
