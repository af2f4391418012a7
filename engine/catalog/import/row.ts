// One record of a file to one product, or one sentence saying what is wrong with it and what would do.
import { ProductInput } from '../../../contract/catalog.ts';
import type { ImportPart } from '../../../contract/catalog-imports.ts';
import { optionFault } from '../options/stored.ts';
import { BadRow, type Cell, isEmpty, numeric, readValue, shown } from './cells.ts';
import { COLUMNS, MANDATORY } from './columns.ts';
import { isPartColumn } from './part-columns.ts';
import { partsOf } from './parts.ts';
import { cleanText, currencyIn, inchesFrom, poundsIn } from './values.ts';

export type RowResult = { readonly row: ProductInput } | { readonly error: string };

/** A product, parts of one, or both. */
export type RecordResult =
  | { readonly row?: ProductInput; readonly parts?: readonly ImportPart[] }
  | { readonly error: string };

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

/** Whether a row of a product's parts leaves the product itself out: nothing but its sku is told. */
const onlyNamesIt = (cells: readonly Cell[]): boolean =>
  MANDATORY.every(
    (column) => column === 'sku' || !cells.some(([name, value]) => name === column && !isEmpty(value)),
  );

/** What a record brings: a product, variants and options of one, or both. */
export function recordFrom(cells: readonly Cell[]): RecordResult {
  if (!cells.some(([column, value]) => isPartColumn(column) && !isEmpty(value))) return productFrom(cells);
  const own = cells.filter(([column]) => isPartColumn(column));
  const rest = cells.filter(([column]) => !isPartColumn(column));
  try {
    const found = partsOf(rest, own);
    if (found === undefined) return productFrom(rest);
    if (found.only || onlyNamesIt(rest)) return { parts: found.parts };
    const product = productFrom(rest);
    return 'error' in product ? product : { ...product, parts: found.parts };
  } catch (error) {
    if (error instanceof BadRow) return { error: error.message };
    throw error;
  }
}
