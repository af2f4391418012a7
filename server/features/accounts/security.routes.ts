// HTTP of what protects an account: password, address, closing, other sessions, one's own security events.
import { z } from 'zod';
import {
  AuditEvent,
  AuditQuery,
  ChangeEmailRequest,
  ChangePasswordRequest,
  CloseAccountRequest,
  SignInMethods,
  TokenRequest,
} from '../../../contract/accounts.ts';
import { pageOf, Time } from '../../../contract/common.ts';
import { actorOf, type Server } from '../../platform/http.ts';
import { originOf } from '../context.ts';
import { clearSessionCookie, setSessionCookie } from './cookies.ts';
import type { Accounts } from './service.ts';

const Nothing = z.null();
const open = { auth: 'public', permission: 'public' } as const;
const own = { permission: 'signed_in' } as const;
const tags = ['accounts'];

export function securityRoutes(server: Server, accounts: Accounts): void {
  server.get(
    '/api/v1/auth/methods',
    {
      config: own,
      schema: { tags, summary: 'Ways to sign in to one’s own account', response: { 200: SignInMethods } },
    },
    async (request) => await accounts.methods(actorOf(request)),
  );

  server.post(
    '/api/v1/auth/change-password',
    {
      config: own,
      schema: {
        tags,
        summary: 'Change one’s password; every other session ends',
        body: ChangePasswordRequest,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      const rotated = await accounts.changePassword(actorOf(request), request.body, originOf(request));
      if (rotated !== null) setSessionCookie(request, reply, rotated.token);
      return reply.code(204).send(null);
    },
  );

  server.post(
    '/api/v1/auth/change-email',
    {
      config: own,
      schema: {
        tags,
        summary: 'Ask to move the account to another address; a link goes there',
        body: ChangeEmailRequest,
        response: { 202: z.object({ detail: z.string() }) },
      },
    },
    async (request, reply) => {
      await accounts.changeEmail(actorOf(request), request.body, originOf(request));
      return reply.code(202).send({ detail: 'A link is on its way to the new address.' });
    },
  );

  server.post(
    '/api/v1/auth/confirm-email',
    {
      config: open,
      schema: {
        tags,
        summary: 'Move the account to the new address with the token sent to it',
        body: TokenRequest,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await accounts.confirmEmail(request.body.token, originOf(request));
      return reply.code(204).send(null);
    },
  );

  server.post(
    '/api/v1/auth/restore-email',
    {
      config: open,
      schema: {
        tags,
        summary: 'Take a change of address back with the token sent to the old one',
        body: TokenRequest,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await accounts.restoreEmail(request.body.token, originOf(request));
      return reply.code(204).send(null);
    },
  );

  server.post(
    '/api/v1/auth/resend-verification',
    {
      config: own,
      schema: {
        tags,
        summary: 'Send the link that confirms one’s address again',
        response: { 202: z.object({ detail: z.string() }) },
      },
    },
    async (request, reply) => {
      await accounts.resendVerification(actorOf(request), originOf(request));
      return reply.code(202).send({ detail: 'If the address is not confirmed yet, a link is on its way.' });
    },
  );

  server.post(
    '/api/v1/auth/close-account',
    {
      config: own,
      schema: {
        tags,
        summary: 'Deactivate one’s account, or delete it after 30 days',
        body: CloseAccountRequest,
        response: { 200: z.object({ due_at: Time.nullable() }) },
      },
    },
    async (request, reply) => {
      const due = await accounts.close(actorOf(request), request.body, originOf(request));
      clearSessionCookie(request, reply);
      return { due_at: due?.toISOString() ?? null };
    },
  );

  server.post(
    '/api/v1/auth/sessions/end-others',
    {
      config: own,
      schema: {
        tags,
        summary: 'End every session but this one',
        response: { 200: z.object({ ended: z.number().int() }) },
      },
    },
    async (request) => ({ ended: await accounts.revokeOtherSessions(actorOf(request), originOf(request)) }),
  );

  server.get(
    '/api/v1/auth/audit-log',
    {
      config: own,
      schema: {
        tags,
        summary: 'What happened to one’s own account',
        querystring: AuditQuery,
        response: { 200: pageOf(AuditEvent) },
      },
    },
    async (request) => await accounts.ownEvents(actorOf(request), request.query),
  );
}
