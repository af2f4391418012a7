// Matches the rooms of a new reading with those stored: what a person said of a room stays with it. Pure.
import type { PlanSpace } from '../../../contract/plan.ts';
import { overlap } from '../../../engine/geometry/overlap.ts';

export interface KnownSpace {
  id: string;
  source_polygon: [number, number][];
  manually_edited: boolean;
}

export interface Reconciled {
  /** Rooms found again: the stored id and the new reading. */
  updated: { id: string; manually_edited: boolean; space: PlanSpace }[];
  added: PlanSpace[];
  /** Stored rooms that the new reading does not have. */
  removed: string[];
}

const SAME_ROOM_IOU = 0.5;

/** Pairs by overlap of the outlines in the file's own coordinates, the best overlap first. */
export function reconcile(known: KnownSpace[], found: PlanSpace[]): Reconciled {
  const pairs: { known: KnownSpace; space: PlanSpace; iou: number }[] = [];
  for (const one of known) {
    for (const space of found) {
      if (!boxesTouch(one.source_polygon, space.source_polygon)) continue;
      const iou = overlap(
        { outer: one.source_polygon, holes: [] },
        { outer: space.source_polygon, holes: [] },
      );
      if (iou >= SAME_ROOM_IOU) pairs.push({ known: one, space, iou });
    }
  }
  pairs.sort((a, b) => b.iou - a.iou);
  const usedKnown = new Set<string>();
  const usedFound = new Set<PlanSpace>();
  const updated: Reconciled['updated'] = [];
  for (const pair of pairs) {
    if (usedKnown.has(pair.known.id) || usedFound.has(pair.space)) continue;
    usedKnown.add(pair.known.id);
    usedFound.add(pair.space);
    updated.push({ id: pair.known.id, manually_edited: pair.known.manually_edited, space: pair.space });
  }
  return {
    updated,
    added: found.filter((space) => !usedFound.has(space)),
    removed: known.filter((one) => !usedKnown.has(one.id)).map((one) => one.id),
  };
}

function boxOf(ring: [number, number][]): [number, number, number, number] {
  let box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of ring)
    box = [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)];
  return box;
}

function boxesTouch(a: [number, number][], b: [number, number][]): boolean {
  const [ax0, ay0, ax1, ay1] = boxOf(a);
  const [bx0, by0, bx1, by1] = boxOf(b);
  return ax0 <= bx1 && bx0 <= ax1 && ay0 <= by1 && by0 <= ay1;
}
