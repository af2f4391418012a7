// A deterministic generator of a fictional catalogue: same seed and count, same products, in the same order, whatever
// the count. Each product is computed from its index alone, so that 100,000 stream without being held in memory.
import type {
  ProductInput,
  ProductRelationshipInput,
  ProductSubcategory,
  ProductVariantInput,
} from '../../../contract/catalog.ts';
import {
  COLLECTIONS,
  COLORS,
  type Collection,
  DEALER_SHARE,
  TIER_LEAD,
  TIER_PRICE,
  type Tier,
} from './collections.ts';
import { KINDS, type Kind, type Size } from './kinds.ts';
import { relationshipsOf } from './relationships.ts';
import { variantsOf } from './variants.ts';

export interface GeneratedItem {
  readonly product: Required<ProductInput>;
  readonly variants: readonly ProductVariantInput[];
  readonly relationships: readonly ProductRelationshipInput[];
}

export interface GeneratorOptions {
  readonly seed?: number;
  readonly count?: number;
}

/** Two rounds of all kinds: every subcategory in at least four products of different price and size. */
export const DEFAULT_COUNT = 500;

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

function titled(text: string): string {
  return text.replace(
    /(^|[\s-])([a-zé])/g,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );
}

/** What tells two sizes of one collection apart: footprint of tables, width of cases, a word for chairs. */
function sizeWords(kind: Kind, size: Size): string {
  const [width, depth] = size.inches;
  if (kind.category === 'seating' || kind.subcategory === 'conference_chair') {
    return size.factor > 1 ? ' Plus' : size.factor < 1 ? ' Compact' : '';
  }
  if (['desks', 'tables', 'conference'].includes(kind.category)) return `, ${width} × ${depth} in`;
  return kind.sizes.length > 1 ? `, ${width} in` : '';
}

function nameOf(slot: Slot): string {
  const { kind, collection, generation } = slot;
  const noun = kind.nouns[slot.nth % kind.nouns.length]!;
  const series = generation > 1 ? ` ${generation}` : '';
  return `${collection.name}${series} ${titled(noun)}${sizeWords(kind, slot.size)}`;
}

function certificationsOf(seed: number, slot: Slot): string[] {
  const draw = (purpose: string): number => chance(seed, slot.index, purpose);
  const found = [`BIFMA LEVEL ${Math.min(3, 1 + slot.tier + (draw('level') > 0.7 ? 1 : 0))}`];
  if (slot.kind.category === 'accessories' && draw('small') < 0.5) found.pop();
  if (draw('greenguard') < 0.45 + 0.2 * slot.tier) found.push('GREENGUARD Gold');
  if (draw('scs') < 0.2 + 0.1 * slot.tier) found.push('SCS Indoor Advantage Gold');
  if (draw('epd') < 0.12 + 0.1 * slot.tier) found.push('EPD');
  if (draw('hpd') < 0.1 + 0.08 * slot.tier) found.push('HPD');
  if (draw('declare') < 0.08 + 0.07 * slot.tier) found.push('Declare');
  if (slot.kind.palette === 'wood' && draw('fsc') < 0.4) found.push('FSC');
  return found;
}

/** Score 0–100: recyclable share 35, recycled content 30 (full at 60 %), certificates 20 (full at four), carbon 15. */
function sustainabilityOf(seed: number, slot: Slot): NonNullable<ProductInput['sustainability']> {
  const draw = (purpose: string): number => chance(seed, slot.index, purpose);
  const certifications = certificationsOf(seed, slot);
  const green = slot.collection.style === 'biophilic' ? 8 : 0;
  const recycled = Math.round(8 + 42 * draw('recycled') + green + (slot.kind.palette === 'felt' ? 18 : 0));
  const recyclable = Math.min(99, Math.round(48 + 45 * draw('recyclable') + green));
  const [low, high] = slot.kind.kg;
  const position = draw('carbon');
  const score =
    0.35 * recyclable +
    0.3 * Math.min(100, recycled / 0.6) +
    5 * Math.min(4, certifications.length) +
    15 * (1 - position);
  const known = {
    score: Math.round(score),
    certifications,
    recycled_content_pct: recycled,
    recyclable_pct: recyclable,
  };
  if (!certifications.includes('EPD') && draw('unknown') < 0.05) return { ...known, data_quality: 'missing' };
  const carbon = Math.round((low + (high - low) * position) * slot.size.factor * 10) / 10;
  return {
    ...known,
    carbon_footprint_kg: carbon,
    data_quality: certifications.includes('EPD') ? 'measured_epd' : 'category_average',
  };
}

