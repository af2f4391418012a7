// Queries of the search: candidates by kind of thing, by words and by meaning; listing with filters; counts for facets.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../../platform/postgres.ts';
import { vectorBytes } from './vector.ts';

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
  /** any of these words is to be found literally */
  words: readonly string[];
  sku: string;
  vector: Float32Array;
  embedding_model: string;
}

/** The nearest by meaning, and the most that each other way of finding brings. */
export const NEAR = 200;
export const LIMITS = { wanted: 120, loose: 40, near_heads: 40, words: 60 } as const;

/** A candidate is its id and the version of its row, by which what is known of it in memory is told from what is new. */
export interface CandidateRow {
  id: string;
  version: string;
}

/**
 * Some hundreds of products among which the best are, by five ways of finding them: what is nearest in meaning, from a walk
 * through the index of embeddings, and what the indexes of kinds, words and facts find, which is all where there is little.
 * Only ids: opening the row of every candidate would cost more than everything else together.
 */
export async function candidates(tx: Tx, query: CandidateQuery): Promise<CandidateRow[]> {
  const base = and(baseConditions(query.base));
  const ways: RawBuilder<unknown>[] = [
    sql`(SELECT p.id, p.xmin FROM products p WHERE p.sku IN (${query.sku}, upper(${query.sku})) AND p.deleted_at IS NULL LIMIT 2)`,
  ];
  const add = (condition: Condition, limit: number): void => {
    ways.push(
      sql`(SELECT p.id, p.xmin FROM products p WHERE ${base} AND ${condition} LIMIT ${sql.lit(limit)})`,
    );
  };
  const read = readConditions(query.read);
  if (query.heads.length > 0) {
    const heads = sql<boolean>`p.search_heads && ${query.heads}::text[]`;
    add(read.length > 0 ? and([heads, ...read]) : heads, LIMITS.wanted);
    if (read.length > 0) add(heads, LIMITS.loose);
    const ofCategory = query.heads.map((head) => `of:${head}`);
    add(sql<boolean>`p.search_facets && ${ofCategory}::text[]`, LIMITS.near_heads);
  }
  if (query.near_heads.length > 0) {
    const near = sql<boolean>`p.search_heads && ${query.near_heads}::text[]`;
    add(near, LIMITS.near_heads);
    if (read.length > 0) add(and([near, ...read]), LIMITS.near_heads);
  }
  if (query.words.length > 0) ways.push(byWords(base, query.words.join(' | ')));
  if (query.heads.length === 0 && read.length > 0) add(and(read), LIMITS.wanted);
  // Only vectors of the query's own model are compared.
  if (query.vector.some((value) => value !== 0))
    ways.push(sql`(SELECT p.id, p.xmin FROM products p WHERE ${base} AND p.embedding_model = ${query.embedding_model}
      ORDER BY p.embedding <=> ${vectorBytes(query.vector)}::vector LIMIT ${sql.lit(NEAR)})`);
  const { rows } = await sql<{ found: string | null }>`
    SELECT string_agg(w.id || ' ' || w.xmin, ',') AS found FROM (${sql.join(ways, sql` UNION `)}) AS w`.execute(
    tx,
  );
  const found = rows[0]?.found;
  if (!found) return [];
  return found.split(',').map((one) => {
    const [id = '', version = ''] = one.split(' ');
    return { id, version };
  });
}

function byWords(base: Condition, alternatives: string): RawBuilder<unknown> {
  const words = sql`to_tsquery('english', ${alternatives})`;
  return sql`(SELECT p.id, p.xmin FROM products p WHERE ${base} AND p.search_vector @@ ${words}
    ORDER BY ts_rank(p.search_vector, ${words}) DESC LIMIT ${sql.lit(LIMITS.words)})`;
}

/** The share of its lists that the index of embeddings looks into, and the most where filters thin out what it finds. */
export const PROBED_SHARE = 0.03;
export const MOST_PROBED_SHARE = 0.36;
export const LEAST_PROBES = 5;

/**
 * The state of the catalogue; and the approximate index of embeddings is made to look far enough, for this transaction only.
 * Reading the whole table is never the way: a planner that takes facts for independent believes that the first matches come
 * soon. Nor is compiling a query that runs for milliseconds.
 */
export async function beginSearch(tx: Tx): Promise<{ version: number }> {
  const { rows } = await sql<{ version: number }>`
    SELECT s.version, set_config('ivfflat.probes', greatest(${sql.lit(LEAST_PROBES)}, ceil(s.vector_lists * ${sql.lit(PROBED_SHARE)}))::int::text, true),
      set_config('ivfflat.max_probes', greatest(${sql.lit(LEAST_PROBES)}, ceil(s.vector_lists * ${sql.lit(MOST_PROBED_SHARE)}))::int::text, true),
      set_config('ivfflat.iterative_scan', 'relaxed_order', true), set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)
    FROM catalog_statistics s`.execute(tx);
  return rows[0] ?? { version: 0 };
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
