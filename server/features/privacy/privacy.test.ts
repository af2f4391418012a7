// A person takes a copy of their data away, and is erased: nothing that names them is left in any store, and the work of
// others stays.
import { createHash } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samplePlanDxf } from '../../../engine/plan/generator/sample.ts';
import { openTestApp, type Person, type TestApp, until } from '../../../test/harness/app.ts';
import { relayOnce } from '../analytics/relay.ts';
import { knownReferences, liveReferences } from './sql.ts';

let t: TestApp;
let admin: Person;
let kim: Person;
let robin: Person;
let alone: string;
let shared: string;
let plan: string;
const WORDS = 'Kimberley Quill needs 36 workstations by the window';

beforeAll(async () => {
  t = await openTestApp();
  admin = await t.join('Admin');
  kim = await t.join('Kimberley');
  robin = await t.join('Robin');
  alone = (await kim.post('/projects', { name: 'Kimberley’s own' })).body.id;
  shared = (await robin.post('/projects', { name: 'Shared' })).body.id;
  expect(
    (await robin.post(`/projects/${shared}/collaborators`, { email: kim.email, role: 'editor' })).status,
  ).toBe(201);
  plan = (await kim.upload(`/projects/${alone}/floor-plans`, 'my plan.dxf', samplePlanDxf(4))).body.id;
  await until(
    () => kim.get(`/floor-plans/${plan}`),
    (answer) => answer.body.status === 'analyzed',
  );
  for (const project of [alone, shared]) {
    const conversation = (await kim.post(`/projects/${project}/conversations`)).body.id;
    await kim.post(`/conversations/${conversation}/messages`, { content: WORDS });
  }
  await kim.post(`/projects/${shared}/comments`, { body: 'Call Kimberley about the lamps' });
  // Her words and her name live on in what is made of them: reasons, answers about who said what, versions, ratings.
  await t.app.features.catalog.seedGenerated({ seed: 3 });
  const rooms = await robin.upload(`/projects/${shared}/floor-plans`, 'shared.dxf', samplePlanDxf(4));
  await until(
    () => robin.get(`/floor-plans/${rooms.body.id}`),
    (answer) => answer.body.status === 'analyzed',
  );
  const made = await robin.post(`/projects/${shared}/recommendations`, {});
  expect(made.status).toBe(201);
  await kim.patch(`/recommendations/${made.body.id}`, {
    user_rating: 2,
    user_feedback: 'Too dark for Kimberley',
  });
  await kim.post(`/projects/${shared}/versions`, { change_summary: 'As Kimberley Quill wanted it' });
  const chat = (await robin.post(`/projects/${shared}/conversations`)).body.id;
  const told = await robin.post(`/conversations/${chat}/messages`, {
    content: 'Who changed the number of workstations?',
  });
  expect(told.body.assistant_message.content).toContain('Kimberley');
  expect(
    (await robin.patch(`/organizations/${robin.organization_id}`, { billing_email: kim.email })).status,
  ).toBe(200);
  await kim.post('/events', {
    events: [
      {
        event_id: crypto.randomUUID(),
        event_name: 'page_view',
        event_type: 'page',
        session_id: crypto.randomUUID(),
        anonymous_id: 'a',
        timestamp: new Date().toISOString(),
      },
      { event_name: 'Not A Name', page_title: 'Lamps of Kimberley' },
    ],
  });
  await relayOnce(t.app.deps.postgres, t.app.deps.events);
  await t.app.deps.events.drain();
});
afterAll(() => t.close());

/** Tables of PostgreSQL, the queue's included, with a row that contains the text anywhere. */
async function tablesWith(text: string): Promise<string[]> {
  const { owner } = t.app.deps.postgres;
  const { rows: tables } = await sql<{ name: string }>`
    SELECT table_schema || '.' || table_name AS name FROM information_schema.tables
    WHERE table_schema IN ('public', 'pgboss') AND table_type = 'BASE TABLE'`.execute(owner);
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await sql<{ n: number }>`
      SELECT count(*)::int AS n FROM ${sql.raw(name)} AS x WHERE position(${text.toLowerCase()} IN lower(x::text)) > 0`.execute(
      owner,
    );
    if ((rows[0]?.n ?? 0) > 0) found.push(name);
  }
  return found.sort();
}

/** Tables of ClickHouse with a row that has the person's number or the text anywhere. */
async function analyticsWith(person: Person, text: string): Promise<string[]> {
  const { clickhouse } = t.app.deps;
  const tables = await clickhouse.query<{ name: string }>(
    "SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree' ORDER BY name",
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const columns = await clickhouse.query<{ name: string }>(
      "SELECT name FROM system.columns WHERE database = currentDatabase() AND table = {name:String} AND (type LIKE '%String%' OR type LIKE '%UUID%') AND type NOT LIKE 'AggregateFunction%'",
      { name },
    );
    const row = columns.map((column) => `ifNull(toString(${column.name}), '')`).join(", ' ', ");
    if (row === '') continue;
    const [hit] = await clickhouse.query<{ n: number }>(
      `SELECT count() AS n FROM ${name} WHERE position(concat(${row}, ''), {id:String}) > 0 OR position(concat(${row}, ''), {text:String}) > 0`,
      { id: person.user_id, text },
    );
    if (Number(hit?.n ?? 0) > 0) found.push(name);
  }
  return found;
}

