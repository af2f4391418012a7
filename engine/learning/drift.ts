/** Whether today's decisions still look like those a model was trained on: population stability and acceptance. */
import { type DriftWatch, NUMERIC_FEATURES } from '../../contract/learning.ts';
import type { LearningRow } from './encode.ts';
import type { DriftReference } from './model.ts';

/** What a feature measures, without a direction. */
const MEASURES: Record<(typeof NUMERIC_FEATURES)[number], string> = {
  price: 'Price among the candidates',
  lead_time: 'Lead time among the candidates',
  in_stock: 'In stock',
  carbon: 'Carbon among the candidates',
  certified: 'Certificates',
  recycled: 'Recycled content',
  quality: 'Quality',
  fit: 'Fit with brief and room',
};

const BINS = 10;
/** Usual reading of the index in credit scoring: Siddiqi, Credit Risk Scorecards, 2006. */
const WATCH = 0.1;
const ALERT = 0.25;
/** Fewer decisions than this say nothing about drift. */
export const LEAST_ROWS = 100;
const WATCH_Z = 2;
const ALERT_Z = 3;

export function referenceOf(rows: readonly LearningRow[]): DriftReference {
  const histograms: Record<string, number[]> = {};
  for (const name of NUMERIC_FEATURES) {
    const counts = new Array<number>(BINS).fill(0);
    for (const row of rows) counts[binOf(row.input.features.numeric[name])]! += 1;
    histograms[name] = counts;
  }
  const points = rows.filter((row) => row.input.kind === 'point');
  return {
    rows: rows.length,
    histograms,
    accepted: points.filter((row) => row.label.label === 1).length,
    decided: points.length,
  };
}

function binOf(value: number): number {
  return Math.min(BINS - 1, Math.max(0, Math.floor(((value + 1) / 2) * BINS)));
}

/** Σ (now − then) ln(now / then) over the bins; half a row is added to each so that none is empty. */
export function stabilityIndex(then: readonly number[], now: readonly number[]): number {
  const shares = (counts: readonly number[]) => {
    const total = counts.reduce((a, b) => a + b, 0) + counts.length / 2;
    return counts.map((count) => (count + 0.5) / total);
  };
  const [before, after] = [shares(then), shares(now)];
  return before.reduce((sum, share, bin) => sum + (after[bin]! - share) * Math.log(after[bin]! / share), 0);
}

export function driftOf(
  reference: DriftReference,
  recent: readonly LearningRow[],
  since: string,
): DriftWatch {
  const now = referenceOf(recent);
  const enough = recent.length >= LEAST_ROWS && reference.rows >= LEAST_ROWS;
  const features = enough
    ? NUMERIC_FEATURES.map((feature) => {
        const then = reference.histograms[feature] ?? [];
        const psi = Math.round(1e3 * stabilityIndex(then, now.histograms[feature]!)) / 1e3;
        const state =
          psi >= ALERT ? ('alert' as const) : psi >= WATCH ? ('watch' as const) : ('steady' as const);
        return { feature, label: MEASURES[feature], psi, state };
      }).sort((a, b) => b.psi - a.psi)
    : [];
  const acceptance = acceptanceOf(reference, now);
  const alerts = features
    .filter((one) => one.state === 'alert')
    .map(
      (one) =>
        `What is decided on has changed: “${one.label}” is spread differently (stability index ${one.psi.toFixed(2)}, alert at ${ALERT}). Train a new model.`,
    );
  if (acceptance.state === 'alert')
    alerts.push(
      `${percent(acceptance.recent)} of recent decisions are acceptances, against ${percent(acceptance.before)} in training. Look at the newest decisions, then train or roll back.`,
    );
  return { since, rows: recent.length, reference_rows: reference.rows, features, acceptance, alerts };
}

/** Difference of two shares in standard errors. */
function acceptanceOf(then: DriftReference, now: DriftReference): DriftWatch['acceptance'] {
  const rates = {
    recent: now.decided === 0 ? null : now.accepted / now.decided,
    before: then.decided === 0 ? null : then.accepted / then.decided,
    recent_rows: now.decided,
    before_rows: then.decided,
  };
  if (now.decided < LEAST_ROWS || then.decided < LEAST_ROWS) return { ...rates, state: 'too_few' };
  const pooled = (now.accepted + then.accepted) / (now.decided + then.decided);
  const error = Math.sqrt(Math.max(1e-9, pooled * (1 - pooled) * (1 / now.decided + 1 / then.decided)));
  const z = Math.abs((rates.recent ?? 0) - (rates.before ?? 0)) / error;
  const gap = Math.abs((rates.recent ?? 0) - (rates.before ?? 0));
  const state = z >= ALERT_Z && gap >= 0.05 ? 'alert' : z >= WATCH_Z ? 'watch' : 'steady';
  return { ...rates, state };
}

function percent(share: number | null): string {
  return share === null ? '–' : `${Math.round(100 * share)} %`;
}
