// Working on one project together, over HTTP: versions and their differences, copies, comments, links for people without
// an account, conflicts and repeated writes.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommentThread } from '../../../contract/comments.ts';
import type { RecommendationItem } from '../../../contract/recommendations.ts';
import type { SharedProject } from '../../../contract/sharing.ts';
import type { ProjectVersion, VersionDiff } from '../../../contract/versions.ts';
import { samplePlanDxf } from '../../../engine/plan/generator/sample.ts';
import { type Answer, openTestApp, type Person, type TestApp, until } from '../../../test/harness/app.ts';

let test: TestApp;
let owner: Person;
let mate: Person;
let stranger: Person;
let project_id: string;
let plan_id: string;

const path = (rest = '') => `/projects/${project_id}${rest}`;
const versions = async (): Promise<ProjectVersion[]> => (await owner.get(path('/versions'))).body.items;
const newest = async (): Promise<number> => (await versions())[0]?.version_number ?? 0;
const diff = async (n: number, query = ''): Promise<VersionDiff> =>
  (await owner.get(path(`/versions/${n}/diff${query}`))).body;
const spaces = async () =>
  (await owner.get(`/floor-plans/${plan_id}/spaces`)).body.items as {
    id: string;
    name: string | null;
    type: string;
    revision: number;
  }[];
const scenarios = async () =>
  (await owner.get(path('/budget-scenarios'))).body.items as {
    id: string;
    type: string;
    total_cost: number;
    is_selected: boolean;
    recommendation_id: string;
  }[];
const bill = async (): Promise<RecommendationItem[]> => {
  const [first] = await scenarios();
  return (await owner.get(`/recommendations/${first?.recommendation_id}?scenario=balanced`)).body.items;
};

beforeAll(async () => {
  test = await openTestApp({ PUBLIC_URL: 'https://plans.example' });
  owner = await test.join('Ada');
  mate = await test.join('Ben');
  stranger = await test.join('Cy');
  await test.app.features.catalog.seedGenerated({ seed: 5 });
  project_id = (await owner.post('/projects', { name: 'Quay House', client: { name: 'Teal and Rowe' } })).body
    .id;
  plan_id = (await owner.upload(path('/floor-plans'), 'plan.dxf', samplePlanDxf(21))).body.id;
  await until(
    () => owner.get(`/floor-plans/${plan_id}`),
    (answer) => answer.body.status === 'analyzed',
  );
  const conversation = await owner.post(path('/conversations'));
  await owner.post(`/conversations/${conversation.body.id}/messages`, {
    content: 'We need 14 workstations with ergonomic chairs and a meeting room, budget around $300,000.',
  });
  await owner.post(path('/recommendations'), {});
  const balanced = (await scenarios()).find((one) => one.type === 'balanced');
  await owner.post(`/budget-scenarios/${balanced?.id}/select`);
  await owner.post(path('/collaborators'), { email: mate.email, role: 'commenter' });
}, 120_000);
afterAll(() => test?.close());

