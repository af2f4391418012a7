/**
 * Furnishes one room: pieces of the bill in, placements out. What finds no place is told, so that the caller can keep
 * plan count and bill count the same. The same room, items and arrangement give the same layout.
 */
import type { Arrangement, LayoutResult } from '../../contract/layout.ts';
import { Board, type LayoutItem } from './board.ts';
import { checksOf, cutEntries, waysOf } from './checks.ts';
import { mountOnSurfaces, mountOnWalls } from './mounted.ts';
import {
  placeAlongWalls,
  placeDesks,
  placeLounge,
  placeReception,
  placeRest,
  placesOf,
  placeTables,
  placeWorktops,
  ROWS_FROM,
} from './parts.ts';
import { type Family, familyOf, seatsOf } from './roles.ts';
import { type DoorFloor, type LayoutRoom, type Room, roomOf } from './room.ts';

export type { LayoutItem } from './board.ts';
export type { LayoutRoom } from './room.ts';

type Step = 'desks' | 'tables' | 'reception' | 'worktops' | 'lounge' | 'walls' | 'rest';

interface Attempt {
  order: readonly Step[];
  /** Whose row patterns are used. */
  rows: Arrangement;
  /** Whose taste places the rows; the asked arrangement's own unless given. */
  as?: Arrangement;
}

const FIRST: readonly Step[] = ['reception', 'worktops'];
const ROOM_ORDER: readonly Step[] = [...FIRST, 'desks', 'tables', 'lounge', 'walls', 'rest'];

/** Attempts in open space; the first suits the arrangement best, and the first that leaves nothing out is taken. */
const ROW_ATTEMPTS: Record<Arrangement, readonly Attempt[]> = {
  density: [
    { order: [...FIRST, 'walls', 'desks', 'tables', 'lounge', 'rest'], rows: 'density' },
    { order: [...FIRST, 'tables', 'lounge', 'desks', 'walls', 'rest'], rows: 'density' },
    // Where somebody still stands, the other arrangements' ways may seat more in this outline.
    { order: [...FIRST, 'walls', 'desks', 'tables', 'lounge', 'rest'], rows: 'light', as: 'light' },
    {
      order: [...FIRST, 'tables', 'lounge', 'walls', 'desks', 'rest'],
      rows: 'collaboration',
      as: 'collaboration',
    },
    {
      order: [...FIRST, 'walls', 'desks', 'tables', 'lounge', 'rest'],
      rows: 'collaboration',
      as: 'collaboration',
    },
    { order: [...FIRST, 'tables', 'lounge', 'walls', 'desks', 'rest'], rows: 'density', as: 'collaboration' },
  ],
  light: [
    { order: [...FIRST, 'walls', 'desks', 'tables', 'lounge', 'rest'], rows: 'light' },
    { order: [...FIRST, 'walls', 'tables', 'desks', 'lounge', 'rest'], rows: 'density' },
    { order: [...FIRST, 'tables', 'lounge', 'desks', 'walls', 'rest'], rows: 'density' },
    { order: [...FIRST, 'walls', 'desks', 'tables', 'lounge', 'rest'], rows: 'density', as: 'density' },
  ],
  collaboration: [
    { order: [...FIRST, 'tables', 'lounge', 'walls', 'desks', 'rest'], rows: 'collaboration' },
    { order: [...FIRST, 'walls', 'desks', 'tables', 'lounge', 'rest'], rows: 'collaboration' },
    { order: [...FIRST, 'tables', 'lounge', 'walls', 'desks', 'rest'], rows: 'density' },
    { order: [...FIRST, 'walls', 'desks', 'tables', 'lounge', 'rest'], rows: 'density' },
    { order: [...FIRST, 'walls', 'desks', 'tables', 'lounge', 'rest'], rows: 'density', as: 'density' },
  ],
};

/** How much floor doors get, the full approach first. Less is tried only where more leaves people without a seat. */
const DOOR_FLOORS: readonly DoorFloor[] = ['approach', 'swing', 'outward'];
/** A door may be taken to open outward only in rooms this small. */
const OUTWARD_SQFT = 60;

/** In larger rooms there is more than one way to a seat, and keeping all of them free takes long. */
const WAYS_UP_TO_SQFT = 600;

/** In larger rooms the patterns seat about the same number, and trying all of them takes long. */
const OTHERS_UP_TO_SQFT = 4000;

export function layoutSpace(
  plan: LayoutRoom,
  items: readonly LayoutItem[],
  arrangement: Arrangement,
): LayoutResult {
  const wanted = items.filter((item) => item.count > 0);
  if (plan.polygon.length < 3) return nothing(wanted, arrangement, 'The outline of the room is not known.');
  const rows = placesOf(wanted.filter((item) => familyOf(item) === 'desk')) >= ROWS_FROM;
  const attempts: readonly Attempt[] = rows
    ? ROW_ATTEMPTS[arrangement]
    : [{ order: ROOM_ORDER, rows: arrangement }];
  let best: Board | null = null;
  for (const doorFloor of DOOR_FLOORS) {
    const room = roomOf(plan, doorFloor);
    if (
      best &&
      (seatsMissing(best, wanted) === 0 || (doorFloor === 'outward' && room.area_sqft > OUTWARD_SQFT))
    )
      break;
    for (const attempt of attempts) {
      if (best && missingWeight(best, wanted) === 0) break;
      if (attempt.as && room.area_sqft > OTHERS_UP_TO_SQFT) continue;
      const board = furnish(room, wanted, attempt, attempt.as ?? arrangement);
      const better =
        !best ||
        (best.room === room
          ? missingWeight(board, wanted) < missingWeight(best, wanted)
          : seatsMissing(board, wanted) < seatsMissing(best, wanted));
      if (better) best = board;
    }
  }
  return resultOf(best!, wanted, arrangement);
}

