import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../test/harness/app.ts';
import { relayOnce } from './relay.ts';

let t: TestApp;
let admin: Person;
let ada: Person;
beforeAll(async () => {
  t = await openTestApp();
  admin = await t.join('Admin');
  ada = await t.join('Ada');
});
afterAll(() => t.close());

const today = () => new Date().toISOString().slice(0, 10);
const view = (session_id: string) => ({
  event_name: 'page_view',
  event_type: 'page_view',
  session_id,
  page_url: 'http://localhost/projects',
});

/** Everything that was written so far has reached ClickHouse. */
async function settle(): Promise<void> {
  while ((await relayOnce(t.app.deps.postgres, t.app.deps.events)) > 0);
  await t.app.deps.events.drain();
}

describe('events', () => {
  it('are taken from browsers with or without an account, and counted once however often they are sent', async () => {
    const session = randomUUID();
    const event = { ...view(session), event_id: randomUUID() };
    for (let i = 0; i < 3; i++) expect((await ada.post('/events', { events: [event] })).status).toBe(202);
    expect((await t.anonymous.post('/events', { events: [view(randomUUID())] })).status).toBe(202);
    await settle();
    const rows = await t.app.deps.clickhouse.query<{
      count: number;
      user_id: string | null;
      ip_address: string;
    }>(
      'SELECT count() AS count, any(user_id) AS user_id, any(ip_address) AS ip_address FROM events WHERE session_id = {session:UUID}',
      { session },
    );
    expect(rows[0]).toMatchObject({ count: 1, user_id: ada.user_id, ip_address: '127.0.0.0' });
  });

  it('say which entries were not taken and why, and take the rest', async () => {
    const answer = await ada.post('/events', {
      events: [view(randomUUID()), { event_name: 'No Good', session_id: 'x' }],
      product_views: [{ product_id: 'x' }],
    });
    expect(answer.status).toBe(202);
    expect(answer.body.accepted).toBe(1);
    expect(
      answer.body.rejected.map((one: { stream: string; index: number }) => [one.stream, one.index]),
    ).toEqual([
      ['events', 1],
      ['product_views', 0],
    ]);
    const tooMany = await ada.post('/events', {
      events: Array.from({ length: 1001 }, () => view(randomUUID())),
    });
    expect(tooMany.status).toBe(400);
  });

  it('of a change that was rolled back never happened', async () => {
    await ada.post('/projects', { name: 'x', organization_id: randomUUID() });
    await settle();
    const rows = await t.app.deps.clickhouse.query<{ count: number }>(
      "SELECT count() AS count FROM events WHERE event_name = 'project_created' AND user_id = {user:UUID}",
      { user: ada.user_id },
    );
    expect(rows[0]?.count).toBe(0);
  });
});

describe('the charts', () => {
  it('show usage, funnel and demand of one’s own organization, and of all to an administrator', async () => {
    const session = randomUUID();
    await ada.post('/events', { events: [view(session), view(session)] });
    const product = await admin.post('/products', {
      sku: 'AN-1',
      name: 'Analytics chair',
      category: 'seating',
      list_price: 100,
    });
    expect(product.status).toBe(201);
    await ada.post('/events', {
      product_views: [
        { product_id: product.body.id, session_id: session, viewed_from: 'search', view_duration_seconds: 4 },
      ],
    });
    await ada.post('/projects', { name: 'Counted' });
    await settle();
    const usage = await ada.get('/analytics/usage');
    expect(usage.status).toBe(200);
    const day = usage.body.rows.find((row: { date: string }) => row.date === today());
    expect(day.page_views).toBeGreaterThanOrEqual(2);
    expect(day.actions).toBeGreaterThanOrEqual(1);
    expect(day.sessions).toBeGreaterThanOrEqual(1);
    const funnel = await ada.get('/analytics/funnel');
    expect(funnel.body.rows[0]).toMatchObject({ step: 'created', projects: 1, share_of_first: 1 });
    const demand = await ada.get('/analytics/demand');
    expect(demand.body.products).toEqual([expect.objectContaining({ sku: 'AN-1', views: 1, people: 1 })]);
    const eve = await t.join('Eve');
    expect((await eve.get('/analytics/demand')).body.products).toEqual([]);
    expect((await eve.get('/analytics/funnel')).body.rows[0].projects).toBe(0);
    expect((await admin.get('/analytics/demand')).body.products).toHaveLength(1);
  });

  it('refuse periods that make no sense', async () => {
    expect((await ada.get('/analytics/usage?from=2026-05-02&to=2026-05-01')).status).toBe(400);
    expect((await ada.get('/analytics/usage?from=1990-05-02')).status).toBe(400);
    expect((await ada.get('/analytics/usage?from=yesterday')).status).toBe(400);
  });
});
