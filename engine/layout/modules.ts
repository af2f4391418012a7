/**
 * Groups of pieces that belong together, in their own frame: a desk with its chairs, a table with seats around it, seats
 * around a coffee table, a piece with its back to a wall. Front of the group towards −y; feet.
 */
import type { LayoutItem, Module, Piece } from './board.ts';
import { pieceOf } from './board.ts';
import { CLEARANCES } from './clearances.ts';
import type { Rect } from './geometry.ts';

/** A hand's breadth between a chair and the edge it is drawn up to. */
const CHAIR_GAP = 0.1;
/** Width of a place at a table, 30 in. */
const PLACE_FT = 2.5;

/** Places that a desk has on each long side: a bench of four or more is sat at from both. */
export function placesPerSide(desk: LayoutItem): { front: number; back: number } {
  const places = Math.max(1, desk.places ?? 1);
  return places >= 4 && places % 2 === 0
    ? { front: places / 2, back: places / 2 }
    : { front: places, back: 0 };
}

/**
 * A desk whose front edge lies on y = 0 and whose user sits on the −y side; a bench is also sat at from behind. Chairs
 * beyond the given number are left off, the free floor stays.
 */
export function deskModule(
  desk: LayoutItem,
  chair: LayoutItem | null,
  zone: number,
  chairs = Number.POSITIVE_INFINITY,
): Module {
  const [w, d] = [desk.width_ft, desk.depth_ft];
  const { front, back } = placesPerSide(desk);
  const pieces: Piece[] = [pieceOf(desk, 0, d / 2)];
  const clear: Rect[] = [{ x0: -w / 2, x1: w / 2, y0: -zone, y1: 0 }];
  if (back > 0) clear.push({ x0: -w / 2, x1: w / 2, y0: d, y1: d + zone });
  if (!chair) return { pieces, clear };
  let left = chairs;
  const reach = chair.depth_ft / 2 + CHAIR_GAP;
  for (let i = 0; i < front && left > 0; i += 1, left -= 1)
    pieces.push(pieceOf(chair, along(i, front, w), -reach, 180));
  for (let i = 0; i < back && left > 0; i += 1, left -= 1)
    pieces.push(pieceOf(chair, along(i, back, w), d + reach, 0));
  return { pieces, clear };
}

/** As deskModule, with guest chairs on the far side facing the user. */
export function officeModule(
  desk: LayoutItem,
  chair: LayoutItem | null,
  guest: LayoutItem | null,
  guests: number,
  zone: number,
): Module {
  const module = deskModule(desk, chair, zone, 1);
  if (!guest || guests === 0) return module;
  const [w, d] = [Math.max(desk.width_ft, guests * (guest.width_ft + 0.2)), desk.depth_ft];
  for (let i = 0; i < guests; i += 1)
    module.pieces.push(pieceOf(guest, along(i, guests, w), d + 0.4 + guest.depth_ft / 2, 0));
  module.clear.push({
    x0: -w / 2,
    x1: w / 2,
    y0: d,
    y1: d + Math.max(CLEARANCES.seat_zone.ft, guest.depth_ft + 0.5),
  });
  return module;
}

/** Most chairs that go around a table: 30 in each (or the chair's own width) along the sides, one at each end of 30 in or more. */
export function tableCapacity(table: LayoutItem, chair: LayoutItem): number {
  const { side, end } = tableSides(table, chair);
  return 2 * side + 2 * end;
}

/** A table about the origin with chairs drawn up to it: the long sides first, then the ends. */
export function tableModule(
  table: LayoutItem,
  chair: LayoutItem | null,
  chairs: number,
  zone: number,
): Module {
  const [w, d] = [table.width_ft, table.depth_ft];
  const pieces: Piece[] = [pieceOf(table, 0, 0)];
  if (!chair || chairs === 0) return { pieces, clear: [] };
  const { side: perSide, end } = tableSides(table, chair);
  const ends = Math.min(2 * end, Math.max(0, chairs - 2 * perSide));
  const onSides = Math.min(2 * perSide, chairs - ends);
  const [front, back] = [Math.ceil(onSides / 2), Math.floor(onSides / 2)];
  const [dy, dx] = [d / 2 + chair.depth_ft / 2 + CHAIR_GAP, w / 2 + chair.depth_ft / 2 + CHAIR_GAP];
  for (let i = 0; i < front; i += 1) pieces.push(pieceOf(chair, along(i, front, w), -dy, 180));
  for (let i = 0; i < back; i += 1) pieces.push(pieceOf(chair, along(i, back, w), dy, 0));
  if (ends > 0) pieces.push(pieceOf(chair, -dx, 0, 90));
  if (ends > 1) pieces.push(pieceOf(chair, dx, 0, 270));
  const room = Math.max(zone, chair.depth_ft + CHAIR_GAP);
  const clear: Rect[] = [];
  if (front > 0) clear.push({ x0: -w / 2, x1: w / 2, y0: -d / 2 - room, y1: -d / 2 });
  if (back > 0) clear.push({ x0: -w / 2, x1: w / 2, y0: d / 2, y1: d / 2 + room });
  const side = (used: boolean) => (used ? room : CLEARANCES.desk_side.ft);
  clear.push({ x0: -w / 2 - side(ends > 0), x1: -w / 2, y0: -d / 2, y1: d / 2 });
  clear.push({ x0: w / 2, x1: w / 2 + side(ends > 1), y0: -d / 2, y1: d / 2 });
  return { pieces, clear };
}

