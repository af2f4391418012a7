// HTTP of revised files, of what they changed, and of ending a reading.
import { z } from 'zod';
import { Id, pageOf } from '../../../contract/common.ts';
import { FloorPlan, FloorPlanRevision } from '../../../contract/floorplans.ts';
import { PlanDifferences } from '../../../contract/plan-edits.ts';
import { AppError } from '../../platform/errors.ts';
import { actorOf, type Server } from '../../platform/http.ts';
import type { FloorPlans } from './service.ts';
import { CONTENT_TYPES } from './shapes.ts';

const WithId = z.object({ id: Id });
const WithRevision = z.object({ id: Id, revision: z.coerce.number().int().min(1).max(100_000) });

export function planRevisionRoutes(server: Server, floorPlans: FloorPlans): void {
  const tags = ['floor plans'];

  server.post(
    '/api/v1/floor-plans/:id/revisions',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags,
        summary:
          'Send a revised file of a plan (multipart field "file"); it is read by a job, rooms corrected by hand stay, see the differences',
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
      const plan = await floorPlans.revise(actor, request.params.id, {
        file_name: part.filename,
        stream: part.file,
      });
      return reply.code(201).header('location', `/api/v1/floor-plans/${plan.id}`).send(plan);
    },
  );
  server.get(
    '/api/v1/floor-plans/:id/revisions',
    {
      config: { permission: 'project:read' },
      schema: {
        tags,
        summary: 'The files a plan was read from, newest first',
        params: WithId,
        response: { 200: pageOf(FloorPlanRevision) },
      },
    },
    async (request) => ({
      items: await floorPlans.revisions(actorOf(request), request.params.id),
      next_cursor: null,
    }),
  );
  server.get(
    '/api/v1/floor-plans/:id/revisions/:revision/file',
    {
      config: { permission: 'project:read' },
      schema: { tags, summary: 'One of these files as it was sent', params: WithRevision },
    },
    async (request, reply) => {
      const file = await floorPlans.revisionFile(
        actorOf(request),
        request.params.id,
        request.params.revision,
      );
      return reply
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.file_name)}`)
        .header('content-security-policy', "default-src 'none'; sandbox")
        .type(CONTENT_TYPES[file.format])
        .serializer((payload: unknown) => payload as string)
        .send(file.stream);
    },
  );
  server.get(
    '/api/v1/floor-plans/:id/differences',
    {
      config: { permission: 'project:read' },
      schema: {
        tags,
        summary: 'What the newest reading of a plan changed against the one before it',
        params: WithId,
        response: { 200: PlanDifferences },
      },
    },
    async (request) => await floorPlans.differences(actorOf(request), request.params.id),
  );
  server.post(
    '/api/v1/floor-plans/:id/analysis/cancel',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags,
        summary: 'End the reading that waits or runs; the file is kept and can be read again',
        params: WithId,
        response: { 200: FloorPlan },
      },
    },
    async (request) => await floorPlans.cancelReading(actorOf(request), request.params.id),
  );
}
