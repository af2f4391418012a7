// Two tenants who know each other's ids: nothing of one is seen, changed or confirmed to exist by the other. The same
// behaviour is asked of both profiles.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samplePlanDxf } from '../../engine/plan/generator/sample.ts';
import { type Person, type TestApp, until } from '../harness/app.ts';

export function tenantsAreKeptApart(open: () => Promise<TestApp>): void {
  let t: TestApp;
  let ada: Person;
  let eve: Person;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    t = await open();
    await t.join('Admin');
    ada = await t.join('Ada');
    eve = await t.join('Eve');
    const project = await ada.post('/projects', { name: 'Ada’s project', client: { name: 'Fictional Co' } });
    ids['project'] = project.body.id;
    const plan = await ada.upload(
      `/projects/${ids['project']}/floor-plans`,
      'plan.dxf',
      samplePlanDxf(Math.floor(Math.random() * 1e6)),
    );
    expect(plan.status).toBe(201);
    ids['plan'] = plan.body.id;
    const read = await until(
      () => ada.get(`/floor-plans/${ids['plan']}`),
      (answer) => ['analyzed', 'failed'].includes(answer.body.status),
    );
    expect(read.body.processing_error).toBeNull();
    ids['space'] = (await ada.get(`/floor-plans/${ids['plan']}/spaces`)).body.items[0].id;
    const conversation = await ada.post(`/projects/${ids['project']}/conversations`);
    ids['conversation'] = conversation.body.id;
    await ada.post(`/conversations/${ids['conversation']}/messages`, {
      content: 'We are 40 people and need 36 workstations.',
    });
    const made = await ada.post(`/projects/${ids['project']}/exports`, { format: 'json' });
    expect(made.status).toBe(202);
    ids['export'] = made.body.id;
    ids['organization'] = ada.organization_id;
  });
  afterAll(() => t.close());

  describe('another tenant with the right ids', () => {
    const reads = () => [
      `/projects/${ids['project']}`,
      `/projects/${ids['project']}/collaborators`,
      `/projects/${ids['project']}/versions`,
      `/projects/${ids['project']}/floor-plans`,
      `/projects/${ids['project']}/conversations`,
      `/projects/${ids['project']}/recommendations`,
      `/projects/${ids['project']}/budget-scenarios`,
      `/projects/${ids['project']}/sustainability`,
      `/projects/${ids['project']}/events`,
      `/floor-plans/${ids['plan']}`,
      `/floor-plans/${ids['plan']}/analysis`,
      `/floor-plans/${ids['plan']}/spaces`,
      `/floor-plans/${ids['plan']}/file`,
      `/floor-plans/${ids['plan']}/edits`,
      `/floor-plans/${ids['plan']}/revisions`,
      `/floor-plans/${ids['plan']}/revisions/1/file`,
      `/floor-plans/${ids['plan']}/differences`,
      `/spaces/${ids['space']}`,
      `/conversations/${ids['conversation']}`,
      `/conversations/${ids['conversation']}/messages`,
      `/projects/${ids['project']}/exports`,
      `/projects/${ids['project']}/sif-imports`,
      `/exports/${ids['export']}`,
      `/exports/${ids['export']}/file`,
      `/organizations/${ids['organization']}`,
      `/organizations/${ids['organization']}/members`,
      `/organizations/${ids['organization']}/invitations`,
    ];

    it('finds nothing to read', async () => {
      for (const path of reads()) {
        const answer = await eve.get(path);
        expect({ path, status: answer.status }).toEqual({ path, status: 404 });
      }
    });

    it('finds nothing to change', async () => {
      const writes: [string, () => Promise<{ status: number }>][] = [
        ['project', () => eve.patch(`/projects/${ids['project']}`, { name: 'Mine now' })],
        ['delete project', () => eve.delete(`/projects/${ids['project']}`)],
        [
          'share',
          () => eve.post(`/projects/${ids['project']}/collaborators`, { email: eve.email, role: 'owner' }),
        ],
        ['version', () => eve.post(`/projects/${ids['project']}/versions`, { change_summary: 'x' })],
        ['upload', () => eve.upload(`/projects/${ids['project']}/floor-plans`, 'plan.dxf', samplePlanDxf(1))],
        ['read again', () => eve.post(`/floor-plans/${ids['plan']}/analysis`, {})],
        ['rename floor', () => eve.patch(`/floor-plans/${ids['plan']}`, { level_name: 'x' })],
        ['cancel reading', () => eve.post(`/floor-plans/${ids['plan']}/analysis/cancel`)],
        [
          'correct plan',
          () => eve.post(`/floor-plans/${ids['plan']}/edits`, { op: 'delete', space_ids: [ids['space']] }),
        ],
        ['take back', () => eve.post(`/floor-plans/${ids['plan']}/edits/undo`)],
        ['do again', () => eve.post(`/floor-plans/${ids['plan']}/edits/redo`)],
        [
          'revise plan',
          () => eve.upload(`/floor-plans/${ids['plan']}/revisions`, 'plan.dxf', samplePlanDxf(1)),
        ],
        ['restore plan', () => eve.post(`/floor-plans/${ids['plan']}/restore`)],
        ['remove plan', () => eve.delete(`/floor-plans/${ids['plan']}`)],
        ['space', () => eve.patch(`/spaces/${ids['space']}`, { name: 'x' })],
        [
          'talk',
          () => eve.post(`/conversations/${ids['conversation']}/messages`, { content: 'We are 900 people' }),
        ],
        ['recommend', () => eve.post(`/projects/${ids['project']}/recommendations`, {})],
        ['export', () => eve.post(`/projects/${ids['project']}/exports`, { format: 'json' })],
        ['link to an export', () => eve.post(`/exports/${ids['export']}/links`, {})],
        ['delete an export', () => eve.delete(`/exports/${ids['export']}`)],
        ['order file', () => eve.upload(`/projects/${ids['project']}/sif-imports`, 'a.sif', 'PN=1')],
        ['organization', () => eve.patch(`/organizations/${ids['organization']}`, { name: 'Mine now' })],
        [
          'invite',
          () =>
            eve.post(`/organizations/${ids['organization']}/invitations`, {
              email: eve.email,
              role: 'admin',
            }),
        ],
        ['member', () => eve.delete(`/organizations/${ids['organization']}/members/${ada.user_id}`)],
        [
          'project in a foreign organization',
          () => eve.post('/projects', { name: 'x', organization_id: ids['organization'] }),
        ],
      ];
      for (const [what, write] of writes)
        expect({ what, status: (await write()).status }).toEqual({ what, status: 404 });
      expect((await ada.get(`/projects/${ids['project']}`)).body.name).toBe('Ada’s project');
    });

    it('sees only their own in lists', async () => {
      expect((await eve.get('/projects')).body.items).toEqual([]);
      expect((await ada.get('/projects')).body.items.map((one: { id: string }) => one.id)).toContain(
        ids['project'],
      );
      const foreign = await eve.get(`/analytics/usage?organization_id=${ids['organization']}`);
      expect(foreign.status).toBe(404);
    });
  });

  describe('roles on a shared project', () => {
    it('let viewers read, commenters talk and editors change, until they are removed', async () => {
      const path = `/projects/${ids['project']}`;
      expect((await ada.post(`${path}/collaborators`, { email: eve.email, role: 'viewer' })).status).toBe(
        201,
      );
      expect((await eve.get(path)).body.role).toBe('viewer');
      expect((await eve.patch(path, { name: 'x' })).status).toBe(403);
      expect(
        (await eve.post(`/conversations/${ids['conversation']}/messages`, { content: 'hello' })).status,
      ).toBe(403);
      await ada.patch(`${path}/collaborators/${eve.user_id}`, { role: 'commenter' });
      const said = await eve.post(`/conversations/${ids['conversation']}/messages`, {
        content: 'Make it 90 workstations.',
      });
      expect(said.status).toBe(201);
      expect(said.body.changed).toEqual([]);
      expect((await ada.get(path)).body.requirements.workstation_count).toBe(36);
      await ada.patch(`${path}/collaborators/${eve.user_id}`, { role: 'editor' });
      expect((await eve.patch(path, { description: 'by Eve' })).status).toBe(200);
      expect((await eve.delete(path)).status).toBe(403);
      expect((await eve.patch(`${path}/collaborators/${eve.user_id}`, { role: 'owner' })).status).toBe(403);
      expect((await ada.delete(`${path}/collaborators/${eve.user_id}`)).status).toBe(204);
      expect((await eve.get(path)).status).toBe(404);
    });
  });

  describe('corrections of a plan on a shared project', () => {
    const plan = () => `/floor-plans/${ids['plan']}`;
    const changes = (who: Pick<Person, 'post' | 'patch'>): [string, () => Promise<{ status: number }>][] => [
      ['correct', () => who.post(`${plan()}/edits`, { op: 'confirm', space_ids: [ids['space']] })],
      ['take back', () => who.post(`${plan()}/edits/undo`)],
      ['do again', () => who.post(`${plan()}/edits/redo`)],
      ['read again', () => who.post(`${plan()}/analysis`, {})],
      ['cancel', () => who.post(`${plan()}/analysis/cancel`)],
      ['move floor', () => who.patch(plan(), { level_index: 0 })],
      ['restore', () => who.post(`${plan()}/restore`)],
    ];

    it('are for owners and editors; viewers and commenters read what was corrected', async () => {
      const path = `/projects/${ids['project']}/collaborators`;
      await ada.post(path, { email: eve.email, role: 'viewer' });
      for (const role of ['viewer', 'commenter']) {
        await ada.patch(`${path}/${eve.user_id}`, { role });
        for (const [what, change] of changes(eve).filter(([what]) => what !== 'restore'))
          expect({ role, what, status: (await change()).status }).toEqual({ role, what, status: 403 });
        const sent = await eve.upload(`${plan()}/revisions`, 'plan.dxf', samplePlanDxf(1));
        expect(sent.status).toBe(403);
        expect((await eve.get(`${plan()}/edits`)).status).toBe(200);
        expect((await eve.get(`${plan()}/revisions`)).body.items).toHaveLength(1);
        expect((await eve.get(`${plan()}/revisions/1/file`)).status).toBe(200);
      }
      await ada.delete(`${path}/${eve.user_id}`);
    });

    it('ask for a sign-in', async () => {
      for (const [what, change] of changes(t.anonymous))
        expect({ what, status: (await change()).status }).toEqual({ what, status: 401 });
      for (const part of ['edits', 'revisions', 'revisions/1/file', 'differences'])
        expect((await t.anonymous.get(`${plan()}/${part}`)).status).toBe(401);
    });
  });

  describe('row security', () => {
    it('is forced on every table that belongs to somebody', async () => {
      const open = new Set([
        'products',
        'product_variants',
        'product_relationships',
        'product_prices',
        'catalog_imports',
        'catalog_statistics',
        'schema_migrations',
      ]);
      const tables = await sql<{ name: string; forced: boolean }>`
      select relname as name, relrowsecurity and relforcerowsecurity as forced
      from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`.execute(
        t.app.deps.postgres.owner,
      );
      const unguarded = tables.rows
        .filter((table) => !table.forced && !open.has(table.name))
        .map((table) => table.name);
      expect(tables.rows.length).toBeGreaterThan(22);
      expect(unguarded).toEqual([]);
    });

    it('shows nothing without a context, and only one’s own with one', async () => {
      const { postgres } = t.app.deps;
      const tables = [
        'users',
        'projects',
        'floor_plans',
        'spaces',
        'floor_plan_edits',
        'floor_plan_revisions',
        'conversations',
        'conversation_messages',
        'organizations',
        'organization_members',
        'sessions',
        'audit_log',
      ] as const;
      await postgres.owner.transaction().execute(async (tx) => {
        await sql`select set_config('role', 'ofs_app', true)`.execute(tx);
        for (const table of tables) {
          const rows = await sql`select 1 from ${sql.table(table)}`
            .execute(tx)
            .catch((error: { code: string }) => ({ rows: error.code === '42501' ? [] : [error] }));
          expect({ table, rows: rows.rows.length }).toEqual({ table, rows: 0 });
        }
      });
      const seen = await postgres.withContext({ user_id: eve.user_id }, (tx) =>
        tx.selectFrom('spaces').select('id').execute(),
      );
      expect(seen).toEqual([]);
      const own = await postgres.withContext({ user_id: ada.user_id }, (tx) =>
        tx.selectFrom('spaces').select('id').execute(),
      );
      expect(own.length).toBeGreaterThan(3);
    });

    it('does not leak the context of one transaction into the next on the same connection', async () => {
      const { postgres } = t.app.deps;
      await postgres.withContext({ user_id: ada.user_id }, async () => undefined);
      const after = await sql<{
        user: string | null;
        role: string;
      }>`select current_setting('app.user_id', true) as user, current_setting('role') as role`.execute(
        postgres.owner,
      );
      expect(after.rows[0]?.user ?? '').toBe('');
      expect(after.rows[0]?.role).toBe('none');
    });

    it('keeps people from writing rows into somebody else’s project even past the services', async () => {
      const { postgres } = t.app.deps;
      const write = postgres.withContext({ user_id: eve.user_id }, (tx) =>
        tx
          .insertInto('spaces')
          .values({ floor_plan_id: ids['plan'] as string, project_id: ids['project'] as string })
          .execute(),
      );
      await expect(write).rejects.toMatchObject({ code: '42501' });
      const audit = postgres.withContext({ user_id: eve.user_id }, (tx) =>
        tx.insertInto('audit_log').values({ actor_id: ada.user_id, action: 'forged' }).execute(),
      );
      await expect(audit).rejects.toMatchObject({ code: '42501' });
    });
  });
}
