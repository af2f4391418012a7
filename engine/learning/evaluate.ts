/** How well a ranking foresees decisions it has not seen: log-loss and calibration of rows, NDCG of lists. */
import type { RankingMetrics, ShownProduct } from '../../contract/learning.ts';
import { calibrationError } from './calibration.ts';
import { encodeRow, type LearningRow, vocabularyOfNames } from './encode.ts';
import { logistic } from './fit.ts';
import { at } from './linear.ts';
import { learnedFrom, type OwnRanking, type SharedRanking } from './model.ts';
import { preferencesOfFeatures } from './preference.ts';

/** A list in which one product was taken. */
export interface DecidedList {
  organization_id: string;
  decided_at: number;
  taken: string;
  weight: number;
  shown: ShownProduct[];
}

export interface Predictor {
  /** Chance of the label 1. */
  predict(row: LearningRow): number;
  /** Scores of a list, higher is better. */
  rank(list: DecidedList): number[];
}

/** The fixed ranking: the accepted share of the rows before as every chance, the value without anything learned. */
export function fixedPredictor(before: readonly LearningRow[]): Predictor {
  const points = before.filter((row) => row.input.kind === 'point');
  const weight = points.reduce((a, row) => a + row.label.weight, 0);
  const accepted = points.reduce((a, row) => a + row.label.weight * row.label.label, 0);
  const rate = (accepted + 1) / (weight + 2);
  return {
    predict: (row) => (row.input.kind === 'pair' ? 0.5 : rate),
    rank: (list) => list.shown.map((one) => one.fixed_value),
  };
}

export function predictorOf(
  shared: SharedRanking,
  own: (organization: string) => OwnRanking | undefined,
): Predictor {
  const cache = new Map<string, ReturnType<typeof partOf>>();
  const part = (organization: string) => {
    const known = cache.get(organization);
    if (known) return known;
    const made = partOf(shared, own(organization));
    cache.set(organization, made);
    return made;
  };
  return {
    predict: (row) => {
      const { vocabulary, mean, spread } = part(row.organization_id);
      const entries = encodeRow(row.input, vocabulary);
      const z = entries.reduce((a, [index, value]) => a + mean[index]! * value, 0);
      return logistic(z / Math.sqrt(1 + (Math.PI / 8) * spread(entries)));
    },
    rank: (list) => {
      const { learned } = part(list.organization_id);
      if (learned === null) return list.shown.map((one) => one.fixed_value);
      const share = learned.weight / (1 - 0.1 + learned.weight);
      const liked = preferencesOfFeatures(
        learned,
        list.shown.map((one) => one.features),
      );
      return list.shown.map(
        (one, index) => (1 - share) * one.fixed_value + (share * (liked[index]!.preference + 1)) / 2,
      );
    },
  };
}

function partOf(shared: SharedRanking, own: OwnRanking | undefined) {
  const { names, mean } = own ?? shared;
  const spread = (entries: readonly [number, number][]): number => {
    let total = 0;
    for (const [i, x] of entries) {
      if (own === undefined) total += x * x * (shared.variance[i] ?? 0);
      else for (const [j, y] of entries) total += x * y * own.covariance[at(i, j)]!;
    }
    return Math.max(0, total);
  };
  return {
    vocabulary: vocabularyOfNames(names),
    mean,
    spread,
    learned: learnedFrom('', shared, own ?? null),
  };
}

export function metricsOf(
  predictor: Predictor,
  rows: readonly LearningRow[],
  lists: readonly DecidedList[],
): RankingMetrics {
  let loss = 0;
  let weight = 0;
  const points: { predicted: number; happened: number; weight: number }[] = [];
  for (const row of rows) {
    const p = Math.min(1 - 1e-6, Math.max(1e-6, predictor.predict(row)));
    const { label, weight: counts } = row.label;
    loss -= counts * Math.log(label === 1 ? p : 1 - p);
    weight += counts;
    if (row.input.kind === 'point') points.push({ predicted: p, happened: label, weight: counts });
  }
  const ece = calibrationError(points);
  return {
    rows: rows.length,
    lists: lists.length,
    ndcg: roundOrNull(ndcgOf(predictor, lists)),
    log_loss: weight === 0 ? null : round(loss / weight),
    ece: roundOrNull(ece),
  };
}

/** Mean of 1 / log2(1 + place of the taken product), each list with its weight. Järvelin & Kekäläinen 2002, one relevant. */
export function ndcgOf(predictor: Predictor, lists: readonly DecidedList[]): number | null {
  let gain = 0;
  let weight = 0;
  for (const list of lists) {
    const scores = predictor.rank(list);
    const own = list.shown.findIndex((one) => one.product_id === list.taken);
    if (own < 0 || list.shown.length < 2) continue;
    // Ties in the middle of those that are equal.
    const higher = scores.filter((score) => score > scores[own]!).length;
    const equal = scores.filter((score) => score === scores[own]!).length;
    gain += list.weight / Math.log2(2 + higher + (equal - 1) / 2);
    weight += list.weight;
  }
  return weight === 0 ? null : gain / weight;
}

function round(value: number): number {
  return Math.round(1e5 * value) / 1e5;
}
function roundOrNull(value: number | null): number | null {
  return value === null ? null : round(value);
}
