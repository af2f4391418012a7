// "Half of those offices should be workstations instead", "swap two of the meeting rooms for booths": some of what was counted
// becomes something else. How many there were is known to the brief only, so that merge.ts does the sum.
import { COUNT_NOUNS } from './lexicon-counts.ts';
import type { CountPath, Op } from './ops.ts';
import { pattern } from './patterns.ts';

const SOME =
  '(half|a third|a quarter|\\d+)(?: (?:more|extra))?(?: of)?(?: (?:the|those|these|our|your|them))*';
const INTO =
  '(?:(?:should|could|can|must|will|would|have to|need to|are to|ought to) (?:be|become|turn into)|become|to be|to become|turn(?:ed)? into|convert(?:ed)? (?:in)?to|for|into|to|with|as)';
const SHARES: Readonly<Record<string, number>> = { half: 1 / 2, 'a third': 1 / 3, 'a quarter': 1 / 4 };
const CUE =
  /\b(?:swap|convert|turn|trade|exchange|replace|repurpose|change|switch|make|should (?:be|become)|become|can (?:be|become)|could (?:be|become)|to become)/;

/** The countable thing `text` begins with, after at most three words of its own. */
function countedAt(text: string): CountPath | null {
  for (const { path, noun, guard } of COUNT_NOUNS) {
    const m = pattern(
      `^ ?(?:(?:more|extra|additional|a|an|the) )?(?:[a-z]+ ){0,2}?(?:${noun})(?![a-z])`,
    ).exec(text);
    if (m && !guard?.test(m[0])) return path;
  }
  return null;
}

/** Conversions stated on a line, and the line without them, so that their figures are not counted again. */
export function readConversions(norm: string): { ops: Op[]; rest: string } {
  if (!CUE.test(norm)) return { ops: [], rest: norm };
  const m = pattern(
    `\\b(?:(?:swap|convert|turn|trade|exchange|replace|repurpose|change|switch|make)(?: out)? )?${SOME} ((?:[a-z]+ ){0,3}?[a-z]+) ${INTO} ((?:[a-z]+ ){0,4}[a-z]+)`,
  ).exec(norm);
  if (!m) return { ops: [], rest: norm };
  const from = countedAt(m[2] ?? '');
  const to = countedAt(m[3] ?? '');
  if (!from || !to || from === to || from === 'employee_count' || to === 'employee_count')
    return { ops: [], rest: norm };
  const share = SHARES[m[1] ?? ''];
  return {
    ops: [{ kind: 'convert', from, to, ...(share ? { share } : { amount: Number(m[1]) }) }],
    rest: norm.replace(m[0], ' ~ '),
  };
}
