/**
 * From decisions to a ranking model: the shared part over organizations that share, a posterior for each organization
 * around it, the comparison with the live model on decisions neither has seen, and whether it may go live.
 */
import type { ModelComparison } from '../../contract/learning.ts';
import { fitCalibration } from './calibration.ts';
import { referenceOf } from './drift.ts';
import { encodeRows, type LearningRow, termsIn, vocabularyOf } from './encode.ts';
import { type DecidedList, fixedPredictor, metricsOf, predictorOf } from './evaluate.ts';
import { movedFeatures } from './explain.ts';
import { fitPosterior } from './fit.ts';
import {
  BETWEEN_ORGANIZATIONS,
  NEUTRAL_VARIANCE,
  neutralRanking,
  type OwnRanking,
  type SharedRanking,
  type TrainedRanking,
  varianceFor,
} from './model.ts';

/** The shared part learns only from this many organizations together, and knows only terms that many have decided on. */
export const LEAST_ORGANIZATIONS = 5;
/** No organization counts for more than this many times the median one in the shared part. */
const MOST_OF_MEDIAN = 3;
/** One product counts as at most this many decisions of an organization, however often it was offered. */
const MOST_OF_A_PRODUCT = 20;
/** No decision counts more than this many times another because its place is seldom looked at. */
export const PROPENSITY_CLIP = 5;
const SHARED_TERMS = { most: 60, least_rows: 20, least_organizations: LEAST_ORGANIZATIONS };
const OWN_TERMS = { most: 40, least_rows: 3, least_organizations: 1 };
/** The newest share of decisions is held out. */
const HELD_OUT_SHARE = 0.2;

/** What a model has to be better by, on how many held-out decisions. */
export const PROMOTION = { log_loss: 0.01, ndcg: -0.005, ece: 0.05, rows: 50 } as const;

export interface TrainInput {
  rows: readonly LearningRow[];
  lists: readonly DecidedList[];
  /** Organizations whose decisions may train the shared part. */
  sharing: ReadonlySet<string>;
  live: {
    version: string;
    shared: SharedRanking;
    own: Record<string, OwnRanking>;
    /** Newest decision it has seen, milliseconds. */
    seen_until: number;
  } | null;
  /** The live model holds decisions that were withdrawn: the new one replaces it whatever its figures. */
  replace?: boolean | undefined;
}

export function trainRanking(input: TrainInput): TrainedRanking {
  const rows = [...input.rows].sort((a, b) => a.decided_at - b.decided_at);
  const cut = cutOf(rows, input.live?.seen_until ?? Number.NEGATIVE_INFINITY);
  const before = rows.filter((row) => row.decided_at <= cut);
  const after = rows.filter((row) => row.decided_at > cut);
  const lists = input.lists.filter((list) => list.decided_at > cut);
  const trial = fitAll(before, input.sharing);
  const candidate = predictorOf(trial.shared, (id) => trial.own[id]);
  const { live } = input;
  const other = live ? predictorOf(live.shared, (id) => live.own[id]) : fixedPredictor(before);
  const comparison: ModelComparison = {
    held_out_since: Number.isFinite(cut) ? new Date(cut).toISOString() : null,
    candidate: metricsOf(candidate, after, lists),
    live: metricsOf(other, after, lists),
    live_version: live?.version ?? null,
    organizations: byOrganization(after, candidate, other),
    unseen_organizations: unseen(rows, input.lists, input.sharing),
  };
  const { promoted, decision } = judge(comparison, input.replace === true);
  // What goes live has learned from every decision; what it was judged by has not.
  const final = promoted ? fitAll(rows, input.sharing) : trial;
  final.shared.calibration = fitCalibration(
    after
      .filter((row) => row.input.kind === 'point')
      .map((row) => ({
        predicted: candidate.predict(row),
        happened: row.label.label,
        weight: row.label.weight,
      })),
  );
  final.shared.confidence_calibration = fitCalibration(
    rows
      .filter((row) => row.input.confidence !== null && row.input.kind === 'point')
      .map((row) => ({
        predicted: row.input.confidence ?? 0,
        happened: row.label.label,
        weight: row.label.weight,
      })),
  );
  return {
    ...final,
    comparison,
    promoted,
    decision,
    moved: movedFeatures(live?.shared ?? null, final.shared),
  };
}

