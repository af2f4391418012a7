// Numbers written in words, and amounts with marks and suffixes, brought to plain digits.

import { TEN_WORDS, UNIT_WORDS } from '../../number_words.data.ts';

const UNITS: Readonly<Record<string, number>> = { ...UNIT_WORDS, ...TEN_WORDS, dozen: 12 };
const SCALES: Readonly<Record<string, number>> = { hundred: 100, thousand: 1000, grand: 1000 };

const WORD = `(?:${[...Object.keys(UNITS), ...Object.keys(SCALES)].join('|')})`;
const SEQUENCE = new RegExp(
  `\\b(?:an? (?=hundred|thousand|dozen))?${WORD}(?:(?:[ -]and[ -]|[ -])${WORD})*\\b`,
  'g',
);

function numberOf(words: readonly string[]): number {
  let total = 0;
  let part = 0;
  for (const word of words) {
    const unit = UNITS[word];
    const scale = SCALES[word];
    if (unit !== undefined) part += unit;
    else if (scale === 100) part = (part || 1) * 100;
    else if (scale !== undefined) {
      total += (part || 1) * scale;
      part = 0;
    }
  }
  return total + part;
}

/** "two hundred and fifty" → "250", "one and a half metres" → "1.5 metres", "1,299.00" → "1299.00", "2k" → "2000". */
export function digitsFor(folded: string): string {
  return folded
    .replace(/(\d),(?=\d{3}\b)/g, '$1')
    .replace(/(\d),(\d{1,2})\b(?!\d)/g, '$1.$2')
    .replace(/\b(\d+(?:\.\d+)?)k\b/g, (_, amount: string) => String(Number(amount) * 1000))
    .replace(/\bhalf (?:a )?dozen\b/g, '6')
    .replace(/\ban? (met(?:re|er)|foot|yard) and a half\b/g, '1.5 $1')
    .replace(/\ban? (?=(?:met(?:re|er)|foot) (?:wide|long|high|tall|deep|across)\b)/g, '1 ')
    .replace(SEQUENCE, (words) => String(numberOf(words.split(/[ -]+/))))
    .replace(/\b(\d+) and a half\b/g, '$1.5')
    .replace(/\bhalf an? (?=met|m\b|foot|yard)/g, '0.5 ')
    .replace(/\b(?:an? couple of|an? pair of)\b/g, '2');
}
