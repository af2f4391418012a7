// What searches hold in memory, over a real PostgreSQL: it finds what the database finds, and never answers with yesterday's.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EMBEDDING_DIMENSIONS, EMBEDDING_MODEL_ID } from '../../../engine/catalog/embedding/embedding.ts';
import type { CorpusStatistics } from '../../../engine/catalog/rank/score.ts';
import { migratePrivatePostgres } from '../../platform/migrate.ts';
import { openPostgres, type Postgres } from '../../platform/postgres.ts';
import { type Catalog, makeCatalog } from './service.ts';
import { Shelf } from './shelf.ts';
import { beginSearch, type CandidateQuery, candidates, LIMITS } from './sql/search.ts';

let postgres: Postgres;
/** Two processes that share a database. */
let here: Catalog;
let elsewhere: Catalog;
const corpus: CorpusStatistics = { documents: 1000, average_length: 60, frequency: () => 20 };

const version = async (): Promise<number> => (await postgres.asSystem(beginSearch)).version;
const importInto = (catalog: Catalog, lines: readonly string[]) =>
  catalog.importCatalog(
    (async function* () {
      yield new TextEncoder().encode(
        [
          'sku,name,description,category,subcategory,brand,list_price,status,specifications.dimensions.width_in',
          ...lines,
        ].join('\n'),
      );
    })(),
    { file_name: 'test.csv' },
  );
const skus = async (q: string, more: object = {}): Promise<string[]> =>
  (await here.searchProducts({ q, limit: 50, ...more })).items.map((item) => item.sku);

beforeAll(async () => {
  postgres = await openPostgres({ mode: 'embedded', path: 'memory' });
  await migratePrivatePostgres(postgres, join(import.meta.dirname, '../../../migrations'));
  here = makeCatalog({ postgres, now: () => new Date() });
  elsewhere = makeCatalog({ postgres, now: () => new Date() });
  await here.seedGenerated({ count: 900 });
});
afterAll(async () => {
  await postgres.close();
});

describe('memory and database', () => {
  const nothing: CandidateQuery = {
    base: {},
    read: { facet_groups: [] },
    heads: [],
    near_heads: [],
    words: [],
    sku: '',
    vector: new Float32Array(EMBEDDING_DIMENSIONS),
    embedding_model: EMBEDDING_MODEL_ID,
  };
  const queries: Record<string, Partial<CandidateQuery>> = {
    'a kind': { heads: ['desk'] },
    'a kind and what would do': { heads: ['task_chair'], near_heads: ['office_chair', 'stool'] },
    'a kind within a price': { heads: ['conference_table'], read: { facet_groups: [], max_price: 2500 } },
    'a kind in a colour and a width': {
      heads: ['desk', 'standing_desk', 'bench_desk', 'workstation'],
      read: { facet_groups: [['color:white', 'color:black']], width_in: { min: 50, max: 70 } },
    },
    'two groups of facts, of which a product must keep both': {
      read: { facet_groups: [['color:black', 'color:grey'], ['material:steel']], max_lead_time_days: 30 },
    },
    'chosen filters': {
      base: { category: 'seating', max_price: 900, in_stock: true },
      heads: ['task_chair', 'office_chair', 'guest_chair'],
    },
    'words alone': { words: ['walnut', 'mesh'], base: { max_lead_time_days: 28 } },
  };

  const shelf = new Shelf();
  test.each(Object.entries(queries))('%s finds the same products', async (_, query) => {
    await shelf.fill(postgres);
    const whole = shelf.whole(await version());
    const asked = { ...nothing, terms: [], ...query };
    const held = new Set([...(whole?.find(asked, corpus) ?? [])].map((item) => item.id));
    const stored = (await postgres.asSystem((tx) => candidates(tx, asked))).map(({ id }) => id);
    expect(held.size).toBeGreaterThan(0);
    // Beyond its limit either may choose; words stem a little differently.
    const isCut = stored.length >= LIMITS.near_heads;
    const shared = stored.filter((id) => held.has(id)).length;
    if (isCut) expect(Math.abs(held.size - stored.length)).toBeLessThanOrEqual(0.25 * stored.length);
    else expect(shared).toBe(stored.length);
  });

  test('of many products of a kind those with the words of the query come first', async () => {
    await importInto(
      elsewhere,
      ['A', 'B', 'C'].map(
        (letter) => `WORD-${letter},Plinth ${letter},A desk,desks,desk,Quillow,500,active,60`,
      ),
    );
    await shelf.fill(postgres);
    const found = shelf
      .whole(await version())
      ?.find({ ...nothing, heads: ['desk'], terms: ['quillow'] }, corpus);
    expect([...(found ?? [])].slice(0, 3).map((item) => item.brand)).toEqual([
      'Quillow',
      'Quillow',
      'Quillow',
    ]);
  });
});

