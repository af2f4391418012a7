// Circular arcs of thin lines: runs of outline that turn evenly, fitted to a circle, the two sides of a line taken together.
import type { Point } from '../../geometry/planar.ts';
import type { Loop } from './contours.ts';
import type { Edge } from './edges.ts';
import { type Homography, mapPoint } from './homography.ts';
import type { Ink } from './ink.ts';

/** An arc from `from` over `sweep` radians (angles clockwise on the screen, y down). */
export type Circle = { centre: Point; radius: number; from: number; sweep: number; thickness: number };

const TURN_MIN = (3 * Math.PI) / 180;
const TURN_MAX = (52 * Math.PI) / 180;
const SWEEP_MIN = (35 * Math.PI) / 180;
const FULL = 2 * Math.PI;

/** Arcs of thin lines between `least` and `most` pixels in radius, and the edges that belong to them. */
export function findCircles(
  edges: readonly Edge[],
  loops: readonly Loop[],
  ink: Ink,
  solid: number,
  [least, most]: readonly [number, number],
): { circles: Circle[]; used: Set<number> } {
  const found: (Circle & { edges: number[] })[] = [];
  for (const run of turningRuns(edges, solid)) {
    const circle = fitRun(
      run.map((i) => edges[i]!),
      loops,
    );
    if (!circle || circle.radius < least || circle.radius > most) continue;
    found.push({ ...circle, edges: run });
  }
  const used = new Set(found.flatMap((circle) => circle.edges));
  const circles = joined(found)
    .map((circle) => grown(circle, ink))
    .filter((circle) => circle.sweep >= SWEEP_MIN);
  return { circles, used };
}

/** Runs of at least two consecutive thin edges that turn the same way. */
function turningRuns(edges: readonly Edge[], solid: number): number[][] {
  const runs: number[][] = [];
  let run: number[] = [];
  let sign = 0;
  const close = () => {
    if (run.length >= 2) runs.push(run);
    run = [];
    sign = 0;
  };
  edges.forEach((edge, i) => {
    const before = edges[i - 1];
    if (edge.depth >= solid || edge.depth === 0) {
      close();
      return;
    }
    if (!before || run.length === 0 || before.loop !== edge.loop || before.to !== edge.from) {
      close();
      run = [i];
      return;
    }
    const turn = Math.atan2(
      before.d[0] * edge.d[1] - before.d[1] * edge.d[0],
      before.d[0] * edge.d[0] + before.d[1] * edge.d[1],
    );
    const even = Math.abs(turn) >= TURN_MIN && Math.abs(turn) <= TURN_MAX;
    const alike =
      run.length < 2 || Math.max(edge.length, before.length) < 4 * Math.min(edge.length, before.length) + 4;
    if (even && alike && (sign === 0 || Math.sign(turn) === sign)) {
      sign = Math.sign(turn);
      run.push(i);
      return;
    }
    close();
    run = [i];
  });
  close();
  return runs;
}

/** The circle through the outline of a run, moved from the line's side to its middle; null where it does not fit. */
function fitRun(run: readonly Edge[], loops: readonly Loop[]): Circle | null {
  for (const [skipFirst, skipLast] of [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ] as const) {
    const part = run.slice(skipFirst, run.length - skipLast);
    if (part.length < 2) continue;
    const circle = fitPart(part, loops);
    if (circle) return circle;
  }
  return null;
}

function fitPart(run: readonly Edge[], loops: readonly Loop[]): Circle | null {
  const first = run[0]!;
  const last = run[run.length - 1]!;
  const corners = loops[first.loop]!.points;
  const n = corners.length >> 1;
  const points: Point[] = [];
  const step = Math.max(1, Math.floor((last.to - first.from) / 200));
  for (let k = first.from + 1; k < last.to; k += step) {
    const [i, j] = [(k % n) * 2, ((k + 1) % n) * 2];
    points.push([(corners[i]! + corners[j]!) / 2, (corners[i + 1]! + corners[j + 1]!) / 2]);
  }
  if (points.length < 8) return null;
  const circle = leastSquares(points);
  if (!circle) return null;
  const { centre, radius } = circle;
  let off = 0;
  for (const p of points) off += (Math.hypot(p[0] - centre[0], p[1] - centre[1]) - radius) ** 2;
  const rough = Math.sqrt(off / points.length);
  if (rough > 0.45 + 0.006 * radius) return null;
  const angle = (p: Point) => Math.atan2(p[1] - centre[1], p[0] - centre[0]);
  let sweep = 0;
  for (let i = 1; i < points.length; i++) {
    let turn = angle(points[i]!) - angle(points[i - 1]!);
    if (turn > Math.PI) turn -= FULL;
    if (turn < -Math.PI) turn += FULL;
    sweep += turn;
  }
  const bulge = radius * (1 - Math.cos(Math.min(Math.PI, Math.abs(sweep)) / 2));
  if (Math.abs(sweep) < (25 * Math.PI) / 180 || bulge < Math.max(2, 3.5 * rough)) return null;
  const depths = run.map((edge) => edge.depth).sort((p, q) => p - q);
  const thickness = depths[depths.length >> 1]!;
  const start = angle(points[0]!);
  // Walking with the ink on the right: turning right (positive sweep) means the ink lies inside the circle.
  const middle = sweep > 0 ? radius - thickness / 2 : radius + thickness / 2;
  return {
    centre,
    radius: middle,
    from: sweep > 0 ? start : start + sweep,
    sweep: Math.min(FULL, Math.abs(sweep)),
    thickness,
  };
}

