// The composing job: gathers brief, rooms and catalogue, has the proposal computed in a worker thread, stores it whole.
import { Evidence } from '../../../contract/brief.ts';
import type { CandidateProduct, Scenario } from '../../../contract/decisions.ts';
import type { Space } from '../../../contract/floorplans.ts';
import type { ComposeJob, CreateRecommendationRequest } from '../../../contract/recommendations.ts';
import type { LayoutRoom } from '../../../engine/layout/layout.ts';
import { fromNumber } from '../../../engine/money.ts';
import type { Proposal, ProposalInput } from '../../../engine/proposal/compose.ts';
import type { RoomLayout } from '../../../engine/proposal/furnish.ts';
import { itemKey } from '../../../engine/proposal/item_key.ts';
import { AppError } from '../../platform/errors.ts';
import type { Tx } from '../../platform/postgres.ts';
import { runTask } from '../../platform/worker-task.ts';
import type { Deps } from '../context.ts';
import { briefOf, evidenceFor } from '../conversations/service.ts';
import { analysesOfProject, spacesOfProject } from '../floorplans/service.ts';
import type { Live } from '../live.ts';
import { recordModelMetric } from '../model-metrics.ts';
import { refreshProgress, requireProject } from '../projects/service.ts';
import { track } from '../track.ts';
import { recordOutcome } from './outcome.ts';
import { infeasibilityInWords, itemValues, scenarioValues, toCandidate } from './shapes.ts';
import * as db from './sql.ts';
import { measureScenario } from './sustainability.ts';

export const MODEL = { model_name: 'furniture-choice', model_version: '1' };

const TIME_LIMIT_MS = 120_000;
const MEMORY_LIMIT_MB = 2048;

export async function compose(deps: Deps, live: Live, job: ComposeJob, signal: AbortSignal): Promise<void> {
  const who = { user_id: job.user_id };
  const tell = (progress_pct: number, note: string) =>
    live.publish({
      type: 'recommendation.progress',
      project_id: job.project_id,
      subject_id: job.recommendation_id,
      progress_pct,
      note,
    });
  await tell(5, 'counting what each room needs');
  const input = await deps.postgres.withContext(who, (tx) => gather(tx, job));
  await tell(20, `choosing from ${input.products.length.toLocaleString('en-US')} products`);
  const begun = performance.now();
  const proposal = await runTask<Proposal>({
    module: new URL('./compose-task.ts', import.meta.url).href,
    export_name: 'compose',
    input,
    timeout_ms: TIME_LIMIT_MS,
    memory_mb: MEMORY_LIMIT_MB,
    signal,
    label: 'Choosing furniture',
  });
  const latency_ms = Math.round(performance.now() - begun);
  await tell(90, 'writing the three scenarios');
  await deps.postgres.withContext(who, (tx) => store(deps, tx, job, input, proposal, latency_ms));
  await live.publish({
    type: 'recommendation.updated',
    project_id: job.project_id,
    subject_id: job.recommendation_id,
    progress_pct: 100,
  });
}

async function gather(tx: Tx, job: ComposeJob): Promise<ProposalInput> {
  const project = await requireProject(tx, job.project_id, 'project:edit');
  const recommendation = await db.findRecommendation(tx, job.recommendation_id);
  const brief = briefOf(project);
  const evidence = Evidence.array().safeParse(await db.latestEvidence(tx, project.id));
  const spaces = await spacesOfProject(tx, project.id);
  if (spaces.length === 0 && Object.keys(brief).length === 0) {
    throw new AppError(
      'conflict',
      'There is nothing to furnish yet: upload a floor plan, or say in the brief how many people it is for.',
    );
  }
  const products = (await db.candidateProducts(tx)).map(toCandidate);
  if (products.length === 0)
    throw new AppError('conflict', 'The catalogue has no active product; import one first.');
  const constraints =
    ((recommendation?.input_parameters ?? {}) as CreateRecommendationRequest).constraints ?? {};
  return {
    brief,
    evidence: evidence.success ? evidenceFor(brief, evidence.data) : [],
    spaces: spaces.map((space) => ({
      id: space.id,
      name: space.name,
      number: space.number,
      type: space.type,
      area_sqft: space.area_sqft,
      suggested_capacity: space.suggested_capacity,
      dimensions: space.dimensions,
    })),
    rooms: roomsOf(spaces, await analysesOfProject(tx, project.id)),
    products,
    limits: {
      max_total_cents: constraints.max_total === undefined ? null : fromNumber(constraints.max_total),
      max_lead_time_days: constraints.max_lead_time_days ?? null,
      max_carbon_kg:
        constraints.max_carbon_kg ??
        (project.sustainability_targets as { max_carbon_kg?: number } | null)?.max_carbon_kg ??
        null,
      allowed_brands: constraints.allowed_brands ?? null,
      required_certifications: constraints.required_certifications ?? null,
    },
    ...(await decisionsSoFar(tx, project.id)),
    currency: brief.budget?.currency ?? 'USD',
  };
}

