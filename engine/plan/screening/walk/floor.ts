// The floor of one room to walk on: its walls, the sides open to a neighbour, the turning points round its corners, and
// whether a straight line keeps a given distance from everything solid. All in feet.

import { inscribedCircle } from '../../../geometry/inscribed.ts';
import {
  boxOf,
  counterClockwise,
  inPolygon,
  type Point,
  type Polygon,
  reversed,
  signedArea,
} from '../../../geometry/planar.ts';
import { SegmentIndex } from '../../segment_index.ts';
import { add, crosses, segmentDistance, turned, unit } from './vector.ts';

export type Side = { a: Point; b: Point };

/** A place where a route may turn round a corner, and the two directions in which the obstacle lies there. */
export type TurningPoint = { at: Point; sides: readonly [Point, Point] | null };

/** One turning point for each such angle of a corner: a way round it is then at most a tenth longer than the arc. */
const SHARP = Math.PI / 3;
const FINE = Math.PI / 12;
const TOLERANCE = 1e-4;

export class Floor {
  readonly polygon: Polygon;
  readonly rings: Point[][];
  readonly walls: SegmentIndex<Side>;
  readonly open: readonly Side[];
  #pole: ReturnType<typeof inscribedCircle> | undefined;
  readonly #corners: { at: Point; normal: Point; turn: number }[];

  /** `obstacles` are solid rings inside the room; `open` are parts of its outline that are no wall. */
  constructor(polygon: Polygon, obstacles: readonly Point[][], open: readonly Side[]) {
    this.polygon = {
      outer: counterClockwise(polygon.outer),
      holes: [...polygon.holes, ...obstacles].map((ring) =>
        signedArea(ring) > 0 ? reversed(ring) : [...ring],
      ),
    };
    this.rings = [this.polygon.outer, ...this.polygon.holes];
    this.open = open;
    this.walls = new SegmentIndex(
      this.rings.flatMap((ring) => sides(ring).flatMap((side) => without(side, open))),
      Number.POSITIVE_INFINITY,
    );
    this.#corners = this.rings.flatMap(corners);
  }

  contains(p: Point): boolean {
    return inPolygon(p, this.polygon);
  }

  /** Whether the point stands in the room, at least `clearance` from every wall. */
  stands(p: Point, clearance: number): boolean {
    return this.#free(p, p, clearance) && this.contains(p);
  }

  /** Whether a line between two points of the room keeps `clearance` from every wall and stays in the room. */
  clear(a: Point, b: Point, clearance: number): boolean {
    if (!this.#free(a, b, clearance)) return false;
    return !this.open.some((side) => crosses(a, b, side.a, side.b));
  }

  #free(a: Point, b: Point, clearance: number): boolean {
    const least = clearance - TOLERANCE;
    for (const i of this.walls.near(a, b, clearance)) {
      const wall = this.walls.lines[i]!;
      if (segmentDistance(a, b, wall.a, wall.b) < least) return false;
    }
    return true;
  }

  /** Distance to the nearest wall, at most `reach`. */
  room(p: Point, reach: number): number {
    return this.walls.nearest(p, reach)?.distance ?? reach;
  }

