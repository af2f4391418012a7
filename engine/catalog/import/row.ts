// One record of a file to one product, or one sentence saying what is wrong with it and what would do.
import { MAX_PRICE, ProductInput } from '../../../contract/catalog.ts';
import { optionFault } from '../options/stored.ts';
import { COLUMNS, MANDATORY, type ValueKind } from './columns.ts';
import {
  booleanIn,
  cleanText,
  currencyIn,
  daysIn,
  inchesFrom,
  inchesIn,
  listIn,
  numberIn,
  poundsIn,
} from './values.ts';

export type RowResult = { readonly row: ProductInput } | { readonly error: string };

/** A column's name with what the file has there: text from CSV and SIF, any JSON value from JSON. */
export type Cell = readonly [column: string, value: unknown];

class BadRow extends Error {}

const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return `"${text.slice(0, 60)}${text.length > 60 ? '…' : ''}"`;
};

function numeric(
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

function readValue(column: string, kind: ValueKind, value: unknown): unknown {
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

type Tree = Record<string, unknown>;

/** Names that would reach into the object's own machinery instead of its data. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

function place(tree: Tree, path: readonly string[], value: unknown): void {
  const [first = '', ...rest] = path;
  if (FORBIDDEN.has(first)) throw new BadRow(`a column may not be called ${shown(first)}`);
  if (rest.length === 0) {
    const old = tree[first];
    const both =
      old !== null &&
      typeof old === 'object' &&
      !Array.isArray(old) &&
      value !== null &&
      typeof value === 'object' &&
      !Array.isArray(value);
    tree[first] = both ? { ...old, ...value } : value;
    return;
  }
  const under = tree[first];
  const next: Tree =
    under !== null && typeof under === 'object' && !Array.isArray(under) ? (under as Tree) : {};
  tree[first] = next;
  place(next, rest, value);
}

/** Open columns under JSON: sizes and weights in other units are converted, numbers become numbers, the rest is text. */
function placeOpen(tree: Tree, column: string, value: unknown): void {
  const [, axis, unit] = /^specifications\.dimensions\.(width|depth|height)_(cm|mm|m|ft)$/.exec(column) ?? [];
  if (axis && unit) {
    const inches = numeric(
      column,
      typeof value === 'number' ? String(value) : value,
      (text) => inchesFrom(text, unit),
      `a length in ${unit}`,
    );
    if (inches > 0) place(tree, ['specifications', 'dimensions', `${axis}_in`], inches);
    return;
  }
  if (/^specifications\.weight_kg$/.test(column)) {
    const pounds = numeric(
      column,
      typeof value === 'number' ? `${value} kg` : `${String(value).replace(/ *kg$/i, '')} kg`,
      poundsIn,
      'a weight in kg',
    );
    place(tree, ['specifications', 'weight_lbs'], pounds);
    return;
  }
  const text = typeof value === 'string' ? cleanText(value) : value;
  place(
    tree,
    column.split('.'),
    typeof text === 'string' && /^-?\d+(\.\d+)?$/.test(text) && text.length < 16 ? Number(text) : text,
  );
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'string' && cleanText(value) === '');
}

/** Columns that may be written in any case. */
const LOWER = new Set(['status', 'sustainability.data_quality']);

function treeOf(cells: readonly Cell[]): Tree {
  const tree: Tree = {};
  // Whole JSON columns first, so that dotted ones add to them.
  const whole = cells.filter(([column]) => COLUMNS[column] === 'json');
  const ordered =
    whole.length > 0 ? [...whole, ...cells.filter(([column]) => COLUMNS[column] !== 'json')] : cells;
  for (const [column, raw] of ordered) {
    if (isEmpty(raw)) continue;
    const kind = COLUMNS[column];
    if (kind === undefined) {
      placeOpen(tree, column, raw);
      continue;
    }
    const value = readValue(column, kind, raw);
    if (value === undefined) continue;
    place(tree, column.split('.'), LOWER.has(column) ? String(value).toLowerCase() : value);
    if (column === 'list_price' && typeof raw === 'string') {
      const currency = currencyIn(raw);
      if (currency && !cells.some(([name, other]) => name === 'currency' && !isEmpty(other)))
        tree['currency'] = currency;
    }
  }
  if (typeof tree['currency'] === 'string') tree['currency'] = tree['currency'].toUpperCase();
  return tree;
}

/** zod's findings in one sentence of the trade. */
function sentence(
  issue: { path: PropertyKey[]; message: string; code: string; maximum?: number | bigint },
  tree: Tree,
): string {
  const column = issue.path.map(String).join('.');
  const value = issue.path.reduce<unknown>((at, key) => (at as Tree | undefined)?.[key as string], tree);
  if (issue.code === 'too_big' && typeof value === 'string')
    return `${column} is ${value.length} characters long, and ${issue.maximum} fit`;
  if (column === 'currency') return `currency is ${shown(value)}: write a code of three letters such as USD`;
  return `${column} is ${shown(value)}: ${issue.message.replace(/^Invalid (input|option): /, '')}`;
}

/** @returns the product with what the file states and nothing else, or why it is refused */
export function productFrom(cells: readonly Cell[]): RowResult {
  try {
    const tree = treeOf(cells);
    const missing = MANDATORY.filter((column) => tree[column] === undefined);
    if (missing.length > 0)
      return { error: `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing` };
    const parsed = ProductInput.safeParse(tree);
    if (parsed.success) {
      const fault = optionFault(parsed.data.specifications);
      return fault === undefined ? { row: parsed.data } : { error: fault };
    }
    const [issue] = parsed.error.issues;
    return {
      error: issue
        ? sentence(issue as Parameters<typeof sentence>[0], tree)
        : 'the row does not fit a product',
    };
  } catch (error) {
    if (error instanceof BadRow) return { error: error.message };
    if (error instanceof SyntaxError) return { error: `images is no JSON: ${error.message}` };
    throw error;
  }
}
