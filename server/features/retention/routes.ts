// HTTP of retention, for administrators.
import { z } from 'zod';
import { Id, pageOf } from '../../../contract/common.ts';
import {
  CreateLegalHoldRequest,
  LegalHold,
  RetentionPolicy,
  RetentionPolicyName,
  RetentionRun,
  StartRetentionRunRequest,
  UpdateRetentionPolicyRequest,
} from '../../../contract/retention.ts';
import { actorOf, type Server } from '../../platform/http.ts';
import { originOf } from '../context.ts';
import { ListQuery, pageOfList } from '../lists.ts';
import type { Retention } from './service.ts';

const WithId = z.object({ id: Id });

export function retentionRoutes(server: Server, retention: Retention): void {
  const tags = ['administration'];
  const config = { auth: 'admin', permission: 'platform:admin' } as const;

  server.get(
    '/api/v1/admin/retention/policies',
    {
      config,
      schema: {
        tags,
        summary: 'How long each kind of data is kept',
        response: { 200: z.object({ items: z.array(RetentionPolicy) }) },
      },
    },
    async () => ({ items: await retention.policies() }),
  );
  server.patch(
    '/api/v1/admin/retention/policies/:name',
    {
      config,
      schema: {
        tags,
        summary: 'Change a retention policy',
        params: z.object({ name: RetentionPolicyName }),
        body: UpdateRetentionPolicyRequest,
        response: { 200: RetentionPolicy },
      },
    },
    async (request) =>
      await retention.updatePolicy(actorOf(request), request.params.name, request.body, originOf(request)),
  );
  server.get(
    '/api/v1/admin/retention/runs',
    {
      config,
      schema: {
        tags,
        summary: 'Retention runs and what they did, newest first',
        querystring: ListQuery,
        response: { 200: pageOf(RetentionRun) },
      },
    },
    async (request) => pageOfList(await retention.runs(), request.query),
  );
  server.post(
    '/api/v1/admin/retention/runs',
    {
      config,
      schema: {
        tags,
        summary: 'Start a retention run; without dry_run: false it only reports',
        body: StartRetentionRunRequest,
        response: { 202: RetentionRun },
      },
    },
    async (request, reply) =>
      reply.code(202).send(await retention.start(actorOf(request), request.body.dry_run)),
  );
  server.get(
    '/api/v1/admin/retention/runs/:id',
    {
      config,
      schema: { tags, summary: 'One retention run', params: WithId, response: { 200: RetentionRun } },
    },
    async (request) => await retention.run(request.params.id),
  );
  server.get(
    '/api/v1/admin/legal-holds',
    {
      config,
      schema: {
        tags,
        summary: 'Legal holds, newest first',
        querystring: ListQuery,
        response: { 200: pageOf(LegalHold) },
      },
    },
    async (request) => pageOfList(await retention.holds(), request.query),
  );
  server.post(
    '/api/v1/admin/legal-holds',
    {
      config,
      schema: {
        tags,
        summary: 'Keep everything of a project, organization or person until the hold is released',
        body: CreateLegalHoldRequest,
        response: { 201: LegalHold },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await retention.hold(actorOf(request), request.body, originOf(request))),
  );
  server.delete(
    '/api/v1/admin/legal-holds/:id',
    {
      config,
      schema: { tags, summary: 'Release a legal hold', params: WithId, response: { 200: LegalHold } },
    },
    async (request) => await retention.release(actorOf(request), request.params.id, originOf(request)),
  );
}
