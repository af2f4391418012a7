// Where each product of the generated catalogue stands: its kind, size, price class, collection, sku and colours, all
// computed from its index alone.
import type { ProductInput, ProductSubcategory } from '../../../contract/catalog.ts';
import { COLLECTIONS, COLORS, type Collection, TIER_PRICE, type Tier } from './collections.ts';
import { KINDS, type Kind, type Size } from './kinds.ts';

/** A product with every field filled in. */
export type GeneratedProduct = { [K in keyof ProductInput]-?: Exclude<ProductInput[K], undefined> };

/** Where a product stands: the n-th of its kind, in a size and a collection. */
export interface Slot {
  readonly index: number;
  readonly kind: Kind;
  readonly nth: number;
  readonly size: Size;
  readonly tier: Tier;
  readonly collection: Collection;
  /** 1 for the first products of a collection, 2 when all its kinds and sizes exist and it begins anew. */
  readonly generation: number;
}

/** Kinds in the order in which they come, each `share` times, spread evenly over a round. */
const ROUND: readonly { readonly kind: Kind; readonly ordinal: number }[] = KINDS.flatMap((kind, k) =>
  Array.from({ length: kind.share }, (_, ordinal) => ({
    kind,
    ordinal,
    at: (ordinal + (k + 1) / (KINDS.length + 1)) / kind.share,
  })),
).sort((a, b) => a.at - b.at);

const PLACES = new Map<ProductSubcategory, number[]>();
for (const [position, { kind }] of ROUND.entries()) {
  PLACES.set(kind.subcategory, [...(PLACES.get(kind.subcategory) ?? []), position]);
}
const KIND_NUMBER = new Map(KINDS.map((kind, number) => [kind.subcategory, number]));
const OF_TIER = ([0, 1, 2] as const).map((tier) =>
  COLLECTIONS.filter((collection) => collection.tier === tier),
);

/** A reproducible number from 0 to 1 for one purpose of one product. */
export function chance(seed: number, index: number, purpose: string): number {
  let value = seed ^ Math.imul(index + 1, 0x9e3779b1);
  for (let i = 0; i < purpose.length; i += 1) value = Math.imul(value ^ purpose.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return ((value ^ (value >>> 16)) >>> 0) / 0x1_0000_0000;
}

export function pick<T>(from: readonly T[], at: number): T {
  return from[Math.min(from.length - 1, Math.floor(at * from.length))]!;
}

export function slotAt(index: number): Slot {
  const { kind, ordinal } = ROUND[index % ROUND.length]!;
  const nth = Math.floor(index / ROUND.length) * kind.share + ordinal;
  // Sizes and price classes take turns; where both repeat every three, each turn begins one class later.
  const turn = kind.sizes.length % 3 === 0 ? Math.floor(nth / kind.sizes.length) : 0;
  const tier = ((nth + turn) % 3) as Tier;
  const family = OF_TIER[tier]!;
  const number = KIND_NUMBER.get(kind.subcategory) ?? 0;
  return {
    index,
    kind,
    nth,
    tier,
    size: kind.sizes[nth % kind.sizes.length]!,
    collection: family[(number + Math.floor(nth / 3)) % family.length]!,
    generation: 1 + Math.floor(nth / (3 * family.length)),
  };
}

/** The n-th product of a kind, or nothing beyond the catalogue's end. */
export function slotOf(subcategory: ProductSubcategory, nth: number, count: number): Slot | undefined {
  const places = PLACES.get(subcategory);
  if (!places || nth < 0) return undefined;
  const index = Math.floor(nth / places.length) * ROUND.length + places[nth % places.length]!;
  return index < count ? slotAt(index) : undefined;
}

export function skuOf(slot: Slot): string {
  const letters = slot.kind.subcategory.replaceAll('_', '').replace(/(?<!^)[aeiou]/g, '');
  const maker = slot.collection.brand.replace(/[^A-Za-z]/g, '').slice(0, 3);
  return `${maker}-${letters.slice(0, 4)}-${String(slot.index + 1).padStart(5, '0')}`.toUpperCase();
}

/** One product in about thirty is no longer made; it names its successor. Never the first two of a kind. */
export function isDiscontinued(seed: number, slot: Slot): boolean {
  return slot.nth > 1 && chance(seed, slot.index, 'discontinued') < 0.035;
}

export function colorsOf(seed: number, slot: Slot): string[] {
  const palette = COLORS[slot.kind.palette];
  const start = Math.floor(
    chance(seed, slot.nth + slot.collection.name.length * 31, slot.collection.name) * palette.length,
  );
  const count = Math.min(palette.length, 3 + slot.tier);
  return Array.from(
    { length: count },
    (_, i) => palette[(start + i * (palette.length % 2 === 0 ? 5 : 3)) % palette.length]!,
  ).filter((color, i, all) => all.indexOf(color) === i);
}

export function listPriceOf(seed: number, slot: Slot): number {
  const spread = 0.92 + 0.16 * chance(seed, slot.index, 'price');
  return Math.round(slot.kind.usd * slot.size.factor * TIER_PRICE[slot.tier] * spread);
}

/** The nearest product of the same kind and size that is still made; the first of its kind always is. */
export function successorOf(seed: number, slot: Slot, count: number): Slot | undefined {
  const step = slot.kind.sizes.length;
  const tries = [1, 2, -1, -2].map((turn) => slot.nth + turn * step);
  for (const nth of [...tries, 0]) {
    const other = slotOf(slot.kind.subcategory, nth, count);
    if (other && other.index !== slot.index && !isDiscontinued(seed, other)) return other;
  }
  return undefined;
}
