// Lone lines that may be walls: single strokes on layers (or by pens) that name nothing, which run from wall to wall. They
// divide rooms only where something else says so: two labels, or a door on either side.
import type { Segment } from '../geometry/arrangement.ts';
import { Groups } from '../geometry/groups.ts';
import { distance, nearestOnSegment, type Point } from '../geometry/planar.ts';
import { type Closing, findClosings } from './closing.ts';
import type { Frame } from './frame.ts';
import type { Linework } from './linework.ts';
import { SIZES } from './measures.data.ts';
import { describeOpening, findOpenings, type Opening } from './openings.ts';
import { type Line, SegmentIndex } from './segment_index.ts';
import type { Swing } from './swings.ts';
import { findTreads } from './treads.ts';
import { candidateStrokes } from './walls.ts';

/** Shorter lines between two walls are hatching or jambs, feet. */
const SHORTEST = 2;
/** An end this near to a wall touches it. */
const TOUCH = 0.15;
/** A line this near along a wall is part of how the wall is drawn, or stands against it. */
const BESIDE = 0.6;
/** A door that may stand between a line's end and what is ahead. */
const DOOR_GAP = 5;
const HINGE = 0.3;
const MOST = 3000;

/** Lines in working feet that start and end at walls, at each other, or at a door's width from them. */
export function findLoneLines(linework: Linework, frame: Frame, walls: readonly Segment[]): Line[] {
  const index = new SegmentIndex(walls);
  const lines = candidateStrokes(linework, frame)
    .filter((line) => distance(line.a, line.b) >= SHORTEST && !isBeside(line, index))
    .slice(0, MOST);
  const treads = findTreads(lines);
  let known = lines.filter((_, i) => !treads.has(i));
  for (let before = -1; before !== known.length; ) {
    before = known.length;
    const own = new SegmentIndex(known);
    const held = known.map((line, i) => holdsOf(line, i, own, index));
    const firm = firmGroups(known, own, held);
    known = known.filter((_, i) => firm[i]! && held[i]!.every((hold) => hold !== 'none'));
  }
  return known;
}

/** What holds an end of a line: a wall, another lone line, or something a door's width ahead. */
type Hold = 'wall' | 'line' | 'ahead' | 'none';

function holdsOf(line: Line, i: number, lines: SegmentIndex<Line>, walls: SegmentIndex<Segment>): Hold[] {
  return (
    [
      [line.b, line.a],
      [line.a, line.b],
    ] as const
  ).map(([from, end]): Hold => {
    if (walls.nearest(end, TOUCH)) return 'wall';
    if (lines.nearest(end, TOUCH, (j) => j !== i)) return 'line';
    const length = distance(from, end);
    const d: Point = [(end[0] - from[0]) / length, (end[1] - from[1]) / length];
    return walls.ray(end, d, DOOR_GAP, 0.01) || collinearAhead(lines, i, end, d) ? 'ahead' : 'none';
  });
}

/** Whether the lines that hang together with each line meet walls at two ends or more: boxes in a room's middle do not. */
function firmGroups(
  lines: readonly Line[],
  index: SegmentIndex<Line>,
  held: readonly (readonly Hold[])[],
): boolean[] {
  const groups = new Groups(lines.length);
  lines.forEach((line, i) => {
    for (const end of [line.a, line.b])
      for (const j of index.near(end, end, TOUCH))
        if (j !== i && nearestOnSegment(end, lines[j]!.a, lines[j]!.b).distance <= TOUCH) groups.join(i, j);
  });
  const walls = new Map<number, number>();
  const ahead = new Map<number, number>();
  held.forEach((holds, i) => {
    const root = groups.root(i);
    const count = (kind: Hold) => holds.filter((hold) => hold === kind).length;
    walls.set(root, (walls.get(root) ?? 0) + count('wall'));
    ahead.set(root, (ahead.get(root) ?? 0) + count('ahead'));
  });
  return lines.map((_, i) => {
    const root = groups.root(i);
    return walls.get(root)! >= 1 && walls.get(root)! + ahead.get(root)! >= 2;
  });
}

function collinearAhead(lines: SegmentIndex<Line>, own: number, end: Point, d: Point): boolean {
  const tip: Point = [end[0] + d[0] * DOOR_GAP, end[1] + d[1] * DOOR_GAP];
  return lines.near(end, tip, TOUCH).some((i) => {
    if (i === own) return false;
    const { a, b } = lines.lines[i]!;
    return [a, b].some((p) => {
      const along = (p[0] - end[0]) * d[0] + (p[1] - end[1]) * d[1];
      const off = Math.abs((p[0] - end[0]) * d[1] - (p[1] - end[1]) * d[0]);
      return along > 0.5 && along < DOOR_GAP && off < TOUCH;
    });
  });
}

/** Most of the line runs close to a wall that goes the same way. */
function isBeside({ a, b }: Line, walls: SegmentIndex<Segment>): boolean {
  const length = distance(a, b);
  const d: Point = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
  return [0.25, 0.5, 0.75].every((t) => {
    const p: Point = [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
    return walls.near(p, p, BESIDE).some((i) => {
      const wall = walls.lines[i]!;
      const size = distance(wall.a, wall.b);
      if (size < 0.5 || nearestOnSegment(p, wall.a, wall.b).distance > BESIDE) return false;
      return Math.abs((wall.b[0] - wall.a[0]) * d[0] + (wall.b[1] - wall.a[1]) * d[1]) > 0.98 * size;
    });
  });
}

/** Swings whose hinge is on a lone line and on no wall. */
export function swingsAtLines(
  swings: readonly Swing[],
  lines: readonly Line[],
  base: readonly Segment[],
): Swing[] {
  if (lines.length === 0) return [];
  const [index, walls] = [new SegmentIndex(lines), new SegmentIndex(base)];
  return swings.filter(
    ({ hinge }) => index.nearest(hinge, HINGE) !== null && walls.nearest(hinge, HINGE) === null,
  );
}

/** The lines as possible dividers, and the doors that stand in them. */
export function loneOpenings(
  lines: readonly Line[],
  base: readonly Segment[],
  swings: readonly Swing[],
  linework: Linework,
  frame: Frame,
): Opening[] {
  if (lines.length === 0) return [];
  const all = [...base, ...lines.map((line): Segment => ({ ...line, tag: 0 }))];
  const index = new SegmentIndex(lines);
  const walls = new SegmentIndex(base);
  const atLine = (c: Closing) =>
    [c.a, c.b].some((p) => index.nearest(p, 0.05) !== null && walls.nearest(p, 0.05) === null);
  const closings = findClosings(all, SIZES.filled_max).filter((c) => atLine(c) && c.length < 10);
  const doors = findOpenings(closings, swings, new SegmentIndex(all), linework, frame).filter(
    (opening) => opening.evidence !== 'none' || opening.width <= SIZES.doorway_max,
  );
  const dividers = lines.map((line): Opening => {
    const closing: Closing = { ...line, length: distance(line.a, line.b), facing: true };
    return { ...describeOpening([closing]), evidence: 'line' };
  });
  return [...doors, ...dividers];
}
