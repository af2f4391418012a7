// The drawing made from a read plan: rooms inside the outline, openings in walls, points back to the file.
import { describe, expect, test } from 'vitest';
import type { PlanDocument, PlanPoint, PlanRing } from '../../../../contract/plan.ts';
import { makeFrame } from './frame.ts';
import { areaOf, boxOf, chordAt, nearestOn } from './geometry.ts';
import { type DrawnSpace, makeScene } from './scene.ts';
import { framing, neighbour, resize, scaleBarLength, zoomAt } from './view.ts';

const rectangle = (x: number, y: number, width: number, height: number): PlanRing => [
  [x, y],
  [x + width, y],
  [x + width, y + height],
  [x, y + height],
];

/** Millimetres in the file, feet in the plan, the file's origin elsewhere. */
const inFile = (ring: PlanRing): PlanRing =>
  ring.map(([x, y]): PlanPoint => [1000 + x * 304.8, 500 + y * 304.8]);

function space(id: string, ring: PlanRing, more: Partial<DrawnSpace> = {}): DrawnSpace {
  return {
    id,
    source_key: `space-${id}`,
    name: id,
    number: null,
    type: 'private_office',
    area_sqft: areaOf(ring),
    polygon: ring,
    holes: [],
    source_polygon: inFile(ring),
    source_holes: [],
    detection_confidence: 0.9,
    manually_edited: false,
    reviewed: false,
    ...more,
  };
}

function document(more: Partial<PlanDocument> = {}): PlanDocument {
  const outline = rectangle(0, 0, 41, 21);
  return {
    source: { format: 'dxf', file: 'two-rooms.dxf', units: 'mm', extents: [1000, 500, 13_497, 6901] },
    scale: { feet_per_unit: 1 / 304.8, method: 'header_units', confidence: 0.9, cues: [] },
    spaces: [],
    doors: [],
    windows: [],
    columns: [],
    dimensions: {
      total_area_sqft: 861,
      usable_area_sqft: 760,
      area_standard: 'outside faces',
      outlines: [outline],
      source_outlines: [inFile(outline)],
    },
    compliance: { label: 'screening', checks: [] },
    warnings: [],
    took_ms: 1,
    ...more,
  };
}

// Two rooms side by side, walls of half a foot around and of one foot between.
const WEST = space('west', rectangle(0.5, 0.5, 19.5, 20));
const EAST = space('east', rectangle(21, 0.5, 19.5, 20));

