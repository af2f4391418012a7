// Stand-ins for a product chosen by hand.
import { describe, expect, it } from 'vitest';
import { standIns } from './kin.ts';
import { sampleProducts } from './sample_products.ts';

describe('stand-ins', () => {
  const chairs = sampleProducts(4, 30).filter((product) => product.subcategory === 'task_chair');

  it('are two to four other products of the kind, a cheaper one among them where there is one', () => {
    for (const product of chairs) {
      const found = standIns(product, chairs);
      expect(found.length).toBeGreaterThanOrEqual(2);
      expect(found.length).toBeLessThanOrEqual(4);
      expect(found).not.toContain(product);
      expect(new Set(found).size).toBe(found.length);
      const cheaper = chairs.some((one) => one.unit_price_cents <= 0.95 * product.unit_price_cents);
      if (cheaper)
        expect(found.some((one) => one.unit_price_cents <= 0.95 * product.unit_price_cents)).toBe(true);
      expect(standIns(product, [...chairs].reverse())).toEqual(found);
    }
  });
});
