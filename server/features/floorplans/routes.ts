// HTTP of floor plans and spaces.
import { z } from 'zod';
import { Id, pageOf } from '../../../contract/common.ts';
import {
  AnalyzeRequest,
  FloorPlan,
  FloorPlanAnalysis,
  Space,
  UpdateFloorPlanRequest,
  UpdateSpaceRequest,
} from '../../../contract/floorplans.ts';
import { AppError } from '../../platform/errors.ts';
import { actorOf, type Server } from '../../platform/http.ts';
import { ListQuery, pageOfList } from '../lists.ts';
import { planEditRoutes } from './edits.routes.ts';
import { planRevisionRoutes } from './revisions.routes.ts';
import { screeningRoutes } from './screening.routes.ts';
import type { FloorPlans } from './service.ts';

const WithId = z.object({ id: Id });
const Nothing = z.null();

export function floorPlanRoutes(server: Server, floorPlans: FloorPlans): void {
  const tags = ['floor plans'];
  planEditRoutes(server, floorPlans);
  planRevisionRoutes(server, floorPlans);
  screeningRoutes(server, floorPlans);

  server.get(
    '/api/v1/projects/:id/floor-plans',
    {
      config: { permission: 'project:read' },
      schema: {
        tags,
        summary: 'Floor plans of a project, oldest first',
        params: WithId,
        querystring: ListQuery,
        response: { 200: pageOf(FloorPlan) },
      },
    },
    async (request) => pageOfList(await floorPlans.list(actorOf(request), request.params.id), request.query),
  );
  server.post(
    '/api/v1/projects/:id/floor-plans',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags,
        summary:
          'Upload a floor plan (multipart field "file"); it is read by a job, see its status and the live stream',
        consumes: ['multipart/form-data'],
        params: WithId,
        response: { 201: FloorPlan },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const part = await request.file();
      if (part === undefined)
        throw new AppError(
          'invalid_input',
          'No file was sent; send it as multipart/form-data in a field named "file".',
        );
      const plan = await floorPlans.upload(actor, request.params.id, {
        file_name: part.filename,
        stream: part.file,
      });
      return reply.code(201).header('location', `/api/v1/floor-plans/${plan.id}`).send(plan);
    },
  );
  server.get(
    '/api/v1/floor-plans/:id',
    {
      config: { permission: 'project:read' },
      schema: {
        tags,
        summary: 'One floor plan with its progress',
        params: WithId,
        response: { 200: FloorPlan },
      },
    },
    async (request) => await floorPlans.get(actorOf(request), request.params.id),
  );
  server.patch(
    '/api/v1/floor-plans/:id',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags,
        summary: 'Name the floor of a plan, or give it another place among the floors',
        params: WithId,
        body: UpdateFloorPlanRequest,
        response: { 200: FloorPlan },
      },
    },
    async (request) => await floorPlans.update(actorOf(request), request.params.id, request.body),
  );
  server.delete(
    '/api/v1/floor-plans/:id',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags,
        summary: 'Remove a floor plan from its project',
        params: WithId,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await floorPlans.remove(actorOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  );
  server.get(
    '/api/v1/floor-plans/:id/file',
    {
      config: { permission: 'project:read' },
      schema: { tags, summary: 'The file as it was uploaded', params: WithId },
    },
    async (request, reply) => {
      const file = await floorPlans.original(actorOf(request), request.params.id);
      return reply
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.file_name)}`)
        .header('content-security-policy', "default-src 'none'; sandbox")
        .type(file.content_type)
        .serializer((payload: unknown) => payload as string)
        .send(file.stream);
    },
  );
  server.get(
    '/api/v1/floor-plans/:id/analysis',
    {
      config: { permission: 'project:read' },
      schema: {
        tags,
        summary: 'The plan document: what was read from the file',
        params: WithId,
        response: { 200: FloorPlanAnalysis },
      },
    },
    async (request) => await floorPlans.analysis(actorOf(request), request.params.id),
  );
  server.post(
    '/api/v1/floor-plans/:id/analysis',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags,
        summary: 'Read the file again, with what is known of its scale',
        params: WithId,
        body: AnalyzeRequest,
        response: { 202: FloorPlan },
      },
    },
    async (request, reply) =>
      reply.code(202).send(await floorPlans.analyzeAgain(actorOf(request), request.params.id, request.body)),
  );
  server.get(
    '/api/v1/floor-plans/:id/spaces',
    {
      config: { permission: 'project:read' },
      schema: {
        tags,
        summary: 'Rooms found on a plan',
        params: WithId,
        querystring: ListQuery,
        response: { 200: pageOf(Space) },
      },
    },
    async (request) =>
      pageOfList(await floorPlans.spaces(actorOf(request), request.params.id), request.query),
  );
  server.get(
    '/api/v1/spaces/:id',
    {
      config: { permission: 'project:read' },
      schema: { tags, summary: 'One room', params: WithId, response: { 200: Space } },
    },
    async (request) => await floorPlans.space(actorOf(request), request.params.id),
  );
  server.patch(
    '/api/v1/spaces/:id',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags,
        summary: 'Correct a room, as a step that can be taken back; honours If-Match with its revision',
        params: WithId,
        body: UpdateSpaceRequest,
        response: { 200: Space },
      },
    },
    async (request) =>
      await floorPlans.updateSpace(
        actorOf(request),
        request.params.id,
        request.body,
        request.headers['if-match'],
      ),
  );
}
