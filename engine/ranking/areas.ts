/**
 * The same model, solved area by area (Dantzig and Wolfe's decomposition). Only money, carbon and minimum orders tie the
 * areas of a project together; inside one area a dynamic program over sets of lines finds the best choice for given
 * prices of money and carbon exactly. A small linear program sets those prices, and its dual is a bound over every
 * product of every line; a last mixed-integer program combines the areas' choices. Null where this does not prove the
 * wanted gap: the caller then solves the whole model at once.
 */
import type { Highs } from 'highs';
import type { SolveProof } from '../../contract/decisions.ts';
import type { ChoiceLimits } from './candidates.ts';
import { MilpModel, type SolveOptions } from './milp.ts';
import { TARGET_PENALTY } from './points.ts';
import { type ChoiceLine, type ChoiceProblem, collectionOf } from './problem.ts';
import type { ScoredCandidate } from './score.ts';
import { carbonFor, cohesionCost, type ModelGoal, worthOf } from './worth.ts';

/** Lines of one area that are seen together: the dynamic program visits every set of them. */
const MOST_VISIBLE = 11;
const MOST_ROUNDS = 40;
/** The objective is scaled as in the whole model, for the solver's tolerances. */
const SCALE = 1000;
/** Steps of the money price around its final value at which further choices of each area are taken in. */
const NEARBY = [0.4, 0.6, 0.75, 0.85, 0.92, 0.97, 1.03, 1.08, 1.15, 1.3, 1.6, 2.2];

export interface AreaChoice {
  proof: SolveProof;
  chosen: Map<string, ScoredCandidate>;
}

interface Entry {
  candidate: ScoredCandidate;
  worth: number;
  cost: number;
  carbon: number;
  /** Below its minimum order on this line alone: counted in the bound, not offered as a choice. */
  short: boolean;
}

interface AreaLine {
  line: ChoiceLine;
  collections: Map<string, Entry[]>;
  all: Entry[];
}

interface Area {
  visible: AreaLine[];
  single: boolean;
  fee: number;
}

/** One way to furnish an area. */
interface Column {
  area: number;
  value: number;
  cost: number;
  carbon: number;
  picks: [ChoiceLine, ScoredCandidate][];
  key: string;
}

interface Prices {
  money: number;
  carbon: number;
}

export function solveByAreas(
  highs: Highs,
  problem: ChoiceProblem,
  kept: ReadonlyMap<string, readonly ScoredCandidate[]>,
  limits: ChoiceLimits,
  goal: ModelGoal,
  options: SolveOptions,
): AreaChoice | null {
  const areas = areasOf(problem, kept, goal);
  if (areas === null) return null;
  const master = new Master(highs, areas.length, problem, limits, goal, options);
  let bound = Number.POSITIVE_INFINITY;
  let prices: Prices = { money: 0, carbon: 0 };
  let best = prices;
  const take = (at: Prices) => {
    let grew = false;
    let total = 0;
    for (const [index, area] of areas.entries()) {
      const free = bestOf(area, index, at, true);
      const offered = free?.exact === true ? free : bestOf(area, index, at, false);
      if (!free) return null;
      total += free.score;
      if (offered && master.add(offered.column)) grew = true;
    }
    return { grew, bound: total + master.constant(at) };
  };
  for (const start of [
    { money: 0, carbon: 0 },
    { money: 8 / problem.reference_cents, carbon: 0 },
    { money: 0, carbon: 1e3 },
    { money: 1e3, carbon: 0 },
  ]) {
    const taken = take(start);
    if (taken) bound = Math.min(bound, taken.bound);
  }
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const relaxed = master.relaxed();
    if (relaxed === null) return null;
    prices = relaxed.prices;
    const taken = take(prices);
    if (!taken) return null;
    if (taken.bound < bound) {
      bound = taken.bound;
      best = prices;
    }
    if (!taken.grew || bound - relaxed.objective <= 1e-5 * Math.abs(bound)) break;
  }
  for (const factor of NEARBY) take({ money: best.money * factor, carbon: best.carbon * factor });
  for (const factor of [0.8, 1.2]) {
    take({ money: best.money * factor, carbon: best.carbon });
    take({ money: best.money, carbon: best.carbon * factor });
  }
  for (const [index, area] of areas.entries())
    for (const column of neighbours(area, index, best)) master.add(column);
  return master.whole(bound, options.rel_gap ?? 5e-4);
}

