// What could stand in an item's place as things are today: priced by the terms in force, against the line as it stands now,
// and measured against the limits the recommendation was made with. Pure.
import type { CandidateProduct } from '../../../contract/choice.ts';
import type { RecommendationItem } from '../../../contract/recommendations.ts';
import { type PriceTerms, sellPrice } from '../../../engine/budget/terms.ts';
import { extend, fromNumber, toNumber } from '../../../engine/money.ts';
import { type ChoiceLimits, limitTests } from '../../../engine/ranking/candidates.ts';
import { money } from '../../../engine/ranking/explain.ts';
import { carbonOf } from '../../../engine/sustainability/carbon.ts';
import { piecesInstead, type StoredNeed } from './scene.ts';

export type Alternative = RecommendationItem['alternatives'][number];

/** The scenario that the items belong to. */
export interface SwapFrame {
  terms: PriceTerms;
  /** The contract's chain at this order's total. */
  discount: string | null;
  limits: ChoiceLimits;
  furniture_cents: number;
  carbon_kg: number;
  /** Pieces in the bill by product. */
  pieces: ReadonlyMap<string, number>;
  currency: string;
  /** Products that are sold today, by id. */
  products: ReadonlyMap<string, CandidateProduct>;
}

export interface Replaced {
  item: RecommendationItem;
  need: StoredNeed;
  product: CandidateProduct;
}

/** Alternatives that are no longer sold are left out. */
export function freshAlternatives(replaced: Replaced, frame: SwapFrame): Alternative[] {
  return replaced.item.alternatives.flatMap((stored) => {
    const product = frame.products.get(stored.product_id);
    return product === undefined ? [] : [fresh(stored, product, replaced, frame)];
  });
}

function fresh(
  stored: Alternative,
  product: CandidateProduct,
  { item, need, product: chosen }: Replaced,
  frame: SwapFrame,
): Alternative {
  const line = { values: { wanted: item.wanted }, need, product: chosen };
  const quantity = piecesInstead(line, product);
  const unit = sellPrice(product, frame.terms, frame.discount).unit_cents;
  const cost = extend(unit, quantity) - extend(fromNumber(item.unit_price), item.wanted);
  const days = product.lead_time_days - chosen.lead_time_days;
  const [mine, theirs] = [carbonOf(chosen).kg, carbonOf(product).kg];
  const carbon = mine === null || theirs === null ? null : round(theirs * quantity - mine * item.wanted);
  const [score, other] = [chosen.sustainability.score, product.sustainability.score];
  const difference = { cost, days, carbon };
  return {
    ...stored,
    sku: product.sku,
    name: product.name,
    quantity,
    unit_price: toNumber(unit),
    price_diff: toNumber(cost),
    lead_time_diff: days,
    carbon_diff: carbon,
    sustainability_diff: score === undefined || other === undefined ? null : round(other - score),
    keeps_limits: keepsLimits(product, quantity, difference, frame),
    reason: `${labelOf(stored.reason, item, difference)}: ${inWords(difference, frame.currency)}.`,
  };
}

interface Difference {
  cost: number;
  days: number;
  carbon: number | null;
}

/** How older recommendations call it. */
const CALLED_BEFORE: Record<string, string> = {
  'Next best on value': 'Next best',
  'Close in value': 'Almost as good',
};

/** What it was offered for, as long as that is still so. */
function labelOf(stored: string, item: RecommendationItem, { cost, days, carbon }: Difference): string {
  const said = stored.split(/[:.]/)[0] ?? '';
  const label = CALLED_BEFORE[said] ?? said;
  const holds: Record<string, boolean> = {
    Cheaper: cost < 0,
    Sooner: days < 0,
    'Lower carbon': carbon !== null && carbon < 0,
    'Next best': item.status !== 'substituted',
    'Almost as good': item.status !== 'substituted',
    'Recommended before the swap': true,
  };
  if (holds[label]) return label;
  if (cost < 0) return 'Cheaper';
  if (carbon !== null && carbon < 0) return 'Lower carbon';
  return days < 0 ? 'Sooner' : 'Of the same kind';
}

function inWords({ cost, days, carbon }: Difference, currency: string): string {
  return [
    cost === 0 ? 'same price' : `${money(Math.abs(cost), currency)} ${cost < 0 ? 'less' : 'more'}`,
    days === 0
      ? ''
      : `${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'} ${days < 0 ? 'sooner' : 'later'}`,
    carbon === null || Math.abs(carbon) < 0.5
      ? ''
      : `${Math.abs(Math.round(carbon))} kg CO2e ${carbon < 0 ? 'less' : 'more'}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** As the server will judge the swap: limits broken already do not speak against what makes it better. */
function keepsLimits(
  product: CandidateProduct,
  quantity: number,
  { cost, carbon }: Difference,
  { limits, furniture_cents, carbon_kg, pieces }: SwapFrame,
): boolean {
  const [most, kg] = [limits.max_total_cents ?? null, limits.max_carbon_kg ?? null];
  if (most !== null && cost > 0 && furniture_cents + cost > most) return false;
  if (kg !== null && (carbon ?? 0) > 0 && carbon_kg + (carbon ?? 0) > kg + 0.01) return false;
  if (limitTests(limits).some(([, , keeps]) => !keeps(product))) return false;
  return (pieces.get(product.id) ?? 0) + quantity >= product.moq;
}

const round = (value: number) => Math.round(100 * value) / 100;
