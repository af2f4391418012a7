/**
 * Learned preference for the candidates of one need: the chance of being taken over the average candidate, drawn to one
 * half by what is not known yet (MacKay's moderated output), on a scale from −1 to 1.
 */
import type { CandidateProduct } from '../../contract/choice.ts';
import type { RankingFeatures } from '../../contract/learning.ts';
import { encode, type Vocabulary, vocabularyOfNames } from './encode.ts';
import { type FixedParts, featuresOf, labelOf, oppositeOf, spanOf } from './features.ts';
import { logistic } from './fit.ts';
import { at } from './linear.ts';
import type { LearnedRanking } from './model.ts';

export interface LearnedPreference {
  /** −1 … 1; 0 is the average candidate, or nothing known. */
  preference: number;
  /** What moved it most, to follow "has": "accepted products by Northmark 14 of 17 times"; empty where nothing did. */
  because: () => string;
}

interface Prepared {
  vocabulary: Vocabulary;
  variance: Float64Array;
  covariance: Float64Array | null;
}
const prepared = new WeakMap<LearnedRanking, Prepared>();

function prepare(learned: LearnedRanking): Prepared {
  const known = prepared.get(learned);
  if (known) return known;
  const made = {
    vocabulary: vocabularyOfNames(learned.names),
    variance: Float64Array.from(learned.variance),
    covariance: learned.covariance === null ? null : Float64Array.from(learned.covariance),
  };
  prepared.set(learned, made);
  return made;
}

export function preferencesOf(
  learned: LearnedRanking,
  candidates: readonly { product: CandidateProduct; parts: FixedParts }[],
): LearnedPreference[] {
  const span = spanOf(candidates.map(({ product }) => product));
  return preferencesOfFeatures(
    learned,
    candidates.map(({ product, parts }) => featuresOf(product, span, parts)),
  );
}

export function preferencesOfFeatures(
  learned: LearnedRanking,
  features: readonly RankingFeatures[],
): LearnedPreference[] {
  const ready = prepare(learned);
  const n = learned.mean.length;
  const rows = features.map((one) => encode(one, ready.vocabulary, false));
  const middle = new Float64Array(n);
  for (const row of rows) for (const [index, value] of row) middle[index]! += value / rows.length;
  const spread = spreadOf(ready, middle);
  let ofMiddle = 0;
  for (let i = 0; i < n; i += 1) ofMiddle += learned.mean[i]! * middle[i]!;
  return rows.map((row) => {
    let score = -ofMiddle;
    for (const [index, value] of row) score += learned.mean[index]! * value;
    const moderated = score / Math.sqrt(1 + (Math.PI / 8) * spread(row));
    return { preference: 2 * logistic(moderated) - 1, because: () => reasonOf(learned, row, middle) };
  });
}

/** Variance of a row's distance from the middle: xᵀΣx − 2 xᵀΣm + mᵀΣm. Entries of a row ascend. */
function spreadOf({ covariance, variance }: Prepared, middle: Float64Array) {
  const pulled = new Float64Array(middle.length);
  let own = 0;
  for (let i = 0; i < middle.length; i += 1) {
    let sum = 0;
    if (covariance === null) sum = variance[i]! * middle[i]!;
    else
      for (let j = 0; j < middle.length; j += 1)
        if (middle[j] !== 0) sum += covariance[at(i, j)]! * middle[j]!;
    pulled[i] = sum;
    own += middle[i]! * sum;
  }
  return (row: readonly [number, number][]): number => {
    let total = own;
    for (let a = 0; a < row.length; a += 1) {
      const [i, x] = row[a]!;
      total += x * (x * variance[i]! - 2 * pulled[i]!);
      if (covariance === null) continue;
      const base = (i * (i + 1)) / 2;
      for (let b = 0; b < a; b += 1) total += 2 * x * row[b]![1] * covariance[base + row[b]![0]]!;
    }
    return Math.max(0, total);
  };
}

/** A contribution under this much (in the logit) is not worth a word. */
const WORTH_SAYING = 0.1;

function reasonOf(learned: LearnedRanking, row: readonly [number, number][], middle: Float64Array): string {
  const values = new Map(row);
  const moves = [...middle.keys()]
    .map((index) => ({
      index,
      off: (values.get(index) ?? 0) - middle[index]!,
      by: learned.mean[index]! * ((values.get(index) ?? 0) - middle[index]!),
    }))
    // What a product is, not what it is not.
    .filter(({ index, by }) => by > WORTH_SAYING && (values.get(index) ?? 0) !== 0)
    .sort((a, b) => b.by - a.by)
    .slice(0, 2);
  return moves
    .map(({ index, off }) => {
      const name = learned.names[index]!;
      const counts = learned.evidence[name];
      if (counts !== undefined && counts[1] > 0)
        return `accepted ${labelOf(name)} ${counts[0]} of ${counts[1]} times`;
      return `leaned to ${off > 0 ? labelOf(name) : oppositeOf(name)}`;
    })
    .join(' and ');
}
