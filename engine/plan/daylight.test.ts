import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lightGrade, partsAlong } from './daylight.ts';
import type { Room } from './rooms.ts';

function room(x0: number, y0: number, x1: number, y1: number): Room {
  return {
    polygon: {
      outer: [
        [x0, y0],
        [x1, y0],
        [x1, y1],
        [x0, y1],
      ],
      holes: [],
    },
    label: null,
    boundary: 'walls',
    closed: { door: 0, bare: 0, open: 0, line: 0, gap: 0 },
    natural: true,
  };
}

describe('natural light', () => {
  it('of a ribbon window is shared out among the rooms behind it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 8, max: 20 }), { minLength: 2, maxLength: 8 }), (widths) => {
        let x = 0;
        const rooms = widths.map((width) => {
          const made = room(x, 0, x + width, 15);
          x += width + 0.5;
          return made;
        });
        const inner = room(0, -20, x, -5);
        const span = { middle: [x / 2, 15.3] as const, along: [1, 0] as const, width: x - 2, thickness: 0.5 };
        const parts = partsAlong(span, [...rooms, inner]);
        expect(parts.map((part) => part.room)).toEqual(widths.map((_, i) => i));
        const lit = parts.reduce((sum, part) => sum + part.width, 0);
        expect(lit).toBeLessThanOrEqual(span.width);
        expect(lit).toBeGreaterThan(span.width - 0.5 * widths.length - 1e-6);
      }),
    );
  });

  it('is graded by window length to floor area: 8 % glazed is medium, twice that high', () => {
    expect(lightGrade(0, 100)).toBe('none');
    expect(lightGrade(1.7, 100)).toBe('low');
    expect(lightGrade(1.8, 100)).toBe('medium');
    expect(lightGrade(3.6, 100)).toBe('high');
  });
});
