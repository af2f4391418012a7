import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Person, type TestApp, until } from '../../../test/harness/app.ts';
import { type MailServer, openMailServer } from '../../../test/harness/mail-server.ts';

const DAY = 86_400_000;
let ahead = 0;
let mail: MailServer;
let t: TestApp;
beforeAll(async () => {
  mail = await openMailServer();
  t = await openTestApp(
    {
      SMTP_URL: mail.url,
      MAIL_FROM: 'Platform <platform@example.com>',
      TRUST_PROXY: 'true',
      PUBLIC_URL: 'https://app.example.com',
    },
    () => new Date(Date.now() + ahead),
  );
});
afterAll(async () => {
  await t.close();
  await mail.close();
});

const system = <T>(fn: Parameters<typeof t.app.deps.postgres.asSystem<T>>[0]) =>
  t.app.deps.postgres.asSystem(fn);
const login = (who: Person, password = who.password, headers: Record<string, string> = {}, more = {}) =>
  t.anonymous.post('/auth/login', { email: who.email, password, ...more }, headers);
const cookiesOf = (headers: Record<string, unknown>): string =>
  [headers['set-cookie'] ?? []]
    .flat()
    .map((cookie) => String(cookie).split(';')[0])
    .join('; ');

async function linkIn(to: string, page: string): Promise<string> {
  const found = await until(
    async () => ({
      status: 200,
      headers: {},
      body: mail
        .to(to)
        .map((text) => new RegExp(`${page}\\?token=([\\w-]+)`).exec(text)?.[1])
        .findLast(Boolean),
    }),
    (answer) => answer.body !== undefined,
    20,
  );
  return found.body;
}

describe('mail', () => {
  it('goes through the mail server as text and escaped HTML, and is tried again where it is not taken', async () => {
    mail.refuseNext();
    const ada = await t.join('Ada');
    const token = await linkIn(ada.email, 'https://app.example.com/verify-email');
    expect(mail.refused).toBe(1);
    const text = mail.to(ada.email)[0] ?? '';
    expect(text).toContain('From: Platform <platform@example.com>');
    expect(text).toContain('multipart/alternative');
    expect(text).toContain('<a href="https://app.example.com/verify-email');
    expect((await t.anonymous.post('/auth/verify-email', { token })).status).toBe(204);
  });

  it('escapes what people are called, and the mailbox is empty where a mail server is set', async () => {
    const owner = await t.join('Olga');
    await owner.patch(`/organizations/${owner.organization_id}`, { name: '<img src=x> & "Sons"' });
    await owner.post(`/organizations/${owner.organization_id}/invitations`, { email: 'new@example.com' });
    await linkIn('new@example.com', 'invitation');
    const html = (mail.to('new@example.com')[0] ?? '').split('text/html')[1] ?? '';
    expect(html).toContain('&lt;img src=x&gt; &amp; &quot;Sons&quot;');
    expect(html).not.toContain('<img');
  });
});

describe('the password', () => {
  it('is refused where it is guessed first, with the field and the reason', async () => {
    const weak = await t.anonymous.post('/auth/register', {
      email: 'weak@example.com',
      password: 'Password2026!!',
      first_name: 'W',
      last_name: 'Eak',
    });
    expect(weak.status).toBe(400);
    expect(weak.body.errors[0]).toMatchObject({ path: 'password' });
  });

  it('is changed with the old one; other sessions end, this one gets a new token, the owner is told', async () => {
    const ada = await t.join('Ada');
    const other = cookiesOf((await login(ada)).headers);
    const body = { current_password: ada.password, new_password: 'four words of one sentence' };
    expect((await ada.post('/auth/change-password', { new_password: body.new_password })).status).toBe(400);
    const wrong = await ada.post('/auth/change-password', { ...body, current_password: 'not this one' });
    expect(wrong.body.errors).toEqual([
      { path: 'current_password', message: 'is not your present password' },
    ]);
    const changed = await ada.post('/auth/change-password', body);
    expect(changed.status).toBe(204);
    expect((await ada.get('/auth/me')).status).toBe(401);
    expect((await t.anonymous.get('/auth/me', { cookie: other })).status).toBe(401);
    expect((await t.anonymous.get('/auth/me', { cookie: cookiesOf(changed.headers) })).status).toBe(200);
    expect((await login(ada)).status).toBe(401);
    expect((await login(ada, body.new_password)).status).toBe(200);
    await until(
      async () => ({ status: 200, headers: {}, body: mail.to(ada.email).join() }),
      (answer) => answer.body.includes('was changed'),
    );
  });
});

