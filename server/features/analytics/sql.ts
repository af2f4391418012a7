// PostgreSQL queries of analytics: the outbox, and the names of what the charts count.
import { type RawBuilder, sql } from 'kysely';
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

/** Own projects that belong to no organization. */
export async function ownProjectIds(tx: Tx, userId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('projects')
    .select('id')
    .where('owner_id', '=', userId)
    .where('organization_id', 'is', null)
    .execute();
  return rows.map((row) => row.id);
}

/** The maker's organizations. System role: nobody else sees organizations they are not in. */
export async function makerOrganizationIds(tx: Tx): Promise<string[]> {
  const rows = await tx.selectFrom('organizations').select('id').where('type', '=', 'ofs_internal').execute();
  return rows.map((row) => row.id);
}

/** Kinds and homes of people, for events that were written without them. System role. */
export async function peopleOf(tx: Tx, userIds: string[]) {
  const { rows } = await sql<{ id: string; user_type: string; organization_id: string | null }>`
    SELECT u.id, u.user_type, (SELECT m.organization_id FROM organization_members m WHERE m.user_id = u.id
      ORDER BY m.joined_at LIMIT 1) AS organization_id
    FROM users u WHERE u.id = any(${userIds}::uuid[])`.execute(tx);
  return rows;
}

/** Organizations of projects, for events that were written without them. System role. */
export async function organizationsOfProjects(tx: Tx, projectIds: string[]) {
  const { rows } = await sql<{ id: string; organization_id: string | null }>`
    SELECT id, organization_id FROM projects WHERE id = any(${projectIds}::uuid[])`.execute(tx);
  return rows;
}

export interface Asked {
  from: string;
  to: string;
  user_type?: string | undefined;
}

export interface AcceptanceRow {
  category: string;
  proposed: number;
  accepted: number;
  substituted: number;
  rejected: number;
}

/**
 * Items of the recommendations generated in the period, by category and what was decided. An item that nobody touched in
 * an approved recommendation is accepted.
 */
export async function acceptanceByCategory(
  tx: Tx,
  asked: Asked,
  scope: { organization_ids: string[]; user_id: string },
): Promise<AcceptanceRow[]> {
  const { rows } = await sql<AcceptanceRow>`
    WITH recent AS (
      SELECT r.id, r.status FROM recommendations r JOIN projects p ON p.id = r.project_id JOIN users u ON u.id = p.owner_id
      WHERE (p.organization_id = any(${scope.organization_ids}::uuid[]) OR (p.organization_id IS NULL AND p.owner_id = ${scope.user_id}))
        AND r.generation_timestamp >= ${asked.from}::date AND r.generation_timestamp < ${asked.to}::date + 1
        AND (${asked.user_type ?? null}::text IS NULL OR u.user_type = ${asked.user_type ?? null})
    )
    SELECT coalesce(pr.category, 'other') AS category, count(*)::int AS proposed,
      (count(*) FILTER (WHERE i.status = 'accepted' OR (i.status = 'proposed' AND r.status = 'approved')))::int AS accepted,
      (count(*) FILTER (WHERE i.status = 'substituted'))::int AS substituted,
      (count(*) FILTER (WHERE i.status = 'rejected'))::int AS rejected
    FROM recent r JOIN recommendation_items i ON i.recommendation_id = r.id JOIN products pr ON pr.id = i.product_id
    GROUP BY 1 ORDER BY 2 DESC, 1`.execute(tx);
  return rows;
}

export interface ModelRow {
  task_type: string;
  model_name: string;
  model_version: string;
  calls: number;
  latency_p50_ms: number | null;
  latency_p95_ms: number | null;
  tokens_used: number;
  cost_usd: number;
  confidence: number | null;
  rating: number | null;
  rated: number;
  accepted: number;
  decided: number;
}

const MODEL_SUMS = sql`
  m.task_type, m.model_name, m.model_version, count(*)::int AS calls,
  percentile_cont(0.5) WITHIN GROUP (ORDER BY m.latency_ms) AS latency_p50_ms,
  percentile_cont(0.95) WITHIN GROUP (ORDER BY m.latency_ms) AS latency_p95_ms,
  coalesce(sum(m.tokens_used), 0)::float8 AS tokens_used, coalesce(sum(m.cost_usd), 0)::float8 AS cost_usd,
  avg(m.confidence_score)::float8 AS confidence, avg(m.user_rating)::float8 AS rating, count(m.user_rating)::int AS rated,
  (count(*) FILTER (WHERE m.user_accepted))::int AS accepted, count(m.user_accepted)::int AS decided`;

const inPeriod = (asked: Asked) => sql`
  m.timestamp >= ${asked.from}::date AND m.timestamp < ${asked.to}::date + 1
  AND (${asked.user_type ?? null}::text IS NULL OR EXISTS (
    SELECT 1 FROM users u WHERE u.id = m.user_id AND u.user_type = ${asked.user_type ?? null}))`;