/** All three arrangements, to choose from. */
export function layoutChoices(plan: LayoutRoom, items: readonly LayoutItem[]): LayoutResult[] {
  return (['density', 'light', 'collaboration'] as const).map((arrangement) =>
    layoutSpace(plan, items, arrangement),
  );
}

function furnish(
  room: Room,
  items: readonly LayoutItem[],
  attempt: Attempt,
  arrangement: Arrangement,
  keepWays = false,
): Board {
  const board = new Board(room);
  const of = (family: Family) => items.filter((item) => familyOf(item) === family);
  const steps: Record<Step, () => void> = {
    desks: () => placeDesks(board, of('desk'), items, arrangement, attempt.rows),
    tables: () => placeTables(board, of('table'), items),
    reception: () => placeReception(board, of('reception'), items),
    worktops: () => placeWorktops(board, of('worktop'), of('worktop_seat')),
    lounge: () => placeLounge(board, of('lounge'), of('low_table')),
    walls: () => placeAlongWalls(board, of('wall_side')),
    rest: () => placeRest(board, [...of('low_table'), ...of('floor')]),
  };
  for (const step of attempt.order) {
    steps[step]();
    if (keepWays && (step === 'desks' || step === 'tables')) board.keepFree(waysOf(board));
  }
  const reachable = withWays(board);
  if (seatsMissing(reachable, items) > seatsMissing(board, items)) {
    const better = (other: Board) => missingWeight(other, items) < missingWeight(reachable, items);
    // What stands in the only way to a seat stands elsewhere, not the seat.
    if (!keepWays && room.area_sqft <= WAYS_UP_TO_SQFT) {
      const clear = furnish(room, items, attempt, arrangement, true);
      if (better(clear)) return clear;
    }
    // A cupboard that nothing else can be done about goes.
    const cupboards = of('wall_side');
    if (cupboards.length > 0) {
      const others = items.filter((item) => item !== cupboards.at(-1));
      const fewer = furnish(room, others, attempt, arrangement, keepWays);
      if (better(fewer)) return fewer;
    }
  }
  mountOnWalls(reachable, of('wall'));
  mountOnSurfaces(reachable, of('surface'), items);
  return reachable;
}

/** Takes out what stands where no 36 in way leads: a seat that cannot be reached is no seat. */
function withWays(board: Board): Board {
  let current = board;
  for (let round = 0; round < 3; round += 1) {
    const cut = cutEntries(current);
    if (cut.size === 0) break;
    current = current.without(cut);
  }
  return current;
}

function seatsMissing(board: Board, items: readonly LayoutItem[]): number {
  return items.reduce((a, item) => a + seatsOf(item) * board.left(item), 0);
}

/** What is missing, seats and work places counting most. */
function missingWeight(board: Board, items: readonly LayoutItem[]): number {
  return items.reduce((a, item) => {
    const family = familyOf(item);
    const weight =
      family === 'desk' || family === 'table' ? 20 : seatsOf(item) > 0 ? 10 : family === 'surface' ? 0.1 : 1;
    return a + weight * board.left(item);
  }, 0);
}

function resultOf(board: Board, items: readonly LayoutItem[], arrangement: Arrangement): LayoutResult {
  const needed = items.reduce((a, item) => a + seatsOf(item) * item.count, 0);
  const placed = items.reduce((a, item) => a + seatsOf(item) * (item.count - board.left(item)), 0);
  return {
    arrangement,
    placements: board.placements,
    unplaced: items
      .filter((item) => board.left(item) > 0)
      .map((item) => ({ item_key: item.item_key, count: board.left(item), why: whyNot(item) })),
    seats_needed: needed,
    seats_placed: placed,
    sqft_per_seat: placed > 0 ? Math.round((10 * board.room.area_sqft) / placed) / 10 : null,
    checks: checksOf(board),
    notes: DOOR_NOTES[board.room.doorFloor],
  };
}

const DOOR_NOTES: Record<DoorFloor, string[]> = {
  approach: [],
  swing: [
    'With the full approach floor of the door somebody would have no seat; only its swing is kept free.',
  ],
  outward: ['The door is taken to open outward: its swing into so small a room would leave no seat.'],
};

function whyNot(item: LayoutItem): string {
  const size = `${item.width_ft.toFixed(1)} × ${item.depth_ft.toFixed(1)} ft`;
  switch (familyOf(item)) {
    case 'surface':
      return 'No desk or table is left for it to stand on or under.';
    case 'wall':
      return 'No wall is left for it between doors and windows.';
    case 'desk_chair':
    case 'table_chair':
    case 'worktop_seat':
      return 'No place at a desk or table is left for it.';
    default:
      return `No floor of ${size} is left that keeps the clearances.`;
  }
}

function nothing(items: readonly LayoutItem[], arrangement: Arrangement, why: string): LayoutResult {
  return {
    arrangement,
    placements: [],
    unplaced: items.map((item) => ({ item_key: item.item_key, count: item.count, why })),
    seats_needed: items.reduce((a, item) => a + seatsOf(item) * item.count, 0),
    seats_placed: 0,
    sqft_per_seat: null,
    checks: [],
    notes: [why],
  };
}
