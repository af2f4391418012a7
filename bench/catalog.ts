// Search quality and speed of the catalogue: on a real store (catalog-search.ts), and of the engine alone: NDCG@10 of plain full-text, of vectors and of the joined search on the
// half of the judged queries that was not tuned on, and the time of one search.

import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cosine, createEmbedder, WORD_TABLE_URL } from '../engine/catalog/embedding/embedding.ts';
import { generateCatalog } from '../engine/catalog/generator/generate.ts';
import { readCatalog } from '../engine/catalog/import/read.ts';
import { understand } from '../engine/catalog/query/understand.ts';
import { STOP_WORDS, stemsOf } from '../engine/catalog/query/words.ts';
import { type Corpus, countTerms } from '../engine/catalog/rank/corpus.ts';
import { embeddingText, type SearchDocument, searchDocument } from '../engine/catalog/rank/document.ts';
import { type Candidate, rank, wordScore } from '../engine/catalog/rank/score.ts';
import type { Figure } from '../server/commands/bench.ts';
import { figure } from './catalog-figure.ts';
import { JUDGED_QUERIES, type JudgedQuery } from './catalog-judged.ts';
import { QUERIES as SECOND } from './catalog-judged-2.ts';
import { QUERIES as THIRD } from './catalog-judged-3.ts';
import { QUERIES as FOURTH } from './catalog-judged-4.ts';
import type { Judged as JudgedDraft, JudgedItem } from './catalog-judged-rules.ts';
import { storeSuite } from './catalog-search.ts';

interface Judged extends JudgedItem {
  readonly product: Parameters<typeof searchDocument>[0];
}

const trialFile = (): string => join(process.env['OFS_TRIAL_DATA'] ?? '../shared/data', 'catalog/ikea.csv');
const MAPPING = {
  item_id: 'sku',
  price: 'list_price',
  short_description: 'description',
  width: 'specifications.dimensions.width_cm',
  depth: 'specifications.dimensions.depth_cm',
  height: 'specifications.dimensions.height_cm',
};

async function readJudged(file: string): Promise<Judged[]> {
  const items: Judged[] = [];
  for await (const { row } of readCatalog(createReadStream(file), { mapping: MAPPING })) {
    if (!row) continue;
    const other = (row.specifications?.['other'] ?? {}) as Record<string, unknown>;
    const size = row.specifications?.dimensions;
    const cm = (inches: number | undefined): number => (inches === undefined ? Number.NaN : inches * 2.54);
    items.push({
      sku: row.sku,
      category: row.category,
      text: (row.description ?? '').replace(/\s+/g, ' ').trim().toLowerCase(),
      slug:
        String(other['link'] ?? '')
          .split('/p/')[1]
          ?.toLowerCase() ?? '',
      price: row.list_price,
      width: cm(size?.width_in),
      depth: cm(size?.depth_in),
      height: cm(size?.height_in),
      product: row,
    });
  }
  return items;
}

function gain(grades: readonly number[]): number {
  return grades.slice(0, 10).reduce((sum, grade, i) => sum + (2 ** grade - 1) / Math.log2(i + 2), 0);
}

type Search = (query: string) => readonly Judged[];

type Query = Pick<JudgedQuery, 'query' | 'grade'>;

const half = (name: JudgedQuery['half']): Query[] => JUDGED_QUERIES.filter((query) => query.half === name);

/** Sets by other hands, each run once before anything was changed for it; what that gave is in docs/catalogue.md. */
const BY_OTHERS: readonly (readonly [string, readonly JudgedDraft[]])[] = [
  ['second', SECOND],
  ['third', THIRD],
  ['fourth', FOURTH],
];

const graded = (drafts: readonly JudgedDraft[]): Query[] =>
  drafts.map(([, query, wanted, fine]) => ({
    query,
    grade: (item) => (wanted(item) ? 2 : fine?.(item) ? 1 : 0),
  }));

