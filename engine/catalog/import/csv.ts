// Comma, semicolon, tab or bar separated values, streamed by csv-parse, one record at a time.
import { type CsvError, type Parser, parse } from 'csv-parse';
import type { Cell } from './cells.ts';
import { LEFT_OUT, layoutOf, mappingFault, missingColumnsMessage } from './columns.ts';
import type { ReadOptions, ReadRow } from './read.ts';
import { recordFrom } from './row.ts';
import { LONGEST_RECORD } from './text.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;

function countOutsideQuotes(line: string, delimiter: string): number {
  return line.replace(/"(?:[^"]|"")*"/g, '').split(delimiter).length - 1;
}

/** The separator that stands in the header and about as often in the lines below it. */
export function delimiterOf(sample: string): string {
  const declared = /^sep=(.)\r?\n/i.exec(sample)?.[1];
  if (declared) return declared;
  const [header = '', ...lines] = sample.split(/\r\n|\n|\r/).slice(0, 12);
  const scored = DELIMITERS.map((delimiter) => {
    const inHeader = countOutsideQuotes(header, delimiter);
    const same = lines.filter(
      (line) => line !== '' && countOutsideQuotes(line, delimiter) === inHeader,
    ).length;
    return { delimiter, score: inHeader === 0 ? 0 : inHeader + same };
  });
  return scored.reduce((best, one) => (one.score > best.score ? one : best)).delimiter;
}

interface CsvRecord {
  readonly record: string[];
  /** lines of the file read when the record was complete */
  readonly lines: number;
}

function cellsOf(
  record: readonly string[],
  columns: readonly (string | undefined)[],
  headers: readonly string[],
): Cell[] {
  return record.flatMap((value, i): Cell[] => {
    if (value === '' || i >= headers.length) return [];
    const column = columns[i];
    if (column === LEFT_OUT) return [];
    if (column !== undefined) return [[column, value]];
    const header = headers[i]!.trim()
      .replace(/[^\w-]+/g, '_')
      .slice(0, 60);
    return header === '' || /^\d*$/.test(header)
      ? []
      : [[`specifications.other.${header}`, value.slice(0, 2000)]];
  });
}

/** csv-parse fed piece by piece; records that came before a broken one are kept. */
class CsvRecords {
  private readonly parser: Parser;
  private queue: CsvRecord[] = [];
  failure: CsvError | undefined;

  constructor(sample: string) {
    this.parser = parse({
      delimiter: delimiterOf(sample),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: LONGEST_RECORD,
      from_line: /^sep=./i.test(sample) ? 2 : 1,
      on_record: (record: string[], { lines }) => {
        this.queue.push({ record, lines });
        return null;
      },
    });
    this.parser.on('error', (error) => {
      this.failure = error as CsvError;
    });
    this.parser.resume();
  }

  async feed(piece: string): Promise<CsvRecord[]> {
    await new Promise<void>((done) => this.parser.write(piece, () => done()));
    return this.taken();
  }

  async finish(): Promise<CsvRecord[]> {
    if (!this.failure) {
      await new Promise<void>((done) => {
        this.parser.once('end', done).once('error', () => done());
        this.parser.end();
      });
    }
    return this.taken();
  }

  private taken(): CsvRecord[] {
    const records = this.queue;
    this.queue = [];
    return records;
  }
}

const FAILURES: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed, so the rest of the file was read as one field',
  CSV_MAX_RECORD_SIZE: 'the row is longer than a million characters: is a quote missing?',
};

type CsvOptions = Pick<ReadOptions, 'mapping' | 'lenient' | 'onHeader'>;

/** What a spreadsheet would run as a formula; signed numbers are numbers. */
const FORMULA = /^(?:[=@\t\r]|[+-](?!\d[\d.,]*$))/;

/** One line of CSV without its end. Text that a spreadsheet would run gets an apostrophe before it. */
export const csvLine = (cells: readonly (string | number)[]): string =>
  cells
    .map((cell) => (typeof cell === 'string' && FORMULA.test(cell) ? `'${cell}` : String(cell)))
    .map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',');

/** Turns records into rows; the first one is the header. */
class CsvTable {
  private headers: string[] | undefined;
  private columns: readonly (string | undefined)[] = [];
  private readonly options: CsvOptions;
  line = 0;

  constructor(options: CsvOptions) {
    this.options = options;
  }

  row({ record, lines }: CsvRecord): ReadRow | undefined {
    const at = this.line + 1;
    this.line = lines;
    if (!this.headers) return this.begin(record);
    if (record.every((value) => value.trim() === '')) return undefined;
    if (record.length > this.headers.length + 1) {
      const error = `the row has ${record.length} fields where the header has ${this.headers.length}: is a separator or a quote missing?`;
      return { line: at, error, source: csvLine(record) };
    }
    const read = recordFrom(cellsOf(record, this.columns, this.headers));
    return 'row' in read && read.parts === undefined
      ? { line: at, ...read }
      : { line: at, ...read, source: csvLine(record) };
  }

  private begin(headers: string[]): ReadRow | undefined {
    this.headers = headers;
    const layout = layoutOf(headers, this.options.mapping);
    this.columns = layout.columns;
    this.options.onHeader?.(csvLine(headers));
    if (this.options.lenient) return undefined;
    const fault =
      mappingFault(layout, headers) ??
      (layout.missing.length > 0 ? missingColumnsMessage(layout.missing, headers) : undefined);
    return fault === undefined ? undefined : { line: 1, error: fault, fatal: true };
  }
}

/** The records as they stand, header first; ends quietly at a record that cannot be read. */
export async function* rawCsv(pieces: AsyncIterable<string>, sample: string): AsyncIterable<string[]> {
  const records = new CsvRecords(sample);
  for await (const piece of pieces) {
    for (const { record } of await records.feed(piece)) yield record;
    if (records.failure) return;
  }
  for (const { record } of await records.finish()) yield record;
}

export async function* readCsv(
  pieces: AsyncIterable<string>,
  sample: string,
  options: CsvOptions,
): AsyncIterable<ReadRow> {
  const records = new CsvRecords(sample);
  const table = new CsvTable(options);
  function* rowsOf(batch: readonly CsvRecord[]): Iterable<ReadRow> {
    for (const record of batch) {
      const row = table.row(record);
      if (row) yield row;
      if (row?.fatal) return;
    }
  }
  for await (const piece of pieces) {
    yield* rowsOf(await records.feed(piece));
    if (records.failure) break;
  }
  yield* rowsOf(await records.finish());
  if (records.failure) {
    const reason = FAILURES[records.failure.code] ?? records.failure.message;
    yield { line: table.line + 1, error: reason, fatal: true };
  }
}
