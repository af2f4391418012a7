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
  await t.app.features.catalog.seedGenerated({ seed: 3 });
  project = (await ada.post('/projects', { name: 'Furnish me' })).body.id;
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
  await ada.post(`/conversations/${conversation.body.id}/messages`, {
    content: 'We need 14 workstations with ergonomic chairs, no lounge seating, budget around $300,000.',
  });
  recommendation = (await ada.post(`/projects/${project}/recommendations`, {})).body;
}, 120_000);
afterAll(() => t.close());

const balanced = () => recommendation.scenarios.find((one: { type: string }) => one.type === 'balanced');
const reload = async () => {
  recommendation = (await ada.get(`/recommendations/${recommendation.id}?scenario=balanced`)).body;
};

describe('a recommendation', () => {
  it('has for every item a room, a reason, a confidence, what asks for it and two alternatives or more', () => {
    expect(recommendation.summary.state).toBe('ready');
    expect(recommendation.items.length).toBeGreaterThan(10);
    for (const item of recommendation.items) {
      expect(item.reasoning.length).toBeGreaterThan(20);
      expect(item.confidence_score).toBeGreaterThan(0);
      expect(item.need.source.length).toBeGreaterThan(3);
      expect(cents(item.total_price)).toBe(cents(item.unit_price) * item.quantity);
    }
    const withChoice = recommendation.items.filter(
      (item: { alternatives: unknown[] }) => item.alternatives.length >= 2,
    );
    expect(withChoice.length / recommendation.items.length).toBeGreaterThan(0.9);
  });

  it('quotes the brief where the brief asks, and leaves out what it refuses', () => {
    expect(
      recommendation.items.some((item: { need: { source: string } }) =>
        item.need.source.includes('14 workstations'),
      ),
    ).toBe(true);
    expect(
      recommendation.items.some(
        (item: { product: { category: string } }) => item.product.category === 'lounge',
      ),
    ).toBe(false);
  });

  it('has three scenarios that differ for stated reasons, with lines that add up to the cent', () => {
    expect(recommendation.scenarios.map((one: { type: string }) => one.type)).toEqual([
      'conservative',
      'balanced',
      'aggressive',
    ]);
    const totals = recommendation.scenarios.map((one: { total_cost: number }) => one.total_cost);
    expect(new Set(totals).size).toBe(3);
    for (const scenario of recommendation.scenarios) {
      const lines = scenario.lines.reduce(
        (sum: number, line: { amount: number }) => sum + cents(line.amount),
        0,
      );
      expect(lines).toBe(cents(scenario.total_cost));
      if (scenario.type !== 'balanced') expect(scenario.trade_offs.length).toBeGreaterThan(0);
      for (const change of scenario.trade_offs) expect(change.reason.length).toBeGreaterThan(5);
    }
    const furniture = balanced().lines.find((line: { key: string }) => line.key === 'furniture').amount;
    expect(cents(furniture)).toBe(
      recommendation.items.reduce(
        (sum: number, item: { total_price: number }) => sum + cents(item.total_price),
        0,
      ),
    );
  });

  it('places no more pieces than the bill has', () => {
    for (const item of recommendation.items)
      expect((item.placement ?? []).length).toBeLessThanOrEqual(item.quantity);
    expect(
      recommendation.items.some((item: { placement: unknown[] | null }) => (item.placement ?? []).length > 0),
    ).toBe(true);
  });
});

