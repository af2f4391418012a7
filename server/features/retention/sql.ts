// Queries of retention in PostgreSQL. Every one runs as the system: policies reach across tenants.
import { sql } from 'kysely';
import type { RetentionPolicyName, RetentionPolicyReport } from '../../../contract/retention.ts';
import type { Tx } from '../../platform/postgres.ts';

export async function listPolicies(tx: Tx) {
  return await tx.selectFrom('retention_policies').selectAll().orderBy('name').execute();
}
export type PolicyRow = Awaited<ReturnType<typeof listPolicies>>[number];

export async function updatePolicy(
  tx: Tx,
  name: RetentionPolicyName,
  change: Record<string, unknown>,
): Promise<PolicyRow | undefined> {
  return await tx
    .updateTable('retention_policies')
    .set({ ...change, updated_at: sql`now()` })
    .where('name', '=', name)
    .returningAll()
    .executeTakeFirst();
}

export async function insertRun(tx: Tx, asOf: Date, dryRun: boolean, requestedBy: string | null) {
  return await tx
    .insertInto('retention_runs')
    .values({ as_of: asOf, dry_run: dryRun, requested_by: requestedBy })
    .returningAll()
    .executeTakeFirstOrThrow();
}
export type RunRow = Awaited<ReturnType<typeof insertRun>>;

