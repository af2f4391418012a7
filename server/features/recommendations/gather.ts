// What a recommendation is made from: brief, rooms, catalogue, terms, and the decisions taken before.
import { Evidence } from '../../../contract/brief.ts';
import type { Space } from '../../../contract/floorplans.ts';
import type { Arrangement } from '../../../contract/layout.ts';
import type { Need } from '../../../contract/needs.ts';
import type {
  ComposeJob,
  CreateRecommendationRequest,
  ScenarioLayout,
} from '../../../contract/recommendations.ts';
import { furnitureWithin } from '../../../engine/budget/budget.ts';
import { fromNumber } from '../../../engine/money.ts';
import type { ProposalInput } from '../../../engine/proposal/compose.ts';
import { AppError } from '../../platform/errors.ts';
import type { Tx } from '../../platform/postgres.ts';
import { briefOf, evidenceFor } from '../conversations/service.ts';
import { analysesOfProject, spacesOfProject } from '../floorplans/service.ts';
import { liveModelFor } from '../learning/service.ts';
import { requireProject } from '../projects/service.ts';
import { kitRulesOf } from './kit-rules.ts';
import { moneyInputOf, type Planning, planningOf } from './planning.ts';
import { roomsOf } from './rooms.ts';
import { nameOf, type StoredNeed } from './scene.ts';
import { toCandidate } from './shapes.ts';
import * as itemRows from './sql/items.ts';
import * as productRows from './sql/products.ts';
import * as recommendationRows from './sql/recommendations.ts';
import * as scenarioRows from './sql/scenarios.ts';

export interface Gathered {
  input: ProposalInput;
  planning: Planning;
  products: productRows.CandidateRow[];
}

export async function gather(tx: Tx, job: ComposeJob, now: Date): Promise<Gathered> {
  const project = await requireProject(tx, job.project_id, 'project:edit');
  const recommendation = await recommendationRows.findRecommendation(tx, job.recommendation_id);
  const brief = briefOf(project);
  const evidence = Evidence.array().safeParse(await recommendationRows.latestEvidence(tx, project.id));
  const spaces = await spacesOfProject(tx, project.id);
  if (spaces.length === 0 && Object.keys(brief).length === 0) {
    throw new AppError(
      'conflict',
      'There is nothing to furnish yet: upload a floor plan, or say in the brief how many people it is for.',
    );
  }
  const rows = await productRows.candidateProducts(tx);
  const products = rows.map(toCandidate);
  if (products.length === 0)
    throw new AppError('conflict', 'The catalogue has no active product; import one first.');
  const asked = (recommendation?.input_parameters ?? {}) as CreateRecommendationRequest;
  const constraints = asked.constraints ?? {};
  const planning = await planningOf(tx, project.id, now);
  const { rates, input: money } = moneyInputOf(
    planning,
    { rates: {}, roi: {} },
    {
      brief,
      spaces,
      currency: brief.budget?.currency ?? 'USD',
    },
  );
  const so_far = await decisionsSoFar(tx, project.id, spaces, asked.arrangement);
  const input: ProposalInput = {
    brief,
    rates,
    rate_sources: money.rate_sources,
    roi_inputs: money.roi_inputs,
    terms: planning.terms,
    kit_rules: kitRulesOf(planning.settings.kit_rules ?? []),
    standards: planning.settings.space_standards as ProposalInput['standards'],
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
      max_total_cents:
        constraints.max_total === undefined
          ? null
          : furnitureWithin(fromNumber(constraints.max_total), rates),
      max_lead_time_days: constraints.max_lead_time_days ?? null,
      max_carbon_kg:
        constraints.max_carbon_kg ??
        (project.sustainability_targets as { max_carbon_kg?: number } | null)?.max_carbon_kg ??
        null,
      allowed_brands: constraints.allowed_brands ?? null,
      required_certifications: constraints.required_certifications ?? null,
    },
    relief: asked.relax,
    ...so_far,
    currency: money.currency,
    learned: (await liveModelFor(tx, project.id))?.learned ?? undefined,
  };
  return { input, planning, products: rows };
}