/** The moment after which decisions are held out: the newest fifth, and nothing that the live model has seen. */
function cutOf(rows: readonly LearningRow[], seenUntil: number): number {
  const index = Math.floor(rows.length * (1 - HELD_OUT_SHARE)) - 1;
  return Math.max(rows[index]?.decided_at ?? Number.NEGATIVE_INFINITY, seenUntil);
}

export function fitAll(
  rows: readonly LearningRow[],
  sharing: ReadonlySet<string>,
): { shared: SharedRanking; own: Record<string, OwnRanking> } {
  const counts = productCounts(rows);
  const inverse = meanInverse(rows);
  const weightOf = (row: LearningRow) =>
    (row.label.weight * Math.min(PROPENSITY_CLIP, 1 / row.input.propensity) * popularity(row, counts)) /
    inverse;
  const shared = fitShared(
    rows.filter((row) => sharing.has(row.organization_id)),
    weightOf,
  );
  const grouped = Map.groupBy(rows, (row) => row.organization_id);
  const own = Object.fromEntries(
    [...grouped]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, some]) => [id, fitOwn(some, shared, weightOf)]),
  );
  return { shared, own };
}

function fitShared(rows: readonly LearningRow[], weightOf: (row: LearningRow) => number): SharedRanking {
  const reference = referenceOf(rows);
  const totals = new Map<string, number>();
  for (const row of rows)
    totals.set(row.organization_id, (totals.get(row.organization_id) ?? 0) + weightOf(row));
  if (totals.size < LEAST_ORGANIZATIONS)
    return { ...neutralRanking(), organizations: totals.size, reference };
  const sorted = [...totals.values()].sort((a, b) => a - b);
  const cap = MOST_OF_MEDIAN * sorted[Math.floor((sorted.length - 1) / 2)]!;
  const vocabulary = vocabularyOf(termsIn(rows, SHARED_TERMS));
  const fitted = fitPosterior(
    encodeRows(
      rows,
      vocabulary,
      (row) => weightOf(row) * Math.min(1, cap / (totals.get(row.organization_id) ?? cap)),
    ),
    {
      mean: new Float64Array(vocabulary.names.length),
      variance: Float64Array.from(vocabulary.names, (name) => varianceFor(name, NEUTRAL_VARIANCE)),
    },
  );
  return {
    ...neutralRanking(),
    names: vocabulary.names,
    mean: Array.from(fitted.mean, significant),
    variance: vocabulary.names.map((_, i) => significant(fitted.covariance[(i * (i + 1)) / 2 + i]!)),
    rows: rows.length,
    organizations: totals.size,
    reference,
  };
}

function fitOwn(
  rows: readonly LearningRow[],
  shared: SharedRanking,
  weightOf: (row: LearningRow) => number,
): OwnRanking {
  const known = new Set(shared.names);
  const vocabulary = vocabularyOf([...shared.names, ...termsIn(rows, OWN_TERMS, known)]);
  const fitted = fitPosterior(encodeRows(rows, vocabulary, weightOf), {
    mean: Float64Array.from(vocabulary.names, (_, i) => shared.mean[i] ?? 0),
    variance: Float64Array.from(vocabulary.names, (name, i) =>
      i < shared.names.length && shared.rows > 0
        ? (shared.variance[i] ?? 0) + varianceFor(name, BETWEEN_ORGANIZATIONS)
        : varianceFor(name, NEUTRAL_VARIANCE),
    ),
  });
  return {
    names: vocabulary.names,
    mean: Array.from(fitted.mean, significant),
    covariance: Array.from(fitted.covariance, significant),
    rows: rows.length,
    evidence: evidenceIn(rows, vocabulary.names),
  };
}

/** By term: accepted or taken, of decided on. A swap decides on both products. */
function evidenceIn(rows: readonly LearningRow[], names: readonly string[]): OwnRanking['evidence'] {
  const known = new Set(names);
  const counts: OwnRanking['evidence'] = {};
  const count = (terms: readonly string[], taken: boolean) => {
    for (const term of terms) {
      if (!known.has(term)) continue;
      const entry = counts[term] ?? [0, 0];
      counts[term] = [entry[0] + (taken ? 1 : 0), entry[1] + 1];
    }
  };
  for (const { input, label } of rows) {
    // Both are the other side of a swap that is counted itself.
    if (label.event === 'skipped' || label.event === 'swapped_out') continue;
    count(input.features.terms, label.label === 1);
    if (input.against !== null) count(input.against.terms, false);
  }
  return counts;
}

