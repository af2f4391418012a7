// Statements that write the catalogue, a batch at a time: rows travel as one JSON text, vectors in their binary form.
import { type Kysely, sql } from 'kysely';
import type { DB } from '../../../platform/database.gen.ts';
import type { Tx } from '../../../platform/postgres.ts';

/** Two imports at once would count words wrongly and deadlock on rows: they take turns, batch by batch. */
const IMPORT_LOCK = 7_214_302;

export async function lockCatalog(tx: Tx): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${IMPORT_LOCK})`.execute(tx);
}

export interface ProductWrite {
  sku: string;
  name: string;
  description: string | null;
  category: string;
  subcategory: string | null;
  brand: string | null;
  manufacturer: string | null;
  collection: string | null;
  list_price: number;
  dealer_price: number | null;
  msrp: number | null;
  currency: string | null;
  specifications: unknown;
  sustainability: unknown;
  in_stock: boolean | null;
  lead_time_days: number | null;
  moq: number | null;
  images: unknown;
  model_3d_url: string | null;
  ar_asset_url: string | null;
  tags: string[] | null;
  status: string;
  successor_sku: string | null;
  embedding_model: string;
  search_document: unknown;
  search_heads: readonly string[];
  search_facets: readonly string[];
}

/** A row to be written: itself as JSON (a ProductWrite), and the binary form of its vector. */
export interface WrittenProduct {
  readonly json: string;
  readonly vector: Uint8Array;
}

const COLUMNS = sql.raw(
  'sku, name, description, category, subcategory, brand, manufacturer, collection, list_price, dealer_price, msrp, currency, ' +
    'specifications, sustainability, in_stock, lead_time_days, moq, images, model_3d_url, ar_asset_url, tags, status, ' +
    'successor_sku, embedding_model, search_document, search_heads, search_facets',
);
const RECORD = sql.raw(
  'n int, sku varchar, name varchar, description text, category varchar, subcategory varchar, brand varchar, manufacturer varchar, ' +
    'collection varchar, list_price numeric, dealer_price numeric, msrp numeric, currency varchar, specifications jsonb, ' +
    'sustainability jsonb, in_stock boolean, lead_time_days integer, moq integer, images jsonb, model_3d_url text, ' +
    'ar_asset_url text, tags text[], status varchar, successor_sku varchar, embedding_model varchar, search_document jsonb, ' +
    'search_heads text[], search_facets text[]',
);
const OVERWRITE = sql.raw(
  (
    'name description category subcategory brand manufacturer collection list_price dealer_price msrp currency specifications ' +
    'sustainability in_stock lead_time_days moq images model_3d_url ar_asset_url tags status successor_sku embedding_model ' +
    'search_document search_heads search_facets embedding'
  )
    .split(' ')
    .map((column) => `${column} = excluded.${column}`)
    .join(', '),
);

/** Inserts or overwrites by sku; a deleted product comes back. @returns ids by sku */
export async function upsertProducts(tx: Tx, rows: readonly WrittenProduct[]): Promise<Map<string, string>> {
  if (rows.length === 0) return new Map();
  const records = `[${rows.map(({ json }, n) => `{"n":${n},${json.slice(1)}`).join(',')}]`;
  const embeddings = sql.join(rows.map(({ vector }, n) => sql`(${n}::int, ${vector}::vector)`));
  const result = await sql<{ id: string; sku: string }>`
    INSERT INTO products (${COLUMNS}, embedding)
    SELECT ${COLUMNS}, v.embedding
    FROM jsonb_to_recordset(${records}::jsonb) AS r(${RECORD})
    JOIN (VALUES ${embeddings}) AS v(n, embedding) ON v.n = r.n
    ON CONFLICT (sku) DO UPDATE SET ${OVERWRITE}, deleted_at = NULL
    RETURNING id, sku`.execute(tx);
  return new Map(result.rows.map(({ id, sku }) => [sku, id]));
}

export async function softDelete(tx: Tx, id: string): Promise<boolean> {
  const done = await tx
    .updateTable('products')
    .set({ deleted_at: sql`now()`, status: 'archived' })
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return Number(done.numUpdatedRows) > 0;
}

export interface VariantWrite {
  product_id: string;
  sku: string;
  name: string | null;
  attributes: unknown;
  price_adjustment: number;
  in_stock: boolean;
  lead_time_days: number | null;
  images: unknown;
}

export async function upsertVariants(tx: Tx, rows: readonly VariantWrite[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`INSERT INTO product_variants AS old (product_id, sku, name, attributes, price_adjustment, in_stock, lead_time_days, images)
    SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(product_id uuid, sku varchar, name varchar, attributes jsonb, price_adjustment numeric, in_stock boolean, lead_time_days integer, images jsonb)
    ON CONFLICT (sku) DO UPDATE SET name = excluded.name, attributes = excluded.attributes, price_adjustment = excluded.price_adjustment,
      in_stock = excluded.in_stock, lead_time_days = excluded.lead_time_days, images = excluded.images
    WHERE old.product_id = excluded.product_id
      AND (old.name, old.attributes, old.price_adjustment, old.in_stock, old.lead_time_days, old.images)
        IS DISTINCT FROM (excluded.name, excluded.attributes, excluded.price_adjustment, excluded.in_stock, excluded.lead_time_days, excluded.images)`.execute(
    tx,
  );
}

/** Of these skus, those that are variants of another product. */
export async function variantSkusOfOthers(
  tx: Tx,
  productId: string,
  skus: readonly string[],
): Promise<string[]> {
  if (skus.length === 0) return [];
  const rows = await tx
    .selectFrom('product_variants')
    .select('sku')
    .where('sku', 'in', [...skus])
    .where('product_id', '<>', productId)
    .execute();
  return rows.map(({ sku }) => sku);
}

/** Removes the product's variants but those with these skus. */
export async function removeVariants(tx: Tx, productId: string, kept: readonly string[]): Promise<void> {
  await sql`DELETE FROM product_variants WHERE product_id = ${productId} AND sku <> ALL (${[...kept]}::text[])`.execute(
    tx,
  );
}

export async function removeRelationships(tx: Tx, productId: string): Promise<void> {
  await tx.deleteFrom('product_relationships').where('product_id', '=', productId).execute();
}

export interface RelationshipWrite {
  product_id: string;
  related_sku: string;
  relationship_type: string;
  strength: number;
}

/** Relationships whose other side is in the catalogue; the rest wait for a later import. */
export async function upsertRelationships(tx: Tx, rows: readonly RelationshipWrite[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`INSERT INTO product_relationships AS old (product_id, related_product_id, relationship_type, strength)
    SELECT r.product_id, p.id, r.relationship_type, r.strength
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(product_id uuid, related_sku varchar, relationship_type varchar, strength numeric)
    JOIN products p ON p.sku = r.related_sku AND p.id <> r.product_id
    ON CONFLICT (product_id, related_product_id, relationship_type) DO UPDATE SET strength = excluded.strength
    WHERE old.strength IS DISTINCT FROM excluded.strength`.execute(tx);
}

/**
 * Fresh planner statistics after many rows, and the word indexes put in order: the embedded engine does neither by itself,
 * and a search would read every entry that waits to be sorted in.
 */
export async function analyzeCatalog(owner: Kysely<DB>): Promise<void> {
  await withoutTimeout(owner, async (connection) => {
    await sql`SELECT gin_clean_pending_list(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
      JOIN pg_am a ON a.oid = c.relam AND a.amname = 'gin' WHERE i.indrelid = 'products'::regclass`.execute(
      connection,
    );
    await sql`ANALYZE products, product_variants, product_relationships, product_prices`.execute(connection);
  });
}

/** Upkeep of a large catalogue may take longer than a statement of a request may. */
async function withoutTimeout(
  owner: Kysely<DB>,
  fn: (connection: Kysely<DB>) => Promise<void>,
): Promise<void> {
  await owner.connection().execute(async (connection) => {
    await sql`SET statement_timeout = 0`.execute(connection);
    try {
      await fn(connection);
    } finally {
      await sql`RESET statement_timeout`.execute(connection);
    }
  });
}

export interface VectorIndexState {
  /** Vectors there are, those it was trained on, and its lists. */
  vectors: number;
  trained: number;
  lists: number;
}

export async function vectorIndexState(owner: Kysely<DB>): Promise<VectorIndexState> {
  const { rows } = await sql<VectorIndexState>`
    SELECT documents AS vectors, vectors_trained AS trained, vector_lists AS lists FROM catalog_statistics`.execute(
    owner,
  );
  return rows[0] ?? { vectors: 0, trained: 0, lists: 1 };
}

/** Trains the index of embeddings anew; on a server without keeping readers and writers waiting. */
export async function trainVectorIndex(
  owner: Kysely<DB>,
  { vectors, lists }: { vectors: number; lists: number },
  concurrently: boolean,
): Promise<void> {
  await withoutTimeout(owner, async (connection) => {
    await sql`ALTER INDEX idx_products_embedding SET (lists = ${sql.lit(lists)})`.execute(connection);
    await sql`REINDEX INDEX ${sql.raw(concurrently ? 'CONCURRENTLY' : '')} idx_products_embedding`.execute(
      connection,
    );
  });
  await sql`UPDATE catalog_statistics SET vectors_trained = ${vectors}, vector_lists = ${lists}, version = version + 1`.execute(
    owner,
  );
}

export interface Statistics {
  version: number;
  documents: number;
  total_length: number;
  terms: Record<string, number>;
}

export async function readStatistics(tx: Tx): Promise<Statistics> {
  const row = await tx
    .selectFrom('catalog_statistics')
    .select(['version', 'documents', 'total_length', 'terms'])
    .executeTakeFirstOrThrow();
  return { ...row, terms: row.terms as Record<string, number> };
}

export async function writeStatistics(tx: Tx, statistics: Omit<Statistics, 'version'>): Promise<void> {
  await sql`UPDATE catalog_statistics SET version = version + 1, documents = ${statistics.documents},
    total_length = ${statistics.total_length}, terms = ${JSON.stringify(statistics.terms)}::jsonb, updated_at = now()`.execute(
    tx,
  );
}

/** Search documents of listed products, in pages by id, for counting words anew. */
export async function documentsAfter(tx: Tx, id: string | undefined, limit: number) {
  let query = tx
    .selectFrom('products')
    .select(['id', 'search_document'])
    .where('deleted_at', 'is', null)
    .where('search_document', 'is not', null)
    .orderBy('id')
    .limit(limit);
  if (id !== undefined) query = query.where('id', '>', id);
  return await query.execute();
}
