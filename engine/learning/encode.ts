/** From features to sparse rows under a vocabulary: the bias first, then the numeric features, then terms. */
import {
  NUMERIC_FEATURES,
  type RankingFeatures,
  type TrainingInput,
  type TrainingLabel,
} from '../../contract/learning.ts';
import type { SparseRows } from './fit.ts';

export const BIAS = 'bias';
const FIXED: readonly string[] = [BIAS, ...NUMERIC_FEATURES];

/** A row to learn from, as it is read from the store. */
export interface LearningRow {
  organization_id: string;
  /** Milliseconds since 1970. */
  decided_at: number;
  input: TrainingInput;
  label: TrainingLabel;
}

export interface Vocabulary {
  names: string[];
  index: ReadonlyMap<string, number>;
}

export function vocabularyOf(terms: readonly string[]): Vocabulary {
  const names = [...FIXED, ...terms.filter((term) => !FIXED.includes(term))];
  return { names, index: new Map(names.map((name, index) => [name, index])) };
}

export function vocabularyOfNames(names: readonly string[]): Vocabulary {
  return { names: [...names], index: new Map(names.map((name, index) => [name, index])) };
}

export interface TermRule {
  most: number;
  least_rows: number;
  least_organizations: number;
}

/** Terms that enough rows of enough organizations speak of, by rows, then alphabetically; `known` ones are left out. */
export function termsIn(
  rows: readonly LearningRow[],
  rule: TermRule,
  known: ReadonlySet<string> = new Set(),
): string[] {
  const seen = new Map<string, { rows: number; organizations: Set<string> }>();
  for (const { input, organization_id, label } of rows) {
    if (label.weight <= 0) continue;
    // In a pair only what differs says anything.
    const against = new Set(input.against?.terms ?? []);
    const own = new Set(input.features.terms);
    const differing = [...input.features.terms, ...(input.against?.terms ?? [])].filter(
      (term) => input.kind === 'point' || own.has(term) !== against.has(term),
    );
    for (const term of new Set(differing)) {
      if (known.has(term)) continue;
      const entry = seen.get(term) ?? { rows: 0, organizations: new Set<string>() };
      entry.rows += 1;
      entry.organizations.add(organization_id);
      seen.set(term, entry);
    }
  }
  return [...seen]
    .filter(([, one]) => one.rows >= rule.least_rows && one.organizations.size >= rule.least_organizations)
    .sort((a, b) => b[1].rows - a[1].rows || (a[0] < b[0] ? -1 : 1))
    .slice(0, rule.most)
    .map(([term]) => term);
}

/** Entries of one product, indexes ascending; the bias only where asked for. */
export function encode(
  features: RankingFeatures,
  vocabulary: Vocabulary,
  bias: boolean,
): [index: number, value: number][] {
  const entries: [number, number][] = bias ? [[0, 1]] : [];
  for (const [at, name] of NUMERIC_FEATURES.entries()) {
    const value = features.numeric[name];
    if (value !== 0) entries.push([at + 1, value]);
  }
  // A term counts once, however often it is given: doubled entries would bend the curvature out of shape.
  const terms = [...new Set(features.terms)]
    .map((term) => vocabulary.index.get(term))
    .filter((index): index is number => index !== undefined)
    .sort((a, b) => a - b);
  for (const index of terms) entries.push([index, 1]);
  return entries;
}

/** A row as entries: the product with bias, or the difference of two products without. */
export function encodeRow(input: TrainingInput, vocabulary: Vocabulary): [number, number][] {
  if (input.kind === 'point' || input.against === null) return encode(input.features, vocabulary, true);
  const sums = new Map<number, number>(encode(input.features, vocabulary, false));
  for (const [index, value] of encode(input.against, vocabulary, false))
    sums.set(index, (sums.get(index) ?? 0) - value);
  return [...sums].filter(([, value]) => value !== 0).sort((a, b) => a[0] - b[0]);
}

/** `weightOf` has the last word on what a row counts. Rows that count nothing are left out. */
export function encodeRows(
  rows: readonly LearningRow[],
  vocabulary: Vocabulary,
  weightOf: (row: LearningRow) => number,
): SparseRows {
  const kept = rows.filter((row) => weightOf(row) > 0);
  const encoded = kept.map((row) => encodeRow(row.input, vocabulary));
  const total = encoded.reduce((a, entries) => a + entries.length, 0);
  const sparse: SparseRows = {
    start: new Int32Array(kept.length + 1),
    index: new Int32Array(total),
    value: new Float64Array(total),
    label: Float64Array.from(kept, (row) => row.label.label),
    weight: Float64Array.from(kept, weightOf),
  };
  let next = 0;
  for (const [r, entries] of encoded.entries()) {
    for (const [index, value] of entries) {
      sparse.index[next] = index;
      sparse.value[next] = value;
      next += 1;
    }
    sparse.start[r + 1] = next;
  }
  return sparse;
}
