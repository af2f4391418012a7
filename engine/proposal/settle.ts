/**
 * Brings a scenario's bill and plan together: the rooms are furnished, what finds no place goes back to the choice (smaller
 * products, fewer pieces), and what still finds none leaves the bill with everything that stands on it. Afterwards every
 * piece of a room that has an outline stands in it, and every piece that stands is in the bill.
 */
import type { CandidateProduct, ChosenItem, Scenario, Shortfall } from '../../contract/choice.ts';
import type { Placement } from '../../contract/layout.ts';
import type { Need } from '../../contract/needs.ts';
import { servesSeat } from '../layout/roles.ts';
import { fromNumber, toNumber } from '../money.ts';
import { piecesFor, placesOf } from '../ranking/candidates.ts';
import { round } from '../ranking/explain.ts';
import { totalsOf } from '../ranking/totals.ts';
import { UNKNOWN_CARBON_KG } from '../ranking/worth.ts';
import { carbonOf } from '../sustainability/carbon.ts';
import { type Adjustments, adjustmentsFor, type FitInput } from './fit.ts';
import { type Furnished, furnish, type RoomLayout } from './furnish.ts';
import { itemKey } from './item_key.ts';

export interface SettleContext extends Omit<FitInput, 'items' | 'furnished'> {
  /** Every need of the bill, as first counted. */
  all_needs: readonly Need[];
  /** Solves this one scenario again; null when the adjusted problem has no answer. */
  solveAgain: (needs: readonly Need[], unfit: Adjustments['unfit']) => Scenario | null;
  /** How often at most. */
  rounds: number;
}

export interface Settled {
  scenario: Scenario;
  placements: Map<string, Placement[]>;
  layouts: RoomLayout[];
  /** What was chosen at first for needs of which nothing stands: another arrangement may hold it. */
  dropped: ChosenItem[];
}

interface Stand {
  scenario: Scenario;
  furnished: Furnished;
  shortfalls: Shortfall[];
  /** Places to sit and work that are asked for and not there; a sofa of three is no more than the one seat asked for. */
  seats_short: number;
}

export function settle(first: Scenario, context: SettleContext): Settled {
  let stand = standOf(first, context);
  const firstRooms = stand.furnished.rooms;
  let adjust: Adjustments = { unfit: new Map(), held: new Map() };
  let solves = 1;
  for (let turn = 0; turn < context.rounds && isShort(stand); turn += 1) {
    const input = { ...context, items: stand.scenario.items, furnished: stand.furnished };
    const next = adjustmentsFor(input, adjust, turn === 0);
    if (next === null) break;
    const again = context.solveAgain(adjustedNeeds(context.all_needs, next), next.unfit);
    solves += 1;
    if (again === null) break;
    const other = standOf(again, context);
    if (!isBetter(other, stand)) {
      if (turn > 0) break;
      // No size helped: keep the products, draw the needs in.
      adjust = { unfit: new Map(), held: next.held };
      continue;
    }
    stand = other;
    adjust = next;
  }
  const settled = takeOut(stand, context, firstRooms);
  const dropped = droppedOf(first, settled.scenario);
  const filled = fillUp(settled, dropped, context);
  const proof = {
    ...settled.scenario.proof,
    solves,
    ...(settled.out > 0 ? { taken_out: settled.out } : {}),
    ...(filled.back > 0 ? { put_back: filled.back } : {}),
  };
  return {
    scenario: { ...filled.scenario, proof },
    placements: filled.placements,
    layouts: filled.layouts,
    dropped: dropped.filter((item) => !filled.scenario.items.some((one) => one.need_key === item.need_key)),
  };
}

/**
 * Rooms that stand short are laid out once more with all that was asked for: a fuller order can find another pattern. What
 * then stands in addition is put back while the limits on money and carbon hold.
 */
