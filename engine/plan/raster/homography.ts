// Projective maps of the plane: how a photographed sheet lies in the picture.
import type { Point } from '../../geometry/planar.ts';

/** Three by three map, row by row. */
export type Homography = readonly [number, number, number, number, number, number, number, number, number];

export const SAME: Homography = [1, 0, 0, 0, 1, 0, 0, 0, 1];

export function mapPoint(h: Homography, [x, y]: Point): Point {
  const w = h[6] * x + h[7] * y + h[8];
  return [(h[0] * x + h[1] * y + h[2]) / w, (h[3] * x + h[4] * y + h[5]) / w];
}

/** The map that does b first, then a. */
export function after(a: Homography, b: Homography): Homography {
  const at = (i: number, j: number) =>
    a[3 * i]! * b[j]! + a[3 * i + 1]! * b[3 + j]! + a[3 * i + 2]! * b[6 + j]!;
  return [at(0, 0), at(0, 1), at(0, 2), at(1, 0), at(1, 1), at(1, 2), at(2, 0), at(2, 1), at(2, 2)];
}

export function inverse(h: Homography): Homography {
  const [a, b, c, d, e, f, g, i, j] = h;
  const det = a * (e * j - f * i) - b * (d * j - f * g) + c * (d * i - e * g);
  return [
    (e * j - f * i) / det,
    (c * i - b * j) / det,
    (b * f - c * e) / det,
    (f * g - d * j) / det,
    (a * j - c * g) / det,
    (c * d - a * f) / det,
    (d * i - e * g) / det,
    (b * g - a * i) / det,
    (a * e - b * d) / det,
  ];
}

/** A tilt of the plane that leaves the middle (mx, my) where it is: w = 1 + px (x − mx) + py (y − my). */
export function tilt(px: number, py: number, mx: number, my: number): Homography {
  const k = px * mx + py * my;
  return [1 + px * mx, py * mx, -k * mx, px * my, 1 + py * my, -k * my, px, py, 1 - k];
}

/** A linear map about the middle. */
export function about(a: number, b: number, c: number, d: number, mx: number, my: number): Homography {
  return [a, b, mx - a * mx - b * my, c, d, my - c * mx - d * my, 0, 0, 1];
}
