// What a realistic drawing shows beside walls, openings and labels, as PDF content: furniture, marks, dimensions, grid.
import type { Point } from '../../geometry/planar.ts';
import type { GeneratedPlan, Mark } from './model.ts';

/** Puts a point of the truth on the page, as "x y". */
export type Place = (p: Point) => string;

/** Bézier handle of a quarter circle. */
export const KAPPA = 0.5523;
const DASHED = '[4 3] 0 d';
const WHOLE = '[] 0 d';

/** Content for all furniture, partitions, single-line walls, grid lines and marks of a realistic plan. */
export function pdfExtras(plan: GeneratedPlan, at: Place, pointsPerFoot: number): string[] {
  const parts: string[] = [];
  parts.push('1.4 w 0 0 0 RG');
  for (const [a, b] of plan.single_walls) parts.push(segment(a, b, at));
  parts.push('0.25 w 0.5 0.5 0.5 RG 0.5 0.5 0.5 rg');
  for (const [a, b] of plan.partitions) parts.push(segment(a, b, at));
  for (const item of plan.furniture) parts.push(...furniture(item, at));
  if (plan.options.grid) {
    const { width_ft: w, depth_ft: h } = plan.options;
    parts.push('[12 3 2 3] 0 d');
    for (let x = 0; x <= w; x += 25) parts.push(segment([x, -20], [x, h + 20], at));
    for (let y = 0; y <= h; y += 25) parts.push(segment([-20, y], [w + 20, y], at));
    parts.push(WHOLE);
  }
  parts.push('0.35 w 0.2 0.2 0.2 RG 0.2 0.2 0.2 rg');
  for (const mark of plan.marks) parts.push(...drawMark(mark, at, pointsPerFoot));
  return parts;
}

export function segment(a: Point, b: Point, at: Place): string {
  return `${at(a)} m ${at(b)} l S`;
}

export function outline(ring: readonly Point[], at: Place): string {
  return `${ring.map((p, i) => `${at(p)} ${i === 0 ? 'm' : 'l'}`).join(' ')} h`;
}

/** A text of the standard font, its baseline starting at a point. */
export function pdfText(value: string, at: string, size: number): string {
  const safe = value.replace(/[\\()]/g, '\\$&');
  return `BT /F1 ${size.toFixed(1)} Tf ${at} Td (${safe}) Tj ET`;
}

function drawMark(mark: Mark, at: Place, pointsPerFoot: number): string[] {
  switch (mark.kind) {
    case 'path': {
      const path = mark.points.map((p, i) => `${at(p)} ${i === 0 ? 'm' : 'l'}`).join(' ');
      const stroke = `${path} ${mark.closed ? 's' : 'S'}`;
      return mark.dashed ? [DASHED, stroke, WHOLE] : [stroke];
    }
    case 'arc':
      return [curve(mark.centre, mark.radius, mark.from, mark.to, at)];
    case 'text':
      return [pdfText(mark.value, at(mark.at), mark.height * pointsPerFoot)];
    case 'fill':
      return [
        `0.6 0.6 0.6 rg ${[mark.polygon.outer, ...mark.polygon.holes].map((r) => outline(r, at)).join(' ')} f* 0.2 0.2 0.2 rg`,
      ];
    case 'dimension':
      return dimension(mark, at);
  }
}

/** An arc as Béziers of at most a quarter each. */
function curve(centre: Point, radius: number, from: number, to: number, at: Place): string {
  const pieces = Math.max(1, Math.ceil((to - from) / 90 - 1e-9));
  const step = ((to - from) / pieces / 180) * Math.PI;
  const handle = (4 / 3) * Math.tan(step / 4) * radius;
  const on = (angle: number): Point => [
    centre[0] + radius * Math.cos(angle),
    centre[1] + radius * Math.sin(angle),
  ];
  const off = (angle: number, k: number): Point => {
    const p = on(angle);
    return [p[0] - Math.sin(angle) * k, p[1] + Math.cos(angle) * k];
  };
  let angle = (from / 180) * Math.PI;
  const parts = [`${at(on(angle))} m`];
  for (let i = 0; i < pieces; i++, angle += step)
    parts.push(`${at(off(angle, handle))} ${at(off(angle + step, -handle))} ${at(on(angle + step))} c`);
  return `${parts.join(' ')} S`;
}

function dimension({ a, b, line, value }: Extract<Mark, { kind: 'dimension' }>, at: Place): string[] {
  const upright = a[0] === b[0];
  const shift = (p: Point): Point => (upright ? [line[0], p[1]] : [p[0], line[1]]);
  const [p, q] = [shift(a), shift(b)];
  const tick = (t: Point) => segment([t[0] - 0.5, t[1] - 0.5], [t[0] + 0.5, t[1] + 0.5], at);
  const middle: Point = [(p[0] + q[0]) / 2 - (upright ? 3 : 1.5), (p[1] + q[1]) / 2 + (upright ? 0 : 0.4)];
  return [
    segment(a, p, at),
    segment(b, q, at),
    segment(p, q, at),
    tick(p),
    tick(q),
    pdfText(value, at(middle), 5),
  ];
}

/** Half widths and depths in feet of furniture seen from above. */
const SIZES: Record<GeneratedPlan['furniture'][number]['kind'], [number, number]> = {
  desk: [2.5, 1.25],
  chair: [0.8, 0.8],
  table: [4, 1.8],
  toilet: [0.7, 1.1],
};

function furniture(item: GeneratedPlan['furniture'][number], at: Place): string[] {
  const [w, d] = SIZES[item.kind];
  const [x, y] = item.at;
  const ring: Point[] = [
    [x - w, y - d],
    [x + w, y - d],
    [x + w, y + d],
    [x - w, y + d],
  ];
  return [`${outline(ring, at)} S`];
}
