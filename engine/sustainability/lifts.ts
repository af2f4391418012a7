/**
 * Which swaps would bring a credit over its threshold: one line after the other, always the swap that brings it furthest,
 * the cheaper of equals; until it is reached or nothing helps.
 */
import type { CreditResult } from '../../contract/sustainability.ts';
import {
  type CostShareRule,
  type CreditItem,
  type CreditRule,
  countedCents,
  creditFor,
  type ProductCountRule,
} from './credits.ts';

export interface LiftLine {
  key: string;
  item: CreditItem;
  /** What could stand in its place, at the cost of the whole line. */
  options: readonly CreditItem[];
}

export interface Lift {
  key: string;
  option: CreditItem;
  /** Whole line, positive when the swap costs more. */
  cost_diff_cents: number;
  /** The credit's share of its threshold once this and the swaps before are made, 0 to 1. */
  reached: number;
}

const MOST = 25;

export function liftsFor(
  rule: CreditRule,
  lines: readonly LiftLine[],
): { before: CreditResult; after: CreditResult; lifts: Lift[] } {
  let items = lines.map((line) => line.item);
  const before = creditFor(rule, items);
  const tally = rule.kind === 'cost_share' ? new CostTally(rule, items) : new ProductTally(rule, items);
  const open = new Set(lines.keys());
  const lifts: Lift[] = [];
  while (tally.nearness() < 1 && lifts.length < MOST) {
    const best = bestSwap(lines, open, tally);
    if (best === null) break;
    const line = lines[best.at]!;
    tally.swap(line.item, best.option);
    items = items.with(best.at, best.option);
    open.delete(best.at);
    lifts.push({
      key: line.key,
      option: best.option,
      cost_diff_cents: best.option.cost_cents - line.item.cost_cents,
      reached: tally.nearness(),
    });
  }
  return { before, after: creditFor(rule, items), lifts };
}

function bestSwap(
  lines: readonly LiftLine[],
  open: ReadonlySet<number>,
  tally: Tally,
): { at: number; option: CreditItem } | null {
  const now = tally.nearness();
  let best: { at: number; option: CreditItem; near: number; cost: number } | null = null;
  for (const at of open) {
    const line = lines[at]!;
    for (const option of line.options) {
      const near = tally.nearness(line.item, option);
      const cost = option.cost_cents - line.item.cost_cents;
      if (near <= now + 1e-9) continue;
      if (best && (near < best.near - 1e-9 || (near <= best.near + 1e-9 && cost >= best.cost))) continue;
      best = { at, option, near, cost };
    }
  }
  return best;
}

/** Mean over a rule's measures of how much of its threshold each reaches, 0 to 1; also as it would be after a swap. */
interface Tally {
  nearness(from?: CreditItem, to?: CreditItem): number;
  swap(from: CreditItem, to: CreditItem): void;
}

class CostTally implements Tally {
  readonly #rule: CostShareRule;
  readonly #counted = new Map<CreditItem, number>();
  #total: number;
  #sum: number;

  constructor(rule: CostShareRule, items: readonly CreditItem[]) {
    this.#rule = rule;
    this.#total = items.reduce((a, item) => a + item.cost_cents, 0);
    this.#sum = items.reduce((a, item) => a + this.#of(item), 0);
  }

  #of(item: CreditItem): number {
    const known = this.#counted.get(item);
    if (known !== undefined) return known;
    const counted = countedCents(this.#rule, item);
    this.#counted.set(item, counted);
    return counted;
  }

  nearness(from?: CreditItem, to?: CreditItem): number {
    const total = this.#total + (to?.cost_cents ?? 0) - (from?.cost_cents ?? 0);
    const sum = this.#sum + (to ? this.#of(to) : 0) - (from ? this.#of(from) : 0);
    if (total <= 0) return 0;
    return Math.min(1, (100 * Math.min(sum, total)) / (this.#rule.threshold_pct * total));
  }

  swap(from: CreditItem, to: CreditItem): void {
    this.#total += to.cost_cents - from.cost_cents;
    this.#sum += this.#of(to) - this.#of(from);
  }
}

class ProductTally implements Tally {
  readonly #rule: ProductCountRule;
  readonly #products = new Map<string, number>();
  readonly #makers = new Map<string, number>();

  constructor(rule: ProductCountRule, items: readonly CreditItem[]) {
    this.#rule = rule;
    for (const item of items) this.#count(item, 1);
  }

  #count(item: CreditItem, by: 1 | -1): void {
    if (!item.certifications.some(this.#rule.holds)) return;
    const maker = item.manufacturer.trim().toLowerCase();
    add(this.#products, item.product_id, by);
    if (maker !== '') add(this.#makers, maker, by);
  }

  nearness(from?: CreditItem, to?: CreditItem): number {
    if (from && to) {
      this.swap(from, to);
      const near = this.nearness();
      this.swap(to, from);
      return near;
    }
    const { products, manufacturers } = this.#rule;
    const share = (held: number, wanted: number) => Math.min(1, held / wanted);
    return (share(this.#products.size, products) + share(this.#makers.size, manufacturers)) / 2;
  }

  swap(from: CreditItem, to: CreditItem): void {
    this.#count(from, -1);
    this.#count(to, 1);
  }
}

function add(counts: Map<string, number>, key: string, by: number): void {
  const next = (counts.get(key) ?? 0) + by;
  if (next === 0) counts.delete(key);
  else counts.set(key, next);
}
