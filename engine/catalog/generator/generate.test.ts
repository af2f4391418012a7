import { expect, test } from 'vitest';
import {
  PRODUCT_SUBCATEGORIES,
  ProductInput,
  ProductVariantInput,
  RELATIONSHIP_TYPES,
} from '../../../contract/catalog.ts';
import { DEFAULT_COUNT, generateCatalog } from './generate.ts';

const catalog = [...generateCatalog()];
const bySku = new Map(catalog.map((item) => [item.product.sku, item]));

test('the default catalogue has every subcategory in at least two price classes, all valid against the contract', () => {
  expect(catalog.length).toBe(DEFAULT_COUNT);
  expect(DEFAULT_COUNT).toBeGreaterThanOrEqual(420);
  expect(bySku.size).toBe(catalog.length);
  for (const item of catalog) {
    expect(ProductInput.safeParse(item.product).error).toBeUndefined();
    for (const variant of item.variants) expect(ProductVariantInput.safeParse(variant).error).toBeUndefined();
  }
  for (const [category, subcategories] of Object.entries(PRODUCT_SUBCATEGORIES)) {
    for (const subcategory of subcategories) {
      const own = catalog.filter(({ product }) => product.subcategory === subcategory);
      expect(own.length, subcategory).toBeGreaterThanOrEqual(4);
      expect(own.every(({ product }) => product.category === category)).toBe(true);
      const prices = own.map(({ product }) => product.list_price);
      expect(Math.max(...prices) / Math.min(...prices), subcategory).toBeGreaterThan(1.3);
    }
  }
});

test('the same seed gives the same catalogue, another seed other prices, and a longer one begins the same', () => {
  expect([...generateCatalog({ seed: 1, count: 50 })].map(({ product }) => product.list_price)).toEqual(
    catalog.slice(0, 50).map(({ product }) => product.list_price),
  );
  expect([...generateCatalog({ seed: 2, count: 50 })].map(({ product }) => product.list_price)).not.toEqual(
    catalog.slice(0, 50).map(({ product }) => product.list_price),
  );
});

test('relationships of all five types name other products of the same catalogue, each once', () => {
  const types = new Set<string>();
  for (const { product, relationships } of catalog) {
    const seen = new Set<string>();
    for (const { related_sku, relationship_type } of relationships) {
      types.add(relationship_type);
      expect(bySku.has(related_sku)).toBe(true);
      expect(related_sku).not.toBe(product.sku);
      const key = `${related_sku} ${relationship_type}`;
      expect(seen.has(key)).toBe(false);
      seen.add(key);
    }
  }
  expect([...types].sort()).toEqual([...RELATIONSHIP_TYPES].sort());
});

test('what is discontinued names a successor of its kind that is still made', () => {
  const gone = catalog.filter(({ product }) => product.status === 'discontinued');
  expect(gone.length).toBeGreaterThan(3);
  for (const { product } of gone) {
    const successor = bySku.get(product.successor_sku ?? '');
    expect(successor?.product.status).toBe('active');
    expect(successor?.product.subcategory).toBe(product.subcategory);
    expect(product.in_stock).toBe(false);
  }
});

test('meeting and conference tables serve 4, 6, 8, 10 and 14, and the dealer always pays less than list', () => {
  const seats = catalog
    .filter(({ product }) => ['meeting_table', 'conference_table'].includes(product.subcategory ?? ''))
    .map(({ product }) => product.specifications.seats);
  for (const wanted of [4, 6, 8, 10, 14]) expect(seats).toContain(wanted);
  for (const { product } of catalog) expect(product.dealer_price ?? 0).toBeLessThan(product.list_price);
});

test('carbon stays in the published range of task chairs and sit-stand desks of usual size', () => {
  const carbonOf = (subcategory: string, low: number, high: number): void => {
    for (const { product } of catalog) {
      const carbon = product.sustainability.carbon_footprint_kg;
      if (product.subcategory !== subcategory || carbon === undefined) continue;
      expect(carbon).toBeGreaterThanOrEqual(low * 0.85);
      expect(carbon).toBeLessThanOrEqual(high * 1.15);
    }
  };
  carbonOf('task_chair', 72, 90);
  carbonOf('height_adjustable_desk', 110, 160);
});

test('ten thousand products come in under five seconds without a sku twice', () => {
  const started = performance.now();
  const skus = new Set<string>();
  for (const { product } of generateCatalog({ count: 10_000 })) skus.add(product.sku);
  expect(skus.size).toBe(10_000);
  expect(performance.now() - started).toBeLessThan(5_000);
});
