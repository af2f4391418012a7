// Affine transforms of the plane, as DXF block references need them.
import type { Point } from '../../geometry/planar.ts';

/** x' = a·x + c·y + e, y' = b·x + d·y + f */
export type Transform = { a: number; b: number; c: number; d: number; e: number; f: number };

export const IDENTITY: Transform = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 };

export function apply(m: Transform, p: Point): Point {
  return [m.a * p[0] + m.c * p[1] + m.e, m.b * p[0] + m.d * p[1] + m.f];
}

/** The transform that does `inner` first, then `outer`. */
export function compose(outer: Transform, inner: Transform): Transform {
  return {
    a: outer.a * inner.a + outer.c * inner.b,
    b: outer.b * inner.a + outer.d * inner.b,
    c: outer.a * inner.c + outer.c * inner.d,
    d: outer.b * inner.c + outer.d * inner.d,
    e: outer.a * inner.e + outer.c * inner.f + outer.e,
    f: outer.b * inner.e + outer.d * inner.f + outer.f,
  };
}

/**
 * Where a flat entity's own plane lies in plan: the arbitrary axis algorithm of the Autodesk DXF reference
 * ("Object Coordinate Systems"). `height` is the elevation along the extrusion direction.
 */
export function ownPlane(extrusion: readonly [number, number, number], height: number): Transform {
  const length = Math.hypot(...extrusion);
  const [nx, ny, nz] =
    length > 0 ? (extrusion.map((v) => v / length) as [number, number, number]) : [0, 0, 1];
  if (nx === 0 && ny === 0 && nz > 0) return IDENTITY;
  const steep = Math.abs(nx) < 1 / 64 && Math.abs(ny) < 1 / 64;
  const [ax, ay, az] = unit(steep ? [nz, 0, -nx] : [-ny, nx, 0]);
  return { a: ax, b: ay, c: ny * az - nz * ay, d: nz * ax - nx * az, e: nx * height, f: ny * height };
}

function unit(v: readonly [number, number, number]): [number, number, number] {
  const length = Math.hypot(...v) || 1;
  return [v[0] / length, v[1] / length, v[2] / length];
}

/** Block placement: base point to the insertion point, scaled, turned by degrees, within the plane of the reference. */
export function placement(
  base: Point,
  at: Point,
  scale: Point,
  degrees: number,
  offset: Point,
  plane: Transform,
): Transform {
  const angle = (degrees * Math.PI) / 180;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const turned: Transform = {
    a: cos * scale[0],
    b: sin * scale[0],
    c: -sin * scale[1],
    d: cos * scale[1],
    e: at[0] + cos * offset[0] - sin * offset[1],
    f: at[1] + sin * offset[0] + cos * offset[1],
  };
  const based = compose(turned, { ...IDENTITY, e: -base[0], f: -base[1] });
  return compose(plane, based);
}

/** Mean factor by which lengths grow. */
export function growth(m: Transform): number {
  return Math.sqrt(Math.abs(m.a * m.d - m.b * m.c));
}
