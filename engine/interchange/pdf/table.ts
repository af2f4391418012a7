/** Tables: hairlines, figures to the right, heads repeated on each page, rows never cut, tagged row by row. */
import { type HeadingOptions, INK, MUTED, type Sheet, TINT } from './sheet.ts';
import { directed, type Style } from './type.ts';

export interface Column {
  head: string;
  /** Share of the table's width. */
  share: number;
  align?: 'left' | 'right';
}

export type Cell = string | { text: string; under?: string; picture?: Picture; strong?: boolean };

/** A drawing in a cell with words for it. */
export interface Picture {
  alt: string;
  height: number;
  draw(x: number, y: number, width: number, height: number): void;
}

export interface Row {
  cells: Cell[];
  strong?: boolean;
}

const SIZE = 8.5;
const STEP = SIZE * 1.36;
const PAD = 4.5;
const GAP = 8;
const HEAD_HEIGHT = 17;
/** A row is at most a good half of a page high. */
const MOST_LINES = 26;

interface Set {
  lines: string[];
  under: string[];
  /** Of the text and of what stands under it. */
  styles: [Style, Style];
  picture: Picture | undefined;
}

/** The heading of a table, kept with its head and first rows. */
export interface Title extends Omit<HeadingOptions, 'keep'> {
  text: string;
}

export function table(
  sheet: Sheet,
  columns: readonly Column[],
  rows: readonly Row[],
  alt?: string,
  title?: Title,
): void {
  if (rows.length === 0) return;
  const total = columns.reduce((sum, column) => sum + column.share, 0);
  const widths = columns.map((column) => (sheet.width * column.share) / total);
  const set = rows.map((row) =>
    row.cells.map((cell, c) =>
      setCell(sheet, cell, (widths[c] ?? 0) - GAP, { ...row, right: columns[c]?.align === 'right' }),
    ),
  );
  const heights = set.map((cells) => Math.max(...cells.map(heightOf)) + PAD * 2);
  // Two rows stay together, as the last two of any table do.
  const begin = HEAD_HEIGHT + (heights[0] ?? 0) + (rows.length === 2 ? (heights[1] ?? 0) : 0);
  if (title !== undefined) sheet.heading(title.text, { ...title, keep: begin });
  const element = sheet.element('Table', alt === undefined ? {} : { alt });
  sheet.ensure(begin);
  head(sheet, columns, widths, element);
  rows.forEach((row, r) => {
    const height = heights[r] ?? 0;
    // The sum is never alone on a page.
    const follows = r === rows.length - 2 ? (heights[r + 1] ?? 0) : 0;
    if (sheet.y + height + follows > sheet.bottom) {
      const page = sheet.doc.page;
      sheet.ensure(height + follows);
      if (sheet.doc.page !== page) head(sheet, columns, widths, null);
    }
    const line = sheet.element('TR', { parent: element });
    if (row.strong)
      sheet.artifact(() => sheet.doc.rect(sheet.left - 4, sheet.y, sheet.width + 8, height).fill(TINT));
    let x = sheet.left;
    set[r]?.forEach((cell, c) => {
      const column = columns[c];
      const width = (widths[c] ?? 0) - GAP;
      drawCell(sheet, cell, {
        x: x + inset(c, columns),
        width,
        right: column?.align === 'right',
        parent: line,
      });
      x += widths[c] ?? 0;
    });
    line.end();
    sheet.y += height;
    sheet.artifact(() => sheet.rule(sheet.y));
  });
  element.end();
  sheet.y += 8;
}

/** The first column begins and the last one ends at the margin. */
function inset(column: number, columns: readonly Column[]): number {
  if (column === 0) return 0;
  return column === columns.length - 1 ? GAP : GAP / 2;
}

type Element = ReturnType<Sheet['element']>;

