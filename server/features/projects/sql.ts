// Queries on projects and collaborators. Every one names its scope; row security stands behind it.
import { sql } from 'kysely';
import { REVIEW_BELOW } from '../../../contract/floorplans.ts';
import type { ProjectListQuery } from '../../../contract/projects.ts';
import type { Context, Postgres, Tx } from '../../platform/postgres.ts';
import type { ProjectFacts } from './progress.ts';

export interface ProjectListRow {
  id: string;
  name: string;
  status: string;
  role: string;
  client_name: string | null;
  current_step: string | null;
  progress_pct: number;
  budget_target: number | null;
  selected_total: number | null;
  currency: string | null;
  floor_plan_id: string | null;
  is_template: boolean;
  tags: string[] | null;
  created_at: Date;
  updated_at: Date;
  deleted_at: Date | null;
}

/**
 * The newest projects a user owns, was given by name or team, or sees through an organization: one branch each, every
 * branch already sorted and cut, so that the whole never sorts more than three pages of rows and one an organization.
 */
export async function listProjects(
  postgres: Postgres,
  context: Context,
  query: ProjectListQuery,
  after: [string, string] | undefined,
): Promise<ProjectListRow[]> {
  const values: string[] = [context.user_id];
  const value = (given: string) => `$${values.push(given)}`;
  const conditions = [`p.deleted_at is ${query.deleted === 'true' ? 'not ' : ''}null`];
  if (query.status !== undefined) conditions.push(`p.status = ${value(query.status)}`);
  if (query.template !== undefined) conditions.push(`p.is_template = ${value(query.template)}`);
  if (query.organization_id !== undefined)
    conditions.push(`p.organization_id = ${value(query.organization_id)}`);
  if (query.q !== undefined && query.q !== '') {
    const words = value(pattern(query.q));
    conditions.push(`(p.name ilike ${words} or p.client->>'name' ilike ${words})`);
  }
  if (after !== undefined)
    conditions.push(`(p.created_at, p.id) < (${value(after[0])}::timestamptz, ${value(after[1])}::uuid)`);
  // The limit stands in the text: of a plan that is kept for any limit nobody knows how few rows it is for.
  const text = projectPage(conditions.join(' and '), query.limit + 1);
  return await postgres.ask<ProjectListRow>(context, text, values);
}

const LISTED = `p.id, p.name, p.status, p.client, p.current_step, p.progress_pct, p.budget, p.tags, p.is_template,
  p.created_at, p.updated_at, p.deleted_at`;

/** `$1` is the user; `filters` are conditions on the project `p`. */
function projectPage(filters: string, limit: number): string {
  const page = `order by p.created_at desc, p.id desc limit ${limit}`;
  return `with organization as materialized (select id, rank from app_seen_organizations()),
    given as materialized (select id, rank from app_seen_projects()),
    seen as (
      (select ${LISTED}, 1 as rank from projects p where p.owner_id = $1 and ${filters} ${page})
      union all
      (select ${LISTED}, least(g.rank, o.rank) from given g join projects p on p.id = g.id
         left join organization o on o.id = p.organization_id
       where p.owner_id <> $1 and ${filters} ${page})
      union all
      (select ${LISTED}, o.rank from organization o cross join lateral (
         select ${LISTED} from projects p where p.organization_id = o.id and p.owner_id <> $1
           and p.id not in (select g.id from given g) and ${filters} ${page}) p ${page})
    ), page as (select * from seen p ${page})
    select p.id, p.name, p.status, (array['owner', 'editor', 'commenter', 'viewer'])[p.rank] as role,
      p.client->>'name' as client_name, p.current_step, p.progress_pct,
      coalesce((p.budget->>'target')::numeric, ((p.budget->>'min')::numeric + (p.budget->>'max')::numeric) / 2,
        (p.budget->>'max')::numeric) as budget_target,
      p.budget->>'currency' as currency, p.tags, p.is_template, p.created_at, p.updated_at, p.deleted_at,
      (select s.total_cost from budget_scenarios s where s.project_id = p.id and s.is_selected limit 1) as selected_total,
      (select f.id from floor_plans f where f.project_id = p.id and f.status = 'analyzed' and f.deleted_at is null
       order by f.created_at limit 1) as floor_plan_id
    from page p order by p.created_at desc, p.id desc`;
}

