/**
 * SIF codes and dialects as data. Codes: the published description of the format (Design Manager knowledge base, ".SIF
 * file specification"); field lengths of the older order-entry programs: Khameleon, "Understanding SIF file rules"; CET's
 * EC and Cyncly Worksheet's MG, I1, I2, PRC, and NT as a quantity: descriptions of their exports.
 */
import type { SifDialect } from '../../../contract/exports.ts';

/** What a line of a record means. */
export type SifField =
  | 'part'
  | 'description'
  | 'manufacturer'
  | 'quantity'
  | 'list'
  | 'side_mark'
  | 'group'
  | 'sell_discount'
  | 'buy_discount'
  | 'buy_factor'
  | 'buy_price'
  | 'note'
  | 'weight'
  | 'volume'
  | 'product_url'
  | 'image_url'
  | 'option'
  | 'option_description'
  | 'attribute'
  | 'attribute_description';

export interface Dialect {
  key: SifDialect;
  name: string;
  /** How the other program reads and writes bytes. */
  encoding: 'windows-1252' | 'utf-8';
  /** Code → meaning, as written by us; a field may have two codes, both are written. */
  codes: readonly (readonly [code: string, field: SifField])[];
  /** Further codes understood when reading. */
  also: readonly (readonly [code: string, field: SifField])[];
  /** Longest value in characters, by code. A longer one is cut and reported, but for part numbers, which are never cut. */
  limits: Readonly<Record<string, number>>;
}

const PAIRS = [
  ['ON', 'option'],
  ['OD', 'option_description'],
  ['AN', 'attribute'],
  ['AD', 'attribute_description'],
] as const;
const DETAILS = [
  ['WT', 'weight'],
  ['VO', 'volume'],
  ['ProductURL', 'product_url'],
  ['ImageURL', 'image_url'],
] as const;
/** Sell discounts are written S-; some programs write S%. */
const ALSO = [['S%', 'sell_discount']] as const;
const MAKER_LIMIT = { MC: 5 };

export const DIALECTS: Readonly<Record<SifDialect, Dialect>> = {
  generic: {
    key: 'generic',
    name: 'Generic',
    encoding: 'windows-1252',
    codes: [
      ['PN', 'part'],
      ['PD', 'description'],
      ['MC', 'manufacturer'],
      ['QT', 'quantity'],
      ['PL', 'list'],
      ['S-', 'sell_discount'],
      ['P%', 'buy_discount'],
      ['TG', 'side_mark'],
      ['GC', 'group'],
      ['NT', 'note'],
      ...DETAILS,
      ...PAIRS,
    ],
    also: [...ALSO, ['B%', 'buy_discount']],
    limits: MAKER_LIMIT,
  },
  price_factor: {
    key: 'price_factor',
    name: 'P% is the share of the list price that is paid; NT is the quantity',
    encoding: 'windows-1252',
    codes: [
      ['PN', 'part'],
      ['PD', 'description'],
      ['MC', 'manufacturer'],
      ['NT', 'quantity'],
      ['PL', 'list'],
      ['S-', 'sell_discount'],
      ['P%', 'buy_factor'],
      ['TG', 'side_mark'],
      ['GC', 'group'],
      ...DETAILS,
      ...PAIRS,
    ],
    also: [...ALSO, ['QT', 'quantity'], ['B%', 'buy_factor']],
    limits: MAKER_LIMIT,
  },
  short_fields: {
    key: 'short_fields',
    name: 'Older order entry with fixed field lengths',
    encoding: 'windows-1252',
    codes: [
      ['PN', 'part'],
      ['PD', 'description'],
      ['MC', 'manufacturer'],
      ['QT', 'quantity'],
      ['PL', 'list'],
      ['S-', 'sell_discount'],
      ['P%', 'buy_discount'],
      ['TG', 'side_mark'],
      ['GC', 'group'],
      ['WT', 'weight'],
      ['VO', 'volume'],
      ...PAIRS,
    ],
    also: [...ALSO, ['B%', 'buy_discount'], ['NT', 'note']],
    limits: { ...MAKER_LIMIT, PN: 30, PD: 60, TG: 8, ON: 10, OD: 30, AN: 10, AD: 30 },
  },
  cet: {
    key: 'cet',
    name: 'CET: UTF-8, the maker also as EC',
    encoding: 'utf-8',
    codes: [
      ['PN', 'part'],
      ['PD', 'description'],
      ['MC', 'manufacturer'],
      ['EC', 'manufacturer'],
      ['QT', 'quantity'],
      ['PL', 'list'],
      ['S-', 'sell_discount'],
      ['P%', 'buy_discount'],
      ['TG', 'side_mark'],
      ['GC', 'group'],
      ['NT', 'note'],
      ...DETAILS,
      ...PAIRS,
    ],
    also: [...ALSO, ['B%', 'buy_discount']],
    limits: { ...MAKER_LIMIT, EC: 5 },
  },
  cyncly: {
    key: 'cyncly',
    name: 'Cyncly Worksheet: MG, I1, I2, PRC; NT is the quantity',
    encoding: 'utf-8',
    codes: [
      ['PN', 'part'],
      ['PD', 'description'],
      ['MG', 'manufacturer'],
      ['NT', 'quantity'],
      ['I1', 'list'],
      ['S-', 'sell_discount'],
      ['I2', 'buy_price'],
      ['TG', 'side_mark'],
      ['PRC', 'group'],
      ...DETAILS,
      ...PAIRS,
    ],
    also: [
      ...ALSO,
      ['MC', 'manufacturer'],
      ['QT', 'quantity'],
      ['PL', 'list'],
      ['GC', 'group'],
      ['P%', 'buy_discount'],
      ['B%', 'buy_discount'],
    ],
    limits: { MG: 5 },
  },
};

/** Fields every record must have, and what a record without them is good for. */
export const MANDATORY: readonly (readonly [SifField, 'error' | 'warning'])[] = [
  ['part', 'error'],
  ['quantity', 'error'],
  ['list', 'warning'],
  ['description', 'warning'],
  ['manufacturer', 'warning'],
];

/** Characters that older code pages lack, by their usual spelling. Anything else falls back to its base letter, then "?". */
export const SPELLINGS: Readonly<Record<string, string>> = {
  '′': "'",
  '″': '"',
  '→': '->',
  '←': '<-',
  '−': '-',
  '‐': '-',
  '‑': '-',
  '≤': '<=',
  '≥': '>=',
  '≈': '~',
  '₂': '2',
  Ł: 'L',
  ł: 'l',
  Đ: 'D',
  đ: 'd',
  ı: 'i',
};
