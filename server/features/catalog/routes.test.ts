// The catalogue over HTTP: who may write, what is answered, and that costs stay with those who may see them.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApp, type Person, type TestApp, until } from '../../../test/harness/app.ts';

let app: TestApp;
let admin: Person;
let designer: Person;
const FILE =
  'sku,name,category,subcategory,list_price,dealer_price,tags\nH-1,Quill Task Chair,seating,task_chair,800,360,ergonomic\nH-2,Quill Guest Chair,seating,guest_chair,400,180,\nH-3,Bad,seating,,x,,\n';

beforeAll(async () => {
  app = await openTestApp();
  admin = await app.join('Ada');
  designer = await app.join('Dee');
});
afterAll(() => app.close());

test('only an administrator imports; the report says what was read, made and refused', async () => {
  expect((await app.anonymous.get('/products')).status).toBe(401);
  expect((await designer.upload('/catalog/imports', 'list.csv', FILE)).status).toBe(403);
  const report = await admin.upload('/catalog/imports', 'list.csv', FILE);
  expect(report.status).toBe(201);
  expect(report.body).toMatchObject({
    read: 3,
    created: 2,
    updated: 0,
    rejected: [{ line: 4, reason: expect.stringContaining('list_price') }],
  });
  expect((await admin.upload('/catalog/imports', 'list.csv', FILE)).body).toMatchObject({
    created: 0,
    updated: 0,
  });
  const list = await admin.get('/catalog/imports?limit=1');
  expect(list.body.items[0]).toMatchObject({ file_name: 'list.csv', status: 'completed' });
  expect(list.body.next_cursor).toEqual(expect.any(String));
  expect(
    (await admin.upload('/catalog/imports', 'x.png', Buffer.from([0x89, 0x50, 0x4e, 0x47]))).status,
  ).toBe(422);
  expect((await designer.get('/catalog/imports')).status).toBe(403);
});

test('products are searched, listed and read; a designer never receives the cost', async () => {
  const found = await designer.get('/products?q=guest%20chair%20under%20500&limit=5');
  expect(found.status).toBe(200);
  expect(found.body.items.map((item: { sku: string }) => item.sku)).toEqual(['H-2']);
  expect(found.body.understood_filters[0]).toMatchObject({ id: 'max_price', label: 'Up to 500' });
  const listed = await designer.get('/products?category=seating&tags=ergonomic&sort=price_desc');
  expect(listed.body.items.map((item: { sku: string }) => item.sku)).toEqual(['H-1']);
  expect(listed.body.facets.category).toEqual([{ value: 'seating', count: 1 }]);
  const { id } = listed.body.items[0];
  for (const path of ['', '/variants', '/related', '/similar', '/prices']) {
    const answer = await designer.get(`/products/${id}${path}`);
    expect(answer.status, path).toBe(200);
    expect(JSON.stringify(answer.body), path).not.toContain('dealer_price');
    expect(JSON.stringify(answer.body), path).not.toContain('360');
  }
  expect((await admin.get(`/products/${id}`)).body.dealer_price).toBe(360);
  expect((await designer.get('/products/00000000-0000-4000-8000-000000000000')).status).toBe(404);
  expect((await designer.get('/products?limit=0')).status).toBe(400);
});

test('only an administrator changes products', async () => {
  const body = { sku: 'H-9', name: 'Quill Stool', category: 'seating', list_price: 99.5 };
  expect((await designer.post('/products', body)).status).toBe(403);
  const made = await admin.post('/products', body);
  expect(made.status).toBe(201);
  expect((await admin.post('/products', body)).status).toBe(409);
  expect((await admin.post('/products', { ...body, sku: 'H-10', list_price: -1 })).status).toBe(400);
  expect((await designer.patch(`/products/${made.body.id}`, { list_price: 1 })).status).toBe(403);
  expect((await admin.patch(`/products/${made.body.id}`, { list_price: 120 })).body).toMatchObject({
    name: 'Quill Stool',
    list_price: 120,
  });
  expect((await designer.delete(`/products/${made.body.id}`)).status).toBe(403);
  expect((await admin.delete(`/products/${made.body.id}`)).status).toBe(204);
  expect((await admin.get(`/products/${made.body.id}`)).status).toBe(404);
});

const LIST = [
  'Article;Title;Group;Retail price;Colour code;Notes',
  'J-1;Wren Task Chair;seating;"1.299,00 €";;quiet castors',
  'J-2;Wren Guest Chair;seating;450,00;;',
  'J-3;Wren Stool;seating;free;;"a ""low"" one"',
].join('\n');

