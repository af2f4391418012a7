// Scores a parser against judged cases: slot F1, exact briefs, intents. A slot is a path with its value; each member
// of a list is a slot of its own.
import type { Brief, Intent } from '../../contract/brief.ts';

export interface JudgedCase {
  id: string;
  turns: string[];
  brief: Brief;
  intent: Intent;
  /** Overrides the set's reference date. */
  reference_date?: string;
}

export interface JudgedSet {
  note: string;
  reference_date: string;
  cases: JudgedCase[];
}

export interface Score {
  cases: number;
  precision: number;
  recall: number;
  f1: number;
  /** Shares from 0 to 1. */
  exact: number;
  intents: number;
}

/** Path = value lines of a brief; names are compared without regard to case. */
export function slotsOf(brief: Brief): string[] {
  const slots: string[] = [];
  const walk = (value: unknown, path: string): void => {
    if (Array.isArray(value)) for (const one of value) slots.push(`${path}=${String(one).toLowerCase()}`);
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) walk(inner, path ? `${path}.${key}` : key);
    else if (value !== undefined) slots.push(`${path}=${String(value)}`);
  };
  walk(brief, '');
  return slots;
}

/** Wrong and missing slots of one case. */
export function compareBriefs(expected: Brief, found: Brief): { missing: string[]; extra: string[] } {
  const want = slotsOf(expected);
  const got = slotsOf(found);
  return {
    missing: want.filter((slot) => !got.includes(slot)),
    extra: got.filter((slot) => !want.includes(slot)),
  };
}

/** Scores `parse` on a set. */
export function scoreSet(
  set: JudgedSet,
  parse: (turns: string[], referenceDate: string) => { brief: Brief; intent: Intent },
): Score {
  let hits = 0;
  let wanted = 0;
  let given = 0;
  let exact = 0;
  let intents = 0;
  for (const one of set.cases) {
    const { brief, intent } = parse(one.turns, one.reference_date ?? set.reference_date);
    const { missing, extra } = compareBriefs(one.brief, brief);
    const want = slotsOf(one.brief).length;
    const got = slotsOf(brief).length;
    hits += want - missing.length;
    wanted += want;
    given += got;
    if (missing.length + extra.length === 0) exact++;
    if (intent === one.intent) intents++;
  }
  const precision = given ? hits / given : 1;
  const recall = wanted ? hits / wanted : 1;
  const n = set.cases.length || 1;
  return {
    cases: set.cases.length,
    precision,
    recall,
    f1: precision + recall ? (2 * precision * recall) / (precision + recall) : 0,
    exact: exact / n,
    intents: intents / n,
  };
}
