// Between the scene and the file's own coordinates, which corrections and known distances are saved in.
import type { PlanDocument, PlanPoint, PlanRing } from '../../../../contract/plan.ts';
import { type DrawnSpace, isScaled, yPointsUp } from './scene.ts';

export interface Frame {
  /** A point of the scene in the file's own coordinates; a corner of a room gives that corner's exact figures. */
  toSource: (point: PlanPoint) => PlanPoint;
  /** The file's coordinates on the scene. */
  toScene: (source: PlanPoint) => PlanPoint;
  /** The file's coordinates in feet, y up; null while the scale is unknown. */
  toFeet: ((source: PlanPoint) => PlanPoint) | null;
}

interface Axis {
  factor: number;
  offset: number;
}

/**
 * The relation is taken from the rooms and outlines, which carry both: source = offset + factor × plan on each axis.
 * Null while there is nothing to take it from.
 */
export function makeFrame(document: PlanDocument | null, spaces: readonly DrawnSpace[]): Frame | null {
  if (!isScaled(document, spaces)) {
    const flip = yPointsUp(document) ? -1 : 1;
    const turn = ([px, py]: PlanPoint): PlanPoint => [px, flip * py];
    return { toSource: turn, toScene: turn, toFeet: null };
  }
  const pairs: (readonly [PlanPoint, PlanPoint])[] = [];
  const collect = (ring: PlanRing, source: PlanRing) => {
    if (ring.length === source.length)
      for (let index = 0; index < ring.length; index++) pairs.push([ring[index]!, source[index]!]);
  };
  for (const space of spaces) collect(space.polygon, space.source_polygon);
  const outlines = document?.dimensions.outlines ?? [];
  outlines.forEach((ring, index) => {
    collect(ring, document?.dimensions.source_outlines[index] ?? []);
  });
  const x = fitAxis(pairs.map(([plan, source]) => [plan[0], source[0]]));
  const y = fitAxis(pairs.map(([plan, source]) => [plan[1], source[1]]));
  if (!x || !y) return null;
  const exact = new Map(pairs.map(([plan, source]) => [nameOf([plan[0], -plan[1]]), source]));
  return {
    toSource: (point) =>
      exact.get(nameOf(point)) ?? [x.offset + x.factor * point[0], y.offset - y.factor * point[1]],
    toScene: ([sx, sy]) => [(sx - x.offset) / x.factor, (y.offset - sy) / y.factor],
    toFeet: ([sx, sy]) => [(sx - x.offset) / x.factor, (sy - y.offset) / y.factor],
  };
}

function nameOf([x, y]: PlanPoint): string {
  return `${x === 0 ? 0 : x} ${y === 0 ? 0 : y}`;
}

function fitAxis(pairs: readonly (readonly [number, number])[]): Axis | null {
  let low = pairs[0];
  let high = pairs[0];
  for (const pair of pairs) {
    if (low && pair[0] < low[0]) low = pair;
    if (high && pair[0] > high[0]) high = pair;
  }
  if (!low || !high || high[0] - low[0] < 1e-9) return null;
  const factor = (high[1] - low[1]) / (high[0] - low[0]);
  return { factor, offset: low[1] - factor * low[0] };
}
