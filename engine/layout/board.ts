/**
 * What stands where: pieces on the floor and the free floor each keeps in front of it. A piece never stands on another
 * piece, on a door's floor or on another's free floor; free floors may lie over each other.
 */
import type { Placement } from '../../contract/layout.ts';
import { overlaps, type Point, type Rect } from './geometry.ts';
import { type Facing, onFloor, type Room } from './room.ts';

/** A kind of piece in the bill, in feet. */
export interface LayoutItem {
  item_key: string;
  /** The part it plays, as in the kit table. */
  role: string;
  count: number;
  width_ft: number;
  depth_ft: number;
  height_ft?: number | null | undefined;
  /** Places of one piece: desks of a bench, seats of a table or sofa. */
  places?: number | undefined;
  mount?: 'floor' | 'wall_side' | 'wall' | 'on_surface' | 'under_surface' | 'ceiling' | undefined;
}

/** A piece of a module: middle, size and turn in the module's own frame (front of the module towards −y). */
export interface Piece {
  item: LayoutItem;
  x: number;
  y: number;
  /** Width along the piece's own x, before its turn. */
  width: number;
  depth: number;
  turn: Facing;
}

/** Pieces that are placed together or not at all, with the free floor they need. */
export interface Module {
  pieces: Piece[];
  /** Floor that has to be there and stays free. */
  clear: Rect[];
  /** Kept free of other pieces as far as it lies in the room. */
  keep?: Rect[];
}

export class Board {
  readonly room: Room;
  readonly placements: Placement[] = [];
  readonly solids: { rect: Rect; role: string; entry: number }[] = [];
  readonly clears: Rect[] = [];
  /** What was placed, in order, so that a board can be made again without some of it. */
  readonly log: { module: Module; at: Point; turn: Facing }[] = [];
  readonly #used = new Map<string, number>();
  readonly #cells = new Map<number, number[]>();
  readonly #clearCells = new Map<number, number[]>();

  constructor(room: Room) {
    this.room = room;
  }

