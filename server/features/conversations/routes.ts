// HTTP of conversations.
import { z } from 'zod';
import { Id, PageQuery, pageOf } from '../../../contract/common.ts';
import {
  Action,
  Conversation,
  ConversationMessage,
  PostMessageRequest,
  PostMessageResponse,
  UpdateConversationRequest,
} from '../../../contract/conversations.ts';
import { problemOf } from '../../platform/errors.ts';
import { actorOf, type Server } from '../../platform/http.ts';
import { asAppError } from '../../platform/http-errors.ts';
import { openEventStream } from '../../platform/sse.ts';
import { ListQuery, pageOfList } from '../lists.ts';
import type { Conversations } from './service.ts';

const WithId = z.object({ id: Id });
const WithAction = z.object({ id: Id, message_id: Id, index: z.coerce.number().int().min(0).max(100) });

export function conversationRoutes(server: Server, conversations: Conversations): void {
  const tags = ['conversations'];

  server.get(
    '/api/v1/projects/:id/conversations',
    {
      config: { permission: 'project:read' },
      schema: {
        tags,
        summary: 'Conversations of a project, newest first',
        params: WithId,
        querystring: ListQuery,
        response: { 200: pageOf(Conversation) },
      },
    },
    async (request) =>
      pageOfList(await conversations.list(actorOf(request), request.params.id), request.query),
  );
  server.post(
    '/api/v1/projects/:id/conversations',
    {
      config: { permission: 'project:comment' },
      schema: { tags, summary: 'Begin a conversation', params: WithId, response: { 201: Conversation } },
    },
    async (request, reply) =>
      reply.code(201).send(await conversations.create(actorOf(request), request.params.id)),
  );
  server.get(
    '/api/v1/conversations/:id',
    {
      config: { permission: 'project:read' },
      schema: {
        tags,
        summary: 'One conversation with the brief as it stands',
        params: WithId,
        response: { 200: Conversation },
      },
    },
    async (request) => await conversations.get(actorOf(request), request.params.id),
  );
  server.patch(
    '/api/v1/conversations/:id',
    {
      config: { permission: 'project:comment' },
      schema: {
        tags,
        summary: 'Name a conversation',
        params: WithId,
        body: UpdateConversationRequest,
        response: { 200: Conversation },
      },
    },
    async (request) => await conversations.rename(actorOf(request), request.params.id, request.body),
  );
  for (const [verb, summary] of [
    ['apply', 'Carry out what an answer offered'],
    ['undo', 'Take back what was carried out'],
  ] as const) {
    server.post(
      `/api/v1/conversations/:id/messages/:message_id/actions/:index/${verb}`,
      {
        config: { permission: 'project:edit' },
        schema: { tags, summary, params: WithAction, response: { 200: Action } },
      },
      async (request) => {
        const { id, message_id, index } = request.params;
        const run = verb === 'apply' ? conversations.applyAction : conversations.undoAction;
        return await run(actorOf(request), id, message_id, index);
      },
    );
  }
  server.get(
    '/api/v1/conversations/:id/messages',
    {
      config: { permission: 'project:read' },
      schema: {
        tags,
        summary: 'Messages of a conversation, oldest first',
        params: WithId,
        querystring: PageQuery,
        response: { 200: pageOf(ConversationMessage) },
      },
    },
    async (request) => await conversations.messages(actorOf(request), request.params.id, request.query),
  );
  server.post(
    '/api/v1/conversations/:id/messages',
    {
      config: { permission: 'project:comment' },
      schema: {
        tags,
        summary:
          'Say something: the brief is read from it. With Accept: text/event-stream the answer comes as events "understood", "delta" (text as a language model writes it), "message", "done", or "problem"',
        produces: ['application/json', 'text/event-stream'],
        params: WithId,
        body: PostMessageRequest,
        response: { 201: PostMessageResponse },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const { id } = request.params;
      const { content } = request.body;
      const gone = new AbortController();
      if (!(request.headers.accept ?? '').includes('text/event-stream')) {
        reply.raw.on('close', () => {
          if (!reply.raw.writableEnded) gone.abort();
        });
        const answer = await conversations.post(actor, id, content, { signal: gone.signal });
        return reply.code(201).send(answer);
      }
      await conversations.get(actor, id);
      const stream = openEventStream(request, reply);
      stream.onClose(() => gone.abort());
      try {
        const { assistant_message } = await conversations.post(actor, id, content, {
          understood: (understood) => stream.send('understood', understood),
          delta: (text) => stream.send('delta', { text }),
          signal: gone.signal,
        });
        stream.send('message', assistant_message);
        stream.send('done', {});
      } catch (error) {
        stream.send('problem', problemOf(asAppError(error), request.id));
      }
      stream.close();
      return reply;
    },
  );
}
