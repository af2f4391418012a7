// Vectors in bytes keep the order of nearness that the ranking needs.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compactCosine, compactVector } from './compact.ts';
import { cosine, EMBEDDING_DIMENSIONS } from './embedding.ts';

const unit = fc
  .array(fc.double({ min: -1, max: 1, noNaN: true }), {
    minLength: EMBEDDING_DIMENSIONS,
    maxLength: EMBEDDING_DIMENSIONS,
  })
  .map((values) => {
    const length = Math.hypot(...values) || 1;
    return Float32Array.from(values, (value) => value / length);
  });

test('the cosine from bytes is within a hundredth of the exact one', () => {
  fc.assert(
    fc.property(unit, unit, (a, b) => {
      expect(Math.abs(compactCosine(a, compactVector(b)) - cosine(a, b))).toBeLessThan(0.01);
    }),
    { numRuns: 60 },
  );
});

test('a text without words is near to nothing', () => {
  const nothing = new Float32Array(EMBEDDING_DIMENSIONS);
  expect(compactCosine(nothing, compactVector(nothing))).toBe(0);
});