export async function findRun(tx: Tx, id: string): Promise<RunRow | undefined> {
  return await tx.selectFrom('retention_runs').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function listRuns(tx: Tx) {
  return await tx.selectFrom('retention_runs').selectAll().orderBy('started_at', 'desc').limit(100).execute();
}

export async function updateRun(
  tx: Tx,
  id: string,
  change: { status?: RunRow['status']; policies?: RetentionPolicyReport[]; finished_at?: Date },
): Promise<void> {
  const { policies, ...rest } = change;
  await tx
    .updateTable('retention_runs')
    .set({ ...rest, ...(policies === undefined ? {} : { policies: JSON.stringify(policies) }) })
    .where('id', '=', id)
    .execute();
}

/** What a hold keeps, by name: null once the subject is gone. */
const SUBJECT_NAME = sql<string | null>`CASE legal_holds.scope
  WHEN 'project' THEN (SELECT name FROM projects WHERE projects.id = legal_holds.subject_id)
  WHEN 'organization' THEN (SELECT name FROM organizations WHERE organizations.id = legal_holds.subject_id)
  ELSE (SELECT email FROM users WHERE users.id = legal_holds.subject_id) END`;

export async function listHolds(tx: Tx) {
  return await tx
    .selectFrom('legal_holds')
    .selectAll()
    .select(SUBJECT_NAME.as('subject_name'))
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
}
export type HoldRow = Awaited<ReturnType<typeof listHolds>>[number];

export async function holdSubjectExists(tx: Tx, scope: HoldRow['scope'], id: string): Promise<boolean> {
  const table = scope === 'project' ? 'projects' : scope === 'organization' ? 'organizations' : 'users';
  return (await tx.selectFrom(table).select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}

export async function insertHold(
  tx: Tx,
  hold: { scope: string; subject_id: string; reason: string; created_by: string },
): Promise<HoldRow | undefined> {
  return await tx
    .insertInto('legal_holds')
    .values(hold)
    .onConflict((oc) => oc.columns(['scope', 'subject_id']).where('released_at', 'is', null).doNothing())
    .returningAll()
    .returning(SUBJECT_NAME.as('subject_name'))
    .executeTakeFirst();
}

export async function releaseHold(
  tx: Tx,
  id: string,
  userId: string,
  now: Date,
): Promise<HoldRow | undefined> {
  return await tx
    .updateTable('legal_holds')
    .set({ released_at: now, released_by: userId })
    .where('id', '=', id)
    .where('released_at', 'is', null)
    .returningAll()
    .returning(SUBJECT_NAME.as('subject_name'))
    .executeTakeFirst();
}

export async function openHolds(tx: Tx): Promise<{ scope: string; subject_id: string }[]> {
  return await tx
    .selectFrom('legal_holds')
    .select(['scope', 'subject_id'])
    .where('released_at', 'is', null)
    .execute();
}

/** Whether an open hold covers the project `p` of the query. */
const HELD = sql<boolean>`EXISTS (SELECT 1 FROM legal_holds h WHERE h.released_at IS NULL AND (
  (h.scope = 'project' AND h.subject_id = p.id)
  OR (h.scope = 'organization' AND h.subject_id = p.organization_id)
  OR (h.scope = 'user' AND h.subject_id = p.owner_id)))`;

export interface Due {
  id: string;
  held: boolean;
}

export async function countActiveProjects(tx: Tx): Promise<number> {
  const { n } = await tx
    .selectFrom('projects')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('completed_at', 'is', null)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow();
  return n;
}

/** Completed projects that are not yet in cold storage; one that was brought back stays for a month. */
export async function projectsToArchive(
  tx: Tx,
  before: Date,
  thawedBefore: Date,
  notBefore: Date | null,
): Promise<Due[]> {
  const { rows } = await sql<Due>`
    SELECT p.id, ${HELD} AS held FROM projects p
    WHERE p.completed_at < ${before} AND p.completed_at >= ${notBefore ?? new Date(0)}
      AND NOT coalesce((p.metadata->>'archived')::boolean, false)
      AND coalesce((p.metadata->>'brought_back_at')::timestamptz, '-infinity') < ${thawedBefore}
    ORDER BY p.completed_at, p.id`.execute(tx);
  return rows;
}

export async function projectsToDelete(tx: Tx, before: Date): Promise<Due[]> {
  const { rows } = await sql<Due>`
    SELECT p.id, ${HELD} AS held FROM projects p WHERE p.completed_at < ${before} ORDER BY p.completed_at, p.id`.execute(
    tx,
  );
  return rows;
}

/** Until the transaction ends nobody keeps a version of it, and nothing of it is read anew. */
export async function lockProject(tx: Tx, projectId: string): Promise<void> {
  await tx.selectFrom('projects').select('id').where('id', '=', projectId).forUpdate().execute();
  await tx.selectFrom('floor_plans').select('id').where('project_id', '=', projectId).forUpdate().execute();
}

/** What of a project is bulky and seldom read: its versions and what was read from its plans. */
export async function coldPartsOf(tx: Tx, projectId: string) {
  const project_versions = await tx
    .selectFrom('project_versions')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('version_number')
    .execute();
  const floor_plans = await tx
    .selectFrom('floor_plans')
    .select(['id', 'analysis'])
    .where('project_id', '=', projectId)
    .where('analysis', 'is not', null)
    .orderBy('id')
    .execute();
  return { project_versions, floor_plans };
}

export async function dropColdParts(
  tx: Tx,
  projectId: string,
  mark: { file_key: string; sha256: string; archived_at: string },
): Promise<void> {
  // The rows stay: approvals refer to them, and the list of versions is read without their contents.
  await tx
    .updateTable('project_versions')
    .set({ snapshot: '{}' })
    .where('project_id', '=', projectId)
    .execute();
  await tx.updateTable('floor_plans').set({ analysis: null }).where('project_id', '=', projectId).execute();
  await sql`UPDATE projects SET metadata = coalesce(metadata, '{}'::jsonb) - 'brought_back_at'
    || jsonb_build_object('archived', true, 'cold_storage', ${JSON.stringify(mark)}::jsonb) WHERE id = ${projectId}`.execute(
    tx,
  );
}

export async function findArchived(
  tx: Tx,
  projectId: string,
): Promise<{ file_key: string; sha256: string } | undefined> {
  const { rows } = await sql<{ file_key: string; sha256: string }>`
    SELECT metadata->'cold_storage'->>'file_key' AS file_key, metadata->'cold_storage'->>'sha256' AS sha256
    FROM projects WHERE id = ${projectId} AND coalesce((metadata->>'archived')::boolean, false) FOR UPDATE`.execute(
    tx,
  );
  return rows[0];
}

export async function putColdPartsBack(
  tx: Tx,
  projectId: string,
  parts: {
    project_versions: Record<string, unknown>[];
    floor_plans: { id: string; analysis: unknown }[];
  },
  now: Date,
): Promise<void> {
  if (parts.project_versions.length > 0) {
    // Cold files of earlier releases hold versions whose rows were deleted; those of today find them emptied.
    await sql`INSERT INTO project_versions SELECT * FROM jsonb_populate_recordset(null::project_versions, ${JSON.stringify(
      parts.project_versions,
    )}::jsonb) ON CONFLICT (project_id, version_number) DO UPDATE SET snapshot = EXCLUDED.snapshot`.execute(
      tx,
    );
  }
  for (const plan of parts.floor_plans) {
    await tx
      .updateTable('floor_plans')
      .set({ analysis: JSON.stringify(plan.analysis) })
      .where('id', '=', plan.id)
      .where('analysis', 'is', null)
      .execute();
  }
  await sql`UPDATE projects SET metadata = metadata - 'archived' - 'cold_storage'
    || jsonb_build_object('brought_back_at', ${now.toISOString()}::text) WHERE id = ${projectId}`.execute(tx);
}

/** The project and everything that hangs on it; calls of models stay without it. */
export async function deleteProject(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('ai_model_metrics').set({ project_id: null }).where('project_id', '=', id).execute();
  await tx.deleteFrom('projects').where('id', '=', id).execute();
}

export async function conversationsDue(tx: Tx, before: Date): Promise<Due[]> {
  const { rows } = await sql<Due>`
    SELECT c.id, ${HELD} OR EXISTS (SELECT 1 FROM legal_holds h WHERE h.released_at IS NULL AND h.scope = 'user' AND h.subject_id = c.user_id) AS held
    FROM conversations c JOIN projects p ON p.id = c.project_id
    WHERE c.updated_at < ${before}
      AND NOT EXISTS (SELECT 1 FROM conversation_messages m WHERE m.conversation_id = c.id AND m.created_at >= ${before})
    ORDER BY c.updated_at, c.id`.execute(tx);
  return rows;
}

/** Adds what these conversations were about to the sums of their months, and deletes them. Returns the messages summed up. */
export async function sumUpConversations(tx: Tx, ids: string[]): Promise<number> {
  const { rows } = await sql<{ messages: number }>`
    WITH talk AS (
      SELECT c.id, date_trunc('month', c.created_at)::date AS month, p.organization_id,
        coalesce(c.extracted_requirements, '{}'::jsonb) AS requirements
      FROM conversations c JOIN projects p ON p.id = c.project_id WHERE c.id = ANY (${ids}::uuid[])
    ), said AS (
      SELECT t.month, t.organization_id, m.role, m.intent, m.model_used, coalesce(m.tokens_used, 0) AS tokens
      FROM talk t JOIN conversation_messages m ON m.conversation_id = t.id
    ), groups AS (
      SELECT t.month, t.organization_id, count(*)::int AS conversations FROM talk t GROUP BY 1, 2
    ), sums AS (
      SELECT g.month, g.organization_id, g.conversations,
        (SELECT count(*)::int FROM said s WHERE s.month = g.month AND s.organization_id IS NOT DISTINCT FROM g.organization_id) AS messages,
        (SELECT count(*)::int FROM said s WHERE s.role = 'user' AND s.month = g.month AND s.organization_id IS NOT DISTINCT FROM g.organization_id) AS user_messages,
        (SELECT coalesce(sum(s.tokens), 0)::bigint FROM said s WHERE s.month = g.month AND s.organization_id IS NOT DISTINCT FROM g.organization_id) AS tokens_used,
        (SELECT coalesce(jsonb_object_agg(k, n), '{}'::jsonb) FROM (SELECT s.intent AS k, count(*) AS n FROM said s
          WHERE s.intent IS NOT NULL AND s.month = g.month AND s.organization_id IS NOT DISTINCT FROM g.organization_id GROUP BY 1) x) AS intents,
        (SELECT coalesce(jsonb_object_agg(k, n), '{}'::jsonb) FROM (SELECT f AS k, count(*) AS n FROM talk t, jsonb_object_keys(t.requirements) f
          WHERE t.month = g.month AND t.organization_id IS NOT DISTINCT FROM g.organization_id GROUP BY 1) x) AS requirement_fields,
        (SELECT coalesce(jsonb_object_agg(k, n), '{}'::jsonb) FROM (SELECT s.model_used AS k, count(*) AS n FROM said s
          WHERE s.model_used IS NOT NULL AND s.month = g.month AND s.organization_id IS NOT DISTINCT FROM g.organization_id GROUP BY 1) x) AS models
      FROM groups g
    ), kept AS (
      INSERT INTO conversation_insights AS i (month, organization_id, conversations, messages, user_messages, tokens_used, intents, requirement_fields, models)
      SELECT * FROM sums
      ON CONFLICT (month, organization_id) DO UPDATE SET
        conversations = i.conversations + excluded.conversations,
        messages = i.messages + excluded.messages,
        user_messages = i.user_messages + excluded.user_messages,
        tokens_used = i.tokens_used + excluded.tokens_used,
        intents = add_counts(i.intents, excluded.intents),
        requirement_fields = add_counts(i.requirement_fields, excluded.requirement_fields),
        models = add_counts(i.models, excluded.models)
      RETURNING 1
    )
    SELECT coalesce(sum(messages), 0)::int AS messages FROM sums`.execute(tx);
  await tx.deleteFrom('conversations').where('id', 'in', ids).execute();
  return rows[0]?.messages ?? 0;
}

export interface WeekGroup {
  week: string;
  model_name: string;
  model_version: string;
  task_type: string;
  calls: number;
  held: number;
}

/** Whole weeks of calls that are due, by model and task. */
export async function modelWeeksDue(tx: Tx, before: Date): Promise<WeekGroup[]> {
  const { rows } = await sql<WeekGroup>`
    SELECT to_char(date_trunc('week', m.timestamp AT TIME ZONE 'UTC'), 'YYYY-MM-DD') AS week, m.model_name, m.model_version, m.task_type,
      count(*)::int AS calls, (count(*) FILTER (WHERE ${callHeld}))::int AS held
    FROM ai_model_metrics m LEFT JOIN projects p ON p.id = m.project_id
    WHERE NOT m.is_sample AND date_trunc('week', m.timestamp AT TIME ZONE 'UTC') + interval '7 days' <= ${before} AT TIME ZONE 'UTC'
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`.execute(tx);
  return rows;
}

const callHeld = sql<boolean>`(${HELD} OR EXISTS (SELECT 1 FROM legal_holds h WHERE h.released_at IS NULL AND h.scope = 'user' AND h.subject_id = m.user_id))`;

/** Sums one week up by organization, keeps some calls as samples without person and project, and deletes the rest. */
export async function sumUpModelWeek(
  tx: Tx,
  group: WeekGroup,
  samples: number,
): Promise<{ aggregated: number; deleted: number }> {
  const due = sql`
    SELECT m.id, p.organization_id FROM ai_model_metrics m LEFT JOIN projects p ON p.id = m.project_id
    WHERE NOT m.is_sample AND m.model_name = ${group.model_name} AND m.model_version = ${group.model_version}
      AND m.task_type = ${group.task_type} AND NOT ${callHeld}
      AND date_trunc('week', m.timestamp AT TIME ZONE 'UTC') = ${group.week}::timestamp`;
  const { rows } = await sql<{ n: number }>`
    WITH due AS (${due}), sums AS (
      INSERT INTO ai_model_metrics_weekly AS w (week, model_name, model_version, task_type, organization_id, calls,
        latency_avg_ms, latency_p50_ms, latency_p95_ms, tokens_used, cost_usd, confidence_avg, rated, rating_avg, decided, accepted)
      SELECT ${group.week}::date, ${group.model_name}, ${group.model_version}, ${group.task_type}, due.organization_id, count(*)::int,
        avg(latency_ms), percentile_cont(0.5) WITHIN GROUP (ORDER BY latency_ms), percentile_cont(0.95) WITHIN GROUP (ORDER BY latency_ms),
        coalesce(sum(tokens_used), 0), coalesce(sum(cost_usd), 0), avg(confidence_score),
        count(user_rating)::int, avg(user_rating), count(user_accepted)::int, (count(*) FILTER (WHERE user_accepted))::int
      FROM ai_model_metrics m JOIN due ON due.id = m.id GROUP BY due.organization_id
      -- Calls whose hold was lifted later: counts add up, averages are weighted, of the percentiles the larger is kept.
      ON CONFLICT (organization_id, week, model_name, model_version, task_type) DO UPDATE SET
        calls = w.calls + excluded.calls,
        latency_avg_ms = (w.latency_avg_ms * w.calls + excluded.latency_avg_ms * excluded.calls) / (w.calls + excluded.calls),
        latency_p50_ms = greatest(w.latency_p50_ms, excluded.latency_p50_ms),
        latency_p95_ms = greatest(w.latency_p95_ms, excluded.latency_p95_ms),
        tokens_used = w.tokens_used + excluded.tokens_used,
        cost_usd = w.cost_usd + excluded.cost_usd,
        confidence_avg = (w.confidence_avg * w.calls + excluded.confidence_avg * excluded.calls) / (w.calls + excluded.calls),
        rating_avg = CASE WHEN w.rated + excluded.rated = 0 THEN NULL
          ELSE (coalesce(w.rating_avg, 0) * w.rated + coalesce(excluded.rating_avg, 0) * excluded.rated) / (w.rated + excluded.rated) END,
        rated = w.rated + excluded.rated,
        decided = w.decided + excluded.decided,
        accepted = w.accepted + excluded.accepted
      RETURNING 1
    )
    SELECT count(*)::int AS n FROM due`.execute(tx);
  const aggregated = rows[0]?.n ?? 0;
  await sql`UPDATE ai_model_metrics SET is_sample = true, project_id = NULL, user_id = NULL, recommendation_id = NULL, message_id = NULL
    WHERE id IN (SELECT d.id FROM (${due}) d ORDER BY md5(d.id::text) LIMIT ${samples})`.execute(tx);
  const deleted = await sql`DELETE FROM ai_model_metrics WHERE id IN (SELECT d.id FROM (${due}) d)`.execute(
    tx,
  );
  return { aggregated, deleted: Number(deleted.numAffectedRows ?? 0) };
}

export interface DueFile extends Due {
  file_key: string;
}

/** Plan files uploaded in the given time that are in one of these tiers; one brought back lately stays. */
export async function planFilesDue(
  tx: Tx,
  { tiers, before, after }: { tiers: string[]; before: Date; after: Date },
  broughtBackBefore: Date,
): Promise<DueFile[]> {
  const { rows } = await sql<DueFile>`
    SELECT f.id, f.file_url AS file_key, ${HELD} AS held FROM floor_plans f JOIN projects p ON p.id = f.project_id,
      LATERAL (SELECT greatest(f.created_at, max(r.created_at)) AS sent_at FROM floor_plan_revisions r WHERE r.floor_plan_id = f.id) sent
    WHERE f.file_tier = ANY (${tiers}::text[]) AND sent.sent_at < ${before} AND sent.sent_at >= ${after}
      AND coalesce(f.file_brought_back_at, '-infinity') < ${broughtBackBefore}
    ORDER BY sent.sent_at, f.id`.execute(tx);
  return rows;
}

/** Earlier files of plans, replaced by revised ones, uploaded before the given time. */
export async function revisionFilesDue(tx: Tx, before: Date): Promise<DueFile[]> {
  const { rows } = await sql<DueFile>`
    SELECT r.id, r.file_url AS file_key, ${HELD} AS held FROM floor_plan_revisions r JOIN projects p ON p.id = r.project_id
    WHERE r.created_at < ${before} ORDER BY r.created_at, r.id`.execute(tx);
  return rows;
}

export async function deleteRevision(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('floor_plan_revisions').where('id', '=', id).execute();
}

export async function markPlanFile(tx: Tx, id: string, tier: 'hot' | 'cold' | 'deleted'): Promise<void> {
  await tx.updateTable('floor_plans').set({ file_tier: tier }).where('id', '=', id).execute();
}

export async function rendersDue(tx: Tx, completedBefore: Date): Promise<DueFile[]> {
  const { rows } = await sql<DueFile>`
    SELECT r.id, r.file_key, ${HELD} AS held FROM renders r JOIN projects p ON p.id = r.project_id
    WHERE p.completed_at < ${completedBefore} ORDER BY r.created_at, r.id`.execute(tx);
  return rows;
}

export async function deleteRender(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('renders').where('id', '=', id).execute();
}

/** Keys of every file that belongs to a project. */
export async function fileKeysOf(tx: Tx, projectId: string): Promise<string[]> {
  const plans = await tx
    .selectFrom('floor_plans')
    .select('file_url')
    .where('project_id', '=', projectId)
    .execute();
  const renders = await tx
    .selectFrom('renders')
    .select('file_key')
    .where('project_id', '=', projectId)
    .execute();
  const exported = await tx
    .selectFrom('exports')
    .select('file_key')
    .where('project_id', '=', projectId)
    .where('file_key', 'is not', null)
    .execute();
  const revisions = await tx
    .selectFrom('floor_plan_revisions')
    .select('file_url')
    .where('project_id', '=', projectId)
    .execute();
  return [
    ...plans.map((one) => one.file_url),
    ...revisions.map((one) => one.file_url),
    ...renders.map((one) => one.file_key),
    ...exported.flatMap((one) => (one.file_key === null ? [] : [one.file_key])),
  ];
}
