import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  GENERAL_PERMISSIONS,
  GRANT_ROLES,
  ORGANIZATION_PERMISSIONS,
  ORGANIZATION_ROLE_OF_GRANT,
  ORGANIZATION_ROLES,
  organizationRoleMay,
  PROJECT_PERMISSIONS,
  PROJECT_ROLE_OF_GRANT,
  PROJECT_ROLE_OF_ORGANIZATION_ROLE,
} from '../../../contract/permissions.ts';
import { PLAN_LIMITS } from '../../../contract/plans.ts';
import { openTestApp, type Person, type TestApp } from '../../../test/harness/app.ts';

let t: TestApp;
let olga: Person;
let org: string;
beforeAll(async () => {
  t = await openTestApp();
  await t.join('First');
  olga = await t.join('Olga');
  org = olga.organization_id;
  await system((tx) =>
    tx.updateTable('organizations').set({ subscription_tier: 'enterprise' }).where('id', '=', org).execute(),
  );
});
afterAll(() => t.close());

const system = <T>(fn: Parameters<typeof t.app.deps.postgres.asSystem<T>>[0]) =>
  t.app.deps.postgres.asSystem(fn);
const path = (rest = '') => `/organizations/${org}${rest}`;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
async function member(role: string, name = 'Mia'): Promise<Person> {
  const person = await t.join(name);
  await system((tx) =>
    tx
      .insertInto('organization_members')
      .values({ organization_id: org, user_id: person.user_id, role })
      .execute(),
  );
  return person;
}
const newProject = async (name: string) =>
  (await olga.post('/projects', { name, organization_id: org })).body.id as string;
const grant = (who: Person, role: string, resource_type: string, resource_id: string, seconds?: number) =>
  olga.post(path('/grants'), {
    email: who.email,
    role,
    resource_type,
    resource_id,
    ...(seconds === undefined ? {} : { expires_at: new Date(Date.now() + seconds * 1000).toISOString() }),
  });

describe('the permission table', () => {
  it('is what row security says, for every role of an organization and every grant', async () => {
    const project = await newProject('Table');
    const ask = async (who: Person) => {
      const { rows } = await t.app.deps.postgres.withContext(who, async (tx) => {
        const { sql } = await import('kysely');
        return await sql<{ project: string; organization: string }>`
          select app_project_role(${project}) as project, app_organization_role(${org}) as organization`.execute(
          tx,
        );
      });
      return rows[0];
    };
    for (const role of ORGANIZATION_ROLES)
      expect(await ask(await member(role))).toEqual({
        organization: role,
        project: PROJECT_ROLE_OF_ORGANIZATION_ROLE[role],
      });
    const team = (await olga.post(path('/teams'), { name: 'Table', project_ids: [project] })).body.id;
    for (const role of GRANT_ROLES) {
      const guest = await t.join('Guest');
      expect(await ask(guest)).toEqual({ organization: null, project: null });
      expect((await grant(guest, role, 'organization', org)).status).toBe(201);
      expect((await ask(guest))?.organization).toBe(ORGANIZATION_ROLE_OF_GRANT[role]);
      for (const [scope, id] of [
        ['project', project],
        ['team', team],
      ] as const) {
        const other = await t.join('Guest');
        expect((await grant(other, role, scope, id)).status).toBe(201);
        expect(await ask(other)).toEqual({ organization: null, project: PROJECT_ROLE_OF_GRANT[role] });
      }
    }
    await olga.delete(path(`/teams/${team}`));
  });

  it('is what the routes of an organization do', async () => {
    const acts: Record<keyof typeof ORGANIZATION_PERMISSIONS, (who: Person) => Promise<{ status: number }>> =
      {
        'organization:read': (who) => who.get(path()),
        'organization:create_project': (who) => who.post('/projects', { name: 'x', organization_id: org }),
        'organization:manage': (who) => who.patch(path(), { phone: '555' }),
        'organization:own': (who) => who.post(path('/transfer-ownership'), { user_id: who.user_id }),
      };
    for (const role of ORGANIZATION_ROLES) {
      const who = await member(role);
      for (const [permission, act] of Object.entries(acts)) {
        const { status } = await act(who);
        const may = organizationRoleMay(role, permission as keyof typeof ORGANIZATION_PERMISSIONS);
        // An owner may transfer, only not to themselves.
        const expected = may ? [200, 201, 409] : [403, 404];
        expect([role, permission, expected.includes(status)]).toEqual([role, permission, true]);
      }
    }
  });
});

