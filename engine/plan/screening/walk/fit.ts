// Fitting floor areas between walls, columns and fixtures: the largest circle, a rectangle anywhere, one at a place.
import type { Point } from '../../../geometry/planar.ts';
import type { Floor } from './floor.ts';
import { crosses, unit } from './vector.ts';

export type Circle = { centre: Point; radius: number };

/**
 * The largest circle of free floor, feet, to within a quarter of an inch, in halls a five-hundredth of their width: cells
 * by their best chance, halved until none is better.
 */
export function largestCircle(floor: Floor): Circle | null {
  const [x0, y0, x1, y1] = floor.box();
  const size = Math.min(x1 - x0, y1 - y0) / 2;
  if (!(size > 0.01)) return null;
  const precision = Math.max(0.02, size / 250);
  const reach = Math.hypot(x1 - x0, y1 - y0);
  let best: Circle | null = null;
  const cells: { at: Point; half: number; most: number }[] = [];
  const look = (at: Point, half: number) => {
    const inside = floor.contains(at);
    const found = floor.room(at, reach);
    if (inside && (!best || found > best.radius)) best = { centre: at, radius: found };
    cells.push({ at, half, most: (inside ? found : -found) + half * Math.SQRT2 });
  };
  for (let x = x0 + size / 2; x < x1; x += size)
    for (let y = y0 + size / 2; y < y1; y += size) look([x, y], size / 2);
  for (let round = 0; round < 4000 && cells.length > 0; round++) {
    let top = 0;
    for (let i = 1; i < cells.length; i++) if (cells[i]!.most > cells[top]!.most) top = i;
    const [cell] = cells.splice(top, 1);
    if (!cell || cell.most - ((best as Circle | null)?.radius ?? 0) <= precision) break;
    const half = cell.half / 2;
    for (const dx of [-half, half])
      for (const dy of [-half, half]) look([cell.at[0] + dx, cell.at[1] + dy], half);
  }
  return best;
}

export function circleRing({ centre, radius }: Circle): Point[] {
  return Array.from({ length: 32 }, (_, i): Point => {
    const angle = (i / 32) * 2 * Math.PI;
    return [centre[0] + radius * Math.cos(angle), centre[1] + radius * Math.sin(angle)];
  });
}

/** A rectangle by its middle, its unit direction and half its sides. */
export function rectangle(at: Point, d: Point, along: number, across: number): Point[] {
  const corner = (s: number, t: number): Point => [
    at[0] + d[0] * s * along - d[1] * t * across,
    at[1] + d[1] * s * along + d[0] * t * across,
  ];
  return [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
}

/** Whether no wall comes into the convex ring (touching its edge is allowed). */
export function isFree(floor: Floor, ring: readonly Point[]): boolean {
  const xs = ring.map((p) => p[0]);
  const ys = ring.map((p) => p[1]);
  const near = floor.walls.near([Math.min(...xs), Math.min(...ys)], [Math.max(...xs), Math.max(...ys)], 0);
  return near.every((i) => {
    const { a, b } = floor.walls.lines[i]!;
    const middle: Point = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
    if ([a, b, middle].some((p) => strictlyIn(p, ring))) return false;
    return !ring.some((p, k) => crosses(p, ring[(k + 1) % ring.length]!, a, b));
  });
}

function strictlyIn(p: Point, ring: readonly Point[]): boolean {
  return ring.every((a, i) => {
    const b = ring[(i + 1) % ring.length]!;
    const side = (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);
    return side > 0.01 * Math.hypot(b[0] - a[0], b[1] - a[1]);
  });
}

/** A free place for a rectangle of these sides in feet, along the room's own walls, or null. */
export function fitRectangle(floor: Floor, width: number, length: number): Point[] | null {
  const [x0, y0, x1, y1] = floor.box();
  const step = Math.max(0.25, Math.sqrt(((x1 - x0) * (y1 - y0)) / 4000));
  for (const d of directions(floor)) {
    for (let x = x0; x <= x1; x += step) {
      for (let y = y0; y <= y1; y += step) {
        const at: Point = [x, y];
        if (floor.room(at, width / 2) < width / 2 - 0.02 || !floor.contains(at)) continue;
        const ring = rectangle(at, d, length / 2 - 0.01, width / 2 - 0.01);
        if (ring.every((p) => floor.contains(p)) && isFree(floor, ring)) return ring;
      }
    }
  }
  return null;
}

/** Directions of the room's longest walls, and across them. */
function directions(floor: Floor): Point[] {
  const long = [...floor.walls.lines]
    .sort(
      (p, q) => Math.hypot(q.b[0] - q.a[0], q.b[1] - q.a[1]) - Math.hypot(p.b[0] - p.a[0], p.b[1] - p.a[1]),
    )
    .slice(0, 3)
    .map(({ a, b }) => unit(a, b));
  const found: Point[] = [];
  for (const d of long.flatMap((u): Point[] => [u, [-u[1], u[0]]]))
    if (!found.some((e) => Math.abs(e[0] * d[0] + e[1] * d[1]) > 0.999)) found.push(d);
  return found;
}
