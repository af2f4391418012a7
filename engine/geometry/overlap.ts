// Boolean operations on polygons through polygon-clipping, and the overlap measure (IoU) used for matching rooms.
import polygonClipping from 'polygon-clipping';
import { boxOf, type Polygon, polygonArea, type Ring, signedArea } from './planar.ts';

type ClipPolygon = [number, number][][];

function toClip(polygon: Polygon): ClipPolygon {
  return [polygon.outer, ...polygon.holes].map((ring) => [...ring, ring[0]!].map((p) => [p[0], p[1]]));
}

function fromClip(shapes: ClipPolygon[]): Polygon[] {
  return shapes.map((rings) => {
    const open = rings.map((ring): Ring => ring.slice(0, -1).map((p) => [p[0], p[1]]));
    return { outer: open[0] ?? [], holes: open.slice(1) };
  });
}

/** Union of polygons; inputs that the clipper cannot handle are returned unjoined. */
export function union(polygons: readonly Polygon[]): Polygon[] {
  const [first, ...rest] = polygons.map(toClip);
  if (!first) return [];
  try {
    return fromClip(polygonClipping.union(first, ...rest) as ClipPolygon[]);
  } catch {
    return [...polygons];
  }
}

/** The common parts; where the clipper gives up on nearly equal lines, both are rounded, ever more coarsely. */
export function intersection(a: Polygon, b: Polygon): Polygon[] {
  const [p, q] = [boxOf(a.outer), boxOf(b.outer)];
  if (p[0] > q[2] || q[0] > p[2] || p[1] > q[3] || q[1] > p[3]) return [];
  const size = Math.max(p[2] - p[0], p[3] - p[1]);
  for (const share of [0, 1e-8, 1e-6, 1e-4]) {
    try {
      const found = polygonClipping.intersection(
        rounded(toClip(a), share * size),
        rounded(toClip(b), share * size),
      );
      return fromClip(found as ClipPolygon[]);
    } catch {
      // Tried again with coarser coordinates.
    }
  }
  return [];
}

/** What is left of `from` without `cut`; where the clipper gives up, coordinates are rounded, ever more coarsely. */
export function difference(from: readonly Polygon[], cut: readonly Polygon[]): Polygon[] {
  if (from.length === 0) return [];
  const size = Math.max(
    ...from.map(({ outer }) => boxOf(outer)).map((b) => Math.max(b[2] - b[0], b[3] - b[1])),
  );
  for (const share of [0, 1e-8, 1e-6, 1e-4]) {
    try {
      const clip = (polygon: Polygon) => rounded(toClip(polygon), share * size);
      return fromClip(polygonClipping.difference(from.map(clip), ...cut.map(clip)) as ClipPolygon[]);
    } catch {
      // Tried again with coarser coordinates.
    }
  }
  return [...from];
}

function rounded(polygon: ClipPolygon, step: number): ClipPolygon {
  if (step === 0) return polygon;
  return polygon.map((ring) =>
    ring.map(([x, y]): [number, number] => [Math.round(x / step) * step, Math.round(y / step) * step]),
  );
}

export function areaOf(polygons: readonly Polygon[]): number {
  return polygons.reduce((sum, polygon) => sum + polygonArea(polygon), 0);
}

/** Intersection over union, 0 to 1. */
export function overlap(a: Polygon, b: Polygon): number {
  if (Math.abs(signedArea(a.outer)) === 0 || Math.abs(signedArea(b.outer)) === 0) return 0;
  const common = areaOf(intersection(a, b));
  const all = polygonArea(a) + polygonArea(b) - common;
  return all > 0 ? common / all : 0;
}