function fillUp(settled: ReturnType<typeof takeOut>, dropped: readonly ChosenItem[], context: SettleContext) {
  let { items } = settled.scenario;
  const placements = new Map(settled.placements);
  const layouts = [...settled.layouts];
  let back = 0;
  for (const space_id of new Set(settled.scenario.shortfalls.map((one) => one.space_id))) {
    if (space_id === null) continue;
    const here = items.filter((item) => item.space_id === space_id);
    const wanted = [...here, ...dropped.filter((item) => item.space_id === space_id)].map((item) =>
      withQuantity(item, wantedOf(item, context), context),
    );
    const trial = furnish({ ...context, items: wanted });
    const room = trial.rooms[0];
    const at = layouts.findIndex((layout) => layout.space_id === space_id);
    const before = layouts[at];
    if (!room || !before || room.seats_placed < before.seats_placed) continue;
    const missing = new Map(room.unplaced.map((one) => [one.item_key, one.count]));
    const stands = wanted.flatMap((item): ChosenItem[] => {
      const left = item.quantity - (missing.get(itemKey(item)) ?? 0);
      return left > 0 ? [withQuantity(item, left, context)] : [];
    });
    const pieces = (list: readonly ChosenItem[]) => list.reduce((a, item) => a + item.quantity, 0);
    const gain = pieces(stands) - pieces(here);
    if (gain <= 0 && room.seats_placed <= before.seats_placed) continue;
    const next = [...items.filter((item) => item.space_id !== space_id), ...stands];
    if (!withinLimits(next, context) || belowMinimum(next, context).size > 0) continue;
    items = next;
    back += Math.max(0, gain);
    for (const item of here) placements.delete(itemKey(item));
    for (const [key, list] of trial.placements) placements.set(key, list);
    layouts[at] = { ...room, seats_needed: Math.max(room.seats_needed, before.seats_needed), unplaced: [] };
  }
  if (items === settled.scenario.items) return { ...settled, back: 0 };
  const order = new Map(context.all_needs.map((need, index) => [need.key, index]));
  items = [...items].sort((a, b) => (order.get(a.need_key) ?? 0) - (order.get(b.need_key) ?? 0));
  const scenario: Scenario = {
    ...settled.scenario,
    items,
    shortfalls: stillShort(settled.scenario, items, context),
    ...totalsOf(items, (id) => context.products.get(id)?.sustainability.score),
  };
  return { scenario, placements, layouts, back };
}

function wantedOf(item: ChosenItem, context: SettleContext): number {
  const need = context.all_needs.find((one) => one.key === item.need_key);
  const product = context.products.get(item.product_id);
  return need && product ? Math.max(item.quantity, piecesFor(need, product)) : item.quantity;
}

function withinLimits(items: readonly ChosenItem[], { limits }: SettleContext): boolean {
  const cents = items.reduce((a, item) => a + fromNumber(item.total_price), 0);
  const kg = items.reduce((a, item) => a + (item.carbon_kg ?? UNKNOWN_CARBON_KG * item.quantity), 0);
  return (
    cents <= (limits.max_total_cents ?? Number.POSITIVE_INFINITY) &&
    kg <= (limits.max_carbon_kg ?? Number.POSITIVE_INFINITY)
  );
}

/** The shortfalls that remain, counted by what stands now; a line may stand short, or be gone, that was not before. */
function stillShort(before: Scenario, items: readonly ChosenItem[], context: SettleContext): Shortfall[] {
  const known = new Map(before.shortfalls.map((one) => [one.need_key, one]));
  const skipped = new Set(before.left_out.map((one) => one.need_key));
  return context.all_needs.flatMap((need): Shortfall[] => {
    if (need.space_id === null || !context.rooms.has(need.space_id)) return [];
    const own = items.filter((item) => item.need_key === need.key);
    const was = known.get(need.key);
    if (own.length === 0 && was) return [{ ...was, placed: 0 }];
    if (own.length === 0 && skipped.has(need.key)) return [];
    const stands = own.reduce((a, item) => {
      const product = context.products.get(item.product_id);
      return a + item.quantity * (product === undefined ? 1 : placesOf(product, need));
    }, 0);
    if (stands >= need.quantity) return [];
    const { space_id, role, label, measure, quantity: wanted } = need;
    const why = was?.why ?? 'No more of them find a place in the room with the clearances kept.';
    return [{ need_key: need.key, space_id, role, label, measure, wanted, placed: stands, why }];
  });
}