/** Up to four seats around a low table, or around its place when there is none. */
export function loungeModule(seats: readonly LayoutItem[], table: LayoutItem | null): Module {
  const [w, d] = table ? [table.width_ft, table.depth_ft] : [2, 2];
  const gap = CLEARANCES.lounge_gap.ft;
  const pieces: Piece[] = table ? [pieceOf(table, 0, 0)] : [];
  const turns = [180, 0, 90, 270] as const;
  for (const [index, seat] of seats.slice(0, 4).entries()) {
    const reach = gap + seat.depth_ft / 2;
    if (index < 2) pieces.push(pieceOf(seat, 0, (index === 0 ? -1 : 1) * (d / 2 + reach), turns[index]!));
    else {
      // Seats at the sides stand clear of those in front and behind, whatever their width.
      const wide = Math.max(
        w / 2,
        ...seats.slice(0, 2).map((s) => (s.width_ft > w ? s.width_ft / 2 - gap : 0)),
      );
      pieces.push(pieceOf(seat, (index === 2 ? -1 : 1) * (wide + reach), 0, turns[index]!));
    }
  }
  return { pieces, clear: [], keep: [around(pieces, CLEARANCES.secondary_aisle.ft)] };
}

/** The floor around some pieces that stays free for a way past them. */
function around(pieces: readonly Piece[], by: number): Rect {
  const half = (piece: Piece) =>
    piece.turn % 180 === 0 ? [piece.width / 2, piece.depth / 2] : [piece.depth / 2, piece.width / 2];
  const reach = pieces.map((piece) => ({ piece, w: half(piece)[0]!, d: half(piece)[1]! }));
  return {
    x0: Math.min(...reach.map(({ piece, w }) => piece.x - w)) - by,
    x1: Math.max(...reach.map(({ piece, w }) => piece.x + w)) + by,
    y0: Math.min(...reach.map(({ piece, d }) => piece.y - d)) - by,
    y1: Math.max(...reach.map(({ piece, d }) => piece.y + d)) + by,
  };
}

/** A piece with its back on y = 0 and free floor in front of it. */
export function wallModule(item: LayoutItem, front: number): Module {
  const [w, d] = [item.width_ft, item.depth_ft];
  const clear = front > 0 ? [{ x0: -w / 2, x1: w / 2, y0: -d - front, y1: -d }] : [];
  return { pieces: [pieceOf(item, 0, -d / 2)], clear };
}

/** A worktop with its back on y = 0 and a seat in front of it. */
export function worktopModule(surface: LayoutItem, seat: LayoutItem | null, zone: number): Module {
  const module = wallModule(surface, zone);
  if (seat) module.pieces.push(pieceOf(seat, 0, -surface.depth_ft - CHAIR_GAP - seat.depth_ft / 2, 180));
  return module;
}

export function singleModule(item: LayoutItem): Module {
  return { pieces: [pieceOf(item, 0, 0)], clear: [] };
}

function tableSides(table: LayoutItem, chair: LayoutItem): { side: number; end: number } {
  const place = Math.max(PLACE_FT * 0.8, chair.width_ft + 0.1);
  const side = Math.max(1, Math.floor(table.width_ft / place + 1e-6));
  return { side, end: table.depth_ft >= chair.width_ft ? 1 : 0 };
}

/** Middle of the i-th of n equal shares of a width about zero. */
function along(i: number, n: number, width: number): number {
  return ((i + 0.5) / n - 0.5) * width;
}
