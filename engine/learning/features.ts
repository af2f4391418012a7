/**
 * A product among the candidates of its need as numbers and words: what the learned ranking sees. Positions are taken
 * among the candidates, so that a price says "dearer than the others here", not an amount.
 */
import type { CandidateProduct } from '../../contract/choice.ts';
import type { CandidateSpan, NumericFeature, RankingFeatures } from '../../contract/learning.ts';
import { normalized } from '../ranking/candidates.ts';
import { STYLE_WORDS } from '../ranking/words.data.ts';
import { carbonOf } from '../sustainability/carbon.ts';

const QUANTILES = 20;
const MOST_TERMS = 16;
const MOST_OF_A_KIND = 4;

/** What the fixed score says of a product, 0 to 1 each. */
export interface FixedParts {
  quality: number;
  fit: number;
}

/** Spans of price (cents), lead time (days) and carbon (kg a piece) over the candidates of one need. */
export function spanOf(products: readonly CandidateProduct[]): CandidateSpan {
  return {
    candidates: products.length,
    price: quantiles(products.map((product) => product.list_price_cents)),
    lead_time: quantiles(products.map((product) => product.lead_time_days)),
    carbon: quantiles(products.map((product) => carbonOf(product).kg).filter((kg) => kg !== null)),
  };
}

function quantiles(values: number[]): number[] {
  if (values.length === 0) return [];
  const sorted = [...values].sort((a, b) => a - b);
  return Array.from(
    { length: QUANTILES + 1 },
    (_, step) => sorted[Math.round((step * (sorted.length - 1)) / QUANTILES)]!,
  );
}

/** Place of a value among ascending quantiles, −1 lowest to 1 highest, equal values in their middle; 0 without a span. */
export function positionIn(span: readonly number[], value: number): number {
  if (span.length < 2 || span[0] === span.at(-1)) return 0;
  let below = 0;
  let upTo = 0;
  for (const step of span) {
    if (step < value) below += 1;
    if (step <= value) upTo += 1;
  }
  const place = (below + Math.max(below, upTo - 1)) / 2 / (span.length - 1);
  return 2 * Math.min(1, place) - 1;
}

export function featuresOf(
  product: CandidateProduct,
  span: CandidateSpan,
  parts: FixedParts,
): RankingFeatures {
  const facts = product.sustainability;
  const carbon = carbonOf(product).kg;
  const numeric: Record<NumericFeature, number> = {
    price: positionIn(span.price, product.list_price_cents),
    lead_time: positionIn(span.lead_time, product.lead_time_days),
    in_stock: product.in_stock ? 1 : 0,
    carbon: carbon === null ? 0 : positionIn(span.carbon, carbon),
    certified: Math.min(1, (facts.certifications?.length ?? 0) / 3),
    recycled: Math.min(1, Math.max(0, (facts.recycled_content_pct ?? 0) / 100)),
    quality: clamp(2 * parts.quality - 1),
    fit: clamp(2 * parts.fit - 1),
  };
  return { numeric, terms: termsOf(product) };
}

/** Words are read once a product; the same rows are scored again and again. */
const known = new WeakMap<CandidateProduct['specifications'], string[]>();

/** What a product is, as words of the catalogue: brand, collection, materials, styles it shows, features. */
export function termsOf(product: CandidateProduct): string[] {
  const before = known.get(product.specifications);
  if (before) return before;
  const terms = readTerms(product);
  known.set(product.specifications, terms);
  return terms;
}

function readTerms(product: CandidateProduct): string[] {
  const specs = product.specifications;
  const text = ` ${[product.name, product.description, ...(product.tags ?? []), ...(specs.materials ?? [])]
    .map((part) => normalized(part ?? ''))
    .join(' ')} `;
  const styles = Object.entries(STYLE_WORDS)
    .filter(([, words]) => words.some((word) => text.includes(` ${normalized(word)} `)))
    .map(([style]) => style);
  const terms = [
    ...one('brand', product.brand),
    ...one('collection', product.collection),
    ...some('material', specs.materials),
    ...some('style', styles),
    ...some('feature', specs.features),
  ];
  return [...new Set(terms)].slice(0, MOST_TERMS);
}

function one(kind: string, word: string | null | undefined): string[] {
  const clean = normalized(word ?? '').slice(0, 60);
  return clean === '' ? [] : [`${kind}:${clean}`];
}

function some(kind: string, words: readonly string[] | undefined): string[] {
  return (words ?? []).slice(0, MOST_OF_A_KIND).flatMap((word) => one(kind, word));
}

function clamp(value: number): number {
  return Math.max(-1, Math.min(1, value));
}

/** To four digits, as features are kept. */
export function roundedFeatures(features: RankingFeatures): RankingFeatures {
  const entries = Object.entries(features.numeric).map(([name, value]) => [
    name,
    Math.round(1e4 * value) / 1e4,
  ]);
  return { ...features, numeric: Object.fromEntries(entries) as Record<NumericFeature, number> };
}

/** "brand:northmark" → "products by Northmark"; "price" → "a higher price". For sentences. */
export function labelOf(feature: string): string {
  const known = NUMERIC_LABELS[feature];
  if (known) return known;
  const [kind, word = ''] = feature.split(/:(.*)/s);
  const title = word.replace(/(^|\s)\p{L}/gu, (letter) => letter.toUpperCase());
  if (kind === 'brand') return `products by ${title}`;
  if (kind === 'collection') return `the ${title} collection`;
  if (kind === 'material') return `products with ${word}`;
  if (kind === 'style') return `a ${word} style`;
  return `products with ${word}`;
}

const NUMERIC_LABELS: Record<string, string> = {
  bias: 'taking what is offered',
  price: 'a higher price',
  lead_time: 'a longer lead time',
  in_stock: 'products in stock',
  carbon: 'more carbon',
  certified: 'more certificates',
  recycled: 'more recycled content',
  quality: 'higher quality',
  fit: 'a closer fit with brief and room',
};

/** What it means when a feature counts against a product: "a lower price" rather than "less of a higher price". */
export function oppositeOf(feature: string): string {
  return NUMERIC_OPPOSITES[feature] ?? `anything but ${labelOf(feature)}`;
}

const NUMERIC_OPPOSITES: Record<string, string> = {
  bias: 'looking for something else',
  price: 'a lower price',
  lead_time: 'a shorter lead time',
  in_stock: 'products made to order',
  carbon: 'less carbon',
  certified: 'fewer certificates',
  recycled: 'less recycled content',
  quality: 'simpler quality',
  fit: 'a looser fit with brief and room',
};
