// Puts right what a recogniser usually gets wrong in plans: letters and digits that look alike, capitals, specks beside
// room numbers, and words one or two letters from a word that rooms are named with.
import { ROOM_NAMES } from '../names.data.ts';
import type { ReadText } from './assemble.ts';

const WORDS: ReadonlySet<string> = new Set(
  ROOM_NAMES.flatMap(({ phrases }) =>
    phrases.flatMap((phrase) => phrase.toUpperCase().split(/[^\p{L}]+/u)),
  ).filter((word) => word.length >= 4),
);
const BY_LENGTH = Map.groupBy(WORDS, (word) => word.length);
/** Letters that digits in a word are, and digits that letters in a number are. */
const AS_LETTER: Record<string, string> = { '0': 'O', '1': 'I', '3': 'B', '5': 'S', '8': 'B' };
const AS_DIGIT: Record<string, string> = {
  O: '0',
  o: '0',
  Q: '0',
  l: '1',
  I: '1',
  i: '1',
  z: '2',
  Z: '2',
  s: '5',
};
/** Signs that a line beside a number is read as. */
const SPECK = /^[lIJLi1[\]|](?=\d)|(?<=\d)[lIJLi1[\]|]$/;
/** Share of the numbers that have the usual count of digits, from which one digit more is a line beside the number. */
const USUAL = 0.6;

/** The texts as they most likely stand in the drawing; lines that are no words are left out. */
export function mendTexts(texts: readonly ReadText[]): ReadText[] {
  const capitals = isCapitals(texts);
  const digits = usualDigits(texts);
  return texts.flatMap((text) => {
    const words = text.value.split(' ').flatMap((word) => {
      // In a drawing lettered in capitals, small letters are furniture and specks.
      if (capitals && text.sure < 0.9 && /^[\p{Ll}]{1,5}$/u.test(word)) return [];
      return [mended(capitals ? word.toUpperCase() : word, word, digits)];
    });
    const value = words.join(' ');
    return /[\p{L}\p{N}]/u.test(value) ? [{ ...text, value }] : [];
  });
}

function isCapitals(texts: readonly ReadText[]): boolean {
  let [upper, lower] = [0, 0];
  for (const { value } of texts)
    for (const letter of value) {
      if (/\p{Lu}/u.test(letter)) upper++;
      else if (/\p{Ll}/u.test(letter)) lower++;
    }
  return upper > 4 * lower;
}

/** How many digits the drawing's bare numbers usually have, or null where they differ. */
function usualDigits(texts: readonly ReadText[]): number | null {
  const counts = new Map<number, number>();
  let total = 0;
  for (const { value } of texts) {
    if (!/^\d{2,5}$/.test(value)) continue;
    total++;
    counts.set(value.length, (counts.get(value.length) ?? 0) + 1);
  }
  const [best] = [...counts].sort((p, q) => q[1] - p[1]);
  return best && total >= 5 && best[1] >= USUAL * total ? best[0] : null;
}

function mended(word: string, read: string, digits: number | null): string {
  if (/^\p{Lu}+\)$/u.test(word)) return mended(`${word.slice(0, -1)}J`, read, digits);
  const numbers = [...word].filter((c) => /\d/.test(c)).length;
  const letters = [...word].filter((c) => /\p{L}/u.test(c)).length;
  if (numbers >= 2 && digits !== null) {
    const number = mendedNumber(read, digits);
    if (number) return number;
  }
  if (letters < 3 || numbers > 1) return word;
  return mendedWord(word);
}

function mendedNumber(word: string, digits: number): string | null {
  if (/^\d+$/.test(word) && word.length === digits) return word;
  const alike = [...word].map((c) => AS_DIGIT[c] ?? c).join('');
  if (new RegExp(`^\\d{${digits}}$`).test(alike)) return alike;
  if (word.length !== digits + 1) return null;
  const bare = word.replace(SPECK, '');
  return new RegExp(`^\\d{${digits}}$`).test(bare) ? bare : null;
}

function mendedWord(word: string): string {
  const upper = word.toUpperCase();
  const [, before = '', core = '', after = ''] = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/u.exec(upper) ?? [];
  if (WORDS.has(core) || core.length < 4 || /[^\p{L}\p{N}]/u.test(core)) return word;
  const spelled = [...core].map((c) => AS_LETTER[c] ?? c).join('');
  const most = core.length >= 8 ? 2 : 1;
  let [best, off, ties] = ['', most + 1, 0];
  for (let n = spelled.length - most; n <= spelled.length + most; n++)
    for (const known of BY_LENGTH.get(n) ?? []) {
      const d = distance(spelled, known, most);
      if (d < off) [best, off, ties] = [known, d, 1];
      else if (d === off) ties++;
    }
  if (off > most || ties > 1 || (off > 0 && core.length < 5)) return word;
  const cased =
    word === upper ? best : word[0] === upper[0] ? best[0] + best.slice(1).toLowerCase() : best.toLowerCase();
  return before + cased + after;
}

/** Letters to change, add or leave out between two words, or more than `most`. */
function distance(p: string, q: string, most: number): number {
  let row = Array.from({ length: q.length + 1 }, (_, j) => j);
  for (let i = 1; i <= p.length; i++) {
    const next = [i];
    for (let j = 1; j <= q.length; j++)
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (p[i - 1] === q[j - 1] ? 0 : 1)));
    if (Math.min(...next) > most) return most + 1;
    row = next;
  }
  return row[q.length]!;
}
