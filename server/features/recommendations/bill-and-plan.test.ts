// The bill and the plan of every scenario hold the same pieces, whatever people change: counted over the stored rows, by
// arithmetic of this file's own.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samplePlanDxf } from '../../../engine/plan/generator/sample.ts';
import { openTestApp, type Person, type TestApp, until } from '../../../test/harness/app.ts';

let t: TestApp;
let ada: Person;
let project: string;
// biome-ignore lint/suspicious/noExplicitAny: the answer of the API as it comes
let recommendation: any;

const cents = (amount: number) => Math.round(amount * 100);

beforeAll(async () => {
  t = await openTestApp();
  ada = await t.join('Ada');
  await t.app.features.catalog.seedGenerated({ seed: 5 });
  project = (await ada.post('/projects', { name: 'In step' })).body.id;
  const plan = await ada.upload(
    `/projects/${project}/floor-plans`,
    'plan.dxf',
    samplePlanDxf(Math.floor(Math.random() * 1e6)),
  );
  await until(
    () => ada.get(`/floor-plans/${plan.body.id}`),
    (answer) => answer.body.status === 'analyzed',
  );
  const conversation = await ada.post(`/projects/${project}/conversations`);
  // More desks than the plan holds in comfort, so that rooms run full.
  await ada.post(`/conversations/${conversation.body.id}/messages`, {
    content: 'We need 40 workstations with monitor arms and lockers, lounge seating and acoustic privacy.',
  });
  recommendation = (await ada.post(`/projects/${project}/recommendations`, {})).body;
}, 120_000);
afterAll(() => t.close());

interface Row {
  id: string;
  scenario_id: string;
  space_id: string | null;
  quantity: number;
  status: string;
  unit_price: number;
  total_price: number;
  placement: unknown[] | null;
  need: { role: string };
  has_outline: boolean;
}

async function stored(): Promise<{
  rows: Row[];
  scenarios: { id: string; lines: { key: string; amount: number }[] }[];
}> {
  return await t.app.deps.postgres.asSystem(async (tx) => {
    const rows = await tx
      .selectFrom('recommendation_items as i')
      .leftJoin('spaces as s', 's.id', 'i.space_id')
      .select([
        'i.id',
        'i.scenario_id',
        'i.space_id',
        'i.quantity',
        'i.status',
        'i.unit_price',
        'i.total_price',
        'i.placement',
        'i.need',
        's.polygon',
      ])
      .where('i.recommendation_id', '=', recommendation.id)
      .execute();
    const scenarios = await tx
      .selectFrom('budget_scenarios')
      .select(['id', 'lines'])
      .where('recommendation_id', '=', recommendation.id)
      .execute();
    return {
      rows: rows.map(({ polygon, ...row }) => ({
        ...row,
        has_outline: ((polygon as unknown[] | null) ?? []).length >= 3,
      })) as unknown as Row[],
      scenarios: scenarios as never,
    };
  });
}

/** Every line of a drawn room stands as often as it is billed; rejected lines stand nowhere; the furniture line is the sum of the lines. */
async function expectInStep(): Promise<number> {
  const { rows, scenarios } = await stored();
  expect(scenarios).toHaveLength(3);
  for (const row of rows) {
    const stands = row.placement?.length ?? 0;
    if (row.status === 'rejected') expect(stands).toBe(0);
    else if (row.has_outline) expect({ id: row.id, stands }).toEqual({ id: row.id, stands: row.quantity });
    expect(cents(row.total_price)).toBe(cents(row.unit_price) * row.quantity);
  }
  for (const scenario of scenarios) {
    const bill = rows
      .filter((row) => row.scenario_id === scenario.id && row.status !== 'rejected')
      .reduce((sum, row) => sum + cents(row.total_price), 0);
    expect(cents(scenario.lines.find((line) => line.key === 'furniture')!.amount)).toBe(bill);
  }
  return rows.length;
}

