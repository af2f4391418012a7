// Plain planar geometry: points, rings, distances. Pure values, unit-free; a ring does not repeat its first point.

export type Point = readonly [number, number];
export type Ring = Point[];
/** An outer ring (counter-clockwise, y up) and its holes. */
export type Polygon = { outer: Ring; holes: Ring[] };
/** [min x, min y, max x, max y] */
export type Box = [number, number, number, number];

export function distance(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

/** Signed area (shoelace): positive for counter-clockwise rings with y up. */
export function signedArea(ring: readonly Point[]): number {
  let sum = 0;
  const origin = ring[0];
  if (!origin) return 0;
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i]!;
    const b = ring[(i + 1) % ring.length]!;
    sum += (a[0] - origin[0]) * (b[1] - origin[1]) - (b[0] - origin[0]) * (a[1] - origin[1]);
  }
  return sum / 2;
}

export function polygonArea(polygon: Polygon): number {
  let area = Math.abs(signedArea(polygon.outer));
  for (const hole of polygon.holes) area -= Math.abs(signedArea(hole));
  return Math.max(0, area);
}

export function perimeter(ring: readonly Point[]): number {
  let sum = 0;
  for (let i = 0; i < ring.length; i++) sum += distance(ring[i]!, ring[(i + 1) % ring.length]!);
  return sum;
}

/** Centre of mass of the ring's area; the mean of its points where the area vanishes. */
export function centroid(ring: readonly Point[]): Point {
  let x = 0;
  let y = 0;
  let twice = 0;
  const origin = ring[0] ?? [0, 0];
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i]!;
    const b = ring[(i + 1) % ring.length]!;
    const cross = (a[0] - origin[0]) * (b[1] - origin[1]) - (b[0] - origin[0]) * (a[1] - origin[1]);
    twice += cross;
    x += (a[0] + b[0] - 2 * origin[0]) * cross;
    y += (a[1] + b[1] - 2 * origin[1]) * cross;
  }
  if (Math.abs(twice) < 1e-12) {
    const n = Math.max(1, ring.length);
    return [ring.reduce((s, p) => s + p[0], 0) / n, ring.reduce((s, p) => s + p[1], 0) / n];
  }
  return [origin[0] + x / (3 * twice), origin[1] + y / (3 * twice)];
}

export function boxOf(points: Iterable<Point>): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    if (x < box[0]) box[0] = x;
    if (y < box[1]) box[1] = y;
    if (x > box[2]) box[2] = x;
    if (y > box[3]) box[3] = y;
  }
  return box;
}

export function inBox(p: Point, box: Box, margin = 0): boolean {
  return (
    p[0] >= box[0] - margin && p[0] <= box[2] + margin && p[1] >= box[1] - margin && p[1] <= box[3] + margin
  );
}

export function inRing(p: Point, ring: readonly Point[]): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[i]!;
    const b = ring[j]!;
    if (a[1] > p[1] !== b[1] > p[1] && p[0] < ((b[0] - a[0]) * (p[1] - a[1])) / (b[1] - a[1]) + a[0]) {
      inside = !inside;
    }
  }
  return inside;
}

export function inPolygon(p: Point, polygon: Polygon): boolean {
  return inRing(p, polygon.outer) && !polygon.holes.some((hole) => inRing(p, hole));
}

/** Nearest point of segment a–b to p, with its parameter along the segment (0 at a, 1 at b). */
export function nearestOnSegment(
  p: Point,
  a: Point,
  b: Point,
): { point: Point; t: number; distance: number } {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const length2 = dx * dx + dy * dy;
  const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2));
  const point: Point = [a[0] + dx * t, a[1] + dy * t];
  return { point, t, distance: distance(p, point) };
}

export function distanceToRing(p: Point, ring: readonly Point[]): number {
  let best = Infinity;
  for (let i = 0; i < ring.length; i++) {
    best = Math.min(best, nearestOnSegment(p, ring[i]!, ring[(i + 1) % ring.length]!).distance);
  }
  return best;
}

export function reversed(ring: readonly Point[]): Ring {
  return [...ring].reverse();
}

/** The same ring counter-clockwise. */
export function counterClockwise(ring: readonly Point[]): Ring {
  return signedArea(ring) < 0 ? reversed(ring) : [...ring];
}

/**
 * Drops repeated points, points on the straight line between their neighbours, and spikes. One point goes at a time, so
 * that two points of one corner are never both judged by each other and lost together.
 */
export function simplifyRing(ring: readonly Point[], tolerance: number): Ring {
  const points = [...ring];
  for (let round = 0, changed = true; changed && round < 8 && points.length > 3; round++) {
    changed = false;
    for (let i = 0; i < points.length && points.length > 3; i++) {
      const n = points.length;
      const before = points[(i + n - 1) % n]!;
      const here = points[i]!;
      const after = points[(i + 1) % n]!;
      const same = distance(before, here) <= tolerance * 0.1;
      if (!same && lineDistance(here, before, after) > tolerance) continue;
      points.splice(i, 1);
      changed = true;
      i--;
    }
  }
  return points;
}

/** Distance of p from the endless line a–b, or from a where a and b coincide (a spike's tip is then far from it). */
export function lineDistance(p: Point, a: Point, b: Point): number {
  const length = distance(a, b);
  if (length < 1e-9) return 0;
  return Math.abs((b[0] - a[0]) * (a[1] - p[1]) - (a[0] - p[0]) * (b[1] - a[1])) / length;
}

/** The rectangle of least area around the points: its sides in drawing units, longer last, and the long side's angle. */
export function orientedExtent(points: readonly Point[]): { width: number; length: number; angle: number } {
  let best = { width: 0, length: 0, angle: 0 };
  let bestArea = Infinity;
  const seen = new Set<number>();
  for (let i = 0; i < points.length; i++) {
    const a = points[i]!;
    const b = points[(i + 1) % points.length]!;
    if (distance(a, b) < 1e-9) continue;
    const angle = Math.atan2(b[1] - a[1], b[0] - a[0]);
    const key = Math.round((((angle % (Math.PI / 2)) + Math.PI / 2) % (Math.PI / 2)) * 2000);
    if (seen.has(key)) continue;
    seen.add(key);
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    const box = boxOf(points.map(([x, y]): Point => [x * cos + y * sin, y * cos - x * sin]));
    const w = box[2] - box[0];
    const h = box[3] - box[1];
    if (w * h < bestArea - 1e-9) {
      bestArea = w * h;
      best = { width: Math.min(w, h), length: Math.max(w, h), angle: w >= h ? angle : angle + Math.PI / 2 };
    }
  }
  return best;
}
