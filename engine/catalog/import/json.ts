// JSON and JSON Lines, streamed: a JSON array (or the first array in an object) is cut into its elements as it comes.
import type { ImportMapping } from '../../../contract/catalog.ts';
import type { Cell } from './cells.ts';
import { isColumn, type Layout, LEFT_OUT, layoutReader, mappingFault } from './columns.ts';
import type { ReadRow } from './read.ts';
import { recordFrom } from './row.ts';
import { LONGEST_RECORD, linesOf } from './text.ts';

const DEEPEST = 40;
/** Of a refused record so much is given back. */
const LONGEST_SOURCE = 20_000;

type LayoutOf = (headers: readonly string[]) => Layout;

/** Nested columns to dotted ones as far as our columns go; a record's own headers are mapped like those of a CSV file. */
function cellsOf(record: Record<string, unknown>, layoutOf: LayoutOf): Cell[] | string {
  const keys = Object.keys(record);
  const { columns, unknown } = layoutOf(keys);
  const fault = mappingFault({ unknown, absent: [] }, keys);
  if (fault !== undefined) return fault;
  const cells: Cell[] = [];
  for (const [i, key] of keys.entries()) {
    const column = columns[i];
    if (column === LEFT_OUT) continue;
    const value = record[key];
    const nested =
      (column === 'specifications' || column === 'sustainability') &&
      value !== null &&
      typeof value === 'object';
    if (nested) cells.push(...flatten(column, value as Record<string, unknown>));
    else if (key === 'attributes' && column === undefined && isRecord(value))
      for (const [name, one] of Object.entries(value)) cells.push([`attributes.${name}`, one]);
    else if (column !== undefined) cells.push([column, value]);
    else if (/^[\w .-]{1,60}$/.test(key))
      cells.push([`specifications.other.${key.replace(/[^\w-]+/g, '_')}`, value]);
  }
  return cells;
}

/** {dimensions: {width_in: 26}} → specifications.dimensions.width_in, so that each value is read by its column's rules. */
function flatten(prefix: string, value: Record<string, unknown>): Cell[] {
  return Object.entries(value).flatMap(([key, one]): Cell[] => {
    const path = `${prefix}.${key}`;
    if (
      path === 'specifications.dimensions' &&
      one !== null &&
      typeof one === 'object' &&
      !Array.isArray(one)
    ) {
      return flatten(path, one as Record<string, unknown>);
    }
    return isColumn(path) ? [[path, one]] : [];
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const sign = text[i];
    if (quoted) {
      if (sign === '\\') i += 1;
      else if (sign === '"') quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === '{' || sign === '[') most = Math.max(most, ++depth);
    else if (sign === '}' || sign === ']') depth -= 1;
  }
  return most;
}

function rowFrom(text: string, line: number, layoutOf: LayoutOf): ReadRow {
  const source = text.slice(0, LONGEST_SOURCE);
  if (depthOf(text) > DEEPEST)
    return { line, error: `the record is nested deeper than ${DEEPEST} levels`, source };
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch (error) {
    return { line, error: `the record is no JSON: ${(error as Error).message.slice(0, 120)}`, source };
  }
  if (record === null || typeof record !== 'object' || Array.isArray(record)) {
    return {
      line,
      error:
        'the record is no JSON object such as {"sku": "A-1", "name": "…", "category": "…", "list_price": 100}',
      source,
    };
  }
  const cells = cellsOf(record as Record<string, unknown>, layoutOf);
  if (typeof cells === 'string') return { line, error: cells, fatal: true };
  const read = recordFrom(cells);
  return 'row' in read && read.parts === undefined ? { line, ...read } : { line, ...read, source };
}

/** The records as they stand; what is no object is passed over. */
export async function* rawJson(
  pieces: AsyncIterable<string>,
  format: 'json' | 'jsonl',
): AsyncIterable<Record<string, unknown>> {
  for await (const text of format === 'json' ? elementsOf(pieces) : textLines(pieces)) {
    if (depthOf(text) > DEEPEST) continue;
    try {
      const record: unknown = JSON.parse(text);
      if (record !== null && typeof record === 'object' && !Array.isArray(record))
        yield record as Record<string, unknown>;
    } catch {
      // The import itself says what is wrong with it.
    }
  }
}

async function* elementsOf(pieces: AsyncIterable<string>): AsyncIterable<string> {
  const cutter = new ElementCutter();
  for await (const piece of pieces) for (const { text } of cutter.feed(piece)) yield text;
}

async function* textLines(pieces: AsyncIterable<string>): AsyncIterable<string> {
  for await (const { text } of linesOf(pieces)) if (text.trim() !== '') yield text;
}

export async function* readJsonLines(
  pieces: AsyncIterable<string>,
  mapping: ImportMapping | undefined,
): AsyncIterable<ReadRow> {
  const layoutOf = layoutReader(mapping);
  for await (const { number, text, cut } of linesOf(pieces)) {
    if (cut) yield { line: number, error: 'the line is longer than a million characters' };
    else if (text.trim() !== '') yield rowFrom(text, number, layoutOf);
  }
}

/** Follows strings and brackets through the pieces and tells where each element of the outermost array lies. */
class ElementCutter {
  private depth = 0;
  private quoted = false;
  private escaped = false;
  private arrayDepth = 0;
  private element = '';
  private began = 1;
  line = 1;
  ended = false;

  *feed(piece: string): Iterable<{ text: string; line: number; long: boolean }> {
    for (const sign of piece) {
      if (sign === '\n') this.line += 1;
      const inside = this.arrayDepth > 0 && !this.ended;
      if (this.quoted) {
        if (this.escaped) this.escaped = false;
        else if (sign === '\\') this.escaped = true;
        else if (sign === '"') this.quoted = false;
      } else if (sign === '"') this.quoted = true;
      else if (sign === '{' || sign === '[') {
        this.depth += 1;
        if (sign === '[' && this.arrayDepth === 0) {
          this.arrayDepth = this.depth;
          continue;
        }
      } else if (sign === '}' || sign === ']') {
        this.depth -= 1;
        if (inside && this.depth < this.arrayDepth) {
          yield* this.take();
          this.ended = true;
          continue;
        }
      } else if (sign === ',' && inside && this.depth === this.arrayDepth) {
        yield* this.take();
        continue;
      }
      if (inside) this.add(sign);
    }
  }

  private add(sign: string): void {
    if (this.element === '') {
      if (/\s/.test(sign)) return;
      this.began = this.line;
    }
    if (this.element.length <= LONGEST_RECORD) this.element += sign;
  }

  private *take(): Iterable<{ text: string; line: number; long: boolean }> {
    const text = this.element;
    this.element = '';
    if (text.trim() !== '') yield { text, line: this.began, long: text.length > LONGEST_RECORD };
  }

  /** A record that the file's end cut off, or an array that never closed. */
  get unfinished(): boolean {
    return !this.ended;
  }
}

export async function* readJson(
  pieces: AsyncIterable<string>,
  mapping: ImportMapping | undefined,
): AsyncIterable<ReadRow> {
  const cutter = new ElementCutter();
  const layoutOf = layoutReader(mapping);
  for await (const piece of pieces) {
    for (const { text, line, long } of cutter.feed(piece)) {
      const row = long
        ? { line, error: 'the record is longer than a million characters' }
        : rowFrom(text, line, layoutOf);
      yield row;
      if ('fatal' in row && row.fatal) return;
    }
  }
  if (cutter.unfinished) {
    yield {
      line: cutter.line,
      error: 'the file ends before its list of products does: it was cut off, or it holds no list',
      fatal: true,
    };
  }
}
