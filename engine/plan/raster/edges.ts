// Straight pieces of ink outlines, fitted to their pixels, with the thickness of the ink behind them.
import type { Point } from '../../geometry/planar.ts';
import { type Loop, tooBusy } from './contours.ts';
import type { Ink } from './ink.ts';
import { RASTER } from './limits.data.ts';

export type Edge = {
  a: Point;
  b: Point;
  length: number;
  /** Unit direction; the ink is on the right hand (y down). */
  d: Point;
  /** Median depth of the ink behind the edge, pixels; `DEEP` where it is deeper than was looked. */
  depth: number;
  /** Number of its loop, and the range of its outline points in it. */
  loop: number;
  from: number;
  to: number;
};

/** How deep ink is measured. */
export const DEEP = 48;
/** Longest run of outline points simplified at once: bounds the time of a hostile outline. */
const RUN = 6000;

/** Edges of all loops in order round each loop. `slack` is how far outline points may stray from a straight piece. */
export function findEdges(loops: readonly Loop[], ink: Ink, slack: number): Edge[] {
  const edges: Edge[] = [];
  loops.forEach((loop, number) => {
    const points = middles(loop.points);
    const n = points.length >> 1;
    const corners = breakpoints(points, n, slack);
    for (let k = 0; k + 1 < corners.length; k++) {
      const edge = fitted(points, n, corners[k]!, corners[k + 1]!);
      if (!edge) continue;
      edges.push({ ...edge, depth: depthBehind(ink, edge), loop: number });
      if (edges.length > RASTER.edges * 4) throw tooBusy();
    }
  });
  return edges;
}

/** Middles of the pixel edges, which lie on the boundary without the staircase's corners. */
function middles(corners: Int32Array): Float32Array {
  const out = new Float32Array(corners.length);
  for (let i = 0; i < corners.length; i += 2) {
    const j = i + 2 < corners.length ? i + 2 : 0;
    out[i] = (corners[i]! + corners[j]!) / 2;
    out[i + 1] = (corners[i + 1]! + corners[j + 1]!) / 2;
  }
  return out;
}

/** Indices (0 … n, the last wrapping to the first) at which the outline turns. */
function breakpoints(points: Float32Array, n: number, slack: number): number[] {
  const start = turningPoint(points, n);
  const keep: number[] = [start];
  for (let from = start; from < start + n; from += RUN) {
    const to = Math.min(start + n, from + RUN);
    const inside: number[] = [];
    const stack: [number, number][] = [[from, to]];
    while (stack.length > 0) {
      const [i, j] = stack.pop()!;
      const k = farthest(points, n, i, j, slack);
      if (k < 0) continue;
      inside.push(k);
      stack.push([i, k], [k, j]);
    }
    inside.sort((p, q) => p - q);
    keep.push(...inside, to);
  }
  return keep;
}

/** An outline point that is surely a corner: the one farthest from the middle of the loop's box. */
function turningPoint(points: Float32Array, n: number): number {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < n; i++) {
    x0 = Math.min(x0, points[2 * i]!);
    x1 = Math.max(x1, points[2 * i]!);
    y0 = Math.min(y0, points[2 * i + 1]!);
    y1 = Math.max(y1, points[2 * i + 1]!);
  }
  let [best, at] = [-1, 0];
  for (let i = 0; i < n; i++) {
    const far = (points[2 * i]! - (x0 + x1) / 2) ** 2 + (points[2 * i + 1]! - (y0 + y1) / 2) ** 2;
    if (far > best) [best, at] = [far, i];
  }
  return at;
}

function farthest(points: Float32Array, n: number, i: number, j: number, slack: number): number {
  if (j - i < 2) return -1;
  const [p, q] = [(i % n) * 2, (j % n) * 2];
  const [px, py] = [points[p]!, points[p + 1]!];
  const [dx, dy] = [points[q]! - px, points[q + 1]! - py];
  const length = Math.hypot(dx, dy);
  let [most, at] = [slack, -1];
  for (let k = i + 1; k < j; k++) {
    const m = (k % n) * 2;
    const [ex, ey] = [points[m]! - px, points[m + 1]! - py];
    const off = length > 1e-6 ? Math.abs(ex * dy - ey * dx) / length : Math.hypot(ex, ey);
    if (off > most) [most, at] = [off, k];
  }
  return at;
}

/** The line of least squares through the points between two corners, its ends level with the corners. */
function fitted(
  points: Float32Array,
  n: number,
  from: number,
  to: number,
): Omit<Edge, 'depth' | 'loop'> | null {
  const count = to - from;
  const trim = count > 12 ? 2 : count > 6 ? 1 : 0;
  let [sx, sy, sxx, sxy, syy, m] = [0, 0, 0, 0, 0, 0];
  for (let k = from + trim; k <= to - trim; k++) {
    const x = points[(k % n) * 2]!;
    const y = points[(k % n) * 2 + 1]!;
    sx += x;
    sy += y;
    sxx += x * x;
    sxy += x * y;
    syy += y * y;
    m++;
  }
  const [mx, my] = [sx / m, sy / m];
  const angle = 0.5 * Math.atan2(2 * (sxy / m - mx * my), sxx / m - mx * mx - (syy / m - my * my));
  let d: Point = [Math.cos(angle), Math.sin(angle)];
  const p: Point = [points[(from % n) * 2]!, points[(from % n) * 2 + 1]!];
  const q: Point = [points[(to % n) * 2]!, points[(to % n) * 2 + 1]!];
  if ((q[0] - p[0]) * d[0] + (q[1] - p[1]) * d[1] < 0) d = [-d[0], -d[1]];
  const s = (p[0] - mx) * d[0] + (p[1] - my) * d[1];
  const t = (q[0] - mx) * d[0] + (q[1] - my) * d[1];
  if (t - s < 1) return null;
  return {
    a: [mx + d[0] * s, my + d[1] * s],
    b: [mx + d[0] * t, my + d[1] * t],
    length: t - s,
    d,
    from,
    to,
  };
}

/** Median way through the ink straight behind the edge, at up to 15 places along it. */
function depthBehind(ink: Ink, edge: { a: Point; d: Point; length: number }): number {
  const places = Math.max(3, Math.min(15, Math.round(edge.length / 3)));
  const depths: number[] = [];
  for (let k = 0; k < places; k++) {
    const along = ((k + 0.5) / places) * edge.length;
    depths.push(
      depthAt(ink, edge.a[0] + edge.d[0] * along, edge.a[1] + edge.d[1] * along, -edge.d[1], edge.d[0]),
    );
  }
  depths.sort((p, q) => p - q);
  return depths[depths.length >> 1]!;
}

/** Length of ink from a place on its edge in the direction (nx, ny), in quarter pixels. */
export function depthAt({ width, height, data }: Ink, x: number, y: number, nx: number, ny: number): number {
  let entered = -1;
  for (let t = 0.25; t < DEEP; t += 0.25) {
    const px = Math.floor(x + nx * t);
    const py = Math.floor(y + ny * t);
    const inked = px >= 0 && py >= 0 && px < width && py < height && data[py * width + px] === 1;
    if (inked && entered < 0) entered = t;
    if (!inked && (entered >= 0 || t > 1.5)) return entered < 0 ? 0 : t - 0.125;
  }
  return DEEP;
}
