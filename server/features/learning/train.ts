// One training run: collects what waits, reads what consent permits, fits in a thread, keeps the model, and puts it in the
// place of the live one if it is better by the stated margin.
import { createHash } from 'node:crypto';
import { Impression, TrainingInput, TrainingLabel } from '../../../contract/learning.ts';
import type { LearningRow } from '../../../engine/learning/encode.ts';
import type { DecidedList } from '../../../engine/learning/evaluate.ts';
import type { OwnRanking, SharedRanking, TrainedRanking } from '../../../engine/learning/model.ts';
import type { TrainInput } from '../../../engine/learning/train.ts';
import type { Tx } from '../../platform/postgres.ts';
import { runTask } from '../../platform/worker-task.ts';
import { audit } from '../audit.ts';
import type { Deps } from '../context.ts';
import { recordModelMetric } from '../model-metrics.ts';
import { collectFeedback } from './collect.ts';
import * as models from './sql/models.ts';
import * as data from './sql/training-data.ts';

export const RANKING = 'preference-ranking';
const TIME_LIMIT_MS = 300_000;
const MEMORY_LIMIT_MB = 2048;
/** The newest decisions; older ones no longer train. */
const MOST_ROWS = 200_000;
const PORTION = 10_000;
const MOST_LISTS = 5000;
/** Models that stepped back and can be made live again at once. */
const KEPT_MODELS = 5;

interface StoredRow extends LearningRow {
  id: string;
}

export async function runTraining(deps: Deps, run: models.RunRow, signal: AbortSignal): Promise<string> {
  const collected = await collectFeedback(deps, signal);
  const { rows, consent } = await readRows(deps, signal);
  const live = await deps.postgres.asSystem(readLive);
  const replace = run.reason === 'withdrawal';
  const hash = hashOf(rows, consent);
  if (live !== null && live.data_hash === hash && !replace)
    return `No decision is new since ${live.version}; nothing was trained.`;
  if (rows.length === 0 && !replace)
    return 'Nobody has decided on a recommendation yet; nothing was trained.';
  const seen = live?.seen_until ?? Number.NEGATIVE_INFINITY;
  const lists = await deps.postgres.asSystem((tx) => readLists(tx, rows, seen));
  const input: TrainInput = {
    rows: rows.map(({ id: _id, ...row }) => row),
    lists,
    sharing: new Set(consent.sharing),
    live: live === null ? null : { ...live, seen_until: seen },
    replace,
  };
  const begun = performance.now();
  const trained = await runTask<TrainedRanking>({
    module: new URL('./train-task.ts', import.meta.url).href,
    export_name: 'train',
    input,
    timeout_ms: TIME_LIMIT_MS,
    memory_mb: MEMORY_LIMIT_MB,
    signal,
    label: 'Training the ranking',
  });
  const took_ms = Math.round(performance.now() - begun);
  const version = await deps.postgres.asSystem((tx) =>
    keep(deps, tx, run, { rows, consent, trained, hash, took_ms }),
  );
  return `${version}: ${trained.decision}${collected > 0 ? ` ${collected} new rows were collected.` : ''}`;
}

async function readRows(deps: Deps, signal: AbortSignal) {
  const consent = await deps.postgres.asSystem(data.consents);
  const using = new Set([...consent.using, ...consent.sharing]);
  const rows: StoredRow[] = [];
  let after: string | null = null;
  for (;;) {
    signal.throwIfAborted();
    const portion = await deps.postgres.asSystem((tx) => data.trainableRows(tx, after, PORTION));
    for (const row of portion) {
      const input = TrainingInput.safeParse(row.input_features);
      const label = TrainingLabel.safeParse(row.output_labels);
      if (!input.success || !label.success || !using.has(row.organization_id)) continue;
      const decided_at = row.decided_at.getTime();
      rows.push({
        id: row.id,
        organization_id: row.organization_id,
        decided_at,
        input: input.data,
        label: label.data,
      });
    }
    after = portion.at(-1)?.id ?? null;
    if (portion.length < PORTION) break;
  }
  rows.sort((a, b) => a.decided_at - b.decided_at || (a.id < b.id ? -1 : 1));
  return { rows: rows.slice(-MOST_ROWS), consent };
}

async function readLive(tx: Tx) {
  const row = await models.liveModelRow(tx);
  if (row === undefined) return null;
  const own: Record<string, OwnRanking> = {};
  for (const one of await models.posteriorsOf(tx, row.id))
    own[one.organization_id] = one.parameters as unknown as OwnRanking;
  return {
    version: row.version as string,
    data_hash: row.data_hash,
    shared: row.parameters as unknown as SharedRanking,
    own,
    seen_until: (row.seen_until as Date | null)?.getTime() ?? Number.NEGATIVE_INFINITY,
  };
}