describe('versions', () => {
  it('are made by themselves at each milestone, and by hand under a name', async () => {
    const summaries = (await versions()).map(({ kind, change_summary }) => `${kind}: ${change_summary}`);
    expect(summaries).toEqual([
      expect.stringMatching(/^automatic: Balanced selected/),
      'automatic: Brief confirmed and furnished',
      expect.stringMatching(/^automatic: Plan read: \d+ rooms$/),
    ]);
    const named = await owner.post(path('/versions'), { change_summary: 'Before the visit' });
    expect(named.body).toMatchObject({
      kind: 'named',
      version_number: 4,
      can_restore: true,
      created_by_name: 'Ada Tester',
    });
    expect((await mate.post(path('/versions'), { change_summary: 'x' })).status).toBe(403);
    expect((await stranger.get(path('/versions'))).status).toBe(404);
  });

  it('tell how they differ: rooms, places, the bill and the brief, and nothing where nothing changed', async () => {
    const before = await newest();
    const same = await diff(before);
    expect(same).toMatchObject({ words: [], brief: [], placements: [], bill: { lines: [] } });
    expect(same.spaces).toEqual({ added: [], removed: [], changed: [] });
    const [room] = await spaces();
    await owner.patch(`/spaces/${room?.id}`, { name: 'Renamed by hand' });
    await owner.patch(path(), { timeline: { delivery_date: '2027-05-01' } });
    const line = (await bill()).find((item) => item.quantity > 1) as RecommendationItem;
    const changed = await owner.patch(`/recommendations/${line.recommendation_id}/items/${line.id}`, {
      status: 'rejected',
      override_limits: true,
    });
    expect([changed.status, changed.body.detail]).toEqual([200, undefined]);
    const now = await diff(before);
    expect(now.spaces.changed).toHaveLength(1);
    expect(now.spaces.changed[0]).toMatchObject({
      fields: ['name'],
      after: { id: room?.id, label: expect.stringContaining('Renamed by hand') },
    });
    expect(now.brief).toContainEqual({ path: 'timeline.delivery_date', before: null, after: '2027-05-01' });
    expect(now.bill.lines).toContainEqual(
      expect.objectContaining({
        kind: 'removed',
        before: expect.objectContaining({ sku: line.product.sku, quantity: line.quantity }),
        after: null,
      }),
    );
    expect(now.placements.length).toBeGreaterThan(0);
    expect(now.bill.before?.total).toBeGreaterThan(now.bill.after?.total ?? 0);
    expect(now.words.join(' ')).toMatch(/Renamed by hand.*Total USD/);
    expect((await stranger.get(path(`/versions/${before}/diff`))).status).toBe(404);
  });

  it('come back as a new version, and what stood before is kept', async () => {
    const [selected] = (await scenarios()).filter((one) => one.is_selected);
    const count = await newest();
    const back = await owner.post(path('/versions/4/restore'));
    expect(back.status).toBe(200);
    expect(back.body).toMatchObject({
      kept_as: count + 1,
      notes: [],
      version: { kind: 'restored', version_number: count + 2 },
    });
    const same = await diff(4);
    expect(same).toMatchObject({ words: [], brief: [], placements: [] });
    expect(same.bill.lines).toEqual([]);
    expect(same.spaces).toEqual({ added: [], removed: [], changed: [] });
    // And forward again: the change that was taken back is not lost.
    const kept = await diff(4, `?with=${count + 1}`);
    expect(kept.words.length).toBeGreaterThan(1);
    expect((await owner.post(path(`/versions/${count + 1}/restore`))).status).toBe(200);
    expect((await spaces()).some(({ name }) => name === 'Renamed by hand')).toBe(true);
    const [again] = (await scenarios()).filter((one) => one.is_selected);
    expect(again?.total_cost).toBe(selected?.total_cost);
    expect(again?.type).toBe('balanced');
    expect((await mate.post(path('/versions/4/restore'))).status).toBe(403);
    expect((await stranger.post(path('/versions/4/restore'))).status).toBe(404);
    expect((await owner.post(path('/versions/999/restore'))).status).toBe(404);
  }, 120_000);

  it('bring rooms back that were deleted, with their furniture', async () => {
    const before = await newest();
    const line = (await bill()).find((item) => item.space_id !== null) as RecommendationItem;
    const history = (await owner.get(`/floor-plans/${plan_id}/edits`)).body;
    const gone = await owner.post(
      `/floor-plans/${plan_id}/edits`,
      { op: 'delete', space_ids: [line.space_id] },
      {
        ...(history.edit_revision === undefined ? {} : { 'if-match': `"${history.edit_revision}"` }),
      },
    );
    expect(gone.status).toBeLessThan(300);
    expect((await diff(before)).spaces.removed.map(({ id }) => id)).toEqual([line.space_id]);
    expect((await owner.post(path(`/versions/${before}/restore`))).status).toBe(200);
    expect((await spaces()).some(({ id }) => id === line.space_id)).toBe(true);
    expect((await bill()).filter((item) => item.space_id === line.space_id).length).toBeGreaterThan(0);
    expect((await diff(before)).words).toEqual([]);
  }, 120_000);
});

