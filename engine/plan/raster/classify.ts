// What the strokes of a picture stand for: walls drawn as filled bodies, windows in them, and thin lines that go on from
// filled walls. In drawings without filled walls the room finder itself tells walls from the rest.

import { Groups } from '../../geometry/groups.ts';
import { distance, type Point } from '../../geometry/planar.ts';
import type { LayerRole } from '../layers.ts';
import { SIZES } from '../measures.data.ts';
import { parallelPairs } from '../pairing.ts';
import { SegmentIndex } from '../segment_index.ts';
import type { Circle } from './circles.ts';
import type { Pens } from './pens.ts';
import type { Stroke } from './strokes.ts';

/** Share of the length of long lines from which walls are taken to be drawn as filled bodies. */
const FILLED_SHARE = 0.3;
/** Thickest outer wall a window stands in, and window lengths, feet. */
const WINDOW_DEPTH = 1.8;
const WINDOW_MIN = 1.2;
const WINDOW_MAX = 40;

type Context = {
  strokes: readonly Stroke[];
  index: SegmentIndex<Stroke>;
  pens: Pens;
  /** Pixels to the foot, as far as can be guessed. */
  foot: number;
};

/** The role of each stroke: 'wall', 'glazing', 'door' (leaves), or 'unknown'. */
export function classify(
  strokes: readonly Stroke[],
  circles: readonly Circle[],
  pens: Pens,
  feetPerPixel: number,
): LayerRole[] {
  const foot = 1 / feetPerPixel;
  const context: Context = { strokes, index: new SegmentIndex(strokes), pens, foot };
  const roles: LayerRole[] = strokes.map(() => 'unknown');
  const filled = isFilled(strokes, foot);
  if (filled)
    strokes.forEach((stroke, i) => {
      if (stroke.face) roles[i] = 'wall';
    });
  for (const i of windowLines(context, filled)) if (roles[i] === 'unknown') roles[i] = 'glazing';
  for (const i of leaves(context, circles)) if (roles[i] === 'unknown') roles[i] = 'door';
  if (filled) addThinWalls(context, roles);
  return roles;
}

function isFilled(strokes: readonly Stroke[], foot: number): boolean {
  let [faces, lines] = [0, 0];
  for (const { face, length } of strokes) {
    if (face) faces += length;
    else if (length > 3 * foot) lines += length;
  }
  return faces > FILLED_SHARE * (faces + lines);
}

/** Thin lines side by side within a wall's depth, of one length, ending at something that crosses them. */
function windowLines(context: Context, filled: boolean): number[] {
  const { strokes, foot, pens } = context;
  const thin = strokes
    .map((_, i) => i)
    .filter((i) => {
      const s = strokes[i]!;
      return !s.face && s.length > WINDOW_MIN * foot && s.length < WINDOW_MAX * foot;
    });
  const lines = thin.map((i) => strokes[i]!);
  const pairs = parallelPairs(lines, pens.thin * 1.2, WINDOW_DEPTH * foot).filter(({ i, j, overlap }) => {
    const [p, q] = [lines[i]!.length, lines[j]!.length];
    return overlap > 0.85 * Math.max(p, q);
  });
  if (filled) return filledWindows(context, thin, pairs);
  return middleLines(context, thin);
}

type Pairs = ReturnType<typeof parallelPairs>;

/** Between filled walls: two to five lines that end at the bodies. */
function filledWindows(context: Context, thin: readonly number[], pairs: Pairs): number[] {
  const { strokes, foot } = context;
  const groups = new Groups(thin.length);
  for (const { i, j } of pairs) groups.join(i, j);
  return groups.members().flatMap((members) => {
    if (members.length < 2 || members.length > 6) return [];
    const group = members.map((k) => strokes[thin[k]!]!);
    if (spreadOf(group) > WINDOW_DEPTH * foot) return [];
    const held = group.filter((s) => endsAt(context, s, s.a) && endsAt(context, s, s.b)).length;
    return held >= group.length / 2 ? members.map((k) => thin[k]!) : [];
  });
}

/** Distance between the outermost of parallel lines. */
function spreadOf(group: readonly Stroke[]): number {
  const first = group[0]!;
  const [dx, dy] = [(first.b[0] - first.a[0]) / first.length, (first.b[1] - first.a[1]) / first.length];
  const offs = group.map((s) => {
    const m: Point = [(s.a[0] + s.b[0]) / 2, (s.a[1] + s.b[1]) / 2];
    return (m[0] - first.a[0]) * dy - (m[1] - first.a[1]) * dx;
  });
  return Math.max(...offs) - Math.min(...offs);
}

