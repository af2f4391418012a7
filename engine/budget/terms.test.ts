import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ContractTerms, DiscountChain } from '../../contract/terms.ts';
import { ratesFor } from './rates.ts';
import { contractDiscount, costOf, leastDiscount, sellPrice } from './terms.ts';

const product = {
  sku: 'A-1',
  brand: 'Northmark',
  collection: 'Arc',
  category: 'seating',
  subcategory: 'task_chair',
  list_price_cents: 100_000,
};
/** Tiers as a state's contract writes them: 50/20 to $300,000, 50/20/5 above. */
const state = ContractTerms.parse({
  name: 'State',
  tiers: [
    { up_to_list: 300_000, discount: '50/20' },
    { up_to_list: null, discount: '50/20/5' },
  ],
});

describe('contracts', () => {
  it('tier by the order’s total at list; the bound belongs to the lower tier', () => {
    expect(contractDiscount(state, 30_000_000)).toBe('50/20');
    expect(contractDiscount(state, 30_000_001)).toBe('50/20/5');
    expect(leastDiscount(state)).toBe('50/20');
  });

  it('price to the cent, and only the brands they name', () => {
    const terms = { rules: [], contract: state };
    expect(sellPrice(product, terms, '50/20').unit_cents).toBe(40_000);
    expect(sellPrice(product, terms, '50/20/5').unit_cents).toBe(38_000);
    const other = { rules: [], contract: { ...state, brands: ['Corvid'] } };
    expect(sellPrice(product, other, '50/20').unit_cents).toBe(100_000);
  });

  it('refuse what cannot be, with a sentence', () => {
    expect(DiscountChain.safeParse('50/10/5').success).toBe(true);
    for (const wrong of ['fifty', '50//5', '120', '-5', ''])
      expect(DiscountChain.safeParse(wrong).success).toBe(false);
    expect(ContractTerms.safeParse({ name: 'X' }).success).toBe(false);
    expect(
      ContractTerms.safeParse({ name: 'X', discount: '40', tiers: [{ up_to_list: null, discount: '5' }] })
        .success,
    ).toBe(false);
  });
});

describe('price rules', () => {
  it('beat the contract, and the most exact wins whatever the order', () => {
    const rules = [
      { name: 'all', discount: '10' },
      { name: 'brand', brand: 'northmark', discount: '20' },
      { name: 'collection', collection: 'Arc', discount: '30' },
      { name: 'this one', sku: 'A-1', net_price: 612.5 },
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(rules, { minLength: 4 }), (shuffled) => {
        expect(sellPrice(product, { rules: shuffled, contract: state }, '50/20').unit_cents).toBe(61_250);
        const without = shuffled.filter((rule) => rule.sku === undefined);
        expect(sellPrice(product, { rules: without, contract: state }, '50/20').unit_cents).toBe(70_000);
      }),
    );
  });

  it('say what a piece costs: the own buy rule, else the dealer price, else nobody knows', () => {
    expect(costOf(product, { rules: [{ name: 'buy', buy_discount: '60/10' }] }, 45_000)?.unit_cents).toBe(
      36_000,
    );
    expect(costOf(product, { rules: [] }, 45_000)).toEqual({ unit_cents: 45_000, source: 'dealer price' });
    expect(costOf(product, { rules: [] }, null)).toBeNull();
  });
});

describe('rates', () => {
  it('the later layer wins, and each rate names who set it', () => {
    const { rates, in_force } = ratesFor([
      { source: 'your organization', rates: { freight_pct: 6, tax_pct: 8 } },
      { source: 'this project', rates: { freight_pct: 0 } },
    ]);
    expect([rates.freight_pct, rates.tax_pct]).toEqual([0, 8]);
    const source = (key: string) => in_force.find((rate) => rate.key === key)?.source;
    expect([source('freight_pct'), source('tax_pct')]).toEqual(['this project', 'your organization']);
    for (const rate of in_force) expect(rate.source.length).toBeGreaterThan(5);
  });
});
