// Learning: recommendations are ranked with what the organization's decisions taught; models are trained, compared,
// promoted, rolled back; administrators check training data; organizations say what may be learned from them.
import type {
  OrganizationLearning,
  RankingModel,
  RankingOverview,
  TrainingDataCounts,
  TrainingRow,
  TrainingRun,
  UpdateOrganizationLearning,
  VerifyTrainingRow,
} from '../../../contract/learning.ts';
import {
  type Calibration,
  CollectFeedbackJob,
  type Impression,
  TrainRankingJob,
} from '../../../contract/learning.ts';
import { driftOf } from '../../../engine/learning/drift.ts';
import type { LearningRow } from '../../../engine/learning/encode.ts';
import { learnedInWords } from '../../../engine/learning/explain.ts';
import {
  type LearnedRanking,
  learnedFrom,
  type OwnRanking,
  type SharedRanking,
} from '../../../engine/learning/model.ts';
import { PROMOTION } from '../../../engine/learning/train.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http.ts';
import type { JobKind, JobRun } from '../../platform/jobs.ts';
import { pageFrom, readCursor, TimeAndId } from '../../platform/pages.ts';
import type { Tx } from '../../platform/postgres.ts';
import { audit } from '../audit.ts';
import { type Deps, iso, type Origin } from '../context.ts';
import { recordModelMetric } from '../model-metrics.ts';
import type { Organizations } from '../organizations/service.ts';
import { collectFeedback } from './collect.ts';
import { toModel, toRow, toRun } from './shapes.ts';
import * as feedback from './sql/feedback.ts';
import * as models from './sql/models.ts';
import * as data from './sql/training-data.ts';
import { RANKING, runTraining } from './train.ts';

export const CollectFeedback: JobKind<CollectFeedbackJob> = {
  name: 'collect_feedback',
  payload: CollectFeedbackJob,
  retries: 3,
  concurrency: 1,
  expire_seconds: 900,
};
/** Every hour at five past, UTC. */
export const COLLECT_SCHEDULE = '5 * * * *';

export const TrainRanking: JobKind<TrainRankingJob> = {
  name: 'train_ranking',
  payload: TrainRankingJob,
  retries: 1,
  concurrency: 1,
  expire_seconds: 1800,
};
/** Every day at 03:20 UTC. */
export const TRAIN_SCHEDULE = '20 3 * * *';

const DRIFT_DAYS = 30;
const DRIFT_ROWS = 5000;
const DAY_MS = 86_400_000;

export interface LiveModel {
  version: string;
  /** Null: the fixed ranking. */
  learned: LearnedRanking | null;
  /** Of predicted acceptance, and of the confidence that was shown with items. */
  calibration: Calibration;
  confidence_calibration: Calibration;
}

function liveOf(version: string, shared: SharedRanking, own: OwnRanking | null): LiveModel {
  return {
    version,
    learned: learnedFrom(version, shared, own),
    calibration: shared.calibration,
    confidence_calibration: shared.confidence_calibration,
  };
}

/** The live ranking for a project, read with the caller's own rights; null where none is live or the organization opted out. */
export async function liveModelFor(tx: Tx, projectId: string): Promise<LiveModel | null> {
  const found = await models.liveRankingOf(tx, projectId);
  if (found === null) return null;
  return liveOf(found.version, found.shared as SharedRanking, found.own as OwnRanking | null);
}

/** Keeps what a recommendation offers, in its own transaction; features cannot be found again later. */
export async function keepOffers(
  tx: Tx,
  keys: {
    recommendation_id: string;
    project_id: string;
    organization_id: string | null;
    user_id: string;
    model_version: string;
    ranking: LearnedRanking | null;
    latency_ms: number;
  },
  offers: readonly (Impression & { scenario_id: string })[],
): Promise<void> {
  const { organization_id, user_id, ranking, latency_ms, ...rest } = keys;
  if (ranking !== null)
    await recordModelMetric(tx, {
      model_name: RANKING,
      model_version: ranking.version,
      task_type: 'ranking',
      latency_ms,
      confidence_score: meanConfidence(offers),
      project_id: keys.project_id,
      user_id,
      recommendation_id: keys.recommendation_id,
    });
  if (organization_id === null) return;
  const consent = await models.consentOf(tx, organization_id);
  if (!consent.use_learned && !consent.share) return;
  await feedback.insertImpressions(
    tx,
    { ...rest, organization_id },
    offers.map(({ scenario_id, need_keys, ...offer }) => ({ scenario_id, need_keys, offer })),
  );
}

/** Of the first choices that the ranking offered; null where none says how sure it is. */
function meanConfidence(offers: readonly Impression[]): number | null {
  const stated = offers.flatMap(({ confidence }) => (confidence === null ? [] : [confidence]));
  return stated.length === 0 ? null : stated.reduce((a, b) => a + b, 0) / stated.length;
}

export type Learning = ReturnType<typeof makeLearning>;

