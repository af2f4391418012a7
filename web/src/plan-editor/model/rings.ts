// Changing a ring corner by corner: move, add, remove, and whether what comes out is still a room's outline.
import type { PlanPoint, PlanRing } from '../../../../contract/plan.ts';
import { areaOf, eachEdge } from './geometry.ts';

export function distance(a: PlanPoint, b: PlanPoint): number {
  return Math.hypot(b[0] - a[0], b[1] - a[1]);
}
export function between(a: PlanPoint, b: PlanPoint): PlanPoint {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}

/** The edge `index` runs from corner `index` to the next one. */
export function edgeOf(ring: PlanRing, index: number): [PlanPoint, PlanPoint] | null {
  const a = ring[index];
  const b = ring[(index + 1) % ring.length];
  return a && b ? [a, b] : null;
}

export function moveCorner(ring: PlanRing, index: number, to: PlanPoint): PlanRing {
  return ring.map((point, at) => (at === index ? to : point));
}

/** A new corner on the edge after corner `edge`; it gets the index `edge + 1`. */
export function addCorner(ring: PlanRing, edge: number, at: PlanPoint): PlanRing {
  return [...ring.slice(0, edge + 1), at, ...ring.slice(edge + 1)];
}

/** Null where only a triangle is left: a room has at least three corners. */
export function removeCorner(ring: PlanRing, index: number): PlanRing | null {
  return ring.length > 3 ? ring.filter((_point, at) => at !== index) : null;
}

/** The corners before and after, and those one further: what right angles are measured against. */
export function around(ring: PlanRing, index: number) {
  const at = (step: number) => ring[(index + step + ring.length * 2) % ring.length] as PlanPoint;
  return { before: at(-1), after: at(1), further_before: at(-2), further_after: at(2) };
}

function side(a: PlanPoint, b: PlanPoint, c: PlanPoint): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

function cross(a: PlanPoint, b: PlanPoint, c: PlanPoint, d: PlanPoint): boolean {
  const one = side(a, b, c);
  const two = side(a, b, d);
  const three = side(c, d, a);
  const four = side(c, d, b);
  return one * two < 0 && three * four < 0;
}

/** What is wrong with an outline, for the person drawing it; null where nothing is. */
export function faultOf(ring: PlanRing): string | null {
  if (ring.length < 3) return 'A room needs at least three corners.';
  const edges: [PlanPoint, PlanPoint][] = [];
  eachEdge(ring, (a, b) => edges.push([a, b]));
  for (let i = 0; i < edges.length; i++) {
    for (let j = i + 2; j < edges.length; j++) {
      if (i === 0 && j === edges.length - 1) continue;
      const [a, b] = edges[i]!;
      const [c, d] = edges[j]!;
      if (cross(a, b, c, d)) return 'The outline crosses itself.';
    }
  }
  const longest = Math.max(...edges.map(([a, b]) => distance(a, b)));
  return areaOf(ring) < longest * longest * 1e-6 ? 'The outline encloses nothing.' : null;
}

/** Even-odd, outline and holes. */
export function isInside(rings: readonly PlanRing[], [x, y]: PlanPoint): boolean {
  let inside = false;
  for (const ring of rings) {
    eachEdge(ring, (a, b) => {
      if (a[1] > y !== b[1] > y && x < a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0])) inside = !inside;
    });
  }
  return inside;
}

/** The corner or the middle of an edge within reach of a point: what a press takes hold of. Corners win. */
export function gripAt(
  ring: PlanRing,
  at: PlanPoint,
  reach: number,
): { kind: 'corner' | 'middle'; index: number } | null {
  let best: { kind: 'corner' | 'middle'; index: number } | null = null;
  let least = reach;
  for (let index = 0; index < ring.length; index++) {
    const far = distance(ring[index]!, at);
    if (far <= least) {
      least = far;
      best = { kind: 'corner', index };
    }
  }
  if (best) return best;
  for (let index = 0; index < ring.length; index++) {
    const edge = edgeOf(ring, index);
    // On an edge that is short on screen the middle would hide the corners.
    if (!edge || distance(...edge) < reach * 3) continue;
    const far = distance(between(...edge), at);
    if (far <= least) {
      least = far;
      best = { kind: 'middle', index };
    }
  }
  return best;
}
