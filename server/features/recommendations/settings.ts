// Terms of organizations and projects: price rules, contracts, rates, planning rules. Changing a project's terms prices the
// scenarios of its newest recommendation anew.
import {
  BuyTerms,
  type KitRuleUpdate,
  PlanningSettings,
  type PlanningStandards,
  type ProjectTerms,
  type ProjectTermsChange,
} from '../../../contract/terms.ts';
import { ratesFor } from '../../../engine/budget/rates.ts';
import { ROI_INPUTS } from '../../../engine/budget/roi_inputs.ts';
import { AppError } from '../../platform/errors.ts';
import type { Tx } from '../../platform/postgres.ts';
import type { ProjectRow } from '../projects/service.ts';
import { recounted, type Who } from './change.ts';
import { checkKitRules } from './kit-rules.ts';
import { planningOf } from './planning.ts';
import * as recommendationRows from './sql/recommendations.ts';
import * as scenarioRows from './sql/scenarios.ts';
import * as terms from './sql/terms.ts';
import { standardsOf, withRule } from './standards.ts';

export async function projectTerms(tx: Tx, project: ProjectRow, now: Date): Promise<ProjectTerms> {
  const planning = await planningOf(tx, project.id, now);
  const { rates, in_force } = ratesFor(planning.layers);
  return {
    project_id: project.id,
    contract: planning.terms.contract,
    contract_source: planning.contract_source,
    price_rules: [...planning.terms.rules],
    rates: in_force,
    tax_services: rates.tax_services,
    roi_inputs: planning.project_roi,
  };
}

export async function saveProjectTerms(
  who: Who,
  project: ProjectRow,
  change: ProjectTermsChange,
): Promise<ProjectTerms> {
  const { tx, actor, now } = who;
  checkRoiInputs(change.roi_inputs ?? {});
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
  await terms.saveProjectTerms(tx, project.id, actor.user_id, {
    ...(change.contract === undefined ? {} : { contract: json(change.contract) }),
    ...(change.rates === undefined ? {} : { rates: json(change.rates) }),
    ...(change.roi_inputs === undefined ? {} : { roi_inputs: json(change.roi_inputs) }),
  });
  await repriceLatest(who, project);
  return await projectTerms(tx, project, now);
}

/** Every scenario of the newest recommendation at the terms of today; with `refresh_prices` at today's list prices too. */
export async function repriceLatest(
  who: Who,
  project: ProjectRow,
  options: { refresh_prices?: boolean } = {},
): Promise<void> {
  const latest = await recommendationRows.latestReady(who.tx, project.id);
  if (latest === undefined) return;
  const planning = await planningOf(who.tx, project.id, who.now);
  for (const scenario of await scenarioRows.listScenarios(who.tx, { recommendation_id: latest.id }))
    await recounted(who, project, scenario, planning, options);
}

export function checkRoiInputs(inputs: Record<string, number | null>): void {
  const known = ROI_INPUTS.map((input) => input.key);
  const strange = Object.keys(inputs).find((key) => !known.includes(key));
  if (strange === undefined) return;
  const message = `"${strange}" is no input of the return on investment; known are ${known.join(', ')}.`;
  throw new AppError('invalid_input', message, { fields: [{ path: `roi_inputs.${strange}`, message }] });
}

export async function organizationPlanning(
  tx: Tx,
  organizationId: string,
  options: { lock: boolean } = { lock: false },
): Promise<PlanningSettings> {
  return PlanningSettings.safeParse(await terms.organizationSettings(tx, organizationId, options)).data ?? {};
}

/** Parts that are given replace what was stored. */
export async function saveOrganizationPlanning(
  tx: Tx,
  organizationId: string,
  change: PlanningSettings,
): Promise<PlanningSettings> {
  checkKitRules(change.kit_rules ?? []);
  checkRoiInputs(change.roi_inputs ?? {});
  const next = { ...(await organizationPlanning(tx, organizationId, { lock: true })), ...change };
  await terms.saveOrganizationSettings(tx, organizationId, next);
  return next;
}

/** One row of the kit table; parts given as null go back to what is built in. */
export async function saveKitRule(
  tx: Tx,
  organizationId: string,
  ruleId: string,
  update: KitRuleUpdate,
): Promise<PlanningStandards> {
  const settings = await organizationPlanning(tx, organizationId, { lock: true });
  const next = { ...settings, kit_rules: withRule(settings.kit_rules ?? [], ruleId, update) };
  await terms.saveOrganizationSettings(tx, organizationId, next);
  return standardsOf(next);
}

/** The built-in row again; a row the organization added is gone. */
export async function resetKitRule(
  tx: Tx,
  organizationId: string,
  ruleId: string,
): Promise<PlanningStandards> {
  const settings = await organizationPlanning(tx, organizationId, { lock: true });
  const next = { ...settings, kit_rules: (settings.kit_rules ?? []).filter((row) => row.id !== ruleId) };
  await terms.saveOrganizationSettings(tx, organizationId, next);
  return standardsOf(next);
}

export async function organizationBuyTerms(tx: Tx, organizationId: string): Promise<BuyTerms> {
  return BuyTerms.safeParse(await terms.organizationBuyTerms(tx, organizationId)).data ?? { rules: [] };
}

export async function saveOrganizationBuyTerms(
  tx: Tx,
  organizationId: string,
  userId: string,
  change: BuyTerms,
): Promise<BuyTerms> {
  await terms.saveOrganizationBuyTerms(tx, organizationId, userId, change);
  return change;
}
