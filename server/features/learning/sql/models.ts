// Queries on ranking models, posteriors of organizations, training runs and consent.
import { sql } from 'kysely';
import type { Tx } from '../../../platform/postgres.ts';

const MODEL_COLUMNS = [
  'm.id',
  'm.version',
  'm.status',
  'm.shared_from',
  'm.rows_used',
  'm.organizations',
  'm.data_hash',
  'm.seen_until',
  'm.comparison',
  'm.moved',
  'm.decision',
  'm.took_ms',
  'm.trained_at',
  'm.promoted_at',
] as const;

export async function listModels(tx: Tx, limit: number) {
  return await tx
    .selectFrom('ranking_models as m')
    .select([...MODEL_COLUMNS])
    .select((eb) =>
      eb
        .selectFrom('ranking_posteriors as p')
        .select(sql<number>`count(*)::int`.as('count'))
        .whereRef('p.model_id', '=', 'm.id')
        .as('posteriors'),
    )
    .orderBy('m.number', 'desc')
    .limit(limit)
    .execute();
}
export type ModelRow = Awaited<ReturnType<typeof listModels>>[number];

export async function liveModelRow(tx: Tx) {
  return await tx
    .selectFrom('ranking_models as m')
    .select([...MODEL_COLUMNS, 'm.parameters'])
    .where('m.status', '=', 'live')
    .executeTakeFirst();
}

export async function findModel(tx: Tx, id: string) {
  return await tx
    .selectFrom('ranking_models as m')
    .select([...MODEL_COLUMNS, 'm.parameters'])
    .where('m.id', '=', id)
    .executeTakeFirst();
}

export async function posteriorsOf(tx: Tx, modelId: string) {
  return await tx
    .selectFrom('ranking_posteriors')
    .select(['organization_id', 'parameters'])
    .where('model_id', '=', modelId)
    .execute();
}

export async function posteriorOf(tx: Tx, modelId: string, organizationId: string) {
  return await tx
    .selectFrom('ranking_posteriors')
    .select('parameters')
    .where('model_id', '=', modelId)
    .where('organization_id', '=', organizationId)
    .executeTakeFirst();
}

export async function insertModel(
  tx: Tx,
  values: {
    status: string;
    parameters: string;
    shared_from: string[];
    rows_used: number;
    organizations: number;
    data_hash: string;
    seen_until: Date | null;
    comparison: string;
    moved: string;
    decision: string;
    took_ms: number;
    trained_at: Date;
    promoted_at: Date | null;
  },
) {
  const result = await sql<{ id: string; version: string }>`
    insert into ranking_models (status, parameters, shared_from, rows_used, organizations, data_hash, seen_until,
      comparison, moved, decision, took_ms, trained_at, promoted_at)
    values (${values.status}, ${values.parameters}::jsonb, ${values.shared_from}::uuid[], ${values.rows_used},
      ${values.organizations}, ${values.data_hash}, ${values.seen_until}, ${values.comparison}::jsonb,
      ${values.moved}::jsonb, ${values.decision}, ${values.took_ms}, ${values.trained_at}, ${values.promoted_at})
    returning id, version`.execute(tx);
  return result.rows[0] as { id: string; version: string };
}

export async function insertPosterior(
  tx: Tx,
  values: { model_id: string; organization_id: string; parameters: string; rows_used: number },
): Promise<void> {
  await tx.insertInto('ranking_posteriors').values(values).execute();
}

/** What is live steps back: it can be made live again. */
export async function retireLive(tx: Tx): Promise<void> {
  await tx.updateTable('ranking_models').set({ status: 'retired' }).where('status', '=', 'live').execute();
}

export async function makeLive(tx: Tx, id: string, now: Date): Promise<void> {
  await tx
    .updateTable('ranking_models')
    .set({ status: 'live', promoted_at: now })
    .where('id', '=', id)
    .execute();
}

/** Posteriors of models that stepped back are kept for the newest few. */
export async function dropOldPosteriors(tx: Tx, keep: number): Promise<void> {
  await sql`delete from ranking_posteriors where model_id in (
    select id from ranking_models where status <> 'live' order by number desc offset ${keep})`.execute(tx);
}

/** Takes every model out of use whose shared part holds decisions of this organization; says whether the live one was. */
export async function withdrawModels(tx: Tx, organizationId: string): Promise<boolean> {
  const rows = await sql<{ was: string }>`
    with hit as (select id, status from ranking_models
      where ${organizationId}::uuid = any(shared_from) and status <> 'withdrawn' for update)
    update ranking_models m set status = 'withdrawn', parameters = '{}'::jsonb, moved = '[]'::jsonb
    from hit where m.id = hit.id returning hit.status as was`.execute(tx);
  await sql`delete from ranking_posteriors p using ranking_models m
    where m.id = p.model_id and m.status = 'withdrawn'`.execute(tx);
  return rows.rows.some((row) => row.was === 'live');
}

export async function deletePosteriorsOf(tx: Tx, organizationId: string): Promise<void> {
  await tx.deleteFrom('ranking_posteriors').where('organization_id', '=', organizationId).execute();
}

/** What the project's organization is ranked with; judged by the caller's own role on the project. */
export async function liveRankingOf(tx: Tx, projectId: string) {
  const result = await sql<{
    ranking: { version: string; organization_id: string; shared: unknown; own: unknown } | null;
  }>`select app_live_ranking(${projectId}::uuid) as ranking`.execute(tx);
  return result.rows[0]?.ranking ?? null;
}

export async function insertRun(
  tx: Tx,
  values: { reason: string; requested_by: string | null; started_at: Date },
) {
  return await tx.insertInto('ranking_runs').values(values).returningAll().executeTakeFirstOrThrow();
}
export type RunRow = Awaited<ReturnType<typeof insertRun>>;

export async function findRun(tx: Tx, id: string): Promise<RunRow | undefined> {
  return await tx.selectFrom('ranking_runs').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function openRun(tx: Tx) {
  return await tx
    .selectFrom('ranking_runs')
    .selectAll()
    .where('status', 'in', ['queued', 'running'])
    .orderBy('started_at', 'desc')
    .executeTakeFirst();
}

export async function listRuns(tx: Tx, limit: number): Promise<RunRow[]> {
  return await tx.selectFrom('ranking_runs').selectAll().orderBy('started_at', 'desc').limit(limit).execute();
}

export async function updateRun(
  tx: Tx,
  id: string,
  change: { status: string; note?: string; model_id?: string | null; finished_at?: Date },
): Promise<void> {
  await tx.updateTable('ranking_runs').set(change).where('id', '=', id).execute();
}

export async function consentOf(tx: Tx, organizationId: string) {
  const row = await tx
    .selectFrom('organization_learning')
    .select(['use_learned', 'share'])
    .where('organization_id', '=', organizationId)
    .executeTakeFirst();
  return row ?? { use_learned: true, share: true };
}

export async function saveConsent(
  tx: Tx,
  organizationId: string,
  consent: { use_learned: boolean; share: boolean },
  userId: string,
  now: Date,
): Promise<void> {
  const values = { ...consent, updated_by: userId, updated_at: now };
  await tx
    .insertInto('organization_learning')
    .values({ organization_id: organizationId, ...values })
    .onConflict((c) => c.column('organization_id').doUpdateSet(values))
    .execute();
}
