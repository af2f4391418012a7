// An import: rows in batches, each batch one transaction; what exists and has not changed is left alone.
import type { ImportMapping, ImportReport, ProductInput } from '../../../contract/catalog.ts';
import type { Embedder } from '../../../engine/catalog/embedding/embedding.ts';
import { type ReadRow, readCatalog } from '../../../engine/catalog/import/read.ts';
import { AppError } from '../../platform/errors.ts';
import type { Postgres, Tx } from '../../platform/postgres.ts';
import { derive, isPriceChanged, isUnchanged, statedProduct } from './products.ts';
import * as read from './sql/read.ts';
import * as write from './sql/write.ts';
import { TermChanges } from './statistics.ts';

const BATCH = 250;
/** Rejected rows kept in the report that is stored; the answer of the import itself has up to MOST_REJECTED. */
const STORED_REJECTED = 500;
const MOST_REJECTED = 100_000;
/** From so many changed rows on the planner's statistics are gathered anew. */
export const MANY = 200;

export interface ImportOptions {
  readonly file_name?: string | undefined;
  readonly mapping?: ImportMapping | undefined;
  readonly format?: 'csv' | 'json' | 'jsonl' | 'sif' | undefined;
  readonly started_by?: string | undefined;
  /** Called after each batch with the rows read so far. */
  readonly onProgress?: ((read: number) => void) | undefined;
}

export interface StoredReport extends ImportReport {
  readonly id: string;
}

interface Outcome {
  readonly ids: ReadonlyMap<string, string>;
  readonly created: number;
  readonly updated: number;
}

interface Numbered {
  readonly line: number;
  readonly row: ProductInput;
}

/** Writes products inside a transaction that holds the catalogue's lock. */
export async function writeProducts(
  tx: Tx,
  rows: readonly ProductInput[],
  embedder: Embedder,
  importId: string | null,
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
  for (const row of rows) {
    const before = bySku.get(row.sku);
    const product = statedProduct(row, before);
    if (before !== undefined && isUnchanged(product, before)) continue;
    const one = derive(product, embedder);
    if (before !== undefined && before.deleted_at === null) changes.remove(before.search_document);
    changes.add(one.document);
    if (before === undefined || isPriceChanged(product, before)) repriced.add(row.sku);
    derived.push(one);
  }
  const ids = await write.upsertProducts(
    tx,
    derived.map((one) => one.write),
    derived.map((one) => one.vector),
  );
  const prices = derived.flatMap(({ write: { sku, list_price, dealer_price, msrp, currency } }) => {
    const product_id = ids.get(sku);
    return product_id !== undefined && repriced.has(sku)
      ? [{ product_id, list_price, dealer_price, msrp, currency }]
      : [];
  });
  await write.changePrices(tx, prices, importId);
  if (!changes.isEmpty) await changes.save(tx);
  const created = derived.filter((one) => !bySku.has(one.write.sku)).length;
  return { ids, created, updated: derived.length - created };
}

class Import {
  private readonly postgres: Postgres;
  private readonly embedder: Embedder;
  private readonly id: string;
  private batch: Numbered[] = [];
  read = 0;
  created = 0;
  updated = 0;
  rejectedCount = 0;
  readonly rejected: { line: number; reason: string }[] = [];

  constructor(postgres: Postgres, embedder: Embedder, id: string) {
    this.postgres = postgres;
    this.embedder = embedder;
    this.id = id;
  }

  reject(line: number, reason: string): void {
    this.rejectedCount += 1;
    if (this.rejected.length < MOST_REJECTED) this.rejected.push({ line, reason });
  }

  async take({ line, row, error, fatal }: ReadRow): Promise<void> {
    if (!(fatal && this.read === 0 && line <= 1)) this.read += 1;
    if (row === undefined) this.reject(line, error ?? 'the row could not be read');
    else this.batch.push({ line, row });
    if (this.batch.length >= BATCH) await this.flush();
  }

  async flush(): Promise<void> {
    const rows = this.batch;
    this.batch = [];
    if (rows.length === 0) return;
    try {
      await this.store(rows);
    } catch (error) {
      // One bad row must not take its neighbours with it: each gets a transaction of its own.
      if (rows.length === 1)
        this.reject(rows[0]!.line, `it could not be stored: ${(error as Error).message}`);
      else for (const row of rows) await this.storeAlone(row);
    }
  }

  private async storeAlone(row: Numbered): Promise<void> {
    try {
      await this.store([row]);
    } catch (error) {
      this.reject(row.line, `it could not be stored: ${(error as Error).message}`);
    }
  }

  private async store(rows: readonly Numbered[]): Promise<void> {
    const products = rows.map(({ row }) => row);
    const outcome = await this.postgres.asSystem((tx) => writeProducts(tx, products, this.embedder, this.id));
    this.created += outcome.created;
    this.updated += outcome.updated;
  }

  async end(error: string | null): Promise<StoredReport> {
    const { read: readRows, created, updated, rejectedCount, rejected } = this;
    const stored = {
      format: null,
      read: readRows,
      created,
      updated,
      rejected_count: rejectedCount,
      rejected: rejected.slice(0, STORED_REJECTED),
    };
    await this.postgres.asSystem((tx) => write.endImport(tx, this.id, stored, error));
    return { id: this.id, read: readRows, created, updated, rejected };
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
  const values = {
    file_name: options.file_name?.slice(0, 255) ?? null,
    mapping: options.mapping ?? {},
    started_by: options.started_by ?? null,
  };
  const id = await postgres.asSystem((tx) => write.beginImport(tx, values));
  const run = new Import(postgres, embedder, id);
  let told = 0;
  try {
    for await (const row of readCatalog(stream, { mapping: options.mapping, format: options.format })) {
      await run.take(row);
      if (row.fatal && run.read === 0) {
        await run.end(row.error ?? 'the file could not be read');
        throw new AppError(
          'unreadable_file',
          `${options.file_name ?? 'The file'}: ${row.error ?? 'it could not be read'}.`,
        );
      }
      if (run.read - told >= BATCH) {
        told = run.read;
        options.onProgress?.(told);
      }
    }
    await run.flush();
    if (run.created + run.updated >= MANY) await write.analyzeCatalog(postgres.owner);
    return await run.end(null);
  } catch (error) {
    if (!(error instanceof AppError))
      await run
        .end('it was interrupted; import the file again, what is there stays as it is')
        .catch(() => undefined);
    throw error;
  }
}
