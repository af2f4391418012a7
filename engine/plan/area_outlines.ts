// Area outlines that the drawing holds itself: closed polylines on area layers, one round each room.

import { overlap, union } from '../geometry/overlap.ts';
import { boxOf, counterClockwise, type Polygon, polygonArea, simplifyRing } from '../geometry/planar.ts';
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

/** Joins outlines without a label of their own to an outline they touch: strips of one area, with no wall between. */
export function joinStrips(
  outlines: readonly Polygon[],
  holdsLabel: (outline: Polygon) => boolean,
): Polygon[] {
  const labelled = outlines.filter(holdsLabel);
  let loose = outlines.filter((outline) => !labelled.includes(outline));
  for (let i = 0; i < labelled.length; i++) {
    for (let grown = true; grown; ) {
      grown = false;
      loose = loose.filter((strip) => {
        const joined = touching(labelled[i]!, strip);
        if (!joined) return true;
        labelled[i] = joined;
        grown = true;
        return false;
      });
    }
  }
  return [...labelled, ...loose];
}

/** The union of two outlines that share part of a border or overlap, else null. */
function touching(p: Polygon, q: Polygon): Polygon | null {
  const [a, b] = [boxOf(p.outer), boxOf(q.outer)];
  if (
    a[0] > b[2] + SIZES.snap ||
    b[0] > a[2] + SIZES.snap ||
    a[1] > b[3] + SIZES.snap ||
    b[1] > a[3] + SIZES.snap
  )
    return null;
  const joined = union([p, q]);
  if (joined.length !== 1) return null;
  return { outer: simplifyRing(counterClockwise(joined[0]!.outer), SIZES.snap), holes: joined[0]!.holes };
}
