// Storing the rows of a file as they are read: in batches, each one transaction (import-write.ts), with counts and reasons.
import type { ImportFormat, ImportMapping, ImportReport } from '../../../contract/catalog.ts';
import type { Embedder } from '../../../engine/catalog/embedding/embedding.ts';
import { type ReadRow, readCatalog } from '../../../engine/catalog/import/read.ts';
import { AppError } from '../../platform/errors.ts';
import type { Postgres } from '../../platform/postgres.ts';
import { DerivedAhead } from './derive-ahead.ts';
import type { FileRecord } from './import-parts.ts';
import { type Stored, storeRecords, type WriteOptions } from './import-write.ts';
import { insertImport, updateImport } from './sql/imports.ts';
import * as write from './sql/write.ts';
import { keepVectorIndexTrained } from './vector-index.ts';

/** Rows of one transaction: a service answers others between two of them, the command line has nobody to answer. */
const BATCH = 250;
export const LARGE_BATCH = 1000;
/** Rejected rows kept in the report that is stored; the answer of the import itself has up to MOST_REJECTED. */
export const STORED_REJECTED = 500;
const MOST_REJECTED = 100_000;
/** From so many changed rows on the planner's statistics are gathered anew. */
export const MANY = 200;

export interface ImportOptions {
  readonly file_name?: string | undefined;
  readonly mapping?: ImportMapping | undefined;
  readonly format?: ImportFormat | undefined;
  readonly started_by?: string | undefined;
  readonly batch?: number | undefined;
  /** What search needs of new products is worked out a batch ahead, in a thread of its own. */
  readonly ahead?: boolean | undefined;
  /** Called after each batch with the rows read so far. */
  readonly onProgress?: ((read: number) => void) | undefined;
  /** Called with a sentence where the rows are stored and something else went wrong. */
  readonly onWarning?: ((sentence: string) => void) | undefined;
}

export interface StoredReport extends ImportReport {
  readonly id: string;
}

/** Variants and options that came before their product are kept until the end of the file, but no more than so many. */
const MOST_WAITING = 10_000;

const sourceOf = ({ row, source }: FileRecord): string => source ?? JSON.stringify(row ?? {});

export interface ImportSinks {
  /** Every refused row as it is met, with the row as the file has it. */
  readonly onRejected?: ((line: number, reason: string, source: string) => Promise<void>) | undefined;
  /** After each batch; `true` ends the import there. */
  readonly onBatch?: ((run: ImportRun) => Promise<boolean>) | undefined;
}

/** The counts of an import while it runs. */
export class ImportRun {
  private readonly postgres: Postgres;
  private readonly embedder: Embedder;
  private readonly write: WriteOptions;
  private readonly sinks: ImportSinks;
  private readonly size: number;
  private batch: FileRecord[] = [];
  private waiting: FileRecord[] = [];
  private stopped = false;
  read = 0;
  created = 0;
  updated = 0;
  rejectedCount = 0;
  /** Variants and options that are new or changed. */
  variants = 0;
  options = 0;
  readonly rejected: { line: number; reason: string }[] = [];

  constructor(
    postgres: Postgres,
    embedder: Embedder,
    options: WriteOptions,
    sinks: ImportSinks = {},
    size: number = BATCH,
  ) {
    this.postgres = postgres;
    this.embedder = embedder;
    this.write = options;
    this.sinks = sinks;
    this.size = size;
  }

  get unchanged(): number {
    return this.read - this.created - this.updated - this.rejectedCount - this.waiting.length;
  }

  get isStopped(): boolean {
    return this.stopped;
  }

  private async reject(line: number, reason: string, source: string): Promise<void> {
    this.rejectedCount += 1;
    if (this.rejected.length < MOST_REJECTED) this.rejected.push({ line, reason });
    await this.sinks.onRejected?.(line, reason, source);
  }

  /** @returns whether to go on */
  async take({ line, row, parts, error, fatal, source }: ReadRow): Promise<boolean> {
    if (!(fatal && this.read === 0 && line <= 1)) this.read += 1;
    if (row === undefined && parts === undefined)
      await this.reject(line, error ?? 'the row could not be read', source ?? '');
    else this.batch.push({ line, row, parts: parts ?? [], source });
    if (this.batch.length >= this.size) await this.flush();
    return !this.stopped;
  }

  async flush(): Promise<void> {
    const rows = this.batch;
    this.batch = [];
    await this.storeAll(rows);
    if (rows.length > 0) this.stopped = (await this.sinks.onBatch?.(this)) ?? false;
  }

  /** The rows that are left, and once more those whose product had not come yet. */
  async finish(): Promise<void> {
    await this.flush();
    const late = this.waiting;
    this.waiting = [];
    for (let at = 0; at < late.length && !this.stopped; at += this.size) {
      this.batch = late.slice(at, at + this.size);
      await this.flush();
    }
    for (const record of this.waiting.splice(0)) await this.orphan(record);
  }

