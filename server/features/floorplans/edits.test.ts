// Corrections over HTTP on real stores: what a person does to a room, takes back and does again, and who may.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Space } from '../../../contract/floorplans.ts';
import { samplePlanDxf } from '../../../engine/plan/generator/sample.ts';
import { openTestApp, type Person, type TestApp, until } from '../../../test/harness/app.ts';

let t: TestApp;
let ada: Person;
let project: string;
let plan: string;

beforeAll(async () => {
  t = await openTestApp();
  ada = await t.join('Ada');
  project = (await ada.post('/projects', { name: 'Corrections' })).body.id;
  plan = await readPlan(ada, project);
});
afterAll(() => t.close());

async function readPlan(person: Person, inProject: string): Promise<string> {
  const seed = Math.floor(Math.random() * 1e6);
  const uploaded = await person.upload(`/projects/${inProject}/floor-plans`, 'plan.dxf', samplePlanDxf(seed));
  const read = await until(
    () => person.get(`/floor-plans/${uploaded.body.id}`),
    (answer) => ['analyzed', 'failed'].includes(answer.body.status),
  );
  expect(read.body.processing_error).toBeNull();
  return uploaded.body.id;
}

const rooms = async (): Promise<Space[]> => (await ada.get(`/floor-plans/${plan}/spaces`)).body.items;
const edit = (body: unknown, headers?: Record<string, string>) =>
  ada.post(`/floor-plans/${plan}/edits`, body, headers);
const undo = () => ada.post(`/floor-plans/${plan}/edits/undo`);
const redo = () => ada.post(`/floor-plans/${plan}/edits/redo`);

/** What an undo must bring back: all of a room but its revision and the time of its last change. */
const lasting = (spaces: Space[]) =>
  spaces
    .map(({ revision: _revision, updated_at: _updated, ...space }) => space)
    .sort((a, b) => a.id.localeCompare(b.id));

async function largeRoom(): Promise<Space> {
  const [largest] = (await rooms())
    .filter((room) => room.type !== 'corridor')
    .sort((a, b) => (b.area_sqft ?? 0) - (a.area_sqft ?? 0));
  return largest as Space;
}

/** A line down the middle of the room's box, a little beyond it. */
function middleLine(room: Space): [number, number][] {
  const xs = room.source_polygon.map((p) => p[0]);
  const ys = room.source_polygon.map((p) => p[1]);
  const x = (Math.min(...xs) + Math.max(...xs)) / 2;
  return [
    [x, Math.min(...ys) - 1],
    [x, Math.max(...ys) + 1],
  ];
}

const sum = (spaces: Space[]) => spaces.reduce((total, space) => total + (space.area_sqft ?? 0), 0);

