// Queries for the traces of a person in the work of others: their words and name in what was made of their messages. All
// as the system.
import { sql } from 'kysely';
import type { Tx } from '../../../platform/postgres.ts';
import { type Traces, withoutTraces } from '../traces.ts';

/** Where words of messages live on, by project. A test looks for a person's words in every table afterwards. */
const PLACES: readonly { table: string; columns: readonly string[]; of?: string }[] = [
  {
    table: 'conversation_messages',
    columns: ['content', 'entities', 'actions', 'links'],
    of: 'conversation_id IN (SELECT id FROM conversations WHERE project_id = $project)',
  },
  { table: 'conversations', columns: ['title', 'summary', 'context', 'extracted_requirements'] },
  { table: 'project_versions', columns: ['snapshot', 'change_summary'] },
  { table: 'recommendations', columns: ['summary', 'input_parameters'] },
  { table: 'recommendation_items', columns: ['reasoning', 'need', 'alternatives', 'placement'] },
  { table: 'recommendation_changes', columns: ['label', 'before'] },
  { table: 'budget_scenarios', columns: ['trade_offs', 'assumptions', 'shortfalls', 'lines'] },
  { table: 'item_snapshots', columns: ['item'] },
  {
    table: 'floor_plan_edits',
    columns: ['summary'],
    of: 'floor_plan_id IN (SELECT id FROM floor_plans WHERE project_id = $project)',
  },
  { table: 'happenings', columns: ['data'] },
];

/** What the person wrote in each project, and the projects in which they left a name. */
export async function tracesOf(tx: Tx, userId: string): Promise<Map<string, Traces>> {
  const { rows: people } = await sql<{ name: string | null }>`
    SELECT CASE WHEN trim(coalesce(first_name, '')) <> '' AND trim(coalesce(last_name, '')) <> ''
      THEN trim(first_name) || ' ' || trim(last_name) END AS name FROM users WHERE id = ${userId}`.execute(
    tx,
  );
  const name = people[0]?.name ?? null;
  const { rows } = await sql<{ project_id: string; said: string[] }>`
    SELECT p.id AS project_id, ARRAY(
      SELECT m.content FROM conversation_messages m JOIN conversations c ON c.id = m.conversation_id
        WHERE c.project_id = p.id AND m.author_id = ${userId}
      UNION SELECT m.body FROM comments m WHERE m.project_id = p.id AND m.author_id = ${userId}
      UNION SELECT f.feedback_text FROM recommendation_feedback f JOIN recommendations r ON r.id = f.recommendation_id
        WHERE r.project_id = p.id AND f.user_id = ${userId} AND f.feedback_text IS NOT NULL) AS said
    FROM projects p WHERE p.id IN (
      SELECT c.project_id FROM conversation_messages m JOIN conversations c ON c.id = m.conversation_id WHERE m.author_id = ${userId}
      UNION SELECT v.project_id FROM project_versions v WHERE v.created_by = ${userId}
      UNION SELECT r.project_id FROM recommendation_changes r WHERE r.created_by = ${userId}
      UNION SELECT h.project_id FROM happenings h WHERE h.actor_id = ${userId}
      UNION SELECT id FROM projects WHERE owner_id = ${userId}
      UNION SELECT project_id FROM project_collaborators WHERE user_id = ${userId})`.execute(tx);
  return new Map(rows.map(({ project_id, said }) => [project_id, { name, said }]));
}

/** Takes the traces out of one project; how many rows of each table it changed. */
export async function eraseTraces(
  tx: Tx,
  projectId: string,
  traces: Traces,
): Promise<Record<string, number>> {
  const clean = withoutTraces(traces);
  const changed: Record<string, number> = {};
  for (const { table, columns, of } of PLACES) {
    const where = of === undefined ? sql`project_id = ${projectId}` : scope(of, projectId);
    const { rows } = await sql<{ id: string; row: Record<string, unknown> }>`
      SELECT t.id::text AS id, jsonb_build_object(${sql.join(columns.flatMap((column) => [sql.lit(column), sql.ref(`t.${column}`)]))}) AS row
      FROM ${sql.table(table)} t WHERE ${where}`.execute(tx);
    for (const { id, row } of rows) {
      const after = clean(row) as Record<string, unknown>;
      const different = columns.filter(
        (column) => JSON.stringify(after[column]) !== JSON.stringify(row[column]),
      );
      if (different.length === 0) continue;
      await sql`UPDATE ${sql.table(table)} AS t SET ${sql.join(
        different.map((column) => sql`${sql.ref(column)} = x.${sql.ref(column)}`),
      )} FROM jsonb_populate_record(null::${sql.table(table)}, ${JSON.stringify(after)}::jsonb) x WHERE t.id::text = ${id}`.execute(
        tx,
      );
      changed[table] = (changed[table] ?? 0) + 1;
    }
  }
  return changed;
}

function scope(of: string, projectId: string) {
  const [before = '', after = ''] = of.split('$project');
  return sql`${sql.raw(before)}${projectId}${sql.raw(after)}`;
}

/** Comments on recommendations that the person gave with their stars. */
export async function emptyRatings(tx: Tx, userId: string): Promise<number> {
  const { numAffectedRows } = await sql`UPDATE recommendations r SET user_feedback = NULL
    WHERE user_feedback IS NOT NULL AND EXISTS (SELECT 1 FROM recommendation_feedback f
      WHERE f.recommendation_id = r.id AND f.user_id = ${userId} AND f.feedback_text = r.user_feedback)`.execute(
    tx,
  );
  return Number(numAffectedRows ?? 0);
}

/** The person's address as the one to which an organization's bills go. */
export async function emptyBillingAddress(tx: Tx, email: string): Promise<number> {
  const { numAffectedRows } =
    await sql`UPDATE organizations SET billing_email = NULL WHERE lower(billing_email) = ${email.toLowerCase()}`.execute(
      tx,
    );
  return Number(numAffectedRows ?? 0);
}

/** Projects of theirs whose versions lie in cold storage, where no query reaches them. */
export async function coldProjectsOf(tx: Tx, projectIds: readonly string[]): Promise<string[]> {
  if (projectIds.length === 0) return [];
  const { rows } = await sql<{ id: string }>`SELECT id FROM projects
    WHERE id = ANY (${[...projectIds]}::uuid[]) AND coalesce((metadata->>'archived')::boolean, false)`.execute(
    tx,
  );
  return rows.map((row) => row.id);
}
