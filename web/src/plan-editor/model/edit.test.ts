// Correcting rooms by hand: what a corner is drawn to, how a cut comes out, what stands on screen while edits travel.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Space } from '../../../../contract/floorplans.ts';
import type { PlanPoint, PlanRing } from '../../../../contract/plan.ts';
import { aimCorner, aimPoint, touchesWall } from './aim.ts';
import { cutRoom } from './cut.ts';
import { makeFrame } from './frame.ts';
import { areaOf } from './geometry.ts';
import { applyEdit, withPending, withResult } from './pending.ts';
import { addCorner, faultOf, gripAt, isInside, moveCorner, removeCorner } from './rings.ts';
import { makeScene } from './scene.ts';
import * as steps from './session.ts';
import { makeSnapIndex, snap } from './snap.ts';

const rectangle = (x: number, y: number, width: number, height: number): PlanRing => [
  [x, y],
  [x + width, y],
  [x + width, y + height],
  [x, y + height],
];
const inFile = (ring: PlanRing): PlanRing =>
  ring.map(([x, y]): PlanPoint => [1000 + x * 304.8, 500 + y * 304.8]);

function space(id: string, ring: PlanRing, more: Partial<Space> = {}): Space {
  return {
    id,
    floor_plan_id: 'plan',
    project_id: 'project',
    source_key: `space-${id}`,
    name: id,
    number: null,
    type: 'private_office',
    area_sqft: areaOf(ring),
    dimensions: null,
    bbox: null,
    polygon: ring,
    holes: [],
    source_polygon: inFile(ring),
    source_holes: [],
    suggested_capacity: null,
    characteristics: {},
    detection_confidence: 0.5,
    manually_edited: false,
    reviewed: false,
    revision: 1,
    updated_at: '2026-11-23T00:00:00Z',
    ...more,
  };
}

// On screen y points down: the rooms lie between y = −20.5 and −0.5.
const WEST = space('west', rectangle(0.5, 0.5, 19.5, 20));
const EAST = space('east', rectangle(21, 0.5, 19.5, 20));
const scene = makeScene(null, [WEST, EAST])!;
const index = makeSnapIndex(scene);
const free = { kind: 'free', guides: [] };

describe('a point near the drawing', () => {
  test('goes to a corner of a neighbour before anything else', () => {
    const near = snap(index, [20.9, -0.4], { reach: 0.5, except: 'west' });
    expect(near).toMatchObject({ kind: 'corner', point: [21, -0.5] });
  });
  test('goes to a wall face, and with a guide to where it is level with an anchor', () => {
    const onWall = snap(index, [20.8, -9], { reach: 0.5, except: 'west' });
    expect(onWall).toMatchObject({ kind: 'wall', point: [21, -9] });
    const both = snap(index, [20.8, -9.2], { reach: 0.5, except: 'west', anchors: [[3, -9]] });
    expect(both.point).toEqual([21, -9]);
    expect(both.guides.map((guide) => guide.kind).sort()).toEqual(['axis', 'wall']);
  });
  test('is square to a slanting edge', () => {
    const slant = snap(index, [5.2, -8.1], {
      reach: 0.5,
      except: 'west',
      square: [{ from: [2, -12], at: [6, -10] }],
    });
    expect(slant.kind).toBe('right_angle');
    const [x, y] = [slant.point[0] - 6, slant.point[1] + 10];
    // The edge runs (4, 2); square to it means no part along it.
    expect(x * 4 + y * 2).toBeCloseTo(0, 9);
  });
  test('stays where it is when nothing is near, or with Alt', () => {
    expect(snap(index, [10, -10], { reach: 0.5 })).toEqual({ ...free, point: [10, -10] });
    const session = { ...steps.takeTool('draw'), path: [[5, -5] as PlanPoint] };
    expect(aimPoint(index, session, { point: [5.1, -9], k: 10, alt: true })).toEqual({
      ...free,
      point: [5.1, -9],
    });
    expect(aimPoint(index, session, { point: [5.1, -9], k: 10, alt: false }).point).toEqual([5, -9]);
  });
  test('a corner is never drawn to the room’s own old outline', () => {
    const ring = scene.rooms[0]!.rings[0]!;
    const held = steps.takeHold(
      steps.takeTool('corners'),
      'west',
      ring,
      { kind: 'corner', index: 0 },
      [0, 0],
    );
    const aimed = aimCorner(index, held, 'west', { point: [3, -2], k: 30, alt: false });
    expect(aimed).toEqual({ ...free, point: [3, -2] });
  });
});

