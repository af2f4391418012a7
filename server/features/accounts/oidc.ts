// Signing in with Google or Microsoft: OpenID Connect, authorization code with PKCE, state and nonce, all bound to the
// browser that began by a short-lived cookie. Accounts are joined only by addresses both sides have confirmed.
import * as client from 'openid-client';
import { z } from 'zod';
import { Email, type SignInError, type SignInProvider } from '../../../contract/accounts.ts';
import type { Actor } from '../../platform/http.ts';
import type { Tx } from '../../platform/postgres.ts';
import { hashToken, newToken } from '../../platform/tokens.ts';
import { audit } from '../audit.ts';
import type { Deps, Origin } from '../context.ts';
import { mailOf, SendMail } from '../letters.ts';
import type { NewUser } from './service.ts';
import type { Sessions, SignedIn } from './sessions.ts';
import type { SignInGuard } from './sign-in-guard.ts';
import * as closing from './sql/closing.ts';
import * as guarded from './sql/security.ts';

/** A sign-in that is begun must be finished within this. */
export const FLOW_SECONDS = 600;
const PROVIDER_TIMEOUT_SECONDS = 10;

/** What is kept of a sign-in on its way, under the hash of its state. */
const Flow = z.object({
  provider: z.enum(['google', 'microsoft']),
  browser_hash: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  return_to: z.string(),
  link_user_id: z.string().nullable(),
  reactivate: z.boolean(),
});
type Flow = z.infer<typeof Flow>;

/** A sign-in that did not work, with the code the sign-in page has a sentence for. */
export class SignInRefused extends Error {
  readonly code: SignInError;
  readonly return_to: string | undefined;
  constructor(code: SignInError, return_to?: string, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.code = code;
    this.return_to = return_to;
  }
}

export interface OidcParts {
  sessions: Sessions;
  guard: SignInGuard;
  base: string;
  createUser(
    tx: Tx,
    user: NewUser,
    proof: { password_hash: null; email_verified_at: Date; google_id?: string; microsoft_id?: string },
    origin: Origin,
  ): Promise<string>;
}

export interface Identity {
  subject: string;
  email: string | undefined;
  email_verified: boolean;
  first_name: string;
  last_name: string;
}

/** A path of this site, or /projects: never another address, however it is written. */
export function ownPath(path: string | undefined): string {
  if (path === undefined || !path.startsWith('/') || /[\\\p{C}]/u.test(path)) return '/projects';
  const url = URL.parse(path, 'http://own.invalid');
  if (url === null || url.origin !== 'http://own.invalid' || path.startsWith('//')) return '/projects';
  return url.pathname.startsWith('//') ? '/projects' : `${url.pathname}${url.search}${url.hash}`;
}

/**
 * Who the provider says it is. Google says `email_verified`. Microsoft lets a tenant's administrator write any address
 * into an account, so its address counts only where it says that the tenant owns the domain (`xms_edov`).
 */
export function identityOf(provider: SignInProvider, claims: Record<string, unknown>): Identity {
  const yes = (claim: unknown) => claim === true || claim === 'true' || claim === 1 || claim === '1';
  const text = (name: string) => (typeof claims[name] === 'string' ? (claims[name] as string).trim() : '');
  const address = Email.safeParse(claims['email']);
  const given = text('given_name') || text('name').split(' ')[0] || '';
  const family = text('family_name') || text('name').split(' ').slice(1).join(' ');
  return {
    subject: String(claims['sub']),
    email: address.success ? address.data : undefined,
    email_verified: provider === 'google' ? claims['email_verified'] === true : yes(claims['xms_edov']),
    first_name: (given || (address.data?.split('@')[0] ?? 'New')).slice(0, 100),
    last_name: (family || 'Member').slice(0, 100),
  };
}

