// The paths of a product's drawing as plain polylines, for files that know no SVG: arcs become short straight pieces.
import type { Shape } from './paths.ts';

export type Point = [number, number];
export interface Stroke {
  points: Point[];
  closed: boolean;
  tone: Shape['tone'];
}

/** Understands what paths.ts writes: M L h v a z with the absolute and relative meaning used there. */
export function strokesOf(shapes: readonly Shape[]): Stroke[] {
  return shapes.flatMap(({ d, tone }) => polylines(d).map((line) => ({ ...line, tone })));
}

function polylines(d: string): { points: Point[]; closed: boolean }[] {
  const found: { points: Point[]; closed: boolean }[] = [];
  let current: { points: Point[]; closed: boolean } | undefined;
  for (const [, command = '', rest = ''] of d.matchAll(/([MLhvaz])([^MLhvaz]*)/g)) {
    const numbers = (rest.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
    const last = current?.points.at(-1) ?? [0, 0];
    if (command === 'M') {
      current = { points: [[numbers[0] ?? 0, numbers[1] ?? 0]], closed: false };
      found.push(current);
    } else if (current === undefined) continue;
    else if (command === 'L') current.points.push([numbers[0] ?? 0, numbers[1] ?? 0]);
    else if (command === 'h') current.points.push([last[0] + (numbers[0] ?? 0), last[1]]);
    else if (command === 'v') current.points.push([last[0], last[1] + (numbers[0] ?? 0)]);
    else if (command === 'z') current.closed = true;
    else
      for (let at = 0; at + 6 < numbers.length; at += 7)
        current.points.push(...arc(current.points.at(-1) ?? last, numbers.slice(at, at + 7)));
  }
  for (const line of found) {
    const [first, last] = [line.points[0], line.points.at(-1)];
    if (line.closed && first && last && line.points.length > 2 && near(first, last)) line.points.pop();
  }
  return found.filter((line) => line.points.length > 1);
}

function near(a: Point, b: Point): boolean {
  return Math.abs(a[0] - b[0]) < 1e-6 && Math.abs(a[1] - b[1]) < 1e-6;
}

const STEP = Math.PI / 8;

/** Points after the first of `a rx ry 0 large sweep dx dy` from `from`, for arcs on the axes (rotation 0). */
function arc([x, y]: Point, [rx = 0, ry = 0, , large = 0, sweep = 0, dx = 0, dy = 0]: number[]): Point[] {
  const end: Point = [x + dx, y + dy];
  if (rx <= 0 || ry <= 0 || (dx === 0 && dy === 0)) return [end];
  // Half way between the ends in the space where the ellipse is a unit circle (SVG 2, implementation notes F.6.5).
  const [hx, hy] = [-dx / 2 / rx, -dy / 2 / ry];
  const far = Math.hypot(hx, hy);
  const k = far >= 1 ? 0 : Math.sqrt(1 - far * far) / far;
  const side = large === sweep ? -1 : 1;
  const scale = Math.max(far, 1);
  const [cx, cy] = [side * k * hy, -side * k * hx];
  const from = Math.atan2(hy - cy, hx - cx);
  let turn = Math.atan2(-hy - cy, -hx - cx) - from;
  if (sweep === 0 && turn > 0) turn -= 2 * Math.PI;
  if (sweep !== 0 && turn < 0) turn += 2 * Math.PI;
  const pieces = Math.max(1, Math.ceil(Math.abs(turn) / STEP));
  const middle: Point = [x + dx / 2 + cx * rx, y + dy / 2 + cy * ry];
  return Array.from({ length: pieces }, (_, i): Point => {
    if (i === pieces - 1) return end;
    const angle = from + (turn * (i + 1)) / pieces;
    return [middle[0] + Math.cos(angle) * rx * scale, middle[1] + Math.sin(angle) * ry * scale];
  });
}
