// Pictures of the 3D view, and models of floors and products, over HTTP.
import { randomUUID } from 'node:crypto';
import { WebIO } from '@gltf-transform/core';
import { validateBytes } from 'gltf-validator';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecommendationItem } from '../../../contract/recommendations.ts';
import { samplePlanDxf } from '../../../engine/plan/generator/sample.ts';
import { openTestApp, type Person, type TestApp, until } from '../../../test/harness/app.ts';

let t: TestApp;
let dana: Person;
let viewer: Person;
let eve: Person;
let project: string;
let floor: string;
let items: RecommendationItem[];

beforeAll(async () => {
  t = await openTestApp();
  await t.join('Root');
  [dana, viewer, eve] = [await t.join('Dana'), await t.join('Vera'), await t.join('Eve')];
  await t.app.features.catalog.seedGenerated({ seed: 5, count: 200 });
  project = (await dana.post('/projects', { name: 'Shown' })).body.id;
  floor = (await dana.upload(`/projects/${project}/floor-plans`, 'plan.dxf', samplePlanDxf(412))).body.id;
  await until(
    () => dana.get(`/floor-plans/${floor}`),
    (answer) => answer.body.status === 'analyzed',
  );
  const conversation = await dana.post(`/projects/${project}/conversations`);
  await dana.post(`/conversations/${conversation.body.id}/messages`, {
    content: 'We are 10 people: 8 workstations, 1 meeting room. Budget up to $200,000.',
  });
  items = (await dana.post(`/projects/${project}/recommendations`, {})).body.items;
  expect(items.length).toBeGreaterThan(2);
  await dana.post(`/projects/${project}/collaborators`, { email: viewer.email, role: 'viewer' });
}, 120_000);
afterAll(() => t.close());

async function picture(format: 'png' | 'jpeg' | 'webp', width = 320, height = 200): Promise<Buffer> {
  const color = { r: Math.floor(Math.random() * 256), g: 40, b: 90 };
  const made = sharp({ create: { width, height, channels: 3, background: color } });
  return await made
    .toFormat(format)
    .withMetadata({ exif: { IFD0: { Copyright: 'private words' } } })
    .toBuffer();
}
const save = (who: Person, bytes: Uint8Array | string, query = 'name=From%20the%20door', of = project) =>
  who.upload(`/projects/${of}/renders?${query}`, 'view.png', bytes);
const raw = (who: Person | null, url: string, headers: Record<string, string> = {}) =>
  t.server.inject({
    method: 'GET',
    url: `/api/v1${url}`,
    headers: { ...(who === null ? {} : { cookie: who.cookie }), ...headers },
  });
const audited = (action: string) =>
  t.app.deps.postgres.asSystem((tx) =>
    tx
      .selectFrom('audit_log')
      .select('detail')
      .where('action', '=', action)
      .where('project_id', '=', project)
      .execute(),
  );

describe('pictures of the 3D view', () => {
  it('are kept with their size, listed newest first, handed out and deleted with their file', async () => {
    const bytes = await picture('png', 640, 360);
    const first = await save(dana, bytes, `name=Entrance&floor_plan_id=${floor}`);
    expect(first).toMatchObject({
      status: 201,
      body: {
        name: 'Entrance',
        floor_plan_id: floor,
        content_type: 'image/png',
        width_px: 640,
        height_px: 360,
      },
    });
    const second = await save(dana, await picture('jpeg'), 'name=Second');
    expect(second.body.content_type).toBe('image/jpeg');
    const listed = await viewer.get(`/projects/${project}/renders`);
    expect(listed.body.items.map((one: { name: string }) => one.name)).toEqual(['Second', 'Entrance']);
    const file = await raw(viewer, `/renders/${first.body.id}/file?download=true`);
    expect(file.headers['content-type']).toBe('image/png');
    expect(file.headers['content-disposition']).toContain('Entrance.png');
    expect(file.rawPayload.length).toBe(first.body.file_size_bytes);
    expect(await sharp(file.rawPayload).raw().toBuffer()).toEqual(await sharp(bytes).raw().toBuffer());
    // What a camera or a program wrote beside the picture is not kept.
    expect(file.rawPayload.includes('private words')).toBe(false);

    const forProposal = await t.app.features.renders.rendersForProposal(
      { user_id: dana.user_id, is_admin: false, by: { kind: 'session', session_id: randomUUID() } },
      project,
    );
    expect(forProposal.map((one) => one.name)).toEqual(['Second', 'Entrance']);
    expect(Buffer.from(forProposal[1]?.bytes ?? []).equals(file.rawPayload)).toBe(true);

    const row = await t.app.deps.postgres.asSystem((tx) =>
      tx.selectFrom('renders').select('file_key').where('id', '=', first.body.id).executeTakeFirstOrThrow(),
    );
    expect((await dana.delete(`/renders/${first.body.id}`)).status).toBe(204);
    expect((await dana.get(`/renders/${first.body.id}/file`)).status).toBe(404);
    expect(await t.app.deps.files.stat(row.file_key)).toBeUndefined();
    expect(await audited('render.saved')).toHaveLength(2);
    expect(await audited('render.deleted')).toHaveLength(1);
  });

  it('are PNG or JPEG by content, whole, and of a size that can be shown', async () => {
    expect((await save(dana, await picture('webp'))).status).toBe(415);
    expect((await save(dana, '<svg xmlns="http://www.w3.org/2000/svg"/>')).status).toBe(415);
    const whole = await picture('png', 400, 300);
    expect((await save(dana, whole.subarray(0, whole.length / 2))).status).toBe(422);
    expect((await save(dana, await picture('png', 5000, 20))).status).toBe(413);
    expect((await save(dana, Buffer.alloc(13 * 1024 * 1024, 0xff))).status).toBe(413);
    expect((await save(dana, whole, 'name=')).status).toBe(400);
  });

  it('are saved by those who edit, seen by those who look, and unknown to everyone else', async () => {
    const bytes = await picture('png');
    expect((await save(viewer, bytes)).status).toBe(403);
    expect((await save(eve, bytes)).status).toBe(404);
    const kept = (await save(dana, bytes)).body.id;
    expect((await viewer.delete(`/renders/${kept}`)).status).toBe(403);
    for (const path of [
      `/renders/${kept}/file`,
      `/projects/${project}/renders`,
      `/floor-plans/${floor}/model.glb`,
    ])
      expect((await eve.get(path)).status, path).toBe(404);
    expect((await eve.delete(`/renders/${kept}`)).status).toBe(404);
    const own = (await eve.post('/projects', { name: 'Hers' })).body.id;
    const foreign = `name=x&floor_plan_id=${floor}`;
    expect((await save(eve, bytes, foreign, own)).status).toBe(404);
    expect((await raw(null, `/renders/${kept}/file`)).statusCode).toBe(401);
  });
});

