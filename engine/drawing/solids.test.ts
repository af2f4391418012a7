import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PRODUCT_SUBCATEGORIES } from '../../contract/catalog.ts';
import { solidsOf } from './solids.ts';

const kinds = Object.entries(PRODUCT_SUBCATEGORIES).flatMap(([category, subcategories]) =>
  subcategories.map((subcategory) => ({ category, subcategory: subcategory as string | null })),
);

describe('a product in three dimensions', () => {
  it('stays inside its outside dimensions, reaches its height, and has parts with volume', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds, { category: 'unknown', subcategory: null }),
        fc.double({ min: 0.5, max: 240, noNaN: true }),
        fc.double({ min: 0.5, max: 240, noNaN: true }),
        fc.double({ min: 0.5, max: 120, noNaN: true }),
        (kind, width, depth, height) => {
          const parts = solidsOf({ ...kind, width, depth, height });
          expect(parts.length).toBeGreaterThan(0);
          let top = 0;
          for (const part of parts) {
            expect(Math.min(part.width, part.height, part.depth)).toBeGreaterThan(0);
            expect(Math.abs(part.x) + part.width / 2).toBeLessThanOrEqual(width / 2 + 1e-6);
            expect(Math.abs(part.z) + part.depth / 2).toBeLessThanOrEqual(depth / 2 + 1e-6);
            expect(part.y - part.height / 2).toBeGreaterThanOrEqual(-1e-6);
            top = Math.max(top, part.y + part.height / 2);
          }
          expect(top).toBeCloseTo(height, 5);
        },
      ),
      { numRuns: 300 },
    );
  });
});
