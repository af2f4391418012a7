// DXF curves as points: bulged polylines, arcs, ellipses and splines, cut so that the chord stays close to the curve.
import type { Point } from '../../geometry/planar.ts';

const STEP_DEGREES = 6;

/** Points of a circular arc from `from` to `to` degrees, counter-clockwise, ends included. */
export function arcPoints(centre: Point, radius: number, from: number, to: number): Point[] {
  let sweep = (to - from) % 360;
  if (sweep <= 0) sweep += 360;
  const steps = Math.max(2, Math.ceil(sweep / STEP_DEGREES));
  const points: Point[] = [];
  for (let i = 0; i <= steps; i++) {
    const angle = ((from + (sweep * i) / steps) * Math.PI) / 180;
    points.push([centre[0] + radius * Math.cos(angle), centre[1] + radius * Math.sin(angle)]);
  }
  return points;
}

export type BulgeArc = { centre: Point; radius: number; sweep: number };

/** The arc of a polyline piece: bulge is the tangent of a quarter of its angle, positive to the left. */
export function bulgeArc(a: Point, b: Point, bulge: number): BulgeArc {
  const chord = Math.hypot(b[0] - a[0], b[1] - a[1]);
  const sweep = 4 * Math.atan(bulge);
  const radius = Math.abs(chord / (2 * Math.sin(sweep / 2)));
  const height = (chord / 2) * ((1 - bulge * bulge) / (2 * bulge));
  const mid: Point = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  const scale = chord === 0 ? 0 : height / chord;
  return {
    centre: [mid[0] - (b[1] - a[1]) * scale, mid[1] + (b[0] - a[0]) * scale],
    radius,
    sweep: (sweep * 180) / Math.PI,
  };
}

/** Points between a and b along a bulged piece, b included and a left out. */
export function bulgePoints(a: Point, b: Point, bulge: number): Point[] {
  if (Math.abs(bulge) < 1e-6 || !Number.isFinite(bulge)) return [b];
  const { centre, radius, sweep } = bulgeArc(a, b, bulge);
  if (!Number.isFinite(radius)) return [b];
  const start = Math.atan2(a[1] - centre[1], a[0] - centre[0]);
  const steps = Math.max(1, Math.ceil(Math.abs(sweep) / STEP_DEGREES));
  const points: Point[] = [];
  for (let i = 1; i < steps; i++) {
    const angle = start + ((sweep * Math.PI) / 180) * (i / steps);
    points.push([centre[0] + radius * Math.cos(angle), centre[1] + radius * Math.sin(angle)]);
  }
  points.push(b);
  return points;
}

/** Points of an ellipse: major axis vector, minor to major ratio, start and end parameters in radians. */
export function ellipsePoints(centre: Point, major: Point, ratio: number, from: number, to: number): Point[] {
  let sweep = to - from;
  if (sweep <= 1e-9) sweep += 2 * Math.PI;
  sweep = Math.min(sweep, 2 * Math.PI);
  const steps = Math.max(4, Math.ceil((sweep * 180) / Math.PI / STEP_DEGREES));
  const points: Point[] = [];
  for (let i = 0; i <= steps; i++) {
    const t = from + (sweep * i) / steps;
    points.push([
      centre[0] + major[0] * Math.cos(t) - major[1] * ratio * Math.sin(t),
      centre[1] + major[1] * Math.cos(t) + major[0] * ratio * Math.sin(t),
    ]);
  }
  return points;
}

/** Points of a B-spline by de Boor's algorithm, rational with weights; the control polygon where the knots do not fit. */
export function splinePoints(
  degree: number,
  knots: readonly number[],
  control: readonly Point[],
  weights: readonly number[] = [],
): Point[] {
  const n = control.length;
  if (degree < 1 || degree > 11 || n <= degree || knots.length < n + degree + 1) return [...control];
  const from = knots[degree]!;
  const to = knots[n]!;
  if (!(to > from)) return [...control];
  const rational = weights.length === n && weights.every((w) => w > 0);
  const lifted = control.map((p, i): Lifted => {
    const w = rational ? weights[i]! : 1;
    return [p[0] * w, p[1] * w, w];
  });
  const steps = Math.min(400, Math.max(8, n * 6));
  const points: Point[] = [];
  for (let i = 0; i <= steps; i++)
    points.push(deBoor(degree, knots, lifted, from + ((to - from) * i) / steps));
  return points;
}

/** Homogeneous coordinates: x·w, y·w, w. */
type Lifted = readonly [number, number, number];

function deBoor(degree: number, knots: readonly number[], control: readonly Lifted[], t: number): Point {
  let span = degree;
  while (span < control.length - 1 && t >= knots[span + 1]!) span++;
  const points = control.slice(span - degree, span + 1);
  for (let r = 1; r <= degree; r++) {
    for (let j = degree; j >= r; j--) {
      const low = knots[span - degree + j]!;
      const high = knots[span + 1 + j - r]!;
      const alpha = high > low ? (t - low) / (high - low) : 0;
      const [p, q] = [points[j]!, points[j - 1]!];
      const mix = (k: 0 | 1 | 2) => q[k] * (1 - alpha) + p[k] * alpha;
      points[j] = [mix(0), mix(1), mix(2)];
    }
  }
  const [x, y, w] = points[degree]!;
  return [x / w, y / w];
}

const FIT_STEPS = 8;

/** A smooth curve through points (Catmull-Rom), for splines that are given by their fit points alone. */
export function fittedPoints(through: readonly Point[], closed: boolean): Point[] {
  const n = through.length;
  if (n < 3) return [...through];
  const at = (i: number): Point =>
    closed ? through[((i % n) + n) % n]! : through[Math.min(n - 1, Math.max(0, i))]!;
  const path: Point[] = [through[0]!];
  for (let i = 0; i < (closed ? n : n - 1); i++) {
    const [p, q, r, s] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    for (let k = 1; k <= FIT_STEPS; k++)
      path.push([blend(p, q, r, s, k / FIT_STEPS, 0), blend(p, q, r, s, k / FIT_STEPS, 1)]);
  }
  return path;
}

function blend(p: Point, q: Point, r: Point, s: Point, t: number, k: 0 | 1): number {
  const [a, b, c, d] = [p[k], q[k], r[k], s[k]];
  return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t ** 3);
}
