// The catalogue over a real PostgreSQL: import, search, prices, and who sees what.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateCatalog } from '../../../engine/catalog/generator/generate.ts';
import type { Actor } from '../../platform/http.ts';
import { migratePrivatePostgres } from '../../platform/migrate.ts';
import { openPostgres, type Postgres } from '../../platform/postgres.ts';
import { type Catalog, makeCatalog } from './service.ts';

let postgres: Postgres;
let catalog: Catalog;
let designer: Actor;
let dealer: Actor;
const origin = { ip_address: null, user_agent: null, request_id: null };

async function person(email: string, type: 'designer' | 'dealer'): Promise<Actor> {
  const user = await postgres.pool.query(
    `INSERT INTO users (email, user_type) VALUES ($1, $2) RETURNING id`,
    [email, type],
  );
  const organization = await postgres.pool.query(
    `INSERT INTO organizations (name, type, dealer_confirmed_at) VALUES ($1, $2, $3) RETURNING id`,
    [email, type === 'dealer' ? 'dealer' : 'design_firm', type === 'dealer' ? new Date() : null],
  );
  const user_id = String(user.rows[0].id);
  await postgres.pool.query(
    `INSERT INTO organization_members (organization_id, user_id, role) VALUES ($1, $2, 'owner')`,
    [organization.rows[0].id, user_id],
  );
  return { user_id, is_admin: false, by: { kind: 'session', session_id: user_id } };
}

async function* bytes(text: string): AsyncIterable<Uint8Array> {
  yield new TextEncoder().encode(text);
}
const importText = (text: string, mapping?: Record<string, string>) =>
  catalog.importCatalog(bytes(text), { file_name: 'test.csv', mapping });
const HEADER =
  'sku,name,description,category,list_price,dealer_price,specifications.dimensions.width_in,tags';

beforeAll(async () => {
  postgres = await openPostgres({ mode: 'embedded', path: 'memory' });
  await migratePrivatePostgres(postgres, join(import.meta.dirname, '../../../migrations'));
  catalog = makeCatalog({ postgres, now: () => new Date('2026-11-23T09:00:00Z') });
  designer = await person('designer@example.com', 'designer');
  dealer = await person('dealer@example.com', 'dealer');
  await catalog.seedGenerated();
});
afterAll(async () => {
  await postgres.close();
});

