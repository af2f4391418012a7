// Tables: hairlines, numbers right-aligned, sortable headers; VirtualTable draws only the rows in sight.
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { cx } from './cx.ts';

export interface Column<Row> {
  key: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  align?: 'left' | 'right' | undefined;
  /** A CSS width: "6rem", "30%". */
  width?: string | undefined;
  /** Makes the header a button that sorts by this column's key. */
  sortable?: boolean | undefined;
  /** Leaves the column out on narrow screens. */
  wideOnly?: boolean | undefined;
}
export interface Sort {
  key: string;
  direction: 'asc' | 'desc';
}

export interface TableProps<Row> {
  /** Read out as the table's name. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  sort?: Sort | undefined;
  onSort?: ((key: string) => void) | undefined;
  selectedKey?: string | null | undefined;
  onRowClick?: ((row: Row) => void) | undefined;
  /** A row of totals. */
  footer?: ReactNode;
}

function align(column: Column<never>): string {
  return cx(column.align === 'right' && 'text-right', column.wideOnly && 'max-md:hidden');
}

function Head<Row>({
  columns,
  sort,
  onSort,
  sticky,
}: Pick<TableProps<Row>, 'columns' | 'sort' | 'onSort'> & { sticky?: boolean }) {
  return (
    <thead className={sticky ? 'sticky top-0 z-1 bg-ground' : undefined}>
      <tr>
        {columns.map((column) => {
          const sorted = sort?.key === column.key ? sort.direction : undefined;
          return (
            <th
              key={column.key}
              scope="col"
              aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : undefined}
              style={column.width ? { width: column.width } : undefined}
              className={cx(
                'border-b border-line px-2 py-1.5 text-left text-xs font-normal whitespace-nowrap text-ink-3 first:pl-0 last:pr-0',
                align(column as Column<never>),
              )}
            >
              {column.sortable && onSort ? (
                <button
                  type="button"
                  onClick={() => onSort(column.key)}
                  className="inline-flex min-h-6 items-center gap-1 hover:text-ink"
                >
                  {column.header}
                  {sorted === 'asc' ? <ArrowUp className="size-3" /> : null}
                  {sorted === 'desc' ? <ArrowDown className="size-3" /> : null}
                </button>
              ) : (
                column.header
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

function Cells<Row>({ columns, row }: { columns: readonly Column<Row>[]; row: Row }) {
  return columns.map((column) => (
    <td
      key={column.key}
      className={cx('px-2 py-1.5 align-middle first:pl-0 last:pr-0', align(column as Column<never>))}
    >
      {column.cell(row)}
    </td>
  ));
}

function rowClass(clickable: boolean, selected: boolean): string {
  return cx(
    'border-b border-hairline',
    clickable && 'cursor-pointer hover:bg-hover',
    selected && 'bg-accent-wash hover:bg-accent-wash',
  );
}

export function Table<Row>(props: TableProps<Row>) {
  const { label, columns, rows, rowKey, selectedKey, onRowClick, footer } = props;
  return (
    <table aria-label={label} className="w-full border-collapse text-sm">
      <Head columns={columns} sort={props.sort} onSort={props.onSort} />
      <tbody>
        {rows.map((row) => {
          const key = rowKey(row);
          return (
            <tr
              key={key}
              aria-selected={selectedKey === key || undefined}
              onClick={onRowClick ? () => onRowClick(row) : undefined}
              className={rowClass(Boolean(onRowClick), selectedKey === key)}
            >
              <Cells columns={columns} row={row} />
            </tr>
          );
        })}
      </tbody>
      {footer ? <tfoot className="font-medium">{footer}</tfoot> : null}
    </table>
  );
}

export interface VirtualTableProps<Row> extends TableProps<Row> {
  /** Pixels; every row has this height. */
  rowHeight: number;
  className?: string | undefined;
  /** Called when the last rows come into sight, to fetch the next page. */
  onEnd?: (() => void) | undefined;
}

/** The same table in its own scroll box; ten thousand rows stay smooth. */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, columns, rows, rowKey, selectedKey, onRowClick, rowHeight, className, onEnd } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    onChange: (instance) => {
      const last = instance.getVirtualItems().at(-1);
      if (onEnd && last && last.index >= rows.length - 5) onEnd();
    },
  });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll box must be reachable by keyboard.
    <div ref={scroller} tabIndex={0} className={cx('overflow-y-auto', className)}>
      <table aria-label={label} aria-rowcount={rows.length} className="w-full border-collapse text-sm">
        <Head columns={columns} sort={props.sort} onSort={props.onSort} sticky />
        <tbody>
          {before > 0 ? <tr style={{ height: before }} /> : null}
          {items.map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            const key = rowKey(row);
            return (
              <tr
                key={key}
                aria-rowindex={item.index + 1}
                aria-selected={selectedKey === key || undefined}
                onClick={onRowClick ? () => onRowClick(row) : undefined}
                style={{ height: rowHeight }}
                className={rowClass(Boolean(onRowClick), selectedKey === key)}
              >
                <Cells columns={columns} row={row} />
              </tr>
            );
          })}
          {after > 0 ? <tr style={{ height: after }} /> : null}
        </tbody>
      </table>
    </div>
  );
}
