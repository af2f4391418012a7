// Numbers as people write and say them: digits, words, scales ("1.2 million", "750k", "half a million", "a dozen").
// Works on a list of lower-case tokens and replaces each number by one token. A number that used a scale word keeps
// it after a "§" ("750000§1000"), so that a range can carry the scale over ("500 to 750k") and money can be told apart.

import { TEN_WORDS, UNIT_WORDS } from '../number_words.data.ts';

export const SCALES: Record<string, number> = {
  k: 1e3,
  thousand: 1e3,
  thousands: 1e3,
  grand: 1e3,
  lakh: 1e5,
  lakhs: 1e5,
  million: 1e6,
  millions: 1e6,
  mil: 1e6,
  mill: 1e6,
  mio: 1e6,
  mm: 1e6,
  mn: 1e6,
  crore: 1e7,
  lac: 1e5,
  lacs: 1e5,
  cr: 1e7,
  crores: 1e7,
  billion: 1e9,
  bn: 1e9,
};
/** Words that make "one" a pronoun rather than a count. */
const PRONOUN_BEFORE = new Set([
  'this',
  'that',
  'which',
  'each',
  'every',
  'any',
  'no',
  'the',
  'another',
  'other',
  'last',
  'first',
  'some',
  'such',
  'a',
  'new',
  'next',
  'old',
  'current',
  'previous',
  'cheaper',
  'better',
  'conservative',
  'aggressive',
  'balanced',
]);
const PRONOUN_AFTER = new Set([
  'of',
  'is',
  'that',
  'who',
  'day',
  'way',
  'has',
  'thing',
  'which',
  'i',
  'we',
  'you',
]);

/** All words the number reader knows; the spelling corrector must leave them in peace. */
export const NUMBER_WORDS = [
  ...Object.keys(UNIT_WORDS),
  ...Object.keys(TEN_WORDS),
  ...Object.keys(SCALES),
  'hundred',
  'dozen',
  'couple',
  'half',
  'quarter',
  'quarters',
];

const isDigits = (token: string | undefined): token is string =>
  token !== undefined && /^\d/.test(token) && /^[\d.]+$/.test(token);

function show(value: number, scale: number): string {
  const rounded = Math.round(value * 100) / 100;
  return scale > 1 ? `${rounded}§${scale}` : String(rounded);
}

interface Read {
  value: number;
  scale: number;
  length: number;
}

/** Spelled-out number at `i` below a scale word: "a hundred and forty", "twenty five", "twelve hundred". */
function readWords(tokens: readonly string[], i: number): { value: number; length: number } | null {
  let at = i;
  let total = 0;
  let current: number | null = null;
  const first = tokens[at];
  if ((first === 'a' || first === 'an') && tokens[at + 1] === 'hundred') {
    current = 1;
    at++;
  } else if (first === 'hundred') current = 1;
  for (; at < tokens.length; at++) {
    const token = tokens[at] ?? '';
    const previousTens: boolean = current !== null && current % 10 === 0 && current % 100 >= 20;
    if (Object.hasOwn(UNIT_WORDS, token)) {
      const unit = UNIT_WORDS[token] ?? 0;
      if (current === null || current % 100 === 0) current = (current ?? 0) + unit;
      else if (previousTens && unit > 0 && unit < 10) current += unit;
      else break;
    } else if (Object.hasOwn(TEN_WORDS, token)) {
      if (current === null || current % 100 === 0) current = (current ?? 0) + (TEN_WORDS[token] ?? 0);
      else break;
    } else if (token === 'hundred' && current !== null && current < 100) {
      current *= 100;
    } else if (token === 'and' && current !== null && current >= 100 && current % 100 === 0) {
      const next = tokens[at + 1] ?? '';
      if (!Object.hasOwn(UNIT_WORDS, next) && !Object.hasOwn(TEN_WORDS, next)) break;
    } else if (token === '-' && previousTens && Object.hasOwn(UNIT_WORDS, tokens[at + 1] ?? '')) {
      // "twenty-five"
    } else break;
  }
  if (current === null) return null;
  total += current;
  return at > i ? { value: total, length: at - i } : null;
}

/** "one point two" after the part before the point. */
function readPoint(tokens: readonly string[], i: number): { value: number; length: number } | null {
  if (tokens[i] !== 'point') return null;
  let digits = '';
  let at = i + 1;
  for (; at < tokens.length; at++) {
    const token = tokens[at] ?? '';
    if (Object.hasOwn(UNIT_WORDS, token) && (UNIT_WORDS[token] ?? 10) < 10) digits += UNIT_WORDS[token];
    else break;
  }
  return digits ? { value: Number(`0.${digits}`), length: at - i } : null;
}

