// Openings in walls: the closings of one opening taken together, with the evidence for a door or window in it.
import { Groups } from '../geometry/groups.ts';
import { distance, nearestOnSegment, type Point } from '../geometry/planar.ts';
import type { Closing } from './closing.ts';
import type { Frame } from './frame.ts';
import type { Linework } from './linework.ts';
import { SIZES } from './measures.data.ts';
import { SegmentIndex } from './segment_index.ts';
import type { Swing } from './swings.ts';

/** 'line' is no opening but a lone line that may be a wall drawn with one stroke. */
export type Evidence = 'swing' | 'block' | 'filled' | 'glazed' | 'none' | 'line';
export type Opening = {
  closings: Closing[];
  middle: Point;
  /** Unit vector along the wall. */
  along: Point;
  width: number;
  evidence: Evidence;
  /** Wall ends on both sides, not a wall end against the side of another wall. */
  facing: boolean;
  /** Distance between the outermost closings: the wall's thickness, 0 for a single line. */
  thickness: number;
  /** Radii of the swings in it, feet: the widths of its door leaves. */
  leaves: number[];
};

const PARALLEL = Math.cos((12 * Math.PI) / 180);

/**
 * Groups closings that span the same opening (the two faces of a wall) and gives each group its evidence. Swings are
 * given to openings only with the walls around them; without, they only tell leaves from what fills an opening.
 */
export function findOpenings(
  closings: readonly Closing[],
  swings: readonly Swing[],
  walls: SegmentIndex<{ a: Point; b: Point }> | null,
  linework: Linework,
  frame: Frame,
): Opening[] {
  const openings = groupClosings(closings).map(describeOpening);
  if (walls) matchSwings(openings, swings, walls);
  matchSymbols(openings, linework, frame);
  matchFills(openings, swings, linework, frame);
  return openings;
}

function direction(closing: { a: Point; b: Point }): Point {
  const length = distance(closing.a, closing.b) || 1;
  return [(closing.b[0] - closing.a[0]) / length, (closing.b[1] - closing.a[1]) / length];
}

function groupClosings(closings: readonly Closing[]): Closing[][] {
  const index = new SegmentIndex(closings);
  const groups = new Groups(closings.length);
  closings.forEach((closing, i) => {
    for (const j of index.near(closing.a, closing.b, SIZES.wall_max)) {
      if (j > i && sameOpening(closing, closings[j]!)) groups.join(i, j);
    }
  });
  return groups.members().map((members) => members.map((i) => closings[i]!));
}

function sameOpening(p: Closing, q: Closing): boolean {
  const d = direction(p);
  const e = direction(q);
  if (Math.abs(d[0] * e[0] + d[1] * e[1]) < PARALLEL) return false;
  const off = Math.abs((q.a[0] - p.a[0]) * d[1] - (q.a[1] - p.a[1]) * d[0]);
  if (off > SIZES.wall_max || Math.abs(p.length - q.length) > 0.6) return false;
  return spanned(p, d, q) > 0.75 * Math.min(p.length, q.length);
}

/** Length of q's projection that falls on p. */
function spanned(p: { a: Point; b: Point }, d: Point, q: { a: Point; b: Point }): number {
  const along = (c: Point) => (c[0] - p.a[0]) * d[0] + (c[1] - p.a[1]) * d[1];
  const ends = [along(q.a), along(q.b)].sort((x, y) => x - y) as [number, number];
  return Math.min(distance(p.a, p.b), ends[1]) - Math.max(0, ends[0]);
}

/** An opening of these closings, without evidence yet. */
export function describeOpening(closings: Closing[]): Opening {
  const n = closings.length;
  const middle: Point = [
    closings.reduce((s, c) => s + (c.a[0] + c.b[0]) / 2, 0) / n,
    closings.reduce((s, c) => s + (c.a[1] + c.b[1]) / 2, 0) / n,
  ];
  const width = Math.min(...closings.map((c) => c.length));
  const facing = closings.some((c) => c.facing);
  return {
    closings,
    middle,
    along: direction(closings[0]!),
    width,
    evidence: 'none',
    facing,
    thickness: thicknessOf(closings),
    leaves: [],
  };
}

function thicknessOf(closings: readonly Closing[]): number {
  const first = closings[0]!;
  const d = direction(first);
  const offs = closings.map((c) => (c.a[0] - first.a[0]) * d[1] - (c.a[1] - first.a[1]) * d[0]);
  return Math.max(...offs) - Math.min(...offs);
}

/** Gives every swing to the opening it fits best; a swing that fits none makes its own from the walls around it. */
function matchSwings(
  openings: Opening[],
  swings: readonly Swing[],
  walls: SegmentIndex<{ a: Point; b: Point }>,
): void {
  const index = new SegmentIndex(openings.map((o) => ({ a: o.middle, b: o.middle })));
  const found = openings.length;
  for (const swing of swings) {
    let best: { opening: Opening; cost: number } | null = null;
    for (const i of index.near(swing.hinge, swing.hinge, swing.radius * 2 + 2)) {
      if (i >= found) continue;
      const cost = swingCost(openings[i]!, swing);
      if (cost !== null && (!best || cost < best.cost)) best = { opening: openings[i]!, cost };
    }
    if (best) {
      best.opening.evidence = 'swing';
      best.opening.leaves.push(swing.radius);
      continue;
    }
    const own = closeBySwing(swing, walls);
    if (own) openings.push({ ...describeOpening([own]), evidence: 'swing', leaves: [swing.radius] });
  }
}

