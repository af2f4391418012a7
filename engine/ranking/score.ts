/**
 * The value of a product for a need, 0 to 1, before price and company: quality, fit with brief and style, learned
 * preference, delivery and environment. Each part is kept, so that reasons quote measured facts.
 */
import type { Brief } from '../../contract/brief.ts';
import type { CandidateProduct } from '../../contract/choice.ts';
import type { Need } from '../../contract/needs.ts';
import type { LearnedRanking } from '../learning/model.ts';
import { type LearnedPreference, preferencesOf } from '../learning/preference.ts';
import { carbonOf } from '../sustainability/carbon.ts';
import {
  bifmaLevel,
  hasFeature,
  normalized,
  type PreparedProduct,
  piecesFor,
  placesOf,
} from './candidates.ts';
import { STYLE_WORDS, WISH_FEATURES } from './words.data.ts';

/** Weights of the parts; they are brought to a sum of 1. */
export interface ValueWeights {
  quality: number;
  fit: number;
  preference: number;
  delivery: number;
  environment: number;
}

export const DEFAULT_WEIGHTS: ValueWeights = {
  quality: 0.38,
  fit: 0.34,
  preference: 0.1,
  delivery: 0.08,
  environment: 0.1,
};

/** The environment's weight by the brief's sustainability priority. */
const ENVIRONMENT_BY_PRIORITY = { low: 0.04, medium: 0.14, high: 0.3 } as const;

export interface ValueParts {
  quality: number;
  fit: number;
  preference: number;
  delivery: number;
  environment: number;
  value: number;
  /** The value without the preference, on the same scale, and the place it would give. */
  fixed: number;
  fixed_rank: number;
  /** What was learned of the product; null under the fixed ranking. */
  learned: LearnedPreference | null;
  /** What the product has of what was wished, in words. */
  matched: string[];
  /** Share of the facts that the scores rest on which the product actually states, 0 to 1. */
  known: number;
}

export interface ScoredCandidate {
  prepared: PreparedProduct;
  product: CandidateProduct;
  pieces: number;
  cost_cents: number;
  /** For the whole line; the catalogue's figure, the average of its kind, or null. */
  carbon_kg: number | null;
  parts: ValueParts;
}

export interface ScoreContext {
  brief: Brief;
  weights?: Partial<ValueWeights> | undefined;
  /** The organization's ranking; it gives the preference and its weight. */
  learned?: LearnedRanking | undefined;
}

/**
 * Scores of all candidates of a need, best value first, ties by price and sku. `members` are the needs that the line
 * stands for when several rooms share one choice; pieces are counted for each.
 */
export function scoreCandidates(
  need: Need,
  products: readonly PreparedProduct[],
  context: ScoreContext,
  members: readonly Need[] = [need],
): ScoredCandidate[] {
  const weights = weightsFor(context);
  const field = fieldOf(products);
  const scored = products.map((prepared) => {
    const { product } = prepared;
    const pieces = members.reduce((total, member) => total + piecesFor(member, product), 0);
    const carbon = carbonOf(product).kg;
    return {
      prepared,
      product,
      pieces,
      cost_cents: pieces * product.unit_price_cents,
      carbon_kg: carbon === null ? null : carbon * pieces,
      parts: partsOf(need, prepared, pieces, field, context.brief, weights),
    };
  });
  if (context.learned) addLearned(context.learned, scored, weights.preference);
  ranked(scored, (parts) => parts.fixed).forEach((candidate, index) => {
    candidate.parts.fixed_rank = index + 1;
  });
  return ranked(scored, (parts) => parts.value);
}

function ranked(scored: readonly ScoredCandidate[], by: (parts: ValueParts) => number): ScoredCandidate[] {
  return [...scored].sort(
    (a, b) =>
      by(b.parts) - by(a.parts) || a.cost_cents - b.cost_cents || (a.product.sku < b.product.sku ? -1 : 1),
  );
}

