// A scenario's money, carbon, scores, costs and differences from its lines as they stand; the one place that prices.
import type { BudgetScenario, ScenarioPricing } from '../../../contract/recommendations.ts';
import { costOf, orderDiscount, type PriceTerms, sellPrice } from '../../../engine/budget/terms.ts';
import { extend, fromNumber, sum, toNumber } from '../../../engine/money.ts';
import { moneyFor } from '../../../engine/proposal/scenario_money.ts';
import { type ComparedItem, tradeOffs } from '../../../engine/ranking/trade_offs.ts';
import { carbonOf } from '../../../engine/sustainability/carbon.ts';
import type { Tx } from '../../platform/postgres.ts';
import { briefOf } from '../conversations/service.ts';
import { spacesOfProject } from '../floorplans/service.ts';
import type { ProjectRow } from '../projects/service.ts';
import { moneyInputOf, overridesOf, type Planning } from './planning.ts';
import type { StoredNeed } from './scene.ts';
import { metricsOf, moneyColumns, toCandidate, tradeOffInWords } from './shapes.ts';
import * as itemRows from './sql/items.ts';
import * as productRows from './sql/products.ts';
import * as scenarioRows from './sql/scenarios.ts';
import { saveCosts } from './sql/terms.ts';
import { measureScenario } from './sustainability.ts';

export interface RecountOptions {
  /** Takes today's list prices and lead times instead of those of the quote. */
  refresh_prices?: boolean;
}

/** Reprices the lines, then everything that follows from them. */
export async function recount(
  tx: Tx,
  project: ProjectRow,
  scenario_id: string,
  planning: Planning,
  now: Date,
  options: RecountOptions = {},
): Promise<void> {
  const [scenario] = await scenarioRows.listScenarios(tx, { id: scenario_id });
  if (scenario === undefined) return;
  const rows = await itemRows.listItems(tx, scenario_id);
  const lists = new Map(
    rows.map((row) => [
      row.id,
      fromNumber(options.refresh_prices ? row.list_price : (row.unit_list_price ?? row.list_price)),
    ]),
  );
  const live = rows.filter((row) => row.status !== 'rejected');
  const { list_cents, discount } = orderDiscount(
    live.map((row) => ({ list_price_cents: lists.get(row.id) ?? 0, quantity: row.quantity })),
    planning.terms.contract,
  );
  const priced = rows.map((row) => priceOf(row, lists.get(row.id) ?? 0, planning.terms, discount));
  await itemRows.repriceItems(
    tx,
    priced
      .filter(
        ({ row, unit_cents, list }) =>
          row.unit_price !== toNumber(unit_cents) ||
          row.unit_list_price !== toNumber(list) ||
          row.total_price !== toNumber(unit_cents * row.quantity),
      )
      .map(({ row, unit_cents, list }) => ({
        id: row.id,
        unit_price: toNumber(unit_cents),
        unit_list_price: toNumber(list),
        total_price: toNumber(extend(unit_cents, row.quantity)),
      })),
  );
  if (options.refresh_prices) await itemRows.requoteItems(tx, scenario_id, now);
  const standing = priced.filter(({ row }) => row.status !== 'rejected');
  const found = await productRows.productsByIds(tx, [...new Set(rows.map((row) => row.product_id))]);
  const products = new Map(found.map((product) => [product.id, toCandidate(product)]));
  const items = standing.map(({ row, unit_cents, list }) => {
    const product = products.get(row.product_id);
    const kg = product === undefined ? null : carbonOf(product).kg;
    return {
      quantity: row.quantity,
      unit_price: toNumber(unit_cents),
      unit_list_price: toNumber(list),
      total: unit_cents * row.quantity,
      lead_time_days: row.lead_time_days ?? 0,
      carbon_kg: kg === null ? null : kg * row.quantity,
      quality: (row.need as unknown as StoredNeed | null)?.quality ?? null,
    };
  });
  const rated = items.filter((item) => item.quality !== null && item.total > 0);
  const spend = rated.reduce((a, item) => a + item.total, 0);
  const quality =
    spend > 0
      ? (100 * rated.reduce((a, item) => a + (item.quality ?? 0) * item.total, 0)) / spend
      : (scenario.quality_score ?? 0);
  const { input, in_force } = moneyInputOf(planning, overridesOf(scenario.assumptions), {
    brief: briefOf(project),
    spaces: await spacesOfProject(tx, project.id),
    currency: scenario.currency,
  });
  const { budget, roi } = moneyFor(
    { items, quality_score: quality, sustainability_score: scenario.sustainability_score },
    input,
  );
  const pricing: ScenarioPricing = {
    list_total: toNumber(list_cents),
    sell_total: budget.furniture_sell,
    discount_pct:
      list_cents > 0 ? Math.round(1e4 * (1 - fromNumber(budget.furniture_sell) / list_cents)) / 100 : null,
    contract: planning.terms.contract?.name ?? null,
    contract_discount: discount,
    rates: in_force,
    priced_at: now.toISOString(),
  };
  await scenarioRows.updateScenario(tx, scenario_id, {
    ...moneyColumns(budget, roi),
    metrics: JSON.stringify(metricsOf(items, budget)),
    pricing: JSON.stringify(pricing),
    assumptions: JSON.stringify({
      ...(scenario.assumptions as object),
      roi: roi.assumptions,
      rates: in_force,
    }),
  });
  await measureScenario(
    tx,
    project,
    scenario_id,
    standing.map(({ row, unit_cents }) => ({
      need_key: row.need_key ?? row.id,
      space_id: row.space_id,
      product_id: row.product_id,
      quantity: row.quantity,
      unit_price: toNumber(unit_cents),
    })),
    products,
  );
  await keepCosts(tx, scenario_id, found, planning);
}

