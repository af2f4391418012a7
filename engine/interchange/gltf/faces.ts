/**
 * Bodies of models as triangles: parts of products, and polygons of the plan raised from one height to another. Metres, y up;
 * y of the plan is -z of the model.
 */
import earcut from 'earcut';
import type { Solid } from '../../drawing/solids.ts';
import type { Polygon } from '../../geometry/planar.ts';

export const M_PER_FT = 0.3048;
export const M_PER_IN = 0.0254;
const CIRCLE_SIDES = 16;

export interface Faces {
  positions: number[];
  normals: number[];
  indices: number[];
}

export function joined(all: readonly Faces[]): Faces {
  const faces: Faces = { positions: [], normals: [], indices: [] };
  for (const one of all) {
    const from = faces.positions.length / 3;
    for (const value of one.positions) faces.positions.push(value);
    for (const value of one.normals) faces.normals.push(value);
    for (const index of one.indices) faces.indices.push(index + from);
  }
  return faces;
}

/** A part of a product in metres; cylinders are prisms of 16 sides whose edges touch the four sides of their box. */
export function facesOf(solid: Solid): Faces {
  const [x, z] = [solid.x * M_PER_IN, solid.z * M_PER_IN];
  const [w, d] = [(solid.width * M_PER_IN) / 2, (solid.depth * M_PER_IN) / 2];
  const [sides, turn] = solid.shape === 'box' ? [4, 0.5] : [CIRCLE_SIDES, 0];
  const ring = Array.from({ length: sides }, (_, i): [number, number] => {
    const angle = ((i + turn) / sides) * 2 * Math.PI;
    const [u, v] = [Math.cos(angle), Math.sin(angle)];
    return solid.shape === 'box' ? [x + Math.sign(u) * w, -z + Math.sign(v) * d] : [x + u * w, -z + v * d];
  });
  const y = solid.y * M_PER_IN;
  const half = (solid.height * M_PER_IN) / 2;
  return raised([ring], y - half, y + half);
}

export function prism(polygon: Polygon, low: number, high: number): Faces {
  return raised(metres(polygon), low, high);
}

type Corner = readonly [number, number];

function metres(polygon: Polygon): Corner[][] {
  return [polygon.outer, ...polygon.holes].map((ring) =>
    ring.map(([x, y]): Corner => [x * M_PER_FT, y * M_PER_FT]),
  );
}

/** Outer ring counter-clockwise, holes clockwise. */
function orderly(rings: readonly (readonly Corner[])[]): Corner[][] {
  return rings.map((ring, i) => (signed(ring) > 0 === (i === 0) ? [...ring] : [...ring].reverse()));
}

/** Triangles over rings with holes, counter-clockwise seen from above. */
function covered(rings: readonly (readonly Corner[])[]): {
  corners: Corner[];
  triangles: [number, number, number][];
} {
  const corners = rings.flat();
  const holes = rings
    .slice(1)
    .map((_, i) => rings.slice(0, i + 1).reduce((sum, ring) => sum + ring.length, 0));
  const found = earcut(corners.flat(), holes);
  const triangles: [number, number, number][] = [];
  for (let t = 0; t < found.length; t += 3) {
    const [i, j, k] = [found[t]!, found[t + 1]!, found[t + 2]!];
    const [a, b, c] = [corners[i]!, corners[j]!, corners[k]!];
    const left = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0;
    triangles.push(left ? [i, j, k] : [i, k, j]);
  }
  return { corners, triangles };
}

/** The upper side of a polygon of the plan (feet), at a height in metres. */
export function flat(polygon: Polygon, height: number): Faces {
  const { corners, triangles } = covered(orderly(metres(polygon)));
  const faces: Faces = { positions: [], normals: [], indices: [] };
  for (const [x, y] of corners) {
    faces.positions.push(x, height, -y);
    faces.normals.push(0, 1, 0);
  }
  for (const triangle of triangles) faces.indices.push(...triangle);
  return faces;
}

/** Rings of the plan raised into a body. */
function raised(given: readonly (readonly Corner[])[], low: number, high: number): Faces {
  const rings = orderly(given);
  const faces: Faces = { positions: [], normals: [], indices: [] };
  const point = (x: number, y: number, z: number, normal: readonly [number, number, number]) => {
    faces.positions.push(x, y, z);
    faces.normals.push(...normal);
    return faces.positions.length / 3 - 1;
  };
  for (const ring of rings)
    ring.forEach(([x0, y0], i) => {
      const [x1, y1] = ring[(i + 1) % ring.length]!;
      const length = Math.hypot(x1 - x0, y1 - y0);
      if (length < 1e-9) return;
      const normal: [number, number, number] = [(y1 - y0) / length, 0, (x1 - x0) / length];
      const corners = [
        point(x0, low, -y0, normal),
        point(x1, low, -y1, normal),
        point(x1, high, -y1, normal),
        point(x0, high, -y0, normal),
      ] as const;
      faces.indices.push(corners[0], corners[1], corners[2], corners[0], corners[2], corners[3]);
    });
  const { corners, triangles } = covered(rings);
  for (const [height, up] of [
    [high, 1],
    [low, -1],
  ] as const) {
    const from = faces.positions.length / 3;
    for (const [x, y] of corners) point(x, height, -y, [0, up, 0]);
    for (const [a, b, c] of triangles)
      faces.indices.push(from + a, from + (up > 0 ? b : c), from + (up > 0 ? c : b));
  }
  return faces;
}

function signed(ring: readonly (readonly [number, number])[]): number {
  return ring.reduce((sum, [x, y], i) => {
    const [p, q] = ring[(i + 1) % ring.length]!;
    return sum + x * q - p * y;
  }, 0);
}
