// Finds walls among unnamed lines: two parallel lines a wall's thickness apart, not repeated like treads or hatching.
import { distance, type Point } from '../geometry/planar.ts';
import { type Line, SegmentIndex } from './segment_index.ts';

export type Pair = { i: number; j: number; gap: number; overlap: number };

const MAX_ANGLE = Math.sin((2 * Math.PI) / 180);

/** Pairs of nearly parallel lines between `min` and `max` apart whose overlap is longer than the gap between them. */
export function parallelPairs(lines: readonly Line[], min: number, max: number): Pair[] {
  const index = new SegmentIndex(lines);
  const pairs: Pair[] = [];
  lines.forEach((line, i) => {
    const length = distance(line.a, line.b);
    if (length < min) return;
    const d: Point = [(line.b[0] - line.a[0]) / length, (line.b[1] - line.a[1]) / length];
    for (const j of index.near(line.a, line.b, max)) {
      if (j <= i) continue;
      const pair = measurePair(line, d, length, lines[j]!);
      if (pair && pair.gap >= min && pair.gap <= max && pair.overlap >= Math.max(pair.gap, min * 2)) {
        pairs.push({ i, j, ...pair });
      }
    }
  });
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

/** Lines that belong to a run of four or more at one spacing: stair treads, hatching, tiles, shelves. */
export function repeatedLines(pairs: readonly Pair[], tolerance: number): Set<number> {
  const partners = new Map<number, { other: number; gap: number }[]>();
  for (const { i, j, gap } of pairs) {
    for (const [from, to] of [
      [i, j],
      [j, i],
    ] as const) {
      const list = partners.get(from);
      if (list) list.push({ other: to, gap });
      else partners.set(from, [{ other: to, gap }]);
    }
  }
  const repeated = new Set<number>();
  for (const [middle, list] of partners) {
    for (let p = 0; p < list.length; p++) {
      for (let q = p + 1; q < list.length; q++) {
        if (Math.abs(list[p]!.gap - list[q]!.gap) > tolerance) continue;
        const next = partners.get(list[q]!.other) ?? [];
        const goesOn = next.some(
          (n) =>
            n.other !== middle && n.other !== list[p]!.other && Math.abs(n.gap - list[q]!.gap) <= tolerance,
        );
        if (goesOn && list[p]!.other !== list[q]!.other)
          for (const k of [middle, list[p]!.other, list[q]!.other]) repeated.add(k);
      }
    }
  }
  return repeated;
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
