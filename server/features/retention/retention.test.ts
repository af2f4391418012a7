// Every policy is tried by moving the clock: data made today, a run as of a later day.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samplePlanDxf } from '../../../engine/plan/generator/sample.ts';
import { openTestApp, type Person, type TestApp, until } from '../../../test/harness/app.ts';
import { relayOnce } from '../analytics/relay.ts';

let t: TestApp;
let admin: Person;
let ada: Person;
beforeAll(async () => {
  t = await openTestApp();
  admin = await t.join('Admin');
  ada = await t.join('Ada');
});
afterAll(() => t.close());

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
async function run(days: number, dryRun = false) {
  const report = await t.app.features.retention.runNow(inDays(days), dryRun);
  const of = (name: string) => report.policies.find((one) => one.name === name);
  expect(report.policies.filter((one) => one.error !== null)).toEqual([]);
  return of;
}

/** A project with a conversation, completed today. */
async function completedProject(name: string) {
  const project = (await ada.post('/projects', { name })).body.id as string;
  const conversation = (await ada.post(`/projects/${project}/conversations`)).body.id as string;
  await ada.post(`/conversations/${conversation}/messages`, { content: 'We need 36 workstations.' });
  for (const status of ['in_progress', 'approved', 'completed'])
    expect((await ada.patch(`/projects/${project}`, { status })).status).toBe(200);
  return { project, conversation };
}

const anEvent = () => ({
  event_id: randomUUID(),
  event_name: 'page_view',
  event_type: 'page_view',
  session_id: randomUUID(),
  timestamp: new Date().toISOString(),
});

/** The plan of a project, read. */
async function withPlan(project: string): Promise<string> {
  const plan = (
    await ada.upload(
      `/projects/${project}/floor-plans`,
      'plan.dxf',
      samplePlanDxf(Math.floor(Math.random() * 1e6)),
    )
  ).body.id as string;
  await until(
    () => ada.get(`/floor-plans/${plan}`),
    (answer) => answer.body.status === 'analyzed',
  );
  return plan;
}

describe('completed projects', () => {
  it('go to cold storage after two years, come back whole, and are deleted after seven', async () => {
    const { project } = await completedProject('Cold');
    const plan = await withPlan(project);
    const analysis = (await ada.get(`/floor-plans/${plan}/analysis`)).body;
    const versions = (await ada.get(`/projects/${project}/versions`)).body;
    expect((await run(729))('completed_projects')?.archived).toBe(0);
    expect((await run(731, true))('completed_projects')).toMatchObject({ matched: 1, archived: 0 });
    expect((await ada.get(`/floor-plans/${plan}/analysis`)).status).toBe(200);
    expect((await run(731))('completed_projects')).toMatchObject({ matched: 1, archived: 1, deleted: 0 });
    expect((await ada.get(`/floor-plans/${plan}/analysis`)).status).toBe(404);
    // The list of versions is at hand all the while; a second run finds nothing left to do.
    const numbers = (list: { items: { version_number: number }[] }) =>
      list.items.map((one) => one.version_number);
    expect(numbers((await ada.get(`/projects/${project}/versions`)).body)).toEqual(numbers(versions));
    expect((await run(731))('completed_projects')).toMatchObject({ matched: 0, archived: 0 });
    // Opening it brings it back.
    expect((await ada.get(`/projects/${project}`)).body.name).toBe('Cold');
    expect(await t.app.features.retention.bringBack(project)).toBe(false);
    expect((await ada.get(`/floor-plans/${plan}/analysis`)).body).toEqual(analysis);
    expect((await ada.get(`/projects/${project}/versions`)).body).toEqual(versions);
    expect((await run(7 * 365 + 1))('completed_projects')).toMatchObject({ deleted: 1 });
    expect((await ada.get(`/projects/${project}`)).status).toBe(404);
    expect(await t.app.deps.files.stat(`floor-plans/${plan}/original`)).toBeUndefined();
    expect(await t.app.deps.files.stat(`cold/projects/${project}.json.gz`)).toBeUndefined();
  });

  it('count from their completion, not from the last change of their rows', async () => {
    const { project } = await completedProject('Reopened');
    await ada.patch(`/projects/${project}`, { status: 'approved' });
    expect((await run(3000, true))('completed_projects')?.matched).toBe(0);
    await ada.patch(`/projects/${project}`, { status: 'completed' });
    expect((await run(3000, true))('completed_projects')?.matched).toBe(1);
    await ada.delete(`/projects/${project}`);
    await run(3000);
  });
});