describe('import', () => {
  const file = [
    HEADER,
    'IMP-1,Harbour Stool,"A stool for the harbour office, blue",seating,"$120.00",55,18,"quay; maritime"',
    'IMP-2,Harbour Bench,A long bench,seating,340,,60,',
    'IMP-3,Harbour Lamp,A lamp,accessories,-4,,,',
  ].join('\n');

  test('creates rows, refuses bad ones with their line, and changes nothing when it is run again', async () => {
    const first = await importText(file);
    expect(first).toMatchObject({ read: 3, created: 2, updated: 0 });
    expect(first.rejected).toEqual([{ line: 4, reason: 'list_price is -4, and it cannot be negative' }]);
    const before = await postgres.pool.query(
      `SELECT sku, updated_at FROM products WHERE sku LIKE 'IMP-%' ORDER BY sku`,
    );
    const again = await importText(file);
    expect(again).toMatchObject({ read: 3, created: 0, updated: 0 });
    const after = await postgres.pool.query(
      `SELECT sku, updated_at FROM products WHERE sku LIKE 'IMP-%' ORDER BY sku`,
    );
    expect(after.rows).toEqual(before.rows);
    const stored = await postgres.pool.query('SELECT * FROM catalog_imports WHERE id = $1', [first.id]);
    expect(stored.rows[0]).toMatchObject({
      status: 'completed',
      created: 2,
      rejected_count: 1,
      file_name: 'test.csv',
    });
  });

  test('a price list changes prices only, and every price keeps the time from which it held', async () => {
    const report = await importText(
      'sku,name,category,list_price\nIMP-1,Harbour Stool,seating,150\nIMP-2,Harbour Bench,seating,340\n',
    );
    expect(report).toMatchObject({ created: 0, updated: 1 });
    const { items } = await catalog.search(designer, searchFor('harbour stool'));
    expect(items[0]).toMatchObject({
      sku: 'IMP-1',
      list_price: 150,
      description: 'A stool for the harbour office, blue',
      tags: ['quay', 'maritime'],
    });
    const prices = await catalog.prices(dealer, items[0]?.id ?? '');
    expect(prices.map(({ list_price, effective_to }) => [list_price, effective_to === null])).toEqual([
      [150, true],
      [120, false],
    ]);
    expect(prices[0]?.effective_from).toBe(prices[1]?.effective_to);
  });

  test('text of all kinds is stored as text', async () => {
    const nasty = `Robert'); DROP TABLE products;-- <script>alert(1)</script> \u0000 🪑`;
    const report = await catalog.importCatalog(
      bytes(JSON.stringify({ sku: 'IMP-9', name: nasty, category: 'seating', list_price: 1 })),
    );
    expect(report.created).toBe(1);
    const { items } = await catalog.search(designer, searchFor('IMP-9'));
    expect(items[0]?.name).toBe(nasty.replace('\u0000', ''));
  });

  test('what is derived a batch ahead is what is stored', async () => {
    const line = (sku: string, i: number) =>
      i === 7
        ? `${sku}-${i},,,seating,9,,,`
        : `${sku}-${i},Quay Stool ${i},Blue and round,seating,${90 + i},,18,quay`;
    const file = (sku: string) => [HEADER, ...Array.from({ length: 25 }, (_, i) => line(sku, i))].join('\n');
    const options = { file_name: 'test.csv', batch: 10 };
    const ahead = await catalog.importCatalog(bytes(file('AHEAD')), { ...options, ahead: true });
    const alone = await catalog.importCatalog(bytes(file('ALONE')), options);
    expect(ahead).toMatchObject({ read: 25, created: 24, rejected: alone.rejected });
    const stored = async (sku: string) => {
      const { rows } = await postgres.pool.query(
        `SELECT search_document - 'terms' AS document, search_heads, search_facets, embedding::text
         FROM products p WHERE sku LIKE $1 ORDER BY list_price`,
        [`${sku}-%`],
      );
      return rows;
    };
    expect(await stored('AHEAD')).toEqual(await stored('ALONE'));
    const again = await catalog.importCatalog(bytes(file('AHEAD')), { ...options, ahead: true });
    expect(again).toMatchObject({ created: 0, updated: 0 });
  });

  test('words joined by a slash are words of their own', async () => {
    await importText(`${HEADER}\nIMP-S,Gable Umbrella/Boot Stand,Hall stand/shelf,accessories,90,,,`);
    const { rows } = await postgres.pool.query(
      `SELECT search_vector @@ to_tsquery('english', 'boot & umbrella & shelf') AS found FROM products WHERE sku = 'IMP-S'`,
    );
    expect(rows).toEqual([{ found: true }]);
  });

  test('a file that is none leaves a failed report and no products', async () => {
    await expect(catalog.importCatalog(bytes('\u0089PNG'), { file_name: 'x.png' })).rejects.toMatchObject({
      type: 'unreadable_file',
    });
    await expect(importText('a,b\n1,2\n')).rejects.toThrow(/no column for sku/);
    const { rows } = await postgres.pool.query(
      'SELECT status, error FROM catalog_imports ORDER BY started_at DESC LIMIT 2',
    );
    expect(rows.map(({ status }) => status)).toEqual(['failed', 'failed']);
    expect(rows[0]?.error).toContain('no column for sku');
  });
});

function searchFor(q: string | undefined, more: object = {}) {
  return { ...(q === undefined ? {} : { q }), limit: 24, sort: 'relevance' as const, ...more };
}

