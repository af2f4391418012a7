// HTTP of who may do what in an organization: grants with an end, teams, ownership; its plan and its audit log.
import { z } from 'zod';
import { AuditEvent, AuditQuery } from '../../../contract/accounts.ts';
import { Id, pageOf } from '../../../contract/common.ts';
import {
  CreateGrantRequest,
  Grant,
  PlanUsage,
  SaveTeamRequest,
  Team,
  TransferOwnershipRequest,
} from '../../../contract/organizations.ts';
import { actorOf, type Server } from '../../platform/http.ts';
import { originOf } from '../context.ts';
import { ListQuery, pageOfList } from '../lists.ts';
import type { Organizations } from './service.ts';

const WithId = z.object({ id: Id });
const Nothing = z.null();
const tags = ['organizations'];
const read = { permission: 'organization:read' } as const;
const manage = { permission: 'organization:manage' } as const;

export function accessRoutes(server: Server, organizations: Organizations): void {
  server.post(
    '/api/v1/organizations/:id/transfer-ownership',
    {
      config: { permission: 'organization:own' },
      schema: {
        tags,
        summary: 'Make another member the owner and become administrator',
        params: WithId,
        body: TransferOwnershipRequest,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      const { user_id } = request.body;
      await organizations.transferOwnership(actorOf(request), request.params.id, user_id, originOf(request));
      return reply.code(204).send(null);
    },
  );

  server.get(
    '/api/v1/organizations/:id/plan',
    {
      config: read,
      schema: {
        tags,
        summary: 'What the plan allows and what is used of it',
        params: WithId,
        response: { 200: PlanUsage },
      },
    },
    async (request) => await organizations.plan(actorOf(request), request.params.id),
  );

  server.get(
    '/api/v1/organizations/:id/audit-log',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Security events of an organization, the newest first',
        params: WithId,
        querystring: AuditQuery,
        response: { 200: pageOf(AuditEvent) },
      },
    },
    async (request) => await organizations.auditLog(actorOf(request), request.params.id, request.query),
  );
  server.get(
    '/api/v1/organizations/:id/audit-log.csv',
    {
      config: { ...manage, scope: ['export'] },
      schema: {
        tags,
        summary: 'The same as CSV: the newest 10,000 that match',
        params: WithId,
        querystring: AuditQuery,
        produces: ['text/csv'],
      },
    },
    async (request, reply) => {
      const csv = await organizations.auditLogCsv(
        actorOf(request),
        request.params.id,
        request.query,
        originOf(request),
      );
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="audit-log.csv"')
        .serializer((payload: unknown) => String(payload))
        .send(csv);
    },
  );

  server.get(
    '/api/v1/organizations/:id/grants',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Roles given on the organization, its projects and teams',
        params: WithId,
        querystring: ListQuery,
        response: { 200: pageOf(Grant) },
      },
    },
    async (request) =>
      pageOfList(await organizations.grants(actorOf(request), request.params.id), request.query),
  );
  server.post(
    '/api/v1/organizations/:id/grants',
    {
      config: { ...manage, also: ['read'] },
      schema: {
        tags,
        summary: 'Give somebody a role, until a time where one is named',
        params: WithId,
        body: CreateGrantRequest,
        response: { 201: Grant },
      },
    },
    async (request, reply) =>
      reply
        .code(201)
        .send(
          await organizations.grant(actorOf(request), request.params.id, request.body, originOf(request)),
        ),
  );
  server.delete(
    '/api/v1/organizations/:id/grants/:grant_id',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Take a given role back',
        params: z.object({ id: Id, grant_id: Id }),
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      const { id, grant_id } = request.params;
      await organizations.revokeGrant(actorOf(request), id, grant_id, originOf(request));
      return reply.code(204).send(null);
    },
  );

  teamRoutes(server, organizations);
}

function teamRoutes(server: Server, organizations: Organizations): void {
  const WithTeam = z.object({ id: Id, team_id: Id });
  server.get(
    '/api/v1/organizations/:id/teams',
    {
      config: read,
      schema: {
        tags,
        summary: 'Teams of an organization: sets of its projects',
        params: WithId,
        querystring: ListQuery,
        response: { 200: pageOf(Team) },
      },
    },
    async (request) =>
      pageOfList(await organizations.teams(actorOf(request), request.params.id), request.query),
  );
  server.post(
    '/api/v1/organizations/:id/teams',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Make a team; who is in it is granted on it',
        params: WithId,
        body: SaveTeamRequest,
        response: { 201: z.object({ id: Id }) },
      },
    },
    async (request, reply) => {
      const id = await organizations.saveTeam(
        actorOf(request),
        request.params.id,
        null,
        request.body,
        originOf(request),
      );
      return reply.code(201).send({ id });
    },
  );
  server.put(
    '/api/v1/organizations/:id/teams/:team_id',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Change a team’s name and projects',
        params: WithTeam,
        body: SaveTeamRequest,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      const { id, team_id } = request.params;
      await organizations.saveTeam(actorOf(request), id, team_id, request.body, originOf(request));
      return reply.code(204).send(null);
    },
  );
  server.delete(
    '/api/v1/organizations/:id/teams/:team_id',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Delete a team; what was given on it ends',
        params: WithTeam,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      const { id, team_id } = request.params;
      await organizations.deleteTeam(actorOf(request), id, team_id, originOf(request));
      return reply.code(204).send(null);
    },
  );
}
