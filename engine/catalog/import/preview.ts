// What a file would become before anything of it is stored: its format, its columns with what each is taken for, and its
// first rows as products with what is wrong with them.
import type { ImportFormat, ImportMapping, ProductInput } from '../../../contract/catalog.ts';
import type { ImportPart } from '../../../contract/catalog-imports.ts';
import { COLUMNS, isColumn, LEFT_OUT, layoutOf, MANDATORY, mappingFault } from './columns.ts';
import { rawCsv } from './csv.ts';
import { guessColumns } from './guess.ts';
import { rawJson } from './json.ts';
import { NUMBERED_COLUMNS, PART_COLUMNS } from './part-columns.ts';
import { formatOf, prepend, readCatalog } from './read.ts';
import { rawSif, sifColumns } from './sif.ts';
import { textOf, UnreadableFile } from './text.ts';

/** Records from which columns are told; sparse columns of JSON stand among them too. */
const SAMPLED = 200;
const SHOWN_ROWS = 20;
const SHOWN_SAMPLES = 3;
const LONGEST_SAMPLE = 120;
/** Of a JSON file's records so many are looked through for the headers that a mapping names. */
const LOOKED_THROUGH = 1000;

export interface PreviewColumn {
  header: string;
  column: string | null;
  source: 'mapping' | 'name' | 'header' | 'content' | null;
  samples: string[];
  filled: number;
}

export interface Preview {
  format: ImportFormat | null;
  columns: PreviewColumn[];
  mapping: ImportMapping;
  missing: string[];
  unmapped: string[];
  rows: { line: number; product: ProductInput | null; parts: ImportPart[]; problems: string[] }[];
  problem: string | null;
}

interface Sample {
  readonly format: ImportFormat | null;
  readonly headers: readonly string[];
  readonly records: readonly ReadonlyMap<string, unknown>[];
  readonly problem: string | null;
}

type Bytes = AsyncIterable<Uint8Array>;

