// The proposal as a whole on rooms of random sizes: bill and plan agree, limits hold, what is missing is told.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Scenario } from '../../contract/choice.ts';
import type { LayoutRoom } from '../layout/layout.ts';
import type { NeedSpace } from '../needs/programme.ts';
import { sampleProducts } from '../ranking/sample_products.ts';
import { composeProposal, type ProposalInput } from './compose.ts';
import { itemKey } from './item_key.ts';

const products = sampleProducts(21, 12);

function room(id: string, type: NeedSpace['type'], w: number, l: number, capacity?: number) {
  const space: NeedSpace = {
    id,
    name: id,
    type,
    area_sqft: w * l,
    dimensions: { width_ft: w, length_ft: l },
    ...(capacity === undefined ? {} : { suggested_capacity: capacity }),
  };
  const plan: LayoutRoom = {
    polygon: [
      [0, 0],
      [w, 0],
      [w, l],
      [0, l],
    ],
    doors: [{ x: Math.min(w - 2, 2.5), y: 0, width_ft: 3 }],
  };
  return { space, plan };
}

function inputOf(rooms: ReturnType<typeof room>[], more: Partial<ProposalInput> = {}): ProposalInput {
  return {
    brief: { special_requirements: ['monitor_arms', 'lockers'] },
    evidence: [],
    spaces: rooms.map((one) => one.space),
    rooms: new Map(rooms.map((one) => [one.space.id, one.plan])),
    products,
    currency: 'USD',
    ...more,
  };
}

describe('bill and plan of a proposal', () => {
  it('hold the same pieces in every room, and every need is met, told as short, or left out for a reason', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 12, max: 34 }),
        fc.integer({ min: 12, max: 34 }),
        fc.integer({ min: 2, max: 26 }),
        fc.integer({ min: 7, max: 12 }),
        async (w, l, desks, office) => {
          const rooms = [
            room('open', 'open_office', w, l, desks),
            room('office', 'private_office', office, office),
            room('meeting', 'meeting_room', office + 2, office + 4, 8),
          ];
          const { scenarios, bill } = await composeProposal(inputOf(rooms));
          expect(scenarios).toHaveLength(3);
          for (const { scenario, placements, layouts } of scenarios) {
            Scenario.parse(scenario);
            for (const item of scenario.items)
              expect(placements.get(itemKey(item))?.length ?? 0, item.need_key).toBe(item.quantity);
            const placed = [...placements.values()].reduce((a, list) => a + list.length, 0);
            expect(placed).toBe(scenario.items.reduce((a, item) => a + item.quantity, 0));
            const told = new Set(
              [...scenario.shortfalls, ...scenario.left_out, ...scenario.items].map((one) => one.need_key),
            );
            for (const need of bill.needs) expect(told, need.key).toContain(need.key);
            for (const short of scenario.shortfalls) expect(short.placed).toBeLessThan(short.wanted);
            for (const layout of layouts)
              expect(layout.seats_placed).toBeLessThanOrEqual(layout.seats_needed);
            const pieces = Map.groupBy(scenario.items, (item) => item.product_id);
            for (const [id, items] of pieces) {
              const moq = products.find((product) => product.id === id)!.moq;
              expect(items.reduce((a, item) => a + item.quantity, 0)).toBeGreaterThanOrEqual(moq);
            }
          }
        },
      ),
      // The first: a fuller order of the open office stands without the lockers that stood there before.
      { numRuns: 6, examples: [[28, 20, 10, 7]] },
    );
  }, 120_000);

  it('takes smaller products where the best ones do not fit the room', async () => {
    const [small, large] = [14, 40];
    const table = (size: number) => inputOf([room('meeting', 'meeting_room', size, size, 6)], { brief: {} });
    const wide = await composeProposal(table(large));
    const tight = await composeProposal(table(small));
    const seats = (proposal: typeof wide) => proposal.scenarios[1]!.layouts[0]!.seats_placed;
    expect(seats(wide)).toBeGreaterThanOrEqual(6);
    expect(seats(tight)).toBeGreaterThan(0);
    for (const { scenario } of tight.scenarios) expect(scenario.proof.gap!).toBeLessThanOrEqual(1e-3);
  });

  it('keeps a hard budget with contract tiers, at the price of the tier its own total reaches', async () => {
    const rooms = [room('open', 'open_office', 40, 40, 16), room('meeting', 'meeting_room', 16, 20, 8)];
    const free = await composeProposal(inputOf(rooms));
    const list = free.scenarios[1]!.order.list_cents;
    const contract = {
      name: 'Tiers',
      tiers: [
        { up_to_list: Math.round(list / 150), discount: '30' },
        { up_to_list: null, discount: '40/10' },
      ],
    };
    const max = Math.round(free.scenarios[1]!.budget.total_cost * 0.8);
    const { scenarios, infeasibility } = await composeProposal(
      inputOf(rooms, { brief: { budget: { max, currency: 'USD' } }, terms: { rules: [], contract } }),
    );
    expect(infeasibility).toBeNull();
    for (const { scenario, budget, order } of scenarios) {
      expect(budget.total_cost).toBeLessThanOrEqual(max);
      const reached = order.list_cents <= Math.round(list / 150) * 100 ? '30' : '40/10';
      expect(order.discount).toBe(reached);
      const kept = reached === '30' ? 0.7 : 0.54;
      for (const item of scenario.items)
        expect(item.unit_price).toBeCloseTo(Math.round(100 * item.unit_list_price * kept) / 100, 1);
    }
  });

  it('what a person counted and locked stays so counted', async () => {
    const rooms = [room('open', 'open_office', 40, 40, 8)];
    const first = await composeProposal(inputOf(rooms));
    const chair = first.scenarios[1]!.scenario.items.find((item) => item.role === 'task_chair')!;
    const again = await composeProposal(
      inputOf(rooms, { locked: [{ need_key: chair.need_key, product_id: chair.product_id, quantity: 5 }] }),
    );
    for (const { scenario } of again.scenarios) {
      const kept = scenario.items.find((item) => item.need_key === chair.need_key);
      expect(kept).toMatchObject({ product_id: chair.product_id, quantity: 5, locked: true });
    }
  });
});
