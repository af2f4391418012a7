// A deterministic generator of a fictional catalogue: same seed and count, same products, in the same order, whatever
// the count. Each product is computed from its index alone, so that 100,000 stream without being held in memory.
import type {
  ProductInput,
  ProductRelationshipInput,
  ProductVariantInput,
} from '../../../contract/catalog.ts';
import { DEALER_SHARE, TIER_LEAD } from './collections.ts';
import type { Kind, Size } from './kinds.ts';
import { relationshipsOf } from './relationships.ts';
import {
  chance,
  colorsOf,
  type GeneratedProduct,
  isDiscontinued,
  listPriceOf,
  pick,
  type Slot,
  skuOf,
  slotAt,
  successorOf,
} from './slots.ts';
import { variantsOf } from './variants.ts';

export interface GeneratedItem {
  readonly product: GeneratedProduct;
  readonly variants: readonly ProductVariantInput[];
  readonly relationships: readonly ProductRelationshipInput[];
}

export interface GeneratorOptions {
  readonly seed?: number;
  readonly count?: number;
}

/** Two rounds of all kinds: every subcategory in at least four products of different price and size. */
export const DEFAULT_COUNT = 500;

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

function productOf(seed: number, slot: Slot, count: number): GeneratedProduct {
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