/** The first records as the file has them. */
async function sampleOf(stream: Bytes, given: ImportFormat | undefined, most: number): Promise<Sample> {
  const records: Map<string, unknown>[] = [];
  const headers = new Set<string>();
  let format: ImportFormat | null = null;
  try {
    const pieces = textOf(stream)[Symbol.asyncIterator]();
    const first = await pieces.next();
    const text = first.done ? '' : first.value;
    if (text.trim() === '') return { format, headers: [], records, problem: 'the file is empty' };
    format = given ?? formatOf(text);
    for await (const record of recordsOf(prepend(text, pieces), text, format)) {
      for (const header of record.keys()) headers.add(header);
      if (record.size > 0) records.push(record);
      if (records.length >= most) break;
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { format, headers: [], records: [], problem: error.message };
  }
  return { format, headers: [...headers], records, problem: null };
}

/** With CSV the header comes first, as a record of empty values, so that a file without rows has its columns too. */
async function* recordsOf(
  text: AsyncIterable<string>,
  sample: string,
  format: ImportFormat,
): AsyncIterable<Map<string, unknown>> {
  if (format === 'csv') {
    let headers: string[] | undefined;
    for await (const record of rawCsv(text, sample)) {
      if (headers === undefined) headers = record;
      yield new Map(headers.map((header, i) => [header, headers === record ? '' : (record[i] ?? '')]));
    }
    return;
  }
  const records = format === 'sif' ? rawSif(text) : rawJson(text, format);
  for await (const record of records) yield new Map(Object.entries(record));
}

function textOfValue(value: unknown): string {
  if (value === null || value === undefined) return '';
  return (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).trim();
}

interface Recognised {
  readonly columns: Map<string, { column: string; source: PreviewColumn['source'] }>;
  readonly missing: readonly string[];
  readonly fault: string | undefined;
}

function recognise(
  { format, headers }: Sample,
  valuesOf: (header: string) => string[],
  mapping: ImportMapping | undefined,
): Recognised {
  const given = new Set(Object.keys(mapping ?? {}).map((header) => header.trim().toLowerCase()));
  const columns: Recognised['columns'] = new Map();
  const layout = layoutOf(headers, mapping);
  const fault = mappingFault(layout, headers);
  if (format === 'sif') {
    const codes = sifColumns(mapping);
    for (const header of headers) {
      const column = codes[header] ?? (header === 'PD' ? 'name' : undefined);
      if (column !== undefined)
        columns.set(header, { column, source: given.has(header.toLowerCase()) ? 'mapping' : 'header' });
    }
    return { columns, missing: [], fault };
  }
  for (const [i, header] of headers.entries()) {
    const column = layout.columns[i];
    if (column === undefined) continue;
    const name = header.trim().toLowerCase();
    const source = given.has(name) ? 'mapping' : isColumn(name) && name === column ? 'name' : 'header';
    columns.set(header, { column, source });
  }
  if (mapping !== undefined) return { columns, missing: layout.missing, fault };
  const taken = new Set([...columns.values()].map(({ column }) => column));
  const wanted = new Set(
    ['images', 'currency', 'description', ...layout.missing].filter((one) => !taken.has(one)),
  );
  const open = headers.filter((header) => !columns.has(header));
  const guessed = guessColumns(
    open.map((header) => ({ header, values: valuesOf(header) })),
    wanted,
  );
  for (const [header, column] of guessed) columns.set(header, { column, source: 'content' });
  const found = new Set(guessed.values());
  return { columns, missing: layout.missing.filter((one) => !found.has(one)), fault };
}

/**
 * Reads the beginning of a file twice, for its columns and for its rows.
 * @param open a new stream of the file each time
 * @param mapping what a person chose; absent, columns are told by header and content
 */
export async function previewCatalog(
  open: () => Promise<Bytes>,
  options: { mapping?: ImportMapping | undefined; format?: ImportFormat | undefined } = {},
): Promise<Preview> {
  const sample = await sampleOf(await open(), options.format, SAMPLED);
  const { format, headers, records } = sample;
  const filledRecords = records.filter((record) =>
    [...record.values()].some((value) => textOfValue(value) !== ''),
  );
  const valuesOf = (header: string): string[] =>
    filledRecords.map((record) => textOfValue(record.get(header)));
  const { columns, missing, fault } = recognise(sample, valuesOf, options.mapping);
  const mapping = {
    ...Object.fromEntries([...columns].map(([header, { column }]) => [header, column])),
    ...(options.mapping ?? {}),
  };
  const shown = headers
    .filter((header) => header.trim() !== '')
    .map((header): PreviewColumn => {
      const values = valuesOf(header).filter((value) => value !== '');
      const { column = null, source = null } = columns.get(header) ?? {};
      return {
        header,
        column: column === LEFT_OUT ? null : column,
        source,
        samples: [...new Set(values)].slice(0, SHOWN_SAMPLES).map((value) => value.slice(0, LONGEST_SAMPLE)),
        filled: values.length,
      };
    });
  const problem = sample.problem ?? fault ?? null;
  return {
    format,
    columns: shown,
    mapping,
    missing: [...missing],
    unmapped: shown.filter(({ column }) => column === null).map(({ header }) => header),
    rows: problem === null ? await rowsOf(await open(), mapping, format) : [],
    problem,
  };
}

async function rowsOf(
  stream: Bytes,
  mapping: ImportMapping,
  format: ImportFormat | null,
): Promise<Preview['rows']> {
  const rows: Preview['rows'] = [];
  const options = { mapping, lenient: true, ...(format === null ? {} : { format }) };
  for await (const { line, row, parts, error } of readCatalog(stream, options)) {
    rows.push({
      line,
      product: row ?? null,
      parts: [...(parts ?? [])],
      problems: error === undefined ? [] : [error],
    });
    if (rows.length >= SHOWN_ROWS) break;
  }
  return rows;
}

/** What is wrong with a mapping for this file, before a row of it is read; undefined where nothing is. */
export async function mappingFaultOf(
  stream: Bytes,
  mapping: ImportMapping,
  given?: ImportFormat,
): Promise<string | undefined> {
  const { format, headers, problem } = await sampleOf(stream, given, LOOKED_THROUGH);
  if (problem !== null) return undefined;
  const layout = layoutOf(headers, mapping);
  const fault = mappingFault(layout, headers);
  const onlySampled = format !== 'csv' && layout.unknown.length === 0 && fault !== undefined;
  return onlySampled ? `${fault} (in its first ${LOOKED_THROUGH.toLocaleString('en-US')} records)` : fault;
}

/** Columns a mapping may lead to. */
export const IMPORT_TARGETS = Object.entries({ ...COLUMNS, ...PART_COLUMNS, ...NUMBERED_COLUMNS }).map(
  ([column, kind]) => ({
    column,
    kind,
    mandatory: (MANDATORY as readonly string[]).includes(column),
  }),
);
