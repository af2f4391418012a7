// Queries of what searches keep in memory: the rows it is made of, and which of them have changed.
import { sql } from 'kysely';
import type { Tx } from '../../../platform/postgres.ts';
import type { CandidateRow } from './search.ts';

export interface ShelfRow {
  id: string;
  version: string;
  active: boolean;
  sku: string;
  search_document: unknown;
  /** As pgvector sends it: two counts of 16 bits, then big-endian floats. */
  vector: Buffer | null;
  category: string;
  subcategory: string | null;
  brand: string | null;
  collection: string | null;
  tags: string[] | null;
  name: string;
  list_price: number;
  lead_time_days: number | null;
  in_stock: boolean | null;
  carbon: number | null;
  created_at: Date;
}

const SHELF_COLUMNS = sql`p.id, p.xmin::text AS version, p.status = 'active' AND p.deleted_at IS NULL AS active, p.sku, p.search_document,
  p.category, p.subcategory, p.brand, p.collection, p.tags, p.name, p.list_price, p.lead_time_days, p.in_stock,
  (p.sustainability->>'carbon_footprint_kg')::float8 AS carbon, p.created_at`;

/** What the ranking knows of these products. */
export async function shelfRows(
  tx: Tx,
  ids: readonly string[],
  embedding_model: string,
): Promise<ShelfRow[]> {
  const { rows } = await sql<ShelfRow>`SELECT ${SHELF_COLUMNS},
      CASE WHEN p.embedding_model = ${embedding_model} THEN vector_send(p.embedding) END AS vector
    FROM products p WHERE p.id = ANY (${[...ids]}::uuid[])`.execute(tx);
  return rows;
}

/** The active products after this one, by id. */
export async function shelfIdsAfter(tx: Tx, id: string, limit: number): Promise<CandidateRow[]> {
  const { rows } = await sql<CandidateRow>`SELECT p.id, p.xmin::text AS version FROM products p
    WHERE p.id > ${id}::uuid AND p.status = 'active' AND p.deleted_at IS NULL ORDER BY p.id LIMIT ${limit}`.execute(
    tx,
  );
  return rows;
}

/** A state of the catalogue, and the transaction from which on changes may be missing in what is read now. */
export interface ShelfState {
  version: number;
  since: string;
}

export async function shelfState(tx: Tx): Promise<ShelfState> {
  const { rows } = await sql<ShelfState>`
    SELECT version, pg_snapshot_xmin(pg_current_snapshot())::xid::text AS since FROM catalog_statistics`.execute(
    tx,
  );
  return rows[0] ?? { version: 0, since: '0' };
}

/** Ids of the products written by that transaction or later ones, whatever their status is now; and how many are active. */
export async function changedSince(tx: Tx, since: string): Promise<{ ids: string[]; active: number }> {
  const { rows } = await sql<{ ids: string[] | null; active: number }>`
    SELECT array_agg(p.id::text) FILTER (WHERE age(p.xmin) <= age(${since}::text::xid)) AS ids,
      count(*) FILTER (WHERE p.status = 'active' AND p.deleted_at IS NULL AND p.search_document IS NOT NULL) AS active
    FROM products p`.execute(tx);
  return { ids: rows[0]?.ids ?? [], active: rows[0]?.active ?? 0 };
}
