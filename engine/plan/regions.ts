// Decides which openings divide rooms: doors always do, wide or doubtful openings only where both sides are rooms of
// their own (two labels, or inside and outside). Regions are joined over the weakest openings first.
import type { Segment } from '../geometry/arrangement.ts';
import { Groups } from '../geometry/groups.ts';
import { inBox, inPolygon, inRing, type Point } from '../geometry/planar.ts';
import { faceAt, type PlanFace, type PlanFaces, planFaces } from './faces.ts';
import { type Label, sameLabel } from './labels.ts';
import { SIZES } from './measures.data.ts';
import { typeFromName } from './names.ts';
import type { Opening } from './openings.ts';
import { SegmentIndex } from './segment_index.ts';

/** Tags of arrangement segments: walls, bridged gaps, then one per opening. */
export const TAG = { wall: 0, gap: 1, opening: 10 } as const;

type Region = { labels: Label[]; area: number; outside: boolean; doors: number };
export type RegionResult = { kept: Opening[]; faces: PlanFaces; labelRich: boolean };

const OUTSIDE = -1;
/** In a plan whose rooms have labels, a space without one that is this many times the largest room is no room. */
export const YARD_FACTOR = 1.5;

export function segmentsOf(base: readonly Segment[], openings: readonly Opening[]): Segment[] {
  const closings = openings.flatMap((opening, i) =>
    opening.closings.map((c): Segment => ({ a: c.a, b: c.b, tag: TAG.opening + i })),
  );
  return [...base, ...closings];
}

/** The face each label stands in: most of its insertion points decide, then the middles of its lines, then its leader. */
export function placeLabel(faces: readonly PlanFace[], label: Label): number {
  const vote = (points: readonly Point[]) => {
    const counts = new Map<number, number>();
    for (const p of points) {
      const f = faceAt(faces, p);
      if (f >= 0) counts.set(f, (counts.get(f) ?? 0) + 1);
    }
    return [...counts].sort((x, y) => y[1] - x[1])[0]?.[0] ?? -1;
  };
  for (const points of [label.anchors, label.middles]) {
    const face = vote(points);
    if (face >= 0) return face;
  }
  // A label within the building that is in no room stands on a stair's rail or a wall; only from outside do leaders lead.
  const within =
    label.tips.length === 0 || faces.some((face) => face.roomy && inRing(label.anchors[0]!, face.outer));
  return within ? -1 : vote(label.tips);
}

/** Joins regions over openings that divide nothing, and gives the faces that remain. */
export function divide(
  base: readonly Segment[],
  openings: readonly Opening[],
  labels: readonly Label[],
  voids: readonly Point[],
): RegionResult {
  const faces = planFaces(segmentsOf(base, openings)).faces.map(
    (face): PlanFace => ({
      ...face,
      roomy: face.roomy || isSliver(face, openings) || isNumberedShaft(face, labels),
    }),
  );
  const regions = new RegionGraph(faces, labels);
  const large = faces.filter((face) => face.roomy && face.area >= 60).length;
  const strong = labels.filter((label) => label.strong && placeLabel(faces, label) >= 0).length;
  const labelRich = strong >= 5 && strong >= 0.35 * large;
  const pairs = pairsOf(faces, openings, new SegmentIndex(base));
  const usual = usualThickness(openings);
  const force = openings.map((opening) =>
    labelRich && isMouth(opening, usual) ? Math.min(1, strength(opening)) : strength(opening),
  );
  openings.forEach((opening, i) => {
    if (strength(opening) === 3) for (const pair of pairs[i]!) for (const f of pair) regions.of(f).doors++;
  });
  if (labelRich) regions.shutYards(faces, voids);
  const order = openings
    .map((_, i) => i)
    .sort((i, j) => force[i]! - force[j]! || openings[j]!.width - openings[i]!.width);
  const kept = new Set<number>();
  for (const i of order) {
    const opening = openings[i]!;
    if (strength(opening) === 3) kept.add(i);
    else if (
      !regions.joinAcross(pairs[i]!, (p, q) =>
        opening.evidence === 'line' && !labelRich && p.doors > 0 && q.doors > 0
          ? false
          : joins(force[i]!, [p, q], labelRich),
      )
    )
      kept.add(i);
  }
  for (let before = -1; before !== kept.size; ) {
    before = kept.size;
    for (const i of [...kept]) {
      const apart = regions.anyApart(pairs[i]!);
      if (apart && regions.joinAcross(pairs[i]!, (p, q) => isStall(openings[i]!, [p, q], usual)))
        kept.delete(i);
    }
  }
  const result = [...kept].map((i) => openings[i]!);
  const divided = planFaces(segmentsOf(base, result));
  for (const face of divided.faces) face.roomy ||= isNumberedShaft(face, labels);
  return { kept: result, faces: divided, labelRich };
}

