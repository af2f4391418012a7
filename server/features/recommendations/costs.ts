// Cost and margin, laid beside items and scenarios for those who may see them. Pure; whether one may is asked of the database.
import type { BudgetScenario, RecommendationItem } from '../../../contract/recommendations.ts';
import { extend, fromNumber, marginPct, toNumber } from '../../../engine/money.ts';

export interface UnitCost {
  scenario_id: string;
  product_id: string;
  unit_cost: number;
  source: string;
}

/** Null costs: one may not see them, and the field is absent. */
export function withItemCost(
  item: RecommendationItem,
  costs: readonly UnitCost[] | null,
): RecommendationItem {
  if (costs === null) return item;
  const found = costs.find(
    (one) => one.product_id === item.product.id && one.scenario_id === item.scenario_id,
  );
  if (found === undefined)
    return { ...item, internal: { unit_cost: null, total_cost: null, margin_pct: null, source: null } };
  const unit = fromNumber(found.unit_cost);
  return {
    ...item,
    internal: {
      unit_cost: found.unit_cost,
      total_cost: toNumber(extend(unit, item.quantity)),
      margin_pct: marginPct(fromNumber(item.unit_price), unit),
      source: found.source,
    },
  };
}

export interface LineQuantity {
  scenario_id: string | null;
  product_id: string;
  quantity: number;
  unit_price: number;
}

export function withScenarioCost(
  scenario: BudgetScenario,
  lines: readonly LineQuantity[],
  costs: readonly UnitCost[],
): BudgetScenario {
  const unit = new Map(
    costs
      .filter((one) => one.scenario_id === scenario.id)
      .map((one) => [one.product_id, fromNumber(one.unit_cost)]),
  );
  let [cost, sell, without] = [0, 0, 0];
  for (const line of lines) {
    if (line.scenario_id !== scenario.id) continue;
    const each = unit.get(line.product_id);
    if (each === undefined) without += 1;
    else {
      cost += extend(each, line.quantity);
      sell += extend(fromNumber(line.unit_price), line.quantity);
    }
  }
  return {
    ...scenario,
    internal: {
      cost: toNumber(cost),
      sell: toNumber(sell),
      margin_pct: marginPct(sell, cost),
      lines_without_cost: without,
    },
  };
}
