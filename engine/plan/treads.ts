// Tells stair treads and other ladders of lines from walls: many lines of one length, one after the other at one spacing.

import { distance } from '../geometry/planar.ts';
import { parallelPairs } from './pairing.ts';
import type { Line } from './segment_index.ts';

/** Going of a stair (10 to 14 in) with room for a scale that is only guessed, feet. */
const SPACING: readonly [number, number] = [0.6, 1.6];
const LENGTH: readonly [number, number] = [2, 14];
/** Fewer lines in a row may be the faces of walls beside a chase. */
const FEWEST = 6;

/** Indices of the lines (working feet) that are treads. */
export function findTreads(lines: readonly Line[]): Set<number> {
  const own = lines.flatMap((line, i) => {
    const length = distance(line.a, line.b);
    return length >= LENGTH[0] && length <= LENGTH[1] ? [{ ...line, i, length }] : [];
  });
  const steps = new Map<number, { to: number; gap: number }[]>();
  for (const { i, j, gap, overlap } of parallelPairs(own, ...SPACING)) {
    const longest = Math.max(own[i]!.length, own[j]!.length);
    if (overlap < 0.85 * longest) continue;
    for (const [from, to] of [
      [i, j],
      [j, i],
    ] as const)
      steps.set(from, [...(steps.get(from) ?? []), { to, gap }]);
  }
  const treads = new Set<number>();
  for (const [start, first] of steps) {
    for (const step of first) {
      const row = walk(start, step, steps, own);
      if (row.length >= FEWEST) for (const k of row) treads.add(own[k]!.i);
    }
  }
  return treads;
}

/** The row from a line over a first step: each step as long as the first and going on in its direction. */
function walk(
  start: number,
  first: { to: number; gap: number },
  steps: ReadonlyMap<number, { to: number; gap: number }[]>,
  lines: readonly Line[],
): number[] {
  const row = [start, first.to];
  for (;;) {
    const [before, last] = [row[row.length - 2]!, row[row.length - 1]!];
    const next = steps
      .get(last)
      ?.find(
        ({ to, gap }) =>
          !row.includes(to) && Math.abs(gap - first.gap) < 0.08 && isBeyond(lines, before, to, first.gap),
      );
    if (!next || row.length > 60) return row;
    row.push(next.to);
  }
}

/** Whether a line lies two steps on from another. */
function isBeyond(lines: readonly Line[], p: number, r: number, gap: number): boolean {
  const middle = (line: Line) => [(line.a[0] + line.b[0]) / 2, (line.a[1] + line.b[1]) / 2] as const;
  return distance(middle(lines[p]!), middle(lines[r]!)) > 1.7 * gap;
}
