// Corrections of any floor in any units: areas add up, cutting and joining are each other's reverse, outlines stay simple.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlanEdit } from '../../../contract/plan-edits.ts';
import { areaOf } from '../../geometry/overlap.ts';
import { inPolygon, type Point, polygonArea, signedArea } from '../../geometry/planar.ts';
import { applyEdit, type EditOutcome } from './apply.ts';
import { correctedDocument } from './document.ts';
import { EditError } from './errors.ts';
import { localOf } from './facts.ts';
import { anyFloor, type Floor, placer, readFloor, rectangle, roomBox } from './floor.fixture.ts';
import { measuresOf } from './measures.ts';
import type { EditSpace } from './model.ts';
import { isSimple } from './outline.ts';
import { common } from './overlay.ts';

const BY = '11111111-1111-4111-8111-111111111111';

const SMALL: Floor = {
  widths: [10, 12, 20],
  depths: [12],
  wall_ft: 0.5,
  feet_per_unit: 1 / 12,
  scale_known: true,
  format: 'dxf',
  degrees: 0,
  offset: [0, 0],
  columns: false,
};

type Plan = ReturnType<typeof readFloor>;

function edit(plan: Plan, what: PlanEdit): EditOutcome {
  const now = '2026-01-01T00:00:00.000Z';
  return applyEdit({ ...plan, edit: what, newId: randomUUID, now, by: BY });
}

function withEdit(plan: Plan, outcome: EditOutcome): Plan {
  const changed = new Set([...outcome.changed.map((space) => space.id), ...outcome.removed]);
  return {
    ...plan,
    spaces: [...plan.spaces.filter((space) => !changed.has(space.id)), ...outcome.changed],
  };
}

/** Square feet, from the source outline, whether the plan knows its scale or not. */
function area(floor: Floor, space: EditSpace, plan: Plan): number {
  return polygonArea(localOf(space, measuresOf(plan.document, plan.spaces))) * floor.feet_per_unit ** 2;
}

function checkRoom(floor: Floor, space: EditSpace, plan: Plan): void {
  const local = localOf(space, measuresOf(plan.document, plan.spaces));
  expect(isSimple(local.outer)).toBe(true);
  for (const hole of local.holes) {
    expect(isSimple(hole)).toBe(true);
    const [x, y] = hole.reduce<Point>(
      ([a, b], p) => [a + p[0] / hole.length, b + p[1] / hole.length],
      [0, 0],
    );
    expect(inPolygon([x, y], { outer: local.outer, holes: [] })).toBe(true);
  }
  // Counter-clockwise as seen on the sheet: pictures have their y axis downwards.
  expect(signedArea(local.outer) > 0).toBe(floor.format === 'dxf');
  expect(space.manually_edited).toBe(true);
  if (!floor.scale_known) {
    expect([space.area_sqft, space.dimensions, space.bbox, space.polygon]).toEqual([null, null, null, []]);
    return;
  }
  expect(space.area_sqft).toBeCloseTo(area(floor, space, plan), 1);
  expect(space.polygon).toHaveLength(space.source_polygon.length);
  const rounding = 0.0002 * space.polygon.length * 60;
  expect(
    Math.abs(signedArea(space.polygon) - Math.abs(signedArea(local.outer)) * floor.feet_per_unit ** 2),
  ).toBeLessThan(rounding);
}

const anyRoom = fc.record({
  column: fc.nat(100),
  row: fc.nat(100),
  at: fc.double({ min: 0.3, max: 0.7, noNaN: true }),
});
type Pick = typeof anyRoom extends fc.Arbitrary<infer T> ? T : never;

function pick(floor: Floor, plan: Plan, { column, row }: Pick) {
  const [c, r] = [column % floor.widths.length, row % floor.depths.length];
  return { space: plan.spaces[r * floor.widths.length + c] as EditSpace, box: roomBox(floor, c, r), c, r };
}

