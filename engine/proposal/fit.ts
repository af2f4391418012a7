/**
 * What a room tells the choice: which products of a need are too large for it, and how much of a need it holds at all.
 * A product is judged by laying the room out with it in the place of the chosen one.
 */
import type { CandidateProduct, ChosenItem } from '../../contract/choice.ts';
import type { Arrangement } from '../../contract/layout.ts';
import type { Need } from '../../contract/needs.ts';
import { areaOf } from '../layout/geometry.ts';
import { type LayoutItem, type LayoutRoom, layoutSpace } from '../layout/layout.ts';
import { type Family, familyOf } from '../layout/roles.ts';
import {
  type CandidateIndex,
  type ChoiceLimits,
  candidatesFor,
  piecesFor,
  placesOf,
} from '../ranking/candidates.ts';
import { arrangementOf, type Furnished, layoutPiece } from './furnish.ts';
import { itemKey } from './item_key.ts';

/** What the solver is told the second time. */
export interface Adjustments {
  unfit: Map<string, Set<string>>;
  /** Need keys with the quantity that finds a place, in the need's measure. */
  held: Map<string, number>;
}

export interface FitInput {
  items: readonly ChosenItem[];
  furnished: Furnished;
  needs: ReadonlyMap<string, Need>;
  products: ReadonlyMap<string, CandidateProduct>;
  rooms: ReadonlyMap<string, LayoutRoom>;
  arrangement: Arrangement | ReadonlyMap<string, Arrangement>;
  index: CandidateIndex;
  limits: ChoiceLimits;
  rejected: readonly { need_key: string | null; product_id: string }[];
  locked: ReadonlySet<string>;
}

/** Pieces that others stand at or on: a smaller one makes room for its own kind and for what goes with it. */
const TRIED: ReadonlySet<Family> = new Set([
  'desk',
  'table',
  'lounge',
  'low_table',
  'worktop',
  'reception',
  'wall_side',
  'floor',
]);
/** Work for one scenario: square feet of room laid out again while looking for sizes that fit. */
const EFFORT_SQFT = 40_000;

/** Finds smaller products for what has no place; needs for which no size helps are drawn in to what stands. */
export function adjustmentsFor(
  input: FitInput,
  before: Adjustments,
  lookForSizes: boolean,
): Adjustments | null {
  const next: Adjustments = { unfit: new Map(before.unfit), held: new Map(before.held) };
  const byKey = new Map(input.items.map((item) => [itemKey(item), item]));
  let effort = lookForSizes ? EFFORT_SQFT : 0;
  let changed = false;
  for (const room of input.furnished.rooms) {
    if (room.unplaced.length === 0) continue;
    const plan = input.rooms.get(room.space_id);
    if (plan === undefined) continue;
    const items = input.items.filter((item) => item.space_id === room.space_id);
    const pieces = items.map((item) => pieceOf(item, input));
    let resized = false;
    for (const { item_key } of room.unplaced) {
      const item = byKey.get(item_key);
      const need = item && input.needs.get(item.need_key);
      if (!item || !need || input.locked.has(item.need_key)) continue;
      if (!TRIED.has(familyOf(pieceOf(item, input)))) continue;
      const trial = trialOf(item, need, plan, pieces, input);
      const area = areaOf(plan.polygon);
      const found = largestThatFits(trial, () => {
        effort -= area;
        return effort >= 0;
      });
      if (found.length === 0) continue;
      next.unfit.set(need.key, new Set([...(before.unfit.get(need.key) ?? []), ...found]));
      resized = true;
      changed = true;
    }
    // With smaller desks their chairs may find a place after all: their needs are drawn in only when no size helps.
    if (resized) continue;
    for (const { item_key, count } of room.unplaced) {
      const item = byKey.get(item_key);
      const need = item && input.needs.get(item.need_key);
      if (!item || !need) continue;
      const product = input.products.get(item.product_id);
      const places = product === undefined ? 1 : placesOf(product, need);
      next.held.set(need.key, Math.min(need.quantity, (item.quantity - count) * places));
      changed = true;
    }
  }
  return changed ? next : null;
}

function pieceOf(item: ChosenItem, input: FitInput): LayoutItem {
  return layoutPiece(
    itemKey(item),
    item.role,
    item.quantity,
    input.products.get(item.product_id),
    input.needs.get(item.need_key),
  );
}

interface Trial {
  /** Products by the floor that the need takes with them, the smallest first; all smaller than the chosen one. */
  sizes: { floor: number; products: CandidateProduct[] }[];
  /** All other candidates and the chosen product itself. */
  larger: string[];
  fits: (product: CandidateProduct) => boolean;
}

function trialOf(
  item: ChosenItem,
  need: Need,
  plan: LayoutRoom,
  pieces: readonly LayoutItem[],
  input: FitInput,
): Trial {
  const rejected = new Set(
    input.rejected
      .filter((one) => one.need_key === null || one.need_key === need.key)
      .map((one) => one.product_id),
  );
  const candidates = candidatesFor(input.index, need, input.limits, rejected).products.map((p) => p.product);
  const floor = (product: CandidateProduct) => {
    const { width_ft, depth_ft } = layoutPiece('', item.role, 1, product, need);
    return Math.round(10 * width_ft * depth_ft * piecesFor(need, product)) / 10;
  };
  const chosen = input.products.get(item.product_id);
  const limit = chosen === undefined ? 0 : floor(chosen);
  const smaller = candidates.filter((product) => floor(product) < limit);
  const groups = [...Map.groupBy(smaller, floor)]
    .map(([size, products]) => ({ floor: size, products }))
    .sort((a, b) => a.floor - b.floor);
  const key = itemKey(item);
  return {
    sizes: groups,
    larger: candidates.filter((product) => floor(product) >= limit).map((product) => product.id),
    fits: (product) => {
      const piece = layoutPiece(key, item.role, piecesFor(need, product), product, need);
      const others = pieces.map((other) => (other.item_key === key ? piece : other));
      const result = layoutSpace(plan, others, arrangementOf(input.arrangement, item.space_id ?? ''));
      return !result.unplaced.some((one) => one.item_key === key);
    },
  };
}

/** Ids of the products above the largest size that fits; empty when no smaller size fits, or the effort is spent. */
function largestThatFits(trial: Trial, spend: () => boolean): string[] {
  const { sizes } = trial;
  const fits = (at: number) => spend() && trial.fits(sizes[at]!.products[0]!);
  if (sizes.length === 0 || !fits(0)) return [];
  let low = 0;
  let high = sizes.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return [...trial.larger, ...sizes.slice(low + 1).flatMap((size) => size.products.map((p) => p.id))];
}