  private async orphan(record: FileRecord): Promise<void> {
    const parents = record.parts.map(({ parent_sku }) => parent_sku).filter((sku) => sku !== record.row?.sku);
    const reason = `its product ${parents[0] ?? ''} is neither in the file nor in the catalogue; import the product first`;
    await this.reject(record.line, reason, sourceOf(record));
  }

  /** One bad row must not take its neighbours with it: what fails is halved until it stands alone. */
  private async storeAll(records: readonly FileRecord[]): Promise<void> {
    if (records.length === 0) return;
    let stored: Stored;
    try {
      stored = await this.postgres.asSystem((tx) => storeRecords(tx, records, this.embedder, this.write));
    } catch (error) {
      if (records.length === 1) {
        const [record] = records as [FileRecord];
        await this.reject(
          record.line,
          `it could not be stored: ${(error as Error).message}`,
          sourceOf(record),
        );
        return;
      }
      const middle = records.length >> 1;
      await this.storeAll(records.slice(0, middle));
      await this.storeAll(records.slice(middle));
      return;
    }
    this.created += stored.created;
    this.updated += stored.updated;
    this.variants += stored.variants;
    this.options += stored.options;
    for (const { record, reason } of stored.refused) await this.reject(record.line, reason, sourceOf(record));
    for (const record of stored.waiting) {
      if (this.waiting.length < MOST_WAITING) this.waiting.push(record);
      else await this.orphan(record);
    }
  }

  /**
   * What follows many changes: statistics for the planner, word indexes in order, the index of embeddings trained.
   * @returns what went wrong with it: the rows are stored all the same
   */
  async settle(): Promise<string | null> {
    if (this.created + this.updated < MANY) return null;
    try {
      await write.analyzeCatalog(this.postgres.owner);
      await keepVectorIndexTrained(this.postgres);
      return null;
    } catch (error) {
      return `The rows are stored, but searching them may be slow until the next import: ${(error as Error).message}.`;
    }
  }

  counts() {
    const { read: readRows, created, updated, unchanged, rejectedCount, rejected } = this;
    return {
      read: readRows,
      created,
      updated,
      unchanged,
      rejected_count: rejectedCount,
      rejected: rejected.slice(0, STORED_REJECTED),
    };
  }
}

/**
 * Reads a file to its end and stores its products; a row is stored whole or rejected with a reason.
 * @throws AppError unreadable_file where nothing of the file could be read; the report of the attempt stays
 */
export async function runImport(
  postgres: Postgres,
  embedder: Embedder,
  stream: AsyncIterable<Uint8Array>,
  options: ImportOptions,
): Promise<StoredReport> {
  const id = await postgres.asSystem((tx) =>
    insertImport(tx, {
      file_name: options.file_name?.slice(0, 255) ?? null,
      mapping: options.mapping ?? {},
      started_by: options.started_by ?? null,
      status: 'running',
    }),
  );
  const begun = performance.now();
  let format: ImportFormat | null = null;
  const ahead = options.ahead ? new DerivedAhead(options.batch ?? BATCH) : undefined;
  const run = new ImportRun(
    postgres,
    embedder,
    { import_id: id, ahead },
    {
      onBatch: async ({ read: rows }) => {
        options.onProgress?.(rows);
        return false;
      },
    },
    options.batch,
  );
  const end = async (error: string | null): Promise<void> => {
    await postgres.asSystem((tx) =>
      updateImport(tx, id, {
        ...run.counts(),
        format,
        worked_seconds: (performance.now() - begun) / 1000,
        status: error === null ? 'completed' : 'failed',
        error,
        finished_at: new Date(),
      }),
    );
  };
  const reading = {
    mapping: options.mapping,
    format: options.format,
    onFormat: (found: ImportFormat) => {
      format = found;
    },
  };
  try {
    const rows = readCatalog(stream, reading);
    for await (const row of ahead?.through(rows) ?? rows) {
      await run.take(row);
      if (!row.fatal || run.read > 0) continue;
      const error = row.error ?? 'it could not be read';
      await end(error);
      throw new AppError('unreadable_file', `${options.file_name ?? 'The file'}: ${error}.`);
    }
    await run.finish();
    const warning = await run.settle();
    if (warning !== null) options.onWarning?.(warning);
    await end(null);
    return { id, read: run.read, created: run.created, updated: run.updated, rejected: run.rejected };
  } catch (error) {
    if (!(error instanceof AppError))
      await end('it was interrupted; import the file again, what is there stays as it is').catch(
        () => undefined,
      );
    throw error;
  }
}
