// Queries that read the catalogue: products, variants, relationships, prices, import reports.
import { sql } from 'kysely';
import type { Tx } from '../../../platform/postgres.ts';
import type { VariantWrite } from './write.ts';

export const PRODUCT_COLUMNS = [
  'id',
  'sku',
  'name',
  'description',
  'category',
  'subcategory',
  'brand',
  'manufacturer',
  'collection',
  'list_price',
  'dealer_price',
  'msrp',
  'currency',
  'specifications',
  'sustainability',
  'in_stock',
  'lead_time_days',
  'moq',
  'images',
  'model_3d_url',
  'ar_asset_url',
  'tags',
  'status',
  'successor_sku',
  'created_at',
  'updated_at',
] as const;

export async function productsByIds(tx: Tx, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return await tx
    .selectFrom('products')
    .select(PRODUCT_COLUMNS)
    .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .where('deleted_at', 'is', null)
    .execute();
}
export type ProductRow = Awaited<ReturnType<typeof productsByIds>>[number];

export async function productById(tx: Tx, id: string): Promise<ProductRow | undefined> {
  return (await productsByIds(tx, [id]))[0];
}

export async function productIdsBySku(tx: Tx, skus: readonly string[]): Promise<Map<string, string>> {
  if (skus.length === 0) return new Map();
  const rows = await tx
    .selectFrom('products')
    .select(['id', 'sku'])
    .where('sku', 'in', [...skus])
    .execute();
  return new Map(rows.map(({ id, sku }) => [sku, id]));
}

/** Everything an import compares, for the products that exist, deleted ones too. */
export async function productsForImport(tx: Tx, skus: readonly string[]) {
  if (skus.length === 0) return [];
  return await tx
    .selectFrom('products')
    .select([...PRODUCT_COLUMNS, 'deleted_at', 'search_document', 'embedding_model'])
    .where('sku', 'in', [...skus])
    .forUpdate()
    .execute();
}
export type StoredProductRow = Awaited<ReturnType<typeof productsForImport>>[number];

/** Variants by sku, with the product each belongs to. */
export async function variantsForImport(tx: Tx, skus: readonly string[]) {
  if (skus.length === 0) return [];
  const { rows } = await sql<ImportedVariant>`
    SELECT v.product_id, p.sku AS product_sku, v.sku, v.name, v.attributes, coalesce(v.price_adjustment, 0) AS price_adjustment,
      coalesce(v.in_stock, true) AS in_stock, v.lead_time_days, coalesce(v.images, '[]'::jsonb) AS images
    FROM product_variants v JOIN products p ON p.id = v.product_id WHERE v.sku = ANY (${[...skus]}::text[])`.execute(
    tx,
  );
  return rows;
}
export interface ImportedVariant extends VariantWrite {
  product_sku: string;
}

export async function variantsOf(tx: Tx, productId: string) {
  return await tx
    .selectFrom('product_variants')
    .select([
      'id',
      'product_id',
      'sku',
      'name',
      'attributes',
      'price_adjustment',
      'in_stock',
      'lead_time_days',
      'images',
      'created_at',
      'updated_at',
    ])
    .where('product_id', '=', productId)
    .orderBy('sku')
    .execute();
}
export type VariantRow = Awaited<ReturnType<typeof variantsOf>>[number];

export async function relatedTo(tx: Tx, productId: string) {
  return await tx
    .selectFrom('product_relationships as r')
    .innerJoin('products as p', 'p.id', 'r.related_product_id')
    .select(['r.related_product_id', 'r.relationship_type', 'r.strength'])
    .where('r.product_id', '=', productId)
    .where('p.deleted_at', 'is', null)
    .where('p.status', '<>', 'archived')
    .orderBy('r.relationship_type')
    .orderBy('r.strength', (order) => order.desc().nullsLast())
    .orderBy('p.sku')
    .limit(100)
    .execute();
}

/** The nearest products by meaning that are still made, of the same kind first, with the cosine of their vectors. */
export async function nearestTo(tx: Tx, productId: string, limit: number) {
  const { rows } = await sql<{ id: string; similarity: number; same_kind: boolean }>`
    WITH this AS (SELECT embedding, embedding_model, category, subcategory FROM products WHERE id = ${productId})
    SELECT p.id, 1 - (p.embedding <=> this.embedding) AS similarity,
           (p.category = this.category AND p.subcategory IS NOT DISTINCT FROM this.subcategory) AS same_kind
    FROM products p, this
    WHERE p.id <> ${productId} AND p.status = 'active' AND p.deleted_at IS NULL AND p.category = this.category
      AND p.embedding IS NOT NULL AND p.embedding_model = this.embedding_model
    ORDER BY same_kind DESC, p.embedding <=> this.embedding, p.sku
    LIMIT ${limit}`.execute(tx);
  return rows;
}

export async function pricesOf(tx: Tx, productId: string) {
  return await tx
    .selectFrom('product_prices as p')
    .leftJoin('catalog_price_lists as l', 'l.id', 'p.price_list_id')
    .select([
      'p.list_price',
      'p.dealer_price',
      'p.msrp',
      'p.currency',
      'p.effective_from',
      'p.effective_to',
      'l.name as price_list_name',
    ])
    .where('p.product_id', '=', productId)
    .orderBy('p.effective_from', 'desc')
    .orderBy('p.id', 'desc')
    .limit(200)
    .execute();
}

/** Status and successor of products by sku, deleted ones left out. */
export async function successorsBySku(tx: Tx, skus: readonly string[]) {
  if (skus.length === 0) return [];
  return await tx
    .selectFrom('products')
    .select(['id', 'sku', 'name', 'status', 'successor_sku'])
    .where('sku', 'in', [...skus])
    .where('deleted_at', 'is', null)
    .execute();
}

/** Whether the transaction's person works for a dealer the maker has confirmed or for the maker. */
export async function seesDealerPrices(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ sees: boolean }>`select app_sees_dealer_prices() as sees`.execute(tx);
  return rows[0]?.sees === true;
}
