// The largest circle inside a polygon: the pole of inaccessibility, for label points and for telling walls from rooms.
import polylabel from 'polylabel';
import type { Point, Polygon } from './planar.ts';

export type Circle = { centre: Point; radius: number };

/** Centre and radius of the largest inscribed circle, to within `precision` (same unit as the polygon). */
export function inscribedCircle(polygon: Polygon, precision: number): Circle {
  const rings = [polygon.outer, ...polygon.holes].map((ring) => [...ring, ring[0]!].map((p) => [p[0], p[1]]));
  const pole = polylabel(rings as [number, number][][], precision);
  return { centre: [pole[0], pole[1]], radius: Math.max(0, pole.distance) };
}
