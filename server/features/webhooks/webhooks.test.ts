// Webhooks over HTTP, with a receiver of our own: signed, in order, tried again, sent again, switched off; what a token
// with the scope "export" may do; and the order system of the docs, run against the application.
import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CreatedWebhook, WebhookDelivery, WebhookMessage } from '../../../contract/webhooks.ts';
import { openTestApp, type Person, type TestApp, until } from '../../../test/harness/app.ts';
import { happened } from '../happenings.ts';
import { WAITS_S } from './dispatch.ts';

let t: TestApp;
let dana: Person;
let eve: Person;
let project: string;
let later_ms = 0;
let receiver: Server;
let address: string;
/** What the receiver answers from now on. */
let answer = 200;
let taken: { headers: IncomingHttpHeaders; body: string }[] = [];

beforeAll(async () => {
  t = await openTestApp({ WEBHOOKS_ALLOW_LOCAL: '1' }, () => new Date(Date.now() + later_ms));
  await t.join('Root');
  [dana, eve] = [await t.join('Dana'), await t.join('Eve')];
  project = await newProject(dana);
  receiver = createServer(async (request, reply) => {
    let body = '';
    for await (const part of request) body += part;
    taken.push({ headers: request.headers, body });
    reply.writeHead(answer).end(`answered ${answer}`);
  });
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
}, 60_000);
afterAll(async () => {
  receiver.close();
  await t.close();
});

async function newProject(who: Person): Promise<string> {
  return (await who.post('/projects', { name: 'Told', organization_id: who.organization_id })).body.id;
}

async function add(body: object = {}): Promise<CreatedWebhook> {
  const made = await dana.post(`/organizations/${dana.organization_id}/webhooks`, { url: address, ...body });
  expect(made.status).toBe(201);
  return made.body;
}

/** Something happens in the project, written as the person who did it. */
async function happen(once: string, type: Parameters<typeof happened>[1]['type'] = 'project.approved') {
  return await t.app.deps.postgres.withContext({ user_id: dana.user_id }, (tx) =>
    happened(tx, {
      type,
      project_id: project,
      subject_id: project,
      once,
      actor_id: dana.user_id,
      happened_at: t.app.deps.now(),
      data: { once },
    }),
  );
}

async function deliveries(id: string, done: (all: WebhookDelivery[]) => boolean): Promise<WebhookDelivery[]> {
  const found = await until(
    () => dana.get(`/webhooks/${id}/deliveries`),
    ({ body }) => done(body.items),
    20,
  );
  return found.body.items;
}
const settled = (all: WebhookDelivery[]) => all.length > 0 && all.every((one) => one.status !== 'waiting');

/** As a receiver would, without our code. */
function isSigned(secret: string, { headers, body }: (typeof taken)[number]): boolean {
  const text = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const expected = `v1,${createHmac('sha256', key).update(text).digest('base64')}`;
  return String(headers['webhook-signature']).split(' ').includes(expected);
}

