/**
 * Return on the investment, hard savings first. Savings start in the first year and are counted at the end of each year;
 * roi_3_year and roi_5_year are net present values in money: Σ savings / (1 + rate)^year − investment, within the horizon.
 */
import type { RoiAnalysis, RoiBenefit, RoiInput } from '../../contract/budget.ts';
import { type Cents, fromNumber, toNumber } from '../money.ts';
import { ROI_INPUTS, WORKING_DAYS } from './roi_inputs.ts';

export interface RoiRequest {
  /** The scenario's total, all lines included. */
  investment_cents: Cents;
  currency?: string | undefined;
  /** Figures of the user or the project by key of ROI_INPUTS; a bare number is the user's word. */
  inputs?: Readonly<Record<string, number | { value: number; source: string }>> | undefined;
}

type Values = ReadonlyMap<string, number | null>;

interface BenefitRule {
  key: string;
  label: string;
  kind: 'hard' | 'soft';
  formula: string;
  needs: readonly string[];
  annual: (get: (key: string) => number) => number;
}

const BENEFITS: readonly BenefitRule[] = [
  {
    key: 'space',
    label: 'Space released',
    kind: 'hard',
    formula: '(area before − area after) × rent',
    needs: ['area_before_sqft', 'area_after_sqft', 'rent_per_sqft'],
    annual: (get) => (get('area_before_sqft') - get('area_after_sqft')) * get('rent_per_sqft'),
  },
  {
    key: 'energy',
    label: 'Energy',
    kind: 'hard',
    formula: '(area before − area after) × energy per sq ft',
    needs: ['area_before_sqft', 'area_after_sqft', 'energy_per_sqft'],
    annual: (get) => (get('area_before_sqft') - get('area_after_sqft')) * get('energy_per_sqft'),
  },
  {
    key: 'reconfiguration',
    label: 'Reconfiguration',
    kind: 'hard',
    formula: 'people × moved in a year × (cost of a move before − after)',
    needs: ['headcount', 'churn_pct', 'move_cost_before', 'move_cost_after'],
    annual: (get) =>
      (get('headcount') * get('churn_pct') * (get('move_cost_before') - get('move_cost_after'))) / 100,
  },
  {
    key: 'repair',
    label: 'Repair and replacement',
    kind: 'hard',
    formula: 'repair before − after',
    needs: ['repair_before', 'repair_after'],
    annual: (get) => get('repair_before') - get('repair_after'),
  },
  {
    key: 'productivity',
    label: 'Productivity',
    kind: 'soft',
    formula: 'people × loaded salary × productivity gained',
    needs: ['headcount', 'loaded_salary', 'productivity_pct'],
    annual: (get) => (get('headcount') * get('loaded_salary') * get('productivity_pct')) / 100,
  },
  {
    key: 'absence',
    label: 'Absence',
    kind: 'soft',
    formula: `people × days saved × loaded salary / ${WORKING_DAYS}`,
    needs: ['headcount', 'loaded_salary', 'absence_days_saved'],
    annual: (get) => (get('headcount') * get('absence_days_saved') * get('loaded_salary')) / WORKING_DAYS,
  },
];

/** Throws RangeError on an unknown input or a value that cannot be. */
export function roiFor(request: RoiRequest): RoiAnalysis {
  const assumptions = assumptionsOf(request);
  const values: Values = new Map(assumptions.map((input) => [input.key, input.value]));
  const outcome = outcomeOf(values, request.investment_cents);
  const benefits = BENEFITS.map((rule) => benefitOf(rule, values));
  const missing = [...new Set(benefits.filter((b) => b.kind === 'hard').flatMap((b) => b.missing))];
  const notes = ['Soft benefits are kept apart and start at zero.'];
  if (missing.length > 0) {
    const labels = assumptions
      .filter((input) => missing.includes(input.key))
      .map((input) => input.label.toLowerCase());
    notes.unshift(`Not counted until known: ${labels.join(', ')}.`);
  }
  const net = toNumber(request.investment_cents) - (values.get('resale_value') ?? 0);
  const pct = (npv: number) => (net > 0 ? round2((100 * npv) / net) : null);
  return {
    currency: request.currency ?? 'USD',
    investment: toNumber(request.investment_cents),
    annual_savings: outcome.hard,
    annual_soft_benefits: outcome.soft,
    payback_months: payback(net, outcome.hard),
    payback_months_with_soft: payback(net, outcome.hard + outcome.soft),
    roi_3_year: outcome.npv(3, false),
    roi_5_year: outcome.npv(5, false),
    roi_3_year_pct: pct(outcome.npv(3, false)),
    roi_5_year_pct: pct(outcome.npv(5, false)),
    roi_3_year_with_soft: outcome.npv(3, true),
    roi_5_year_with_soft: outcome.npv(5, true),
    benefits,
    sensitivity: sensitivityOf(assumptions, values, request.investment_cents),
    assumptions,
    notes,
  };
}