/** The mouth of a hall: no wall's thickness where the walls that doors stand in have one. */
function isMouth(opening: Opening, usual: number): boolean {
  return opening.evidence === 'none' && usual > 0.2 && opening.thickness < 0.5 * usual;
}

type Pair = readonly [number, number];

/** Faces of the over-divided plan and what has been joined of them so far; the outside is one of them. */
class RegionGraph {
  readonly #groups: Groups;
  readonly #regions: Region[];

  constructor(faces: readonly PlanFace[], labels: readonly Label[]) {
    this.#groups = new Groups(faces.length + 1);
    this.#regions = [
      { labels: [], area: 0, outside: true, doors: 0 },
      ...faces.map((face): Region => ({ labels: [], area: face.area, outside: false, doors: 0 })),
    ];
    for (const label of labels) {
      const face = label.strong ? placeLabel(faces, label) : OUTSIDE;
      if (face !== OUTSIDE) this.of(face).labels.push(label);
    }
  }

  of(face: number): Region {
    return this.#regions[this.#groups.root(face + 1)]!;
  }

  /** Regions without a label that hold no floor, or are larger than any that has one, lie outside: courts and yards. */
  shutYards(faces: readonly PlanFace[], voids: readonly Point[]): void {
    const largest = faces.reduce(
      (most, face, f) => (this.of(f).labels.length > 0 ? Math.max(most, face.area) : most),
      0,
    );
    faces.forEach((face, f) => {
      const region = this.of(f);
      if (!face.roomy || region.labels.length > 0) return;
      const isVoid = voids.some((p) => inBox(p, face.box) && inPolygon(p, face));
      if (isVoid || face.area > YARD_FACTOR * largest) region.outside = true;
    });
  }

  anyApart(pairs: readonly Pair[]): boolean {
    return pairs.some(([f, g]) => this.of(f) !== this.of(g));
  }

  /** Joins the pairs that `allows`; true when none of them is apart any more. */
  joinAcross(pairs: readonly Pair[], allows: (p: Region, q: Region) => boolean): boolean {
    let whole = true;
    for (const [f, g] of pairs) {
      const [p, q] = [this.of(f), this.of(g)];
      if (p === q) continue;
      if (!allows(p, q)) {
        whole = false;
        continue;
      }
      p.labels.push(...q.labels);
      p.area += q.area;
      p.doors += q.doors;
      p.outside ||= q.outside;
      this.#groups.join(f + 1, g + 1);
    }
    return whole;
  }
}

/** A face too narrow for a room that a room number stands in: a shaft or cupboard of its own, not the inside of a wall. */
function isNumberedShaft(face: PlanFace, labels: readonly Label[]): boolean {
  if (face.roomy || face.holes.length > 0 || face.radius < SIZES.shaft_radius) return false;
  if (face.area < SIZES.room_area_numbered || face.area > SIZES.shaft_area_max) return false;
  return labels.some(
    (label) =>
      label.strong &&
      label.number !== null &&
      label.anchors.some((p) => inBox(p, face.box) && inPolygon(p, face)),
  );
}

