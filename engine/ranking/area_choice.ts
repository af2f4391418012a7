// Furnishing one area at given prices of money and carbon: the areas of a problem, and the best choice inside each, found
// exactly by a dynamic program over sets of lines.
import type { ChoiceLine, ChoiceProblem } from './problem.ts';
import { collectionOf } from './problem.ts';
import type { ScoredCandidate } from './score.ts';
import { carbonFor, cohesionCost, type ModelGoal, worthOf } from './worth.ts';

/** Lines of one area that are seen together: the dynamic program visits every set of them. */
const MOST_VISIBLE = 11;

export interface Entry {
  candidate: ScoredCandidate;
  worth: number;
  cost: number;
  carbon: number;
  /** Below its minimum order on this line alone: counted in the bound, not offered as a choice. */
  short: boolean;
}

export interface AreaLine {
  line: ChoiceLine;
  collections: Map<string, Entry[]>;
  all: Entry[];
}

export interface Area {
  visible: AreaLine[];
  single: boolean;
  fee: number;
}

/** One way to furnish an area. */
export interface Column {
  area: number;
  value: number;
  cost: number;
  carbon: number;
  picks: [ChoiceLine, ScoredCandidate][];
  key: string;
}

export interface Prices {
  money: number;
  carbon: number;
}

/** Null where an area is too large for the dynamic program. */
export function areasOf(
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

/** What an entry is worth at given prices. */
export function valueAt(entry: Entry, prices: Prices): number {
  return entry.worth - prices.money * entry.cost - prices.carbon * entry.carbon;
}

export function bestEntry(
  entries: readonly Entry[],
  prices: Prices,
  withShort: boolean,
): { entry: Entry; score: number } | null {
  let best: { entry: Entry; score: number } | null = null;
  for (const entry of entries) {
    if (entry.short && !withShort) continue;
    const score = valueAt(entry, prices);
    if (best === null || score > best.score) best = { entry, score };
  }
  return best;
}

/** The best choice of an area at given prices; null when a line has nothing to offer. */
export function bestOf(area: Area, index: number, prices: Prices, withShort: boolean): Found | null {
  const bestIn = (entries: readonly Entry[]) => bestEntry(entries, prices, withShort);
  if (area.single) {
    const [own] = area.visible as [AreaLine];
    const found = bestIn(own.all);
    if (mayStayOut(own) && (found === null || found.score <= 0)) return resultOf(index, 0, []);
    return found === null ? null : resultOf(index, found.score, [[own, found.entry]]);
  }
  return cover(area, index, bestIn);
}

/** Best value of serving each set of an area's lines, bit i for line i, and how. */
interface Cover {
  /** Best line by line of each collection. */
  groups: ({ entry: Entry; score: number } | null)[][];
  /** Which collection serves a set alone best. */
  by: Int32Array;
  best: Float64Array;
  /** The part of a set that one collection serves; 0 where its lowest line stays out. */
  part: Int32Array;
}

/** Lines are shared out over collections; each collection used pays the area's fee once. */
export function coverOf(
  area: Area,
  bestIn: (entries: readonly Entry[]) => { entry: Entry; score: number } | null,
): Cover {
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
  return { groups, by, best, part };
}

function cover(
  area: Area,
  index: number,
  bestIn: (entries: readonly Entry[]) => { entry: Entry; score: number } | null,
): Found | null {
  const n = area.visible.length;
  const full = (1 << n) - 1;
  const { groups, by, best, part } = coverOf(area, bestIn);
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

export function mayStayOut(own: AreaLine): boolean {
  return own.line.skippable && !own.line.locked;
}

function resultOf(area: number, score: number, picks: [AreaLine, Entry][], fee = 0): Found {
  return { score, column: columnOf(area, picks, fee), exact: picks.every(([, entry]) => !entry.short) };
}

export function columnOf(area: number, picks: readonly [AreaLine, Entry][], fee: number): Column {
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
export function neighbours(area: Area, index: number, prices: Prices): Column[] {
  const base = bestOf(area, index, prices, false);
  if (!base) return [];
  const chosen = new Map(base.column.picks.map(([line, candidate]) => [line.key, candidate]));
  const value = (entry: Entry) => valueAt(entry, prices);
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
