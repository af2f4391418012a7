// Which products of a bill would bring a credit over its threshold if they were swapped for certified ones of their kind and
// size; priced by the terms in force.
import type { CandidateProduct } from '../../../contract/choice.ts';
import type { CreditSwaps } from '../../../contract/recommendations.ts';
import { sellPrice } from '../../../engine/budget/terms.ts';
import { extend, fromNumber, toNumber } from '../../../engine/money.ts';
import { CREDIT_RULES, type CreditItem } from '../../../engine/sustainability/credits.ts';
import { type LiftLine, liftsFor } from '../../../engine/sustainability/lifts.ts';
import { notFound } from '../../platform/errors.ts';
import type { Tx } from '../../platform/postgres.ts';
import type { Planning } from './planning.ts';
import { toCandidate } from './shapes.ts';
import * as itemRows from './sql/items.ts';
import * as productRows from './sql/products.ts';
import type { ScenarioRow } from './sql/scenarios.ts';

/** Options looked at for a line: the nearest in price. */
const MOST_OPTIONS = 12;
/** How much larger than the piece that stands a swap may be, inches. */
const SLACK_IN = 1;

export async function creditSwaps(
  tx: Tx,
  scenario: ScenarioRow,
  planning: Planning,
  ruleId: string,
): Promise<CreditSwaps> {
  const rule = CREDIT_RULES.find((one) => one.id === ruleId);
  if (rule === undefined) throw notFound('credit rule');
  const rows = (await itemRows.listItems(tx, scenario.id)).filter((row) => row.status !== 'rejected');
  const ids = [...new Set(rows.map((row) => row.product_id))];
  const products = new Map(
    (await productRows.productsByIds(tx, ids)).map((row) => [row.id, toCandidate(row)]),
  );
  const discount = (scenario.pricing as { contract_discount?: string | null } | null)?.contract_discount;
  const unit = (product: CandidateProduct) => sellPrice(product, planning.terms, discount ?? null).unit_cents;
  const kin = new Map<string, CandidateProduct[]>();
  for (const product of products.values())
    if (!kin.has(kindOf(product)))
      kin.set(kindOf(product), (await productRows.kinOf(tx, product)).map(toCandidate));
  const lines = rows.flatMap((row): LiftLine[] => {
    const product = products.get(row.product_id);
    if (product === undefined) return [];
    const options = row.locked
      ? []
      : (kin.get(kindOf(product)) ?? [])
          .filter((one) => one.id !== product.id && standsInstead(product, one, row.quantity))
          .filter((one) => (one.sustainability.certifications ?? []).length > 0)
          .sort((a, b) => distance(unit(a), unit(product)) - distance(unit(b), unit(product)))
          .slice(0, MOST_OPTIONS)
          .map((one) => creditItem(one, extend(unit(one), row.quantity)));
    return [{ key: row.id, item: creditItem(product, fromNumber(row.total_price)), options }];
  });
  const { before, after, lifts } = liftsFor(rule, lines);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return {
    before,
    after,
    currency: scenario.currency,
    swaps: lifts.map(({ key, option, cost_diff_cents, reached }) => {
      const row = byId.get(key)!;
      return {
        item_id: key,
        recommendation_id: row.recommendation_id,
        space_id: row.space_id,
        space_name: [row.space_number, row.space_name].filter(Boolean).join(' ') || null,
        from: { sku: row.sku, name: row.product_name },
        to: {
          product_id: option.product_id,
          sku: option.sku,
          name: option.name,
          certifications: [...option.certifications],
        },
        quantity: row.quantity,
        price_diff: toNumber(cost_diff_cents),
        reached_pct: Math.round(1000 * reached) / 10,
      };
    }),
  };
}

const kindOf = (product: CandidateProduct) => `${product.category}/${product.subcategory ?? ''}`;
const distance = (a: number, b: number) => Math.abs(Math.log(Math.max(1, a) / Math.max(1, b)));

/** Takes no more floor than the piece that stands, seats as many, and can be ordered in that number. */
export function standsInstead(
  standing: CandidateProduct,
  other: CandidateProduct,
  quantity: number,
): boolean {
  if (quantity < other.moq) return false;
  if ((standing.specifications.seats ?? null) !== (other.specifications.seats ?? null)) return false;
  const [mine, theirs] = [standing.specifications.dimensions ?? {}, other.specifications.dimensions ?? {}];
  for (const side of ['width_in', 'depth_in'] as const) {
    const [had, has] = [mine[side], theirs[side]];
    if (had !== undefined && (has === undefined || has > had + SLACK_IN)) return false;
  }
  return true;
}

function creditItem(product: CandidateProduct, cost_cents: number): CreditItem {
  return {
    product_id: product.id,
    sku: product.sku,
    name: product.name,
    manufacturer: product.manufacturer ?? product.brand ?? '',
    certifications: product.sustainability.certifications ?? [],
    cost_cents,
  };
}