describe('correcting a plan by hand', () => {
  it('splits a room, takes it back exactly, and does it again with the same ids', async () => {
    const before = await rooms();
    const room = await largeRoom();
    const told = (await ada.get(`/floor-plans/${plan}`)).body;
    const split = await edit({ op: 'split', space_id: room.id, line: middleLine(room) });
    expect(split.status).toBe(200);
    const parts = split.body.spaces as Space[];
    expect(parts.length).toBeGreaterThanOrEqual(2);
    expect(parts.map((part) => part.id)).toContain(room.id);
    expect(sum(parts)).toBeCloseTo(room.area_sqft ?? 0, 0);
    for (const part of parts) {
      expect(part).toMatchObject({ type: room.type, manually_edited: true, reviewed: true });
      expect(part.polygon).toHaveLength(part.source_polygon.length);
    }
    const kept = parts.find((part) => part.id === room.id) as Space;
    expect(kept.number).toBe(room.number);
    expect(kept.area_sqft).toBe(Math.max(...parts.map((part) => part.area_sqft ?? 0)));
    expect(split.body.floor_plan.space_count).toBe(told.space_count + parts.length - 1);
    expect(split.body.floor_plan.usable_area_sqft).toBeCloseTo(told.usable_area_sqft, 0);
    expect(split.body.history.undo).toMatch(/^split /);
    const after = await rooms();

    const undone = await undo();
    expect(undone.status).toBe(200);
    expect(undone.body.removed).toHaveLength(parts.length - 1);
    expect(undone.body.history.redo).toBe(split.body.history.undo);
    expect(lasting(await rooms())).toEqual(lasting(before));

    const redone = await redo();
    expect(redone.status).toBe(200);
    expect(lasting(await rooms())).toEqual(lasting(after));
    await undo();
    expect(lasting(await rooms())).toEqual(lasting(before));
  });

  it('joins the parts of a room to the room again', async () => {
    const room = await largeRoom();
    const parts = (await edit({ op: 'split', space_id: room.id, line: middleLine(room) })).body
      .spaces as Space[];
    const other = parts.filter((part) => part.id !== room.id);
    const joined = await edit({ op: 'merge', space_ids: [room.id, ...other.map((part) => part.id)] });
    expect(joined.status).toBe(200);
    expect(joined.body.removed.sort()).toEqual(other.map((part) => part.id).sort());
    expect(joined.body.spaces[0].area_sqft).toBeCloseTo(room.area_sqft ?? 0, 0);
    expect(joined.body.spaces[0].name).toBe(room.name);
    await undo();
    await undo();
  });

  it('deletes a room and brings it back with its furniture in place', async () => {
    const room = await largeRoom();
    const item = await furnish(room);
    const gone = await edit({ op: 'delete', space_ids: [room.id] });
    expect(gone.body.removed).toEqual([room.id]);
    expect((await ada.get(`/spaces/${room.id}`)).status).toBe(404);
    expect(await placeOf(item)).toEqual({ space_id: null, placement: null });
    const back = await undo();
    expect(lasting(back.body.spaces)).toEqual(lasting([room]));
    expect(await placeOf(item)).toEqual({ space_id: room.id, placement: [{ x: 1, y: 2, rotation_deg: 90 }] });
    await redo();
    expect(await placeOf(item)).toEqual({ space_id: null, placement: null });
    await undo();
  });

  it('draws a room where none is, and not over one that is there', async () => {
    const room = await largeRoom();
    await edit({ op: 'delete', space_ids: [room.id] });
    const drawn = await edit({
      op: 'draw',
      polygon: room.source_polygon,
      name: 'Studio',
      type: 'meeting_room',
    });
    expect(drawn.status).toBe(200);
    expect(drawn.body.spaces[0]).toMatchObject({
      name: 'Studio',
      type: 'meeting_room',
      detection_confidence: null,
      manually_edited: true,
    });
    expect(drawn.body.spaces[0].suggested_capacity).toBeGreaterThan(0);
    const document = (await ada.get(`/floor-plans/${plan}/analysis`)).body;
    const key = drawn.body.spaces[0].source_key;
    expect(document.spaces.map((space: { id: string }) => space.id)).toContain(key);
    expect(document.doors.some((door: { connects: string[] }) => door.connects.includes(key))).toBe(true);
    expect(drawn.body.spaces[0].characteristics.doors).toBe(
      document.doors.filter((door: { connects: string[] }) => door.connects.includes(key)).length,
    );
    const over = await edit({ op: 'draw', polygon: room.source_polygon });
    expect(over.status).toBe(400);
    expect(over.body.detail).toMatch(/belongs to Studio already/);
    await undo();
    await undo();
  });

  it('renames and retypes several rooms at once; a single PATCH is a step too', async () => {
    const [one, two] = (await rooms()) as [Space, Space];
    const described = await edit({
      op: 'describe',
      space_ids: [one.id, two.id],
      changes: { type: 'storage' },
    });
    expect(described.body.spaces.map((space: Space) => space.type)).toEqual(['storage', 'storage']);
    expect(described.body.spaces[0].suggested_capacity).toBe(0);
    expect((await ada.patch(`/spaces/${one.id}`, { name: 'Vault' })).body.name).toBe('Vault');
    const history = (await ada.get(`/floor-plans/${plan}/edits`)).body;
    expect(history.undo).toMatch(/^renamed /);
    await undo();
    await undo();
    expect(lasting((await rooms()).filter((room) => [one.id, two.id].includes(room.id)))).toEqual(
      lasting([one, two]),
    );
  });

  it('confirms rooms out of the review queue', async () => {
    const all = await rooms();
    const confirmed = await edit({ op: 'confirm', space_ids: all.map((room) => room.id) });
    expect(confirmed.body.floor_plan.review_count).toBe(0);
    expect(confirmed.body.spaces.every((space: Space) => space.reviewed && !space.manually_edited)).toBe(
      true,
    );
    await undo();
    expect((await rooms()).some((room) => room.reviewed)).toBe(false);
  });

  it('forgets what was taken back once something else is done', async () => {
    const room = await largeRoom();
    await edit({ op: 'describe', space_ids: [room.id], changes: { name: 'First' } });
    await undo();
    await edit({ op: 'describe', space_ids: [room.id], changes: { name: 'Second' } });
    expect((await ada.get(`/floor-plans/${plan}/edits`)).body.redo).toBeNull();
    expect((await redo()).status).toBe(409);
    await undo();
  });

  it('keeps two editors from overwriting each other', async () => {
    const room = await largeRoom();
    const seen = (await ada.get(`/floor-plans/${plan}`)).body.edit_revision;
    const change = { op: 'describe', space_ids: [room.id], changes: { name: 'Mine' } };
    expect((await edit(change, { 'if-match': `"${seen}"` })).status).toBe(200);
    const stale = await edit(change, { 'if-match': `"${seen}"` });
    expect(stale.status).toBe(412);
    expect(stale.body.detail).toMatch(/load it again/);
    await undo();
  });
});

