// The list of projects against row security: it shows exactly what one sees, each with the role that counts there.
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROOT } from '../../config.ts';
import { migratePrivatePostgres } from '../../platform/migrate.ts';
import { openPostgres, type Postgres, type Tx } from '../../platform/postgres.ts';
import { listProjects } from './sql.ts';

let postgres: Postgres;
const ids: Record<string, string> = {};

beforeAll(async () => {
  postgres = await openPostgres({ mode: 'embedded', path: 'memory' });
  await migratePrivatePostgres(postgres, join(ROOT, 'migrations'));
  await postgres.asSystem(fill);
});
afterAll(async () => postgres?.close());

/** Mia meets projects in every way there is, some in two ways at once; what has ended shows nothing. */
async function fill(tx: Tx): Promise<void> {
  const user = async (name: string) => {
    const values = { email: `${name}@list.example`, user_type: 'designer' };
    ids[name] = (await tx.insertInto('users').values(values).returning('id').executeTakeFirstOrThrow()).id;
  };
  const organization = async (name: string) => {
    const values = { name, type: 'dealer' };
    ids[name] = (
      await tx.insertInto('organizations').values(values).returning('id').executeTakeFirstOrThrow()
    ).id;
  };
  const of = (name: string) => ids[name] as string;
  let minutes = 0;
  const project = async (name: string, owner: string, organizationName?: string) => {
    const values = {
      name,
      owner_id: of(owner),
      organization_id: organizationName === undefined ? null : of(organizationName),
      created_at: new Date(Date.UTC(2026, 0, 1, 0, minutes++)),
    };
    ids[name] = (await tx.insertInto('projects').values(values).returning('id').executeTakeFirstOrThrow()).id;
  };
  const grant = (role: string, type: string, resource: string, expires_at: Date | null = null) =>
    tx
      .insertInto('user_roles')
      .values({ user_id: of('mia'), role, resource_type: type, resource_id: of(resource), expires_at })
      .execute();
  const join_ = (role: string, name: string) =>
    tx
      .insertInto('organization_members')
      .values({ user_id: of('mia'), organization_id: of(name), role })
      .execute();
  const share = (role: string, name: string) =>
    tx
      .insertInto('project_collaborators')
      .values({ user_id: of('mia'), project_id: of(name), role })
      .execute();

  for (const name of ['mia', 'otto']) await user(name);
  for (const name of ['home', 'watched', 'granted', 'teamed', 'foreign', 'past']) await organization(name);
  await join_('member', 'home');
  await join_('viewer', 'watched');
  await project('own', 'mia');
  await project('own at home', 'mia', 'home');
  await project('at home', 'otto', 'home');
  await project('at home, by name a viewer', 'otto', 'home');
  await share('viewer', 'at home, by name a viewer');
  await project('watched, by name an editor', 'otto', 'watched');
  await share('editor', 'watched, by name an editor');
  await project('watched only', 'otto', 'watched');
  await project('by name a commenter', 'otto');
  await share('commenter', 'by name a commenter');
  await project('granted', 'otto', 'granted');
  await grant('contributor', 'organization', 'granted');
  await project('granted itself', 'otto');
  await grant('admin', 'project', 'granted itself');
  await project('of the team', 'otto', 'teamed');
  const team = await sql<{
    id: string;
  }>`insert into teams (organization_id, name) values (${of('teamed')}, 'West')
    returning id`.execute(tx);
  ids['west'] = team.rows[0]?.id as string;
  await sql`insert into team_projects (team_id, project_id) values (${of('west')}, ${of('of the team')})`.execute(
    tx,
  );
  await grant('viewer', 'team', 'west');
  await project('foreign', 'otto', 'foreign');
  await project('past', 'otto', 'past');
  const yesterday = new Date(Date.now() - 86_400_000);
  await grant('admin', 'organization', 'past', yesterday);
  await project('past itself', 'otto');
  await grant('admin', 'project', 'past itself', yesterday);
  await project('deleted', 'mia');
  await sql`update projects set deleted_at = now() where id = ${of('deleted')}`.execute(tx);
}

const context = () => ({ user_id: ids['mia'] as string });

async function seen(deleted: boolean) {
  return await postgres.withContext(context(), async (tx) => {
    const result = await sql<{ name: string; role: string }>`
      select name, app_project_role(id) as role from projects
      where (deleted_at is not null) = ${deleted} order by created_at desc, id desc`.execute(tx);
    return result.rows;
  });
}

it('shows what row security shows, newest first, with the strongest role', async () => {
  const listed = await listProjects(postgres, context(), { limit: 50, deleted: 'false' }, undefined);
  expect(listed.map(({ name, role }) => ({ name, role }))).toEqual(await seen(false));
  const roleOf = (name: string) => listed.find((one) => one.name === name)?.role;
  expect(roleOf('at home, by name a viewer')).toBe('editor');
  expect(roleOf('watched, by name an editor')).toBe('editor');
  expect(roleOf('granted itself')).toBe('owner');
  expect(roleOf('of the team')).toBe('viewer');
  expect(listed.map((one) => one.name)).not.toContain('past itself');
});

it('is the same in pages, and filtered', async () => {
  const whole = await seen(false);
  const paged: string[] = [];
  let after: [string, string] | undefined;
  for (;;) {
    const rows = await listProjects(postgres, context(), { limit: 3, deleted: 'false' }, after);
    const page = rows.slice(0, 3);
    paged.push(...page.map((one) => one.name));
    const last = page.at(-1);
    if (rows.length <= 3 || last === undefined) break;
    after = [last.created_at.toISOString(), last.id];
  }
  expect(paged).toEqual(whole.map((one) => one.name));
  const named = await listProjects(
    postgres,
    context(),
    { limit: 50, deleted: 'false', q: 'HOME' },
    undefined,
  );
  expect(named.map((one) => one.name)).toEqual(
    whole.map((one) => one.name).filter((name) => /home/.test(name)),
  );
  const home = { limit: 50, deleted: 'false', organization_id: ids['home'] as string } as const;
  expect(await listProjects(postgres, context(), home, undefined)).toHaveLength(3);
  const gone = await listProjects(postgres, context(), { limit: 50, deleted: 'true' }, undefined);
  expect(gone.map(({ name, role }) => ({ name, role }))).toEqual(await seen(true));
});
