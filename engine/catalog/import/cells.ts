// One cell of a file to a value, or a sentence saying what is wrong with it and what would do.
import { MAX_PRICE } from '../../../contract/catalog.ts';
import { COLUMNS, type ValueKind } from './columns.ts';
import { booleanIn, cleanText, daysIn, inchesIn, listIn, numberIn, poundsIn } from './values.ts';

/** A column's name with what the file has there: text from CSV and SIF, any JSON value from JSON. */
export type Cell = readonly [column: string, value: unknown];

/** What is wrong with a row, in one sentence. */
export class BadRow extends Error {}

/** A value as a sentence quotes it. */
export const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return `"${text.slice(0, 60)}${text.length > 60 ? '…' : ''}"`;
};

export function numeric(
  column: string,
  value: unknown,
  read: (text: string) => number | undefined,
  wanted: string,
): number {
  const number = typeof value === 'number' ? value : typeof value === 'string' ? read(value) : undefined;
  if (number === undefined || !Number.isFinite(number))
    throw new BadRow(`${column} is ${shown(value)}, which is not ${wanted}`);
  if (number < 0) throw new BadRow(`${column} is ${number}, and it cannot be negative`);
  return number;
}

function priceIn(column: string, value: unknown): number {
  const price = numeric(column, value, numberIn, 'a price: write digits such as 1299.00');
  if (price > MAX_PRICE)
    throw new BadRow(`${column} is ${price}, more than the ${MAX_PRICE} that a price can be`);
  return Math.round(price * 100) / 100;
}

function wholeNumber(
  column: string,
  value: unknown,
  read: (text: string) => number | undefined,
  wanted: string,
): number {
  const number = numeric(column, value, read, wanted);
  if (!Number.isInteger(number)) throw new BadRow(`${column} is ${number}, which is not a whole number`);
  return number;
}

function jsonIn(column: string, value: unknown): Record<string, unknown> {
  let parsed = value;
  if (typeof value === 'string') {
    try {
      parsed = JSON.parse(value);
    } catch {
      throw new BadRow(`${column} is ${shown(value)}, which is not JSON such as {"seats": 4}`);
    }
  }
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) {
    throw new BadRow(`${column} must be a JSON object such as {"seats": 4}`);
  }
  return parsed as Record<string, unknown>;
}

function listOf(column: string, value: unknown): string[] {
  const list = Array.isArray(value)
    ? value.map((one) => cleanText(String(one)))
    : listIn(cleanText(String(value)));
  if (!list) throw new BadRow(`${column} is ${shown(value)}, which is no list: write "a; b" or ["a", "b"]`);
  return [...new Set(list.filter((one) => one !== ''))];
}

function imagesIn(value: unknown): unknown[] {
  const parsed =
    typeof value === 'string' && /^\s*\[\s*\{/.test(value) ? (JSON.parse(value) as unknown) : value;
  const list = Array.isArray(parsed) ? parsed : (listIn(String(parsed)) ?? []);
  return list.map((one) => (typeof one === 'string' ? { url: one } : one));
}

/** A cell by its column's rules. @throws BadRow */
export function readValue(column: string, kind: ValueKind, value: unknown): unknown {
  switch (kind) {
    case 'price':
      return priceIn(column, value);
    case 'number':
      return numeric(column, value, numberIn, 'a number');
    case 'percent':
      return numeric(
        column,
        typeof value === 'string' ? value.replace('%', '') : value,
        numberIn,
        'a percentage from 0 to 100',
      );
    case 'count':
      return wholeNumber(column, value, numberIn, 'a whole number');
    case 'days':
      return wholeNumber(column, value, daysIn, 'a number of days such as 14 or "2 weeks"');
    case 'inches':
      return (
        numeric(column, value, inchesIn, 'a length in inches, or one with its unit such as "160 cm"') ||
        undefined
      );
    case 'pounds':
      return numeric(column, value, poundsIn, 'a weight in pounds, or one with its unit such as "20 kg"');
    case 'boolean': {
      const read = typeof value === 'boolean' ? value : booleanIn(String(value));
      if (read === undefined) throw new BadRow(`${column} is ${shown(value)}: write true or false`);
      return read;
    }
    case 'list':
      return listOf(column, value);
    case 'json':
      return jsonIn(column, value);
    case 'images':
      return imagesIn(value);
    case 'text':
      return cleanText(String(value));
  }
}

/** A cell of a product's own column. @throws BadRow */
export const cellValue = (column: string, value: unknown): unknown =>
  readValue(column, COLUMNS[column] ?? 'text', value);

export function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'string' && cleanText(value) === '');
}