  /** Where a shortest route may turn: points at `clearance` round each corner that juts into the room. */
  turns(clearance: number): TurningPoint[] {
    return this.#corners.flatMap(({ at, normal, turn }): TurningPoint[] => {
      const main = arc(at, normal, turn, clearance, Math.ceil(turn / SHARP - 1e-9));
      const free = main.filter(({ at: p }) => this.stands(p, clearance));
      if (free.length === main.length) return free;
      // Other walls are near: what stands free of them may be passed in any direction.
      const more = arc(at, normal, turn, clearance, Math.ceil(turn / FINE));
      return [...free, ...more.filter(({ at: p }) => this.stands(p, clearance))].map(({ at: p }) => ({
        at: p,
        sides: null,
      }));
    });
  }

  /** Places in corners and along walls where a person may stand: [the corner itself or null, the place]. */
  nooks(clearance: number): { corner: Point | null; at: Point }[] {
    const found: { corner: Point | null; at: Point }[] = [];
    for (const ring of this.rings) {
      ring.forEach((at, i) => {
        const before = unit(ring[(i + ring.length - 1) % ring.length]!, at);
        const after = unit(at, ring[(i + 1) % ring.length]!);
        const turn = Math.atan2(
          before[0] * after[1] - before[1] * after[0],
          before[0] * after[0] + before[1] * after[1],
        );
        if (turn < 0.35 || turn > 2.8) return;
        const away = turned(after, (Math.PI - turn) / 2);
        found.push({ corner: at, at: add(at, away, (clearance * 1.0005) / Math.cos(turn / 2)) });
      });
    }
    return found.filter(({ at }) => this.stands(at, clearance));
  }

  /** The place furthest from all walls. */
  pole(): ReturnType<typeof inscribedCircle> {
    this.#pole ??= inscribedCircle(this.polygon, 0.1);
    return this.#pole;
  }

  box() {
    return boxOf(this.polygon.outer);
  }
}

export function sides(ring: readonly Point[]): Side[] {
  return ring.map((a, i) => ({ a, b: ring[(i + 1) % ring.length]! }));
}

/** Corners that jut into the floor on the left of the ring: with the first side's normal and the angle turned there. */
function corners(ring: readonly Point[]): { at: Point; normal: Point; turn: number }[] {
  return ring.flatMap((at, i) => {
    const before = unit(ring[(i + ring.length - 1) % ring.length]!, at);
    const after = unit(at, ring[(i + 1) % ring.length]!);
    const turn = Math.atan2(
      before[1] * after[0] - before[0] * after[1],
      before[0] * after[0] + before[1] * after[1],
    );
    return turn > 0.01 ? [{ at, normal: [-before[1], before[0]] as Point, turn }] : [];
  });
}

/** Points of the polygon circumscribed round the arc from the first side's normal to the second's. */
function arc(
  at: Point,
  normal: Point,
  turn: number,
  radius: number,
  pieces: number,
): { at: Point; sides: [Point, Point] }[] {
  const step = turn / pieces;
  const reach = (radius * 1.0005) / Math.cos(Math.min(step / 2, 1.3));
  // The normal is the first side's direction turned left: back along the arc lies one side, onwards the other.
  return Array.from({ length: pieces }, (_, i) => ({
    at: add(at, turned(normal, -step * (i + 0.5)), reach),
    sides: [turned(normal, Math.PI / 2 - step * i), turned(normal, -Math.PI / 2 - step * (i + 1))],
  }));
}

/** What is left of a side without the parts that are open. */
function without(side: Side, open: readonly Side[]): Side[] {
  const d = unit(side.a, side.b);
  const length = Math.hypot(side.b[0] - side.a[0], side.b[1] - side.a[1]);
  const cuts = open
    .filter(({ a, b }) => off(side.a, d, a) < 0.06 && off(side.a, d, b) < 0.06)
    .map(({ a, b }) =>
      [a, b].map((p) => (p[0] - side.a[0]) * d[0] + (p[1] - side.a[1]) * d[1]).sort((x, y) => x - y),
    )
    .map(([from, to]) => [Math.max(0, from!), Math.min(length, to!)] as const)
    .filter(([from, to]) => to - from > 1e-6)
    .sort((x, y) => x[0] - y[0]);
  const left: Side[] = [];
  let at = 0;
  for (const [from, to] of cuts) {
    if (from - at > 0.02) left.push({ a: add(side.a, d, at), b: add(side.a, d, from) });
    at = Math.max(at, to);
  }
  if (cuts.length === 0) return [side];
  if (length - at > 0.02) left.push({ a: add(side.a, d, at), b: side.b });
  return left;
}

function off(origin: Point, d: Point, p: Point): number {
  return Math.abs((p[0] - origin[0]) * d[1] - (p[1] - origin[1]) * d[0]);
}
