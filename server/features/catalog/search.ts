// A search: the words are read, candidates are fetched, ranked and counted. Without words it is a list with filters.
import { setImmediate as turn } from 'node:timers/promises';
import { z } from 'zod';
import type { ProductSearchQuery, ProductSearchResult } from '../../../contract/catalog.ts';
import { compactCosine } from '../../../engine/catalog/embedding/compact.ts';
import { EMBEDDING_MODEL_ID, type Embedder } from '../../../engine/catalog/embedding/embedding.ts';
import { THESAURUS_WORDS } from '../../../engine/catalog/query/concepts.ts';
import { type Understanding, understand } from '../../../engine/catalog/query/understand.ts';
import type { Corpus } from '../../../engine/catalog/rank/corpus.ts';
import {
  conceptTable,
  type Ranked,
  rankScored,
  type Scored,
  scorer,
} from '../../../engine/catalog/rank/score.ts';
import { readCursor } from '../../platform/pages.ts';
import type { Tx } from '../../platform/postgres.ts';
import { facetsOfHits } from './facets.ts';
import { type CountCache, hitsOf, list } from './list.ts';
import type { Shelf, Shelved } from './shelf.ts';
import * as sqlSearch from './sql/search.ts';
import type { CatalogState } from './statistics.ts';

type Hit = Ranked<Shelved>;

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

/** The catalogue's state as this transaction sees it, and what is kept in memory between searches. */
export interface SearchMeans extends CatalogState {
  readonly embedder: Embedder;
  readonly shelf: Shelf;
  readonly counts: CountCache;
}

const NOTHING_READ: sqlSearch.ReadFilter = { facet_groups: [] };

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
function wordsFor(understanding: Understanding, corpus: Corpus): string[] {
  const common = Math.max(FEW, corpus.documents * COMMON_SHARE);
  const knownKind = understanding.concepts.length > 0;
  const telling = understanding.terms.filter((word) => word.length > 1 && /^[\p{L}\p{N}]+$/u.test(word));
  const rare = telling.filter(
    (word) => corpus.frequency(word) <= common && !(knownKind && THESAURUS_WORDS.has(word)),
  );
  return [...new Set(rare.length > 0 || knownKind ? rare : telling)].slice(0, 12);
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

async function find(
  tx: Tx,
  query: ProductSearchQuery & { q: string },
  means: SearchMeans,
  options: SearchOptions,
): Promise<Found> {
  const { corpus, embedder } = means;
  const understanding = understand(query.q, {
    vocabulary: corpus,
    embedder,
    ...(query.ignore ? { ignore: query.ignore } : {}),
  });
  const scored = await scoredFor(tx, query, understanding, means);
  const ranked = rankScored(understanding, scored, MOST_RANKED, byName);
  return { hits: answer(ranked, query.q, options), understanding };
}

/**
 * Where all products are held, kinds, words and facts are found in memory, and judged, while the database walks through the
 * vectors; what memory has no word for (a piece of a sku) is asked there too. Else the database does all of the finding.
 */
async function scoredFor(
  tx: Tx,
  query: ProductSearchQuery & { q: string },
  understanding: Understanding,
  { corpus, shelf, version }: SearchMeans,
): Promise<Scored<Shelved>[]> {
  const { vector } = understanding;
  const asked: sqlSearch.CandidateQuery = {
    base: query,
    read: readFilter(understanding),
    ...headsFor(understanding),
    words: wordsFor(understanding, corpus),
    sku: query.q,
    vector,
    embedding_model: EMBEDDING_MODEL_ID,
  };
  const judge = scorer<Shelved>(understanding, corpus);
  const score = (item: Shelved): Scored<Shelved> =>
    judge({
      item,
      document: item.document,
      similarity: item.vector === undefined ? 0 : compactCosine(vector, item.vector),
    });
  const whole = shelf.whole(version);
  if (whole === undefined)
    return (await shelf.of(tx, await sqlSearch.candidates(tx, asked))).map((item) => score(item));
  const words = asked.words.filter((word) => !whole.hasWord(word));
  const pending = sqlSearch.candidates(tx, {
    ...asked,
    heads: [],
    near_heads: [],
    read: NOTHING_READ,
    words,
  });
  const inMemory = async (): Promise<Map<string, Scored<Shelved>>> => {
    // Once the question to the database is on its way.
    await turn();
    return new Map(
      [...whole.find({ ...asked, terms: understanding.terms }, corpus)].map((item) => [item.id, score(item)]),
    );
  };
  const [ids, scored] = await Promise.all([pending, inMemory()]);
  const others = ids.filter(({ id }) => !scored.has(id));
  return [...scored.values(), ...(await shelf.of(tx, others)).map((item) => score(item))];
}

/** Equal scores keep this order. */
const byName = (a: Shelved, b: Shelved): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1;

/** The exact sku first; then what keeps every fact; the rest only where nothing does, or where the caller wants it. */
function answer(ranked: readonly Hit[], q: string, { lenient }: SearchOptions): Hit[] {
  const upper = q.toUpperCase();
  const isSku = ({ item }: Hit): boolean => item.sku === q || item.sku === upper;
  const exact = ranked.filter(isSku).map((hit) => ({ ...hit, score: 1, why: () => 'Its sku.' }));
  const others = ranked.filter((hit) => !isSku(hit));
  const floor = Math.max(LEAST_SCORE, LEAST_SHARE * (others[0]?.score ?? 0));
  const good = lenient ? others : others.filter((hit) => hit.score >= floor);
  const keeping = good.filter((hit) => hit.satisfies);
  if (lenient || keeping.length === 0) return [...exact, ...good];
  return [...exact, ...keeping];
}

const SORTS: Record<ProductSearchQuery['sort'], ((a: Hit, b: Hit) => number) | undefined> = {
  relevance: undefined,
  price_asc: (a, b) => a.item.list_price - b.item.list_price,
  price_desc: (a, b) => b.item.list_price - a.item.list_price,
  lead_time: (a, b) => (a.item.lead_time_days ?? 1e6) - (b.item.lead_time_days ?? 1e6),
  carbon: (a, b) => (a.item.carbon ?? 1e9) - (b.item.carbon ?? 1e9),
  name: (a, b) => a.item.name.localeCompare(b.item.name),
  newest: (a, b) => b.item.created_at - a.item.created_at,
};

const Offset = z.tuple([z.number().int().min(0).max(MOST_RANKED)]);

async function searchByWords(
  tx: Tx,
  query: ProductSearchQuery & { q: string },
  means: SearchMeans,
  options: SearchOptions,
): Promise<Omit<ProductSearchResult, 'took_ms'>> {
  const { hits, understanding } = await find(tx, query, means, options);
  const order = SORTS[query.sort];
  const sorted = order ? [...hits].sort(order) : hits;
  const [offset] = readCursor(query.cursor, Offset) ?? [0];
  const end = offset + query.limit;
  const page = sorted
    .slice(offset, end)
    .map((hit) => ({ id: hit.item.id, score: hit.score, why: hit.why() }));
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

export async function search(
  tx: Tx,
  query: ProductSearchQuery,
  means: SearchMeans,
  options: SearchOptions = {},
): Promise<Omit<ProductSearchResult, 'took_ms'>> {
  const q = query.q?.trim() ?? '';
  if (q === '') return await list(tx, query, await means.counts.of(tx, query, means.version));
  return await searchByWords(tx, { ...query, q }, means, options);
}
