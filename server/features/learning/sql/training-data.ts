// Queries on rows to train on: what consent permits today, one page for people to check, decisions on single rows.
import { sql } from 'kysely';
import type { Tx } from '../../../platform/postgres.ts';

/** Excluded by a person: looked at, and not confirmed. */
const EXCLUDED = sql<boolean>`(t.verified_by is not null and t.verified is not true)`;

/**
 * Rows that may be learned from: not excluded, of organizations that use or share what is learned, and of several decisions
 * on the same thing the last. In portions by id.
 */
export async function trainableRows(tx: Tx, after: string | null, limit: number) {
  const result = await sql<{
    id: string;
    organization_id: string;
    decided_at: Date;
    input_features: unknown;
    output_labels: unknown;
  }>`
    select t.id, t.organization_id, t.decided_at, t.input_features, t.output_labels
    from ml_training_data t
      left join organization_learning l on l.organization_id = t.organization_id
    where t.model_type = 'recommendation' and t.organization_id is not null and not ${EXCLUDED}
      and (coalesce(l.use_learned, true) or coalesce(l.share, true))
      and (${after}::uuid is null or t.id > ${after}::uuid)
      and not exists (
        select 1 from ml_training_data n
        where n.organization_id = t.organization_id and n.subject_key = t.subject_key
          and (n.decided_at, n.id) > (t.decided_at, t.id))
    order by t.id limit ${limit}`.execute(tx);
  return result.rows;
}

/** Organizations that share, and those that have their own ranking. */
export async function consents(tx: Tx) {
  const rows = await tx
    .selectFrom('organizations as o')
    .leftJoin('organization_learning as l', 'l.organization_id', 'o.id')
    .select(['o.id', 'l.use_learned', 'l.share'])
    .execute();
  return {
    sharing: rows.filter((row) => row.share ?? true).map((row) => row.id),
    using: rows.filter((row) => row.use_learned ?? true).map((row) => row.id),
  };
}

export async function offersOf(tx: Tx, ids: readonly string[]) {
  const rows: { id: string; offer: unknown }[] = [];
  for (let i = 0; i < ids.length; i += 500)
    rows.push(
      ...(await tx
        .selectFrom('ranking_impressions')
        .select(['id', 'offer'])
        .where('id', 'in', ids.slice(i, i + 500))
        .execute()),
    );
  return rows;
}

export async function markUsed(tx: Tx, ids: readonly string[], runId: string): Promise<void> {
  for (let i = 0; i < ids.length; i += 2000)
    await sql`update ml_training_data set used_in_training = true,
        training_runs = array_append(coalesce(training_runs, '{}'), ${runId}::uuid)
      where id = any(${ids.slice(i, i + 2000)}::uuid[])`.execute(tx);
}

/** Rows of organizations that share, newest first: what an administrator may look at. */
function shared(tx: Tx) {
  return tx
    .selectFrom('ml_training_data as t')
    .innerJoin('organizations as o', 'o.id', 't.organization_id')
    .leftJoin('organization_learning as l', 'l.organization_id', 't.organization_id')
    .where('t.model_type', '=', 'recommendation')
    .where(sql<boolean>`coalesce(l.share, true)`);
}

const STATE = sql<'open' | 'confirmed' | 'excluded'>`case when t.verified then 'confirmed'
  when t.verified_by is not null then 'excluded' else 'open' end`;

export async function listTrainingRows(
  tx: Tx,
  query: { state?: string | undefined; event?: string | undefined; limit: number; id?: string | undefined },
  after: [string, string] | undefined,
) {
  let rows = shared(tx)
    .leftJoin('products as p', (join) =>
      join.on(sql<boolean>`p.id = (t.input_features->>'product_id')::uuid`),
    )
    .leftJoin('products as a', (join) =>
      join.on(sql<boolean>`a.id = (t.input_features->>'against_product_id')::uuid`),
    )
    .select([
      't.id',
      't.source_type',
      't.organization_id',
      'o.name as organization_name',
      'p.name as product_name',
      'a.name as against_name',
      't.input_features',
      't.output_labels',
      STATE.as('state'),
      't.excluded_reason',
      't.verified_at',
      't.used_in_training',
      't.decided_at',
    ])
    .orderBy('t.decided_at', 'desc')
    .orderBy('t.id', 'desc')
    .limit(query.limit);
  if (query.id !== undefined) rows = rows.where('t.id', '=', query.id);
  if (query.state !== undefined) rows = rows.where(sql<boolean>`${STATE} = ${query.state}`);
  if (query.event !== undefined) rows = rows.where(sql<boolean>`t.output_labels->>'event' = ${query.event}`);
  if (after !== undefined)
    rows = rows.where(sql<boolean>`(t.decided_at, t.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  return await rows.execute();
}
export type TrainingDataRow = Awaited<ReturnType<typeof listTrainingRows>>[number];

export async function trainingCounts(tx: Tx) {
  return await shared(tx)
    .select([
      sql<string>`t.output_labels->>'event'`.as('event'),
      STATE.as('state'),
      sql<number>`count(*)::int`.as('rows'),
    ])
    .groupBy([sql`1`, sql`2`])
    .execute();
}

export async function countOrganizations(tx: Tx): Promise<number> {
  const row = await shared(tx)
    .select(sql<number>`count(distinct t.organization_id)::int`.as('count'))
    .executeTakeFirst();
  return row?.count ?? 0;
}

export async function verifyRow(
  tx: Tx,
  id: string,
  change: { verified: boolean; verified_by: string; verified_at: Date; excluded_reason: string | null },
): Promise<void> {
  await tx.updateTable('ml_training_data').set(change).where('id', '=', id).execute();
}

/** Rows of one organization, for its own members: row security shows no others. */
export async function countRowsOf(tx: Tx, organizationId: string): Promise<number> {
  const row = await tx
    .selectFrom('ml_training_data')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('organization_id', '=', organizationId)
    .where('model_type', '=', 'recommendation')
    .executeTakeFirst();
  return row?.count ?? 0;
}

export async function recentRows(tx: Tx, since: Date, limit: number) {
  return await shared(tx)
    .select(['t.organization_id', 't.decided_at', 't.input_features', 't.output_labels'])
    .where('t.decided_at', '>=', since)
    .where(sql<boolean>`not ${EXCLUDED}`)
    .orderBy('t.decided_at', 'desc')
    .limit(limit)
    .execute();
}
