/**
 * Where a room's label stands so that it covers neither furniture nor anything else: as near to the room's own place for it as
 * the free floor allows, and where nothing is free, where it covers least. In whatever units the room is given; for the plan
 * on the screen, the proposal and the drawings alike.
 */

type Point = readonly [x: number, y: number];
export interface Box {
  min_x: number;
  min_y: number;
  max_x: number;
  max_y: number;
}
export interface Outline {
  /** The outline, then its holes. */
  rings: readonly (readonly Point[])[];
  box: Box;
  /** Where the room is widest. */
  label: { x: number; y: number };
}

export interface LabelPlace {
  x: number;
  y: number;
  /** Nothing lies under it. */
  clear: boolean;
}

/** Places tried along each side of a room. */
const TRIES = 22;

/** The box around a thing that stands turned by so many degrees. */
export function boxAround(x: number, y: number, width: number, depth: number, degrees = 0): Box {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))];
  const [w, h] = [(width * cos + depth * sin) / 2, (width * sin + depth * cos) / 2];
  return { min_x: x - w, min_y: y - h, max_x: x + w, max_y: y + h };
}

/**
 * The place for a label of a size, by its middle, in units of the scene. Null where the room's outline holds no such label.
 * The same room, things and size give the same place.
 */
export function labelPlace(
  room: Outline,
  things: readonly Box[],
  width: number,
  height: number,
): LabelPlace | null {
  let least: { x: number; y: number; covered: number } | null = null;
  for (const [x, y] of placesNear(room)) {
    const box = boxAround(x, y, width, height);
    if (!insideRoom(room, box)) continue;
    const covered = things.reduce((sum, thing) => sum + overlap(box, thing), 0);
    if (covered === 0) return { x, y, clear: true };
    if (least === null || covered < least.covered - 1e-9) least = { x, y, covered };
  }
  return least && { x: least.x, y: least.y, clear: false };
}

const known = new WeakMap<Outline, [number, number][]>();

/** The room's own label place, then points all over the room, the nearest first. */
function placesNear(room: Outline): [number, number][] {
  const found = known.get(room);
  if (found) return found;
  const { box, label } = room;
  const [dx, dy] = [(box.max_x - box.min_x) / TRIES, (box.max_y - box.min_y) / TRIES];
  const points: [number, number][] = [[label.x, label.y]];
  for (let j = 0; j < TRIES; j += 1)
    for (let i = 0; i < TRIES; i += 1) points.push([box.min_x + (i + 0.5) * dx, box.min_y + (j + 0.5) * dy]);
  const far = ([x, y]: [number, number]) => Math.hypot(x - label.x, y - label.y);
  points.sort((a, b) => far(a) - far(b));
  known.set(room, points);
  return points;
}

function overlap(a: Box, b: Box): number {
  const w = Math.min(a.max_x, b.max_x) - Math.max(a.min_x, b.min_x);
  const h = Math.min(a.max_y, b.max_y) - Math.max(a.min_y, b.min_y);
  return w > 0 && h > 0 ? w * h : 0;
}

/** The middle lies in the room and no wall runs through the box. */
function insideRoom({ rings }: Outline, box: Box): boolean {
  if (!isInside(rings, (box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2)) return false;
  let free = true;
  for (const ring of rings)
    eachEdge(ring, (a, b) => {
      if (free && meets(a, b, box)) free = false;
    });
  return free;
}

export function isInside(rings: Outline['rings'], x: number, y: number): boolean {
  let inside = false;
  for (const ring of rings)
    eachEdge(ring, (a, b) => {
      if (a[1] > y !== b[1] > y && x < a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0])) inside = !inside;
    });
  return inside;
}

/** Whether a stretch passes through a box (Liang and Barsky's clipping). */
function meets(a: readonly [number, number], b: readonly [number, number], box: Box): boolean {
  let [from, to] = [0, 1];
  for (const [start, step, low, high] of [
    [a[0], b[0] - a[0], box.min_x, box.max_x],
    [a[1], b[1] - a[1], box.min_y, box.max_y],
  ] as const) {
    if (Math.abs(step) < 1e-12) {
      if (start <= low || start >= high) return false;
      continue;
    }
    const [one, other] = [(low - start) / step, (high - start) / step];
    from = Math.max(from, Math.min(one, other));
    to = Math.min(to, Math.max(one, other));
  }
  return from < to;
}

function eachEdge(ring: readonly Point[], visit: (a: Point, b: Point) => void): void {
  let a = ring.at(-1);
  for (const b of ring) {
    if (a) visit(a, b);
    a = b;
  }
}
