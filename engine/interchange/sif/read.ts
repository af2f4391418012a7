/**
 * Reading a SIF file line by line in constant memory. Codes the dialect gives no meaning are kept with their record and
 * counted; what is missing or wrong is told with its line number.
 */
import type { SifDialect, SifProblem } from '../../../contract/exports.ts';
import { binaryKind, linesOf } from '../../catalog/import/text.ts';
import { type Cents, fromNumber } from '../../money.ts';
import { InterchangeError } from '../writer.ts';
import { DIALECTS, MANDATORY, type SifField } from './dialects.data.ts';
import { decoded } from './encoding.ts';
import type { SifLine, SifPair } from './lines.ts';
import { lessPercent, percentOfText } from './percent.ts';
import { type SifEntry, sifPieces } from './records.ts';

export interface ReadSifLine extends SifLine {
  /** Where its PN stands. */
  line: number;
  /** False where it lacks what a comparison needs. */
  usable: boolean;
  unknown: SifEntry[];
}

export interface SifSummary {
  encoding: string;
  title: string | null;
  lines: number;
  records: number;
  problem_count: number;
  problems: SifProblem[];
  unknown_codes: { code: string; count: number; first_line: number; example: string }[];
}

const MOST_PROBLEMS = 1000;
const MOST_UNKNOWN = 500;
const LARGEST_QUANTITY = 2_000_000_000;
/** What the column of a price holds at most, in cents. */
const LARGEST_PRICE = 9_999_999_999;

/** Hands every record to `onLine` in the order of the file. @throws InterchangeError for what is no SIF file at all */
export async function readSif(
  stream: AsyncIterable<Uint8Array>,
  dialect: SifDialect,
  onLine: (line: ReadSifLine) => void,
): Promise<SifSummary> {
  const reader = new Reader(dialect);
  const text = decoded(checked(stream), DIALECTS[dialect].encoding, (encoding) => {
    reader.summary.encoding = encoding;
  });
  for await (const piece of sifPieces(reader.counted(linesOf(text)))) {
    if (piece.kind === 'problem') reader.problem(piece.line, 'error', piece.message);
    else if (piece.kind === 'header') reader.header(piece.entry);
    else onLine(reader.record(piece.line, piece.entries));
  }
  if (reader.summary.records === 0)
    throw new InterchangeError(
      'not_this_format',
      'This is no SIF file: it has no line beginning with PN=. Export the order as SIF and send that.',
    );
  return reader.summary;
}

async function* checked(stream: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let first = true;
  for await (const chunk of stream) {
    if (chunk.length === 0) continue;
    const binary = first ? binaryKind(chunk) : undefined;
    if (binary !== undefined)
      throw new InterchangeError('not_this_format', `This is ${binary}, not a SIF file.`);
    first = false;
    yield chunk;
  }
}

class Reader {
  readonly summary: SifSummary = {
    encoding: '',
    title: null,
    lines: 0,
    records: 0,
    problem_count: 0,
    problems: [],
    unknown_codes: [],
  };
  private readonly fields: ReadonlyMap<string, SifField>;
  private readonly names: ReadonlyMap<SifField, string>;
  private readonly unknown = new Map<string, SifSummary['unknown_codes'][number]>();

  constructor(key: SifDialect) {
    const dialect = DIALECTS[key];
    this.fields = new Map(
      [...dialect.also, ...dialect.codes].map(([code, field]) => [code.toUpperCase(), field]),
    );
    this.names = new Map([...dialect.codes].reverse().map(([code, field]) => [field, code]));
  }

  async *counted<T extends { readonly number: number; readonly text: string }>(
    lines: AsyncIterable<T>,
  ): AsyncIterable<T> {
    for await (const line of lines) {
      this.summary.lines = line.number;
      if (line.text.includes('\uFFFD'))
        this.problem(line.number, 'warning', 'a character could not be read in the file’s encoding');
      yield line;
    }
  }

  problem(line: number, severity: SifProblem['severity'], message: string): void {
    this.summary.problem_count += 1;
    if (this.summary.problems.length < MOST_PROBLEMS) this.summary.problems.push({ line, severity, message });
  }

  header(entry: SifEntry): void {
    if (entry.code === 'ST' || (entry.code === 'SF' && this.summary.title === null))
      this.summary.title = entry.value.slice(0, 500) || this.summary.title;
    else if (entry.code !== 'SF') this.keep(entry);
  }