function assumptionsOf(request: RoiRequest): RoiInput[] {
  const given = request.inputs ?? {};
  const known = new Set(ROI_INPUTS.map((input) => input.key));
  const strange = Object.keys(given).find((key) => !known.has(key));
  if (strange)
    throw new RangeError(
      `"${strange}" is no input of the return on investment; known are ${[...known].join(', ')}.`,
    );
  return ROI_INPUTS.map((input) => {
    const own = given[input.key];
    if (own === undefined) return { ...input };
    const { value, source } = typeof own === 'number' ? { value: own, source: 'user' } : own;
    if (!Number.isFinite(value) || value < 0)
      throw new RangeError(`${input.label} must be zero or more, got ${value}.`);
    return { ...input, value, source };
  });
}

function benefitOf(rule: BenefitRule, values: Values): RoiBenefit {
  const missing = rule.needs.filter((key) => values.get(key) === null || values.get(key) === undefined);
  const annual = missing.length > 0 ? 0 : rule.annual((key) => values.get(key) ?? 0);
  return {
    key: rule.key,
    label: rule.label,
    kind: rule.kind,
    annual: toNumber(fromNumber(annual)),
    formula: rule.formula,
    missing,
  };
}

function outcomeOf(values: Values, investment: Cents) {
  const benefits = BENEFITS.map((rule) => benefitOf(rule, values));
  const total = (kind: 'hard' | 'soft') =>
    round2(benefits.filter((b) => b.kind === kind).reduce((a, b) => a + b.annual, 0));
  const hard = total('hard');
  const soft = total('soft');
  const rate = 1 + (values.get('discount_rate_pct') ?? 0) / 100;
  const horizon = values.get('horizon_years') ?? 0;
  const npv = (years: number, withSoft: boolean) => {
    let value = -toNumber(investment) + (values.get('resale_value') ?? 0);
    for (let year = 1; year <= Math.min(years, horizon); year += 1)
      value += (hard + (withSoft ? soft : 0)) / rate ** year;
    return round2(value);
  };
  return { hard, soft, npv };
}

/** Months until undiscounted savings have paid the investment; null when they never do. */
function payback(investment: number, annual: number): number | null {
  if (investment <= 0) return 0;
  return annual > 0 ? Math.round((120 * investment) / annual) / 10 : null;
}

/** Each input a fifth lower and higher: the three that move the five-year figure of hard savings most. */
function sensitivityOf(
  assumptions: readonly RoiInput[],
  values: Values,
  investment: Cents,
): RoiAnalysis['sensitivity'] {
  return assumptions
    .filter(
      (input): input is RoiInput & { value: number } =>
        input.value !== null && input.value !== 0 && input.key !== 'horizon_years',
    )
    .map((input) => {
      const at = (value: number) =>
        outcomeOf(new Map([...values, [input.key, value]]), investment).npv(5, false);
      const [low, high] = [round2(input.value * 0.8), round2(input.value * 1.2)];
      const [lowNpv, highNpv] = [at(low), at(high)];
      return {
        key: input.key,
        label: input.label,
        low_input: low,
        high_input: high,
        roi_5_year_low: lowNpv,
        roi_5_year_high: highNpv,
        swing: round2(Math.abs(highNpv - lowNpv)),
      };
    })
    .filter((row) => row.swing > 0)
    .sort((a, b) => b.swing - a.swing || (a.key < b.key ? -1 : 1))
    .slice(0, 3);
}

function round2(value: number): number {
  return toNumber(fromNumber(value));
}
