// Typing errors: an unknown word is read as the nearest word of the trade, or else of the catalogue.
import { COLOR_AND_MATERIAL_WORDS } from './colors.ts';
import { isName, PURPOSE_WORDS, THESAURUS_WORDS } from './concepts.ts';
import { STOP_WORDS, stem, VAGUE_WORDS } from './words.ts';

export interface Vocabulary {
  /** In how many products a stem occurs; 0 for none. */
  frequency(stem: string): number;
  /** Stems of about this length, for correction. */
  near(length: number): Iterable<string>;
  /** Whether it is a common English word, whatever the catalogue says. */
  isCommon(word: string): boolean;
}

/** Optimal string alignment distance, or Infinity beyond `most`. */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return Number.POSITIVE_INFINITY;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let value = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        value = Math.min(value, before[j - 2]! + 1);
      row.push(value);
      least = Math.min(least, value);
    }
    if (least > most) return Number.POSITIVE_INFINITY;
    before = last;
    last = row;
  }
  return last[b.length]! <= most ? last[b.length]! : Number.POSITIVE_INFINITY;
}

const allowed = (length: number): number => (length < 4 ? 0 : length < 7 ? 1 : 2);

function isTradeWord(word: string): boolean {
  return (
    PURPOSE_WORDS.has(word) ||
    THESAURUS_WORDS.has(word) ||
    COLOR_AND_MATERIAL_WORDS.has(word) ||
    VAGUE_WORDS.has(word)
  );
}

/** Lower is better: distance, then trade words before others, then a shared first letter, then frequency. */
function cost(typed: string, word: string, distance: number, frequency: number): number {
  const first = typed[0] === word[0] ? 0 : 0.6;
  return (
    distance + first - (THESAURUS_WORDS.has(word) ? 0.5 : 0) - Math.min(0.3, Math.log10(1 + frequency) / 12)
  );
}

function nearest(
  typed: string,
  context: readonly string[],
  at: number,
  vocabulary: Vocabulary,
): string | undefined {
  const most = allowed(typed.length);
  if (most === 0 || /\d/.test(typed)) return undefined;
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  const consider = (word: string): void => {
    const distance = editDistance(typed, word, most);
    if (!Number.isFinite(distance)) return;
    // A correction that makes a name with its neighbours ("bar stoll" → "bar stool") is the likelier one.
    const pair = (at > 0 && isName([context[at - 1]!, word])) || isName([word, context[at + 1] ?? '']);
    const value = cost(typed, word, distance, vocabulary.frequency(word)) - (pair ? 0.5 : 0);
    if (value < least) [best, least] = [word, value];
  };
  for (const word of THESAURUS_WORDS) consider(word);
  for (const word of COLOR_AND_MATERIAL_WORDS) consider(word);
  for (const word of vocabulary.near(typed.length)) consider(word);
  return best;
}

/** Stems with typing errors corrected, each with what it was. */
export function correctStems(
  stems: readonly string[],
  vocabulary: Vocabulary,
): { stems: string[]; corrected: boolean } {
  const fixed = stems.map((typed, at) => {
    const known =
      STOP_WORDS.has(typed) ||
      isTradeWord(typed) ||
      vocabulary.frequency(typed) > 0 ||
      vocabulary.isCommon(typed);
    return known ? typed : stem(nearest(typed, stems, at, vocabulary) ?? typed);
  });
  return { stems: fixed, corrected: fixed.some((word, at) => word !== stems[at]) };
}
