import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../test/harness/app.ts';
import { completed, relayOnce } from './relay.ts';

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

  it('that were refused are taken in anew once they can be, once, and never as the server’s own word', async () => {
    const [mark, old, session, project] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    // Refused by an older release, as an administrator finds them: one kind of entry that is valid today, one that is not,
    // and one that would pass for a row of the server.
    const received_at = new Date(Date.now() - 40 * 86_400_000);
    const letter = (payload: object, more: object = {}) => ({
      stream: 'events',
      reason: `refused ${mark}`,
      payload: JSON.stringify(payload),
      user_id: ada.user_id,
      organization_id: ada.organization_id,
      received_at: received_at.toISOString(),
      ...more,
    });
    const entry = { ...view(session), event_id: old, timestamp: received_at.toISOString() };
    const forged = {
      event_id: randomUUID(),
      event_name: 'project_approved',
      event_type: 'action',
      session_id: session,
      project_id: project,
      user_id: admin.user_id,
      properties: '{}',
      timestamp: received_at.toISOString(),
    };
    const own = { ...forged, event_id: randomUUID(), event_name: 'project_completed', user_id: ada.user_id };
    const { clickhouse, events } = t.app.deps;
    await clickhouse.insert('event_dead_letters', [
      letter(entry),
      letter({ ...view(session), note: 'without an id' }),
      letter({ event_name: 'No Good' }),
      letter(forged),
      letter(own, { made_by_server: true }),
    ]);
    const left = async () =>
      await clickhouse.query<{ payload: string }>(
        'SELECT payload FROM event_dead_letters WHERE position(reason, {mark:String}) > 0',
        { mark },
      );
    expect((await ada.post('/admin/event-dead-letters/replay')).status).toBe(403);
    const answer = await admin.post('/admin/event-dead-letters/replay');
    expect(answer.status).toBe(200);
    expect(answer.body.stored).toBe(3);
    expect((await left()).map(({ payload }) => JSON.parse(payload).event_name).sort()).toEqual([
      'No Good',
      'project_approved',
    ]);
    // The letters come back as after a process that died before it had deleted them.
    await clickhouse.insert('event_dead_letters', [
      letter(entry),
      letter({ ...view(session), note: 'without an id' }),
    ]);
    await settle();
    expect((await admin.post('/admin/event-dead-letters/replay')).body.stored).toBe(2);
    await events.drain();
    const rows = await clickhouse.query<{ event_name: string; user_id: string; date: string; n: number }>(
      `SELECT event_name, user_id, date, count() AS n FROM events WHERE session_id = {session:UUID}
       GROUP BY event_name, user_id, date ORDER BY event_name, date`,
      { session },
    );
    const day = received_at.toISOString().slice(0, 10);
    expect(rows).toEqual([
      { event_name: 'page_view', user_id: ada.user_id, date: day, n: 2 },
      { event_name: 'project_completed', user_id: ada.user_id, date: day, n: 1 },
    ]);
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
  it('show usage, funnel and demand of one’s own organization; an administrator sees the use of all, not the demand', async () => {
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
    await ada.get('/products?q=zzqx%20Nonesuch%20%20throne');
    await settle();
    const usage = await ada.get('/analytics/usage');
    expect(usage.status).toBe(200);
    expect(usage.body.covers).toBe('organizations');
    const day = usage.body.rows.find((row: { date: string }) => row.date === today());
    expect(day.page_views).toBeGreaterThanOrEqual(2);
    expect(day.actions).toBeGreaterThanOrEqual(1);
    expect(day.sessions).toBeGreaterThanOrEqual(1);
    const funnel = await ada.get('/analytics/funnel');
    expect(funnel.body.rows[0]).toMatchObject({ step: 'created', projects: 1, share_of_first: 1, lost: 0 });
    const demand = await ada.get('/analytics/demand');
    expect(demand.body.products).toEqual([expect.objectContaining({ sku: 'AN-1', views: 1, people: 1 })]);
    expect(demand.body.searches_without_result).toEqual([{ query: 'zzqx nonesuch throne', count: 1 }]);
    expect(demand.body.search_classes).toEqual([{ query_class: 'several words', count: 1 }]);
    const eve = await t.join('Eve');
    expect((await eve.get('/analytics/demand')).body).toMatchObject({
      products: [],
      searches_without_result: [],
      search_classes: [],
    });
    expect((await eve.get('/analytics/funnel')).body.rows[0].projects).toBe(0);
    const everyone = await admin.get('/analytics/usage');
    expect(everyone.body.covers).toBe('everybody');
    expect(everyone.body.rows.at(-1).page_views).toBeGreaterThanOrEqual(day.page_views);
    expect((await admin.get('/analytics/demand')).body.products).toEqual([]);
  });

  it('keep to one kind of user where asked', async () => {
    const all = (await ada.get('/analytics/usage')).body.rows;
    const designers = (await ada.get('/analytics/usage?user_type=designer')).body.rows;
    expect(designers.at(-1).actions).toBe(all.at(-1).actions);
    expect((await ada.get('/analytics/usage?user_type=architect')).body.rows).toEqual([]);
    expect((await ada.get('/analytics/funnel?user_type=designer')).body.rows[0].projects).toBe(1);
    expect((await ada.get('/analytics/funnel?user_type=architect')).body.rows[0].projects).toBe(0);
    expect((await ada.get('/analytics/demand?user_type=architect')).body.products).toEqual([]);
    expect((await ada.get('/analytics/usage?user_type=emperor')).status).toBe(400);
  });

  it.each(['usage', 'funnel', 'demand', 'turnaround', 'acceptance', 'models'])(
    'never show %s of somebody else’s organization',
    async (chart) => {
      const eve = await t.join('Eve');
      expect((await eve.get(`/analytics/${chart}?organization_id=${ada.organization_id}`)).status).toBe(404);
      expect((await ada.get(`/analytics/${chart}?organization_id=${ada.organization_id}`)).status).toBe(200);
    },
  );

  it('refuse periods that make no sense', async () => {
    expect((await ada.get('/analytics/usage?from=2026-05-02&to=2026-05-01')).status).toBe(400);
    expect((await ada.get('/analytics/usage?from=1990-05-02')).status).toBe(400);
    expect((await ada.get('/analytics/usage?from=yesterday')).status).toBe(400);
  });
});

