// Recommendations: a job composes three scenarios from the project's brief, rooms and the catalogue; people accept,
// reject, swap, lock and select; every decision is kept as feedback.
import type { z } from 'zod';
import type { PageQuery } from '../../../contract/common.ts';
import type {
  ArrangedScenario,
  ArrangementChoices,
  ArrangeRequest,
  BudgetScenario,
  BulkRequest,
  BulkResult,
  ChangedItem,
  CreateRecommendationRequest,
  FeedbackRequest,
  Recommendation,
  RecommendationItem,
  SustainabilityMetrics,
  UpdateItemRequest,
  UpdateRecommendationRequest,
  UpdateScenarioRequest,
} from '../../../contract/recommendations.ts';
import { ComposeJob } from '../../../contract/recommendations.ts';
import type {
  BuyTerms,
  PlanningSettings,
  ProjectTerms,
  ProjectTermsChange,
} from '../../../contract/terms.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { JobKind, JobRun } from '../../platform/jobs.ts';
import { pageFrom, readCursor, TimeAndId } from '../../platform/pages.ts';
import type { Tx } from '../../platform/postgres.ts';
import { type Deps, iso } from '../context.ts';
import { briefOf } from '../conversations/service.ts';
import { happened } from '../happenings.ts';
import type { Live } from '../live.ts';
import type { Organizations } from '../organizations/service.ts';
import { type ProjectRow, refreshProgress, requireProject } from '../projects/service.ts';
import { track } from '../track.ts';
import { arrangementChoices, takeArrangement } from './arrangements.ts';
import { changeMany } from './bulk.ts';
import { recounted, undoChange, type Who } from './change.ts';
import { compose, MODEL } from './compose.ts';
import { withItemCost, withScenarioCost } from './costs.ts';
import { changeItem } from './items.ts';
import { applyOrder, type OrderChanges, type OrderOutcome } from './order.ts';
import { recordOutcome } from './outcome.ts';
import { overridesOf, planningOf } from './planning.ts';
import { keepCosts } from './recount.ts';
import { makeRoomsChanged } from './rooms-changed.ts';
import {
  checkRoiInputs,
  organizationBuyTerms,
  organizationPlanning,
  projectTerms,
  saveOrganizationBuyTerms,
  saveOrganizationPlanning,
  saveProjectTerms,
} from './settings.ts';
import { type QuoteCheck, toItem, toScenario } from './shapes.ts';
import * as feedbackRows from './sql/feedback.ts';
import * as itemRows from './sql/items.ts';
import * as productRows from './sql/products.ts';
import * as recommendationRows from './sql/recommendations.ts';
import * as scenarioRows from './sql/scenarios.ts';
import * as metricRows from './sql/sustainability.ts';
import { costsOf, maySeeCost } from './sql/terms.ts';

export const ComposeRecommendation: JobKind<ComposeJob> = {
  name: 'compose_recommendation',
  payload: ComposeJob,
  retries: 1,
  concurrency: 1,
  expire_seconds: 300,
};

/** How long a POST waits for its job before it answers "accepted" instead of "created". */
const WAIT_MS = 25_000;
const LOOK_EVERY_MS = 150;

export type Recommendations = ReturnType<typeof makeRecommendations>;

interface Summary {
  state: 'queued' | 'running' | 'ready' | 'infeasible' | 'failed';
  notes?: string[];
  error?: string;
  [key: string]: unknown;
}

