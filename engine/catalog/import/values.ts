// Text of a cell to a value: numbers as people write them, lengths with units, yes and no, lists. Each failure says what
// was found and what would do.

export type Read<T> = { readonly value: T } | { readonly problem: string };

const CURRENCY_SIGNS: Readonly<Record<string, string>> = {
  $: 'USD',
  US$: 'USD',
  C$: 'CAD',
  A$: 'AUD',
  '€': 'EUR',
  '£': 'GBP',
  '¥': 'JPY',
  '₹': 'INR',
  '﷼': 'SAR',
};
const CURRENCY_CODES = 'USD|EUR|GBP|CAD|AUD|CHF|SEK|NOK|DKK|SAR|AED|JPY|CNY|INR|MXN|PLN|CZK|NZD|BRL|ZAR|SGD';
const CURRENCY = new RegExp(`US\\$|C\\$|A\\$|[$€£¥₹﷼]|\\b(?:${CURRENCY_CODES})\\b`, 'i');

/** The currency a price is written with, if any. */
export function currencyIn(text: string): string | undefined {
  const found = CURRENCY.exec(text)?.[0].toUpperCase();
  return found ? (CURRENCY_SIGNS[found] ?? found) : undefined;
}

/** Which of comma and point is the decimal mark: the last one, unless it only groups thousands. */
function plainDigits(text: string): string | undefined {
  const comma = text.lastIndexOf(',');
  const point = text.lastIndexOf('.');
  if (comma >= 0 && point >= 0) {
    const [group, mark] = comma > point ? ['.', ','] : [',', '.'];
    return text.split(mark).length === 2 ? text.replaceAll(group, '').replace(mark, '.') : undefined;
  }
  if (comma >= 0) {
    if (/^\d{1,3}(,\d{3})+$/.test(text)) return text.replaceAll(',', '');
    return text.split(',').length === 2 ? text.replace(',', '.') : undefined;
  }
  if (/^\d{1,3}(\.\d{3}){2,}$/.test(text)) return text.replaceAll('.', '');
  return text;
}

/** "$1,299.00", "1.299,00 €", "265,0", "(5.00)", "29 1/2". @returns undefined for what is no number */
export function numberIn(text: string): number | undefined {
  let rest = text
    .replace(CURRENCY, '')
    .replace(/[\s\u00a0\u202f'’]+(?=\d{3}(?!\d))/g, '')
    .trim();
  const negative = /^-|^−|^\(.*\)$|-$/.test(rest);
  rest = rest.replace(/^[-−+(]\s*|[)-]$/g, '').trim();
  const mixed = /^(\d+)[ -](\d+)\/(\d+)$/.exec(rest) ?? /^()(\d+)\/(\d+)$/.exec(rest);
  const digits = mixed ? undefined : plainDigits(rest);
  const amount = mixed
    ? Number(mixed[1] || 0) + Number(mixed[2]) / Number(mixed[3])
    : digits !== undefined && /^\d*\.?\d+(?:e[+-]?\d{1,2})?$|^\d+\.$/i.test(digits)
      ? Number(digits)
      : Number.NaN;
  if (!Number.isFinite(amount)) return undefined;
  return negative ? -amount : amount;
}

const INCHES_PER: Readonly<Record<string, number>> = {
  cm: 1 / 2.54,
  mm: 1 / 25.4,
  m: 100 / 2.54,
  ft: 12,
  foot: 12,
  feet: 12,
  "'": 12,
  in: 1,
  inch: 1,
  inches: 1,
  '"': 1,
  '”': 1,
  '″': 1,
};
const POUNDS_PER: Readonly<Record<string, number>> = {
  kg: 2.20462,
  g: 0.00220462,
  lb: 1,
  lbs: 1,
  pounds: 1,
  pound: 1,
  oz: 1 / 16,
};

function withUnit(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const [, amount = '', unit = ''] = /^(.*?)\s*([a-z]+\.?|["'”″])?$/i.exec(text.trim()) ?? [];
  const factor = unit === '' ? 1 : units[unit.toLowerCase().replace('.', '')];
  const number = numberIn(amount);
  return number === undefined || factor === undefined ? undefined : number * factor;
}

const round2 = (value: number): number => Math.round(value * 100) / 100;

/** Inches, from a plain number or one with a unit. */
export const inchesIn = (text: string): number | undefined => mapped(withUnit(text, INCHES_PER), round2);
export const poundsIn = (text: string): number | undefined => mapped(withUnit(text, POUNDS_PER), round2);

/** A column that names another unit ("width_cm") to inches. */
export function inchesFrom(text: string, unit: string): number | undefined {
  const number = withUnit(text, { [unit]: 1 });
  return number === undefined ? undefined : round2(number * (INCHES_PER[unit] ?? 1));
}

function mapped(value: number | undefined, change: (value: number) => number): number | undefined {
  return value === undefined ? undefined : change(value);
}

/** Days: "14", "14 days", "2 weeks", "3-4 weeks" (the longer). */
export function daysIn(text: string): number | undefined {
  const [, amount, unit = 'd'] =
    /^(?:\d+ *(?:-|–|to) *)?(\d+(?:[.,]\d+)?) *(d|days?|w|wks?|weeks?|months?)?\.?$/i.exec(text.trim()) ?? [];
  if (amount === undefined) return undefined;
  const factor = unit.toLowerCase().startsWith('w') ? 7 : unit.toLowerCase().startsWith('m') ? 30 : 1;
  return Math.round(Number(amount.replace(',', '.')) * factor);
}

const YES = new Set([
  'true',
  't',
  'yes',
  'y',
  '1',
  'x',
  'in stock',
  'instock',
  'available',
  'ja',
  'oui',
  'si',
  'wahr',
]);
const NO = new Set([
  'false',
  'f',
  'no',
  'n',
  '0',
  'out of stock',
  'outofstock',
  'unavailable',
  'sold out',
  'nein',
  'non',
  'falsch',
]);

export function booleanIn(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  if (YES.has(word)) return true;
  if (NO.has(word)) return false;
  return /^\d+$/.test(word) ? Number(word) > 0 : undefined;
}

/** "a; b", "a | b", one a line, "a, b" or a JSON array. */
export function listIn(text: string): string[] | undefined {
  const trimmed = text.trim();
  if (trimmed.startsWith('[')) {
    try {
      const parsed: unknown = JSON.parse(trimmed);
      return Array.isArray(parsed)
        ? parsed.map((one) => String(one).trim()).filter((one) => one !== '')
        : undefined;
    } catch {
      return undefined;
    }
  }
  const by = /[;|\n]/.test(trimmed) ? /[;|\n]/ : /,/;
  return trimmed
    .split(by)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

/** Text that every store takes: no control characters, no half characters, no space around. */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/(?![\t\n\r])\p{Cc}/gu, '')
    .trim();
}
