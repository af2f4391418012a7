// Rooms whose outlines change take their furniture along: every bill holds what stands on the plan as it is now.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Space } from '../../../contract/floorplans.ts';
import { samplePlanDxf } from '../../../engine/plan/generator/sample.ts';
import { openTestApp, type Person, type TestApp, until } from '../../../test/harness/app.ts';

let t: TestApp;
let ada: Person;
let plan: string;
let recommendation: string;

beforeAll(async () => {
  t = await openTestApp();
  ada = await t.join('Ada');
  await t.app.features.catalog.seedGenerated({ seed: 5 });
  const project = (await ada.post('/projects', { name: 'Moving walls' })).body.id;
  plan = (
    await ada.upload(
      `/projects/${project}/floor-plans`,
      'plan.dxf',
      samplePlanDxf(Math.floor(Math.random() * 1e6)),
    )
  ).body.id;
  await until(
    () => ada.get(`/floor-plans/${plan}`),
    (answer) => answer.body.status === 'analyzed',
  );
  const conversation = await ada.post(`/projects/${project}/conversations`);
  await ada.post(`/conversations/${conversation.body.id}/messages`, {
    content: 'We need 30 workstations with lockers and some lounge seating.',
  });
  recommendation = (await ada.post(`/projects/${project}/recommendations`, {})).body.id;
}, 120_000);
afterAll(() => t.close());

interface Row {
  id: string;
  scenario_id: string;
  space_id: string | null;
  quantity: number;
  unit_price: number;
  total_price: number;
  status: string;
  placement: { x: number; y: number }[] | null;
}

async function rows(): Promise<Row[]> {
  return (await t.app.deps.postgres.asSystem((tx) =>
    tx
      .selectFrom('recommendation_items')
      .select([
        'id',
        'scenario_id',
        'space_id',
        'quantity',
        'unit_price',
        'total_price',
        'status',
        'placement',
      ])
      .where('recommendation_id', '=', recommendation)
      .orderBy('id')
      .execute(),
  )) as unknown as Row[];
}

const spaces = async (): Promise<Space[]> => (await ada.get(`/floor-plans/${plan}/spaces`)).body.items;
const view = async () => (await ada.get(`/recommendations/${recommendation}?scenario=balanced`)).body;

/** Until what follows from the edit has been done. */
async function settled(): Promise<void> {
  await until(
    async () => {
      const open = await t.app.deps.postgres.pool.query(
        "select count(*)::int as open from pgboss.job where name = 'rooms_changed' and state in ('created', 'retry', 'active')",
      );
      return { status: 200, body: open.rows[0], headers: {} };
    },
    (answer) => answer.body.open === 0,
  );
}

const edit = async (body: unknown) => {
  const answer = await ada.post(`/floor-plans/${plan}/edits`, body);
  expect(answer.status).toBe(200);
  await settled();
  return answer.body as { spaces: Space[]; removed: string[] };
};
const undo = async () => {
  expect((await ada.post(`/floor-plans/${plan}/edits/undo`)).status).toBe(200);
  await settled();
};

/** The room's own box, widened by a foot: middles of pieces along its walls lie in it. */
function near(space: Space, { x, y }: { x: number; y: number }): boolean {
  const xs = space.polygon.map((p) => p[0]);
  const ys = space.polygon.map((p) => p[1]);
  return (
    x > Math.min(...xs) - 1 && x < Math.max(...xs) + 1 && y > Math.min(...ys) - 1 && y < Math.max(...ys) + 1
  );
}

/** What is billed stands, and stands in its room; the furniture line is the sum of the lines. */
async function expectInStep(): Promise<void> {
  const known = new Map((await spaces()).map((space) => [space.id, space]));
  const stored = await rows();
  for (const row of stored.filter((one) => one.status !== 'rejected' && one.space_id !== null)) {
    const space = known.get(row.space_id as string) as Space;
    expect({ id: row.id, stands: row.placement?.length ?? 0 }).toEqual({ id: row.id, stands: row.quantity });
    for (const place of row.placement ?? []) expect(near(space, place)).toBe(true);
  }
  for (const scenario of (await view()).scenarios as {
    id: string;
    lines: { key: string; amount: number }[];
  }[]) {
    const bill = stored
      .filter((row) => row.scenario_id === scenario.id && row.status !== 'rejected')
      .reduce((sum, row) => sum + Math.round(100 * row.total_price), 0);
    const line = scenario.lines.find((one) => one.key === 'furniture');
    expect(Math.round(100 * (line?.amount ?? 0))).toBe(bill);
  }
}

/** The room with the most furniture in the balanced scenario. */
async function fullest(): Promise<Space> {
  const counts = new Map<string, number>();
  for (const row of await rows())
    if (row.space_id !== null) counts.set(row.space_id, (counts.get(row.space_id) ?? 0) + row.quantity);
  const [id] = [...counts].sort((a, b) => b[1] - a[1])[0] as [string, number];
  return (await spaces()).find((space) => space.id === id) as Space;
}