function specificationsOf(seed: number, slot: Slot): NonNullable<ProductInput['specifications']> {
  const { kind, size } = slot;
  const [width_in, depth_in, height_in] = size.inches;
  const seats =
    kind.category === 'seating' || kind.subcategory === 'conference_chair'
      ? Math.max(1, size.count)
      : size.count;
  const compartments = kind.category === 'storage' || kind.subcategory === 'recycling_station';
  const desks = kind.category === 'desks' && kind.subcategory !== 'reception_desk';
  return {
    dimensions: { width_in, depth_in, height_in },
    weight_lbs: Math.round(kind.lbs * size.factor * (0.95 + 0.1 * chance(seed, slot.index, 'weight'))),
    ...(kind.holds_lbs > 0
      ? { weight_capacity_lbs: Math.round((kind.holds_lbs * (slot.tier === 2 ? 1.1 : 1)) / 5) * 5 }
      : {}),
    ...(compartments && size.count > 0 ? { compartments: size.count } : {}),
    ...(!compartments && (seats > 0 || desks) ? { seats: Math.max(1, seats) } : {}),
    materials: [...kind.materials],
    colors_available: colorsOf(seed, slot),
    features: [...kind.features],
    style: slot.collection.style,
  };
}

const STYLE_WORDS: Readonly<Record<string, string>> = {
  modern: 'Clean modern lines',
  minimalist: 'A reduced, minimalist form',
  industrial: 'An honest industrial look with visible steel',
  traditional: 'Classic proportions and traditional details',
  scandinavian: 'Light Scandinavian wood tones and soft edges',
  biophilic: 'Natural materials and shapes borrowed from plants',
  playful: 'Playful shapes and cheerful colours',
  executive: 'Refined materials for rooms that represent the company',
};

function descriptionOf(seed: number, slot: Slot): string {
  const { kind, size, collection } = slot;
  const [width, depth, height] = size.inches;
  const seatsWord = kind.category === 'storage' ? 'compartments' : 'people';
  const served = size.count > 1 ? ` For ${size.count} ${seatsWord}.` : '';
  return (
    `${kind.text} ${STYLE_WORDS[collection.style] ?? ''}, in ${kind.materials.slice(0, 3).join(', ')}; ` +
    `${kind.features.slice(0, 3).join(', ')}.${served} ${width} in wide, ${depth} in deep, ${height} in high. ` +
    `Comes in ${colorsOf(seed, slot).join(', ')}.`
  );
}

/** Working days; economy lines that are in stock leave as quick-ship in ten days or less. */
function leadTimeOf(seed: number, slot: Slot): { in_stock: boolean; lead_time_days: number } {
  const in_stock = chance(seed, slot.index, 'stock') < [0.85, 0.6, 0.3][slot.tier]!;
  const usual = Math.round(
    slot.kind.lead_days * TIER_LEAD[slot.tier] * (0.85 + 0.3 * chance(seed, slot.index, 'lead')),
  );
  return { in_stock, lead_time_days: in_stock && slot.tier === 0 ? Math.min(10, usual) : Math.max(5, usual) };
}

function tagsOf(slot: Slot, quick: boolean): string[] {
  return [...new Set([...slot.kind.tags, slot.collection.style, ...(quick ? ['quick-ship'] : [])])];
}

function productOf(seed: number, slot: Slot, count: number): Required<ProductInput> {
  const { kind, collection } = slot;
  const list_price = listPriceOf(seed, slot);
  const discontinued = isDiscontinued(seed, slot);
  const lead = leadTimeOf(seed, slot);
  const successor = discontinued ? successorOf(seed, slot, count) : undefined;
  const small = kind.category === 'accessories' || kind.subcategory === 'acoustic_panel';
  return {
    sku: skuOf(slot),
    name: nameOf(slot),
    description: descriptionOf(seed, slot),
    category: kind.category,
    subcategory: kind.subcategory,
    brand: collection.brand,
    manufacturer: collection.brand,
    collection: slot.generation > 1 ? `${collection.name} ${slot.generation}` : collection.name,
    list_price,
    dealer_price: Math.round(list_price * (DEALER_SHARE[collection.brand] ?? 0.5) * 100) / 100,
    msrp: list_price,
    currency: 'USD',
    specifications: specificationsOf(seed, slot),
    sustainability: sustainabilityOf(seed, slot),
    in_stock: lead.in_stock && !discontinued,
    lead_time_days: lead.lead_time_days,
    moq: small
      ? pick([1, 1, 2, 4], chance(seed, slot.index, 'moq'))
      : kind.subcategory === 'stacking_chair'
        ? 4
        : 1,
    images: [],
    model_3d_url: null,
    ar_asset_url: null,
    tags: tagsOf(slot, lead.in_stock && lead.lead_time_days <= 10),
    status: discontinued ? 'discontinued' : 'active',
    successor_sku: successor ? skuOf(successor) : null,
  };
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

/** Products with variants and relationships; relationships only name skus of the same catalogue. */
export function* generateCatalog(options: GeneratorOptions = {}): Iterable<GeneratedItem> {
  const seed = options.seed ?? 1;
  const count = options.count ?? DEFAULT_COUNT;
  for (let index = 0; index < count; index += 1) {
    const slot = slotAt(index);
    const product = productOf(seed, slot, count);
    yield {
      product,
      variants: variantsOf(seed, slot, product),
      relationships: relationshipsOf(seed, slot, count),
    };
  }
}
