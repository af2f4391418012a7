// Leaves out what lies absurdly far from the rest of a drawing: lost points, lines at infinity, damaged coordinates.
// One of them would stretch the storey to the size of a country.
import { boxOf, type Point } from '../geometry/planar.ts';
import { PlanError } from './errors.ts';
import type { Linework } from './linework.ts';

/** Farther from the middle of the drawing than this many times the size of its bulk is not part of it. */
const FAR = 20;
/** The bulk: what lies between these shares of all end points, on each axis. */
const BULK = [0.1, 0.9] as const;
/** The bulk is cut into this many cells on each axis. */
const CELLS = 20;
/** Fewer lines have no bulk. */
const LEAST = 12;

/** Farther from the middle than this no part of a storey lies: the longest buildings measure some 3,000 ft. */
const STOREY_REACH_FT = 2500;
/** Millimetres taken for metres make 200,000 ft of a building; beyond this the coordinates are wrong. */
const ABSURD_FT = 1_000_000;
/** Where less than this share of the lines lies within, the scale is wrong and not the lines. */
const LEAST_SHARE = 0.3;

/** Drops what lies outside the neighbourhood of the bulk, and says so in the notes. */
export function dropStrays(linework: Linework): void {
  const inside = neighbourhood(linework);
  if (inside) keep(linework, inside);
}

/** Drops what lies farther off than any storey reaches, once the scale (feet in one unit) is known. Throws PlanError where that is most. */
export function dropBeyondStorey(linework: Linework, feetPerUnit: number): void {
  const points = linework.strokes.map(({ a }) => a);
  if (points.length < LEAST) return;
  const [x, y] = bulkOf(points);
  const reach = STOREY_REACH_FT / feetPerUnit;
  const inside = (p: Point) => Math.abs(p[0] - x.middle) <= reach && Math.abs(p[1] - y.middle) <= reach;
  const kept = linework.strokes.filter(({ a, b }) => inside(a) && inside(b)).length;
  if (kept === linework.strokes.length) return;
  if (kept >= LEAST_SHARE * linework.strokes.length) keep(linework, inside);
  else if (Math.max(x.size, y.size) * feetPerUnit > ABSURD_FT)
    throw new PlanError(
      'malformed',
      'Most lines of the drawing lie hundreds of miles apart, so its coordinates are damaged; repair the drawing (AUDIT) and export it again.',
    );
}

function keep(linework: Linework, inside: (p: Point) => boolean): void {
  const before = linework.strokes.length + linework.shapes.length;
  const arcs = linework.arcs.map((arc) => inside(arc.centre) && inside(arc.start) && inside(arc.end));
  if (arcs.includes(false)) {
    const moved = new Map<number, number>();
    for (const [i, kept] of arcs.entries()) if (kept) moved.set(i, moved.size);
    for (const stroke of linework.strokes) stroke.arc = moved.get(stroke.arc) ?? -1;
    linework.arcs = linework.arcs.filter((_, i) => arcs[i]);
  }
  linework.strokes = linework.strokes.filter(({ a, b }) => inside(a) && inside(b));
  linework.shapes = linework.shapes.filter(({ ring }) => ring.every(inside));
  linework.texts = linework.texts.filter(({ centre, anchor }) => inside(centre) && inside(anchor));
  linework.dimensions = linework.dimensions.filter(({ at }) => inside(at));
  rebox(linework, inside);
  const dropped = before - linework.strokes.length - linework.shapes.length;
  if (dropped > 0)
    linework.notes.push({
      code: 'stray_lines',
      message: `${dropped.toLocaleString('en-US')} ${dropped === 1 ? 'line lies' : 'lines lie'} far away from the rest of the drawing and ${dropped === 1 ? 'was' : 'were'} left out; erase them if the plan is complete without.`,
    });
}

/** Boxes of symbols that reached out, from what is left of them. */
function rebox(linework: Linework, inside: (p: Point) => boolean): void {
  const out = new Set<number>();
  for (const [i, { box, at }] of linework.symbols.entries())
    if (!inside([box[0], box[1]]) || !inside([box[2], box[3]]) || !inside(at)) out.add(i);
  if (out.size === 0) return;
  const points = new Map<number, Point[]>();
  for (const { a, b, origin } of linework.strokes)
    if (out.has(origin.symbol)) {
      const known = points.get(origin.symbol);
      if (known) known.push(a, b);
      else points.set(origin.symbol, [a, b]);
    }
  const home: Point = linework.strokes[0]?.a ?? [0, 0];
  for (const i of out) {
    const symbol = linework.symbols[i]!;
    const left = points.get(i) ?? [inside(symbol.at) ? symbol.at : home];
    symbol.box = boxOf(left);
    if (!inside(symbol.at)) symbol.at = left[0]!;
  }
}

function neighbourhood({ strokes, shapes }: Linework): ((p: Point) => boolean) | null {
  const points =
    strokes.length > 0 ? strokes.flatMap(({ a, b }) => [a, b]) : shapes.flatMap(({ ring }) => ring);
  if (points.length < 2 * LEAST) return null;
  const dense = bulkOf(points);
  const cell = Math.max(dense[0].size, dense[1].size) / CELLS;
  if (!(cell > 0)) return null;
  // Once a cell: a tree or a hatch with more lines than the whole building is not the bulk.
  const spread = new Map<string, Point>();
  for (const p of points) spread.set(`${Math.round(p[0] / cell)} ${Math.round(p[1] / cell)}`, p);
  const [x, y] = bulkOf([...spread.values()]);
  const reach = FAR * Math.max(x.size, y.size);
  return (p) => Math.abs(p[0] - x.middle) <= reach && Math.abs(p[1] - y.middle) <= reach;
}

/** Middle and size of the bulk on each axis. */
function bulkOf(points: readonly Point[]) {
  const along = (k: 0 | 1) => {
    const sorted = points.map((p) => p[k]).sort((p, q) => p - q);
    const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!;
    return { middle: at(0.5), size: at(BULK[1]) - at(BULK[0]) };
  };
  return [along(0), along(1)] as const;
}
