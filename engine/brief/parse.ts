// The brief parser: free text of a conversation to a brief with the sentence behind every value. Offline, pure,
// without a clock: the reference date is an argument. How it reads is described in docs/brief-parser.md.
import type { Brief, BriefParse, BriefState, Evidence, Intent } from '../../contract/brief.ts';
import { judgesProposal, readAmendments } from './amend.ts';
import { nameAnswer, nameFollowing, openCount } from './answers.ts';
import { readBrands } from './brands.ts';
import { capsBudget, readBudget } from './budget.ts';
import { type Day, parseDay } from './calendar.ts';
import { readConversions } from './convert.ts';
import { readCounts } from './counts.ts';
import { markDates } from './dates.ts';
import { changedPaths } from './diff.ts';
import { intentOf } from './intent.ts';
import { copyState, emptyState, Merger, type State, tidy, valueAt } from './merge.ts';
import { readNeeds, refusedByReference } from './needs.ts';
import type { Op, PlacedOp } from './ops.ts';
import { readArea, readSpaceType } from './place.ts';
import { openQuestions } from './questions.ts';
import { readSentences, type Sentence } from './sentences.ts';
import { openSwaps } from './swap.ts';
import { readTaste, readValues } from './taste.ts';
import { readTimeline } from './timeline.ts';

export interface ParseOptions {
  /** The day the conversation is read on, YYYY-MM-DD; relative dates count from it. */
  reference_date: string;
  /** Result of an earlier call: `turns` then holds only what was said since. */
  previous?: BriefState;
}

/** Operations of one sentence, in the order in which they are to be applied. */
function readSentence(sentence: Sentence, reference: Day): Op[] {
  const raw = openSwaps(sentence.raw);
  const live = openSwaps(sentence.live.replace(/ {2,}/g, ' '));
  if (live.trim() === '') return [];
  const converted = readConversions(live);
  const dated = markDates(converted.rest, reference);
  const brands = readBrands(raw, live);
  const counts = readCounts(dated);
  const budget = readBudget(dated);
  const space = readSpaceType(live);
  const area = readArea(dated);
  const timeline = readTimeline(dated);
  const boothsCounted = counts.some(
    (op) => (op.kind === 'count' || op.kind === 'ratio') && op.path === 'phone_booths',
  );
  const needs = readNeeds(live, boothsCounted).filter(
    (op) =>
      !(
        op.kind === 'need' &&
        space !== null &&
        ((op.what === 'reception' && space === 'reception') ||
          (op.what === 'training_room' && space === 'education'))
      ),
  );
  const amendments = readAmendments(dated, counts.length + budget.length + area.length > 0);
  const changesCount = new Set(amendments.flatMap((op) => (op.kind === 'count' ? [op.path] : [])));
  const kept = counts.filter((op) => op.kind !== 'count' || !changesCount.has(op.path) || op.value === 0);
  const moneyChange = amendments.some((op) => op.kind === 'budget_change');
  return [
    ...amendments.filter((op) => op.kind === 'start_over' || op.kind === 'withdraw'),
    ...(space ? [{ kind: 'set', path: 'space_type', value: space } as const] : []),
    ...kept,
    ...area,
    ...(moneyChange ? [] : budget),
    ...(capsBudget(dated) ? [{ kind: 'cap' } as const] : []),
    ...timeline,
    ...needs,
    ...refusedByReference(sentence.norm, live),
    ...readTaste(withoutNames(live, brands), raw),
    ...readValues(live),
    ...brands,
    ...converted.ops,
    ...amendments.filter((op) => op.kind !== 'start_over' && op.kind !== 'withdraw'),
  ];
}

/** The line without the makers' names, some of which are also colours or woods. */
function withoutNames(live: string, brands: readonly Op[]): string {
  let line = live;
  for (const op of brands) {
    if (op.kind !== 'prefer' && op.kind !== 'avoid') continue;
    const name = op.value.toLowerCase().replaceAll('&', 'and');
    line = line.replaceAll(` ${name} `, ' ~ ');
  }
  return line;
}

interface TurnResult {
  state: State;
  intent: Intent;
  changed: string[];
  /** An earlier turn was taken back. */
  undoes: boolean;
  /** A count that was named without its number. */
  open: string | null;
}

interface Context {
  /** What undoing goes back to. */
  earlier: State | undefined;
  /** A count that the turn before named without its number. */
  open: string | null;
}