/** Puts what was learned in the place of the neutral preference. */
function addLearned(learned: LearnedRanking, scored: readonly ScoredCandidate[], weight: number): void {
  const found = preferencesOf(learned, scored);
  for (const [index, { parts }] of scored.entries()) {
    parts.learned = found[index]!;
    parts.preference = (parts.learned.preference + 1) / 2;
    parts.value = (1 - weight) * parts.fixed + weight * parts.preference;
  }
}

export function weightsFor(context: ScoreContext): ValueWeights {
  const priority = context.brief.preferences?.sustainability_priority;
  const raw = {
    ...DEFAULT_WEIGHTS,
    ...(priority ? { environment: ENVIRONMENT_BY_PRIORITY[priority] } : {}),
    ...(context.learned ? { preference: context.learned.weight } : {}),
    ...context.weights,
  };
  const total = raw.quality + raw.fit + raw.preference + raw.delivery + raw.environment;
  if (!(total > 0)) throw new RangeError('At least one weight of the value must be above zero.');
  return {
    quality: raw.quality / total,
    fit: raw.fit / total,
    preference: raw.preference / total,
    delivery: raw.delivery / total,
    environment: raw.environment / total,
  };
}

/** What the candidates of one need span: prices, features, carbon. */
interface Field {
  /** List prices in ascending order, for the price tier. */
  prices: number[];
  most_features: number;
  most_capacity: number;
  carbon_low: number;
  carbon_high: number;
}

function fieldOf(products: readonly PreparedProduct[]): Field {
  const carbon = products.map((p) => carbonOf(p.product).kg).filter((kg) => kg !== null);
  return {
    prices: products.map((p) => p.product.list_price_cents).sort((a, b) => a - b),
    most_features: Math.max(1, ...products.map((p) => p.product.specifications.features?.length ?? 0)),
    most_capacity: Math.max(1, ...products.map((p) => p.product.specifications.weight_capacity_lbs ?? 0)),
    carbon_low: Math.min(...carbon),
    carbon_high: Math.max(...carbon),
  };
}

function partsOf(
  need: Need,
  prepared: PreparedProduct,
  pieces: number,
  field: Field,
  brief: Brief,
  weights: ValueWeights,
): ValueParts {
  const { product } = prepared;
  const quality = qualityOf(product, field);
  const fit = fitOf(need, prepared, pieces, brief);
  const environment = environmentOf(product, field);
  const delivery = 0.7 * (1 / (1 + product.lead_time_days / 28)) + 0.3 * (product.in_stock ? 1 : 0);
  const preference = ((product.preference ?? 0) + 1) / 2;
  const others =
    weights.quality * quality.score +
    weights.fit * fit.score +
    weights.delivery * delivery +
    weights.environment * environment.score;
  return {
    quality: quality.score,
    fit: fit.score,
    preference,
    delivery,
    environment: environment.score,
    value: others + weights.preference * preference,
    fixed: weights.preference < 1 ? others / (1 - weights.preference) : 0,
    fixed_rank: 0,
    learned: null,
    matched: fit.matched,
    known: (quality.known + fit.known + environment.known) / 3,
  };
}

/**
 * Quality from what is documented: warranty, BIFMA level, breadth of features, load. The price tier among comparable
 * products stands in with a third of the weight, and alone where nothing is documented.
 */
function qualityOf(product: CandidateProduct, field: Field): { score: number; known: number } {
  const specs = product.specifications;
  const warranty = specs['warranty_years'];
  const level = Math.max(0, ...(product.sustainability.certifications ?? []).map(bifmaLevel));
  const evidence: [number, number][] = [[0.33, priceTier(product.list_price_cents, field.prices)]];
  if (typeof warranty === 'number') evidence.push([0.27, Math.min(1, warranty / 12)]);
  if (level > 0) evidence.push([0.15, level / 4]);
  if (specs.features && specs.features.length > 0)
    evidence.push([0.15, specs.features.length / field.most_features]);
  if (specs.weight_capacity_lbs) evidence.push([0.1, specs.weight_capacity_lbs / field.most_capacity]);
  const weight = evidence.reduce((a, [w]) => a + w, 0);
  const score = evidence.reduce((a, [w, s]) => a + w * s, 0) / weight;
  return { score, known: weight };
}