function productCounts(rows: readonly LearningRow[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { organization_id, input } of rows) {
    const key = `${organization_id}|${input.product_id}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function popularity(row: LearningRow, counts: ReadonlyMap<string, number>): number {
  const count = counts.get(`${row.organization_id}|${row.input.product_id}`) ?? 1;
  return Math.min(1, MOST_OF_A_PRODUCT / count);
}

/** Inverse propensities are brought to a mean of one, so that rows keep counting as that many rows. */
function meanInverse(rows: readonly LearningRow[]): number {
  if (rows.length === 0) return 1;
  return rows.reduce((a, row) => a + Math.min(PROPENSITY_CLIP, 1 / row.input.propensity), 0) / rows.length;
}

function byOrganization(
  rows: readonly LearningRow[],
  candidate: ReturnType<typeof predictorOf>,
  live: ReturnType<typeof predictorOf>,
) {
  const groups = [...Map.groupBy(rows, (row) => row.organization_id).values()];
  const loss = (one: typeof candidate, some: readonly LearningRow[]) =>
    metricsOf(one, some, []).log_loss ?? 0;
  return {
    compared: groups.length,
    better: groups.filter((some) => loss(candidate, some) < loss(live, some)).length,
  };
}

/** Every fifth organization left out of the shared part and then foreseen by it alone. */
function unseen(
  rows: readonly LearningRow[],
  lists: readonly DecidedList[],
  sharing: ReadonlySet<string>,
): ModelComparison['unseen_organizations'] {
  const ids = [...new Set(rows.map((row) => row.organization_id))].filter((id) => sharing.has(id)).sort();
  const out = new Set(ids.filter((_, index) => index % 5 === 4));
  if (ids.length - out.size < LEAST_ORGANIZATIONS || out.size === 0) return null;
  const { shared } = fitAll(
    rows.filter((row) => sharing.has(row.organization_id) && !out.has(row.organization_id)),
    sharing,
  );
  return metricsOf(
    predictorOf(shared, () => undefined),
    rows.filter((row) => out.has(row.organization_id)),
    lists.filter((list) => out.has(list.organization_id)),
  );
}

function judge(comparison: ModelComparison, replace: boolean): { promoted: boolean; decision: string } {
  const { candidate, live, live_version } = comparison;
  const against = live_version ?? 'the fixed ranking';
  if (replace)
    return {
      promoted: true,
      decision:
        'Live at once: the model before held decisions of an organization that no longer shares them.',
    };
  if (candidate.rows < PROMOTION.rows || candidate.log_loss === null || live.log_loss === null)
    return {
      promoted: false,
      decision: `Not live: ${candidate.rows} new decisions to judge it by, ${PROMOTION.rows} are needed.`,
    };
  const gain = live.log_loss - candidate.log_loss;
  const order = (candidate.ndcg ?? 0) - (live.ndcg ?? 0);
  const drift = (candidate.ece ?? 0) - (live.ece ?? 0);
  const figures = `log-loss ${candidate.log_loss.toFixed(3)} against ${live.log_loss.toFixed(3)}, ${orderInWords(candidate.ndcg, live.ndcg)}on ${candidate.rows} held-out decisions`;
  if (gain < PROMOTION.log_loss)
    return {
      promoted: false,
      decision: `Not live: not better than ${against} by ${PROMOTION.log_loss} in log-loss (${figures}).`,
    };
  if (order < PROMOTION.ndcg)
    return { promoted: false, decision: `Not live: orders lists worse than ${against} (${figures}).` };
  // One chance for everything, as the fixed ranking gives, is always true on the whole and tells nothing.
  // Far better chances may be too careful ones: then the log-loss, which judges both, has the last word.
  if (live_version !== null && drift > PROMOTION.ece && gain < 5 * PROMOTION.log_loss)
    return {
      promoted: false,
      decision: `Not live: its chances are less true than those of ${against} (${figures}).`,
    };
  return { promoted: true, decision: `Live: better than ${against} (${figures}).` };
}

function orderInWords(candidate: number | null, live: number | null): string {
  return candidate === null || live === null
    ? ''
    : `NDCG ${candidate.toFixed(3)} against ${live.toFixed(3)}, `;
}

/** Six digits: parameters are stored as text, and what is stored is what is used. */
function significant(value: number): number {
  return Number(value.toPrecision(6));
}
