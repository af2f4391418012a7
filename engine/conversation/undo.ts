// "Undo that", "take that back", "revert my last change": whether a message is an order to take the last thing back, and what
// a change of the brief comes to when it is taken back. Pure.
import type { Brief } from '../../contract/brief.ts';
import { valueAt } from '../brief/merge.ts';

const LEAD =
  '^\\W*(?:(?:no|oh|oops|sorry|wait|actually|ok|okay|hmm|please|can you|could you|and|well)\\W+){0,3}';
const WHAT =
  '(?:\\s+(?:that|this|it|those|them|all of that|(?:the|my|that|your|this) (?:last|latest|previous|most recent)?\\s?(?:one|thing|change|changes|edit|swap|step|message|update|bit|part)?|what you (?:just )?did))?';
const TAIL =
  '(?:,?\\s+(?:please|again|now|then|back|as it was|too|as well|also|once more|one more time|another time))*\\W*$';
const STRONG = new RegExp(
  `${LEAD}(?:undo|revert|reverse|roll\\s?back|take${WHAT}\\s+back|take back|put${WHAT}\\s+back|change${WHAT}\\s+back|go back(?: to (?:how|what) it was)?|restore|(?:(?:one|1|another) (?:more )?|a )step back|go (?:one|1|another) (?:more )?(?:step )?back|go back (?:one|1|another)(?: more)?(?: (?:step|change))?|(?:and )?the (?:one|change|step) before(?: (?:that|it))?)${WHAT}${TAIL}`,
  'i',
);
const WEAK = new RegExp(
  `${LEAD}(?:scratch|forget|ignore|cancel|disregard|scrap|never ?mind)${WHAT}${TAIL}`,
  'i',
);

/** 'strong' reaches back to the last thing done; 'weak' only means the message just before. */
export function asksUndo(text: string): 'strong' | 'weak' | null {
  if (text.length > 80) return null;
  return STRONG.test(text) ? 'strong' : WEAK.test(text) ? 'weak' : null;
}

export interface FieldChange {
  path: string;
  before?: unknown;
  after?: unknown;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(empty(a)) === JSON.stringify(empty(b));
const empty = (value: unknown): unknown =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0) ? null : value;

export interface Answer {
  /** The message it answers. */
  said: string;
  /** What it changed of the brief. */
  changes: readonly FieldChange[];
}

/**
 * Which of the answers, the latest first, an order to take something back looks at, in this order: an answer that itself took a
 * change back is left out together with the change it took back, so that saying it again goes one step further.
 */
export function stepsBack(answers: readonly Answer[]): number[] {
  let taken = 0;
  return answers.flatMap(({ said, changes }, index) => {
    if (changes.length === 0) return [index];
    if (asksUndo(said) !== null) {
      taken++;
      return [];
    }
    if (taken === 0) return [index];
    taken--;
    return [];
  });
}

/** The brief with the changes taken back that nobody has changed since, and their paths. */
export function takenBack(
  brief: Brief,
  changes: readonly FieldChange[],
): { brief: Brief; changed: string[] } {
  const standing = changes.filter(
    ({ path, before, after }) => same(valueAt(brief, path), after) && !same(before, after),
  );
  const restored = structuredClone(brief) as Record<string, unknown>;
  for (const { path, before } of standing) write(restored, path.split('.'), empty(before));
  return { brief: restored as Brief, changed: standing.map(({ path }) => path) };
}

/** Null takes the field out, and what is left empty by that. */
function write(node: Record<string, unknown>, [key = '', ...rest]: string[], value: unknown): void {
  if (rest.length === 0) {
    if (value === null) delete node[key];
    else node[key] = value;
    return;
  }
  const inner = { ...((node[key] as Record<string, unknown> | undefined) ?? {}) };
  write(inner, rest, value);
  if (Object.keys(inner).length === 0) delete node[key];
  else node[key] = inner;
}
