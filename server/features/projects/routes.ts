// HTTP of projects, collaborators, versions and the live stream.
import { z } from 'zod';
import { Id, JsonObject, PageQuery, pageOf } from '../../../contract/common.ts';
import {
  AddCollaboratorRequest,
  Collaborator,
  CreateProjectRequest,
  CreateVersionRequest,
  Project,
  ProjectListItem,
  ProjectListQuery,
  ProjectVersion,
  UpdateCollaboratorRequest,
  UpdateProjectRequest,
} from '../../../contract/projects.ts';
import { actorOf, type Server } from '../../platform/http.ts';
import { openEventStream } from '../../platform/sse.ts';
import { originOf } from '../context.ts';
import { ListQuery, pageOfList } from '../lists.ts';
import type { Live } from '../live.ts';
import type { Projects } from './service.ts';

const WithId = z.object({ id: Id });
const WithUser = z.object({ id: Id, user_id: Id });
const WithVersion = z.object({ id: Id, n: z.coerce.number().int().min(1).max(2_000_000_000) });
const Nothing = z.null();

export function projectRoutes(server: Server, projects: Projects, live: Live): void {
  const tags = ['projects'];

  server.get(
    '/api/v1/projects',
    {
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
    { schema: { tags, summary: 'Create a project', body: CreateProjectRequest, response: { 201: Project } } },
    async (request, reply) => reply.code(201).send(await projects.create(actorOf(request), request.body)),
  );
  server.get(
    '/api/v1/projects/:id',
    { schema: { tags, summary: 'One project with its steps', params: WithId, response: { 200: Project } } },
    async (request, reply) => {
      const project = await projects.get(actorOf(request), request.params.id);
      reply.header('etag', `"${project.revision}"`);
      return project;
    },
  );
  server.patch(
    '/api/v1/projects/:id',
    {
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
    { schema: { tags, summary: 'Restore a deleted project', params: WithId, response: { 200: Project } } },
    async (request) => await projects.restore(actorOf(request), request.params.id, originOf(request)),
  );

  server.get(
    '/api/v1/projects/:id/collaborators',
    {
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
    '/api/v1/projects/:id/versions',
    {
      schema: {
        tags,
        summary: 'Versions of a project, newest first',
        params: WithId,
        querystring: PageQuery,
        response: { 200: pageOf(ProjectVersion) },
      },
    },
    async (request) => await projects.versions(actorOf(request), request.params.id, request.query),
  );
  server.post(
    '/api/v1/projects/:id/versions',
    {
      schema: {
        tags,
        summary: 'Keep the present state as a named version',
        params: WithId,
        body: CreateVersionRequest,
        response: { 201: ProjectVersion },
      },
    },
    async (request, reply) =>
      reply
        .code(201)
        .send(await projects.saveVersion(actorOf(request), request.params.id, request.body.change_summary)),
  );
  server.get(
    '/api/v1/projects/:id/versions/:n',
    {
      schema: {
        tags,
        summary: 'A version’s whole state',
        params: WithVersion,
        response: { 200: JsonObject },
      },
    },
    async (request) =>
      (await projects.version(actorOf(request), request.params.id, request.params.n)) as Record<
        string,
        unknown
      >,
  );

  server.get(
    '/api/v1/projects/:id/events',
    {
      schema: {
        tags,
        summary: 'Live changes of a project (server-sent events "change")',
        produces: ['text/event-stream'],
        params: WithId,
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      await projects.get(actor, request.params.id);
      const stream = openEventStream(request, reply);
      const unsubscribe = await live.subscribe(request.params.id, (event) => stream.send('change', event));
      stream.onClose(() => void unsubscribe());
    },
  );
}