export function makeOidc(deps: Deps, parts: OidcParts) {
  const { postgres, kv, config } = deps;
  const discovered = new Map<SignInProvider, Promise<client.Configuration>>();

  /** The provider's own description of itself, read once; read again after a failure. */
  async function providerOf(name: SignInProvider): Promise<client.Configuration> {
    const settings = config.sign_in_providers[name];
    if (settings === undefined) throw new SignInRefused('not_configured');
    let found = discovered.get(name);
    if (found === undefined) {
      const issuer = new URL(settings.issuer);
      // Without TLS only on this machine: a provider for tests.
      const plain =
        issuer.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(issuer.hostname);
      found = client.discovery(issuer, settings.client_id, settings.client_secret, undefined, {
        timeout: PROVIDER_TIMEOUT_SECONDS,
        ...(plain ? { execute: [client.allowInsecureRequests] } : {}),
      });
      discovered.set(name, found);
      found.catch(() => discovered.delete(name));
    }
    return await found.catch((error: unknown) => {
      deps.log.warn({ provider: name, error: String(error) }, 'sign-in provider not reachable');
      throw new SignInRefused('unreachable', undefined, error);
    });
  }

  const redirectUri = (name: SignInProvider) => `${parts.base}/api/v1/auth/${name}/callback`;

  /** The one flow of this state, used up; only for the browser that began it. */
  async function takeFlow(
    provider: SignInProvider,
    state: string,
    browser: string | undefined,
  ): Promise<Flow> {
    const key = `oidc:${hashToken(state)}`;
    const kept = await kv.get(key);
    if (kept === undefined || browser === undefined) throw new SignInRefused('expired');
    const flow = Flow.parse(JSON.parse(kept));
    if (flow.provider !== provider || flow.browser_hash !== hashToken(browser))
      throw new SignInRefused('expired');
    // Two requests with one state: only the first goes on.
    if ((await kv.incr(`${key}:used`, FLOW_SECONDS)) !== 1) throw new SignInRefused('expired');
    await kv.del(key);
    return flow;
  }

  async function claimsOf(flow: Flow, query: string): Promise<Record<string, unknown>> {
    const provider = await providerOf(flow.provider);
    const url = new URL(redirectUri(flow.provider));
    url.search = query;
    try {
      const tokens = await client.authorizationCodeGrant(provider, url, {
        pkceCodeVerifier: flow.verifier,
        expectedNonce: flow.nonce,
        expectedState: url.searchParams.get('state') ?? '',
        idTokenExpected: true,
      });
      return { ...tokens.claims() };
    } catch (error) {
      deps.log.warn({ provider: flow.provider, error: String(error) }, 'sign-in with a provider refused');
      throw new SignInRefused('failed', flow.return_to, error);
    }
  }

  /** The account of this identity: the one it is linked to, the one with its confirmed address, or a new one. */
  async function accountOf(tx: Tx, flow: Flow, identity: Identity, origin: Origin): Promise<string> {
    const column = `${flow.provider}_id` as const;
    const detail = { provider: flow.provider };
    const linked = await guarded.findByProvider(tx, column, identity.subject);
    if (linked !== undefined) {
      if (flow.link_user_id !== null && flow.link_user_id !== linked.id)
        throw new SignInRefused('linked_elsewhere');
      return linked.id;
    }
    if (identity.email === undefined || !identity.email_verified) throw new SignInRefused('unverified');
    const target =
      flow.link_user_id === null
        ? await guarded.findByEmail(tx, identity.email)
        : await guarded.findAccount(tx, flow.link_user_id);
    if (target === undefined) {
      if (flow.link_user_id !== null) throw new SignInRefused('expired');
      return await parts.createUser(
        tx,
        {
          email: identity.email,
          first_name: identity.first_name,
          last_name: identity.last_name,
          user_type: 'designer',
          company: null,
        },
        { password_hash: null, email_verified_at: deps.now(), [column]: identity.subject },
        origin,
      );
    }
    // Somebody may have registered this address without ever having had it: they would share the account.
    if (target.email_verified_at === null) throw new SignInRefused('address_unconfirmed');
    if (target[column] !== null) throw new SignInRefused('linked_other');
    await guarded.setProvider(tx, target.id, column, identity.subject);
    await audit(tx, { action: 'account.linked', actor_id: target.id, detail }, origin);
    await deps.jobs.enqueue(
      tx,
      SendMail,
      mailOf({
        to: target.email,
        subject: 'A way to sign in was added',
        before: [`Signing in with ${flow.provider} was added to your account.`],
        link: { label: 'If this was not you, set a new password', url: `${parts.base}/forgot-password` },
      }),
    );
    return target.id;
  }

  return {
    configured: (name: SignInProvider): boolean => config.sign_in_providers[name] !== undefined,

    /** The provider's page to go to. `browser` is the secret in the browser's cookie; `link` adds to one's own account. */
    async start(
      name: SignInProvider,
      browser: string,
      options: { return_to?: string | undefined; link: Actor | null; reactivate: boolean },
      origin: Origin,
    ): Promise<string> {
      await parts.guard.address(origin);
      const provider = await providerOf(name);
      const state = newToken();
      const flow: Flow = {
        provider: name,
        browser_hash: hashToken(browser),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
        return_to: ownPath(options.return_to),
        link_user_id: options.link?.user_id ?? null,
        reactivate: options.reactivate,
      };
      await kv.set(`oidc:${hashToken(state)}`, JSON.stringify(flow), FLOW_SECONDS);
      return client.buildAuthorizationUrl(provider, {
        redirect_uri: redirectUri(name),
        scope: 'openid email profile',
        state,
        nonce: flow.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
        prompt: 'select_account',
      }).href;
    },

    /** Ends the flow: a session where somebody signed in, null where a provider was added to an open one. */
    async finish(
      name: SignInProvider,
      query: string,
      browser: string | undefined,
      actor: Actor | null,
      origin: Origin,
      device: string | undefined,
    ): Promise<{ signed_in: SignedIn | null; return_to: string }> {
      await parts.guard.address(origin);
      const given = new URLSearchParams(query);
      const flow = await takeFlow(name, given.get('state') ?? '', browser);
      if (given.has('error'))
        throw new SignInRefused(
          given.get('error') === 'access_denied' ? 'cancelled' : 'failed',
          flow.return_to,
        );
      const identity = identityOf(name, await claimsOf(flow, query));
      try {
        return await postgres.asSystem(async (tx) => {
          if (flow.link_user_id !== null && actor?.user_id !== flow.link_user_id)
            throw new SignInRefused('expired');
          const userId = await accountOf(tx, flow, identity, origin);
          if (flow.link_user_id !== null) return { signed_in: null, return_to: flow.return_to };
          await requireUsable(tx, userId, flow.reactivate, origin);
          await audit(
            tx,
            { action: 'account.signed_in', actor_id: userId, detail: { provider: name } },
            origin,
          );
          return {
            signed_in: await parts.sessions.open(tx, userId, origin, device),
            return_to: flow.return_to,
          };
        });
      } catch (error) {
        if (!(error instanceof SignInRefused)) throw error;
        await postgres.asSystem((tx) =>
          audit(
            tx,
            {
              action: 'account.sign_in_failed',
              actor_id: flow.link_user_id,
              detail: { provider: name, reason: error.code },
            },
            origin,
          ),
        );
        throw new SignInRefused(error.code, flow.return_to, error);
      }
    },
  };

  async function requireUsable(tx: Tx, userId: string, reactivate: boolean, origin: Origin): Promise<void> {
    const account = await guarded.findAccount(tx, userId);
    if (account === undefined || account.status === 'suspended') throw new SignInRefused('suspended');
    if (account.status === 'active') return;
    if ((await closing.findClosure(tx, userId)) === undefined) throw new SignInRefused('suspended');
    if (!reactivate) throw new SignInRefused('deactivated');
    await guarded.setStatus(tx, userId, 'active');
    await closing.deleteClosure(tx, userId);
    await audit(tx, { action: 'account.reactivated', actor_id: userId }, origin);
  }
}
