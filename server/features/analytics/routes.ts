// HTTP of analytics: events in, charts out.
import {
  AcceptanceChart,
  AnalyticsQuery,
  ConversationsChart,
  DemandChart,
  FunnelChart,
  MarketChart,
  MarketQuery,
  ModelsChart,
  ReplayReceipt,
  TurnaroundChart,
  UsageChart,
} from '../../../contract/analytics.ts';
import { EventBatch, EventReceipt } from '../../../contract/events.ts';
import { actorOf, type Server } from '../../platform/http.ts';
import { originOf } from '../context.ts';
import type { Analytics } from './service.ts';

/** What a full call may weigh: 1,000 events with their addresses, titles and some 8 kB of properties each. */
const EVENTS_BODY_LIMIT = 10 * 1024 * 1024;

export function analyticsRoutes(server: Server, analytics: Analytics): void {
  const tags = ['analytics'];

  server.post(
    '/api/v1/events',
    {
      bodyLimit: EVENTS_BODY_LIMIT,
      config: { auth: 'public', permission: 'public' },
      schema: {
        tags,
        summary: 'Take up to 1,000 events and product views; 202 means that they are safe',
        body: EventBatch,
        response: { 202: EventReceipt },
      },
    },
    async (request, reply) =>
      reply.code(202).send(await analytics.ingest(request.actor, request.body, originOf(request))),
  );
  server.post(
    '/api/v1/admin/event-dead-letters/replay',
    {
      config: { auth: 'admin', permission: 'platform:admin' },
      schema: {
        tags: ['administration'],
        summary: 'Take refused events in anew, by today’s rules; those that are refused again stay',
        response: { 200: ReplayReceipt },
      },
    },
    async (request) => await analytics.replay(actorOf(request), originOf(request)),
  );
  server.get(
    '/api/v1/analytics/usage',
    {
      config: { permission: 'signed_in' },
      schema: {
        tags,
        summary: 'Page views, actions, errors and sessions a day',
        querystring: AnalyticsQuery,
        response: { 200: UsageChart },
      },
    },
    async (request) => await analytics.usage(actorOf(request), request.query),
  );
  server.get(
    '/api/v1/analytics/funnel',
    {
      config: { permission: 'signed_in' },
      schema: {
        tags,
        summary: 'How many projects reached each step from brief to approval',
        querystring: AnalyticsQuery,
        response: { 200: FunnelChart },
      },
    },
    async (request) => await analytics.funnel(actorOf(request), request.query),
  );
  server.get(
    '/api/v1/analytics/demand',
    {
      config: { permission: 'signed_in' },
      schema: {
        tags,
        summary: 'Products looked at most, and searches that found nothing',
        querystring: AnalyticsQuery,
        response: { 200: DemandChart },
      },
    },
    async (request) => await analytics.demand(actorOf(request), request.query),
  );
  server.get(
    '/api/v1/analytics/market',
    {
      config: { permission: 'signed_in' },
      schema: {
        tags,
        summary: 'Demand across organizations in groups of five or more, for the maker',
        querystring: MarketQuery,
        response: { 200: MarketChart },
      },
    },
    async (request) => await analytics.market(actorOf(request), request.query),
  );
  server.get(
    '/api/v1/analytics/turnaround',
    {
      config: { permission: 'signed_in' },
      schema: {
        tags,
        summary: 'How long projects take from step to step: median and 90th percentile',
        querystring: AnalyticsQuery,
        response: { 200: TurnaroundChart },
      },
    },
    async (request) => await analytics.turnaround(actorOf(request), request.query),
  );
  server.get(
    '/api/v1/analytics/acceptance',
    {
      config: { permission: 'signed_in' },
      schema: {
        tags,
        summary: 'What people made of recommended items, by category, and of whole recommendations',
        querystring: AnalyticsQuery,
        response: { 200: AcceptanceChart },
      },
    },
    async (request) => await analytics.acceptance(actorOf(request), request.query),
  );
  server.get(
    '/api/v1/analytics/conversations',
    {
      config: { permission: 'signed_in' },
      schema: {
        tags,
        summary: 'What people wrote about, by intent',
        querystring: AnalyticsQuery,
        response: { 200: ConversationsChart },
      },
    },
    async (request) => await analytics.conversations(actorOf(request), request.query),
  );
  server.get(
    '/api/v1/analytics/models',
    {
      config: { permission: 'signed_in' },
      schema: {
        tags,
        summary: 'Calls of models by task: latency, tokens, cost, confidence and what people made of them',
        querystring: AnalyticsQuery,
        response: { 200: ModelsChart },
      },
    },
    async (request) => await analytics.models(actorOf(request), request.query),
  );
}
