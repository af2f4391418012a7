/**
 * From what people did to rows to train on: which product was decided on, with the features it had when it was offered,
 * how sure the signal is, and how likely its place in the list is looked at.
 *
 * Position: nobody can decide on what they did not see. The chosen product of a line is always seen; the k-th alternative
 * with the chance 1/k, whose inverse weighs a swap to it (clipped in training). The alternatives above the one taken were
 * seen and passed over ("skip above", Joachims 2002); those below it say nothing.
 */
import type {
  DecisionEvent,
  Impression,
  RankingFeatures,
  TrainingInput,
  TrainingLabel,
} from '../../contract/learning.ts';

/** How much one decision of a kind says about the product; 1 is a decision on this very item. */
export const EVENT_WEIGHTS: Record<DecisionEvent, number> = {
  acceptance: 1,
  bulk_acceptance: 0.3,
  rejection: 1,
  swap: 1,
  skipped: 0.5,
  swapped_out: 1,
  lock: 0.5,
  quantity: 0.25,
  rating: 0.1,
  scenario: 0.25,
};

/** Rejections for these reasons say little about the product itself. */
const NOT_THE_PRODUCT: ReadonlySet<string> = new Set([
  'not_needed',
  'wrong_quantity',
  'wrong_room',
  'too_many',
  'duplicate',
]);
const NOT_THE_PRODUCT_WEIGHT = 0.2;

export interface OfferedImpression extends Impression {
  id: string;
  model_version: string | null;
}

export interface DecidedProduct {
  product_id: string;
  features: RankingFeatures;
  /** Null: brought in from outside the list. */
  position: number | null;
}

export interface Decision {
  event: DecisionEvent;
  impression: OfferedImpression;
  product: DecidedProduct;
  /** What was passed over for it. */
  against?: DecidedProduct | undefined;
  label: 0 | 1;
  categories?: readonly string[] | undefined;
}

/** Chance that the place in the list is looked at. */
export function propensityOf(position: number | null): number {
  return position === null || position <= 1 ? 1 : 1 / position;
}

export function rowOf(decision: Decision): { input: TrainingInput; label: TrainingLabel } {
  const { event, impression, product, against, label } = decision;
  const categories = [...(decision.categories ?? [])];
  const aside = event === 'rejection' && categories.some((one) => NOT_THE_PRODUCT.has(one));
  return {
    input: {
      kind: against === undefined ? 'point' : 'pair',
      features: product.features,
      against: against?.features ?? null,
      role: impression.role,
      space_type: impression.space_type,
      styles: impression.styles,
      position: product.position,
      alternatives_shown: impression.shown.length - 1,
      candidates: impression.span.candidates,
      propensity: propensityOf(product.position),
      confidence: product.position === 0 ? impression.confidence : null,
      impression_id: impression.id,
      product_id: product.product_id,
      against_product_id: against?.product_id ?? null,
      model_version: impression.model_version,
    },
    label: { event, label, categories, weight: aside ? NOT_THE_PRODUCT_WEIGHT : EVENT_WEIGHTS[event] },
  };
}

/** A product of the list as it was offered. */
export function shownIn(impression: Impression, product_id: string): DecidedProduct | undefined {
  return impression.shown.find((one) => one.product_id === product_id);
}

/**
 * A swap: taken over what stood there, and over the alternatives above it that were seen and left; what was offered first
 * was not accepted as it was.
 */
export function swapDecisions(
  impression: OfferedImpression,
  from: DecidedProduct,
  to: DecidedProduct,
): Decision[] {
  const { position } = to;
  const above =
    position === null
      ? []
      : impression.shown.filter(
          (one) => one.position > 0 && one.position < position && one.product_id !== from.product_id,
        );
  return [
    { event: 'swap', impression, product: to, against: from, label: 1 },
    ...above.map((against): Decision => ({ event: 'skipped', impression, product: to, against, label: 1 })),
    ...(from.position === 0
      ? [{ event: 'swapped_out' as const, impression, product: from, label: 0 as const }]
      : []),
  ];
}
