// Compares an analysis with the truth: which rooms were found, how well, with which names.
import type { PlanDocument } from '../../../contract/plan.ts';
import { overlap } from '../../geometry/overlap.ts';
import { type Point, type Polygon, polygonArea } from '../../geometry/planar.ts';
import { toDrawing } from './dxf_writer.ts';
import type { GeneratedPlan } from './model.ts';

/** A true room in the file's own coordinates. */
export type Truth = { number: string | null; name: string | null; polygon: Polygon };
export type Score = {
  rooms: number;
  found_75: number;
  found_90: number;
  false_rooms: number;
  named: number;
  median_area_error: number;
  /** For each detected space: its confidence and its best overlap with a true room. */
  spaces: { confidence: number; iou: number }[];
};

/** True rooms with the names and numbers that the drawing shows. */
export function truthOf(plan: GeneratedPlan): Truth[] {
  return truthIn(plan, (p) => toDrawing(plan, p));
}

/** The same, with a point of the truth (feet) put into the file's coordinates by `place`. */
export function truthIn(plan: GeneratedPlan, place: (p: Point) => Point): Truth[] {
  const { labels } = plan.options;
  return plan.rooms.map((room) => ({
    number: labels === 'none' ? null : room.number,
    name: labels === 'both' ? room.name : null,
    polygon: {
      outer: room.polygon.outer.map(place),
      holes: room.polygon.holes.map((hole) => hole.map(place)),
    },
  }));
}

/** Each true room against the space that overlaps it most; a space that is no room's match at 0.75 is false. */
export function scorePlan(document: PlanDocument, truth: readonly Truth[]): Score {
  const shapes = document.spaces.map(
    (space): Polygon => ({ outer: space.source_polygon, holes: space.source_holes }),
  );
  const best = shapes.map(() => 0);
  const matched = new Set<number>();
  const errors: number[] = [];
  const score = { rooms: truth.length, found_75: 0, found_90: 0, named: 0 };
  for (const room of truth) {
    let at = -1;
    let iou = 0;
    shapes.forEach((shape, i) => {
      const value = overlap(room.polygon, shape);
      best[i] = Math.max(best[i]!, value);
      if (value > iou) [at, iou] = [i, value];
    });
    if (iou >= 0.9) score.found_90++;
    if (iou < 0.75) continue;
    score.found_75++;
    matched.add(at);
    errors.push(Math.abs(polygonArea(shapes[at]!) / polygonArea(room.polygon) - 1));
    const space = document.spaces[at]!;
    if (space.number === room.number && (space.name ?? '') === (room.name ?? '')) score.named++;
  }
  errors.sort((a, b) => a - b);
  return {
    ...score,
    false_rooms: shapes.length - matched.size,
    median_area_error: errors[errors.length >> 1] ?? 1,
    spaces: document.spaces.map((space, i) => ({ confidence: space.detection_confidence, iou: best[i]! })),
  };
}
