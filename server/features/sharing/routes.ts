// HTTP of share links: for people on the project, and the public side of a link.

import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Id, PageQuery, pageOf } from '../../../contract/common.ts';
import {
  CreatedShareLink,
  CreateShareLinkRequest,
  DecideRequest,
  SHARE_GRANT_HEADER,
  ShareDecision,
  SharedCommentRequest,
  SharedProject,
  ShareLink,
  ShareToken,
  Unlocked,
  UnlockRequest,
} from '../../../contract/sharing.ts';
import { actorOf, type Server } from '../../platform/http.ts';
import { originOf } from '../context.ts';
import type { Sharing } from './service.ts';
import type { ShareVisit, Visits } from './visit.ts';

const WithId = z.object({ id: Id });
// Whatever stands there: a token of another shape is answered as any unknown one.
const WithToken = z.object({ token: z.string().max(200) });
const WithFile = WithToken.extend({ export_id: Id });
const Nothing = z.null();

function visitOf(request: FastifyRequest): ShareVisit {
  const { token } = request.params as { token: string };
  const grant = request.headers[SHARE_GRANT_HEADER];
  return {
    token: ShareToken.safeParse(token).data ?? '',
    grant: typeof grant === 'string' ? grant : undefined,
  };
}

/** No search engine keeps it, no other site learns its address, nothing between keeps a copy. */
function unlisted(reply: FastifyReply): void {
  reply
    .header('x-robots-tag', 'noindex, nofollow')
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', 'no-store');
}

export function sharingRoutes(server: Server, sharing: Sharing): void {
  const tags = ['sharing'];
  server.get(
    '/api/v1/projects/:id/share-links',
    {
      config: { permission: 'project:share' },
      schema: {
        tags,
        summary: 'Links that show a project to people without an account, newest first',
        params: WithId,
        querystring: PageQuery,
        response: { 200: pageOf(ShareLink) },
      },
    },
    async (request) => await sharing.list(actorOf(request), request.params.id, request.query),
  );
  server.post(
    '/api/v1/projects/:id/share-links',
    {
      // Whoever has the link reads.
      config: { permission: 'project:share', also: ['read'] },
      schema: {
        tags,
        summary: 'Make a share link; its address is told this once',
        params: WithId,
        body: CreateShareLinkRequest,
        response: { 201: CreatedShareLink },
      },
    },
    async (request, reply) =>
      reply
        .code(201)
        .send(await sharing.create(actorOf(request), request.params.id, request.body, originOf(request))),
  );
  server.delete(
    '/api/v1/share-links/:id',
    {
      config: { permission: 'project:share' },
      schema: { tags, summary: 'End a share link at once', params: WithId, response: { 204: Nothing } },
    },
    async (request, reply) => {
      await sharing.revoke(actorOf(request), request.params.id, originOf(request));
      return reply.code(204).send(null);
    },
  );
  server.get(
    '/api/v1/projects/:id/decisions',
    {
      config: { permission: 'project:read' },
      schema: {
        tags,
        summary: 'What was decided through share links, newest first',
        params: WithId,
        querystring: PageQuery,
        response: { 200: pageOf(ShareDecision) },
      },
    },
    async (request) => await sharing.decisions(actorOf(request), request.params.id, request.query),
  );
}

export function sharedRoutes(server: Server, visits: Visits): void {
  const tags = ['shared'];
  const config = { auth: 'public', permission: 'public' } as const;
  server.get(
    '/api/v1/shared/:token',
    {
      config,
      schema: {
        tags,
        summary: 'What a share link shows; 401 where it asks for a password',
        params: WithToken,
        response: { 200: SharedProject },
      },
    },
    async (request, reply) => {
      unlisted(reply);
      return await visits.open(visitOf(request), originOf(request));
    },
  );
  server.post(
    '/api/v1/shared/:token/unlock',
    {
      config,
      schema: {
        tags,
        summary: 'Give the password of a share link; the grant is sent back as x-share-grant',
        params: WithToken,
        body: UnlockRequest,
        response: { 200: Unlocked },
      },
    },
    async (request, reply) => {
      unlisted(reply);
      return await visits.unlock(visitOf(request).token, request.body.password, originOf(request));
    },
  );
  server.post(
    '/api/v1/shared/:token/comments',
    {
      config,
      schema: {
        tags,
        summary: 'Say something through a share link, with a name',
        params: WithToken,
        body: SharedCommentRequest,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      unlisted(reply);
      await visits.comment(visitOf(request), request.body, originOf(request));
      return reply.code(204).send(null);
    },
  );
  server.post(
    '/api/v1/shared/:token/decision',
    {
      config,
      schema: {
        tags,
        summary: 'Approve the state that was shown, or ask for changes; recorded with name, time and version',
        params: WithToken,
        body: DecideRequest,
        response: { 201: ShareDecision.omit({ email: true, link_label: true }) },
      },
    },
    async (request, reply) => {
      unlisted(reply);
      return reply.code(201).send(await visits.decide(visitOf(request), request.body, originOf(request)));
    },
  );
  server.get(
    '/api/v1/shared/:token/files/:export_id',
    {
      config,
      schema: {
        tags,
        summary: 'A file that a share link lets one download',
        params: WithFile,
        produces: ['application/octet-stream'],
      },
    },
    async (request, reply) => {
      unlisted(reply);
      const file = await visits.file(visitOf(request), request.params.export_id, originOf(request));
      return reply
        .header('content-type', file.content_type)
        .header('content-length', file.size)
        .header('x-content-type-options', 'nosniff')
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.file_name)}`)
        .send(file.stream);
    },
  );
}
