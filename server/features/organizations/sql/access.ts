// Queries on grants (user_roles), teams, and what an organization uses of its plan.
import { sql } from 'kysely';
import type { Tx } from '../../../platform/postgres.ts';

export async function planOf(tx: Tx, organizationId: string) {
  return await tx
    .selectFrom('organizations')
    .select(['subscription_tier', 'subscription_status'])
    .where('id', '=', organizationId)
    .executeTakeFirst();
}

export async function tierOf(tx: Tx, organizationId: string): Promise<string | null> {
  const found = await sql<{
    tier: string | null;
  }>`select app_organization_tier(${organizationId}) as tier`.execute(tx);
  return found.rows[0]?.tier ?? null;
}

export interface Usage {
  projects: number;
  members: number;
  invitations: number;
  storage_bytes: number;
  ai_usd_month: number;
}

export async function usageOf(tx: Tx, organizationId: string): Promise<Usage> {
  const found = await sql<Usage>`select * from app_organization_usage(${organizationId})`.execute(tx);
  const row = found.rows[0];
  if (row === undefined) throw new Error('The usage of an organization is always one row.');
  return row;
}

/** One counter at a time for an organization: what is counted and what is added belong together. */
export async function lockPlan(tx: Tx, organizationId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${organizationId}, 7214303))`.execute(tx);
}

export async function organizationOfProject(tx: Tx, projectId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('projects')
    .select('organization_id')
    .where('id', '=', projectId)
    .executeTakeFirst();
  return row?.organization_id ?? null;
}

const inOrganization = (organizationId: string) =>
  sql<boolean>`app_organization_of(r.resource_type, r.resource_id) = ${organizationId}`;

/** Grants inside the organization, also those that have ended; `id` for one of them. */
export async function listGrants(tx: Tx, organizationId: string, id?: string) {
  let query = tx
    .selectFrom('user_roles as r')
    .innerJoin('users as u', 'u.id', 'r.user_id')
    .leftJoin('projects as p', (join) =>
      join.onRef('p.id', '=', 'r.resource_id').on('r.resource_type', '=', 'project'),
    )
    .leftJoin('teams as t', (join) =>
      join.onRef('t.id', '=', 'r.resource_id').on('r.resource_type', '=', 'team'),
    )
    .leftJoin('organizations as o', (join) =>
      join.onRef('o.id', '=', 'r.resource_id').on('r.resource_type', '=', 'organization'),
    )
    .select([
      'r.id',
      'r.user_id',
      'u.email',
      'u.first_name',
      'u.last_name',
      'r.role',
      'r.resource_type',
      'r.resource_id',
      'r.granted_at',
      'r.expires_at',
      sql<string>`coalesce(p.name, t.name, o.name, '')`.as('resource_name'),
    ])
    .where('r.resource_type', 'is not', null)
    .where(inOrganization(organizationId))
    .orderBy('r.granted_at', 'desc')
    .limit(500);
  if (id !== undefined) query = query.where('r.id', '=', id);
  return await query.execute();
}

export async function organizationOfScope(tx: Tx, kind: string, resource: string): Promise<string | null> {
  const found = await sql<{
    id: string | null;
  }>`select app_organization_of(${kind}, ${resource}) as id`.execute(tx);
  return found.rows[0]?.id ?? null;
}

export async function insertGrant(
  tx: Tx,
  grant: {
    user_id: string;
    role: string;
    resource_type: string;
    resource_id: string;
    granted_by: string;
    expires_at: Date | null;
  },
): Promise<string> {
  return (await tx.insertInto('user_roles').values(grant).returning('id').executeTakeFirstOrThrow()).id;
}

export async function deleteGrant(tx: Tx, organizationId: string, id: string) {
  const found = await sql<{ user_id: string; role: string; resource_type: string; resource_id: string }>`
    delete from user_roles r where r.id = ${id} and r.resource_type is not null and ${inOrganization(organizationId)}
    returning r.user_id, r.role, r.resource_type, r.resource_id`.execute(tx);
  return found.rows[0];
}

export async function activeUserByEmail(tx: Tx, email: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('users')
    .select('id')
    .where('email', '=', email)
    .where('status', '=', 'active')
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return row?.id;
}

export async function listTeams(tx: Tx, organizationId: string) {
  return await tx
    .selectFrom('teams as t')
    .select([
      't.id',
      't.name',
      't.created_at',
      sql<
        string[]
      >`coalesce((select array_agg(tp.project_id) from team_projects tp where tp.team_id = t.id), '{}')`.as(
        'project_ids',
      ),
    ])
    .where('t.organization_id', '=', organizationId)
    .orderBy('t.name')
    .limit(500)
    .execute();
}

export async function insertTeam(tx: Tx, organizationId: string, name: string): Promise<string> {
  const row = await tx
    .insertInto('teams')
    .values({ organization_id: organizationId, name })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function renameTeam(tx: Tx, organizationId: string, id: string, name: string): Promise<boolean> {
  const row = await tx
    .updateTable('teams')
    .set({ name })
    .where('id', '=', id)
    .where('organization_id', '=', organizationId)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** The team's projects become these; gives how many of them the organization has. */
export async function setTeamProjects(
  tx: Tx,
  organizationId: string,
  teamId: string,
  ids: string[],
): Promise<number> {
  await tx.deleteFrom('team_projects').where('team_id', '=', teamId).execute();
  if (ids.length === 0) return 0;
  const done = await sql`insert into team_projects (team_id, project_id)
    select ${teamId}, p.id from projects p
    where p.id = any (${ids}::uuid[]) and p.organization_id = ${organizationId} and p.deleted_at is null`.execute(
    tx,
  );
  return Number(done.numAffectedRows ?? 0);
}

/** Takes the team and, as the system, the grants on it away; gives whom it concerned. */
export async function deleteTeam(tx: Tx, organizationId: string, id: string): Promise<string[] | undefined> {
  const people = await sql<{ user_id: string }>`delete from user_roles r
    where r.resource_type = 'team' and r.resource_id = ${id} and ${inOrganization(organizationId)}
    returning r.user_id`.execute(tx);
  const team = await tx
    .deleteFrom('teams')
    .where('id', '=', id)
    .where('organization_id', '=', organizationId)
    .returning('id')
    .executeTakeFirst();
  return team === undefined ? undefined : people.rows.map((row) => row.user_id);
}
