// Queries of the search: candidates by kind of thing, by words and by meaning; listing with filters; counts for facets.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../../platform/postgres.ts';
import { vectorBytes } from './write.ts';

/** What the person chose; every product of the answer keeps it. */
export interface BaseFilter {
  category?: string | undefined;
  subcategory?: string | undefined;
  brand?: string | undefined;
  collection?: string | undefined;
  min_price?: number | undefined;
  max_price?: number | undefined;
  tags?: readonly string[] | undefined;
  max_lead_time_days?: number | undefined;
  certification?: string | undefined;
  in_stock?: boolean | undefined;
}

/** What was read out of the words; products that keep it come first. Lengths in inches. */
export interface ReadFilter {
  min_price?: number | undefined;
  max_price?: number | undefined;
  max_lead_time_days?: number | undefined;
  in_stock?: boolean | undefined;
  /** any one of each group must be among the product's facets */
  facet_groups: readonly (readonly string[])[];
  width_in?: { min: number; max: number } | undefined;
}

type Condition = RawBuilder<boolean>;

const and = (conditions: readonly Condition[]): Condition =>
  sql<boolean>`(${sql.join(conditions, sql` AND `)})`;

function baseConditions(filter: BaseFilter): Condition[] {
  const conditions: Condition[] = [sql<boolean>`p.status = 'active'`, sql<boolean>`p.deleted_at IS NULL`];
  if (filter.category !== undefined) conditions.push(sql<boolean>`p.category = ${filter.category}`);
  if (filter.subcategory !== undefined) conditions.push(sql<boolean>`p.subcategory = ${filter.subcategory}`);
  if (filter.brand !== undefined) conditions.push(sql<boolean>`p.brand = ${filter.brand}`);
  if (filter.collection !== undefined) conditions.push(sql<boolean>`p.collection = ${filter.collection}`);
  if (filter.min_price !== undefined)
    conditions.push(sql<boolean>`p.list_price >= ${filter.min_price}::numeric`);
  if (filter.max_price !== undefined)
    conditions.push(sql<boolean>`p.list_price <= ${filter.max_price}::numeric`);
  if (filter.tags !== undefined && filter.tags.length > 0)
    conditions.push(sql<boolean>`p.tags @> ${filter.tags}::text[]`);
  if (filter.max_lead_time_days !== undefined)
    conditions.push(sql<boolean>`p.lead_time_days <= ${filter.max_lead_time_days}::int`);
  if (filter.certification !== undefined)
    conditions.push(sql<boolean>`p.search_facets @> ${[`certification:${filter.certification}`]}::text[]`);
  if (filter.in_stock !== undefined) conditions.push(sql<boolean>`p.in_stock = ${filter.in_stock}::boolean`);
  return conditions;
}

const WIDTH = sql<number>`(p.specifications->'dimensions'->>'width_in')::numeric`;

function readConditions(filter: ReadFilter): Condition[] {
  const { width_in: width, facet_groups } = filter;
  const conditions = baseConditions({
    min_price: filter.min_price,
    max_price: filter.max_price,
    max_lead_time_days: filter.max_lead_time_days,
    in_stock: filter.in_stock,
  }).slice(2);
  for (const group of facet_groups) conditions.push(sql<boolean>`p.search_facets && ${group}::text[]`);
  if (width !== undefined) {
    conditions.push(
      sql<boolean>`jsonb_typeof(p.specifications->'dimensions'->'width_in') = 'number' AND ${WIDTH} BETWEEN ${width.min}::numeric AND ${Math.min(width.max, 1e6)}::numeric`,
    );
  }
  return conditions;
}

export interface CandidateQuery {
  base: BaseFilter;
  read: ReadFilter;
  /** kinds of things wanted, and those that would do */
  heads: readonly string[];
  near_heads: readonly string[];
  /** words to be found literally, as a tsquery of alternatives; '' for none */
  words: string;
  sku: string;
  vector: Float32Array;
  embedding_model: string;
}