/** The first time a row of the table; on later pages a repetition that is not read aloud again. */
function head(
  sheet: Sheet,
  columns: readonly Column[],
  widths: readonly number[],
  parent: Element | null,
): void {
  const style: Style = { size: 7.5, weight: 'strong', color: MUTED };
  const line = parent === null ? null : sheet.element('TR', { parent });
  let x = sheet.left;
  columns.forEach((column, c) => {
    const width = (widths[c] ?? 0) - GAP;
    const right = column.align === 'right';
    const draw = () =>
      sheet.type.draw(
        sheet.type.clip(column.head, style, width),
        x + inset(c, columns) + (right ? width : 0),
        sheet.y + 11,
        style,
        right ? 'right' : 'left',
      );
    if (line === null) sheet.artifact(draw);
    else if (column.head === '') sheet.element('TH', { parent: line, scope: 'Column' }).end();
    else sheet.tag('TH', draw, { parent: line, scope: 'Column' });
    x += widths[c] ?? 0;
  });
  line?.end();
  sheet.y += HEAD_HEIGHT;
  sheet.artifact(() => sheet.rule(sheet.y, INK, 0.7));
}

/** "60 × 30 in" stays on one line. */
const SIZE_AND_UNIT = /(\d) (?=(in|mm|cm|ft)\b|\u00d7 \d)|(?<=\d[ \u00a0]\u00d7) (?=\d)/g;

function setCell(sheet: Sheet, cell: Cell, width: number, row: Row & { right: boolean }): Set {
  const told: Exclude<Cell, string> = typeof cell === 'string' ? { text: cell } : cell;
  const given = { ...told, text: told.text.replace(SIZE_AND_UNIT, '$1\u00a0') };
  const strong = given.strong ?? row.strong ?? false;
  // A figure is never broken: one that is too wide is set smaller.
  const wide = row.right && !given.text.includes(' ') ? sheet.type.width(given.text, styleOf(strong)) : 0;
  const size = wide > width ? Math.max(4, (SIZE * width) / wide - 0.05) : SIZE;
  const styles: Set['styles'] = [
    { ...directed(given.text, styleOf(strong)), size },
    directed(given.under ?? '', UNDER),
  ];
  if (size < SIZE) return { lines: [given.text], under: [], picture: undefined, styles };
  const lines = given.text === '' ? [] : sheet.type.lines(given.text, styleOf(strong), width);
  // A dot between two facts is none where a line ends.
  const under = given.under
    ? sheet.type.lines(given.under, UNDER, width).map((line) => line.replace(/ \u00b7$/, ''))
    : [];
  if (lines.length + under.length > MOST_LINES) sheet.shortened++;
  return {
    lines:
      lines.length > MOST_LINES ? sheet.type.lines(given.text, styleOf(strong), width, MOST_LINES) : lines,
    under: under.slice(0, Math.max(0, MOST_LINES - lines.length)),
    picture: given.picture,
    styles,
  };
}

const UNDER: Style = { size: 7.5, color: MUTED };
const UNDER_STEP = UNDER.size * 1.36;

function styleOf(strong: boolean): Style {
  return { size: SIZE, weight: strong ? 'strong' : 'regular', color: INK };
}

function heightOf(cell: Set): number {
  return Math.max(cell.picture?.height ?? 0, cell.lines.length * STEP + cell.under.length * UNDER_STEP);
}

interface Place {
  x: number;
  width: number;
  right: boolean;
  parent: Element;
}

function drawCell(sheet: Sheet, cell: Set, { x, width, right, parent }: Place): void {
  const { picture } = cell;
  if (picture !== undefined) {
    const outer = sheet.element('TD', { parent });
    sheet.tag('Figure', () => picture.draw(x, sheet.y + PAD, width, picture.height), {
      parent: outer,
      alt: picture.alt,
      box: [x, sheet.y + PAD, x + width, sheet.y + PAD + picture.height],
    });
    outer.end();
    return;
  }
  if (cell.lines.length + cell.under.length === 0) {
    sheet.element('TD', { parent }).end();
    return;
  }
  const draw = (line: string, style: Style, y: number, more: boolean) => {
    // Blanks at the end of lines are read aloud; to the right they would move the figure.
    if (right || style.direction === 'rtl') sheet.type.draw(line, x + width, y, style, 'right');
    else sheet.type.draw(more ? `${line} ` : line, x, y, style);
  };
  sheet.tag(
    'TD',
    () => {
      let y = sheet.y + PAD + SIZE;
      const [text, below] = cell.styles;
      const last = cell.lines.length + cell.under.length - 1;
      cell.lines.forEach((line, i) => {
        draw(line, text, y, i < last);
        y += STEP;
      });
      for (const line of cell.under) {
        draw(line, below, y, true);
        y += UNDER_STEP;
      }
    },
    { parent },
  );
}
