// Queries on versions and milestones.
import { sql } from 'kysely';
import type { Row } from '../../../../engine/versions/state.ts';
import type { Tx } from '../../../platform/postgres.ts';

const VERSION_COLUMNS = [
  'v.id',
  'v.version_number',
  'v.kind',
  'v.change_summary',
  'v.created_by',
  'v.created_at',
] as const;

function versions(tx: Tx, projectId: string) {
  return tx
    .selectFrom('project_versions as v')
    .leftJoin('users as u', 'u.id', 'v.created_by')
    .select(VERSION_COLUMNS)
    .select(sql<string | null>`nullif(concat_ws(' ', u.first_name, u.last_name), '')`.as('created_by_name'))
    .select(sql<boolean>`coalesce(v.snapshot->>'format' = '2', false)`.as('can_restore'))
    .where('v.project_id', '=', projectId);
}

export async function listVersions(tx: Tx, projectId: string, limit: number, before: number | undefined) {
  let query = versions(tx, projectId)
    .orderBy('v.version_number', 'desc')
    .limit(limit + 1);
  if (before !== undefined) query = query.where('v.version_number', '<', before);
  return await query.execute();
}
export type VersionRow = Awaited<ReturnType<typeof listVersions>>[number];

export async function findVersion(tx: Tx, projectId: string, n: number) {
  return await versions(tx, projectId)
    .select(['v.snapshot', 'v.state_sha256'])
    .where('v.version_number', '=', n)
    .executeTakeFirst();
}

/** The newest version's contents by part, for what need not be stored again. */
export async function newestParts(tx: Tx, projectId: string) {
  const { rows } = await sql<{ version_number: number; state_sha256: string | null; parts: unknown }>`
    select version_number, state_sha256, snapshot->'parts' as parts from project_versions
    where project_id = ${projectId} order by version_number desc limit 1`.execute(tx);
  return rows[0];
}

/** Bodies of parts, by the version that stores them. */
export async function bodiesOf(tx: Tx, projectId: string, wanted: { version: number; part: string }[]) {
  if (wanted.length === 0) return [];
  const { rows } = await sql<{ part: string; body: Row[] }>`
    select w.part, v.snapshot->'bodies'->w.part as body
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w(version int, part text)
    join project_versions v on v.project_id = ${projectId} and v.version_number = w.version`.execute(tx);
  return rows;
}

/** The project's row is locked by the caller, so the next number is nobody else's. */
export async function insertVersion(
  tx: Tx,
  values: {
    project_id: string;
    snapshot: string;
    state_sha256: string;
    kind: string;
    change_summary: string;
    created_by: string | null;
  },
): Promise<number> {
  const { version_number } = await tx
    .insertInto('project_versions')
    .values({
      ...values,
      version_number: sql<number>`(select coalesce(max(version_number), 0) + 1 from project_versions where project_id = ${values.project_id})`,
    })
    .returning('version_number')
    .executeTakeFirstOrThrow();
  return version_number;
}

export async function lockProject(tx: Tx, projectId: string): Promise<void> {
  await sql`select 1 from projects where id = ${projectId} for update`.execute(tx);
}

/** What the project has reached, in a form that differs exactly when a milestone is passed; null where it may not be written. */
export async function milestonesOf(tx: Tx, projectId: string) {
  const { rows } = await sql<{
    marks: Record<string, string>;
    kept: Record<string, string> | null;
    writable: boolean;
    user_id: string | null;
    rooms: number;
    scenario: string | null;
  }>`
    select jsonb_build_object(
        'plan', (select coalesce(string_agg(f.id || ':' || f.reading, ',' order by f.id), '') from floor_plans f
                 where f.project_id = ${projectId} and f.deleted_at is null and f.status = 'analyzed'),
        'recommendation', coalesce(r.id::text, ''),
        'chosen', case when r.status = 'approved' then r.id::text else '' end,
        'scenario', coalesce(s.id::text, '')) as marks,
      (select m.marks from project_milestones m where m.project_id = ${projectId}) as kept,
      (current_setting('role') = 'ofs_system' or app_can_edit_project(${projectId})) as writable,
      nullif(current_setting('app.user_id', true), '') as user_id,
      (select count(*) from spaces where project_id = ${projectId}) as rooms, s.name as scenario
    from (select 1) one
    left join lateral (select id, status from recommendations where project_id = ${projectId} and summary->>'state' = 'ready'
      order by created_at desc limit 1) r on true
    left join lateral (select id, name from budget_scenarios where project_id = ${projectId} and is_selected limit 1) s on true`.execute(
    tx,
  );
  const row = rows[0];
  if (row === undefined) throw new Error(`No project ${projectId}.`);
  return row;
}

export async function saveMarks(tx: Tx, projectId: string, marks: Record<string, string>): Promise<void> {
  await sql`insert into project_milestones (project_id, marks) values (${projectId}, ${JSON.stringify(marks)}::jsonb)
    on conflict (project_id) do update set marks = excluded.marks, updated_at = now()`.execute(tx);
}
