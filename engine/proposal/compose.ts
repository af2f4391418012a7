/**
 * From brief, rooms and catalogue to three priced and furnished scenarios: needs, choice, layout, money and return in
 * one pure step.
 * Plain data in, plain data out, so that it can run in a worker thread as it is.
 */
import type { Brief, Evidence } from '../../contract/brief.ts';
import type {
  Arrangement,
  BillOfNeeds,
  BudgetBreakdown,
  CandidateProduct,
  Infeasibility,
  Placement,
  RoiAnalysis,
  Scenario,
} from '../../contract/decisions.ts';
import { furnitureBudget } from '../budget/budget.ts';
import type { BudgetRates } from '../budget/rates.ts';
import type { LayoutRoom } from '../layout/layout.ts';
import { needsFor } from '../needs/needs.ts';
import type { NeedSpace } from '../needs/programme.ts';
import { type ChoiceLimits, solveChoice } from '../ranking/choose.ts';
import { furnish, type RoomLayout } from './furnish.ts';
import { moneyFor } from './scenario_money.ts';

export interface ProposalInput {
  /** Outlines, doors, windows and columns by space id, in the plan's feet. */
  rooms: ReadonlyMap<string, LayoutRoom>;
  arrangement?: Arrangement | undefined;
  brief: Brief;
  evidence: readonly Evidence[];
  spaces: readonly NeedSpace[];
  products: readonly CandidateProduct[];
  /** What the caller limits beside the brief; the narrower of the two holds. */
  limits?: ChoiceLimits | undefined;
  locked?: readonly { need_key: string; product_id: string }[] | undefined;
  rejected?: readonly { need_key: string | null; product_id: string }[] | undefined;
  rates?: Partial<BudgetRates> | undefined;
  roi_inputs?: Readonly<Record<string, number>> | undefined;
  currency: string;
}

export interface ProposedScenario {
  scenario: Scenario;
  /** Where the pieces stand, by itemKey; pieces without a place are in `layouts`. */
  placements: Map<string, Placement[]>;
  layouts: RoomLayout[];
  budget: BudgetBreakdown;
  roi: RoiAnalysis;
}

export interface Proposal {
  bill: BillOfNeeds;
  scenarios: ProposedScenario[];
  infeasibility: Infeasibility | null;
}

export async function composeProposal(input: ProposalInput): Promise<Proposal> {
  const bill = needsFor({ brief: input.brief, evidence: input.evidence, spaces: input.spaces });
  if (bill.needs.length === 0) return { bill, scenarios: [], infeasibility: null };
  const room = furnitureBudget(input.brief.budget, input.rates);
  const choice = await solveChoice({
    needs: bill.needs,
    products: input.products,
    brief: input.brief,
    evidence: input.evidence,
    limits: {
      ...input.limits,
      max_total_cents: smallest(room.max_total_cents, input.limits?.max_total_cents),
      max_lead_time_days: smallest(input.brief.max_lead_time_days, input.limits?.max_lead_time_days),
    },
    targets: room.targets,
    locked: input.locked,
    rejected: input.rejected,
    currency: input.currency,
  });
  if (choice.infeasibility !== null) return { bill, scenarios: [], infeasibility: choice.infeasibility };
  const needs = new Map(bill.needs.map((need) => [need.key, need]));
  const products = new Map(input.products.map((product) => [product.id, product]));
  const scenarios = choice.scenarios.map((scenario): ProposedScenario => {
    const { placements, rooms } = furnish({
      items: scenario.items,
      needs,
      products,
      rooms: input.rooms,
      arrangement: input.arrangement ?? 'density',
    });
    return { scenario, placements, layouts: rooms, ...moneyFor(scenario, input) };
  });
  return { bill, scenarios, infeasibility: null };
}

function smallest(...limits: (number | null | undefined)[]): number | null {
  const given = limits.filter((limit): limit is number => limit !== null && limit !== undefined);
  return given.length === 0 ? null : Math.min(...given);
}
