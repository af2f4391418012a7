/** How each kind of furniture is placed: desks, tables, receptions, worktops, lounge groups, storage and the loose rest. */
import type { Arrangement } from '../../contract/layout.ts';
import type { Board, LayoutItem, Module } from './board.ts';
import { CLEARANCES } from './clearances.ts';
import { placeField } from './field.ts';
import type { Point } from './geometry.ts';
import {
  loungeModule,
  officeModule,
  singleModule,
  tableCapacity,
  tableModule,
  wallModule,
  worktopModule,
} from './modules.ts';
import { CHAIRS_OF } from './roles.ts';
import {
  darkWallsFirst,
  isTall,
  middleOf,
  nearest,
  scanFirst,
  scanFloor,
  scanWalls,
  turnsTowards,
} from './scan.ts';

/** Desks from which a room is furnished in rows; fewer stand as in a private office. */
export const ROWS_FROM = 3;

/** Work places of some desks. */
export function placesOf(desks: readonly LayoutItem[]): number {
  return desks.reduce((a, desk) => a + desk.count * Math.max(1, desk.places ?? 1), 0);
}

export function placeDesks(
  board: Board,
  desks: readonly LayoutItem[],
  items: readonly LayoutItem[],
  arrangement: Arrangement,
  rows: Arrangement,
): void {
  const units = placesOf(desks);
  for (const desk of [...desks].sort((a, b) => b.count - a.count || (a.item_key < b.item_key ? -1 : 1))) {
    const chairs = chairsOf(desk, items);
    if (units < ROWS_FROM) placeOffice(board, desk, chairs, items);
    else placeField(board, desk, chairs, { arrangement, rows }, desk.role === 'training_table');
  }
}

/** A desk whose user faces the door, guests before it; fewer guests, then a desk at the wall, where the room is small. */
function placeOffice(
  board: Board,
  desk: LayoutItem,
  chairs: readonly LayoutItem[],
  items: readonly LayoutItem[],
): void {
  const guest = items.find((item) => item.role === 'guest_chair') ?? null;
  const door = board.room.doorPoints[0];
  const zones = [CLEARANCES.seat_zone_passing.ft, CLEARANCES.seat_zone.ft];
  while (board.left(desk) > 0) {
    const chair = chairs.find((item) => board.left(item) > 0) ?? null;
    const guests = guest ? Math.min(2, Math.ceil(board.left(guest) / board.left(desk))) : 0;
    const far = (point: Point) =>
      door ? -Math.hypot(point[0] - door[0], point[1] - door[1]) : nearest([middleOf(board.room)], point);
    const tries: Module[] = [];
    for (let n = guests; n >= 0; n -= 1)
      for (const zone of zones) tries.push(officeModule(desk, chair, guest, n, zone));
    const placed =
      scanFirst(board, tries, far, turnsTowards(door, [0, 1])) ||
      scanFirst(board, tries, far) ||
      scanWalls(
        board,
        worktopModule(desk, chair, CLEARANCES.seat_zone.ft),
        board.room.walls,
        desk.width_ft,
        false,
      );
    if (!placed) return;
  }
  if (guest) placeLoose(board, guest, (point) => nearest(board.room.doorPoints, point));
}

/** One table in the middle of the room, several in a grid, each with its share of the chairs. */
export function placeTables(board: Board, tables: readonly LayoutItem[], items: readonly LayoutItem[]): void {
  const middle = middleOf(board.room);
  const long = board.room.bounds.x1 - board.room.bounds.x0 >= board.room.bounds.y1 - board.room.bounds.y0;
  for (const table of tables) {
    const chairs = chairsOf(table, items);
    const single = table.count === 1 && board.room.area_sqft < 900;
    const key = (point: Point) =>
      single ? Math.hypot(point[0] - middle[0], point[1] - middle[1]) : point[1] * 1000 + point[0];
    while (board.left(table) > 0) {
      const chair = chairs.find((item) => board.left(item) > 0) ?? null;
      const share = chair
        ? Math.min(tableCapacity(table, chair), Math.ceil(board.left(chair) / board.left(table)))
        : 0;
      const tries: Module[] = [];
      for (let n = share; n >= Math.ceil(share / 2); n -= 1) {
        for (const zone of [CLEARANCES.seat_zone_passing.ft, CLEARANCES.seat_zone.ft])
          tries.push(tableModule(table, chair, n, zone));
      }
      if (!scanFirst(board, tries, key, long ? [0, 90] : [90, 0])) break;
    }
  }
}