/** Sums of whole weeks inside the period; they know no kind of user. */
const weeklySums = (asked: Asked) => sql`
  SELECT w.task_type, w.model_name, w.model_version, w.calls, w.latency_p50_ms, w.latency_p95_ms, w.tokens_used::float8,
    w.cost_usd::float8, w.confidence_avg, w.rating_avg, w.rated, w.accepted, w.decided
  FROM ai_model_metrics_weekly w
  WHERE w.week >= ${asked.from}::date AND w.week + 6 <= ${asked.to}::date AND ${asked.user_type ?? null}::text IS NULL`;

/** Of several parts the medians are weighted by calls, of the 95th percentiles the larger is kept. */
async function togetherOf(tx: Tx, parts: RawBuilder<unknown>): Promise<ModelRow[]> {
  const { rows } = await sql<ModelRow>`
    SELECT task_type, model_name, model_version, sum(calls)::int AS calls,
      sum(latency_p50_ms * calls) / nullif(sum(calls) FILTER (WHERE latency_p50_ms IS NOT NULL), 0) AS latency_p50_ms,
      max(latency_p95_ms) AS latency_p95_ms, sum(tokens_used) AS tokens_used,
      round(sum(cost_usd)::numeric, 6)::float8 AS cost_usd,
      sum(confidence * calls) / nullif(sum(calls) FILTER (WHERE confidence IS NOT NULL), 0) AS confidence,
      sum(rating * rated) / nullif(sum(rated), 0) AS rating, sum(rated)::int AS rated,
      sum(accepted)::int AS accepted, sum(decided)::int AS decided
    FROM (${parts}) AS parts GROUP BY 1, 2, 3 ORDER BY calls DESC, 1, 2, 3`.execute(tx);
  return rows;
}

/** Calls of models for projects of these organizations, and for own ones; weeks that were summed up with their sums. */
export async function modelsOfProjects(
  tx: Tx,
  asked: Asked,
  scope: { organization_ids: string[]; user_id: string },
): Promise<ModelRow[]> {
  return await togetherOf(
    tx,
    sql`
      SELECT ${MODEL_SUMS} FROM ai_model_metrics m JOIN projects p ON p.id = m.project_id
      WHERE (p.organization_id = any(${scope.organization_ids}::uuid[]) OR (p.organization_id IS NULL AND p.owner_id = ${scope.user_id}))
        AND ${inPeriod(asked)}
      GROUP BY m.task_type, m.model_name, m.model_version
      UNION ALL
      ${weeklySums(asked)} AND w.organization_id = any(${scope.organization_ids}::uuid[])`,
  );
}

/**
 * Calls of models for everybody. System role. Weeks that were summed up count with their sums, except under a filter
 * by kind of user, which they do not know.
 */
export async function modelsOfAll(tx: Tx, asked: Asked): Promise<ModelRow[]> {
  return await togetherOf(
    tx,
    sql`
      SELECT ${MODEL_SUMS} FROM ai_model_metrics m WHERE NOT m.is_sample AND ${inPeriod(asked)}
      GROUP BY m.task_type, m.model_name, m.model_version
      UNION ALL
      ${weeklySums(asked)}`,
  );
}

/**
 * Messages of people by intent, in the period; of conversations that were summed up by whole months, which know no kind of
 * user. System role: the sums are of organizations, which the caller has chosen.
 */
export async function messagesByIntent(
  tx: Tx,
  asked: Asked,
  scope: { organization_ids: string[]; user_id: string },
): Promise<{ intent: string; messages: number }[]> {
  const { rows } = await sql<{ intent: string; messages: number }>`
    SELECT intent, sum(n)::int AS messages FROM (
      SELECT m.intent, count(*) AS n FROM conversation_messages m
      JOIN conversations c ON c.id = m.conversation_id JOIN projects p ON p.id = c.project_id
      WHERE m.role = 'user' AND m.intent IS NOT NULL
        AND (p.organization_id = any(${scope.organization_ids}::uuid[]) OR (p.organization_id IS NULL AND p.owner_id = ${scope.user_id}))
        AND m.created_at >= ${asked.from}::date AND m.created_at < ${asked.to}::date + 1
        AND (${asked.user_type ?? null}::text IS NULL OR EXISTS (
          SELECT 1 FROM users u WHERE u.id = m.author_id AND u.user_type = ${asked.user_type ?? null}))
      GROUP BY 1
      UNION ALL
      SELECT k.key, k.value::bigint FROM conversation_insights i, jsonb_each_text(i.intents) k
      WHERE i.organization_id = any(${scope.organization_ids}::uuid[]) AND ${asked.user_type ?? null}::text IS NULL
        AND i.month >= ${asked.from}::date AND (i.month + interval '1 month')::date <= ${asked.to}::date + 1
    ) parts GROUP BY intent ORDER BY 2 DESC, 1`.execute(tx);
  return rows;
}