/** Mean NDCG@10 over judged queries; queries without a single good item are left out. */
function quality(queries: readonly Query[], items: readonly Judged[], search: Search): number {
  const scores = queries.flatMap((query) => {
    const best = gain(items.map(query.grade).sort((a, b) => b - a));
    return best > 0 ? [gain(search(query.query).map(query.grade)) / best] : [];
  });
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

function sorted<T>(items: readonly T[], score: (item: T) => number): T[] {
  return items
    .map((item) => ({ item, score: score(item) }))
    .sort((a, b) => b.score - a.score)
    .map(({ item }) => item);
}

interface Bench {
  readonly candidates: (Candidate<Judged> & { readonly vector: Float32Array })[];
  readonly corpus: Corpus;
}

const embedder = createEmbedder(readFileSync(WORD_TABLE_URL));
const isCommon = (word: string): boolean => embedder.knows(word);

function prepare<T extends { product: Judged['product'] }>(
  items: readonly T[],
): (Candidate<T> & { document: SearchDocument; vector: Float32Array })[] {
  return items.map((item) => {
    const document = searchDocument(item.product);
    return { item, document, vector: embedder.embed(embeddingText(item.product, document)) };
  });
}

function relevance(items: readonly Judged[], { candidates, corpus }: Bench): Figure[] {
  const plain: Search = (query) => {
    const terms = stemsOf(query).filter((word) => !STOP_WORDS.has(word));
    return sorted(candidates, ({ document }) => wordScore(terms, document, corpus)).map(({ item }) => item);
  };
  const vectors: Search = (query) => {
    const vector = embedder.embed(query);
    return sorted(candidates, (candidate) => cosine(vector, candidate.vector)).map(({ item }) => item);
  };
  const joined: Search = (query) =>
    rank(understand(query, { vocabulary: corpus, embedder }), candidates, corpus, 10).map(({ item }) => item);
  const [tuned, untuned] = [half('A'), half('B')];
  const words = quality(untuned, items, plain);
  return [
    figure('plain full-text, untuned half', 'NDCG@10', words),
    figure('vectors, untuned half', 'NDCG@10', quality(untuned, items, vectors), words),
    figure('joined search, untuned half', 'NDCG@10', quality(untuned, items, joined), words),
    figure(
      'joined search, tuned half',
      'NDCG@10',
      quality(tuned, items, joined),
      quality(tuned, items, plain),
    ),
    ...BY_OTHERS.map(([name, drafts]) => {
      const queries = graded(drafts);
      return figure(
        `joined search, ${name} set by another hand`,
        'NDCG@10',
        quality(queries, items, joined),
        quality(queries, items, plain),
      );
    }),
  ];
}

/** Understanding and ranking 300 candidates, as the server does after its stores have answered. */
function speed(): Figure[] {
  const items = [...generateCatalog({ count: 300 })].map(({ product }) => ({ product }));
  const candidates = prepare(items);
  const corpus = countTerms(
    candidates.map(({ document }) => document),
    isCommon,
  );
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    for (const { query } of JUDGED_QUERIES) {
      const started = performance.now();
      rank(understand(query, { vocabulary: corpus, embedder }), candidates, corpus, 24);
      times.push(performance.now() - started);
    }
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0;
  return [
    figure('reading a query and ranking 300 candidates, median', 'ms', at(0.5)),
    figure('the same, p95', 'ms', at(0.95)),
  ];
}

async function judgedSuite(): Promise<Figure[]> {
  const file = trialFile();
  if (!existsSync(file)) {
    console.error(`catalog: relevance skipped, ${file} is missing (set OFS_TRIAL_DATA)`);
    return [];
  }
  const items = await readJudged(file);
  const candidates = prepare(items);
  const corpus = countTerms(
    candidates.map(({ document }) => document),
    isCommon,
  );
  return relevance(items, { candidates, corpus });
}

const PARTS = ['relevance', 'ranking', 'import', 'search', 'index'] as const;
const PRODUCTS = 50_000;

/**
 * In pieces: OFS_BENCH_CATALOG=relevance,ranking,import,search,index picks some of them, OFS_BENCH_PRODUCTS another size of
 * the catalogue. Without it everything runs but the comparison of indexes, which takes minutes.
 */
export async function catalogSuite(): Promise<Figure[]> {
  const asked = (process.env['OFS_BENCH_CATALOG'] ?? 'relevance,ranking,import,search').split(',');
  const unknown = asked.find((part) => !(PARTS as readonly string[]).includes(part));
  if (unknown !== undefined)
    throw new Error(
      `There is no part "${unknown}" of the catalogue's bench; the parts are ${PARTS.join(', ')}.`,
    );
  const parts = new Set(asked);
  const count = Number(process.env['OFS_BENCH_PRODUCTS'] ?? PRODUCTS);
  const started = performance.now();
  createEmbedder(readFileSync(WORD_TABLE_URL));
  return [
    figure('loading the word vectors', 'ms', performance.now() - started),
    ...(parts.has('relevance') ? await judgedSuite() : []),
    ...(parts.has('ranking') ? speed() : []),
    ...(await storeSuite(parts, count)),
  ];
}
