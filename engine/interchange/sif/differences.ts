/**
 * How an order file differs from a bill: by part number and side mark, in constant memory whatever the length of the
 * file. Both sides are compared as the dialect writes them, so that a text it cuts is no difference.
 */
import type { DIFFERENCE_KINDS, SifDialect, SifDifference } from '../../../contract/exports.ts';
import type { Bill } from '../bill.ts';
import { orderOf, type SifLine } from './lines.ts';
import type { ReadSifLine } from './read.ts';

type Kind = (typeof DIFFERENCE_KINDS)[number];

/** Pieces of one part in one place, by price. */
interface Group {
  side_mark: string | null;
  line: number | null;
  quantity: number;
  /** Price as text → pieces. */
  prices: Map<string, { list: number | null; sell: number | null; quantity: number }>;
  descriptions: Set<string>;
}

interface Part {
  /** As it stands in order files: the variant's number where the line is of a variant. */
  part: string;
  sku: string;
  bill: Map<string, Group>;
  file: Map<string, Group>;
  /** Some record of this part could not be read: nothing of it is called missing. */
  damaged: boolean;
}

export interface Comparison {
  add(line: ReadSifLine): void;
  finish(): {
    matched: number;
    counts: Record<Kind, number>;
    differences: SifDifference[];
    cut: boolean;
  };
}

export const MOST_DIFFERENCES = 5000;
/** Prices and texts remembered of one part in one place. */
const MOST_VARIETIES = 50;

export function compareWith(bill: Bill, dialect: SifDialect): Comparison {
  const parts = new Map<string, Part>();
  const order = orderOf(bill, dialect);
  for (const [i, line] of order.lines.entries()) {
    const sku = order.sources[i]?.item.sku ?? line.part;
    put(partOf(parts, line.part, sku).bill, line.side_mark, line, null);
  }
  let foreign = 0;
  let cut = false;

  return {
    add(line) {
      if (line.part === '') return;
      const known = parts.get(keyOf(line.part));
      if (known === undefined) {
        foreign += 1;
        if (foreign > MOST_DIFFERENCES) {
          cut = true;
          return;
        }
      }
      const part = known ?? partOf(parts, line.part, line.part);
      if (!line.usable) part.damaged = true;
      else if (part.file.has(line.side_mark) || part.file.size < MOST_DIFFERENCES)
        put(part.file, line.side_mark, line, line.line);
      else cut = true;
    },
    finish() {
      const found = new Findings();
      for (const part of parts.values()) comparePart(part, found);
      return { ...found.result, cut: cut || found.cut };
    },
  };
}

function keyOf(part: string): string {
  return part.toUpperCase();
}

function partOf(parts: Map<string, Part>, part: string, sku: string): Part {
  let found = parts.get(keyOf(part));
  if (found === undefined) {
    found = { part, sku, bill: new Map(), file: new Map(), damaged: false };
    parts.set(keyOf(part), found);
  }
  return found;
}

function put(groups: Map<string, Group>, side_mark: string, line: SifLine, at: number | null): void {
  let group = groups.get(side_mark);
  if (group === undefined) {
    group = { side_mark, line: at, quantity: 0, prices: new Map(), descriptions: new Set() };
    groups.set(side_mark, group);
  }
  addTo(group, line.quantity, line.list_cents, line.sell_cents);
  if (group.descriptions.size < MOST_VARIETIES) group.descriptions.add(wordsOf(line));
}

function addTo(group: Group, quantity: number, list: number | null, sell: number | null): void {
  const key = `${list}/${sell}`;
  const price = group.prices.get(key);
  group.quantity += quantity;
  if (price !== undefined) price.quantity += quantity;
  else if (group.prices.size < MOST_VARIETIES) group.prices.set(key, { list, sell, quantity });
}

/** What is ordered, in words: description, then options and attributes. */
function wordsOf({ description, options, attributes }: SifLine): string {
  return [
    description,
    ...[...options, ...attributes].map((one) => `${one.code} ${one.description}`.trim()),
  ].join('; ');
}

class Findings {
  cut = false;
  readonly result = {
    matched: 0,
    counts: { added: 0, removed: 0, quantity: 0, price: 0, description: 0 } as Record<Kind, number>,
    differences: [] as SifDifference[],
  };
  add(difference: SifDifference): void {
    this.result.counts[difference.kind] += 1;
    if (this.result.differences.length < MOST_DIFFERENCES) this.result.differences.push(difference);
    else this.cut = true;
  }
}

