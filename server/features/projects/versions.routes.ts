// HTTP of versions, copies and templates.
import { z } from 'zod';
import { Id, JsonObject, PageQuery, pageOf } from '../../../contract/common.ts';
import { Project } from '../../../contract/projects.ts';
import {
  CloneProjectRequest,
  CreateVersionRequest,
  ProjectVersion,
  RestoreVersionReport,
  TemplateRequest,
  VersionDiff,
  VersionDiffQuery,
} from '../../../contract/versions.ts';
import { actorOf, type Server } from '../../platform/http.ts';
import { originOf } from '../context.ts';
import type { Projects } from './service.ts';
import type { Versions } from './versions.ts';

const WithId = z.object({ id: Id });
const WithVersion = z.object({ id: Id, n: z.coerce.number().int().min(1).max(2_000_000_000) });

export function versionRoutes(server: Server, projects: Projects, versions: Versions): void {
  const tags = ['versions'];
  server.get(
    '/api/v1/projects/:id/versions',
    {
      config: { permission: 'project:read' },
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
      config: { permission: 'project:edit' },
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
        .send(await versions.save(actorOf(request), request.params.id, request.body.change_summary)),
  );
  server.get(
    '/api/v1/projects/:id/versions/:n',
    {
      config: { permission: 'project:read' },
      schema: {
        tags,
        summary: 'A version’s whole state',
        params: WithVersion,
        response: { 200: JsonObject },
      },
    },
    async (request) => ({ ...(await versions.get(actorOf(request), request.params.id, request.params.n)) }),
  );
  server.get(
    '/api/v1/projects/:id/versions/:n/diff',
    {
      config: { permission: 'project:read' },
      schema: {
        tags,
        summary:
          'What changed from a version to another one or to the project as it stands: brief, rooms, places, bill',
        params: WithVersion,
        querystring: VersionDiffQuery,
        response: { 200: VersionDiff },
      },
    },
    async (request) =>
      await versions.diff(actorOf(request), request.params.id, request.params.n, request.query),
  );
  server.post(
    '/api/v1/projects/:id/versions/:n/restore',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags,
        summary: 'Bring a version back, as a new version; what stands now is kept as one too',
        params: WithVersion,
        response: { 200: RestoreVersionReport },
      },
    },
    async (request) =>
      await versions.restore(actorOf(request), request.params.id, request.params.n, originOf(request)),
  );
  server.post(
    '/api/v1/projects/:id/clone',
    {
      config: { permission: 'project:read' },
      schema: {
        tags: ['projects'],
        summary: 'Copy a project, or begin one from a template: the chosen parts under a new name',
        params: WithId,
        body: CloneProjectRequest,
        response: { 201: Project },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const made = await versions.clone(actor, request.params.id, request.body, originOf(request));
      return reply.code(201).send(await projects.get(actor, made));
    },
  );
  server.put(
    '/api/v1/projects/:id/template',
    {
      config: { permission: 'project:share' },
      schema: {
        tags: ['projects'],
        summary: 'Make a project a template of its organization, or an ordinary one again',
        params: WithId,
        body: TemplateRequest,
        response: { 200: Project },
      },
    },
    async (request) => {
      const actor = actorOf(request);
      await versions.setTemplate(actor, request.params.id, request.body.is_template, originOf(request));
      return await projects.get(actor, request.params.id);
    },
  );
}
