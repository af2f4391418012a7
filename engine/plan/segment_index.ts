// Ray and neighbourhood queries over many segments.
import Flatbush from 'flatbush';
import { ArrangementTooLarge } from '../geometry/arrangement.ts';
import { nearestOnSegment, type Point } from '../geometry/planar.ts';

export type Line = { a: Point; b: Point };
export type Hit = { line: number; distance: number; point: Point };

/** Shares of a ray's reach that are looked at one after the other. */
const LOOKS = [1 / 16, 1 / 4, 1] as const;

/** Neighbours that may be looked at in all: a storey needs a hundredth, lines crossing everywhere need billions. */
const MOST_NEIGHBOURS = 12_000_000;

export class SegmentIndex<T extends Line> {
  readonly lines: readonly T[];
  readonly #tree: Flatbush | null;
  readonly #budget: number;
  #neighbours = 0;

  /** `budget`: how many neighbours may be looked at in all, where the lines come from a file that may mean harm. */
  constructor(lines: readonly T[], budget: number = MOST_NEIGHBOURS) {
    this.lines = lines;
    this.#budget = budget;
    this.#tree = lines.length > 0 ? new Flatbush(lines.length) : null;
    for (const { a, b } of lines) {
      this.#tree?.add(Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[0], b[0]), Math.max(a[1], b[1]));
    }
    this.#tree?.finish();
  }

  /** Indices of lines whose box comes within `margin` of the box of a–b. Throws ArrangementTooLarge in a thicket. */
  near(a: Point, b: Point, margin: number): number[] {
    if (!this.#tree) return [];
    const found = this.#tree.search(
      Math.min(a[0], b[0]) - margin,
      Math.min(a[1], b[1]) - margin,
      Math.max(a[0], b[0]) + margin,
      Math.max(a[1], b[1]) + margin,
    );
    this.#neighbours += found.length;
    if (this.#neighbours > this.#budget) throw new ArrangementTooLarge();
    return found;
  }

  /** The first line hit from `from` in the unit direction `d`, after `skip` and up to `reach`. */
  ray(from: Point, d: Point, reach: number, skip: number): Hit | null {
    // Where lines are dense the first is near: a short look spares measuring all that lies farther on.
    for (const share of LOOKS) {
      const hit = this.#look(from, d, share * reach, skip);
      if (hit) return hit;
    }
    return null;
  }

  #look(from: Point, d: Point, reach: number, skip: number): Hit | null {
    const to: Point = [from[0] + d[0] * reach, from[1] + d[1] * reach];
    let best: Hit | null = null;
    for (const i of this.near(from, to, 0)) {
      const { a, b } = this.lines[i]!;
      const t = rayParameter(from, d, a, b);
      if (t === null || t <= skip || t > reach || (best && t >= best.distance)) continue;
      best = { line: i, distance: t, point: [from[0] + d[0] * t, from[1] + d[1] * t] };
    }
    return best;
  }

  /** Whether any line crosses p–q. */
  crosses(p: Point, q: Point): boolean {
    const length = Math.hypot(q[0] - p[0], q[1] - p[1]);
    return length > 0 && this.ray(p, [(q[0] - p[0]) / length, (q[1] - p[1]) / length], length, 0) !== null;
  }

  /** The nearest line to p within `reach`. */
  nearest(p: Point, reach: number, accept: (line: number) => boolean = () => true): Hit | null {
    let best: Hit | null = null;
    for (const i of this.near(p, p, reach)) {
      if (!accept(i)) continue;
      const { a, b } = this.lines[i]!;
      const found = nearestOnSegment(p, a, b);
      if (found.distance <= reach && (!best || found.distance < best.distance)) {
        best = { line: i, distance: found.distance, point: found.point };
      }
    }
    return best;
  }
}

/** Distance along the ray to segment a–b, or null where it misses (segments along the ray do not count). */
function rayParameter(from: Point, d: Point, a: Point, b: Point): number | null {
  const sx = b[0] - a[0];
  const sy = b[1] - a[1];
  const den = d[0] * sy - d[1] * sx;
  if (Math.abs(den) < 1e-9) return null;
  const t = ((a[0] - from[0]) * sy - (a[1] - from[1]) * sx) / den;
  const s = ((a[0] - from[0]) * d[1] - (a[1] - from[1]) * d[0]) / den;
  return s >= -1e-6 && s <= 1 + 1e-6 ? t : null;
}
