// HTTP of signing in with Google or Microsoft: two redirects. What does not work ends on the sign-in page, which has a
// sentence for each code.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { SIGN_IN_PROVIDERS, type SignInProvider, UnlinkRequest } from '../../../contract/accounts.ts';
import { AppError } from '../../platform/errors.ts';
import { actorOf, type Server } from '../../platform/http.ts';
import { newToken } from '../../platform/tokens.ts';
import { originOf } from '../context.ts';
import { DEVICE_COOKIE, isLocal, setSessionCookies } from './cookies.ts';
import { FLOW_SECONDS, ownPath, SignInRefused } from './oidc.ts';
import type { Accounts } from './service.ts';

/** Binds a sign-in on its way to the browser that began it. */
const BROWSER_COOKIE = 'ofs_oidc';
const PATH = '/api/v1/auth';

const Start = z.object({
  redirect: z.string().max(2000).optional(),
  /** Adds the provider to the account that is signed in, instead of signing in. */
  link: z.enum(['true']).optional(),
  /** Takes back the closing of one's own account. */
  reactivate: z.enum(['true']).optional(),
});

export function oidcRoutes(server: Server, accounts: Accounts): void {
  const tags = ['accounts'];

  function failed(reply: FastifyReply, error: unknown, name: SignInProvider, linking: boolean) {
    const code =
      error instanceof SignInRefused
        ? error.code
        : error instanceof AppError && error.type === 'too_many_requests'
          ? 'expired'
          : undefined;
    if (code === undefined) throw error;
    const query = new URLSearchParams({ error: code, provider: name });
    const back = error instanceof SignInRefused ? error.return_to : undefined;
    if (!linking && back !== undefined && back !== '/projects') query.set('redirect', back);
    return reply.redirect(`${linking ? '/settings/account' : '/sign-in'}?${query}`, 303);
  }

  function browserOf(request: FastifyRequest, reply: FastifyReply): string {
    const browser = request.cookies[BROWSER_COOKIE] ?? newToken();
    reply.setCookie(BROWSER_COOKIE, browser, {
      path: PATH,
      httpOnly: true,
      sameSite: 'lax',
      secure: !isLocal(request),
      maxAge: FLOW_SECONDS,
    });
    return browser;
  }

  for (const name of SIGN_IN_PROVIDERS) {
    server.get(
      `${PATH}/${name}/start`,
      {
        config: { auth: 'public', permission: 'public' },
        schema: {
          tags,
          summary: `Sign in with ${name}: redirects to its page`,
          querystring: Start,
          response: { 303: z.null() },
        },
      },
      async (request, reply) => {
        reply.header('cache-control', 'no-store');
        const linking = request.query.link === 'true';
        if (linking && actorOf(request).by.kind !== 'session')
          throw new AppError('forbidden', 'Sign in to link another way to sign in.');
        try {
          const url = await accounts.oidc.start(
            name,
            browserOf(request, reply),
            {
              return_to: ownPath(request.query.redirect),
              link: linking ? actorOf(request) : null,
              reactivate: request.query.reactivate === 'true',
            },
            originOf(request),
          );
          return await reply.redirect(url, 303);
        } catch (error) {
          return await failed(reply, error, name, linking);
        }
      },
    );

    server.get(
      `${PATH}/${name}/callback`,
      {
        config: { auth: 'public', permission: 'public' },
        schema: {
          tags,
          summary: `Where ${name} sends the browser back to`,
          querystring: z.looseObject({ code: z.unknown().optional(), state: z.unknown().optional() }),
          response: { 303: z.null() },
        },
      },
      async (request, reply) => {
        reply.header('cache-control', 'no-store');
        const linking = request.actor !== null;
        try {
          const done = await accounts.oidc.finish(
            name,
            request.url.split('?')[1] ?? '',
            request.cookies[BROWSER_COOKIE],
            request.actor,
            originOf(request),
            request.cookies[DEVICE_COOKIE],
          );
          if (done.signed_in !== null) setSessionCookies(request, reply, done.signed_in);
          return await reply.redirect(done.return_to, 303);
        } catch (error) {
          return await failed(reply, error, name, linking);
        }
      },
    );

    server.post(
      `${PATH}/${name}/unlink`,
      {
        config: { permission: 'signed_in' },
        schema: {
          tags,
          summary: `Remove ${name} from the ways to sign in`,
          body: UnlinkRequest,
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        await accounts.unlink(actorOf(request), name, request.body.password, originOf(request));
        return reply.code(204).send(null);
      },
    );
  }
}