function swingCost(opening: Opening, swing: Swing): number | null {
  let best: number | null = null;
  for (const end of swing.ends) {
    const axis = { a: swing.hinge, b: end };
    const d = direction(axis);
    if (Math.abs(d[0] * opening.along[0] + d[1] * opening.along[1]) < PARALLEL) continue;
    for (const closing of opening.closings) {
      const on = spanned(closing, direction(closing), axis);
      const mid: Point = [(axis.a[0] + axis.b[0]) / 2, (axis.a[1] + axis.b[1]) / 2];
      const off = Math.abs(
        (mid[0] - closing.a[0]) * direction(closing)[1] - (mid[1] - closing.a[1]) * direction(closing)[0],
      );
      if (on < 0.75 * swing.radius || off > 1.2 || closing.length > swing.radius * 2.7 + 0.7) continue;
      const single = Math.abs(closing.length - swing.radius);
      const double = Math.abs(closing.length - 2 * swing.radius);
      const cost = off + 0.5 * Math.min(single, double) + (closing.facing ? 0 : 0.4);
      if (best === null || cost < best) best = cost;
    }
  }
  return best;
}

/** A closing along the leaf's closed position, between the walls met in both directions. */
function closeBySwing(swing: Swing, walls: SegmentIndex<{ a: Point; b: Point }>): Closing | null {
  let best: { closing: Closing; cost: number } | null = null;
  for (const end of swing.ends) {
    const d = direction({ a: swing.hinge, b: end });
    const middle: Point = [(swing.hinge[0] + end[0]) / 2, (swing.hinge[1] + end[1]) / 2];
    const back = walls.ray(middle, [-d[0], -d[1]], swing.radius * 1.2, 0);
    const ahead = walls.ray(middle, d, swing.radius * 2.2, 0);
    const a = back?.point ?? walls.nearest(swing.hinge, 0.5)?.point;
    const b = ahead?.point ?? walls.nearest(end, 0.5)?.point;
    if (!a || !b) continue;
    const length = distance(a, b);
    if (length < swing.radius * 0.75 || length > swing.radius * 2.7 + 0.7) continue;
    const cost = Math.min(Math.abs(length - swing.radius), Math.abs(length - 2 * swing.radius) + 0.3);
    if (!best || cost < best.cost) best = { closing: { a, b, length, facing: false }, cost };
  }
  return best?.closing ?? null;
}

/** Door and window blocks without a swing: the symbol's box lies in the opening. */
function matchSymbols(openings: readonly Opening[], linework: Linework, frame: Frame): void {
  const swinging = new Set(linework.arcs.map((arc) => arc.origin.symbol));
  linework.symbols.forEach((symbol, id) => {
    if ((symbol.role !== 'door' && symbol.role !== 'glazing') || swinging.has(id)) return;
    const low = frame.toFeet([symbol.box[0], symbol.box[1]]);
    const high = frame.toFeet([symbol.box[2], symbol.box[3]]);
    const size = Math.max(high[0] - low[0], high[1] - low[1]);
    if (size > 16) return;
    for (const opening of openings) {
      if (opening.evidence !== 'none') continue;
      const [x, y] = opening.middle;
      const inside = x > low[0] - 0.75 && x < high[0] + 0.75 && y > low[1] - 0.75 && y < high[1] + 0.75;
      if (inside && opening.width < size * 1.5 + 1 && opening.width > size * 0.5) {
        opening.evidence = symbol.role === 'door' ? 'block' : 'glazed';
      }
    }
  });
}

/** Lines of door or window layers that run along an opening fill it; the open leaves of swings do not count. */
function matchFills(
  openings: readonly Opening[],
  swings: readonly Swing[],
  linework: Linework,
  frame: Frame,
): void {
  const hinges = new SegmentIndex(
    swings.map((swing) => ({ a: swing.hinge, b: swing.hinge, radius: swing.radius })),
  );
  const isLeaf = (line: { a: Point; b: Point }) => {
    const length = distance(line.a, line.b);
    const near = (p: Point) => hinges.nearest(p, 0.4, (i) => length < hinges.lines[i]!.radius * 1.2) !== null;
    return near(line.a) || near(line.b);
  };
  const fills = linework.strokes
    .filter((stroke) => stroke.arc < 0 && (stroke.origin.role === 'door' || stroke.origin.role === 'glazing'))
    .map((stroke) => ({ a: frame.toFeet(stroke.a), b: frame.toFeet(stroke.b), role: stroke.origin.role }))
    .filter((line) => line.role === 'glazing' || !isLeaf(line));
  const index = new SegmentIndex(fills);
  for (const opening of openings) {
    if (opening.evidence !== 'none') continue;
    const closing = opening.closings[0]!;
    for (const i of index.near(closing.a, closing.b, 0.8)) {
      const fill = fills[i]!;
      const d = direction(closing);
      const e = direction(fill);
      if (Math.abs(d[0] * e[0] + d[1] * e[1]) < PARALLEL) continue;
      const near = nearestOnSegment(fill.a, closing.a, closing.b).distance < 1.5;
      if (!near || spanned(closing, d, fill) < 0.6 * closing.length) continue;
      opening.evidence = fill.role === 'door' ? 'filled' : 'glazed';
      if (opening.evidence === 'filled') break;
    }
  }
}
