// Every way to furnish an area that can still be part of a better whole: those whose value at the prices of money and carbon
// falls short of the area's best by no more than the gap between bound and best known. The combination of these is exact.
import {
  type Area,
  type AreaLine,
  bestEntry,
  type Column,
  columnOf,
  coverOf,
  type Entry,
  mayStayOut,
  type Prices,
  valueAt,
} from './area_choice.ts';
import { collectionOf } from './problem.ts';

/** Steps of the search and ways found in one area; beyond them the whole model is the better tool. */
const MOST_STEPS = 300_000;
const MOST_WAYS = 30_000;

export interface NearWays {
  /** Every way, minimum orders forgotten: what the bound is taken over. */
  all: Column[];
  /** Those that meet every minimum order by themselves. */
  offered: Column[];
}

/**
 * Ways within `slack` of the area's best, without those another is at least as good as in value, cost and carbon. Null where
 * there are too many of them.
 */
export function nearColumns(
  area: Area,
  index: number,
  prices: Prices,
  slack: number,
  countCarbon: boolean,
): NearWays | null {
  const search = new NearSearch(area, index, prices, slack);
  if (!search.run()) return null;
  const offered = undominated(search.offered, countCarbon);
  if (search.short.length === 0) return { all: offered, offered };
  return { all: undominated([...search.offered, ...search.short], countCarbon), offered };
}

class NearSearch {
  readonly #area: Area;
  readonly #index: number;
  readonly #prices: Prices;
  readonly #lines: { own: AreaLine; entries: Entry[]; collections: Set<string> }[];
  /** The best that the lines from each one on can still bring. */
  readonly #rest: number[];
  readonly #floor: number;
  readonly offered: Column[] = [];
  /** With a product below its minimum order on its line alone. */
  readonly short: Column[] = [];
  #steps = 0;

  constructor(area: Area, index: number, prices: Prices, slack: number) {
    this.#area = area;
    this.#index = index;
    this.#prices = prices;
    this.#lines = area.visible.map((own) => ({
      own,
      entries: [...own.all].sort((a, b) => valueAt(b, prices) - valueAt(a, prices)),
      collections: new Set(own.collections.keys()),
    }));
    this.#rest = this.#restOf();
    this.#floor = this.#rest[0]! - slack;
  }

  /** False where there is too much to search. */
  run(): boolean {
    return this.#from(0, 0, [], []);
  }

  #restOf(): number[] {
    const n = this.#lines.length;
    if (this.#area.single) {
      const best = bestEntry(this.#lines[0]!.own.all, this.#prices, true)?.score ?? Number.NEGATIVE_INFINITY;
      return [mayStayOut(this.#lines[0]!.own) ? Math.max(0, best) : best, 0];
    }
    const { best } = coverOf(this.#area, (entries) => bestEntry(entries, this.#prices, true));
    return Array.from({ length: n + 1 }, (_, i) => best[((1 << n) - 1) & ~((1 << i) - 1)]!);
  }

  /** Collections in use cost the lines still open nothing: at most a fee each is saved. */
  #hope(from: number, used: readonly string[]): number {
    const open = this.#lines.slice(from);
    const free = used.filter((name) => open.some((line) => line.collections.has(name))).length;
    return this.#rest[from]! + this.#area.fee * free;
  }

  /** False where the search is given up. */
  #from(at: number, score: number, used: readonly string[], picks: readonly [AreaLine, Entry][]): boolean {
    this.#steps += 1;
    if (this.#steps > MOST_STEPS) return false;
    const line = this.#lines[at];
    if (line === undefined) {
      const list = picks.some(([, entry]) => entry.short) ? this.short : this.offered;
      list.push(columnOf(this.#index, picks, this.#area.fee));
      return list.length <= MOST_WAYS;
    }
    const { own, entries } = line;
    if (mayStayOut(own) && score + this.#hope(at + 1, used) >= this.#floor) {
      if (!this.#from(at + 1, score, used, picks)) return false;
    }
    const after = this.#hope(at + 1, used);
    for (const entry of entries) {
      const plain = score + valueAt(entry, this.#prices);
      // The rest are worth less still; a new collection never brings more than its own fee.
      if (plain + after < this.#floor) break;
      const name = collectionOf(entry.candidate.product);
      const known = this.#area.single || used.includes(name);
      const next = known ? used : [...used, name];
      const worth = known ? plain : plain - this.#area.fee;
      if (worth + (known ? after : this.#hope(at + 1, next)) < this.#floor) continue;
      if (!this.#from(at + 1, worth, next, [...picks, [own, entry]])) return false;
    }
    return true;
  }
}

/** Cheapest first; a way stays while no cheaper one is worth as much with no more carbon. */
function undominated(columns: readonly Column[], countCarbon: boolean): Column[] {
  const sorted = [...columns].sort(
    (a, b) => a.cost - b.cost || b.value - a.value || a.carbon - b.carbon || (a.key < b.key ? -1 : 1),
  );
  const kept: Column[] = [];
  for (const column of sorted) {
    const beaten = countCarbon
      ? kept.some((one) => one.value >= column.value && one.carbon <= column.carbon)
      : kept.length > 0 && kept.at(-1)!.value >= column.value;
    if (!beaten) kept.push(column);
  }
  return kept;
}
