// A search: the words are read, candidates are fetched, ranked and counted. Without words it is a list with filters.
import { z } from 'zod';
import type {
  ProductFacets,
  ProductHit,
  ProductSearchQuery,
  ProductSearchResult,
} from '../../../contract/catalog.ts';
import { EMBEDDING_MODEL_ID, type Embedder } from '../../../engine/catalog/embedding/embedding.ts';
import { THESAURUS_WORDS } from '../../../engine/catalog/query/concepts.ts';
import { type Understanding, understand } from '../../../engine/catalog/query/understand.ts';
import type { Corpus } from '../../../engine/catalog/rank/corpus.ts';
import { conceptTable, type Ranked, rank } from '../../../engine/catalog/rank/score.ts';
import { loadDocument, type StoredDocument } from '../../../engine/catalog/rank/stored.ts';
import { pageFrom, readCursor } from '../../platform/pages.ts';
import type { Tx } from '../../platform/postgres.ts';
import { toProduct } from './products.ts';
import * as read from './sql/read.ts';
import * as sqlSearch from './sql/search.ts';
import type { CatalogState } from './statistics.ts';

type CandidateRow = sqlSearch.CandidateRow;
type Hit = Ranked<CandidateRow>;

/** Below this score, or this share of the best, a product is no answer. */
const LEAST_SCORE = 0.2;
const LEAST_SHARE = 0.3;
const MOST_RANKED = 500;
/** Kinds that serve the query this well against the best are fetched first; down to NEAR_SHARE they would do. */
const WANTED_SHARE = 0.8;
const NEAR_SHARE = 0.35;
const MOST_HEADS = 40;
/** Words that stand in more products than this find nothing by themselves; the kind of thing does. */
const COMMON_SHARE = 0.08;
const FEW = 50;

export interface SearchOptions {
  /** Products that break a fact of the query stay in the answer, behind those that keep it. */
  readonly lenient?: boolean;
}

interface Found {
  readonly hits: readonly Hit[];
  readonly understanding: Understanding;
}

function headsFor(understanding: Understanding): { heads: string[]; near_heads: string[] } {
  const served = [...conceptTable(understanding)].sort((a, b) => b[1].score - a[1].score);
  const best = served[0]?.[1].score ?? 0;
  const within = (low: number, high: number): string[] =>
    served
      .filter(([, { score }]) => score >= low * best && score < high * best)
      .map(([id]) => id)
      .slice(0, MOST_HEADS);
  return { heads: within(WANTED_SHARE, 2), near_heads: within(NEAR_SHARE, WANTED_SHARE) };
}

/**
 * Words rare enough to find something, for PostgreSQL's own stemming. Where the kind of thing is known, words of the trade
 * are left to it, and what remains are names, collections and codes.
 */
function wordsFor(understanding: Understanding, corpus: Corpus): string {
  const common = Math.max(FEW, corpus.documents * COMMON_SHARE);
  const knownKind = understanding.concepts.length > 0;
  const telling = understanding.terms.filter((word) => word.length > 1 && /^[\p{L}\p{N}]+$/u.test(word));
  const rare = telling.filter(
    (word) => corpus.frequency(word) <= common && !(knownKind && THESAURUS_WORDS.has(word)),
  );
  return [...new Set(rare.length > 0 || knownKind ? rare : telling)].slice(0, 12).join(' | ');
}

function readFilter({ facts, colors, materials, settings }: Understanding): sqlSearch.ReadFilter {
  const width = facts.sizes.find((size) => size.axis === 'width' && size.other === undefined);
  const slack = 0.001;
  // Oak is wood: a wide material is left to the ranking, which knows the kinds.
  const exact = materials.filter((material) => !['wood', 'metal', 'fabric'].includes(material));
  const groups = [
    colors.map((color) => `color:${color}`),
    exact.length === materials.length ? exact.map((material) => `material:${material}`) : [],
    settings.map((setting) => `setting:${setting}`),
    facts.seats === undefined ? [] : [`seats:${facts.seats}`],
  ];
  return {
    min_price: facts.min_price,
    max_price: facts.max_price,
    max_lead_time_days: facts.max_lead_time_days,
    in_stock: facts.in_stock,
    facet_groups: groups.filter((group) => group.length > 0),
    width_in: width && { min: (width.min_cm / 2.54) * (1 - slack), max: (width.max_cm / 2.54) * (1 + slack) },
  };
}