/** What the server itself would have written. */
const step = (project_id: string, event_name: string, timestamp: string) => ({
  event_id: randomUUID(),
  event_name,
  event_type: 'action',
  session_id: randomUUID(),
  project_id,
  organization_id: ada.organization_id,
  properties: JSON.stringify({ user_type: 'dealer' }),
  timestamp,
});

describe('projects', () => {
  it('lose no step they passed, take the time they took, and are not moved by what a browser says', async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    await t.app.deps.events.append({
      events: [
        step(first, 'project_created', '2026-03-02T08:00:00Z'),
        step(first, 'floor_plan_uploaded', '2026-03-02T09:00:00Z'),
        step(first, 'floor_plan_analyzed', '2026-03-02T09:30:00Z'),
        step(first, 'recommendation_created', '2026-03-02T10:00:00Z'),
        step(first, 'recommendation_created', '2026-03-09T10:00:00Z'),
        step(first, 'recommendation_approved', '2026-03-03T10:00:00Z'),
        step(first, 'project_approved', '2026-03-04T08:00:00Z'),
        step(second, 'project_created', '2026-03-05T08:00:00Z'),
      ],
    });
    await ada.post('/events', {
      events: [{ ...view(randomUUID()), event_name: 'project_approved', project_id: second }],
    });
    await settle();
    const of = async (chart: string, more = '') =>
      (await ada.get(`/analytics/${chart}?from=2026-03-01&to=2026-03-31${more}`)).body.rows;
    const funnel = await of('funnel', '&user_type=dealer');
    // The first project never had a brief or a scenario, and was approved all the same.
    expect(funnel.map((row: { projects: number }) => row.projects)).toEqual([2, 1, 1, 1, 1, 1]);
    expect(funnel.map((row: { lost: number }) => row.lost)).toEqual([0, 1, 0, 0, 0, 0]);
    expect(await of('turnaround')).toEqual([
      expect.objectContaining({ stage: 'plan', projects: 1, median_hours: 0.5, p90_hours: 0.5 }),
      expect.objectContaining({ stage: 'recommendation', projects: 0, median_hours: null }),
      expect.objectContaining({ stage: 'decision', projects: 1, median_hours: 24 }),
      expect.objectContaining({ stage: 'approval', projects: 1, median_hours: 48 }),
    ]);
    expect(await of('turnaround', '&user_type=designer')).toEqual(
      Array.from({ length: 4 }, () => expect.objectContaining({ projects: 0 })),
    );
  });

  it('that were written without organization and kind of user get both on the way', async () => {
    const project = (await ada.post('/projects', { name: 'Bare', organization_id: ada.organization_id }))
      .body;
    const row = {
      ...step(project.id, 'floor_plan_analyzed', new Date().toISOString()),
      user_id: ada.user_id,
    };
    const [whole] = await t.app.deps.postgres.asSystem((tx) =>
      completed(tx, [{ ...row, organization_id: null, properties: '{"spaces":3}' }]),
    );
    expect(whole).toMatchObject({ organization_id: ada.organization_id });
    expect(JSON.parse(whole?.properties ?? '')).toEqual({ spaces: 3, user_type: 'designer' });
  });

  it('keep the outcome of a recommendation: first look, decision, and a rating given later', async () => {
    const project_id = randomUUID();
    const base = {
      recommendation_id: randomUUID(),
      project_id,
      user_id: ada.user_id,
      total_items: 4,
      total_cost: 1200.5,
      presented_at: '2026-03-10T08:00:00.000Z',
    };
    await t.app.deps.events.append({
      events: [step(project_id, 'project_created', '2026-03-10T07:00:00Z')],
      recommendation_metrics: [
        base,
        { ...base, viewed_at: '2026-03-10T08:05:00.000Z' },
        { ...base, modified_at: '2026-03-10T08:10:00.000Z' },
        { ...base, approved_at: '2026-03-10T09:00:00.000Z', time_to_decision_minutes: 60 },
        { ...base, viewed_at: '2026-03-11T08:00:00.000Z', user_rating: 4 },
      ],
    });
    await settle();
    const { body } = await ada.get('/analytics/acceptance?from=2026-03-10&to=2026-03-10');
    expect(body.outcomes).toEqual({
      presented: 1,
      viewed: 1,
      modified: 1,
      approved: 1,
      rejected: 0,
      median_minutes_to_decision: 60,
      average_rating: 4,
      rated: 1,
    });
    const eve = await t.join('Eve');
    expect(
      (await eve.get('/analytics/acceptance?from=2026-03-10&to=2026-03-10')).body.outcomes.presented,
    ).toBe(0);
  });
});

