// Area outlines that the drawing holds itself: closed polylines on area layers, one round each room.

import { overlap } from '../geometry/overlap.ts';
import { counterClockwise, type Polygon, polygonArea, simplifyRing } from '../geometry/planar.ts';
import type { Frame } from './frame.ts';
import type { Linework } from './linework.ts';
import { SIZES } from './measures.data.ts';

/** Outlines in working feet, without repeats and without those that hold several others (gross areas). */
export function areaOutlines(linework: Linework, frame: Frame): Polygon[] {
  const outlines: Polygon[] = [];
  for (const shape of linework.shapes) {
    if (shape.origin.role !== 'area' || shape.origin.symbol >= 0) continue;
    const outer = simplifyRing(counterClockwise(shape.ring.map((p) => frame.toFeet(p))), SIZES.snap);
    const polygon = { outer, holes: [] };
    if (outer.length < 3 || polygonArea(polygon) < SIZES.room_area_unlabelled) continue;
    if (!outlines.some((other) => overlap(other, polygon) > 0.9)) outlines.push(polygon);
    if (outlines.length > 2000) break;
  }
  const total = outlines.reduce((sum, polygon) => sum + polygonArea(polygon), 0);
  return outlines.filter((polygon) => outlines.length < 3 || polygonArea(polygon) < 0.45 * total);
}
