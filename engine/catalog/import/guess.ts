// Columns told by what stands in them, for those whose header says nothing. Only mandatory columns and a few that cannot
// be mistaken are guessed at, and only where exactly one column of the file fits: a wrong guess costs more than none.
import { currencyIn, numberIn } from './values.ts';

export interface FileColumn {
  readonly header: string;
  /** What stands in the first records, in their order; '' where nothing does. */
  readonly values: readonly string[];
}

interface Profile {
  readonly header: string;
  readonly values: readonly string[];
  readonly filled: number;
  readonly different: number;
  readonly length: number;
  readonly words: number;
}

function profileOf({ header, values }: FileColumn): Profile {
  const filled = values.filter((value) => value !== '');
  const sum = (measure: (value: string) => number): number =>
    filled.reduce((total, value) => total + measure(value), 0) / Math.max(1, filled.length);
  return {
    header,
    values: filled,
    filled: filled.length / Math.max(1, values.length),
    different: new Set(filled).size / Math.max(1, filled.length),
    length: sum((value) => value.length),
    words: sum((value) => value.split(/\s+/).length),
  };
}

const share = (values: readonly string[], fits: (value: string) => boolean): number =>
  values.filter(fits).length / Math.max(1, values.length);

const isNumeric = (value: string): boolean => numberIn(value) !== undefined;
const ADDRESS = /^https?:\/\//i;

type Fits = (column: Profile, records: number) => boolean;

/** In the order in which they are given away. */
const SIGNS: readonly [column: string, fits: Fits][] = [
  [
    'images',
    ({ values }) =>
      share(values, (value) => ADDRESS.test(value) && /\.(jpe?g|png|webp|gif|avif)(\?|$)/i.test(value)) > 0.9,
  ],
  [
    'currency',
    ({ values }) =>
      share(values, (value) => currencyIn(value) === value.toUpperCase() && value.length === 3) > 0.95,
  ],
  [
    'list_price',
    ({ values, filled }) =>
      filled > 0.8 &&
      share(values, isNumeric) > 0.9 &&
      share(values, (value) => currencyIn(value) !== undefined || /[.,]\d{2}$/.test(value)) > 0.8,
  ],
  [
    'sku',
    ({ values, filled, different, length }) =>
      filled > 0.98 &&
      different > 0.98 &&
      length >= 3 &&
      length <= 40 &&
      share(values, (value) => /\d/.test(value) && !/\s/.test(value) && !ADDRESS.test(value)) > 0.9 &&
      share(values, (value) => /^\d+[.,]\d{2}$/.test(value)) < 0.5,
  ],
  [
    'description',
    ({ values, length, words }) =>
      length > 60 && words > 8 && share(values, (value) => ADDRESS.test(value)) < 0.1,
  ],
  [
    'name',
    ({ values, filled, different, length, words }) =>
      filled > 0.95 &&
      different > 0.6 &&
      length >= 4 &&
      length <= 60 &&
      words >= 1.5 &&
      words <= 8 &&
      share(values, isNumeric) < 0.05 &&
      share(values, (value) => ADDRESS.test(value)) === 0,
  ],
  [
    'category',
    ({ values, filled, different, length, words }, records) =>
      records >= 8 &&
      filled > 0.95 &&
      different < 0.4 &&
      new Set(values).size > 1 &&
      length >= 3 &&
      length <= 40 &&
      words <= 4 &&
      share(values, isNumeric) < 0.05 &&
      share(values, (value) => /^(true|false|yes|no|y|n|active|discontinued|archived)$/i.test(value)) < 0.5,
  ],
];

const FEWEST_RECORDS = 3;

/**
 * @param columns those without a column of ours yet
 * @param wanted our columns that nothing gives yet
 * @returns header → our column
 */
export function guessColumns(
  columns: readonly FileColumn[],
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const records = columns[0]?.values.length ?? 0;
  const found = new Map<string, string>();
  if (records < FEWEST_RECORDS) return found;
  const profiles = columns.map(profileOf).filter((profile) => profile.filled > 0);
  for (const [ours, fits] of SIGNS) {
    if (!wanted.has(ours)) continue;
    const fitting = profiles.filter((profile) => !found.has(profile.header) && fits(profile, records));
    if (fitting.length === 1) found.set(fitting[0]!.header, ours);
  }
  return found;
}
