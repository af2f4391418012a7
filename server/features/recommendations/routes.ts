// HTTP of recommendations, budget scenarios and sustainability.
import { z } from 'zod';
import { Id, PageQuery, pageOf } from '../../../contract/common.ts';
import {
  AddItemRequest,
  ArrangedScenario,
  ArrangementChoices,
  ArrangementQuery,
  ArrangeRequest,
  BudgetScenario,
  BulkRequest,
  BulkResult,
  ChangedItem,
  CreateRecommendationRequest,
  CreditSwaps,
  Feedback,
  FeedbackRequest,
  Recommendation,
  RecommendationQuery,
  RecommendationSummary,
  ScenariosQuery,
  SustainabilityMetrics,
  UndoneChange,
  UpdateItemRequest,
  UpdateRecommendationRequest,
  UpdateScenarioRequest,
} from '../../../contract/recommendations.ts';
import { actorOf, type Server } from '../../platform/http.ts';
import type { Recommendations } from './service.ts';
import { termsRoutes } from './terms-routes.ts';

const WithId = z.object({ id: Id });

export function recommendationRoutes(server: Server, recommendations: Recommendations): void {
  termsRoutes(server, recommendations);
  const tags = ['recommendations'];

  server.get(
    '/api/v1/projects/:id/recommendations',
    {
      config: { permission: 'project:read' },
      schema: {
        tags,
        summary: 'Finished recommendations of a project, newest first',
        params: WithId,
        querystring: PageQuery,
        response: { 200: pageOf(RecommendationSummary) },
      },
    },
    async (request) => await recommendations.list(actorOf(request), request.params.id, request.query),
  );
  server.post(
    '/api/v1/projects/:id/recommendations',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags,
        summary:
          'Recommend furniture: a job; 201 with the result when it is done in time, else (or with Prefer: respond-async) 202 and the live stream tells',
        params: WithId,
        body: CreateRecommendationRequest.nullish(),
        response: { 201: Recommendation, 202: Recommendation },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const id = await recommendations.start(actor, request.params.id, request.body ?? {});
      reply.header('location', `/api/v1/recommendations/${id}`);
      if ((request.headers.prefer ?? '').includes('respond-async'))
        return reply.code(202).send(await recommendations.get(actor, id));
      const { done, recommendation } = await recommendations.wait(actor, id);
      return reply.code(done ? 201 : 202).send(recommendation);
    },
  );
  server.get(
    '/api/v1/recommendations/:id',
    {
      config: { permission: 'project:read' },
      schema: {
        tags,
        summary: 'One recommendation with the items of a scenario',
        params: WithId,
        querystring: RecommendationQuery,
        response: { 200: Recommendation },
      },
    },
    async (request) => await recommendations.get(actorOf(request), request.params.id, request.query.scenario),
  );
  server.patch(
    '/api/v1/recommendations/:id',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags,
        summary: 'Present, approve, reject or rate a recommendation',
        params: WithId,
        body: UpdateRecommendationRequest,
        response: { 200: Recommendation },
      },
    },
    async (request) => await recommendations.update(actorOf(request), request.params.id, request.body),
  );
  server.patch(
    '/api/v1/recommendations/:id/items/:item_id',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags,
        summary:
          'Accept, reject, lock, count or swap an item; its room is furnished anew, and what does not fit or breaks a limit is refused (409) with what to confirm',
        params: z.object({ id: Id, item_id: Id }),
        body: UpdateItemRequest,
        response: { 200: ChangedItem },
      },
    },
    async (request) =>
      await recommendations.updateItem(
        actorOf(request),
        request.params.id,
        request.params.item_id,
        request.body,
      ),
  );
  server.post(
    '/api/v1/recommendations/:id/items',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags,
        summary:
          'Put a product into a room by hand; its room is furnished anew, and what does not fit or breaks a limit is refused (409) with what to confirm',
        params: WithId,
        body: AddItemRequest,
        response: { 201: ChangedItem },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await recommendations.addItem(actorOf(request), request.params.id, request.body)),
  );
  server.post(
    '/api/v1/recommendations/:id/feedback',
    {
      config: { permission: 'project:comment' },
      schema: {
        tags,
        summary: 'Say what one thinks of a recommendation or an item',
        params: WithId,
        body: FeedbackRequest,
        response: { 201: Feedback },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await recommendations.feedback(actorOf(request), request.params.id, request.body)),
  );
  server.get(
    '/api/v1/projects/:id/budget-scenarios',
    {
      config: { permission: 'project:read' },
      schema: {
        tags,
        summary: 'Scenarios of the latest recommendation; their changes against the balanced one or another',
        params: WithId,
        querystring: ScenariosQuery,
        response: { 200: pageOf(BudgetScenario) },
      },
    },
    async (request) => ({
      items: await recommendations.scenarios(actorOf(request), request.params.id, request.query.against),
      next_cursor: null,
    }),
  );
  server.post(
    '/api/v1/budget-scenarios/:id/select',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags,
        summary: 'Select a scenario; the one before is no longer selected',
        params: WithId,
        response: { 200: BudgetScenario },
      },
    },
    async (request) => await recommendations.select(actorOf(request), request.params.id),
  );
  server.patch(
    '/api/v1/budget-scenarios/:id',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags,
        summary:
          'Assumptions of one scenario: inputs of the return on investment, rates; null goes back to the default',
        params: WithId,
        body: UpdateScenarioRequest,
        response: { 200: BudgetScenario },
      },
    },
    async (request) =>
      await recommendations.updateScenario(actorOf(request), request.params.id, request.body),
  );
  server.get(
    '/api/v1/budget-scenarios/:id/credits/:rule_id/swaps',
    {
      config: { permission: 'project:read' },
      schema: {
        tags,
        summary: 'Which swaps would bring a credit over its threshold, and what each costs',
        params: WithId.extend({ rule_id: z.string().max(80) }),
        response: { 200: CreditSwaps },
      },
    },
    async (request) =>
      await recommendations.creditSwaps(actorOf(request), request.params.id, request.params.rule_id),
  );
  server.get(
    '/api/v1/budget-scenarios/:id/arrangements',
    {
      config: { permission: 'project:read' },
      schema: {
        tags,
        summary: 'Three arrangements to choose from (density, light, collaboration), of all rooms or of one',
        params: WithId,
        querystring: ArrangementQuery,
        response: { 200: ArrangementChoices },
      },
    },
    async (request) =>
      await recommendations.arrangements(actorOf(request), request.params.id, request.query.space_id),
  );
  server.post(
    '/api/v1/budget-scenarios/:id/arrangement',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags,
        summary: 'Take an arrangement: the rooms are furnished and the scenario priced anew',
        params: WithId,
        body: ArrangeRequest,
        response: { 200: ArrangedScenario },
      },
    },
    async (request) => await recommendations.arrange(actorOf(request), request.params.id, request.body),
  );
  server.post(
    '/api/v1/recommendations/:id/bulk',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags,
        summary:
          'One decision for all items of a room or scenario: accept, reset, lock, unlock, copy to rooms of its kind',
        params: WithId,
        body: BulkRequest,
        response: { 200: BulkResult },
      },
    },
    async (request) => await recommendations.changeMany(actorOf(request), request.params.id, request.body),
  );
  server.post(
    '/api/v1/recommendations/:id/changes/:change_id/undo',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags,
        summary: 'Take a change by hand back',
        params: z.object({ id: Id, change_id: Id }),
        response: { 200: UndoneChange },
      },
    },
    async (request) =>
      await recommendations.undo(actorOf(request), request.params.id, request.params.change_id),
  );
  server.post(
    '/api/v1/recommendations/:id/reprice',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags,
        summary: 'Price a saved quote anew: today’s list prices, lead times and terms',
        params: WithId,
        response: { 200: Recommendation },
      },
    },
    async (request) => await recommendations.reprice(actorOf(request), request.params.id),
  );
  server.get(
    '/api/v1/projects/:id/sustainability',
    {
      config: { permission: 'project:read' },
      schema: {
        tags,
        summary: 'Sustainability of the measured scenarios, the selected one first',
        params: WithId,
        response: { 200: pageOf(SustainabilityMetrics) },
      },
    },
    async (request) => ({
      items: await recommendations.sustainability(actorOf(request), request.params.id),
      next_cursor: null,
    }),
  );
}
