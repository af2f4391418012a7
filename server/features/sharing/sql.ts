// Queries on share links and what was decided through them.
import { sql } from 'kysely';
import type { Tx } from '../../platform/postgres.ts';

const LINK_COLUMNS = [
  'id',
  'project_id',
  'label',
  'role',
  'prices',
  'downloads',
  'expires_at',
  'revoked_at',
  'last_opened_at',
  'opened_count',
  'created_by',
  'created_at',
] as const;

export async function insertLink(
  tx: Tx,
  values: {
    id: string;
    project_id: string;
    token_hash: string;
    label: string;
    role: string;
    prices: string;
    downloads: boolean;
    password_hash: string | null;
    expires_at: Date;
    created_by: string;
  },
): Promise<void> {
  await tx.insertInto('share_links').values(values).execute();
}

export async function listLinks(
  tx: Tx,
  projectId: string,
  limit: number,
  after: [string, string] | undefined,
) {
  let query = tx
    .selectFrom('share_links')
    .select(LINK_COLUMNS)
    .where('project_id', '=', projectId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (after !== undefined)
    query = query.where(sql<boolean>`(created_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  return await query.execute();
}
export type LinkRow = Awaited<ReturnType<typeof listLinks>>[number];

export async function findLink(tx: Tx, id: string): Promise<LinkRow | undefined> {
  return await tx.selectFrom('share_links').select(LINK_COLUMNS).where('id', '=', id).executeTakeFirst();
}

/** As the system: which links have a password. */
export async function withPassword(tx: Tx, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx
    .selectFrom('share_links')
    .select('id')
    .where('id', 'in', ids)
    .where('password_hash', 'is not', null)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

export async function revokeLink(tx: Tx, id: string, at: Date): Promise<void> {
  await tx
    .updateTable('share_links')
    .set({ revoked_at: at })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .execute();
}

/** As the system: the living link of a token, made by somebody who is still here. */
export async function findByToken(tx: Tx, tokenHash: string, now: Date) {
  return await tx
    .selectFrom('share_links as l')
    .innerJoin('projects as p', 'p.id', 'l.project_id')
    .innerJoin('users as u', 'u.id', 'l.created_by')
    .select([
      'l.id',
      'l.project_id',
      'l.label',
      'l.role',
      'l.prices',
      'l.downloads',
      'l.password_hash',
      'l.expires_at',
      'u.id as created_by',
      'p.organization_id',
    ])
    .where('l.token_hash', '=', tokenHash)
    .where('l.revoked_at', 'is', null)
    .where('l.expires_at', '>', now)
    .where('p.deleted_at', 'is', null)
    .where('u.status', '=', 'active')
    .where('u.deleted_at', 'is', null)
    .executeTakeFirst();
}
export type OpenLink = NonNullable<Awaited<ReturnType<typeof findByToken>>>;

export async function countOpening(tx: Tx, id: string, at: Date): Promise<void> {
  await sql`update share_links set opened_count = opened_count + 1, last_opened_at = ${at} where id = ${id}`.execute(
    tx,
  );
}

export async function lockProject(tx: Tx, id: string) {
  return await tx
    .selectFrom('projects')
    .select(['id', 'status', 'organization_id', 'name'])
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
}

export async function setStatus(tx: Tx, id: string, status: string): Promise<void> {
  await tx.updateTable('projects').set({ status }).where('id', '=', id).execute();
}

export async function insertDecision(
  tx: Tx,
  values: {
    project_id: string;
    share_link_id: string;
    version_number: number;
    decision: string;
    name: string;
    email: string;
    note: string | null;
    ip_address: string | null;
    decided_at: Date;
  },
): Promise<string> {
  return (await tx.insertInto('share_decisions').values(values).returning('id').executeTakeFirstOrThrow()).id;
}

export async function listDecisions(
  tx: Tx,
  projectId: string,
  limit: number,
  after: [string, string] | undefined,
) {
  let query = tx
    .selectFrom('share_decisions as d')
    .select([
      'd.id',
      'd.decision',
      'd.version_number',
      'd.name',
      'd.email',
      'd.note',
      'd.share_link_id',
      'd.decided_at',
    ])
    .where('d.project_id', '=', projectId)
    .orderBy('d.decided_at', 'desc')
    .orderBy('d.id', 'desc')
    .limit(limit + 1);
  if (after !== undefined)
    query = query.where(sql<boolean>`(d.decided_at, d.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  return await query.execute();
}

/** Names of links, as the system: who reads decisions need not see the links. */
export async function labelsOf(tx: Tx, projectId: string): Promise<Map<string, string>> {
  const rows = await tx
    .selectFrom('share_links')
    .select(['id', 'label'])
    .where('project_id', '=', projectId)
    .execute();
  return new Map(rows.map(({ id, label }) => [id, label]));
}