describe('decisions of a person', () => {
  it('swap an item: price, lines, sustainability and feedback follow', async () => {
    const item = recommendation.items.find((one: { alternatives: { price_diff: number }[] }) =>
      one.alternatives.some((other) => other.price_diff !== 0),
    );
    const other = item.alternatives.find((one: { price_diff: number }) => one.price_diff !== 0);
    const before = balanced();
    const swapped = await ada.patch(`/recommendations/${recommendation.id}/items/${item.id}`, {
      product_id: other.product_id,
      reason: 'the client knows it',
    });
    expect(swapped.status).toBe(200);
    expect(swapped.body).toMatchObject({ status: 'substituted', product: { id: other.product_id } });
    expect(swapped.body.reasoning).toContain('the client knows it');
    await reload();
    const furniture = (scenario: { lines: { key: string; amount: number }[] }) =>
      cents(scenario.lines.find((line) => line.key === 'furniture')!.amount);
    const difference = cents(swapped.body.total_price) - cents(item.total_price);
    expect(furniture(balanced()) - furniture(before)).toBe(difference);
    const feedback = await t.app.deps.postgres.asSystem((tx) =>
      tx
        .selectFrom('recommendation_feedback')
        .select(['feedback_type', 'feedback_text'])
        .where('recommendation_item_id', '=', item.id)
        .execute(),
    );
    expect(feedback).toEqual([{ feedback_type: 'modification', feedback_text: 'the client knows it' }]);
  });

  it('keep what is locked and do not offer again what was rejected', async () => {
    const [locked, rejected] = recommendation.items
      .filter((one: { alternatives: unknown[]; product: { id: string } }) => one.alternatives.length >= 2)
      .slice(-2);
    await ada.patch(`/recommendations/${recommendation.id}/items/${locked.id}`, { locked: true });
    await ada.patch(`/recommendations/${recommendation.id}/items/${rejected.id}`, {
      status: 'rejected',
      reason: 'wrong style',
      categories: ['wrong_style'],
    });
    const again = (await ada.post(`/projects/${project}/recommendations`, {})).body;
    const find = (need: { key: string }) =>
      again.items.find((one: { need: { key: string } }) => one.need.key === need.key);
    expect(find(locked.need)?.product.id).toBe(locked.product.id);
    expect(find(rejected.need)?.product.id).not.toBe(rejected.product.id);
    recommendation = again;
  });

  it('ask what changed between any two scenarios: the changes add up to the difference of their furniture', async () => {
    const path = `/projects/${project}/budget-scenarios`;
    const against = (await ada.get(`${path}?against=conservative`)).body.items;
    const of = (type: string) => against.find((one: { type: string }) => one.type === type);
    expect(of('conservative').trade_offs).toEqual([]);
    for (const type of ['balanced', 'aggressive']) {
      const sum = of(type).trade_offs.reduce(
        (total: number, one: { amount: number }) => total + one.amount,
        0,
      );
      const { pricing } = of(type);
      expect(cents(sum)).toBe(cents(pricing.sell_total) - cents(of('conservative').pricing.sell_total));
    }
    expect((await ada.get(`${path}?against=cheapest`)).status).toBe(400);
  });

  it('select one scenario, and another in its place', async () => {
    const [conservative, , aggressive] = recommendation.scenarios;
    expect((await ada.post(`/budget-scenarios/${conservative.id}/select`)).body.is_selected).toBe(true);
    expect((await ada.post(`/budget-scenarios/${aggressive.id}/select`)).body.is_selected).toBe(true);
    const scenarios = (await ada.get(`/projects/${project}/budget-scenarios`)).body.items;
    expect(
      scenarios
        .filter((one: { is_selected: boolean }) => one.is_selected)
        .map((one: { type: string }) => one.type),
    ).toEqual(['aggressive']);
    expect((await ada.get(`/projects/${project}`)).body.budget.selected_scenario).toBe('scenario_aggressive');
    const metrics = (await ada.get(`/projects/${project}/sustainability`)).body.items[0];
    expect(metrics).toMatchObject({
      scenario_id: aggressive.id,
      overall_score: aggressive.sustainability_score,
    });
  });

  it('leave no scenario chosen once furniture is recommended again', async () => {
    const budgetStep = async () =>
      (await ada.get(`/projects/${project}`)).body.steps.find(
        (one: { step: string }) => one.step === 'budget',
      );
    expect(await budgetStep()).toMatchObject({ state: 'done', detail: 'Aggressive' });
    expect((await ada.post(`/projects/${project}/recommendations`, {})).body.summary.state).toBe('ready');
    expect(await budgetStep()).toMatchObject({ state: 'started', detail: 'none chosen' });
  });

  it('are refused where they make no sense', async () => {
    const [item] = recommendation.items;
    const path = `/recommendations/${recommendation.id}/items/${item.id}`;
    expect((await ada.patch(path, { quantity: 0 })).status).toBe(400);
    expect((await ada.patch(path, { product_id: '6f1ed002-ab5a-4bbb-9f5d-0d4b1f2f3c11' })).status).toBe(404);
    expect(
      (await ada.post(`/recommendations/${recommendation.id}/feedback`, { feedback_type: 'rating' })).status,
    ).toBe(400);
    expect(
      (
        await ada.post(`/recommendations/${recommendation.id}/feedback`, {
          feedback_type: 'rating',
          rating: 4,
        })
      ).status,
    ).toBe(201);
  });
});

describe('limits that cannot all be kept', () => {
  it('are answered with what would have to give, not with a broken limit', async () => {
    const answer = await ada.post(`/projects/${project}/recommendations`, { constraints: { max_total: 50 } });
    expect(answer.status).toBe(201);
    expect(answer.body.summary.state).toBe('infeasible');
    expect(answer.body.items).toEqual([]);
    expect(answer.body.notes.join(' ')).toMatch(/budget/i);
  });

  it('and a project with nothing to furnish says what is missing', async () => {
    const empty = (await ada.post('/projects', { name: 'Empty' })).body.id;
    const answer = await ada.post(`/projects/${empty}/recommendations`, {});
    expect(answer.status).toBe(409);
    expect(answer.body.detail).toMatch(/floor plan|brief/);
  });

  it('a carbon target of the project is one of them', async () => {
    const before = recommendation.scenarios.find((one: { type: string }) => one.type === 'balanced').metrics
      .carbon_kg;
    await ada.patch(`/projects/${project}`, {
      sustainability_targets: { max_carbon_kg: Math.round(before * 0.97) },
    });
    const again = (await ada.post(`/projects/${project}/recommendations`, {})).body;
    if (again.summary.state === 'ready') {
      for (const scenario of again.scenarios)
        expect(scenario.metrics.carbon_kg).toBeLessThanOrEqual(before * 0.97 + 0.01);
    } else {
      expect(again.notes.join(' ')).toMatch(/carbon/i);
    }
  });
});