function droppedOf(first: Scenario, last: Scenario): ChosenItem[] {
  const gone = new Set(last.shortfalls.filter((one) => one.placed === 0).map((one) => one.need_key));
  const standing = new Set(last.items.map((item) => item.need_key));
  return first.items.filter((item) => gone.has(item.need_key) && !standing.has(item.need_key));
}

function standOf(scenario: Scenario, context: SettleContext): Stand {
  const furnished = furnish({ ...context, items: scenario.items });
  const shortfalls = shortfallsOf(scenario, furnished, context);
  return {
    scenario,
    furnished,
    shortfalls,
    seats_short: shortfalls
      .filter((one) => servesSeat(one.role))
      .reduce((a, one) => a + one.wanted - one.placed, 0),
  };
}

function isShort(stand: Stand): boolean {
  return stand.furnished.rooms.some((room) => room.unplaced.length > 0);
}

/** Fewer seats missing, then fewer of anything; among equals fewer pieces without a place. */
function isBetter(a: Stand, b: Stand): boolean {
  if (a.seats_short !== b.seats_short) return a.seats_short < b.seats_short;
  const missing = (stand: Stand) => stand.shortfalls.reduce((sum, one) => sum + one.wanted - one.placed, 0);
  const unplaced = (stand: Stand) =>
    stand.furnished.rooms.flatMap((room) => room.unplaced).reduce((sum, one) => sum + one.count, 0);
  return missing(a) < missing(b) || (missing(a) === missing(b) && unplaced(a) < unplaced(b));
}

function adjustedNeeds(needs: readonly Need[], { held }: Adjustments): Need[] {
  return needs.flatMap((need): Need[] => {
    const quantity = held.get(need.key);
    if (quantity === undefined) return [need];
    return quantity > 0 ? [{ ...need, quantity, groups: Math.min(need.groups, quantity) }] : [];
  });
}

/** Needs of rooms with an outline that stand short of what was counted first; optional ones the choice left out are no shortfall. */
function shortfallsOf(scenario: Scenario, furnished: Furnished, context: SettleContext): Shortfall[] {
  const skipped = new Set(scenario.left_out.map((one) => one.need_key));
  const itemsOf = Map.groupBy(scenario.items, (item) => item.need_key);
  const why = new Map(
    furnished.rooms.flatMap((room) => room.unplaced.map((one) => [one.item_key, one] as const)),
  );
  return context.all_needs.flatMap((need): Shortfall[] => {
    if (need.space_id === null || !context.rooms.has(need.space_id) || skipped.has(need.key)) return [];
    const items = itemsOf.get(need.key) ?? [];
    let stands = 0;
    let reason = 'The room holds none that keeps the clearances.';
    for (const item of items) {
      const product = context.products.get(item.product_id);
      const missing = why.get(itemKey(item));
      if (missing) reason = missing.why;
      stands +=
        (item.quantity - (missing?.count ?? 0)) * (product === undefined ? 1 : placesOf(product, need));
    }
    const placed = Math.min(need.quantity, stands);
    if (placed >= need.quantity) return [];
    if (items.length > 0 && !items.some((item) => why.has(itemKey(item))))
      reason = 'No more of them find a place in the room with the clearances kept.';
    return [
      {
        need_key: need.key,
        space_id: need.space_id,
        role: need.role,
        label: need.label,
        measure: need.measure,
        wanted: need.quantity,
        placed,
        why: reason,
      },
    ];
  });
}

