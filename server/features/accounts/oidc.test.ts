import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp, until } from '../../../test/harness/app.ts';
import { openProvider, type Somebody, type TestProvider } from '../../../test/harness/oidc-provider.ts';
import { identityOf, ownPath } from './oidc.ts';

const PUBLIC_URL = 'http://localhost:3999';
let provider: TestProvider;
let t: TestApp;
beforeAll(async () => {
  provider = await openProvider(PUBLIC_URL);
  t = await openTestApp({
    PUBLIC_URL,
    GOOGLE_CLIENT_ID: 'google-client',
    GOOGLE_CLIENT_SECRET: 'google-secret-of-the-test-that-is-long-enough',
    GOOGLE_ISSUER: provider.issuer,
    MICROSOFT_CLIENT_ID: 'microsoft-client',
    MICROSOFT_CLIENT_SECRET: 'microsoft-secret-of-the-test-that-is-long-enough',
    MICROSOFT_ISSUER: provider.issuer,
  });
});
afterAll(async () => {
  await t.close();
  await provider.close();
});

type Name = 'google' | 'microsoft';
let people = 0;
const somebody = (more: Partial<Somebody> = {}): Somebody => {
  people++;
  return {
    sub: `subject-${people}`,
    email: `person${people}@example.com`,
    email_verified: true,
    name: 'Pat Example',
    ...more,
  };
};

const cookiesOf = (headers: Record<string, unknown>): string[] =>
  [headers['set-cookie'] ?? []].flat().map((cookie) => String(cookie).split(';')[0] ?? '');

async function begin(name: Name, query = '', cookie = '') {
  const started = await t.anonymous.get(`/auth/${name}/start${query}`, cookie === '' ? {} : { cookie });
  const browser = [cookie, ...cookiesOf(started.headers)].filter((each) => each !== '').join('; ');
  return { started, browser, url: String(started.headers['location']) };
}
const back = (address: string, cookie: string) =>
  t.anonymous.get(address.slice(PUBLIC_URL.length), cookie === '' ? {} : { cookie });

/** The whole way of a person through the provider; where the browser ends, and the session it has. */
async function signIn(name: Name, person: Somebody, query = '', cookie = '') {
  provider.seat(person);
  const { browser, url } = await begin(name, query, cookie);
  const done = await back(await provider.visit(url), browser);
  const session = cookiesOf(done.headers).find((each) => each.startsWith('ofs_session='));
  return { to: String(done.headers['location']), status: done.status, session };
}
const meOf = (session: string | undefined) => t.anonymous.get('/auth/me', { cookie: session ?? '' });
const verify = (userId: string) =>
  t.app.deps.postgres.asSystem((tx) =>
    tx.updateTable('users').set({ email_verified_at: new Date() }).where('id', '=', userId).execute(),
  );