/** Lists in which something was taken, of the decisions that may be held out. */
async function readLists(tx: Tx, rows: readonly StoredRow[], seen: number): Promise<DecidedList[]> {
  const cut = Math.max(seen, rows[Math.floor(rows.length * 0.5)]?.decided_at ?? 0);
  const decided = rows
    .filter(
      ({ decided_at, label }) => decided_at > cut && (label.event === 'acceptance' || label.event === 'swap'),
    )
    .slice(-MOST_LISTS);
  const ids = [...new Set(decided.map((row) => row.input.impression_id))];
  const offers = new Map((await data.offersOf(tx, ids)).map((row) => [row.id, row.offer]));
  return decided.flatMap((row) => {
    const offer = Impression.omit({ need_keys: true }).safeParse(offers.get(row.input.impression_id));
    if (!offer.success) return [];
    return [
      {
        organization_id: row.organization_id,
        decided_at: row.decided_at,
        taken: row.input.product_id,
        weight: Math.min(5, 1 / row.input.propensity),
        shown: offer.data.shown,
      },
    ];
  });
}

/** Rows never change, so their ids stand for the data; consent decides what of it may be used how. */
function hashOf(rows: readonly StoredRow[], consent: { sharing: string[]; using: string[] }): string {
  const hash = createHash('sha256');
  const organizations = new Set(rows.map((row) => row.organization_id));
  for (const row of rows) hash.update(row.id);
  for (const list of [consent.sharing, consent.using]) {
    const some = list.filter((id) => organizations.has(id)).sort();
    hash.update(`|${some.join()}`);
  }
  return hash.digest('hex');
}

interface Finished {
  rows: readonly StoredRow[];
  consent: { sharing: string[]; using: string[] };
  trained: TrainedRanking;
  hash: string;
  took_ms: number;
}

async function keep(deps: Deps, tx: Tx, run: models.RunRow, finished: Finished): Promise<string> {
  const { rows, trained, hash, took_ms } = finished;
  // Consent may have been withdrawn while the model was fitted: what it holds then must not go live.
  const consent = await data.consents(tx);
  const decided = new Set(rows.map((row) => row.organization_id));
  const shared_from = finished.consent.sharing.filter((id) => decided.has(id)).sort();
  const stillShared = shared_from.every((id) => consent.sharing.includes(id));
  const promoted = trained.promoted && stillShared;
  const now = deps.now();
  if (promoted) await models.retireLive(tx);
  const model = await models.insertModel(tx, {
    status: promoted ? 'live' : stillShared ? 'rejected' : 'withdrawn',
    parameters: JSON.stringify(stillShared ? trained.shared : {}),
    shared_from: trained.shared.rows > 0 ? shared_from : [],
    rows_used: rows.length,
    organizations: decided.size,
    data_hash: hash,
    seen_until: rows.length === 0 ? null : new Date(rows.at(-1)!.decided_at),
    comparison: JSON.stringify(trained.comparison),
    moved: JSON.stringify(stillShared ? trained.moved : []),
    decision: stillShared
      ? trained.decision
      : 'Not live: an organization stopped sharing while it was trained; train again.',
    took_ms,
    trained_at: now,
    promoted_at: promoted ? now : null,
  });
  if (promoted) {
    for (const [organization_id, own] of Object.entries(trained.own))
      if (consent.using.includes(organization_id))
        await models.insertPosterior(tx, {
          model_id: model.id,
          organization_id,
          parameters: JSON.stringify(own),
          rows_used: own.rows,
        });
    await data.markUsed(
      tx,
      rows.map((row) => row.id),
      run.id,
    );
    await models.dropOldPosteriors(tx, KEPT_MODELS);
    await audit(
      tx,
      {
        action: 'ranking.promoted',
        actor_id: run.requested_by,
        detail: { version: model.version, decision: trained.decision },
      },
      null,
    );
  }
  await models.updateRun(tx, run.id, { status: 'running', model_id: model.id });
  const { ece } = trained.comparison.candidate;
  await recordModelMetric(tx, {
    model_name: RANKING,
    model_version: model.version,
    task_type: 'ranking_training',
    latency_ms: took_ms,
    // How near its predictions came to what happened, on decisions it had not seen.
    confidence_score: ece === null ? null : 1 - ece,
    project_id: null,
    user_id: run.requested_by,
  });
  return model.version;
}
