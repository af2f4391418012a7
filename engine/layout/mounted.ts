/** Pieces that take no floor: boards and panels on walls, baffles at the ceiling, arms, screens and pedestals at desks. */
import type { LayoutItem } from './board.ts';
import { type Board, spin } from './board.ts';
import type { Point } from './geometry.ts';
import { CHAIRS_OF, familyOf } from './roles.ts';
import { darkWallsFirst, facingOf } from './scan.ts';

/** Roles that may hang from the ceiling when the walls are full. */
const CEILING_ROLES: ReadonlySet<string> = new Set(['acoustic_panel']);

export function mountOnWalls(board: Board, items: readonly LayoutItem[]): void {
  const taken = new Map<number, [number, number][]>();
  const walls = darkWallsFirst(board.room);
  for (const item of items) {
    for (const [index, wall] of walls.entries()) {
      for (
        let s = wall.from + item.width_ft / 2;
        s + item.width_ft / 2 <= wall.to + 1e-6 && board.left(item) > 0;
        s += 0.5
      ) {
        const [from, to] = [s - item.width_ft / 2, s + item.width_ft / 2];
        const blocked = [...wall.doors, ...wall.windows, ...(taken.get(index) ?? [])].some(
          ([a, b]) => from < b && a < to,
        );
        if (blocked) continue;
        taken.set(index, [...(taken.get(index) ?? []), [from, to]]);
        const off = wall.at + (wall.inward * item.depth_ft) / 2;
        board.mount(item, wall.axis === 'x' ? [s, off] : [off, s], facingOf(wall));
      }
    }
    if (CEILING_ROLES.has(item.role) || item.mount === 'ceiling') hang(board, item);
  }
}

/** The rest in an even grid over the room. */
function hang(board: Board, item: LayoutItem): void {
  const left = board.left(item);
  if (left <= 0) return;
  const { x0, y0, x1, y1 } = board.room.bounds;
  const columns = Math.max(1, Math.round(Math.sqrt((left * (x1 - x0)) / Math.max(1, y1 - y0))));
  const rows = Math.ceil(left / columns);
  for (let n = 0; n < left; n += 1) {
    const [i, j] = [n % columns, Math.floor(n / columns)];
    board.mount(item, [x0 + ((i + 0.5) * (x1 - x0)) / columns, y0 + ((j + 0.5) * (y1 - y0)) / rows], 0);
  }
}

interface Host {
  at: Point;
  turn: number;
  width: number;
  depth: number;
  /** Places still without one of the kind, by item key. */
  places: number;
}

/** One to a place of the desks; things for tables over the tables. */
export function mountOnSurfaces(
  board: Board,
  surfaces: readonly LayoutItem[],
  items: readonly LayoutItem[],
): void {
  const hosts = hostsOf(board, items);
  for (const item of surfaces) {
    for (const host of hosts) {
      for (let place = 0; place < host.places && board.left(item) > 0; place += 1) {
        const share = ((place + 0.5) / host.places - 0.5) * host.width;
        const under = item.mount === 'under_surface';
        const offset = spinDegrees([share, under ? 0 : host.depth / 4], host.turn);
        board.mount(item, [host.at[0] + offset[0], host.at[1] + offset[1]], host.turn);
      }
    }
  }
}

/** Desks and tables that stand, in the room's frame. */
function hostsOf(board: Board, items: readonly LayoutItem[]): Host[] {
  const byKey = new Map(items.map((item) => [item.item_key, item]));
  const frameTurn = (board.room.frame.angle * 180) / Math.PI;
  return board.placements.flatMap((placement): Host[] => {
    const item = byKey.get(placement.item_key);
    if (!item || placement.mounted || !(item.role in CHAIRS_OF)) return [];
    const family = familyOf(item);
    return [
      {
        at: board.room.frame.toLocal([placement.x, placement.y]),
        turn: placement.rotation_deg - frameTurn,
        width: item.width_ft,
        depth: item.depth_ft,
        places:
          family === 'desk' ? Math.max(1, item.places ?? 1) : Math.max(1, Math.ceil((item.places ?? 4) / 2)),
      },
    ];
  });
}

function spinDegrees(point: Point, degrees: number): Point {
  const turn = ((Math.round(degrees / 90) * 90) % 360) + 360;
  return spin(point, (turn % 360) as 0 | 90 | 180 | 270);
}
