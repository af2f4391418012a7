/**
 * The choice as data: lines (needs that share one choice), their candidates and weights, the limits and what is fixed.
 * Everything the model, the greedy baseline and the explanations read comes from here.
 */
import type { Brief, Evidence } from '../../contract/brief.ts';
import type { CandidateProduct, LimitKind, ScenarioType } from '../../contract/choice.ts';
import type { Need } from '../../contract/needs.ts';
import type { LearnedRanking } from '../learning/model.ts';
import type { Cents } from '../money.ts';
import { CandidateIndex, type CandidateSearch, type ChoiceLimits, candidatesFor } from './candidates.ts';
import { type ScoredCandidate, scoreCandidates, type ValueWeights } from './score.ts';

export interface ChoiceInput {
  needs: readonly Need[];
  products: readonly CandidateProduct[];
  brief?: Brief | undefined;
  evidence?: readonly Evidence[] | undefined;
  limits?: ChoiceLimits | undefined;
  /** Furniture totals to aim at, in cents; going over is possible, and costs dearly. */
  targets?: Partial<Record<ScenarioType, Cents | null>> | undefined;
  /** Products that stay, whatever the limits on single products say; they count in the totals. */
  locked?: readonly { need_key: string; product_id: string }[] | undefined;
  /** Products not to offer again, for one need or (null) for all. */
  rejected?: readonly { need_key: string | null; product_id: string }[] | undefined;
  /** Products that the room of a need has no place for, by need. */
  unfit?: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  weights?: Partial<ValueWeights> | undefined;
  /** What the organization's decisions taught; without it the ranking is the fixed one. */
  learned?: LearnedRanking | undefined;
  /** One product for the same part in rooms of the same type (default), or a free choice for every room. */
  uniform?: boolean | undefined;
  currency?: string | undefined;
}

/** Needs that are met by one choice. */
export interface ChoiceLine {
  key: string;
  need: Need;
  members: Need[];
  /** Where pieces stand together: the room, or rooms of the same type. */
  area: string;
  candidates: ScoredCandidate[];
  search: CandidateSearch;
  locked: boolean;
  skippable: boolean;
  /** Seen together with the other pieces of the area, so that its collection matters. */
  visible: boolean;
  /** Share of the whole that the line stands for; all lines add up to 1. */
  weight: number;
}

export interface ChoiceProblem {
  input: ChoiceInput;
  lines: ChoiceLine[];
  /** Lines without a candidate. `blocked` ones lost all of theirs to the project's limits; the rest the catalogue cannot serve. */
  empty: { line: ChoiceLine; why: string; blocked: boolean; kind: LimitKind }[];
  /** Sum over the lines of the middle candidate's cost: what prices are measured against, cents. */
  reference_cents: Cents;
}

const VISIBLE_MOUNTS: ReadonlySet<string> = new Set(['floor', 'wall_side', 'under_surface']);
const VISIBLE_CATEGORIES: ReadonlySet<string> = new Set([
  'seating',
  'desks',
  'tables',
  'storage',
  'lounge',
  'conference',
  'outdoor',
]);

export function problemOf(input: ChoiceInput, index = new CandidateIndex(input.products)): ChoiceProblem {
  const limits = input.limits ?? {};
  const lines = grouped(input).map((members) => lineOf(members, input, limits, index));
  dropUnorderable(lines);
  const empty = lines.filter((line) => line.candidates.length === 0).map((line) => emptyLine(line));
  const kept = lines.filter((line) => line.candidates.length > 0);
  const middle = kept.map((line) => middleCost(line.candidates));
  const reference = Math.max(
    1,
    middle.reduce((a, b) => a + b, 0),
  );
  for (const [at, line] of kept.entries()) {
    line.weight = 0.5 / kept.length + (0.5 * (middle[at] ?? 0)) / reference;
  }
  return { input, lines: kept, empty, reference_cents: reference };
}

/** Takes out products whose minimum order all lines that could take them would not reach together. */
function dropUnorderable(lines: readonly ChoiceLine[]): void {
  for (;;) {
    const most = new Map<string, number>();
    for (const line of lines)
      for (const { product, pieces } of line.candidates)
        most.set(product.id, (most.get(product.id) ?? 0) + pieces);
    let dropped = false;
    for (const line of lines) {
      if (line.locked) continue;
      const kept = line.candidates.filter(({ product }) => (most.get(product.id) ?? 0) >= product.moq);
      if (kept.length === line.candidates.length) continue;
      line.candidates = kept;
      line.search.steps.push({ kind: 'minimum_order', left: kept.length, limit: 'minimum order' });
      dropped = true;
    }
    if (!dropped) return;
  }
}

