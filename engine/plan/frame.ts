// The working frame: source coordinates to feet near the origin, so that thresholds are in feet and numbers stay small.
import { boxOf, type Point, type Ring } from '../geometry/planar.ts';
import type { Linework } from './linework.ts';

export type Frame = {
  feetPerUnit: number;
  toFeet(p: Point): Point;
  toSource(p: Point): Point;
  ringToSource(ring: readonly Point[]): Ring;
};

/** A frame at a scale in feet per source unit, with its origin at the drawing's lower left. */
export function makeFrame(linework: Linework, feetPerUnit: number): Frame {
  const [x0, y0] = originOf(linework);
  const toSource = (p: Point): Point => [p[0] / feetPerUnit + x0, p[1] / feetPerUnit + y0];
  return {
    feetPerUnit,
    toFeet: (p) => [(p[0] - x0) * feetPerUnit, (p[1] - y0) * feetPerUnit],
    toSource,
    ringToSource: (ring) => ring.map(toSource),
  };
}

function originOf(linework: Linework): Point {
  const box = boxOf(linework.strokes.map((stroke) => stroke.a));
  return Number.isFinite(box[0]) ? [box[0], box[1]] : [0, 0];
}