const LIMITS = { wanted: 200, loose: 80, near_heads: 80, words: 80, meaning: 40 } as const;

export interface CandidateRow {
  id: string;
  search_document: unknown;
  similarity: number | null;
  category: string;
  subcategory: string | null;
  brand: string | null;
  name: string;
  list_price: number;
  lead_time_days: number | null;
  carbon: number | null;
  created_at: Date;
  is_sku: boolean;
}

/** Some hundreds of products among which the best are, by five ways of finding them. */
export async function candidates(tx: Tx, query: CandidateQuery): Promise<CandidateRow[]> {
  const vector = sql`${vectorBytes(query.vector)}::vector`;
  const base = and(baseConditions(query.base));
  const read = readConditions(query.read);
  const hasVector = query.vector.some((value) => value !== 0);
  // Only vectors of the query's own model are compared. Said this way the order is exact among what the words found, too:
  // the approximate index would be asked for the nearest of all and leave few of the kind.
  const distance = hasVector
    ? sql`CASE WHEN p.embedding_model = ${query.embedding_model} THEN p.embedding <=> ${vector} END`
    : sql`p.list_price`;
  const from = (condition: Condition, order: RawBuilder<unknown>, limit: number) =>
    sql`(SELECT p.id FROM products p WHERE ${base} AND ${condition} ORDER BY ${order} LIMIT ${limit})`;
  const ways: RawBuilder<unknown>[] = [
    sql`(SELECT p.id FROM products p WHERE p.sku IN (${query.sku}, upper(${query.sku})) AND p.deleted_at IS NULL LIMIT 2)`,
  ];
  const heads = sql<boolean>`p.search_heads && ${query.heads}::text[]`;
  if (query.heads.length > 0) {
    ways.push(from(read.length > 0 ? and([heads, ...read]) : heads, distance, LIMITS.wanted));
    if (read.length > 0) ways.push(from(heads, distance, LIMITS.loose));
  }
  if (query.heads.length > 0) {
    const ofCategory = query.heads.map((head) => `of:${head}`);
    ways.push(from(sql<boolean>`p.search_facets && ${ofCategory}::text[]`, distance, LIMITS.near_heads));
  }
  if (query.near_heads.length > 0) {
    ways.push(from(sql<boolean>`p.search_heads && ${query.near_heads}::text[]`, distance, LIMITS.near_heads));
  }
  if (query.words !== '') {
    const words = sql`to_tsquery('english', ${query.words})`;
    ways.push(
      from(
        sql<boolean>`p.search_vector @@ ${words}`,
        sql`ts_rank(p.search_vector, ${words}) DESC`,
        LIMITS.words,
      ),
    );
  }
  if (hasVector) {
    ways.push(
      from(
        sql<boolean>`p.embedding_model = ${query.embedding_model}`,
        sql`p.embedding <=> ${vector}`,
        LIMITS.meaning,
      ),
    );
  }
  if (query.heads.length === 0 && read.length > 0) ways.push(from(and(read), sql`p.name`, LIMITS.wanted));
  const similarity = hasVector
    ? sql`CASE WHEN p.embedding_model = ${query.embedding_model} THEN 1 - (p.embedding <=> ${vector}) END`
    : sql`NULL::float8`;
  const { rows } = await sql<CandidateRow>`
    SELECT p.id, p.search_document, ${similarity} AS similarity, p.category, p.subcategory, p.brand, p.name,
      p.list_price, p.lead_time_days, (p.sustainability->>'carbon_footprint_kg')::float8 AS carbon, p.created_at,
      p.sku IN (${query.sku}, upper(${query.sku})) AS is_sku
    FROM products p WHERE p.id IN (${sql.join(ways, sql` UNION `)}) ORDER BY p.name, p.id`.execute(tx);
  return rows;
}

/** The share of its lists that the index of embeddings looks into, and the most where filters thin out what it finds. */
const PROBED_SHARE = 0.09;
const LEAST_PROBES = 10;
const FURTHEST = 4;

