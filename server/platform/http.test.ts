import { createHash } from 'node:crypto';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../test/harness/app.ts';

let t: TestApp;
let ada: Person;
beforeAll(async () => {
  t = await openTestApp();
  ada = await t.join('Ada');
});
afterAll(() => t.close());

describe('whatever goes wrong', () => {
  it.each([
    ['an address that is no URL', 'GET', '/api/v1/projects/%zz', 400],
    ['an address with an endless part', 'GET', `/api/v1/projects/${'a'.repeat(5000)}`, 404],
    ['an address that does not exist', 'GET', '/api/v1/no-such-thing', 404],
    ['a method that is not known there', 'DELETE', '/api/v1/projects', 404],
    ['an id that is none', 'GET', '/api/v1/projects/1', 400],
  ] as const)(
    '%s is answered with a problem document and a request id',
    async (_what, method, url, status) => {
      const answer = await t.server.inject({ method, url, headers: { cookie: ada.cookie } });
      expect(answer.statusCode).toBe(status);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.json()).toMatchObject({
        status,
        type: expect.stringMatching(/^\/problems\//),
        detail: expect.any(String),
        request_id: expect.any(String),
      });
    },
  );

  it('takes an empty body as none, and a broken one as an error', async () => {
    const project = await ada.post('/projects', { name: 'Empty' });
    const call = (payload: string) =>
      t.server.inject({
        method: 'POST',
        url: `/api/v1/projects/${project.body.id}/conversations`,
        headers: { cookie: ada.cookie, 'content-type': 'application/json' },
        payload,
      });
    expect((await call('')).statusCode).toBe(201);
    expect((await call('{"a":')).statusCode).toBe(400);
    expect((await call('{"__proto__": {"x": 1}}')).statusCode).toBe(400);
  });

  it('says nothing of what is inside', async () => {
    const answer = await t.anonymous.get('/projects');
    expect(JSON.stringify(answer.body)).not.toMatch(/at \w+ \(|node_modules|select |\.ts:/);
    expect(answer.headers['x-powered-by']).toBeUndefined();
  });
});

describe('what never becomes a request', () => {
  let port: number;
  beforeAll(async () => {
    await t.server.listen({ host: '127.0.0.1', port: 0 });
    port = (t.server.server.address() as AddressInfo).port;
  });
  const send = (text: string) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(text));
      let heard = '';
      socket.on('data', (bytes) => {
        heard += String(bytes);
      });
      socket.on('error', reject);
      socket.on('close', () => resolve(heard));
    });

  it.each([
    ['no HTTP at all', 'HELLO\r\n\r\n', 400],
    ['endless headers', `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    [
      'two lengths',
      'POST /api/v1/projects HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG',
      400,
    ],
  ])('%s is refused as any error is, and the line is closed', async (_what, text, status) => {
    const heard = await send(text);
    expect(heard).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(heard).toMatch(/content-type: application\/problem\+json/i);
    expect(heard).toMatch(/x-content-type-options: nosniff/i);
    expect(heard).toMatch(/content-security-policy: /i);
    expect(JSON.parse(heard.split('\r\n\r\n')[1] ?? '')).toMatchObject({
      status,
      detail: expect.any(String),
    });
  });

  it('an upload refused at its first bytes leaves the connection to the next request', async () => {
    const boundary = 'a-line-between';
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="x.xlsx"\r\n\r\nPK\u0003\u0004`;
    const body = `${head}${'a'.repeat(3_000_000)}\r\n--${boundary}--\r\n`;
    const about = `Host: localhost\r\nCookie: ${ada.cookie}\r\n`;
    const heard = await send(
      `POST /api/v1/catalog/imports HTTP/1.1\r\n${about}Content-Type: multipart/form-data; boundary=${boundary}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}` +
        `GET /api/v1/auth/me HTTP/1.1\r\n${about}Connection: close\r\n\r\n`,
    );
    expect(heard.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 422', 'HTTP/1.1 200']);
  });

  it('whoever dribbles headers is cut off before whoever sends a large file slowly', () => {
    expect(t.server.server.headersTimeout).toBeLessThanOrEqual(20_000);
    expect(t.server.server.requestTimeout).toBeGreaterThan(60_000);
  });

  it('an address that is no URL carries the headers of every answer', async () => {
    const { headers } = await t.server.inject({ url: '/api/v1/projects/%zz' });
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers['cache-control']).toBe('no-store');
  });
});