describe('conversations', () => {
  it('are summed up by month and deleted after two years without a message', async () => {
    await run(731);
    const sums = async () =>
      (
        await t.app.deps.postgres.asSystem((tx) =>
          tx
            .selectFrom('conversation_insights')
            .selectAll()
            .where('organization_id', '=', ada.organization_id)
            .execute(),
        )
      )[0];
    const before = await sums();
    const { conversation } = await completedProject('Talk');
    expect((await run(729, true))('user_conversations')?.matched).toBe(0);
    const done = (await run(731))('user_conversations');
    expect(done).toMatchObject({ matched: 1, deleted: 1 });
    expect(done?.aggregated).toBeGreaterThanOrEqual(2);
    expect((await ada.get(`/conversations/${conversation}`)).status).toBe(404);
    const insight = await sums();
    const count = (of: unknown, key: string) => (of as Record<string, number> | undefined)?.[key] ?? 0;
    expect(count(insight?.intents, 'provide_requirements')).toBe(
      count(before?.intents, 'provide_requirements') + 1,
    );
    expect(count(insight?.requirement_fields, 'workstation_count')).toBe(
      count(before?.requirement_fields, 'workstation_count') + 1,
    );
    expect(insight?.conversations).toBe((before?.conversations ?? 0) + 1);
    expect(JSON.stringify(insight)).not.toContain('36 workstations');
  });
});

describe('files of floor plans', () => {
  it('go cold after a year, can still be opened, and are deleted after five; the reading stays', async () => {
    const project = (await ada.post('/projects', { name: 'Files' })).body.id;
    const plan = await withPlan(project);
    const key = `floor-plans/${plan}/original`;
    await run(364);
    expect((await t.app.deps.files.stat(key))?.tier).toBe('hot');
    expect((await run(366))('floor_plan_files')?.archived).toBeGreaterThanOrEqual(1);
    expect((await t.app.deps.files.stat(key))?.tier).toBe('cold');
    const file = await ada.get(`/floor-plans/${plan}/file`);
    expect(file.status).toBe(200);
    // Opening it brought it back.
    expect((await t.app.deps.files.stat(key))?.tier).toBe('hot');
    expect((await run(5 * 365 + 1))('floor_plan_files')?.deleted).toBeGreaterThanOrEqual(1);
    const gone = await ada.get(`/floor-plans/${plan}/file`);
    expect(gone.status).toBe(404);
    expect(gone.body.detail).toMatch(/deleted/);
    expect((await ada.get(`/floor-plans/${plan}/analysis`)).status).toBe(200);
  });
});