describe('grants', () => {
  it('end at their time, at once, with the browser open', async () => {
    const project = await newProject('Short');
    const guest = await t.join('Gil');
    const made = await grant(guest, 'contributor', 'project', project, 1.5);
    expect(made.body).toMatchObject({ email: guest.email, resource_name: 'Short', role: 'contributor' });
    expect((await guest.patch(`/projects/${project}`, { name: 'Short 2' })).status).toBe(200);
    await wait(1600);
    expect((await guest.get(`/projects/${project}`)).status).toBe(404);
    expect((await guest.patch(`/projects/${project}`, { name: 'x' })).status).toBe(404);
    expect((await grant(guest, 'viewer', 'project', project, -5)).status).toBe(400);
  });

  it('on an organization open it, and are taken back', async () => {
    const guest = await t.join('Gil');
    const { body } = await grant(guest, 'viewer', 'organization', org);
    expect((await guest.get('/organizations')).body.items.map((each: { id: string }) => each.id)).toContain(
      org,
    );
    expect((await guest.get(path())).body.role).toBe('viewer');
    expect((await guest.patch(path(), { name: 'x' })).status).toBe(403);
    const seen = (await guest.get('/projects?limit=200')).body.items.map(({ id }: { id: string }) => id);
    const owned = (await olga.get('/projects?limit=200')).body.items.map(({ id }: { id: string }) => id);
    expect(seen).toEqual(owned);
    expect((await grant(guest, 'viewer', 'organization', org)).status).toBe(409);
    expect((await olga.delete(path(`/grants/${body.id}`))).status).toBe(204);
    expect((await guest.get(path())).status).toBe(404);
  });

  it('on a team open its projects, as long as they are its', async () => {
    const one = await newProject('One');
    const two = await newProject('Two');
    const team = (await olga.post(path('/teams'), { name: 'West', project_ids: [one] })).body.id;
    const guest = await t.join('Gil');
    await grant(guest, 'viewer', 'team', team);
    expect((await guest.get(`/projects/${one}`)).status).toBe(200);
    expect((await guest.get(`/projects/${two}`)).status).toBe(404);
    const put = await t.server.inject({
      method: 'PUT',
      url: `/api/v1${path(`/teams/${team}`)}`,
      headers: { cookie: olga.cookie },
      payload: { name: 'West', project_ids: [two] },
    });
    expect(put.statusCode).toBe(204);
    expect((await guest.get(`/projects/${one}`)).status).toBe(404);
    expect((await guest.get(`/projects/${two}`)).status).toBe(200);
    const listed = (await guest.get('/projects')).body.items;
    expect(listed.map(({ id, role }: { id: string; role: string }) => [id, role])).toEqual([[two, 'viewer']]);
    expect((await olga.delete(path(`/teams/${team}`))).status).toBe(204);
    expect((await guest.get(`/projects/${two}`)).status).toBe(404);
  });

  it('are out of reach of other organizations and of members without the right', async () => {
    const eve = await t.join('Eve');
    const hers = (await eve.post('/projects', { name: 'Hers' })).body.id;
    const project = await newProject('Mine');
    const team = (await olga.post(path('/teams'), { name: 'Own', project_ids: [] })).body.id;
    const { body } = await grant(await t.join('Gil'), 'viewer', 'project', project);
    const viewer = await member('viewer');
    const foreign = `/organizations/${eve.organization_id}`;
    for (const [who, status] of [
      [eve, 404],
      [viewer, 403],
    ] as const) {
      expect((await who.get(path('/grants'))).status).toBe(status);
      expect(
        (
          await who.post(path('/grants'), {
            email: who.email,
            role: 'admin',
            resource_type: 'organization',
            resource_id: org,
          })
        ).status,
      ).toBe(status);
      expect((await who.delete(path(`/grants/${body.id}`))).status).toBe(status);
      expect((await who.post(path('/teams'), { name: 'x' })).status).toBe(status);
      expect((await who.delete(path(`/teams/${team}`))).status).toBe(status);
      expect((await who.get(path('/audit-log'))).status).toBe(status);
      expect((await who.get(path('/audit-log.csv'))).status).toBe(status);
    }
    // Under her own organization's address another one's ids are not found.
    expect((await eve.delete(`${foreign}/grants/${body.id}`)).status).toBe(404);
    expect((await eve.delete(`${foreign}/teams/${team}`)).status).toBe(404);
    for (const [resource_type, resource_id] of [
      ['project', project],
      ['team', team],
      ['organization', org],
    ])
      expect(
        (await eve.post(`${foreign}/grants`, { email: eve.email, role: 'admin', resource_type, resource_id }))
          .status,
      ).toBe(404);
    expect((await eve.post(`${foreign}/teams`, { name: 'x', project_ids: [project] })).status).toBe(400);
    expect((await olga.post(path('/teams'), { name: 'y', project_ids: [hers] })).status).toBe(400);
  });
});