function areasOf(
  problem: ChoiceProblem,
  kept: ReadonlyMap<string, readonly ScoredCandidate[]>,
  goal: ModelGoal,
): Area[] | null {
  const byArea = new Map<string, AreaLine[]>();
  const areas: Area[] = [];
  for (const line of problem.lines) {
    const collections = new Map<string, Entry[]>();
    const all: Entry[] = [];
    for (const candidate of kept.get(line.key) ?? line.candidates) {
      const entry: Entry = {
        candidate,
        worth: worthOf(problem, line, candidate, goal.point),
        cost: candidate.cost_cents,
        carbon: carbonFor(candidate),
        short: !line.locked && candidate.pieces < candidate.product.moq,
      };
      const key = collectionOf(candidate.product);
      const list = collections.get(key);
      if (list) list.push(entry);
      else collections.set(key, [entry]);
      all.push(entry);
    }
    const own: AreaLine = { line, collections, all };
    if (line.visible) byArea.set(line.area, [...(byArea.get(line.area) ?? []), own]);
    else areas.push({ visible: [own], single: true, fee: 0 });
  }
  for (const [name, lines] of byArea) {
    if (lines.length > MOST_VISIBLE) return null;
    areas.push({ visible: lines, single: false, fee: cohesionCost(problem, name, goal.point) });
  }
  return areas;
}

interface Found {
  score: number;
  column: Column;
  /** No product short of its minimum order is in it. */
  exact: boolean;
}

/** The best choice of an area at given prices; null when a line has nothing to offer. */
function bestOf(area: Area, index: number, prices: Prices, withShort: boolean): Found | null {
  const value = (entry: Entry) => entry.worth - prices.money * entry.cost - prices.carbon * entry.carbon;
  const bestIn = (entries: readonly Entry[]): { entry: Entry; score: number } | null => {
    let best: { entry: Entry; score: number } | null = null;
    for (const entry of entries) {
      if (entry.short && !withShort) continue;
      const score = value(entry);
      if (best === null || score > best.score) best = { entry, score };
    }
    return best;
  };
  if (area.single) {
    const [own] = area.visible as [AreaLine];
    const found = bestIn(own.all);
    if (mayStayOut(own) && (found === null || found.score <= 0)) return resultOf(index, 0, []);
    return found === null ? null : resultOf(index, found.score, [[own, found.entry]]);
  }
  return cover(area, index, bestIn);
}

/** Lines are shared out over collections; each collection used pays the area's fee once. */
function cover(
  area: Area,
  index: number,
  bestIn: (entries: readonly Entry[]) => { entry: Entry; score: number } | null,
): Found | null {
  const n = area.visible.length;
  const full = (1 << n) - 1;
  const groups = groupsOf(area, bestIn);
  // best value of serving exactly the lines of a set by one collection, and which.
  const one = new Float64Array(full + 1).fill(Number.NEGATIVE_INFINITY);
  const by = new Int32Array(full + 1).fill(-1);
  for (const [at, scores] of groups.entries()) {
    const sums = new Float64Array(full + 1);
    for (let set = 1; set <= full; set += 1) {
      const low = set & -set;
      sums[set] = sums[set ^ low]! + (scores[31 - Math.clz32(low)]?.score ?? Number.NEGATIVE_INFINITY);
      const worth = sums[set]! - area.fee;
      if (worth > one[set]!) {
        one[set] = worth;
        by[set] = at;
      }
    }
  }
  const best = new Float64Array(full + 1).fill(Number.NEGATIVE_INFINITY);
  const part = new Int32Array(full + 1);
  best[0] = 0;
  for (let set = 1; set <= full; set += 1) {
    const low = set & -set;
    const rest = set ^ low;
    if (mayStayOut(area.visible[31 - Math.clz32(low)]!)) best[set] = best[rest]!;
    for (let more = rest; ; more = (more - 1) & rest) {
      const taken = more | low;
      const total = one[taken]! + best[set ^ taken]!;
      if (total > best[set]!) {
        best[set] = total;
        part[set] = taken;
      }
      if (more === 0) break;
    }
  }
  if (best[full] === Number.NEGATIVE_INFINITY) return null;
  const picks: [AreaLine, Entry][] = [];
  for (let set = full; set > 0; ) {
    const taken = part[set]!;
    if (taken === 0) {
      set &= set - 1;
      continue;
    }
    const scores = groups[by[taken]!]!;
    for (let i = 0; i < n; i += 1) if (taken & (1 << i)) picks.push([area.visible[i]!, scores[i]!.entry]);
    set ^= taken;
  }
  return resultOf(index, best[full]!, picks, area.fee);
}

