// Search at 50,000 products on a real store: the whole search beside the exact scan and plain full text, the index of
// embeddings chosen among several by recall and time, and the import that filled it. Everything in one run, on one store:
// embedded, or the server of OFS_BENCH_DATABASE_URL (an empty database whose role may create what migrations create).
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { loadEmbedder } from '../engine/catalog/embedding/load.ts';
import { generateCatalog } from '../engine/catalog/generator/generate.ts';
import type { Figure } from '../server/commands/bench.ts';
import { LARGE_BATCH } from '../server/features/catalog/import.ts';
import { makeCatalog } from '../server/features/catalog/service.ts';
import {
  LEAST_PROBES,
  MOST_PROBED_SHARE,
  NEAR,
  PROBED_SHARE,
} from '../server/features/catalog/sql/search.ts';
import { vectorBytes } from '../server/features/catalog/sql/vector.ts';
import { listsFor } from '../server/features/catalog/vector-index.ts';
import { migratePrivatePostgres } from '../server/platform/migrate.ts';
import { openPostgres, type Postgres } from '../server/platform/postgres.ts';
import { figure } from './catalog-figure.ts';
import { JUDGED_QUERIES } from './catalog-judged.ts';

const MIGRATIONS = join(import.meta.dirname, '../migrations');
const FOUND = 20;
const ROUNDS = 3;
const QUERIES = JUDGED_QUERIES.map(({ query }) => query);

type Row = Record<string, unknown>;

function p95(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))] ?? 0;
}

/** Every query once to warm up, then once for the time. */
async function timed(
  queries: readonly string[],
  run: (query: string) => Promise<unknown>,
): Promise<number[]> {
  for (const query of queries) await run(query);
  const times: number[] = [];
  for (const query of queries) {
    const begun = performance.now();
    await run(query);
    times.push(performance.now() - begun);
  }
  return times;
}

async function* linesOf(count: number): AsyncIterable<Uint8Array> {
  for (const { product } of generateCatalog({ seed: 3, count }))
    yield Buffer.from(`${JSON.stringify(product)}\n`);
}

