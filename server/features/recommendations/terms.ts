// Terms under the caller's rights: what organizations and projects plan and price with, the assumptions of one scenario.
import type { BudgetScenario, UpdateScenarioRequest } from '../../../contract/recommendations.ts';
import type {
  BuyTerms,
  PlanningSettings,
  ProjectTerms,
  ProjectTermsChange,
} from '../../../contract/terms.ts';
import type { Actor } from '../../platform/http.ts';
import type { Deps } from '../context.ts';
import type { Organizations } from '../organizations/service.ts';
import { requireProject } from '../projects/service.ts';
import { recounted } from './change.ts';
import { overridesOf, planningOf } from './planning.ts';
import type { Reading } from './reading.ts';
import {
  checkRoiInputs,
  organizationBuyTerms,
  organizationPlanning,
  projectTerms,
  saveOrganizationBuyTerms,
  saveOrganizationPlanning,
  saveProjectTerms,
} from './settings.ts';
import * as recommendationRows from './sql/recommendations.ts';
import * as scenarioRows from './sql/scenarios.ts';

export function makeTerms(deps: Deps, reading: Reading, organizations: Organizations) {
  const { postgres } = deps;
  const { oneScenario, scenarioWith, tell } = reading;
  return {
    /** Assumptions of one scenario: inputs of the return, rates. */
    async updateScenario(
      actor: Actor,
      scenarioId: string,
      change: UpdateScenarioRequest,
    ): Promise<BudgetScenario> {
      const { result, recommendation_id } = await postgres.withContext(actor, async (tx) => {
        const { scenario, recommendation, project } = await scenarioWith(
          tx,
          scenarioId,
          'project:edit',
          true,
        );
        checkRoiInputs(change.roi_inputs ?? {});
        const before = overridesOf(scenario.assumptions);
        const roi = Object.fromEntries(
          Object.entries({ ...before.roi, ...change.roi_inputs }).filter(([, value]) => value !== null),
        );
        const rates = change.rates === null ? {} : { ...before.rates, ...change.rates };
        const assumptions = JSON.stringify({
          ...(scenario.assumptions as object),
          overrides: { roi, rates },
        });
        await scenarioRows.updateScenario(tx, scenarioId, { assumptions });
        const [row] = await scenarioRows.listScenarios(tx, { id: scenarioId });
        const who = { tx, actor, now: deps.now() };
        await recounted(who, project, row ?? scenario, await planningOf(tx, project.id, deps.now()));
        return {
          result: await oneScenario(tx, project.id, scenarioId),
          recommendation_id: recommendation.id,
        };
      });
      await tell(result.project_id, recommendation_id, actor);
      return result;
    },

    async terms(actor: Actor, projectId: string): Promise<ProjectTerms> {
      return await postgres.withContext(actor, async (tx) =>
        projectTerms(tx, await requireProject(tx, projectId, 'project:read'), deps.now()),
      );
    },

    async saveTerms(actor: Actor, projectId: string, change: ProjectTermsChange): Promise<ProjectTerms> {
      const { terms, latest } = await postgres.withContext(actor, async (tx) => {
        const project = await requireProject(tx, projectId, 'project:edit', { lock: true });
        const who = { tx, actor, now: deps.now() };
        return {
          terms: await saveProjectTerms(who, project, change),
          latest: await recommendationRows.latestReady(tx, projectId),
        };
      });
      if (latest !== undefined) await tell(projectId, latest.id, actor);
      return terms;
    },

    /** What an organization plans and prices with; any member reads it, its administrators change it. */
    async planning(actor: Actor, organizationId: string): Promise<PlanningSettings> {
      return await postgres.withContext(actor, async (tx) => {
        await organizations.requireRole(tx, actor, organizationId, 'organization:read');
        return await organizationPlanning(tx, organizationId);
      });
    },

    async savePlanning(
      actor: Actor,
      organizationId: string,
      change: PlanningSettings,
    ): Promise<PlanningSettings> {
      return await postgres.withContext(actor, async (tx) => {
        await organizations.requireRole(tx, actor, organizationId, 'organization:manage');
        return await saveOrganizationPlanning(tx, organizationId, change);
      });
    },

    /** What an organization pays: members but viewers read it, administrators change it. */
    async buyTerms(actor: Actor, organizationId: string): Promise<BuyTerms> {
      return await postgres.withContext(actor, async (tx) => {
        await organizations.requireRole(tx, actor, organizationId, 'organization:create_project');
        return await organizationBuyTerms(tx, organizationId);
      });
    },

    async saveBuyTerms(actor: Actor, organizationId: string, change: BuyTerms): Promise<BuyTerms> {
      return await postgres.withContext(actor, async (tx) => {
        await organizations.requireRole(tx, actor, organizationId, 'organization:manage');
        return await saveOrganizationBuyTerms(tx, organizationId, actor.user_id, change);
      });
    },
  };
}
