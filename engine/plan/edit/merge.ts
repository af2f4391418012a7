// Joins rooms that touch or are parted by a wall: the strips of wall between their facing sides become floor too.
// Local coordinates, as in shapes.ts.
import {
  boxOf,
  distance,
  distanceToRing,
  type Point,
  type Polygon,
  polygonArea,
  type Ring,
  signedArea,
} from '../../geometry/planar.ts';
import { EditError } from './errors.ts';
import type { Measures } from './measures.ts';
import { cleaned, largest } from './outline.ts';
import { common, join, subtract } from './overlay.ts';
import type { Neighbour } from './shapes.ts';

/** Sides of two rooms face each other when their directions are opposite within this. */
const OPPOSITE = -Math.cos((10 * Math.PI) / 180);
/** Facing sides shorter than this are a corner, not a shared wall. */
const LEAST_SHARED_FT = 0.5;

/** One outline of all the rooms; throws EditError naming the room that lies apart. `others` keep their floor. */
export function mergeRooms(
  rooms: readonly Neighbour[],
  others: readonly Polygon[],
  measures: Measures,
): Polygon {
  const strips = wallsBetween(
    rooms.map((room) => room.polygon),
    measures,
  );
  const free = strips.flatMap((strip) => {
    const box = boxOf(strip.outer);
    const near = others.filter((other) => boxesTouch(boxOf(other.outer), box));
    return subtract(strip, near);
  });
  const whole = join([...rooms.map((room) => room.polygon), ...free]);
  const big = largest(whole);
  if (big === undefined) throw new EditError('There is nothing to join; choose two rooms side by side.');
  const apart = rooms.find((room) => !holds(big, room.polygon));
  if (apart !== undefined) throw new EditError(apartMessage(apart, rooms, measures));
  const smallest = measures.wall * measures.wall * 1.5;
  const holes = big.holes.filter(
    (hole) => Math.abs(signedArea(hole)) > smallest || !isChip(hole, rooms, measures),
  );
  return cleaned({ outer: big.outer, holes }, measures.grain, measures.least_hole);
}

/** The strips of wall between rooms that share one. */
export function wallsBetween(rooms: readonly Polygon[], measures: Measures): Polygon[] {
  return rooms.flatMap((room, i) =>
    rooms.slice(i + 1).flatMap((other) => stripsBetween(room, other, measures)),
  );
}

function apartMessage(apart: Neighbour, rooms: readonly Neighbour[], measures: Measures): string {
  const rest = rooms.filter((room) => room !== apart);
  const names = rest.length === 1 ? rest[0]!.label : 'the others';
  const gap = Math.min(...rest.map((room) => gapOf(apart.polygon, room.polygon)));
  return gap <= measures.wall
    ? `${apart.label} and ${names} meet only at a corner; only rooms that share a wall can be joined.`
    : `${apart.label} lies further from ${names} than a wall is thick; join only rooms that share a wall.`;
}

function gapOf(a: Polygon, b: Polygon): number {
  let best = Infinity;
  for (const p of a.outer) best = Math.min(best, distanceToRing(p, b.outer));
  for (const p of b.outer) best = Math.min(best, distanceToRing(p, a.outer));
  return best;
}

/** Quadrilaterals between facing sides no further apart than a wall, a little into both rooms so that they join. */
function stripsBetween(p: Polygon, q: Polygon, measures: Measures): Polygon[] {
  const { wall, grain, foot } = measures;
  if (!boxesTouch(boxOf(p.outer), boxOf(q.outer), wall)) return [];
  const sidesOfQ = sides(q).map((side) => ({ side, box: boxOf(side) }));
  const strips: Polygon[] = [];
  for (const a of sides(p)) {
    const box = boxOf(a);
    for (const { side: b, box: other } of sidesOfQ) {
      if (!boxesTouch(box, other, wall)) continue;
      const strip = stripOf(a, b, wall, 2 * grain, LEAST_SHARED_FT * foot);
      if (strip !== null) strips.push(strip);
    }
  }
  return strips;
}

/** Sides with the room on their left. */
function sides(polygon: Polygon): [Point, Point][] {
  const turned = [
    signedArea(polygon.outer) < 0 ? [...polygon.outer].reverse() : polygon.outer,
    ...polygon.holes.map((hole) => (signedArea(hole) > 0 ? [...hole].reverse() : hole)),
  ];
  return turned.flatMap((ring) => ring.map((a, i): [Point, Point] => [a, ring[(i + 1) % ring.length]!]));
}

function stripOf(
  [a, b]: [Point, Point],
  [c, d]: [Point, Point],
  wall: number,
  into: number,
  least: number,
): Polygon | null {
  const length = distance(a, b);
  const other = distance(c, d);
  if (length === 0 || other === 0) return null;
  const u: Point = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
  const cos = (u[0] * (d[0] - c[0]) + u[1] * (d[1] - c[1])) / other;
  if (cos > OPPOSITE) return null;
  // Right of a–b is outside its room: there the other side must lie, at most a wall away.
  const out: Point = [u[1], -u[0]];
  const along = (p: Point) => (p[0] - a[0]) * u[0] + (p[1] - a[1]) * u[1];
  const off = (p: Point) => (p[0] - a[0]) * out[0] + (p[1] - a[1]) * out[1];
  const from = Math.max(0, along(d));
  const to = Math.min(length, along(c));
  if (to - from < Math.min(least, 0.5 * Math.min(length, other))) return null;
  const at = (t: number) => off(d) + ((off(c) - off(d)) * (t - along(d))) / (along(c) - along(d));
  const [near, far] = [at(from), at(to)];
  if (Math.min(near, far) < -into || Math.max(near, far) > wall) return null;
  const point = (t: number, by: number): Point => [
    a[0] + u[0] * t + out[0] * by,
    a[1] + u[1] * t + out[1] * by,
  ];
  return {
    outer: [point(from, -into), point(from, near + into), point(to, far + into), point(to, -into)],
    holes: [],
  };
}

function boxesTouch(a: number[], b: number[], margin = 0): boolean {
  return (
    a[0]! <= b[2]! + margin && b[0]! <= a[2]! + margin && a[1]! <= b[3]! + margin && b[1]! <= a[3]! + margin
  );
}

/** Whether most of the room is part of the joined outline. */
function holds(big: Polygon, room: Polygon): boolean {
  const box = boxOf(big.outer);
  if (!boxesTouch(box, boxOf(room.outer))) return false;
  const inside = common(big, room).reduce((sum, part) => sum + polygonArea(part), 0);
  return inside > 0.5 * polygonArea(room);
}

/** A bit of wall that the strips around it left, as where four rooms meet: the rooms themselves touch it at corners only. */
function isChip(hole: Ring, rooms: readonly Neighbour[], measures: Measures): boolean {
  const rings = rooms.flatMap(({ polygon }) => [polygon.outer, ...polygon.holes]);
  let along = 0;
  let around = 0;
  hole.forEach((a, i) => {
    const b = hole[(i + 1) % hole.length]!;
    const middle: Point = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
    around += distance(a, b);
    if (rings.some((ring) => distanceToRing(middle, ring) < 4 * measures.grain)) along += distance(a, b);
  });
  return along < around / 2;
}
