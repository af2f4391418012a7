// HTTP of projects, collaborators and the live stream.
import { z } from 'zod';
import { Id, pageOf } from '../../../contract/common.ts';
import {
  AddCollaboratorRequest,
  Collaborator,
  CreateProjectRequest,
  LiveQuery,
  PresenceRequest,
  Present,
  Project,
  ProjectListItem,
  ProjectListQuery,
  UpdateCollaboratorRequest,
  UpdateProjectRequest,
} from '../../../contract/projects.ts';
import { type Actor, actorOf, type Server } from '../../platform/http.ts';
import { originOf } from '../context.ts';
import { ListQuery, pageOfList } from '../lists.ts';
import { type Live, openLiveStream } from '../live.ts';
import type { Projects } from './service.ts';

const WithId = z.object({ id: Id });
const WithUser = z.object({ id: Id, user_id: Id });
const Nothing = z.null();

export function projectRoutes(
  server: Server,
  projects: Projects,
  live: Live,
  access: { stillMay: (actor: Actor, projectId: string) => Promise<boolean> },
  coldStorage: { bringBack: (projectId: string) => Promise<boolean> },
): void {
  const tags = ['projects'];

  server.get(
    '/api/v1/projects',
    {
      config: { permission: 'signed_in' },
      schema: {
        tags,
        summary: 'Projects one owns, works on or sees through an organization, newest first',
        querystring: ProjectListQuery,
        response: { 200: pageOf(ProjectListItem) },
      },
    },
    async (request) => await projects.list(actorOf(request), request.query),
  );
  server.post(
    '/api/v1/projects',
    {
      config: { permission: 'signed_in' },
      schema: { tags, summary: 'Create a project', body: CreateProjectRequest, response: { 201: Project } },
    },
    async (request, reply) => reply.code(201).send(await projects.create(actorOf(request), request.body)),
  );
  server.get(
    '/api/v1/projects/:id',
    {
      config: { permission: 'project:read' },
      schema: { tags, summary: 'One project with its steps', params: WithId, response: { 200: Project } },
    },
    async (request, reply) => {
      const { id } = request.params;
      let project = await projects.get(actorOf(request), id);
      // Whoever opens a project of years ago finds it whole: its versions and readings come back from cold storage.
      if (project.metadata['archived'] === true && (await coldStorage.bringBack(id)))
        project = await projects.get(actorOf(request), id);
      reply.header('etag', `"${project.revision}"`);
      return project;
    },
  );
  server.patch(
    '/api/v1/projects/:id',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags,
        summary: 'Change a project; honours If-Match with its revision',
        params: WithId,
        body: UpdateProjectRequest,
        response: { 200: Project },
      },
    },
    async (request, reply) => {
      const project = await projects.update(
        actorOf(request),
        request.params.id,
        request.body,
        request.headers['if-match'],
        originOf(request),
      );
      reply.header('etag', `"${project.revision}"`);
      return project;
    },
  );
  server.delete(
    '/api/v1/projects/:id',
    {
      config: { permission: 'project:delete' },
      schema: {
        tags,
        summary: 'Delete a project; it can be restored',
        params: WithId,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await projects.remove(actorOf(request), request.params.id, originOf(request));
      return reply.code(204).send(null);
    },
  );
  server.post(
    '/api/v1/projects/:id/restore',
    {
      config: { permission: 'project:delete' },
      schema: { tags, summary: 'Restore a deleted project', params: WithId, response: { 200: Project } },
    },
    async (request) => await projects.restore(actorOf(request), request.params.id, originOf(request)),
  );

  server.get(
    '/api/v1/projects/:id/collaborators',
    {
      config: { permission: 'project:read' },
      schema: {
        tags,
        summary: 'People on a project',
        params: WithId,
        querystring: ListQuery,
        response: { 200: pageOf(Collaborator) },
      },
    },
    async (request) =>
      pageOfList(await projects.collaborators(actorOf(request), request.params.id), request.query),
  );
  server.post(
    '/api/v1/projects/:id/collaborators',
    {
      config: { permission: 'project:share' },
      schema: {
        tags,
        summary: 'Share a project with somebody who has an account',
        params: WithId,
        body: AddCollaboratorRequest,
        response: { 201: pageOf(Collaborator) },
      },
    },
    async (request, reply) =>
      reply.code(201).send({
        items: await projects.addCollaborator(
          actorOf(request),
          request.params.id,
          request.body,
          originOf(request),
        ),
        next_cursor: null,
      }),
  );
  server.patch(
    '/api/v1/projects/:id/collaborators/:user_id',
    {
      config: { permission: 'project:share' },
      schema: {
        tags,
        summary: 'Change somebody’s role on a project',
        params: WithUser,
        body: UpdateCollaboratorRequest,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await projects.setCollaboratorRole(
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
    '/api/v1/projects/:id/collaborators/:user_id',
    {
      config: { permission: 'project:share' },
      schema: {
        tags,
        summary: 'Remove somebody from a project, or leave it',
        params: WithUser,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await projects.removeCollaborator(
        actorOf(request),
        request.params.id,
        request.params.user_id,
        originOf(request),
      );
      return reply.code(204).send(null);
    },
  );

  server.get(
    '/api/v1/projects/:id/events',
    {
      config: { permission: 'project:read' },
      schema: {
        tags,
        summary:
          'Live changes of a project: server-sent events "change" and "presence", "resync" where changes were missed; honours Last-Event-ID',
        produces: ['text/event-stream'],
        params: WithId,
        querystring: LiveQuery,
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const { id } = request.params;
      await projects.get(actor, id);
      const person = await projects.nameOf(actor);
      await openLiveStream(request, reply, live, {
        project_id: id,
        person: { ...person, step: request.query.step ?? null },
        mayStay: () => access.stillMay(actor, id),
      });
    },
  );
  server.get(
    '/api/v1/projects/:id/presence',
    {
      config: { permission: 'project:read' },
      schema: {
        tags,
        summary: 'Who has the project open now',
        params: WithId,
        response: { 200: z.object({ items: z.array(Present) }) },
      },
    },
    async (request) => {
      await projects.get(actorOf(request), request.params.id);
      return { items: await live.present(request.params.id) };
    },
  );
  server.post(
    '/api/v1/projects/:id/presence',
    {
      config: { permission: 'project:read' },
      schema: {
        tags,
        summary: 'Say which step one looks at now',
        params: WithId,
        body: PresenceRequest,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      await projects.get(actor, request.params.id);
      await live.move(request.params.id, actor.user_id, request.body.connection_id, request.body.step);
      return reply.code(204).send(null);
    },
  );
}
