// From stored rows to the shapes that cross HTTP, and from the engines' results to rows. Pure.
import type {
  BudgetBreakdown,
  CandidateProduct,
  ChosenItem,
  Infeasibility,
  Need,
  Placement,
  RoiAnalysis,
  Scenario,
  TradeOff,
} from '../../../contract/decisions.ts';
import type { BudgetScenario, RecommendationItem } from '../../../contract/recommendations.ts';
import { fromNumber } from '../../../engine/money.ts';
import { iso } from '../context.ts';
import type { CandidateRow, ItemRow, ItemValues, ScenarioRow, ScenarioValues } from './sql.ts';

/** NUMERIC(5,2) holds no more. */
const MAX_VARIANCE = 999.99;

export function toCandidate(row: CandidateRow): CandidateProduct {
  const cents = fromNumber(row.list_price);
  return {
    ...row,
    tags: row.tags ?? [],
    specifications: (row.specifications ?? {}) as CandidateProduct['specifications'],
    sustainability: (row.sustainability ?? {}) as CandidateProduct['sustainability'],
    list_price_cents: cents,
    unit_price_cents: cents,
    in_stock: row.in_stock ?? true,
    lead_time_days: row.lead_time_days ?? 14,
    moq: row.moq ?? 1,
  };
}

export function scenarioValues(
  scenario: Scenario,
  budget: BudgetBreakdown,
  roi: RoiAnalysis,
): ScenarioValues {
  return {
    name: scenario.name,
    type: scenario.type,
    currency: budget.currency,
    ...moneyColumns(budget, roi),
    trade_offs: JSON.stringify(scenario.trade_offs.map(tradeOffInWords)),
    metrics: JSON.stringify(metricsOf(scenario.items, budget)),
    solver: JSON.stringify(scenario.proof),
    assumptions: JSON.stringify({ roi: roi.assumptions }),
  };
}

/** The columns that change when an item changes. */
export function moneyColumns(budget: BudgetBreakdown, roi: RoiAnalysis) {
  const variance = budget.variance_from_target_pct;
  return {
    total_cost: budget.total_cost,
    variance_from_target_pct:
      variance === null ? null : Math.max(-MAX_VARIANCE, Math.min(MAX_VARIANCE, variance)),
    quality_score: budget.quality_score,
    sustainability_score: budget.sustainability_score,
    lines: JSON.stringify(
      budget.lines.map((line) => ({
        key: line.key,
        label: line.label,
        amount: line.amount,
        note: rateInWords(line),
      })),
    ),
    roi_analysis: JSON.stringify(roi),
  };
}

function rateInWords(line: BudgetBreakdown['lines'][number]): string {
  return line.rate_pct === null ? line.basis : `${line.rate_pct} % of ${line.basis}`;
}

type MeasuredItem = Pick<ChosenItem, 'quantity' | 'carbon_kg' | 'lead_time_days'>;

export function metricsOf(
  items: MeasuredItem[],
  budget: Pick<BudgetBreakdown, 'per_person' | 'per_sqft'>,
): BudgetScenario['metrics'] {
  const carbon = items.reduce((sum, item) => sum + (item.carbon_kg ?? 0), 0);
  return {
    item_count: items.reduce((sum, item) => sum + item.quantity, 0),
    per_person: budget.per_person,
    per_sqft: budget.per_sqft,
    carbon_kg: items.some((item) => item.carbon_kg !== null) ? Math.round(carbon * 100) / 100 : null,
    lead_time_days: items.length === 0 ? null : Math.max(...items.map((item) => item.lead_time_days)),
  };
}

function tradeOffInWords(change: TradeOff): BudgetScenario['trade_offs'][number] {
  const what =
    change.from === null
      ? `${change.label}: ${change.to?.name ?? ''} added`
      : change.to === null
        ? `${change.label}: ${change.from.name} left out`
        : `${change.label}: ${change.from.name} → ${change.to.name}`;
  return { change: what, reason: change.why, amount: change.price_diff };
}

