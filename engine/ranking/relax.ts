/**
 * Why a brief cannot be met, and the smallest sets of limits to relax so that it can. Each set comes with the value
 * every limit has to reach and the lowest total it then gives.
 */
import type { Highs } from 'highs';
import type { Infeasibility, LimitKind, LimitRelief, Relaxation } from '../../contract/choice.ts';
import { type Cents, toNumber } from '../money.ts';
import { CandidateIndex, type ChoiceLimits } from './candidates.ts';
import { money } from './explain.ts';
import type { SolveOptions } from './milp.ts';
import { cheapest } from './model.ts';
import { type ChoiceInput, type ChoiceProblem, problemOf } from './problem.ts';
import { carbonFor } from './worth.ts';

/** One limit that can be lifted on its own. */
interface Knob {
  kind: LimitKind;
  from: string;
  lift: (limits: ChoiceLimits) => ChoiceLimits;
}

/** Lines that lost every product to the limits, unless they may be left out. */
export function blockedLines(problem: ChoiceProblem): ChoiceProblem['empty'] {
  return problem.empty.filter((entry) => entry.blocked && !entry.line.skippable);
}

/** The lowest total within the limits, null when nothing keeps them. */
function lowestTotal(
  highs: Highs,
  input: ChoiceInput,
  index: CandidateIndex,
  limits: ChoiceLimits,
  options: SolveOptions,
): Cents | null {
  const problem = problemOf({ ...input, limits }, index);
  if (blockedLines(problem).length > 0) return null;
  const needed = problem.lines.filter((line) => !line.skippable);
  const least = (pick: (c: ChoiceProblem['lines'][number]['candidates'][number]) => number) =>
    needed.reduce((a, line) => a + Math.min(...line.candidates.map(pick)), 0);
  const max = limits.max_total_cents ?? Number.POSITIVE_INFINITY;
  if (least((c) => c.cost_cents) > max) return null;
  if (least(carbonFor) > (limits.max_carbon_kg ?? Number.POSITIVE_INFINITY)) return null;
  const total = cheapest(highs, problem, limits, options);
  return total !== null && total <= max ? total : null;
}

/** What a furniture total comes to with every line on top of it; the limit people know is that one. */
export type Gross = (furniture: Cents) => Cents;

export function explainInfeasible(
  highs: Highs,
  input: ChoiceInput,
  problem: ChoiceProblem,
  options: SolveOptions & { gross?: Gross | undefined } = {},
): Infeasibility {
  const limits = input.limits ?? {};
  const index = new CandidateIndex(input.products);
  const gross = options.gross ?? ((cents: Cents) => cents);
  const knobs = knobsOf(limits, input.currency ?? 'USD', gross);
  const lowest = (trial: ChoiceLimits) => lowestTotal(highs, input, index, trial, options);
  const relaxations: Relaxation[] = [];
  for (let size = 1; size <= knobs.length && relaxations.length === 0; size += 1) {
    for (const set of subsets(knobs, size)) {
      const lifted = set.reduce((trial, knob) => knob.lift(trial), limits);
      if (lowest(lifted) !== null)
        relaxations.push(relaxationOf(set, { limits, lifted, input, lowest, gross }));
    }
  }
  return {
    without_product: blockedLines(problem).map(({ line, why }) => ({
      need_key: line.key,
      label: line.need.label,
      why,
    })),
    relaxations,
  };
}

function knobsOf(limits: ChoiceLimits, currency: string, gross: Gross): Knob[] {
  const knobs: Knob[] = [];
  if (typeof limits.max_total_cents === 'number') {
    knobs.push({
      kind: 'budget',
      from: money(100 * Math.round(gross(limits.max_total_cents) / 100), currency),
      lift: (l) => ({ ...l, max_total_cents: null }),
    });
  }
  if (typeof limits.max_lead_time_days === 'number') {
    knobs.push({
      kind: 'lead_time',
      from: `${limits.max_lead_time_days} days`,
      lift: (l) => ({ ...l, max_lead_time_days: null }),
    });
  }
  if (limits.allowed_brands && limits.allowed_brands.length > 0) {
    knobs.push({
      kind: 'brands',
      from: limits.allowed_brands.join(', '),
      lift: (l) => ({ ...l, allowed_brands: null }),
    });
  }
  if (typeof limits.max_carbon_kg === 'number') {
    knobs.push({
      kind: 'carbon',
      from: kilograms(limits.max_carbon_kg),
      lift: (l) => ({ ...l, max_carbon_kg: null }),
    });
  }
  for (const name of limits.required_certifications ?? []) {
    knobs.push({
      kind: 'certification',
      from: name,
      lift: (l) => ({
        ...l,
        required_certifications: (l.required_certifications ?? []).filter((other) => other !== name),
      }),
    });
  }
  if (limits.in_stock_only)
    knobs.push({ kind: 'stock', from: 'in stock only', lift: (l) => ({ ...l, in_stock_only: false }) });
  return knobs;
}

