// A plan read again, by hand-given scale or from a revised file: what a person corrected stays, what changed is told.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Space } from '../../../contract/floorplans.ts';
import type { PlanDifferences } from '../../../contract/plan-edits.ts';
import { samplePlanDxf } from '../../../engine/plan/generator/sample.ts';
import { openTestApp, type Person, type TestApp, until } from '../../../test/harness/app.ts';

let t: TestApp;
let ada: Person;

beforeAll(async () => {
  t = await openTestApp();
  ada = await t.join('Ada');
});
afterAll(() => t.close());

const someDrawing = () => new TextDecoder().decode(samplePlanDxf(Math.floor(Math.random() * 1e6)));

/** The drawing moved in its own coordinates: every point of its entities, not the blocks they are made of. */
function shifted(dxf: string, dx: number, dy: number): string {
  const lines = dxf.split(/\r?\n/);
  let section = '';
  for (let i = 0; i + 1 < lines.length; i += 2) {
    const code = Number(lines[i]);
    const value = lines[i + 1] as string;
    if (code === 2 && lines[i - 1] === 'SECTION') section = value;
    if (section !== 'ENTITIES') continue;
    if (code >= 10 && code <= 13) lines[i + 1] = String(Number(value) + dx);
    if (code >= 20 && code <= 23) lines[i + 1] = String(Number(value) + dy);
  }
  return lines.join('\r\n');
}

async function read(id: string) {
  const answer = await until(
    () => ada.get(`/floor-plans/${id}`),
    (one) => ['analyzed', 'failed'].includes(one.body.status),
  );
  expect(answer.body.processing_error).toBeNull();
  return answer.body;
}

async function newPlan(dxf: string): Promise<string> {
  const project = (await ada.post('/projects', { name: 'Revisions' })).body.id;
  const uploaded = await ada.upload(`/projects/${project}/floor-plans`, 'first.dxf', dxf);
  await read(uploaded.body.id);
  return uploaded.body.id;
}

const rooms = async (plan: string): Promise<Space[]> =>
  (await ada.get(`/floor-plans/${plan}/spaces`)).body.items;
const bySize = (all: Space[]) => [...all].sort((a, b) => (b.area_sqft ?? 0) - (a.area_sqft ?? 0));

function middleLine(room: Space): [number, number][] {
  const xs = room.source_polygon.map((p) => p[0]);
  const ys = room.source_polygon.map((p) => p[1]);
  const x = (Math.min(...xs) + Math.max(...xs)) / 2;
  return [
    [x, Math.min(...ys) - 1],
    [x, Math.max(...ys) + 1],
  ];
}

/** Splits one room, deletes one, renames one. */
async function correct(plan: string) {
  const [split, deleted, renamed] = bySize(
    (await rooms(plan)).filter((room) => !['corridor', 'lobby'].includes(room.type)),
  ) as [Space, Space, Space];
  const edit = (body: unknown) => ada.post(`/floor-plans/${plan}/edits`, body);
  const parts = (await edit({ op: 'split', space_id: split.id, line: middleLine(split) })).body
    .spaces as Space[];
  expect(parts.length).toBeGreaterThan(1);
  expect((await edit({ op: 'delete', space_ids: [deleted.id] })).status).toBe(200);
  await edit({
    op: 'describe',
    space_ids: [renamed.id],
    changes: { name: 'War room', type: 'meeting_room' },
  });
  return { parts, deleted, renamed, all: await rooms(plan) };
}

const shape = ({ id, name, number, type, source_polygon, polygon, area_sqft }: Space) => ({
  id,
  name,
  number,
  type,
  source_polygon,
  polygon,
  area_sqft,
});

