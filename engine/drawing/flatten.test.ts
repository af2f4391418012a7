import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { strokesOf } from './flatten.ts';
import { box, ellipse } from './paths.ts';

const size = fc.double({ min: 2, max: 200, noNaN: true });

describe('flattened paths', () => {
  it('of an ellipse lie on it and enclose its area', () => {
    fc.assert(
      fc.property(size, size, (rx, ry) => {
        const [stroke] = strokesOf([{ d: ellipse(10, 20, rx, ry), tone: 'body' }]);
        // Paths are written to a hundredth of an inch.
        for (const [x, y] of stroke!.points)
          expect(Math.abs(((x - 10) / rx) ** 2 + ((y - 20) / ry) ** 2 - 1)).toBeLessThan(0.3);
        expect(area(stroke!.points)).toBeGreaterThan(Math.PI * rx * ry * 0.95);
        expect(stroke!.closed).toBe(true);
      }),
    );
  });

  it('of a rounded box stay inside the box and touch its four sides', () => {
    fc.assert(
      fc.property(size, size, fc.double({ min: 0, max: 100, noNaN: true }), (w, h, r) => {
        const [stroke] = strokesOf([{ d: box(0, 0, w, h, r), tone: 'body' }]);
        const xs = stroke!.points.map(([x]) => x);
        const ys = stroke!.points.map(([, y]) => y);
        for (const [low, high, side] of [
          [Math.min(...xs), Math.max(...xs), w],
          [Math.min(...ys), Math.max(...ys), h],
        ] as const) {
          expect(Math.abs(low)).toBeLessThan(0.05);
          expect(Math.abs(high - side)).toBeLessThan(0.05);
        }
      }),
    );
  });
});

function area(ring: readonly [number, number][]): number {
  return Math.abs(
    ring.reduce((sum, [x, y], i) => {
      const [p, q] = ring[(i + 1) % ring.length]!;
      return sum + x * q - p * y;
    }, 0) / 2,
  );
}
