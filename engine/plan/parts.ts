// Doors, windows and columns of a plan, and which rooms they belong to, in working feet.
import { Groups } from '../geometry/groups.ts';
import {
  boxOf,
  centroid,
  distance,
  distanceToRing,
  inBox,
  inPolygon,
  type Point,
  type Polygon,
  polygonArea,
} from '../geometry/planar.ts';
import { partsAlong } from './daylight.ts';
import type { Frame } from './frame.ts';
import type { Linework } from './linework.ts';
import { SIZES } from './measures.data.ts';
import type { Opening } from './openings.ts';
import { parallelPairs } from './pairing.ts';
import { probes, strength } from './regions.ts';
import type { Room, RoomPlan } from './rooms.ts';
import { SegmentIndex } from './segment_index.ts';

/** `width` is that of its leaves, `span` that of the opening in the wall, `along` the wall's direction. */
export type Door = {
  at: Point;
  width: number;
  span: number;
  along: Point;
  rooms: number[];
  evidence: 'block' | 'swing' | 'opening';
};
export type Window = { at: Point; width: number; rooms: number[]; outside: boolean };
export type Column = { at: Point; width: number; room: number };

export function roomAt(rooms: readonly Room[], p: Point): number {
  return rooms.findIndex((room) => inBox(p, boxOf(room.polygon.outer)) && inPolygon(p, room.polygon));
}

/** Rooms on the two sides of an opening, found by stepping away from the wall. */
function sidesOf(rooms: readonly Room[], opening: Opening): [number, number] {
  const sides: [number, number] = [-1, -1];
  for (const off of [0.3, 0.8, 1.5]) {
    probes(opening, off).forEach((p, i) => {
      if (sides[i] === -1) sides[i as 0 | 1] = roomAt(rooms, p);
    });
  }
  return sides;
}

