/** The money of one scenario: budget and return of its items. Light to load, for use outside the optimiser's thread. */
import type { Brief } from '../../contract/brief.ts';
import type { BudgetBreakdown, RoiAnalysis } from '../../contract/budget.ts';
import { type BudgetItem, budgetFor } from '../budget/budget.ts';
import type { BudgetRates } from '../budget/rates.ts';
import { roiFor } from '../budget/roi.ts';
import { fromNumber } from '../money.ts';

export interface MoneyTerms {
  rates?: Partial<BudgetRates> | undefined;
  /** Who says which rate, by key. */
  rate_sources?: Readonly<Record<string, string>> | undefined;
  roi_inputs?: Readonly<Record<string, number | { value: number; source: string }>> | undefined;
}

export interface MoneyInput extends MoneyTerms {
  brief: Brief;
  spaces: readonly { area_sqft?: number | null | undefined }[];
  currency: string;
}

/** The money of a scenario's items; also after a person has changed one of them. */
export function moneyFor(
  scenario: { items: readonly BudgetItem[]; quality_score: number; sustainability_score: number | null },
  input: MoneyInput,
): { budget: BudgetBreakdown; roi: RoiAnalysis } {
  const people = peopleOf(input.brief);
  const area = input.spaces.reduce((sum, space) => sum + (space.area_sqft ?? 0), 0);
  const budget = budgetFor({
    items: scenario.items,
    rates: input.rates,
    rate_sources: input.rate_sources,
    brief_budget: input.brief.budget,
    people,
    area_sqft: area > 0 ? area : (input.brief.area_sqft ?? null),
    quality_score: scenario.quality_score,
    sustainability_score: scenario.sustainability_score,
    currency: input.currency,
  });
  const headcount = people === null ? {} : { headcount: { value: people, source: 'project' } };
  const roi = roiFor({
    investment_cents: fromNumber(budget.total_cost),
    currency: input.currency,
    inputs: { ...headcount, ...input.roi_inputs },
  });
  return { budget, roi };
}

function peopleOf(brief: Brief): number | null {
  return brief.employee_count ?? brief.workstation_count ?? null;
}
