// Storing rows of a file: in batches, each one transaction; what exists and has not changed is left alone. Prices go onto the
// product's timeline: from now on, or for the days of a price list.
import type { ImportFormat, ImportMapping, ImportReport, ProductInput } from '../../../contract/catalog.ts';
import type { Embedder } from '../../../engine/catalog/embedding/embedding.ts';
import { type ReadRow, readCatalog } from '../../../engine/catalog/import/read.ts';
import { AppError } from '../../platform/errors.ts';
import type { Postgres, Tx } from '../../platform/postgres.ts';
import { type PriceListTarget, writePrices } from './price-writes.ts';
import { derive, isPriceChanged, isUnchanged, statedProduct } from './products.ts';
import { insertImport, updateImport } from './sql/imports.ts';
import * as read from './sql/read.ts';
import * as write from './sql/write.ts';
import { TermChanges } from './statistics.ts';
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
  /** Called after each batch with the rows read so far. */
  readonly onProgress?: ((read: number) => void) | undefined;
  /** Called with a sentence where the rows are stored and something else went wrong. */
  readonly onWarning?: ((sentence: string) => void) | undefined;
}

export interface StoredReport extends ImportReport {
  readonly id: string;
}

interface Outcome {
  readonly ids: ReadonlyMap<string, string>;
  readonly created: number;
  readonly updated: number;
}

export interface WriteOptions {
  readonly import_id?: string | null;
  /** Absent: prices hold from now on. */
  readonly price_list?: PriceListTarget | undefined;
}

interface Numbered {
  readonly line: number;
  readonly row: ProductInput;
}

/** With a list for other days the product keeps the prices it has today. */
function keepingPrices(row: ProductInput, before: read.StoredProductRow | undefined): ProductInput {
  if (before === undefined || before.deleted_at !== null) return row;
  const { list_price, dealer_price, msrp, currency } = before;
  return { ...row, list_price, dealer_price, msrp, currency: currency ?? undefined };
}

/** Writes products inside a transaction that holds the catalogue's lock. */
export async function writeProducts(
  tx: Tx,
  rows: readonly ProductInput[],
  embedder: Embedder,
  { import_id = null, price_list }: WriteOptions = {},
): Promise<Outcome> {
  await write.lockCatalog(tx);
  const stored = await read.productsForImport(
    tx,
    rows.map((row) => row.sku),
  );
  const bySku = new Map(stored.map((row) => [row.sku, row]));
  const changes = new TermChanges();
  const derived = [];
  const repriced = new Set<string>();
  const keep = price_list !== undefined && !price_list.in_force;
  for (const row of rows) {
    const before = bySku.get(row.sku);
    const product = statedProduct(keep ? keepingPrices(row, before) : row, before);
    const priced = before === undefined || before.deleted_at !== null || isPriceChanged(product, before);
    if (priced || price_list !== undefined) repriced.add(row.sku);
    if (before !== undefined && isUnchanged(product, before)) continue;
    const one = derive(product, embedder);
    if (before !== undefined && before.deleted_at === null) changes.remove(before.search_document);
    changes.add(one.document);
    derived.push(one);
  }
  const ids = new Map(stored.map(({ sku, id }) => [sku, id]));
  const written = await write.upsertProducts(
    tx,
    derived.map((one) => one.write),
    derived.map((one) => one.vector),
  );
  for (const [sku, id] of written) ids.set(sku, id);
  const prices = rows.flatMap((row) => {
    if (!repriced.has(row.sku)) return [];
    const { list_price, dealer_price, msrp, currency } = statedProduct(row, bySku.get(row.sku));
    return [
      { product_id: ids.get(row.sku)!, sku: row.sku, price: { list_price, dealer_price, msrp, currency } },
    ];
  });
  const moved = await writePrices(tx, prices, { import_id, price_list, known: new Set(bySku.keys()) });
  if (!changes.isEmpty) await changes.save(tx);
  const created = [...written.keys()].filter((sku) => !bySku.has(sku)).length;
  const changed = new Set([...written.keys(), ...moved]);
  return { ids, created, updated: changed.size - created };
}

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
  private readonly options: WriteOptions;
  private readonly sinks: ImportSinks;
  private readonly size: number;
  private batch: Numbered[] = [];
  private stopped = false;
  read = 0;
  created = 0;
  updated = 0;
  rejectedCount = 0;
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
    this.options = options;
    this.sinks = sinks;
    this.size = size;
  }

  get unchanged(): number {
    return this.read - this.created - this.updated - this.rejectedCount;
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
  async take({ line, row, error, fatal, source }: ReadRow): Promise<boolean> {
    if (!(fatal && this.read === 0 && line <= 1)) this.read += 1;
    if (row === undefined) await this.reject(line, error ?? 'the row could not be read', source ?? '');
    else this.batch.push({ line, row });
    if (this.batch.length >= this.size) await this.flush();
    return !this.stopped;
  }

  async flush(): Promise<void> {
    const rows = this.batch;
    this.batch = [];
    await this.storeAll(rows);
    if (rows.length > 0) this.stopped = (await this.sinks.onBatch?.(this)) ?? false;
  }

  /** One bad row must not take its neighbours with it: what fails is halved until it stands alone. */
  private async storeAll(rows: readonly Numbered[]): Promise<void> {
    if (rows.length === 0) return;
    try {
      const products = rows.map(({ row }) => row);
      const outcome = await this.postgres.asSystem((tx) =>
        writeProducts(tx, products, this.embedder, this.options),
      );
      this.created += outcome.created;
      this.updated += outcome.updated;
    } catch (error) {
      if (rows.length === 1) {
        const [{ line, row }] = rows as [Numbered];
        await this.reject(line, `it could not be stored: ${(error as Error).message}`, JSON.stringify(row));
        return;
      }
      const middle = rows.length >> 1;
      await this.storeAll(rows.slice(0, middle));
      await this.storeAll(rows.slice(middle));
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
  const run = new ImportRun(
    postgres,
    embedder,
    { import_id: id },
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
    for await (const row of readCatalog(stream, reading)) {
      await run.take(row);
      if (!row.fatal || run.read > 0) continue;
      const error = row.error ?? 'it could not be read';
      await end(error);
      throw new AppError('unreadable_file', `${options.file_name ?? 'The file'}: ${error}.`);
    }
    await run.flush();
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
