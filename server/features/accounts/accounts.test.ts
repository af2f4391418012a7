import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp, until } from '../../../test/harness/app.ts';

let t: TestApp;
beforeAll(async () => {
  t = await openTestApp();
});
afterAll(() => t.close());

const person = (email: string) => ({
  email,
  password: 'a long enough password',
  first_name: 'Ada',
  last_name: 'Tester',
});

/** The newest letter to an address, from the mailbox folder. */
function letterTo(email: string): string | undefined {
  const folder = join(t.app.deps.config.data_dir, 'mail');
  try {
    const names = readdirSync(folder).sort().reverse();
    return names
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .find((text) => text.includes(`To: ${email}`));
  } catch {
    return undefined;
  }
}

async function tokenFor(email: string, page: string): Promise<string> {
  const found = await until(
    async () => ({
      status: 200,
      headers: {},
      body: new RegExp(`${page}\\?token=([\\w-]+)`).exec(letterTo(email) ?? '')?.[1],
    }),
    (answer) => answer.body !== undefined,
  );
  return found.body as string;
}

describe('accounts', () => {
  it('makes the first person to sign up the administrator, and nobody after', async () => {
    const first = await t.anonymous.post('/auth/register', person('first@example.com'));
    expect(first.status).toBe(201);
    expect(first.body.is_admin).toBe(true);
    const second = await t.anonymous.post('/auth/register', person('second@example.com'));
    expect(second.body.is_admin).toBe(false);
    expect(second.body.organizations).toHaveLength(1);
  });

  it('shows administrators the mail that is kept here, and nobody else', async () => {
    const email = 'first@example.com';
    const signedIn = await t.anonymous.post('/auth/login', { email, password: 'a long enough password' });
    const cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? '';
    const ofFirst = (each: { to: string }) => each.to === email;
    const list = await until(
      () => t.anonymous.get('/admin/mailbox', { cookie }),
      ({ body }) => body.items.some(ofFirst),
    );
    const mail = list.body.items.find(ofFirst);
    expect(mail).toMatchObject({ subject: 'Confirm your e-mail address' });
    const read = await t.anonymous.get(`/admin/mailbox/${mail.id}`, { cookie });
    expect(read.body.text).toMatch(
      /^Open this address[^<]*\/verify-email\?token=[\w-]{43}\n\nIt works for 48 hours\.$/,
    );
    expect((await t.anonymous.get('/admin/mailbox/..%2Flock', { cookie })).status).toBe(404);
    const ada = await t.join('Ada');
    expect((await ada.get('/admin/mailbox')).status).toBe(403);
    expect((await ada.get(`/admin/mailbox/${mail.id}`)).status).toBe(403);
  });

  it('sets a cookie that scripts and other sites cannot use, and that stops working after signing out', async () => {
    const ada = await t.join('Ada');
    const signedIn = await t.anonymous.post('/auth/login', { email: ada.email, password: ada.password });
    expect(String(signedIn.headers['set-cookie'])).toMatch(/ofs_session=[\w-]{43}.*HttpOnly.*SameSite=Lax/i);
    expect((await ada.get('/auth/me')).status).toBe(200);
    expect((await ada.post('/auth/logout')).status).toBe(204);
    const after = await ada.get('/auth/me');
    expect(after.status).toBe(401);
    expect(after.headers['content-type']).toContain('application/problem+json');
    expect(after.body).toMatchObject({
      type: '/problems/not-signed-in',
      status: 401,
      request_id: after.headers['x-request-id'],
    });
  });

  it('answers an unknown address and a wrong password alike', async () => {
    const ada = await t.join('Ada');
    const wrong = await t.anonymous.post('/auth/login', { email: ada.email, password: 'not the password' });
    const unknown = await t.anonymous.post('/auth/login', {
      email: 'nobody@example.com',
      password: 'not the password',
    });
    expect(wrong.status).toBe(401);
    expect({ ...wrong.body, request_id: '' }).toEqual({ ...unknown.body, request_id: '' });
  });

  it('refuses short passwords, broken addresses and doubles with a sentence about the field', async () => {
    const short = await t.anonymous.post('/auth/register', {
      ...person('short@example.com'),
      password: 'short',
    });
    expect(short.status).toBe(400);
    expect(short.body.errors).toEqual([{ path: 'password', message: 'must have at least 12 characters' }]);
    expect((await t.anonymous.post('/auth/register', person('not an address'))).status).toBe(400);
    const ada = await t.join('Ada');
    expect((await t.anonymous.post('/auth/register', person(ada.email.toUpperCase()))).status).toBe(409);
  });

  it('stores no password or token as it is', async () => {
    const ada = await t.join('Ada');
    const rows = await t.app.deps.postgres.asSystem((tx) =>
      tx.selectFrom('users').select('password_hash').where('id', '=', ada.user_id).execute(),
    );
    expect(rows[0]?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const sessions = await t.app.deps.postgres.asSystem((tx) =>
      tx.selectFrom('sessions').select('token_hash').where('user_id', '=', ada.user_id).execute(),
    );
    expect(ada.cookie).not.toContain(sessions[0]?.token_hash);
  });

  it('confirms the address by the link sent to it', async () => {
    const ada = await t.join('Ada');
    const token = await tokenFor(ada.email, 'verify-email');
    expect((await t.anonymous.post('/auth/verify-email', { token })).status).toBe(204);
    expect((await ada.get('/auth/me')).body.user.email_verified_at).not.toBeNull();
    expect((await t.anonymous.post('/auth/verify-email', { token })).status).toBe(400);
  });

  it('sets a new password by the link sent, once, and ends every session', async () => {
    const ada = await t.join('Ada');
    for (const email of [ada.email, 'nobody@example.com']) {
      const begun = performance.now();
      expect((await t.anonymous.post('/auth/forgot-password', { email })).status).toBe(202);
      // Neither is answered before a letter would have been written.
      expect(performance.now() - begun).toBeGreaterThan(290);
    }
    const token = await tokenFor(ada.email, 'reset-password');
    expect(
      (await t.anonymous.post('/auth/reset-password', { token, password: 'another long password' })).status,
    ).toBe(204);
    expect((await ada.get('/auth/me')).status).toBe(401);
    expect(
      (await t.anonymous.post('/auth/reset-password', { token, password: 'a third long password' })).status,
    ).toBe(400);
    expect((await t.anonymous.post('/auth/login', { email: ada.email, password: ada.password })).status).toBe(
      401,
    );
    expect(
      (await t.anonymous.post('/auth/login', { email: ada.email, password: 'another long password' })).status,
    ).toBe(200);
  });

  it('makes API tokens that work within their scopes until they are revoked', async () => {
    const ada = await t.join('Ada');
    const made = await ada.post('/api-tokens', { name: 'order system', scopes: ['read'] });
    expect(made.status).toBe(201);
    const bearer = { authorization: `Bearer ${made.body.token}` };
    expect((await t.anonymous.get('/projects', bearer)).status).toBe(200);
    const write = await t.anonymous.post('/projects', { name: 'By token' }, bearer);
    expect(write.status).toBe(403);
    expect(write.body.detail).toContain('scope "write"');
    const head = await t.server.inject({ method: 'HEAD', url: '/api/v1/projects', headers: bearer });
    expect(head.statusCode).toBe(200);
    // What is made with "write" alone must not open what only "read" may see.
    const project = (await ada.post('/projects', { name: 'Closed' })).body.id;
    const writing = (await ada.post('/api-tokens', { name: 'w', scopes: ['write'] })).body.token;
    const both = (await ada.post('/api-tokens', { name: 'rw', scopes: ['read', 'write'] })).body.token;
    for (const [token, status] of [
      [writing, 403],
      [both, 201],
    ])
      for (const [path, body] of [
        [`/projects/${project}/share-links`, { label: 'x' }],
        [`/organizations/${ada.organization_id}/invitations`, { email: `${status}@example.com` }],
      ] as const)
        expect([
          path,
          (await t.anonymous.post(path, body, { authorization: `Bearer ${token}` })).status,
        ]).toEqual([path, status]);
    const bob = await t.join('Bob');
    expect((await bob.delete(`/api-tokens/${made.body.id}`)).status).toBe(404);
    expect((await ada.delete(`/api-tokens/${made.body.id}`)).status).toBe(204);
    expect((await t.anonymous.get('/projects', bearer)).status).toBe(401);
  });

  it('lets a suspended person in nowhere, at once', async () => {
    const ada = await t.join('Ada');
    await t.app.deps.postgres.asSystem((tx) =>
      tx.updateTable('users').set({ status: 'suspended' }).where('id', '=', ada.user_id).execute(),
    );
    expect((await ada.get('/auth/me')).status).toBe(401);
    expect((await t.anonymous.post('/auth/login', { email: ada.email, password: ada.password })).status).toBe(
      403,
    );
  });

  it('refuses writes from another site’s page', async () => {
    const ada = await t.join('Ada');
    const foreign = await ada.post('/projects', { name: 'x' }, { origin: 'https://elsewhere.example' });
    expect(foreign.status).toBe(403);
    // A password a browser keeps for the site, a proxy's for instance, is sent along to it from anywhere.
    const kept = await ada.post(
      '/projects',
      { name: 'x' },
      { origin: 'https://elsewhere.example', authorization: 'Basic YWRhOnNlY3JldA==' },
    );
    expect(kept.status).toBe(403);
  });

  it('plants no session from a neighbour under the same domain', async () => {
    const ada = await t.join('Ada');
    const as = (cookie: string) =>
      t.server.inject({ url: '/api/v1/auth/me', headers: { host: 'app.example.com', cookie } });
    const token = ada.cookie.split('ofs_session=')[1]?.split(';')[0] ?? '';
    // A browser takes a cookie with this prefix from this very host over TLS only.
    expect((await as(`__Host-ofs_session=${token}`)).statusCode).toBe(200);
    expect((await as(`ofs_session=${token}`)).statusCode).toBe(401);
    const signedIn = await t.server.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      headers: { host: 'app.example.com' },
      payload: { email: ada.email, password: ada.password },
    });
    expect(String(signedIn.headers['set-cookie'])).toMatch(/__Host-ofs_session=[\w-]{43}; [^,]*Secure/);
    const out = await t.server.inject({
      method: 'POST',
      url: '/api/v1/auth/logout',
      headers: { host: 'app.example.com', cookie: `__Host-ofs_session=${token}` },
    });
    // Without Secure the browser would not take the empty one either.
    expect(String(out.headers['set-cookie'])).toMatch(/__Host-ofs_session=; .*Secure/);
  });

  it('keeps preferences and merges changes', async () => {
    const ada = await t.join('Ada');
    await ada.patch('/auth/me', { preferences: { theme: 'dark' } });
    const changed = await ada.patch('/auth/me', { preferences: { units: 'metric' } });
    expect(changed.body.preferences).toEqual({ theme: 'dark', units: 'metric' });
  });
});
