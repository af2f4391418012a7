// Boundary rings of DXF HATCH entities, polyline and edge paths.
import type { Point } from '../../geometry/planar.ts';
import { arcPoints, bulgePoints, ellipsePoints, fittedPoints, splinePoints } from './curves.ts';
import type { DxfEntity } from './document.ts';

/** The hatch's boundary rings in its own coordinates; damaged paths are left out. */
export function hatchRings(entity: DxfEntity): Point[][] {
  const cursor = new Cursor(entity);
  if (!cursor.seek(91)) return [];
  const paths = Math.min(2000, cursor.number());
  const rings: Point[][] = [];
  for (let i = 0; i < paths && cursor.seek(92); i++) {
    const flags = cursor.number();
    const ring = (flags & 2) !== 0 ? polylinePath(cursor) : edgePath(cursor);
    if (ring.length >= 3) rings.push(ring);
  }
  return rings;
}

class Cursor {
  readonly #entity: DxfEntity;
  #at = 0;

  constructor(entity: DxfEntity) {
    this.#entity = entity;
  }

  /** Moves to the next pair with this code, staying before the pattern data (75). */
  seek(code: number): boolean {
    for (let i = this.#at; i < this.#entity.codes.length; i++) {
      if (this.#entity.codes[i] === code) {
        this.#at = i;
        return true;
      }
      if (this.#entity.codes[i] === 75) return false;
    }
    return false;
  }

  peek(): number {
    return this.#entity.codes[this.#at] ?? -1;
  }

  number(): number {
    const value = Number(this.#entity.values[this.#at++]);
    return Number.isFinite(value) ? value : 0;
  }

  take(code: number): number {
    return this.seek(code) ? this.number() : 0;
  }

  point(): Point {
    return [this.take(10), this.take(20)];
  }
}

function polylinePath(cursor: Cursor): Point[] {
  const bulges = cursor.take(72) === 1;
  cursor.take(73);
  const count = Math.min(100_000, cursor.take(93));
  const corners: { at: Point; bulge: number }[] = [];
  for (let i = 0; i < count; i++) {
    const at = cursor.point();
    corners.push({ at, bulge: bulges && cursor.peek() === 42 ? cursor.number() : 0 });
  }
  const ring: Point[] = [];
  corners.forEach((corner, i) => {
    ring.push(...bulgePoints(corner.at, corners[(i + 1) % corners.length]!.at, corner.bulge));
  });
  return ring;
}

function edgePath(cursor: Cursor): Point[] {
  const count = Math.min(100_000, cursor.take(93));
  const ring: Point[] = [];
  for (let i = 0; i < count && cursor.seek(72); i++) {
    const kind = cursor.number();
    if (kind === 1) {
      ring.push(cursor.point(), [cursor.take(11), cursor.take(21)]);
    } else if (kind === 2) {
      const centre = cursor.point();
      const arc = arcEdge(centre, cursor.take(40), cursor.take(50), cursor.take(51), cursor.take(73) !== 0);
      ring.push(...arc);
    } else if (kind === 3) {
      ring.push(...ellipseEdge(cursor));
    } else if (kind === 4) {
      ring.push(...splineEdge(cursor));
    } else {
      return [];
    }
  }
  return ring.filter((p, i) => i === 0 || p[0] !== ring[i - 1]![0] || p[1] !== ring[i - 1]![1]);
}

function arcEdge(
  centre: Point,
  radius: number,
  from: number,
  to: number,
  counterClockwise: boolean,
): Point[] {
  return counterClockwise
    ? arcPoints(centre, radius, from, to)
    : arcPoints(centre, radius, -to, -from).reverse();
}

function ellipseEdge(cursor: Cursor): Point[] {
  const centre = cursor.point();
  const major: Point = [cursor.take(11), cursor.take(21)];
  const ratio = cursor.take(40);
  const [from, to] = [cursor.take(50), cursor.take(51)].map((v) => (v * Math.PI) / 180) as [number, number];
  return cursor.take(73) !== 0
    ? ellipsePoints(centre, major, ratio, from, to)
    : ellipsePoints(centre, major, -ratio, from, to);
}

/** Degree, flags, counts, then knots, control points with their weights, and fit points. */
function splineEdge(cursor: Cursor): Point[] {
  const degree = cursor.take(94);
  const rational = cursor.take(73) !== 0;
  cursor.take(74);
  const counts = [cursor.take(95), cursor.take(96)].map((n) => Math.max(0, Math.min(10_000, n)));
  const knots = Array.from({ length: counts[0]! }, () => cursor.take(40));
  const weights: number[] = [];
  const control = Array.from({ length: counts[1]! }, (): Point => {
    const p = cursor.point();
    if (rational) weights.push(cursor.take(42));
    return p;
  });
  return control.length > 1 ? splinePoints(degree, knots, control, weights) : fittedPoints(control, false);
}