describe('costs', () => {
  it('are for confirmed dealers and the maker who edit the project, not for whoever calls their organization a dealer', async () => {
    const { sql } = await import('kysely');
    const firm = await t.join('Fay');
    const project = (await firm.post('/projects', { name: 'Costs' })).body.id;
    const setType = (who: Person, type: string) =>
      system((tx) =>
        tx.updateTable('organizations').set({ type }).where('id', '=', who.organization_id).execute(),
      );
    await setType(firm, 'design_firm');
    const sees = async (who: Person) =>
      (
        await t.app.deps.postgres.withContext(who, (tx) =>
          sql<{ may: boolean }>`select app_may_see_cost(${project}) as may`.execute(tx),
        )
      ).rows[0]?.may;
    const dealer = await t.join('Dana');
    await setType(dealer, 'dealer');
    const client = await t.join('Cleo');
    await setType(client, 'corporate');
    expect([await sees(firm), await sees(dealer), await sees(client)]).toEqual([false, false, false]);
    const share = (who: Person, role: string) =>
      firm.post(`/projects/${project}/collaborators`, { email: who.email, role });
    await share(dealer, 'viewer');
    await share(client, 'editor');
    expect([await sees(dealer), await sees(client)]).toEqual([false, false]);
    await firm.patch(`/projects/${project}/collaborators/${dealer.user_id}`, { role: 'editor' });
    expect(await sees(dealer)).toBe(false);
    await system((tx) =>
      tx
        .updateTable('organizations')
        .set({ dealer_confirmed_at: new Date() })
        .where('id', '=', dealer.organization_id)
        .execute(),
    );
    expect(await sees(dealer)).toBe(true);
  });
});

