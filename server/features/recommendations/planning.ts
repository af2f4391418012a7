// What a project is planned and priced with: its own terms over its organization's over the published defaults, each with
// its source; read anew for every pricing.
import type { Brief } from '../../../contract/brief.ts';
import {
  BuyTerms,
  ContractTerms,
  PlanningSettings,
  type RateInForce,
  RateTerms,
  RoiInputs,
} from '../../../contract/terms.ts';
import { type BudgetRates, type RateLayer, ratesFor } from '../../../engine/budget/rates.ts';
import { inForce, type PriceTerms } from '../../../engine/budget/terms.ts';
import type { MoneyInput } from '../../../engine/proposal/scenario_money.ts';
import type { Tx } from '../../platform/postgres.ts';
import * as db from './sql/terms.ts';

export interface Planning {
  settings: PlanningSettings;
  terms: PriceTerms;
  contract_source: 'project' | 'organization' | 'none';
  buy: BuyTerms;
  layers: RateLayer[];
  roi_inputs: Record<string, { value: number; source: string }>;
  project_roi: RoiInputs;
  price_valid_days: number;
}

const PRICE_VALID_DAYS = 60;

export async function planningOf(tx: Tx, projectId: string, now: Date): Promise<Planning> {
  const settings = PlanningSettings.safeParse((await db.planningSettingsOf(tx, projectId)) ?? {}).data ?? {};
  const own = await db.projectTerms(tx, projectId);
  const contract = ContractTerms.safeParse(own?.contract).data;
  const day = now.toISOString().slice(0, 10);
  const chosen = contract ?? settings.contract ?? null;
  const valid = chosen !== null && inForce(chosen, day) ? chosen : null;
  const project_roi = RoiInputs.safeParse(own?.roi_inputs ?? {}).data ?? {};
  return {
    settings,
    terms: { rules: settings.price_rules ?? [], contract: valid },
    contract_source: valid === null ? 'none' : contract === undefined ? 'organization' : 'project',
    buy: BuyTerms.safeParse(await db.buyTermsFor(tx, projectId)).data ?? { rules: [] },
    layers: [
      { source: 'your organization', rates: settings.rates ?? {} },
      { source: 'this project', rates: RateTerms.safeParse(own?.rates ?? {}).data ?? {} },
    ],
    roi_inputs: {
      ...withSource(settings.roi_inputs ?? {}, 'your organization'),
      ...withSource(project_roi, 'this project'),
    },
    project_roi,
    price_valid_days: settings.price_valid_days ?? PRICE_VALID_DAYS,
  };
}

function withSource(inputs: RoiInputs, source: string): Record<string, { value: number; source: string }> {
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([key, value]) => (value === null ? [] : [[key, { value, source }]])),
  );
}

/** A scenario's own assumptions, as they are stored with it. */
export interface ScenarioOverrides {
  rates: RateTerms;
  roi: RoiInputs;
}

export function overridesOf(assumptions: unknown): ScenarioOverrides {
  const stored = (assumptions as { overrides?: { rates?: unknown; roi?: unknown } } | null)?.overrides ?? {};
  return {
    rates: RateTerms.safeParse(stored.rates ?? {}).data ?? {},
    roi: RoiInputs.safeParse(stored.roi ?? {}).data ?? {},
  };
}

export interface ScenarioMoney {
  input: MoneyInput;
  rates: BudgetRates;
  in_force: RateInForce[];
}

/** Rates and inputs of the return for one scenario. */
export function moneyInputOf(
  planning: Planning,
  overrides: ScenarioOverrides,
  frame: { brief: Brief; spaces: MoneyInput['spaces']; currency: string },
): ScenarioMoney {
  const { rates, in_force } = ratesFor([
    ...planning.layers,
    { source: 'this scenario', rates: overrides.rates },
  ]);
  return {
    rates,
    in_force,
    input: {
      ...frame,
      rates,
      rate_sources: Object.fromEntries(in_force.map((rate) => [rate.key, rate.source])),
      roi_inputs: { ...planning.roi_inputs, ...withSource(overrides.roi, 'this scenario') },
    },
  };
}