describe('variants and options in a file', () => {
  const COLUMNS =
    'sku,parent_sku,name,category,list_price,price_adjustment,attributes.finish,option_group,option';
  const file = [
    COLUMNS,
    'PARTS-1-LATE,PARTS-1,,,,9,lacquered,,',
    'PARTS-1,,Parts desk,desks,500,,,,',
    'PARTS-1-OAK,PARTS-1,Oak,,,40,oak,,',
    'PARTS-1-ASH,PARTS-1,Ash,,470,,ash,,',
    ',PARTS-1,,,,25,,Top edge,Rounded',
    ',PARTS-1,,,,0,,Top edge,Straight',
    'PARTS-1-FREE,PARTS-1,,,,-501,free,,',
    'PARTS-9-X,PARTS-9,,,,1,x,,',
    'IMP-1,PARTS-1,,,,1,y,,',
  ].join('\n');
  const variants = () =>
    postgres.pool.query(
      `SELECT v.sku, v.price_adjustment, v.attributes, v.updated_at FROM product_variants v
       JOIN products p ON p.id = v.product_id WHERE p.sku = 'PARTS-1' ORDER BY v.sku`,
    );

  test('are stored with their price, refused with their line, and left alone when nothing changed', async () => {
    const first = await importText(file);
    expect(first).toMatchObject({ read: 9, created: 6, updated: 0 });
    expect([...first.rejected].sort((a, b) => a.line - b.line)).toEqual([
      {
        line: 8,
        reason:
          'PARTS-1-FREE would cost less than nothing: its price adjustment is -501, and PARTS-1 costs 500',
      },
      {
        line: 9,
        reason: 'its product PARTS-9 is neither in the file nor in the catalogue; import the product first',
      },
      {
        line: 10,
        reason: 'IMP-1 is a product of its own in the catalogue; a variant of PARTS-1 needs another sku',
      },
    ]);
    const stored = await variants();
    expect(stored.rows).toMatchObject([
      { sku: 'PARTS-1-ASH', price_adjustment: -30, attributes: { finish: 'ash' } },
      { sku: 'PARTS-1-LATE', price_adjustment: 9 },
      { sku: 'PARTS-1-OAK', price_adjustment: 40 },
    ]);
    const product = (await catalog.search(designer, searchFor('PARTS-1'))).items[0];
    expect(product?.specifications['option_groups']).toEqual([
      {
        code: 'top-edge',
        name: 'Top edge',
        required: true,
        choices: [
          { code: 'Rounded', name: 'Rounded', price_adjustment: 25, lead_time_days: 0 },
          { code: 'Straight', name: 'Straight', price_adjustment: 0, lead_time_days: 0 },
        ],
      },
    ]);
    expect(await importText(file)).toMatchObject({ read: 9, created: 0, updated: 0 });
    expect((await variants()).rows).toEqual(stored.rows);
  });

  test('a later file changes one of them and adds another, without the product’s own row', async () => {
    const done = await importText(
      [
        COLUMNS,
        'PARTS-1-OAK,PARTS-1,,,,55,oak,,',
        'PARTS-1-OAK,PARTS-1,,,,56,oak,,',
        ',PARTS-1,,,,30,,Top edge,Rounded',
        ',PARTS-1,,,,12,,Top edge,Waney',
      ].join('\n'),
    );
    expect(done).toMatchObject({ read: 4, created: 1, updated: 2 });
    expect(done.rejected).toMatchObject([{ line: 3 }]);
    expect((await variants()).rows).toMatchObject([{}, {}, { sku: 'PARTS-1-OAK', price_adjustment: 55 }]);
    const product = (await catalog.search(designer, searchFor('PARTS-1'))).items[0];
    const [group] = (product?.specifications['option_groups'] ?? []) as { choices: object[] }[];
    expect(group?.choices).toMatchObject([
      { code: 'Rounded', price_adjustment: 30 },
      { code: 'Straight' },
      { code: 'Waney', price_adjustment: 12 },
    ]);
    const other = await importText(
      `sku,parent_sku,price_adjustment,attributes.finish\nPARTS-1-OAK,IMP-1,3,oak\n`,
    );
    expect(other.rejected).toEqual([
      { line: 2, reason: 'PARTS-1-OAK is a variant of PARTS-1 already; give this one a sku of its own' },
    ]);
  });
});

describe('what searches keep in memory', () => {
  test('a product that changed is ranked by what it says now', async () => {
    const head = 'sku,name,description,category,list_price';
    await importText(`${head}\nKEPT-1,Quillow,A zabuton rug for the quiet corner,accessories,80\n`);
    await catalog.warm();
    expect((await catalog.search(designer, searchFor('zabuton'))).items[0]?.sku).toBe('KEPT-1');
    await importText(`${head}\nKEPT-1,Quillow,A tatamix rug for the quiet corner,accessories,80\n`);
    const after = await catalog.search(designer, searchFor('tatamix'));
    expect(after.items.map(({ sku }) => sku)).toContain('KEPT-1');
    const before = await catalog.search(designer, { ...searchFor('zabuton'), probe: 'true' });
    expect(before.items.map(({ sku }) => sku)).not.toContain('KEPT-1');
  });
});

