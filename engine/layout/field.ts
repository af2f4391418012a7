/**
 * Rows of desks in open space. Desks stand back to back in strips, strips are cut into runs by aisles; the parameters
 * come from the arrangement, from its roomiest to its tightest, and the first that seats everybody is taken.
 */
import type { Arrangement } from '../../contract/layout.ts';
import { type Board, type LayoutItem, spin } from './board.ts';
import { CLEARANCES } from './clearances.ts';
import type { Point } from './geometry.ts';
import { deskModule, placesPerSide } from './modules.ts';
import type { Facing, Wall } from './room.ts';
import { middleOf, nearest } from './scan.ts';

interface RowPattern {
  /** Desks side by side between two aisles. */
  run: number;
  /** Free floor from the desk's edge, feet. */
  zone: number;
  /** Aisle between runs, feet. */
  aisle: number;
  /** Free floor between strips beyond the two seat zones, feet. */
  extra: number;
}

const { seat_zone, seat_zone_passing, main_aisle, secondary_aisle } = CLEARANCES;

/** Patterns of each arrangement, the one it wants first. */
const PATTERNS: Record<Arrangement, readonly RowPattern[]> = {
  density: [
    { run: 6, zone: seat_zone.ft, aisle: main_aisle.ft, extra: 0 },
    { run: 10, zone: seat_zone.ft, aisle: secondary_aisle.ft, extra: 0 },
  ],
  light: [
    { run: 4, zone: seat_zone_passing.ft, aisle: main_aisle.ft, extra: 1 },
    { run: 4, zone: seat_zone_passing.ft, aisle: main_aisle.ft, extra: 0 },
    { run: 6, zone: seat_zone.ft, aisle: main_aisle.ft, extra: 0 },
    { run: 10, zone: seat_zone.ft, aisle: secondary_aisle.ft, extra: 0 },
  ],
  collaboration: [
    { run: 2, zone: seat_zone_passing.ft, aisle: 6, extra: 2 },
    { run: 3, zone: seat_zone_passing.ft, aisle: 5, extra: 0 },
    { run: 4, zone: seat_zone.ft, aisle: main_aisle.ft, extra: 0 },
    { run: 6, zone: seat_zone.ft, aisle: main_aisle.ft, extra: 0 },
    { run: 10, zone: seat_zone.ft, aisle: secondary_aisle.ft, extra: 0 },
  ],
};

interface Slot {
  at: Point;
  turn: Facing;
  run: string;
}

/** Places as many of the desks as fit, each with its chairs while there are any; `rows` names whose patterns are used. */
export function placeField(
  board: Board,
  desk: LayoutItem,
  chairs: readonly LayoutItem[],
  { arrangement, rows }: { arrangement: Arrangement; rows: Arrangement },
  oneWay = false,
): void {
  const wanted = board.left(desk);
  if (wanted <= 0) return;
  let best: { slots: Slot[]; pattern: RowPattern; score: number } | null = null;
  for (const pattern of PATTERNS[rows]) {
    for (const trial of trialsOf(board, desk, pattern, oneWay)) {
      const slots = chooseSlots(board, trial, wanted, arrangement);
      const score = slots.length * 1e6 - costOf(board, slots, arrangement);
      if (!best || score > best.score) best = { slots, pattern, score };
    }
    if (best && best.slots.length >= wanted) break;
  }
  if (!best) return;
  for (const slot of best.slots) {
    const chair = chairs.find((item) => board.left(item) > 0) ?? null;
    const count = chair ? board.left(chair) : 0;
    board.place(deskModule(desk, chair, best.pattern.zone, count), slot.at, slot.turn);
  }
}

/** Valid slots for both directions of the rows and a set of offsets. */
function trialsOf(board: Board, desk: LayoutItem, pattern: RowPattern, oneWay: boolean): Slot[][] {
  const module = deskModule(desk, null, pattern.zone);
  const both = placesPerSide(desk).back > 0;
  const strip = both || oneWay ? desk.depth_ft : 2 * desk.depth_ft;
  const pitch = strip + (oneWay ? pattern.zone : 2 * pattern.zone) + pattern.extra;
  const step = Math.max(1, pitch / 10);
  const trials: Slot[][] = [];
  for (const along of ['x', 'y'] as const) {
    for (let across = 0; across < pitch; across += step) {
      for (const shift of [0.05, desk.width_ft / 2]) {
        trials.push(
          slotsOf(board, desk, pattern, { along, across, shift, pitch, single: both || oneWay }).filter(
            (slot) => board.fits(module, slot.at, slot.turn),
          ),
        );
      }
    }
  }
  return trials;
}