const snapshot = async (scenario: string) => {
  const { rows } = await stored();
  return rows
    .filter((row) => row.scenario_id === scenario)
    .map(({ id, quantity, status, placement }) => ({ id, quantity, status, placement }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
};

describe('plan count equals bill count', () => {
  it('after the recommendation, with what found no place told as a shortfall', async () => {
    expect(await expectInStep()).toBeGreaterThan(20);
    for (const scenario of recommendation.scenarios) {
      for (const short of scenario.shortfalls) {
        expect(short.placed).toBeLessThan(short.wanted);
        expect(short.why.length).toBeGreaterThan(10);
      }
      expect(scenario.layout.seats_placed).toBeLessThanOrEqual(scenario.layout.seats_needed);
      expect(scenario.solver.gap).toBeLessThanOrEqual(0.001);
    }
  });

  it('after random swaps, counts, rejections, arrangements and undoing, in every scenario', async () => {
    const changes: string[] = [];
    const pick = <T>(list: T[]): T => list[Math.floor(Math.random() * list.length)]!;
    const answers = new Set<number>();
    for (let step = 0; step < 24; step += 1) {
      const { type, id } = pick(recommendation.scenarios as { type: string; id: string }[]);
      const { items } = (await ada.get(`/recommendations/${recommendation.id}?scenario=${type}`)).body;
      const item = pick(
        items as { id: string; quantity: number; status: string; alternatives: { product_id: string }[] }[],
      );
      const path = `/recommendations/${recommendation.id}/items/${item.id}`;
      const kind = step % 6;
      const answer =
        kind === 0 && item.alternatives.length > 0
          ? await ada.patch(path, {
              product_id: pick(item.alternatives).product_id,
              if_no_place: pick(['refuse', 'fit']),
              override_limits: true,
            })
          : kind === 1
            ? await ada.patch(path, {
                quantity: 1 + Math.floor(Math.random() * 2 * item.quantity),
                if_no_place: 'fit',
                override_limits: true,
              })
            : kind === 2
              ? await ada.patch(path, { status: item.status === 'rejected' ? 'proposed' : 'rejected' })
              : kind === 3
                ? await ada.post(`/budget-scenarios/${id}/arrangement`, {
                    arrangement: pick(['density', 'light', 'collaboration']),
                  })
                : kind === 4 && changes.length > 0
                  ? await ada.post(`/recommendations/${recommendation.id}/changes/${changes.pop()}/undo`)
                  : await ada.patch(path, { quantity: item.quantity + 3 });
      answers.add(answer.status);
      expect([200, 409]).toContain(answer.status);
      if (answer.body.effect?.change_id) changes.push(answer.body.effect.change_id);
      await expectInStep();
    }
    expect(answers.has(200)).toBe(true);
  }, 120_000);

  it('a count the room does not hold is refused with how many it holds, and taken so far when confirmed', async () => {
    const { items } = (await ada.get(`/recommendations/${recommendation.id}?scenario=balanced`)).body;
    const item = items.find(
      (one: { need: { role: string }; placement: unknown[] | null; status: string }) =>
        one.need.role === 'desk' && one.placement !== null && one.status !== 'rejected',
    );
    const path = `/recommendations/${recommendation.id}/items/${item.id}`;
    const before = await snapshot(item.scenario_id);
    const refused = await ada.patch(path, { quantity: 900, override_limits: true });
    expect(refused.status).toBe(409);
    expect(refused.body.detail).toMatch(/of 900 ×/);
    expect(refused.body.errors[0].path).toBe('if_no_place');
    expect(await snapshot(item.scenario_id)).toEqual(before);
    const taken = await ada.patch(path, { quantity: 900, if_no_place: 'fit', override_limits: true });
    expect(taken.status).toBe(200);
    expect(taken.body.quantity).toBeLessThan(900);
    await expectInStep();
    const undone = await ada.post(
      `/recommendations/${recommendation.id}/changes/${taken.body.effect.change_id}/undo`,
    );
    expect(undone.status).toBe(200);
    expect(await snapshot(item.scenario_id)).toEqual(before);
  });

  it('a room’s choices go over to rooms of its kind, and the room is accepted in one step', async () => {
    const { items } = (await ada.get(`/recommendations/${recommendation.id}?scenario=balanced`)).body;
    const withSpace = items.filter((one: { space_id: string | null }) => one.space_id !== null);
    const space_id = withSpace[0].space_id;
    const accepted = await ada.post(`/recommendations/${recommendation.id}/bulk`, {
      scenario: 'balanced',
      space_id,
      action: 'accept',
    });
    expect(accepted.status).toBe(200);
    const copied = await ada.post(`/recommendations/${recommendation.id}/bulk`, {
      scenario: 'balanced',
      space_id,
      action: 'copy_to_like',
    });
    expect(copied.status).toBe(200);
    const after = (await ada.get(`/recommendations/${recommendation.id}?scenario=balanced`)).body.items;
    for (const item of after)
      if (item.space_id === space_id && item.status !== 'rejected') expect(item.status).toBe('accepted');
    await expectInStep();
  });

  it('three arrangements are offered with seats, floor a seat and price, and the one taken costs what was said', async () => {
    const scenario = recommendation.scenarios[1];
    const ask = async () => (await ada.get(`/budget-scenarios/${scenario.id}/arrangements`)).body.choices;
    /** Where each piece stands, however the lists are ordered. */
    const corners = (lines: { placements: { x: number; y: number; mounted?: boolean }[] }[]) =>
      lines
        .flatMap((line) => line.placements)
        .filter((place) => !place.mounted)
        .map(({ x, y }) => `${x} ${y}`)
        .sort();
    const standing = async () =>
      corners(
        (await ada.get(`/recommendations/${recommendation.id}?scenario=balanced`)).body.items
          .filter(
            (item: { status: string; space_id: string | null }) =>
              item.status !== 'rejected' && item.space_id,
          )
          .map((item: { placement: unknown }) => ({ placements: item.placement ?? [] })),
      );
    const choices = await ask();
    expect(choices.map((one: { arrangement: string }) => one.arrangement)).toEqual([
      'density',
      'light',
      'collaboration',
    ]);
    for (const { arrangement } of choices) {
      // What is offered speaks of the bill as it stands; taking one arrangement changes what the next would be.
      const choice = (await ask()).find((one: { arrangement: string }) => one.arrangement === arrangement);
      expect(choice.seats_placed).toBeLessThanOrEqual(choice.seats_needed);
      const taken = await ada.post(`/budget-scenarios/${scenario.id}/arrangement`, {
        arrangement: choice.arrangement,
      });
      expect(taken.status).toBe(200);
      expect(taken.body.total_cost).toBeCloseTo(choice.total_cost, 2);
      expect(taken.body.layout.seats_placed).toBe(choice.seats_placed);
      expect(choice.furniture.length).toBeGreaterThan(0);
      expect(await standing()).toEqual(corners(choice.furniture));
      await expectInStep();
    }
  }, 60_000);

  it('the same input gives the same bill again', async () => {
    const again = async () =>
      (await ada.post(`/projects/${project}/recommendations`, { arrangement: 'density' })).body.items
        .map((item: { need: { key: string }; product: { id: string }; quantity: number }) => [
          item.need.key,
          item.product.id,
          item.quantity,
        ])
        .sort();
    expect(await again()).toEqual(await again());
  }, 60_000);
});