describe('members', () => {
  it('are invited by mail, join once, and the last owner stays', async () => {
    const ada = await t.join('Ada');
    const eve = await t.join('Eve');
    const invited = await olga.post(path('/invitations'), { email: ada.email, role: 'member' });
    expect((await eve.post('/invitations/accept', { token: invited.body.token })).status).toBe(400);
    expect((await ada.post('/invitations/accept', { token: invited.body.token })).status).toBe(200);
    expect((await ada.post('/invitations/accept', { token: invited.body.token })).status).toBe(400);
    const own = ada.organization_id;
    expect((await ada.delete(`/organizations/${own}/members/${ada.user_id}`)).status).toBe(409);
    expect((await olga.delete(path(`/members/${ada.user_id}`))).status).toBe(204);
    expect((await ada.get(path())).status).toBe(404);
  });

  it('who are removed keep nothing: neither roles given by name, nor projects, nor a way back in', async () => {
    const mia = await member('admin');
    const hers = (await mia.post('/projects', { name: 'Made by Mia', organization_id: org })).body.id;
    const shared = await newProject('Shared with Mia');
    await olga.post(`/projects/${shared}/collaborators`, { email: mia.email, role: 'owner' });
    const team = (await olga.post(path('/teams'), { name: 'East', project_ids: [shared] })).body.id;
    // Given to oneself, before leaving.
    for (const [scope, id] of [
      ['organization', org],
      ['project', hers],
      ['team', team],
    ])
      expect(
        (
          await mia.post(path('/grants'), {
            email: mia.email,
            role: 'admin',
            resource_type: scope,
            resource_id: id,
          })
        ).status,
      ).toBe(201);
    const ghost = await t.join('Gil');
    const kept = await mia.post(path('/invitations'), { email: ghost.email, role: 'admin' });
    expect((await olga.delete(path(`/members/${mia.user_id}`))).status).toBe(204);
    for (const address of [path(), `/projects/${hers}`, `/projects/${shared}`])
      expect({ address, status: (await mia.get(address)).status }).toEqual({ address, status: 404 });
    expect((await ghost.post('/invitations/accept', { token: kept.body.token })).status).toBe(400);
    expect((await olga.get(`/projects/${hers}`)).body).toMatchObject({
      role: 'owner',
      owner_id: olga.user_id,
    });
    const [entry] = (await olga.get(path('/audit-log?action=member.removed'))).body.items;
    expect(entry.detail).toEqual({
      user_id: mia.user_id,
      grants_ended: 3,
      collaborations_ended: 1,
      projects_handed_over: 1,
      invitations_revoked: 1,
    });
  });

  it('who leave hand their projects to the oldest owner', async () => {
    const mia = await member('viewer');
    const hers = await newProject('Given to Mia');
    await system((tx) =>
      tx.updateTable('projects').set({ owner_id: mia.user_id }).where('id', '=', hers).execute(),
    );
    expect((await mia.delete(path(`/members/${mia.user_id}`))).status).toBe(204);
    expect((await mia.get(`/projects/${hers}`)).status).toBe(404);
    expect((await olga.get(`/projects/${hers}`)).body.owner_id).toBe(olga.user_id);
  });

  it('who are made less are it at once, also beside a role given by name; their invitations end', async () => {
    const mia = await member('admin');
    await mia.post(path('/grants'), {
      email: mia.email,
      role: 'admin',
      resource_type: 'organization',
      resource_id: org,
    });
    const ghost = await t.join('Gil');
    const kept = await mia.post(path('/invitations'), { email: ghost.email, role: 'admin' });
    expect((await olga.patch(path(`/members/${mia.user_id}`), { role: 'viewer' })).status).toBe(204);
    expect((await mia.get(path())).body.role).toBe('viewer');
    expect((await mia.get(path('/audit-log'))).status).toBe(403);
    expect((await ghost.post('/invitations/accept', { token: kept.body.token })).status).toBe(400);
  });

  it('hand ownership over in one step', async () => {
    const dan = await t.join('Dan');
    const heir = await t.join('Hedy');
    const invited = await dan.post(`/organizations/${dan.organization_id}/invitations`, {
      email: heir.email,
    });
    await heir.post('/invitations/accept', { token: invited.body.token });
    const address = `/organizations/${dan.organization_id}/transfer-ownership`;
    expect((await heir.post(address, { user_id: heir.user_id })).status).toBe(403);
    expect((await dan.post(address, { user_id: olga.user_id })).status).toBe(404);
    expect((await dan.post(address, { user_id: heir.user_id })).status).toBe(204);
    const roles = (await heir.get(`/organizations/${dan.organization_id}/members`)).body.items;
    expect(
      Object.fromEntries(roles.map((each: { user_id: string; role: string }) => [each.user_id, each.role])),
    ).toEqual({
      [heir.user_id]: 'owner',
      [dan.user_id]: 'admin',
    });
  });
});

