// HTTP of accounts: registration, sign-in, sessions, one's own profile, API tokens.
import { z } from 'zod';
import {
  ApiToken,
  CreateApiTokenRequest,
  CreatedApiToken,
  ForgotPasswordRequest,
  LoginRequest,
  Me,
  RegisterRequest,
  ResetPasswordRequest,
  Session,
  TokenRequest,
  UpdateMeRequest,
  User,
} from '../../../contract/accounts.ts';
import { Id, pageOf } from '../../../contract/common.ts';
import { actorOf, type Server } from '../../platform/http.ts';
import { originOf } from '../context.ts';
import { ListQuery, pageOfList } from '../lists.ts';
import { clearSessionCookie, DEVICE_COOKIE, setSessionCookie, setSessionCookies } from './cookies.ts';
import { oidcRoutes } from './oidc.routes.ts';
import { securityRoutes } from './security.routes.ts';
import type { Accounts, SignedIn } from './service.ts';

export { sessionCookieOf } from './cookies.ts';

const Nothing = z.null();

export interface DemoSignIn {
  email: string;
  password: string;
}

export function accountRoutes(server: Server, accounts: Accounts, demo: () => DemoSignIn | null): void {
  const tags = ['accounts'];
  const open = { auth: 'public', permission: 'public' } as const;
  const own = { permission: 'signed_in' } as const;

  // Before any handler: a session whose person's rights changed gets a new token.
  server.addHook('preHandler', (request, reply, done) => {
    const { actor } = request;
    if (actor?.by.kind !== 'session' || actor.by.must_rotate !== true) return done();
    accounts.rotateIfMarked(actor).then((rotated) => {
      if (rotated !== null) setSessionCookie(request, reply, rotated.token);
      done();
    }, done);
  });

  async function meOf(signedIn: SignedIn): Promise<z.infer<typeof Me>> {
    const actor = await accounts.authenticate(signedIn.token, undefined);
    if (actor === null) throw new Error('A session that was just opened is not in force.');
    return await accounts.me(actor);
  }

  server.get(
    '/api/v1/auth/providers',
    {
      config: open,
      schema: {
        tags,
        summary: 'Ways to sign in here, and the demonstration account if there is one',
        response: {
          200: z.object({
            password: z.boolean(),
            google: z.boolean(),
            microsoft: z.boolean(),
            demo: z.object({ email: z.string(), password: z.string() }).nullable(),
          }),
        },
      },
    },
    async () => ({
      password: true,
      google: accounts.oidc.configured('google'),
      microsoft: accounts.oidc.configured('microsoft'),
      demo: demo(),
    }),
  );

  server.post(
    '/api/v1/auth/register',
    {
      config: open,
      schema: {
        tags,
        summary: 'Create an account and sign in',
        body: RegisterRequest,
        response: { 201: Me },
      },
    },
    async (request, reply) => {
      const signedIn = await accounts.register(
        request.body,
        originOf(request),
        request.cookies[DEVICE_COOKIE],
      );
      setSessionCookies(request, reply, signedIn);
      return reply.code(201).send(await meOf(signedIn));
    },
  );

  server.post(
    '/api/v1/auth/login',
    { config: open, schema: { tags, summary: 'Sign in', body: LoginRequest, response: { 200: Me } } },
    async (request, reply) => {
      const { email, password, reactivate } = request.body;
      const signedIn = await accounts.signIn(email, password, originOf(request), {
        device: request.cookies[DEVICE_COOKIE],
        reactivate,
      });
      setSessionCookies(request, reply, signedIn);
      return await meOf(signedIn);
    },
  );

  server.post(
    '/api/v1/auth/logout',
    { config: own, schema: { tags, summary: 'Sign out and end the session', response: { 204: Nothing } } },
    async (request, reply) => {
      await accounts.signOut(actorOf(request), originOf(request));
      clearSessionCookie(request, reply);
      return reply.code(204).send(null);
    },
  );

  server.post(
    '/api/v1/auth/verify-email',
    {
      config: open,
      schema: {
        tags,
        summary: 'Confirm the e-mail address with the token sent to it',
        body: TokenRequest,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await accounts.verifyEmail(request.body.token, originOf(request));
      return reply.code(204).send(null);
    },
  );

  server.post(
    '/api/v1/auth/forgot-password',
    {
      config: open,
      schema: {
        tags,
        summary: 'Send a link to set a new password',
        body: ForgotPasswordRequest,
        response: { 202: z.object({ detail: z.string() }) },
      },
    },
    async (request, reply) => {
      await accounts.forgotPassword(request.body.email, originOf(request));
      return reply
        .code(202)
        .send({ detail: 'If there is an account with this address, a link is on its way.' });
    },
  );

  server.post(
    '/api/v1/auth/reset-password',
    {
      config: open,
      schema: {
        tags,
        summary: 'Set a new password with the token sent',
        body: ResetPasswordRequest,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await accounts.resetPassword(request.body.token, request.body.password, originOf(request));
      return reply.code(204).send(null);
    },
  );

  server.get(
    '/api/v1/auth/me',
    { config: own, schema: { tags, summary: 'Who is signed in', response: { 200: Me } } },
    async (request) => {
      return await accounts.me(actorOf(request));
    },
  );

  server.patch(
    '/api/v1/auth/me',
    {
      config: own,
      schema: {
        tags,
        summary: 'Change one’s own profile and preferences',
        body: UpdateMeRequest,
        response: { 200: User },
      },
    },
    async (request) => await accounts.updateMe(actorOf(request), request.body),
  );

  server.get(
    '/api/v1/auth/sessions',
    {
      config: own,
      schema: {
        tags,
        summary: 'One’s open sessions',
        querystring: ListQuery,
        response: { 200: pageOf(Session) },
      },
    },
    async (request) => pageOfList(await accounts.sessions(actorOf(request)), request.query),
  );

  server.delete(
    '/api/v1/auth/sessions/:id',
    {
      config: own,
      schema: { tags, summary: 'End a session', params: z.object({ id: Id }), response: { 204: Nothing } },
    },
    async (request, reply) => {
      await accounts.revokeSession(actorOf(request), request.params.id, originOf(request));
      return reply.code(204).send(null);
    },
  );

  server.get(
    '/api/v1/api-tokens',
    {
      config: own,
      schema: {
        tags,
        summary: 'One’s API tokens',
        querystring: ListQuery,
        response: { 200: pageOf(ApiToken) },
      },
    },
    async (request) => pageOfList(await accounts.apiTokens(actorOf(request)), request.query),
  );

  server.post(
    '/api/v1/api-tokens',
    {
      config: own,
      schema: {
        tags,
        summary: 'Make an API token; it is shown once',
        body: CreateApiTokenRequest,
        response: { 201: CreatedApiToken },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await accounts.createApiToken(actorOf(request), request.body, originOf(request))),
  );

  server.delete(
    '/api/v1/api-tokens/:id',
    {
      config: own,
      schema: {
        tags,
        summary: 'Revoke an API token',
        params: z.object({ id: Id }),
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await accounts.revokeApiToken(actorOf(request), request.params.id, originOf(request));
      return reply.code(204).send(null);
    },
  );

  securityRoutes(server, accounts);
  oidcRoutes(server, accounts);
}