function subsets<T>(all: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return all.flatMap((first, index) =>
    subsets(all.slice(index + 1), size - 1).map((rest) => [first, ...rest]),
  );
}

interface Relaxing {
  limits: ChoiceLimits;
  lifted: ChoiceLimits;
  input: ChoiceInput;
  lowest: (limits: ChoiceLimits) => Cents | null;
  gross: Gross;
}

/** Draws each lifted limit in again as far as it goes, one after the other; the budget last. */
function relaxationOf(set: readonly Knob[], { limits, lifted, input, lowest, gross }: Relaxing): Relaxation {
  const currency = input.currency ?? 'USD';
  let trial = lifted;
  const to = new Map<LimitKind, string>();
  const relief: LimitRelief = {};
  const kinds = new Set(set.map((knob) => knob.kind));
  if (kinds.has('brands')) {
    const added = brandsThatHelp(input, limits, trial, lowest);
    to.set('brands', added.length > 0 ? `also ${added.join(' or ')}` : 'any brand');
    relief.also_brands = added.slice(0, 1);
    if (added[0]) trial = { ...trial, allowed_brands: [...(limits.allowed_brands ?? []), added[0]] };
  }
  if (kinds.has('lead_time')) {
    const days = [...new Set(input.products.map((p) => p.lead_time_days))].sort((a, b) => a - b);
    const open = trial;
    const least = firstThat(days, (value) => lowest({ ...open, max_lead_time_days: value }) !== null);
    const reached = least ?? days.at(-1) ?? 0;
    trial = { ...trial, max_lead_time_days: least ?? null };
    to.set('lead_time', `${reached} days`);
    relief.max_lead_time_days = Math.max(1, reached);
  }
  if (kinds.has('carbon')) {
    const start = Math.ceil(limits.max_carbon_kg ?? 0);
    const open = trial;
    const kg = firstWhole(start, (value) => lowest({ ...open, max_carbon_kg: value }) !== null);
    trial = { ...trial, max_carbon_kg: kg };
    to.set('carbon', kilograms(kg));
    relief.max_carbon_kg = kg;
  }
  const total = lowest(trial) ?? 0;
  if (kinds.has('budget')) {
    const all = wholeUnits(gross(total));
    to.set('budget', money(all, currency));
    relief.max_total = toNumber(all);
  }
  const dropped = set.filter((knob) => knob.kind === 'certification').map((knob) => knob.from);
  if (dropped.length > 0) relief.without_certifications = dropped;
  if (kinds.has('stock')) relief.any_stock = true;
  const parts = set.map((knob) => ({
    kind: knob.kind,
    from: knob.from,
    to: to.get(knob.kind) ?? 'not required',
  }));
  const words = parts.map((part) => `${part.kind.replaceAll('_', ' ')} from ${part.from} to ${part.to}`);
  return {
    limits: parts,
    relief,
    gives: `With ${words.join(' and ')}, every need can be met, from a ${
      gross(total) === total ? 'furniture total' : 'total'
    } of ${money(gross(total) === total ? total : wholeUnits(gross(total)), currency)}.`,
  };
}

/** Up to the next whole unit of money: what is asked for has to suffice. */
const wholeUnits = (cents: Cents): Cents => 100 * Math.ceil(cents / 100);

/** Up to five brands each of which, allowed alone, makes the brief possible; the cheapest first. */
function brandsThatHelp(
  input: ChoiceInput,
  limits: ChoiceLimits,
  lifted: ChoiceLimits,
  lowest: (limits: ChoiceLimits) => Cents | null,
): string[] {
  const allowed = new Set((limits.allowed_brands ?? []).map((brand) => brand.toLowerCase()));
  const brands = [...new Set(input.products.map((p) => p.brand ?? ''))]
    .filter((b) => b !== '' && !allowed.has(b.toLowerCase()))
    .sort();
  return brands
    .slice(0, MOST_BRANDS_TRIED)
    .map((brand) => ({
      brand,
      total: lowest({ ...lifted, allowed_brands: [...(limits.allowed_brands ?? []), brand] }),
    }))
    .filter((entry) => entry.total !== null)
    .sort((a, b) => (a.total ?? 0) - (b.total ?? 0))
    .slice(0, 5)
    .map((entry) => entry.brand);
}
const MOST_BRANDS_TRIED = 40;

/** First of sorted values that passes a test which, once passed, stays passed. */
function firstThat(values: readonly number[], test: (value: number) => boolean): number | null {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(values[middle]!)) high = middle;
    else low = middle + 1;
  }
  return values[low] ?? null;
}

/** Smallest whole number from a start on that passes such a test; the test must pass somewhere. */
function firstWhole(start: number, test: (value: number) => boolean): number {
  let reach = Math.max(1, start);
  while (!test(reach)) reach *= 2;
  let low = Math.max(start, Math.floor(reach / 2));
  let high = reach;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (test(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

const kilograms = (kg: number) => `${kg.toLocaleString('en-US')} kg CO2e`;