/** Share of the comparable products that cost at most as much, the middle of equal prices. */
function priceTier(price: number, sorted: readonly number[]): number {
  if (sorted.length < 2) return 0.5;
  const below = lowerBound(sorted, price);
  const upTo = lowerBound(sorted, price + 1);
  return (below + upTo - 1) / 2 / (sorted.length - 1);
}

function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Fit with the role, the room's numbers and everything the brief says about looks, brands and features. */
function fitOf(
  need: Need,
  prepared: PreparedProduct,
  pieces: number,
  brief: Brief,
): { score: number; known: number; matched: string[] } {
  const { product, text } = prepared;
  const matched: string[] = [];
  const tests: [number, number][] = [];
  const test = (weight: number, score: number, words?: string) => {
    tests.push([weight, score]);
    if (score > 0 && words) matched.push(words);
  };
  const place = need.select.subcategories.indexOf(product.subcategory ?? '');
  test(0.35, place < 0 ? 0.4 : Math.max(0.55, 1 - 0.15 * place));
  const capacity = pieces * placesOf(product, need);
  if (need.measure !== 'each') test(0.2, Math.min(1, need.quantity / capacity));
  const wishes = (brief.special_requirements ?? []).flatMap((word) => WISH_FEATURES[word] ?? []);
  const features = [...new Set([...need.prefers, ...wishes])];
  const have = features.filter((feature) => hasFeature(prepared, feature));
  if (features.length > 0) {
    test(0.2, have.length / features.length);
    matched.push(...have.map((feature) => feature.replaceAll('_', ' ')));
  }
  const preferences = brief.preferences ?? {};
  const styles = preferences.style ?? [];
  if (styles.length > 0) {
    const shown = styles.filter((style) =>
      STYLE_WORDS[style].some((word) => text.includes(` ${normalized(word)} `)),
    );
    test(0.2, shown.length / styles.length, shown.length > 0 ? `${shown.join(' and ')} style` : '');
  }
  for (const [words, label] of [
    [preferences.colors, 'colour'],
    [preferences.materials, 'material'],
  ] as const) {
    const wanted = words ?? [];
    if (wanted.length === 0) continue;
    const shown = wanted.filter((word) => text.includes(` ${normalized(word)} `));
    test(0.12, shown.length / wanted.length, shown.length > 0 ? `${label} ${shown.join(', ')}` : '');
  }
  const brands = (preferences.preferred_brands ?? []).map((brand) => brand.toLowerCase());
  if (brands.length > 0) {
    test(
      0.2,
      brands.includes((product.brand ?? '').toLowerCase()) ? 1 : 0,
      `preferred brand ${product.brand ?? ''}`,
    );
  }
  if (product.similarity !== undefined) test(0.2, product.similarity);
  const weight = tests.reduce((a, [w]) => a + w, 0);
  return {
    score: tests.reduce((a, [w, s]) => a + w * s, 0) / weight,
    known: place < 0 ? 0.5 : 1,
    matched,
  };
}

/** Stated score, certificates, recycled content and carbon against the other candidates; what is unknown counts a little below the middle. */
function environmentOf(product: CandidateProduct, field: Field): { score: number; known: number } {
  const facts = product.sustainability;
  const carbon = carbonOf(product);
  const span = field.carbon_high - field.carbon_low;
  const parts: (number | null)[] = [
    facts.score === undefined ? null : facts.score / 100,
    facts.certifications === undefined ? null : Math.min(1, facts.certifications.length / 3),
    facts.recycled_content_pct === undefined ? null : facts.recycled_content_pct / 100,
    carbon.kg === null ? null : span > 0 ? (field.carbon_high - carbon.kg) / span : 0.5,
  ];
  const score = parts.reduce<number>((a, part) => a + (part ?? 0.35), 0) / parts.length;
  return { score, known: parts.filter((part) => part !== null).length / parts.length };
}