describe('search', () => {
  test('finds by name, synonym, purpose and in spite of typing errors, with the reason', async () => {
    for (const [q, subcategory] of [
      ['task chair', 'task_chair'],
      ['trash can', 'waste_bin'],
      ['somewhere to take a private call', 'phone_booth'],
      ['confrence tabel', 'conference_table'],
    ] as const) {
      const { items } = await catalog.search(designer, searchFor(q));
      expect(items[0]?.subcategory, q).toBe(subcategory);
      expect(items[0]?.why.length).toBeGreaterThan(5);
    }
  });

  test('facts in the words are filters that can be seen and removed', async () => {
    const result = await catalog.search(designer, searchFor('desk 60 in wide under 1200'));
    expect(result.understood_filters.map(({ id }) => id)).toEqual(['width', 'max_price']);
    expect(result.items.length).toBeGreaterThan(0);
    for (const item of result.items) {
      expect(item.list_price).toBeLessThanOrEqual(1200);
      expect(item.specifications.dimensions?.width_in).toBeCloseTo(60, -1);
    }
    const wider = await catalog.search(
      designer,
      searchFor('desk 60 in wide under 1200', { ignore: ['max_price'] }),
    );
    expect(wider.understood_filters.map(({ id }) => id)).toEqual(['width']);
    expect(wider.items.some((item) => item.list_price > 1200)).toBe(true);
  });

  test('chosen filters hold for every product, and facets count what is there', async () => {
    const result = await catalog.search(
      designer,
      searchFor(undefined, { category: 'seating', max_price: 600, in_stock: true }),
    );
    for (const item of result.items)
      expect([item.category, item.list_price <= 600, item.in_stock]).toEqual(['seating', true, true]);
    expect(result.facets.category).toEqual([{ value: 'seating', count: result.total }]);
    expect(result.facets.brand.reduce((sum, { count }) => sum + count, 0)).toBe(result.total);
    const exact = await postgres.pool.query(
      `SELECT count(*) AS n FROM products WHERE category = 'seating' AND list_price <= 600 AND in_stock AND status = 'active' AND deleted_at IS NULL`,
    );
    expect(result.total).toBe(exact.rows[0].n);
  });

  test('pages do not overlap and end, with and without words', async () => {
    for (const q of ['chair', undefined]) {
      const seen = new Set<string>();
      let cursor: string | undefined;
      for (let page = 0; page < 4; page += 1) {
        const result = await catalog.search(
          designer,
          searchFor(q, { limit: 20, ...(cursor ? { cursor } : {}) }),
        );
        for (const item of result.items) {
          expect(seen.has(item.id)).toBe(false);
          seen.add(item.id);
        }
        if (result.next_cursor === null) break;
        cursor = result.next_cursor;
      }
      expect(seen.size).toBeGreaterThan(40);
    }
    await expect(catalog.search(designer, searchFor('chair', { cursor: 'nonsense' }))).rejects.toThrow(
      /cursor/,
    );
  });

  test('what is not there finds nothing, and that is recorded', async () => {
    const result = await catalog.search(designer, searchFor('submarine periscope'));
    expect(result.total).toBe(0);
    await catalog.search(designer, searchFor('submarine periscope', { probe: 'true' }));
    const { rows } = await postgres.pool.query(
      `SELECT payload FROM event_outbox WHERE payload->>'event_name' = 'search_no_result'`,
    );
    expect(rows).toHaveLength(1);
    expect(JSON.parse(rows[0].payload.properties)).toMatchObject({ q: 'submarine periscope' });
  });

  test('discontinued products are not offered, but found by their sku with their successor', async () => {
    const gone = [...generateCatalog()].find(({ product }) => product.status === 'discontinued')?.product;
    const { items } = await catalog.search(designer, searchFor(gone?.sku));
    expect(items[0]).toMatchObject({
      sku: gone?.sku,
      status: 'discontinued',
      successor_sku: gone?.successor_sku,
    });
  });

  test('odd queries are answered, not failed', async () => {
    for (const q of [
      "'; DROP TABLE products; --",
      '<script>',
      '& | ! ( ) : *',
      '   ',
      '🪑',
      '%_%',
      'a'.repeat(500),
      '160x',
      '"',
      'without without',
    ]) {
      await expect(catalog.search(designer, searchFor(q)), q).resolves.toBeDefined();
    }
  });
});

