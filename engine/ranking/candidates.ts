/**
 * Which products can meet a need: by subcategory, or category and keywords where the catalogue has none; by required
 * features, size and the project's limits. Each filter says how many products it leaves, so that an empty answer explains itself.
 */
import { PRODUCT_SUBCATEGORIES } from '../../contract/catalog.ts';
import type { CandidateProduct, LimitKind } from '../../contract/choice.ts';
import type { Need } from '../../contract/needs.ts';
import { FEATURE_WORDS } from './words.data.ts';

/** Limits that no choice may break. Null or absent: no limit. */
export interface ChoiceLimits {
  /** Furniture total in cents, sell prices, before freight and other lines. */
  max_total_cents?: number | null | undefined;
  max_carbon_kg?: number | null | undefined;
  max_lead_time_days?: number | null | undefined;
  /** Only these brands, compared without case. */
  allowed_brands?: readonly string[] | null | undefined;
  /** Every product must hold each of these. "BIFMA LEVEL 2" is also met by a higher level. */
  required_certifications?: readonly string[] | null | undefined;
  in_stock_only?: boolean | undefined;
}

/** A product with its words read once. */
export interface PreparedProduct {
  product: CandidateProduct;
  /** Name, subcategory, category, tags, features: what proves a feature. */
  facts: string;
  /** The facts and materials, colours and description: what shows a style. */
  text: string;
}

export interface CandidateSearch {
  /** Products left after each step, in order; the first is what the need selects in the catalogue. */
  steps: { kind: LimitKind | 'select'; left: number; limit: string }[];
  products: PreparedProduct[];
}

const KNOWN_SUBCATEGORIES: ReadonlySet<string> = new Set<string>(Object.values(PRODUCT_SUBCATEGORIES).flat());
const KNOWN_CATEGORIES: ReadonlySet<string> = new Set(Object.keys(PRODUCT_SUBCATEGORIES));

export class CandidateIndex {
  readonly #bySubcategory = new Map<string, PreparedProduct[]>();
  readonly #loose: PreparedProduct[] = [];
  readonly #all: PreparedProduct[];

  constructor(products: readonly CandidateProduct[]) {
    const inOrder = [...products].sort((a, b) => (a.sku < b.sku ? -1 : a.sku > b.sku ? 1 : 0));
    this.#all = inOrder.map(prepare);
    for (const prepared of this.#all) {
      const subcategory = prepared.product.subcategory ?? '';
      if (KNOWN_SUBCATEGORIES.has(subcategory)) {
        const list = this.#bySubcategory.get(subcategory) ?? [];
        list.push(prepared);
        this.#bySubcategory.set(subcategory, list);
      } else this.#loose.push(prepared);
    }
  }