describe('copies and templates', () => {
  it('are projects of their own with the chosen parts', async () => {
    const made = await owner.post(path('/clone'), { name: 'Quay House, second floor' });
    expect(made.status).toBe(201);
    const copy = made.body.id as string;
    const [plan] = (await owner.get(`/projects/${copy}/floor-plans`)).body.items;
    expect(plan.id).not.toBe(plan_id);
    expect((await owner.get(`/floor-plans/${plan.id}/spaces`)).body.items).toHaveLength(
      (await spaces()).length,
    );
    const totals = (list: { type: string; total_cost: number }[]) =>
      list.map(({ type, total_cost }) => [type, total_cost]);
    expect(totals((await owner.get(`/projects/${copy}/budget-scenarios`)).body.items)).toEqual(
      totals(await scenarios()),
    );
    expect(made.body.client).toEqual({});
    // The file came along: the copy can be read on its own.
    expect((await owner.get(`/floor-plans/${plan.id}/file`)).status).toBe(200);
    const bare = await owner.post(path('/clone'), { name: 'Only the brief', parts: ['brief'] });
    expect((await owner.get(`/projects/${bare.body.id}/floor-plans`)).body.items).toEqual([]);
    expect(bare.body.requirements).toEqual((await owner.get(path())).body.requirements);
    expect((await owner.post(path('/clone'), { name: 'x', parts: ['furniture'] })).status).toBe(400);
    expect((await stranger.post(path('/clone'), { name: 'x' })).status).toBe(404);
    const foreign = await owner.post(path('/clone'), {
      name: 'x',
      organization_id: stranger.organization_id,
    });
    expect(foreign.status).toBe(404);
  }, 120_000);

  it('begin from a template of the organization', async () => {
    const put = async (person: Person, is_template: boolean): Promise<number> => {
      const answer = await test.server.inject({
        method: 'PUT',
        url: `/api/v1/projects/${project_id}/template`,
        headers: { cookie: person.cookie },
        payload: { is_template },
      });
      return answer.statusCode;
    };
    expect(await put(mate, true)).toBe(403);
    expect(await put(owner, true)).toBe(200);
    const listed = (await owner.get('/projects?template=true')).body.items;
    expect(listed.map((one: { id: string }) => one.id)).toEqual([project_id]);
    expect((await owner.post(path('/clone'), { name: 'From the pattern' })).body.is_template).toBe(false);
    expect(await put(owner, false)).toBe(200);
  }, 120_000);
});