async function eventsOf(person: Person): Promise<number> {
  const [row] = await t.app.deps.clickhouse.query<{ n: number }>(
    'SELECT count() AS n FROM events WHERE user_id = {id:UUID}',
    { id: person.user_id },
  );
  return Number(row?.n ?? 0);
}

describe('what speaks of a person', () => {
  it('is listed for every column of the schema that points to an account', async () => {
    const live = await t.app.deps.postgres.asSystem((tx) => liveReferences(tx));
    expect(knownReferences()).toEqual(live);
  });
});

describe('a copy of one’s own data', () => {
  it('is a zip of everything, with a manifest whose checksums hold, and without secrets', async () => {
    const asked = await kim.post('/auth/me/data-exports');
    expect(asked.status).toBe(202);
    expect((await kim.post('/auth/me/data-exports')).status).toBe(409);
    const list = await until(
      () => kim.get('/auth/me/data-exports'),
      (answer) => ['ready', 'failed'].includes(answer.body.items[0].status),
    );
    expect(list.body.items[0]).toMatchObject({ status: 'ready', error: null });
    const response = await t.server.inject({
      url: `/api/v1/auth/me/data-exports/${asked.body.id}/file`,
      headers: { cookie: kim.cookie },
    });
    expect(response.headers['content-type']).toBe('application/zip');
    const files = unzipSync(response.rawPayload);
    const manifest = JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array()));
    expect(manifest).toMatchObject({ format: 'ofs-person', user_id: kim.user_id, missing: [] });
    expect(manifest.files.map((one: { name: string }) => one.name).sort()).toEqual(
      Object.keys(files)
        .filter((name) => name !== 'manifest.json')
        .sort(),
    );
    for (const { name, sha256 } of manifest.files)
      expect(
        createHash('sha256')
          .update(files[name] ?? '')
          .digest('hex'),
      ).toBe(sha256);
    const text = Object.values(files)
      .map((bytes) => strFromU8(bytes))
      .join('\n');
    for (const word of [kim.email, WORDS, 'Kimberley’s own', 'Call Kimberley', 'page_view'])
      expect(text).toContain(word);
    expect(Object.keys(files).some((name) => name.endsWith('my plan.dxf'))).toBe(true);
    // Every table with rows of hers is there, by the same list that the schema is held against.
    const { rows: tables } = await t.app.deps.postgres.asSystem((tx) =>
      sql<{ name: string; column: string }>`
        SELECT c.conrelid::regclass::text AS name, a.attname AS column FROM pg_constraint c
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        WHERE c.contype = 'f' AND c.confrelid = 'users'::regclass`.execute(tx),
    );
    for (const { name, column } of tables) {
      const { rows } = await t.app.deps.postgres.asSystem((tx) =>
        sql<{
          n: number;
        }>`SELECT count(*)::int AS n FROM ${sql.table(name)} WHERE ${sql.ref(column)} = ${kim.user_id}`.execute(
          tx,
        ),
      );
      // Marks on what belongs to others: who invited, who resolved, who granted.
      if ((rows[0]?.n ?? 0) > 0 && !/^(invited_by|resolved_by|granted_by)$/.test(column))
        expect(Object.keys(files), `${name}.${column}`).toContain(`${name}.json`);
    }
    for (const name of ['events', 'event_dead_letters']) expect(Object.keys(files)).toContain(`${name}.json`);
    expect(text).not.toMatch(/argon2id|token_hash|password_hash/);
    expect(text).not.toContain(robin.email);
  });

  it('is for that person alone, signed in, and only until its time is over', async () => {
    const id = (await kim.get('/auth/me/data-exports')).body.items[0].id;
    expect((await robin.get(`/auth/me/data-exports/${id}/file`)).status).toBe(404);
    expect((await admin.get(`/auth/me/data-exports/${id}/file`)).status).toBe(404);
    expect((await t.anonymous.get(`/auth/me/data-exports/${id}/file`)).status).toBe(401);
    const token = (await kim.post('/api-tokens', { name: 'reads', scopes: ['read'] })).body.token;
    const bearer = { authorization: `Bearer ${token}` };
    expect((await t.anonymous.get(`/auth/me/data-exports/${id}/file`, bearer)).status).toBe(403);
  });
});