  /** What the need selects, before any limit. Falls back to keywords over the whole catalogue when nothing else is found. */
  select(need: Need): PreparedProduct[] {
    const exact = need.select.subcategories.flatMap((name) => this.#bySubcategory.get(name) ?? []);
    const loose = this.#loose.filter((prepared) => matchesLoosely(prepared, need));
    const found = [...exact, ...loose];
    if (found.length > 0) return found;
    return this.#all.filter((prepared) => matchesLoosely(prepared, need));
  }

  byId(id: string): PreparedProduct | undefined {
    return this.#all.find((prepared) => prepared.product.id === id);
  }
}

/** Selection, then features and size of the need, then the project's limits, each step counted. */
export function candidatesFor(
  index: CandidateIndex,
  need: Need,
  limits: ChoiceLimits,
  rejected: ReadonlySet<string> = new Set(),
): CandidateSearch {
  let products = index.select(need).filter((prepared) => !rejected.has(prepared.product.id));
  const steps: CandidateSearch['steps'] = [{ kind: 'select', left: products.length, limit: need.label }];
  const narrow = (kind: LimitKind, limit: string, keep: (prepared: PreparedProduct) => boolean) => {
    products = products.filter(keep);
    steps.push({ kind, left: products.length, limit });
  };
  for (const feature of need.requires) narrow('feature', feature, (p) => hasFeature(p, feature));
  narrow('size', sizeText(need), (p) => fitsSize(p.product, need));
  for (const [kind, limit, keep] of limitTests(limits)) narrow(kind, limit, (p) => keep(p.product));
  if (need.one_piece) {
    const whole = products.filter((p) => piecesFor(need, p.product) === need.groups);
    if (whole.length > 0) narrow('size', 'one piece for the room', (p) => whole.includes(p));
  }
  return { steps, products };
}

/** The tests of single products that the limits amount to; budget and carbon bind the whole choice and are not here. */
export function limitTests(
  limits: ChoiceLimits,
): [LimitKind, string, (product: CandidateProduct) => boolean][] {
  const tests: [LimitKind, string, (product: CandidateProduct) => boolean][] = [];
  const days = limits.max_lead_time_days;
  if (days !== null && days !== undefined) {
    tests.push(['lead_time', `${days} days`, (product) => product.lead_time_days <= days]);
  }
  if (limits.allowed_brands && limits.allowed_brands.length > 0) {
    const allowed = new Set(limits.allowed_brands.map((brand) => brand.toLowerCase()));
    tests.push([
      'brands',
      limits.allowed_brands.join(', '),
      (product) => allowed.has((product.brand ?? '').toLowerCase()),
    ]);
  }
  for (const certification of limits.required_certifications ?? []) {
    tests.push(['certification', certification, (product) => holds(product, certification)]);
  }
  if (limits.in_stock_only) tests.push(['stock', 'in stock', (product) => product.in_stock]);
  return tests;
}

/** Whether a product holds a certification; a higher BIFMA level includes the lower ones. */
export function holds(product: CandidateProduct, certification: string): boolean {
  const own = product.sustainability.certifications ?? [];
  const level = bifmaLevel(certification);
  if (level > 0) return own.some((name) => bifmaLevel(name) >= level);
  const wanted = certification.toLowerCase();
  return own.some((name) => name.toLowerCase() === wanted || name.toLowerCase().startsWith(`${wanted} `));
}

/** 1–4 of "BIFMA LEVEL 3", 0 for anything else. */
export function bifmaLevel(certification: string): number {
  const match = /bifma\s+level[\s®]*([1-4])/i.exec(certification);
  return match ? Number(match[1]) : 0;
}

export function hasFeature(prepared: PreparedProduct, feature: string): boolean {
  if (feature === 'height_adjustable' && prepared.product.subcategory === 'height_adjustable_desk')
    return true;
  const words = FEATURE_WORDS[feature] ?? [feature.replaceAll('_', ' ')];
  return words.some((word) => prepared.facts.includes(` ${word} `));
}

/** People one piece serves in the measure of a need; from its stated seats, else from its size. */
export function placesOf(product: CandidateProduct, need: Pick<Need, 'measure' | 'role'>): number {
  if (need.measure === 'each') return 1;
  if (need.measure === 'compartments') return Math.max(1, product.specifications.compartments ?? 1);
  const stated = product.specifications.seats;
  if (stated !== undefined) return Math.max(1, stated);
  const { width_in: width, depth_in: depth } = product.specifications.dimensions ?? {};
  if (width === undefined || product.category === 'desks') return 1;
  if (product.category === 'lounge' || product.category === 'seating')
    return Math.max(1, Math.floor(width / 26));
  return tablePlaces(width, depth ?? width);
}

/** Places at a table, 30 in each: around a round or square one, along the sides and at the ends of a long one. */
export function tablePlaces(width: number, depth: number): number {
  const [long, short] = width >= depth ? [width, depth] : [depth, width];
  if (long - short <= 6) return Math.max(2, Math.floor((Math.PI * long) / 30 / 1.1));
  return Math.max(2, 2 * Math.floor(long / 30) + (short >= 30 ? 2 : 0));
}

/** Pieces to order for a need. */
export function piecesFor(need: Need, product: CandidateProduct): number {
  const places = placesOf(product, need);
  const perGroup = need.quantity / need.groups;
  return need.groups * Math.max(1, Math.ceil(perGroup / places - 1e-9));
}

function fitsSize(product: CandidateProduct, need: Need): boolean {
  const { width_in: width, depth_in: depth } = product.specifications.dimensions ?? {};
  const { min_width_in: minimum, max_width_in: maxWidth, max_depth_in: maxDepth } = need.sizing;
  if (width === undefined) return true;
  const places = need.measure === 'seats' && product.category === 'desks' ? placesOf(product, need) : 1;
  const rows = places >= 4 && places % 2 === 0 ? 2 : 1;
  if (minimum !== null && (width * rows) / places < minimum) return false;
  const within = (w: number, d: number) =>
    (maxWidth === null || w <= maxWidth) && (maxDepth === null || d <= maxDepth);
  const deep = depth ?? 0;
  return within(width, deep) || within(deep, width);
}

function sizeText(need: Need): string {
  const { min_width_in: min, max_width_in: max, max_depth_in: depth } = need.sizing;
  const parts = [
    min === null ? '' : `at least ${min} in wide`,
    max === null ? '' : `at most ${max} in wide`,
    depth === null ? '' : `at most ${depth} in deep`,
  ];
  return parts.filter(Boolean).join(', ') || 'any size';
}

function matchesLoosely(prepared: PreparedProduct, need: Need): boolean {
  const { category } = prepared.product;
  if (KNOWN_CATEGORIES.has(category) && !need.select.categories.includes(category)) return false;
  return need.select.keywords.some((word) => prepared.facts.includes(` ${normalized(word)} `));
}

function prepare(product: CandidateProduct): PreparedProduct {
  const specs = product.specifications;
  const facts = [
    product.name,
    product.category,
    product.subcategory,
    ...(product.tags ?? []),
    ...(specs.features ?? []),
  ];
  const looks = [
    ...(specs.materials ?? []),
    ...(specs.colors_available ?? []),
    product.description,
    product.collection,
  ];
  const joined = (parts: (string | null | undefined)[]) =>
    ` ${parts.map((part) => normalized(part ?? '')).join(' ')} `;
  const factText = joined(facts);
  return { product, facts: factText, text: factText + joined(looks) };
}

/** Lower case words parted by single spaces; underscores, dashes and punctuation part words. */
export function normalized(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9à-ÿ]+/g, ' ')
    .trim();
}
