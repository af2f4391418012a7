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

/** Gives labels the points (working feet) where leaders that start at them end; most have none. */
export function followLeaders(labels: readonly Label[], linework: Linework, frame: Frame): void {
  const numbered = labels.some((label) => label.number !== null);
  const led = labels.filter((label) => label.strong && (label.number !== null || !numbered));
  if (led.length === 0) return;
  // On paper a pen's part is only guessed, and leaders share theirs with doors.
  const others = linework.units === 'pt' ? OTHERS.filter((role) => role !== 'door') : OTHERS;
  const lines = linework.strokes
    .filter((stroke) => stroke.arc < 0 && !others.includes(stroke.origin.role))
    .map((stroke) => ({ a: frame.toFeet(stroke.a), b: frame.toFeet(stroke.b) }))
    .filter((line) => distance(line.a, line.b) <= LONGEST);
  const index = new SegmentIndex(lines);
  for (const label of led) {
    for (const middle of label.middles) {
      for (const i of index.near(middle, middle, label.reach)) {
        const { a, b } = lines[i]!;
        const [near, far] = distance(a, middle) < distance(b, middle) ? [a, b] : [b, a];
        if (distance(near, middle) > label.reach || distance(far, middle) < 1.5 * label.reach) continue;
        label.tips.push(far, ...follow(index, i, far));
      }
    }
  }
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
