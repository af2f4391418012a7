// The brief parser: free text of a conversation to a brief with the sentence behind every value. Offline, pure,
// without a clock: the reference date is an argument. How it reads is described in docs/brief-parser.md.
import type { Brief, BriefParse, BriefState, Evidence, Intent } from '../../contract/brief.ts';
import { readAmendments } from './amend.ts';
import { readBrands } from './brands.ts';
import { capsBudget, readBudget } from './budget.ts';
import { type Day, parseDay } from './calendar.ts';
import { lastCounted, readCounts } from './counts.ts';
import { markDates } from './dates.ts';
import { changedPaths } from './diff.ts';
import { intentOf } from './intent.ts';
import { copyState, emptyState, Merger, type State, tidy } from './merge.ts';
import { readNeeds, refusedByReference } from './needs.ts';
import { normalise } from './normalise.ts';
import type { Op, PlacedOp } from './ops.ts';
import { readArea, readSpaceType } from './place.ts';
import { openQuestions } from './questions.ts';
import { ownAnswer, scopeSentence } from './scope.ts';
import { openSwaps } from './swap.ts';
import { readTaste, readValues } from './taste.ts';
import { cutSentences, maskTurn } from './text.ts';
import { readTimeline } from './timeline.ts';

export interface ParseOptions {
  /** The day the conversation is read on, YYYY-MM-DD; relative dates count from it. */
  reference_date: string;
  /** Result of an earlier call: `turns` then holds only what was said since. */
  previous?: BriefState;
}

interface Sentence {
  start: number;
  end: number;
  raw: string;
  norm: string;
  live: string;
  question: boolean;
}

/** Sentences of a turn with their stated part. */
function readSentences(turn: string): Sentence[] {
  const masked = maskTurn(turn);
  const cut = cutSentences(masked).map((stretch) => ({
    ...stretch,
    raw: masked.slice(stretch.start, stretch.end),
  }));
  const norms = cut.map((one) => normalise(one.raw));
  const sentences = cut.map(({ start, end, raw, asks }, i) => {
    const norm = nameFigure(nameThem(norms[i] ?? ' ', norms.slice(0, i)), norms[i - 1]);
    const { live, question } = scopeSentence(norm, asks);
    const answer = asks ? ownAnswer(norm, norms[i + 1]) : null;
    if (answer) {
      const asked = norm
        .replace(/\?/g, ' ')
        .replace(
          /^ ?(?:(?:and|so|ok|also|well|then|what about|how about)[ ,]+)*(?:(?:do|does|did|would|should|will|are|is|have) (?:we|you|they|the team|it|there|i|your [a-z]+) (?:really |also |still |even )*)?(?:(?:need|want|require|like|prefer|have|use|plan on|going to need)(?: to have)? )?/,
          ' ',
        );
      return {
        start,
        end,
        raw,
        norm,
        live: answer === 'no' ? ` no ${asked.trim()} . ` : ` ${asked.trim()} . `,
        question: false,
      };
    }
    return { start, end, raw, norm, live, question };
  });
  return joinKeyed(sentences);
}

/** "Today we have 25 desks; we need 55": what is needed is named by what is there. */
function nameFigure(norm: string, before: string | undefined): string {
  const need =
    /\b(?:need|needs|want|wants|require|requires|looking for|grow to|growing to|going up to|up to) (?:about |at least )?(\d+)(?= (?:in|for|at|by|on|now|there|instead|once|when|from|this|next|soon|please)\b| ?[.,;!]| ?$)/.exec(
      norm,
    );
  if (!need) return norm;
  const head = norm.slice(0, need.index);
  const stock = lastCounted(head) === null && before !== undefined ? before : head;
  if (!/\b(?:currently|today|now|at the moment|at present|existing|already|so far|these days)\b/.test(stock))
    return norm;
  const noun = lastCounted(stock);
  const end = need.index + need[0].length;
  return noun === null || noun === 'people' ? norm : `${norm.slice(0, end)} ${noun}${norm.slice(end)}`;
}

/** "Headcount? 45. Budget? 200k." reads like "headcount: 45". */
function joinKeyed(sentences: Sentence[]): Sentence[] {
  for (let i = 0; i + 1 < sentences.length; i++) {
    const one = sentences[i];
    const next = sentences[i + 1];
    const counted = one && next && !next.question ? countedAnswer(one, next) : null;
    if (one && next && counted) {
      one.live = counted;
      one.question = false;
      one.end = next.end;
      next.live = ' ';
      continue;
    }
    if (
      !one?.question ||
      !next ||
      next.question ||
      !/^ [a-z]+(?: [a-z]+){0,3} \? ?$/.test(one.norm) ||
      next.norm.trim().split(' ').length > 6
    )
      continue;
    if (
      /^ (?:and|so|what|how|which|who|when|where|why|can|could|do|does|is|are|will|would|should|right|ok|really|any|anything|questions?|thoughts?|ideas?|sorry|hello|hi|possible|you|we)\b/.test(
        one.norm,
      ) ||
      next.live.trim() === ''
    )
      continue;
    one.live = ` ${one.norm.replace('?', ':').trim()} ${next.live.trim()} `;
    one.question = false;
    one.end = next.end;
    next.live = ' ';
  }
  return sentences;
}

