/**
 * A scenario's money: furniture at list and sell, the lines on top of it, distance from the target, and the totals per
 * person and square foot. Also the way back: how much furniture an all-in budget leaves room for.
 */
import type { BriefBudget } from '../../contract/brief.ts';
import type { BudgetBreakdown, BudgetLine } from '../../contract/budget.ts';
import type { ScenarioType } from '../../contract/choice.ts';
import { type Cents, fromNumber, percentOf, sum, toNumber, variancePct } from '../money.ts';
import { type BudgetRates, DEFAULT_RATES } from './rates.ts';

/** What is read of a chosen item; amounts with two decimals. */
export interface BudgetItem {
  quantity: number;
  unit_list_price: number;
  unit_price: number;
}

export interface BudgetInput {
  items: readonly BudgetItem[];
  rates?: Partial<BudgetRates> | undefined;
  /** Who says which rate, by key of the rates. */
  rate_sources?: Readonly<Record<string, string>> | undefined;
  brief_budget?: BriefBudget | undefined;
  people?: number | null | undefined;
  area_sqft?: number | null | undefined;
  quality_score?: number | null | undefined;
  sustainability_score?: number | null | undefined;
  currency?: string | undefined;
}

export function budgetFor(input: BudgetInput): BudgetBreakdown {
  const rates = { ...DEFAULT_RATES, ...input.rates };
  const list = sum(input.items.map((item) => fromNumber(item.unit_list_price) * item.quantity));
  const sell = sum(input.items.map((item) => fromNumber(item.unit_price) * item.quantity));
  const lines = linesOn(sell, rates);
  const total = sum(lines.map((line) => line.cents));
  const target = targetOf(input.brief_budget);
  const max = input.brief_budget?.max;
  return {
    currency: input.currency ?? input.brief_budget?.currency ?? 'USD',
    lines: lines.map(({ cents, ...line }): BudgetLine => {
      const source = input.rate_sources?.[`${line.key}_pct`];
      return { ...line, amount: toNumber(cents), ...(source === undefined ? {} : { source }) };
    }),
    furniture_list: toNumber(list),
    furniture_sell: toNumber(sell),
    discount_pct: list > 0 ? -(variancePct(sell, list) ?? 0) || 0 : null,
    total_cost: toNumber(total),
    target: target === null ? null : toNumber(target),
    variance_from_target_pct: target === null ? null : variancePct(total, target),
    within_max: max === undefined ? null : total <= fromNumber(max),
    per_person: input.people ? toNumber(Math.round(total / input.people)) : null,
    per_sqft: input.area_sqft ? toNumber(Math.round(total / input.area_sqft)) : null,
    quality_score: scoreOf(input.quality_score),
    sustainability_score: scoreOf(input.sustainability_score),
  };
}

/**
 * Hard limit and targets of the furniture itself (cents, sell) inside the brief's all-in budget. The maximum is hard for
 * every scenario; conservative aims at the minimum or 15 % under the target, balanced at the target, aggressive at the maximum.
 */
export function furnitureBudget(
  budget: BriefBudget | undefined,
  rates: Partial<BudgetRates> = {},
): { max_total_cents: Cents | null; targets: Record<ScenarioType, Cents | null> } {
  const full = { ...DEFAULT_RATES, ...rates };
  const within = (amount: Cents | null) => (amount === null ? null : furnitureWithin(amount, full));
  const target = targetOf(budget);
  const max = budget?.max === undefined ? null : fromNumber(budget.max);
  const min = budget?.min === undefined ? null : fromNumber(budget.min);
  const low = target === null ? null : Math.max(min ?? 0, Math.min(target, Math.round(target * LOW_SHARE)));
  return {
    max_total_cents: within(max),
    targets: {
      conservative: within(low),
      balanced: within(target),
      aggressive: within(max ?? (target === null ? null : Math.round(target * HIGH_SHARE))),
    },
  };
}

/** Where the conservative and, without a maximum, the aggressive scenario aim, as shares of the target. */
const LOW_SHARE = 0.85;
const HIGH_SHARE = 1.15;

/** The stated target, else the middle of a range, else the maximum. */
export function targetOf(budget: BriefBudget | undefined): Cents | null {
  if (!budget) return null;
  if (budget.target !== undefined) return fromNumber(budget.target);
  if (budget.min !== undefined && budget.max !== undefined)
    return Math.round((fromNumber(budget.min) + fromNumber(budget.max)) / 2);
  return budget.max === undefined ? null : fromNumber(budget.max);
}

/** What furniture (cents, sell) comes to with every line on top of it. */
export function totalWith(furniture: Cents, rates: BudgetRates): Cents {
  return sum(linesOn(furniture, rates).map((line) => line.cents));
}

/** The most furniture (cents, sell) whose lines stay within an all-in total. */
export function furnitureWithin(total: Cents, rates: BudgetRates): Cents {
  let low = 0;
  let high = total;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (totalWith(middle, rates) <= total) low = middle;
    else high = middle - 1;
  }
  return low;
}

interface CentLine extends Omit<BudgetLine, 'amount'> {
  cents: Cents;
}

function linesOn(furniture: Cents, rates: BudgetRates): CentLine[] {
  const onFurniture = (key: BudgetLine['key'], label: string, pct: number): CentLine => ({
    key,
    label,
    cents: percentOf(furniture, pct),
    rate_pct: pct,
    basis: 'furniture at sell price',
  });
  const first: CentLine[] = [
    {
      key: 'furniture',
      label: 'Furniture',
      cents: furniture,
      rate_pct: null,
      basis: 'sell price × quantity',
    },
    onFurniture('freight', 'Freight', rates.freight_pct),
    onFurniture('installation', 'Installation', rates.installation_pct),
    onFurniture('design', 'Design', rates.design_pct),
    onFurniture('project_management', 'Project management', rates.project_management_pct),
  ];
  const before = sum(first.map((line) => line.cents));
  const freight = first[1]?.cents ?? 0;
  const taxed = rates.tax_services ? before : furniture + freight;
  return [
    ...first,
    {
      key: 'contingency',
      label: 'Contingency',
      cents: percentOf(before, rates.contingency_pct),
      rate_pct: rates.contingency_pct,
      basis: 'furniture, freight and services',
    },
    {
      key: 'tax',
      label: 'Sales tax',
      cents: percentOf(taxed, rates.tax_pct),
      rate_pct: rates.tax_pct,
      basis: rates.tax_services ? 'furniture, freight and services' : 'furniture and freight',
    },
  ];
}

function scoreOf(score: number | null | undefined): number | null {
  return score === null || score === undefined ? null : Math.round(Math.min(100, Math.max(0, score)));
}
