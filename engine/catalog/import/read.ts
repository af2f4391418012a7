// A catalogue file to products, one at a time: the format is told from the content, memory stays constant but for the
// skus already seen, and every row that is refused says why.
import type { ImportFormat, ImportMapping, ProductInput } from '../../../contract/catalog.ts';
import type { ImportPart } from '../../../contract/catalog-imports.ts';
import { readCsv } from './csv.ts';
import { readJson, readJsonLines } from './json.ts';
import { readSif } from './sif.ts';
import { textOf, UnreadableFile } from './text.ts';

export interface ReadRow {
  /** of the file, from 1: where the record begins */
  readonly line: number;
  readonly row?: ProductInput;
  /** Variants and options of this row's product or, where the row is no product, of one that is known. */
  readonly parts?: readonly ImportPart[];
  readonly error?: string;
  /** With an error: the row as the file has it (CSV: a line; JSON: the record). */
  readonly source?: string;
  /** the rest of the file cannot be read */
  readonly fatal?: boolean;
}

export interface ReadOptions {
  /** told from the content where absent */
  readonly format?: ImportFormat | undefined;
  readonly mapping?: ImportMapping | undefined;
  /** Rows are read though columns are missing, each saying what it lacks: for a preview. */
  readonly lenient?: boolean;
  /** Told once the format is known. */
  readonly onFormat?: ((format: ImportFormat) => void) | undefined;
  /** Told once the header of a CSV file is read, as a line of CSV. */
  readonly onHeader?: ((line: string) => void) | undefined;
}

function isObject(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The format of a file by the beginning of its text. */
export function formatOf(sample: string): ImportFormat {
  const text = sample.trimStart();
  if (text.startsWith('[')) return 'json';
  if (text.startsWith('{')) {
    const [first = '', second] = text.split(/\r\n|\n|\r/);
    if (!isObject(first)) return 'json';
    // A whole object on the first line is a record of JSON Lines, whatever is wrong with the lines after it; a comma
    // there makes it part of a list.
    if (second !== undefined && second.trim() !== '')
      return second.trimStart().startsWith(',') ? 'json' : 'jsonl';
    // One line only: a list inside an object, or a single record.
    return /^\{\s*"\w+"\s*:\s*\[\s*\{/.test(first) ? 'json' : 'jsonl';
  }
  if (/^(?:[A-Z][A-Z0-9%-]|ProductURL|ImageURL)=.*(?:\r\n|\n|\r)/.test(text) && /^PN=/m.test(text))
    return 'sif';
  return 'csv';
}

/** The first piece and the rest in one. */
export async function* prepend(first: string, rest: AsyncIterator<string>): AsyncIterable<string> {
  yield first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

async function* recordsOf(stream: AsyncIterable<Uint8Array>, options: ReadOptions): AsyncIterable<ReadRow> {
  const pieces = textOf(stream)[Symbol.asyncIterator]();
  const first = await pieces.next();
  const sample = first.done ? '' : first.value;
  if (sample.trim() === '') {
    yield { line: 1, error: 'the file is empty', fatal: true };
    return;
  }
  const text = prepend(sample, pieces);
  const format = options.format ?? formatOf(sample);
  options.onFormat?.(format);
  if (format === 'csv') yield* readCsv(text, sample, options);
  else if (format === 'json') yield* readJson(text, options.mapping);
  else if (format === 'jsonl') yield* readJsonLines(text, options.mapping);
  else yield* readSif(text, options.mapping);
}

/** A variant's sku that is its product's own stands for the product as it is. */
const nameOf = (part: ImportPart): string | undefined => {
  if (part.kind === 'option') return `${part.parent_sku}\u0001${part.group.code}\u0001${part.choice.code}`;
  return part.sku === part.parent_sku ? undefined : part.sku;
};

/** What stands in the file already, by the line on which it stood; of options also what they add. */
class Seen {
  private readonly lines = new Map<string, number>();
  private readonly adds = new Map<string, number>();

  /** The record without what came before; a row that brings nothing else is an error. */
  of(record: ReadRow): ReadRow {
    const { line, row, parts = [], source } = record;
    const fresh: ImportPart[] = [];
    let again: string | undefined;
    for (const part of parts) {
      const key = nameOf(part);
      const before = this.before(key);
      if (key === undefined || before === undefined) {
        fresh.push(part);
        continue;
      }
      const what =
        part.kind === 'variant' ? `sku "${part.sku}"` : `option "${part.choice.code}" of ${part.parent_sku}`;
      // Rows that list their options side by side repeat some of them; one at another price is a mistake.
      const isSame = part.kind === 'option' && this.adds.get(key) === part.choice.price_adjustment;
      if (!isSame || parts.length === 1)
        return this.refuse(record, `${what} already stands on line ${before}; the first one counts`);
      again = `all its options already stand, ${what} on line ${before}; the first one counts`;
    }
    const before = this.before(row?.sku);
    if (fresh.length === 0 && again !== undefined && (row === undefined || before !== undefined))
      return this.refuse(record, again);
    if (row !== undefined && before !== undefined && parts.length === 0)
      return this.refuse(record, `sku "${row.sku}" already stands on line ${before}; the first one counts`);
    this.keep(line, row?.sku, fresh);
    if ((row === undefined || before === undefined) && fresh.length === parts.length) return record;
    return {
      line,
      ...(row === undefined || before !== undefined ? {} : { row }),
      parts: fresh,
      ...(source === undefined ? {} : { source }),
    };
  }

  private keep(line: number, sku: string | undefined, parts: readonly ImportPart[]): void {
    if (sku !== undefined && !this.lines.has(sku)) this.lines.set(sku, line);
    for (const part of parts) {
      const key = nameOf(part);
      if (key === undefined || this.lines.has(key)) continue;
      this.lines.set(key, line);
      if (part.kind === 'option') this.adds.set(key, part.choice.price_adjustment);
    }
  }

  private before(key: string | undefined): number | undefined {
    return key === undefined ? undefined : this.lines.get(key);
  }

  private refuse({ line, source, row, parts }: ReadRow, error: string): ReadRow {
    return { line, error, source: source ?? JSON.stringify(row ?? parts) };
  }
}

/**
 * Products of a file in CSV, JSON, JSON Lines or SIF, with their variants and options. A row brings something or is an
 * error; a sku that came before in the same file is an error, so that importing the file again changes nothing, but where
 * each row of a product brings another variant or option of it.
 */
export async function* readCatalog(
  stream: AsyncIterable<Uint8Array>,
  options: ReadOptions = {},
): AsyncIterable<ReadRow> {
  const seen = new Seen();
  try {
    for await (const record of recordsOf(stream, options)) {
      yield seen.of(record);
      if (record.fatal) return;
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    yield { line: 1, error: error.message, fatal: true };
  }
}
