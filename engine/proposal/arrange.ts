/** Furnishes single rooms anew, with what their lines ask for: for arrangements to choose from and for changes by hand. */
import type { Arrangement, LayoutResult, Placement } from '../../contract/layout.ts';
import { type LayoutItem, type LayoutRoom, layoutSpace } from '../layout/layout.ts';

export interface RoomToArrange {
  space_id: string;
  room: LayoutRoom;
  arrangement: Arrangement;
  items: LayoutItem[];
}

export interface ArrangedRoom extends Omit<LayoutResult, 'placements' | 'unplaced'> {
  space_id: string;
  /** By item key. */
  placements: Map<string, Placement[]>;
  /** Why pieces of an item found no place, by item key. */
  unplaced: Map<string, string>;
}

export function arrangeRooms(rooms: readonly RoomToArrange[]): ArrangedRoom[] {
  return rooms.map(({ space_id, room, arrangement, items }) => {
    const { placements, unplaced, ...rest } = layoutSpace(room, items, arrangement);
    return {
      ...rest,
      space_id,
      placements: Map.groupBy(placements, (placement) => placement.item_key),
      unplaced: new Map(unplaced.map((one) => [one.item_key, one.why])),
    };
  });
}
