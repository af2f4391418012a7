// HTTP of organizations, members and invitations.
import { z } from 'zod';
import { Id, PageQuery, pageOf } from '../../../contract/common.ts';
import {
  AcceptInvitationRequest,
  CreatedInvitation,
  CreateInvitationRequest,
  CreateOrganizationRequest,
  Invitation,
  Organization,
  OrganizationMember,
  UpdateMemberRequest,
  UpdateOrganizationRequest,
} from '../../../contract/organizations.ts';
import { actorOf, type Server } from '../../platform/http.ts';
import { originOf } from '../context.ts';
import { ListQuery, pageOfList } from '../lists.ts';
import { accessRoutes } from './access.routes.ts';
import type { Organizations } from './service.ts';

const WithId = z.object({ id: Id });
const WithUser = z.object({ id: Id, user_id: Id });
const Nothing = z.null();

export function organizationRoutes(server: Server, organizations: Organizations): void {
  const tags = ['organizations'];

  server.get(
    '/api/v1/organizations',
    {
      config: { permission: 'signed_in' },
      schema: {
        tags,
        summary: 'Organizations one belongs to',
        querystring: PageQuery,
        response: { 200: pageOf(Organization) },
      },
    },
    async (request) => await organizations.list(actorOf(request), request.query),
  );
  server.post(
    '/api/v1/organizations',
    {
      config: { permission: 'signed_in' },
      schema: {
        tags,
        summary: 'Create an organization and own it',
        body: CreateOrganizationRequest,
        response: { 201: Organization },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await organizations.create(actorOf(request), request.body, originOf(request))),
  );
  server.get(
    '/api/v1/organizations/:id',
    {
      config: { permission: 'organization:read' },
      schema: { tags, summary: 'One organization', params: WithId, response: { 200: Organization } },
    },
    async (request) => await organizations.get(actorOf(request), request.params.id),
  );
  server.patch(
    '/api/v1/organizations/:id',
    {
      config: { permission: 'organization:manage' },
      schema: {
        tags,
        summary: 'Change an organization',
        params: WithId,
        body: UpdateOrganizationRequest,
        response: { 200: Organization },
      },
    },
    async (request) =>
      await organizations.update(actorOf(request), request.params.id, request.body, originOf(request)),
  );
  server.get(
    '/api/v1/organizations/:id/members',
    {
      config: { permission: 'organization:read' },
      schema: {
        tags,
        summary: 'Members of an organization',
        params: WithId,
        querystring: PageQuery,
        response: { 200: pageOf(OrganizationMember) },
      },
    },
    async (request) => await organizations.members(actorOf(request), request.params.id, request.query),
  );
  server.patch(
    '/api/v1/organizations/:id/members/:user_id',
    {
      config: { permission: 'organization:manage' },
      schema: {
        tags,
        summary: 'Change a member’s role',
        params: WithUser,
        body: UpdateMemberRequest,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await organizations.setMemberRole(
        actorOf(request),
        request.params.id,
        request.params.user_id,
        request.body.role,
        originOf(request),
      );
      return reply.code(204).send(null);
    },
  );
  server.delete(
    '/api/v1/organizations/:id/members/:user_id',
    {
      config: { permission: 'organization:manage' },
      schema: { tags, summary: 'Remove a member, or leave', params: WithUser, response: { 204: Nothing } },
    },
    async (request, reply) => {
      await organizations.removeMember(
        actorOf(request),
        request.params.id,
        request.params.user_id,
        originOf(request),
      );
      return reply.code(204).send(null);
    },
  );
  server.get(
    '/api/v1/organizations/:id/invitations',
    {
      config: { permission: 'organization:manage' },
      schema: {
        tags,
        summary: 'Invitations of an organization',
        params: WithId,
        querystring: ListQuery,
        response: { 200: pageOf(Invitation) },
      },
    },
    async (request) =>
      pageOfList(await organizations.invitations(actorOf(request), request.params.id), request.query),
  );
  server.post(
    '/api/v1/organizations/:id/invitations',
    {
      config: { permission: 'organization:manage', also: ['read'] },
      schema: {
        tags,
        summary: 'Invite somebody by e-mail address; the token is shown once',
        params: WithId,
        body: CreateInvitationRequest,
        response: { 201: CreatedInvitation },
      },
    },
    async (request, reply) =>
      reply
        .code(201)
        .send(
          await organizations.invite(actorOf(request), request.params.id, request.body, originOf(request)),
        ),
  );
  server.delete(
    '/api/v1/organizations/:id/invitations/:invitation_id',
    {
      config: { permission: 'organization:manage' },
      schema: {
        tags,
        summary: 'Revoke an invitation',
        params: z.object({ id: Id, invitation_id: Id }),
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await organizations.revokeInvitation(
        actorOf(request),
        request.params.id,
        request.params.invitation_id,
        originOf(request),
      );
      return reply.code(204).send(null);
    },
  );
  server.post(
    '/api/v1/invitations/accept',
    {
      config: { permission: 'signed_in' },
      schema: {
        tags,
        summary: 'Join the organization one was invited to',
        body: AcceptInvitationRequest,
        response: { 200: Organization },
      },
    },
    async (request) => await organizations.accept(actorOf(request), request.body.token, originOf(request)),
  );

  accessRoutes(server, organizations);
}