export function placeReception(
  board: Board,
  desks: readonly LayoutItem[],
  items: readonly LayoutItem[],
): void {
  const door = board.room.doorPoints[0];
  // Far enough to walk in, near enough to be met.
  const key = (point: Point) =>
    door
      ? Math.abs(Math.hypot(point[0] - door[0], point[1] - door[1]) - 10)
      : nearest([middleOf(board.room)], point);
  for (const desk of desks) {
    const chairs = chairsOf(desk, items);
    while (board.left(desk) > 0) {
      const chair = chairs.find((item) => board.left(item) > 0) ?? null;
      const tries = [CLEARANCES.seat_zone_passing.ft, CLEARANCES.seat_zone.ft].map((zone) =>
        officeModule(desk, chair, null, 0, zone),
      );
      // Facing the door where there is room for it; sideways to it is better than no reception.
      const placed = scanFirst(board, tries, key, turnsTowards(door, [0, 1])) || scanFirst(board, tries, key);
      if (!placed) break;
    }
  }
}

export function placeWorktops(
  board: Board,
  surfaces: readonly LayoutItem[],
  seats: readonly LayoutItem[],
): void {
  for (const surface of surfaces) {
    while (board.left(surface) > 0) {
      const seat = seats.find((item) => board.left(item) > 0) ?? null;
      const zones = [CLEARANCES.seat_zone.ft, (seat?.depth_ft ?? 1.5) + 0.2];
      const placed = zones.some((zone) =>
        scanWalls(board, worktopModule(surface, seat, zone), board.room.walls, surface.width_ft, false),
      );
      if (!placed) break;
    }
  }
}

/** Groups of up to four seats around a low table, near the windows. */
export function placeLounge(board: Board, seats: readonly LayoutItem[], tables: readonly LayoutItem[]): void {
  const left = () => seats.flatMap((seat) => Array.from({ length: board.left(seat) }, () => seat));
  const key = (point: Point) =>
    nearest(board.room.windowPoints.length > 0 ? board.room.windowPoints : [middleOf(board.room)], point);
  let size = 4;
  while (left().length > 0 && size > 0) {
    const table = tables.find((item) => board.left(item) > 0) ?? null;
    const tablesLeft = tables.reduce((a, item) => a + board.left(item), 0);
    const share = Math.min(size, Math.max(1, Math.ceil(left().length / Math.max(1, tablesLeft))));
    const group = left().slice(0, share);
    if (scanFloor(board, loungeModule(group, table), key)) continue;
    if (group.length === 1 && !scanFloor(board, singleModule(group[0]!), key)) break;
    size = Math.max(1, share - 1);
  }
}

/** A slender coat stand or planter has no front to open: the corner that is left does. */
const NO_FRONT = new Set(['coat_storage', 'planter']);

/** Storage and the like with their backs to a wall, where there is none in rows on the floor. */
export function placeAlongWalls(board: Board, items: readonly LayoutItem[]): void {
  const walls = darkWallsFirst(board.room);
  for (const item of [...items].sort(
    (a, b) => b.width_ft * b.depth_ft - a.width_ft * a.depth_ft || (a.item_key < b.item_key ? -1 : 1),
  )) {
    const fronts: number[] = [CLEARANCES.storage_front.ft];
    if (item.width_ft < 2.5) fronts.push(1.5);
    if (NO_FRONT.has(item.role) && Math.max(item.width_ft, item.depth_ft) < 2) fronts.push(0.25);
    while (board.left(item) > 0) {
      const placed =
        fronts.some((front) =>
          scanWalls(board, wallModule(item, front), walls, item.width_ft, isTall(item)),
        ) ||
        scanWalls(board, wallModule(item, CLEARANCES.storage_front.ft), walls, item.width_ft, false) ||
        scanFloor(
          board,
          wallModule(item, CLEARANCES.storage_front.ft),
          (point) => point[1] * 1000 + point[0],
        );
      if (!placed) break;
    }
  }
}

export function placeRest(board: Board, items: readonly LayoutItem[]): void {
  const { bounds } = board.room;
  const corners: Point[] = [
    [bounds.x0, bounds.y0],
    [bounds.x1, bounds.y0],
    [bounds.x0, bounds.y1],
    [bounds.x1, bounds.y1],
  ];
  for (const item of items) placeLoose(board, item, (point) => nearest(corners, point));
}

function placeLoose(board: Board, item: LayoutItem, key: (point: Point) => number): void {
  while (board.left(item) > 0 && scanFloor(board, singleModule(item), key));
}

function chairsOf(item: LayoutItem, items: readonly LayoutItem[]): LayoutItem[] {
  const roles = CHAIRS_OF[item.role] ?? [];
  return items.filter((other) => roles.includes(other.role));
}
