// Lays out a generated office: rooms along the facades, a ring corridor, a core inside it. Feet; all walls to the axes.
import type { SpaceType } from '../../../contract/plan.ts';
import { union } from '../../geometry/overlap.ts';
import type { Point, Polygon, Ring } from '../../geometry/planar.ts';
import type { PlanOptions } from './model.ts';
import type { Random } from './random.ts';

export type Rect = { x0: number; y0: number; x1: number; y1: number };
/** A wall side of a room where a door or window may stand: from a to b, outward unit vector, wall thickness. */
export type Side = { a: Point; b: Point; out: Point; thickness: number };
export type Cell = { type: SpaceType; clear: Ring; inner: Side | null; outer: Side[] };
export type Layout = {
  cells: Cell[];
  corridor: Polygon;
  footprint: Polygon;
  wall: number;
  outer_wall: number;
};

export function rectRing({ x0, y0, x1, y1 }: Rect): Ring {
  return [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ];
}

export function layoutOffice(options: PlanOptions, random: Random): Layout {
  const wall = random.pick([0.39, 0.41, 0.5]);
  const outer_wall = random.pick([0.67, 0.83, 1]);
  const deep = random.between(12, 16);
  const hall = random.between(5, 7);
  const { width_ft: w, depth_ft: h } = options;
  const cells: Cell[] = [...strips(w, h, deep, wall, outer_wall, options, random)];
  const core: Rect = { x0: deep + hall, y0: deep + hall, x1: w - deep - hall, y1: h - deep - hall };
  const { cells: coreCells, solid } = layoutCore(core, wall, options, random);
  cells.push(...coreCells);
  const ring: Polygon = {
    outer: rectRing({ x0: deep, y0: deep, x1: w - deep, y1: h - deep }),
    holes: solid.map((p) => p.outer),
  };
  return { cells, corridor: ring, footprint: footprintOf(options, deep, outer_wall), wall, outer_wall };
}

function footprintOf(options: PlanOptions, deep: number, t: number): Polygon {
  const { width_ft: w, depth_ft: h } = options;
  if (!options.notched) return { outer: rectRing({ x0: -t, y0: -t, x1: w + t, y1: h + t }), holes: [] };
  const outer: Ring = [
    [-t, -t],
    [w + t, -t],
    [w + t, h - deep + t],
    [w - deep + t, h - deep + t],
    [w - deep + t, h + t],
    [-t, h + t],
  ];
  return { outer, holes: [] };
}

/** Widths that fill `total`, each drawn from the types on offer; the ends are wide enough for a door past the corner. */
function fill(total: number, ends: number, random: Random): { width: number; type: SpaceType }[] {
  const parts: { width: number; type: SpaceType }[] = [
    { width: ends, type: random.pick(['meeting_room', 'private_office', 'open_office']) },
  ];
  let left = total - 2 * ends;
  while (left > 8) {
    const type = random.pick<SpaceType>([
      'private_office',
      'private_office',
      'private_office',
      'meeting_room',
      'open_office',
      'storage',
      'phone_booth',
      'breakroom',
    ]);
    const [low, high] = WIDTHS[type] ?? [10, 14];
    const width = Math.min(left, random.between(low, high));
    if (left - width < 8) {
      parts.push({ width: left, type: left > 22 ? 'open_office' : type });
      left = 0;
      break;
    }
    parts.push({ width, type });
    left -= width;
  }
  parts[parts.length - 1]!.width += left;
  parts.push({ width: ends, type: random.pick(['meeting_room', 'private_office']) });
  return parts;
}

const WIDTHS: Partial<Record<SpaceType, [number, number]>> = {
  private_office: [9, 13],
  meeting_room: [13, 22],
  open_office: [28, 50],
  storage: [7, 10],
  phone_booth: [6, 7.5],
  breakroom: [14, 20],
};

function strips(
  w: number,
  h: number,
  deep: number,
  wall: number,
  outer: number,
  options: PlanOptions,
  random: Random,
): Cell[] {
  const cells: Cell[] = [];
  const end = deep + 5;
  const notch = options.notched ? deep : 0;
  let x = 0;
  const north = fill(w - notch, end, random);
  north.forEach(({ width, type }, i) => {
    const last = i === north.length - 1;
    const r: Rect = {
      x0: x + (i === 0 ? 0 : wall / 2),
      y0: h - deep + wall,
      x1: x + width - (last ? 0 : wall / 2),
      y1: h,
    };
    const doorRange: [number, number] = [Math.max(r.x0, deep), Math.min(r.x1, w - deep)];
    cells.push(
      stripCell(
        type,
        r,
        { a: [doorRange[0], r.y0], b: [doorRange[1], r.y0], out: [0, -1], thickness: wall },
        { a: [r.x0, h], b: [r.x1, h], out: [0, 1], thickness: outer },
      ),
    );
    x += width;
  });
  x = 0;
  const south = fill(w, end, random);
  const middle = Math.floor(south.length / 2);
  south.forEach(({ width, type }, i) => {
    const r: Rect = {
      x0: x + (i === 0 ? 0 : wall / 2),
      y0: 0,
      x1: x + width - (i === south.length - 1 ? 0 : wall / 2),
      y1: deep - wall,
    };
    const doorRange: [number, number] = [Math.max(r.x0, deep), Math.min(r.x1, w - deep)];
    cells.push(
      stripCell(
        i === middle ? 'reception' : type,
        r,
        { a: [doorRange[0], r.y1], b: [doorRange[1], r.y1], out: [0, 1], thickness: wall },
        { a: [r.x0, 0], b: [r.x1, 0], out: [0, -1], thickness: outer },
      ),
    );
    x += width;
  });
  for (const west of [true, false]) cells.push(...sideStrip(west, w, h, deep, wall, outer, random));
  return cells;
}

