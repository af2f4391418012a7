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
