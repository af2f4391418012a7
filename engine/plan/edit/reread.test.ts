// A plan read again or revised: the new drawing is laid on the old one, corrections stay, differences are told.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlanDocument } from '../../../contract/plan.ts';
import type { PlanEdit } from '../../../contract/plan-edits.ts';
import type { Point } from '../../geometry/planar.ts';
import { align } from './align.ts';
import { applyEdit } from './apply.ts';
import { anyFloor, type Floor, placer, readFloor, rectangle, roomBox } from './floor.fixture.ts';
import { sourceFrame } from './frame.ts';
import { measuresOf } from './measures.ts';
import type { DeletedRoom, EditSpace } from './model.ts';
import { type Reread, reread } from './reread.ts';

const FLOOR: Floor = {
  widths: [10, 14, 22, 9],
  depths: [12, 17],
  wall_ft: 0.5,
  feet_per_unit: 1 / 12,
  scale_known: true,
  format: 'dxf',
  degrees: 0,
  offset: [0, 0],
  columns: false,
};

/** The same building drawn in another way. */
const anyRedrawing = fc.record({
  feet_per_unit: fc.constantFrom(1, 1 / 12, 1 / 304.8, 0.2),
  format: fc.constantFrom('dxf' as const, 'png' as const),
  degrees: fc.constantFrom(0, 90, 180, 33, 301.7),
  offset: fc.tuple(
    fc.double({ min: -9e4, max: 9e4, noNaN: true }),
    fc.double({ min: -9e4, max: 9e4, noNaN: true }),
  ),
});

function alignedBy(before: Floor, after: Floor) {
  const [old, now] = [readFloor(before), readFloor(after)];
  const [from, to] = [sourceFrame(old.document), sourceFrame(now.document)];
  return align({
    before: old.document.spaces,
    after: now.document.spaces,
    scale_before: from.feet_per_unit,
    scale_after: to.feet_per_unit,
    mirrored: from.flipped !== to.flipped,
    foot: measuresOf(now.document, []).foot,
  });
}

/** Feet between where a corner of the building lands and where it is drawn now, at most. */
function miss(toNew: (p: Point) => Point, before: Floor, after: Floor): number {
  const [old, now] = [placer(before), placer(after)];
  const corners: Point[] = [
    [0, 0],
    [40, 0],
    [40, 30],
    [13.7, 5.1],
  ];
  return Math.max(
    ...corners.map((corner) => {
      const [[x, y], [u, v]] = [toNew(old(corner)), now(corner)];
      return Math.hypot(x - u, y - v) * after.feet_per_unit;
    }),
  );
}

describe('a drawing laid on the one before it', () => {
  it('by labelled rooms: moved, turned by any angle, in other units, upside down, at known or unknown scale', () => {
    fc.assert(
      fc.property(anyFloor, anyRedrawing, fc.boolean(), (floor, redrawn, scale_known) => {
        const before: Floor = { ...floor, widths: [...floor.widths, 11, 19], offset: [0, 0] };
        const after = { ...before, ...redrawn, scale_known };
        const found = alignedBy(before, after);
        expect(miss(found.toNew, before, after)).toBeLessThan(0.05);
        expect(found.agreeing).toBe(before.widths.length * before.depths.length);
      }),
      { numRuns: 60 },
    );
  });

  it('by the sizes of rooms that have no labels, at quarter turns', () => {
    const bare = (document: PlanDocument) =>
      document.spaces.map((space) => ({ ...space, name: null, number: null }));
    for (const degrees of [0, 90, 180, 270]) {
      const after: Floor = { ...FLOOR, degrees, feet_per_unit: 1 / 304.8, offset: [4000, -2500] };
      const [old, now] = [readFloor(FLOOR).document, readFloor(after).document];
      const found = align({
        before: bare(old),
        after: bare(now),
        scale_before: old.scale.feet_per_unit,
        scale_after: now.scale.feet_per_unit,
        mirrored: false,
        foot: 304.8,
      });
      expect(miss(found.toNew, FLOOR, after)).toBeLessThan(0.05);
      expect(found.words).toMatch(/other units/);
    }
  });

  it('stays where it is while most rooms do, and where nothing agrees', () => {
    expect(alignedBy(FLOOR, FLOOR)).toMatchObject({ identity: true, words: null });
    const other: Floor = { ...FLOOR, widths: [31, 8, 8], depths: [25], offset: [90, 90] };
    expect(alignedBy(FLOOR, other).identity).toBe(true);
  });
});

type Plan = { document: PlanDocument; spaces: EditSpace[]; deleted: DeletedRoom[] };

function corrected(plan: Plan, edit: PlanEdit): Plan {
  const now = '2026-01-01T00:00:00.000Z';
  const done = applyEdit({ ...plan, edit, newId: randomUUID, now, by: randomUUID() });
  const gone = new Set([...done.changed.map((space) => space.id), ...done.removed]);
  return {
    document: plan.document,
    spaces: [...plan.spaces.filter((space) => !gone.has(space.id)), ...done.changed],
    deleted: [...plan.deleted, ...done.deleted],
  };
}

function again(plan: Plan, after: PlanDocument, same_file: boolean): Reread {
  return reread({ ...plan, before: plan.document, after, same_file, newId: randomUUID });
}

