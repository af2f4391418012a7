/**
 * Places a scenario's items in the rooms they are for: every room by itself, pieces that find no place are told.
 * Coordinates are the plan's feet.
 */
import type { CandidateProduct, ChosenItem } from '../../contract/choice.ts';
import type { Arrangement, LayoutResult, Placement } from '../../contract/layout.ts';
import type { Need } from '../../contract/needs.ts';
import { type LayoutItem, type LayoutRoom, layoutSpace } from '../layout/layout.ts';
import { placesOf } from '../ranking/candidates.ts';
import { itemKey } from './item_key.ts';

export interface FurnishInput {
  items: readonly ChosenItem[];
  needs: ReadonlyMap<string, Need>;
  products: ReadonlyMap<string, CandidateProduct>;
  /** Rooms by space id; items of other spaces stay without a place. */
  rooms: ReadonlyMap<string, LayoutRoom>;
  /** Of each room, or of all. */
  arrangement: Arrangement | ReadonlyMap<string, Arrangement>;
}

export interface RoomLayout {
  space_id: string;
  arrangement: Arrangement;
  seats_needed: number;
  seats_placed: number;
  sqft_per_seat: number | null;
  checks: LayoutResult['checks'];
  notes: string[];
  unplaced: { item_key: string; label: string; count: number; why: string }[];
}

export interface Furnished {
  /** Placements by item key. */
  placements: Map<string, Placement[]>;
  rooms: RoomLayout[];
}

/** Used where a product's own size is not known, in inches. */
const UNKNOWN_SIZE_IN = 24;

export function furnish(input: FurnishInput): Furnished {
  const placements = new Map<string, Placement[]>();
  const rooms: RoomLayout[] = [];
  const bySpace = Map.groupBy(input.items, (item) => item.space_id ?? '');
  for (const [space_id, items] of bySpace) {
    const room = input.rooms.get(space_id);
    if (room === undefined) continue;
    const labels = new Map(items.map((item) => [itemKey(item), item.label]));
    const result = layoutSpace(
      room,
      items.map((item) => layoutItemOf(item, input)),
      arrangementOf(input.arrangement, space_id),
    );
    addPlacements(placements, result);
    rooms.push(roomLayoutOf(space_id, result, labels));
  }
  return { placements, rooms };
}

export function arrangementOf(
  arrangement: Arrangement | ReadonlyMap<string, Arrangement>,
  space_id: string,
): Arrangement {
  return typeof arrangement === 'string' ? arrangement : (arrangement.get(space_id) ?? 'density');
}

export function addPlacements(placements: Map<string, Placement[]>, result: LayoutResult): void {
  for (const placement of result.placements) {
    const known = placements.get(placement.item_key);
    if (known === undefined) placements.set(placement.item_key, [placement]);
    else known.push(placement);
  }
}

export function roomLayoutOf(
  space_id: string,
  result: LayoutResult,
  labels: ReadonlyMap<string, string>,
): RoomLayout {
  return {
    space_id,
    arrangement: result.arrangement,
    seats_needed: result.seats_needed,
    seats_placed: result.seats_placed,
    sqft_per_seat: result.sqft_per_seat,
    checks: result.checks,
    notes: result.notes,
    unplaced: result.unplaced.map((one) => ({ ...one, label: labels.get(one.item_key) ?? one.item_key })),
  };
}

function layoutItemOf(item: ChosenItem, { needs, products }: FurnishInput): LayoutItem {
  const need = needs.get(item.need_key);
  return layoutPiece(itemKey(item), item.role, item.quantity, products.get(item.product_id), need);
}

/** A line of the bill as the layout sees it. */
export function layoutPiece(
  item_key: string,
  role: string,
  count: number,
  product: CandidateProduct | undefined,
  need: Pick<Need, 'mount' | 'measure' | 'role'> | undefined,
): LayoutItem {
  const size = product?.specifications.dimensions;
  return {
    item_key,
    role,
    count,
    width_ft: (size?.width_in ?? UNKNOWN_SIZE_IN) / 12,
    depth_ft: (size?.depth_in ?? UNKNOWN_SIZE_IN) / 12,
    height_ft: size?.height_in === undefined ? null : size.height_in / 12,
    places: product === undefined || need === undefined ? 1 : placesOf(product, need),
    mount: need?.mount ?? 'floor',
  };
}
