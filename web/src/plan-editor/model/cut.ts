// A room cut along a line, as it will come out: the two parts and their areas, before anything is saved.
import type { PlanPoint, PlanRing } from '../../../../contract/plan.ts';
import { areaOf, eachEdge } from './geometry.ts';
import { distance, isInside } from './rings.ts';

export interface Cut {
  /** The line from wall to wall, reaching a little into both walls. */
  line: PlanPoint[];
  /** The larger part first: it keeps the room's name. Outline, then holes. */
  parts: [PlanRing[], PlanRing[]];
  /** In square units of the scene, holes taken off. */
  areas: [number, number];
}

interface Hit {
  /** Segment of the line and place on it, as one number. */
  along: number;
  point: PlanPoint;
  /** Edge of the ring, from its corner of this index, and place on it. */
  edge: number;
  at: number;
}

/**
 * Null while the line does not yet lead from wall to wall. `slack`: how far an end may fall short of the wall it was
 * meant to touch, in units of the scene. Where a line crosses a bent room more than once, its longest run counts.
 */
export function cutRoom(rings: readonly PlanRing[], line: readonly PlanPoint[], slack: number): Cut | null {
  const [outer, ...holes] = rings;
  if (!outer || line.length < 2) return null;
  const path = lengthened(line, slack);
  const halves = cutRing(outer, path);
  if (!halves) return null;
  const parts: [PlanRing[], PlanRing[]] = [[halves.left], [halves.right]];
  for (const hole of holes) {
    const pieces = cutRing(hole, path);
    for (const piece of pieces ? [pieces.left, pieces.right] : [hole]) {
      const inLeft = isInside([halves.left], middleOf(piece));
      parts[inLeft ? 0 : 1].push(piece);
    }
  }
  const areas = parts.map(areaWithout) as [number, number];
  const smallest = Math.min(...areas);
  if (smallest <= slack * slack) return null;
  if (areas[1] > areas[0]) {
    parts.reverse();
    areas.reverse();
  }
  return { line: lengthened(halves.line, slack), parts, areas };
}

function areaWithout([outer, ...holes]: PlanRing[]): number {
  return areaOf(outer ?? []) - holes.reduce((sum, hole) => sum + areaOf(hole), 0);
}

/** The same line with both ends carried on by `by`. */
function lengthened(line: readonly PlanPoint[], by: number): PlanPoint[] {
  const carry = (end: PlanPoint, next: PlanPoint): PlanPoint => {
    const length = distance(end, next);
    if (length < 1e-12) return end;
    return [end[0] + ((end[0] - next[0]) / length) * by, end[1] + ((end[1] - next[1]) / length) * by];
  };
  const last = line.length - 1;
  return line.map((point, index) =>
    index === 0 ? carry(point, line[1]!) : index === last ? carry(point, line[last - 1]!) : point,
  );
}

function cutRing(ring: PlanRing, path: readonly PlanPoint[]) {
  const hits = hitsOf(ring, path);
  let best: { from: Hit; to: Hit; run: PlanPoint[]; length: number } | null = null;
  for (let index = 0; index + 1 < hits.length; index++) {
    const from = hits[index]!;
    const to = hits[index + 1]!;
    const run = runBetween(path, from, to);
    const length = lengthOf(run);
    if (length < 1e-9 || !isInside([ring], halfWay(run, length))) continue;
    if (!best || length > best.length) best = { from, to, run, length };
  }
  if (!best) return null;
  const { from, to, run } = best;
  return {
    line: run,
    left: clean([...run, ...ringBetween(ring, to, from)]),
    right: clean([...[...run].reverse(), ...ringBetween(ring, from, to)]),
  };
}

function hitsOf(ring: PlanRing, path: readonly PlanPoint[]): Hit[] {
  const hits: Hit[] = [];
  for (let segment = 0; segment + 1 < path.length; segment++) {
    const a = path[segment]!;
    const b = path[segment + 1]!;
    for (let edge = 0; edge < ring.length; edge++) {
      const c = ring[edge]!;
      const d = ring[(edge + 1) % ring.length]!;
      const det = (b[0] - a[0]) * (d[1] - c[1]) - (b[1] - a[1]) * (d[0] - c[0]);
      if (Math.abs(det) < 1e-12) continue;
      const t = ((c[0] - a[0]) * (d[1] - c[1]) - (c[1] - a[1]) * (d[0] - c[0])) / det;
      const u = ((c[0] - a[0]) * (b[1] - a[1]) - (c[1] - a[1]) * (b[0] - a[0])) / det;
      // Half open on both: a corner of the ring or of the line is met once.
      if (t < 0 || t >= 1 || u < 0 || u >= 1) continue;
      const point: PlanPoint = [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
      hits.push({ along: segment + t, point, edge, at: u });
    }
  }
  return hits.sort((a, b) => a.along - b.along);
}

/** The line from one hit to the next, with the corners it has between. */
function runBetween(path: readonly PlanPoint[], from: Hit, to: Hit): PlanPoint[] {
  const first = Math.floor(from.along) + 1;
  return [from.point, ...path.slice(first, Math.floor(to.along) + 1), to.point];
}

function lengthOf(run: readonly PlanPoint[]): number {
  return run.slice(1).reduce((sum, point, index) => sum + distance(run[index]!, point), 0);
}

function halfWay(run: readonly PlanPoint[], length: number): PlanPoint {
  let left = length / 2;
  for (let index = 1; index < run.length; index++) {
    const a = run[index - 1]!;
    const b = run[index]!;
    const step = distance(a, b);
    if (step >= left && step > 0)
      return [a[0] + ((b[0] - a[0]) * left) / step, a[1] + ((b[1] - a[1]) * left) / step];
    left -= step;
  }
  return run[0]!;
}

/** The ring's corners met when walking from one hit to another in the ring's own direction. */
function ringBetween(ring: PlanRing, from: Hit, to: Hit): PlanPoint[] {
  if (from.edge === to.edge && to.at >= from.at) return [];
  const corners: PlanPoint[] = [];
  let index = from.edge;
  do {
    index = (index + 1) % ring.length;
    corners.push(ring[index]!);
  } while (index !== to.edge && corners.length <= ring.length);
  return corners;
}

function clean(ring: PlanRing): PlanRing {
  return ring.filter((point, index) => distance(point, ring[(index + 1) % ring.length]!) > 1e-9);
}

/** A point of a ring's inside that is not on its outline: enough to say on which side it lies. */
function middleOf(ring: PlanRing): PlanPoint {
  const [a, b] = [ring[0]!, ring[1]!];
  const nudge = distance(a, b) * 1e-3;
  for (const turn of [1, -1]) {
    const length = distance(a, b) || 1;
    const point: PlanPoint = [
      (a[0] + b[0]) / 2 - (turn * nudge * (b[1] - a[1])) / length,
      (a[1] + b[1]) / 2 + (turn * nudge * (b[0] - a[0])) / length,
    ];
    if (isInside([ring], point)) return point;
  }
  return a;
}

/** The sum of a ring's edges. */
export function perimeterOf(ring: PlanRing): number {
  let sum = 0;
  eachEdge(ring, (a, b) => {
    sum += distance(a, b);
  });
  return sum;
}