describe('every answer', () => {
  it('carries the headers that keep a browser safe, and none that open the API to other sites', async () => {
    const answer = await t.anonymous.get('/healthz', { origin: 'https://elsewhere.example' });
    expect(answer.headers['content-security-policy']).toMatch(
      /default-src 'self'.*script-src 'self'.*object-src 'none'.*frame-ancestors 'none'/,
    );
    expect(answer.headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe/);
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('keeps a plain request id of the caller and replaces an odd one', async () => {
    expect(
      (await t.anonymous.get('/healthz', { 'x-request-id': 'order-4711-abc' })).headers['x-request-id'],
    ).toBe('order-4711-abc');
    expect(
      (await t.anonymous.get('/healthz', { 'x-request-id': '<script>' })).headers['x-request-id'],
    ).not.toBe('<script>');
  });
});

describe('Idempotency-Key', () => {
  it('makes one project of two posts, and refuses the key for another body', async () => {
    const key = { 'idempotency-key': 'make-one-project' };
    const first = await ada.post('/projects', { name: 'Once' }, key);
    const second = await ada.post('/projects', { name: 'Once' }, key);
    expect(second.body).toEqual(first.body);
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect((await ada.post('/projects', { name: 'Twice' }, key)).status).toBe(422);
    const bob = await t.join('Bob');
    expect((await bob.post('/projects', { name: 'Once' }, key)).body.id).not.toBe(first.body.id);
  });

  it('keeps nothing that whoever reads the database could use', async () => {
    const key = 'a-key-that-only-the-caller-knows';
    const made = await ada.post(
      '/api-tokens',
      { name: 'kept', scopes: ['read'] },
      { 'idempotency-key': key },
    );
    const again = await ada.post(
      '/api-tokens',
      { name: 'kept', scopes: ['read'] },
      { 'idempotency-key': key },
    );
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toEqual(made.body);
    const rows = await t.app.deps.postgres.asSystem((tx) =>
      tx.selectFrom('idempotency_keys').selectAll().where('user_id', '=', ada.user_id).execute(),
    );
    const text = JSON.stringify(rows);
    expect(rows.length).toBeGreaterThan(0);
    expect(text).not.toContain(made.body.token);
    expect(text).not.toContain(Buffer.from(made.body.token).toString('base64').slice(0, 40));
    expect(text).not.toContain(key);
    // Nor what a short list of passwords could be tried against: the hash of a body is keyed.
    const body = JSON.stringify({ name: 'kept', scopes: ['read'] });
    expect(text).not.toContain(
      createHash('sha256').update('POST /api/v1/api-tokens \n').update(body).digest('hex'),
    );
  });

  it('of a first try that is lost goes to one of those that come back at once', async () => {
    const headers = { 'idempotency-key': 'lost-and-found' };
    const stored = createHash('sha256').update(`${ada.user_id}\nlost-and-found`).digest('hex');
    const post = () => ada.post('/projects', { name: 'Lost and found' }, headers);
    const first = (await post()).body.id;
    // As a process leaves it that died two minutes ago before it changed anything.
    await t.app.deps.postgres.asSystem(async (tx) => {
      const created_at = new Date(Date.now() - 120_000);
      await tx
        .updateTable('idempotency_keys')
        .set({ created_at, status_code: null, response: null, committed_at: null })
        .where('key', '=', stored)
        .execute();
      await tx.deleteFrom('projects').where('id', '=', first).execute();
    });
    const all = await Promise.all([post(), post(), post(), post()]);
    const made = all.filter(({ status }) => status === 201);
    expect(made.length).toBeGreaterThan(0);
    expect(new Set(made.map(({ body }) => body.id)).size).toBe(1);
    for (const { status } of all) expect([201, 409]).toContain(status);
    const rows = await t.app.deps.postgres.asSystem((tx) =>
      tx.selectFrom('projects').select('id').where('name', '=', 'Lost and found').execute(),
    );
    expect(rows).toHaveLength(1);
  });

  it('does not keep failures', async () => {
    const key = { 'idempotency-key': 'fails-first' };
    expect((await ada.post('/projects', { name: '' }, key)).status).toBe(400);
    expect((await ada.post('/projects', { name: 'Better' }, key)).status).toBe(201);
  });
});

describe('pages', () => {
  it('lead through everything once, newest first', async () => {
    const eve = await t.join('Eve');
    for (let i = 0; i < 7; i++) await eve.post('/projects', { name: `Project ${i}` });
    const names: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = await eve.get(`/projects?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`);
      names.push(...page.body.items.map((one: { name: string }) => one.name));
      cursor = page.body.next_cursor;
    }
    expect(names).toEqual(Array.from({ length: 7 }, (_, i) => `Project ${6 - i}`));
    expect((await eve.get('/projects?cursor=nonsense')).status).toBe(400);
    expect((await eve.get('/projects?limit=100000')).status).toBe(400);
  });
});