describe('one product', () => {
  test('only dealers and the maker see what it costs', async () => {
    const { items } = await catalog.search(dealer, searchFor('task chair'));
    expect(items[0]).not.toHaveProperty('dealer_price');
    const id = items[0]?.id ?? '';
    expect(await catalog.get(dealer, id)).toHaveProperty('dealer_price');
    expect(await catalog.get(designer, id)).not.toHaveProperty('dealer_price');
    expect((await catalog.prices(designer, id))[0]).not.toHaveProperty('dealer_price');
  });

  test('has variants, related products of several types, and similar ones of its kind', async () => {
    const { items } = await catalog.search(designer, searchFor('height adjustable desk'));
    const id = items[0]?.id ?? '';
    expect((await catalog.variants(designer, id)).length).toBeGreaterThan(2);
    const related = await catalog.related(designer, id);
    expect(new Set(related.map((one) => one.relationship_type)).size).toBeGreaterThan(2);
    const similar = await catalog.similar(designer, id);
    expect(similar[0]?.subcategory).toBe('height_adjustable_desk');
    expect(similar.some((one) => one.id === id)).toBe(false);
    await expect(catalog.get(designer, '00000000-0000-4000-8000-000000000000')).rejects.toMatchObject({
      type: 'not_found',
    });
  });

  test('vectors of another model are never compared, and are made anew when the product is written', async () => {
    const stool = (sku: string, name: string) =>
      `${sku},${name},A perch for the lantern room at the pier,seating,77\n`;
    const header = 'sku,name,description,category,list_price\n';
    await importText(header + stool('MOD-1', 'Lantern Perch') + stool('MOD-2', 'Pier Perch'));
    const { items } = await catalog.search(designer, searchFor('MOD-1'));
    const id = items[0]?.id ?? '';
    const near = async () => (await catalog.similar(designer, id)).map(({ sku }) => sku);
    expect(await near()).toContain('MOD-2');
    const meant = 'somewhere to sit by the lighthouse';
    const score = async () =>
      (await catalog.search(designer, searchFor(meant, { max_price: 77, min_price: 77 }))).items.find(
        ({ sku }) => sku === 'MOD-2',
      )?.score ?? 0;
    const before = await score();
    await postgres.pool.query(`UPDATE products SET embedding_model = 'another-384-v9' WHERE sku = 'MOD-2'`);
    expect(await near()).not.toContain('MOD-2');
    expect(await score()).toBeLessThan(before);
    const again = await importText(header + stool('MOD-1', 'Lantern Perch') + stool('MOD-2', 'Pier Perch'));
    expect(again).toMatchObject({ created: 0, updated: 1 });
    expect(await near()).toContain('MOD-2');
    expect(await score()).toBe(before);
  });

  test('administrators add, change and remove; the search follows at once', async () => {
    const admin = { ...designer, is_admin: true };
    const made = await catalog.create(
      admin,
      { sku: 'ADM-1', name: 'Zephyrine Perch', category: 'seating', list_price: 99 },
      origin,
    );
    expect((await catalog.search(designer, searchFor('zephyrine'))).items[0]?.id).toBe(made.id);
    await expect(
      catalog.create(admin, { sku: 'ADM-1', name: 'Again', category: 'seating', list_price: 1 }, origin),
    ).rejects.toMatchObject({ type: 'already_exists' });
    const changed = await catalog.update(admin, made.id, { list_price: 120 }, origin);
    expect(changed).toMatchObject({ name: 'Zephyrine Perch', list_price: 120 });
    await catalog.remove(admin, made.id, origin);
    expect((await catalog.search(designer, searchFor('zephyrine'))).total).toBe(0);
  });
});