/** Whether an end of a stroke meets a filled body. */
function endsAt({ strokes, index, pens }: Context, stroke: Stroke, p: Point): boolean {
  return index.nearest(p, pens.usual + 3, (i) => strokes[i]!.face && strokes[i] !== stroke) !== null;
}

/** Between walls of two lines: a line in the middle that ends at the jambs on both sides. */
function middleLines(context: Context, thin: readonly number[]): number[] {
  const { strokes, index, foot, pens } = context;
  return thin.filter((i) => {
    const s = strokes[i]!;
    const d: Point = [(s.b[0] - s.a[0]) / s.length, (s.b[1] - s.a[1]) / s.length];
    let [left, right] = [false, false];
    for (const j of index.near(s.a, s.b, WINDOW_DEPTH * foot)) {
      if (j === i) continue;
      const side = beside(s, d, strokes[j]!, 0.9 * WINDOW_DEPTH * foot);
      if (side > pens.thin) right = true;
      if (side < -pens.thin) left = true;
    }
    return left && right && [s.a, s.b].every((p) => jambAt(context, s, d, p));
  });
}

/** Signed distance of a parallel stroke that covers all of s, or 0. */
function beside(s: Stroke, d: Point, other: Stroke, reach: number): number {
  const turn = Math.abs(d[0] * (other.b[1] - other.a[1]) - d[1] * (other.b[0] - other.a[0])) / other.length;
  if (turn > 0.03) return 0;
  const along = (p: Point) => (p[0] - s.a[0]) * d[0] + (p[1] - s.a[1]) * d[1];
  const [low, high] = [along(other.a), along(other.b)].sort((p, q) => p - q) as [number, number];
  if (Math.min(high, s.length) - Math.max(low, 0) < 0.9 * s.length) return 0;
  const off = (other.a[0] - s.a[0]) * d[1] - (other.a[1] - s.a[1]) * d[0];
  return Math.abs(off) <= reach ? off : 0;
}

/** A crossing line no longer than a wall is deep, at an end of s. */
function jambAt({ strokes, index, foot, pens }: Context, s: Stroke, d: Point, p: Point): boolean {
  return (
    index.nearest(p, pens.usual + 2, (j) => {
      const other = strokes[j]!;
      if (other === s || other.length > WINDOW_DEPTH * foot) return false;
      const cross = Math.abs(d[0] * (other.b[1] - other.a[1]) - d[1] * (other.b[0] - other.a[0]));
      return cross > 0.8 * other.length;
    }) !== null
  );
}

/** Door leaves: lines from the hinge of a swing to an end of its arc. */
function leaves({ index, strokes, pens }: Context, circles: readonly Circle[]): number[] {
  return circles.flatMap((circle) => {
    if (circle.sweep < 0.9 || circle.sweep > 2) return [];
    const slack = pens.usual + 0.12 * circle.radius;
    const tips = [circle.from, circle.from + circle.sweep].map(
      (angle): Point => [
        circle.centre[0] + circle.radius * Math.cos(angle),
        circle.centre[1] + circle.radius * Math.sin(angle),
      ],
    );
    return index.near(circle.centre, circle.centre, slack).filter((i) => {
      const { a, b, length } = strokes[i]!;
      if (strokes[i]!.face || Math.abs(length - circle.radius) > slack) return false;
      return [
        [a, b],
        [b, a],
      ].some(
        ([hinge, tip]) =>
          distance(hinge!, circle.centre) < slack && tips.some((end) => distance(end, tip!) < slack),
      );
    });
  });
}

/** In a drawing of filled walls, pairs of thin lines that touch them are walls too: shafts, furring, columns. */
function addThinWalls(context: Context, roles: LayerRole[]): void {
  const { strokes, index, foot, pens } = context;
  const thin = strokes
    .map((_, i) => i)
    .filter((i) => roles[i] === 'unknown' && strokes[i]!.length > 0.4 * foot);
  const lines = thin.map((i) => strokes[i]!);
  const paired = new Map<number, number>();
  for (const { i, j, gap, overlap } of parallelPairs(lines, SIZES.wall_min * foot, SIZES.wall_max * foot)) {
    if (overlap < 2 * gap) continue;
    for (const k of [i, j]) paired.set(thin[k]!, (paired.get(thin[k]!) ?? 0) + overlap);
  }
  let open = [...paired].filter(([i, length]) => length > 0.5 * strokes[i]!.length).map(([i]) => i);
  for (let grown = true; grown; ) {
    grown = false;
    open = open.filter((i) => {
      const s = strokes[i]!;
      const touches = [s.a, s.b].some(
        (p) => index.nearest(p, pens.usual + 3, (j) => j !== i && roles[j] === 'wall') !== null,
      );
      if (touches) {
        roles[i] = 'wall';
        grown = true;
      }
      return !touches;
    });
  }
}