describe('comments', () => {
  const say = (person: Person, body: object) => person.post(path('/comments'), body);

  it('are threads on the project, a room or a line, which everybody on it answers and resolves', async () => {
    const [room] = await spaces();
    const [line] = await bill();
    const first = await say(owner, {
      body: 'Is this the quiet side?',
      subject: { type: 'space', id: room?.id },
    });
    expect(first.status).toBe(201);
    const thread = first.body as CommentThread;
    expect(thread.subject).toMatchObject({ type: 'space', id: room?.id, label: expect.any(String) });
    const answered = await say(mate, { body: 'Yes, towards the yard.', thread_id: thread.id });
    expect(answered.body.replies).toMatchObject([
      { body: 'Yes, towards the yard.', author_name: 'Ben Tester' },
    ]);
    await say(owner, { body: 'Which fabric?', subject: { type: 'item', id: line?.id } });
    const items = (await owner.get(path('/comments?subject_type=item'))).body.items as CommentThread[];
    expect(items[0]?.subject).toMatchObject({ sku: line?.product.sku, space_id: line?.space_id });
    const resolved = await mate.patch(`/comments/${thread.id}`, { resolved: true });
    expect(resolved.body.resolved_by).toBe(mate.user_id);
    expect((await owner.get(path('/comments?resolved=true'))).body.items).toHaveLength(1);
    // A new answer opens it again.
    expect((await say(owner, { body: 'One more thing.', thread_id: thread.id })).body.resolved_at).toBeNull();
  });

  it('are changed and deleted by who wrote them only; answers stay', async () => {
    const { id } = (await say(owner, { body: 'A slip' })).body as CommentThread;
    await say(mate, { body: 'What do you mean?', thread_id: id });
    expect((await mate.patch(`/comments/${id}`, { body: 'Mine now' })).status).toBe(403);
    expect((await mate.delete(`/comments/${id}`)).status).toBe(403);
    const edited = await owner.patch(`/comments/${id}`, { body: 'Corrected' });
    expect(edited.body).toMatchObject({ body: 'Corrected', edited_at: expect.any(String) });
    expect((await owner.delete(`/comments/${id}`)).status).toBe(204);
    const [kept] = (await owner.get(path('/comments?subject_type=project'))).body.items as CommentThread[];
    expect(kept).toMatchObject({
      id,
      body: '',
      deleted_at: expect.any(String),
      replies: [{ body: 'What do you mean?' }],
    });
    for (const answer of [
      await stranger.get(path('/comments')),
      await say(stranger, { body: 'hello' }),
      await stranger.patch(`/comments/${id}`, { resolved: true }),
      await stranger.delete(`/comments/${id}`),
    ])
      expect(answer.status).toBe(404);
  });

  it('tell by mail who is named in them, unless they do not want it', async () => {
    const mails = async () => {
      const { rows } = await test.app.deps.postgres.pool.query(
        `select data->>'to' as "to", data->>'subject' as subject, data->>'text' as text from pgboss.job where name = 'send_mail' and data->>'subject' like '%named you%'`,
      );
      return rows as { to: string; subject: string; text: string }[];
    };
    await say(owner, { body: 'Look here, Ben', mentions: [mate.user_id] });
    expect(await mails()).toMatchObject([
      { to: mate.email, subject: 'Ada Tester named you in a comment on Quay House' },
    ]);
    expect((await mails())[0]?.text).toContain(`https://plans.example/projects/${project_id}`);
    await mate.patch('/auth/me', { preferences: { notifications: { email: false } } });
    await say(owner, { body: 'And here', mentions: [mate.user_id] });
    expect(await mails()).toHaveLength(1);
    expect((await say(owner, { body: 'x', mentions: [stranger.user_id] })).status).toBe(400);
    const people = (await mate.get(path('/people'))).body.items;
    expect(people.map((one: { name: string }) => one.name)).toEqual(['Ada Tester', 'Ben Tester']);
  });
});

