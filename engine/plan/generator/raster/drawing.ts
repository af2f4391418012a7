// A generated plan as lines and texts on a sheet of pixels (SVG, y down), before any camera has seen it.
import type { Point, Polygon } from '../../../geometry/planar.ts';
import { labelRows } from '../dxf_labels.ts';
import type { GeneratedPlan, Mark } from '../model.ts';

export type SheetText = { value: string; centre: Point; height: number; upward: boolean };
export type Sheet = { svg: string; texts: SheetText[]; width: number; height: number };
export type SheetOptions = {
  pixels_per_foot: number;
  /** Walls as two lines, or as filled bodies. */
  walls: 'lines' | 'filled';
};

/** White border round the drawing, feet. */
const MARGIN_FT = 9;
const LABEL_FT = 0.8;
const SPACING_FT = 1.25;

/** Feet of the truth to pixels of the sheet, y down. */
export function sheetPlace(plan: GeneratedPlan, pixelsPerFoot: number): (p: Point) => Point {
  const [x0, , , y1] = plan.bounds;
  return ([x, y]) => [(x - x0 + MARGIN_FT) * pixelsPerFoot, (y1 - y + MARGIN_FT) * pixelsPerFoot];
}

export function drawSheet(plan: GeneratedPlan, options: SheetOptions): Sheet {
  const k = options.pixels_per_foot;
  const at = sheetPlace(plan, k);
  const [x0, y0, x1, y1] = plan.bounds;
  const width = Math.round((x1 - x0 + 2 * MARGIN_FT) * k);
  const height = Math.round((y1 - y0 + 2 * MARGIN_FT) * k);
  const pen = { heavy: 0.15 * k, plain: 0.075 * k, light: 0.06 * k };
  const out: string[] = [];
  const path = (points: readonly Point[], closed: boolean, style: string) =>
    out.push(
      `<path d="${points.map((p, i) => `${i === 0 ? 'M' : 'L'}${spot(at(p))}`).join('')}${closed ? 'Z' : ''}" ${style}/>`,
    );
  const stroke = (w: number, colour = '#000', more = '') =>
    `fill="none" stroke="${colour}" stroke-width="${w.toFixed(2)}" ${more}`;
  const body = `fill="${options.walls === 'filled' ? '#111' : 'none'}" fill-rule="evenodd" stroke="#000" stroke-width="${pen.heavy.toFixed(2)}"`;
  for (const polygon of plan.walls) out.push(`<path d="${rings(polygon, at)}" ${body}/>`);
  for (const column of plan.columns) out.push(`<path d="${rings(column, at)}" ${stroke(pen.heavy)}/>`);
  for (const line of plan.single_walls) path(line, false, stroke(pen.heavy));
  for (const window of plan.windows)
    for (const depth of [0, window.thickness / 2, window.thickness])
      path([push(window.a, window.out, depth), push(window.b, window.out, depth)], false, stroke(pen.plain));
  for (const door of plan.doors) {
    if (!door.drawn) continue;
    if (door.sliding) path(sliderRing(door), true, stroke(pen.plain));
    else for (const d of swingPaths(door, at, k)) out.push(`<path d="${d}" ${stroke(pen.plain)}/>`);
  }
  for (const line of plan.partitions) path(line, false, stroke(pen.plain, '#333'));
  for (const item of plan.furniture)
    for (const ring of furnitureRings(item)) path(ring, true, stroke(pen.light, '#444'));
  if (plan.options.grid) {
    const { width_ft: w, depth_ft: h } = plan.options;
    const dash = `stroke-dasharray="${[1.2, 0.4, 0.3, 0.4].map((v) => (v * k).toFixed(1)).join(' ')}"`;
    for (let x = 0; x <= w; x += 25)
      path(
        [
          [x, -7],
          [x, h + 7],
        ],
        false,
        stroke(pen.light, '#555', dash),
      );
    for (let y = 0; y <= h; y += 25)
      path(
        [
          [-7, y],
          [w + 7, y],
        ],
        false,
        stroke(pen.light, '#555', dash),
      );
  }
  const texts: SheetText[] = [];
  for (const mark of plan.marks) drawMark(mark, { path, stroke, out, at, texts, light: pen.light, k });
  if (plan.options.dimensions && plan.options.difficulty === 'plain')
    for (const mark of overallDimensions(plan))
      drawMark(mark, { path, stroke, out, at, texts, light: pen.light, k });
  for (const room of plan.rooms) {
    const rows = labelRows(plan, room);
    rows.forEach((value, i) => {
      const y = room.label_at[1] + ((rows.length - 1) / 2 - i) * SPACING_FT;
      texts.push({ value, centre: at([room.label_at[0], y]), height: LABEL_FT * k, upward: false });
    });
    if (room.leader_to && rows.length > 0) path([room.label_at, room.leader_to], false, stroke(pen.light));
  }
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/>${out.join('')}</svg>`;
  return { svg, texts, width, height };
}

function spot([x, y]: Point): string {
  return `${x.toFixed(2)} ${y.toFixed(2)}`;
}

function push(p: Point, d: Point, k: number): Point {
  return [p[0] + d[0] * k, p[1] + d[1] * k];
}

function rings(polygon: Polygon, at: (p: Point) => Point): string {
  return [polygon.outer, ...polygon.holes]
    .map((ring) => `${ring.map((p, i) => `${i === 0 ? 'M' : 'L'}${spot(at(p))}`).join('')}Z`)
    .join('');
}

type Door = GeneratedPlan['doors'][number];

function swingPaths(door: Door, at: (p: Point) => Point, k: number): string[] {
  const leaf = door.width / door.leaves;
  const hinges: [Point, Point][] = [[door.hinge, door.along]];
  if (door.leaves === 2)
    hinges.push([push(door.hinge, door.along, door.width), [-door.along[0], -door.along[1]]]);
  return hinges.map(([hinge, along]) => {
    const shut = push(hinge, along, leaf);
    const open = push(hinge, door.into, leaf);
    // On the screen y points down: a left turn in the plan is a right turn there.
    const sweep = along[0] * door.into[1] - along[1] * door.into[0] > 0 ? 0 : 1;
    const r = (leaf * k).toFixed(2);
    return `M${spot(at(hinge))}L${spot(at(open))}A${r} ${r} 0 0 ${1 - sweep} ${spot(at(shut))}`;
  });
}

function sliderRing(door: Door): Point[] {
  const on = (s: number, into: number) => push(push(door.hinge, door.along, s), door.into, into);
  const [from, to] = [door.width * 0.4, door.width * 1.4];
  return [on(from, 0.05), on(to, 0.05), on(to, 0.25), on(from, 0.25)];
}

const FURNITURE: Record<GeneratedPlan['furniture'][number]['kind'], [number, number]> = {
  desk: [2.5, 1.25],
  chair: [0.8, 0.8],
  table: [4, 1.8],
  toilet: [0.7, 1.1],
};

function furnitureRings({ kind, at, angle }: GeneratedPlan['furniture'][number]): Point[][] {
  const [w, h] = FURNITURE[kind];
  const turn = (angle * Math.PI) / 180;
  const spin = ([x, y]: Point): Point => [
    at[0] + x * Math.cos(turn) - y * Math.sin(turn),
    at[1] + x * Math.sin(turn) + y * Math.cos(turn),
  ];
  const box = (x0: number, y0: number, x1: number, y1: number): Point[] =>
    (
      [
        [x0, y0],
        [x1, y0],
        [x1, y1],
        [x0, y1],
      ] as Point[]
    ).map(spin);
  const shapes = [box(-w, -h, w, h)];
  if (kind === 'desk') shapes.push(box(-w + 0.2, -h + 0.15, -w + 1.3, h - 0.15));
  return shapes;
}

type Pad = {
  path: (points: readonly Point[], closed: boolean, style: string) => void;
  stroke: (w: number, colour?: string, more?: string) => string;
  out: string[];
  at: (p: Point) => Point;
  texts: SheetText[];
  light: number;
  k: number;
};

function drawMark(mark: Mark, pad: Pad): void {
  const { path, stroke, out, at, texts, light, k } = pad;
  if (mark.kind === 'path') {
    const dash = mark.dashed ? `stroke-dasharray="${(0.5 * k).toFixed(1)} ${(0.35 * k).toFixed(1)}"` : '';
    path(mark.points, mark.closed, stroke(light, '#222', dash));
  } else if (mark.kind === 'arc') {
    const steps = Math.max(2, Math.ceil((mark.to - mark.from) / 6));
    const points = Array.from({ length: steps + 1 }, (_, i): Point => {
      const angle = ((mark.from + ((mark.to - mark.from) * i) / steps) * Math.PI) / 180;
      return [mark.centre[0] + mark.radius * Math.cos(angle), mark.centre[1] + mark.radius * Math.sin(angle)];
    });
    path(points, false, stroke(light, '#222'));
  } else if (mark.kind === 'fill') {
    out.push(`<path d="${rings(mark.polygon, at)}" fill="#999" fill-rule="evenodd"/>`);
  } else if (mark.kind === 'text') {
    const middle: Point = [mark.at[0] + mark.value.length * mark.height * 0.35, mark.at[1] + mark.height / 2];
    texts.push({ value: mark.value, centre: at(middle), height: mark.height * k, upward: false });
  } else {
    const upright = mark.a[0] === mark.b[0];
    const shift = (p: Point): Point => (upright ? [mark.line[0], p[1]] : [p[0], mark.line[1]]);
    const [p, q] = [shift(mark.a), shift(mark.b)];
    for (const line of [
      [mark.a, p],
      [mark.b, q],
      [p, q],
    ] as [Point, Point][])
      path(line, false, stroke(light));
    for (const t of [p, q])
      path(
        [
          [t[0] - 0.5, t[1] - 0.5],
          [t[0] + 0.5, t[1] + 0.5],
        ],
        false,
        stroke(light),
      );
    const middle: Point = [(p[0] + q[0]) / 2 - (upright ? 0.9 : 0), (p[1] + q[1]) / 2 + (upright ? 0 : 0.9)];
    texts.push({ value: mark.value, centre: at(middle), height: 0.7 * k, upward: upright });
  }
}

/** The two overall dimensions of a plain plan. */
function overallDimensions(plan: GeneratedPlan): Mark[] {
  const { width_ft: w, depth_ft: h } = plan.options;
  const say = (feet: number) => {
    const inches = Math.round(feet * 12);
    return `${Math.floor(inches / 12)}'-${inches % 12}"`;
  };
  return [
    { kind: 'dimension', part: 'dimension', a: [0, 0], b: [w, 0], line: [0, -4], value: say(w) },
    { kind: 'dimension', part: 'dimension', a: [0, 0], b: [0, h], line: [-4, 0], value: say(h) },
  ];
}