function sideStrip(
  west: boolean,
  w: number,
  h: number,
  deep: number,
  wall: number,
  outer: number,
  random: Random,
): Cell[] {
  const parts = fill(h - 2 * deep, Math.min(12, (h - 2 * deep) / 3), random);
  let y = deep;
  return parts.map(({ width, type }, i) => {
    const y0 = y + (i === 0 ? 0 : wall / 2);
    const y1 = y + width - (i === parts.length - 1 ? 0 : wall / 2);
    y += width;
    const r: Rect = west ? { x0: 0, y0, x1: deep - wall, y1 } : { x0: w - deep + wall, y0, x1: w, y1 };
    const inX = west ? r.x1 : r.x0;
    const outX = west ? 0 : w;
    return stripCell(
      type,
      r,
      { a: [inX, y0], b: [inX, y1], out: [west ? 1 : -1, 0], thickness: wall },
      { a: [outX, y0], b: [outX, y1], out: [west ? -1 : 1, 0], thickness: outer },
    );
  });
}

function stripCell(type: SpaceType, r: Rect, inner: Side, outer: Side): Cell {
  return { type, clear: rectRing(r), inner, outer: [outer] };
}

/** Core rooms in one or two rows; one may be left out so that the core is L-shaped. `solid` is the core's outer face. */
function layoutCore(
  core: Rect,
  wall: number,
  options: PlanOptions,
  random: Random,
): { cells: Cell[]; solid: Polygon[] } {
  const rows = core.y1 - core.y0 > 20 ? 2 : 1;
  const cells: Cell[] = [];
  const blocks: Rect[] = [];
  const height = (core.y1 - core.y0) / rows;
  for (let row = 0; row < rows; row++) {
    const up = row === rows - 1;
    const y0 = core.y0 + row * height;
    const parts = coreParts(core.x1 - core.x0, random);
    let x = core.x0;
    parts.forEach(({ width, type }, i) => {
      const block: Rect = { x0: x, y0, x1: x + width, y1: y0 + height };
      x += width;
      if (options.l_core && rows === 2 && up && i === parts.length - 1) return;
      blocks.push(block);
      const left = i === 0 ? wall : wall / 2;
      const right =
        i === parts.length - 1 || (options.l_core && rows === 2 && up && i === parts.length - 2)
          ? wall
          : wall / 2;
      const low = row === 0 ? wall : wall / 2;
      const high = up ? wall : wall / 2;
      const r: Rect = { x0: block.x0 + left, y0: block.y0 + low, x1: block.x1 - right, y1: block.y1 - high };
      const openOver = options.l_core && rows === 2 && !up && i === parts.length - 1;
      if (openOver) r.y1 = block.y1 - wall;
      const y = up ? r.y1 : r.y0;
      cells.push({
        type,
        clear: rectRing(r),
        inner: { a: [r.x0, y], b: [r.x1, y], out: [0, up ? 1 : -1], thickness: wall },
        outer: [],
      });
    });
  }
  return {
    cells: shrinkUnderNotch(cells, blocks, wall, options, rows),
    solid: union(blocks.map((b) => ({ outer: rectRing(b), holes: [] }))),
  };
}

/** Rooms of the lower row that lie partly under the left-out room need their whole wall below the corridor. */
function shrinkUnderNotch(
  cells: Cell[],
  blocks: readonly Rect[],
  wall: number,
  options: PlanOptions,
  rows: number,
): Cell[] {
  if (!options.l_core || rows !== 2) return cells;
  const top = Math.max(...blocks.map((b) => b.y1));
  const upperEnd = Math.max(...blocks.filter((b) => b.y1 === top).map((b) => b.x1));
  return cells.map((cell) => {
    const xs = cell.clear.map((p) => p[0]);
    const ys = cell.clear.map((p) => p[1]);
    const r: Rect = { x0: Math.min(...xs), y0: Math.min(...ys), x1: Math.max(...xs), y1: Math.max(...ys) };
    const split = Math.min(...blocks.map((b) => b.y1));
    if (r.y0 >= split || r.x1 <= upperEnd - wall) return cell;
    return { ...cell, clear: rectRing({ ...r, y1: split - wall }) };
  });
}

function coreParts(total: number, random: Random): { width: number; type: SpaceType }[] {
  const kinds: SpaceType[] = [
    'stair',
    'restroom',
    'restroom',
    'elevator',
    'mechanical',
    'storage',
    'meeting_room',
  ];
  const parts: { width: number; type: SpaceType }[] = [];
  let left = total;
  for (let i = 0; left > 0; i++) {
    const width = random.between(8, 14);
    if (left - width < 8) {
      parts.push({ width: left, type: random.pick(kinds) });
      break;
    }
    parts.push({ width, type: kinds[i % kinds.length]! });
    left -= width;
  }
  return parts;
}