describe('the same file read again', () => {
  it('leaves corrected rooms as they are: no deleted room returns, no split room is whole again', async () => {
    const plan = await newPlan(someDrawing());
    expect((await ada.get(`/floor-plans/${plan}/differences`)).status).toBe(404);
    const done = await correct(plan);
    await ada.post(`/floor-plans/${plan}/analysis`, {});
    const after = await read(plan);
    expect((await rooms(plan)).map(shape)).toEqual(done.all.map(shape));
    const told: PlanDifferences = (await ada.get(`/floor-plans/${plan}/differences`)).body;
    expect(told).toMatchObject({ previous_file_name: null, added: [], removed: [], alignment: null });
    expect(told.kept.map((one) => one.space_id).sort()).toEqual(
      [...done.parts.map((part) => part.id), done.renamed.id].sort(),
    );
    expect(after.has_differences).toBe(true);
    // A reading begins a new history.
    expect((await ada.get(`/floor-plans/${plan}/edits`)).body.undo).toBeNull();
    const document = (await ada.get(`/floor-plans/${plan}/analysis`)).body;
    expect(document.spaces).toHaveLength(done.all.length);
  });

  it('at another scale gives corrected rooms new feet from the outlines they keep', async () => {
    const plan = await newPlan(someDrawing());
    const before = (await ada.get(`/floor-plans/${plan}`)).body;
    const done = await correct(plan);
    const [x0, y0, x1] = (await ada.get(`/floor-plans/${plan}/analysis`)).body.source.extents;
    const twice = before.feet_per_unit * 1.1 * (x1 - x0);
    await ada.post(`/floor-plans/${plan}/analysis`, { known: `${x0},${y0},${x1},${y0}=${twice} ft` });
    const after = await read(plan);
    expect(after.feet_per_unit).toBeCloseTo(before.feet_per_unit * 1.1, 6);
    const now = new Map((await rooms(plan)).map((room) => [room.id, room]));
    expect(now.has(done.deleted.id)).toBe(false);
    for (const part of done.parts) {
      const room = now.get(part.id) as Space;
      expect(room.source_polygon).toEqual(part.source_polygon);
      expect(room.area_sqft).toBeCloseTo((part.area_sqft ?? 0) * 1.21, 0);
    }
  });
});

