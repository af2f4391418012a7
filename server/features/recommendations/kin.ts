// Alternatives for a line whose product a person chose; their differences are worked out whenever they are shown.
import type { CandidateProduct } from '../../../contract/choice.ts';
import type { RecommendationItem } from '../../../contract/recommendations.ts';
import { standIns } from '../../../engine/ranking/kin.ts';
import type { Tx } from '../../platform/postgres.ts';
import { toCandidate } from './shapes.ts';
import * as productRows from './sql/products.ts';

export async function kinFor(tx: Tx, product: CandidateProduct): Promise<RecommendationItem['alternatives']> {
  const kin = (await productRows.kinOf(tx, product)).map(toCandidate);
  return standIns(product, kin).map((one) => ({
    product_id: one.id,
    sku: one.sku,
    name: one.name,
    quantity: null,
    unit_price: one.list_price_cents / 100,
    keeps_limits: null,
    price_diff: 0,
    lead_time_diff: null,
    carbon_diff: null,
    sustainability_diff: null,
    reason: 'Of the same kind.',
  }));
}
