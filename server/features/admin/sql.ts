// PostgreSQL queries of the administration; all run as the system, across tenants.
import { sql } from 'kysely';
import type {
  AdminOrganizationQuery,
  AdminUserQuery,
  UpdateAdminOrganization,
} from '../../../contract/admin.ts';
import type { Tx } from '../../platform/postgres.ts';

/** A text as a LIKE pattern that finds it anywhere. */
const anywhere = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

const ADMIN = sql<boolean>`exists (select 1 from user_roles r where r.user_id = u.id and r.role = 'admin'
  and r.resource_type is null and (r.expires_at is null or r.expires_at > now()))`;

export async function listUsers(
  tx: Tx,
  query: Pick<AdminUserQuery, 'q' | 'status' | 'limit'>,
  after: [string, string] | undefined,
  now: Date,
) {
  let select = tx
    .selectFrom('users as u')
    .select(['u.id', 'u.email', 'u.first_name', 'u.last_name', 'u.user_type', 'u.status', 'u.last_login_at'])
    .select([
      sql<Date>`date_trunc('milliseconds', u.created_at)`.as('created_at'),
      ADMIN.as('is_admin'),
      sql<number>`(select count(*)::int from sessions s where s.user_id = u.id and s.revoked_at is null and s.expires_at > ${now})`.as(
        'sessions',
      ),
      sql<
        { id: string; name: string; role: string }[]
      >`coalesce((select jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'role', m.role) order by m.joined_at)
        from organization_members m join organizations o on o.id = m.organization_id where m.user_id = u.id), '[]'::jsonb)`.as(
        'organizations',
      ),
    ])
    .where('u.deleted_at', 'is', null)
    .orderBy(sql`date_trunc('milliseconds', u.created_at)`, 'desc')
    .orderBy('u.id', 'desc')
    .limit(query.limit + 1);
  if (query.status !== undefined) select = select.where('u.status', '=', query.status);
  if (query.q) {
    const like = anywhere(query.q);
    select = select.where(
      sql<boolean>`(u.email ilike ${like} or concat_ws(' ', u.first_name, u.last_name) ilike ${like} or u.id::text = ${query.q})`,
    );
  }
  if (after !== undefined)
    select = select.where(
      sql<boolean>`(date_trunc('milliseconds', u.created_at), u.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
    );
  return await select.execute();
}

export async function findUser(tx: Tx, id: string) {
  return await tx
    .selectFrom('users as u')
    .select(['u.id', 'u.status', ADMIN.as('is_admin')])
    .where('u.id', '=', id)
    .where('u.deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
}

/** What the administration tells of an organization. */
const organizations = (tx: Tx) =>
  tx
    .selectFrom('organizations as o')
    .select([
      'o.id',
      'o.name',
      'o.type',
      'o.dealer_confirmed_at',
      'o.subscription_tier',
      'o.subscription_status',
    ])
    .select([
      sql<number>`(select count(*)::int from organization_members m where m.organization_id = o.id)`.as(
        'members',
      ),
      sql<number>`(select count(*)::int from projects p where p.organization_id = o.id and p.deleted_at is null)`.as(
        'projects',
      ),
    ]);

export async function listOrganizations(
  tx: Tx,
  query: Pick<AdminOrganizationQuery, 'q' | 'limit' | 'unconfirmed_dealers'>,
  after: [string, string] | undefined,
) {
  let select = organizations(tx)
    .select(sql<Date>`date_trunc('milliseconds', o.created_at)`.as('created_at'))
    .orderBy(sql`date_trunc('milliseconds', o.created_at)`, 'desc')
    .orderBy('o.id', 'desc')
    .limit(query.limit + 1);
  if (query.q)
    select = select.where(sql<boolean>`(o.name ilike ${anywhere(query.q)} or o.id::text = ${query.q})`);
  if (query.unconfirmed_dealers === 'true')
    select = select.where('o.type', '=', 'dealer').where('o.dealer_confirmed_at', 'is', null);
  if (after !== undefined)
    select = select.where(
      sql<boolean>`(date_trunc('milliseconds', o.created_at), o.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
    );
  return await select.execute();
}

export async function findOrganization(tx: Tx, id: string) {
  return await tx
    .selectFrom('organizations')
    .select(['id', 'type', 'dealer_confirmed_at', 'subscription_tier', 'subscription_status'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export async function updateOrganization(
  tx: Tx,
  id: string,
  { price_access, ...change }: UpdateAdminOrganization,
  now: Date,
): Promise<void> {
  const stated = Object.entries(change).filter(([, value]) => value !== undefined);
  await tx
    .updateTable('organizations')
    .set({
      ...Object.fromEntries(stated),
      ...(price_access === undefined ? {} : columnsOfAccess(price_access, now)),
    })
    .where('id', '=', id)
    .execute();
}

/** A dealer and the maker are called so by what they are told; an organization of the maker that ends is no kind at all. */
function columnsOfAccess(access: NonNullable<UpdateAdminOrganization['price_access']>, now: Date) {
  if (access === 'dealer') return { type: 'dealer', dealer_confirmed_at: now };
  if (access === 'maker') return { type: 'ofs_internal', dealer_confirmed_at: null };
  return { type: sql<string | null>`nullif(type, 'ofs_internal')`, dealer_confirmed_at: null };
}

export async function organizationById(tx: Tx, id: string) {
  return await organizations(tx)
    .select(sql<Date>`o.created_at`.as('created_at'))
    .where('o.id', '=', id)
    .executeTakeFirstOrThrow();
}

export interface Counts {
  users: number;
  organizations: number;
  projects: number;
  floor_plans: number;
  products: number;
  sessions: number;
  outbox: number;
}

export async function counts(tx: Tx, now: Date): Promise<Counts> {
  const { rows } = await sql<Counts>`select
    (select count(*)::int from users where deleted_at is null) as users,
    (select count(*)::int from organizations) as organizations,
    (select count(*)::int from projects where deleted_at is null) as projects,
    (select count(*)::int from floor_plans where deleted_at is null) as floor_plans,
    (select count(*)::int from products) as products,
    (select count(*)::int from sessions where revoked_at is null and expires_at > ${now}) as sessions,
    (select count(*)::int from event_outbox) as outbox`.execute(tx);
  return rows[0] as Counts;
}

export async function databaseFacts(tx: Tx): Promise<{ version: string; size_bytes: number }> {
  const { rows } = await sql<{ version: string; size_bytes: number }>`
    select current_setting('server_version') as version, pg_database_size(current_database())::bigint as size_bytes`.execute(
    tx,
  );
  return rows[0] as { version: string; size_bytes: number };
}

/** The organization behind each id, which is a plan's, an export's, a picture's or a project's; unknown ids are left out. */
export async function ownersOfFiles(tx: Tx, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: string; organization_id: string | null; name: string | null }>`
    with owned as (
      select id, project_id from floor_plans union all select id, project_id from exports
      union all select id, id from projects)
    select f.id, o.id as organization_id, o.name from owned f join projects p on p.id = f.project_id
    left join organizations o on o.id = p.organization_id where f.id = any(${[...ids]}::uuid[])`.execute(tx);
  return rows;
}
