// Typing errors: an unknown word is read as the nearest word of the trade, or else of the catalogue.
import { doubleMetaphone } from 'double-metaphone';
import { COLOR_AND_MATERIAL_WORDS } from './colors.ts';
import { beginsName, isName, PURPOSE_WORDS, THESAURUS_WORDS } from './concepts.ts';
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

export function isTradeWord(word: string): boolean {
  return (
    PURPOSE_WORDS.has(word) ||
    THESAURUS_WORDS.has(word) ||
    COLOR_AND_MATERIAL_WORDS.has(word) ||
    VAGUE_WORDS.has(word)
  );
}

const TRADE_WORDS: readonly string[] = [...new Set([...THESAURUS_WORDS, ...COLOR_AND_MATERIAL_WORDS])];
const sounds = new Map<string, string>();

/** How a word of the trade sounds, as consonants. */
function soundOf(word: string): string {
  const known = sounds.get(word);
  if (known !== undefined) return known;
  const sound = heard(word);
  sounds.set(word, sound);
  return sound;
}
/** An ending "-er" is often not heard ("sofer"). */
const heard = (word: string): string => doubleMetaphone(word.replace(/(?:er|or|ar|ur)$/, 'a'))[0];
/** Words that sound the same count as this far from one another, however they are written ("matriss", "kabinet"). */
const SAME_SOUND = 1.2;
const MOST_LETTERS_APART = 2;

/** Lower is better: distance, then trade words before others, then a shared first letter, then frequency. */
function cost(typed: string, word: string, distance: number, frequency: number, sameSound: boolean): number {
  const first = typed[0] === word[0] || sameSound ? 0 : 0.6;
  return (
    distance + first - (THESAURUS_WORDS.has(word) ? 0.5 : 0) - Math.min(0.3, Math.log10(1 + frequency) / 12)
  );
}

interface Typed {
  readonly word: string;
  readonly stem: string;
}

/** @param onlyNames only a word one slip away that makes a name with its neighbours */
function nearest(
  { word: typed, stem: stemmed }: Typed,
  context: readonly string[],
  at: number,
  vocabulary: Vocabulary,
  onlyNames: boolean,
): string | undefined {
  const most = onlyNames ? Math.min(1, allowed(typed.length)) : allowed(typed.length);
  if (most === 0 || /\d/.test(typed)) return undefined;
  const sound = typed.length > 4 ? heard(typed) : '';
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  const consider = (word: string, ofTrade: boolean): void => {
    // "mattres" is one slip from the word, though its stem would be two.
    const sameSound =
      ofTrade &&
      sound.length > 1 &&
      Math.abs(word.length - typed.length) <= MOST_LETTERS_APART &&
      soundOf(word) === sound;
    const distance = Math.min(
      sameSound ? SAME_SOUND : Number.POSITIVE_INFINITY,
      editDistance(typed, word, most),
      stemmed === typed ? Number.POSITIVE_INFINITY : editDistance(stemmed, word, most),
    );
    if (!Number.isFinite(distance)) return;
    // Of a short word the first letter is rarely the wrong one: "ipad" is no "pad".
    if (typed.length < 5 && typed[0] !== word[0]) return;
    // A correction that makes a name with its neighbours ("bar stoll" → "bar stool") is the likelier one.
    const pair = (at > 0 && isName([context[at - 1]!, word])) || isName([word, context[at + 1] ?? '']);
    if (onlyNames && !pair) return;
    const value = cost(typed, word, distance, vocabulary.frequency(word), sameSound) - (pair ? 0.5 : 0);
    if (value < least) [best, least] = [word, value];
  };
  for (const word of TRADE_WORDS) consider(word, true);
  for (const word of vocabulary.near(typed.length)) consider(word, false);
  return best;
}

/** Words run together that begin a name, apart again: "nestof tables" → "nest of tables". */
export function splitWords(word: string, isKnown: (word: string) => boolean): [string, string] | undefined {
  for (let at = 3; at <= word.length - 2; at += 1) {
    const [first, second] = [word.slice(0, at), word.slice(at)];
    if (beginsName([stem(first), stem(second)]) && isKnown(second)) return [first, second];
  }
  return undefined;
}

/**
 * Stems with typing errors corrected. A word that English knows but neither the trade nor the catalogue is corrected only
 * where that makes a name ("glas door").
 */
export function correctStems(
  tokens: readonly Typed[],
  vocabulary: Vocabulary,
): { stems: string[]; corrected: boolean } {
  const stems = tokens.map((token) => token.stem);
  // From left to right: a word beside a corrected one is read beside what that became ("foldding chare").
  const fixed = [...stems];
  for (const [at, token] of tokens.entries()) {
    const typed = token.stem;
    if (STOP_WORDS.has(typed) || isTradeWord(typed) || vocabulary.frequency(typed) > 0) continue;
    const common = vocabulary.isCommon(typed) || vocabulary.isCommon(token.word);
    fixed[at] = stem(nearest(token, fixed, at, vocabulary, common) ?? typed);
  }
  return { stems: fixed, corrected: fixed.some((word, at) => word !== stems[at]) };
}
