// Lines of the drawing from the edges of its ink: middles of thin lines, faces of filled bodies; collinear pieces are
// joined, directions evened out, and ends brought to where lines meet.
import { Groups } from '../../geometry/groups.ts';
import type { Point } from '../../geometry/planar.ts';
import { SegmentIndex } from '../segment_index.ts';
import { tooBusy } from './contours.ts';
import type { Edge } from './edges.ts';
import { RASTER } from './limits.data.ts';
import type { Pens } from './pens.ts';

export type Stroke = {
  a: Point;
  b: Point;
  length: number;
  thickness: number;
  /** The face of a filled body, not the middle of a thin line. */
  face: boolean;
};

/** Tidy strokes of the edges that are no arcs. Lengths in pixels, y down. */
export function findStrokes(edges: readonly Edge[], pens: Pens): Stroke[] {
  const pieces = edges.flatMap((edge) => pieceOf(edge, pens) ?? []);
  if (pieces.length > RASTER.edges) throw tooBusy();
  const joined = evened(
    joinCollinear(joinCollinear(pieces, pens, 2.5 * pens.usual + 2), pens, 3 * pens.usual + 4),
  );
  const kept = joined.filter((stroke) => stroke.length >= Math.max(3, 1.5 * pens.usual));
  if (kept.length > RASTER.strokes) throw tooBusy();
  return meet(kept, pens);
}

function pieceOf(edge: Edge, pens: Pens): Stroke | null {
  if (edge.depth === 0) return null;
  const face = edge.depth >= pens.solid;
  if (!face && edge.length < Math.max(3, edge.depth * 1.2)) return null;
  // A filled body is outlined by a pen too: its line lies half a pen inside the ink.
  const shift = face ? Math.min(pens.thin / 2, 2) : edge.depth / 2;
  const at = (p: Point): Point => [p[0] - edge.d[1] * shift, p[1] + edge.d[0] * shift];
  return {
    a: at(edge.a),
    b: at(edge.b),
    length: edge.length,
    thickness: edge.depth,
    face,
  };
}

/** Joins strokes that lie on one line, overlapping or no farther apart than `gap`. */
function joinCollinear(strokes: readonly Stroke[], pens: Pens, gap: number): Stroke[] {
  const index = new SegmentIndex(strokes);
  const groups = new Groups(strokes.length);
  const slack = Math.max(1, 0.45 * pens.usual);
  strokes.forEach((stroke, i) => {
    for (const j of index.near(stroke.a, stroke.b, gap + slack)) {
      const other = strokes[j]!;
      if (j === i || other.length > stroke.length || other.face !== stroke.face) continue;
      if (onLine(stroke, other, slack, gap)) groups.join(i, j);
    }
  });
  return groups.members().map((members) => fused(members.map((i) => strokes[i]!)));
}

function onLine(long: Stroke, short: Stroke, slack: number, gap: number): boolean {
  const dx = (long.b[0] - long.a[0]) / long.length;
  const dy = (long.b[1] - long.a[1]) / long.length;
  const off = (p: Point) => Math.abs((p[0] - long.a[0]) * dy - (p[1] - long.a[1]) * dx);
  if (off(short.a) > slack || off(short.b) > slack) return false;
  const s = (short.a[0] - long.a[0]) * dx + (short.a[1] - long.a[1]) * dy;
  const t = (short.b[0] - long.a[0]) * dx + (short.b[1] - long.a[1]) * dy;
  const [low, high] = s < t ? [s, t] : [t, s];
  if (high - low < 0.8 * short.length) return false;
  return low < long.length + gap && high > -gap;
}