describe('models', () => {
  it('a floor holds every piece of the scenario and every room, once, and is not sent again unchanged', async () => {
    const answer = await raw(viewer, `/floor-plans/${floor}/model.glb`);
    expect(answer.statusCode).toBe(200);
    const report = (await validateBytes(new Uint8Array(answer.rawPayload))) as {
      issues: { numErrors: number; numWarnings: number };
    };
    expect(report.issues.numErrors + report.issues.numWarnings).toBe(0);
    const nodes = (await new WebIO().readBinary(new Uint8Array(answer.rawPayload))).getRoot().listNodes();
    for (const item of items) {
      const standing = nodes.filter((node) => node.getExtras()['item_id'] === item.id);
      expect(standing.length).toBe(Array.isArray(item.placement) ? item.placement.length : 0);
      expect(standing.every((node) => node.getExtras()['space_id'] === item.space_id)).toBe(true);
    }
    const spaces = (await dana.get(`/floor-plans/${floor}/spaces`)).body.items as { id: string }[];
    const rooms = nodes.filter((node) => node.getExtras()['type'] !== undefined);
    expect(new Set(rooms.map((node) => node.getExtras()['space_id']))).toEqual(
      new Set(spaces.map((space) => space.id)),
    );
    const etag = String(answer.headers['etag']);
    const again = await raw(viewer, `/floor-plans/${floor}/model.glb`, { 'if-none-match': etag });
    expect(again.statusCode).toBe(304);
    const other = await raw(viewer, `/floor-plans/${floor}/model.glb?scenario=aggressive`, {
      'if-none-match': etag,
    });
    expect(other.statusCode).toBe(200);
  });

  it('a product is in metres; a link shows it without signing in; without a size there is none', async () => {
    const product = (await dana.get('/products?limit=1')).body.items[0];
    const answer = await raw(eve, `/products/${product.id}/model.glb`);
    const root = (await new WebIO().readBinary(new Uint8Array(answer.rawPayload))).getRoot();
    const widest = Math.max(
      ...root
        .listMeshes()
        .flatMap((mesh) => mesh.listPrimitives())
        .map((part) => part.getAttribute('POSITION')?.getMax([])[0] ?? 0),
    );
    expect(widest * 2).toBeCloseTo(product.specifications.dimensions.width_in * 0.0254, 3);
    const link = (await eve.post(`/products/${product.id}/model-links`)).body;
    const shown = await t.server.inject({ method: 'GET', url: link.url });
    expect(shown.rawPayload.equals(answer.rawPayload)).toBe(true);
    const wrong = link.url.replace(/.{4}\.glb$/, 'AAAA.glb');
    expect((await t.server.inject({ method: 'GET', url: wrong })).statusCode).toBe(404);
    const bare = await t.app.features.catalog.importCatalog(
      (async function* () {
        yield Buffer.from('sku,name,category,list_price\nNO-SIZE,A thing without a size,tables,10.00\n');
      })(),
      { file_name: 'bare.csv', started_by: dana.user_id },
    );
    expect(bare.created).toBe(1);
    const found = (await dana.get('/products?q=NO-SIZE&limit=1')).body.items[0];
    expect((await dana.get(`/products/${found.id}/model.glb`)).body.detail).toContain('does not give');
  });
});

describe('retention', () => {
  it('deletes pictures 90 days after the project is completed, row and file, and none before', async () => {
    const done = (await dana.post('/projects', { name: 'Done' })).body.id;
    const kept = (await save(dana, await picture('png'), 'name=Kept', done)).body.id;
    const row = await t.app.deps.postgres.asSystem((tx) =>
      tx.selectFrom('renders').select('file_key').where('id', '=', kept).executeTakeFirstOrThrow(),
    );
    for (const status of ['in_progress', 'approved', 'completed'])
      expect((await dana.patch(`/projects/${done}`, { status })).status).toBe(200);
    const run = (days: number) =>
      t.app.features.retention.runNow(new Date(Date.now() + days * 86_400_000), false);
    await run(89);
    expect((await dana.get(`/projects/${done}/renders`)).body.items).toHaveLength(1);
    const open = (await dana.get(`/projects/${project}/renders`)).body.items.length;
    await run(91);
    expect((await dana.get(`/projects/${done}/renders`)).body.items).toHaveLength(0);
    expect(await t.app.deps.files.stat(row.file_key)).toBeUndefined();
    expect((await dana.get(`/projects/${project}/renders`)).body.items).toHaveLength(open);
  });
});
