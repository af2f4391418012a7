// HTTP of the screening of a plan and of the answers that only a person can give.
import { z } from 'zod';
import { Id } from '../../../contract/common.ts';
import { Screening, UpdateScreeningAnswers } from '../../../contract/screening.ts';
import { actorOf, type Server } from '../../platform/http.ts';
import type { FloorPlans } from './service.ts';

const WithId = z.object({ id: Id });

export function screeningRoutes(server: Server, floorPlans: FloorPlans): void {
  const tags = ['floor plans'];

  server.get(
    '/api/v1/floor-plans/:id/screening',
    {
      config: { permission: 'project:read' },
      schema: {
        tags,
        summary:
          'Screening of the rooms as they stand now against building and accessibility codes; not a code review',
        params: WithId,
        response: { 200: Screening },
      },
    },
    async (request) => await floorPlans.screening(actorOf(request), request.params.id),
  );
  server.patch(
    '/api/v1/floor-plans/:id/screening/answers',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags,
        summary:
          'Say what the plan cannot show: sprinklers, occupancy, which doors are exits; null takes it back',
        params: WithId,
        body: UpdateScreeningAnswers,
        response: { 200: Screening },
      },
    },
    async (request) => await floorPlans.answerScreening(actorOf(request), request.params.id, request.body),
  );
}
