// Outlines put in order, and the check that a ring is one simple outline.
import { type Point, type Polygon, polygonArea, signedArea, simplifyRing } from '../../geometry/planar.ts';

/** Without repeated points, needless points and holes below `least_hole`; the order of the rings stays. */
export function cleaned(polygon: Polygon, grain: number, least_hole: number): Polygon {
  return {
    outer: simplifyRing(polygon.outer, grain),
    holes: polygon.holes
      .filter((hole) => Math.abs(signedArea(hole)) > least_hole)
      .map((hole) => simplifyRing(hole, grain)),
  };
}

export function largest(polygons: readonly Polygon[]): Polygon | undefined {
  return [...polygons].sort((a, b) => polygonArea(b) - polygonArea(a))[0];
}

/** Whether no two edges of the ring meet but at the corner they share. O(n²), for rings of up to some thousand points. */
export function isSimple(ring: readonly Point[]): boolean {
  const n = ring.length;
  if (n < 3) return false;
  for (let i = 0; i < n; i++) {
    const a = ring[i]!;
    const b = ring[(i + 1) % n]!;
    if (a[0] === b[0] && a[1] === b[1]) return false;
    if (foldsBack(a, b, ring[(i + 2) % n]!)) return false;
    for (let j = i + 2; j < n; j++) {
      if (i === 0 && j === n - 1) continue;
      if (meet(a, b, ring[j]!, ring[(j + 1) % n]!)) return false;
    }
  }
  return true;
}

/** The next edge runs back over this one: a spike of no width. */
function foldsBack(a: Point, b: Point, c: Point): boolean {
  return turn(a, b, c) === 0 && (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]) < 0;
}

function turn(a: Point, b: Point, c: Point): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

function meet(a: Point, b: Point, c: Point, d: Point): boolean {
  if (
    Math.max(a[0], b[0]) < Math.min(c[0], d[0]) ||
    Math.max(c[0], d[0]) < Math.min(a[0], b[0]) ||
    Math.max(a[1], b[1]) < Math.min(c[1], d[1]) ||
    Math.max(c[1], d[1]) < Math.min(a[1], b[1])
  )
    return false;
  return turn(a, b, c) * turn(a, b, d) <= 0 && turn(c, d, a) * turn(c, d, b) <= 0;
}
