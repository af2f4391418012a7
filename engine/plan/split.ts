// Divides one open region between the labels that stand in it: cuts run from inside corners along the walls' lines, the
// least convincing cuts are given up first, and what no cut divides is divided half-way between the labels.

import { arrange, type Segment } from '../geometry/arrangement.ts';
import { Groups } from '../geometry/groups.ts';
import { intersection } from '../geometry/overlap.ts';
import {
  boxOf,
  distance,
  inPolygon,
  type Point,
  type Polygon,
  polygonArea,
  signedArea,
} from '../geometry/planar.ts';
import { SIZES } from './measures.data.ts';
import { SegmentIndex } from './segment_index.ts';

type Chord = { a: Point; b: Point; length: number; facing: boolean };
const MAX_CORNERS = 1500;

/** One polygon per seed, in the seeds' order; null for a seed outside the region. `natural` is false for half-way cuts. */
export function splitRegion(
  region: Polygon,
  seeds: readonly Point[],
): { polygon: Polygon | null; natural: boolean }[] {
  const pieces = cutAtCorners(region, seeds);
  return seeds.map((seed, i) => {
    const piece = pieces.find((p) => inPolygon(seed, p));
    if (!piece) return { polygon: null, natural: false };
    const rivals = seeds.filter((other, j) => j !== i && inPolygon(other, piece));
    if (rivals.length === 0) return { polygon: piece, natural: true };
    return { polygon: nearestPart(piece, seed, rivals), natural: false };
  });
}

function ringSegments(region: Polygon): Segment[] {
  return [region.outer, ...region.holes].flatMap((ring) =>
    ring.map((a, i): Segment => ({ a, b: ring[(i + 1) % ring.length]!, tag: 0 })),
  );
}

function cutAtCorners(region: Polygon, seeds: readonly Point[]): Polygon[] {
  const edges = ringSegments(region);
  if (edges.length > MAX_CORNERS) return [region];
  const chords = findChords(region, edges);
  const { faces } = arrange(
    [...edges, ...chords.map((c, i): Segment => ({ a: c.a, b: c.b, tag: 10 + i }))],
    SIZES.snap,
  );
  const inside = faces.map((face) => inRegion(face, region));
  const groups = new Groups(faces.length);
  const root = (i: number) => groups.root(i);
  const held = faces.map((face, f) => (inside[f] ? seeds.filter((seed) => inPolygon(seed, face)).length : 0));
  const borders = chords.map(() => new Set<string>());
  faces.forEach((face, f) => {
    for (const edge of face.edges) {
      if (edge.tag >= 10 && edge.across > f && inside[f] && inside[edge.across])
        borders[edge.tag - 10]!.add(`${f},${edge.across}`);
    }
  });
  const order = chords
    .map((_, i) => i)
    .sort(
      (i, j) =>
        Number(chords[i]!.facing) - Number(chords[j]!.facing) || chords[j]!.length - chords[i]!.length,
    );
  for (const c of order) {
    for (const border of borders[c]!) {
      const [p, q] = border.split(',').map((f) => root(Number(f))) as [number, number];
      if (p === q || (held[p]! > 0 && held[q]! > 0)) continue;
      groups.join(p, q);
      held[p] = held[p]! + held[q]!;
    }
  }
  const walls: Segment[] = [];
  faces.forEach((face, f) => {
    if (!inside[f]) return;
    for (const edge of face.edges) {
      const other = edge.across;
      if (other < 0 || !inside[other] || root(other) !== root(f))
        walls.push({ a: edge.a, b: edge.b, tag: 0 });
    }
  });
  return arrange(walls, SIZES.snap)
    .faces.filter((face) => inRegion(face, region))
    .map(({ outer, holes }) => ({ outer, holes }));
}

/** Whether a face of the cut region is part of it and not one of its holes. */
function inRegion(face: Polygon, region: Polygon): boolean {
  const a = face.outer[0]!;
  for (let i = 1; i + 1 < face.outer.length; i++) {
    const b = face.outer[i]!;
    const c = face.outer[i + 1]!;
    const middle: Point = [(a[0] + b[0] + c[0]) / 3, (a[1] + b[1] + c[1]) / 3];
    if (inPolygon(middle, face)) return inPolygon(middle, region);
  }
  return polygonArea(face) > 0 && inPolygon(a, region);
}

function findChords(region: Polygon, edges: readonly Segment[]): Chord[] {
  const index = new SegmentIndex(edges);
  const reach = Math.hypot(...(([x0, y0, x1, y1]) => [x1 - x0, y1 - y0] as const)(boxOf(region.outer)));
  const chords: Chord[] = [];
  const rings = [region.outer, ...region.holes].map((ring, i) =>
    signedArea(ring) > 0 === (i === 0) ? ring : [...ring].reverse(),
  );
  const corners = rings.flat();
  for (const ring of rings) {
    ring.forEach((p, i) => {
      const before = ring[(i + ring.length - 1) % ring.length]!;
      const after = ring[(i + 1) % ring.length]!;
      const turn = (p[0] - before[0]) * (after[1] - p[1]) - (p[1] - before[1]) * (after[0] - p[0]);
      const size = distance(before, p) * distance(p, after);
      if (turn > -0.2 * size) return;
      for (const from of [before, after]) {
        const length = distance(from, p);
        const d: Point = [(p[0] - from[0]) / length, (p[1] - from[1]) / length];
        const hit = index.ray(p, d, reach, 0.02);
        if (!hit) continue;
        const facing = corners.find((c) => c !== p && distance(c, hit.point) < 0.15);
        const end = facing ?? hit.point;
        chords.push({ a: p, b: end, length: distance(p, end), facing: facing !== undefined });
      }
    });
  }
  return chords;
}

/** The part of a piece nearer to the seed than to any rival. */
function nearestPart(piece: Polygon, seed: Point, rivals: readonly Point[]): Polygon {
  const box = boxOf(piece.outer);
  const far = 2 * Math.hypot(box[2] - box[0], box[3] - box[1]) + 1;
  let best = piece;
  for (const rival of rivals) {
    const length = distance(seed, rival);
    if (length < 1e-6) continue;
    const d: Point = [(rival[0] - seed[0]) / length, (rival[1] - seed[1]) / length];
    const m: Point = [(seed[0] + rival[0]) / 2, (seed[1] + rival[1]) / 2];
    const side: Point[] = [
      [m[0] - d[1] * far, m[1] + d[0] * far],
      [m[0] - d[1] * far - d[0] * far, m[1] + d[0] * far - d[1] * far],
      [m[0] + d[1] * far - d[0] * far, m[1] - d[0] * far - d[1] * far],
      [m[0] + d[1] * far, m[1] - d[0] * far],
    ];
    const parts = intersection(best, { outer: side, holes: [] });
    best = parts.find((part) => inPolygon(seed, part)) ?? best;
  }
  return best;
}