/** What was locked stays as counted, what was rejected is not offered again for the same need, rooms keep their arrangement. */
async function decisionsSoFar(
  tx: Tx,
  projectId: string,
  spaces: readonly Space[],
  arrangement: Arrangement | undefined,
): Promise<Pick<ProposalInput, 'locked' | 'rejected' | 'arrangement' | 'added'>> {
  const all = arrangement ?? 'density';
  const latest = await recommendationRows.latestReady(tx, projectId);
  if (latest === undefined) return { arrangement: all };
  const scenarios = await scenarioRows.listScenarios(tx, { recommendation_id: latest.id });
  const scenario =
    scenarios.find((one) => one.is_selected) ?? scenarios.find((one) => one.type === 'balanced');
  if (scenario === undefined) return { arrangement: all };
  const items = await itemRows.listItems(tx, scenario.id);
  const layout = scenario.layout as unknown as Partial<ScenarioLayout> | null;
  const known = new Set<string | null>([null, ...spaces.map((space) => space.id)]);
  const added = items.filter(
    (item) => isAddition(item.need_key) && item.status !== 'rejected' && known.has(item.space_id),
  );
  return {
    arrangement:
      arrangement ?? new Map((layout?.rooms ?? []).map((room) => [room.space_id, room.arrangement])),
    added: added.map((item) => needByHand(item, spaces)),
    locked: items
      .filter((item) => item.locked || added.includes(item))
      .map((item) => ({
        need_key: item.need_key ?? '',
        product_id: item.product_id,
        ...((item.need as { kind?: string } | null)?.kind === 'hand'
          ? { quantity: item.wanted ?? item.quantity }
          : {}),
      })),
    rejected: rejectedSoFar(latest, items),
  };
}

const MOST_REJECTED = 2000;

/** What was rejected now or before stays out for its need, until the same product is chosen for it by hand. */
function rejectedSoFar(latest: recommendationRows.RecommendationRow, items: readonly itemRows.ItemRow[]) {
  const before = (
    (latest.input_parameters ?? {}) as { rejected?: { need_key: string; product_id: string }[] }
  ).rejected;
  const keyOf = (one: { need_key: string | null; product_id: string }) => `${one.need_key}|${one.product_id}`;
  const chosen = new Set(items.filter((item) => item.status !== 'rejected' || item.locked).map(keyOf));
  const now = items
    .filter((item) => item.status === 'rejected' && !item.locked)
    .map((item) => ({ need_key: item.need_key ?? '', product_id: item.product_id }));
  const all = [...(before ?? []), ...now].filter((one) => !chosen.has(keyOf(one)));
  return [...new Map(all.map((one) => [keyOf(one), one])).values()].slice(-MOST_REJECTED);
}

/** Lines that no rule and no sentence asks for: a person put them there. */
const isAddition = (need_key: string | null) => /^(hand|order):/.test(need_key ?? '');

/** The need that a line added by hand stands for, so that the same product stays when the rest is chosen again. */
function needByHand(item: itemRows.ItemRow, spaces: readonly Space[]): Need {
  const stored = (item.need ?? {}) as Partial<StoredNeed>;
  const space = spaces.find((one) => one.id === item.space_id);
  return {
    key: item.need_key ?? item.id,
    space_id: item.space_id,
    space_name: space === undefined ? null : nameOf(space),
    space_type: space?.type ?? null,
    role: stored.role ?? 'item',
    label: stored.label ?? item.product_name,
    quantity: item.wanted ?? item.quantity,
    measure: 'each',
    groups: 1,
    select: {
      subcategories: item.subcategory === null ? [] : [item.subcategory],
      categories: [item.category],
      keywords: [],
    },
    sizing: { min_width_in: null, max_width_in: null, max_depth_in: null },
    requires: [],
    prefers: [],
    priority: 'essential',
    mount: stored.mount ?? 'floor',
    topics: [],
    one_piece: false,
    evidence: [
      {
        kind: 'hand',
        path: null,
        turn: null,
        quote: null,
        rule_id: null,
        source: null,
        detail: stored.source || 'Added by hand',
      },
    ],
  };
}
