// Difference of polygon sets, for cutting rooms and openings out of wall bodies.
import polygonClipping from 'polygon-clipping';
import type { Polygon, Ring } from '../../geometry/planar.ts';

type Clip = [number, number][][];

function toClip(polygon: Polygon): Clip {
  return [polygon.outer, ...polygon.holes].map((ring) => [...ring, ring[0]!].map((p) => [p[0], p[1]]));
}

export function difference(from: readonly Polygon[], cut: readonly Polygon[]): Polygon[] {
  const [first, ...rest] = polygonClipping.difference(from.map(toClip), cut.map(toClip)) as Clip[];
  return [...(first ? [first] : []), ...rest].map((rings) => {
    const open = rings.map((ring): Ring => ring.slice(0, -1).map((p) => [p[0], p[1]]));
    return { outer: open[0] ?? [], holes: open.slice(1) };
  });
}