describe('signing in with a provider', () => {
  it('is offered where it is configured, and asks for code, PKCE, state and nonce', async () => {
    expect((await t.anonymous.get('/auth/providers')).body).toMatchObject({ google: true, microsoft: true });
    const { started, url } = await begin('google');
    expect(started.status).toBe(303);
    const asked = Object.fromEntries(new URL(url).searchParams);
    expect(asked).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: `${PUBLIC_URL}/api/v1/auth/google/callback`,
    });
    expect(asked['state']?.length).toBeGreaterThan(40);
    expect(asked['nonce']?.length).toBeGreaterThan(40);
    expect(String(started.headers['set-cookie'])).toMatch(/ofs_oidc=.*HttpOnly.*SameSite=Lax/);
  });

  it('makes an account at the first visit and finds it at the next', async () => {
    const person = somebody();
    const first = await signIn('google', person, '?redirect=/catalogue%3Fq%3Dchair');
    expect(first).toMatchObject({ status: 303, to: '/catalogue?q=chair' });
    const me = await meOf(first.session);
    expect(me.body.user).toMatchObject({ email: person.email, first_name: 'Pat', last_name: 'Example' });
    expect(me.body.user.email_verified_at).not.toBeNull();
    expect(me.body.organizations).toHaveLength(1);
    const again = await signIn('google', { ...person, email: 'moved@example.com' });
    expect((await meOf(again.session)).body.user.id).toBe(me.body.user.id);
  });

  it('goes to pages of this site only', async () => {
    for (const path of [
      undefined,
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      '/..//evil.example',
      'javascript:alert(1)',
      'projects',
    ])
      expect(ownPath(path)).toBe('/projects');
    expect(ownPath('/projects/7?view=plan#room')).toBe('/projects/7?view=plan#room');
    const done = await signIn('google', somebody(), `?redirect=${encodeURIComponent('//evil.example/x')}`);
    expect(done.to).toBe('/projects');
  });

  it('refuses a wrong state, another browser, and a state used before', async () => {
    provider.seat(somebody());
    const { browser, url } = await begin('google');
    const address = await provider.visit(url);
    const wrong = await back(address.replace(/state=[^&]+/, `state=${'x'.repeat(43)}`), browser);
    expect(wrong.headers['location']).toBe('/sign-in?error=expired&provider=google');
    expect((await back(address, '')).headers['location']).toContain('error=expired');
    expect((await back(address, 'ofs_oidc=another')).headers['location']).toContain('error=expired');
    const asMicrosoft = address.replace('/google/', '/microsoft/');
    expect((await back(asMicrosoft, browser)).headers['location']).toContain('error=expired');
    expect((await back(address, browser)).headers['location']).toBe('/projects');
    expect((await back(address, browser)).headers['location']).toContain('error=expired');
  });

  it('refuses a wrong nonce, and a code that was used or begun elsewhere', async () => {
    provider.seat(somebody());
    const tampered = await begin('google');
    const address = await provider.visit(
      tampered.url.replace(/nonce=[^&]+/, 'nonce=not-the-one-we-asked-for'),
    );
    expect((await back(address, tampered.browser)).headers['location']).toContain('error=failed');

    const first = await begin('google');
    const used = await provider.visit(first.url);
    expect((await back(used, first.browser)).headers['location']).toBe('/projects');
    const second = await begin('google');
    const code = new URL(used).searchParams.get('code') ?? '';
    const injected = (await provider.visit(second.url)).replace(/code=[^&]+/, `code=${code}`);
    expect((await back(injected, second.browser)).headers['location']).toContain('error=failed');
    // A fresh code of another browser's flow: PKCE tells them apart.
    const victim = await begin('google');
    const theirs = new URL(await provider.visit(victim.url)).searchParams.get('code') ?? '';
    const attacker = await begin('google');
    const swapped = (await provider.visit(attacker.url)).replace(/code=[^&]+/, `code=${theirs}`);
    expect((await back(swapped, attacker.browser)).headers['location']).toContain('error=failed');
  });

  it('says so where the person cancels', async () => {
    provider.seat(null);
    const { browser, url } = await begin('google', '?redirect=/analytics');
    const done = await back(await provider.visit(url), browser);
    expect(done.headers['location']).toBe('/sign-in?error=cancelled&provider=google&redirect=%2Fanalytics');
  });

  it('takes no address the provider does not vouch for', async () => {
    expect((await signIn('google', somebody({ email_verified: false }))).to).toContain('error=unverified');
    // Microsoft's email_verified is not its tenant's word on the domain; xms_edov is.
    expect((await signIn('microsoft', somebody())).to).toContain('error=unverified');
    expect((await signIn('microsoft', somebody({ xms_edov: true }))).to).toBe('/projects');
    for (const [claim, counts] of [
      [1, true],
      ['1', true],
      ['true', true],
      [0, false],
      ['yes', false],
      [undefined, false],
    ] as const)
      expect(
        identityOf('microsoft', { sub: 's', email: 'a@example.com', xms_edov: claim }).email_verified,
      ).toBe(counts);
    expect(
      identityOf('google', { sub: 's', email: 'a@example.com', email_verified: 'true' }).email_verified,
    ).toBe(false);
  });

  it('joins an account by its address only where the account had confirmed it', async () => {
    const ada = await t.join('Ada');
    const person = somebody({ email: ada.email.toUpperCase() });
    expect((await signIn('google', person)).to).toContain('error=address_unconfirmed');
    await verify(ada.user_id);
    const joined = await signIn('google', person);
    expect((await meOf(joined.session)).body.user.id).toBe(ada.user_id);
    // Another identity with the same address does not take it over.
    expect((await signIn('google', somebody({ email: ada.email }))).to).toContain('error=linked_other');
    expect((await ada.get('/auth/methods')).body).toMatchObject({
      password: true,
      google: true,
      microsoft: false,
    });
  });

  it('is added to an open account, removed again, and never taken from another', async () => {
    const ada = await t.join('Ada');
    await verify(ada.user_id);
    const person = somebody({ email: 'private.address@example.com' });
    const linked = await signIn('google', person, '?link=true&redirect=/settings/account', ada.cookie);
    expect(linked).toMatchObject({ to: '/settings/account', session: undefined });
    expect((await meOf((await signIn('google', person)).session)).body.user.id).toBe(ada.user_id);
    // Its owner hears of every new way in.
    const folder = join(t.app.deps.config.data_dir, 'mail');
    const letters = () =>
      readdirSync(folder)
        .map((name) => readFileSync(join(folder, name), 'utf8'))
        .filter((text) => text.includes(`To: ${ada.email}`) && text.includes('A way to sign in was added'));
    await until(
      async () => ({ status: letters().length, headers: {}, body: null }),
      (answer) => answer.status === 1,
    );

    const bob = await t.join('Bob');
    await verify(bob.user_id);
    const taken = await signIn('google', person, '?link=true', bob.cookie);
    expect(taken.to).toBe('/settings/account?error=linked_elsewhere&provider=google');

    expect((await ada.post('/auth/google/unlink', {})).status).toBe(400);
    expect((await ada.post('/auth/google/unlink', { password: ada.password })).status).toBe(204);
    expect((await ada.post('/auth/google/unlink', { password: ada.password })).status).toBe(404);
    expect((await t.anonymous.get('/auth/google/start?link=true')).status).toBe(401);
  });

  it('keeps the only way in', async () => {
    const only = await signIn('google', somebody());
    const refused = await t.anonymous.post('/auth/google/unlink', {}, { cookie: only.session ?? '' });
    expect(refused.status).toBe(409);
    expect(refused.body.detail).toContain('set a password first');
    const set = await t.anonymous.post(
      '/auth/change-password',
      { new_password: 'four words of one sentence' },
      { cookie: only.session ?? '' },
    );
    expect(set.status).toBe(204);
  });

  it('lets no suspended person in, and a deactivated one who says so', async () => {
    const person = somebody();
    const { session } = await signIn('google', person);
    const { user } = (await meOf(session)).body;
    const setStatus = (status: string) =>
      t.app.deps.postgres.asSystem((tx) =>
        tx.updateTable('users').set({ status }).where('id', '=', user.id).execute(),
      );
    await setStatus('suspended');
    expect((await signIn('google', person)).to).toContain('error=suspended');
    expect((await meOf(session)).status).toBe(401);
    await setStatus('active');
    const closed = await t.anonymous.post(
      '/auth/close-account',
      { email: person.email },
      { cookie: session ?? '' },
    );
    expect(closed.status).toBe(200);
    expect((await signIn('google', person)).to).toContain('error=deactivated');
    const again = await signIn('google', person, '?reactivate=true');
    expect((await meOf(again.session)).status).toBe(200);
  });

  it('writes every outcome into the audit log', async () => {
    const actions = await until(
      async () => ({
        status: 200,
        headers: {},
        body: await t.app.deps.postgres.asSystem((tx) =>
          tx.selectFrom('audit_log').select(['action', 'detail']).execute(),
        ),
      }),
      (answer) => answer.body.length > 10,
    );
    const seen = actions.body.map((row: { action: string; detail: { reason?: string } }) =>
      [row.action, row.detail.reason].filter(Boolean).join(' '),
    );
    for (const action of [
      'account.linked',
      'account.unlinked',
      'account.sign_in_failed unverified',
      'account.sign_in_failed suspended',
      'account.reactivated',
    ])
      expect(seen).toContain(action);
  });
});
