/**
 * The lines of a bill, numbered by area and product, and the columns of the sheet Lines. Others sum them by number: names
 * may hold what a spreadsheet takes for a pattern or a comparison. Amounts are in the scenario's currency.
 */
import { toNumber } from '../../money.ts';
import type { Bill, BillLine } from '../bill.ts';
import { spoken } from '../pdf/words.ts';
import { type Column, FIRST_ROW, letterOf, type Value } from './sheet.ts';

export interface NumberedLine extends BillLine {
  number: number;
  area: number;
  product_number: number;
}
export interface Group {
  number: number;
  first: NumberedLine;
  lines: NumberedLine[];
}

export interface Tables {
  lines: NumberedLine[];
  areas: Group[];
  products: Group[];
  /** Costs stand in the document. */
  internal: boolean;
}

export function tablesOf(bill: Bill): Tables {
  const areas = new Map<string, number>();
  const products = new Map<string, number>();
  const numberIn = (map: Map<string, number>, key: string) => {
    const found = map.get(key) ?? map.size + 1;
    map.set(key, found);
    return found;
  };
  const lines = bill.lines.map((line, i) => ({
    ...line,
    number: i + 1,
    area: numberIn(areas, line.item.space_id ?? ''),
    product_number: numberIn(products, `${line.item.sku}\n${line.item.variant?.sku ?? ''}`),
  }));
  return {
    lines,
    areas: grouped(lines, (line) => line.area),
    products: grouped(lines, (line) => line.product_number),
    internal: bill.scenario.internal !== undefined,
  };
}

function grouped(lines: NumberedLine[], numberOf: (line: NumberedLine) => number): Group[] {
  return [...Map.groupBy(lines, numberOf)].map(([number, own]) => ({
    number,
    first: own[0] as NumberedLine,
    lines: own,
  }));
}

export type LineKey =
  | 'number'
  | 'floor'
  | 'area_name'
  | 'sku'
  | 'name'
  | 'variant'
  | 'brand'
  | 'category'
  | 'need'
  | 'quantity'
  | 'unit_list'
  | 'unit_sell'
  | 'discount'
  | 'list'
  | 'sell'
  | 'lead'
  | 'status'
  | 'area'
  | 'product'
  | 'unit_cost'
  | 'cost'
  | 'margin';

export const variantName = ({ item }: BillLine) =>
  item.variant === null ? null : `${item.variant.sku} ${item.variant.name ?? ''}`.trim();
const times = (a: string, b: string, row: number) => `ROUND(${a}${row}*${b}${row},2)`;
export const less = (part: string, whole: string, row: number) =>
  `IF(${whole}${row}=0,0,ROUND(1-${part}${row}/${whole}${row},6))`;
export const fraction = (part: number, whole: number) =>
  whole === 0 ? 0 : Math.round(1e6 * (1 - part / whole)) / 1e6;
export const product = (cents: number, quantity: number) => toNumber(cents * quantity);

/** On paper the lines end with the lead time: what follows sorts and groups, and would make the rest too small to read. */
export const LINES_PRINTED = { frozen: 4, columns: 13 };

export function lineColumns({ internal }: Tables): Column<NumberedLine, LineKey>[] {
  const columns: Column<NumberedLine, LineKey>[] = [
    { key: 'number', header: 'Line', width: 7, format: 'whole', cell: (line) => line.number },
    { key: 'floor', header: 'Floor', width: 14, format: 'text', cell: (line) => line.floor_name },
    { key: 'area_name', header: 'Area', width: 24, format: 'text', cell: (line) => line.space_name },
    { key: 'sku', header: 'Part number', width: 18, format: 'text', cell: (line) => line.item.sku },
    { key: 'name', header: 'Product', width: 36, format: 'text', cell: (line) => line.product.name },
    { key: 'variant', header: 'Variant', width: 20, format: 'text', cell: variantName },
    {
      key: 'quantity',
      header: 'Pieces',
      width: 9,
      format: 'whole',
      cell: (line) => line.quantity,
      total: true,
    },
    {
      key: 'unit_list',
      header: 'List price each',
      width: 14,
      format: 'money',
      cell: (line) => toNumber(line.list_cents),
    },
    {
      key: 'unit_sell',
      header: 'Price each',
      width: 14,
      format: 'money',
      cell: (line) => toNumber(line.sell_cents),
    },
    {
      key: 'discount',
      header: 'Off list',
      width: 9,
      format: 'percent',
      cell: (line, row, at) => ({
        formula: less(at('unit_sell'), at('unit_list'), row),
        result: fraction(line.sell_cents, line.list_cents),
      }),
    },
    {
      key: 'list',
      header: 'List total',
      width: 16,
      format: 'money',
      total: true,
      cell: (line, row, at) => ({
        formula: times(at('quantity'), at('unit_list'), row),
        result: product(line.list_cents, line.quantity),
      }),
    },
    {
      key: 'sell',
      header: 'Total',
      width: 16,
      format: 'money',
      total: true,
      cell: (line, row, at) => ({
        formula: times(at('quantity'), at('unit_sell'), row),
        result: product(line.sell_cents, line.quantity),
      }),
    },
    {
      key: 'lead',
      header: 'Lead time, days',
      width: 10,
      format: 'whole',
      cell: (line) => line.product.lead_time_days,
    },
    { key: 'brand', header: 'Brand', width: 16, format: 'text', cell: (line) => line.product.brand },
    {
      key: 'category',
      header: 'Category',
      width: 14,
      format: 'text',
      cell: (line) => spoken(line.product.category),
    },
    { key: 'need', header: 'For', width: 18, format: 'text', cell: (line) => line.item.need.label },
    { key: 'status', header: 'Status', width: 11, format: 'text', cell: (line) => spoken(line.item.status) },
    { key: 'area', header: 'Area no.', width: 8, format: 'whole', cell: (line) => line.area },
    { key: 'product', header: 'Product no.', width: 9, format: 'whole', cell: (line) => line.product_number },
  ];
  return internal ? [...columns, ...costColumns()] : columns;
}

function costColumns(): Column<NumberedLine, LineKey>[] {
  const known = (line: NumberedLine, value: (cost: number) => Value) =>
    line.cost_cents === null ? null : value(line.cost_cents);
  return [
    {
      key: 'unit_cost',
      header: 'Cost each',
      width: 14,
      format: 'money',
      cell: (line) => known(line, toNumber),
    },
    {
      key: 'cost',
      header: 'Cost total',
      width: 16,
      format: 'money',
      total: true,
      cell: (line, row, at) =>
        known(line, (cost) => ({
          formula: times(at('quantity'), at('unit_cost'), row),
          result: product(cost, line.quantity),
        })),
    },
    {
      key: 'margin',
      header: 'Margin',
      width: 9,
      format: 'percent',
      cell: (line, row, at) =>
        known(line, (cost) => ({
          formula: less(at('cost'), at('sell'), row),
          result: fraction(cost * line.quantity, line.extended_cents),
        })),
    },
  ];
}

/** Where the lines are, for sums over them; null where that sheet is not written. */
export type LinesSheet = { name: string; tables: Tables } | null;

export function rangeOf({ name, tables }: NonNullable<LinesSheet>, key: LineKey): string {
  const letter = letterOf(lineColumns(tables).findIndex((column) => column.key === key));
  return `${name}!$${letter}$${FIRST_ROW}:$${letter}$${Math.max(FIRST_ROW, FIRST_ROW + tables.lines.length - 1)}`;
}