  record(line: number, entries: SifEntry[]): ReadSifLine {
    this.summary.records += 1;
    const values = new Map<SifField, SifEntry>();
    const unknown: SifEntry[] = [];
    for (const entry of entries) {
      const field = this.fields.get(entry.code);
      if (field === undefined) {
        unknown.push(entry);
        this.keep(entry);
      } else if (entry.value !== '' && !values.has(field)) values.set(field, entry);
    }
    const text = (field: SifField) => values.get(field)?.value ?? '';
    let usable = true;
    for (const [field, severity] of MANDATORY) {
      if (values.has(field)) continue;
      if (severity === 'error') usable = false;
      this.problem(line, severity, `${this.names.get(field)} is missing in the record that begins here`);
    }
    const quantity = this.quantity(values.get('quantity'));
    if (quantity === undefined) usable = false;
    const list_cents = this.money(values.get('list'));
    return {
      line,
      part: text('part'),
      description: text('description'),
      manufacturer: text('manufacturer'),
      quantity: quantity ?? 0,
      list_cents,
      sell_cents: this.less(list_cents, values.get('sell_discount'), lessPercent),
      buy_cents:
        this.less(list_cents, values.get('buy_discount'), lessPercent) ??
        this.less(list_cents, values.get('buy_factor'), percentOfText) ??
        this.money(values.get('buy_price')),
      side_mark: text('side_mark'),
      group: text('group'),
      note: text('note'),
      weight: text('weight'),
      volume: text('volume'),
      product_url: text('product_url'),
      image_url: text('image_url'),
      options: this.pairs(entries, 'option', 'option_description'),
      attributes: this.pairs(entries, 'attribute', 'attribute_description'),
      usable,
      unknown,
    };
  }

  private keep({ code, value, line }: SifEntry): void {
    const before = this.unknown.get(code);
    if (before !== undefined) before.count += 1;
    else if (this.unknown.size < MOST_UNKNOWN) {
      const one = { code, count: 1, first_line: line, example: value.slice(0, 100) };
      this.unknown.set(code, one);
      this.summary.unknown_codes.push(one);
    }
  }

  private quantity(entry: SifEntry | undefined): number | undefined {
    if (entry === undefined) return undefined;
    const value = numberOf(entry.value);
    if (value !== undefined && Number.isInteger(value) && value > 0 && value <= LARGEST_QUANTITY)
      return value;
    this.problem(
      entry.line,
      'error',
      `${entry.code}=${short(entry.value)} is no quantity: a whole number above 0`,
    );
    return undefined;
  }

  private money(entry: SifEntry | undefined): Cents | null {
    if (entry === undefined) return null;
    const value = numberOf(entry.value);
    if (value !== undefined && value >= 0 && value * 100 <= LARGEST_PRICE) return fromNumber(value);
    this.problem(
      entry.line,
      'warning',
      `${entry.code}=${short(entry.value)} is no price; it is not compared`,
    );
    return null;
  }

  private less(
    list: Cents | null,
    entry: SifEntry | undefined,
    apply: (list: Cents, percent: string) => Cents,
  ): Cents | null {
    if (entry === undefined || list === null) return null;
    const percent = entry.value.replace(/\s*%$/, '').replace(/^\./, '0.').replace(/^-\./, '-0.');
    if (/^-?\d{1,12}(\.\d*)?$/.test(percent)) {
      const cents = apply(list, percent);
      if (cents >= 0 && cents <= LARGEST_PRICE) return cents;
    }
    this.problem(entry.line, 'warning', `${entry.code}=${short(entry.value)} is no usable percentage`);
    return null;
  }

  /** A code and the description that follows it; either may stand alone. */
  private pairs(entries: SifEntry[], code: SifField, description: SifField): SifPair[] {
    const pairs: SifPair[] = [];
    let open: SifPair | undefined;
    for (const entry of entries) {
      const field = this.fields.get(entry.code);
      if (field === code) {
        open = { code: entry.value, description: '' };
        pairs.push(open);
      } else if (field === description) {
        if (open !== undefined && open.description === '') open.description = entry.value;
        else {
          this.problem(entry.line, 'warning', `${entry.code} stands without the code it describes`);
          pairs.push({ code: '', description: entry.value });
        }
        open = undefined;
      }
    }
    return pairs.filter((pair) => pair.code !== '' || pair.description !== '');
  }
}

function short(value: string): string {
  return value.length > 40 ? `${value.slice(0, 40)}…` : value;
}

/** "1,234.50", "$1234.5", "1234,50" → 1234.5 */
function numberOf(text: string): number | undefined {
  const plain = text.replace(/[\s$€£]/g, '');
  if (/^-?\d+(\.\d*)?$/.test(plain) || /^-?\.\d+$/.test(plain)) return Number(plain);
  if (/^-?\d{1,3}(,\d{3})+(\.\d*)?$/.test(plain)) return Number(plain.replaceAll(',', ''));
  if (/^-?\d+,\d{1,2}$/.test(plain)) return Number(plain.replace(',', '.'));
  return undefined;
}
