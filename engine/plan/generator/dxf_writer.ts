// The pen of the DXF writer: puts group pairs of entities, in the drawing's units, turned as the plan's options say.
import type { Point } from '../../geometry/planar.ts';
import { LAYERS } from './layers.data.ts';
import type { DrawingUnit, GeneratedPlan, Part } from './model.ts';
import type { Pair } from './symbols.ts';

export const PER_FOOT: Record<DrawingUnit, number> = { in: 12, ft: 1, mm: 304.8, m: 0.3048 };

/** A point of the truth (feet) in the written file's units. */
export function toDrawing(plan: GeneratedPlan, p: Point): Point {
  const angle = (plan.options.rotation_degrees * Math.PI) / 180;
  const k = PER_FOOT[plan.options.unit];
  return [
    (p[0] * Math.cos(angle) - p[1] * Math.sin(angle)) * k,
    (p[0] * Math.sin(angle) + p[1] * Math.cos(angle)) * k,
  ];
}

export class Writer {
  lines: string[] = [];
  readonly #plan: GeneratedPlan;

  constructor(plan: GeneratedPlan) {
    this.#plan = plan;
  }

  put(...pairs: Pair[]): void {
    for (const [code, value] of pairs)
      this.lines.push(String(code), typeof value === 'number' ? trim(value) : value);
  }

  layer(part: Part): string {
    return LAYERS[this.#plan.options.convention][part];
  }

  line(part: Part, a: Point, b: Point): void {
    const [p, q] = [toDrawing(this.#plan, a), toDrawing(this.#plan, b)];
    this.put([0, 'LINE'], [8, this.layer(part)], [10, p[0]], [20, p[1]], [11, q[0]], [21, q[1]]);
  }

  text(part: Part, at: Point, height: number, value: string, centred: boolean): void {
    const p = toDrawing(this.#plan, at);
    const { rotation_degrees, unit } = this.#plan.options;
    this.put(
      [0, 'TEXT'],
      [8, this.layer(part)],
      [10, p[0]],
      [20, p[1]],
      [40, height * PER_FOOT[unit]],
      [1, value],
      [50, rotation_degrees],
    );
    if (centred) this.put([72, '1'], [73, '2'], [11, p[0]], [21, p[1]]);
  }

  insert(part: Part, name: string, at: Point, degrees: number, sx: number, sy: number): void {
    const p = toDrawing(this.#plan, at);
    const k = PER_FOOT[this.#plan.options.unit];
    this.put(
      [0, 'INSERT'],
      [8, this.layer(part)],
      [2, name],
      [10, p[0]],
      [20, p[1]],
      [41, sx * k],
      [42, sy * k],
      [50, degrees + this.#plan.options.rotation_degrees],
    );
  }

  /** Pairs of a point: x under `code`, y under `code` + 10. */
  at(code: number, p: Point): Pair[] {
    const [x, y] = toDrawing(this.#plan, p);
    return [
      [code, x],
      [code + 10, y],
    ];
  }

  arc(part: Part, centre: Point, radius: number, from: number, to: number): void {
    const turn = this.#plan.options.rotation_degrees;
    const size = radius * PER_FOOT[this.#plan.options.unit];
    const whole = to - from >= 360;
    this.put([0, whole ? 'CIRCLE' : 'ARC'], [8, this.layer(part)], ...this.at(10, centre), [40, size]);
    if (!whole) this.put([50, from + turn], [51, to + turn]);
  }

  path(part: Part, points: readonly Point[], closed: boolean, dashed: boolean): void {
    this.put([0, 'LWPOLYLINE'], [8, this.layer(part)]);
    if (dashed) this.put([6, 'HIDDEN']);
    this.put([90, points.length], [70, closed ? 1 : 0]);
    for (const p of points) this.put(...this.at(10, p));
  }

  /** Takes what `write` writes out of the file, to be put elsewhere. */
  capture(write: () => void): string[] {
    const before = this.lines;
    this.lines = [];
    write();
    const captured = this.lines;
    this.lines = before;
    return captured;
  }
}

function trim(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(6);
}