function pattern(words: string): string {
  return `%${words.replace(/[\\%_]/g, (found) => `\\${found}`)}%`;
}

const PROJECT_COLUMNS = [
  'id',
  'owner_id',
  'organization_id',
  'name',
  'description',
  'status',
  'client',
  'requirements',
  'budget',
  'timeline',
  'preferences',
  'sustainability_targets',
  'tags',
  'metadata',
  'is_template',
  'revision',
  'created_at',
  'updated_at',
  'deleted_at',
] as const;

export async function findProject(tx: Tx, id: string, options: { deleted: boolean; lock?: boolean }) {
  let query = tx
    .selectFrom('projects')
    .select(PROJECT_COLUMNS)
    .select(sql<string | null>`app_project_role(id)`.as('role'))
    .where('id', '=', id)
    .where('deleted_at', options.deleted ? 'is not' : 'is', null);
  if (options.lock === true) query = query.forUpdate();
  return await query.executeTakeFirst();
}
export type ProjectRow = NonNullable<Awaited<ReturnType<typeof findProject>>>;

export async function insertProject(
  tx: Tx,
  values: {
    owner_id: string;
    organization_id: string | null;
    name: string;
    description: string | null;
    client: string;
    budget: string;
    timeline: string;
    tags: string[];
  },
): Promise<string> {
  return (await tx.insertInto('projects').values(values).returning('id').executeTakeFirstOrThrow()).id;
}

export async function updateProject(tx: Tx, id: string, change: Record<string, unknown>): Promise<void> {
  await tx.updateTable('projects').set(change).where('id', '=', id).execute();
}

/** What progress is judged by, beside the columns of the project `p`. */
const FACTS = `
      (select count(*) from jsonb_object_keys(coalesce(p.requirements, '{}'))) +
      (select count(*) from jsonb_object_keys(coalesce(p.budget, '{}')) k where k in ('min', 'max', 'target')) +
      (select count(*) from jsonb_object_keys(coalesce(p.timeline, '{}'))) +
      (select count(*) from jsonb_object_keys(coalesce(p.preferences, '{}'))) as requirement_count,
      (select count(*) from floor_plans f where f.project_id = p.id and f.deleted_at is null) as plan_count,
      (select count(*) from floor_plans f where f.project_id = p.id and f.deleted_at is null and f.status = 'analyzed') as analyzed_plan_count,
      (select count(*) from floor_plans f where f.project_id = p.id and f.deleted_at is null and f.status = 'failed') as failed_plan_count,
      (select count(*) from spaces s join floor_plans f on f.id = s.floor_plan_id where s.project_id = p.id and f.deleted_at is null) as space_count,
      (select count(*) from spaces s join floor_plans f on f.id = s.floor_plan_id where s.project_id = p.id and f.deleted_at is null
         and s.detection_confidence < ${REVIEW_BELOW} and s.reviewed_at is null and not coalesce(s.manually_edited, false)) as doubtful_space_count,
      (select count(*) from recommendations r where r.project_id = p.id) as recommendation_count,
      (select count(*) from recommendation_items i join budget_scenarios s on s.id = i.scenario_id
         where i.project_id = p.id and s.recommendation_id = (select r.id from recommendations r where r.project_id = p.id and r.summary->>'state' = 'ready'
           order by r.created_at desc limit 1)
           and (s.is_selected or (s.type = 'balanced' and not exists (select 1 from budget_scenarios x where x.recommendation_id = s.recommendation_id and x.is_selected)))) as item_count,
      (select s.name from budget_scenarios s where s.is_selected
         and s.recommendation_id = (select r.id from recommendations r where r.project_id = p.id and r.summary->>'state' = 'ready'
           order by r.created_at desc limit 1) limit 1) as selected_scenario,
      (select count(*) from sustainability_metrics m where m.project_id = p.id) as sustainability_count`;