/** One stroke through all, its direction weighted by length. */
function fused(members: readonly Stroke[]): Stroke {
  const first = members.reduce((p, q) => (q.length > p.length ? q : p));
  if (members.length === 1) return first;
  const d0: Point = [(first.b[0] - first.a[0]) / first.length, (first.b[1] - first.a[1]) / first.length];
  let [sx, sy, sxx, sxy, syy, total, thick] = [0, 0, 0, 0, 0, 0, 0];
  for (const { a, b, length, thickness } of members) {
    for (const [p, w] of [
      [a, length / 6],
      [[(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] as Point, (2 * length) / 3],
      [b, length / 6],
    ] as const) {
      sx += w * p[0];
      sy += w * p[1];
      sxx += w * p[0] * p[0];
      sxy += w * p[0] * p[1];
      syy += w * p[1] * p[1];
    }
    total += length;
    thick += thickness * length;
  }
  const [mx, my] = [sx / total, sy / total];
  const angle =
    0.5 * Math.atan2(2 * (sxy / total - mx * my), sxx / total - mx * mx - (syy / total - my * my));
  let d: Point = [Math.cos(angle), Math.sin(angle)];
  if (d[0] * d0[0] + d[1] * d0[1] < 0) d = [-d[0], -d[1]];
  let [low, high] = [Infinity, -Infinity];
  for (const { a, b } of members) {
    for (const p of [a, b]) {
      const t = (p[0] - mx) * d[0] + (p[1] - my) * d[1];
      low = Math.min(low, t);
      high = Math.max(high, t);
    }
  }
  return {
    a: [mx + d[0] * low, my + d[1] * low],
    b: [mx + d[0] * high, my + d[1] * high],
    length: high - low,
    thickness: thick / total,
    face: first.face,
  };
}

/** Turns strokes within a degree of a main direction into it, about their middles. */
function evened(strokes: readonly Stroke[]): Stroke[] {
  const angleOf = (s: Stroke) => {
    const angle = (Math.atan2(s.b[1] - s.a[1], s.b[0] - s.a[0]) * 180) / Math.PI;
    return ((angle % 180) + 180) % 180;
  };
  const bins = new Float64Array(360);
  for (const s of strokes) if (s.length > 20) bins[Math.round(angleOf(s) * 2) % 360]! += s.length;
  const total = bins.reduce((sum, v) => sum + v, 0);
  const mains: number[] = [];
  const near = (b: number) => bins[(b + 359) % 360]! + bins[b]! + bins[(b + 1) % 360]!;
  const order = [...bins.keys()].sort((p, q) => near(q) - near(p));
  for (const b of order) {
    if (near(b) < 0.06 * total || mains.length >= 8) break;
    if (mains.some((m) => Math.abs(turn(m, b / 2)) < 3)) continue;
    mains.push(weightedAngle(strokes, angleOf, b / 2));
  }
  return strokes.map((s) => {
    const angle = angleOf(s);
    const main = mains.find(
      (m) => Math.abs(turn(angle, m)) < (s.length > 60 ? 0.7 : 0.7 + 60 / s.length / 2),
    );
    if (main === undefined) return s;
    const back = (turn(angle, main) * Math.PI) / 180;
    const [cx, cy] = [(s.a[0] + s.b[0]) / 2, (s.a[1] + s.b[1]) / 2];
    const spin = (p: Point): Point => [
      cx + (p[0] - cx) * Math.cos(back) - (p[1] - cy) * Math.sin(back),
      cy + (p[0] - cx) * Math.sin(back) + (p[1] - cy) * Math.cos(back),
    ];
    return { ...s, a: spin(s.a), b: spin(s.b) };
  });
}

function turn(from: number, to: number): number {
  return ((((to - from) % 180) + 270) % 180) - 90;
}

function weightedAngle(strokes: readonly Stroke[], angleOf: (s: Stroke) => number, about: number): number {
  let [sum, weight] = [0, 0];
  for (const s of strokes) {
    const off = turn(about, angleOf(s));
    if (s.length < 20 || Math.abs(off) > 1) continue;
    sum += off * s.length * s.length;
    weight += s.length * s.length;
  }
  return about + (weight > 0 ? sum / weight : 0);
}

/** Brings ends to the crossing with a line they nearly reach or overshoot a little. */
function meet(strokes: readonly Stroke[], pens: Pens): Stroke[] {
  const index = new SegmentIndex(strokes);
  const reach = (s: Stroke) => (s.face ? 2 : s.thickness * 0.5) + pens.usual + 1.5;
  return strokes.map((s, i) => {
    const ends = [s.a, s.b].map((p) => {
      let best: { at: Point; off: number } | null = null;
      for (const j of index.near(p, p, 2 * reach(s))) {
        if (j === i) continue;
        const hit = crossing(s, strokes[j]!, reach(strokes[j]!));
        if (!hit) continue;
        const off = Math.hypot(hit[0] - p[0], hit[1] - p[1]);
        if (off <= Math.max(reach(s), reach(strokes[j]!)) && (!best || off < best.off))
          best = { at: hit, off };
      }
      return best?.at ?? p;
    });
    const [a, b] = ends as [Point, Point];
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    return length < 1 ? s : { ...s, a, b, length };
  });
}

/** Where the lines of two strokes cross, if that is on the second or no farther from it than `over`. */
function crossing(s: Stroke, other: Stroke, over: number): Point | null {
  const [sx, sy] = [(s.b[0] - s.a[0]) / s.length, (s.b[1] - s.a[1]) / s.length];
  const [ox, oy] = [(other.b[0] - other.a[0]) / other.length, (other.b[1] - other.a[1]) / other.length];
  const den = sx * oy - sy * ox;
  if (Math.abs(den) < 0.25) return null;
  const t = ((other.a[0] - s.a[0]) * oy - (other.a[1] - s.a[1]) * ox) / den;
  const u = ((other.a[0] - s.a[0]) * sy - (other.a[1] - s.a[1]) * sx) / den;
  if (u < -over || u > other.length + over) return null;
  return [s.a[0] + sx * t, s.a[1] + sy * t];
}