async function furnish(room: Space): Promise<string> {
  const { postgres } = t.app.deps;
  return await postgres.asSystem(async (tx) => {
    const product = await tx
      .insertInto('products')
      .values({ sku: `T-${room.id}`, name: 'Table', category: 'tables', list_price: 100 } as never)
      .returning('id')
      .executeTakeFirstOrThrow();
    const recommendation = await tx
      .insertInto('recommendations')
      .values({ project_id: project } as never)
      .returning('id')
      .executeTakeFirstOrThrow();
    const item = await tx
      .insertInto('recommendation_items')
      .values({
        recommendation_id: recommendation.id,
        project_id: project,
        product_id: product.id,
        space_id: room.id,
        placement: JSON.stringify([{ x: 1, y: 2, rotation_deg: 90 }]),
        quantity: 1,
        unit_price: 100,
        total_price: 100,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return item.id;
  });
}

async function placeOf(item: string) {
  return await t.app.deps.postgres.asSystem((tx) =>
    tx
      .selectFrom('recommendation_items')
      .select(['space_id', 'placement'])
      .where('id', '=', item)
      .executeTakeFirst(),
  );
}

describe('outlines nobody could build', () => {
  const far = (room: Space, by: number) =>
    room.source_polygon.map(([x, y]): [number, number] => [x + by, y + by]);
  const hostile: [string, (room: Space) => unknown, number, RegExp][] = [
    [
      'an hourglass',
      (room) => {
        const [a, b, c] = room.source_polygon as [number, number][];
        return [a, c, b, [((a?.[0] ?? 0) + (c?.[0] ?? 0)) / 2, (a?.[1] ?? 0) - 5000]];
      },
      400,
      /crosses or touches itself|leaves the drawing/,
    ],
    ['huge numbers', (room) => far(room, 1e200), 400, /leaves the drawing/],
    ['a room on the moon', (room) => far(room, 1e7), 400, /leaves the drawing/],
    ['one corner three times', (room) => Array(3).fill(room.source_polygon[0]), 400, /three corners/],
    [
      'no numbers',
      () => [
        [null, 0],
        [1, Number.NaN],
        [2, 2],
      ],
      400,
      /./,
    ],
    ['too many corners', (room) => Array(2001).fill(room.source_polygon[0]), 400, /./],
    ['a speck', (room) => speck(room), 400, /too small/],
  ];
  const speck = (room: Space): [number, number][] => {
    const [x, y] = room.source_polygon[0] as [number, number];
    return [
      [x, y],
      [x + 1, y],
      [x + 1, y + 1],
    ];
  };

  it.each(hostile)(
    '%s is refused in a sentence and changes nothing',
    async (_what, ring, status, sentence) => {
      const before = await rooms();
      const room = await largeRoom();
      for (const body of [
        { op: 'reshape', space_id: room.id, polygon: ring(room) },
        { op: 'draw', polygon: ring(room) },
      ]) {
        const answer = await edit(body);
        expect({ status: answer.status, type: answer.headers['content-type'] }).toMatchObject({
          status,
          type: expect.stringContaining('problem+json'),
        });
        expect(answer.body.detail).toMatch(sentence);
      }
      expect(await rooms()).toEqual(before);
    },
  );

  it('a circle of 2000 corners is a room like any other', async () => {
    const room = await largeRoom();
    const box = [
      Math.min(...room.source_polygon.map((p) => p[0])),
      Math.min(...room.source_polygon.map((p) => p[1])),
      Math.max(...room.source_polygon.map((p) => p[0])),
      Math.max(...room.source_polygon.map((p) => p[1])),
    ] as const;
    const radius = Math.min(box[2] - box[0], box[3] - box[1]) / 2.5;
    const circle = Array.from({ length: 2000 }, (_, i): [number, number] => [
      (box[0] + box[2]) / 2 + radius * Math.cos((i * Math.PI) / 1000),
      (box[1] + box[3]) / 2 + radius * Math.sin((i * Math.PI) / 1000),
    ]);
    const begun = performance.now();
    const answer = await edit({ op: 'reshape', space_id: room.id, polygon: circle });
    expect(answer.status).toBe(200);
    expect(performance.now() - begun).toBeLessThan(5000);
    const feet = (await ada.get(`/floor-plans/${plan}`)).body.feet_per_unit;
    expect(answer.body.spaces[0].area_sqft).toBeLessThanOrEqual(Math.PI * (radius * feet) ** 2 * 1.001);
    await undo();
  });

  it('rooms apart cannot be joined, and the sentence names them', async () => {
    const all = await rooms();
    const left = [...all].sort((a, b) => (a.bbox?.[0] ?? 0) - (b.bbox?.[0] ?? 0))[0] as Space;
    const right = [...all].sort((a, b) => (b.bbox?.[0] ?? 0) - (a.bbox?.[0] ?? 0))[0] as Space;
    const answer = await edit({ op: 'merge', space_ids: [left.id, right.id] });
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toMatch(/share a wall/);
  });

  it('a room of another plan is not changed through this one', async () => {
    const other = await readPlan(ada, project);
    const [foreign] = (await ada.get(`/floor-plans/${other}/spaces`)).body.items as Space[];
    const answer = await edit({ op: 'delete', space_ids: [foreign?.id] });
    expect(answer.status).toBe(409);
    expect((await ada.get(`/spaces/${foreign?.id}`)).status).toBe(200);
    await ada.delete(`/floor-plans/${other}`);
  });
});

describe('who may correct', () => {
  it('owners and editors; commenters and viewers may look at the history; nobody else knows of the plan', async () => {
    const eve = await t.join('Eve');
    const room = await largeRoom();
    const body = { op: 'describe', space_ids: [room.id], changes: { name: 'By Eve' } };
    const path = `/floor-plans/${plan}/edits`;
    for (const [verb, answer] of [
      ['edit', await eve.post(path, body)],
      ['undo', await eve.post(`${path}/undo`)],
      ['redo', await eve.post(`${path}/redo`)],
      ['history', await eve.get(path)],
    ] as const)
      expect({ verb, status: answer.status }).toEqual({ verb, status: 404 });
    expect((await t.anonymous.post(path, body)).status).toBe(401);
    expect((await t.anonymous.get(path)).status).toBe(401);
    await ada.post(`/projects/${project}/collaborators`, { email: eve.email, role: 'viewer' });
    for (const role of ['viewer', 'commenter']) {
      await ada.patch(`/projects/${project}/collaborators/${eve.user_id}`, { role });
      expect((await eve.post(path, body)).status).toBe(403);
      expect((await eve.post(`${path}/undo`)).status).toBe(403);
      expect((await eve.get(path)).status).toBe(200);
    }
    await ada.patch(`/projects/${project}/collaborators/${eve.user_id}`, { role: 'editor' });
    expect((await eve.post(path, body)).status).toBe(200);
    expect((await eve.post(`${path}/undo`)).status).toBe(200);
    await ada.delete(`/projects/${project}/collaborators/${eve.user_id}`);
  });
});