/** A thin face that doubtful closings cut off from a room, not the inside of a wall. */
function isSliver(face: PlanFace, openings: readonly Opening[]): boolean {
  let weak = 0;
  let all = 0;
  for (const { a, b, tag } of face.edges) {
    const length = Math.hypot(a[0] - b[0], a[1] - b[1]);
    all += length;
    const opening = openings[tag - TAG.opening];
    if (opening && strength(opening) < 2) weak += length;
  }
  return weak > 0.2 * all;
}

/**
 * 3 a door or window stands in it, 2 wall ends a doorway apart, 1 wall ends farther apart or a lone line, 0 a wall end
 * against a side.
 */
export function strength(opening: Opening): number {
  if (opening.evidence === 'line') return 1;
  if (opening.evidence !== 'none') return 3;
  if (!opening.facing) return 0;
  return opening.width <= SIZES.doorway_max ? 2 : 1;
}

/** For each opening the faces it lies between; doorways also join what lies beyond their threshold, if no wall does. */
function pairsOf(
  faces: readonly PlanFace[],
  openings: readonly Opening[],
  walls: SegmentIndex<Segment>,
): Pair[][] {
  const pairs = openings.map(() => new Map<string, Pair>());
  faces.forEach((face, f) => {
    if (!face.roomy) return;
    for (const edge of face.edges) {
      const own = pairs[edge.tag - TAG.opening];
      const open = edge.across < 0 || faces[edge.across]!.roomy;
      if (own && open && edge.across !== f)
        own.set(`${Math.min(f, edge.across)},${Math.max(f, edge.across)}`, [f, edge.across]);
    }
  });
  return openings.map((opening, i): Pair[] => {
    const direct = [...pairs[i]!.values()];
    if (strength(opening) < 2) return direct;
    const [p, q] = probes(opening, 0.5) as [Point, Point];
    const [f, g] = [faceAt(faces, p), faceAt(faces, q)];
    return f === g || walls.crosses(p, q) ? direct : [...direct, [f, g]];
  });
}

/** Two points on either side of an opening, `off` feet clear of its wall. */
export function probes(opening: Opening, off: number): Point[] {
  const away = opening.thickness / 2 + off;
  const [x, y] = opening.middle;
  return [away, -away].map((d): Point => [x - opening.along[1] * d, y + opening.along[0] * d]);
}

function joins(level: number, around: readonly Region[], labelRich: boolean): boolean {
  const own = around.filter((region) => region.outside || region.labels.length > 0);
  const distinct = own.some((p, i) => own.some((q, j) => j > i && differ(p, q)));
  if (distinct) return false;
  const bare = around.filter((region) => !region.outside && region.labels.length === 0);
  if (bare.length === 0) return true;
  const smallest = Math.min(...bare.map((region) => region.area));
  const outside = around.some((region) => region.outside);
  if (level === 2) return smallest < (labelRich ? 60 : 25);
  if (outside && !labelRich && level === 1) return smallest < 60;
  return true;
}

function differ(p: Region, q: Region): boolean {
  if (p.outside || q.outside) return true;
  return !p.labels.every((label) => q.labels.some((other) => sameLabel(label, other)));
}

/** Median thickness of the walls that doors stand in, feet; 0 where walls are single lines. */
function usualThickness(openings: readonly Opening[]): number {
  const sizes = openings.filter((o) => strength(o) === 3).map((o) => o.thickness);
  sizes.sort((x, y) => x - y);
  return sizes[sizes.length >> 1] ?? 0;
}

/** Compartments behind thin partitions belong to the restroom they stand in. */
function isStall(opening: Opening, around: readonly Region[], usual: number): boolean {
  if (opening.width > 3.6 || opening.thickness > usual * 0.7 || around.some((region) => region.outside))
    return false;
  const labelled = around.filter((region) => region.labels.length > 0);
  const restroom =
    labelled.length === 1 &&
    labelled[0]!.labels.some((l) => l.name && typeFromName(l.name)?.type === 'restroom');
  return restroom && around.some((region) => region.area < 45);
}