/** Takes pieces without a place out of the bill, and products that fall below their minimum order by it. */
function takeOut(stand: Stand, context: SettleContext, firstRooms: readonly RoomLayout[]) {
  let { items } = stand.scenario;
  let furnished = stand.furnished;
  const shortfalls = new Map(stand.shortfalls.map((one) => [one.need_key, one]));
  let out = 0;
  for (let pass = 0; pass < 4; pass += 1) {
    const missing = new Map(
      furnished.rooms.flatMap((room) => room.unplaced.map((one) => [one.item_key, one.count] as const)),
    );
    out += [...missing.values()].reduce((a, b) => a + b, 0);
    items = items.flatMap((item): ChosenItem[] => {
      const left = item.quantity - (missing.get(itemKey(item)) ?? 0);
      return left === item.quantity ? [item] : left > 0 ? [withQuantity(item, left, context)] : [];
    });
    const small = belowMinimum(items, context);
    if (small.size === 0) break;
    for (const item of items.filter((one) => small.has(one.product_id))) {
      out += item.quantity;
      const need = context.needs.get(item.need_key);
      const known = shortfalls.get(item.need_key);
      shortfalls.set(item.need_key, {
        need_key: item.need_key,
        space_id: item.space_id,
        role: item.role,
        label: item.label,
        measure: need?.measure ?? 'each',
        wanted: known?.wanted ?? need?.quantity ?? item.quantity,
        placed: 0,
        why: `Fewer than the minimum order of ${item.name} find a place in the rooms.`,
      });
    }
    items = items.filter((item) => !small.has(item.product_id));
    furnished = furnish({ ...context, items });
  }
  const needed = new Map(firstRooms.map((room) => [room.space_id, room.seats_needed]));
  const layouts = furnished.rooms.map((room) => ({
    ...room,
    seats_needed: Math.max(room.seats_needed, needed.get(room.space_id) ?? 0),
    unplaced: [],
  }));
  const scenario: Scenario = {
    ...stand.scenario,
    items,
    shortfalls: [...shortfalls.values()],
    ...totalsOf(items, (id) => context.products.get(id)?.sustainability.score),
  };
  return { scenario, placements: furnished.placements, layouts, out };
}

function belowMinimum(items: readonly ChosenItem[], context: SettleContext): Set<string> {
  const pieces = new Map<string, number>();
  for (const item of items)
    if (!item.locked) pieces.set(item.product_id, (pieces.get(item.product_id) ?? 0) + item.quantity);
  const locked = new Set(items.filter((item) => item.locked).map((item) => item.product_id));
  return new Set(
    [...pieces]
      .filter(([id, count]) => !locked.has(id) && count < (context.products.get(id)?.moq ?? 1))
      .map(([id]) => id),
  );
}

/** The item with fewer pieces: everything of the line that follows from their number. */
export function withQuantity(
  item: ChosenItem,
  quantity: number,
  context: Pick<SettleContext, 'products' | 'needs'>,
): ChosenItem {
  const product = context.products.get(item.product_id);
  const need = context.needs.get(item.need_key);
  const each = product === undefined ? null : carbonOf(product).kg;
  const places = (one: CandidateProduct | undefined) => (one && need ? placesOf(one, need) : 1);
  const alternatives = item.alternatives.map((other) => {
    const other_product = context.products.get(other.product_id);
    const pieces =
      other_product && need
        ? piecesFor({ ...need, quantity: quantity * places(product), groups: 1 }, other_product)
        : quantity;
    const kg = other_product === undefined ? null : carbonOf(other_product).kg;
    const price = pieces * fromNumber(other.unit_price) - quantity * fromNumber(item.unit_price);
    return {
      ...other,
      quantity: pieces,
      price_diff: toNumber(price),
      carbon_diff_kg: kg === null || each === null ? null : round(kg * pieces - each * quantity, 2),
    };
  });
  return {
    ...item,
    quantity,
    total_price: toNumber(quantity * fromNumber(item.unit_price)),
    carbon_kg: each === null ? null : round(each * quantity, 2),
    reasoning: item.reasoning.replace(`${item.quantity} × `, `${quantity} × `),
    alternatives,
  };
}
