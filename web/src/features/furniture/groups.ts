// Items of a recommendation by room, in the order of the plan's room list, with the sums of each room.
import type { RecommendationItem } from '../../../../contract/recommendations.ts';

export interface RoomGroup {
  /** Null for what belongs to no single room. */
  space_id: string | null;
  name: string;
  items: RecommendationItem[];
  pieces: number;
  /** Without rejected items, in the recommendation's currency. */
  total: number;
  /** Items nobody has decided on yet. */
  open: number;
}

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Dearest line first inside a room; rooms by name and number, what belongs to no room last. */
export function groupByRoom(items: readonly RecommendationItem[]): RoomGroup[] {
  const groups = new Map<string, RoomGroup>();
  for (const item of items) {
    const key = item.space_id ?? '';
    const group = groups.get(key) ?? {
      space_id: item.space_id,
      name: item.space_name ?? 'Whole project',
      items: [],
      pieces: 0,
      total: 0,
      open: 0,
    };
    group.items.push(item);
    if (item.status !== 'rejected') {
      group.pieces += item.quantity;
      group.total += item.total_price;
    }
    if (item.status === 'proposed') group.open += 1;
    groups.set(key, group);
  }
  const list = [...groups.values()];
  for (const group of list) group.items.sort((a, b) => b.total_price - a.total_price);
  return list.sort((a, b) =>
    a.space_id === null ? 1 : b.space_id === null ? -1 : byName.compare(a.name, b.name),
  );
}

/** Carbon of a line: the piece's figure times the quantity, null where it has none. */
export function lineCarbon(item: RecommendationItem): number | null {
  const { carbon_footprint_kg: kg } = item.product;
  return kg === null ? null : kg * item.quantity;
}
