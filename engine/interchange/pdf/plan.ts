/** The furnished plan of a floor as vectors, to a usual scale that fits the page, with scale bar and room labels. */
import { strokesOf } from '../../drawing/flatten.ts';
import { topView } from '../../drawing/top_view.ts';
import type { Point, Ring } from '../../geometry/planar.ts';
import type { FloorScene, Opening, Piece } from '../floor_scene.ts';
import { drawLabels } from './labels.ts';
import { INK, MUTED, type Sheet } from './sheet.ts';
import { type At, Strokes } from './strokes.ts';
import type { Units } from './words.ts';

/** Architects' and engineers' scales: how much larger the building is than its drawing. */
const SCALES: Record<Units, readonly [ratio: number, words: string][]> = {
  imperial: [
    [48, '1/4\u2033 = 1\u2032-0\u2033'],
    [64, '3/16\u2033 = 1\u2032-0\u2033'],
    [96, '1/8\u2033 = 1\u2032-0\u2033'],
    [128, '3/32\u2033 = 1\u2032-0\u2033'],
    [192, '1/16\u2033 = 1\u2032-0\u2033'],
    [240, '1\u2033 = 20\u2032'],
    [256, '3/64\u2033 = 1\u2032-0\u2033'],
    ...[30, 40, 50, 60, 80, 100, 200, 300, 400, 500, 1000].map((feet): [number, string] => [
      feet * 12,
      `1\u2033 = ${feet}\u2032`,
    ]),
  ],
  metric: [20, 25, 50, 75, 100, 125, 150, 200, 250, 300, 400, 500, 1000, 2000, 2500, 5000, 10_000].map(
    (ratio) => [ratio, `1:${ratio}`],
  ),
};
const POINTS_PER_FOOT = 72 * 12;
const FEET_PER_METRE = 1 / 0.3048;
/** Below this many points a foot, furniture is drawn as outlines. */
const DETAIL = 2.2;

export interface Scale {
  /** Points on paper for a foot of the building. */
  points: number;
  words: string;
  /** One of the usual scales; otherwise the drawing is only fitted to the page. */
  usual: boolean;
}

export function scaleFor(scene: FloorScene, width: number, height: number, units: Units): Scale {
  const [x0, y0, x1, y1] = scene.box;
  for (const [ratio, words] of SCALES[units]) {
    const points = POINTS_PER_FOOT / ratio;
    if ((x1 - x0) * points <= width && (y1 - y0) * points <= height) return { points, words, usual: true };
  }
  const points = Math.min(width / Math.max(1, x1 - x0), height / Math.max(1, y1 - y0));
  return { points, words: 'fitted to the page, not to a scale', usual: false };
}

/** Draws the floor in the middle of the field; returns how many rooms had no space for their label. */
export function drawPlan(
  sheet: Sheet,
  scene: FloorScene,
  field: { x: number; y: number; width: number; height: number },
  scale: Scale,
  units: Units,
): number {
  const [x0, y0, x1, y1] = scene.box;
  const k = scale.points;
  const left = field.x + (field.width - (x1 - x0) * k) / 2;
  const top = field.y + (field.height - (y1 - y0) * k) / 2;
  const at = ([x, y]: Point): At => [left + (x - x0) * k, top + (y1 - y) * k];
  const ring = (points: readonly Point[]) => points.map(at);
  const strokes = new Strokes(sheet);
  for (const { polygon } of scene.rooms)
    strokes.rings([polygon.outer, ...polygon.holes].map(ring), { fill: '#fafbfb' });
  for (const piece of scene.pieces) drawPiece(strokes, piece, at, k);
  for (const wall of scene.walls) strokes.rings([wall.outer, ...wall.holes].map(ring), { fill: '#2b3137' });
  for (const door of scene.doors) drawDoor(strokes, door, at);
  for (const window of scene.windows) drawWindow(strokes, window, at);
  for (const { at: middle, width } of scene.columns)
    strokes.rings([ring(square(middle, width / 2))], { fill: '#2b3137' });
  strokes.flush();
  return drawLabels(sheet, scene, at, k, units);
}

