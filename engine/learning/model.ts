/**
 * A ranking model as data: the part all organizations begin with, and what one organization's own decisions made of it.
 * Versions never change once stored, so the same input and version give the same answer.
 */
import type { Calibration, ModelComparison, MovedFeature } from '../../contract/learning.ts';
import { NUMERIC_FEATURES } from '../../contract/learning.ts';
import { BIAS } from './encode.ts';

/** What every organization begins with. Means and variances by name; neutral where too few share. */
export interface SharedRanking {
  names: string[];
  mean: number[];
  variance: number[];
  rows: number;
  organizations: number;
  calibration: Calibration;
  /** Of the confidence that was shown with an item. */
  confidence_calibration: Calibration;
  reference: DriftReference;
}

export interface DriftReference {
  rows: number;
  /** By numeric feature: counts in ten equal bins from −1 to 1. */
  histograms: Record<string, number[]>;
  accepted: number;
  decided: number;
}

/** One organization's posterior, Laplace: a Gaussian with this mean and covariance (packed lower triangle). */
export interface OwnRanking {
  names: string[];
  mean: number[];
  covariance: number[];
  rows: number;
  /** By term: how often a product with it was accepted or taken, of how often it was decided on. */
  evidence: Record<string, [taken: number, decided: number]>;
}

export interface TrainedRanking {
  shared: SharedRanking;
  own: Record<string, OwnRanking>;
  comparison: ModelComparison;
  promoted: boolean;
  decision: string;
  moved: MovedFeature[];
}

/** What the choice is handed: plain data, fit for a worker thread. */
export interface LearnedRanking {
  version: string;
  source: 'organization' | 'shared';
  names: string[];
  mean: number[];
  /** Packed covariance of an organization's own posterior; null for the shared part, which has variances. */
  covariance: number[] | null;
  variance: number[];
  /** Weight of the preference beside the other parts of the value. */
  weight: number;
  evidence: Record<string, [taken: number, decided: number]>;
}

/** Spread of organizations around the shared part: how far one's taste is expected to lie from the others'. */
export const BETWEEN_ORGANIZATIONS = { bias: 1, numeric: 0.4, term: 0.5 } as const;
/** Spread of the neutral ranking's weights before any decision. */
export const NEUTRAL_VARIANCE = { bias: 2, numeric: 0.6, term: 0.6 } as const;

export function varianceFor(name: string, table: { bias: number; numeric: number; term: number }): number {
  if (name === BIAS) return table.bias;
  return (NUMERIC_FEATURES as readonly string[]).includes(name) ? table.numeric : table.term;
}

export function neutralRanking(): SharedRanking {
  const names = [BIAS, ...NUMERIC_FEATURES];
  return {
    names,
    mean: names.map(() => 0),
    variance: names.map((name) => varianceFor(name, NEUTRAL_VARIANCE)),
    rows: 0,
    organizations: 0,
    calibration: { points: [], rows: 0 },
    confidence_calibration: { points: [], rows: 0 },
    reference: { rows: 0, histograms: {}, accepted: 0, decided: 0 },
  };
}

/** The weight of the preference: the fixed ranking's own share without own decisions, at most MOST_WEIGHT with many. */
export const LEAST_WEIGHT = 0.1;
export const MOST_WEIGHT = 0.3;
const HALF_WAY_ROWS = 40;

export function weightFor(rows: number): number {
  return LEAST_WEIGHT + ((MOST_WEIGHT - LEAST_WEIGHT) * rows) / (rows + HALF_WAY_ROWS);
}

/** The ranking for one organization; null where nothing was learned that could move anything. */
export function learnedFrom(
  version: string,
  shared: SharedRanking,
  own: OwnRanking | null,
): LearnedRanking | null {
  if (own !== null && own.rows > 0) {
    const { names, mean, covariance, evidence } = own;
    const variance = names.map((_, i) => covariance[(i * (i + 1)) / 2 + i]!);
    return {
      version,
      source: 'organization',
      names,
      mean,
      covariance,
      variance,
      weight: weightFor(own.rows),
      evidence,
    };
  }
  if (shared.rows === 0) return null;
  const variance = shared.names.map(
    (name, i) => (shared.variance[i] ?? 0) + varianceFor(name, BETWEEN_ORGANIZATIONS),
  );
  return {
    version,
    source: 'shared',
    names: shared.names,
    mean: shared.mean,
    covariance: null,
    variance,
    weight: LEAST_WEIGHT,
    evidence: {},
  };
}
