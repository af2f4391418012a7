// What lives on after a request: live streams, signed links and jobs. Access that ends, ends for them too.
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp, until } from '../harness/app.ts';

let t: TestApp;
let admin: Person;
let ada: Person;
let ed: Person;
let eve: Person;
let project: string;

beforeAll(async () => {
  t = await openTestApp();
  admin = await t.join('Admin');
  [ada, ed, eve] = [await t.join('Ada'), await t.join('Ed'), await t.join('Eve')];
  project = (await ada.post('/projects', { name: 'Mill Lane' })).body.id;
});
afterAll(() => t.close());

const share = async (who: Person, role: string) =>
  expect((await ada.post(`/projects/${project}/collaborators`, { email: who.email, role })).status).toBe(201);

const run = () => ({
  id: randomUUID(),
  attempt: 0,
  is_last_attempt: true,
  signal: new AbortController().signal,
});

/** Opens the live stream of a project and keeps what comes until it ends. */
async function listen(who: { cookie: string }, id = project) {
  const answer = await t.server.inject({
    method: 'GET',
    url: `/api/v1/projects/${id}/events`,
    headers: { cookie: who.cookie },
    payloadAsStream: true,
  });
  const stream = answer.stream();
  let ended = false;
  let heard = '';
  stream.on('data', (bytes: Buffer) => {
    heard += String(bytes);
  });
  for (const over of ['end', 'close', 'error'])
    stream.on(over, () => {
      ended = true;
    });
  return { status: answer.statusCode, heard: () => heard, ended: () => ended, close: () => stream.destroy() };
}

async function waitFor(what: () => boolean, seconds = 25): Promise<boolean> {
  const deadline = Date.now() + seconds * 1000;
  while (!what() && Date.now() < deadline) await wait(50);
  return what();
}

describe('the live stream of a project', () => {
  it('is not there for another tenant, a stranger or an administrator of the platform', async () => {
    for (const [who, status] of [
      [eve, 404],
      [admin, 404],
      [{ cookie: '' }, 401],
    ] as const) {
      const opened = await listen(who);
      expect(opened.status).toBe(status);
      opened.close();
    }
  });

  it('says nothing any more once somebody was taken off the project', async () => {
    await share(ed, 'viewer');
    const opened = await listen(ed);
    expect(opened.status).toBe(200);
    expect((await ada.delete(`/projects/${project}/collaborators/${ed.user_id}`)).status).toBe(204);
    expect(await waitFor(opened.ended)).toBe(true);
    const before = opened.heard();
    await ada.patch(`/projects/${project}`, { name: 'A name Ed may not hear' });
    await wait(300);
    expect(opened.heard()).toBe(before);
  });

  it('ends when the account is suspended', async () => {
    const sue = await t.join('Sue');
    await share(sue, 'editor');
    const opened = await listen(sue);
    expect(opened.status).toBe(200);
    expect((await admin.post(`/admin/users/${sue.user_id}/suspend`)).status).toBe(200);
    expect(await waitFor(opened.ended)).toBe(true);
    expect((await listen(sue)).status).toBe(401);
  });
});

describe('a signed link', () => {
  it('opens the one file it was made for, and nothing once that is deleted', async () => {
    const made = async () => {
      const { id } = (await ada.post(`/projects/${project}/exports`, { format: 'json' })).body;
      await until(
        () => ada.get(`/exports/${id}`),
        (answer) => answer.body.status === 'ready',
      );
      return id as string;
    };
    const [first, second] = [await made(), await made()];
    const { url } = (await ada.post(`/exports/${first}/links`, {})).body;
    expect((await t.anonymous.get(url)).status).toBe(200);
    expect((await t.anonymous.get(url.replace(first, second))).status).toBe(404);
    expect((await t.anonymous.get(url.replace(/expires=\d+/, 'expires=99999999999'))).status).toBe(404);
    expect((await eve.get(`/exports/${first}/file`)).status).toBe(404);
    expect((await ada.delete(`/exports/${first}`)).status).toBe(204);
    expect((await t.anonymous.get(url)).status).toBe(404);
  });

  it('to a project shows that project alone, and nothing once it is ended', async () => {
    const link = (await ada.post(`/projects/${project}/share-links`, { label: 'Client', downloads: true }))
      .body;
    const token = link.path.split('/').at(-1);
    expect((await t.anonymous.get(`/shared/${token}`)).status).toBe(200);
    const other = (await eve.post('/projects', { name: 'Elsewhere' })).body.id;
    const foreign = (await eve.post(`/projects/${other}/exports`, { format: 'json' })).body.id;
    await until(
      () => eve.get(`/exports/${foreign}`),
      (answer) => answer.body.status === 'ready',
    );
    expect((await t.anonymous.get(`/shared/${token}/files/${foreign}`)).status).toBe(404);
    expect((await eve.delete(`/share-links/${link.id}`)).status).toBe(404);
    expect((await ada.delete(`/share-links/${link.id}`)).status).toBe(204);
    expect((await t.anonymous.get(`/shared/${token}`)).status).toBe(404);
  });
});

describe('a job', () => {
  beforeAll(async () => {
    // From here on jobs are queued and run by hand, so that access can end in between.
    await t.app.deps.jobs.stop(0);
  });

  it('of somebody who lost access writes no file', async () => {
    await share(ed, 'editor');
    const { id } = (await ed.post(`/projects/${project}/exports`, { format: 'json' })).body;
    await ada.delete(`/projects/${project}/collaborators/${ed.user_id}`);
    await t.app.features.exports.make({ export_id: id, project_id: project, user_id: ed.user_id }, run());
    const row = (await ada.get(`/exports/${id}`)).body;
    expect(row.status).toBe('failed');
    expect(row.file_size_bytes).toBeNull();
    expect((await ada.get(`/exports/${id}/file`)).status).toBe(409);
  });

  it('whose payload names another tenant’s project writes no file', async () => {
    const { id } = (await ada.post(`/projects/${project}/exports`, { format: 'json' })).body;
    await t.app.features.exports.make({ export_id: id, project_id: project, user_id: eve.user_id }, run());
    expect((await ada.get(`/exports/${id}`)).body).toMatchObject({ status: 'failed', file_size_bytes: null });
  });

  it('of somebody who lost access recommends nothing', async () => {
    await share(ed, 'editor');
    const asked = await ed.post(`/projects/${project}/recommendations`, {}, { prefer: 'respond-async' });
    expect(asked.status).toBe(202);
    await ada.delete(`/projects/${project}/collaborators/${ed.user_id}`);
    await t.app.features.recommendations
      .compose({ recommendation_id: asked.body.id, project_id: project, user_id: ed.user_id }, run())
      .catch(() => undefined);
    expect((await ada.get(`/projects/${project}/recommendations`)).body.items).toEqual([]);
    expect((await ada.get(`/projects/${project}/budget-scenarios`)).body.items).toEqual([]);
  });
});
