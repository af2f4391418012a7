// Plane geometry of drawings: rings of [x, y] points, first point not repeated. Any unit; plain values only.
import type { PlanPoint, PlanRing } from '../../../../contract/plan.ts';

export interface Box {
  min_x: number;
  min_y: number;
  max_x: number;
  max_y: number;
}

export function boxOf(rings: Iterable<PlanRing>): Box | null {
  const box = { min_x: Infinity, min_y: Infinity, max_x: -Infinity, max_y: -Infinity };
  for (const ring of rings) {
    for (const [x, y] of ring) {
      box.min_x = Math.min(box.min_x, x);
      box.min_y = Math.min(box.min_y, y);
      box.max_x = Math.max(box.max_x, x);
      box.max_y = Math.max(box.max_y, y);
    }
  }
  return Number.isFinite(box.min_x) ? box : null;
}

/** Absolute area (shoelace). */
export function areaOf(ring: PlanRing): number {
  let twice = 0;
  eachEdge(ring, (a, b) => {
    twice += a[0] * b[1] - b[0] * a[1];
  });
  return Math.abs(twice) / 2;
}

export function eachEdge(ring: PlanRing, visit: (a: PlanPoint, b: PlanPoint) => void): void {
  let a = ring.at(-1);
  for (const b of ring) {
    if (a) visit(a, b);
    a = b;
  }
}

/** "M…Z" of rings, holes included by the even-odd rule. */
export function pathOf(rings: readonly PlanRing[]): string {
  return rings
    .filter((ring) => ring.length > 2)
    .map((ring) => `M${ring.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}Z`)
    .join('');
}

/** Three decimals: an eightieth of an inch in feet. */
export function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** The horizontal line through (x, y) as far as it stays inside the rings (an outer one and its holes). */
export function chordAt(rings: readonly PlanRing[], x: number, y: number): { from: number; to: number } {
  let from = -Infinity;
  let to = Infinity;
  for (const ring of rings) {
    eachEdge(ring, (a, b) => {
      if (a[1] > y === b[1] > y) return;
      const at = a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0]);
      if (at <= x) from = Math.max(from, at);
      else to = Math.min(to, at);
    });
  }
  return Number.isFinite(from) && Number.isFinite(to) ? { from, to } : { from: x, to: x };
}

export interface Nearest {
  distance: number;
  /** The nearest point of the ring. */
  x: number;
  y: number;
  /** Unit vector along the edge. */
  along: PlanPoint;
}

/** The nearest point of any of the rings' edges. */
export function nearestOn(rings: readonly PlanRing[], x: number, y: number): Nearest | null {
  let best: Nearest | null = null;
  const look = (a: PlanPoint, b: PlanPoint) => {
    const dx = b[0] - a[0];
    const dy = b[1] - a[1];
    const length = Math.hypot(dx, dy);
    if (length < 1e-9) return;
    const t = Math.max(0, Math.min(1, ((x - a[0]) * dx + (y - a[1]) * dy) / (length * length)));
    const px = a[0] + t * dx;
    const py = a[1] + t * dy;
    const distance = Math.hypot(x - px, y - py);
    if (!best || distance < best.distance)
      best = { distance, x: px, y: py, along: [dx / length, dy / length] };
  };
  for (const ring of rings) eachEdge(ring, look);
  return best;
}