describe('a recommendation', () => {
  it('leaves its first look, its decision and its rating, and a later rating moves no time', async () => {
    const project = (await ada.post('/projects', { name: 'Judged', organization_id: ada.organization_id }))
      .body;
    const { id } = await t.app.deps.postgres.asSystem((tx) =>
      tx
        .insertInto('recommendations')
        .values({
          project_id: project.id,
          status: 'presented',
          generation_timestamp: new Date(Date.now() - 30 * 60_000),
          summary: JSON.stringify({ state: 'ready', total_items: 3, total_cost: 900 }),
        })
        .returning('id')
        .executeTakeFirstOrThrow(),
    );
    for (let i = 0; i < 2; i++) expect((await ada.get(`/recommendations/${id}`)).status).toBe(200);
    expect((await ada.patch(`/recommendations/${id}`, { status: 'approved' })).status).toBe(200);
    await settle();
    const outcome = async () =>
      (
        await t.app.deps.clickhouse.query<Record<string, unknown>>(
          'SELECT * FROM recommendation_outcomes WHERE recommendation_id = {id:UUID}',
          { id },
        )
      )[0];
    const decided = await outcome();
    expect(decided).toMatchObject({ total_items: 3, rejected_at: null, user_rating: null });
    expect(decided?.['viewed_at']).not.toBeNull();
    expect(decided?.['approved_at']).not.toBeNull();
    expect(decided?.['time_to_decision_minutes']).toBeGreaterThanOrEqual(30);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect((await ada.patch(`/recommendations/${id}`, { user_rating: 5 })).status).toBe(200);
    await settle();
    expect(await outcome()).toEqual({ ...decided, user_rating: 5 });
  });
});

describe('models', () => {
  it('show latency, cost and confidence of one’s own projects, and of all to an administrator', async () => {
    const project = (await ada.post('/projects', { name: 'Modelled', organization_id: ada.organization_id }))
      .body;
    const call = {
      task_type: 'conversation',
      model_name: 'bench-model',
      model_version: '1',
      tokens_used: 100,
    };
    await t.app.deps.postgres.asSystem((tx) =>
      tx
        .insertInto('ai_model_metrics')
        .values(
          [100, 200, 300].map((latency_ms) => ({
            ...call,
            latency_ms,
            cost_usd: 0.02,
            confidence_score: 0.5,
            project_id: project.id,
            user_id: ada.user_id,
          })),
        )
        .execute(),
    );
    const ofModel = async (person: Person, more = '') =>
      (await person.get(`/analytics/models${more}`)).body.rows.filter(
        (row: { model_name: string }) => row.model_name === 'bench-model',
      );
    const expected = { calls: 3, latency_p50_ms: 200, tokens_used: 300, cost_usd: 0.06, confidence: 0.5 };
    expect(await ofModel(ada)).toEqual([expect.objectContaining(expected)]);
    expect(await ofModel(ada, '?user_type=architect')).toEqual([]);
    expect(await ofModel(admin)).toEqual([expect.objectContaining(expected)]);
    expect(await ofModel(await t.join('Eve'))).toEqual([]);
  });
});