function middleLine(room: Space): [number, number][] {
  const xs = room.source_polygon.map((p) => p[0]);
  const ys = room.source_polygon.map((p) => p[1]);
  const x = (Math.min(...xs) + Math.max(...xs)) / 2;
  return [
    [x, Math.min(...ys) - 1],
    [x, Math.max(...ys) + 1],
  ];
}

describe('when rooms change', () => {
  it('a room cut in two holds what finds a place in what is left of it, and is whole again when that is taken back', async () => {
    const room = await fullest();
    const before = await rows();
    const { spaces: parts } = await edit({ op: 'split', space_id: room.id, line: middleLine(room) });
    await expectInStep();
    const { notes, scenarios } = await view();
    expect(notes.filter((one: string) => one.startsWith('Rooms changed since'))).toHaveLength(1);
    expect(scenarios).toHaveLength(3);
    const others = parts.filter((part) => part.id !== room.id).map((part) => part.id);
    await edit({ op: 'merge', space_ids: [room.id, ...others] });
    await expectInStep();
    await undo();
    await undo();
    await expectInStep();
    const wanted = (all: Row[]) => all.filter((row) => row.space_id === room.id).map((row) => row.id);
    expect(wanted(await rows())).toEqual(wanted(before));
  }, 60_000);

  it('a deleted room takes its furniture out of every bill, and brings it back', async () => {
    const room = await fullest();
    const before = await rows();
    const mine = before.filter((row) => row.space_id === room.id);
    const cost = (await view()).scenarios[1].total_cost;
    await edit({ op: 'delete', space_ids: [room.id] });
    await expectInStep();
    const ids = new Set(mine.map((row) => row.id));
    expect((await rows()).filter((row) => ids.has(row.id))).toEqual([]);
    const after = (await view()).scenarios[1];
    expect(after.total_cost).toBeLessThan(cost);
    const told = after.shortfalls.filter((one: { space_id: string }) => one.space_id === room.id);
    expect(told.length).toBeGreaterThan(0);
    expect(after.layout.rooms.map((one: { space_id: string }) => one.space_id)).not.toContain(room.id);
    await undo();
    await expectInStep();
    const back = (await rows()).filter((row) => ids.has(row.id));
    expect(back.map((row) => [row.id, row.space_id, row.quantity])).toEqual(
      mine.map((row) => [row.id, row.space_id, row.quantity]),
    );
    expect((await view()).scenarios[1].total_cost).toBeCloseTo(cost, 2);
  }, 60_000);

  it('a change made in a room before its walls moved cannot be taken back into them', async () => {
    const room = await fullest();
    const { items } = await view();
    const item = items.find(
      (one: { space_id: string; quantity: number }) => one.space_id === room.id && one.quantity > 1,
    );
    const changed = await ada.patch(`/recommendations/${recommendation}/items/${item.id}`, {
      quantity: 1,
      if_no_place: 'fit',
      override_limits: true,
    });
    expect(changed.status).toBe(200);
    expect(changed.body.effect.change_id).not.toBeNull();
    await edit({ op: 'split', space_id: room.id, line: middleLine(room) });
    const taken = await ada.post(
      `/recommendations/${recommendation}/changes/${changed.body.effect.change_id}/undo`,
    );
    expect(taken.status).toBe(404);
    await expectInStep();
    await undo();
    await expectInStep();
  }, 60_000);

  it('a bill that was approved stays as it was, and says which rooms changed', async () => {
    const item = (await view()).items.find(
      (one: { space_id: string | null; quantity: number }) => one.space_id !== null && one.quantity > 1,
    );
    const room = (await spaces()).find((space) => space.id === item.space_id) as Space;
    const changed = await ada.patch(`/recommendations/${recommendation}/items/${item.id}`, {
      quantity: 1,
      if_no_place: 'fit',
      override_limits: true,
    });
    expect((await ada.patch(`/recommendations/${recommendation}`, { status: 'approved' })).status).toBe(200);
    const before = await rows();
    await edit({ op: 'split', space_id: room.id, line: middleLine(room) });
    expect((await rows()).map((row) => [row.id, row.quantity, row.total_price])).toEqual(
      before.map((row) => [row.id, row.quantity, row.total_price]),
    );
    const note = (await view()).notes.find((one: string) => one.startsWith('Rooms changed since'));
    expect(note).toMatch(/approved before and is left as it was/);
    await edit({ op: 'delete', space_ids: [room.id] });
    const taken = await ada.post(
      `/recommendations/${recommendation}/changes/${changed.body.effect.change_id}/undo`,
    );
    expect(taken.status).toBe(409);
    expect(taken.body.detail).toMatch(/no longer on the plan/);
  }, 60_000);
});
