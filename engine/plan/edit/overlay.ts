// Unions, differences and intersections of outlines, by the faces their edges enclose: edges that all but coincide, as
// the sides of rooms and walls at any angle do, are one edge here, where a sweep gives up or loses a piece. Local
// coordinates.
import { ArrangementTooLarge, arrange, type Segment } from '../../geometry/arrangement.ts';
import { inscribedCircle } from '../../geometry/inscribed.ts';
import {
  boxOf,
  distance,
  inPolygon,
  type Point,
  type Polygon,
  perimeter,
  polygonArea,
} from '../../geometry/planar.ts';
import { EditError } from './errors.ts';

/** Points closer than this share of the whole extent are one. */
const TOLERANCE = 1e-7;

/** The floor where `keep` holds of the polygons that cover it, as outlines with holes. */
function overlay(polygons: readonly Polygon[], keep: (covered: readonly boolean[]) => boolean): Polygon[] {
  const box = boxOf(polygons.flatMap((polygon) => polygon.outer));
  const size = Math.max(box[2] - box[0], box[3] - box[1]);
  if (!(size > 0)) return [];
  const tolerance = size * TOLERANCE;
  const kept = (face: Polygon) => {
    const inner = pointInside(face);
    return keep(polygons.map((polygon) => inPolygon(inner, polygon)));
  };
  const faces = facesOf(edgesOf(polygons), tolerance);
  const inside = faces.map(kept);
  const boundary = faces.flatMap((face, i): Segment[] =>
    inside[i] === true
      ? face.edges
          .filter((edge) => inside[edge.across] !== true)
          .map(({ a, b }): Segment => ({ a, b, tag: 0 }))
      : [],
  );
  return facesOf(boundary, tolerance)
    .filter(kept)
    .map(({ outer, holes }) => ({ outer, holes }));
}

export function join(polygons: readonly Polygon[]): Polygon[] {
  return overlay(polygons, (covered) => covered.includes(true));
}

export function subtract(from: Polygon, what: readonly Polygon[]): Polygon[] {
  const near = what.filter((polygon) => touch(from, polygon));
  if (near.length === 0) return [from];
  return overlay([from, ...near], ([own, ...taken]) => own === true && !taken.includes(true));
}

export function common(a: Polygon, b: Polygon): Polygon[] {
  if (!touch(a, b)) return [];
  return overlay([a, b], ([first, second]) => first === true && second === true);
}

function touch(a: Polygon, b: Polygon): boolean {
  const [p, q] = [boxOf(a.outer), boxOf(b.outer)];
  return p[0] < q[2] && q[0] < p[2] && p[1] < q[3] && q[1] < p[3];
}

/** A point of the face, well away from its edges for its width. */
function pointInside(face: Polygon): Point {
  const ring = face.outer;
  const lengths = ring.map((a, i) => distance(a, ring[(i + 1) % ring.length]!));
  const order = lengths.map((_, i) => i).sort((i, j) => lengths[j]! - lengths[i]!);
  const width = polygonArea(face) / perimeter(ring);
  for (const by of [width / 2, width / 8, width / 64]) {
    for (const i of order.slice(0, 12)) {
      const a = ring[i]!;
      const b = ring[(i + 1) % ring.length]!;
      const p: Point = [
        (a[0] + b[0]) / 2 - ((b[1] - a[1]) / lengths[i]!) * by,
        (a[1] + b[1]) / 2 + ((b[0] - a[0]) / lengths[i]!) * by,
      ];
      if (inPolygon(p, face)) return p;
    }
  }
  return inscribedCircle(face, width / 5).centre;
}

function edgesOf(polygons: readonly Polygon[]): Segment[] {
  return polygons
    .flatMap((polygon) => [polygon.outer, ...polygon.holes])
    .flatMap((ring) => ring.map((a, i): Segment => ({ a, b: ring[(i + 1) % ring.length]!, tag: 0 })));
}

function facesOf(segments: readonly Segment[], tolerance: number) {
  try {
    return arrange(segments, tolerance).faces;
  } catch (error) {
    if (!(error instanceof ArrangementTooLarge)) throw error;
    throw new EditError('These outlines cross each other too many times; draw simpler ones.');
  }
}