function groupsOf(
  area: Area,
  bestIn: (entries: readonly Entry[]) => { entry: Entry; score: number } | null,
): ({ entry: Entry; score: number } | null)[][] {
  const names = [...new Set(area.visible.flatMap((own) => [...own.collections.keys()]))].sort();
  return names.map((name) => area.visible.map((own) => bestIn(own.collections.get(name) ?? [])));
}

function mayStayOut(own: AreaLine): boolean {
  return own.line.skippable && !own.line.locked;
}

function resultOf(area: number, score: number, picks: [AreaLine, Entry][], fee = 0): Found {
  return { score, column: columnOf(area, picks, fee), exact: picks.every(([, entry]) => !entry.short) };
}

function columnOf(area: number, picks: readonly [AreaLine, Entry][], fee: number): Column {
  const used = new Set(picks.map(([, entry]) => collectionOf(entry.candidate.product)));
  const sum = (pick: (entry: Entry) => number) => picks.reduce((a, [, entry]) => a + pick(entry), 0);
  return {
    area,
    value: sum((entry) => entry.worth) - fee * used.size,
    cost: sum((entry) => entry.cost),
    carbon: sum((entry) => entry.carbon),
    picks: picks.map(([own, entry]) => [own.line, entry.candidate]),
    key: `${area}|${picks.map(([own, entry]) => `${own.line.key}=${entry.candidate.product.id}`).sort()}`,
  };
}

/** The best choice of an area and what changing one line of it gives: small steps for the last program to fit the limits with. */
function neighbours(area: Area, index: number, prices: Prices): Column[] {
  const base = bestOf(area, index, prices, false);
  if (!base) return [];
  const chosen = new Map(base.column.picks.map(([line, candidate]) => [line.key, candidate]));
  const value = (entry: Entry) => entry.worth - prices.money * entry.cost - prices.carbon * entry.carbon;
  const picksWith = (changed: AreaLine, entry: Entry): [AreaLine, Entry][] =>
    area.visible.flatMap((own): [AreaLine, Entry][] => {
      if (own === changed) return [[own, entry]];
      const candidate = chosen.get(own.line.key);
      const found = own.all.find((other) => other.candidate === candidate);
      return found ? [[own, found]] : [];
    });
  return area.visible.flatMap((own) =>
    own.all
      .filter((entry) => !entry.short && entry.candidate !== chosen.get(own.line.key))
      .sort((a, b) => value(b) - value(a))
      .slice(0, 6)
      .map((entry) => columnOf(index, picksWith(own, entry), area.fee)),
  );
}

/** The program that ties the areas together: one choice an area, money and carbon. */
class Master {
  readonly #columns: Column[] = [];
  readonly #keys = new Set<string>();
  readonly #highs: Highs;
  readonly #areas: number;
  readonly #problem: ChoiceProblem;
  readonly #max: number | null;
  readonly #carbon: number | null;
  readonly #target: number | null;
  readonly #offset: number;
  readonly #options: SolveOptions;
  readonly #penalty: number;

  constructor(
    highs: Highs,
    areas: number,
    problem: ChoiceProblem,
    limits: ChoiceLimits,
    goal: ModelGoal,
    options: SolveOptions,
  ) {
    this.#highs = highs;
    this.#areas = areas;
    this.#problem = problem;
    this.#max = limits.max_total_cents ?? null;
    this.#carbon = limits.max_carbon_kg ?? null;
    this.#target = goal.target_cents;
    this.#offset = goal.point.price_weight;
    this.#options = options;
    this.#penalty = TARGET_PENALTY / problem.reference_cents;
  }