describe('a press', () => {
  const ring = rectangle(0, 0, 20, 10);
  test('takes the corner before the middle, and nothing beyond its reach', () => {
    expect(gripAt(ring, [0.5, 0.5], 1)).toEqual({ kind: 'corner', index: 0 });
    expect(gripAt(ring, [10, 0.5], 1)).toEqual({ kind: 'middle', index: 0 });
    expect(gripAt(ring, [10, 5], 1)).toBeNull();
  });
  test('finds the room under it, holes left out', () => {
    const rings = [rectangle(0, 0, 20, 20), rectangle(5, 5, 5, 5)];
    expect(isInside(rings, [1, 1])).toBe(true);
    expect(isInside(rings, [7, 7])).toBe(false);
    expect(isInside(rings, [21, 1])).toBe(false);
  });
});

describe('an outline in hand', () => {
  const ring = rectangle(0, 0, 20, 10);
  test('keeps its area when a corner is added on an edge and taken out again', () => {
    const more = addCorner(ring, 1, [20, 4]);
    expect(areaOf(more)).toBe(200);
    expect(removeCorner(more, 2)).toEqual(ring);
    expect(removeCorner([ring[0]!, ring[1]!, ring[2]!], 0)).toBeNull();
  });
  test('says what is wrong with it', () => {
    expect(faultOf(ring)).toBeNull();
    expect(faultOf(moveCorner(ring, 0, [10, 15]))).toMatch(/crosses itself/);
    expect(
      faultOf([
        [0, 0],
        [10, 0],
        [20, 0],
      ]),
    ).toMatch(/nothing/);
  });
});

