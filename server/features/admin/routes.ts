// HTTP of the administration, for administrators of the platform.
import { z } from 'zod';
import {
  AdminJobs,
  AdminMigration,
  AdminOrganization,
  AdminOrganizationQuery,
  AdminOrganizations,
  AdminOverview,
  AdminStorage,
  AdminUser,
  AdminUserQuery,
  AdminUsers,
  EventDeadLetter,
  JobListQuery,
  UpdateAdminOrganization,
} from '../../../contract/admin.ts';
import { Id, PageQuery, pageOf } from '../../../contract/common.ts';
import { actorOf, type Server } from '../../platform/http.ts';
import { originOf } from '../context.ts';
import type { Admin } from './service.ts';

const WithId = z.object({ id: Id });
const tags = ['administration'];
const config = { auth: 'admin', permission: 'platform:admin' } as const;

export function adminRoutes(server: Server, admin: Admin): void {
  server.get(
    '/api/v1/admin/overview',
    {
      config,
      schema: {
        tags,
        summary: 'The stores, queues and counts of the platform',
        response: { 200: AdminOverview },
      },
    },
    () => admin.overview(),
  );
  userRoutes(server, admin);
  organizationRoutes(server, admin);
  jobRoutes(server, admin);
  server.get(
    '/api/v1/admin/event-dead-letters',
    {
      config,
      schema: {
        tags,
        summary: 'Events that could not be stored, with the reason, newest first',
        querystring: PageQuery,
        response: { 200: pageOf(EventDeadLetter) },
      },
    },
    (request) => admin.eventDeadLetters(request.query),
  );
  server.get(
    '/api/v1/admin/migrations',
    {
      config,
      schema: {
        tags,
        summary: 'Migrations of both stores, newest first',
        response: { 200: z.object({ items: z.array(AdminMigration) }) },
      },
    },
    async () => ({ items: await admin.migrations() }),
  );
  server.get(
    '/api/v1/admin/storage',
    {
      config,
      schema: { tags, summary: 'Files by organization and tier', response: { 200: AdminStorage } },
    },
    () => admin.storage(),
  );
}

function userRoutes(server: Server, admin: Admin): void {
  server.get(
    '/api/v1/admin/users',
    {
      config,
      schema: {
        tags,
        summary: 'People of every organization, newest first',
        querystring: AdminUserQuery,
        response: { 200: AdminUsers },
      },
    },
    (request) => admin.users(request.query),
  );
  const changes = [
    ['suspend', 'Suspend a person: every session ends and they cannot sign in', admin.suspend],
    ['reactivate', 'Let a suspended person sign in again', admin.reactivate],
    ['end-sessions', 'End every session of a person', admin.endSessions],
  ] as const;
  for (const [verb, summary, act] of changes) {
    server.post(
      `/api/v1/admin/users/:id/${verb}`,
      { config, schema: { tags, summary, params: WithId, response: { 200: AdminUser } } },
      (request) => act(actorOf(request), request.params.id, originOf(request)),
    );
  }
}

function organizationRoutes(server: Server, admin: Admin): void {
  server.get(
    '/api/v1/admin/organizations',
    {
      config,
      schema: {
        tags,
        summary: 'Every organization, newest first',
        querystring: AdminOrganizationQuery,
        response: { 200: AdminOrganizations },
      },
    },
    (request) => admin.organizations(request.query),
  );
  server.patch(
    '/api/v1/admin/organizations/:id',
    {
      config,
      schema: {
        tags,
        summary:
          'Change an organization’s tier, the state of its subscription, or which prices its people are told',
        params: WithId,
        body: UpdateAdminOrganization,
        response: { 200: AdminOrganization },
      },
    },
    (request) =>
      admin.updateOrganization(actorOf(request), request.params.id, request.body, originOf(request)),
  );
}

function jobRoutes(server: Server, admin: Admin): void {
  server.get(
    '/api/v1/admin/jobs',
    {
      config,
      schema: {
        tags,
        summary: 'Jobs that run, that failed, or that are dead letters, newest first',
        querystring: JobListQuery,
        response: { 200: AdminJobs },
      },
    },
    (request) => admin.jobs(request.query),
  );
  server.post(
    '/api/v1/admin/jobs/dead-letters/:id/replay',
    {
      config,
      schema: {
        tags,
        summary: 'Run a dead letter again',
        params: WithId,
        response: { 200: z.object({ queue: z.string() }) },
      },
    },
    (request) => admin.replay(actorOf(request), request.params.id, originOf(request)),
  );
  server.delete(
    '/api/v1/admin/jobs/dead-letters/:id',
    {
      config,
      schema: { tags, summary: 'Discard a dead letter', params: WithId, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await admin.discard(actorOf(request), request.params.id, originOf(request));
      return reply.code(204).send(null);
    },
  );
}
