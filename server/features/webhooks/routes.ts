// HTTP of webhooks.
import { z } from 'zod';
import { Id, PageQuery, pageOf } from '../../../contract/common.ts';
import {
  CreatedWebhook,
  CreateWebhookRequest,
  ReplayAnswer,
  ReplayRequest,
  UpdateWebhookRequest,
  Webhook,
  WebhookDelivery,
  WebhookDeliveryDetail,
} from '../../../contract/webhooks.ts';
import { actorOf, type Server } from '../../platform/http.ts';
import { originOf } from '../context.ts';
import { ListQuery, pageOfList } from '../lists.ts';
import type { Webhooks } from './service.ts';

const WithId = z.object({ id: Id });
const tags = ['webhooks'];

export function webhookRoutes(server: Server, webhooks: Webhooks): void {
  manageRoutes(server, webhooks);
  deliveryRoutes(server, webhooks);
}

function manageRoutes(server: Server, webhooks: Webhooks): void {
  server.get(
    '/api/v1/organizations/:id/webhooks',
    {
      config: { permission: 'organization:manage' },
      schema: {
        tags,
        summary: 'Webhooks of an organization, for those who manage it',
        params: WithId,
        querystring: ListQuery,
        response: { 200: pageOf(Webhook) },
      },
    },
    async (request) => pageOfList(await webhooks.list(actorOf(request), request.params.id), request.query),
  );
  server.post(
    '/api/v1/organizations/:id/webhooks',
    {
      config: { permission: 'organization:manage' },
      schema: {
        tags,
        summary: 'Add a webhook; its secret is shown once',
        params: WithId,
        body: CreateWebhookRequest,
        response: { 201: CreatedWebhook },
      },
    },
    async (request, reply) =>
      reply
        .code(201)
        .send(await webhooks.create(actorOf(request), request.params.id, request.body, originOf(request))),
  );
  server.patch(
    '/api/v1/webhooks/:id',
    {
      config: { permission: 'organization:manage' },
      schema: {
        tags,
        summary: 'Change a webhook, or switch it on or off',
        params: WithId,
        body: UpdateWebhookRequest,
        response: { 200: Webhook },
      },
    },
    async (request) =>
      await webhooks.update(actorOf(request), request.params.id, request.body, originOf(request)),
  );
  server.delete(
    '/api/v1/webhooks/:id',
    {
      config: { permission: 'organization:manage' },
      schema: {
        tags,
        summary: 'Delete a webhook and its log',
        params: WithId,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await webhooks.remove(actorOf(request), request.params.id, originOf(request));
      return reply.code(204).send(null);
    },
  );
  server.post(
    '/api/v1/webhooks/:id/rotate',
    {
      config: { permission: 'organization:manage' },
      schema: {
        tags,
        summary: 'A new secret, shown once; the one before signs beside it for a day',
        params: WithId,
        response: { 200: CreatedWebhook },
      },
    },
    async (request) => await webhooks.rotate(actorOf(request), request.params.id, originOf(request)),
  );
}

function deliveryRoutes(server: Server, webhooks: Webhooks): void {
  server.post(
    '/api/v1/webhooks/:id/ping',
    {
      config: { permission: 'organization:manage' },
      schema: {
        tags,
        summary: 'Send a test message',
        params: WithId,
        response: { 202: WebhookDelivery },
      },
    },
    async (request, reply) => reply.code(202).send(await webhooks.ping(actorOf(request), request.params.id)),
  );
  server.post(
    '/api/v1/webhooks/:id/replay',
    {
      config: { permission: 'organization:manage' },
      schema: {
        tags,
        summary: 'Send everything that happened since a time again, 500 messages at most',
        params: WithId,
        body: ReplayRequest,
        response: { 202: ReplayAnswer },
      },
    },
    async (request, reply) =>
      reply
        .code(202)
        .send(
          await webhooks.replaySince(
            actorOf(request),
            request.params.id,
            request.body.since,
            originOf(request),
          ),
        ),
  );
  server.get(
    '/api/v1/webhooks/:id/deliveries',
    {
      config: { permission: 'organization:manage' },
      schema: {
        tags,
        summary: 'What was sent to a webhook, newest first; kept for thirty days',
        params: WithId,
        querystring: PageQuery,
        response: { 200: pageOf(WebhookDelivery) },
      },
    },
    async (request) => await webhooks.deliveries(actorOf(request), request.params.id, request.query),
  );
  server.get(
    '/api/v1/webhook-deliveries/:id',
    {
      config: { permission: 'organization:manage' },
      schema: {
        tags,
        summary: 'One message with its body and every attempt',
        params: WithId,
        response: { 200: WebhookDeliveryDetail },
      },
    },
    async (request) => await webhooks.delivery(actorOf(request), request.params.id),
  );
  server.post(
    '/api/v1/webhook-deliveries/:id/replay',
    {
      config: { permission: 'organization:manage' },
      schema: {
        tags,
        summary: 'Send one message again, under the same id',
        params: WithId,
        response: { 202: WebhookDelivery },
      },
    },
    async (request, reply) =>
      reply.code(202).send(await webhooks.replay(actorOf(request), request.params.id, originOf(request))),
  );
}
