// How doors hang: the swing drawn at a door gives its hinge, the number of leaves and the side they open to.
import { distance, type Point } from '../geometry/planar.ts';
import { type Door, roomAt } from './parts.ts';
import type { Room } from './rooms.ts';
import type { Swing } from './swings.ts';

/** `opens_into` is a room's index or -1 for outside; feet. */
export type Hanging = { hinge: Point; leaves: number; opens_into: number };

/** A hinge lies at most this far from the end of its opening. */
const HINGE_REACH = 1;
/** The closed leaf lies along the wall to within this. */
const ALONG = Math.cos((25 * Math.PI) / 180);

/** For each door how it hangs, or null where the drawing does not show it or shows it both ways. */
export function hangDoors(
  doors: readonly Door[],
  swings: readonly Swing[],
  rooms: readonly Room[],
): (Hanging | null)[] {
  const held = doors.map((): { swing: Swing; open: Point }[] => []);
  for (const swing of swings) {
    let best: { door: number; off: number; open: Point } | null = null;
    doors.forEach((door, i) => {
      if (distance(door.at, swing.hinge) > swing.radius * 2 + HINGE_REACH) return;
      const reach = door.span / 2;
      const ends = [-reach, reach].map(
        (by): Point => [door.at[0] + door.along[0] * by, door.at[1] + door.along[1] * by],
      );
      const off = Math.min(...ends.map((end) => distance(end, swing.hinge)));
      const open = openEnd(swing, door.along);
      if (open && off <= HINGE_REACH && (!best || off < best.off)) best = { door: i, off, open };
    });
    const found = best as { door: number; off: number; open: Point } | null;
    if (found) held[found.door]!.push({ swing, open: found.open });
  }
  return held.map((leaves, i) => describe(doors[i]!, leaves, rooms));
}

/** The end of the swing where the leaf stands open: the other end lies along the wall. */
function openEnd({ hinge, ends }: Swing, along: Point): Point | null {
  const cosine = ends.map((end) => {
    const length = distance(hinge, end) || 1;
    return Math.abs(((end[0] - hinge[0]) * along[0] + (end[1] - hinge[1]) * along[1]) / length);
  });
  const closed = cosine[0]! >= cosine[1]! ? 0 : 1;
  return cosine[closed]! >= ALONG ? ends[closed === 0 ? 1 : 0]! : null;
}

function describe(
  door: Door,
  leaves: readonly { swing: Swing; open: Point }[],
  rooms: readonly Room[],
): Hanging | null {
  const [first] = leaves;
  if (!first) return null;
  const sideOf = (p: Point) =>
    Math.sign((p[0] - door.at[0]) * -door.along[1] + (p[1] - door.at[1]) * door.along[0]);
  const side = sideOf(first.open);
  if (side === 0 || leaves.some(({ open }) => sideOf(open) !== side)) return null;
  const probe = (by: number): Point => [
    door.at[0] - door.along[1] * side * by,
    door.at[1] + door.along[0] * side * by,
  ];
  const room = [0.8, 1.3, 2].map((by) => roomAt(rooms, probe(by))).find((found) => found >= 0);
  if (room === undefined && door.rooms.length > 1) return null;
  return { hinge: first.swing.hinge, leaves: leaves.length, opens_into: room ?? -1 };
}