describe('a revised file', () => {
  it('is read beside the old one, its shift is found, and corrections move with it', async () => {
    const dxf = someDrawing();
    const plan = await newPlan(dxf);
    const done = await correct(plan);
    const revised = shifted(dxf, 1500, -730);
    const sent = await ada.upload(`/floor-plans/${plan}/revisions`, 'second.dxf', revised);
    expect(sent.status).toBe(201);
    expect(sent.body).toMatchObject({ file_name: 'second.dxf', file_revision: 2, id: plan });
    await read(plan);
    const now = await rooms(plan);
    expect(now.map((room) => room.id).sort()).toEqual(done.all.map((room) => room.id).sort());
    for (const part of [...done.parts, done.all.find((room) => room.id === done.renamed.id) as Space]) {
      const room = now.find((one) => one.id === part.id) as Space;
      expect(room).toMatchObject({ name: part.name, type: part.type, manually_edited: true });
      expect(room.area_sqft).toBeCloseTo(part.area_sqft ?? 0, 0);
      part.source_polygon.forEach(([x, y], i) => {
        expect(room.source_polygon[i]?.[0]).toBeCloseTo(x + 1500, 1);
        expect(room.source_polygon[i]?.[1]).toBeCloseTo(y - 730, 1);
      });
    }
    const told: PlanDifferences = (await ada.get(`/floor-plans/${plan}/differences`)).body;
    expect(told.previous_file_name).toBe('first.dxf');
    expect(told.alignment).toMatch(/moved by 125 ft across and -?61 ft up/);
    expect(told.removed).toEqual([]);
    const files = (await ada.get(`/floor-plans/${plan}/revisions`)).body.items;
    expect(files.map((one: { file_name: string; current: boolean }) => [one.file_name, one.current])).toEqual(
      [
        ['second.dxf', true],
        ['first.dxf', false],
      ],
    );
    for (const [revision, text] of [
      [1, dxf],
      [2, revised],
    ] as const) {
      const file = await t.server.inject({
        url: `/api/v1/floor-plans/${plan}/revisions/${revision}/file`,
        headers: { cookie: ada.cookie },
      });
      expect(file.body === text).toBe(true);
    }
  });

  it('says what came, went and changed', async () => {
    const plan = await newPlan(someDrawing());
    const before = await rooms(plan);
    await ada.upload(`/floor-plans/${plan}/revisions`, 'other.dxf', someDrawing());
    await read(plan);
    const now = await rooms(plan);
    const told: PlanDifferences = (await ada.get(`/floor-plans/${plan}/differences`)).body;
    expect(told.kept).toEqual([]);
    expect(told.added.length + told.changed.length + told.unchanged).toBe(now.length);
    expect(told.removed.length + told.changed.length + told.unchanged).toBe(before.length);
    expect(told.changed.length + told.added.length).toBeGreaterThan(0);
    for (const one of told.changed) expect(one.changes.length).toBeGreaterThan(0);
  });

  it('that is the same file, no plan, or somebody else’s is refused and leaves nothing', async () => {
    const dxf = someDrawing();
    const plan = await newPlan(dxf);
    const eve = await t.join('Eve');
    const same = await ada.upload(`/floor-plans/${plan}/revisions`, 'again.dxf', dxf);
    expect(same.status).toBe(409);
    expect(same.body.detail).toMatch(/the very file/);
    expect((await ada.upload(`/floor-plans/${plan}/revisions`, 'x.dxf', 'hello')).status).toBe(415);
    expect((await eve.upload(`/floor-plans/${plan}/revisions`, 'x.dxf', dxf)).status).toBe(404);
    expect((await eve.get(`/floor-plans/${plan}/revisions`)).status).toBe(404);
    expect((await eve.get(`/floor-plans/${plan}/revisions/1/file`)).status).toBe(404);
    expect((await ada.get(`/floor-plans/${plan}/revisions/2/file`)).status).toBe(404);
    const kept: string[] = [];
    for await (const file of t.app.deps.files.list(`floor-plans/${plan}/`)) kept.push(file.key);
    expect(kept).toEqual([`floor-plans/${plan}/original`]);
    expect((await ada.get(`/floor-plans/${plan}`)).body).toMatchObject({
      status: 'analyzed',
      file_revision: 1,
    });
  });
});

describe('several floors', () => {
  it('keep their order, can be moved and named, and tell of a twin', async () => {
    const project = (await ada.post('/projects', { name: 'Tower' })).body.id;
    const path = `/projects/${project}/floor-plans`;
    const dxf = someDrawing();
    const first = (await ada.upload(path, 'a.dxf', dxf)).body;
    const second = (await ada.upload(path, 'b.dxf', someDrawing())).body;
    const twin = (await ada.upload(path, 'c.dxf', dxf)).body;
    expect([first.level_index, second.level_index, twin.level_index]).toEqual([0, 1, 2]);
    expect([first.same_file_as, second.same_file_as, twin.same_file_as]).toEqual([null, null, first.id]);
    const order = async () =>
      (await ada.get(path)).body.items.map((one: { id: string; level_index: number }) => [
        one.level_index,
        one.id,
      ]);
    const moved = await ada.patch(`/floor-plans/${twin.id}`, { level_index: 0, level_name: 'Ground' });
    expect(moved.body).toMatchObject({ level_index: 0, level_name: 'Ground' });
    expect(await order()).toEqual([
      [0, twin.id],
      [1, first.id],
      [2, second.id],
    ]);
    await ada.delete(`/floor-plans/${first.id}`);
    expect(await order()).toEqual([
      [0, twin.id],
      [1, second.id],
    ]);
    expect((await ada.get(`/floor-plans/${twin.id}`)).body.same_file_as).toBeNull();
    expect((await ada.patch(`/floor-plans/${twin.id}`, { level_index: -1 })).status).toBe(400);
    await until(
      () => ada.get(path),
      (answer) => answer.body.items.every((one: { status: string }) => one.status === 'analyzed'),
    );
  });
});