describe('the address', () => {
  it('moves when the new one is confirmed; the old one is told and can take it back', async () => {
    const ada = await t.join('Ada');
    const bob = await t.join('Bob');
    const next = `moved.${ada.email}`;
    expect((await ada.post('/auth/change-email', { email: next })).status).toBe(400);
    expect((await ada.post('/auth/change-email', { email: next, password: ada.password })).status).toBe(202);
    expect((await ada.get('/auth/me')).body.user.email).toBe(ada.email);
    const token = await linkIn(next, 'confirm-email');
    expect((await t.anonymous.post('/auth/confirm-email', { token })).status).toBe(204);
    expect((await t.anonymous.post('/auth/confirm-email', { token })).status).toBe(400);
    expect((await ada.get('/auth/me')).body.user).toMatchObject({ email: next });
    const back = await linkIn(ada.email, 'restore-email');
    expect((await t.anonymous.post('/auth/restore-email', { token: back })).status).toBe(204);
    expect((await ada.get('/auth/me')).status).toBe(401);
    // Whoever moved the account knew its password: it opens nothing any more, only the link does.
    expect((await login(ada)).status).toBe(401);
    const reset = await linkIn(ada.email, 'reset-password');
    const fresh = 'eleven patient lighthouses';
    const own = { token: reset, password: `${ada.email.split('@')[0]}2026` };
    expect((await t.anonymous.post('/auth/reset-password', own)).body.errors?.[0]?.path).toBe('password');
    expect((await t.anonymous.post('/auth/reset-password', { token: reset, password: fresh })).status).toBe(
      204,
    );
    expect((await login(ada, fresh)).body.user.email).toBe(ada.email);
    // An address with an account is not told apart, and its owner hears of it.
    expect((await bob.post('/auth/change-email', { email: ada.email, password: bob.password })).status).toBe(
      202,
    );
    await until(
      async () => ({ status: 200, headers: {}, body: mail.to(ada.email).join() }),
      (answer) => answer.body.includes('nothing has changed'),
    );
  });
});

describe('guessing', () => {
  it('waits longer and longer for a stranger; a browser the owner used is not locked out', async () => {
    const ada = await t.join('Ada');
    const device = cookiesOf((await login(ada)).headers);
    const stranger = { 'x-forwarded-for': '203.0.113.9' };
    for (let i = 0; i < 6; i++) expect((await login(ada, 'a wrong password', stranger)).status).toBe(401);
    const refused = await login(ada, ada.password, stranger);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(2);
    expect(
      (await login(ada, ada.password, { cookie: device.replace(/ofs_session=[^;]+;? ?/, '') })).status,
    ).toBe(200);
    ahead += 3000;
    expect((await login(ada, 'a wrong password', stranger)).status).toBe(401);
    expect(Number((await login(ada, ada.password, stranger)).headers['retry-after'])).toBe(4);
    ahead += 5000;
    expect((await login(ada, ada.password, stranger)).status).toBe(200);
    const log = (await ada.get('/auth/audit-log?action=account')).body.items.map(
      (e: { action: string }) => e.action,
    );
    expect(log.filter((action: string) => action === 'account.sign_in_failed')).toHaveLength(7);
    expect(log).toContain('account.sign_in_slowed');
  });

  it('is counted by who the proxy says it is, whatever the caller writes; of IPv6 by the network', async () => {
    const ada = await t.join('Ada');
    const from = (forwarded: string) => login(ada, 'a wrong password', { 'x-forwarded-for': forwarded });
    const statuses: number[] = [];
    // The proxy adds the last entry; what stands before it came with the request.
    for (let i = 0; i < 8; i++) statuses.push((await from(`192.0.2.${i}, 203.0.113.88`)).status);
    expect(statuses).toContain(429);
    const other = await t.join('Ada');
    const six: number[] = [];
    for (let i = 0; i < 8; i++)
      six.push(
        (await login(other, 'a wrong password', { 'x-forwarded-for': `2001:db8:1:2::${i + 1}` })).status,
      );
    expect(six).toContain(429);
    expect((await login(other, 'a wrong password', { 'x-forwarded-for': '2001:db8:1:3::1' })).status).toBe(
      401,
    );
  });
});

describe('sessions', () => {
  it('are listed and ended one by one or all the others', async () => {
    const ada = await t.join('Ada');
    const bob = await t.join('Bob');
    const second = cookiesOf((await login(ada)).headers);
    const third = cookiesOf((await login(ada)).headers);
    const list = (await ada.get('/auth/sessions')).body.items;
    expect(list).toHaveLength(3);
    const [newest] = list;
    expect((await bob.delete(`/auth/sessions/${newest.id}`)).status).toBe(404);
    expect((await ada.delete(`/auth/sessions/${newest.id}`)).status).toBe(204);
    expect((await t.anonymous.get('/auth/me', { cookie: third })).status).toBe(401);
    expect((await ada.post('/auth/sessions/end-others')).body).toEqual({ ended: 1 });
    expect((await t.anonymous.get('/auth/me', { cookie: second })).status).toBe(401);
    expect((await ada.get('/auth/me')).status).toBe(200);
  });

  it('get a new token when a role changes; the one before lasts a minute', async () => {
    const owner = await t.join('Olga');
    const ada = await t.join('Ada');
    const invited = await owner.post(`/organizations/${owner.organization_id}/invitations`, {
      email: ada.email,
    });
    await ada.post('/invitations/accept', { token: invited.body.token });
    const path = `/organizations/${owner.organization_id}/members/${ada.user_id}`;
    expect((await owner.patch(path, { role: 'admin' })).status).toBe(204);
    const next = await ada.get('/auth/me');
    const fresh = cookiesOf(next.headers);
    expect(fresh).toContain('ofs_session=');
    expect(cookiesOf((await ada.get('/auth/me')).headers)).toBe('');
    expect((await t.anonymous.get('/auth/me', { cookie: fresh })).status).toBe(200);
    ahead += 61_000;
    expect((await ada.get('/auth/me')).status).toBe(401);
    expect((await t.anonymous.get('/auth/me', { cookie: fresh })).status).toBe(200);
  });
});

