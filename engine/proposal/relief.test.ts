// A brief that cannot be met: every way out that is offered works when it is taken, and none is wider than it must be.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LayoutRoom } from '../layout/layout.ts';
import { sampleProducts } from '../ranking/sample_products.ts';
import { composeProposal, type ProposalInput } from './compose.ts';

const products = sampleProducts(33, 10);

function office(w: number, l: number, more: Partial<ProposalInput>): ProposalInput {
  const plan: LayoutRoom = {
    polygon: [
      [0, 0],
      [w, 0],
      [w, l],
      [0, l],
    ],
    doors: [{ x: 2.5, y: 0, width_ft: 3 }],
  };
  return {
    brief: {},
    evidence: [],
    spaces: [
      {
        id: 'open',
        name: 'open',
        type: 'open_office',
        area_sqft: w * l,
        dimensions: { width_ft: w, length_ft: l },
        suggested_capacity: 8,
      },
    ],
    rooms: new Map([['open', plan]]),
    products,
    currency: 'USD',
    ...more,
  };
}

describe('what is offered when the limits cannot be kept', () => {
  it('makes the brief possible when it is taken, with the total it names', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 500, max: 4000 }),
        fc.integer({ min: 3, max: 12 }),
        fc.boolean(),
        async (max, days, lead) => {
          const input = office(40, 40, {
            brief: { budget: { max, currency: 'USD' }, ...(lead ? { max_lead_time_days: days } : {}) },
          });
          const { infeasibility, scenarios } = await composeProposal(input);
          if (infeasibility === null) return expect(scenarios).toHaveLength(3);
          expect(infeasibility.relaxations.length).toBeGreaterThan(0);
          for (const { relief } of infeasibility.relaxations) {
            const again = await composeProposal({ ...input, relief });
            expect(again.infeasibility).toBeNull();
            for (const { budget } of again.scenarios) {
              expect(budget.total_cost).toBeLessThanOrEqual(Math.max(max, relief.max_total ?? 0));
              // What the brief says is not rewritten: the distance from its budget is still told.
              expect(budget.variance_from_target_pct).toBeCloseTo((100 * (budget.total_cost - max)) / max, 1);
            }
          }
        },
      ),
      { numRuns: 8 },
    );
  }, 60_000);

  it('asks for no more money than is needed: two per cent less, and it is refused again', async () => {
    const input = office(40, 40, { brief: { budget: { max: 900, currency: 'USD' } } });
    const { infeasibility } = await composeProposal(input);
    const total = infeasibility!.relaxations[0]!.relief.max_total!;
    expect(infeasibility!.relaxations[0]!.limits[0]!.from).toBe('$900');
    const less = await composeProposal({ ...input, relief: { max_total: total * 0.98 } });
    expect(less.infeasibility).not.toBeNull();
  });

  it('never narrows a limit', async () => {
    const open = await composeProposal(office(40, 40, {}));
    const narrowed = await composeProposal(
      office(40, 40, { relief: { max_total: 10, max_lead_time_days: 1 } }),
    );
    expect(narrowed.scenarios.map((one) => one.budget.total_cost)).toEqual(
      open.scenarios.map((one) => one.budget.total_cost),
    );
  });
});

describe('what is locked', () => {
  it('stays when the rest is chosen again, whatever was rejected; and the same input gives the same answer', async () => {
    const first = await composeProposal(office(40, 40, {}));
    const items = first.scenarios[1]!.scenario.items;
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(items, { minLength: 1, maxLength: 3 }),
        fc.subarray(items, { maxLength: 3 }),
        async (locked, refused) => {
          const rejected = refused.filter((one) => !locked.some((lock) => lock.need_key === one.need_key));
          const input = office(40, 40, {
            locked: locked.map(({ need_key, product_id }) => ({ need_key, product_id })),
            rejected: rejected.map(({ need_key, product_id }) => ({ need_key, product_id })),
          });
          const again = await composeProposal(input);
          for (const { scenario } of again.scenarios) {
            for (const lock of locked)
              expect(scenario.items.find((item) => item.need_key === lock.need_key)).toMatchObject({
                product_id: lock.product_id,
                locked: true,
              });
            for (const refusal of rejected)
              expect(
                scenario.items.some(
                  (item) => item.need_key === refusal.need_key && item.product_id === refusal.product_id,
                ),
              ).toBe(false);
          }
          expect(await composeProposal(input)).toEqual(again);
        },
      ),
      { numRuns: 6 },
    );
  }, 60_000);
});
