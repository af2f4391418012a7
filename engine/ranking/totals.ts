/** The sums of a scenario's items: money, time, carbon, and scores weighted by spend. */
import type { ChosenItem, Scenario } from '../../contract/choice.ts';
import { fromNumber, sum, toNumber } from '../money.ts';
import { round } from './explain.ts';

export type ScenarioTotals = Pick<
  Scenario,
  | 'furniture_total'
  | 'max_lead_time_days'
  | 'carbon_kg'
  | 'quality_score'
  | 'sustainability_score'
  | 'confidence_score'
>;

/** `scoreOf` is a product's stated sustainability score, undefined where it states none. */
export function totalsOf(
  items: readonly ChosenItem[],
  scoreOf: (product_id: string) => number | undefined,
): ScenarioTotals {
  const spend = items.reduce((a, item) => a + item.total_price, 0);
  const bySpend = (pick: (item: ChosenItem) => number) =>
    spend > 0 ? items.reduce((a, item) => a + item.total_price * pick(item), 0) / spend : 0;
  const scored = items.filter((item) => scoreOf(item.product_id) !== undefined);
  const scoredSpend = scored.reduce((a, item) => a + item.total_price, 0);
  return {
    furniture_total: toNumber(sum(items.map((item) => fromNumber(item.total_price)))),
    max_lead_time_days: Math.max(0, ...items.map((item) => item.lead_time_days)),
    carbon_kg: round(
      items.reduce((a, item) => a + (item.carbon_kg ?? 0), 0),
      2,
    ),
    quality_score: round(100 * bySpend((item) => item.quality_score), 1),
    sustainability_score:
      scoredSpend > 0
        ? round(
            scored.reduce((a, item) => a + (scoreOf(item.product_id) ?? 0) * item.total_price, 0) /
              scoredSpend,
            1,
          )
        : null,
    confidence_score: round(
      bySpend((item) => item.confidence_score),
      2,
    ),
  };
}
