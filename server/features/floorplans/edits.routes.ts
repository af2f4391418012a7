// HTTP of corrections by hand: edits of a plan's rooms and their history.
import { z } from 'zod';
import { Id } from '../../../contract/common.ts';
import { PlanEdit, PlanEditResult, PlanHistory } from '../../../contract/plan-edits.ts';
import { actorOf, type Server } from '../../platform/http.ts';
import type { FloorPlans } from './service.ts';

const WithId = z.object({ id: Id });

export function planEditRoutes(server: Server, floorPlans: FloorPlans): void {
  const tags = ['floor plans'];

  server.post(
    '/api/v1/floor-plans/:id/edits',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags,
        summary:
          'Correct the rooms of a plan: reshape, split, merge, draw, delete, describe or confirm; honours If-Match with the plan’s edit_revision',
        params: WithId,
        body: PlanEdit,
        response: { 200: PlanEditResult },
      },
    },
    async (request) =>
      await floorPlans.edit(actorOf(request), request.params.id, request.body, request.headers['if-match']),
  );
  server.get(
    '/api/v1/floor-plans/:id/edits',
    {
      config: { permission: 'project:read' },
      schema: {
        tags,
        summary: 'The correction that can be taken back, and the one that can be done again, in words',
        params: WithId,
        response: { 200: PlanHistory },
      },
    },
    async (request) => await floorPlans.history(actorOf(request), request.params.id),
  );
  server.post(
    '/api/v1/floor-plans/:id/edits/undo',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags,
        summary: 'Take the last correction back, exactly',
        params: WithId,
        response: { 200: PlanEditResult },
      },
    },
    async (request) =>
      await floorPlans.undo(actorOf(request), request.params.id, request.headers['if-match']),
  );
  server.post(
    '/api/v1/floor-plans/:id/edits/redo',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags,
        summary: 'Do the correction again that was taken back last',
        params: WithId,
        response: { 200: PlanEditResult },
      },
    },
    async (request) =>
      await floorPlans.redo(actorOf(request), request.params.id, request.headers['if-match']),
  );
}