  add(column: Column): boolean {
    if (this.#keys.has(column.key)) return false;
    this.#keys.add(column.key);
    this.#columns.push(column);
    return true;
  }

  /** What the Lagrangian adds to the areas' own values at given prices: the limits at their price. */
  constant({ money, carbon }: Prices): number {
    const overMax = Math.max(0, money - (this.#target === null ? 0 : this.#penalty));
    const onTarget = money - overMax;
    // Without a hard maximum no price above the penalty is paid, without a target none below.
    if (overMax > 0 && this.#max === null) return Number.POSITIVE_INFINITY;
    if (carbon > 0 && this.#carbon === null) return Number.POSITIVE_INFINITY;
    const target = this.#target ?? this.#max ?? 0;
    const split = (share: number) => share * (this.#max ?? 0) + (money - share) * target;
    const both = this.#max !== null && this.#target !== null;
    const atLimits = both
      ? Math.min(split(money), split(overMax))
      : overMax * (this.#max ?? 0) + onTarget * target;
    return this.#offset + atLimits + carbon * (this.#carbon ?? 0);
  }

  relaxed(): { objective: number; prices: Prices } | null {
    const model = this.#model(false);
    const solution = model.relax(this.#highs, this.#options);
    if (solution === null) return null;
    const price = (row: number | undefined) =>
      row === undefined ? 0 : Math.max(0, (solution.row_duals[row] ?? 0) / SCALE);
    const { max, target, carbon } = this.#rows;
    const money = (price(max) + price(target)) / 100;
    return { objective: solution.objective / SCALE, prices: { money, carbon: price(carbon) } };
  }

  /** The best whole combination, with its proof against a bound; null when the gap is wider than wanted. */
  whole(bound: number, rel_gap: number): AreaChoice | null {
    const model = this.#model(true);
    const { proof, values } = model.solve(this.#highs, {
      ...this.#options,
      rel_gap: rel_gap / 4,
      stop_at: SCALE * (bound - 0.6 * rel_gap * Math.abs(bound)),
    });
    if (!values || proof.objective === null) return null;
    const chosen = new Map<string, ScoredCandidate>();
    for (const [index, column] of this.#columns.entries())
      if (values[index]! > 0.5) for (const [line, candidate] of column.picks) chosen.set(line.key, candidate);
    const objective = proof.objective / SCALE;
    const gap = Math.max(0, bound - objective) / Math.max(Math.abs(objective), 1e-9);
    if (!(gap <= rel_gap)) return null;
    return {
      chosen,
      proof: {
        status: gap > 1e-6 ? 'gap_limit' : 'optimal',
        objective,
        bound: Math.max(bound, objective),
        gap,
        nodes: proof.nodes,
        variables: this.#problem.lines.reduce((a, line) => a + line.candidates.length, 0),
        rows: this.#areas + this.#problem.lines.length,
        method: 'by_area',
      },
    };
  }

  #rows: { max?: number; target?: number; carbon?: number } = {};

  #model(whole: boolean): MilpModel {
    const model = new MilpModel();
    model.offset = SCALE * this.#offset;
    const areas: [number, number][][] = Array.from({ length: this.#areas }, () => []);
    const costs: [number, number][] = [];
    const carbons: [number, number][] = [];
    for (const column of this.#columns) {
      const at = model.variable(SCALE * column.value, 0, whole ? 1 : Number.POSITIVE_INFINITY, whole);
      areas[column.area]!.push([at, 1]);
      costs.push([at, column.cost / 100]);
      carbons.push([at, column.carbon]);
    }
    // Until choices within the limits are known the relaxation may pass them, dearly.
    const slack = () => (whole ? null : model.variable(-SCALE * 10, 0, Number.POSITIVE_INFINITY, false));
    for (const entries of areas) model.row(1, 1, entries);
    this.#rows = {};
    const limit = (value: number, entries: [number, number][], also: number | null, unit: number) => {
      const free = also ?? slack();
      model.row(Number.NEGATIVE_INFINITY, value, free === null ? entries : [...entries, [free, -unit]]);
      return model.rows - 1;
    };
    if (this.#max !== null)
      this.#rows.max = limit((this.#max + (whole ? 0.5 : 0)) / 100, costs, null, this.#max / 100);
    if (this.#target !== null) {
      const over = model.variable(-SCALE * this.#penalty * 100, 0, Number.POSITIVE_INFINITY, false);
      this.#rows.target = limit(this.#target / 100, costs, over, 1);
    }
    if (this.#carbon !== null) this.#rows.carbon = limit(this.#carbon, carbons, null, this.#carbon);
    return model;
  }
}
