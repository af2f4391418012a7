/**
 * Text that runs from right to left: the order in which its parts are drawn from the left (Unicode bidirectional algorithm),
 * and the places where a line of Chinese or Japanese may break.
 */
import bidiFactory from 'bidi-js';

const RIGHT_TO_LEFT = /[\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}]/u;
/** The package is CommonJS; its types say otherwise. */
const bidi = (bidiFactory as unknown as typeof bidiFactory.default)();

/** A stretch of text in one direction, in the order in which it is read. */
export interface Stretch {
  text: string;
  right_to_left: boolean;
}

/** Whether a paragraph runs from right to left: by its first letter that has a direction. */
export function startsRight(paragraph: string): boolean {
  const [first] = /\p{L}/u.exec(paragraph) ?? [];
  return first !== undefined && RIGHT_TO_LEFT.test(first);
}

/**
 * The stretches of a line from its left end to its right end; brackets of those that run to the left are turned. A line of a
 * longer paragraph has the direction of the whole.
 */
export function stretches(line: string, direction?: 'rtl'): Stretch[] {
  if (!RIGHT_TO_LEFT.test(line)) return [{ text: line, right_to_left: false }];
  const embedding = bidi.getEmbeddingLevels(line, direction);
  const { levels } = embedding;
  const mirrored = bidi.getMirroredCharactersMap(line, levels);
  const order = bidi.getReorderedIndices(line, embedding);
  const found: { from: number; to: number; level: number }[] = [];
  for (const at of order) {
    const level = levels[at] ?? 0;
    const last = found.at(-1);
    const next = last === undefined ? -1 : level % 2 === 1 ? last.from - 1 : last.to + 1;
    if (last !== undefined && last.level === level && at === next) {
      last.from = Math.min(last.from, at);
      last.to = Math.max(last.to, at);
    } else found.push({ from: at, to: at, level });
  }
  return found.map(({ from, to, level }) => ({
    text: turned(line, from, to, mirrored),
    right_to_left: level % 2 === 1,
  }));
}

function turned(line: string, from: number, to: number, mirrored: Map<number, string>): string {
  let text = '';
  for (let i = from; i <= to; i++) text += mirrored.get(i) ?? line.charAt(i);
  return text;
}

/** Whether the library that sets the glyphs puts those of this text from right to left: digits of Arabic too. */
export function isTurned(text: string): boolean {
  return RIGHT_TO_LEFT.test(text) || ARABIC_DIGITS.test(text);
}
const ARABIC_DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/;

/** What stands at a line's end or start in Chinese and Japanese: never alone on the next line, never left behind. */
const CLOSING =
  /^[\u3001\u3002\u3009\u300b\u300d\u300f\u3011\u3015\uff01\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\u30fc\u3005)\]},.!?:;\u201d\u2019%]$/u;
const OPENING = /[\u3008\u300a\u300c\u300e\u3010\u3014\uff08([{\u201c\u2018]$/u;
const EAST_ASIAN = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\u3000-\u303f\uff00-\uffef\u30fc]$/u;
const ANY_EAST_ASIAN = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\u3000-\u303f\uff00-\uffef]/u;

/** A word in the parts between which a line may break; one part for words that are written with blanks between them. */
export function breakable(word: string): string[] {
  if (!ANY_EAST_ASIAN.test(word)) return [word];
  const parts: string[] = [];
  let before = '';
  for (const letter of word) {
    const own = EAST_ASIAN.test(letter) || EAST_ASIAN.test(before);
    const last = parts.length - 1;
    if (last >= 0 && (!own || CLOSING.test(letter) || OPENING.test(before))) parts[last] += letter;
    else parts.push(letter);
    before = letter;
  }
  return parts;
}
