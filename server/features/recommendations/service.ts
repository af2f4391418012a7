// Recommendations: a job composes three scenarios from the project's brief, rooms and the catalogue; people accept,
// reject, swap, lock and select; every decision is kept as feedback.
import type { z } from 'zod';
import type { PageQuery } from '../../../contract/common.ts';
import type {
  BudgetScenario,
  CreateRecommendationRequest,
  FeedbackRequest,
  Recommendation,
  RecommendationItem,
  SustainabilityMetrics,
  UpdateItemRequest,
  UpdateRecommendationRequest,
} from '../../../contract/recommendations.ts';
import { ComposeJob } from '../../../contract/recommendations.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { JobKind, JobRun } from '../../platform/jobs.ts';
import { pageFrom, readCursor, TimeAndId } from '../../platform/pages.ts';
import type { Tx } from '../../platform/postgres.ts';
import { type Deps, iso } from '../context.ts';
import type { Live } from '../live.ts';
import { refreshProgress, requireProject } from '../projects/service.ts';
import { track } from '../track.ts';
import { compose, MODEL } from './compose.ts';
import { changeItem } from './items.ts';
import { recordOutcome } from './outcome.ts';
import { toItem, toScenario } from './shapes.ts';
import * as db from './sql.ts';

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

export function makeRecommendations(deps: Deps, live: Live) {
  const { postgres, jobs } = deps;

  async function recommendationWith(
    tx: Tx,
    id: string,
    permission: 'project:read' | 'project:comment' | 'project:edit',
    lock = false,
  ) {
    const found = await db.findRecommendation(tx, id);
    if (found === undefined) throw notFound('recommendation');
    const project = await requireProject(tx, found.project_id, permission);
    const recommendation = lock ? ((await db.findRecommendation(tx, id, { lock })) ?? found) : found;
    return { recommendation, project };
  }

  async function read(tx: Tx, row: db.RecommendationRow, wanted?: string): Promise<Recommendation> {
    const scenarios = (await db.listScenarios(tx, { recommendation_id: row.id })).map(toScenario);
    const shown =
      scenarios.find((one) => one.type === wanted) ??
      scenarios.find((one) => one.is_selected) ??
      scenarios.find((one) => one.type === 'balanced') ??
      scenarios[0];
    const items = shown === undefined ? [] : (await db.listItems(tx, shown.id)).map(toItem);
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

  async function get(actor: Actor, id: string, scenario?: string): Promise<Recommendation> {
    return await postgres.withContext(actor, async (tx) => {
      const { recommendation } = await recommendationWith(tx, id, 'project:read');
      return await read(tx, recommendation, scenario);
    });
  }

  return {
    get,

    /** Queues the composition; `input` limits it beside the brief. */
    async start(actor: Actor, projectId: string, input: CreateRecommendationRequest): Promise<string> {
      return await postgres.withContext(actor, async (tx) => {
        await requireProject(tx, projectId, 'project:edit');
        const row = await db.insertRecommendation(tx, {
          project_id: projectId,
          model_version: `${MODEL.model_name}-${MODEL.model_version}`,
          input_parameters: { constraints: input.constraints ?? {} },
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
          await db.updateRecommendation(tx, job.recommendation_id, {
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
        return await db.listRecommendations(tx, projectId, query.limit, after);
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
        if (Object.keys(change).length > 0) await db.updateRecommendation(tx, id, change);
        if (change.user_rating !== undefined) {
          await db.insertFeedback(tx, {
            recommendation_id: id,
            user_id: actor.user_id,
            feedback_type: 'rating',
            rating: change.user_rating,
            feedback_text: change.user_feedback ?? null,
          });
        }
        const after = (await db.findRecommendation(tx, id)) ?? recommendation;
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

    /** Accepts, rejects, locks, counts or swaps one item; the scenario's sums follow in the same transaction. */
    async updateItem(
      actor: Actor,
      id: string,
      itemId: string,
      change: UpdateItemRequest,
    ): Promise<RecommendationItem> {
      const result = await postgres.withContext(actor, async (tx) => {
        const { recommendation, project } = await recommendationWith(tx, id, 'project:edit', true);
        await changeItem(tx, deps.now(), actor, { recommendation, project, itemId, change });
        const item = await db.findItem(tx, id, itemId);
        if (item === undefined) throw notFound('item of this recommendation');
        return { project_id: project.id, item: toItem(item) };
      });
      await live.publish({
        type: 'recommendation.updated',
        project_id: result.project_id,
        subject_id: id,
        actor_id: actor.user_id,
      });
      return result.item;
    },

    async feedback(actor: Actor, id: string, request: FeedbackRequest) {
      return await postgres.withContext(actor, async (tx) => {
        await recommendationWith(tx, id, 'project:comment');
        if (
          request.recommendation_item_id !== undefined &&
          (await db.findItem(tx, id, request.recommendation_item_id)) === undefined
        )
          throw notFound('item of this recommendation');
        if (request.feedback_type === 'rating' && request.rating === undefined)
          throw new AppError('invalid_input', 'A rating needs a number of stars from 1 to 5.');
        const row = await db.insertFeedback(tx, {
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
        const latest = await db.latestReady(tx, projectId);
        return latest === undefined
          ? []
          : (await db.listScenarios(tx, { recommendation_id: latest.id })).map(toScenario);
      });
    },

    async select(actor: Actor, scenarioId: string): Promise<BudgetScenario> {
      const scenario = await postgres.withContext(actor, async (tx) => {
        const [found] = await db.listScenarios(tx, { id: scenarioId });
        if (found === undefined) throw notFound('scenario');
        const project = await requireProject(tx, found.project_id, 'project:edit', { lock: true });
        await db.selectScenario(tx, found.project_id, scenarioId);
        await db.markSelectedInBudget(tx, found.project_id, `scenario_${found.type}`);
        await refreshProgress(tx, found.project_id);
        await track(tx, actor, deps.now(), {
          event_name: 'scenario_selected',
          event_type: 'action',
          project_id: found.project_id,
          organization_id: project.organization_id,
          properties: { type: found.type, total_cost: found.total_cost, currency: found.currency },
        });
        const [after] = await db.listScenarios(tx, { id: scenarioId });
        return toScenario(after ?? found);
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
        return await db.listSustainability(tx, projectId);
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

function toSummary(row: db.RecommendationRow) {
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
