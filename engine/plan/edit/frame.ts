// How a plan's own coordinates lie in its feet: found again from a stored reading, so that corrections land where its rooms stand.
import type { PlanDocument, PlanPoint } from '../../../contract/plan.ts';
import { type Point, reversed, signedArea } from '../../geometry/planar.ts';

export type SourceFrame = {
  /** Feet in one source unit; null while the scale is unknown. */
  feet_per_unit: number | null;
  /** Whether y points down in the file's coordinates, as in pictures. */
  flipped: boolean;
  /** Feet of a source point, four decimals; null at unknown scale. */
  toFeet: ((p: Point) => PlanPoint) | null;
};

/** x' = a·x + b·y, y' = c·x + d·y: the eight ways a sheet can lie, upright or mirrored. */
const TURNS: readonly (readonly [number, number, number, number])[] = [
  [1, 0, 0, 1],
  [1, 0, 0, -1],
  [0, -1, 1, 0],
  [-1, 0, 0, -1],
  [0, 1, -1, 0],
  [-1, 0, 0, 1],
  [0, 1, 1, 0],
  [0, -1, -1, 0],
];
/** Feet an estimate may be off at any known pair of points; stored feet have four decimals. */
const CLOSE_FT = 0.02;

/** The frame of a stored reading; a plan without anything read yet gets the same frame its reading would. */
export function sourceFrame(document: PlanDocument): SourceFrame {
  const scale = document.scale.feet_per_unit;
  const picture = document.source.format === 'png' || document.source.format === 'jpg';
  if (scale === null) return { feet_per_unit: null, flipped: picture, toFeet: null };
  const found = closest(pairsOf(document), scale);
  const [[a, b, c, d], shift] = found ?? fallback(document, picture, scale);
  return {
    feet_per_unit: scale,
    flipped: a * d - b * c < 0,
    toFeet: ([x, y]) => [
      round4((a * x + b * y) * scale + shift[0]),
      round4((c * x + d * y) * scale + shift[1]),
    ],
  };
}

type Pair = { source: Point; feet: Point };

function pairsOf(document: PlanDocument): Pair[] {
  const pairs: Pair[] = [];
  const add = (source: readonly Point[], feet: readonly Point[]) => {
    if (source.length !== feet.length) return;
    source.forEach((p, i) => {
      pairs.push({ source: p, feet: feet[i]! });
    });
  };
  for (const space of document.spaces) add(space.source_polygon, space.polygon);
  document.dimensions.source_outlines.forEach((ring, i) => {
    add(ring, document.dimensions.outlines[i] ?? []);
  });
  for (const { x, y, source_x, source_y } of [...document.doors, ...document.windows])
    if (x !== null && y !== null) pairs.push({ source: [source_x, source_y], feet: [x, y] });
  return pairs;
}

function closest(pairs: readonly Pair[], scale: number): [(typeof TURNS)[number], Point] | null {
  if (pairs.length < 3) return null;
  for (const turn of TURNS) {
    const [a, b, c, d] = turn;
    const offs = pairs.map(
      ({ source: [x, y], feet }): Point => [
        feet[0] - (a * x + b * y) * scale,
        feet[1] - (c * x + d * y) * scale,
      ],
    );
    const shift: Point = [mean(offs.map((p) => p[0])), mean(offs.map((p) => p[1]))];
    if (offs.some((p) => Math.hypot(p[0] - shift[0], p[1] - shift[1]) > CLOSE_FT)) continue;
    const none = Math.hypot(shift[0], shift[1]) < 1e-3;
    return [turn, none ? [0, 0] : shift];
  }
  return null;
}

/** Pictures hang from their top edge, everything else lies on its own origin. */
function fallback(document: PlanDocument, picture: boolean, scale: number): [(typeof TURNS)[number], Point] {
  const height = picture && Number.isFinite(document.source.extents[3]) ? document.source.extents[3] : 0;
  return picture ? [TURNS[1]!, [0, height * scale]] : [TURNS[0]!, [0, 0]];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function round4(value: number): number {
  return Number(value.toFixed(4));
}

/** Ring in feet; empty at unknown scale. */
export function ringFeet(frame: SourceFrame, ring: readonly Point[]): PlanPoint[] {
  return frame.toFeet === null ? [] : ring.map(frame.toFeet);
}

/** A ring of source points as the plan document stores it: counter-clockwise as seen on the sheet, twelve digits. */
export function storedRing(frame: SourceFrame, ring: readonly Point[]): PlanPoint[] {
  const turned = signedArea(ring) > 0 === frame.flipped ? reversed(ring) : ring;
  return turned.map(([x, y]): PlanPoint => [Number(x.toPrecision(12)), Number(y.toPrecision(12))]);
}