describe('splitting and joining', () => {
  it('parts add up to the room, are rooms themselves, and join to it again', () => {
    fc.assert(
      fc.property(anyFloor, anyRoom, fc.boolean(), (floor, chosen, bent) => {
        const plan = readFloor(floor);
        const { space, box } = pick(floor, plan, chosen);
        const [x0, y0, x1, y1] = box;
        const x = x0 + (x1 - x0) * chosen.at;
        const points: Point[] = bent
          ? [
              [x, y0 - 0.1],
              [x, (y0 + y1) / 2 + 0.3],
              [x + 1, (y0 + y1) / 2 + 0.7],
              [x + 1, y1 + 0.1],
            ]
          : [
              [x, y0],
              [x, y1],
            ];
        const cut = edit(plan, { op: 'split', space_id: space.id, line: points.map(placer(floor)) });
        const plan2 = withEdit(plan, cut);
        expect(cut.changed).toHaveLength(2);
        for (const part of cut.changed) checkRoom(floor, part, plan2);
        const whole = area(floor, space, plan);
        const parts = cut.changed.map((part) => area(floor, part, plan2));
        expect(parts[0]! + parts[1]!).toBeCloseTo(whole, 2);
        const kept = cut.changed.find((part) => part.id === space.id)!;
        expect(area(floor, kept, plan2)).toBe(Math.max(...parts));
        expect([kept.name, kept.number]).toEqual([space.name, space.number]);
        expect(new Set(plan2.spaces.map((one) => one.source_key)).size).toBe(plan2.spaces.length);

        const joined = edit(plan2, { op: 'merge', space_ids: cut.changed.map((part) => part.id) });
        expect(joined.changed).toHaveLength(1);
        expect(joined.removed).toHaveLength(1);
        checkRoom(floor, joined.changed[0]!, withEdit(plan2, joined));
        expect(area(floor, joined.changed[0]!, plan2)).toBeCloseTo(whole, 2);
        expect(joined.changed[0]!.source_holes).toHaveLength(space.source_holes.length);
      }),
      { numRuns: 60 },
    );
  });

  it('joins neighbours with the wall between them; the door in that wall is gone, the others stay', () => {
    fc.assert(
      fc.property(anyFloor, anyRoom, (floor, chosen) => {
        const plan = readFloor(floor);
        const c = chosen.column % (floor.widths.length - 1);
        const { space, r } = pick(floor, plan, { ...chosen, column: c });
        const next = plan.spaces[r * floor.widths.length + c + 1] as EditSpace;
        const joined = edit(plan, { op: 'merge', space_ids: [space.id, next.id] });
        const plan2 = withEdit(plan, joined);
        const room = joined.changed[0]!;
        checkRoom(floor, room, plan2);
        expect(area(floor, room, plan2)).toBeCloseTo(
          area(floor, space, plan) + area(floor, next, plan) + floor.wall_ft * (floor.depths[r] ?? 0),
          1,
        );
        const doors = correctedDocument(plan2.document, plan2.spaces).doors;
        expect(doors).toHaveLength(plan.document.doors.length - 1);
        expect(doors.every((door) => door.connects.length === 2)).toBe(true);
        const keys = new Set(plan2.spaces.map((one) => one.source_key));
        expect(doors.flatMap((door) => door.connects).every((key) => keys.has(key))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('joins a whole floor, with every column and no chip of wall left', () => {
    fc.assert(
      fc.property(anyFloor, (floor) => {
        const plan = readFloor(floor);
        if (plan.spaces.length < 2) return;
        const joined = edit(plan, { op: 'merge', space_ids: plan.spaces.map((space) => space.id) });
        const total = (sizes: number[]) =>
          sizes.reduce((sum, size) => sum + size, 0) + (sizes.length - 1) * floor.wall_ft;
        const holes = plan.spaces.flatMap((space) => space.source_holes).length;
        expect(joined.changed[0]!.source_holes).toHaveLength(holes);
        expect(area(floor, joined.changed[0]!, plan)).toBeCloseTo(
          total(floor.widths) * total(floor.depths) - 4 * holes,
          0,
        );
      }),
      { numRuns: 30 },
    );
  });

  it('refuses rooms that lie apart and lines that cut nothing', () => {
    fc.assert(
      fc.property(anyFloor, (floor) => {
        const plan = readFloor({ ...floor, widths: [...floor.widths, 9, 9] });
        const n = floor.widths.length + 2;
        const first = plan.spaces[0] as EditSpace;
        const refused = (what: PlanEdit, words: RegExp) => {
          expect(() => edit(plan, what)).toThrow(EditError);
          expect(() => edit(plan, what)).toThrow(words);
        };
        refused({ op: 'merge', space_ids: [first.id, plan.spaces[n - 1]!.id] }, /share a wall/);
        const place = placer(floor);
        refused(
          { op: 'split', space_id: first.id, line: [place([2, 2]), place([5, 5])] },
          /from wall to wall/,
        );
        refused({ op: 'split', space_id: first.id, line: [place([2, 2]), place([2, 2])] }, /no length/);
      }),
      { numRuns: 20 },
    );
  });
});

describe('drawing and reshaping', () => {
  it('a drawn room takes no floor from its neighbours', () => {
    fc.assert(
      fc.property(anyFloor, anyRoom, fc.double({ min: -1.5, max: 1.5, noNaN: true }), (floor, chosen, by) => {
        const plan = readFloor(floor);
        const { space, box } = pick(floor, plan, chosen);
        const without = { ...plan, spaces: plan.spaces.filter((one) => one.id !== space.id) };
        const [x0, y0, x1, y1] = box;
        const polygon = rectangle([x0 - by, y0 - by, x1 + by, y1 + by]).map(placer(floor));
        const drawn = edit(without, { op: 'draw', polygon, name: 'New' }).changed[0]!;
        const plan2 = { ...without, spaces: [...without.spaces, drawn] };
        checkRoom(floor, drawn, plan2);
        const measures = measuresOf(plan2.document, plan2.spaces);
        for (const other of without.spaces) {
          const shared = areaOf(common(localOf(drawn, measures), localOf(other, measures)));
          expect(shared * floor.feet_per_unit ** 2).toBeLessThan(0.2);
        }
        const wall = Math.max(0, Math.min(by, floor.wall_ft));
        const least = by <= 0 ? (x1 - x0 + 2 * by) * (y1 - y0 + 2 * by) : (x1 - x0) * (y1 - y0) + wall;
        expect(area(floor, drawn, plan2)).toBeGreaterThan(least - 0.5);
      }),
      { numRuns: 60 },
    );
  });

  it('a corridor drawn around rooms leaves them their floor and the walls between them', () => {
    fc.assert(
      fc.property(anyFloor, fc.integer({ min: 3, max: 9 }), (floor, width) => {
        const plan = readFloor({ ...floor, columns: false, scale_known: true });
        const [columns, rows] = [floor.widths.length - 1, floor.depths.length - 1];
        const [, , x, y] = roomBox(floor, columns, rows);
        const far = width + floor.wall_ft;
        const polygon = rectangle([-far, -far, x + far, y + far]).map(placer(floor));
        const drawn = edit(plan, { op: 'draw', polygon, type: 'corridor' }).changed[0]!;
        checkRoom({ ...floor, scale_known: true }, drawn, plan);
        expect(drawn.source_holes).toHaveLength(1);
        expect(area(floor, drawn, plan)).toBeCloseTo((x + 2 * far) * (y + 2 * far) - x * y, 0);
        const strip = rectangle([-0.5, -0.5, x + 0.5, y + 0.5]).map(placer(floor));
        expect(() => edit(plan, { op: 'draw', polygon: strip })).toThrow(/belongs to/);
      }),
      { numRuns: 30 },
    );
  });

  it('a ring that touches itself by a speck is healed, one that crosses itself is not', () => {
    const floor: Floor = { ...SMALL, widths: [10, 10], depths: [10] };
    const plan = readFloor(floor);
    const space_id = plan.spaces[0]!.id;
    const ring = (points: Point[]) => ({
      op: 'reshape' as const,
      space_id,
      polygon: points.map(placer(floor)),
    });
    const speck: Point[] = [
      [0, 0],
      [9, 0],
      [9, 5],
      [9.05, 5.1],
      [9, 5],
      [9, 9],
      [0, 9],
    ];
    expect(edit(plan, ring(speck)).changed[0]!.area_sqft).toBeCloseTo(81, 1);
    const hourglass: Point[] = [
      [0, 0],
      [9, 9],
      [9, 0],
      [0, 9],
    ];
    expect(() => edit(plan, ring(hourglass))).toThrow(/crosses or touches itself/);
  });

  it('a corner moved inwards makes the room smaller by the triangle it cuts off', () => {
    fc.assert(
      fc.property(anyFloor, anyRoom, (floor, chosen) => {
        const plan = readFloor({ ...floor, columns: false });
        const { space, box } = pick(floor, plan, chosen);
        const [x0, y0, x1, y1] = box;
        const polygon = rectangle(box).map((p, i): Point => (i === 0 ? [p[0] + 2, p[1] + 1] : p));
        const outcome = edit(plan, {
          op: 'reshape',
          space_id: space.id,
          polygon: polygon.map(placer(floor)),
        });
        checkRoom(floor, outcome.changed[0]!, plan);
        const lost = ((x1 - x0) * 1 + (y1 - y0) * 2) / 2;
        expect(area(floor, outcome.changed[0]!, plan)).toBeCloseTo((x1 - x0) * (y1 - y0) - lost, 2);
        expect(outcome.changed[0]!.id).toBe(space.id);
      }),
      { numRuns: 30 },
    );
  });

  it('any ring a hand or a program can send gives simple rooms or a sentence', () => {
    const coordinate = fc.oneof(
      fc.double({ min: -20, max: 90, noNaN: true }),
      fc.integer({ min: -3, max: 30 }),
      fc.constantFrom(0, 1e308, -1e308, 5e-324, 1e9),
    );
    const ring = fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 14 });
    fc.assert(
      fc.property(anyFloor, ring, ring, fc.boolean(), (floor, points, second, draws) => {
        const plan = readFloor(floor);
        const polygon = points.map(placer(floor));
        const space_id = plan.spaces[0]!.id;
        const holes = [second.map(placer(floor))];
        try {
          const outcome = edit(
            plan,
            draws ? { op: 'draw', polygon } : { op: 'reshape', space_id, polygon, holes },
          );
          for (const space of outcome.changed) checkRoom(floor, space, withEdit(plan, outcome));
        } catch (error) {
          expect(error).toBeInstanceOf(EditError);
          expect((error as Error).message).toMatch(/^[A-Z].*\.$/);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('describing, confirming, deleting', () => {
  const floor = SMALL;

  it('another type brings the seats of that type, unless a person said how many', () => {
    const plan = readFloor(floor);
    const [one, two] = plan.spaces as [EditSpace, EditSpace];
    const type = 'meeting_room' as const;
    const retyped = edit(plan, { op: 'describe', space_ids: [one.id], changes: { type } }).changed[0]!;
    expect(retyped).toMatchObject({ type, suggested_capacity: 4, manually_edited: true });
    const said = withEdit(
      plan,
      edit(plan, { op: 'describe', space_ids: [two.id], changes: { suggested_capacity: 9 } }),
    );
    const both = edit(said, { op: 'describe', space_ids: [two.id], changes: { type } }).changed[0]!;
    expect(both.suggested_capacity).toBe(9);
  });

  it('confirms what nobody has confirmed yet and leaves the room as it was read', () => {
    const plan = readFloor(floor);
    const ids = plan.spaces.map((space) => space.id);
    const confirmed = edit(plan, { op: 'confirm', space_ids: ids });
    expect(
      confirmed.changed.map(({ reviewed_by, manually_edited }) => [reviewed_by, manually_edited]),
    ).toEqual(ids.map(() => [BY, false]));
    expect(edit(withEdit(plan, confirmed), { op: 'confirm', space_ids: ids }).changed).toEqual([]);
  });

  it('remembers where a deleted room was read, not where it was drawn by hand', () => {
    const plan = readFloor(floor);
    const first = plan.spaces[0] as EditSpace;
    const gone = edit(plan, { op: 'delete', space_ids: [first.id] });
    expect(gone.deleted).toEqual([{ id: first.id, label: 'Office 101', outlines: [first.source_polygon] }]);
    const plan2 = withEdit(plan, gone);
    const drawn = edit(plan2, { op: 'draw', polygon: first.source_polygon });
    const again = edit(withEdit(plan2, drawn), { op: 'delete', space_ids: [drawn.changed[0]!.id] });
    expect(again.deleted).toEqual([]);
  });

  it('names what is no longer there', () => {
    const plan = readFloor(floor);
    expect(() => edit(plan, { op: 'delete', space_ids: [BY] })).toThrow(/no longer on this plan/);
  });
});