export function makeRecommendations(deps: Deps, live: Live, organizations: Organizations) {
  const { postgres, jobs } = deps;

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
    const items = shown === undefined ? [] : await itemsOf(tx, row.project_id, shown.id);
    const summary = (row.summary ?? {}) as unknown as Summary;
    const notes = [...(summary.notes ?? []), ...(summary.error === undefined ? [] : [summary.error])];
    return {
      ...toSummary(row),
      input_parameters: (row.input_parameters ?? {}) as Recommendation['input_parameters'],
      user_feedback: row.user_feedback,
      items,
      scenarios,
      notes,
    };
  }

  /** What saved lines are looked at with: today, how long prices hold, when delivery is asked for. */
  async function quoteCheck(tx: Tx, projectId: string): Promise<QuoteCheck> {
    const project = await requireProject(tx, projectId, 'project:read');
    const { price_valid_days } = await planningOf(tx, projectId, deps.now());
    return {
      now: deps.now(),
      price_valid_days,
      delivery_date: briefOf(project).timeline?.delivery_date ?? null,
    };
  }

  async function itemsOf(tx: Tx, projectId: string, scenarioId: string): Promise<RecommendationItem[]> {
    const check = await quoteCheck(tx, projectId);
    const rows = await itemRows.listItems(tx, scenarioId);
    const costs = (await maySeeCost(tx, projectId)) ? await costsOf(tx, [scenarioId]) : null;
    return rows.map((row) => withItemCost(toItem(row, check), costs));
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

  async function get(actor: Actor, id: string, scenario?: string): Promise<Recommendation> {
    return await postgres.withContext(actor, async (tx) => {
      const { recommendation } = await recommendationWith(tx, id, 'project:read');
      return await read(tx, recommendation, scenario);
    });
  }

  return {
    get,

    /** The job: furnishes rooms anew whose outlines changed. */
    roomsChanged: makeRoomsChanged(deps, live),

    /** Queues the composition; `input` limits it beside the brief. */
    async start(actor: Actor, projectId: string, input: CreateRecommendationRequest): Promise<string> {
      return await postgres.withContext(actor, async (tx) => {
        await requireProject(tx, projectId, 'project:edit');
        const row = await recommendationRows.insertRecommendation(tx, {
          project_id: projectId,
          model_version: `${MODEL.model_name}-${MODEL.model_version}`,
          input_parameters: {
            constraints: input.constraints ?? {},
            ...(input.arrangement === undefined ? {} : { arrangement: input.arrangement }),
          },
          summary: { state: 'queued' } satisfies Summary,
          created_by: actor.user_id,
        });
        await jobs.enqueue(tx, ComposeRecommendation, {
          recommendation_id: row.id,
          project_id: projectId,
          user_id: actor.user_id,
        });
        return row.id;
      });
    },

    /** Waits until the job is over, or WAIT_MS; `done` says which. */
    async wait(actor: Actor, id: string): Promise<{ done: boolean; recommendation: Recommendation }> {
      const deadline = Date.now() + WAIT_MS;
      for (;;) {
        const recommendation = await get(actor, id);
        const { state, error } = recommendation.summary as unknown as Summary;
        if (state === 'failed')
          throw new AppError('conflict', error ?? 'No recommendation could be made; try again.');
        if (state === 'ready' || state === 'infeasible') return { done: true, recommendation };
        if (Date.now() > deadline) return { done: false, recommendation };
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      }
    },

    /** The job. */
    async compose(job: ComposeJob, run: JobRun): Promise<void> {
      try {
        await compose(deps, live, job, run.signal);
      } catch (error) {
        const readable = error instanceof AppError && error.status < 500;
        if (!readable && !run.is_last_attempt) throw error;
        await postgres.withContext({ user_id: job.user_id }, async (tx) => {
          const message = readable ? error.message : 'The recommendation failed on our side; try again.';
          await recommendationRows.updateRecommendation(tx, job.recommendation_id, {
            summary: JSON.stringify({ state: 'failed', error: message } satisfies Summary),
          });
        });
        await live.publish({
          type: 'recommendation.updated',
          project_id: job.project_id,
          subject_id: job.recommendation_id,
        });
        if (!readable) throw error;
      }
    },

    /** Finished recommendations, newest first; one under way shows up when it is done. */
    async list(actor: Actor, projectId: string, query: PageQuery) {
      const after = readCursor(query.cursor, TimeAndId);
      const rows = await postgres.withContext(actor, async (tx) => {
        await requireProject(tx, projectId, 'project:read');
        return await recommendationRows.listRecommendations(tx, projectId, query.limit, after);
      });
      const page = pageFrom(rows, query.limit, (row) => [iso(row.created_at as Date), row.id]);
      return { ...page, items: page.items.map(toSummary) };
    },

    async update(
      actor: Actor,
      id: string,
      change: z.infer<typeof UpdateRecommendationRequest>,
    ): Promise<Recommendation> {
      const result = await postgres.withContext(actor, async (tx) => {
        const { recommendation, project } = await recommendationWith(tx, id, 'project:edit', true);
        if (Object.keys(change).length > 0) await recommendationRows.updateRecommendation(tx, id, change);
        if (change.user_rating !== undefined) {
          await feedbackRows.insertFeedback(tx, {
            recommendation_id: id,
            user_id: actor.user_id,
            feedback_type: 'rating',
            rating: change.user_rating,
            feedback_text: change.user_feedback ?? null,
          });
        }
        const after = (await recommendationRows.findRecommendation(tx, id)) ?? recommendation;
        await recordOutcome(tx, actor, after, deps.now());
        if (change.status !== undefined) {
          await track(tx, actor, deps.now(), {
            event_name: `recommendation_${change.status}`,
            event_type: 'action',
            project_id: project.id,
            organization_id: project.organization_id,
          });
        }
        return await read(tx, after);
      });
      await live.publish({
        type: 'recommendation.updated',
        project_id: result.project_id,
        subject_id: id,
        actor_id: actor.user_id,
      });
      return result;
    },

    /** Accepts, rejects, locks, counts or swaps one item; its room and the scenario's sums follow in the same transaction. */
    async updateItem(
      actor: Actor,
      id: string,
      itemId: string,
      change: UpdateItemRequest,
    ): Promise<ChangedItem> {
      return await changing(actor, id, async (who, { recommendation, project }) => {
        const effect = await changeItem(who, { recommendation, project, itemId, change });
        const row = await itemRows.findItem(who.tx, id, itemId);
        if (row === undefined) throw notFound('item of this recommendation');
        const costs =
          row.scenario_id !== null && (await maySeeCost(who.tx, project.id))
            ? await costsOf(who.tx, [row.scenario_id])
            : null;
        return { ...withItemCost(toItem(row, await quoteCheck(who.tx, project.id)), costs), effect };
      });
    },

    async changeMany(actor: Actor, id: string, request: BulkRequest): Promise<BulkResult> {
      return await changing(actor, id, (who, { recommendation, project }) =>
        changeMany(who, recommendation, project, request),
      );
    },

    /** `after` is written in the same transaction. */
    async undo(actor: Actor, id: string, changeId: string, after?: (tx: Tx) => Promise<void>) {
      return await changing(actor, id, async (who, { recommendation, project }) => {
        const undone = await undoChange(who, recommendation, project, changeId);
        await after?.(who.tx);
        return undone;
      });
    },

    /** Takes a whole order over as one change; `plan` and `after` run in its transaction, with the recommendation locked. */
    async applyOrder(
      actor: Actor,
      scenarioId: string,
      plan: (tx: Tx) => Promise<OrderChanges>,
      after: (tx: Tx, outcome: OrderOutcome) => Promise<void>,
    ): Promise<OrderOutcome> {
      const { outcome, recommendation } = await postgres.withContext(actor, async (tx) => {
        const found = await scenarioWith(tx, scenarioId, 'project:edit', true);
        const done = await applyOrder({ tx, actor, now: deps.now() }, found, await plan(tx));
        await after(tx, done);
        return { outcome: done, recommendation: found.recommendation };
      });
      await tell(recommendation.project_id, recommendation.id, actor);
      return outcome;
    },

    /** Today's list prices and lead times instead of those of the quote, under the terms of today. */
    async reprice(actor: Actor, id: string): Promise<Recommendation> {
      return await changing(actor, id, async (who, { recommendation, project }) => {
        const planning = await planningOf(who.tx, project.id, who.now);
        for (const scenario of await scenarioRows.listScenarios(who.tx, { recommendation_id: id }))
          await recounted(who, project, scenario, planning, { refresh_prices: true });
        return await read(who.tx, recommendation);
      });
    },

    async arrangements(actor: Actor, scenarioId: string, spaceId?: string): Promise<ArrangementChoices> {
      return await postgres.withContext(actor, async (tx) => {
        const { scenario, recommendation, project } = await scenarioWith(tx, scenarioId, 'project:read');
        return await arrangementChoices(tx, deps.now(), recommendation, project, scenario, spaceId);
      });
    },

    async arrange(actor: Actor, scenarioId: string, request: ArrangeRequest): Promise<ArrangedScenario> {
      const { result, recommendation_id } = await postgres.withContext(actor, async (tx) => {
        const found = await scenarioWith(tx, scenarioId, 'project:edit', true);
        const { scenario, recommendation, project } = found;
        const who = { tx, actor, now: deps.now() };
        const effect = await takeArrangement(
          who,
          recommendation,
          project,
          scenario,
          request.arrangement,
          request.space_id,
        );
        return {
          result: { ...(await oneScenario(tx, project.id, scenarioId)), effect },
          recommendation_id: recommendation.id,
        };
      });
      await tell(result.project_id, recommendation_id, actor);
      return result;
    },

    /** Assumptions of one scenario: inputs of the return, rates. */
    async updateScenario(
      actor: Actor,
      scenarioId: string,
      change: UpdateScenarioRequest,
    ): Promise<BudgetScenario> {
      const { result, recommendation_id } = await postgres.withContext(actor, async (tx) => {
        const { scenario, recommendation, project } = await scenarioWith(
          tx,
          scenarioId,
          'project:edit',
          true,
        );
        checkRoiInputs(change.roi_inputs ?? {});
        const before = overridesOf(scenario.assumptions);
        const roi = Object.fromEntries(
          Object.entries({ ...before.roi, ...change.roi_inputs }).filter(([, value]) => value !== null),
        );
        const rates = change.rates === null ? {} : { ...before.rates, ...change.rates };
        const assumptions = JSON.stringify({
          ...(scenario.assumptions as object),
          overrides: { roi, rates },
        });
        await scenarioRows.updateScenario(tx, scenarioId, { assumptions });
        const [row] = await scenarioRows.listScenarios(tx, { id: scenarioId });
        const who = { tx, actor, now: deps.now() };
        await recounted(who, project, row ?? scenario, await planningOf(tx, project.id, deps.now()));
        return {
          result: await oneScenario(tx, project.id, scenarioId),
          recommendation_id: recommendation.id,
        };
      });
      await tell(result.project_id, recommendation_id, actor);
      return result;
    },

    async terms(actor: Actor, projectId: string): Promise<ProjectTerms> {
      return await postgres.withContext(actor, async (tx) =>
        projectTerms(tx, await requireProject(tx, projectId, 'project:read'), deps.now()),
      );
    },

    async saveTerms(actor: Actor, projectId: string, change: ProjectTermsChange): Promise<ProjectTerms> {
      const { terms, latest } = await postgres.withContext(actor, async (tx) => {
        const project = await requireProject(tx, projectId, 'project:edit', { lock: true });
        const who = { tx, actor, now: deps.now() };
        return {
          terms: await saveProjectTerms(who, project, change),
          latest: await recommendationRows.latestReady(tx, projectId),
        };
      });
      if (latest !== undefined) await tell(projectId, latest.id, actor);
      return terms;
    },

    /** What an organization plans and prices with; any member reads it, its administrators change it. */
    async planning(actor: Actor, organizationId: string): Promise<PlanningSettings> {
      return await postgres.withContext(actor, async (tx) => {
        await organizations.requireRole(tx, actor, organizationId, 'organization:read');
        return await organizationPlanning(tx, organizationId);
      });
    },

    async savePlanning(
      actor: Actor,
      organizationId: string,
      change: PlanningSettings,
    ): Promise<PlanningSettings> {
      return await postgres.withContext(actor, async (tx) => {
        await organizations.requireRole(tx, actor, organizationId, 'organization:manage');
        return await saveOrganizationPlanning(tx, organizationId, change);
      });
    },

    /** What an organization pays: members but viewers read it, administrators change it. */
    async buyTerms(actor: Actor, organizationId: string): Promise<BuyTerms> {
      return await postgres.withContext(actor, async (tx) => {
        await organizations.requireRole(tx, actor, organizationId, 'organization:create_project');
        return await organizationBuyTerms(tx, organizationId);
      });
    },

    async saveBuyTerms(actor: Actor, organizationId: string, change: BuyTerms): Promise<BuyTerms> {
      return await postgres.withContext(actor, async (tx) => {
        await organizations.requireRole(tx, actor, organizationId, 'organization:manage');
        return await saveOrganizationBuyTerms(tx, organizationId, actor.user_id, change);
      });
    },

    async feedback(actor: Actor, id: string, request: FeedbackRequest) {
      return await postgres.withContext(actor, async (tx) => {
        await recommendationWith(tx, id, 'project:comment');
        if (
          request.recommendation_item_id !== undefined &&
          (await itemRows.findItem(tx, id, request.recommendation_item_id)) === undefined
        )
          throw notFound('item of this recommendation');
        if (request.feedback_type === 'rating' && request.rating === undefined)
          throw new AppError('invalid_input', 'A rating needs a number of stars from 1 to 5.');
        const row = await feedbackRows.insertFeedback(tx, {
          recommendation_id: id,
          recommendation_item_id: request.recommendation_item_id ?? null,
          user_id: actor.user_id,
          feedback_type: request.feedback_type,
          rating: request.rating ?? null,
          feedback_text: request.feedback_text ?? null,
          feedback_categories: request.feedback_categories ?? null,
          accepted: request.accepted ?? null,
          modified: request.modified ?? null,
          modification_details:
            request.modification_details === undefined ? null : JSON.stringify(request.modification_details),
        });
        return {
          ...request,
          id: row.id,
          recommendation_id: id,
          user_id: actor.user_id,
          created_at: iso(row.created_at as Date),
        };
      });
    },

    async scenarios(actor: Actor, projectId: string): Promise<BudgetScenario[]> {
      return await postgres.withContext(actor, async (tx) => {
        await requireProject(tx, projectId, 'project:read');
        const latest = await recommendationRows.latestReady(tx, projectId);
        return latest === undefined
          ? []
          : await withCost(
              tx,
              projectId,
              await scenarioRows.listScenarios(tx, { recommendation_id: latest.id }),
            );
      });
    },

    async select(actor: Actor, scenarioId: string): Promise<BudgetScenario> {
      const scenario = await postgres.withContext(actor, async (tx) => {
        const [found] = await scenarioRows.listScenarios(tx, { id: scenarioId });
        if (found === undefined) throw notFound('scenario');
        const project = await requireProject(tx, found.project_id, 'project:edit', { lock: true });
        await scenarioRows.selectScenario(tx, found.project_id, scenarioId);
        await scenarioRows.markSelectedInBudget(tx, found.project_id, `scenario_${found.type}`);
        await refreshProgress(tx, found.project_id);
        await happened(tx, {
          type: 'budget.selected',
          project_id: found.project_id,
          subject_id: scenarioId,
          once: deps.now().toISOString(),
          actor_id: actor.user_id,
          happened_at: deps.now(),
          data: { scenario: found.type, total_cost: found.total_cost, currency: found.currency },
        });
        await track(tx, actor, deps.now(), {
          event_name: 'scenario_selected',
          event_type: 'action',
          project_id: found.project_id,
          organization_id: project.organization_id,
          properties: { type: found.type, total_cost: found.total_cost, currency: found.currency },
        });
        return await oneScenario(tx, found.project_id, scenarioId);
      });
      await live.publish({
        type: 'scenario.selected',
        project_id: scenario.project_id,
        subject_id: scenarioId,
        actor_id: actor.user_id,
      });
      return scenario;
    },

    async sustainability(actor: Actor, projectId: string): Promise<SustainabilityMetrics[]> {
      const rows = await postgres.withContext(actor, async (tx) => {
        await requireProject(tx, projectId, 'project:read');
        return await metricRows.listSustainability(tx, projectId);
      });
      return rows.map((row) => ({
        ...row,
        certifications_achieved: row.certifications_achieved ?? [],
        calculated_at: iso(row.calculated_at as Date),
        report: row.report as SustainabilityMetrics['report'],
      }));
    },
  };
}

function toSummary(row: recommendationRows.RecommendationRow) {
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

/** What the lines of a scenario cost, worked out and kept under the terms of today: for scenarios made elsewhere. */
export async function keepScenarioCosts(
  tx: Tx,
  projectId: string,
  scenarioId: string,
  now: Date,
): Promise<void> {
  const rows = await itemRows.listItems(tx, scenarioId);
  const products = await productRows.productsByIds(tx, [...new Set(rows.map((row) => row.product_id))]);
  await keepCosts(tx, scenarioId, products, await planningOf(tx, projectId, now));
}
