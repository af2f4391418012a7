// HTTP of comments.
import { z } from 'zod';
import {
  CommentListQuery,
  CommentThread,
  CreateCommentRequest,
  ProjectPerson,
  UpdateCommentRequest,
} from '../../../contract/comments.ts';
import { Id, pageOf } from '../../../contract/common.ts';
import { actorOf, type Server } from '../../platform/http.ts';
import type { Comments } from './service.ts';

const WithId = z.object({ id: Id });

export function commentRoutes(server: Server, comments: Comments): void {
  const tags = ['comments'];
  server.get(
    '/api/v1/projects/:id/comments',
    {
      config: { permission: 'project:read' },
      schema: {
        tags,
        summary: 'Threads of a project, newest first, each with its answers',
        params: WithId,
        querystring: CommentListQuery,
        response: { 200: pageOf(CommentThread) },
      },
    },
    async (request) => await comments.list(actorOf(request), request.params.id, request.query),
  );
  server.post(
    '/api/v1/projects/:id/comments',
    {
      config: { permission: 'project:comment' },
      schema: {
        tags,
        summary: 'Begin a thread on the project, a room or a line, or answer one; gives the whole thread',
        params: WithId,
        body: CreateCommentRequest,
        response: { 201: CommentThread },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await comments.create(actorOf(request), request.params.id, request.body)),
  );
  server.get(
    '/api/v1/projects/:id/people',
    {
      config: { permission: 'project:read' },
      schema: {
        tags,
        summary: 'People on a project, who can be named in comments',
        params: WithId,
        response: { 200: z.object({ items: z.array(ProjectPerson) }) },
      },
    },
    async (request) => ({ items: await comments.people(actorOf(request), request.params.id) }),
  );
  server.patch(
    '/api/v1/comments/:id',
    {
      config: { permission: 'project:comment' },
      schema: {
        tags,
        summary: 'Change one’s own words, or resolve a thread or open it again; gives the whole thread',
        params: WithId,
        body: UpdateCommentRequest,
        response: { 200: CommentThread },
      },
    },
    async (request) => await comments.update(actorOf(request), request.params.id, request.body),
  );
  server.delete(
    '/api/v1/comments/:id',
    {
      config: { permission: 'project:comment' },
      schema: { tags, summary: 'Delete one’s own comment', params: WithId, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await comments.remove(actorOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  );
}