interface Store {
  readonly postgres: Postgres;
  readonly name: string;
  query(text: string, values?: readonly unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

async function openStore(): Promise<Store> {
  const url = process.env['OFS_BENCH_DATABASE_URL'];
  const folder = url === undefined ? mkdtempSync(join(tmpdir(), 'ofs-bench-catalog-')) : undefined;
  // One connection, so that settings of a measurement hold for its queries.
  const postgres = await openPostgres(
    folder === undefined ? { mode: 'server', url: url ?? '', pool: 1 } : { mode: 'embedded', path: folder },
  );
  await migratePrivatePostgres(postgres, MIGRATIONS);
  return {
    postgres,
    name: url === undefined ? 'embedded' : 'server',
    query: async (text, values = []) => (await postgres.pool.query(text, [...values])).rows as Row[],
    async close() {
      await postgres.close();
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Imports a file of the generated catalogue: words, vectors and the training of their index included. */
async function fill({ postgres, name }: Store, count: number): Promise<Figure[]> {
  const catalog = makeCatalog({ postgres, now: () => new Date() });
  const folder = mkdtempSync(join(tmpdir(), 'ofs-bench-catalog-file-'));
  try {
    const file = join(folder, 'products.jsonl');
    await pipeline(Readable.from(linesOf(count)), createWriteStream(file));
    const begun = performance.now();
    const before = process.cpuUsage();
    await catalog.importCatalog(createReadStream(file), { format: 'jsonl', batch: LARGE_BATCH, ahead: true });
    const seconds = (performance.now() - begun) / 1000;
    return [
      figure(`import of ${count} products, searchable by words and meaning (${name})`, 's', seconds),
      figure('the same, processor time of this process', 's', workedMs(before) / 1000),
      figure('the same, rows per second', 'rows/s', count / seconds),
      figure('most memory the process has held', 'MB', process.resourceUsage().maxRSS / 1000),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Processor time since then, in ms: what a busy machine does not stretch as much as the clock. */
function workedMs(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const SEED_QUERY = `SELECT p.*, 1 - (p.embedding <=> $1::vector) AS similarity_score FROM products p
  WHERE p.status = 'active' AND p.category = $2 AND p.list_price BETWEEN $3 AND $4 ORDER BY p.embedding <=> $1::vector LIMIT ${FOUND}`;

async function searchTimes(store: Store): Promise<Figure[]> {
  const { postgres, name, query } = store;
  // What a server does by itself in the minutes after an import; else it would do it during the measurement.
  await query('VACUUM (ANALYZE) products');
  const catalog = makeCatalog({ postgres, now: () => new Date() });
  const embedder = loadEmbedder();
  const whole = (q: string) => catalog.searchProducts({ q, limit: FOUND });
  // A process that has just begun knows no product yet: each query for the first time.
  const first: number[] = [];
  for (const q of QUERIES) {
    const begun = performance.now();
    await whole(q);
    first.push(performance.now() - begun);
  }
  const filling = process.cpuUsage();
  const { products } = await catalog.warm();
  const filled = workedMs(filling);
  for (const q of QUERIES) await whole(q);
  const before = process.cpuUsage();
  const searched: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    for (const q of QUERIES) {
      const begun = performance.now();
      await whole(q);
      searched.push(performance.now() - begun);
    }
  const worked = workedMs(before) / searched.length;
  const warm = p95(searched);
  const text = p95(
    await timed(QUERIES, (q) =>
      query(
        `SELECT p.*, ts_rank(p.search_vector, plainto_tsquery('english', $1)) AS rank FROM products p
         WHERE p.status = 'active' AND p.search_vector @@ plainto_tsquery('english', $1) ORDER BY rank DESC LIMIT ${FOUND}`,
        [q],
      ),
    ),
  );
  const seed = p95(
    await timed(QUERIES, (q) => query(SEED_QUERY, [vectorBytes(embedder.embed(q)), 'seating', 200, 800])),
  );
  await query('SET enable_indexscan = off');
  const exact = p95(
    await timed(QUERIES.slice(0, 20), (q) =>
      query(
        `SELECT p.* FROM products p WHERE p.status = 'active' ORDER BY p.embedding <=> $1::vector LIMIT ${FOUND}`,
        [vectorBytes(embedder.embed(q))],
      ),
    ),
  );
  await query('RESET enable_indexscan');
  return [
    figure(`whole search, mean processor time of this process (${name})`, 'ms', worked),
    figure(`whole search, median (${name})`, 'ms', searched.sort((a, b) => a - b)[searched.length >> 1] ?? 0),
    figure(
      `whole search, p95 of a process that has just begun (${name}); baseline: later`,
      'ms',
      p95(first),
      warm,
    ),
    figure(`reading ${products} products into memory, processor time`, 'ms', filled),
    figure(`whole search, p95 (${name}); baseline: exact scan of all vectors`, 'ms', warm, exact),
    figure(`whole search, p95 (${name}); baseline: plain full text`, 'ms', warm, text),
    figure(`whole search, p95 (${name}); baseline: the data architecture's vector query`, 'ms', warm, seed),
  ];
}

interface Setting {
  readonly name: string;
  /** How many are asked for; of them the nearest FOUND are looked at. Absent: FOUND. */
  readonly limit?: number;
  readonly set: readonly string[];
}
interface Index {
  readonly name: string;
  readonly using: string;
  readonly settings: readonly Setting[];
}

const ivfflat = (lists: number, probes: readonly number[]): Index => ({
  name: `ivfflat lists=${lists}`,
  using: `ivfflat (embedding vector_cosine_ops) WITH (lists = ${lists})`,
  settings: probes.map((n) => ({
    name: `probes=${n}`,
    set: [
      `SET ivfflat.probes = ${n}`,
      'SET ivfflat.iterative_scan = relaxed_order',
      `SET ivfflat.max_probes = ${Math.min(lists, 4 * n)}`,
    ],
  })),
});
/** As a search walks it: few lists at first, more where filters leave less than it asks for. */
const asSearched = (lists: number): Setting => {
  const probes = Math.max(LEAST_PROBES, Math.ceil(lists * PROBED_SHARE));
  const most = Math.max(LEAST_PROBES, Math.ceil(lists * MOST_PROBED_SHARE));
  return {
    name: `as a search walks it (probes=${probes}, the nearest ${NEAR})`,
    limit: NEAR,
    set: [
      `SET ivfflat.probes = ${probes}`,
      'SET ivfflat.iterative_scan = relaxed_order',
      `SET ivfflat.max_probes = ${most}`,
    ],
  };
};
const hnsw = (m: number, construction: number, searches: readonly number[]): Index => ({
  name: `hnsw m=${m} ef_construction=${construction}`,
  using: `hnsw (embedding vector_cosine_ops) WITH (m = ${m}, ef_construction = ${construction})`,
  settings: searches.map((n) => ({
    name: `ef_search=${n}`,
    set: [
      `SET hnsw.ef_search = ${n}`,
      'SET hnsw.iterative_scan = relaxed_order',
      'SET hnsw.max_scan_tuples = 40000',
    ],
  })),
});

interface Probe {
  readonly vector: Buffer;
  readonly where: string;
  readonly values: readonly unknown[];
  /** Distances of the exact answer, in order. */
  readonly exact: readonly number[];
}

const nearest = (where: string, limit = FOUND): string =>
  `SELECT p.embedding <=> $1::vector AS d FROM products p WHERE p.status = 'active' AND p.deleted_at IS NULL ${where}
   ORDER BY p.embedding <=> $1::vector LIMIT ${limit}`;

/** Each query alone, in the category of what is nearest, and there within the middle half of the prices. */
async function probesOf({ query }: Store): Promise<Probe[]> {
  const embedder = loadEmbedder();
  const probes: Probe[] = [];
  for (const q of QUERIES.filter((_, i) => i % 2 === 0)) {
    const vector = vectorBytes(embedder.embed(q));
    const [top] = await query(
      `SELECT category FROM products WHERE status = 'active' ORDER BY embedding <=> $1::vector LIMIT 1`,
      [vector],
    );
    const category = top?.['category'];
    const [range] = await query(
      `SELECT percentile_cont(0.25) WITHIN GROUP (ORDER BY list_price) AS low, percentile_cont(0.75) WITHIN GROUP (ORDER BY list_price) AS high FROM products WHERE category = $1`,
      [category],
    );
    const filters: [string, unknown[]][] = [
      ['', []],
      ['AND p.category = $2', [category]],
      ['AND p.category = $2 AND p.list_price BETWEEN $3 AND $4', [category, range?.['low'], range?.['high']]],
    ];
    for (const [where, values] of filters) {
      const rows = await query(nearest(where), [vector, ...values]);
      probes.push({ vector, where, values, exact: rows.map(({ d }) => Number(d)) });
    }
  }
  return probes;
}

/** Found among the nearest, by distance: products with the same text are as good as each other. */
async function recallOf(
  { query }: Store,
  probes: readonly Probe[],
  asked?: number,
): Promise<{ recall: number; worst: number; time: number }> {
  const shares: Record<string, number[]> = {};
  const times: number[] = [];
  for (const { vector, where, values, exact } of probes) {
    const begun = performance.now();
    const rows = await query(nearest(where, asked), [vector, ...values]);
    times.push(performance.now() - begun);
    const limit = (exact.at(-1) ?? 0) + 1e-6;
    const found = rows.filter(({ d }) => Number(d) <= limit).length;
    const list = shares[where] ?? [];
    list.push(exact.length === 0 ? 1 : Math.min(1, found / exact.length));
    shares[where] = list;
  }
  const means = Object.values(shares).map((list) => list.reduce((sum, one) => sum + one, 0) / list.length);
  return {
    recall: means.reduce((sum, one) => sum + one, 0) / means.length,
    worst: Math.min(...means),
    time: p95(times),
  };
}

/** Builds each index anew on the same rows; the settings follow the words "probes" or "ef_search". */
async function indexes(store: Store, count: number): Promise<Figure[]> {
  const { query } = store;
  await query('DROP INDEX IF EXISTS idx_products_embedding');
  await query(`SET maintenance_work_mem = '256MB'`);
  const begun = performance.now();
  const probes = await probesOf(store);
  const exact = (performance.now() - begun) / (probes.length * (5 / 3));
  const figures: Figure[] = [figure(`exact scan, ${count} products, mean of a query`, 'ms', exact)];
  const chosen = listsFor(count);
  const ours = ivfflat(chosen, [10, Math.ceil(chosen * 0.09), 40]);
  const grid = [
    ivfflat(Math.round(count / 500), [5, 10]),
    { ...ours, settings: [asSearched(chosen), ...ours.settings] },
    hnsw(16, 64, [40, 200]),
  ];
  for (const { name, using, settings } of grid) {
    const started = performance.now();
    await query(`CREATE INDEX idx_bench_embedding ON products USING ${using}`);
    figures.push(figure(`${name}: build`, 's', (performance.now() - started) / 1000));
    for (const setting of settings) {
      for (const text of setting.set) await query(text);
      const { recall, worst, time } = await recallOf(store, probes, setting.limit);
      figures.push(
        figure(`${name} ${setting.name}: recall@${FOUND} against exact`, 'share', recall, 1),
        figure(`${name} ${setting.name}: recall@${FOUND}, worst kind of filter`, 'share', worst, 1),
        figure(`${name} ${setting.name}: p95; baseline exact`, 'ms', time, exact),
      );
    }
    await query('DROP INDEX idx_bench_embedding');
  }
  return figures;
}

const PARTS = ['import', 'search', 'index'] as const;
export type StorePart = (typeof PARTS)[number];

/** @param parts every part needs the products, so the import is always made; its figures are given where it is asked for */
export async function storeSuite(parts: ReadonlySet<string>, count: number): Promise<Figure[]> {
  if (!PARTS.some((part) => parts.has(part))) return [];
  const store = await openStore();
  try {
    const filled = await fill(store, count);
    return [
      ...(parts.has('import') ? filled : []),
      ...(parts.has('search') ? await searchTimes(store) : []),
      ...(parts.has('index') ? await indexes(store, count) : []),
    ];
  } finally {
    await store.close();
  }
}
