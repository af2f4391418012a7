// A composed proposal written down: scenarios, lines, measures, and what the recommendation says of itself.
import { randomUUID } from 'node:crypto';
import type { CandidateProduct, ChosenItem, Scenario } from '../../../contract/choice.ts';
import type { Placement } from '../../../contract/layout.ts';
import type { Impression } from '../../../contract/learning.ts';
import type { Need } from '../../../contract/needs.ts';
import type { ComposeJob } from '../../../contract/recommendations.ts';
import type { Proposal, ProposalInput } from '../../../engine/proposal/compose.ts';
import { itemKey } from '../../../engine/proposal/item_key.ts';
import { piecesFor } from '../../../engine/ranking/candidates.ts';
import type { Tx } from '../../platform/postgres.ts';
import type { Deps } from '../context.ts';
import { happened } from '../happenings.ts';
import { keepOffers } from '../learning/service.ts';
import { recordModelMetric } from '../model-metrics.ts';
import { type ProjectRow, refreshProgress, requireProject } from '../projects/service.ts';
import { track } from '../track.ts';
import { recordOutcome } from './outcome.ts';
import { moneyInputOf, type Planning } from './planning.ts';
import { keepCosts } from './recount.ts';
import { seatTotals } from './scene.ts';
import { infeasibilityInWords, itemValues, reliefInWords, scenarioValues } from './shapes.ts';
import * as itemRows from './sql/items.ts';
import type * as productRows from './sql/products.ts';
import * as recommendationRows from './sql/recommendations.ts';
import * as scenarioRows from './sql/scenarios.ts';
import { measureScenario } from './sustainability.ts';
export const MODEL = { model_name: 'furniture-choice', model_version: '1' };

export interface Composed {
  input: ProposalInput;
  planning: Planning;
  rows: productRows.CandidateRow[];
  proposal: Proposal;
  latency_ms: number;
  offers: Impression[];
  scored_ms: number;
}

export async function store(deps: Deps, tx: Tx, job: ComposeJob, composed: Composed): Promise<void> {
  const { input, proposal, latency_ms } = composed;
  const project = await requireProject(tx, job.project_id, 'project:edit', { lock: true });
  const products = new Map(input.products.map((product) => [product.id, product]));
  const scenarioIds = new Map<string, string>();
  for (const proposed of proposal.scenarios)
    scenarioIds.set(
      proposed.scenario.type,
      await storeScenario(tx, project, job.recommendation_id, proposed, composed, products, deps.now()),
    );
  const learned = input.learned ?? null;
  const model_version = [MODEL.model_name, MODEL.model_version, ...(learned ? [learned.version] : [])].join(
    '-',
  );
  await keepOffers(
    tx,
    {
      recommendation_id: job.recommendation_id,
      project_id: project.id,
      organization_id: project.organization_id,
      user_id: job.user_id,
      model_version,
      ranking: learned,
      latency_ms: composed.scored_ms,
    },
    composed.offers.flatMap((offer) => {
      const scenario_id = scenarioIds.get(offer.scenario_type);
      return scenario_id === undefined ? [] : [{ ...offer, scenario_id }];
    }),
  );
  const shown = proposal.scenarios.find((one) => one.scenario.type === 'balanced') ?? proposal.scenarios[0];
  const confidence = shown?.scenario.confidence_score ?? null;
  const asked = (await recommendationRows.findRecommendation(tx, job.recommendation_id))?.input_parameters as
    | object
    | null;
  await recommendationRows.updateRecommendation(tx, job.recommendation_id, {
    input_parameters: JSON.stringify({ ...asked, rejected: input.rejected ?? [] }),
    summary: JSON.stringify(summaryOf(input, proposal, shown, products)),
    confidence_score: confidence,
    generation_timestamp: deps.now(),
    model_version,
    status: shown === undefined ? 'draft' : 'presented',
  });
  await recordModelMetric(tx, {
    ...MODEL,
    task_type: 'recommendation',
    latency_ms,
    confidence_score: confidence,
    project_id: project.id,
    user_id: job.user_id,
    recommendation_id: job.recommendation_id,
  });
  await refreshProgress(tx, project.id);
  const row = await recommendationRows.findRecommendation(tx, job.recommendation_id);
  if (row !== undefined && shown !== undefined)
    await recordOutcome(tx, { user_id: job.user_id }, row, deps.now());
  if (shown !== undefined)
    await happened(tx, {
      type: 'recommendation.ready',
      project_id: project.id,
      subject_id: job.recommendation_id,
      actor_id: job.user_id,
      happened_at: deps.now(),
    });
  await track(tx, { user_id: job.user_id }, deps.now(), {
    event_name: shown === undefined ? 'recommendation_infeasible' : 'recommendation_created',
    event_type: 'action',
    project_id: project.id,
    organization_id: project.organization_id,
    properties: {
      recommendation_id: job.recommendation_id,
      took_ms: latency_ms,
      needs: proposal.bill.needs.length,
    },
  });
}