const ended = (id: string) =>
  until(
    () => admin.get(`/catalog/imports/${id}`),
    ({ body }) => !['queued', 'running'].includes(body.status),
  );

async function importAs(text: string, start: object = {}): Promise<{ id: string; body: ImportBody }> {
  const made = await admin.upload('/catalog/imports?preview=true', 'wren.csv', text);
  expect(made.status).toBe(201);
  const started = await admin.post(`/catalog/imports/${made.body.id}/start`, start);
  expect(started.status, JSON.stringify(started.body)).toBe(202);
  return { id: made.body.id, body: (await ended(made.body.id)).body };
}
type ImportBody = Record<string, unknown> & { price_list_id: string };

test('a file is previewed, its columns are changed, and a job stores it and tells what was refused', async () => {
  const made = await admin.upload('/catalog/imports?preview=true', 'wren.csv', LIST);
  expect(made.body).toMatchObject({ status: 'mapping', format: 'csv', read: 0, same_file: null });
  const { preview, id } = made.body;
  expect(preview).toMatchObject({ missing: [], unmapped: ['Colour code', 'Notes'], problem: null });
  expect(preview.mapping).toMatchObject({
    Article: 'sku',
    Title: 'name',
    Group: 'category',
    'Retail price': 'list_price',
  });
  expect(preview.rows.map((row: { problems: string[] }) => row.problems.length)).toEqual([0, 0, 1]);
  expect(preview.rows[0].product).toMatchObject({ sku: 'J-1', list_price: 1299, currency: 'EUR' });
  expect((await designer.get(`/catalog/imports/${id}`)).status).toBe(403);

  const other = await admin.post(`/catalog/imports/${id}/preview`, {
    mapping: { Notes: 'description', Title: '' },
  });
  expect(other.body.missing).toEqual(['name']);
  for (const mapping of [{ Title: 'nmae' }, { Titel: 'name' }, { Title: '' }]) {
    const refused = await admin.post(`/catalog/imports/${id}/start`, { mapping });
    expect([refused.status, refused.body.type], JSON.stringify(mapping)).toEqual([
      400,
      expect.stringContaining('invalid-input'),
    ]);
  }
  const mapping = { ...preview.mapping, Notes: 'description' };
  expect((await admin.post(`/catalog/imports/${id}/start`, { mapping })).status).toBe(202);
  const { body } = await ended(id);
  expect(body).toMatchObject({
    status: 'completed',
    read: 3,
    created: 2,
    updated: 0,
    unchanged: 0,
    rejected_count: 1,
    progress_pct: 100,
  });
  expect(body.rejected[0]).toMatchObject({
    line: 4,
    reason: expect.stringContaining('list_price is "free"'),
  });
  const rejected = await admin.get(`/catalog/imports/${id}/rejected.csv`);
  expect(rejected.body).toBe(
    'line,reason,Article,Title,Group,Retail price,Colour code,Notes\r\n' +
      `4,"${String(body.rejected[0].reason).replaceAll('"', '""')}",J-3,Wren Stool,seating,free,,"a ""low"" one"\r\n`,
  );
  const found = await designer.get('/products?q=wren%20task%20chair&limit=1');
  expect(found.body.items[0]).toMatchObject({ sku: 'J-1', description: 'quiet castors' });
  expect((await admin.post(`/catalog/imports/${id}/start`, {})).status).toBe(409);
  expect((await admin.post(`/catalog/imports/${id}/cancel`)).status).toBe(409);
});

test('the same file is known again and changes nothing, and one that waits can be cancelled', async () => {
  const again = await admin.upload('/catalog/imports?preview=true', 'renamed.csv', LIST);
  expect(again.body.same_file).toMatchObject({ created: 2 });
  const mapping = { ...again.body.preview.mapping, Notes: 'description' };
  await admin.post(`/catalog/imports/${again.body.id}/start`, { mapping });
  const { body } = await ended(again.body.id);
  expect(body).toMatchObject({ read: 3, created: 0, updated: 0, unchanged: 2, rejected_count: 1 });
  expect(body.note).toMatch(/Nothing changed/);

  const waiting = await admin.upload('/catalog/imports?preview=true', 'wren.csv', LIST);
  const cancelled = await admin.post(`/catalog/imports/${waiting.body.id}/cancel`);
  expect(cancelled.body).toMatchObject({ status: 'cancelled', read: 0, preview: null });
  expect((await admin.post(`/catalog/imports/${waiting.body.id}/start`, {})).status).toBe(409);
  expect(
    (await admin.upload('/catalog/imports?preview=true', 'x.png', Buffer.from([0x89, 0x50, 0x4e, 0x47])))
      .status,
  ).toBe(422);
});