/** Needs that share a choice, in the order of their first member. */
function grouped(input: ChoiceInput): Need[][] {
  const locked = new Map((input.locked ?? []).map((lock) => [lock.need_key, lock.product_id]));
  const rejected = new Map<string, string[]>();
  for (const { need_key, product_id } of input.rejected ?? []) {
    if (need_key !== null) rejected.set(need_key, [...(rejected.get(need_key) ?? []), product_id]);
  }
  const groups = new Map<string, Need[]>();
  for (const need of input.needs) {
    const perGroup =
      need.measure === 'seats' && need.space_type !== 'open_office' ? need.quantity / need.groups : null;
    const key =
      input.uniform === false || need.space_type === null
        ? need.key
        : JSON.stringify([
            need.role,
            need.space_type,
            need.select,
            need.sizing,
            need.requires,
            need.prefers,
            need.measure,
            need.priority,
            perGroup,
            locked.get(need.key) ?? null,
            rejected.get(need.key)?.sort() ?? null,
            [...(input.unfit?.get(need.key) ?? [])].sort(),
          ]);
    groups.set(key, [...(groups.get(key) ?? []), need]);
  }
  return [...groups.values()];
}

function lineOf(
  members: Need[],
  input: ChoiceInput,
  limits: ChoiceLimits,
  index: CandidateIndex,
): ChoiceLine {
  const first = members[0]!;
  const need: Need = {
    ...first,
    quantity: members.reduce((a, member) => a + member.quantity, 0),
    groups: members.reduce((a, member) => a + member.groups, 0),
  };
  const keys = new Set(members.map((member) => member.key));
  const rejected = (input.rejected ?? []).filter((r) => r.need_key === null || keys.has(r.need_key));
  const lock = (input.locked ?? []).find((entry) => keys.has(entry.need_key));
  const locked = lock ? index.byId(lock.product_id) : undefined;
  const found = candidatesFor(index, need, limits, new Set(rejected.map((r) => r.product_id)));
  const unfit = input.unfit?.get(first.key);
  const fitting = unfit ? found.products.filter((p) => !unfit.has(p.product.id)) : found.products;
  const search = {
    steps: [...found.steps, { kind: 'size' as const, left: fitting.length, limit: 'the room' }],
    products: fitting,
  };
  const context = { brief: input.brief ?? {}, weights: input.weights, learned: input.learned };
  const scored = scoreCandidates(
    need,
    locked ? withLocked(search.products, locked) : search.products,
    context,
    members,
  );
  const usable = locked ? scored : scored.filter((candidate) => canReachOrder(candidate, input.needs));
  return {
    key: first.key,
    need,
    members,
    area: input.uniform === false ? (first.space_id ?? first.key) : (first.space_type ?? 'project'),
    candidates: usable,
    search: {
      ...search,
      steps: [...search.steps, { kind: 'minimum_order', left: usable.length, limit: 'minimum order' }],
    },
    locked: locked !== undefined,
    skippable: first.priority === 'optional',
    visible:
      VISIBLE_MOUNTS.has(first.mount) && first.select.categories.some((name) => VISIBLE_CATEGORIES.has(name)),
    weight: 0,
  };
}

function withLocked(products: CandidateSearch['products'], locked: CandidateSearch['products'][number]) {
  return products.some((p) => p.product.id === locked.product.id) ? products : [...products, locked];
}

/** A product whose minimum order is above what all needs of its kind together could order is out. */
function canReachOrder(candidate: ScoredCandidate, needs: readonly Need[]): boolean {
  if (candidate.pieces >= candidate.product.moq) return true;
  const { subcategory } = candidate.product;
  const most = needs
    .filter((need) => need.select.subcategories.includes(subcategory ?? '') || !subcategory)
    .reduce((a, need) => a + need.quantity, 0);
  return most >= candidate.product.moq;
}

function emptyLine(line: ChoiceLine): ChoiceProblem['empty'][number] {
  const { steps } = line.search;
  const at = steps.findIndex((step) => step.left === 0);
  const step = steps[at];
  const before = steps[at - 1]?.left ?? 0;
  const what = line.need.label.toLowerCase();
  if (!step || step.kind === 'select') {
    return { line, why: `The catalogue has no product for ${what}.`, blocked: false, kind: 'catalogue' };
  }
  const words: Partial<Record<LimitKind, string>> = {
    feature: `None of the ${before} ${what} in the catalogue is stated to be ${step.limit.replaceAll('_', ' ')}.`,
    size: `None of the ${before} ${what} fits: ${step.limit}.`,
    minimum_order: `Each of the ${before} ${what} left has a minimum order above what the project needs.`,
  };
  const why =
    words[step.kind] ??
    `None of the ${before} ${what} left meets the limit "${step.limit}" (${step.kind.replaceAll('_', ' ')}).`;
  const own = step.kind === 'feature' || step.kind === 'size' || step.kind === 'minimum_order';
  return { line, why, blocked: !own, kind: step.kind };
}

function middleCost(candidates: readonly ScoredCandidate[]): Cents {
  const costs = candidates.map((candidate) => candidate.cost_cents).sort((a, b) => a - b);
  return costs[Math.floor((costs.length - 1) / 2)] ?? 0;
}

/** What a piece is seen to belong with: its collection, else its brand, else itself. */
export function collectionOf(product: CandidateProduct): string {
  if (product.collection) return `${product.brand ?? ''}/${product.collection}`;
  return product.brand ? `${product.brand}/` : product.sku;
}