  left(item: LayoutItem): number {
    return item.count - (this.#used.get(item.item_key) ?? 0);
  }

  /** Whether a module may stand at a point with a turn; the board is not changed. */
  fits(module: Module, at: Point, turn: Facing): boolean {
    const shape = shapeOf(module, turn);
    const { bounds } = this.room;
    if (at[0] + shape.box.x0 < bounds.x0 - 0.01 || at[0] + shape.box.x1 > bounds.x1 + 0.01) return false;
    if (at[1] + shape.box.y0 < bounds.y0 - 0.01 || at[1] + shape.box.y1 > bounds.y1 + 0.01) return false;
    for (const solid of shape.solids) if (!this.#free(moved(solid, at))) return false;
    for (const rect of [...shape.clears, ...shape.keeps]) if (this.#meetsSolid(moved(rect, at))) return false;
    for (const solid of shape.solids) if (!onFloor(this.room, moved(solid, at))) return false;
    for (const clear of shape.clears) if (!onFloor(this.room, moved(clear, at))) return false;
    return true;
  }

  /** Whether enough of every piece of a module is left. */
  has(module: Module): boolean {
    const wanted = new Map<LayoutItem, number>();
    for (const piece of module.pieces) wanted.set(piece.item, (wanted.get(piece.item) ?? 0) + 1);
    return [...wanted].every(([item, count]) => this.left(item) >= count);
  }

  /** Places a module if it fits and enough of every piece is left. */
  place(module: Module, at: Point, turn: Facing): boolean {
    if (!this.fits(module, at, turn) || !this.has(module)) return false;
    this.log.push({ module, at, turn });
    const shape = shapeOf(module, turn);
    for (const [index, piece] of module.pieces.entries())
      this.#put(piece, moved(shape.solids[index]!, at), turn);
    this.keepFree([...shape.clears, ...shape.keeps].map((rect) => moved(rect, at)));
    return true;
  }

  /** The same board without some entries of its log. */
  without(entries: ReadonlySet<number>): Board {
    const board = new Board(this.room);
    for (const [index, { module, at, turn }] of this.log.entries())
      if (!entries.has(index)) board.place(module, at, turn);
    return board;
  }

  /** Records a piece that takes no floor: on or under another one, on a wall, at the ceiling. */
  mount(item: LayoutItem, at: Point, turn: number): void {
    this.#record(item, at, turn, true);
  }

  /** Keeps floor free of whatever is placed from now on. */
  keepFree(rects: readonly Rect[]): void {
    for (const rect of rects) this.#index(this.#clearCells, rect, this.clears.push(rect) - 1);
  }

  #put(piece: Piece, rect: Rect, turn: Facing): void {
    const entry = this.log.length - 1;
    this.#index(this.#cells, rect, this.solids.push({ rect, role: piece.item.role, entry }) - 1);
    this.#record(piece.item, [(rect.x0 + rect.x1) / 2, (rect.y0 + rect.y1) / 2], turn + piece.turn, false);
  }

  #record(item: LayoutItem, at: Point, turn: number, mounted: boolean): void {
    const unit = this.#used.get(item.item_key) ?? 0;
    this.#used.set(item.item_key, unit + 1);
    const [x, y] = this.room.frame.toPlan(at);
    const degrees = (turn + (this.room.frame.angle * 180) / Math.PI) % 360;
    this.placements.push({
      item_key: item.item_key,
      unit,
      x: round(x),
      y: round(y),
      rotation_deg: Math.round((degrees < 0 ? degrees + 360 : degrees) * 1e6) / 1e6,
      width_ft: item.width_ft,
      depth_ft: item.depth_ft,
      mounted,
    });
  }

  #free(rect: Rect): boolean {
    for (const zone of this.room.doorZones) if (overlaps(rect, zone)) return false;
    if (this.#meetsSolid(rect)) return false;
    return !meets(rect, this.#clearCells, (index) => overlaps(rect, this.clears[index]!));
  }

  #meetsSolid(rect: Rect): boolean {
    return meets(rect, this.#cells, (index) => overlaps(rect, this.solids[index]!.rect));
  }

  #index(cells: Map<number, number[]>, rect: Rect, index: number): void {
    for (const key of cellKeys(rect)) {
      const list = cells.get(key);
      if (list) list.push(index);
      else cells.set(key, [index]);
    }
  }
}

const CELL_FT = 6;

/** Keys of the cells that a rectangle touches; a room is far less than 4,096 cells wide. */
function cellKeys(rect: Rect): number[] {
  const keys: number[] = [];
  meets(rect, null, (key) => {
    keys.push(key);
    return false;
  });
  return keys;
}

/** Whether a test holds for anything in the cells a rectangle touches, or without cells for one of their keys. */
function meets(
  rect: Rect,
  cells: ReadonlyMap<number, number[]> | null,
  test: (index: number) => boolean,
): boolean {
  const [i1, j1] = [Math.floor(rect.x1 / CELL_FT), Math.floor(rect.y1 / CELL_FT)];
  for (let i = Math.floor(rect.x0 / CELL_FT); i <= i1; i += 1) {
    for (let j = Math.floor(rect.y0 / CELL_FT); j <= j1; j += 1) {
      const key = i * 8192 + j;
      if (cells === null ? test(key) : cells.get(key)?.some(test)) return true;
    }
  }
  return false;
}

/** A module turned, about its own origin; worked out once for each turn. */
interface Shape {
  solids: Rect[];
  clears: Rect[];
  keeps: Rect[];
  /** Around everything that has to lie in the room. */
  box: Rect;
}

const shapes = new WeakMap<Module, Partial<Record<Facing, Shape>>>();

function shapeOf(module: Module, turn: Facing): Shape {
  const known = shapes.get(module) ?? {};
  const found = known[turn];
  if (found) return found;
  const origin: Point = [0, 0];
  const solids = module.pieces.map((piece) => pieceRect(piece, origin, turn));
  const clears = module.clear.map((rect) => turned(rect, origin, turn));
  const all = [...solids, ...clears];
  const shape: Shape = {
    solids,
    clears,
    keeps: (module.keep ?? []).map((rect) => turned(rect, origin, turn)),
    box: {
      x0: Math.min(...all.map((rect) => rect.x0)),
      y0: Math.min(...all.map((rect) => rect.y0)),
      x1: Math.max(...all.map((rect) => rect.x1)),
      y1: Math.max(...all.map((rect) => rect.y1)),
    },
  };
  shapes.set(module, { ...known, [turn]: shape });
  return shape;
}

function moved(rect: Rect, [x, y]: Point): Rect {
  return { x0: rect.x0 + x, y0: rect.y0 + y, x1: rect.x1 + x, y1: rect.y1 + y };
}

/** A rectangle of the module's frame, turned counter-clockwise about the module's origin and moved to a point. */
export function turned(rect: Rect, [x, y]: Point, turn: Facing): Rect {
  const corners: Point[] = [spin([rect.x0, rect.y0], turn), spin([rect.x1, rect.y1], turn)];
  const [a, b] = corners as [Point, Point];
  return {
    x0: x + Math.min(a[0], b[0]),
    x1: x + Math.max(a[0], b[0]),
    y0: y + Math.min(a[1], b[1]),
    y1: y + Math.max(a[1], b[1]),
  };
}

export function spin([x, y]: Point, turn: Facing): Point {
  if (turn === 0) return [x, y];
  if (turn === 90) return [-y, x];
  return turn === 180 ? [-x, -y] : [y, -x];
}

function pieceRect(piece: Piece, at: Point, turn: Facing): Rect {
  const across = piece.turn % 180 !== 0;
  const [w, d] = across ? [piece.depth, piece.width] : [piece.width, piece.depth];
  return turned(
    { x0: piece.x - w / 2, x1: piece.x + w / 2, y0: piece.y - d / 2, y1: piece.y + d / 2 },
    at,
    turn,
  );
}

export function pieceOf(item: LayoutItem, x: number, y: number, turn: Facing = 0): Piece {
  return { item, x, y, width: item.width_ft, depth: item.depth_ft, turn };
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
