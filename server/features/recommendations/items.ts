// One item of a recommendation changed by a person: the item, its feedback, and the sums of its scenario.
import type {
  BudgetScenario,
  RecommendationItem,
  UpdateItemRequest,
} from '../../../contract/recommendations.ts';
import { extend, fromNumber, toNumber } from '../../../engine/money.ts';
import { moneyFor } from '../../../engine/proposal/scenario_money.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { Tx } from '../../platform/postgres.ts';
import { briefOf } from '../conversations/service.ts';
import { spacesOfProject } from '../floorplans/service.ts';
import type { ProjectRow } from '../projects/service.ts';
import { track } from '../track.ts';
import { recordOutcome } from './outcome.ts';
import { metricsOf, moneyColumns, toCandidate } from './shapes.ts';
import * as db from './sql.ts';
import { measureScenario } from './sustainability.ts';

export interface ItemChange {
  recommendation: db.RecommendationRow;
  project: ProjectRow;
  itemId: string;
  change: UpdateItemRequest;
}

export async function changeItem(
  tx: Tx,
  now: Date,
  actor: Actor,
  { recommendation, project, itemId, change }: ItemChange,
): Promise<void> {
  const before = await db.findItem(tx, recommendation.id, itemId);
  if (before === undefined) throw notFound('item of this recommendation');
  const set: Record<string, unknown> = {};
  if (change.status !== undefined) set['status'] = change.status;
  if (change.locked !== undefined) set['locked'] = change.locked;
  const swapped = change.product_id !== undefined && change.product_id !== before.product_id;
  if (swapped) Object.assign(set, await swap(tx, before, change.product_id as string, change.reason));
  const quantity = change.quantity ?? before.quantity;
  if (swapped || quantity !== before.quantity) {
    const unit = (set['unit_price'] as number | undefined) ?? before.unit_price;
    set['quantity'] = quantity;
    set['total_price'] = toNumber(extend(fromNumber(unit), quantity));
    set['placement'] = null;
  }
  if (Object.keys(set).length === 0) return;
  await db.updateItem(tx, itemId, set);
  await keepFeedback(tx, actor, recommendation, before, change, swapped);
  const repriced = swapped || quantity !== before.quantity;
  if (repriced) {
    await recount(tx, project, before);
    await db.updateRecommendation(tx, recommendation.id, { generated_by: 'hybrid' });
  }
  await recordOutcome(tx, actor, recommendation, now, { modified: true });
  await track(tx, actor, now, {
    event_name: swapped
      ? 'item_swapped'
      : change.status === undefined
        ? 'item_changed'
        : `item_${change.status}`,
    event_type: 'action',
    project_id: project.id,
    organization_id: project.organization_id,
    properties: { category: before.category, subcategory: before.subcategory, product_id: before.product_id },
  });
}

async function swap(
  tx: Tx,
  before: db.ItemRow,
  productId: string,
  reason: string | undefined,
): Promise<Record<string, unknown>> {
  const product = await db.findCandidate(tx, productId);
  if (product === undefined) throw notFound('active product');
  const known = (before.alternatives ?? []) as RecommendationItem['alternatives'];
  // What was offered fits the need, also from another category; anything else has to be of the same kind.
  if (product.category !== before.category && !known.some((one) => one.product_id === productId)) {
    throw new AppError(
      'invalid_input',
      `${product.name} is of the category ${product.category}, the item needs ${before.category}; choose one of its alternatives or a product of that category.`,
    );
  }
  const others = known.filter((one) => one.product_id !== productId);
  const price = (fromNumber(before.unit_price) - fromNumber(product.list_price)) * before.quantity;
  const back: RecommendationItem['alternatives'][number] = {
    product_id: before.product_id,
    sku: before.sku,
    name: before.product_name,
    unit_price: before.unit_price,
    price_diff: toNumber(price),
    lead_time_diff:
      before.lead_time_days === null || product.lead_time_days === null
        ? null
        : before.lead_time_days - product.lead_time_days,
    carbon_diff: null,
    sustainability_diff: null,
    reason: 'Recommended before the swap.',
  };
  return {
    product_id: productId,
    variant_id: null,
    unit_price: product.list_price,
    status: 'substituted',
    alternatives: JSON.stringify([back, ...others].slice(0, 5)),
    reasoning: `Chosen by hand instead of ${before.product_name}${reason === undefined || reason.trim() === '' ? '' : `: ${reason.trim()}`}.`,
    confidence_score: null,
  };
}