describe('a change made in another process shows in the next search', () => {
  test('a new product, its new price, its new words, and its end', async () => {
    const row = (price: number, text: string, status = 'active') =>
      `NEXT-1,Bracken,${text},seating,lounge_chair,Orrin,${price},${status},30`;
    await here.warm();
    expect(await skus('zabuton chair')).not.toContain('NEXT-1');
    await importInto(elsewhere, [row(400, 'A zabuton chair')]);
    for (const isWarm of [false, true]) {
      if (isWarm) await here.warm();
      expect(await skus('zabuton chair', { max_price: 450 })).toContain('NEXT-1');
    }
    await importInto(elsewhere, [row(600, 'A tatamix chair')]);
    for (const isWarm of [false, true]) {
      if (isWarm) await here.warm();
      expect(await skus('tatamix chair', { max_price: 650 })).toContain('NEXT-1');
      expect(await skus('tatamix chair', { max_price: 450 })).not.toContain('NEXT-1');
    }
    await importInto(elsewhere, [row(600, 'A tatamix chair', 'discontinued')]);
    for (const isWarm of [false, true]) {
      if (isWarm) await here.warm();
      expect(await skus('tatamix chair')).not.toContain('NEXT-1');
    }
  });

  test('also one made by hand in the database, and rows that are gone', async () => {
    await importInto(elsewhere, ['HAND-1,Tarn,A kotatsu table,tables,coffee_table,Orrin,200,active,40']);
    await here.warm();
    const asked = { max_price: 250 };
    expect(await skus('kotatsu table', asked)).toContain('HAND-1');
    await postgres.pool.query(`UPDATE products SET list_price = 300 WHERE sku = 'HAND-1'`);
    expect(await skus('kotatsu table', asked)).not.toContain('HAND-1');
    await here.warm();
    expect(await skus('kotatsu table', asked)).not.toContain('HAND-1');
    const shelf = new Shelf();
    await shelf.fill(postgres);
    const before = shelf.whole(await version())?.size ?? 0;
    await postgres.pool.query(`DELETE FROM products WHERE sku = 'HAND-1'`);
    expect(await skus('kotatsu table')).not.toContain('HAND-1');
    // That rows are missing is noticed at the first time, what is left is held after the second.
    await shelf.fill(postgres);
    await shelf.fill(postgres);
    expect(shelf.whole(await version())?.size).toBe(before - 1);
  });

  test('what is held is good for one version only, and is followed to the next', async () => {
    const shelf = new Shelf();
    await shelf.fill(postgres);
    const first = await version();
    const size = shelf.whole(first)?.size ?? 0;
    expect(size).toBeGreaterThan(800);
    await importInto(elsewhere, ['LAST-1,Fell,A chair,seating,task_chair,Orrin,200,active,20']);
    const second = await version();
    expect(second).toBeGreaterThan(first);
    expect(shelf.whole(second)).toBeUndefined();
    await shelf.fill(postgres);
    expect(shelf.whole(second)?.size).toBe(size + 1);
    expect(shelf.whole(first)).toBeUndefined();
  });

  test('a catalogue larger than memory may hold is left to the database', async () => {
    const shelf = new Shelf(500);
    await shelf.fill(postgres);
    expect(shelf.whole(await version())).toBeUndefined();
    expect(shelf.size).toBeLessThanOrEqual(500);
  });
});