describe('erasing a person', () => {
  it('is for administrators, asks for the address again, and waits for legal holds', async () => {
    const wish = { reason: 'asked by letter', email: kim.email };
    expect((await robin.post(`/admin/persons/${kim.user_id}/erasure`, wish)).status).toBe(403);
    expect((await robin.get(`/admin/persons?email=${kim.email}`)).status).toBe(403);
    const other = await admin.post(`/admin/persons/${kim.user_id}/erasure`, { ...wish, email: robin.email });
    expect(other).toMatchObject({ status: 400, body: { detail: expect.stringMatching(/address/) } });
    const hold = await admin.post('/admin/legal-holds', {
      scope: 'user',
      subject_id: kim.user_id,
      reason: 'a dispute',
    });
    expect((await kim.get('/auth/me/erasure')).body.blocked_by).toEqual([
      expect.stringMatching(/legal hold/),
    ]);
    expect((await admin.post(`/admin/persons/${kim.user_id}/erasure`, wish)).status).toBe(409);
    await admin.delete(`/admin/legal-holds/${hold.body.id}`);
    // A hold on others' project keeps the words she wrote there, too.
    const kept = await admin.post('/admin/legal-holds', {
      scope: 'project',
      subject_id: shared,
      reason: 'a dispute',
    });
    expect(await admin.post(`/admin/persons/${kim.user_id}/erasure`, wish)).toMatchObject({
      status: 409,
      body: { detail: expect.stringMatching(/wrote in the project Shared/) },
    });
    await admin.delete(`/admin/legal-holds/${kept.body.id}`);
  });

  it('leaves nothing that names them in any store, and the work of others as it was', async () => {
    expect((await admin.get(`/admin/persons?email=${kim.email}`)).body).toMatchObject({
      user_id: kim.user_id,
      blocked_by: [],
      projects_deleted: [{ id: alone }],
      organizations_deleted: [{ name: 'Kimberley and partners' }],
      projects_handed_over: [],
    });
    expect(await eventsOf(kim)).toBeGreaterThan(0);
    expect((await tablesWith(kim.email)).length).toBeGreaterThan(0);
    const begun = await admin.post(`/admin/persons/${kim.user_id}/erasure`, {
      reason: 'asked by letter',
      email: kim.email,
    });
    expect(begun.status).toBe(202);
    const done = await until(
      () => admin.get(`/admin/erasures/${begun.body.id}`),
      (answer) => answer.body.status !== 'running',
    );
    expect(done.body).toMatchObject({ status: 'done', error: null, user_id: kim.user_id });
    expect(done.body.backups_gone_by > done.body.finished_at.slice(0, 10)).toBe(true);
    expect(new Set(done.body.steps.map((step: { store: string }) => step.store))).toEqual(
      new Set(['postgresql', 'clickhouse', 'files', 'queue']),
    );

    expect({
      address: await tablesWith(kim.email),
      name: await tablesWith('Kimberley'),
      words: await tablesWith('by the window'),
      analytics: await analyticsWith(kim, 'Kimberley'),
      // What was recommended stays, under a number that names nobody.
    }).toEqual({ address: [], name: [], words: [], analytics: ['recommendation_metrics'] });
    expect(await eventsOf(kim)).toBe(0);
    expect((await kim.get('/auth/me')).status).toBe(401);
    expect((await t.anonymous.post('/auth/login', { email: kim.email, password: kim.password })).status).toBe(
      401,
    );
    expect(await t.app.deps.files.stat(`floor-plans/${plan}/original`)).toBeUndefined();
    for await (const file of t.app.deps.files.list('person-exports/')) expect(file.key).toBe('none');

    expect((await robin.get(`/projects/${shared}`)).status).toBe(200);
    const comments = await robin.get(`/projects/${shared}/comments`);
    expect(JSON.stringify(comments.body)).toContain('(erased)');
    // The audit log still tells what was done, under a number.
    const { rows } = await t.app.deps.postgres.asSystem((tx) =>
      sql<{ n: number }>`SELECT count(*)::int AS n FROM audit_log WHERE actor_id = ${kim.user_id}`.execute(
        tx,
      ),
    );
    expect(rows[0]?.n).toBeGreaterThan(0);
    // A second wish finds nobody.
    expect((await admin.get(`/admin/persons?email=${kim.email}`)).status).toBe(404);
  });

  it('is refused while somebody else would be left without an owner', async () => {
    const ada = await t.join('Ada');
    const bo = await t.join('Bo');
    const invited = await ada.post(`/organizations/${ada.organization_id}/invitations`, {
      email: bo.email,
      role: 'member',
    });
    expect((await bo.post('/invitations/accept', { token: invited.body.token })).status).toBe(200);
    const own = (await ada.post('/projects', { name: 'For the firm', organization_id: ada.organization_id }))
      .body.id;
    expect((await ada.get('/auth/me/erasure')).body).toMatchObject({
      blocked_by: [expect.stringMatching(/no other owner/)],
      projects_handed_over: [{ id: own, to: bo.email }],
    });
  });
});