async function keepFeedback(
  tx: Tx,
  actor: Actor,
  recommendation: db.RecommendationRow,
  item: db.ItemRow,
  change: UpdateItemRequest,
  swapped: boolean,
): Promise<void> {
  const common = {
    recommendation_id: recommendation.id,
    recommendation_item_id: item.id,
    user_id: actor.user_id,
    feedback_text: change.reason ?? null,
    feedback_categories: change.categories ?? null,
  };
  if (change.status === 'accepted')
    await db.insertFeedback(tx, { ...common, feedback_type: 'acceptance', accepted: true });
  if (change.status === 'rejected')
    await db.insertFeedback(tx, { ...common, feedback_type: 'rejection', accepted: false });
  if (swapped || (change.quantity !== undefined && change.quantity !== item.quantity)) {
    const details = {
      from: { product_id: item.product_id, quantity: item.quantity },
      to: { product_id: change.product_id ?? item.product_id, quantity: change.quantity ?? item.quantity },
    };
    await db.insertFeedback(tx, {
      ...common,
      feedback_type: 'modification',
      modified: true,
      modification_details: JSON.stringify(details),
    });
  }
}

/** The scenario's lines, totals, return and sustainability from the items as they stand now. */
async function recount(tx: Tx, project: ProjectRow, changed: db.ItemRow): Promise<void> {
  if (changed.scenario_id === null) return;
  const [scenario] = await db.listScenarios(tx, { id: changed.scenario_id });
  if (scenario === undefined) return;
  const rows = await db.listItems(tx, changed.scenario_id);
  const score = (row: db.ItemRow) => (row.sustainability as { score?: number } | null)?.score;
  const scored = rows.filter((row) => score(row) !== undefined);
  const spend = scored.reduce((sum, row) => sum + row.total_price, 0);
  const items = rows.map((row) => ({
    quantity: row.quantity,
    unit_price: row.unit_price,
    unit_list_price: row.list_price,
    lead_time_days: row.lead_time_days ?? 0,
    carbon_kg: carbonOf(row),
  }));
  const { budget, roi } = moneyFor(
    {
      items,
      quality_score: scenario.quality_score ?? 0,
      sustainability_score:
        spend === 0
          ? null
          : scored.reduce((sum, row) => sum + (score(row) ?? 0) * row.total_price, 0) / spend,
    },
    { brief: briefOf(project), spaces: await spacesOfProject(tx, project.id), currency: scenario.currency },
  );
  const metrics: BudgetScenario['metrics'] = metricsOf(items, budget);
  await db.updateScenario(tx, scenario.id, {
    ...moneyColumns(budget, roi),
    metrics: JSON.stringify(metrics),
  });
  const found = await db.productsByIds(tx, [...new Set(rows.map((row) => row.product_id))]);
  const products = new Map(found.map((product) => [product.id, toCandidate(product)]));
  const lines = rows.map((row) => ({
    need_key: row.need_key ?? row.id,
    space_id: row.space_id,
    product_id: row.product_id,
    quantity: row.quantity,
    unit_price: row.unit_price,
  }));
  await measureScenario(tx, project, scenario.id, lines, products);
}

function carbonOf(row: db.ItemRow): number | null {
  const each = (row.sustainability as { carbon_footprint_kg?: number } | null)?.carbon_footprint_kg;
  return each === undefined ? null : each * row.quantity;
}