describe('closing an account', () => {
  it('deactivates at once and comes back by signing in', async () => {
    const ada = await t.join('Ada');
    const token = (await ada.post('/api-tokens', { name: 'x', scopes: ['read'] })).body.token;
    const path = '/auth/close-account';
    expect((await ada.post(path, { email: 'other@example.com', password: ada.password })).status).toBe(400);
    expect((await ada.post(path, { email: ada.email })).status).toBe(400);
    expect((await ada.post(path, { email: ada.email, password: ada.password })).body).toEqual({
      due_at: null,
    });
    expect((await ada.get('/auth/me')).status).toBe(401);
    expect((await t.anonymous.get('/auth/me', { authorization: `Bearer ${token}` })).status).toBe(401);
    expect((await login(ada, 'a wrong password')).status).toBe(401);
    expect((await login(ada)).status).toBe(409);
    expect((await login(ada, ada.password, {}, { reactivate: true })).status).toBe(200);
  });

  it('erases after thirty days: others keep their work, nothing says who it was', async () => {
    const ada = await t.join('Ada');
    const heir = await t.join('Hedy');
    const org = ada.organization_id;
    const invited = await ada.post(`/organizations/${org}/invitations`, {
      email: heir.email,
      role: 'member',
    });
    await heir.post('/invitations/accept', { token: invited.body.token });
    const shared = (await ada.post('/projects', { name: 'Shared', organization_id: org })).body.id;
    const alone = (await ada.post('/projects', { name: 'Alone', organization_id: null })).body.id;
    const close = () =>
      ada.post('/auth/close-account', { email: ada.email, password: ada.password, delete: true });
    const refused = await close();
    expect(refused.status).toBe(409);
    expect(refused.body.detail).toContain(
      'You are the only owner of Ada and partners; make another member owner',
    );
    expect(
      (await ada.post(`/organizations/${org}/transfer-ownership`, { user_id: heir.user_id })).status,
    ).toBe(204);
    await heir.get('/auth/me');
    const due = (await close()).body.due_at;
    expect(new Date(due).getTime() - Date.now() - ahead).toBeGreaterThan(29.9 * DAY);

    await t.app.features.privacy.sweep();
    expect((await login(ada)).status).toBe(409);
    ahead += 31 * DAY;
    await t.app.features.privacy.sweep();
    await expect
      .poll(async () => (await t.app.features.privacy.receipts())[0], { timeout: 30_000 })
      .toMatchObject({ user_id: ada.user_id, status: 'done' });
    expect((await login(ada, ada.password, {}, { reactivate: true })).status).toBe(401);
    const row = await system((tx) =>
      tx.selectFrom('users').selectAll().where('id', '=', ada.user_id).executeTakeFirstOrThrow(),
    );
    expect(JSON.stringify(row)).not.toMatch(/Ada|Tester|example\.com/);
    const projects = await system((tx) =>
      tx
        .selectFrom('projects')
        .select(['id', 'owner_id', 'deleted_at'])
        .where('id', 'in', [shared, alone])
        .execute(),
    );
    expect(projects.find(({ id }) => id === shared)).toMatchObject({
      owner_id: heir.user_id,
      deleted_at: null,
    });
    expect(projects.find(({ id }) => id === alone)).toBeUndefined();
    // The address is free again.
    const again = await t.anonymous.post('/auth/register', {
      email: ada.email,
      password: 'another long password',
      first_name: 'Other',
      last_name: 'Person',
    });
    expect(again.status).toBe(201);
    ahead = 0;
  });
});

describe('another site', () => {
  it('cannot write with our cookie, at any address of the API', async () => {
    const ada = await t.join('Ada');
    const document = (await t.anonymous.get('/api/openapi.json')).body;
    const writes = Object.entries(document.paths as Record<string, Record<string, object>>).flatMap(
      ([path, item]) =>
        Object.keys(item)
          .filter((method) => ['post', 'put', 'patch', 'delete'].includes(method))
          .map((method) => ({ method, path })),
    );
    expect(writes.length).toBeGreaterThan(60);
    for (const { method, path } of writes)
      for (const foreign of [
        { origin: 'https://elsewhere.example' },
        { 'sec-fetch-site': 'cross-site' },
        { origin: 'null' },
      ]) {
        const answer = await t.server.inject({
          method: method.toUpperCase() as 'POST',
          url: path.replace(/\{[^}]+\}/g, '00000000-0000-4000-8000-000000000000'),
          headers: { cookie: ada.cookie, ...foreign } as Record<string, string>,
        });
        expect([method, path, answer.statusCode]).toEqual([method, path, 403]);
      }
  });
});
