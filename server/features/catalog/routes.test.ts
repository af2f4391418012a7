// The catalogue over HTTP: who may write, what is answered, and that costs stay with those who may see them.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApp, type Person, type TestApp } from '../../../test/harness/app.ts';

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
