/**
 * Sheets of a workbook from columns and rows: numbers stay numbers, text stays text whatever it begins with, formulas carry
 * the value they have. Rows 1 and 2 are titles, row 3 the totals, row 4 the heads, data from row 5 on; so a filter leaves
 * the totals in sight.
 */
import type { Cell, CellStyle, WriteSheet } from 'hucre/xlsx';

export type Format = 'text' | 'whole' | 'money' | 'percent';
export interface Formula {
  formula: string;
  result: number;
}
/** Money is a number with two decimals, percent a fraction of one. */
export type Value = string | number | null | Formula;

export interface Column<Row, Key extends string = string> {
  key: Key;
  header: string;
  width: number;
  format: Format;
  /** `at` gives the letter of another column, `row` counts from 1. */
  cell: (value: Row, row: number, at: (key: Key) => string) => Value;
  /** Summed in the row of totals. */
  total?: boolean;
}

export interface Frame {
  title: string;
  subtitle: string;
  money_format: string;
  paper: 'a4' | 'letter';
  /** Of the heads, "RRGGBB", dark enough for white letters. */
  head_color: string;
  /** The organization's own line at the foot of printed pages; null for none. */
  footer: string | null;
}

export const TOTAL_ROW = 3;
export const HEAD_ROW = 4;
export const FIRST_ROW = 5;

const MOST_TEXT = 32_000;
export const HEAD_COLOR = '2F4858';
type Side = NonNullable<CellStyle['alignment']>;
/** Said in every style: a font of which only the weight is told is a serif one in some programs. */
export const FONT = { name: 'Calibri', size: 10 } as const;
const headOf = (rgb: string, side: Side): CellStyle => ({
  font: { ...FONT, bold: true, color: { rgb: 'FFFFFF' } },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb } },
  alignment: { ...side, vertical: 'center', wrapText: true },
});
/** Figures end at the right; text that follows a figure keeps away from it. Long text is broken, not covered by its neighbour. */
const sideOf = (format: Format, column: number): Side =>
  format === 'text' ? { horizontal: 'left', indent: column === 0 ? 0 : 1 } : { horizontal: 'right' };
const TOTAL: CellStyle = {
  font: { ...FONT, bold: true },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'E8EEF1' } },
  border: { top: { style: 'thin' }, bottom: { style: 'thin' } },
};
export const TITLE: CellStyle = { font: { ...FONT, bold: true, size: 14 } };
export const SUBTITLE: CellStyle = { font: { ...FONT, color: { rgb: '5B6770' } } };
export const STRONG: CellStyle = TOTAL;

/** 0 → A, 25 → Z, 26 → AA. */
export function letterOf(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest === 0 ? '' : letterOf(rest - 1)) + String.fromCharCode(65 + (column % 26));
}

/** Cells of one sheet, addressed by row and column from 0. */
export class Grid {
  readonly cells = new Map<string, Partial<Cell>>();
  private readonly money_format: string;
  constructor(money_format: string) {
    this.money_format = money_format;
  }

  put(row: number, column: number, value: Value, format: Format, style: CellStyle = {}): void {
    const at = `${row},${column}`;
    if (value === null || value === '') {
      if (Object.keys(style).length > 0) this.cells.set(at, { value: null, type: 'empty', style });
    } else if (typeof value === 'string')
      this.cells.set(at, { value: plain(value), type: 'string', style: { ...style, ...asText(value) } });
    else {
      const numbered: CellStyle = { ...style, numFmt: this.formatOf(format) };
      this.cells.set(
        at,
        typeof value === 'number'
          ? { value, type: 'number', style: numbered }
          : {
              value: null,
              type: 'formula',
              formula: value.formula,
              formulaResult: value.result,
              style: numbered,
            },
      );
    }
  }

  private formatOf(format: Format): string {
    return { text: 'General', whole: '#,##0', money: this.money_format, percent: '0.0%' }[format];
  }
}

/** Without what a workbook cannot hold: control characters, halves of characters, more than a cell takes. */
function plain(text: string): string {
  return text
    .replace(/[\p{Cc}\uFFFE\uFFFF]+/gu, ' ')
    .toWellFormed()
    .slice(0, MOST_TEXT);
}

/** What begins like a formula keeps being text when somebody edits the cell. */
function asText(text: string): CellStyle {
  return /^\s*[=+\-@|]/.test(text) ? { numFmt: '@' } : {};
}