describe('calls of models', () => {
  it('become weekly sums and samples after a year', async () => {
    const { postgres } = t.app.deps;
    const model_name = `model-${randomUUID().slice(0, 8)}`;
    const eve = await t.join('Eve');
    const owners: string[] = [];
    for (const person of [ada, eve]) owners.push((await person.post('/projects', { name: 'Calls' })).body.id);
    const asked = 'from=2025-02-01&to=2025-04-01';
    const chart = async (person: Person) =>
      (await person.get(`/analytics/models?${asked}`)).body.rows.filter(
        (row: { model_name: string }) => row.model_name === model_name,
      );
    await postgres.asSystem((tx) =>
      tx
        .insertInto('ai_model_metrics')
        .values(
          Array.from({ length: 50 }, (_, i) => ({
            model_name,
            model_version: '1',
            task_type: 'conversation',
            latency_ms: i + 1,
            tokens_used: 10,
            cost_usd: 0.01,
            user_id: ada.user_id,
            // Of Ada's organization thirty, of Eve's fifteen, of none five.
            project_id: i < 30 ? owners[0] : i < 45 ? owners[1] : null,
            timestamp: new Date('2025-03-05T10:00:00Z'),
          })),
        )
        .execute(),
    );
    const calls = () =>
      postgres.asSystem((tx) =>
        tx.selectFrom('ai_model_metrics').selectAll().where('model_name', '=', model_name).execute(),
      );
    // The whole week has to be past: its last day is 2025-03-09.
    await t.app.features.retention.runNow(new Date('2026-03-09T12:00:00Z'), false);
    expect(await calls()).toHaveLength(50);
    const whole = await chart(ada);
    expect(whole).toMatchObject([{ calls: 30, tokens_used: 300, cost_usd: 0.3 }]);
    const report = await t.app.features.retention.runNow(new Date('2026-03-11T12:00:00Z'), false);
    expect(report.policies.find((one) => one.name === 'ai_model_metrics')).toMatchObject({
      matched: 50,
      deleted: 30,
      aggregated: 50,
    });
    const left = await calls();
    expect(left).toHaveLength(20);
    expect(left.every((row) => row.is_sample && row.user_id === null && row.project_id === null)).toBe(true);
    const weeks = await postgres.asSystem((tx) =>
      tx.selectFrom('ai_model_metrics_weekly').selectAll().where('model_name', '=', model_name).execute(),
    );
    const of = (organization_id: string | null) =>
      weeks.find((week) => week.organization_id === organization_id);
    expect(weeks).toHaveLength(3);
    expect(of(ada.organization_id)).toMatchObject({ week: '2025-03-03', calls: 30, tokens_used: 300 });
    expect(of(ada.organization_id)).toMatchObject({ latency_avg_ms: 15.5, latency_p50_ms: 15.5 });
    expect(of(eve.organization_id)).toMatchObject({ calls: 15, tokens_used: 150 });
    expect(of(null)).toMatchObject({ calls: 5 });
    // The dashboard of each organization says the same as before, and only of itself; the maker's has all.
    expect(await chart(ada)).toEqual(whole);
    expect(await chart(eve)).toMatchObject([{ calls: 15, cost_usd: 0.15 }]);
    expect(await chart(admin)).toMatchObject([{ calls: 50, cost_usd: 0.5 }]);
    expect(
      (await t.app.features.retention.runNow(new Date('2026-03-12T12:00:00Z'), false)).policies.find(
        (one) => one.name === 'ai_model_metrics',
      )?.matched,
    ).toBe(0);
  });
});

describe('the event log', () => {
  it('is not called short of sums by an insert that is under way', async () => {
    const { events, clickhouse } = t.app.deps;
    let inserts = 0;
    let done = false;
    const insertion = (async () => {
      while (!done) {
        await events.append({ events: [anEvent(), anEvent()] });
        await events.drain();
        inserts += 1;
      }
    })();
    // Both stores are looked at while rows come in; every one of these runs reports an error otherwise.
    for (let i = 0; i < 4; i++) await run(900);
    done = true;
    await insertion;
    expect(inserts).toBeGreaterThan(4);
    await run(900);
    expect((await clickhouse.query<{ n: number }>('SELECT count() AS n FROM events'))[0]?.n).toBe(0);
  });

  it('keeps daily sums and loses the rows after two years, but not what is held', async () => {
    const { clickhouse, postgres, events } = t.app.deps;
    const held = (await ada.post('/projects', { name: 'Held' })).body.id;
    for (const project_id of [null, held])
      await ada.post('/events', {
        events: [
          {
            event_name: 'page_view',
            event_type: 'page_view',
            session_id: randomUUID(),
            ...(project_id === null ? {} : { project_id }),
          },
        ],
        product_views: [
          {
            product_id: randomUUID(),
            session_id: randomUUID(),
            viewed_from: 'search',
            ...(project_id === null ? {} : { project_id }),
          },
        ],
      });
    // The relay at work may hold what this one passes over.
    const outbox = () =>
      postgres.asSystem((tx) => tx.selectFrom('event_outbox').select('id').limit(1).execute());
    while ((await outbox()).length > 0) await relayOnce(postgres, events);
    await events.drain();
    const hold = await admin.post('/admin/legal-holds', {
      scope: 'project',
      subject_id: held,
      reason: 'A dispute about the delivery',
    });
    expect(hold.status).toBe(201);
    const count = async (table: string) =>
      (await clickhouse.query<{ n: number }>(`SELECT count() AS n FROM ${table}`))[0]?.n;
    const before = await count('events');
    const sums = async () =>
      Number((await clickhouse.query<{ n: number }>('SELECT sum(events) AS n FROM events_daily'))[0]?.n);
    const summed = await sums();
    const dry = (await run(732, true))('event_logs');
    expect(dry?.matched).toBeGreaterThanOrEqual(2);
    expect(await count('events')).toBe(before);
    const done = (await run(732))('event_logs');
    expect(done?.deleted).toBe((dry?.matched ?? 0) - (dry?.held ?? 0));
    expect(done?.held).toBeGreaterThanOrEqual(2);
    expect(await count('events')).toBe(0);
    expect(await sums()).toBe(summed);
    expect(await count('product_views')).toBe(0);
    expect(await count('product_views_on_hold')).toBe(1);
    expect(await count('events_on_hold')).toBe((done?.held ?? 0) - 1);
    // A run that was killed after it had copied them copies them again: they stay once.
    await run(732);
    expect(await count('product_views_on_hold')).toBe(1);
    expect((await admin.delete(`/admin/legal-holds/${hold.body.id}`)).status).toBe(200);
    await run(733);
    expect(await count('events_on_hold')).toBe(0);
    expect(await count('product_views_on_hold')).toBe(0);
  });
});

