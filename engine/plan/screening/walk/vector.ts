// Small vector helpers of the walking geometry, all in feet.
import { nearestOnSegment, type Point } from '../../../geometry/planar.ts';

export function add(p: Point, d: Point, by = 1): Point {
  return [p[0] + d[0] * by, p[1] + d[1] * by];
}

/** Unit vector from a to b; (1, 0) where they coincide. */
export function unit(a: Point, b: Point): Point {
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
  return length < 1e-12 ? [1, 0] : [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
}

/** The vector turned by an angle in radians, counter-clockwise. */
export function turned(d: Point, angle: number): Point {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [d[0] * cos - d[1] * sin, d[0] * sin + d[1] * cos];
}

export function cross(o: Point, a: Point, b: Point): number {
  return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
}

/** Whether the segments cross at an inner point of both (touching ends and overlaps do not count). */
export function crosses(a: Point, b: Point, c: Point, d: Point): boolean {
  const [p, q] = [cross(a, b, c), cross(a, b, d)];
  const [r, s] = [cross(c, d, a), cross(c, d, b)];
  const near = 1e-9;
  return (
    ((p > near && q < -near) || (p < -near && q > near)) &&
    ((r > near && s < -near) || (r < -near && s > near))
  );
}

/** Least distance of two segments. */
export function segmentDistance(a: Point, b: Point, c: Point, d: Point): number {
  if (crosses(a, b, c, d)) return 0;
  return Math.min(
    nearestOnSegment(a, c, d).distance,
    nearestOnSegment(b, c, d).distance,
    nearestOnSegment(c, a, b).distance,
    nearestOnSegment(d, a, b).distance,
  );
}

export function lengthOf(path: readonly Point[]): number {
  let sum = 0;
  for (let i = 1; i < path.length; i++)
    sum += Math.hypot(path[i]![0] - path[i - 1]![0], path[i]![1] - path[i - 1]![1]);
  return sum;
}

/** The point at this distance along the path, and the unit direction there. */
export function alongPath(path: readonly Point[], at: number): { point: Point; heading: Point } {
  let left = at;
  for (let i = 1; i < path.length; i++) {
    const [a, b] = [path[i - 1]!, path[i]!];
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    if (length > 0 && (left < length || i === path.length - 1)) {
      const t = Math.min(1, left / length);
      return { point: [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t], heading: unit(a, b) };
    }
    left -= length;
  }
  return { point: path[0] ?? [0, 0], heading: [1, 0] };
}
