// Between rows of the database, shapes of the contract, and what an import states about a product.
import { isDeepStrictEqual } from 'node:util';
import type { Product, ProductForDealer, ProductInput, ProductVariant } from '../../../contract/catalog.ts';
import { EMBEDDING_MODEL_ID, type Embedder } from '../../../engine/catalog/embedding/embedding.ts';
import { embeddingText, searchDocument } from '../../../engine/catalog/rank/document.ts';
import { facetsOf, type StoredDocument, storeDocument } from '../../../engine/catalog/rank/stored.ts';
import type { ProductRow, StoredProductRow, VariantRow } from './sql/read.ts';
import { vectorBytes } from './sql/vector.ts';
import type { ProductWrite, WrittenProduct } from './sql/write.ts';

const time = (value: Date | null): string => (value ?? new Date(0)).toISOString();

/** As anyone signed in may see it: without the dealer's price. */
export function toProduct(row: ProductRow): Product {
  return {
    id: row.id,
    sku: row.sku,
    name: row.name,
    description: row.description,
    category: row.category,
    subcategory: row.subcategory,
    brand: row.brand,
    manufacturer: row.manufacturer,
    collection: row.collection,
    list_price: row.list_price,
    msrp: row.msrp,
    currency: row.currency ?? 'USD',
    specifications: (row.specifications ?? {}) as Product['specifications'],
    sustainability: (row.sustainability ?? {}) as Product['sustainability'],
    in_stock: row.in_stock ?? true,
    lead_time_days: row.lead_time_days ?? 14,
    moq: row.moq ?? 1,
    images: (row.images ?? []) as Product['images'],
    model_3d_url: row.model_3d_url,
    ar_asset_url: row.ar_asset_url,
    tags: row.tags ?? [],
    status: (row.status ?? 'active') as Product['status'],
    successor_sku: row.successor_sku,
    created_at: time(row.created_at),
    updated_at: time(row.updated_at),
  };
}

export function toProductForDealer(row: ProductRow): ProductForDealer {
  return { ...toProduct(row), dealer_price: row.dealer_price };
}

export function toVariant(row: VariantRow): ProductVariant {
  return {
    id: row.id,
    product_id: row.product_id,
    sku: row.sku,
    name: row.name,
    attributes: (row.attributes ?? {}) as ProductVariant['attributes'],
    price_adjustment: row.price_adjustment ?? 0,
    in_stock: row.in_stock ?? true,
    lead_time_days: row.lead_time_days,
    images: (row.images ?? []) as ProductVariant['images'],
    created_at: time(row.created_at),
    updated_at: time(row.updated_at),
  };
}

/** A product as it stands or will stand, without what is derived from it. */
export type StatedProduct = Omit<
  ProductWrite,
  'embedding_model' | 'search_document' | 'search_heads' | 'search_facets'
>;

/** What a column that the first import does not state begins with: the table's own defaults. */
const DEFAULTS = {
  brand: 'OFS',
  currency: 'USD',
  in_stock: true,
  lead_time_days: 14,
  moq: 1,
  status: 'active',
} as const;

type Tree = Record<string, unknown>;

/** Stated keys replace, unstated ones stay: a price list does not wipe out the sizes an earlier file brought. */
function mergeJson(before: unknown, stated: unknown): Tree {
  const merged: Tree = { ...((before ?? {}) as Tree) };
  for (const [key, value] of Object.entries((stated ?? {}) as Tree)) {
    if (value === undefined) continue;
    const old = merged[key];
    const both = [old, value].every((one) => one !== null && typeof one === 'object' && !Array.isArray(one));
    merged[key] = both ? mergeJson(old, value) : value;
  }
  return merged;
}

/** The product after the import: what is stated over what is stored, over the defaults. */
export function statedProduct(stated: ProductInput, before: StoredProductRow | undefined): StatedProduct {
  const pick = <K extends keyof typeof DEFAULTS>(key: K) => stated[key] ?? before?.[key] ?? DEFAULTS[key];
  const kept = <
    K extends
      | 'description'
      | 'subcategory'
      | 'manufacturer'
      | 'collection'
      | 'model_3d_url'
      | 'ar_asset_url'
      | 'successor_sku',
  >(
    key: K,
  ) => stated[key] ?? before?.[key] ?? null;
  return {
    sku: stated.sku,
    name: stated.name,
    description: kept('description'),
    category: stated.category,
    subcategory: kept('subcategory'),
    brand: pick('brand'),
    manufacturer: kept('manufacturer'),
    collection: kept('collection'),
    list_price: stated.list_price,
    dealer_price: stated.dealer_price ?? before?.dealer_price ?? null,
    msrp: stated.msrp ?? before?.msrp ?? null,
    currency: pick('currency'),
    specifications: mergeJson(before?.specifications, stated.specifications),
    sustainability: mergeJson(before?.sustainability, stated.sustainability),
    in_stock: pick('in_stock'),
    lead_time_days: pick('lead_time_days'),
    moq: pick('moq'),
    images: stated.images ?? before?.images ?? [],
    model_3d_url: kept('model_3d_url'),
    ar_asset_url: kept('ar_asset_url'),
    tags: stated.tags ?? before?.tags ?? [],
    status: pick('status'),
    successor_sku: kept('successor_sku'),
  };
}

/** JSON has no undefined and no order of keys; two products are the same if their JSON says the same. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null)) as unknown;

export function isUnchanged(product: StatedProduct, before: StoredProductRow): boolean {
  if (before.deleted_at !== null || before.embedding_model !== EMBEDDING_MODEL_ID) return false;
  return (Object.keys(product) as (keyof StatedProduct)[]).every((key) =>
    isDeepStrictEqual(plain(product[key]), plain(before[key])),
  );
}

export function isPriceChanged(product: StatedProduct, before: StoredProductRow): boolean {
  return (['list_price', 'dealer_price', 'msrp', 'currency'] as const).some(
    (key) => (product[key] ?? null) !== (before[key] ?? null),
  );
}

/** What is written of a product, and what it adds to the counts of words. */
export interface Derived extends WrittenProduct {
  /** Its stems, each once, joined by spaces: strings travel between threads faster than lists. */
  readonly words: string;
  /** Sum of their weights. */
  readonly length: number;
}

/** Adds what search needs: the document, the kinds and facets that are filtered on, the embedding. */
export function derive(product: StatedProduct, embedder: Embedder): Derived {
  const searchable = product as Parameters<typeof searchDocument>[0];
  const document = searchDocument(searchable);
  const write: ProductWrite = {
    ...product,
    embedding_model: embedder.model_id,
    search_document: storeDocument(document) satisfies StoredDocument,
    search_heads: document.heads,
    search_facets: facetsOf(document),
  };
  return {
    json: JSON.stringify(write),
    vector: vectorBytes(embedder.embed(embeddingText(searchable, document))),
    words: [...document.terms.keys()].join(' '),
    length: document.length,
  };
}