describe('share links', () => {
  const make = async (request: object) => {
    const made = await owner.post(path('/share-links'), { label: 'For the client', ...request });
    expect(made.status).toBe(201);
    return { ...made.body, token: String(made.body.path).split('/').at(-1) } as { id: string; token: string };
  };
  const open = (token: string, headers?: Record<string, string>) =>
    test.anonymous.get(`/shared/${token}`, headers);

  it('show plan, rooms and lines, and prices only as far as they allow; never what a dealer pays', async () => {
    const keys = (value: unknown): string[] =>
      typeof value !== 'object' || value === null
        ? []
        : Object.entries(value).flatMap(([key, inner]) => [key, ...keys(inner)]);
    for (const prices of ['none', 'list', 'sell'] as const) {
      const { token } = await make({ prices });
      const answer = await open(token);
      expect(answer.status).toBe(200);
      expect(answer.headers['x-robots-tag']).toContain('noindex');
      expect(answer.headers['referrer-policy']).toBe('no-referrer');
      const page = answer.body as SharedProject;
      expect(page.floors[0]?.spaces.length).toBeGreaterThan(5);
      const lines = await bill();
      expect(page.items).toHaveLength(lines.filter(({ status }) => status !== 'rejected').length);
      const found = keys(page);
      for (const secret of ['internal', 'unit_cost', 'dealer_price', 'margin_pct', 'email', 'conversations'])
        expect(found).not.toContain(secret);
      const [item] = page.items;
      const line = lines.find(({ id }) => id === item?.id);
      expect(item?.unit_price).toBe(
        prices === 'none' ? null : prices === 'list' ? line?.unit_list_price : line?.unit_price,
      );
      expect(page.scenarios.every(({ total }) => (total === null) === (prices === 'none'))).toBe(true);
    }
  });

  it('are all answered the same where they are unknown, ended or over, and end with who made them', async () => {
    const { id, token } = await make({});
    const unknown = await open('A'.repeat(43));
    expect(unknown.status).toBe(404);
    expect((await owner.delete(`/share-links/${id}`)).status).toBe(204);
    const ended = await open(token);
    const plain = ({ status, body }: Answer) => ({ status, ...body, request_id: '' });
    expect(plain(ended)).toEqual(plain(unknown));
    expect(plain(await open('x'))).toEqual(plain(unknown));
    const over = await make({ days: 1 });
    await test.app.deps.postgres.asSystem((tx) =>
      tx
        .updateTable('share_links')
        .set({ expires_at: new Date(Date.now() - 1000) })
        .where('id', '=', over.id)
        .execute(),
    );
    expect(plain(await open(over.token))).toEqual(plain(unknown));
    const kept = await test.app.deps.postgres.asSystem((tx) =>
      tx.selectFrom('share_links').selectAll().execute(),
    );
    expect(JSON.stringify(kept)).not.toContain(token);
    for (const answer of [
      await stranger.get(path('/share-links')),
      await stranger.post(path('/share-links'), { label: 'x' }),
      await stranger.delete(`/share-links/${over.id}`),
    ])
      expect(answer.status).toBe(404);
    expect((await mate.post(path('/share-links'), { label: 'x' })).status).toBe(403);
  });

  it('ask for their password, a limited number of times', async () => {
    const { token } = await make({ password: 'quay and harbour' });
    expect((await open(token)).status).toBe(401);
    const unlock = (password: string) => test.anonymous.post(`/shared/${token}/unlock`, { password });
    expect((await unlock('wrong')).status).toBe(403);
    const [refused] = await test.app.deps.postgres.asSystem((tx) =>
      tx
        .selectFrom('audit_log')
        .select(['project_id', 'actor_id'])
        .where('action', '=', 'share_link.password_refused')
        .execute(),
    );
    expect(refused).toMatchObject({ project_id: expect.any(String), actor_id: null });
    const { grant } = (await unlock('quay and harbour')).body;
    expect((await open(token, { 'x-share-grant': grant })).status).toBe(200);
    const other = await make({ password: 'another password' });
    expect((await open(other.token, { 'x-share-grant': grant })).status).toBe(401);
    const tries = [];
    for (let i = 0; i < 11; i++) tries.push((await unlock('wrong again')).status);
    expect(tries.at(-1)).toBe(429);
    expect(tries.filter((status) => status === 403).length).toBeLessThanOrEqual(10);
  }, 120_000);

  it('let a commenter speak and an approver decide on exactly what was shown', async () => {
    const looker = await make({ role: 'viewer' });
    const speaker = await make({ role: 'commenter' });
    const approver = await make({ role: 'approver', prices: 'sell' });
    const said = { name: 'Kit Rowe', body: 'Could the table be round?' };
    expect((await test.anonymous.post(`/shared/${looker.token}/comments`, said)).status).toBe(403);
    expect((await test.anonymous.post(`/shared/${speaker.token}/comments`, said)).status).toBe(204);
    const [thread] = (await owner.get(path('/comments'))).body.items as CommentThread[];
    expect(thread).toMatchObject({ author_name: 'Kit Rowe', by_link: true, author_id: null });
    await owner.post(path('/comments'), { body: 'Yes.', thread_id: thread?.id });
    expect((await open(speaker.token)).body.comments).toMatchObject([{ replies: [{ body: 'Yes.' }] }]);
    expect((await open(approver.token)).body.comments).toEqual([]);

    const seen = (await open(approver.token)).body as SharedProject;
    const decide = (token: string, body: object) =>
      test.anonymous.post(`/shared/${token}/decision`, {
        name: 'Kit Rowe',
        email: 'kit@teal.example',
        ...body,
      });
    expect((await decide(speaker.token, { decision: 'approved', state: seen.state })).status).toBe(403);
    await owner.patch(path(), { description: 'Changed after it was shown' });
    expect((await decide(approver.token, { decision: 'approved', state: seen.state })).status).toBe(412);
    const { state } = (await open(approver.token)).body as SharedProject;
    const approved = await decide(approver.token, { decision: 'approved', state });
    expect(approved.status).toBe(201);
    const project = (await owner.get(path())).body;
    expect(project.status).toBe('approved');
    const [version] = await versions();
    expect(version).toMatchObject({
      version_number: approved.body.version_number,
      change_summary: 'Approved by Kit Rowe',
    });
    const decisions = (await mate.get(path('/decisions'))).body.items;
    expect(decisions).toMatchObject([
      { name: 'Kit Rowe', email: 'kit@teal.example', link_label: 'For the client' },
    ]);
    expect((await stranger.get(path('/decisions'))).status).toBe(404);
    const told = await test.app.deps.postgres.asSystem((tx) =>
      tx
        .selectFrom('happenings')
        .select(['type', 'subject_id'])
        .where('project_id', '=', project_id)
        .where('type', '=', 'project.approved')
        .execute(),
    );
    expect(told).toEqual([{ type: 'project.approved', subject_id: approved.body.id }]);
    const later = (await open(approver.token)).body as SharedProject;
    expect(later.decisions).toHaveLength(1);
    expect(
      (await decide(approver.token, { decision: 'changes_requested', note: 'Rounder.', state: later.state }))
        .status,
    ).toBe(201);
    expect((await owner.get(path())).body.status).toBe('in_progress');
  }, 120_000);
});

