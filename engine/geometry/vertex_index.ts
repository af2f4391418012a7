// Gives points that lie within a tolerance of each other one number: a hash grid of known points.
import { distance, type Point } from './planar.ts';

/** One number for a cell; cells millions apart may share one, which costs a comparison and nothing else. */
function cellKey(x: number, y: number): number {
  return x * 67_108_864 + y;
}

export class VertexIndex {
  readonly points: Point[] = [];
  readonly #cells = new Map<number, number[]>();
  readonly #tolerance: number;

  constructor(tolerance: number) {
    this.#tolerance = tolerance;
  }

  /** Number of the known point nearest to p within the tolerance, or -1. */
  find(p: Point): number {
    const cx = Math.floor(p[0] / this.#tolerance);
    const cy = Math.floor(p[1] / this.#tolerance);
    let best = -1;
    let bestDistance = this.#tolerance;
    for (let x = cx - 1; x <= cx + 1; x++) {
      for (let y = cy - 1; y <= cy + 1; y++) {
        for (const i of this.#cells.get(cellKey(x, y)) ?? []) {
          const d = distance(p, this.points[i]!);
          if (d <= bestDistance) {
            bestDistance = d;
            best = i;
          }
        }
      }
    }
    return best;
  }

  /** Number of p: that of a known point within the tolerance, or a new one. */
  add(p: Point): number {
    const known = this.find(p);
    if (known >= 0) return known;
    const key = cellKey(Math.floor(p[0] / this.#tolerance), Math.floor(p[1] / this.#tolerance));
    const cell = this.#cells.get(key);
    if (cell) cell.push(this.points.length);
    else this.#cells.set(key, [this.points.length]);
    this.points.push(p);
    return this.points.length - 1;
  }
}