/** The first kind of space stated in a turn holds, unless a later sentence corrects it. */
function firstSpaceOnly(placed: readonly PlacedOp[]): PlacedOp[] {
  let seen = false;
  return placed.filter(({ op }) => {
    if (op.kind !== 'set' || op.path !== 'space_type') return true;
    if (seen) return false;
    seen = true;
    return true;
  });
}

function readTurn(
  turn: string,
  index: number,
  before: State,
  { earlier, open }: Context,
  reference: Day,
): TurnResult {
  const sentences = readSentences(turn);
  nameFollowing(sentences);
  if (index > 0) nameAnswer(sentences, open, before.brief);
  const placed: PlacedOp[] = firstSpaceOnly(
    sentences.flatMap((one) =>
      readSentence(one, reference).map((op) => ({ op, start: one.start, end: one.end })),
    ),
  );
  if (sentences.some((one) => judgesProposal(one.norm)))
    for (let i = placed.length - 1; i >= 0; i--) if (placed[i]?.op.kind === 'start_over') placed.splice(i, 1);
  let state = copyState(before);
  const undoes = placed.some(({ op }) => op.kind === 'undo');
  if (undoes) state = copyState(earlier ?? undone(before, index));
  const merger = new Merger(state, (one) => ({ turn: index, quote: turn.slice(one.start, one.end) }));
  merger.apply(placed);
  tidy(merger.state.brief);
  const changed = changedPaths(before.brief, merger.state.brief);
  return {
    state: merger.state,
    changed,
    undoes,
    open: openCount(sentences),
    intent: intentOf({
      norm: sentences.map((one) => one.norm).join(' '),
      live: sentences.map((one) => one.live).join(' '),
      question: sentences.some((one) => one.question),
      changes: changed.length,
      overwrote: overwrote(before.brief, merger.state.brief),
      stated: placed.length > 0,
      first: index === 0,
      amended: placed.some(({ op }) =>
        [
          'amend',
          'amend_day',
          'amend_month',
          'convert',
          'withdraw',
          'undo',
          'start_over',
          'shift',
          'budget_change',
        ].includes(op.kind),
      ),
    }),
  };
}

/** Without the states in between: the state less what the latest turn added. */
function undone(before: State, index: number): State {
  const state = copyState(before);
  const merger = new Merger(state, () => ({ turn: index, quote: '' }));
  for (const entry of before.evidence.filter((one) => one.turn === index - 1)) {
    if (typeof entry.value === 'string' && Array.isArray(valueAt(before.brief, entry.path)))
      merger.remove(entry.path, entry.value);
    else merger.clear(entry.path);
  }
  return merger.state;
}

/** True when a value that stood before the turn is another one, or gone, after it. */
function overwrote(before: Brief, after: Brief): boolean {
  return changedPaths(before, after).some((path) => {
    const old = valueAt(before, path);
    const now = valueAt(after, path);
    if (old === undefined) return false;
    if (Array.isArray(old)) return !Array.isArray(now) || old.some((value) => !now.includes(value));
    return true;
  });
}

/**
 * Reads a conversation into a brief.
 * `turns` are the client's messages, oldest first; `evidence[].turn` counts from 0 over the whole conversation.
 * Throws RangeError when the reference date is not a calendar day.
 */
export function parseBrief(turns: readonly string[], options: ParseOptions): BriefParse {
  const reference = parseDay(options.reference_date);
  if (!reference)
    throw new RangeError(`reference_date "${options.reference_date}" is not a day; write it as YYYY-MM-DD`);
  const { previous } = options;
  let state: State = previous
    ? copyState({ brief: previous.brief, evidence: [...previous.evidence] })
    : emptyState();
  const offset = previous?.turns ?? nextTurn(previous?.evidence ?? []);
  // What undoing goes back to: the state before each turn that changed something, the latest last.
  const steps: State[] = [];
  let open: string | null = null;
  let intent: Intent = 'other';
  let changed: string[] = [];
  turns.forEach((turn, i) => {
    const result = readTurn(turn, offset + i, state, { earlier: steps.at(-1), open }, reference);
    if (result.undoes) steps.pop();
    else if (result.changed.length > 0) steps.push(state);
    ({ state, intent, changed, open } = result);
  });
  return {
    brief: state.brief,
    intent,
    changed,
    evidence: state.evidence,
    questions: openQuestions(state.brief),
  };
}

function nextTurn(evidence: readonly Evidence[]): number {
  return evidence.reduce((next, entry) => Math.max(next, entry.turn + 1), 0);
}