describe('two people at once', () => {
  it('a change to an older revision is refused with the project as it stands', async () => {
    const { revision } = (await owner.get(path())).body;
    await owner.patch(path(), { name: 'Quay House North' }, { 'if-match': `"${revision}"` });
    const late = await owner.patch(path(), { name: 'Quay House South' }, { 'if-match': `"${revision}"` });
    expect(late.status).toBe(412);
    expect(late.body.current).toMatchObject({ name: 'Quay House North', id: project_id });
    const merged = await owner.patch(
      path(),
      { name: 'Quay House South' },
      { 'if-match': `"${late.body.current.revision}"` },
    );
    expect(merged.status).toBe(200);
  });
});

describe('a write sent twice with the same Idempotency-Key', () => {
  const send = (
    method: 'PATCH' | 'PUT' | 'DELETE' | 'POST',
    url: string,
    payload: object | undefined,
    key: string,
  ) =>
    test.server.inject({
      method,
      url: `/api/v1${url}`,
      headers: { cookie: owner.cookie, 'idempotency-key': key },
      ...(payload === undefined ? {} : { payload }),
    });

  it('happens once, with every method; another body under the key is refused', async () => {
    const key = randomUUID();
    const first = await send('PATCH', path(), { description: 'once' }, key);
    const again = await send('PATCH', path(), { description: 'once' }, key);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.json()).toEqual(first.json());
    expect((await owner.get(path())).body.revision).toBe(first.json().revision);
    expect((await send('PATCH', path(), { description: 'other' }, key)).statusCode).toBe(422);
    const template = randomUUID();
    await send('PUT', path('/template'), { is_template: false }, template);
    expect(
      (await send('PUT', path('/template'), { is_template: false }, template)).headers[
        'idempotency-replayed'
      ],
    ).toBe('true');
    const { id } = (await owner.post(path('/comments'), { body: 'to go' })).body;
    const gone = randomUUID();
    expect((await send('DELETE', `/comments/${id}`, undefined, gone)).statusCode).toBe(204);
    const replayed = await send('DELETE', `/comments/${id}`, undefined, gone);
    expect([replayed.statusCode, replayed.body]).toEqual([204, '']);
  });

  it('counts an upload by its contents, whatever its boundary', async () => {
    const key = randomUUID();
    const upload = (bytes: string) => {
      const boundary = `----b${randomUUID()}`;
      return test.server.inject({
        method: 'POST',
        url: `/api/v1${path('/floor-plans')}`,
        headers: {
          cookie: owner.cookie,
          'idempotency-key': key,
          'content-type': `multipart/form-data; boundary=${boundary}`,
        },
        payload: `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="second.dxf"\r\ncontent-type: application/octet-stream\r\n\r\n${bytes}\r\n--${boundary}--\r\n`,
      });
    };
    const first = await upload(String(Buffer.from(samplePlanDxf(33))));
    expect(first.statusCode).toBe(201);
    const again = await upload(String(Buffer.from(samplePlanDxf(33))));
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.json().id).toBe(first.json().id);
    expect((await upload(String(Buffer.from(samplePlanDxf(34))))).statusCode).toBe(422);
    expect((await owner.get(path('/floor-plans'))).body.items).toHaveLength(2);
  });
});
