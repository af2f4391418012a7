// HTTP of what projects and organizations plan and price with.
import { z } from 'zod';
import { Id } from '../../../contract/common.ts';
import {
  BuyTerms,
  KitRuleUpdate,
  PlanningSettings,
  PlanningStandards,
  ProjectTerms,
  ProjectTermsChange,
} from '../../../contract/terms.ts';
import { actorOf, type Server } from '../../platform/http.ts';
import { originOf } from '../context.ts';
import type { Recommendations } from './service.ts';

const WithId = z.object({ id: Id });
const WithRule = WithId.extend({ rule_id: z.string().max(80) });

export function termsRoutes(server: Server, recommendations: Recommendations): void {
  const tags = ['terms'];

  server.get(
    '/api/v1/projects/:id/terms',
    {
      config: { permission: 'project:read' },
      schema: {
        tags,
        summary: 'Contract, price rules and rates a project is priced with, each with its source',
        params: WithId,
        response: { 200: ProjectTerms },
      },
    },
    async (request) => await recommendations.terms(actorOf(request), request.params.id),
  );
  server.patch(
    '/api/v1/projects/:id/terms',
    {
      config: { permission: 'project:edit' },
      schema: {
        tags,
        summary:
          'Set a project’s contract, rates or inputs of the return; its newest scenarios are priced anew',
        params: WithId,
        body: ProjectTermsChange,
        response: { 200: ProjectTerms },
      },
    },
    async (request) => await recommendations.saveTerms(actorOf(request), request.params.id, request.body),
  );
  server.get(
    '/api/v1/organizations/:id/planning',
    {
      config: { permission: 'organization:read' },
      schema: {
        tags,
        summary: 'Price rules, contract, rates and planning rules of an organization',
        params: WithId,
        response: { 200: PlanningSettings },
      },
    },
    async (request) => await recommendations.planning(actorOf(request), request.params.id),
  );
  server.patch(
    '/api/v1/organizations/:id/planning',
    {
      config: { permission: 'organization:manage' },
      schema: {
        tags,
        summary: 'Set an organization’s price rules, contract, rates or planning rules; parts not given stay',
        params: WithId,
        body: PlanningSettings,
        response: { 200: PlanningSettings },
      },
    },
    async (request) =>
      await recommendations.savePlanning(
        actorOf(request),
        request.params.id,
        request.body,
        originOf(request),
      ),
  );
  server.get(
    '/api/v1/organizations/:id/buy-terms',
    {
      config: { permission: 'organization:create_project' },
      schema: {
        tags,
        summary: 'What an organization pays: its buy discounts',
        params: WithId,
        response: { 200: BuyTerms },
      },
    },
    async (request) => await recommendations.buyTerms(actorOf(request), request.params.id),
  );
  server.patch(
    '/api/v1/organizations/:id/buy-terms',
    {
      config: { permission: 'organization:manage' },
      schema: {
        tags,
        summary: 'Set an organization’s buy discounts',
        params: WithId,
        body: BuyTerms,
        response: { 200: BuyTerms },
      },
    },
    async (request) =>
      await recommendations.saveBuyTerms(
        actorOf(request),
        request.params.id,
        request.body,
        originOf(request),
      ),
  );
  server.get(
    '/api/v1/organizations/:id/standards',
    {
      config: { permission: 'organization:read' },
      schema: {
        tags,
        summary:
          'The kit table and space standards: built in with sources, the organization’s own, what holds',
        params: WithId,
        response: { 200: PlanningStandards },
      },
    },
    async (request) => await recommendations.standards(actorOf(request), request.params.id),
  );
  server.patch(
    '/api/v1/organizations/:id/standards/rules/:rule_id',
    {
      config: { permission: 'organization:manage' },
      schema: {
        tags,
        summary: 'Set figures of one row of the kit table; null goes back to the built-in figure',
        params: WithRule,
        body: KitRuleUpdate,
        response: { 200: PlanningStandards },
      },
    },
    async (request) =>
      await recommendations.saveRule(
        actorOf(request),
        request.params.id,
        request.params.rule_id,
        request.body,
        originOf(request),
      ),
  );
  server.delete(
    '/api/v1/organizations/:id/standards/rules/:rule_id',
    {
      config: { permission: 'organization:manage' },
      schema: {
        tags,
        summary: 'Take a row of the kit table back to what is built in',
        params: WithRule,
        response: { 200: PlanningStandards },
      },
    },
    async (request) =>
      await recommendations.saveRule(
        actorOf(request),
        request.params.id,
        request.params.rule_id,
        null,
        originOf(request),
      ),
  );
}