export async function factsOf(tx: Tx, id: string): Promise<ProjectFacts> {
  const result =
    await sql<ProjectFacts>`select p.status, ${sql.raw(FACTS)} from projects p where p.id = ${id}`.execute(
      tx,
    );
  const row = result.rows[0];
  if (row === undefined) throw new Error(`No project ${id} to count.`);
  return row;
}

const WHOLE_PROJECT = `select ${PROJECT_COLUMNS.map((column) => `p.${column}`).join(', ')}, app_project_role(p.id) as role, ${FACTS}
  from projects p where p.id = $1 and p.deleted_at is null`;

/** The project with the caller's role and what its progress is judged by, in one round trip. */
export async function readProject(
  postgres: Postgres,
  context: Context,
  id: string,
): Promise<(ProjectRow & ProjectFacts) | undefined> {
  return (await postgres.ask<ProjectRow & ProjectFacts>(context, WHOLE_PROJECT, [id]))[0];
}

export async function saveProgress(
  tx: Tx,
  id: string,
  current_step: string,
  progress_pct: number,
): Promise<void> {
  await sql`update projects set current_step = ${current_step}, progress_pct = ${progress_pct}
    where id = ${id} and (current_step is distinct from ${current_step} or progress_pct is distinct from ${progress_pct})`.execute(
    tx,
  );
}

export async function listCollaborators(tx: Tx, projectId: string) {
  return await tx
    .selectFrom('project_collaborators as c')
    .innerJoin('users as u', 'u.id', 'c.user_id')
    .select([
      'c.id',
      'c.user_id',
      'c.role',
      'c.invited_at',
      'c.accepted_at',
      'u.email',
      'u.first_name',
      'u.last_name',
    ])
    .where('c.project_id', '=', projectId)
    .orderBy('c.invited_at')
    .limit(200)
    .execute();
}

export async function nameOf(tx: Tx, userId: string): Promise<string> {
  const row = await tx
    .selectFrom('users')
    .select(['first_name', 'last_name', 'email'])
    .where('id', '=', userId)
    .executeTakeFirst();
  return [row?.first_name, row?.last_name].filter(Boolean).join(' ') || (row?.email ?? 'Somebody');
}

export async function findUserIdByEmail(tx: Tx, email: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('users')
    .select('id')
    .where('email', '=', email)
    .where('deleted_at', 'is', null)
    .where('status', '=', 'active')
    .executeTakeFirst();
  return row?.id;
}

export async function insertCollaborator(
  tx: Tx,
  values: { project_id: string; user_id: string; role: string; invited_by: string },
) {
  return await tx
    .insertInto('project_collaborators')
    .values(values)
    .returning('id')
    .executeTakeFirstOrThrow();
}

export async function updateCollaborator(tx: Tx, projectId: string, userId: string, role: string) {
  return await tx
    .updateTable('project_collaborators')
    .set({ role })
    .where('project_id', '=', projectId)
    .where('user_id', '=', userId)
    .returning('id')
    .executeTakeFirst();
}

export async function deleteCollaborator(tx: Tx, projectId: string, userId: string) {
  return await tx
    .deleteFrom('project_collaborators')
    .where('project_id', '=', projectId)
    .where('user_id', '=', userId)
    .returning('id')
    .executeTakeFirst();
}

/** The organization a user joined first and may create projects in; null where there is none. */
export async function homeOrganization(tx: Tx, userId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('organization_members')
    .select('organization_id')
    .where('user_id', '=', userId)
    .where('role', 'in', ['owner', 'admin', 'member'])
    .orderBy('joined_at')
    .limit(1)
    .executeTakeFirst();
  return row?.organization_id ?? null;
}

/** The organization, where the user may create projects in it. */
export async function mayCreateIn(
  tx: Tx,
  userId: string,
  organizationId: string | null,
): Promise<string | null> {
  if (organizationId === null) return null;
  const row = await tx
    .selectFrom('organization_members')
    .select('organization_id')
    .where('user_id', '=', userId)
    .where('organization_id', '=', organizationId)
    .where('role', 'in', ['owner', 'admin', 'member'])
    .executeTakeFirst();
  return row?.organization_id ?? null;
}

export async function findOwner(tx: Tx, id: string) {
  return await tx
    .selectFrom('projects')
    .select('owner_id')
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
}