test('variants and options are previewed, counted, refused by line, and offered with their price', async () => {
  const file = [
    'SKU;Parent SKU;Title;Category;Price;Adder;Finish;Option group;Option',
    'V-1;;Vane Desk;desks;600;;;;',
    'V-1-OIL;V-1;Vane Desk, oiled;;;45,50;oiled;;',
    'V-1-WAX;V-1;Vane Desk, waxed;;;-20;waxed;;',
    ';V-1;;;;30;;Edge;Rounded',
    'V-1-BAD;V-1;;;;-900;none;;',
  ].join('\n');
  const made = await admin.upload('/catalog/imports?preview=true', 'vane.csv', file);
  expect(made.body.preview).toMatchObject({ missing: [], unmapped: ['Finish'], problem: null });
  expect(made.body.preview.rows[1]).toMatchObject({
    line: 3,
    product: null,
    parts: [{ kind: 'variant', parent_sku: 'V-1', price_adjustment: 45.5, attributes: { finish: 'oiled' } }],
  });
  expect((await admin.post(`/catalog/imports/${made.body.id}/start`, {})).status).toBe(202);
  const { body } = await ended(made.body.id);
  expect(body).toMatchObject({ status: 'completed', read: 5, created: 4, updated: 0, rejected_count: 1 });
  expect(body.note).toBe('2 variants and 1 option are new or changed.');
  const rejected = await admin.get(`/catalog/imports/${made.body.id}/rejected.csv`);
  expect(rejected.body).toContain('V-1-BAD,V-1,,,,-900,none,,');
  const { id } = (await designer.get('/products?q=V-1&limit=1')).body.items[0];
  const configured = await designer.post(`/products/${id}/configure`, {
    options: { finish: 'oiled', edge: 'Rounded' },
  });
  expect(configured.body).toMatchObject({ complete: true, list_price: 675.5 });
  expect((await importAs(file)).body).toMatchObject({ read: 5, created: 0, updated: 0, unchanged: 4 });
});

test('a price list of another day leaves today’s prices, and comes into force by itself', async () => {
  const day = (from_now: number) => new Date(Date.now() + from_now * 86_400_000).toISOString().slice(0, 10);
  const list =
    'sku,name,category,list_price\nH-1,Quill Task Chair,seating,880\nH-2,Quill Guest Chair,seating,400\n';
  const price_list = { name: 'Spring', effective_from: day(20), effective_to: day(40) };
  const wrong = await admin.upload('/catalog/imports?preview=true', 'p.csv', list);
  expect(
    (
      await admin.post(`/catalog/imports/${wrong.body.id}/start`, {
        price_list: { ...price_list, effective_to: day(10) },
      })
    ).status,
  ).toBe(400);
  const { body } = await importAs(list, { price_list });
  expect(body).toMatchObject({ created: 0, note: expect.stringContaining(day(20)) });
  const { id } = (await designer.get('/products?q=H-1&limit=1')).body.items[0];
  expect((await designer.get(`/products/${id}`)).body.list_price).toBe(800);
  const prices = (await designer.get(`/products/${id}/prices`)).body.items;
  expect(prices.map((one: { list_price: number }) => one.list_price)).toEqual([800, 880, 800]);
  expect(prices[1]).toMatchObject({ price_list_name: 'Spring', effective_from: `${day(20)}T00:00:00.000Z` });
  expect((await importAs(list, { price_list })).body).toMatchObject({ updated: 0, unchanged: 2 });

  const { catalogPrices } = app.app.features;
  const shown = await admin.get(`/catalog/price-lists/${body.price_list_id}`);
  expect(shown.body).toMatchObject({ status: 'future', applied_at: null, products: expect.any(Number) });
  const quoted = [{ product_id: id, list_price: 800, lead_time_days: 14 }];
  const who = { user_id: designer.user_id };
  expect((await catalogPrices.priceWarnings(who, quoted, new Date())).map(({ code }) => code)).toEqual([
    'price_will_change',
  ]);
  const inside = new Date(`${day(21)}T12:00:00Z`);
  expect((await catalogPrices.priceWarnings(who, quoted, inside))[0]).toMatchObject({
    code: 'price_changed',
    list_price: 880,
  });

  expect((await catalogPrices.apply(inside)).products).toBe(1);
  const found = await designer.get('/products?q=quill%20task%20chair%20under%20850');
  expect(found.body.items.map((one: { sku: string }) => one.sku)).not.toContain('H-1');
  expect((await designer.get(`/products/${id}`)).body.list_price).toBe(880);
  await catalogPrices.apply(new Date(`${day(41)}T00:00:00Z`));
  expect((await designer.get(`/products/${id}`)).body.list_price).toBe(800);
});