/** Makes the approximate index of embeddings look far enough, for this transaction only. */
export async function widenVectorSearch(tx: Tx, lists: number): Promise<void> {
  const probes = Math.max(LEAST_PROBES, Math.ceil(lists * PROBED_SHARE));
  await sql`SELECT set_config('ivfflat.probes', ${String(probes)}, true), set_config('ivfflat.max_probes', ${String(FURTHEST * probes)}, true),
    set_config('ivfflat.iterative_scan', 'relaxed_order', true)`.execute(tx);
}

export type ListSort = 'name' | 'price_asc' | 'price_desc' | 'lead_time' | 'carbon' | 'newest';

const SORTS: Record<
  ListSort,
  { key: RawBuilder<unknown>; type: 'text' | 'numeric' | 'timestamptz'; descending: boolean }
> = {
  name: { key: sql`p.name`, type: 'text', descending: false },
  price_asc: { key: sql`p.list_price`, type: 'numeric', descending: false },
  price_desc: { key: sql`p.list_price`, type: 'numeric', descending: true },
  lead_time: { key: sql`coalesce(p.lead_time_days, 100000)`, type: 'numeric', descending: false },
  carbon: {
    key: sql`coalesce((p.sustainability->>'carbon_footprint_kg')::numeric, 1e9)`,
    type: 'numeric',
    descending: false,
  },
  newest: { key: sql`p.created_at`, type: 'timestamptz', descending: true },
};

/** One page of the list by ids with their sort keys, the key as text. */
export async function listProducts(
  tx: Tx,
  filter: BaseFilter,
  sort: ListSort,
  limit: number,
  after: [string, string] | undefined,
): Promise<{ id: string; sort_key: string }[]> {
  const { key, type, descending } = SORTS[sort];
  const direction = sql.raw(descending ? 'DESC' : 'ASC');
  const conditions = baseConditions(filter);
  if (after !== undefined) {
    const beyond = sql.raw(descending ? '<' : '>');
    conditions.push(
      sql<boolean>`(${key}, p.id) ${beyond} (${after[0]}::${sql.raw(type)}, ${after[1]}::uuid)`,
    );
  }
  const { rows } = await sql<{ id: string; sort_key: string }>`
    SELECT p.id, (${key})::text AS sort_key FROM products p WHERE ${and(conditions)}
    ORDER BY ${key} ${direction}, p.id ${direction} LIMIT ${limit + 1}`.execute(tx);
  return rows;
}

export interface FacetRow {
  kind: 'category' | 'subcategory' | 'brand' | 'facet' | 'bounds';
  value: string | null;
  count: number;
  low: number | null;
  high: number | null;
  low_days: number | null;
  high_days: number | null;
}

/** Counts over everything the filter keeps; the row of kind "bounds" has the total and the ranges. */
export async function facetCounts(tx: Tx, filter: BaseFilter): Promise<FacetRow[]> {
  const { rows } = await sql<FacetRow>`
    WITH kept AS MATERIALIZED (
      SELECT p.category, p.subcategory, p.brand, p.search_facets, p.list_price, p.lead_time_days FROM products p WHERE ${and(baseConditions(filter))}
    ), counted AS (
      SELECT 'category' AS kind, category AS value, count(*) AS count FROM kept GROUP BY category
      UNION ALL SELECT 'subcategory', subcategory, count(*) FROM kept WHERE subcategory IS NOT NULL GROUP BY subcategory
      UNION ALL SELECT 'brand', brand, count(*) FROM kept WHERE brand IS NOT NULL GROUP BY brand
      UNION ALL SELECT 'facet', f, count(*) FROM kept, unnest(search_facets) AS f GROUP BY f
    )
    SELECT kind, value, count, NULL::numeric AS low, NULL::numeric AS high, NULL::int AS low_days, NULL::int AS high_days FROM counted
    UNION ALL SELECT 'bounds', NULL, count(*), min(list_price), max(list_price), min(lead_time_days), max(lead_time_days) FROM kept`.execute(
    tx,
  );
  return rows;
}
