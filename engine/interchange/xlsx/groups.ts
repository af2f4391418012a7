/** The columns of the sheets Areas and Products: sums over the sheet Lines, or their values where that is not written. */
import { toNumber } from '../../money.ts';
import { spoken } from '../pdf/words.ts';
import {
  fraction,
  type Group,
  type LineKey,
  type LinesSheet,
  less,
  type NumberedLine,
  product,
  rangeOf,
  type Tables,
  variantName,
} from './lines.ts';
import { type Column, rounded } from './sheet.ts';

export type GroupKey =
  | 'number'
  | 'floor'
  | 'area_name'
  | 'sku'
  | 'name'
  | 'variant'
  | 'brand'
  | 'category'
  | 'lines'
  | 'quantity'
  | 'list'
  | 'sell'
  | 'discount'
  | 'lead'
  | 'cost';

function summed(
  sheet: LinesSheet,
  by: 'area' | 'product',
  of: LineKey,
  value: (line: NumberedLine) => number,
): Column<Group, GroupKey>['cell'] {
  return (group, row) => {
    const result = rounded(group.lines.reduce((sum, line) => sum + value(line), 0));
    if (sheet === null) return result;
    const formula = `ROUND(SUMIF(${rangeOf(sheet, by)},A${row},${rangeOf(sheet, of)}),2)`;
    return { formula, result };
  };
}

export function groupColumns(
  by: 'area' | 'product',
  sheet: LinesSheet,
  tables: Tables,
): Column<Group, GroupKey>[] {
  const named: Column<Group, GroupKey>[] =
    by === 'area'
      ? [
          { key: 'number', header: 'Area no.', width: 9, format: 'whole', cell: (group) => group.number },
          { key: 'floor', header: 'Floor', width: 18, format: 'text', cell: ({ first }) => first.floor_name },
          {
            key: 'area_name',
            header: 'Area',
            width: 30,
            format: 'text',
            cell: ({ first }) => first.space_name ?? 'No room',
          },
        ]
      : [
          { key: 'number', header: 'Product no.', width: 9, format: 'whole', cell: (group) => group.number },
          {
            key: 'sku',
            header: 'Part number',
            width: 18,
            format: 'text',
            cell: ({ first }) => first.item.sku,
          },
          {
            key: 'name',
            header: 'Product',
            width: 36,
            format: 'text',
            cell: ({ first }) => first.product.name,
          },
          {
            key: 'variant',
            header: 'Variant',
            width: 20,
            format: 'text',
            cell: ({ first }) => variantName(first),
          },
          {
            key: 'brand',
            header: 'Brand',
            width: 16,
            format: 'text',
            cell: ({ first }) => first.product.brand,
          },
          {
            key: 'category',
            header: 'Category',
            width: 14,
            format: 'text',
            cell: ({ first }) => spoken(first.product.category),
          },
        ];
  const listed = (line: NumberedLine) => product(line.list_cents, line.quantity);
  const sold = (line: NumberedLine) => toNumber(line.extended_cents);
  const cost = (line: NumberedLine) => product(line.cost_cents ?? 0, line.quantity);
  return [
    ...named,
    {
      key: 'lines',
      header: 'Lines',
      width: 8,
      format: 'whole',
      cell: ({ lines }) => lines.length,
      total: true,
    },
    {
      key: 'quantity',
      header: 'Pieces',
      width: 9,
      format: 'whole',
      total: true,
      cell: summed(sheet, by, 'quantity', (line) => line.quantity),
    },
    {
      key: 'list',
      header: 'List total',
      width: 16,
      format: 'money',
      total: true,
      cell: summed(sheet, by, 'list', listed),
    },
    {
      key: 'sell',
      header: 'Total',
      width: 16,
      format: 'money',
      total: true,
      cell: summed(sheet, by, 'sell', sold),
    },
    {
      key: 'discount',
      header: 'Off list',
      width: 9,
      format: 'percent',
      cell: ({ lines }, row, at) => ({
        formula: less(at('sell'), at('list'), row),
        result: fraction(
          lines.reduce((sum, line) => sum + line.extended_cents, 0),
          lines.reduce((sum, line) => sum + line.list_cents * line.quantity, 0),
        ),
      }),
    },
    {
      key: 'lead',
      header: 'Longest lead time, days',
      width: 18,
      format: 'whole',
      cell: ({ lines }) => longest(lines.map((line) => line.product.lead_time_days)),
    },
    ...(tables.internal
      ? [
          {
            key: 'cost' as const,
            header: 'Cost total',
            width: 16,
            format: 'money' as const,
            total: true,
            cell: summed(sheet, by, 'cost', cost),
          },
        ]
      : []),
  ];
}

function longest(days: readonly (number | null)[]): number | null {
  return days.reduce<number | null>((most, one) => (one === null ? most : Math.max(most ?? 0, one)), null);
}