function readFixed(tokens: readonly string[], i: number): Read | null {
  const [a, b, c, d, e] = tokens.slice(i, i + 5);
  const article = (word: string | undefined): boolean => word === 'a' || word === 'an' || word === 'one';
  if (
    a === 'half' &&
    (b === 'a' || b === 'an') &&
    c !== undefined &&
    (Object.hasOwn(SCALES, c) || c === 'dozen')
  ) {
    return { value: (SCALES[c] ?? 12) / 2, scale: SCALES[c] ?? 1, length: 3 };
  }
  if (article(a) && b === 'half' && c === 'dozen') return { value: 6, scale: 1, length: 3 };
  if (article(a) && b === 'half' && c !== undefined && Object.hasOwn(SCALES, c))
    return { value: (SCALES[c] ?? 0) / 2, scale: SCALES[c] ?? 1, length: 3 };
  if (a === 'quarter' && (b === 'of' || b === 'a') && c !== undefined) {
    const scale = Object.hasOwn(SCALES, c)
      ? c
      : c === 'a' && d !== undefined && Object.hasOwn(SCALES, d)
        ? d
        : null;
    if (scale)
      return { value: (SCALES[scale] ?? 0) / 4, scale: SCALES[scale] ?? 1, length: c === scale ? 3 : 4 };
  }
  if (a === 'quarter' && b !== undefined && Object.hasOwn(SCALES, b))
    return { value: (SCALES[b] ?? 0) / 4, scale: SCALES[b] ?? 1, length: 2 };
  if (
    (a === 'three' || a === '3') &&
    (b === 'quarters' || b === 'quarter') &&
    c === 'of' &&
    d === 'a' &&
    e !== undefined &&
    Object.hasOwn(SCALES, e)
  ) {
    return { value: (SCALES[e] ?? 0) * 0.75, scale: SCALES[e] ?? 1, length: 5 };
  }
  if (article(a) && b === 'dozen') return { value: 12, scale: 1, length: c === 'or' && d === 'so' ? 4 : 2 };
  if (article(a) && b === 'couple') return { value: 2, scale: 1, length: c === 'of' ? 3 : 2 };
  if (a === 'couple') return { value: 2, scale: 1, length: b === 'of' ? 2 : 1 };
  if (a === 'dozen') return { value: 12, scale: 1, length: 1 };
  if (article(a) && b !== undefined && Object.hasOwn(SCALES, b) && b !== 'k' && b.length > 2) {
    const and = c === 'and' && (d === 'a' || d === 'one') && e === 'half';
    return { value: (SCALES[b] ?? 0) * (and ? 1.5 : 1), scale: SCALES[b] ?? 1, length: and ? 5 : 2 };
  }
  return null;
}

function isPronounOne(tokens: readonly string[], i: number): boolean {
  if (tokens[i] !== 'one') return false;
  return PRONOUN_BEFORE.has(tokens[i - 1] ?? '') || PRONOUN_AFTER.has(tokens[i + 1] ?? '');
}

function readNumber(tokens: readonly string[], i: number): Read | null {
  const fixed = readFixed(tokens, i);
  if (fixed) return fixed;
  if (isPronounOne(tokens, i)) return null;
  const token = tokens[i];
  let value: number;
  let length: number;
  if (isDigits(token)) {
    value = Number(token);
    length = 1;
    if (!Number.isFinite(value)) return null;
  } else {
    const words = readWords(tokens, i);
    if (!words) return null;
    ({ value, length } = words);
  }
  const point = readPoint(tokens, i + length);
  if (point) {
    value += point.value;
    length += point.length;
  }
  if (
    tokens[i + length] === 'and' &&
    (tokens[i + length + 1] === 'a' || tokens[i + length + 1] === 'one') &&
    tokens[i + length + 2] === 'half'
  ) {
    const after = tokens[i + length + 3] ?? '';
    if (Object.hasOwn(SCALES, after)) {
      value += 0.5;
      length += 3;
    }
  }
  let scale = 1;
  for (let next = tokens[i + length] ?? ''; Object.hasOwn(SCALES, next); next = tokens[i + length] ?? '') {
    const factor = SCALES[next] ?? 1;
    value *= factor;
    scale = Math.max(scale, factor);
    length++;
    const rest = factor < 1e6 || value < 1e9 ? readWords(tokens, i + length) : null;
    if (rest && rest.value < factor && !isDigits(token)) {
      value += rest.value;
      length += rest.length;
    }
  }
  if (scale > 1 && !isDigits(token) && tokens[i + length] === 'and') {
    const rest = readWords(tokens, i + length + 1);
    if (rest && rest.value < scale && !Object.hasOwn(SCALES, tokens[i + length + 1 + rest.length] ?? '')) {
      value += rest.value;
      length += rest.length + 1;
    }
  }
  if (tokens[i + length] === 'dozen') {
    value *= 12;
    length++;
  }
  return { value, scale, length };
}

/** Replaces number expressions by digit tokens. */
export function foldNumbers(tokens: readonly string[]): string[] {
  const out: string[] = [];
  for (let i = 0; i < tokens.length; ) {
    const read = readNumber(tokens, i);
    if (read && Number.isFinite(read.value)) {
      out.push(show(read.value, read.scale));
      i += read.length;
    } else {
      out.push(tokens[i] ?? '');
      i++;
    }
  }
  return out;
}

/** "500 to 750k" means 500,000 to 750,000: the scale of the upper end holds for the lower one. */
export function carryScales(norm: string): string {
  return norm.replace(
    /(^|[ (])((?:[a-z]{3} )?)(\d+(?:\.\d+)?) (to|and|or|-) ((?:[a-z]{3} )?)(\d+(?:\.\d+)?)§(\d+)/g,
    (
      whole: string,
      lead: string,
      money: string,
      low: string,
      word: string,
      moneyAfter: string,
      high: string,
      scale: string,
    ) => {
      const lifted = Number(low) * Number(scale);
      return lifted <= Number(high)
        ? `${lead}${money}${lifted}§${scale} ${word} ${moneyAfter}${high}§${scale}`
        : whole;
    },
  );
}
