// From stored rows to the shapes that cross HTTP, and from the engines' results to rows. Pure.
import type { BudgetBreakdown, RoiAnalysis } from '../../../contract/budget.ts';
import type {
  CandidateProduct,
  ChosenItem,
  Infeasibility,
  LimitRelief,
  Scenario,
  Shortfall,
  TradeOff,
} from '../../../contract/choice.ts';
import type { Placement } from '../../../contract/layout.ts';
import type { Need } from '../../../contract/needs.ts';
import type {
  BudgetScenario,
  RecommendationItem,
  ScenarioLayout,
  ScenarioPricing,
} from '../../../contract/recommendations.ts';
import { fromNumber } from '../../../engine/money.ts';
import { sourceSaid } from '../../../engine/ranking/explain.ts';
import { iso } from '../context.ts';
import { type QuoteCheck, warningsOf } from './quote-check.ts';
import type { ItemRow, ItemValues } from './sql/items.ts';
import type { CandidateRow } from './sql/products.ts';
import type { ScenarioRow, ScenarioValues } from './sql/scenarios.ts';

/** NUMERIC(5,2) holds no more. */
const MAX_VARIANCE = 999.99;

export function toCandidate({ dealer_price: _cost, ...row }: CandidateRow): CandidateProduct {
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
  stored: { shortfalls: unknown; layout: unknown; pricing: unknown; rates: unknown },
): ScenarioValues {
  return {
    name: scenario.name,
    type: scenario.type,
    currency: budget.currency,
    ...moneyColumns(budget, roi),
    trade_offs: JSON.stringify(scenario.trade_offs.map(tradeOffInWords)),
    metrics: JSON.stringify(metricsOf(scenario.items, budget)),
    solver: JSON.stringify(scenario.proof),
    assumptions: JSON.stringify({ roi: roi.assumptions, rates: stored.rates }),
    shortfalls: JSON.stringify(stored.shortfalls),
    layout: JSON.stringify(stored.layout),
    pricing: JSON.stringify(stored.pricing),
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
  if (line.rate_pct === null) return line.basis;
  return `${line.rate_pct} % of ${line.basis}${line.source === undefined ? '' : ` (${line.source})`}`;
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

export function tradeOffInWords(change: TradeOff): BudgetScenario['trade_offs'][number] {
  const what =
    change.from === null
      ? `${change.label}: ${change.to?.name ?? ''} added`
      : change.to === null
        ? `${change.label}: ${change.from.name} left out`
        : change.from.sku === change.to.sku
          ? `${change.label}: ${change.price_diff < 0 ? 'fewer' : 'more'} of ${change.to.name}`
          : `${change.label}: ${change.from.name} → ${change.to.name}`;
  return { change: what, reason: change.why, amount: change.price_diff };
}

export interface ItemFrame {
  need: Need | undefined;
  placements: Placement[] | undefined;
  /** Pieces asked for, where fewer stand. */
  wanted: number;
  quoted_at: string;
}

export function itemValues(
  item: ChosenItem,
  id: string,
  { need, placements, wanted, quoted_at }: ItemFrame,
): ItemValues {
  const source = need?.evidence[0];
  const rule = need?.evidence.find((one) => one.rule_id !== null);
  return {
    id,
    product_id: item.product_id,
    variant_id: null,
    space_id: item.space_id,
    quantity: item.quantity,
    wanted,
    unit_price: item.unit_price,
    unit_list_price: item.unit_list_price,
    total_price: item.total_price,
    quoted_lead_time_days: item.lead_time_days,
    quoted_at,
    reasoning: item.reasoning,
    confidence_score: Math.round(item.confidence_score * 100) / 100,
    alternatives: item.alternatives.map((one) => ({
      product_id: one.product_id,
      sku: one.sku,
      name: one.name,
      quantity: one.quantity,
      unit_price: one.unit_price,
      price_diff: one.price_diff,
      lead_time_diff: one.lead_time_diff_days,
      carbon_diff: one.carbon_diff_kg,
      sustainability_diff: one.sustainability_diff,
      reason: one.why,
      keeps_limits: one.keeps_limits,
      quality_score: one.quality_score,
      value_score: one.value_score,
      rank: one.rank,
    })),
    placement: placements === undefined ? null : placements.map(placeOf),
    need_key: item.need_key,
    need: {
      key: item.need_key,
      label: item.label,
      source: source === undefined ? '' : sourceInWords(source),
      kind: source?.kind ?? null,
      rule_id: rule?.rule_id ?? null,
      role: item.role,
      quantity: need?.quantity ?? item.quantity,
      measure: need?.measure ?? 'each',
      groups: need?.groups ?? 1,
      mount: need?.mount ?? 'floor',
      priority: need?.priority ?? 'standard',
      quality: item.quality_score,
      value: item.value_score,
      rank: item.rank,
      candidates: item.candidates,
    },
    status: 'proposed',
    locked: item.locked,
  };
}

export function placeOf({ x, y, rotation_deg, width_ft, depth_ft, mounted }: Placement) {
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
    : `${source.detail.replace(/\.$/, '')} (${sourceSaid(source.source)}).`;
}

export function toItem(row: ItemRow, check: QuoteCheck): RecommendationItem {
  const specifications = (row.specifications ?? {}) as {
    dimensions?: { width_in?: number; depth_in?: number; height_in?: number };
  };
  const need = (row.need ?? {}) as Partial<RecommendationItem['need']> & {
    rank?: number | null;
    candidates?: number | null;
  };
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
    wanted: row.wanted ?? row.quantity,
    unit_list_price: row.unit_list_price,
    unit_price: row.unit_price,
    total_price: row.total_price,
    need: {
      key: need.key ?? row.need_key ?? '',
      label: need.label ?? '',
      source: need.source ?? '',
      kind: need.kind ?? null,
      rule_id: need.rule_id ?? null,
      role: need.role ?? '',
    },
    rank: need.rank ?? null,
    candidates: need.candidates ?? null,
    warnings: warningsOf(row, check),
    successor:
      row.successor_id !== null && row.product_status !== 'active'
        ? { product_id: row.successor_id, sku: row.successor_sku ?? '', name: row.successor_name ?? '' }
        : null,
    reasoning: row.reasoning ?? '',
    confidence_score: row.confidence_score,
    confidence_basis: row.confidence_score === null ? null : 'margin',
    confidence_note: '',
    alternatives: ((row.alternatives ?? []) as Partial<RecommendationItem['alternatives'][number]>[]).map(
      toAlternative,
    ),
    placement: row.placement ?? null,
    status: row.status as RecommendationItem['status'],
    locked: row.locked,
  };
}

function toAlternative(
  one: Partial<RecommendationItem['alternatives'][number]>,
): RecommendationItem['alternatives'][number] {
  return {
    product_id: one.product_id ?? '',
    sku: one.sku ?? '',
    name: one.name ?? '',
    quantity: one.quantity ?? null,
    unit_price: one.unit_price ?? 0,
    keeps_limits: one.keeps_limits ?? null,
    price_diff: one.price_diff ?? 0,
    lead_time_diff: one.lead_time_diff ?? null,
    carbon_diff: one.carbon_diff ?? null,
    sustainability_diff: one.sustainability_diff ?? null,
    reason: one.reason ?? '',
  };
}

export function toScenario(row: ScenarioRow): BudgetScenario {
  const layout = row.layout as unknown as Partial<ScenarioLayout> | null;
  const pricing = row.pricing as unknown as Partial<ScenarioPricing> | null;
  const { overrides: _overrides, ...assumptions } = (row.assumptions ?? {}) as Record<string, unknown>;
  return {
    ...row,
    type: row.type as BudgetScenario['type'],
    lines: row.lines as BudgetScenario['lines'],
    roi_analysis: (row.roi_analysis ?? {}) as BudgetScenario['roi_analysis'],
    trade_offs: (row.trade_offs ?? []) as BudgetScenario['trade_offs'],
    metrics: row.metrics as BudgetScenario['metrics'],
    solver: row.solver as BudgetScenario['solver'],
    assumptions,
    shortfalls: (row.shortfalls as unknown as (Shortfall & { kept?: unknown })[]).map(
      ({ kept: _kept, ...one }) => one,
    ),
    layout: layout?.rooms === undefined || layout.rooms.length === 0 ? null : (layout as ScenarioLayout),
    pricing: pricing?.list_total === undefined ? null : (pricing as ScenarioPricing),
    is_selected: row.is_selected ?? false,
    created_at: iso(row.created_at as Date),
  };
}

/** Why nothing can be recommended, and what would help, as sentences. */
export function infeasibilityInWords(infeasibility: Infeasibility): string[] {
  const silent = infeasibility.without_product.length === 0 && infeasibility.relaxations.length === 0;
  return [
    ...(silent
      ? [
          'No choice reaches the minimum orders of the products that meet the needs; lock a product for one of the rooms, or import products sold singly.',
        ]
      : []),
    ...infeasibility.without_product.map((one) => `${one.label}: ${one.why}`),
    ...infeasibility.relaxations.map(
      (one) =>
        `Change ${one.limits.map((limit) => `${limit.kind.replaceAll('_', ' ')} from ${limit.from} to ${limit.to}`).join(' and ')}: ${one.gives}`,
    ),
  ];
}

/** What was set wider for a recommendation, as one sentence; nothing where nothing was. */
export function reliefInWords(relief: LimitRelief | undefined, currency: string): string[] {
  if (relief === undefined) return [];
  const amount = new Intl.NumberFormat('en-US', { style: 'currency', currency, maximumFractionDigits: 0 });
  const parts = [
    relief.max_total === undefined ? '' : `a total up to ${amount.format(relief.max_total)}`,
    relief.max_lead_time_days === undefined ? '' : `lead times up to ${relief.max_lead_time_days} days`,
    relief.max_carbon_kg === undefined
      ? ''
      : `carbon up to ${Math.round(relief.max_carbon_kg).toLocaleString('en-US')} kg CO2e`,
    relief.also_brands === undefined
      ? ''
      : relief.also_brands.length === 0
        ? 'any brand'
        : `also ${relief.also_brands.join(', ')}`,
    relief.without_certifications === undefined ? '' : `without ${relief.without_certifications.join(', ')}`,
    relief.any_stock ? 'also what is not in stock' : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? [] : [`Limits were set wider for this recommendation: ${parts.join('; ')}.`];
}
