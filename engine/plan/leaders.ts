// Leaders: lines from a label that stands beside its room, often outside the building, into the room.
import { distance, type Point } from '../geometry/planar.ts';
import type { Frame } from './frame.ts';
import type { Label } from './labels.ts';
import type { LayerRole } from './layers.ts';
import type { Linework } from './linework.ts';
import { type Line, SegmentIndex } from './segment_index.ts';

/** Layers that hold no leaders. */
const OTHERS: readonly LayerRole[] = [
  'wall',
  'glazing',
  'column',
  'furniture',
  'fixture',
  'hatch',
  'grid',
  'door',
  'area',
];
const LONGEST = 60;
const TOUCH = 0.1;
const MOST_BENDS = 4;

/** For each label the points where leaders that start at it end, in working feet; empty for most. */
export function leaderTips(labels: readonly Label[], linework: Linework, frame: Frame): Point[][] {
  if (labels.length === 0) return [];
  const lines = linework.strokes
    .filter((stroke) => stroke.arc < 0 && !OTHERS.includes(stroke.origin.role))
    .map((stroke) => ({ a: frame.toFeet(stroke.a), b: frame.toFeet(stroke.b) }))
    .filter((line) => distance(line.a, line.b) <= LONGEST);
  const index = new SegmentIndex(lines);
  return labels.map((label) => {
    const tips: Point[] = [];
    for (const middle of label.middles) {
      for (const i of index.near(middle, middle, label.reach)) {
        const { a, b } = lines[i]!;
        const [near, far] = distance(a, middle) < distance(b, middle) ? [a, b] : [b, a];
        if (distance(near, middle) > label.reach || distance(far, middle) < 1.5 * label.reach) continue;
        tips.push(far, ...follow(index, i, far));
      }
    }
    return tips;
  });
}

/** Where a bent leader goes on to. */
function follow(index: SegmentIndex<Line>, first: number, from: Point): Point[] {
  const tips: Point[] = [];
  const seen = new Set([first]);
  let at = from;
  for (let bend = 0; bend < MOST_BENDS; bend++) {
    const next = index.near(at, at, TOUCH).find((i) => {
      const { a, b } = index.lines[i]!;
      return !seen.has(i) && (distance(a, at) <= TOUCH || distance(b, at) <= TOUCH);
    });
    if (next === undefined) return tips;
    seen.add(next);
    const { a, b } = index.lines[next]!;
    at = distance(a, at) <= TOUCH ? b : a;
    tips.push(at);
  }
  return tips;
}