export function sheetOf<Row, Key extends string>(
  name: string,
  frame: Frame,
  columns: readonly Column<Row, Key>[],
  rows: readonly Row[],
  /** How many columns stay in sight to the left, and how many are printed; all where it is left out. */
  print?: { frozen: number; columns: number },
): WriteSheet {
  const grid = new Grid(frame.money_format);
  const heights = new Map([[HEAD_ROW - 1, { height: 32 }]]);
  const at = (key: Key) => letterOf(columns.findIndex((column) => column.key === key));
  const last = Math.max(FIRST_ROW, FIRST_ROW + rows.length - 1);
  grid.put(0, 0, frame.title, 'text', TITLE);
  grid.put(1, 0, frame.subtitle, 'text', SUBTITLE);
  for (const [c, column] of columns.entries()) {
    const side = sideOf(column.format, c);
    grid.put(HEAD_ROW - 1, c, column.header, 'text', headOf(frame.head_color, side));
    const body: CellStyle = {
      alignment: { ...side, vertical: 'top', ...(column.format === 'text' ? { wrapText: true } : {}) },
    };
    let total = 0;
    for (const [i, row] of rows.entries()) {
      const value = column.cell(row, FIRST_ROW + i, at);
      if (value !== null && value !== '') grid.put(FIRST_ROW - 1 + i, c, value, column.format, body);
      if (typeof value === 'string') tall(heights, FIRST_ROW - 1 + i, linesOf(value, column.width));
      total += typeof value === 'number' ? value : typeof value === 'object' ? (value?.result ?? 0) : 0;
    }
    const letter = letterOf(c);
    const sum = { formula: `ROUND(SUM(${letter}${FIRST_ROW}:${letter}${last}),2)`, result: rounded(total) };
    grid.put(TOTAL_ROW - 1, c, column.total === true ? sum : c === 0 ? 'Total' : null, column.format, TOTAL);
  }
  return {
    name,
    cells: grid.cells,
    columns: columns.map(({ width }) => ({ width })),
    rowDefs: heights,
    freezePane: { rows: HEAD_ROW, ...(print === undefined ? {} : { columns: print.frozen }) },
    autoFilter: { range: `A${HEAD_ROW}:${letterOf(columns.length - 1)}${last}` },
    ...printed(frame, `$${HEAD_ROW}:$${HEAD_ROW}`, print && `$A$1:$${letterOf(print.columns - 1)}$${last}`),
  };
}

/** Points of a line of text. */
const LINE_HEIGHT = 13.5;
const MOST_LINES = 12;

/** How many lines a text takes in a column of so many characters, a little more than most typefaces need. */
function linesOf(text: string, width: number): number {
  let [lines, left] = [1, width - 2];
  for (const word of text.split(/\s+/)) {
    const long = [...word].length * 1.05;
    if (long > left && left < width - 2) [lines, left] = [lines + 1, width - 2];
    lines += Math.max(0, Math.ceil(long / (width - 2)) - 1);
    left -= (long % (width - 2)) + 1;
  }
  return lines;
}

/** Some programs leave rows as high as they are told. */
function tall(heights: Map<number, { height: number }>, row: number, lines: number): void {
  const height = Math.min(lines, MOST_LINES) * LINE_HEIGHT + 1;
  if (lines > 1 && height > (heights.get(row)?.height ?? 0)) heights.set(row, { height });
}

export function printed(
  frame: Frame,
  heads: string | null,
  area?: string,
): Pick<WriteSheet, 'pageSetup' | 'headerFooter'> {
  return {
    pageSetup: {
      paperSize: frame.paper,
      orientation: heads === null ? 'portrait' : 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      margins: { left: 0.5, right: 0.5, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
      ...(heads === null ? {} : { printTitlesRow: heads }),
      ...(area === undefined ? {} : { printArea: area }),
    },
    headerFooter: {
      oddFooter: `&L&A${frame.footer === null ? '' : `&C${footText(frame.footer)}`}&RPage &P of &N`,
    },
  };
}

/** To whole cents; keeps sums of cents exact whatever their order. */
export function rounded(amount: number): number {
  return Math.round(amount * 100) / 100;
}

/** An ampersand is a code there; a line of digits would be read as a size of type. */
function footText(line: string): string {
  return ` ${line.slice(0, 200).replaceAll('&', '&&')}`;
}
