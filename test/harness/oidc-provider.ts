// A real OpenID provider (oidc-provider) on this machine for tests: the person who signs in there is set by the test.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { interactionPolicy } from 'oidc-provider';

export interface Somebody {
  sub: string;
  email: string;
  email_verified?: boolean;
  xms_edov?: boolean | number | string;
  name?: string;
}

export interface TestProvider {
  issuer: string;
  /** Who sits at the provider's page from now on; null cancels. */
  seat(person: Somebody | null): void;
  /** Follows the authorization address as a browser would, to where the provider sends it back. */
  visit(url: string): Promise<string>;
  close(): Promise<void>;
}

export async function openProvider(publicUrl: string): Promise<TestProvider> {
  const http = createServer();
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const people = new Map<string, Somebody>();
  let seated: Somebody | null = null;
  const policy = interactionPolicy.base();
  policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0);
  const provider = new Provider(issuer, {
    clients: ['google', 'microsoft'].map((name) => ({
      client_id: `${name}-client`,
      client_secret: `${name}-secret-of-the-test-that-is-long-enough`,
      redirect_uris: [`${publicUrl}/api/v1/auth/${name}/callback`],
    })),
    cookies: { keys: ['only a test'] },
    conformIdTokenClaims: false,
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified', 'xms_edov'],
      profile: ['name', 'given_name', 'family_name'],
    },
    ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { policy, url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_ctx, sub) => ({
      accountId: sub,
      claims: async () => ({ ...(people.get(sub) ?? {}), sub }),
    }),
  });
  const answer = provider.callback();
  http.on('request', (request, response) => {
    void (async () => {
      if (request.url?.startsWith('/interaction/') !== true) return answer(request, response);
      if (seated === null) {
        const result = { error: 'access_denied', error_description: 'cancelled' };
        return provider.interactionFinished(request, response, result);
      }
      const { params } = await provider.interactionDetails(request, response);
      const grant = new provider.Grant({ accountId: seated.sub, clientId: String(params['client_id']) });
      grant.addOIDCScope('openid email profile');
      const consent = { grantId: await grant.save() };
      const result = { login: { accountId: seated.sub }, consent, select_account: {} };
      await provider.interactionFinished(request, response, result);
    })();
  });

  return {
    issuer,
    seat(person) {
      seated = person;
      if (person !== null) people.set(person.sub, person);
    },
    async visit(url) {
      const cookies = new Map<string, string>();
      let next = url;
      for (let hop = 0; hop < 10; hop++) {
        const response = await fetch(next, {
          redirect: 'manual',
          headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
        });
        for (const cookie of response.headers.getSetCookie()) {
          const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
          if (name !== undefined) cookies.set(name, value ?? '');
        }
        const location = response.headers.get('location');
        if (location === null)
          throw new Error(`The provider said ${response.status}: ${await response.text()}`);
        next = new URL(location, next).href;
        if (next.startsWith(publicUrl)) return next;
      }
      throw new Error('The provider sent us in circles.');
    },
    close: () => new Promise((resolve) => http.close(() => resolve())),
  };
}