describe('the plan', () => {
  it('is shown with what is used, and ends with one sentence where it is full', async () => {
    const sam = await t.join('Sam');
    const address = `/organizations/${sam.organization_id}`;
    const left = (PLAN_LIMITS.free.members ?? 0) - 1;
    for (let i = 0; i < left; i++)
      expect((await sam.post(`${address}/invitations`, { email: `guest${i}@example.com` })).status).toBe(201);
    const full = await sam.post(`${address}/invitations`, { email: 'one.more@example.com' });
    expect(full.status).toBe(402);
    expect(full.body).toMatchObject({
      type: '/problems/plan-limit',
      detail:
        'The free plan has 10 members and open invitations; ask the organization’s owner for a larger plan.',
    });
    const plan = await sam.get(`${address}/plan`);
    expect(plan.body).toMatchObject({ tier: 'free' });
    expect(plan.body.measures).toContainEqual({ measure: 'members', used: 10, limit: 10 });
    await system((tx) =>
      tx
        .updateTable('organizations')
        .set({ subscription_tier: 'professional' })
        .where('id', '=', sam.organization_id)
        .execute(),
    );
    expect((await sam.post(`${address}/invitations`, { email: 'one.more@example.com' })).status).toBe(201);
    // Nobody raises their own plan.
    await sam.patch(address, { subscription_tier: 'enterprise' });
    expect((await sam.get(address)).body.subscription_tier).toBe('professional');
    expect((await olga.get(`${address}/plan`)).status).toBe(404);
  });
});

describe('the audit log', () => {
  it('shows administrators what happened in their organization, filtered, paged and as CSV', async () => {
    const ada = await t.join('Ada');
    const address = `/organizations/${ada.organization_id}`;
    await ada.patch(address, { phone: '1' });
    await ada.post(`${address}/invitations`, { email: 'someone@example.com' });
    const first = (await ada.get(`${address}/audit-log?limit=1`)).body;
    expect(first.items[0]).toMatchObject({ action: 'invitation.created', actor_email: ada.email });
    const rest = (await ada.get(`${address}/audit-log?cursor=${first.next_cursor}`)).body;
    expect(rest.items.map((each: { action: string }) => each.action)).toEqual(['organization.updated']);
    expect((await ada.get(`${address}/audit-log?action=invitation`)).body.items).toHaveLength(1);
    expect(
      (await ada.get(`${address}/audit-log?action=organization.updated&to=2020-01-01T00:00:00Z`)).body.items,
    ).toEqual([]);
    await system((tx) =>
      tx
        .insertInto('audit_log')
        .values({ action: 'test.formula', organization_id: ada.organization_id, request_id: '=1+1' })
        .execute(),
    );
    const csv = await ada.get(`${address}/audit-log.csv`);
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(String(csv.body).split('\r\n')[0]).toBe(
      'created_at,action,actor_email,actor_id,project_id,ip_address,request_id,detail',
    );
    expect(csv.body).toContain("'=1+1");
    expect((await ada.get('/admin/audit-log')).status).toBe(403);
  });
});

it('what the OpenAPI document asks of callers stands in the permission table', async () => {
  const document = (await t.anonymous.get('/api/openapi.json')).body;
  const operations = Object.values(document.paths as Record<string, Record<string, Record<string, unknown>>>)
    .flatMap((item) => Object.values(item))
    .filter((operation) => operation['x-permission'] !== undefined);
  const known: unknown[] = [
    ...GENERAL_PERMISSIONS,
    ...Object.keys(PROJECT_PERMISSIONS),
    ...Object.keys(ORGANIZATION_PERMISSIONS),
  ];
  expect(operations.length).toBeGreaterThan(45);
  for (const operation of operations) {
    expect(known).toContain(operation['x-permission']);
    const open = Array.isArray(operation['security']) && operation['security'].length === 0;
    expect([operation['operationId'], open]).toEqual([
      operation['operationId'],
      operation['x-permission'] === 'public',
    ]);
  }
});
