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
  dropCrossing(candidates, chosen);
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

/**
 * Short lines square between wall lines (jambs, ends of walls) belong to the walls too, hatching runs aslant; so do lines
 * from one wall line's end to another's (a face between two windows).
 */
function addConnectors(lines: readonly { a: Point; b: Point }[], chosen: Set<number>): void {
  for (let round = 0; round < 3; round++) {
    const known = [...chosen].map((i) => lines[i]!);
    const index = new SegmentIndex(known);
    const ends = new SegmentIndex(
      known.flatMap(({ a, b }) => [
        { a, b: a },
        { a: b, b },
      ]),
    );
    lines.forEach((line, i) => {
      const length = distance(line.a, line.b);
      if (chosen.has(i) || length > LONGEST_FACE) return;
      if (ends.nearest(line.a, 0.05) && ends.nearest(line.b, 0.05) && length > SIZES.wall_min) {
        chosen.add(i);
        return;
      }
      if (length > SIZES.wall_max) return;
      const [from, to] = [index.nearest(line.a, 0.05), index.nearest(line.b, 0.05)];
      if (from && to && [from, to].some((hit) => isSquare(line, known[hit.line]!))) chosen.add(i);
    });
  }
}

/** A face between two openings that is longer has a partner of its own, feet. */
const LONGEST_FACE = 8;

function isSquare(p: { a: Point; b: Point }, q: { a: Point; b: Point }): boolean {
  const dot = (p.b[0] - p.a[0]) * (q.b[0] - q.a[0]) + (p.b[1] - p.a[1]) * (q.b[1] - q.a[1]);
  return Math.abs(dot) < 0.25 * distance(p.a, p.b) * distance(q.a, q.b);
}

/** Lines that cross many others are grids and overhead lines: the faces of walls end where they meet. */
function dropCrossing(lines: readonly { a: Point; b: Point }[], chosen: Set<number>): void {
  const ids = [...chosen];
  const index = new SegmentIndex(ids.map((i) => lines[i]!));
  for (const i of ids) {
    const { a, b } = lines[i]!;
    const length = distance(a, b);
    if (length < 10) continue;
    const d: Point = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
    const side = (p: Point) => (p[0] - a[0]) * d[1] - (p[1] - a[1]) * d[0];
    const along = (p: Point) => (p[0] - a[0]) * d[0] + (p[1] - a[1]) * d[1];
    const crossings = index.near(a, b, 0).filter((j) => {
      const other = lines[ids[j]!]!;
      const [s, t] = [side(other.a), side(other.b)];
      if (s * t >= 0 || Math.min(Math.abs(s), Math.abs(t)) < CLEAR) return false;
      const at = along(other.a) + ((along(other.b) - along(other.a)) * s) / (s - t);
      return at > CLEAR && at < length - CLEAR;
    }).length;
    if (crossings >= MOST_CROSSINGS) chosen.delete(i);
  }
}

const CLEAR = 0.2;
const MOST_CROSSINGS = 4;

/** Small groups of lines that touch no long wall are furniture or symbols; a lone box is an elevator car or a table. */
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
    const [w, h] = [box[2]! - box[0]!, box[3]! - box[1]!];
    const reach = Math.max(w, h);
    const isCar = members.length <= 6 && Math.min(w, h) > 3 && reach < 14;
    if (reach < 3 || isCar) for (const m of members) chosen.delete(ids[m]!);
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
