// Decides which openings divide rooms: doors always do, wide or doubtful openings only where both sides are rooms of
// their own (two labels, or inside and outside). Regions are joined over the weakest openings first.
import type { Segment } from '../geometry/arrangement.ts';
import type { Point } from '../geometry/planar.ts';
import { faceAt, type PlanFace, type PlanFaces, planFaces } from './faces.ts';
import { type Label, sameLabel } from './labels.ts';
import { SIZES } from './measures.data.ts';
import { typeFromName } from './names.ts';
import type { Opening } from './openings.ts';

/** Tags of arrangement segments: walls, bridged gaps, then one per opening. */
export const TAG = { wall: 0, gap: 1, opening: 10 } as const;

type Region = { labels: Label[]; area: number; outside: boolean };
export type RegionResult = { kept: Opening[]; faces: PlanFaces; labelRich: boolean };

const OUTSIDE = -1;

export function segmentsOf(base: readonly Segment[], openings: readonly Opening[]): Segment[] {
  const closings = openings.flatMap((opening, i) =>
    opening.closings.map((c): Segment => ({ a: c.a, b: c.b, tag: TAG.opening + i })),
  );
  return [...base, ...closings];
}

/** The face each label stands in: most of its insertion points decide, then the middles of its lines. */
export function placeLabel(faces: readonly PlanFace[], label: Label): number {
  const vote = (points: readonly Point[]) => {
    const counts = new Map<number, number>();
    for (const p of points) {
      const f = faceAt(faces, p);
      if (f >= 0) counts.set(f, (counts.get(f) ?? 0) + 1);
    }
    return [...counts].sort((x, y) => y[1] - x[1])[0]?.[0] ?? -1;
  };
  const byAnchor = vote(label.anchors);
  return byAnchor >= 0 ? byAnchor : vote(label.middles);
}

/** Joins regions over openings that divide nothing, and gives the faces that remain. */
export function divide(
  base: readonly Segment[],
  openings: readonly Opening[],
  labels: readonly Label[],
): RegionResult {
  const { faces } = planFaces(segmentsOf(base, openings));
  const regions = new Map<number, Region>();
  const parent = faces.map((_, i) => i);
  const root = (i: number): number => {
    if (i === OUTSIDE) return OUTSIDE;
    let r = i;
    while (parent[r] !== r && r !== OUTSIDE) {
      r = parent[r]!;
      if (r === OUTSIDE) return OUTSIDE;
    }
    parent[i] = r;
    return r;
  };
  faces.forEach((face, i) => {
    if (face.roomy) regions.set(i, { labels: [], area: face.area, outside: false });
  });
  regions.set(OUTSIDE, { labels: [], area: 0, outside: true });
  for (const label of labels) {
    if (label.strong) regions.get(placeLabel(faces, label))?.labels.push(label);
  }
  const large = faces.filter((face) => face.roomy && face.area >= 60).length;
  const strong = labels.filter((label) => label.strong).length;
  const labelRich = strong >= 5 && strong >= 0.35 * large;
  const sides = sidesOf(faces, openings);
  const order = openings
    .map((_, i) => i)
    .sort(
      (i, j) => strength(openings[i]!) - strength(openings[j]!) || openings[j]!.width - openings[i]!.width,
    );
  const usual = usualThickness(openings);
  let kept: Opening[] = [];
  for (const i of order) {
    const opening = openings[i]!;
    const around = [...new Set([...sides[i]!].map(root))];
    if (around.length <= 1 && strength(opening) < 3) continue;
    const joined =
      strength(opening) < 3 &&
      joins(
        opening,
        around.map((r) => regions.get(r)!),
        labelRich,
      );
    if (joined) joinRegions(around, regions, parent);
    else kept.push(opening);
  }
  for (let joined = true; joined; ) {
    joined = false;
    kept = kept.filter((opening) => {
      const around = [...new Set([...sides[openings.indexOf(opening)]!].map(root))];
      if (
        around.length < 2 ||
        !isStall(
          opening,
          around.map((r) => regions.get(r)!),
          usual,
        )
      )
        return true;
      joinRegions(around, regions, parent);
      joined = true;
      return false;
    });
  }
  return { kept, faces: planFaces(segmentsOf(base, kept)), labelRich };
}

function joinRegions(around: readonly number[], regions: Map<number, Region>, parent: number[]): void {
  const target = around.includes(OUTSIDE) ? OUTSIDE : around[0]!;
  const into = regions.get(target)!;
  for (const r of around) {
    if (r === target) continue;
    const region = regions.get(r)!;
    into.labels.push(...region.labels);
    into.area += region.area;
    parent[r] = target;
  }
}

/** 3 a door or window stands in it, 2 wall ends a doorway apart, 1 wall ends farther apart, 0 a wall end against a side. */
export function strength(opening: Opening): number {
  if (opening.evidence !== 'none') return 3;
  if (!opening.facing) return 0;
  return opening.width <= SIZES.doorway_max ? 2 : 1;
}

function sidesOf(faces: readonly PlanFace[], openings: readonly Opening[]): Set<number>[] {
  const sides = openings.map(() => new Set<number>());
  faces.forEach((face, f) => {
    for (const edge of face.edges) {
      const set = sides[edge.tag - TAG.opening];
      if (!set) continue;
      if (face.roomy) set.add(f);
      if (edge.across < 0) set.add(OUTSIDE);
    }
  });
  openings.forEach((opening, i) => {
    if (sides[i]!.size > 1 || strength(opening) < 2) return;
    for (const p of probes(opening, 0.5)) {
      const f = faceAt(faces, p);
      if (f >= 0) sides[i]!.add(f);
    }
  });
  return sides;
}

/** Two points on either side of an opening, `off` feet clear of its wall. */
export function probes(opening: Opening, off: number): Point[] {
  const away = opening.thickness / 2 + off;
  const [x, y] = opening.middle;
  return [away, -away].map((d): Point => [x - opening.along[1] * d, y + opening.along[0] * d]);
}

function joins(opening: Opening, around: readonly Region[], labelRich: boolean): boolean {
  const own = around.filter((region) => region.outside || region.labels.length > 0);
  const distinct = own.some((p, i) => own.some((q, j) => j > i && differ(p, q)));
  if (distinct) return false;
  const bare = around.filter((region) => !region.outside && region.labels.length === 0);
  const level = strength(opening);
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
