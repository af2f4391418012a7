/** Money: cents stay whole, discounts chain exactly, tiers switch at their bound, no cent is lost in sharing out. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allocate,
  applyDiscount,
  type ContractTier,
  effectiveDiscountPct,
  extend,
  fromNumber,
  marginPct,
  markupPct,
  netWithin,
  parseDiscount,
  percentOf,
  sellAtMargin,
  sum,
  tierFor,
  toNumber,
  variancePct,
} from './money.ts';

const cents = fc.integer({ min: -9_000_000_000_00, max: 9_000_000_000_00 });
const amounts = fc.integer({ min: 0, max: 500_000_000_00 });
const pct = fc.integer({ min: 0, max: 100_000 }).map((n) => n / 1000);

describe('edges', () => {
  it('reads decimals as people write them, half a cent away from zero', () => {
    expect(fromNumber(1.005)).toBe(101);
    expect(fromNumber(-1.005)).toBe(-101);
    expect(fromNumber(0.1 + 0.2)).toBe(30);
    expect(fromNumber(1e-9)).toBe(0);
    expect(Object.is(fromNumber(-0.001), 0)).toBe(true);
    expect(() => fromNumber(Number.NaN)).toThrow(/finite/);
    expect(() => toNumber(12.5)).toThrow(/whole number of cents/);
  });

  it('gives back every amount it was given', () => {
    fc.assert(
      fc.property(cents, (amount) => {
        expect(fromNumber(toNumber(amount))).toBe(amount);
      }),
    );
  });
});

describe('chained discounts', () => {
  it('50/10/5 is 57.25 % off', () => {
    expect(effectiveDiscountPct('50/10/5')).toBe(57.25);
    expect(applyDiscount(100_000, '50/10/5')).toBe(42_750);
    expect(parseDiscount('50/20 %')).toEqual([50, 20]);
    expect(applyDiscount(999, '')).toBe(999);
  });

  it('refuses what is no discount', () => {
    for (const text of ['fifty', '50/', '-5', '120', '50/10.1234567'])
      expect(() => parseDiscount(text)).toThrow(text);
  });

  it('rounds once: the order of the steps never matters, and the price is within half a cent of the exact one', () => {
    fc.assert(
      fc.property(amounts, fc.array(pct, { maxLength: 4 }), (list, chain) => {
        const price = applyDiscount(list, chain);
        expect(applyDiscount(list, [...chain].reverse())).toBe(price);
        const exact = chain.reduce((value, step) => value * (1 - step / 100), list);
        expect(Math.abs(price - exact)).toBeLessThanOrEqual(0.5 + 1e-4);
        expect(price).toBeGreaterThanOrEqual(0);
        expect(price).toBeLessThanOrEqual(list);
      }),
    );
  });
});

describe('contract tiers by order list total', () => {
  const tiers: ContractTier[] = [
    { up_to_list_cents: 300_000_00, discount: '50/20' },
    { up_to_list_cents: null, discount: '50/20/5' },
  ];

  it('the bound still belongs to the lower tier', () => {
    expect(tierFor(tiers, 300_000_00).discount).toBe('50/20');
    expect(tierFor(tiers, 300_000_01).discount).toBe('50/20/5');
    expect(applyDiscount(1000_00, tierFor(tiers, 400_000_00).discount)).toBe(380_00);
  });

  it('above the last printed bound the last tier holds; disordered tiers are refused', () => {
    const bounded = [
      { up_to_list_cents: 327_868_00, discount: '69.27' },
      { up_to_list_cents: 1_454_546_00, discount: '72.29' },
      { up_to_list_cents: 1_960_784_00, discount: '74.31' },
    ];
    expect(tierFor(bounded, 1_000_000_00).discount).toBe('72.29');
    expect(tierFor(bounded, 9_000_000_00).discount).toBe('74.31');
    expect(() => tierFor([...bounded].reverse(), 1)).toThrow(/above the one before/);
    expect(() => tierFor([], 1)).toThrow(/at least one/);
  });
});

describe('sharing out', () => {
  it('loses no cent, and equal weights differ by at most one', () => {
    const weights = fc.array(
      fc.oneof(fc.integer({ min: 0, max: 10_000 }), fc.double({ min: 0, max: 50, noNaN: true })),
      {
        minLength: 1,
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(cents, weights, (total, parts) => {
        const shares = allocate(total, parts);
        expect(sum(shares)).toBe(total);
        for (const share of shares) expect(Math.sign(share) * Math.sign(total)).toBeGreaterThanOrEqual(0);
      }),
    );
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 60 }), (total, n) => {
        const shares = allocate(total, new Array(n).fill(1));
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('gives nothing to a zero weight while others have one', () => {
    expect(allocate(1001, [1, 0, 1])).toEqual([501, 0, 500]);
    expect(allocate(100, [0, 0, 0])).toEqual([34, 33, 33]);
    expect(() => allocate(5, [])).toThrow(/nothing/);
    expect(() => allocate(5, [1, -1])).toThrow(/negative/);
  });
});

describe('percentages and margins', () => {
  it('margin and markup of 100 sold at 80 cost', () => {
    expect(marginPct(100_00, 80_00)).toBe(20);
    expect(markupPct(100_00, 80_00)).toBe(25);
    expect(marginPct(0, 5)).toBeNull();
    expect(markupPct(5, 0)).toBeNull();
    expect(variancePct(587_500_00, 600_000_00)).toBe(-2.08);
    expect(variancePct(1, 0)).toBeNull();
  });

  it('a price set at a margin has that margin', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100_00, max: 10_000_00 }),
        fc.integer({ min: 0, max: 90 }),
        (cost, margin) => {
          expect(Math.abs((marginPct(sellAtMargin(cost, margin), cost) ?? 0) - margin)).toBeLessThanOrEqual(
            0.02,
          );
        },
      ),
    );
    expect(() => sellAtMargin(100, 100)).toThrow(/under 100/);
  });

  it('what is left for furniture fills an all-in budget to the cent and never breaks it', () => {
    fc.assert(
      fc.property(
        amounts,
        fc.array(
          fc.integer({ min: 0, max: 2500 }).map((n) => n / 100),
          { maxLength: 6 },
        ),
        (total, pcts) => {
          const net = netWithin(total, pcts);
          const gross = (value: number) => value + sum(pcts.map((p) => percentOf(value, p)));
          expect(gross(net)).toBeLessThanOrEqual(total);
          expect(gross(net + 1)).toBeGreaterThan(total);
        },
      ),
    );
  });

  it('quantities must be whole', () => {
    expect(extend(199_99, 3)).toBe(599_97);
    expect(() => extend(100, 1.5)).toThrow(/whole/);
  });
});
