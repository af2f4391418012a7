// Which headers of a file are the numbered columns of options: "Option 1 Name", "Opt2 Upcharge", "Option Value 3".
import type { NumberedPart } from './part-columns.ts';

/** Wording that a header may have for each part, reduced to letters. */
const WORDS: readonly (readonly [NumberedPart, RegExp])[] = [
  ['name', /^(name|group|groupname|type|title|category|set|label)$/],
  ['value', /^(value|values|choice|choices|description|selection)$/],
  ['code', /^(code|sku|partnumber|number|id)$/],
  [
    'price',
    /^(price|listprice|upcharge|surcharge|adder|adjustment|priceadjustment|priceadder|pricedelta|pricedifference|cost)$/,
  ],
  ['required', /^(required|mandatory)$/],
];

/** "Option 1 Name", "Opt2 Upcharge", "Option Value 3" → its number and part; a bare "Option 1" has no part yet. */
function numberedHeader(header: string): { number: number; part: NumberedPart | undefined } | undefined {
  const text = header.toLowerCase().replace(/[^a-z0-9]/g, '');
  const found =
    /^(?:product|item)?(?:options?|opt)(?<digits>\d{1,2})(?<word>[a-z]*)$/.exec(text) ??
    /^(?:product|item)?(?:options?|opt)(?<word>[a-z]+)(?<digits>\d{1,2})$/.exec(text);
  const { digits = '', word = '' } = found?.groups ?? {};
  const number = Number(digits);
  if (number < 1) return undefined;
  if (word === '') return { number, part: undefined };
  const part = WORDS.find(([, pattern]) => pattern.test(word))?.[0];
  return part === undefined ? undefined : { number, part };
}

/** Header → "options.1.value" and the like, for the headers that are numbered options. */
export function numberedColumns(headers: readonly string[]): Map<string, string> {
  const parsed = headers.flatMap((header) => {
    const found = numberedHeader(header);
    return found === undefined ? [] : [{ header, ...found }];
  });
  const has = (number: number, ...parts: (NumberedPart | undefined)[]) =>
    parsed.some((one) => one.number === number && parts.includes(one.part));
  const columns = new Map<string, string>();
  const taken = new Set<string>();
  for (const { header, number, part } of parsed) {
    // A price alone tells nothing: "Option 3 Price" without a choice keeps its place among other facts.
    if (!has(number, 'name', 'value', 'code', undefined)) continue;
    const choiceIsThere = has(number, 'value') || (has(number, undefined) && has(number, 'name'));
    // A bare "Option 1" is the choice, or the group's name where the choice has a column of its own; and a name is the
    // choice where nothing else is.
    const bare = has(number, 'value') ? 'name' : 'value';
    const named = choiceIsThere || has(number, 'code') ? 'name' : 'value';
    const own = part === undefined ? bare : part === 'name' ? named : part;
    const column = `options.${number}.${own}`;
    if (taken.has(column)) continue;
    taken.add(column);
    columns.set(header, column);
  }
  return columns;
}