function slotsOf(
  board: Board,
  desk: LayoutItem,
  pattern: RowPattern,
  grid: { along: 'x' | 'y'; across: number; shift: number; pitch: number; single: boolean },
): Slot[] {
  const { bounds } = board.room;
  const [u0, u1, v0, v1] =
    grid.along === 'x'
      ? [bounds.x0, bounds.x1, bounds.y0, bounds.y1]
      : [bounds.y0, bounds.y1, bounds.x0, bounds.x1];
  const slots: Slot[] = [];
  const point = (u: number, v: number): Point => (grid.along === 'x' ? [u, v] : [v, u]);
  let strip = 0;
  for (let v = v0 + grid.across - grid.pitch; v < v1 + desk.depth_ft; v += grid.pitch, strip += 1) {
    let u = u0 + grid.shift;
    for (let index = 0; u + desk.width_ft <= u1 + 1e-6; index += 1) {
      const run = `${strip}/${Math.floor(index / pattern.run)}`;
      const middle = u + desk.width_ft / 2;
      // One desk looks to either side of the strip's spine; the module's front edge lies on its own y = 0.
      const [low, high]: [Facing, Facing] = grid.along === 'x' ? [0, 180] : [270, 90];
      slots.push({ at: point(middle, v - (grid.single ? 0 : desk.depth_ft)), turn: low, run });
      if (!grid.single) slots.push({ at: point(middle, v + desk.depth_ft), turn: high, run });
      u += desk.width_ft + ((index + 1) % pattern.run === 0 ? pattern.aisle : 0);
    }
  }
  return slots;
}

/** Whole runs in the order the arrangement likes, until enough desks stand. */
function chooseSlots(board: Board, slots: readonly Slot[], wanted: number, arrangement: Arrangement): Slot[] {
  const runs = new Map<string, Slot[]>();
  for (const slot of slots) runs.set(slot.run, [...(runs.get(slot.run) ?? []), slot]);
  const order = [...runs.values()]
    .map((list) => ({ list, key: runKey(board, list, arrangement) }))
    .sort((a, b) => a.key - b.key);
  return order.flatMap((run) => run.list).slice(0, wanted);
}

function runKey(board: Board, run: readonly Slot[], arrangement: Arrangement): number {
  const at = centre(run);
  const { room } = board;
  if (arrangement === 'light' && room.windowPoints.length > 0) return nearest(room.windowPoints, at);
  const middle = middleOf(room);
  // Clusters keep the middle of the room free to meet in; dense rows fill from the far end and leave the door side.
  if (arrangement === 'collaboration') return -Math.hypot(at[0] - middle[0], at[1] - middle[1]) - run.length;
  return -nearest(room.doorPoints, at) / 100 - run.length;
}

/** Lower is better among trials that seat the same number. */
function costOf(board: Board, slots: readonly Slot[], arrangement: Arrangement): number {
  if (slots.length === 0) return 0;
  if (arrangement === 'light' && board.room.windowPoints.length > 0) {
    const glare = slots.filter((slot) => facesWindow(board, slot)).length;
    const far = slots.reduce((a, slot) => a + nearest(board.room.windowPoints, slot.at), 0);
    return (far + GLARE_FT * glare) / slots.length;
  }
  const [xs, ys] = [slots.map((slot) => slot.at[0]), slots.map((slot) => slot.at[1])];
  const spread = (Math.max(...xs) - Math.min(...xs)) * (Math.max(...ys) - Math.min(...ys));
  return arrangement === 'density' ? spread / 1000 : -spread / 1000;
}

function centre(run: readonly Slot[]): Point {
  const sum = run.reduce<[number, number]>((a, slot) => [a[0] + slot.at[0], a[1] + slot.at[1]], [0, 0]);
  return [sum[0] / run.length, sum[1] / run.length];
}

/** Feet from the window that a screen with the window before or behind it is worth: rows stand across the windows. */
const GLARE_FT = 12;

function facesWindow(board: Board, slot: Slot): boolean {
  const wall = board.room.walls
    .filter((w) => w.windows.length > 0)
    .sort((a, b) => away(a, slot.at) - away(b, slot.at))[0];
  if (!wall) return false;
  const [dx, dy] = spin([0, 1], slot.turn);
  return wall.axis === 'x' ? Math.abs(dy) > 0.5 : Math.abs(dx) > 0.5;
}

function away(wall: Wall, at: Point): number {
  const [along, across] = wall.axis === 'x' ? at : [at[1], at[0]];
  return Math.hypot(across - wall.at, Math.max(0, wall.from - along, along - wall.to));
}
