// HTTP of accounts: registration, sign-in, sessions, one's own profile, API tokens.
import type { FastifyReply, FastifyRequest } from 'fastify';
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
import type { Accounts, SignedIn } from './service.ts';

export const SESSION_COOKIE = 'ofs_session';
const Nothing = z.null();

export interface DemoSignIn {
  email: string;
  password: string;
}

export function accountRoutes(server: Server, accounts: Accounts, demo: () => DemoSignIn | null): void {
  const tags = ['accounts'];
  const open = { auth: 'public' } as const;

  function setCookie(reply: FastifyReply, signedIn: SignedIn, request: FastifyRequest): void {
    const local = ['localhost', '127.0.0.1', '[::1]'].includes(request.hostname);
    reply.setCookie(SESSION_COOKIE, signedIn.token, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: !local,
      expires: signedIn.expires_at,
    });
  }

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
    async () => ({ password: true, google: false, microsoft: false, demo: demo() }),
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
      const signedIn = await accounts.register(request.body, originOf(request));
      setCookie(reply, signedIn, request);
      return reply.code(201).send(await meOf(signedIn));
    },
  );

  server.post(
    '/api/v1/auth/login',
    { config: open, schema: { tags, summary: 'Sign in', body: LoginRequest, response: { 200: Me } } },
    async (request, reply) => {
      const signedIn = await accounts.signIn(request.body.email, request.body.password, originOf(request));
      setCookie(reply, signedIn, request);
      return await meOf(signedIn);
    },
  );

  server.post(
    '/api/v1/auth/logout',
    { schema: { tags, summary: 'Sign out and end the session', response: { 204: Nothing } } },
    async (request, reply) => {
      await accounts.signOut(actorOf(request), originOf(request));
      reply.clearCookie(SESSION_COOKIE, { path: '/' });
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
    { schema: { tags, summary: 'Who is signed in', response: { 200: Me } } },
    async (request) => {
      return await accounts.me(actorOf(request));
    },
  );

  server.patch(
    '/api/v1/auth/me',
    {
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
    { schema: { tags, summary: 'End a session', params: z.object({ id: Id }), response: { 204: Nothing } } },
    async (request, reply) => {
      await accounts.revokeSession(actorOf(request), request.params.id, originOf(request));
      return reply.code(204).send(null);
    },
  );

  server.get(
    '/api/v1/api-tokens',
    {
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
}