/** Circle of least squares (Kåsa), exact enough for arcs of a quarter turn. */
function leastSquares(points: readonly Point[]): { centre: Point; radius: number } | null {
  const n = points.length;
  const mx = points.reduce((s, p) => s + p[0], 0) / n;
  const my = points.reduce((s, p) => s + p[1], 0) / n;
  let [uu, uv, vv, uz, vz] = [0, 0, 0, 0, 0];
  for (const [x, y] of points) {
    const u = x - mx;
    const v = y - my;
    const z = u * u + v * v;
    uu += u * u;
    uv += u * v;
    vv += v * v;
    uz += u * z;
    vz += v * z;
  }
  const det = uu * vv - uv * uv;
  if (Math.abs(det) < 1e-9) return null;
  const a = (uz * vv - vz * uv) / (2 * det);
  const b = (vz * uu - uz * uv) / (2 * det);
  return { centre: [mx + a, my + b], radius: Math.sqrt(a * a + b * b + (uu + vv) / n) };
}

/** Arcs of one circle (the two sides of a line, or pieces cut by a text) as one. */
function joined(circles: readonly Circle[]): Circle[] {
  const out: Circle[] = [];
  for (const circle of [...circles].sort((p, q) => q.sweep * q.radius - p.sweep * p.radius)) {
    const mate = out.find(
      (other) =>
        Math.hypot(other.centre[0] - circle.centre[0], other.centre[1] - circle.centre[1]) <
          0.18 * other.radius + 1 && Math.abs(other.radius - circle.radius) < 0.15 * other.radius + 1,
    );
    if (!mate) {
      out.push({ ...circle });
      continue;
    }
    const ahead = turnTo(mate.from, circle.from);
    const cover = ahead + circle.sweep;
    if (ahead <= mate.sweep + 0.6) mate.sweep = Math.min(FULL, Math.max(mate.sweep, cover));
    else if (FULL - ahead <= circle.sweep + 0.6) {
      mate.sweep = Math.min(FULL, mate.sweep + FULL - ahead);
      mate.from = circle.from;
    }
  }
  return out;
}

function turnTo(from: number, to: number): number {
  return (((to - from) % FULL) + FULL) % FULL;
}

/** The arc followed along its ink at both ends, over breaks of a few pixels. */
function grown(circle: Circle, ink: Ink): Circle {
  const step = 1 / circle.radius;
  const inked = (angle: number) => {
    for (const off of [0, -1, 1]) {
      const x = Math.floor(circle.centre[0] + (circle.radius + off) * Math.cos(angle));
      const y = Math.floor(circle.centre[1] + (circle.radius + off) * Math.sin(angle));
      if (x >= 0 && y >= 0 && x < ink.width && y < ink.height && ink.data[y * ink.width + x] === 1)
        return true;
    }
    return false;
  };
  const follow = (start: number, sign: number, limit: number) => {
    let reached = 0;
    for (let turn = step; turn <= limit; turn += step) {
      if (inked(start + sign * turn)) reached = turn;
      else if (turn - reached > 3.5 * step) break;
    }
    return reached;
  };
  // A swing is at most a half turn; more is followed only where the fit itself saw it.
  const limit = Math.max(0, Math.PI / 2 + 0.12 - circle.sweep);
  const back = follow(circle.from, -1, limit);
  const ahead = follow(circle.from + circle.sweep, 1, limit);
  return { ...circle, from: circle.from - back, sweep: Math.min(FULL, circle.sweep + back + ahead) };
}

/** A circle as it lies on the upright sheet. */
export function movedCircle(circle: Circle, map: Homography): Circle {
  const at = (angle: number): Point => [
    circle.centre[0] + circle.radius * Math.cos(angle),
    circle.centre[1] + circle.radius * Math.sin(angle),
  ];
  const centre = mapPoint(map, circle.centre);
  const ends = [at(circle.from), at(circle.from + circle.sweep)].map((p) => mapPoint(map, p)) as [
    Point,
    Point,
  ];
  const middle = mapPoint(map, at(circle.from + circle.sweep / 2));
  const radii = [...ends, middle].map((p) => Math.hypot(p[0] - centre[0], p[1] - centre[1]));
  const from = Math.atan2(ends[0][1] - centre[1], ends[0][0] - centre[0]);
  const to = Math.atan2(ends[1][1] - centre[1], ends[1][0] - centre[0]);
  return {
    ...circle,
    centre,
    radius: (radii[0]! + radii[1]! + radii[2]!) / 3,
    from,
    sweep: turnTo(from, to) || circle.sweep,
  };
}
