// HTTP for administrators of the platform: every security event, and the mailbox where no mail server is set.

import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AuditEvent, AuditQuery, MailboxItem, MailboxMessage } from '../../../contract/accounts.ts';
import { PageQuery, pageOf } from '../../../contract/common.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import { actorOf, type Server } from '../../platform/http.ts';
import type { Mailbox } from '../../platform/mail.ts';
import { originOf } from '../context.ts';
import type { Accounts } from './service.ts';

const admin = { auth: 'admin', permission: 'platform:admin' } as const;
const tags = ['admin'];

/** Letters hold links that open accounts: a token that may only read must not find them. */
function requireSession(request: FastifyRequest): void {
  if (actorOf(request).by.kind !== 'session')
    throw new AppError('forbidden', 'Sign in to read the mail kept here; an API token cannot.');
}

/** `mailbox` is undefined where mail goes through a mail server: then nothing is kept here. */
export function accountAdminRoutes(server: Server, accounts: Accounts, mailbox: Mailbox | undefined): void {
  server.get(
    '/api/v1/admin/audit-log',
    {
      config: admin,
      schema: {
        tags,
        summary: 'Every security event, the newest first',
        querystring: AuditQuery,
        response: { 200: pageOf(AuditEvent) },
      },
    },
    async (request) => await accounts.allEvents(request.query),
  );
  server.get(
    '/api/v1/admin/audit-log.csv',
    {
      config: { ...admin, scope: ['export'] },
      schema: {
        tags,
        summary: 'The same as CSV: the newest 10,000 that match',
        querystring: AuditQuery,
        produces: ['text/csv'],
      },
    },
    async (request, reply) =>
      reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="audit-log.csv"')
        .serializer((payload: unknown) => String(payload))
        .send(await accounts.allEventsCsv(actorOf(request), request.query, originOf(request))),
  );

  server.get(
    '/api/v1/admin/mailbox',
    {
      config: admin,
      schema: {
        tags,
        summary: 'Mail kept on this machine because no mail server is set',
        querystring: PageQuery,
        response: { 200: pageOf(MailboxItem) },
      },
    },
    async (request) => {
      requireSession(request);
      const { limit, cursor } = request.query;
      const mails = (await mailbox?.list(limit + 1, cursor)) ?? [];
      const items = mails.slice(0, limit);
      return {
        items: items.map(({ text: _, ...mail }) => ({ ...mail, sent_at: mail.sent_at.toISOString() })),
        next_cursor: mails.length > limit ? (items.at(-1)?.id ?? null) : null,
      };
    },
  );
  server.get(
    '/api/v1/admin/mailbox/:id',
    {
      config: admin,
      schema: {
        tags,
        summary: 'One kept message as plain text',
        params: z.object({ id: z.string().max(60) }),
        response: { 200: MailboxMessage },
      },
    },
    async (request) => {
      requireSession(request);
      const mail = await mailbox?.read(request.params.id);
      if (mail === undefined) throw notFound('message');
      return { ...mail, sent_at: mail.sent_at.toISOString() };
    },
  );
}