export function makeLearning(deps: Deps, organizations: Organizations) {
  const { postgres, jobs } = deps;

  async function queueRun(tx: Tx, reason: TrainingRun['reason'], userId: string | null) {
    const run = await models.insertRun(tx, { reason, requested_by: userId, started_at: deps.now() });
    await jobs.enqueue(tx, TrainRanking, { run_id: run.id });
    return run;
  }

  async function carryOut(run: models.RunRow, signal: AbortSignal): Promise<TrainingRun> {
    await postgres.asSystem((tx) => models.updateRun(tx, run.id, { status: 'running' }));
    const end = (status: 'done' | 'failed', note: string) =>
      postgres.asSystem((tx) => models.updateRun(tx, run.id, { status, note, finished_at: deps.now() }));
    try {
      await end('done', await runTraining(deps, run, signal));
    } catch (error) {
      deps.log.error({ run_id: run.id, error: String(error) }, 'training');
      await end('failed', error instanceof AppError ? error.message : 'Failed on our side; train again.');
      throw error;
    }
    return toRun((await postgres.asSystem((tx) => models.findRun(tx, run.id))) ?? run);
  }

  /** The newest decisions against those the live model was trained on. */
  async function drift(tx: Tx) {
    const live = await models.liveModelRow(tx);
    if (live === undefined) return null;
    const since = new Date(deps.now().getTime() - DRIFT_DAYS * DAY_MS);
    const rows = await data.recentRows(tx, since, DRIFT_ROWS);
    const recent = rows.map(
      (row): LearningRow => ({
        organization_id: row.organization_id ?? '',
        decided_at: (row.decided_at as Date).getTime(),
        input: row.input_features as unknown as LearningRow['input'],
        label: row.output_labels as unknown as LearningRow['label'],
      }),
    );
    return driftOf((live.parameters as unknown as SharedRanking).reference, recent, iso(since));
  }

  async function describe(tx: Tx, organizationId: string): Promise<OrganizationLearning> {
    const consent = await models.consentOf(tx, organizationId);
    const live = await models.liveModelRow(tx);
    const stored =
      live === undefined || !consent.use_learned
        ? undefined
        : await models.posteriorOf(tx, live.id, organizationId);
    const own = (stored?.parameters ?? null) as OwnRanking | null;
    const learned =
      live === undefined || !consent.use_learned
        ? null
        : learnedFrom(live.version as string, live.parameters as unknown as SharedRanking, own);
    const weight = learned === null ? 0 : learned.weight;
    return {
      organization_id: organizationId,
      ...consent,
      rows: await data.countRowsOf(tx, organizationId),
      model_version: learned === null ? null : (live?.version ?? null),
      own_ranking: own !== null && own.rows > 0,
      weight_pct: learned === null ? 0 : Math.round((100 * weight) / (0.9 + weight)),
      learned: own === null ? [] : learnedInWords(own),
    };
  }

  return {
    /** What an organization's recommendations are ranked with today; for callers that act as the system. */
    async liveModel(organizationId: string): Promise<LiveModel | null> {
      return await postgres.asSystem(async (tx) => {
        const consent = await models.consentOf(tx, organizationId);
        const live = consent.use_learned ? await models.liveModelRow(tx) : undefined;
        if (live === undefined) return null;
        const own = await models.posteriorOf(tx, live.id, organizationId);
        return liveOf(
          live.version as string,
          live.parameters as unknown as SharedRanking,
          (own?.parameters ?? null) as OwnRanking | null,
        );
      });
    },

    /** The hourly job. */
    collect: (run?: JobRun) => collectFeedback(deps, run?.signal),

    /** The training job: daily with a run of its own, or for one that was asked for. */
    async work({ run_id }: TrainRankingJob, run: JobRun): Promise<void> {
      const row = await postgres.asSystem((tx) =>
        run_id === null
          ? models.insertRun(tx, { reason: 'schedule', requested_by: null, started_at: deps.now() })
          : models.findRun(tx, run_id),
      );
      if (row !== undefined && row.status !== 'done') await carryOut(row, run.signal);
    },

    /** Trains here and now: for the command line and for tests. */
    async trainNow(reason: TrainingRun['reason'] = 'by_hand'): Promise<TrainingRun> {
      const run = await postgres.asSystem((tx) =>
        models.insertRun(tx, { reason, requested_by: null, started_at: deps.now() }),
      );
      return await carryOut(run, new AbortController().signal);
    },

    async overview(): Promise<RankingOverview> {
      return await postgres.asSystem(async (tx) => {
        const sharing = new Set((await data.consents(tx)).sharing);
        return {
          models: (await models.listModels(tx, 50)).map((row) => toModel(row, sharing)),
          runs: (await models.listRuns(tx, 10)).map(toRun),
          drift: await drift(tx),
          margin: { log_loss: PROMOTION.log_loss, ndcg: PROMOTION.ndcg, rows: PROMOTION.rows },
        };
      });
    },

    async train(actor: Actor, origin: Origin): Promise<TrainingRun> {
      return await postgres.asSystem(async (tx) => {
        const open = await models.openRun(tx);
        if (open !== undefined && deps.now().getTime() - (open.started_at as Date).getTime() < 30 * 60_000)
          throw new AppError('conflict', 'A training run is under way already; wait until it is done.');
        const run = await queueRun(tx, 'by_hand', actor.user_id);
        await audit(
          tx,
          { action: 'ranking.training_started', actor_id: actor.user_id, detail: { run_id: run.id } },
          origin,
        );
        return toRun(run);
      });
    },

    /** Makes an earlier model live again, in one step. */
    async promote(actor: Actor, id: string, origin: Origin): Promise<RankingModel> {
      return await postgres.asSystem(async (tx) => {
        const sharing = new Set((await data.consents(tx)).sharing);
        const find = async () => (await models.listModels(tx, 1000)).find((one) => one.id === id);
        const row = await find();
        if (row === undefined) throw notFound('ranking model');
        if (row.status === 'live') return toModel(row, sharing);
        if (!toModel(row, sharing).may_go_live)
          throw new AppError(
            'conflict',
            `${row.version} cannot be made live: it ${row.status === 'retired' ? 'holds decisions that are no longer shared, or is too old to be kept whole' : `was ${row.status}`}. Choose another model or train a new one.`,
          );
        await models.retireLive(tx);
        await models.makeLive(tx, id, deps.now());
        await audit(
          tx,
          { action: 'ranking.rolled_back', actor_id: actor.user_id, detail: { version: row.version } },
          origin,
        );
        return toModel((await find()) ?? row, sharing);
      });
    },

    async trainingData(query: {
      limit: number;
      cursor?: string | undefined;
      state?: string | undefined;
      event?: string | undefined;
    }) {
      const after = readCursor(query.cursor, TimeAndId);
      const rows = await postgres.asSystem((tx) =>
        data.listTrainingRows(tx, { ...query, limit: query.limit + 1 }, after),
      );
      const page = pageFrom(rows, query.limit, (row) => [iso(row.decided_at as Date), row.id]);
      return { ...page, items: page.items.map(toRow) };
    },

    async trainingCounts(): Promise<TrainingDataCounts> {
      return await postgres.asSystem(async (tx) => {
        const counts = await data.trainingCounts(tx);
        const sum = (test: (row: (typeof counts)[number]) => boolean) =>
          counts.filter(test).reduce((a, row) => a + row.rows, 0);
        return {
          rows: sum(() => true),
          open: sum((row) => row.state === 'open'),
          confirmed: sum((row) => row.state === 'confirmed'),
          excluded: sum((row) => row.state === 'excluded'),
          organizations: await data.countOrganizations(tx),
          events: [...new Set(counts.map((row) => row.event))]
            .map((event) => ({ event, rows: sum((row) => row.event === event) }))
            .sort((a, b) => b.rows - a.rows),
        };
      });
    },

    async verify(actor: Actor, id: string, wish: VerifyTrainingRow, origin: Origin): Promise<TrainingRow> {
      return await postgres.asSystem(async (tx) => {
        const find = async () => (await data.listTrainingRows(tx, { limit: 1, id }, undefined))[0];
        const before = await find();
        if (before === undefined) throw notFound('training row');
        await data.verifyRow(tx, id, {
          verified: wish.decision === 'confirm',
          verified_by: actor.user_id,
          verified_at: deps.now(),
          excluded_reason: wish.decision === 'exclude' ? wish.reason : null,
        });
        await audit(
          tx,
          {
            action: `training_data.${wish.decision === 'confirm' ? 'confirmed' : 'excluded'}`,
            actor_id: actor.user_id,
            detail: { id, ...(wish.decision === 'exclude' ? { reason: wish.reason } : {}) },
          },
          origin,
        );
        return toRow((await find()) ?? before);
      });
    },

    async organization(actor: Actor, organizationId: string): Promise<OrganizationLearning> {
      await postgres.withContext(actor, (tx) =>
        organizations.requireRole(tx, actor, organizationId, 'organization:read'),
      );
      return await postgres.asSystem((tx) => describe(tx, organizationId));
    },

    /** Withdrawn consent holds at once: models with the organization's decisions are taken out of use and trained anew. */
    async updateOrganization(
      actor: Actor,
      organizationId: string,
      change: UpdateOrganizationLearning,
      origin: Origin,
    ): Promise<OrganizationLearning> {
      await postgres.withContext(actor, async (tx) => {
        await organizations.requireRole(tx, actor, organizationId, 'organization:manage');
        const before = await models.consentOf(tx, organizationId);
        const after = {
          use_learned: change.use_learned ?? before.use_learned,
          share: change.share ?? before.share,
        };
        await models.saveConsent(tx, organizationId, after, actor.user_id, deps.now());
        await audit(
          tx,
          {
            action: 'learning.consent_changed',
            actor_id: actor.user_id,
            organization_id: organizationId,
            detail: { ...change },
          },
          origin,
        );
      });
      return await postgres.asSystem(async (tx) => {
        const consent = await models.consentOf(tx, organizationId);
        if (!consent.share && (await models.withdrawModels(tx, organizationId)))
          await queueRun(tx, 'withdrawal', null);
        if (!consent.use_learned) await models.deletePosteriorsOf(tx, organizationId);
        return await describe(tx, organizationId);
      });
    },
  };
}