function priceOf(row: itemRows.ItemRow, list: number, terms: PriceTerms, discount: string | null) {
  const product = {
    sku: row.sku,
    brand: row.brand,
    collection: row.collection,
    category: row.category,
    subcategory: row.subcategory,
    list_price_cents: list,
  };
  return { row, list, unit_cents: sellPrice(product, terms, discount).unit_cents };
}

export async function keepCosts(
  tx: Tx,
  scenario_id: string,
  products: readonly productRows.CandidateRow[],
  planning: Planning,
): Promise<void> {
  const costs = products.flatMap((row) => {
    const cost = costOf(
      toCandidate(row),
      planning.buy,
      row.dealer_price === null ? null : fromNumber(row.dealer_price),
    );
    return cost === null
      ? []
      : [{ product_id: row.id, unit_cost: toNumber(cost.unit_cents), source: cost.source.slice(0, 150) }];
  });
  await saveCosts(tx, scenario_id, costs);
}

/** What changed against the balanced scenario, for all scenarios of a recommendation: a change in one moves the others' differences. */
export async function compareScenarios(tx: Tx, recommendation_id: string, currency: string): Promise<void> {
  const scenarios = await scenarioRows.listScenarios(tx, { recommendation_id });
  const items = Map.groupBy(
    await itemRows.comparedItems(tx, recommendation_id),
    (row) => row.scenario_id ?? '',
  );
  const compared = (id: string): ComparedItem[] => (items.get(id) ?? []).map(comparedOf);
  const balanced = scenarios.find((one) => one.type === 'balanced') ?? scenarios[0];
  if (balanced === undefined) return;
  for (const scenario of scenarios) {
    const changes = tradeOffs({ items: compared(balanced.id) }, { items: compared(scenario.id) }, currency);
    await scenarioRows.updateScenario(tx, scenario.id, {
      trade_offs: JSON.stringify(changes.map(tradeOffInWords)),
    });
  }
}

/** What another scenario of the same recommendation does differently from this one: a function of the other's id. */
export async function changesFrom(
  tx: Tx,
  recommendation_id: string,
  from: Pick<BudgetScenario, 'id' | 'currency'>,
): Promise<(id: string) => BudgetScenario['trade_offs']> {
  const items = Map.groupBy(
    await itemRows.comparedItems(tx, recommendation_id),
    (row) => row.scenario_id ?? '',
  );
  const compared = (id: string) => ({ items: (items.get(id) ?? []).map(comparedOf) });
  return (id) => tradeOffs(compared(from.id), compared(id), from.currency).map(tradeOffInWords);
}

function comparedOf(row: Awaited<ReturnType<typeof itemRows.comparedItems>>[number]): ComparedItem {
  const need = (row.need ?? {}) as unknown as Partial<StoredNeed>;
  const kg = (row.sustainability as { carbon_footprint_kg?: number } | null)?.carbon_footprint_kg;
  return {
    need_key: row.need_key ?? row.id,
    space_id: row.space_id,
    label: need.label ?? '',
    product_id: row.product_id,
    sku: row.sku,
    name: row.name,
    collection: row.collection,
    total_price: row.total_price,
    lead_time_days: row.lead_time_days ?? 0,
    carbon_kg: kg === undefined ? null : kg * row.quantity,
    quality_score: need.quality ?? 0.5,
    value_score: need.value ?? 0.5,
  };
}

/** Sell total of some lines under the terms, in cents, with the contract at their own total. */
export function sellTotal(
  lines: readonly { product: Parameters<typeof sellPrice>[0]; quantity: number }[],
  terms: PriceTerms,
): number {
  const { discount } = orderDiscount(
    lines.map((line) => ({ list_price_cents: line.product.list_price_cents, quantity: line.quantity })),
    terms.contract,
  );
  return sum(lines.map((line) => sellPrice(line.product, terms, discount).unit_cents * line.quantity));
}