describe('a webhook', () => {
  it('is told what happened, once, in order and signed with a secret that is shown once', async () => {
    const made = await add({ types: ['project.approved'] });
    taken = [];
    const ids: string[] = [];
    for (let i = 0; i < 12; i += 1) ids.push(await happen(`order ${i}`));
    // The same told twice is one; what was not asked for is not told.
    await happen('order 3');
    await happen('not asked for', 'project.changes_requested');
    const log = await deliveries(made.id, (all) => all.length === 12 && settled(all));
    expect(taken.map(({ headers }) => headers['webhook-id'])).toEqual(ids);
    expect(taken.every((one) => isSigned(made.secret, one))).toBe(true);
    const messages = taken.map(({ body }) => JSON.parse(body) as WebhookMessage);
    expect(messages[0]).toMatchObject({
      type: 'project.approved',
      data: { project_id: project, organization_id: dana.organization_id, once: 'order 0' },
    });
    const sequence = messages.map(({ data }) => data.sequence ?? Number.NaN);
    expect(sequence).toEqual([...sequence].sort((a, b) => a - b));
    expect(log.every((one) => one.status === 'delivered' && one.attempts === 1)).toBe(true);
    const shown = (await dana.get(`/organizations/${dana.organization_id}/webhooks`)).body.items;
    expect(JSON.stringify(shown)).not.toContain(made.secret);
    expect((await dana.delete(`/webhooks/${made.id}`)).status).toBe(204);
  });

  it('is tried again until it answers, under the same id, and the log says how it went', async () => {
    const made = await add();
    taken = [];
    answer = 503;
    const id = await happen('retried');
    await deliveries(made.id, (all) => all[0]?.attempts === 1);
    later_ms += (WAITS_S[0] + 1) * 1000;
    await deliveries(made.id, (all) => all[0]?.attempts === 2);
    answer = 200;
    later_ms += (WAITS_S[1] + 1) * 1000;
    const [done] = await deliveries(made.id, settled);
    expect(done).toMatchObject({ status: 'delivered', attempts: 3, event_id: id, last_error: null });
    expect(new Set(taken.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([id]));
    const detail = (await dana.get(`/webhook-deliveries/${done?.id}`)).body;
    expect(detail.attempt_log.map((one: { status: number }) => one.status)).toEqual([503, 503, 200]);
    expect(detail.attempt_log[0].response_excerpt).toBe('answered 503');
    expect(JSON.parse(detail.body).data.once).toBe('retried');
    await dana.delete(`/webhooks/${made.id}`);
  });

  it('is sent one message again, and all since a time', async () => {
    const begun = t.app.deps.now().toISOString();
    const ids = [await happen('before it was there 1'), await happen('before it was there 2')];
    const made = await add();
    expect((await dana.post(`/webhooks/${made.id}/replay`, { since: begun })).body).toMatchObject({
      replayed: 2,
      has_more: false,
    });
    const log = await deliveries(made.id, (all) => all.length === 2 && settled(all));
    expect(new Set(log.map((one) => one.event_id))).toEqual(new Set(ids));
    taken = [];
    const again = await dana.post(`/webhook-deliveries/${log[0]?.id}/replay`);
    expect(again).toMatchObject({ status: 202, body: { is_replay: true, event_id: log[0]?.event_id } });
    await deliveries(made.id, (all) => all.length > log.length && settled(all));
    expect(taken.map(({ headers }) => headers['webhook-id'])).toEqual([log[0]?.event_id]);
    await dana.delete(`/webhooks/${made.id}`);
  });

  it('signs with both secrets for a day after a rotation', async () => {
    const made = await add();
    const rotated = (await dana.post(`/webhooks/${made.id}/rotate`)).body as CreatedWebhook;
    expect(rotated.secret).not.toBe(made.secret);
    const ping = async () => {
      taken = [];
      await dana.post(`/webhooks/${made.id}/ping`);
      await deliveries(made.id, settled);
      await until(
        () => dana.get(`/webhooks/${made.id}/deliveries`),
        () => taken.length === 1,
        10,
      );
      return taken[0] as (typeof taken)[number];
    };
    const first = await ping();
    expect([isSigned(made.secret, first), isSigned(rotated.secret, first)]).toEqual([true, true]);
    expect(JSON.parse(first.body)).toMatchObject({ type: 'ping' });
    later_ms += 25 * 3_600_000;
    const second = await ping();
    expect([isSigned(made.secret, second), isSigned(rotated.secret, second)]).toEqual([false, true]);
    await dana.delete(`/webhooks/${made.id}`);
  });

  it('is switched off after a day of failures, with a notice, and can be switched on again', async () => {
    const made = await add();
    answer = 500;
    await happen('never taken');
    for (const [n, wait] of [...WAITS_S, 1].entries()) {
      await deliveries(made.id, (all) => (all[0]?.attempts ?? 0) >= n + 1);
      later_ms += (wait + 61) * 1000;
    }
    answer = 200;
    const off = await until(
      () => dana.get(`/organizations/${dana.organization_id}/webhooks`),
      ({ body }) => body.items[0].status === 'disabled',
      20,
    );
    expect(off.body.items[0].disabled_reason).toMatch(/for a day.*500/);
    const folder = join(t.app.deps.config.data_dir, 'mail');
    const mail = await until(
      async () => ({
        status: 200,
        headers: {},
        body: readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')),
      }),
      ({ body }) => body.some((text: string) => text.includes('was switched off')),
      20,
    );
    const notice = mail.body.find((text: string) => text.includes('was switched off'));
    expect(notice).toContain(`To: ${dana.email}`);
    expect(
      (await dana.post(`/webhooks/${made.id}/replay`, { since: new Date(0).toISOString() })).status,
    ).toBe(409);
    const on = await dana.patch(`/webhooks/${made.id}`, { status: 'active' });
    expect(on.body).toMatchObject({ status: 'active', disabled_reason: null });
    await dana.delete(`/webhooks/${made.id}`);
  });

  it('is for those who manage the organization; to others there is none', async () => {
    const made = await add();
    await dana.post(`/webhooks/${made.id}/ping`);
    const [delivery] = await deliveries(made.id, settled);
    for (const [verb, path, body] of [
      ['get', `/organizations/${dana.organization_id}/webhooks`],
      ['post', `/organizations/${dana.organization_id}/webhooks`, { url: address }],
      ['patch', `/webhooks/${made.id}`, { description: 'mine' }],
      ['post', `/webhooks/${made.id}/rotate`],
      ['post', `/webhooks/${made.id}/ping`],
      ['post', `/webhooks/${made.id}/replay`, { since: new Date(0).toISOString() }],
      ['get', `/webhooks/${made.id}/deliveries`],
      ['get', `/webhook-deliveries/${delivery?.id}`],
      ['post', `/webhook-deliveries/${delivery?.id}/replay`],
      ['delete', `/webhooks/${made.id}`],
    ] as const) {
      const found = await (eve[verb] as (path: string, body?: unknown) => Promise<{ status: number }>)(
        path,
        body,
      );
      expect({ verb, path, status: found.status }).toEqual({ verb, path, status: 404 });
    }
    // Nothing that happens at Eve's reaches Dana's receiver.
    taken = [];
    const theirs = await newProject(eve);
    await t.app.deps.postgres.withContext({ user_id: eve.user_id }, (tx) =>
      happened(tx, {
        type: 'project.approved',
        project_id: theirs,
        subject_id: theirs,
        actor_id: eve.user_id,
        happened_at: t.app.deps.now(),
      }),
    );
    await happen('mine');
    await deliveries(made.id, (all) => all.length === 2 && settled(all));
    expect(taken.map(({ body }) => JSON.parse(body).data.project_id)).toEqual([project]);
    await dana.delete(`/webhooks/${made.id}`);
  });

  it('goes to no address inside, and says so', async () => {
    for (const url of [
      'https://169.254.169.254/latest',
      'https://10.0.0.1/',
      'http://orders.example.com/',
      'ftp://x.example',
    ]) {
      const refused = await dana.post(`/organizations/${dana.organization_id}/webhooks`, { url });
      expect({ url, status: refused.status }).toEqual({ url, status: 400 });
    }
  });
});

describe('a token with the scope "export" only', () => {
  it('makes and fetches the files of its person’s projects and does nothing else', async () => {
    const { token } = (await dana.post('/api-tokens', { name: 'orders', scopes: ['export'] })).body;
    const as = { authorization: `Bearer ${token}` };
    const made = await t.anonymous.post(`/projects/${project}/exports`, { format: 'json' }, as);
    expect(made.status).toBe(202);
    const ready = await until(
      () => t.anonymous.get(`/exports/${made.body.id}`, as),
      ({ body }) => body.status === 'ready',
    );
    expect(ready.status).toBe(200);
    expect((await t.anonymous.get(`/exports/${made.body.id}/file`, as)).status).toBe(200);
    expect((await t.anonymous.get(`/projects/${project}/exports`, as)).body.items.length).toBeGreaterThan(0);
    expect((await t.anonymous.post(`/exports/${made.body.id}/links`, {}, as)).status).toBe(201);
    for (const path of [
      '/projects',
      `/projects/${project}`,
      '/auth/me',
      `/webhooks/${project}/deliveries`,
      '/products',
    ])
      expect({ path, status: (await t.anonymous.get(path, as)).status }).toEqual({ path, status: 403 });
    for (const path of ['/projects', `/projects/${project}/conversations`, '/api-tokens', '/projects/import'])
      expect({ path, status: (await t.anonymous.post(path, {}, as)).status }).toEqual({ path, status: 403 });
    const theirs = await newProject(eve);
    expect((await t.anonymous.post(`/projects/${theirs}/exports`, { format: 'json' }, as)).status).toBe(404);
    const { token: reader } = (await dana.post('/api-tokens', { name: 'reads', scopes: ['read'] })).body;
    const reading = { authorization: `Bearer ${reader}` };
    expect((await t.anonymous.post(`/projects/${project}/exports`, { format: 'json' }, reading)).status).toBe(
      403,
    );
    expect((await t.anonymous.get(`/exports/${made.body.id}`, reading)).status).toBe(200);
  });
});

describe('the order system of the docs', () => {
  let script: ChildProcess;
  const folder = mkdtempSync(join(tmpdir(), 'ofs-orders-'));
  afterAll(() => {
    script?.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  it('verifies the signature, asks for the order file, stores it and acknowledges', async () => {
    later_ms = 0;
    await t.app.features.catalog.seedGenerated({ seed: 11, count: 150 });
    const conversation = await dana.post(`/projects/${project}/conversations`);
    await dana.post(`/conversations/${conversation.body.id}/messages`, {
      content: 'We are 8 people: 8 workstations. Budget up to $150,000.',
    });
    const recommended = await dana.post(`/projects/${project}/recommendations`, {});
    await until(
      () => dana.get(`/recommendations/${recommended.body.id}`),
      ({ body }) => body.items.length > 0,
    );

    const base = await t.server.listen({ port: 0, host: '127.0.0.1' });
    const { token } = (await dana.post('/api-tokens', { name: 'orders', scopes: ['export'] })).body;
    const made = await add({ types: ['budget.selected', 'export.ready'] });
    const output: string[] = [];
    script = spawn(
      process.execPath,
      ['--no-warnings', join(import.meta.dirname, '../../../docs/examples/order-system.ts')],
      {
        env: {
          PATH: process.env['PATH'],
          OFS_URL: base,
          OFS_TOKEN: token,
          OFS_WEBHOOK_SECRET: made.secret,
          PORT: '0',
          ORDERS: folder,
          STARTS: 'budget.selected',
        },
      },
    );
    script.stdout?.on('data', (text) => output.push(String(text)));
    script.stderr?.on('data', (text) => output.push(String(text)));
    const told = async (pattern: RegExp) =>
      await until(
        async () => ({ status: 200, headers: {}, body: output.join('') }),
        ({ body }) => pattern.test(body),
        30,
      );
    const port = /port (\d+)/.exec((await told(/listening on port \d+/)).body)?.[1];
    await dana.patch(`/webhooks/${made.id}`, { url: `http://127.0.0.1:${port}/` });

    // Someone else's message changes nothing.
    const forged = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      headers: {
        'webhook-id': 'x',
        'webhook-timestamp': `${Math.floor(Date.now() / 1000)}`,
        'webhook-signature': 'v1,AAAA',
      },
      body: JSON.stringify({ type: 'budget.selected', data: { project_id: project } }),
    });
    expect(forged.status).toBe(401);

    const scenarios = (await dana.get(`/projects/${project}/budget-scenarios`)).body.items;
    expect((await dana.post(`/budget-scenarios/${scenarios[0].id}/select`)).status).toBe(200);
    await told(/stored .*\.sif/);
    const [file] = readdirSync(folder);
    expect(readFileSync(join(folder, String(file)), 'latin1')).toMatch(/^PN=/m);
    const log = await deliveries(made.id, (all) => all.length === 2 && settled(all));
    expect(log.map((one) => [one.type, one.last_status])).toEqual([
      ['export.ready', 204],
      ['budget.selected', 204],
    ]);
  });
});