describe('legal holds and the administration', () => {
  it('a held organization keeps everything, and the report says so', async () => {
    const { project, conversation } = await completedProject('Kept');
    const hold = await admin.post('/admin/legal-holds', {
      scope: 'organization',
      subject_id: ada.organization_id,
      reason: 'An audit',
    });
    expect(hold.status).toBe(201);
    expect(
      (
        await admin.post('/admin/legal-holds', {
          scope: 'organization',
          subject_id: ada.organization_id,
          reason: 'Again',
        })
      ).status,
    ).toBe(409);
    const of = await run(8 * 365);
    const kept = of('completed_projects');
    expect(kept?.matched).toBeGreaterThanOrEqual(1);
    expect(kept).toMatchObject({ held: kept?.matched, archived: 0, deleted: 0 });
    expect((await ada.get(`/projects/${project}`)).status).toBe(200);
    expect((await ada.get(`/conversations/${conversation}`)).status).toBe(200);
    await admin.delete(`/admin/legal-holds/${hold.body.id}`);
    expect((await run(8 * 365))('completed_projects')).toMatchObject({
      matched: kept?.matched,
      deleted: kept?.matched,
    });
  });

  it('policies are changed within reason, runs are queued and reported, and only by administrators', async () => {
    const path = '/admin/retention/policies';
    expect((await ada.get(path)).status).toBe(403);
    expect((await t.anonymous.get(path)).status).toBe(401);
    expect((await ada.post('/admin/retention/runs', {})).status).toBe(403);
    expect((await admin.get(path)).body.items).toHaveLength(7);
    expect((await admin.patch(`${path}/floor_plan_files`, { archive_after_days: 2000 })).status).toBe(400);
    expect((await admin.patch(`${path}/renders`, { archive_after_days: 10 })).status).toBe(400);
    expect((await admin.patch(`${path}/no_such`, { enabled: false })).status).toBe(400);
    const changed = await admin.patch(`${path}/renders`, { delete_after_days: 30 });
    expect(changed.body.delete_after_days).toBe(30);
    const started = await admin.post('/admin/retention/runs', {});
    expect(started.status).toBe(202);
    expect(started.body.dry_run).toBe(true);
    const finished = await until(
      () => admin.get(`/admin/retention/runs/${started.body.id}`),
      (answer) => answer.body.status !== 'running',
    );
    expect(finished.body.status).toBe('done');
    expect(finished.body.policies).toHaveLength(7);
    const log = await t.app.deps.postgres.asSystem((tx) =>
      tx.selectFrom('audit_log').select('action').where('action', 'like', 'retention.%').execute(),
    );
    expect(log.map((row) => row.action)).toContain('retention.policy_changed');
  });
});
