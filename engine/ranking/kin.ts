/** What could stand in for a product that a person chose: products of its kind near it in size and price. */
import type { CandidateProduct } from '../../contract/choice.ts';
import { carbonOf } from '../sustainability/carbon.ts';

const MOST = 4;

/**
 * Up to four of `kin`, the nearest first, then the nearest that is cheaper, lower in carbon, or sooner. The same input
 * gives the same answer.
 */
export function standIns(product: CandidateProduct, kin: readonly CandidateProduct[]): CandidateProduct[] {
  const near = byLikeness(product, kin);
  const picks: CandidateProduct[] = [];
  const take = (test: (one: CandidateProduct) => boolean) => {
    const found = near.find((one) => !picks.includes(one) && test(one));
    if (found && picks.length < MOST) picks.push(found);
  };
  const carbon = carbonOf(product).kg;
  take(() => true);
  take((one) => one.unit_price_cents <= 0.95 * product.unit_price_cents);
  take((one) => carbon !== null && (carbonOf(one).kg ?? Number.POSITIVE_INFINITY) <= 0.95 * carbon);
  take((one) => one.lead_time_days < product.lead_time_days);
  while (picks.length < Math.min(2, near.length)) take(() => true);
  return picks;
}

/** The others of `kin`, the nearest to the product in size and price first. */
export function byLikeness(product: CandidateProduct, kin: readonly CandidateProduct[]): CandidateProduct[] {
  return kin
    .filter((one) => one.id !== product.id)
    .map((one) => ({ one, far: distance(product, one) }))
    .sort((a, b) => a.far - b.far || (a.one.sku < b.one.sku ? -1 : 1))
    .map(({ one }) => one);
}

/** Relative difference in width, depth and price; what is not stated counts as a third off. */
function distance(a: CandidateProduct, b: CandidateProduct): number {
  const [mine, theirs] = [a.specifications.dimensions ?? {}, b.specifications.dimensions ?? {}];
  return (
    off(mine.width_in, theirs.width_in) +
    off(mine.depth_in, theirs.depth_in) +
    off(a.unit_price_cents, b.unit_price_cents)
  );
}

function off(a: number | undefined, b: number | undefined): number {
  if (a === undefined || b === undefined || a <= 0 || b <= 0) return 1 / 3;
  return Math.abs(Math.log(a / b));
}
