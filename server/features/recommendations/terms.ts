// Terms under the caller's rights: what organizations and projects plan and price with, the assumptions of one scenario.
import type { BudgetScenario, UpdateScenarioRequest } from '../../../contract/recommendations.ts';
import type {
  BuyTerms,
  KitRuleUpdate,
  PlanningSettings,
  PlanningStandards,
  ProjectTerms,
  ProjectTermsChange,
} from '../../../contract/terms.ts';
import type { Actor } from '../../platform/http.ts';
import type { Tx } from '../../platform/postgres.ts';
import { audit } from '../audit.ts';
import type { Deps, Origin } from '../context.ts';
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
  resetKitRule,
  saveKitRule,
  saveOrganizationBuyTerms,
  saveOrganizationPlanning,
  saveProjectTerms,
} from './settings.ts';
import * as recommendationRows from './sql/recommendations.ts';
import * as scenarioRows from './sql/scenarios.ts';
import { standardsOf } from './standards.ts';

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
      origin: Origin | null,
    ): Promise<PlanningSettings> {
      return await postgres.withContext(actor, async (tx) => {
        await organizations.requireRole(tx, actor, organizationId, 'organization:manage');
        const saved = await saveOrganizationPlanning(tx, organizationId, change);
        await told(tx, actor, organizationId, 'planning.updated', { parts: Object.keys(change) }, origin);
        return saved;
      });
    },

    /** The kit table and space standards: what is built in, what the organization sets, what holds. */
    async standards(actor: Actor, organizationId: string): Promise<PlanningStandards> {
      return await postgres.withContext(actor, async (tx) => {
        await organizations.requireRole(tx, actor, organizationId, 'organization:read');
        return standardsOf(await organizationPlanning(tx, organizationId));
      });
    },

    /** One row of the kit table; without an update it is as built in again. */
    async saveRule(
      actor: Actor,
      organizationId: string,
      ruleId: string,
      update: KitRuleUpdate | null,
      origin: Origin | null,
    ): Promise<PlanningStandards> {
      return await postgres.withContext(actor, async (tx) => {
        await organizations.requireRole(tx, actor, organizationId, 'organization:manage');
        const standards =
          update === null
            ? await resetKitRule(tx, organizationId, ruleId)
            : await saveKitRule(tx, organizationId, ruleId, update);
        const detail = { rule: ruleId, change: update ?? 'reset' };
        await told(tx, actor, organizationId, 'planning.rule_changed', detail, origin);
        return standards;
      });
    },

    /** What an organization pays: members but viewers read it, administrators change it. */
    async buyTerms(actor: Actor, organizationId: string): Promise<BuyTerms> {
      return await postgres.withContext(actor, async (tx) => {
        await organizations.requireRole(tx, actor, organizationId, 'organization:create_project');
        return await organizationBuyTerms(tx, organizationId);
      });
    },

    async saveBuyTerms(
      actor: Actor,
      organizationId: string,
      change: BuyTerms,
      origin: Origin | null,
    ): Promise<BuyTerms> {
      return await postgres.withContext(actor, async (tx) => {
        await organizations.requireRole(tx, actor, organizationId, 'organization:manage');
        const saved = await saveOrganizationBuyTerms(tx, organizationId, actor.user_id, change);
        // How many, not which: the log is read by more people than the terms.
        await told(tx, actor, organizationId, 'buy_terms.updated', { rules: change.rules.length }, origin);
        return saved;
      });
    },
  };
}

async function told(
  tx: Tx,
  actor: Actor,
  organization_id: string,
  action: string,
  detail: Record<string, unknown>,
  origin: Origin | null,
): Promise<void> {
  await audit(tx, { action, actor_id: actor.user_id, organization_id, detail }, origin);
}