/** "How many desks do you need? 45." reads like "45 desks". */
function countedAnswer(asked: Sentence, next: Sentence): string | null {
  if (!/^ ?(?:(?:and|so|ok) ,? ?)?how many\b/.test(asked.norm) || lastCounted(next.norm) !== null)
    return null;
  const noun = lastCounted(asked.norm);
  const figure =
    /^ ?(?:(?:oh|well|we have|we are|there are|it is|i think|um)(?: ,)? ){0,4}(\d+)(?= ?(?:[.,;!]|$|or so|in total|of us|now|give or take))/.exec(
      next.live,
    );
  return noun && figure ? ` ${figure[1]} ${noun} ${next.live.slice(figure[0].length).trim()} ` : null;
}

/** "We want 4 of them": the noun is taken from the sentence before. */
function nameThem(norm: string, earlier: readonly string[]): string {
  const bare =
    /(?<![\w.‹§#])(\d+) of (?:them|those|these)\b|\b(?:need|want|take|order|have|give us|get us) (?:only |just )?(\d+)(?= (?:\.|!|$)| $)/.exec(
      norm,
    );
  if (!bare || lastCounted(norm) !== null) return norm;
  for (const sentence of earlier.slice(-2).reverse()) {
    const noun = lastCounted(sentence);
    if (noun)
      return norm.replace(bare[0], bare[0].replace(/(\d+)(?: of (?:them|those|these))?/, `$1 ${noun}`));
  }
  return norm;
}

/** Operations of one sentence, in the order in which they are to be applied. */
function readSentence(sentence: Sentence, reference: Day): Op[] {
  const raw = openSwaps(sentence.raw);
  const live = openSwaps(sentence.live.replace(/ {2,}/g, ' '));
  if (live.trim() === '') return [];
  const dated = markDates(live, reference);
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
  history: readonly State[],
  reference: Day,
): TurnResult {
  const sentences = readSentences(turn);
  const placed: PlacedOp[] = firstSpaceOnly(
    sentences.flatMap((one) =>
      readSentence(one, reference).map((op) => ({ op, start: one.start, end: one.end })),
    ),
  );
  let state = copyState(before);
  if (placed.some(({ op }) => op.kind === 'undo')) state = copyState(history.at(-2) ?? undone(before, index));
  const merger = new Merger(state, (one) => ({ turn: index, quote: turn.slice(one.start, one.end) }));
  merger.apply(placed);
  tidy(merger.state.brief);
  const changed = changedPaths(before.brief, merger.state.brief);
  return {
    state: merger.state,
    changed,
    intent: intentOf({
      norm: sentences.map((one) => one.norm).join(' '),
      live: sentences.map((one) => one.live).join(' '),
      question: sentences.some((one) => one.question),
      changes: changed.length,
      overwrote: overwrote(before.brief, merger.state.brief),
      stated: placed.length > 0,
      first: index === 0,
      amended: placed.some(({ op }) =>
        ['amend', 'amend_day', 'withdraw', 'undo', 'start_over', 'shift', 'budget_change'].includes(op.kind),
      ),
    }),
  };
}

/** Without the states in between: the state less what the latest turn added. */
function undone(before: State, index: number): State {
  const state = copyState(before);
  const merger = new Merger(state, () => ({ turn: index, quote: '' }));
  for (const entry of before.evidence.filter((one) => one.turn === index - 1)) {
    if (typeof entry.value === 'string' && Array.isArray(at(before.brief, entry.path)))
      merger.remove(entry.path, entry.value);
    else merger.clear(entry.path);
  }
  return merger.state;
}

function at(brief: Brief, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined,
      brief,
    );
}

/** True when a value that stood before the turn is another one, or gone, after it. */
function overwrote(before: Brief, after: Brief): boolean {
  return changedPaths(before, after).some((path) => {
    const old = at(before, path);
    const now = at(after, path);
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
  const history: State[] = [state];
  let intent: Intent = 'other';
  let changed: string[] = [];
  turns.forEach((turn, i) => {
    const result = readTurn(turn, offset + i, state, i > 0 ? history : [], reference);
    ({ state, intent, changed } = result);
    history.push(state);
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
