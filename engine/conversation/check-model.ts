// What a language model says it read is checked against the message itself before it counts: every value needs a quote
// that stands in the message, figures and dates have to be in that quote, and where the built-in parser reads the same
// words otherwise, the parser holds. Pure. The rules are listed in docs/conversation.md.
import {
  Brief,
  type Brief as BriefShape,
  type Evidence,
  type EvidenceValue,
  SpecialRequirement,
} from '../../contract/brief.ts';
import { changedPaths } from '../brief/diff.ts';
import { copyState, Merger, tidy, valueAt } from '../brief/merge.ts';
import type { CountPath, ListPreference, Op } from '../brief/ops.ts';
import { parseBrief } from '../brief/parse.ts';
import { type Passage, passageOf } from './passage.ts';
import { speaksOf } from './vocabulary.ts';

/** As the model hands it in: the shape of the brief, nothing of it trusted. */
export interface ModelReading {
  fields: unknown;
  quotes: readonly { path: string; quote: string }[];
}

export interface Dropped {
  path: string;
  value: EvidenceValue;
  /** Half a sentence for people, without a full stop. */
  reason: string;
}

export interface CheckedReading {
  brief: BriefShape;
  evidence: Evidence[];
  /** Paths that differ from the brief as the parser left it. */
  changed: string[];
  accepted: Evidence[];
  /** Choices with a quote that says nothing of them in words the parser knows: to be confirmed by a person, not applied. */
  uncertain: Evidence[];
  dropped: Dropped[];
}

export interface CheckInput {
  message: string;
  /** The brief and its evidence after the built-in parser has read the message. */
  parsed: { brief: BriefShape; evidence: readonly Evidence[] };
  /** Index of this message; evidence of this turn is the parser's own reading of it. */
  turn: number;
  /** YYYY-MM-DD */
  reference_date: string;
}

const COUNTS: readonly string[] = [
  'employee_count',
  'workstation_count',
  'private_offices',
  'meeting_rooms',
  'phone_booths',
];
const FIGURES: readonly string[] = [
  ...COUNTS,
  'area_sqft',
  'max_lead_time_days',
  'budget.min',
  'budget.max',
  'budget.target',
  'timeline.flexibility_days',
];
const DATES: readonly string[] = ['timeline.delivery_date', 'timeline.installation_date'];
const NAMES: readonly string[] = [
  'preferences.preferred_brands',
  'preferences.colors',
  'preferences.materials',
];
const CHOICES: readonly string[] = [
  'space_type',
  'preferences.sustainability_priority',
  'preferences.ergonomics',
];
const LISTS: readonly string[] = ['special_requirements', 'excluded', 'preferences.style', ...NAMES];
const KNOWN: ReadonlySet<string> = new Set([...FIGURES, ...DATES, ...CHOICES, ...LISTS, 'budget.currency']);
const JUDGED: readonly string[] = [...CHOICES, 'special_requirements', 'excluded', 'preferences.style'];
/** More would not be a message but an attack on the reader's time. */
const MOST_VALUES = 60;

/** Of a quote for a choice: a whole paragraph says everything and nothing. */
const MOST_WORDS = 12;

/** Values of a reading, one entry a leaf, lists by member. */
function leavesOf(fields: unknown): { path: string; value: EvidenceValue }[] {
  const leaves: { path: string; value: EvidenceValue }[] = [];
  const walk = (value: unknown, path: string, depth: number): void => {
    if (leaves.length >= MOST_VALUES || depth > 3) return;
    if (Array.isArray(value)) for (const one of value) walk(one, path, depth + 1);
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) walk(inner, path ? `${path}.${key}` : key, depth + 1);
    else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      leaves.push({ path, value });
  };
  walk(fields, '', 0);
  return leaves;
}

/** True where the contract allows this value at this path. */
function isAllowed(path: string, value: EvidenceValue): boolean {
  if (!KNOWN.has(path)) return false;
  const leaf = LISTS.includes(path) ? [value] : value;
  const [head = '', tail] = path.split('.');
  return Brief.safeParse(tail === undefined ? { [head]: leaf } : { [head]: { [tail]: leaf } }).success;
}

const same = (a: unknown, b: unknown): boolean =>
  typeof a === 'string' && typeof b === 'string' ? a.toLowerCase() === b.toLowerCase() : a === b;

function holds(brief: BriefShape, path: string, value: EvidenceValue): boolean {
  const found = valueAt(brief, path);
  return Array.isArray(found) ? found.some((one) => same(one, value)) : same(found, value);
}

/** What the parser has read in this very message at a path. */
function statedHere(input: CheckInput, path: string): Evidence[] {
  return input.parsed.evidence.filter((one) => one.turn === input.turn && one.path === path);
}

/** Why a value does not count, or null where it does. */
function objection(input: CheckInput, path: string, value: EvidenceValue, passage: Passage): string | null {
  const own = statedHere(input, path);
  if (!LISTS.includes(path) && own.length > 0) return 'the built-in reader reads this otherwise';
  if (path.startsWith('budget.') && path !== 'budget.currency' && moneyStatedHere(input, value))
    return 'the built-in reader reads this sum otherwise';
  if (contraryList(input, path, value)) return 'the built-in reader reads the opposite';
  // Alone the quote would say so; in its message the parser found that it does not.
  const alone = parseBrief([passage.quote], { reference_date: input.reference_date });
  const read = valueAt(alone.brief, path);
  if (holds(alone.brief, path, value)) return 'the words around the quote take it back';
  if (read !== undefined && !LISTS.includes(path)) return 'the quote says something else';
  if (passage.asked) return 'it is asked, not stated';
  if (passage.negated !== (path === 'excluded'))
    return passage.negated ? 'the sentence denies it' : 'the sentence does not refuse it';
  return unproven(path, value, passage, alone.brief);
}

