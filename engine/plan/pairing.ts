// Finds walls among unnamed lines: two parallel lines a wall's thickness apart, not repeated like treads or hatching.
import { distance, type Point } from '../geometry/planar.ts';
import { type Line, SegmentIndex } from './segment_index.ts';

export type Pair = { i: number; j: number; gap: number; overlap: number };

const MAX_ANGLE = Math.sin((2 * Math.PI) / 180);

/** Neighbours measured in all; where more lie within a wall's thickness of each other, pairs mean nothing. */
const MOST_NEIGHBOURS = 4_000_000;

/**
 * Pairs of nearly parallel lines between `min` and `max` apart whose overlap is longer than the gap between them; none
 * in a thicket of lines.
 */
export function parallelPairs(lines: readonly Line[], min: number, max: number): Pair[] {
  const index = new SegmentIndex(lines);
  const pairs: Pair[] = [];
  let neighbours = 0;
  for (const [i, line] of lines.entries()) {
    const length = distance(line.a, line.b);
    if (length < min) continue;
    const d: Point = [(line.b[0] - line.a[0]) / length, (line.b[1] - line.a[1]) / length];
    const near = index.near(line.a, line.b, max);
    neighbours += near.length;
    if (neighbours > MOST_NEIGHBOURS) return [];
    for (const j of near) {
      if (j <= i) continue;
      const pair = measurePair(line, d, length, lines[j]!);
      if (pair && pair.gap >= min && pair.gap <= max && pair.overlap >= Math.max(pair.gap, min * 2)) {
        pairs.push({ i, j, ...pair });
      }
    }
  }
  return pairs;
}

function measurePair(
  line: Line,
  d: Point,
  length: number,
  other: Line,
): { gap: number; overlap: number } | null {
  const otherLength = distance(other.a, other.b);
  if (otherLength < 1e-9) return null;
  const turn = Math.abs(d[0] * (other.b[1] - other.a[1]) - d[1] * (other.b[0] - other.a[0])) / otherLength;
  if (turn > MAX_ANGLE) return null;
  const along = (p: Point) => (p[0] - line.a[0]) * d[0] + (p[1] - line.a[1]) * d[1];
  const off = (p: Point) => Math.abs((p[0] - line.a[0]) * d[1] - (p[1] - line.a[1]) * d[0]);
  const [from, to] = [along(other.a), along(other.b)].sort((x, y) => x - y) as [number, number];
  return { gap: (off(other.a) + off(other.b)) / 2, overlap: Math.min(length, to) - Math.max(0, from) };
}

/** Lines that belong to a run of four or more of one length at one spacing: stair treads, hatching, tiles, shelves. */
export function repeatedLines(
  lines: readonly Line[],
  pairs: readonly Pair[],
  tolerance: number,
): Set<number> {
  const lengths = lines.map((line) => distance(line.a, line.b));
  const alike = (i: number, j: number) =>
    Math.abs(lengths[i]! - lengths[j]!) < 0.15 * Math.max(lengths[i]!, lengths[j]!);
  const partners = new Map<number, { other: number; offset: number }[]>();
  for (const { i, j, gap } of pairs) {
    if (!alike(i, j)) continue;
    const offset = isLeftOf(lines[i]!, lines[j]!) ? gap : -gap;
    partners.set(i, [...(partners.get(i) ?? []), { other: j, offset }]);
    partners.set(j, [...(partners.get(j) ?? []), { other: i, offset: -offset }]);
  }
  const repeated = new Set<number>();
  const nextOf = (i: number, offset: number) =>
    partners.get(i)?.find((p) => Math.abs(p.offset - offset) <= tolerance)?.other;
  for (const [first, list] of partners) {
    for (const { other, offset } of list) {
      const third = nextOf(other, offset);
      const fourth = third === undefined ? undefined : nextOf(third, offset);
      if (fourth !== undefined) for (const k of [first, other, third!, fourth]) repeated.add(k);
    }
  }
  return repeated;
}

/** Whether `other` lies on the left of `line`, lines taken as pointing right (or up). */
function isLeftOf(line: Line, other: Line): boolean {
  const flip =
    line.b[0] < line.a[0] - 1e-9 || (Math.abs(line.b[0] - line.a[0]) <= 1e-9 && line.b[1] < line.a[1]);
  const [a, b] = flip ? [line.b, line.a] : [line.a, line.b];
  const middle: Point = [(other.a[0] + other.b[0]) / 2, (other.a[1] + other.b[1]) / 2];
  return (b[0] - a[0]) * (middle[1] - a[1]) - (b[1] - a[1]) * (middle[0] - a[0]) > 0;
}

/** The gap that carries most overlapping length, from bins a tenth wide: a drawing's usual wall thickness. */
export function dominantGap(pairs: readonly Pair[]): { gap: number; share: number } | null {
  const bins = new Map<number, { weight: number; sum: number }>();
  let total = 0;
  for (const { gap, overlap } of pairs) {
    const bin = Math.round(Math.log(gap) / Math.log(1.1));
    const entry = bins.get(bin) ?? { weight: 0, sum: 0 };
    entry.weight += overlap;
    entry.sum += overlap * gap;
    total += overlap;
    bins.set(bin, entry);
  }
  let best: { weight: number; sum: number } | null = null;
  for (const entry of bins.values()) if (!best || entry.weight > best.weight) best = entry;
  return best ? { gap: best.sum / best.weight, share: best.weight / total } : null;
}