async function storeScenario(
  tx: Tx,
  project: ProjectRow,
  recommendation_id: string,
  proposed: Proposal['scenarios'][number],
  { input, planning, rows, proposal }: Composed,
  products: ReadonlyMap<string, CandidateProduct>,
  now: Date,
): Promise<string> {
  const { scenario, placements, layouts, dropped, budget, roi, order } = proposed;
  const needs = new Map(proposal.needs.map((need) => [need.key, need]));
  const frame = { needs, products, rooms: input.rooms, quoted_at: now.toISOString() };
  const kept = new Map(dropped.map((item) => [item.need_key, valuesFor(item, undefined, frame)]));
  const names = new Map(proposal.bill.programme.map((room) => [room.space_id, room.space_name]));
  const roomEntries = layouts.map(({ unplaced: _unplaced, ...layout }) => ({
    ...layout,
    space_name: names.get(layout.space_id) ?? null,
  }));
  const { in_force } = moneyInputOf(planning, { rates: {}, roi: {} }, input);
  const scenario_id = await scenarioRows.insertScenario(
    tx,
    project.id,
    recommendation_id,
    scenarioValues(scenario, budget, roi, {
      shortfalls: scenario.shortfalls.map((one) => {
        const values = one.placed === 0 ? kept.get(one.need_key) : undefined;
        return values === undefined ? one : { ...one, kept: values };
      }),
      layout: { rooms: roomEntries, ...seatTotals(roomEntries, input.spaces) },
      pricing: {
        list_total: order.list_cents / 100,
        sell_total: budget.furniture_sell,
        discount_pct: budget.discount_pct,
        contract: planning.terms.contract?.name ?? null,
        contract_discount: order.discount,
        rates: in_force,
        priced_at: now.toISOString(),
      },
      rates: in_force,
    }),
  );
  await itemRows.saveItems(
    tx,
    { project_id: project.id, recommendation_id, scenario_id },
    scenario.items.map((item) => valuesFor(item, placements.get(itemKey(item)), frame)),
  );
  await measureScenario(tx, project, scenario_id, scenario.items, products);
  const used = new Set(scenario.items.map((item) => item.product_id));
  await keepCosts(
    tx,
    scenario_id,
    rows.filter((row) => used.has(row.id)),
    planning,
  );
  return scenario_id;
}

function valuesFor(
  item: ChosenItem,
  placements: Placement[] | undefined,
  frame: {
    needs: ReadonlyMap<string, Need>;
    products: ReadonlyMap<string, CandidateProduct>;
    rooms: ProposalInput['rooms'];
    quoted_at: string;
  },
): itemRows.ItemValues {
  const need = frame.needs.get(item.need_key);
  const product = frame.products.get(item.product_id);
  const inRoom = item.space_id !== null && frame.rooms.has(item.space_id);
  const asked = need && product && inRoom ? piecesFor(need, product) : item.quantity;
  return itemValues(item, randomUUID(), {
    need,
    placements,
    wanted: Math.max(item.quantity, asked),
    quoted_at: frame.quoted_at,
  });
}

function summaryOf(
  input: ProposalInput,
  proposal: Proposal,
  shown: Proposal['scenarios'][number] | undefined,
  products: Map<string, CandidateProduct>,
) {
  const notes = proposal.bill.notes.map((note) => note.message);
  if (shown === undefined) {
    const reasons =
      proposal.infeasibility === null
        ? ['No room or requirement asks for furniture yet.']
        : infeasibilityInWords(proposal.infeasibility);
    return { state: 'infeasible', notes: [...reasons, ...notes], infeasibility: proposal.infeasibility };
  }
  const { items } = shown.scenario;
  const pieces = items.reduce((sum, item) => sum + item.quantity, 0);
  return {
    state: 'ready',
    total_items: pieces,
    total_cost: shown.budget.total_cost,
    currency: shown.budget.currency,
    avg_sustainability_score: averageScore(items, products),
    avg_lead_time_days:
      pieces === 0
        ? null
        : Math.round(items.reduce((sum, item) => sum + item.lead_time_days * item.quantity, 0) / pieces),
    seats_needed: proposal.bill.programme.reduce((sum, room) => sum + room.seats, 0),
    workstations: proposal.bill.programme.reduce((sum, room) => sum + room.workstations, 0),
    programme: proposal.bill.programme,
    seats_by_room: shown.layouts.map(({ space_id, seats_needed, seats_placed, sqft_per_seat }) => ({
      space_id,
      seats_needed,
      seats_placed,
      sqft_per_seat,
    })),
    limits: proposal.limits,
    seats_placed: shown.layouts.reduce((sum, layout) => sum + layout.seats_placed, 0),
    notes: [
      ...reliefInWords(input.relief, input.currency),
      ...notes,
      ...shown.scenario.left_out.map((one) => `${one.label} left out: ${one.why}`),
    ].slice(0, 100),
  };
}

function averageScore(items: Scenario['items'], products: Map<string, CandidateProduct>): number | null {
  let pieces = 0;
  let total = 0;
  for (const item of items) {
    const score = products.get(item.product_id)?.sustainability.score;
    if (score === undefined) continue;
    pieces += item.quantity;
    total += score * item.quantity;
  }
  return pieces === 0 ? null : Math.round(total / pieces);
}
