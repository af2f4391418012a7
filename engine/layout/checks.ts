/**
 * What a finished layout is measured for: a way of 36 in from a door to every seat, and a turning circle of 60 in.
 * Chairs can be moved aside and do not bar a way; everything else does.
 */
import type { LayoutResult } from '../../contract/layout.ts';
import type { Board } from './board.ts';
import { CLEARANCES, HALF_ROUTE_FT } from './clearances.ts';
import { insideRing, type Point, type Rect } from './geometry.ts';
import { familyOf } from './roles.ts';

const STEP_FT = 0.5;
/** From the middle of a chair to where a person stands up from it. */
const SEAT_REACH_FT = 2.75;

interface Grid {
  columns: number;
  rows: number;
  x0: number;
  y0: number;
  /** Distance in feet from the cell's middle to the nearest thing in the way, 0 in or outside it. */
  clearance: Float32Array;
}

/** Entries of the board's log whose seats no door leads to by a 36 in way; none where no door is known. */
export function cutEntries(board: Board): Set<number> {
  if (board.room.doorPoints.length === 0) return new Set();
  return new Set(cutSeats(board, gridOf(board)).map((seat) => seat.entry));
}

/**
 * Floor of a way from a door to each seat that can be reached now, as squares 36 in wide: kept free, whatever is placed
 * later leaves the seats their ways.
 */
export function waysOf(board: Board): Rect[] {
  const grid = gridOf(board);
  const from = new Int32Array(grid.clearance.length).fill(-1);
  const reached = flood(grid, board.room.doorPoints, HALF_ROUTE_FT - STEP_FT / 2 - 1e-3, from);
  const onWay = new Set<number>();
  for (const { role, rect } of board.solids) {
    if (!isChair(role)) continue;
    const seat: Point = [(rect.x0 + rect.x1) / 2, (rect.y0 + rect.y1) / 2];
    for (let at = reachedNear(grid, reached, seat, SEAT_REACH_FT) ?? -1; at >= 0 && !onWay.has(at); ) {
      onWay.add(at);
      at = from[at]!;
    }
  }
  return [...onWay].map((index) => {
    const [x, y] = pointOf(grid, index);
    return { x0: x - HALF_ROUTE_FT, x1: x + HALF_ROUTE_FT, y0: y - HALF_ROUTE_FT, y1: y + HALF_ROUTE_FT };
  });
}

export function checksOf(board: Board): LayoutResult['checks'] {
  const grid = gridOf(board);
  return [routeCheck(board, grid), turningCheck(grid), doorCheck(board)];
}

function routeCheck(board: Board, grid: Grid): LayoutResult['checks'][number] {
  const { source } = CLEARANCES.secondary_aisle;
  const seats = board.solids.filter((solid) => isChair(solid.role));
  if (board.room.doorPoints.length === 0) {
    return {
      code: 'route',
      status: 'fail',
      source,
      detail: 'No door of the room is known, so no way to the seats can be checked.',
    };
  }
  const cut = cutSeats(board, grid);
  const detail =
    cut.length === 0
      ? `A 36 in way leads from a door to each of the ${seats.length} seats.`
      : `${cut.length} of ${seats.length} seats have no 36 in way to a door.`;
  return { code: 'route', status: cut.length === 0 ? 'pass' : 'fail', source, detail };
}

function doorCheck(board: Board): LayoutResult['checks'][number] {
  const { source } = CLEARANCES.door_depth;
  const kept = board.room.doorFloor === 'approach';
  const doors = board.room.doorPoints.length;
  if (doors === 0)
    return { code: 'door_approach', status: 'fail', source, detail: 'No door of the room is known.' };
  const detail = kept
    ? `The approach of ${doors === 1 ? 'the door' : `all ${doors} doors`} is free: 5 ft deep, 18 in beyond the door on both sides.`
    : 'The approach floor inside the door is not free; an outward or automatic door, or fewer pieces, would cure it.';
  return { code: 'door_approach', status: kept ? 'pass' : 'fail', source, detail };
}

function cutSeats(board: Board, grid: Grid): Board['solids'] {
  const reached = flood(grid, board.room.doorPoints, HALF_ROUTE_FT - STEP_FT / 2 - 1e-3);
  return board.solids
    .filter((solid) => isChair(solid.role))
    .filter(
      ({ rect }) =>
        reachedNear(grid, reached, [(rect.x0 + rect.x1) / 2, (rect.y0 + rect.y1) / 2], SEAT_REACH_FT) ===
        null,
    );
}

function turningCheck(grid: Grid): LayoutResult['checks'][number] {
  const { ft, source } = CLEARANCES.turning_circle;
  const widest = grid.clearance.reduce((a, b) => Math.max(a, b), 0);
  const pass = widest >= ft / 2 - STEP_FT / 2;
  const detail = `The largest free circle is ${(2 * widest).toFixed(1)} ft across; 5 ft are asked for.`;
  return { code: 'turning_circle', status: pass ? 'pass' : 'fail', source, detail };
}

function isChair(role: string): boolean {
  const family = familyOf({ item_key: '', role, count: 0, width_ft: 0, depth_ft: 0 });
  return (
    family === 'desk_chair' || family === 'table_chair' || family === 'guest' || family === 'worktop_seat'
  );
}

