// Labels of furnished rooms: inside the room, beside what stands in it, at the same place for the same room.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlanRing } from '../../../../contract/plan.ts';
import { labelPlace } from '../../../../engine/drawing/label_places.ts';
import type { Box } from './geometry.ts';
import { boxOfPiece } from './label-places.ts';

const ell: PlanRing = [
  [0, 0],
  [30, 0],
  [30, 10],
  [12, 10],
  [12, 20],
  [0, 20],
];
const room = (ring: PlanRing, x: number, y: number) => ({
  rings: [ring],
  box: { min_x: 0, min_y: 0, max_x: 30, max_y: 20 },
  label: { x, y, radius: 5, width: 12 },
});
const box = (min_x: number, min_y: number, max_x: number, max_y: number): Box => ({
  min_x,
  min_y,
  max_x,
  max_y,
});
const meets = (a: Box, b: Box) =>
  Math.min(a.max_x, b.max_x) > Math.max(a.min_x, b.min_x) &&
  Math.min(a.max_y, b.max_y) > Math.max(a.min_y, b.min_y);

describe('a label', () => {
  it('keeps the room’s own place while nothing stands there', () => {
    expect(labelPlace(room(ell, 6, 6), [box(20, 2, 28, 8)], 4, 2)).toEqual({ x: 6, y: 6, clear: true });
  });

  it('moves off a table to the nearest free floor, around the corner if need be', () => {
    const table = box(1, 1, 29, 9);
    const place = labelPlace(room(ell, 6, 6), [table], 4, 2);
    expect(place?.clear).toBe(true);
    expect(place?.y).toBeGreaterThan(9.9);
    expect(place?.x).toBeLessThan(10.1);
  });

  it('says that nothing is free, and has no place in a room that is too small for it', () => {
    expect(labelPlace(room(ell, 6, 6), [box(0, 0, 30, 20)], 4, 2)).toMatchObject({ clear: false });
    expect(labelPlace(room(ell, 6, 6), [], 31, 2)).toBeNull();
  });

  it('lies in the room and on nothing, whatever stands there', () => {
    const things = fc.array(
      fc
        .tuple(fc.integer({ min: 0, max: 27 }), fc.integer({ min: 0, max: 17 }))
        .map(([x, y]) => box(x, y, x + 3, y + 3)),
      { maxLength: 25 },
    );
    fc.assert(
      fc.property(things, fc.integer({ min: 1, max: 8 }), (stands, width) => {
        const place = labelPlace(room(ell, 6, 6), stands, width, 2);
        if (!place) throw new Error('the room is wide enough');
        const here = box(place.x - width / 2, place.y - 1, place.x + width / 2, place.y + 1);
        expect(here.min_x >= 0 && here.min_y >= 0 && here.max_x <= 30 && here.max_y <= 20).toBe(true);
        expect(meets(here, box(12, 10, 30, 20))).toBe(false);
        expect(stands.some((thing) => meets(here, thing))).toBe(!place.clear);
      }),
    );
  });

  it('knows how far a turned piece reaches', () => {
    const piece = {
      key: 'a',
      item_id: 'a',
      space_id: null,
      x: 10,
      y: 10,
      turn: 90,
      width: 6,
      depth: 2,
      kind: 'table' as const,
      label: 'Desk',
    };
    const reach = boxOfPiece(piece);
    expect(reach.max_x - reach.min_x).toBeCloseTo(2);
    expect(reach.max_y - reach.min_y).toBeCloseTo(6);
  });
});
