// Chooses the lines that stand for walls, glass and columns: by layer where layers say so, else by pairing of lines.
import { distance, type Point } from '../geometry/planar.ts';
import { PlanError } from './errors.ts';
import type { Frame } from './frame.ts';
import type { LayerRole } from './layers.ts';
import { LIMITS } from './limits.data.ts';
import type { Linework } from './linework.ts';
import { SIZES } from './measures.data.ts';
import { parallelPairs, repeatedLines } from './pairing.ts';
import { SegmentIndex } from './segment_index.ts';
import { findTreads } from './treads.ts';

export type WallKind = 'wall' | 'glazing' | 'column';
export type WallLine = { a: Point; b: Point; kind: WallKind };
export type Walls = { lines: WallLine[]; method: 'layers' | 'pairs' };

const BARRIERS: readonly LayerRole[] = ['wall', 'glazing', 'column'];
const NOT_WALLS: readonly LayerRole[] = [
  'annotation',
  'grid',
  'hatch',
  'furniture',
  'fixture',
  'ignored',
  'label',
  'door',
  'area',
];

/** Wall lines in working feet. */
export function selectWalls(linework: Linework, frame: Frame): Walls {
  const named = withoutTreads(namedWalls(linework, frame));
  const walls: Walls =
    named.length >= 8
      ? { lines: named, method: 'layers' }
      : { lines: withoutTreads(pairedWalls(linework, frame)), method: 'pairs' };
  if (walls.lines.length > LIMITS.wall_segments) {
    throw new PlanError(
      'too_many_entities',
      `The drawing holds ${walls.lines.length.toLocaleString('en-US')} wall lines; export one storey without hatching.`,
    );
  }
  return walls;
}

function withoutTreads(lines: WallLine[]): WallLine[] {
  const treads = findTreads(lines);
  return treads.size === 0 ? lines : lines.filter((_, i) => !treads.has(i));
}

function namedWalls(linework: Linework, frame: Frame): WallLine[] {
  const lines: WallLine[] = [];
  let wallCount = 0;
  for (const stroke of linework.strokes) {
    const role = stroke.origin.role;
    if (!BARRIERS.includes(role)) continue;
    if (role === 'wall') wallCount++;
    lines.push({ a: frame.toFeet(stroke.a), b: frame.toFeet(stroke.b), kind: role as WallKind });
  }
  for (const shape of linework.shapes) {
    if (!shape.filled || (shape.origin.role !== 'wall' && shape.origin.role !== 'column')) continue;
    if (shape.origin.role === 'wall') wallCount++;
    const ring = shape.ring.map((p) => frame.toFeet(p));
    ring.forEach((a, i) => {
      lines.push({ a, b: ring[(i + 1) % ring.length]!, kind: shape.origin.role as WallKind });
    });
  }
  return wallCount >= 8 ? lines : [];
}

/** Share of a wall line's length that has a partner; grid lines only pass walls. */
const PAIRED_SHARE = 0.35;

function pairedWalls(linework: Linework, frame: Frame): WallLine[] {
  const candidates = candidateStrokes(linework, frame);
  const pairs = parallelPairs(candidates, SIZES.wall_min, SIZES.wall_max);
  const repeated = repeatedLines(candidates, pairs, 0.03);
  const walls = pairs.filter(
    ({ i, j, gap, overlap }) => !repeated.has(i) && !repeated.has(j) && overlap >= 2 * gap,
  );
  const paired = new Map<number, number>();
  for (const { i, j, overlap } of walls)
    for (const k of [i, j]) paired.set(k, (paired.get(k) ?? 0) + overlap);
  const mostlyPaired = (i: number) =>
    paired.get(i)! > PAIRED_SHARE * distance(candidates[i]!.a, candidates[i]!.b);
  const chosen = new Set<number>();
  for (const { i, j } of walls) {
    if (!mostlyPaired(i) || !mostlyPaired(j)) continue;
    chosen.add(i);
    chosen.add(j);
  }
  addConnectors(candidates, chosen);
  dropIslands(candidates, chosen);
  return [...chosen].map((i) => ({ ...candidates[i]!, kind: 'wall' as const }));
}

