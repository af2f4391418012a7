// A product's prices over time, as properties of any series of price lists.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextBegin, type Price, priceAt, type Stretch, setPrice } from './timeline.ts';

const price = (list_price: number): Price => ({
  list_price,
  dealer_price: null,
  msrp: null,
  currency: 'USD',
});

const stretch = fc
  .tuple(
    fc.integer({ min: 0, max: 40 }),
    fc.option(fc.integer({ min: 1, max: 30 })),
    fc.integer({ min: 1, max: 9 }),
  )
  .map(([from, days, amount]) => ({ from, to: days === null ? null : from + days, amount }));

/** What each day costs if the lists are laid over each other in their order. */
function byDay(
  lists: readonly { from: number; to: number | null; amount: number }[],
  day: number,
): number | undefined {
  return lists.filter((one) => one.from <= day && (one.to === null || day < one.to)).at(-1)?.amount;
}

describe('prices over time', () => {
  test('every day costs what the last list that covers it says, and no two stretches overlap', () => {
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 12 }), (lists) => {
        let timeline: Stretch[] = [];
        for (const { from, to, amount } of lists) timeline = setPrice(timeline, price(amount), from, to);
        for (let day = -1; day < 80; day += 1)
          expect(priceAt(timeline, day)?.price.list_price).toBe(byDay(lists, day));
        for (const [i, one] of timeline.entries()) {
          expect(one.to === null || one.to > one.from).toBe(true);
          const next = timeline[i + 1];
          if (next) expect(one.to !== null && one.to <= next.from).toBe(true);
        }
        expect(timeline.filter(({ to }) => to === null).length).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('a list with an end gives way to what held before it', () => {
    const year = setPrice([], price(100), 0, null);
    const sale = setPrice(year, price(80), 10, 20);
    expect([5, 15, 25].map((day) => priceAt(sale, day)?.price.list_price)).toEqual([100, 80, 100]);
    expect(nextBegin(sale, 5)).toBe(10);
    expect(nextBegin(sale, 25)).toBeNull();
  });
});
