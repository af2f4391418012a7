// Queries on comments. Every one names its project; row security stands behind it.
import { sql } from 'kysely';
import type { CommentListQuery } from '../../../contract/comments.ts';
import type { Tx } from '../../platform/postgres.ts';

const COLUMNS = [
  'id',
  'project_id',
  'thread_id',
  'subject_type',
  'subject_id',
  'subject',
  'body',
  'mentions',
  'author_id',
  'author_name',
  'share_link_id',
  'resolved_at',
  'resolved_by',
  'created_at',
  'edited_at',
  'deleted_at',
] as const;

export async function listThreads(
  tx: Tx,
  projectId: string,
  query: Omit<CommentListQuery, 'cursor'>,
  after: [string, string] | undefined,
) {
  let rows = tx
    .selectFrom('comments as c')
    .select(COLUMNS)
    .where('c.project_id', '=', projectId)
    .where('c.thread_id', 'is', null)
    // A deleted beginning stays while somebody answered it.
    .where((e) =>
      e.or([
        e('c.deleted_at', 'is', null),
        sql<boolean>`exists (select 1 from comments r where r.thread_id = c.id and r.deleted_at is null)`,
      ]),
    )
    .orderBy('c.created_at', 'desc')
    .orderBy('c.id', 'desc')
    .limit(query.limit + 1);
  if (query.subject_type !== undefined) rows = rows.where('c.subject_type', '=', query.subject_type);
  if (query.subject_id !== undefined) rows = rows.where('c.subject_id', '=', query.subject_id);
  if (query.resolved !== undefined)
    rows = rows.where('c.resolved_at', query.resolved === 'true' ? 'is not' : 'is', null);
  if (after !== undefined)
    rows = rows.where(sql<boolean>`(c.created_at, c.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  return await rows.execute();
}
export type CommentRow = Awaited<ReturnType<typeof listThreads>>[number];

/** Threads in which somebody wrote through this link. */
export async function threadsOfLink(tx: Tx, projectId: string, linkId: string) {
  return await tx
    .selectFrom('comments')
    .select(COLUMNS)
    .where('project_id', '=', projectId)
    .where('thread_id', 'is', null)
    .where('share_link_id', '=', linkId)
    .orderBy('created_at', 'desc')
    .limit(200)
    .execute();
}

export async function repliesTo(tx: Tx, projectId: string, threads: string[]): Promise<CommentRow[]> {
  if (threads.length === 0) return [];
  return await tx
    .selectFrom('comments')
    .select(COLUMNS)
    .where('project_id', '=', projectId)
    .where('thread_id', 'in', threads)
    .where('deleted_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

export async function findComment(tx: Tx, id: string): Promise<CommentRow | undefined> {
  return await tx.selectFrom('comments').select(COLUMNS).where('id', '=', id).executeTakeFirst();
}

export async function insertComment(
  tx: Tx,
  values: {
    project_id: string;
    thread_id: string | null;
    subject_type: string;
    subject_id: string | null;
    subject: string;
    body: string;
    mentions: string[];
    author_id: string | null;
    author_name: string;
    share_link_id?: string;
    created_at: Date;
  },
): Promise<string> {
  return (await tx.insertInto('comments').values(values).returning('id').executeTakeFirstOrThrow()).id;
}

export async function updateComment(tx: Tx, id: string, change: Record<string, unknown>): Promise<void> {
  await tx.updateTable('comments').set(change).where('id', '=', id).execute();
}

export async function spaceOf(tx: Tx, projectId: string, id: string) {
  return await tx
    .selectFrom('spaces')
    .select(['id', 'number', 'name', 'type'])
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function itemOf(tx: Tx, projectId: string, id: string) {
  return await tx
    .selectFrom('recommendation_items as i')
    .innerJoin('products as p', 'p.id', 'i.product_id')
    .select(['i.id', 'i.space_id', 'i.need_key', 'p.sku', 'p.name'])
    .where('i.project_id', '=', projectId)
    .where('i.id', '=', id)
    .executeTakeFirst();
}

export async function peopleOf(tx: Tx, projectId: string) {
  const { rows } = await sql<{
    user_id: string;
    email: string;
    first_name: string | null;
    last_name: string | null;
    preferences: unknown;
  }>`select * from app_project_people(${projectId}::uuid) order by first_name, last_name, user_id limit 500`.execute(
    tx,
  );
  return rows;
}
export type PersonRow = Awaited<ReturnType<typeof peopleOf>>[number];
