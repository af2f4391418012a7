// Recommendations: a job composes three scenarios from the project's brief, rooms and the catalogue; people accept,
// reject, swap, lock and select; every decision is kept as feedback.
import type { z } from 'zod';
import type { PageQuery } from '../../../contract/common.ts';
import type {
  BudgetScenario,
  CreateRecommendationRequest,
  FeedbackRequest,
  Recommendation,
  SustainabilityMetrics,
  UpdateRecommendationRequest,
} from '../../../contract/recommendations.ts';
import { ComposeJob } from '../../../contract/recommendations.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { JobKind, JobRun } from '../../platform/jobs.ts';
import { pageFrom, readCursor, TimeAndId } from '../../platform/pages.ts';
import type { Tx } from '../../platform/postgres.ts';
import { type Deps, iso } from '../context.ts';
import { happened } from '../happenings.ts';
import type { Live } from '../live.ts';
import { judgeRecommendationCalls } from '../model-metrics.ts';
import { type Organizations, requirePlan } from '../organizations/service.ts';
import { refreshProgress, requireProject } from '../projects/service.ts';
import { track } from '../track.ts';
import { compose } from './compose.ts';
import { makeDecisions } from './decisions.ts';
import { recordOutcome } from './outcome.ts';
import { planningOf } from './planning.ts';
import { makeReading, type Summary, toSummary } from './reading.ts';
import { changesFrom, keepCosts } from './recount.ts';
import { makeRoomsChanged } from './rooms-changed.ts';
import * as feedbackRows from './sql/feedback.ts';
import * as itemRows from './sql/items.ts';
import * as productRows from './sql/products.ts';
import * as recommendationRows from './sql/recommendations.ts';
import * as scenarioRows from './sql/scenarios.ts';
import * as metricRows from './sql/sustainability.ts';
import { MODEL } from './store.ts';
import { makeTerms } from './terms.ts';

export const ComposeRecommendation: JobKind<ComposeJob> = {
  name: 'compose_recommendation',
  payload: ComposeJob,
  retries: 1,
  concurrency: 1,
  expire_seconds: 300,
};

/** How long a POST waits for its job before it answers "accepted" instead of "created". */
const WAIT_MS = 25_000;
/** How long a first look is remembered; a second row would change nothing. */
const VIEW_REMEMBERED_S = 30 * 86_400;
const LOOK_EVERY_MS = 150;
/** What a decision says of the calls of models that made the recommendation. */
const ACCEPTED: Partial<Record<string, boolean>> = { approved: true, rejected: false };

export type Recommendations = ReturnType<typeof makeRecommendations>;

export function makeRecommendations(deps: Deps, live: Live, organizations: Organizations) {
  const { postgres, jobs } = deps;

  const reading = makeReading(deps, live);
  const { recommendationWith, read, withCost, oneScenario } = reading;

  async function get(actor: Actor, id: string, scenario?: string): Promise<Recommendation> {
    return await postgres.withContext(actor, async (tx) => {
      const { recommendation } = await recommendationWith(tx, id, 'project:read');
      return await read(tx, recommendation, scenario);
    });
  }

  /** As get, and the first look before the decision is noted. */
  async function view(actor: Actor, id: string, scenario?: string): Promise<Recommendation> {
    const shown = await get(actor, id, scenario);
    const { state } = shown.summary as unknown as Summary;
    if (shown.status === 'presented' && state === 'ready') {
      const looks = await deps.kv.incr(`recommendation-viewed:${id}`, VIEW_REMEMBERED_S).catch(() => 0);
      if (looks === 1)
        await postgres.withContext(actor, async (tx) => {
          const row = await recommendationRows.findRecommendation(tx, id);
          if (row !== undefined) await recordOutcome(tx, actor, row, deps.now(), { viewed: true });
        });
    }
    return shown;
  }

  return {
    get: view,

    ...makeDecisions(deps, reading),
    ...makeTerms(deps, reading, organizations),

    /** The job: furnishes rooms anew whose outlines changed. */
    roomsChanged: makeRoomsChanged(deps, live),

    /** Queues the composition; `input` limits it beside the brief. */
    async start(actor: Actor, projectId: string, input: CreateRecommendationRequest): Promise<string> {
      return await postgres.withContext(actor, async (tx) => {
        const project = await requireProject(tx, projectId, 'project:edit');
        await requirePlan(tx, project.organization_id, 'ai_usd_month', 0);
        const row = await recommendationRows.insertRecommendation(tx, {
          project_id: projectId,
          model_version: `${MODEL.model_name}-${MODEL.model_version}`,
          input_parameters: {
            constraints: input.constraints ?? {},
            ...(input.relax === undefined ? {} : { relax: input.relax }),
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
        await judgeRecommendationCalls(tx, id, {
          ...(change.user_rating === undefined ? {} : { user_rating: change.user_rating }),
          ...(change.status === undefined ? {} : { user_accepted: ACCEPTED[change.status] ?? null }),
        });
        const after = (await recommendationRows.findRecommendation(tx, id)) ?? recommendation;
        // Who rates has looked at it; a rating given after the decision moves no time of it.
        await recordOutcome(tx, actor, after, deps.now(), {
          viewed: change.user_rating !== undefined,
          decided:
            after.status !== recommendation.status && ['approved', 'rejected'].includes(after.status ?? ''),
        });
        if (change.status !== undefined) {
          await refreshProgress(tx, project.id);
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

    /** `against`: which of them the changes are measured from, instead of the balanced one. */
    async scenarios(
      actor: Actor,
      projectId: string,
      against?: BudgetScenario['type'],
    ): Promise<BudgetScenario[]> {
      return await postgres.withContext(actor, async (tx) => {
        await requireProject(tx, projectId, 'project:read');
        const latest = await recommendationRows.latestReady(tx, projectId);
        if (latest === undefined) return [];
        const found = await scenarioRows.listScenarios(tx, { recommendation_id: latest.id });
        const from = found.find((one) => one.type === against);
        const changes = from === undefined ? null : await changesFrom(tx, latest.id, from);
        return await withCost(
          tx,
          projectId,
          found.map((one) => (changes === null ? one : { ...one, trade_offs: changes(one.id) })),
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
        if (found.recommendation_id !== null)
          await feedbackRows.insertFeedback(tx, {
            recommendation_id: found.recommendation_id,
            user_id: actor.user_id,
            feedback_type: 'acceptance',
            accepted: true,
            modification_details: JSON.stringify({ kind: 'scenario', scenario_id: scenarioId }),
          });
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