function comparePart(part: Part, found: Findings): void {
  // A file that gives this part no side mark at all is compared with the whole of it.
  const unmarked = part.file.size === 1 && part.file.has('') && !part.bill.has('');
  const bill = unmarked ? whole(part.bill) : part.bill;
  const file = unmarked ? whole(part.file) : part.file;
  for (const [mark, wanted] of bill) {
    const given = file.get(mark);
    if (given !== undefined) compareGroup(part, wanted, given, found);
    else if (!part.damaged)
      found.add({
        ...base(part, wanted),
        kind: 'removed',
        before: wanted.quantity,
        after: null,
        detail: `${pieces(wanted.quantity)} of ${part.sku}${placeOf(wanted)} ${wanted.quantity === 1 ? 'is' : 'are'} not in the file.`,
      });
  }
  for (const [mark, given] of file) {
    if (bill.has(mark)) continue;
    found.add({
      ...base(part, given),
      kind: 'added',
      before: null,
      after: given.quantity,
      detail: `${pieces(given.quantity)} of ${part.sku}${placeOf(given)}, ${[...given.descriptions][0] ?? ''}: not in the bill.`,
    });
  }
}

function compareGroup(part: Part, wanted: Group, given: Group, found: Findings): void {
  const { sku } = part;
  const before = found.result.counts.quantity + found.result.counts.price + found.result.counts.description;
  if (wanted.quantity !== given.quantity)
    found.add({
      ...base(part, given),
      side_mark: wanted.side_mark,
      kind: 'quantity',
      before: wanted.quantity,
      after: given.quantity,
      detail: `${sku}${placeOf(wanted)}: ${wanted.quantity} in the bill, ${given.quantity} in the file.`,
    });
  const prices = pricesOf(wanted, given);
  if (prices !== undefined)
    found.add({
      ...base(part, given),
      side_mark: wanted.side_mark,
      kind: 'price',
      before: prices.before,
      after: prices.after,
      detail: `${sku}${placeOf(wanted)}: ${prices.what} ${prices.before} in the bill, ${prices.after} in the file.`,
    });
  const words = [joined(wanted.descriptions), joined(given.descriptions)] as const;
  if (words[0] !== words[1])
    found.add({
      ...base(part, given),
      side_mark: wanted.side_mark,
      kind: 'description',
      before: words[0].slice(0, 1000),
      after: words[1].slice(0, 1000),
      detail: `${sku}${placeOf(wanted)} is described otherwise in the file.`,
    });
  const after = found.result.counts.quantity + found.result.counts.price + found.result.counts.description;
  if (before === after) found.result.matched += 1;
}

/** The first price that differs: of the sell prices where the file gives them, else of the list prices. */
function pricesOf(
  wanted: Group,
  given: Group,
): { what: string; before: string | number; after: string | number } | undefined {
  for (const which of ['sell', 'list'] as const) {
    const what = `${which} price`;
    const ours = sharesBy(wanted, which);
    const theirs = sharesBy(given, which);
    if (theirs.has('')) continue;
    // Which pieces have which price matters only where their number is the same.
    const same =
      wanted.quantity === given.quantity
        ? asText(ours) === asText(theirs)
        : [...ours.keys()].sort().join() === [...theirs.keys()].sort().join();
    if (!same) return { what, before: shown(ours), after: shown(theirs) };
  }
  return undefined;
}

/** Pieces by price, the price as text; '' where the file gives none. */
function sharesBy(group: Group, which: 'sell' | 'list'): Map<string, number> {
  const shares = new Map<string, number>();
  for (const one of group.prices.values()) {
    const cents = one[which];
    const key = cents === null ? '' : (cents / 100).toFixed(2);
    shares.set(key, (shares.get(key) ?? 0) + one.quantity);
  }
  return shares;
}

function asText(shares: Map<string, number>): string {
  return [...shares]
    .map(([price, quantity]) => `${price}×${quantity}`)
    .sort()
    .join();
}

function shown(shares: Map<string, number>): string | number {
  const [first, ...rest] = [...shares];
  if (first === undefined) return 0;
  return rest.length === 0 ? Number(first[0]) : [...shares].map(([price, n]) => `${n} × ${price}`).join(', ');
}

function base({ part, sku }: Part, group: Group) {
  const sells = new Set([...group.prices.values()].map((one) => one.sell ?? one.list));
  const [only] = sells;
  return {
    part,
    sku,
    side_mark: group.side_mark,
    line: group.line,
    unit_price: sells.size === 1 && only !== null && only !== undefined ? only / 100 : null,
  };
}

function whole(groups: Map<string, Group>): Map<string, Group> {
  const all: Group = { side_mark: null, line: null, quantity: 0, prices: new Map(), descriptions: new Set() };
  for (const group of groups.values()) {
    all.line ??= group.line;
    for (const price of group.prices.values()) addTo(all, price.quantity, price.list, price.sell);
    for (const words of group.descriptions) all.descriptions.add(words);
  }
  return groups.size === 0 ? new Map() : new Map([['', all]]);
}

function joined(words: Set<string>): string {
  return [...words].sort().join(' | ');
}

function placeOf({ side_mark }: Group): string {
  return side_mark === null || side_mark === '' ? '' : ` for ${side_mark}`;
}

function pieces(count: number): string {
  return count === 1 ? '1 piece' : `${count} pieces`;
}
