// The largest circle inside a polygon: the pole of inaccessibility, for label points and for telling walls from rooms.
import polylabel from 'polylabel';
import { boxOf, type Point, type Polygon } from './planar.ts';

export type Circle = { centre: Point; radius: number };

/** Longer than this many times its width, a polygon is a sliver: the search would begin with as many cells. */
const SLIVER = 2000;
/** Finest search, as a share of the polygon's length: long strips have their greatest distance all along. */
const FINEST = 1 / 20_000;

/** Centre and radius of the largest inscribed circle, to within `precision` (same unit as the polygon). */
export function inscribedCircle(polygon: Polygon, precision: number): Circle {
  const [x0, y0, x1, y1] = boxOf(polygon.outer);
  const [width, height] = [x1 - x0, y1 - y0];
  const long = Math.max(width, height);
  if (!(Math.min(width, height) * SLIVER > long)) return sliverCircle(polygon, width >= height ? 0 : 1);
  const rings = [polygon.outer, ...polygon.holes].map((ring) => [...ring, ring[0]!].map((p) => [p[0], p[1]]));
  const pole = polylabel(rings as [number, number][][], Math.max(precision, long * FINEST));
  return { centre: [pole[0], pole[1]], radius: Math.max(0, pole.distance) };
}

/** Of a sliver: the middle of its widest piece on the line across its middle; `along` is the axis of its length. */
function sliverCircle(polygon: Polygon, along: 0 | 1): Circle {
  const across = along === 0 ? 1 : 0;
  const box = boxOf(polygon.outer);
  const middle = (box[along]! + box[along + 2]!) / 2;
  const cuts = [polygon.outer, ...polygon.holes]
    .flatMap((ring) =>
      ring.flatMap((p, i) => {
        const q = ring[(i + 1) % ring.length]!;
        if (p[along] > middle === q[along] > middle) return [];
        const t = (middle - p[along]) / (q[along] - p[along]);
        return [p[across] + t * (q[across] - p[across])];
      }),
    )
    .sort((p, q) => p - q);
  let [low, high] = [box[across]!, box[across]!];
  for (let i = 0; i + 1 < cuts.length; i += 2)
    if (cuts[i + 1]! - cuts[i]! > high - low) [low, high] = [cuts[i]!, cuts[i + 1]!];
  const other = (low + high) / 2;
  return { centre: along === 0 ? [middle, other] : [other, middle], radius: (high - low) / 2 };
}
