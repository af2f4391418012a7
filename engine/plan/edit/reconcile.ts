// Matches the rooms of a new reading with those of the plan: rooms a person corrected or deleted stay as the person left
// them, the rest follow the file. Coordinates are the new file's.
import type { PlanPoint, PlanSpace } from '../../../contract/plan.ts';
import { areaOf, intersection, overlap } from '../../geometry/overlap.ts';
import { type Box, boxOf, type Polygon, polygonArea } from '../../geometry/planar.ts';
import type { DeletedRoom, EditSpace } from './model.ts';

export type Reconciled = {
  /** Rooms found again: the room before and the new reading, with the overlap (IoU) of their outlines. */
  updated: { space: EditSpace; found: PlanSpace; overlap: number }[];
  /** Rooms edited by hand, with the rooms the file has in their place, the likest first. */
  kept: { space: EditSpace; found: PlanSpace[]; overlap: number }[];
  added: PlanSpace[];
  /** Rooms before that the file no longer has. */
  removed: EditSpace[];
};

/** Outlines that share this much are the same room. */
const SAME_ROOM_IOU = 0.5;
/** A room of the file that lies this much within rooms edited by hand is what the person corrected. */
const COVERED = 0.5;

type Shape = { polygon: Polygon; box: Box };

export function reconcile(
  before: readonly EditSpace[],
  deleted: readonly DeletedRoom[],
  found: readonly PlanSpace[],
): Reconciled {
  const shapes = new Map(found.map((space) => [space, shapeOf(space.source_polygon, space.source_holes)]));
  const edited = before.filter((space) => space.manually_edited);
  const kept = edited.map((space) => ({ space, found: [] as PlanSpace[], overlap: 0 }));
  const free: PlanSpace[] = [];
  for (const space of found) {
    const claim = claimant(shapes.get(space)!, edited);
    if (claim !== null) kept.find((one) => one.space === claim)?.found.push(space);
    else if (!isDeleted(shapes.get(space)!, deleted)) free.push(space);
  }
  for (const one of kept) {
    const own = shapeOf(one.space.source_polygon, one.space.source_holes);
    const likeness = new Map(one.found.map((space) => [space, iou(own, shapes.get(space)!)]));
    one.found.sort((a, b) => (likeness.get(b) ?? 0) - (likeness.get(a) ?? 0));
    one.overlap = likeness.get(one.found[0] as PlanSpace) ?? 0;
  }
  const read = before.filter((space) => !space.manually_edited);
  const updated = pairUp(read, free, shapes);
  const usedBefore = new Set(updated.map((pair) => pair.space));
  const usedFound = new Set(updated.map((pair) => pair.found));
  return {
    updated,
    kept,
    added: free.filter((space) => !usedFound.has(space)),
    removed: read.filter((space) => !usedBefore.has(space)),
  };
}

function shapeOf(outer: readonly PlanPoint[], holes: readonly (readonly PlanPoint[])[]): Shape {
  return { polygon: { outer: [...outer], holes: holes.map((hole) => [...hole]) }, box: boxOf(outer) };
}

function touch(a: Box, b: Box): boolean {
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}

function iou(a: Shape, b: Shape): number {
  return touch(a.box, b.box) ? overlap(a.polygon, b.polygon) : 0;
}

/** The room edited by hand that stands where the file has this room: by its present outline, or by what it was read as. */
function claimant(shape: Shape, edited: readonly EditSpace[]): EditSpace | null {
  let covered = 0;
  let most: { space: EditSpace; share: number } | null = null;
  const area = polygonArea(shape.polygon);
  for (const space of edited) {
    const own = shapeOf(space.source_polygon, space.source_holes);
    if (touch(own.box, shape.box)) {
      const share = areaOf(intersection(own.polygon, shape.polygon)) / Math.max(area, 1e-12);
      covered += share;
      if (share > 0 && (most === null || share > most.share)) most = { space, share };
    }
  }
  if (most !== null && covered >= COVERED) return most.space;
  for (const space of edited) {
    const own = iou(shapeOf(space.source_polygon, space.source_holes), shape) >= SAME_ROOM_IOU;
    const was = space.read_outlines.some((ring) => iou(shapeOf(ring, []), shape) >= SAME_ROOM_IOU);
    if (own || was) return space;
  }
  return null;
}

function isDeleted(shape: Shape, deleted: readonly DeletedRoom[]): boolean {
  return deleted.some((room) => room.outlines.some((ring) => iou(shapeOf(ring, []), shape) >= SAME_ROOM_IOU));
}

/** Pairs by overlap of the outlines, the best overlap first; each room once. */
function pairUp(
  before: readonly EditSpace[],
  found: readonly PlanSpace[],
  shapes: ReadonlyMap<PlanSpace, Shape>,
): Reconciled['updated'] {
  const pairs: Reconciled['updated'] = [];
  for (const space of before) {
    if (space.source_polygon.length < 3) continue;
    const own = shapeOf(space.source_polygon, space.source_holes);
    for (const one of found) {
      const share = iou(own, shapes.get(one)!);
      if (share >= SAME_ROOM_IOU) pairs.push({ space, found: one, overlap: Math.min(1, share) });
    }
  }
  pairs.sort((a, b) => b.overlap - a.overlap);
  const usedBefore = new Set<EditSpace>();
  const usedFound = new Set<PlanSpace>();
  return pairs.filter((pair) => {
    if (usedBefore.has(pair.space) || usedFound.has(pair.found)) return false;
    usedBefore.add(pair.space);
    usedFound.add(pair.found);
    return true;
  });
}
