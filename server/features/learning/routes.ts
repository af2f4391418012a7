// HTTP of learning: ranking models and training data for administrators, consent for organizations.
import { z } from 'zod';
import { Id, PageQuery, pageOf } from '../../../contract/common.ts';
import {
  DECISION_EVENTS,
  OrganizationLearning,
  RankingModel,
  RankingOverview,
  TRAINING_STATES,
  TrainingDataCounts,
  TrainingRow,
  TrainingRun,
  UpdateOrganizationLearning,
  VerifyTrainingRow,
} from '../../../contract/learning.ts';
import { actorOf, type Server } from '../../platform/http.ts';
import { originOf } from '../context.ts';
import type { Learning } from './service.ts';

const WithId = z.object({ id: Id });
const RowQuery = PageQuery.extend({
  state: z.enum(TRAINING_STATES).optional(),
  event: z.enum(DECISION_EVENTS).optional(),
});

export function learningRoutes(server: Server, learning: Learning): void {
  const tags = ['administration'];
  const config = { auth: 'admin', permission: 'platform:admin' } as const;

  server.get(
    '/api/v1/admin/ranking-models',
    {
      config,
      schema: {
        tags,
        summary: 'Ranking models, training runs and drift, newest first',
        response: { 200: RankingOverview },
      },
    },
    async () => await learning.overview(),
  );
  server.post(
    '/api/v1/admin/ranking-models/train',
    {
      config,
      schema: {
        tags,
        summary: 'Train a ranking model now; it goes live only if it is better by the stated margin',
        response: { 202: TrainingRun },
      },
    },
    async (request, reply) => reply.code(202).send(await learning.train(actorOf(request), originOf(request))),
  );
  server.post(
    '/api/v1/admin/ranking-models/:id/promote',
    {
      config,
      schema: {
        tags,
        summary: 'Make an earlier ranking model live again',
        params: WithId,
        response: { 200: RankingModel },
      },
    },
    async (request) => await learning.promote(actorOf(request), request.params.id, originOf(request)),
  );
  server.get(
    '/api/v1/admin/training-data',
    {
      config,
      schema: {
        tags,
        summary: 'Rows to train on, newest first; only of organizations that share',
        querystring: RowQuery,
        response: { 200: pageOf(TrainingRow) },
      },
    },
    async (request) => await learning.trainingData(request.query),
  );
  server.get(
    '/api/v1/admin/training-data/counts',
    {
      config,
      schema: { tags, summary: 'How many rows there are to train on', response: { 200: TrainingDataCounts } },
    },
    async () => await learning.trainingCounts(),
  );
  server.post(
    '/api/v1/admin/training-data/:id/verify',
    {
      config,
      schema: {
        tags,
        summary: 'Confirm a row to train on, or exclude it with a reason',
        params: WithId,
        body: VerifyTrainingRow,
        response: { 200: TrainingRow },
      },
    },
    async (request) =>
      await learning.verify(actorOf(request), request.params.id, request.body, originOf(request)),
  );
  server.get(
    '/api/v1/organizations/:id/learning',
    {
      config: { permission: 'organization:read' },
      schema: {
        tags: ['organizations'],
        summary: 'What is learned from an organization, and what it permits',
        params: WithId,
        response: { 200: OrganizationLearning },
      },
    },
    async (request) => await learning.organization(actorOf(request), request.params.id),
  );
  server.patch(
    '/api/v1/organizations/:id/learning',
    {
      config: { permission: 'organization:manage' },
      schema: {
        tags: ['organizations'],
        summary: 'Say what may be learned from an organization; a refusal holds at once',
        params: WithId,
        body: UpdateOrganizationLearning,
        response: { 200: OrganizationLearning },
      },
    },
    async (request) =>
      await learning.updateOrganization(actorOf(request), request.params.id, request.body, originOf(request)),
  );
}
