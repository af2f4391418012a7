/** Finding a place for a group of pieces: along walls, or anywhere on the floor in an order of preference. */
import type { LayoutItem, Module } from './board.ts';
import { type Board, spin } from './board.ts';
import type { Point } from './geometry.ts';
import type { Facing, Room, Wall } from './room.ts';

export const ALL_TURNS: readonly Facing[] = [0, 90, 180, 270];

/** Places a group at the first point of a grid where it fits, best preference first. */
export function scanFloor(
  board: Board,
  module: Module,
  preference: (point: Point) => number,
  turns: readonly Facing[] | ((point: Point) => readonly Facing[]) = ALL_TURNS,
): boolean {
  if (!board.has(module)) return false;
  const points = gridOf(board.room)
    .map((point) => ({ point, key: preference(point) }))
    .sort((a, b) => a.key - b.key);
  for (const { point } of points) {
    const list = typeof turns === 'function' ? turns(point) : turns;
    for (const turn of list) if (board.place(module, point, turn)) return true;
  }
  return false;
}

/** Places the first of several groups, the most wanted first; given up at once when the last and smallest fits nowhere. */
export function scanFirst(
  board: Board,
  modules: readonly Module[],
  preference: (point: Point) => number,
  turns: readonly Facing[] | ((point: Point) => readonly Facing[]) = ALL_TURNS,
): boolean {
  const smallest = modules.at(-1);
  if (!smallest) return false;
  const points = gridOf(board.room);
  const anywhere = points.some((point) => {
    const list = typeof turns === 'function' ? turns(point) : turns;
    return list.some((turn) => board.fits(smallest, point, turn));
  });
  return anywhere && modules.some((module) => scanFloor(board, module, preference, turns));
}

/** Points over the room: half a foot apart in small rooms, up to two feet in large ones. */
function gridOf(room: Room): Point[] {
  const step = room.area_sqft > 4000 ? 2 : room.area_sqft > 700 ? 1 : 0.5;
  const points: Point[] = [];
  for (let x = room.bounds.x0 + step / 2; x < room.bounds.x1; x += step) {
    for (let y = room.bounds.y0 + step / 2; y < room.bounds.y1; y += step) points.push([x, y]);
  }
  return points;
}

/** Turn of a piece that stands with its back to a wall. */
export function facingOf(wall: Wall): Facing {
  if (wall.axis === 'x') return wall.inward > 0 ? 180 : 0;
  return wall.inward > 0 ? 90 : 270;
}

/** Places a group with its back to a wall, walls in the order given, at the first stretch clear of what it must not cover. */
export function scanWalls(
  board: Board,
  module: Module,
  walls: readonly Wall[],
  width: number,
  avoidWindows: boolean,
): boolean {
  const step = 0.5;
  for (const wall of walls) {
    const turn = facingOf(wall);
    for (let s = wall.from + width / 2 + 0.05; s <= wall.to - width / 2; s += step) {
      const [from, to] = [s - width / 2, s + width / 2];
      const hit = (list: readonly [number, number][]) => list.some(([a, b]) => from < b && a < to);
      if (hit(wall.doors) || (avoidWindows && hit(wall.windows))) continue;
      const off = wall.at + wall.inward * 0.05;
      if (board.place(module, wall.axis === 'x' ? [s, off] : [off, s], turn)) return true;
    }
  }
  return false;
}

/** Walls without windows first, then by length; storage keeps the light free. */
export function darkWallsFirst(room: Room): Wall[] {
  return [...room.walls].sort(
    (a, b) => a.windows.length - b.windows.length || b.to - b.from - (a.to - a.from),
  );
}

export function nearest(points: readonly Point[], [x, y]: Point): number {
  return points.length === 0 ? 0 : Math.min(...points.map((point) => Math.hypot(point[0] - x, point[1] - y)));
}

export function middleOf(room: Room): Point {
  return [(room.bounds.x0 + room.bounds.x1) / 2, (room.bounds.y0 + room.bounds.y1) / 2];
}

/** The turns with which a direction of the group (in its own frame) points from a place towards a goal, the best first. */
export function turnsTowards(goal: Point | undefined, direction: Point): (point: Point) => Facing[] {
  return (point) => {
    if (!goal) return [...ALL_TURNS];
    const [gx, gy] = [goal[0] - point[0], goal[1] - point[1]];
    const score = (turn: Facing) => {
      const [dx, dy] = spin(direction, turn);
      return (dx * gx + dy * gy) / Math.max(1e-9, Math.hypot(gx, gy));
    };
    return ALL_TURNS.filter((turn) => score(turn) > 0.5).sort((x, y) => score(y) - score(x));
  };
}

export function isTall(item: LayoutItem): boolean {
  return (item.height_ft ?? 0) > 4;
}