const baseOf = (query: ProductSearchQuery): sqlSearch.BaseFilter => query;

async function find(
  tx: Tx,
  query: ProductSearchQuery & { q: string },
  { corpus, vector_lists }: CatalogState,
  embedder: Embedder,
  options: SearchOptions,
): Promise<Found> {
  const understanding = understand(query.q, {
    vocabulary: corpus,
    embedder,
    ...(query.ignore ? { ignore: query.ignore } : {}),
  });
  await sqlSearch.widenVectorSearch(tx, vector_lists);
  const rows = await sqlSearch.candidates(tx, {
    base: baseOf(query),
    read: readFilter(understanding),
    ...headsFor(understanding),
    words: wordsFor(understanding, corpus),
    sku: query.q.trim(),
    vector: understanding.vector,
    embedding_model: EMBEDDING_MODEL_ID,
  });
  const candidates = rows.map((row) => ({
    item: row,
    document: loadDocument(row.search_document as StoredDocument),
    similarity: row.similarity ?? 0,
  }));
  const ranked = rank(understanding, candidates, corpus, MOST_RANKED);
  return { hits: answer(ranked, options), understanding };
}

/** The exact sku first; then what keeps every fact; the rest only where nothing does, or where the caller wants it. */
function answer(ranked: readonly Hit[], { lenient }: SearchOptions): Hit[] {
  const exact = ranked.filter((hit) => hit.item.is_sku).map((hit) => ({ ...hit, score: 1, why: 'Its sku.' }));
  const others = ranked.filter((hit) => !hit.item.is_sku);
  const floor = Math.max(LEAST_SCORE, LEAST_SHARE * (others[0]?.score ?? 0));
  const good = lenient ? others : others.filter((hit) => hit.score >= floor);
  const keeping = good.filter((hit) => hit.satisfies);
  if (lenient || keeping.length === 0) return [...exact, ...good];
  return [...exact, ...keeping];
}

const counted = (values: Iterable<string>): { value: string; count: number }[] => {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value));
};

const bounds = (values: readonly number[]): { min: number | null; max: number | null } =>
  values.length === 0 ? { min: null, max: null } : { min: Math.min(...values), max: Math.max(...values) };

function facetsOfHits(hits: readonly Hit[]): ProductFacets {
  const documents = hits.map((hit) => hit.item.search_document as StoredDocument);
  return {
    category: counted(hits.map((hit) => hit.item.category)),
    subcategory: counted(hits.flatMap((hit) => hit.item.subcategory ?? [])),
    brand: counted(hits.flatMap((hit) => hit.item.brand ?? [])),
    color: counted(documents.flatMap((document) => document.colors)),
    material: counted(documents.flatMap((document) => document.materials)),
    certification: counted(documents.flatMap((document) => document.certifications)),
    price: bounds(hits.map((hit) => hit.item.list_price)),
    lead_time_days: bounds(hits.flatMap((hit) => hit.item.lead_time_days ?? [])),
  };
}

function facetsOfRows(rows: readonly sqlSearch.FacetRow[]): { facets: ProductFacets; total: number } {
  const of = (kind: sqlSearch.FacetRow['kind'], prefix = '') =>
    rows
      .filter((row) => row.kind === kind && row.value?.startsWith(prefix))
      .map((row) => ({ value: (row.value ?? '').slice(prefix.length), count: row.count }))
      .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value));
  const all = rows.find((row) => row.kind === 'bounds');
  return {
    total: all?.count ?? 0,
    facets: {
      category: of('category'),
      subcategory: of('subcategory'),
      brand: of('brand'),
      color: of('facet', 'color:'),
      material: of('facet', 'material:'),
      certification: of('facet', 'certification:'),
      price: { min: all?.low ?? null, max: all?.high ?? null },
      lead_time_days: { min: all?.low_days ?? null, max: all?.high_days ?? null },
    },
  };
}