describe('a cut', () => {
  test('shows both parts, the larger first, before anything is saved', () => {
    const cut = cutRoom(
      [rectangle(0, 0, 20, 10)],
      [
        [5, 0],
        [5, 10],
      ],
      0.1,
    )!;
    expect(cut.areas[0]).toBeCloseTo(150, 6);
    expect(cut.areas[1]).toBeCloseTo(50, 6);
  });
  test('ends on walls: a line that stops inside is none yet, one that stops just short is', () => {
    const room = [rectangle(0, 0, 20, 10)];
    expect(
      cutRoom(
        room,
        [
          [5, -1],
          [5, 6],
        ],
        0.1,
      ),
    ).toBeNull();
    expect(
      cutRoom(
        room,
        [
          [5, 0.05],
          [5, 9.95],
        ],
        0.1,
      ),
    ).not.toBeNull();
    expect(touchesWall(room, [5, 6], 0.1)).toBe(false);
    expect(touchesWall(room, [5, 9.95], 0.1)).toBe(true);
    expect(touchesWall(room, [5, 12], 0.1)).toBe(true);
  });
  test('goes round a corner, and leaves a hole on its own side or divides it', () => {
    const room = [rectangle(0, 0, 20, 10), rectangle(14, 4, 2, 2)];
    const bent = cutRoom(
      room,
      [
        [5, 0],
        [5, 4],
        [0, 4],
      ],
      0.01,
    )!;
    expect(bent.areas[0]).toBeCloseTo(200 - 20 - 4, 6);
    expect(bent.areas[1]).toBeCloseTo(20, 6);
    const through = cutRoom(
      room,
      [
        [15, 0],
        [15, 10],
      ],
      0.01,
    )!;
    expect(through.areas[0]).toBeCloseTo(150 - 2, 6);
    expect(through.areas[1]).toBeCloseTo(50 - 2, 6);
  });
  test('loses no area, wherever a straight line crosses a room of any shape', () => {
    const share = fc.double({ min: 0.02, max: 0.98, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 4, max: 12, noNaN: true }), { minLength: 3, maxLength: 14 }),
        share,
        share,
        (radii, u, v) => {
          const ring = radii.map((radius, at): PlanPoint => {
            const angle = (at / radii.length) * 2 * Math.PI;
            return [radius * Math.cos(angle), radius * Math.sin(angle)];
          });
          const [a, b] = [u * 2 * Math.PI, u * 2 * Math.PI + Math.PI * (0.3 + v)];
          const line: PlanPoint[] = [
            [40 * Math.cos(a), 40 * Math.sin(a)],
            [40 * Math.cos(b), 40 * Math.sin(b)],
          ];
          const cut = cutRoom([ring], line, 1e-6);
          if (cut) expect(cut.areas[0] + cut.areas[1]).toBeCloseTo(areaOf(ring), 6);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('edits on their way', () => {
  const frame = makeFrame(null, [WEST, EAST])!;
  test('show a reshaped room with its new area, and leave the others untouched', () => {
    const polygon = moveCorner(WEST.source_polygon, 1, [1000 + 10 * 304.8, WEST.source_polygon[1]![1]]);
    const after = withPending(
      [WEST, EAST],
      [{ key: 'a', edit: { op: 'reshape', space_id: 'west', polygon } }],
      frame,
    );
    expect(after[0]!.area_sqft).toBeCloseTo(19.5 * 20 - (10 * 20) / 2, 3);
    expect(after[0]!.manually_edited).toBe(true);
    expect(after[1]).toBe(EAST);
  });
  test('show a cut as two rooms whose areas are the old one', () => {
    const line = inFile([
      [8, -1],
      [8, 22],
    ]);
    const after = applyEdit([WEST, EAST], { op: 'split', space_id: 'west', line }, 'new', frame);
    expect(after.map((room) => room.id)).toEqual(['west', 'new', 'east']);
    expect(after[0]!.area_sqft! + after[1]!.area_sqft!).toBeCloseTo(WEST.area_sqft!, 3);
    expect(after[0]!.area_sqft!).toBeGreaterThan(after[1]!.area_sqft!);
  });
  test('draw, delete, describe and confirm', () => {
    const drawn = applyEdit([WEST], { op: 'draw', polygon: inFile(rectangle(50, 0, 10, 10)) }, 'new', frame);
    expect(drawn[1]).toMatchObject({ id: 'new', detection_confidence: null });
    expect(drawn[1]!.area_sqft).toBeCloseTo(100, 3);
    expect(applyEdit([WEST, EAST], { op: 'delete', space_ids: ['west'] }, 'x', frame)).toEqual([EAST]);
    const typed = applyEdit(
      [WEST, EAST],
      { op: 'describe', space_ids: ['east'], changes: { type: 'lobby' } },
      'x',
      frame,
    );
    expect(typed.map((room) => room.type)).toEqual(['private_office', 'lobby']);
    expect(applyEdit([WEST], { op: 'confirm', space_ids: ['west'] }, 'x', frame)[0]!.reviewed).toBe(true);
  });
  test('give way to what the server says; taking it away gives back what was there', () => {
    const edit = { key: 'a', edit: { op: 'delete' as const, space_ids: ['east'] } };
    const base = [WEST, EAST];
    expect(withPending(base, [edit], frame)).toEqual([WEST]);
    expect(withPending(base, [], frame)).toBe(base);
    const answer = { ...WEST, name: 'server', revision: 2 };
    const after = withResult(base, {
      floor_plan: {} as never,
      spaces: [answer],
      removed: ['east'],
      history: { undo: 'x', redo: null, edit_revision: 3 },
    });
    expect(after).toEqual([answer]);
  });
});

describe('the hand', () => {
  const ring = rectangle(0, 0, 20, 10);
  test('Escape gives back one thing at a time: corner, line, tool', () => {
    const held = steps.takeHold(
      steps.takeTool('corners'),
      'west',
      ring,
      { kind: 'corner', index: 2 },
      [0, 0],
    );
    const moved = steps.dragTo(held, { point: [25, 12], kind: 'free', guides: [] });
    expect(moved.draft!.ring[2]).toEqual([25, 12]);
    expect(steps.hasMoved(moved.draft!)).toBe(true);
    const back = steps.stepBack(moved)!;
    expect(back.draft).toBeNull();
    expect(steps.stepBack(back)).toBe(steps.AT_REST);
    expect(steps.stepBack(steps.AT_REST)).toBeNull();
  });
  test('several moves of one outline begin at the same original', () => {
    let now = steps.takeHold(steps.takeTool('corners'), 'west', ring, { kind: 'middle', index: 0 }, [10, 0]);
    now = steps.dragTo(now, { point: [10, -3], kind: 'free', guides: [] });
    now = steps.takeHold(now, 'west', ring, { kind: 'corner', index: 0 }, [0, 0]);
    now = steps.dragTo(now, { point: [-1, 0], kind: 'free', guides: [] });
    expect(now.draft!.ring).toEqual([
      [-1, 0],
      [10, -3],
      [20, 0],
      [20, 10],
      [0, 10],
    ]);
    expect(now.draft!.original).toBe(ring);
  });
  test('an outline closes on its first point; Backspace takes the last one back', () => {
    let now = steps.takeTool('draw');
    for (const point of rectangle(0, 0, 5, 5).slice(0, 3)) now = steps.addPoint(now, point);
    expect(steps.closesOutline(now, [0.1, 0], 0.2)).toBe(true);
    expect(steps.closesOutline(now, [1, 0], 0.2)).toBe(false);
    expect(steps.dropPoint(now).path).toHaveLength(2);
  });
  test('a known length has two ends; the third click moves the second', () => {
    let now = steps.takeTool('scale');
    for (const point of [
      [0, 0],
      [5, 0],
      [9, 0],
    ] as PlanPoint[])
      now = steps.addPoint(now, point);
    expect(now.path).toEqual([
      [5, 0],
      [9, 0],
    ]);
    expect(now.closed).toBe(true);
  });
});

describe('a floor of 300 rooms', () => {
  const rooms = Array.from({ length: 300 }, (_, at) =>
    space(`room-${at}`, rectangle((at % 20) * 12, Math.floor(at / 20) * 14, 11.5, 13.5)),
  );
  test('follows the hand well within a frame', () => {
    const large = makeScene(null, rooms)!;
    const found = makeSnapIndex(large);
    const own = large.rooms[150]!;
    let now = steps.takeHold(
      steps.takeTool('corners'),
      own.id,
      own.rings[0]!,
      { kind: 'corner', index: 0 },
      [0, 0],
    );
    const start = performance.now();
    const moves = 500;
    for (let at = 0; at < moves; at++) {
      const [x, y] = own.rings[0]![0]!;
      const point: PlanPoint = [x + Math.sin(at) * 3, y + Math.cos(at) * 3];
      now = steps.dragTo(now, aimCorner(found, now, own.id, { point, k: 6, alt: false }));
      faultOf(now.draft!.ring);
    }
    expect((performance.now() - start) / moves).toBeLessThan(4);
  });
  test('makes only the changed room again', () => {
    const before = makeScene(null, rooms)!;
    const changed = rooms.map((room, at) => (at === 7 ? { ...room, name: 'changed' } : room));
    const after = makeScene(null, changed)!;
    expect(after.rooms.filter((room, at) => room !== before.rooms[at]).map((room) => room.name)).toEqual([
      'changed',
    ]);
  });
});