describe('conversations', () => {
  it('are counted by intent in one’s own organizations, also by the sums of those that are deleted', async () => {
    const dora = await t.join('Dora');
    const project = (await dora.post('/projects', { name: 'Talk', organization_id: dora.organization_id }))
      .body;
    const talk = (await dora.post(`/projects/${project.id}/conversations`)).body.id;
    for (const content of ['We need 12 workstations.', 'Make it 14 workstations.', 'What is the total cost?'])
      await dora.post(`/conversations/${talk}/messages`, { content });
    await t.app.deps.postgres.asSystem((tx) =>
      tx
        .insertInto('conversation_insights')
        .values({
          month: '2024-02-01',
          organization_id: dora.organization_id,
          conversations: 1,
          messages: 10,
          user_messages: 5,
          intents: JSON.stringify({ ask_question: 5 }),
        })
        .execute(),
    );
    const chart = async (person: Person, query = '') =>
      (await person.get(`/analytics/conversations${query}`)).body.rows;
    const live = await chart(dora);
    expect(live.reduce((sum: number, row: { messages: number }) => sum + row.messages, 0)).toBe(3);
    expect(live).toContainEqual({ intent: 'ask_question', messages: 1 });
    const ever = `?from=2024-01-15&to=${today()}`;
    expect(await chart(dora, ever)).toContainEqual({ intent: 'ask_question', messages: 6 });
    // Months count whole or not at all, and under a kind of user, which they do not know, not at all.
    expect(await chart(dora, `?from=2024-02-02&to=${today()}`)).toEqual(live);
    expect(await chart(dora, '?from=2024-02-01&to=2024-02-28')).toEqual([]);
    expect(await chart(dora, '?from=2024-02-01&to=2024-02-29')).toEqual([
      { intent: 'ask_question', messages: 5 },
    ]);
    expect(await chart(dora, `${ever}&user_type=architect`)).toEqual([]);
    expect(await chart(await t.join('Finn'), ever)).toEqual([]);
    expect((await ada.get(`/analytics/conversations?organization_id=${dora.organization_id}`)).status).toBe(
      404,
    );
  });
});