function drawPiece(strokes: Strokes, piece: Piece, at: (p: Point) => At, k: number): void {
  const { product, rotation_deg } = piece;
  const [w, d] = [product.width_in ?? piece.width_ft * 12, product.depth_in ?? piece.depth_ft * 12];
  if (w <= 0 || d <= 0) return;
  const turn = (rotation_deg * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const place = ([px, py]: Point): At => {
    const [x, y] = [(px - w / 2) / 12, (d / 2 - py) / 12];
    return at([piece.x + x * cos - y * sin, piece.y + x * sin + y * cos]);
  };
  const paint = { stroke: '#6d7780', width: 0.3 };
  if (k < DETAIL) {
    const corners: Point[] = [
      [0, 0],
      [w, 0],
      [w, d],
      [0, d],
    ];
    strokes.rings([corners.map(place)], { ...paint, width: 0.2, fill: '#e3e8eb' });
    return;
  }
  const facts = { category: product.category, subcategory: product.subcategory, width: w, depth: d };
  const shapes = topView({ ...facts, height: product.height_in ?? 30, seats: product.seats ?? undefined });
  for (const { points, closed, tone } of strokesOf(shapes)) {
    const filled = closed && (tone === 'body' || tone === 'part');
    strokes.rings([points.map(place)], {
      ...paint,
      closed,
      ...(filled ? { fill: tone === 'body' ? '#e3e8eb' : '#cfd7dc' } : {}),
    });
  }
}

/** Leaf and swing where the drawing shows them, else a thin line on either jamb. */
function drawDoor(strokes: Strokes, door: Opening, at: (p: Point) => At): void {
  const { centre, along, width, thickness, hinge, opens_to, leaves } = door;
  const across: Point = [-along[1], along[0]];
  const point = (t: number, s: number): Point => [
    centre[0] + along[0] * t + across[0] * s,
    centre[1] + along[1] * t + across[1] * s,
  ];
  const line = { stroke: '#59626c', width: 0.4, closed: false };
  const half = width / 2;
  if (opens_to === null) {
    for (const t of [-half, half])
      strokes.rings([[at(point(t, -thickness / 2)), at(point(t, thickness / 2))]], line);
    return;
  }
  const side = opens_to[0] * across[0] + opens_to[1] * across[1] >= 0 ? 1 : -1;
  const hung =
    hinge === null
      ? -1
      : Math.sign((hinge[0] - centre[0]) * along[0] + (hinge[1] - centre[1]) * along[1]) || -1;
  const leaf = leaves > 1 ? half : width;
  for (const jamb of leaves > 1 ? [-half, half] : [hung * half]) {
    const inward = jamb < 0 ? 1 : -1;
    const face = (side * thickness) / 2;
    const swing = Array.from({ length: 9 }, (_, i): At => {
      const turn = ((i / 8) * Math.PI) / 2;
      return at(point(jamb + inward * leaf * Math.sin(turn), face + side * leaf * Math.cos(turn)));
    });
    strokes.rings([[at(point(jamb, face)), ...swing.slice(0, 1)]], { ...line, width: 0.6 });
    strokes.rings([swing], { ...line, width: 0.3 });
  }
}

function drawWindow(
  strokes: Strokes,
  { centre, along, width, thickness }: Opening,
  at: (p: Point) => At,
): void {
  const across: Point = [-along[1], along[0]];
  for (const s of [-thickness / 2, 0, thickness / 2]) {
    const ends = [-width / 2, width / 2].map((t) =>
      at([centre[0] + along[0] * t + across[0] * s, centre[1] + along[1] * t + across[1] * s]),
    );
    strokes.rings([ends], { stroke: '#59626c', width: 0.35, closed: false });
  }
}

/** A bar of whole feet or metres, about a fifth of the page, and the scale in words. */
export function scaleBar(sheet: Sheet, x: number, y: number, scale: Scale, units: Units): void {
  const unit = units === 'imperial' ? 1 : FEET_PER_METRE;
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((one) => one * unit * scale.points >= 26) ?? 1000;
  const length = step * unit * scale.points;
  const strokes = new Strokes(sheet);
  for (let i = 0; i < 4; i++) {
    const [a, b] = [x + i * length, x + (i + 1) * length];
    strokes.rings(
      [
        [
          [a, y],
          [b, y],
          [b, y + 3.5],
          [a, y + 3.5],
        ],
      ],
      {
        fill: i % 2 === 0 ? INK : '#ffffff',
        stroke: INK,
        width: 0.4,
      },
    );
  }
  strokes.flush();
  const style = { size: 6.5, color: MUTED };
  const mark = units === 'imperial' ? 'ft' : 'm';
  [0, 1, 2, 4].forEach((i) => {
    const words = `${i * step}${i === 4 ? ` ${mark}` : ''} `;
    sheet.type.draw(words, x + i * length, y + 12, style, i === 0 ? 'left' : 'center');
  });
  const words = scale.usual ? `Scale ${scale.words}` : `Drawing ${scale.words}`;
  sheet.type.draw(words, x + length * 4 + 24, y + 5, { size: 8.5, weight: 'strong' });
}

function square([x, y]: Point, half: number): Ring {
  return [
    [x - half, y - half],
    [x + half, y - half],
    [x + half, y + half],
    [x - half, y + half],
  ];
}