/** Straight lines that may be walls: not those of other parts, not door swings, not the leaves that swing. */
export function candidateStrokes(linework: Linework, frame: Frame): { a: Point; b: Point }[] {
  const swings = linework.arcs.map(
    (arc) => arc.sweep < 130 && arc.radius * frame.feetPerUnit <= SIZES.door_radius_max,
  );
  const hinges = new SegmentIndex(
    linework.arcs.flatMap((arc, i) =>
      swings[i] ? [{ a: frame.toFeet(arc.centre), b: frame.toFeet(arc.centre), arc }] : [],
    ),
  );
  const isLeaf = ({ a, b }: { a: Point; b: Point }) =>
    [
      [a, b],
      [b, a],
    ].some(([hinge, tip]) => {
      const near = hinges.nearest(hinge!, 0.2);
      if (!near) return false;
      const { arc } = hinges.lines[near.line]!;
      return [arc.start, arc.end].some((end) => distance(frame.toFeet(end), tip!) < 0.3);
    });
  return linework.strokes
    .filter((stroke) => !NOT_WALLS.includes(stroke.origin.role) && !(stroke.arc >= 0 && swings[stroke.arc]))
    .map((stroke) => ({ a: frame.toFeet(stroke.a), b: frame.toFeet(stroke.b) }))
    .filter((line) => !isLeaf(line));
}

/** Short lines between wall lines (jambs, ends of walls) and lines that go on from them belong to the walls too. */
function addConnectors(lines: readonly { a: Point; b: Point }[], chosen: Set<number>): void {
  for (let round = 0; round < 2; round++) {
    const known = [...chosen].map((i) => lines[i]!);
    const index = new SegmentIndex(known);
    lines.forEach((line, i) => {
      if (chosen.has(i) || distance(line.a, line.b) > SIZES.wall_max) return;
      if (index.nearest(line.a, 0.05) && index.nearest(line.b, 0.05)) chosen.add(i);
    });
  }
}

/** Small groups of lines that touch no long wall are furniture or symbols. */
function dropIslands(lines: readonly { a: Point; b: Point }[], chosen: Set<number>): void {
  const ids = [...chosen];
  const index = new SegmentIndex(ids.map((i) => lines[i]!));
  const group = new Array<number>(ids.length).fill(-1);
  for (let start = 0; start < ids.length; start++) {
    if (group[start]! >= 0) continue;
    const members = [start];
    group[start] = start;
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let k = 0; k < members.length; k++) {
      const { a, b } = lines[ids[members[k]!]!]!;
      for (const p of [a, b]) {
        box[0] = Math.min(box[0]!, p[0]);
        box[1] = Math.min(box[1]!, p[1]);
        box[2] = Math.max(box[2]!, p[0]);
        box[3] = Math.max(box[3]!, p[1]);
      }
      for (const n of index.near(a, b, 0.05)) {
        if (group[n]! >= 0 || !touches(lines[ids[members[k]!]!]!, lines[ids[n]!]!)) continue;
        group[n] = start;
        members.push(n);
      }
    }
    const reach = Math.max(box[2]! - box[0]!, box[3]! - box[1]!);
    if (reach < 3) for (const m of members) chosen.delete(ids[m]!);
  }
}

function touches(p: { a: Point; b: Point }, q: { a: Point; b: Point }): boolean {
  const index = new SegmentIndex([q]);
  const other = new SegmentIndex([p]);
  return Boolean(
    index.nearest(p.a, 0.05) ??
      index.nearest(p.b, 0.05) ??
      other.nearest(q.a, 0.05) ??
      other.nearest(q.b, 0.05),
  );
}