export function itemValues(
  item: ChosenItem,
  need: Need | undefined,
  placements: Placement[] | undefined,
): ItemValues {
  const source = need?.evidence[0];
  return {
    product_id: item.product_id,
    space_id: item.space_id,
    quantity: item.quantity,
    unit_price: item.unit_price,
    total_price: item.total_price,
    reasoning: item.reasoning,
    confidence_score: Math.round(item.confidence_score * 100) / 100,
    alternatives: JSON.stringify(
      item.alternatives.map((one) => ({
        product_id: one.product_id,
        sku: one.sku,
        name: one.name,
        unit_price: one.unit_price,
        price_diff: one.price_diff,
        lead_time_diff: one.lead_time_diff_days,
        carbon_diff: one.carbon_diff_kg,
        sustainability_diff: one.sustainability_diff,
        reason: one.why,
      })),
    ),
    placement: placements === undefined ? null : JSON.stringify(placements.map(placeOf)),
    need_key: item.need_key,
    need: JSON.stringify({
      key: item.need_key,
      label: item.label,
      source: source === undefined ? '' : sourceInWords(source),
      role: item.role,
      quantity: need?.quantity ?? item.quantity,
    }),
    locked: item.locked,
  };
}

function placeOf({ x, y, rotation_deg, width_ft, depth_ft, mounted }: Placement) {
  const round = (value: number) => Math.round(value * 1000) / 1000;
  return {
    x: round(x),
    y: round(y),
    rotation_deg,
    width_ft: round(width_ft),
    depth_ft: round(depth_ft),
    mounted,
  };
}

function sourceInWords(source: Need['evidence'][number]): string {
  if (source.quote !== null) return `“${source.quote}”`;
  return source.source === null || source.source === ''
    ? source.detail
    : `${source.detail} (${source.source})`;
}

export function toItem(row: ItemRow): RecommendationItem {
  const specifications = (row.specifications ?? {}) as {
    dimensions?: { width_in?: number; depth_in?: number; height_in?: number };
  };
  const need = (row.need ?? {}) as { key?: string; label?: string; source?: string };
  const dimensions = specifications.dimensions ?? {};
  return {
    id: row.id,
    recommendation_id: row.recommendation_id,
    scenario_id: row.scenario_id,
    space_id: row.space_id,
    space_name:
      [row.space_number, row.space_name].filter((part) => part !== null && part !== '').join(' ') || null,
    product: {
      id: row.product_id,
      sku: row.sku,
      name: row.product_name,
      brand: row.brand,
      collection: row.collection,
      category: row.category,
      subcategory: row.subcategory,
      lead_time_days: row.lead_time_days,
      width_in: dimensions.width_in ?? null,
      depth_in: dimensions.depth_in ?? null,
      height_in: dimensions.height_in ?? null,
      carbon_footprint_kg:
        (row.sustainability as { carbon_footprint_kg?: number } | null)?.carbon_footprint_kg ?? null,
    },
    variant_id: row.variant_id,
    quantity: row.quantity,
    unit_price: row.unit_price,
    total_price: row.total_price,
    need: { key: need.key ?? row.need_key ?? '', label: need.label ?? '', source: need.source ?? '' },
    reasoning: row.reasoning ?? '',
    confidence_score: row.confidence_score,
    alternatives: (row.alternatives ?? []) as RecommendationItem['alternatives'],
    placement: row.placement ?? null,
    status: row.status as RecommendationItem['status'],
    locked: row.locked,
  };
}

export function toScenario(row: ScenarioRow): BudgetScenario {
  return {
    ...row,
    type: row.type as BudgetScenario['type'],
    lines: row.lines as BudgetScenario['lines'],
    roi_analysis: (row.roi_analysis ?? {}) as BudgetScenario['roi_analysis'],
    trade_offs: (row.trade_offs ?? []) as BudgetScenario['trade_offs'],
    metrics: row.metrics as BudgetScenario['metrics'],
    solver: row.solver as BudgetScenario['solver'],
    assumptions: row.assumptions as BudgetScenario['assumptions'],
    is_selected: row.is_selected ?? false,
    created_at: iso(row.created_at as Date),
  };
}

/** Why nothing can be recommended, and what would help, as sentences. */
export function infeasibilityInWords(infeasibility: Infeasibility): string[] {
  return [
    ...infeasibility.without_product.map((one) => `${one.label}: ${one.why}`),
    ...infeasibility.relaxations.map(
      (one) =>
        `Change ${one.limits.map((limit) => `${limit.kind.replaceAll('_', ' ')} from ${limit.from} to ${limit.to}`).join(' and ')}: ${one.gives}`,
    ),
  ];
}
