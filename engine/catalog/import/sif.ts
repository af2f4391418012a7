// SIF, the dealers' order-entry format: lines CODE=VALUE, a record begins at PN. Codes that are not known are kept.
import type { ImportMapping } from '../../../contract/catalog.ts';
import { sifPieces } from '../../interchange/sif/records.ts';
import type { Cell } from './cells.ts';
import { LEFT_OUT, layoutOf, mappingFault } from './columns.ts';
import { optionCodeOf } from './part-values.ts';
import type { ReadRow } from './read.ts';
import { recordFrom } from './row.ts';
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
/** As many groups as a product may have. */
const MOST_OPTIONS = 60;
const CATEGORY_UNKNOWN = 'uncategorized';

type Entry = readonly [code: string, value: string];

function pairsOf(entries: readonly Entry[], code: string): { code: string; description: string }[] {
  return entries.flatMap(([name, value], i) => {
    if (name !== code) return [];
    const next = entries[i + 1];
    return [{ code: value, description: next && next[0] === PAIRS[code] ? next[1] : '' }];
  });
}

/** Each pair may be taken or not: SIF tells neither what it would cost alone nor what stands against it. */
function groupsOf(options: readonly { code: string; description: string }[]) {
  const byCode = new Map(
    options.flatMap(({ code, description }) => {
      const own = optionCodeOf(code);
      return own === '' ? [] : [[own, (description === '' ? code : description).slice(0, 200)] as const];
    }),
  );
  return [...byCode].slice(0, MOST_OPTIONS).map(([code, name]) => ({
    code,
    name,
    required: false,
    choices: [{ code, name, price_adjustment: 0, lead_time_days: 0 }],
  }));
}

function cellsOf(entries: readonly Entry[], columns: Readonly<Record<string, string>>): Cell[] {
  const cells: Cell[] = [];
  const other: Record<string, string> = {};
  for (const [code, value] of entries) {
    const column = columns[code];
    if (column === LEFT_OUT) continue;
    if (column) cells.push([column, value]);
    else if (code === 'PD') cells.push(['name', value.slice(0, 255)], ['description', value]);
    else if (!(code in PAIRS) && !Object.values(PAIRS).includes(code)) other[code] = value;
  }
  if (!cells.some(([column]) => column === 'category')) cells.push(['category', CATEGORY_UNKNOWN]);
  const options = pairsOf(entries, 'ON');
  const attributes = pairsOf(entries, 'AN');
  if (options.length > 0) {
    cells.push(['specifications.options', options], ['specifications.option_groups', groupsOf(options)]);
  }
  if (attributes.length > 0) cells.push(['specifications.attributes', attributes]);
  if (Object.keys(other).length > 0) cells.push(['specifications.sif', other]);
  return cells;
}

/** Codes with their columns: the usual ones, over them what a mapping says. Codes are compared in capitals. */
export function sifColumns(mapping: ImportMapping = {}): Readonly<Record<string, string>> {
  const own = Object.entries(mapping).map(([code, column]) => [code.trim().toUpperCase(), column.trim()]);
  return { ...CODE_COLUMNS, ...(Object.fromEntries(own) as Record<string, string>) };
}

/** The records as they stand: code → value, the first of each code. */
export async function* rawSif(pieces: AsyncIterable<string>): AsyncIterable<Record<string, unknown>> {
  for await (const piece of sifPieces(linesOf(pieces))) {
    if (piece.kind !== 'record') continue;
    yield Object.fromEntries([...piece.entries].reverse().map(({ code, value }) => [code, value]));
  }
}

export async function* readSif(
  pieces: AsyncIterable<string>,
  mapping: ImportMapping | undefined,
): AsyncIterable<ReadRow> {
  const columns = sifColumns(mapping);
  const { unknown } = layoutOf([], mapping);
  const fault = mappingFault({ unknown, absent: [] }, []);
  if (fault !== undefined) {
    yield { line: 1, error: fault, fatal: true };
    return;
  }
  for await (const piece of sifPieces(linesOf(pieces))) {
    if (piece.kind === 'problem') yield { line: piece.line, error: piece.message };
    else if (piece.kind === 'record')
      yield {
        line: piece.line,
        ...recordFrom(
          cellsOf(
            piece.entries.map(({ code, value }) => [code, value]),
            columns,
          ),
        ),
      };
  }
}
