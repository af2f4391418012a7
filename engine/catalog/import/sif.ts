// SIF, the dealers' order-entry format: lines CODE=VALUE, a record begins at PN. Codes that are not known are kept.
import type { ReadRow } from './read.ts';
import { type Cell, productFrom } from './row.ts';
import { linesOf } from './text.ts';

/** Codes with a column of their own. MC is the maker's code of at most five characters. */
const CODE_COLUMNS: Readonly<Record<string, string>> = {
  PN: 'sku',
  PL: 'list_price',
  MC: 'manufacturer',
  GC: 'category',
  WT: 'specifications.weight_lbs',
  VO: 'specifications.volume_cuft',
  PRODUCTURL: 'specifications.product_url',
  IMAGEURL: 'images',
};
/** Option and attribute codes come in pairs: the code, then its description. */
const PAIRS: Readonly<Record<string, string>> = { ON: 'OD', AN: 'AD' };
const HEADER = new Set(['SF', 'ST']);
const CATEGORY_UNKNOWN = 'uncategorized';

type Entry = readonly [code: string, value: string];

function pairsOf(entries: readonly Entry[], code: string): { code: string; description: string }[] {
  return entries.flatMap(([name, value], i) => {
    if (name !== code) return [];
    const next = entries[i + 1];
    return [{ code: value, description: next && next[0] === PAIRS[code] ? next[1] : '' }];
  });
}

function cellsOf(entries: readonly Entry[]): Cell[] {
  const cells: Cell[] = [];
  const other: Record<string, string> = {};
  for (const [code, value] of entries) {
    const column = CODE_COLUMNS[code];
    if (column) cells.push([column, value]);
    else if (code === 'PD') cells.push(['name', value.slice(0, 255)], ['description', value]);
    else if (!(code in PAIRS) && !Object.values(PAIRS).includes(code)) other[code] = value;
  }
  if (!cells.some(([column]) => column === 'category')) cells.push(['category', CATEGORY_UNKNOWN]);
  const options = pairsOf(entries, 'ON');
  const attributes = pairsOf(entries, 'AN');
  if (options.length > 0) cells.push(['specifications.options', options]);
  if (attributes.length > 0) cells.push(['specifications.attributes', attributes]);
  if (Object.keys(other).length > 0) cells.push(['specifications.sif', other]);
  return cells;
}

export async function* readSif(pieces: AsyncIterable<string>): AsyncIterable<ReadRow> {
  let entries: Entry[] = [];
  let began = 1;
  const finish = (): ReadRow[] =>
    entries.length > 0 ? [{ line: began, ...productFrom(cellsOf(entries)) }] : [];
  for await (const { number, text } of linesOf(pieces)) {
    if (text.trim() === '') continue;
    const equals = text.indexOf('=');
    const code = text.slice(0, equals).trim().toUpperCase();
    if (equals < 1 || code.length > 20) {
      yield { line: number, error: `"${text.slice(0, 40)}" is no line of the form CODE=VALUE` };
      continue;
    }
    if (code === 'PN') {
      yield* finish();
      entries = [];
      began = number;
    }
    const inRecord = entries.length > 0 || code === 'PN';
    if (inRecord && !HEADER.has(code)) entries.push([code, text.slice(equals + 1).trim()]);
  }
  yield* finish();
}