describe('a scene', () => {
  test('stands upright on screen: what is north in the file is at the top', () => {
    const scene = makeScene(document(), [WEST, EAST])!;
    expect(scene.feet).toBe(1);
    expect(scene.box).toEqual({ min_x: 0, min_y: -21, max_x: 41, max_y: -0 });
    expect(scene.rooms.map((room) => room.id)).toEqual(['west', 'east']);
  });

  test('puts a door into the wall between its rooms, as deep as the wall', () => {
    const door = {
      id: 'door-1',
      x: 20.5,
      y: 10,
      source_x: 0,
      source_y: 0,
      width_ft: 3,
      connects: ['space-west', 'space-east'],
      evidence: 'swing' as const,
    };
    const [opening] = makeScene(document({ doors: [door] }), [WEST, EAST])!.doors;
    expect(opening).toMatchObject({ x: 20.5, y: -10, width: 3, swings: true });
    expect(opening!.front + opening!.back).toBeCloseTo(1, 6);
    expect(Math.abs(opening!.along[1])).toBeCloseTo(1, 6);
  });

  test('measures a door into a ring corridor to the corridor’s inner wall', () => {
    const core = space('core', rectangle(15, 5, 10, 10));
    const ring = space('corridor', rectangle(0.5, 0.5, 40, 20), { holes: [rectangle(14.5, 4.5, 11, 11)] });
    const door = {
      id: 'door-1',
      x: 20,
      y: 4.75,
      source_x: 0,
      source_y: 0,
      width_ft: 3,
      connects: ['space-core', 'space-corridor'],
    };
    const [opening] = makeScene(document({ doors: [door] }), [core, ring])!.doors;
    expect(opening!.front + opening!.back).toBeLessThan(0.6);
  });

  test('keeps a window in its wall when the room behind it was cut in two', () => {
    const window = {
      id: 'w',
      x: 18,
      y: 0.25,
      source_x: 0,
      source_y: 0,
      width_ft: 4,
      space_ids: ['space-west'],
    };
    const left = space('west', rectangle(0.5, 0.5, 9.5, 20));
    const right = space('cut', rectangle(10, 0.5, 10, 20), { source_key: null });
    const [opening] = makeScene(document({ windows: [window] }), [left, right, EAST])!.windows;
    expect(Math.abs(opening!.along[0])).toBeCloseTo(1, 6);
    expect(opening!.front + opening!.back).toBeLessThan(0.7);
  });

  test('labels a room inside itself, with the free width there', () => {
    const hook = space('hook', [
      [0.5, 0.5],
      [30, 0.5],
      [30, 6],
      [6, 6],
      [6, 20],
      [0.5, 20],
    ]);
    const [room] = makeScene(document(), [hook])!.rooms;
    const { x, y, radius, width } = room!.label;
    expect(nearestOn(room!.rings, x, y)!.distance).toBeCloseTo(radius, 3);
    const chord = chordAt(room!.rings, x, y);
    expect(width).toBeLessThanOrEqual(chord.to - chord.from + 1e-6);
  });

  test('pins findings that did not pass, at their place or in their room', () => {
    const checks = [
      {
        code: 'ADA 2010',
        section: '404.2.3',
        status: 'fail' as const,
        detail: 'narrow',
        where: { x: 5, y: 5, source_x: 0, source_y: 0, space_id: 'space-west' },
      },
      {
        code: 'IBC 2021',
        section: '1006',
        status: 'needs_input' as const,
        detail: 'ask',
        where: { x: null, y: null, source_x: 0, source_y: 0, space_id: 'space-east' },
      },
      { code: 'IBC 2021', section: '1017', status: 'pass' as const, detail: 'fine', where: null },
    ];
    const { pins } = makeScene(document({ compliance: { label: 'screening', checks } }), [WEST, EAST])!;
    expect(pins.map((pin) => [pin.status, pin.space_id])).toEqual([
      ['fail', 'west'],
      ['needs_input', 'east'],
    ]);
    expect(pins[0]).toMatchObject({ x: 5, y: -5 });
    expect(pins[1]!.x).toBeGreaterThan(21);
  });

  test('gives back the file’s own coordinates of a point that was clicked', () => {
    const frame = makeFrame(document(), [WEST, EAST])!;
    const [x, y] = frame.toSource([10, -4]);
    expect(x).toBeCloseTo(1000 + 10 * 304.8, 3);
    expect(y).toBeCloseTo(500 + 4 * 304.8, 3);
    expect(frame.toSource([21, -0.5])).toBe(EAST.source_polygon[0]);
    expect(frame.toFeet!([x, y])[1]).toBeCloseTo(4, 6);
  });

  test('of unknown scale is drawn in the file’s units, images with y downwards', () => {
    const unscaled = [WEST, EAST].map((room) => ({ ...room, polygon: [], area_sqft: null }));
    const image = document({
      source: { ...document().source, format: 'png', units: 'px' },
      scale: { feet_per_unit: null, method: 'unknown', confidence: 0, cues: [] },
    });
    const scene = makeScene(image, unscaled)!;
    expect(scene.feet).toBeNull();
    expect(scene.box.min_y).toBe(500);
    expect(makeFrame(image, unscaled)!.toSource([1200, 700])).toEqual([1200, 700]);
    const drawing = document({ scale: image.scale });
    const upright = makeScene(drawing, unscaled)!;
    expect(upright.box.max_y).toBe(-500);
    expect(makeFrame(drawing, unscaled)!.toSource([1200, -700])).toEqual([1200, 700]);
  });

  test('of unknown scale leaves the holes of a ring corridor open', () => {
    const hole = inFile(rectangle(10, 5, 5, 5));
    const [ring] = makeScene(document({ scale: { ...document().scale, feet_per_unit: null } }), [
      space('ring', rectangle(0, 0, 30, 20), { polygon: [], area_sqft: null, source_holes: [hole] }),
    ])!.rooms;
    expect(ring!.rings).toHaveLength(2);
  });

  test('is nothing where there is nothing to draw', () => {
    expect(makeScene(null, [])).toBeNull();
    expect(
      makeScene(null, [
        space('line', [
          [0, 0],
          [1, 1],
        ]),
      ]),
    ).toBeNull();
  });
});

describe('the camera', () => {
  const box = boxOf([rectangle(0, 0, 100, 50)])!;
  const size = { width: 840, height: 700 };

  test('fits the plan with its margin, centred', () => {
    const view = framing(box, size, 20);
    expect(view.k).toBe(8);
    expect([view.x, view.x + 100 * view.k]).toEqual([20, 820]);
    expect(view.y + 25 * view.k).toBe(350);
  });

  test('zooms with the point under the pointer held still, and stops at its limits', () => {
    const view = framing(box, size, 20);
    const held = { x: (300 - view.x) / view.k, y: (200 - view.y) / view.k };
    const closer = zoomAt(view, 3, 300, 200, { min: 1, max: 100 });
    expect(held.x * closer.k + closer.x).toBeCloseTo(300, 9);
    expect(held.y * closer.k + closer.y).toBeCloseTo(200, 9);
    expect(zoomAt(view, 1e6, 0, 0, { min: 1, max: 100 }).k).toBe(100);
    expect(zoomAt(view, 1e-6, 0, 0, { min: 1, max: 100 }).k).toBe(1);
  });

  test('keeps the middle when the window changes', () => {
    const view = framing(box, size, 20);
    const after = resize(view, size, { width: 640, height: 900 });
    expect(50 * after.k + after.x).toBeCloseTo(320, 9);
    expect(25 * after.k + after.y).toBeCloseTo(450, 9);
  });

  test('shows a scale bar of a round length between 60 and 150 pixels', () => {
    for (let perUnit = 0.1; perUnit < 300; perUnit *= 1.13) {
      const pixels = scaleBarLength(perUnit) * perUnit;
      expect(pixels).toBeGreaterThanOrEqual(60);
      expect(pixels).toBeLessThan(151);
    }
  });

  test('walks from room to room in the direction of the arrow', () => {
    const at = (x: number, y: number) => ({ label: { x, y } });
    const [middle, right, farRight, below] = [at(0, 0), at(10, 2), at(30, 0), at(1, 12)];
    const rooms = [middle, right, farRight, below];
    expect(neighbour(rooms, middle, 'right')).toBe(right);
    expect(neighbour(rooms, middle, 'down')).toBe(below);
    expect(neighbour(rooms, middle, 'left')).toBeNull();
    expect(neighbour(rooms, right, 'right')).toBe(farRight);
  });
});