test('options are checked when written, and a configuration says what goes together and what it costs', async () => {
  const specifications = {
    option_groups: [
      {
        code: 'BASE',
        name: 'Base',
        default: 'STD',
        choices: [
          { code: 'STD', name: 'Nylon base' },
          { code: 'ALU', name: 'Aluminium base', price_adjustment: 60, lead_time_days: 7 },
        ],
      },
      {
        code: 'ARMS',
        name: 'Arms',
        required: false,
        choices: [{ code: '4D', name: '4D arms', price_adjustment: 95.5 }],
      },
    ],
    option_rules: [
      { kind: 'only_with', when: { group: 'ARMS', choice: '4D' }, group: 'BASE', choices: ['ALU'] },
    ],
  };
  const body = {
    sku: 'CFG-1',
    name: 'Config Chair',
    category: 'seating',
    list_price: 500,
    lead_time_days: 20,
  };
  const wrong = {
    ...specifications,
    option_rules: [{ kind: 'excludes', when: { group: 'BASE', choice: 'GOLD' }, group: 'ARMS' }],
  };
  const refused = await admin.post('/products', { ...body, specifications: wrong });
  expect([refused.status, refused.body.detail]).toEqual([400, expect.stringContaining('"GOLD"')]);
  const { id } = (await admin.post('/products', { ...body, specifications })).body;
  const variants = ['dark: black, matt', 'blue'].map((color, i) => ({
    sku: `CFG-1-${i}`,
    attributes: { color },
    price_adjustment: 10 * i,
    in_stock: true,
    lead_time_days: null,
    images: [],
  }));
  expect((await designer.post(`/products/${id}/configure`, { options: {} })).body.part_number).toBe(
    'CFG-1 BASE:STD',
  );
  const put = (items: object[]) =>
    app.server.inject({
      method: 'PUT',
      url: `/api/v1/products/${id}/variants`,
      headers: { cookie: admin.cookie },
      payload: { items },
    });
  expect((await put([...variants, variants[0]!])).statusCode).toBe(400);
  expect((await put(variants)).statusCode).toBe(200);

  const open = await designer.post(`/products/${id}/configure`, { options: {} });
  expect(open.body).toMatchObject({ valid: true, complete: false, open: ['color'], part_number: null });
  const dark = await designer.post(`/products/${id}/configure`, { options: { color: 'dark: black, matt' } });
  expect(dark.body).toMatchObject({ complete: true, part_number: 'CFG-1-0 BASE:STD' });
  const clash = await designer.post(`/products/${id}/configure`, { options: { color: 'blue', ARMS: '4D' } });
  expect(clash.body).toMatchObject({ valid: false, reason: '4D arms comes only with Aluminium base.' });
  const whole = await designer.post(`/products/${id}/configure`, {
    options: { color: 'blue', ARMS: '4D', BASE: 'ALU' },
  });
  expect(whole.body).toMatchObject({
    complete: true,
    reason: null,
    list_price: 665.5,
    lead_time_days: 27,
    part_number: 'CFG-1-1 BASE:ALU ARMS:4D',
  });
  expect(
    (await designer.post(`/products/${id}/configure`, { options: { size: 'XL' } })).body.reason,
  ).toContain('no option "size"');
});

test('a discontinued product leads to the one that is sold today, through every step and never round', async () => {
  const add = async (sku: string, status: string, successor_sku: string | null) =>
    (
      await admin.post('/products', {
        sku,
        name: sku,
        category: 'seating',
        list_price: 1,
        status,
        successor_sku,
      })
    ).body.id;
  const old = await add('CH-1', 'discontinued', 'CH-2');
  await add('CH-2', 'discontinued', 'CH-3');
  await add('CH-3', 'active', null);
  const chain = (await designer.get(`/products/${old}/successor`)).body;
  expect(chain).toMatchObject({ successor: { sku: 'CH-3' }, problem: null });
  expect(chain.chain.map((one: { sku: string }) => one.sku)).toEqual(['CH-2', 'CH-3']);
  const round = await add('RO-1', 'discontinued', 'RO-2');
  await add('RO-2', 'discontinued', 'RO-1');
  expect((await designer.get(`/products/${round}/successor`)).body).toMatchObject({
    successor: null,
    problem: expect.stringContaining('circle'),
  });
  const warnings = await app.app.features.catalogPrices.priceWarnings(
    { user_id: designer.user_id },
    [{ product_id: old }],
    new Date(),
  );
  expect(warnings).toMatchObject([{ code: 'discontinued', successor: { sku: 'CH-3' } }]);
});