/** Clearance of every cell by a two-pass chamfer transform (error under 4 %). */
function gridOf(board: Board): Grid {
  const { bounds, ring, holes, columns: posts } = board.room;
  const columns = Math.ceil((bounds.x1 - bounds.x0) / STEP_FT) + 2;
  const rows = Math.ceil((bounds.y1 - bounds.y0) / STEP_FT) + 2;
  const [x0, y0] = [bounds.x0 - STEP_FT, bounds.y0 - STEP_FT];
  const clearance = new Float32Array(columns * rows);
  for (let j = 0; j < rows; j += 1) {
    for (let i = 0; i < columns; i += 1) {
      const at: Point = [x0 + (i + 0.5) * STEP_FT, y0 + (j + 0.5) * STEP_FT];
      const free = insideRing(at, ring) && !holes.some((hole) => insideRing(at, hole));
      clearance[j * columns + i] = free ? 1e6 : 0;
    }
  }
  const grid = { columns, rows, x0, y0, clearance };
  for (const rect of posts) block(grid, rect);
  for (const solid of board.solids) if (!isChair(solid.role)) block(grid, solid.rect);
  chamfer(grid);
  return grid;
}

function block(grid: Grid, rect: Rect): void {
  const cell = (value: number, origin: number) => Math.floor((value - origin) / STEP_FT - 0.5 + 1e-9);
  for (let j = cell(rect.y0, grid.y0) + 1; j <= cell(rect.y1, grid.y0); j += 1) {
    for (let i = cell(rect.x0, grid.x0) + 1; i <= cell(rect.x1, grid.x0); i += 1) {
      if (i >= 0 && j >= 0 && i < grid.columns && j < grid.rows) grid.clearance[j * grid.columns + i] = 0;
    }
  }
}

function chamfer({ columns, rows, clearance }: Grid): void {
  const straight = STEP_FT;
  const diagonal = STEP_FT * Math.SQRT2;
  const relax = (index: number, i: number, j: number, di: number, dj: number, by: number) => {
    const [ni, nj] = [i + di, j + dj];
    if (ni < 0 || nj < 0 || ni >= columns || nj >= rows) return;
    clearance[index] = Math.min(clearance[index]!, clearance[nj * columns + ni]! + by);
  };
  const sweep = (i: number, j: number, sign: 1 | -1) => {
    const index = j * columns + i;
    relax(index, i, j, -sign, 0, straight);
    relax(index, i, j, 0, -sign, straight);
    relax(index, i, j, -sign, -sign, diagonal);
    relax(index, i, j, sign, -sign, diagonal);
  };
  for (let j = 0; j < rows; j += 1) for (let i = 0; i < columns; i += 1) sweep(i, j, 1);
  for (let j = rows - 1; j >= 0; j -= 1) for (let i = columns - 1; i >= 0; i -= 1) sweep(i, j, -1);
}

/**
 * Cells that a disc of the given radius reaches from the doors, nearest first; `from` takes the cell before each. Near a
 * door the wall itself is no obstacle.
 */
function flood(grid: Grid, doors: readonly Point[], radius: number, from?: Int32Array): Uint8Array {
  const reached = new Uint8Array(grid.clearance.length);
  const queue: number[] = [];
  const passable = (index: number) => grid.clearance[index]! >= radius;
  for (const door of doors) {
    for (let index = 0; index < reached.length; index += 1) {
      const at = pointOf(grid, index);
      if (passable(index) && !reached[index] && Math.hypot(at[0] - door[0], at[1] - door[1]) <= 3.5) {
        reached[index] = 1;
        queue.push(index);
      }
    }
  }
  for (let head = 0; head < queue.length; head += 1) {
    const index = queue[head]!;
    for (const next of [index - 1, index + 1, index - grid.columns, index + grid.columns]) {
      if (next < 0 || next >= reached.length || reached[next] || !passable(next)) continue;
      reached[next] = 1;
      if (from) from[next] = index;
      queue.push(next);
    }
  }
  return reached;
}

function pointOf(grid: Grid, index: number): Point {
  return [
    grid.x0 + ((index % grid.columns) + 0.5) * STEP_FT,
    grid.y0 + (Math.floor(index / grid.columns) + 0.5) * STEP_FT,
  ];
}

/** The reached cell nearest to a point, within a distance in feet; null where there is none. */
function reachedNear(grid: Grid, reached: Uint8Array, at: Point, within: number): number | null {
  const span = Math.ceil(within / STEP_FT);
  const [ci, cj] = [Math.floor((at[0] - grid.x0) / STEP_FT), Math.floor((at[1] - grid.y0) / STEP_FT)];
  let best: { index: number; distance: number } | null = null;
  for (let j = cj - span; j <= cj + span; j += 1) {
    for (let i = ci - span; i <= ci + span; i += 1) {
      const index = j * grid.columns + i;
      if (i < 0 || j < 0 || i >= grid.columns || j >= grid.rows || !reached[index]) continue;
      const distance = Math.hypot((i - ci) * STEP_FT, (j - cj) * STEP_FT);
      if (distance <= within && (best === null || distance < best.distance)) best = { index, distance };
    }
  }
  return best?.index ?? null;
}