const SORTS: Record<ProductSearchQuery['sort'], ((a: Hit, b: Hit) => number) | undefined> = {
  relevance: undefined,
  price_asc: (a, b) => a.item.list_price - b.item.list_price,
  price_desc: (a, b) => b.item.list_price - a.item.list_price,
  lead_time: (a, b) => (a.item.lead_time_days ?? 1e6) - (b.item.lead_time_days ?? 1e6),
  carbon: (a, b) => (a.item.carbon ?? 1e9) - (b.item.carbon ?? 1e9),
  name: (a, b) => a.item.name.localeCompare(b.item.name),
  newest: (a, b) => b.item.created_at.getTime() - a.item.created_at.getTime(),
};

async function hitsOf(
  tx: Tx,
  found: readonly { id: string; score: number; why: string }[],
): Promise<ProductHit[]> {
  const rows = await read.productsByIds(
    tx,
    found.map(({ id }) => id),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return found.flatMap(({ id, score, why }) => {
    const row = byId.get(id);
    return row ? [{ ...toProduct(row), score: Math.round(score * 10_000) / 10_000, why }] : [];
  });
}

const Offset = z.tuple([z.number().int().min(0).max(MOST_RANKED)]);

async function searchByWords(
  tx: Tx,
  query: ProductSearchQuery & { q: string },
  state: CatalogState,
  embedder: Embedder,
  options: SearchOptions,
): Promise<Omit<ProductSearchResult, 'took_ms'>> {
  const { hits, understanding } = await find(tx, query, state, embedder, options);
  const order = SORTS[query.sort];
  const sorted = order ? [...hits].sort(order) : hits;
  const [offset] = readCursor(query.cursor, Offset) ?? [0];
  const end = offset + query.limit;
  const page = sorted.slice(offset, end).map((hit) => ({ id: hit.item.id, score: hit.score, why: hit.why }));
  const next = sorted.length > end ? Buffer.from(JSON.stringify([end])).toString('base64url') : null;
  return {
    items: await hitsOf(tx, page),
    next_cursor: next,
    total: hits.length,
    facets: facetsOfHits(hits),
    understood_filters: [...understanding.filters],
    corrected_query: understanding.corrected,
  };
}

const KeyAndId = z.tuple([z.string().max(500), z.uuid()]);
type Counts = ReturnType<typeof facetsOfRows>;

/** Counts of whole-catalogue lists, until the catalogue changes. */
export class CountCache {
  private readonly kept = new Map<string, Counts>();
  private version = -1;

  async of(tx: Tx, filter: sqlSearch.BaseFilter, version: number): Promise<Counts> {
    if (version !== this.version) {
      this.kept.clear();
      this.version = version;
    }
    const {
      category,
      subcategory,
      brand,
      collection,
      min_price,
      max_price,
      tags,
      max_lead_time_days,
      certification,
      in_stock,
    } = filter;
    const key = JSON.stringify([
      category,
      subcategory,
      brand,
      collection,
      min_price,
      max_price,
      tags,
      max_lead_time_days,
      certification,
      in_stock,
    ]);
    const known = this.kept.get(key);
    if (known) return known;
    const counts = facetsOfRows(await sqlSearch.facetCounts(tx, filter));
    if (this.kept.size < 200) this.kept.set(key, counts);
    return counts;
  }
}

async function list(
  tx: Tx,
  query: ProductSearchQuery,
  counts: Counts,
): Promise<Omit<ProductSearchResult, 'took_ms'>> {
  const sort = query.sort === 'relevance' ? 'name' : query.sort;
  const rows = await sqlSearch.listProducts(
    tx,
    baseOf(query),
    sort,
    query.limit,
    readCursor(query.cursor, KeyAndId),
  );
  const page = pageFrom(rows, query.limit, (row) => [row.sort_key, row.id]);
  const found = page.items.map(({ id }) => ({ id, score: 1, why: 'In the list.' }));
  return {
    items: await hitsOf(tx, found),
    next_cursor: page.next_cursor,
    ...counts,
    understood_filters: [],
    corrected_query: null,
  };
}

export async function search(
  tx: Tx,
  query: ProductSearchQuery,
  state: CatalogState,
  embedder: Embedder,
  counts: CountCache,
  options: SearchOptions = {},
): Promise<Omit<ProductSearchResult, 'took_ms'>> {
  const q = query.q?.trim() ?? '';
  if (q === '') return await list(tx, query, await counts.of(tx, baseOf(query), state.version));
  return await searchByWords(tx, { ...query, q }, state, embedder, options);
}