describe('demand across organizations', () => {
  // A Monday three weeks back, so that whole weeks are over.
  const monday = new Date(Date.now() - 21 * 86_400_000);
  monday.setUTCDate(monday.getUTCDate() - ((monday.getUTCDay() + 6) % 7));
  const day = (offset: number) => new Date(monday.getTime() + offset * 86_400_000).toISOString().slice(0, 10);
  let maker: Person;
  let chair: string;
  const looks = (organization_ids: string[], offset: number, user_type = 'dealer') => ({
    product_views: organization_ids.map((organization_id) => ({
      view_id: randomUUID(),
      product_id: chair,
      session_id: randomUUID(),
      organization_id,
      user_type,
      viewed_from: 'search' as const,
      timestamp: `${day(offset)}T12:00:00Z`,
    })),
  });
  const market = async (from: number, to: number, more = '') =>
    (await maker.get(`/analytics/market?from=${day(from)}&to=${day(to)}${more}`)).body;
  const views = (body: { products: { views: number }[] }) => body.products.map((product) => product.views);

  beforeAll(async () => {
    maker = await t.join('Mika');
    await t.app.deps.postgres.asSystem((tx) =>
      tx
        .updateTable('organizations')
        .set({ type: 'ofs_internal' })
        .where('id', '=', maker.organization_id)
        .execute(),
    );
    chair = (
      await admin.post('/products', {
        sku: 'MK-1',
        name: 'Market chair',
        category: 'seating',
        list_price: 100,
      })
    ).body.id;
    const dealers = Array.from({ length: 6 }, () => randomUUID());
    const append = t.app.deps.events.append;
    // First week: four dealers, the maker and somebody without an organization. Second week: five dealers.
    await append(looks([...dealers.slice(0, 4), maker.organization_id], 1));
    await append(looks(dealers.slice(0, 5), 8));
    // Third week: five dealers by dealers, one architect.
    await append(looks(dealers.slice(0, 5), 15, 'dealer'));
    await append(looks(dealers.slice(5), 15, 'architect'));
    await settle();
  });

  it('is told of five organizations and not of four, nor of the maker’s own', async () => {
    expect(await market(0, 6)).toMatchObject({ products: [], withheld: true, smallest_group: 5 });
    expect(views(await market(7, 13))).toEqual([5]);
  });

  it('cannot be found by taking one period from another', async () => {
    // Both weeks together tell no more than the second alone; broken weeks are not told at all.
    expect(views(await market(0, 13))).toEqual([5]);
    expect(await market(7, 12)).toMatchObject({ from: null, to: null, products: [] });
    expect(views(await market(5, 14))).toEqual([5]);
  });

  it('cannot be found by taking one kind of user from all', async () => {
    expect(views(await market(14, 20))).toEqual([6]);
    // Five dealers would be enough, but all without them would be the one architect.
    expect(await market(14, 20, '&user_type=dealer')).toMatchObject({ products: [], withheld: true });
    expect(await market(14, 20, '&user_type=architect')).toMatchObject({ products: [], withheld: true });
    expect(views(await market(7, 13, '&user_type=dealer'))).toEqual([5]);
  });

  it('is for the maker only, and needs no organization’s id', async () => {
    expect((await ada.get('/analytics/market')).status).toBe(403);
    expect((await t.anonymous.get('/api/v1/analytics/market')).status).toBe(401);
    expect((await maker.get('/analytics/demand')).body.products).toEqual([
      expect.objectContaining({ sku: 'MK-1', views: 1 }),
    ]);
  });
});

describe('the daily sums', () => {
  it('count a batch that is inserted twice once, each of them', async () => {
    const organization_id = randomUUID();
    const base = { session_id: randomUUID(), organization_id, timestamp: '2026-02-03 10:00:00.000' };
    const search = {
      event_name: 'search_no_result',
      event_type: 'action',
      properties: '{"q":"brass LAMP 12"}',
    };
    const lines = {
      events: { ...base, ...search, event_id: randomUUID() },
      product_views: { ...base, view_id: randomUUID(), product_id: randomUUID(), viewed_from: 'search' },
    };
    const { clickhouse } = t.app.deps;
    for (const [table, row] of Object.entries(lines))
      for (let i = 0; i < 2; i++)
        await clickhouse.insert(table, [row], { deduplication_token: `${table}-${organization_id}` });
    const sumOf = async (table: string, column: string, where = 'organization_id = {organization_id:UUID}') =>
      (
        await clickhouse.query<{ n: number }>(`SELECT sum(${column}) AS n FROM ${table} WHERE ${where}`, {
          organization_id,
        })
      )[0]?.n;
    expect({
      usage_daily: await sumOf('usage_daily', 'actions'),
      usage_daily_all: await sumOf('usage_daily_all', 'actions', "date = '2026-02-03'"),
      empty_searches_daily: await sumOf('empty_searches_daily', 'searches'),
      empty_search_kinds_daily: await sumOf('empty_search_kinds_daily', 'searches'),
      demand_daily: await sumOf('demand_daily', 'views'),
      demand_weekly: await sumOf('demand_weekly', 'views'),
    }).toEqual({
      usage_daily: 1,
      usage_daily_all: 1,
      empty_searches_daily: 1,
      empty_search_kinds_daily: 1,
      demand_daily: 1,
      demand_weekly: 1,
    });
  });

  it('answer every chart without the events they came from', async () => {
    const paths = [
      ...['usage', 'funnel', 'demand', 'turnaround', 'acceptance'].map(
        (chart) => `/analytics/${chart}?from=2026-01-01`,
      ),
      '/analytics/funnel?from=2026-01-01&user_type=dealer',
    ];
    const answers = async () => await Promise.all(paths.map(async (path) => (await ada.get(path)).body));
    const before = await answers();
    for (const table of ['events', 'product_views'])
      await t.app.deps.clickhouse.command(`ALTER TABLE ${table} DELETE WHERE 1 SETTINGS mutations_sync = 1`);
    expect(await answers()).toEqual(before);
    expect(before[1].rows[0].projects).toBeGreaterThan(2);
  });
});
