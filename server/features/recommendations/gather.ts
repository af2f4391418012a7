import { Evidence } from '../../../contract/brief.ts';
import type { Arrangement } from '../../../contract/decisions.ts';
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
import { requireProject } from '../projects/service.ts';
import { kitRulesOf } from './kit-rules.ts';
import { moneyInputOf, type Planning, planningOf } from './planning.ts';
import { roomsOf } from './rooms.ts';
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
  const so_far = await decisionsSoFar(tx, project.id, asked.arrangement);
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
  };
  return { input, planning, products: rows };
}

/** What was locked stays as counted, what was rejected is not offered again for the same need, rooms keep their arrangement. */
async function decisionsSoFar(
  tx: Tx,
  projectId: string,
  arrangement: Arrangement | undefined,
): Promise<Pick<ProposalInput, 'locked' | 'rejected' | 'arrangement'>> {
  const all = arrangement ?? 'density';
  const latest = await recommendationRows.latestReady(tx, projectId);
  if (latest === undefined) return { arrangement: all };
  const scenarios = await scenarioRows.listScenarios(tx, { recommendation_id: latest.id });
  const scenario =
    scenarios.find((one) => one.is_selected) ?? scenarios.find((one) => one.type === 'balanced');
  if (scenario === undefined) return { arrangement: all };
  const items = await itemRows.listItems(tx, scenario.id);
  const layout = scenario.layout as unknown as Partial<ScenarioLayout> | null;
  return {
    arrangement:
      arrangement ?? new Map((layout?.rooms ?? []).map((room) => [room.space_id, room.arrangement])),
    locked: items
      .filter((item) => item.locked)
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