/** Doors and door-wide openings between rooms or to the outside. */
export function findDoors(plan: RoomPlan): Door[] {
  const doors: Door[] = [];
  for (const opening of plan.openings) {
    if (strength(opening) < 2 || opening.evidence === 'glazed') continue;
    const sides = sidesOf(plan.rooms, opening);
    const rooms = [...new Set(sides)].filter((room) => room >= 0);
    if (rooms.length === 0) continue;
    if (opening.evidence === 'filled' && rooms.length < 2) continue;
    const leaf = opening.leaves.length > 0 ? Math.min(opening.width, sum(opening.leaves)) : opening.width;
    const evidence =
      opening.evidence === 'swing'
        ? 'swing'
        : opening.evidence === 'none' || opening.evidence === 'filled'
          ? 'opening'
          : 'block';
    doors.push({
      at: opening.middle,
      width: leaf,
      span: opening.width,
      along: opening.along,
      rooms,
      evidence,
    });
  }
  return doors;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Windows: groups of glazing lines in a wall, and filled openings to the outside that no door swings in; one to a room. */
export function findWindows(plan: RoomPlan, linework: Linework, frame: Frame): Window[] {
  const spans = [...glazingSpans(linework, frame), ...filledSpans(plan)];
  return spans.flatMap((span): Window[] => {
    const sides = sidesOf(plan.rooms, span);
    const rooms = [...new Set(sides)].filter((room) => room >= 0);
    const outside = sides.includes(-1);
    const parts = outside ? partsAlong(span, plan.rooms) : [];
    if (parts.length > 1)
      return parts.map(({ room, at, width }) => ({ at, width, rooms: [room], outside: true }));
    if (rooms.length === 0) return [];
    return [{ at: span.middle, width: span.width, rooms, outside }];
  });
}

function filledSpans(plan: RoomPlan): Opening[] {
  return plan.openings.filter((o) => o.evidence === 'filled' && sidesOf(plan.rooms, o).includes(-1));
}

function glazingSpans(linework: Linework, frame: Frame): Opening[] {
  const lines = linework.strokes
    .filter((stroke) => stroke.origin.role === 'glazing')
    .map((stroke) => ({ a: frame.toFeet(stroke.a), b: frame.toFeet(stroke.b) }));
  const index = new SegmentIndex(lines);
  const groups = new Groups(lines.length);
  lines.forEach((line, i) => {
    for (const j of index.near(line.a, line.b, SIZES.wall_max)) {
      if (j > i && linesNear(line, lines[j]!)) groups.join(i, j);
    }
  });
  return groups.members().flatMap((members) => spanOf(members.map((i) => lines[i]!)) ?? []);
}

/** Lines of one window: they touch, or run side by side within a wall's thickness. */
function linesNear(p: { a: Point; b: Point }, q: { a: Point; b: Point }): boolean {
  const [pi, qi] = [new SegmentIndex([p]), new SegmentIndex([q])];
  if (pi.nearest(q.a, 0.35) ?? pi.nearest(q.b, 0.35) ?? qi.nearest(p.a, 0.35) ?? qi.nearest(p.b, 0.35))
    return true;
  const [pair] = parallelPairs([p, q], 0.05, SIZES.wall_max);
  return pair !== undefined && pair.overlap > 0.5 * Math.min(distance(p.a, p.b), distance(q.a, q.b));
}

function spanOf(group: readonly { a: Point; b: Point }[]): Opening | null {
  const longest = group.reduce((best, line) =>
    distance(line.a, line.b) > distance(best.a, best.b) ? line : best,
  );
  const width = distance(longest.a, longest.b);
  if (width < 1 || width > 200) return null;
  const along: Point = [(longest.b[0] - longest.a[0]) / width, (longest.b[1] - longest.a[1]) / width];
  const ends = group.flatMap((line) => [line.a, line.b]);
  const off = ends.map((p) => (p[0] - longest.a[0]) * -along[1] + (p[1] - longest.a[1]) * along[0]);
  const [low, high] = [Math.min(...off), Math.max(...off)];
  if (high - low > SIZES.wall_max * 2) return null;
  const mid = (low + high) / 2;
  const middle: Point = [
    (longest.a[0] + longest.b[0]) / 2 - along[1] * mid,
    (longest.a[1] + longest.b[1]) / 2 + along[0] * mid,
  ];
  return {
    closings: [],
    middle,
    along,
    width,
    evidence: 'glazed',
    facing: true,
    thickness: high - low,
    leaves: [],
  };
}

/** Columns: shapes on column layers, and compact solid faces that stand in or at a room. */
export function findColumns(plan: RoomPlan, linework: Linework, frame: Frame): Column[] {
  const drawn = linework.shapes
    .filter((shape) => shape.origin.role === 'column')
    .map((shape): Polygon => ({ outer: shape.ring.map((p) => frame.toFeet(p)), holes: [] }));
  const solids = [...drawn.filter((shape) => sizeOf(shape) <= SIZES.column_max), ...plan.solids].sort(
    (p, q) => polygonArea(q) - polygonArea(p),
  );
  const columns: Column[] = [];
  for (const solid of solids) {
    const at = centroid(solid.outer);
    if (columns.some((column) => distance(column.at, at) < Math.max(0.5, column.width / 2))) continue;
    columns.push({ at, width: sizeOf(solid), room: roomOf(plan.rooms, at) });
  }
  return columns;
}

function sizeOf(shape: Polygon): number {
  const box = boxOf(shape.outer);
  return Math.max(box[2] - box[0], box[3] - box[1]);
}

/** The room a column stands in (its hole) or at (within two feet of its outline). */
function roomOf(rooms: readonly Room[], at: Point): number {
  const within = rooms.findIndex((room) => inPolygon(at, { outer: room.polygon.outer, holes: [] }));
  if (within >= 0) return within;
  return rooms.findIndex(
    (room) => inBox(at, boxOf(room.polygon.outer), 2) && distanceToRing(at, room.polygon.outer) < 2,
  );
}