/** Outline, doors, windows and columns of every room whose place is known in feet. */
function roomsOf(
  spaces: Space[],
  analyses: Awaited<ReturnType<typeof analysesOfProject>>,
): Map<string, LayoutRoom> {
  const documents = new Map(analyses.map((one) => [one.floor_plan_id, one.document]));
  const placed = <T extends { x: number | null; y: number | null; width_ft?: number | null | undefined }>(
    things: T[],
  ) =>
    things.flatMap(({ x, y, width_ft }) =>
      x === null || y === null ? [] : [{ x, y, width_ft: width_ft ?? null }],
    );
  const rooms = new Map<string, LayoutRoom>();
  for (const space of spaces) {
    if (space.polygon.length < 3) continue;
    const document = documents.get(space.floor_plan_id);
    const key = space.source_key ?? '';
    rooms.set(space.id, {
      polygon: space.polygon,
      holes: space.holes,
      doors: placed(document?.doors.filter((door) => door.connects.includes(key)) ?? []),
      windows: placed(document?.windows.filter((window) => window.space_ids.includes(key)) ?? []),
      columns: placed(document?.columns.filter((column) => column.space_id === key) ?? []),
    });
  }
  return rooms;
}

/** What was locked stays, what was rejected is not offered again for the same need. */
async function decisionsSoFar(
  tx: Tx,
  projectId: string,
): Promise<Pick<ProposalInput, 'locked' | 'rejected'>> {
  const latest = await db.latestReady(tx, projectId);
  if (latest === undefined) return {};
  const scenarios = await db.listScenarios(tx, { recommendation_id: latest.id });
  const scenario =
    scenarios.find((one) => one.is_selected) ?? scenarios.find((one) => one.type === 'balanced');
  if (scenario === undefined) return {};
  const items = await db.listItems(tx, scenario.id);
  const pick = (keep: (item: db.ItemRow) => boolean) =>
    items.filter(keep).map((item) => ({ need_key: item.need_key ?? '', product_id: item.product_id }));
  return {
    locked: pick((item) => item.locked),
    rejected: pick((item) => item.status === 'rejected' && !item.locked),
  };
}

async function store(
  deps: Deps,
  tx: Tx,
  job: ComposeJob,
  input: ProposalInput,
  proposal: Proposal,
  latency_ms: number,
): Promise<void> {
  const project = await requireProject(tx, job.project_id, 'project:edit', { lock: true });
  const products = new Map(input.products.map((product) => [product.id, product]));
  const needs = new Map(proposal.bill.needs.map((need) => [need.key, need]));
  for (const { scenario, placements, budget, roi } of proposal.scenarios) {
    const scenarioId = await db.insertScenario(
      tx,
      project.id,
      job.recommendation_id,
      scenarioValues(scenario, budget, roi),
    );
    await db.insertItems(
      tx,
      { project_id: project.id, recommendation_id: job.recommendation_id, scenario_id: scenarioId },
      scenario.items.map((item) => itemValues(item, needs.get(item.need_key), placements.get(itemKey(item)))),
    );
    await measureScenario(tx, project, scenarioId, scenario.items, products);
  }
  const shown = proposal.scenarios.find((one) => one.scenario.type === 'balanced') ?? proposal.scenarios[0];
  const confidence = shown?.scenario.confidence_score ?? null;
  await db.updateRecommendation(tx, job.recommendation_id, {
    summary: JSON.stringify(summaryOf(proposal, shown, products)),
    confidence_score: confidence,
    generation_timestamp: deps.now(),
    status: shown === undefined ? 'draft' : 'presented',
  });
  await recordModelMetric(tx, {
    ...MODEL,
    task_type: 'recommendation',
    latency_ms,
    confidence_score: confidence,
    project_id: project.id,
    user_id: job.user_id,
  });
  await refreshProgress(tx, project.id);
  const row = await db.findRecommendation(tx, job.recommendation_id);
  if (row !== undefined && shown !== undefined)
    await recordOutcome(tx, { user_id: job.user_id }, row, deps.now());
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

function summaryOf(
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
    return { state: 'infeasible', notes: [...reasons, ...notes] };
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
    layouts: shown.layouts.map(({ unplaced: _unplaced, ...layout }) => layout),
    seats_placed: shown.layouts.reduce((sum, layout) => sum + layout.seats_placed, 0),
    notes: [
      ...notes,
      ...unplacedInWords(shown.layouts, proposal),
      ...shown.scenario.left_out.map((one) => `${one.label} left out: ${one.why}`),
    ].slice(0, 100),
  };
}

function unplacedInWords(layouts: RoomLayout[], proposal: Proposal): string[] {
  const names = new Map(proposal.bill.programme.map((room) => [room.space_id, room.space_name]));
  return layouts.flatMap((layout) =>
    layout.unplaced.map(
      (one) =>
        `${names.get(layout.space_id) ?? 'A room'}: ${one.count} × ${one.label} found no place. ${one.why}`,
    ),
  );
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
