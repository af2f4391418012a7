/**
 * Plane geometry of one room in its own frame: the longest wall direction becomes the x axis, so that furniture is made
 * of rectangles with sides along the axes. Feet throughout.
 */

export type Point = readonly [number, number];

/** Sides along the axes of the room's frame. */
export interface Rect {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** Turns plan coordinates into the room's frame and back. */
export interface Frame {
  angle: number;
  toLocal: (point: Point) => Point;
  toPlan: (point: Point) => Point;
}

const EPS = 1e-6;

/** The frame along the wall direction (modulo 90°) that most of the boundary's length follows. */
export function frameOf(polygon: readonly Point[]): Frame {
  const quarter = Math.PI / 2;
  let best = { angle: 0, length: -1 };
  const edges = edgesOf(polygon).map(([a, b]) => {
    const turn = Math.atan2(b[1] - a[1], b[0] - a[0]) % quarter;
    return { turn: turn < 0 ? turn + quarter : turn, length: Math.hypot(b[0] - a[0], b[1] - a[1]) };
  });
  for (const edge of edges) {
    const near = edges.filter((other) => {
      const off = Math.abs(other.turn - edge.turn);
      return Math.min(off, quarter - off) < 0.02;
    });
    const length = near.reduce((a, other) => a + other.length, 0);
    if (length > best.length + EPS) best = { angle: edge.turn > quarter - 1e-4 ? 0 : edge.turn, length };
  }
  const [cos, sin] = [Math.cos(best.angle), Math.sin(best.angle)];
  return {
    angle: best.angle,
    toLocal: ([x, y]) => [x * cos + y * sin, -x * sin + y * cos],
    toPlan: ([x, y]) => [x * cos - y * sin, x * sin + y * cos],
  };
}

export function edgesOf(ring: readonly Point[]): [Point, Point][] {
  return ring.map((point, index) => [point, ring[(index + 1) % ring.length]!]);
}

export function areaOf(ring: readonly Point[]): number {
  return Math.abs(edgesOf(ring).reduce((sum, [a, b]) => sum + a[0] * b[1] - b[0] * a[1], 0)) / 2;
}

export function boundsOf(ring: readonly Point[]): Rect {
  const xs = ring.map((point) => point[0]);
  const ys = ring.map((point) => point[1]);
  return { x0: Math.min(...xs), y0: Math.min(...ys), x1: Math.max(...xs), y1: Math.max(...ys) };
}

/** Whether two rectangles share more than their borders; `gap` asks for that much room between them. */
export function overlaps(a: Rect, b: Rect, gap = 0): boolean {
  return (
    a.x0 < b.x1 + gap - EPS && b.x0 < a.x1 + gap - EPS && a.y0 < b.y1 + gap - EPS && b.y0 < a.y1 + gap - EPS
  );
}

export function contains(outer: Rect, inner: Rect): boolean {
  return (
    outer.x0 <= inner.x0 + EPS &&
    outer.y0 <= inner.y0 + EPS &&
    outer.x1 >= inner.x1 - EPS &&
    outer.y1 >= inner.y1 - EPS
  );
}

export function insideRing([x, y]: Point, ring: readonly Point[]): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const a = ring[j]!;
    const b = ring[i]!;
    if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside;
  }
  return inside;
}

/** Whether a rectangle lies inside a ring: a point of it is inside and no edge runs through its interior. */
export function rectInside(
  rect: Rect,
  edges: readonly (readonly [Point, Point])[],
  ring: readonly Point[],
): boolean {
  const inner = { x0: rect.x0 + 0.01, y0: rect.y0 + 0.01, x1: rect.x1 - 0.01, y1: rect.y1 - 0.01 };
  if (!insideRing([(rect.x0 + rect.x1) / 2, (rect.y0 + rect.y1) / 2], ring)) return false;
  return !edges.some(([a, b]) => segmentMeets(a, b, inner));
}

/** Whether a rectangle touches the inside of a ring at all. */
export function rectMeetsRing(rect: Rect, ring: readonly Point[]): boolean {
  if (insideRing([(rect.x0 + rect.x1) / 2, (rect.y0 + rect.y1) / 2], ring)) return true;
  return edgesOf(ring).some(([a, b]) => segmentMeets(a, b, rect));
}

/** Whether a segment has a point in a rectangle (clipping after Liang and Barsky). */
export function segmentMeets(a: Point, b: Point, rect: Rect): boolean {
  if (Math.max(a[0], b[0]) < rect.x0 || Math.min(a[0], b[0]) > rect.x1) return false;
  if (Math.max(a[1], b[1]) < rect.y0 || Math.min(a[1], b[1]) > rect.y1) return false;
  const across = clipped(b[0] - a[0], a[0], rect.x0, rect.x1);
  const along = clipped(b[1] - a[1], a[1], rect.y0, rect.y1);
  return Math.max(across[0], along[0], 0) <= Math.min(across[1], along[1], 1);
}

/** The stretch of a segment, as shares of its length, between two bounds of one coordinate. */
function clipped(delta: number, start: number, low: number, high: number): [number, number] {
  if (Math.abs(delta) < EPS) return start < low || start > high ? [1, 0] : [0, 1];
  const [t0, t1] = [(low - start) / delta, (high - start) / delta];
  return t0 < t1 ? [t0, t1] : [t1, t0];
}

/** Nearest point of a segment, as the share of its length, and the distance. */
export function nearestOn(a: Point, b: Point, [x, y]: Point): { t: number; distance: number } {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length2 = dx * dx + dy * dy;
  const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((x - a[0]) * dx + (y - a[1]) * dy) / length2));
  return { t, distance: Math.hypot(x - (a[0] + t * dx), y - (a[1] + t * dy)) };
}
