// Where rooms are joined: doors, found again between the rooms by geometry (rooms may have been corrected by hand), and
// sides that two rooms share without a wall.
import { boxOf, inBox, inRing, nearestOnSegment, type Point } from '../../../geometry/planar.ts';
import { SegmentIndex } from '../../segment_index.ts';
import type { ScreenDoor, ScreenSpace } from '../types.ts';
import { type Side, sides } from './floor.ts';
import { add, unit } from './vector.ts';

/** A door's middle lies at most this far from the faces of its wall (half a thick wall and some). */
const WALL_REACH = 1.6;
/** Two sides this near each other are one line with no wall between. */
const SAME_LINE = 0.06;
const LEAST_OPEN = 1.5;

export type DoorSide = {
  space: number;
  /** The door's middle on the room's wall face, and the direction into the room. */
  at: Point;
  into: Point;
};
export type PlacedDoor = { door: ScreenDoor; sides: DoorSide[]; outside: boolean };
export type OpenSide = Side & { spaces: [number, number] };

/** Doors with the rooms on their two sides; outside means that beyond one side lies no storey. */
export function placeDoors(
  doors: readonly ScreenDoor[],
  spaces: readonly ScreenSpace[],
  outlines: readonly (readonly Point[])[],
): PlacedDoor[] {
  const boxes = spaces.map((space) => boxOf(space.polygon));
  return doors.map((door) => {
    const p: Point = [door.x, door.y];
    const near = spaces
      .map((space, i) => (inBox(p, boxes[i]!, WALL_REACH + 2) ? faceNear(space, i, p) : null))
      .filter((side) => side !== null)
      .sort((a, b) => a.distance - b.distance);
    const first =
      near.find((side) => side.distance <= WALL_REACH) ??
      near.find((side) => door.connects.includes(spaces[side.space]!.id));
    if (!first) return { door, sides: [], outside: false };
    const opposite = near.find(
      (side) =>
        side.space !== first.space &&
        side.distance <= WALL_REACH &&
        side.into[0] * first.into[0] + side.into[1] * first.into[1] < -0.5,
    );
    const found = [first, ...(opposite ? [opposite] : [])].map(({ space, at, into }) => ({
      space,
      at,
      into,
    }));
    const beyond = [1, 1.75].map((by) => add(first.at, first.into, -by - 1));
    const outside =
      !opposite && outlines.length > 0 && beyond.some((q) => !outlines.some((ring) => inRing(q, ring)));
    return { door, sides: found, outside };
  });
}

function faceNear(space: ScreenSpace, i: number, p: Point): (DoorSide & { distance: number }) | null {
  let best: (DoorSide & { distance: number }) | null = null;
  for (const ring of [space.polygon, ...space.holes]) {
    const hole = ring !== space.polygon;
    for (const { a, b } of sides(ring)) {
      const found = nearestOnSegment(p, a, b);
      if (best && found.distance >= best.distance - 1e-9) continue;
      const d = unit(a, b);
      const left: Point = [-d[1], d[0]];
      const inside = inSpace(add(found.point, left, 0.05), space);
      if (!inside && !inSpace(add(found.point, left, -0.05), space)) continue;
      if (Math.hypot(b[0] - a[0], b[1] - a[1]) < 0.3 && !hole) continue;
      best = {
        space: i,
        at: found.point,
        into: inside ? left : [-left[0], -left[1]],
        distance: found.distance,
      };
    }
  }
  return best;
}

function inSpace(p: Point, space: ScreenSpace): boolean {
  return inRing(p, space.polygon) && !space.holes.some((hole) => inRing(p, hole));
}

/** Parts of outlines that two rooms share with no wall between: an open area divided by its labels, or by hand. */
export function openSides(spaces: readonly ScreenSpace[]): OpenSide[] {
  const all = spaces.flatMap((space, i) =>
    [space.polygon, ...space.holes].flatMap((ring) => sides(ring).map((side) => ({ ...side, space: i }))),
  );
  const index = new SegmentIndex(all);
  const found: OpenSide[] = [];
  all.forEach((side, i) => {
    const length = Math.hypot(side.b[0] - side.a[0], side.b[1] - side.a[1]);
    if (length < LEAST_OPEN) return;
    const d = unit(side.a, side.b);
    for (const j of index.near(side.a, side.b, SAME_LINE)) {
      const other = all[j]!;
      if (j <= i || other.space === side.space) continue;
      const ends = [other.a, other.b].map((p) => ({
        off: Math.abs((p[0] - side.a[0]) * d[1] - (p[1] - side.a[1]) * d[0]),
        t: (p[0] - side.a[0]) * d[0] + (p[1] - side.a[1]) * d[1],
      }));
      if (ends.some((end) => end.off > SAME_LINE)) continue;
      const from = Math.max(0, Math.min(ends[0]!.t, ends[1]!.t));
      const to = Math.min(length, Math.max(ends[0]!.t, ends[1]!.t));
      if (to - from < LEAST_OPEN) continue;
      found.push({ a: add(side.a, d, from), b: add(side.a, d, to), spaces: [side.space, other.space] });
    }
  });
  return found;
}
