// The administration: for administrators alone; what it shows is true, what it changes takes hold at once and is written down.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openTestApp, type Person, type TestApp, until } from '../../../test/harness/app.ts';
import type { JobKind } from '../../platform/jobs.ts';

const Doomed: JobKind<{ project_id: string }> = {
  name: 'send_mail',
  payload: z.object({ project_id: z.string() }) as never,
  retries: 0,
  concurrency: 1,
  expire_seconds: 60,
};

let t: TestApp;
let admin: Person;
let ada: Person;
beforeAll(async () => {
  t = await openTestApp();
  admin = await t.join('Admin');
  ada = await t.join('Ada');
});
afterAll(() => t.close());

const audited = async (action: string) =>
  await t.app.deps.postgres.asSystem((tx) =>
    tx.selectFrom('audit_log').selectAll().where('action', '=', action).execute(),
  );

describe('the administration', () => {
  it('is closed to everyone else', async () => {
    const paths = [
      'overview',
      'users',
      'organizations',
      'jobs',
      'event-dead-letters',
      'migrations',
      'storage',
    ];
    for (const path of paths) {
      expect((await ada.get(`/admin/${path}`)).status).toBe(403);
      expect((await t.anonymous.get(`/admin/${path}`)).status).toBe(401);
      expect((await admin.get(`/admin/${path}`)).status).toBe(200);
    }
    for (const verb of ['suspend', 'reactivate', 'end-sessions'])
      expect((await ada.post(`/admin/users/${admin.user_id}/${verb}`)).status).toBe(403);
    expect((await ada.post(`/admin/jobs/dead-letters/${randomUUID()}/replay`)).status).toBe(403);
    expect((await ada.delete(`/admin/jobs/dead-letters/${randomUUID()}`)).status).toBe(403);
    expect(
      (await ada.patch(`/admin/organizations/${ada.organization_id}`, { subscription_tier: 'enterprise' }))
        .status,
    ).toBe(403);
  });

  it('tells the state of every store', async () => {
    const { body } = await admin.get('/admin/overview');
    expect(body.status).toBe('ok');
    expect(body.stores.map((one: { name: string; state: string }) => [one.name, one.state])).toEqual(
      ['postgres', 'clickhouse', 'kv', 'files', 'schema', 'jobs'].map((name) => [name, 'ok']),
    );
    expect(body.counts.users).toBe(2);
    expect(body.events.mode).toBe('journal');
  });

  it('suspends a person: every session ends at once, and reactivation lets them in again', async () => {
    expect((await ada.get('/auth/me')).status).toBe(200);
    const suspended = await admin.post(`/admin/users/${ada.user_id}/suspend`);
    expect(suspended.body).toMatchObject({ status: 'suspended', sessions: 0 });
    expect((await ada.get('/auth/me')).status).toBe(401);
    const signIn = () => t.anonymous.post('/auth/login', { email: ada.email, password: ada.password });
    expect((await signIn()).status).not.toBe(200);
    const found = await admin.get(`/admin/users?status=suspended&q=${encodeURIComponent(ada.email)}`);
    expect(found.body.items.map((one: { id: string }) => one.id)).toEqual([ada.user_id]);
    expect((await admin.post(`/admin/users/${ada.user_id}/reactivate`)).body.status).toBe('active');
    expect((await signIn()).status).toBe(200);
    expect((await audited('admin.user_suspended')).map((row) => row.actor_id)).toEqual([admin.user_id]);
    expect((await admin.post(`/admin/users/${admin.user_id}/suspend`)).status).toBe(409);
    expect((await admin.post(`/admin/users/${randomUUID()}/suspend`)).status).toBe(404);
  });

  it('a suspension ends API tokens for good and tells every process; reactivation takes a closing back', async () => {
    const eve = await t.join('Eve');
    const token = await eve.post('/api-tokens', {
      name: 'Script',
      scopes: ['read'],
      expires_in_days: 7,
    });
    expect(token.status).toBe(201);
    const withToken = () => t.anonymous.get('/projects', { authorization: `Bearer ${token.body.token}` });
    expect((await withToken()).status).toBe(200);
    let told = 0;
    const unsubscribe = await t.app.deps.kv.subscribe(`access:${eve.user_id}`, () => {
      told += 1;
    });
    await admin.post(`/admin/users/${eve.user_id}/suspend`);
    expect((await withToken()).status).toBe(401);
    const suspended = (await audited('admin.user_suspended')).map((row) => row.detail);
    expect(suspended).toContainEqual({ user_id: eve.user_id, sessions_ended: 1, tokens_revoked: 1 });
    await admin.post(`/admin/users/${eve.user_id}/reactivate`);
    expect((await withToken()).status).toBe(401);
    const signIn = () =>
      t.server.inject({
        method: 'POST',
        url: '/api/v1/auth/login',
        payload: { email: eve.email, password: eve.password },
      });
    const cookie = String((await signIn()).headers['set-cookie']).split(';')[0] ?? '';
    const closed = await t.anonymous.post(
      '/auth/close-account',
      { email: eve.email, password: eve.password, delete: true },
      { cookie },
    );
    expect(closed.status).toBe(200);
    const closings = () =>
      t.app.deps.postgres.asSystem((tx) =>
        tx.selectFrom('account_closures').selectAll().where('user_id', '=', eve.user_id).execute(),
      );
    expect(await closings()).toHaveLength(1);
    expect((await admin.post(`/admin/users/${eve.user_id}/reactivate`)).body.status).toBe('active');
    expect(await closings()).toEqual([]);
    expect((await signIn()).statusCode).toBe(200);
    await until(
      async () => ({ status: told, body: null, headers: {} }),
      ({ status }) => status >= 4,
      10,
    );
    await unsubscribe();
  });

  it('changes an organization’s tier, and writes down from what to what', async () => {
    const path = `/admin/organizations/${ada.organization_id}`;
    const changed = await admin.patch(path, { subscription_tier: 'enterprise' });
    expect(changed.body).toMatchObject({ id: ada.organization_id, subscription_tier: 'enterprise' });
    expect((await admin.patch(path, {})).status).toBe(400);
    expect((await admin.patch(path, { subscription_tier: 'gold' })).status).toBe(400);
    expect(
      (await admin.patch(`/admin/organizations/${randomUUID()}`, { subscription_tier: 'free' })).status,
    ).toBe(404);
    expect((await audited('admin.organization_changed'))[0]?.detail).toMatchObject({
      before: { tier: 'free' },
      change: { subscription_tier: 'enterprise' },
    });
  });

  it('lists who calls themselves a dealer, confirms them and takes it back; only it makes the maker’s own', async () => {
    const dot = await t.join('Dot');
    const [own, path] = [
      `/organizations/${dot.organization_id}`,
      `/admin/organizations/${dot.organization_id}`,
    ];
    const waiting = async () =>
      (await admin.get('/admin/organizations?unconfirmed_dealers=true')).body.items.map(
        (one: { id: string }) => one.id,
      );
    expect(await waiting()).toEqual([]);
    expect((await dot.patch(own, { type: 'dealer' })).status).toBe(200);
    expect(await waiting()).toEqual([dot.organization_id]);
    expect((await admin.patch(path, { price_access: 'dealer' })).body.price_access).toBe('dealer');
    expect(await waiting()).toEqual([]);
    expect((await audited('admin.organization_changed')).map((row) => row.detail)).toContainEqual({
      before: expect.objectContaining({ price_access: 'list' }),
      change: { price_access: 'dealer' },
    });
    const maker = await admin.patch(path, { price_access: 'maker' });
    expect(maker.body).toMatchObject({ type: 'ofs_internal', price_access: 'maker' });
    expect((await dot.patch(own, { type: 'corporate' })).status).toBe(403);
    expect((await admin.patch(path, { price_access: 'list' })).body).toMatchObject({
      type: null,
      price_access: 'list',
    });
    expect((await dot.patch(own, { type: 'corporate' })).body.price_access).toBe('list');
  });

  it('shows dead letters without personal data, runs them again and discards them', async () => {
    const project_id = randomUUID();
    await t.app.deps.postgres.asSystem((tx) => t.app.deps.jobs.enqueue(tx, Doomed, { project_id }));
    // No mail, and so refused by its handler every time: the tries are used up at once.
    await t.app.deps.postgres.pool.query("update pgboss.job set retry_limit = 0 where name = 'send_mail'");
    const letters = await until(
      () => admin.get('/admin/jobs?which=dead'),
      (answer) => answer.body.items.length === 1,
    );
    const [letter] = letters.body.items;
    expect(letter).toMatchObject({ queue: 'send_mail', subject: { project_id } });
    expect(letter.error).not.toBe(null);
    expect((await admin.post(`/admin/jobs/dead-letters/${letter.id}/replay`)).body).toEqual({
      queue: 'send_mail',
    });
    await t.app.deps.postgres.pool.query("update pgboss.job set retry_limit = 0 where name = 'send_mail'");
    const again = await until(
      () => admin.get('/admin/jobs?which=dead'),
      (answer) => answer.body.items.length === 1 && answer.body.items[0].id !== letter.id,
    );
    const id = again.body.items[0].id;
    expect((await admin.delete(`/admin/jobs/dead-letters/${id}`)).status).toBe(204);
    expect((await admin.delete(`/admin/jobs/dead-letters/${id}`)).status).toBe(404);
    expect((await admin.get('/admin/jobs?which=dead')).body.items).toEqual([]);
    expect(await audited('admin.job_replayed')).toHaveLength(1);
    expect(await audited('admin.job_discarded')).toHaveLength(1);
  });

  it('counts queues and events for the metrics', async () => {
    const text = (await t.server.inject('/metrics')).body;
    for (const name of [
      'ofs_jobs{',
      'ofs_job_oldest_seconds{',
      'ofs_events_lag_seconds',
      'ofs_event_dead_letters',
    ])
      expect(text).toContain(name);
  });
});