/** 101 split, 102 and 103 joined, 104 deleted, 105 renamed, 106 shrunk to a third; 107 and 108 left alone. */
function allCorrections(): Plan {
  const read = readFloor(FLOOR);
  const place = placer(FLOOR);
  const id = (i: number) => read.spaces[i]!.id;
  const [x0, y0, x1, y1] = roomBox(FLOOR, 1, 1);
  const ends: Point[] = [
    [5, 0],
    [5, 12],
  ];
  const line = ends.map(place);
  const edits: PlanEdit[] = [
    { op: 'split', space_id: id(0), line },
    { op: 'merge', space_ids: [id(1), id(2)] },
    { op: 'delete', space_ids: [id(3)] },
    { op: 'describe', space_ids: [id(4)], changes: { name: 'Studio', type: 'meeting_room' } },
    { op: 'reshape', space_id: id(5), polygon: rectangle([x0, y0, x0 + (x1 - x0) / 3, y1]).map(place) },
    { op: 'confirm', space_ids: [id(6)] },
  ];
  return edits.reduce<Plan>(corrected, { ...read, deleted: [] });
}

const byId = (spaces: readonly EditSpace[]) => [...spaces].sort((a, b) => a.id.localeCompare(b.id));
const seen = (spaces: readonly EditSpace[]) =>
  byId(spaces).map(({ id, name, number, type, source_polygon, polygon, area_sqft, reviewed_by }) => ({
    id,
    name,
    number,
    type,
    source_polygon,
    polygon,
    area_sqft,
    reviewed_by,
  }));

describe('rooms a person corrected', () => {
  it('are as they were after the same file is read again, and again', () => {
    const plan = allCorrections();
    const once = again(plan, plan.document, true);
    expect(seen(once.spaces)).toEqual(seen(plan.spaces));
    expect([once.removed, once.differences?.added, once.differences?.removed]).toEqual([[], [], []]);
    expect(once.differences?.unchanged).toBe(2);
    expect(new Set(once.spaces.map((space) => space.source_key)).size).toBe(once.spaces.length);
    const twice = again({ ...once, document: plan.document }, plan.document, true);
    expect(seen(twice.spaces)).toEqual(seen(plan.spaces));
  });

  it('lie on the revised drawing where it was moved, turned and drawn in other units', () => {
    const plan = allCorrections();
    const after: Floor = { ...FLOOR, degrees: 33, feet_per_unit: 1 / 304.8, offset: [7000, -9000] };
    const result = again(plan, readFloor(after).document, false);
    expect(byId(result.spaces).map((space) => space.id)).toEqual(byId(plan.spaces).map((space) => space.id));
    expect(result.differences?.alignment).toMatch(/turned by 33°.*units/);
    const [old, now] = [placer(FLOOR), placer(after)];
    const back = ([x, y]: Point): Point => {
      const o = old([0, 0]);
      return [(x - o[0]) * FLOOR.feet_per_unit, (y - o[1]) * FLOOR.feet_per_unit];
    };
    for (const space of result.spaces.filter((one) => one.manually_edited)) {
      const was = plan.spaces.find((one) => one.id === space.id)!;
      expect(space.area_sqft).toBeCloseTo(was.area_sqft ?? 0, 0);
      was.source_polygon.forEach((p, i) => {
        const [x, y] = now(back(p));
        expect(space.source_polygon[i]![0] / 304.8).toBeCloseTo(x / 304.8, 1);
        expect(space.source_polygon[i]![1] / 304.8).toBeCloseTo(y / 304.8, 1);
      });
    }
  });

  it('hear what the file says instead', () => {
    const plan = allCorrections();
    const told = again(plan, plan.document, true).differences!;
    const said = new Map(told.kept.map((one) => [one.label, one.file_says]));
    expect(said.get('Studio 105')).toBe('called Office 105, private office');
    expect(said.get('Office 102')).toBe('2 rooms here: Office 103, Office 102');
    expect(said.get('Office 106')).toBe('238 sq ft');
    expect(told.kept).toHaveLength(5);
  });
});

describe('rooms nobody corrected', () => {
  it('follow the file: what came, went and changed is told, a confirmed room that changed is looked at again', () => {
    const read = readFloor(FLOOR);
    const ids = read.spaces.map((space) => space.id);
    const plan = corrected({ ...read, deleted: [] }, { op: 'confirm', space_ids: ids });
    const revised = readFloor({ ...FLOOR, widths: [10, 14, 22, 12] }).document;
    revised.spaces = revised.spaces
      .filter((space) => space.number !== '101')
      .map((space) => (space.number === '102' ? { ...space, name: 'Library' } : space));
    const extra = readFloor({ ...FLOOR, offset: [0, -400] }).document.spaces[0]!;
    revised.spaces.push({ ...extra, id: 'space-99', number: '199' });
    const result = again(plan, revised, false);
    const told = result.differences!;
    expect(told.alignment).toBeNull();
    expect(told.added.map((one) => one.label)).toEqual(['Office 199']);
    expect(told.removed).toEqual([
      { label: 'Office 101', area_sqft: 120, source_polygon: read.spaces[0]!.source_polygon },
    ]);
    const changes = new Map(told.changed.map((one) => [one.label, one.changes]));
    expect([...changes.keys()].sort()).toEqual(['Library 102', 'Office 104', 'Office 108']);
    expect(changes.get('Library 102')).toEqual([{ field: 'name', before: 'Office', after: 'Library' }]);
    expect(changes.get('Office 104')).toEqual([{ field: 'area', before: '108 sq ft', after: '144 sq ft' }]);
    expect(told.unchanged).toBe(4);
    const reviewed = (number: string) =>
      result.spaces.find((space) => space.number === number)?.reviewed_at !== null;
    expect([reviewed('103'), reviewed('104'), reviewed('102')]).toEqual([true, false, false]);
  });
});