function moneyStatedHere(input: CheckInput, value: EvidenceValue): boolean {
  return ['budget.min', 'budget.max', 'budget.target'].some((role) =>
    statedHere(input, role).some((one) => one.value === value),
  );
}

function contraryList(input: CheckInput, path: string, value: EvidenceValue): boolean {
  const other =
    path === 'special_requirements' ? 'excluded' : path === 'excluded' ? 'special_requirements' : null;
  return other !== null && statedHere(input, other).some((one) => one.value === value);
}

/** Figures, dates and names have to stand in the quote. */
function unproven(path: string, value: EvidenceValue, passage: Passage, alone: BriefShape): string | null {
  if (FIGURES.includes(path)) {
    if (!passage.figures(path).some((figure) => Math.abs(figure - Number(value)) <= 1e-6 * figure))
      return 'the figure is not in the quote';
    const taken = COUNTS.find((one) => one !== path && valueAt(alone, one) === value);
    return taken === undefined ? null : `the figure counts ${taken.replaceAll('_', ' ')}`;
  }
  if (DATES.includes(path))
    return passage.dates.includes(String(value)) ? null : 'the date is not in the quote';
  if (NAMES.includes(path) || path === 'budget.currency')
    return passage.quote.toLowerCase().includes(String(value).toLowerCase())
      ? null
      : 'the name is not in the quote';
  // What words mean is the model's judgement; but words that the parser understands mean what it reads in them.
  if (Object.keys(alone).length > 0) return 'the quote says something else';
  return passage.quote.split(/\s+/).length > MOST_WORDS ? 'the quote is too long to say just that' : null;
}

/** The parser's own operation for a value, so that both readers follow the same rules of the contract. */
function operation(path: string, value: EvidenceValue): Op {
  if (COUNTS.includes(path))
    return { kind: 'count', path: path as CountPath, value: Number(value), head: '', mode: 'total' };
  if (path === 'special_requirements' || path === 'excluded') {
    const what = SpecialRequirement.parse(value);
    return path === 'excluded' ? { kind: 'refuse', what } : { kind: 'need', what };
  }
  if (LISTS.includes(path))
    return {
      kind: 'prefer',
      list: path.slice('preferences.'.length) as ListPreference,
      value: String(value),
    };
  if (path === 'budget.min' || path === 'budget.max' || path === 'budget.target')
    return { kind: 'budget', [path.slice('budget.'.length)]: Number(value) };
  return { kind: 'set', path, value };
}

function checkOne(
  input: CheckInput,
  quotes: ModelReading['quotes'],
  path: string,
  value: EvidenceValue,
): { passage: Passage; sure: boolean } | { reason: string } {
  if (!isAllowed(path, value)) return { reason: 'the brief has no such field or value' };
  const own = quotes.filter((one) => one.path === path);
  if (own.length === 0) return { reason: 'it came without a quote' };
  let reason = 'the quote does not stand in the message';
  let guess: { passage: Passage; sure: boolean } | null = null;
  for (const { quote } of own) {
    const passage = passageOf(input.message, quote, input.reference_date);
    if (passage === null) continue;
    const objected = objection(input, path, value, passage);
    const sure = !JUDGED.includes(path) || speaksOf(passage.quote, path, value);
    if (objected === null && sure) return { passage, sure };
    if (objected === null) guess ??= { passage, sure };
    else reason = objected;
  }
  return guess ?? { reason };
}

/**
 * The parser's brief with what else the model read and could prove. Values that the brief holds already are neither
 * accepted nor dropped.
 */
export function checkReading(reading: ModelReading, input: CheckInput): CheckedReading {
  const before = input.parsed.brief;
  const accepted: { path: string; value: EvidenceValue; passage: Passage }[] = [];
  const dropped: Dropped[] = [];
  const uncertain: Evidence[] = [];
  for (const { path, value } of leavesOf(reading.fields)) {
    if (KNOWN.has(path) && holds(before, path, value)) continue;
    const checked = checkOne(input, reading.quotes, path, value);
    if ('passage' in checked && checked.sure) accepted.push({ path, value, passage: checked.passage });
    else if ('passage' in checked)
      uncertain.push({ path, value, turn: input.turn, quote: checked.passage.quote });
    else dropped.push({ path, value, reason: checked.reason });
  }
  const state = copyState({ brief: before, evidence: [...input.parsed.evidence] });
  for (const { path, value, passage } of accepted) {
    const merger = new Merger(state, () => ({ turn: input.turn, quote: passage.quote }));
    merger.apply([{ op: operation(path, value), start: passage.start, end: passage.end }]);
    state.brief = merger.state.brief;
    state.evidence = merger.state.evidence;
  }
  tidy(state.brief);
  const told = (one: (typeof accepted)[number]): Evidence => ({
    path: one.path,
    value: one.value,
    turn: input.turn,
    quote: one.passage.quote,
  });
  return {
    brief: state.brief,
    evidence: state.evidence,
    changed: changedPaths(before, state.brief),
    accepted: accepted.map(told),
    uncertain,
    dropped,
  };
}
