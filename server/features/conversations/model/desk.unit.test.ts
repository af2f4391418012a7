// What a model may reach for: only what it was given, only offers, and nothing at all for those who may only comment; and
// a model that keeps failing is left alone for a while.
import { describe, expect, it } from 'vitest';
import type { ProductHit } from '../../../../contract/catalog.ts';
import type { ProjectFacts } from '../../../../engine/conversation/facts.ts';
import { modelContext } from '../../../../engine/conversation/model-context.ts';
import { makeBreaker } from './breaker.ts';
import { makeDesk } from './desk.ts';

const RECOMMENDATION = '00000000-0000-4000-8000-0000000000aa';
const facts = (over: Partial<ProjectFacts> = {}): ProjectFacts => ({
  project_id: 'project',
  name: 'Harbour office',
  status: 'draft',
  currency: 'USD',
  today: '2026-11-23',
  brief: {},
  changes: [],
  open_questions: [],
  spaces: [
    {
      id: 'room-1',
      name: '101 Office',
      type: 'private_office',
      area_sqft: 120,
      confidence: 1,
      reviewed: true,
      seats_needed: null,
      seats_placed: null,
    },
  ],
  recommendation_id: RECOMMENDATION,
  recommendation_status: 'presented',
  items: [
    {
      id: 'item-1',
      product_id: 'desk-1',
      name: 'Desk',
      brand: 'Northfold',
      category: 'desk',
      space_id: 'room-1',
      space_name: '101 Office',
      quantity: 4,
      unit_price: 500,
      total_price: 2000,
      lead_time_days: 20,
      carbon_kg: 30,
      need: 'desk',
      need_source: '',
      reasoning: '',
      rank: 1,
      candidates: 2,
      locked: false,
      status: 'proposed',
      warnings: [],
      alternatives: [
        {
          product_id: 'desk-2',
          name: 'Plain desk',
          price_diff: -400,
          lead_time_diff: 0,
          carbon_diff: 0,
          keeps_limits: true,
        },
      ],
    },
  ],
  scenarios: [],
  credits: [],
  ...over,
});

function deskOf(over: Partial<ProjectFacts> = {}, may_edit = true) {
  const given = facts(over);
  const asked: unknown[] = [];
  const desk = makeDesk({
    facts: given,
    references: modelContext(given).references,
    may_edit,
    search: (query) => {
      asked.push(query);
      const hit = {
        id: 'table-1',
        name: 'Side <b>table</b>',
        category: 'table',
        list_price: 90,
        currency: 'USD',
        lead_time_days: 10,
      };
      return Promise.resolve([hit as ProductHit]);
    },
    check: () => ({ brief: {}, evidence: [], changed: [], accepted: [], uncertain: [], dropped: [] }),
  });
  return { desk, asked };
}
const json = JSON.stringify;

describe('an offer', () => {
  it('is a swap of a line for one of its alternatives, with its difference', async () => {
    const { desk } = deskOf();
    expect(await desk.run('swap_item', json({ item: 'i1', product: 'p1' }))).toBe('Offered.');
    expect(await desk.run('swap_item', json({ item: 'i1', product: 'p1' }))).toBe('Offered already.');
    expect(desk.actions).toEqual([
      {
        type: 'swap_item',
        state: 'proposed',
        swap: {
          recommendation_id: RECOMMENDATION,
          item_id: 'item-1',
          product_id: 'desk-2',
          label: '4 × Plain desk instead of Desk',
          price_diff: -400,
          change_id: null,
        },
      },
    ]);
  });

  it('may be a product the catalogue has for a need, put into a room', async () => {
    const { desk, asked } = deskOf();
    await desk.run('add_need', json({ what: 'side table', room: 'r1', quantity: 2 }));
    expect(asked).toEqual([{ q: 'side table', limit: 1 }]);
    expect(desk.actions[0]).toMatchObject({
      type: 'add_item',
      state: 'proposed',
      item: { product_id: 'table-1', space_id: 'room-1', quantity: 2, price: 180 },
    });
  });

  it('names only what was given: ids of elsewhere, made-up references and other types are refused', async () => {
    const { desk } = deskOf();
    const foreign = '00000000-0000-4000-8000-000000000001';
    for (const [name, input] of [
      ['swap_item', { item: foreign, product: 'p1' }],
      ['swap_item', { item: 'i1', product: 'p9' }],
      ['swap_item', { item: 'item-1', product: 'desk-2' }],
      ['propose_item', { product: 'p1', room: 'r2', quantity: 1 }],
      ['propose_item', { product: 'p1', room: 'r1', quantity: -1 }],
      ['propose_item', { product: '__proto__', room: 'constructor', quantity: 1 }],
      ['add_need', { what: 'x', quantity: 1e9 }],
      ['approve', {}],
      ['toString', {}],
    ] as const)
      expect(typeof (await desk.run(name, json(input)))).toBe('string');
    for (const input of ['{', 'null', '[]', '"x"', '']) await desk.run('update_brief', input);
    expect(desk.actions).toEqual([]);
    expect(desk.readings).toEqual([]);
  });

  it('is not made for a locked line, nor without a recommendation, nor more than five times', async () => {
    const locked = facts().items.map((item) => ({ ...item, locked: true }));
    const first = deskOf({ items: locked }).desk;
    expect(await first.run('swap_item', json({ item: 'i1', product: 'p1' }))).toMatch(/locked/);
    const second = deskOf({ recommendation_id: null }).desk;
    expect(await second.run('add_need', json({ what: 'table', quantity: 1 }))).toMatch(/no recommendation/);
    const third = deskOf().desk;
    for (let quantity = 1; quantity < 9; quantity++)
      await third.run('add_need', json({ what: 'table', quantity }));
    expect(third.actions.length).toBe(5);
  });
});

describe('what the catalogue says', () => {
  it('comes with references and without markup', async () => {
    const { desk } = deskOf();
    expect(await desk.run('find_products', json({ query: 'side table' }))).toBe(
      '[p2] Side b table /b (table), $90 each, 10 days',
    );
  });
});

describe('a commenter', () => {
  it('asks, and nothing is read or offered for them', async () => {
    const { desk } = deskOf({}, false);
    expect(desk.tools.map(({ name }) => name)).toEqual(['ask_project', 'compare_scenarios', 'find_products']);
    for (const name of ['update_brief', 'change_budget', 'swap_item', 'propose_item', 'add_need'])
      expect(await desk.run(name, '{}')).toBe('There is no such tool.');
    await desk.run('ask_project', json({ question: 'What if it was 10% cheaper?' }));
    expect([desk.actions, desk.readings]).toEqual([[], []]);
  });
});

describe('a model that keeps failing', () => {
  it('rests a minute after five failures, is tried once, and is back after an answer', () => {
    let at = 0;
    const breaker = makeBreaker(() => at);
    for (let i = 0; i < 4; i++) breaker.failed();
    expect(breaker.isOpen()).toBe(false);
    breaker.failed();
    expect(breaker.isOpen()).toBe(true);
    at = 60_001;
    expect(breaker.isOpen()).toBe(false);
    expect(breaker.isOpen()).toBe(true);
    breaker.succeeded();
    expect(breaker.isOpen()).toBe(false);
  });
});
