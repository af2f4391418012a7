// Finds circular arcs in PDF paths: runs of Bézier pieces or of short lines that turn evenly about one centre.
import { distance, type Point } from '../../geometry/planar.ts';

export type FoundArc = { centre: Point; radius: number; start: Point; end: Point; sweep: number };

/** Points on a Bézier curve, without the first. */
export function bezierPoints([p, q, r, s]: readonly [Point, Point, Point, Point], steps: number): Point[] {
  const points: Point[] = [];
  for (let i = 1; i <= steps; i++) {
    const t = i / steps;
    const u = 1 - t;
    const at = (k: 0 | 1) =>
      u * u * u * p[k] + 3 * u * u * t * q[k] + 3 * u * t * t * r[k] + t * t * t * s[k];
    points.push([at(0), at(1)]);
  }
  return points;
}

/** The circular arc through all points, in order, or null where they do not lie on one. */
export function arcThrough(points: readonly Point[]): FoundArc | null {
  const start = points[0];
  const end = points[points.length - 1];
  const middle = points[points.length >> 1];
  if (!start || !end || !middle || points.length < 4) return null;
  const centre = circumcentre(start, middle, end);
  if (!centre) return null;
  const radius = distance(centre, start);
  if (points.some((p) => Math.abs(distance(p, centre) - radius) > 0.03 * radius)) return null;
  let turned = 0;
  for (let i = 1; i < points.length; i++) {
    const [p, q] = [points[i - 1]!, points[i]!];
    const [px, py, qx, qy] = [p[0] - centre[0], p[1] - centre[1], q[0] - centre[0], q[1] - centre[1]];
    turned += Math.atan2(px * qy - py * qx, px * qx + py * qy);
  }
  return { centre, radius, start, end, sweep: (Math.abs(turned) * 180) / Math.PI };
}

function circumcentre(a: Point, b: Point, c: Point): Point | null {
  const d = 2 * (a[0] * (b[1] - c[1]) + b[0] * (c[1] - a[1]) + c[0] * (a[1] - b[1]));
  const size = distance(a, b) * distance(b, c);
  if (Math.abs(d) < 1e-4 * size) return null;
  const [a2, b2, c2] = [a, b, c].map((p) => p[0] * p[0] + p[1] * p[1]) as [number, number, number];
  return [
    (a2 * (b[1] - c[1]) + b2 * (c[1] - a[1]) + c2 * (a[1] - b[1])) / d,
    (a2 * (c[0] - b[0]) + b2 * (a[0] - c[0]) + c2 * (b[0] - a[0])) / d,
  ];
}
