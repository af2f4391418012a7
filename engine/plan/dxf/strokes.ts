// Puts paths, outlines and arcs onto the sheet: placed, counted, and without what has no finite place or length.
import { distance, type Point } from '../../geometry/planar.ts';
import type { Origin } from '../linework.ts';
import { type Sheet, spend } from './sheet.ts';
import { apply, growth, type Transform } from './transform.ts';

/** Farther out than this, in drawing units, nothing of a building lies. */
const FARTHEST = 1e12;

export function finite(p: Point): boolean {
  return Math.abs(p[0]) < FARTHEST && Math.abs(p[1]) < FARTHEST;
}

export function addPath(path: readonly Point[], m: Transform, origin: Origin, sheet: Sheet, arc = -1): void {
  spend(sheet, path.length);
  for (let i = 1; i < path.length; i++) {
    const a = apply(m, path[i - 1]!);
    const b = apply(m, path[i]!);
    if (finite(a) && finite(b) && distance(a, b) > 0)
      sheet.linework.strokes.push({ a, b, origin, weight: -1, arc });
  }
}

export function addShape(
  ring: readonly Point[],
  m: Transform,
  origin: Origin,
  sheet: Sheet,
  filled: boolean,
): void {
  spend(sheet, ring.length);
  const placed = ring.map((p) => apply(m, p)).filter(finite);
  if (placed.length >= 3) sheet.linework.shapes.push({ ring: placed, origin, filled });
}

/** An outline: its shape and its sides. */
export function addClosed(
  ring: readonly Point[],
  m: Transform,
  origin: Origin,
  sheet: Sheet,
  filled: boolean,
): void {
  if (ring.length < 3) return;
  addShape(ring, m, origin, sheet, filled);
  addPath([...ring, ring[0]!], m, origin, sheet);
}

/** Remembers a circular arc (sweep in degrees) and gives its index, or -1; its pieces are strokes of their own. */
export function addArc(
  arc: { centre: Point; radius: number; start: Point; end: Point; sweep: number },
  m: Transform,
  origin: Origin,
  sheet: Sheet,
): number {
  const placed = {
    centre: apply(m, arc.centre),
    radius: arc.radius * growth(m),
    start: apply(m, arc.start),
    end: apply(m, arc.end),
    sweep: Math.abs(arc.sweep),
    origin,
  };
  const usable = placed.radius > 0 && placed.radius < FARTHEST && finite(placed.centre);
  if (!usable || !finite(placed.start) || !finite(placed.end)) return -1;
  return sheet.linework.arcs.push(placed) - 1;
}
