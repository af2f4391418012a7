// What is read under the caller's rights before anything is answered or changed: recommendations, scenarios, lines, with
// cost beside them for those who may see it.
import type {
  BudgetScenario,
  Recommendation,
  RecommendationItem,
} from '../../../contract/recommendations.ts';
import { fromNumber } from '../../../engine/money.ts';
import { shortfallsInWords } from '../../../engine/proposal/shortfalls.ts';
import {
  type ConfidenceCalibration,
  calibrate,
  confidenceInWords,
} from '../../../engine/ranking/calibrate.ts';
import type { ChoiceLimits } from '../../../engine/ranking/candidates.ts';
import { notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { Tx } from '../../platform/postgres.ts';
import { type Deps, iso } from '../context.ts';
import { briefOf } from '../conversations/service.ts';
import { liveModelFor } from '../learning/service.ts';
import type { Live } from '../live.ts';
import { type ProjectRow, requireProject } from '../projects/service.ts';
import { freshAlternatives, type SwapFrame } from './alternatives.ts';
import type { Who } from './change.ts';
import { withItemCost, withScenarioCost } from './costs.ts';
import { planningOf } from './planning.ts';
import type { QuoteCheck } from './quote-check.ts';
import type { StoredNeed } from './scene.ts';
import { toCandidate, toItem, toScenario } from './shapes.ts';
import * as itemRows from './sql/items.ts';
import * as productRows from './sql/products.ts';
import * as recommendationRows from './sql/recommendations.ts';
import * as scenarioRows from './sql/scenarios.ts';
import { costsOf, maySeeCost } from './sql/terms.ts';
export interface Summary {
  state: 'queued' | 'running' | 'ready' | 'infeasible' | 'failed';
  notes?: string[];
  error?: string;
  programme?: { space_id: string | null; space_name: string | null }[];
  [key: string]: unknown;
}

export type Reading = ReturnType<typeof makeReading>;

export function makeReading(deps: Deps, live: Live) {
  const { postgres } = deps;

  async function recommendationWith(
    tx: Tx,
    id: string,
    permission: 'project:read' | 'project:comment' | 'project:edit',
    lock = false,
  ) {
    const found = await recommendationRows.findRecommendation(tx, id);
    if (found === undefined) throw notFound('recommendation');
    const project = await requireProject(tx, found.project_id, permission);
    const recommendation = lock
      ? ((await recommendationRows.findRecommendation(tx, id, { lock })) ?? found)
      : found;
    return { recommendation, project };
  }

  async function read(
    tx: Tx,
    row: recommendationRows.RecommendationRow,
    wanted?: string,
  ): Promise<Recommendation> {
    const scenarios = await withCost(
      tx,
      row.project_id,
      await scenarioRows.listScenarios(tx, { recommendation_id: row.id }),
    );
    const shown =
      scenarios.find((one) => one.type === wanted) ??
      scenarios.find((one) => one.is_selected) ??
      scenarios.find((one) => one.type === 'balanced') ??
      scenarios[0];
    const items = shown === undefined ? [] : await itemsOf(tx, row.project_id, shown);
    const summary = (row.summary ?? {}) as unknown as Summary;
    const notes = [
      ...(summary.notes ?? []),
      ...(shown === undefined ? [] : shortfallsInWords(shown.shortfalls, roomNames(summary, items))),
      ...(summary.error === undefined ? [] : [summary.error]),
    ];
    return {
      ...toSummary(row),
      input_parameters: (row.input_parameters ?? {}) as Recommendation['input_parameters'],
      user_feedback: row.user_feedback,
      items,
      scenarios,
      notes,
      infeasibility: (summary.infeasibility as Recommendation['infeasibility'] | undefined) ?? null,
    };
  }

  /** What saved lines are looked at with: today, how long prices hold, when delivery is asked for. */
  async function quoteCheck(tx: Tx, projectId: string): Promise<QuoteCheck> {
    const project = await requireProject(tx, projectId, 'project:read');
    const { price_valid_days } = await planningOf(tx, projectId, deps.now());
    const brief = briefOf(project);
    return {
      now: deps.now(),
      price_valid_days,
      delivery_date: brief.timeline?.delivery_date ?? null,
      max_lead_time_days: brief.max_lead_time_days ?? null,
    };
  }

  async function itemsOf(tx: Tx, projectId: string, scenario: BudgetScenario): Promise<RecommendationItem[]> {
    const rows = await itemRows.listItems(tx, scenario.id);
    return await shownItems(tx, projectId, scenario, rows, rows);
  }

  /** One item as it is shown in its scenario. */
  async function oneItem(tx: Tx, projectId: string, id: string, itemId: string): Promise<RecommendationItem> {
    const row = await itemRows.findItem(tx, id, itemId);
    if (row === undefined || row.scenario_id === null) throw notFound('item of this recommendation');
    const scenario = await oneScenario(tx, projectId, row.scenario_id);
    const [item] = await shownItems(
      tx,
      projectId,
      scenario,
      [row],
      await itemRows.listItems(tx, scenario.id),
    );
    if (item === undefined) throw notFound('item of this recommendation');
    return item;
  }

  /** With warnings, alternatives as of today and, for those who may see it, cost. */
  async function shownItems(
    tx: Tx,
    projectId: string,
    scenario: BudgetScenario,
    rows: readonly itemRows.ItemRow[],
    bill: readonly itemRows.ItemRow[],
  ): Promise<RecommendationItem[]> {
    const check = await quoteCheck(tx, projectId);
    const costs = (await maySeeCost(tx, projectId)) ? await costsOf(tx, [scenario.id]) : null;
    const items = rows.map((row) => withItemCost(toItem(row, check), costs));
    const ids = items.flatMap((item) => item.alternatives.map((one) => one.product_id));
    const sold = await productRows.soldProducts(tx, [...new Set(ids)]);
    const chosen = await productRows.productsByIds(tx, [...new Set(rows.map((row) => row.product_id))]);
    const products = new Map(chosen.map((row) => [row.id, toCandidate(row)]));
    const frame = await swapFrame(
      tx,
      projectId,
      scenario,
      bill,
      new Map(sold.map((row) => [row.id, toCandidate(row)])),
    );
    const calibration = (await liveModelFor(tx, projectId))?.confidence_calibration;
    return items.map((item, at) => {
      const product = products.get(item.product.id);
      const need = rows[at]?.need as unknown as StoredNeed | null;
      if (product === undefined || !need) return item;
      return {
        ...item,
        ...confidenceOf(item, calibration),
        alternatives: freshAlternatives({ item, need, product }, frame),
      };
    });
  }

  async function swapFrame(
    tx: Tx,
    projectId: string,
    scenario: BudgetScenario,
    bill: readonly itemRows.ItemRow[],
    products: SwapFrame['products'],
  ): Promise<SwapFrame> {
    const { terms } = await planningOf(tx, projectId, deps.now());
    const recommendation =
      scenario.recommendation_id === null
        ? undefined
        : await recommendationRows.findRecommendation(tx, scenario.recommendation_id);
    const summary = (recommendation?.summary ?? {}) as { limits?: ChoiceLimits };
    const furniture = scenario.lines.find((line) => line.key === 'furniture')?.amount ?? 0;
    const pieces = new Map<string, number>();
    for (const row of bill)
      if (row.status !== 'rejected')
        pieces.set(row.product_id, (pieces.get(row.product_id) ?? 0) + row.quantity);
    return {
      terms,
      discount: scenario.pricing?.contract_discount ?? null,
      limits: summary.limits ?? {},
      furniture_cents: fromNumber(furniture),
      carbon_kg: scenario.metrics.carbon_kg ?? 0,
      pieces,
      currency: scenario.currency,
      products,
    };
  }

  async function withCost(
    tx: Tx,
    projectId: string,
    rows: scenarioRows.ScenarioRow[],
  ): Promise<BudgetScenario[]> {
    const scenarios = rows.map(toScenario);
    if (!(await maySeeCost(tx, projectId))) return scenarios;
    const ids = scenarios.map((one) => one.id);
    const costs = await costsOf(tx, ids);
    const quantities = await itemRows.quantitiesOf(tx, ids);
    return scenarios.map((scenario) => withScenarioCost(scenario, quantities, costs));
  }

  async function scenarioWith(
    tx: Tx,
    scenarioId: string,
    permission: 'project:read' | 'project:edit',
    lock = false,
  ) {
    const [scenario] = await scenarioRows.listScenarios(tx, { id: scenarioId });
    if (scenario === undefined || scenario.recommendation_id === null) throw notFound('scenario');
    const { recommendation, project } = await recommendationWith(
      tx,
      scenario.recommendation_id,
      permission,
      lock,
    );
    return { scenario, recommendation, project };
  }

  async function oneScenario(tx: Tx, projectId: string, id: string): Promise<BudgetScenario> {
    const [scenario] = await withCost(tx, projectId, await scenarioRows.listScenarios(tx, { id }));
    if (scenario === undefined) throw notFound('scenario');
    return scenario;
  }

  async function tell(projectId: string, id: string, actor: Actor): Promise<void> {
    await live.publish({
      type: 'recommendation.updated',
      project_id: projectId,
      subject_id: id,
      actor_id: actor.user_id,
    });
  }

  /** Runs a change by hand in one transaction and tells those who look on. */
  async function changing<T>(
    actor: Actor,
    id: string,
    work: (
      who: Who,
      found: { recommendation: recommendationRows.RecommendationRow; project: ProjectRow },
    ) => Promise<T>,
  ): Promise<T> {
    const { result, project_id } = await postgres.withContext(actor, async (tx) => {
      const found = await recommendationWith(tx, id, 'project:edit', true);
      return { result: await work({ tx, actor, now: deps.now() }, found), project_id: found.project.id };
    });
    await tell(project_id, id, actor);
    return result;
  }

  return {
    recommendationWith,
    read,
    itemsOf,
    oneItem,
    withCost,
    scenarioWith,
    oneScenario,
    tell,
    changing,
  };
}

export function toSummary(row: recommendationRows.RecommendationRow) {
  return {
    id: row.id,
    project_id: row.project_id,
    generated_by: row.generated_by ?? 'ai',
    model_version: row.model_version,
    generation_timestamp: iso(row.generation_timestamp as Date),
    status: row.status as Recommendation['status'],
    confidence_score: row.confidence_score,
    user_rating: row.user_rating,
    summary: (row.summary ?? {}) as Recommendation['summary'],
    created_at: iso(row.created_at as Date),
  };
}

/** What is stored is the margin; it is read through what decisions made of such margins. */
function confidenceOf(
  { confidence_score, locked }: RecommendationItem,
  calibration: ConfidenceCalibration | undefined,
): Pick<RecommendationItem, 'confidence_score' | 'confidence_basis' | 'confidence_note'> {
  if (confidence_score === null)
    return { confidence_score, confidence_basis: null, confidence_note: 'Chosen by hand.' };
  if (locked) return { confidence_score, confidence_basis: null, confidence_note: 'Locked: it stays.' };
  const confidence = calibrate(confidence_score, calibration);
  return {
    confidence_score: confidence.value,
    confidence_basis: confidence.basis,
    confidence_note: confidenceInWords(confidence),
  };
}

/** Rooms as the list of items calls them; those without an item as the programme does. */
function roomNames({ programme }: Summary, items: readonly RecommendationItem[]) {
  const names = new Map([...(programme ?? []), ...items].map((one) => [one.space_id, one.space_name]));
  return (space_id: string | null): string => names.get(space_id) ?? 'A room';
}
