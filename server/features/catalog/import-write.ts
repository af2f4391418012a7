// Writing rows of a file inside one transaction: what exists and has not changed is left alone, prices go onto the product's
// timeline (from now on, or for the days of a price list), variants and options follow their product.
import type { ProductInput } from '../../../contract/catalog.ts';
import type { Embedder } from '../../../engine/catalog/embedding/embedding.ts';
import type { Tx } from '../../platform/postgres.ts';
import { type FileRecord, type SortedRecords, sortRecords } from './import-parts.ts';
import { type PriceListTarget, writePrices } from './price-writes.ts';
import { type Derived, derive, isPriceChanged, isUnchanged, statedProduct } from './products.ts';
import * as read from './sql/read.ts';
import * as write from './sql/write.ts';
import { TermChanges } from './statistics.ts';

export interface Outcome {
  readonly ids: ReadonlyMap<string, string>;
  readonly created: number;
  readonly updated: number;
  /** Skus of products that are new, and of those that were changed. */
  readonly made: ReadonlySet<string>;
  readonly changed: ReadonlySet<string>;
}

export interface WriteOptions {
  readonly import_id?: string | null;
  /** Absent: prices hold from now on. */
  readonly price_list?: PriceListTarget | undefined;
  /** Skus whose rows state no price. */
  readonly unpriced?: ReadonlySet<string> | undefined;
  /** Where what is derived of new products has been worked out already. */
  readonly ahead?: { of(row: ProductInput): Derived | undefined } | undefined;
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
  { import_id = null, price_list, unpriced, ahead }: WriteOptions = {},
): Promise<Outcome> {
  await write.lockCatalog(tx);
  const stored = await read.productsForImport(
    tx,
    rows.map((row) => row.sku),
  );
  const bySku = new Map(stored.map((row) => [row.sku, row]));
  const changes = new TermChanges();
  const derived: Derived[] = [];
  const repriced = new Set<string>();
  const keep = price_list !== undefined && !price_list.in_force;
  for (const row of rows) {
    const before = bySku.get(row.sku);
    const product = statedProduct(keep ? keepingPrices(row, before) : row, before);
    const priced = before === undefined || before.deleted_at !== null || isPriceChanged(product, before);
    if (priced || (price_list !== undefined && !unpriced?.has(row.sku))) repriced.add(row.sku);
    if (before !== undefined && isUnchanged(product, before)) continue;
    const one = (before === undefined ? ahead?.of(row) : undefined) ?? derive(product, embedder);
    if (before !== undefined && before.deleted_at === null) changes.remove(before.search_document);
    changes.add(one);
    derived.push(one);
  }
  const ids = new Map(stored.map(({ sku, id }) => [sku, id]));
  const written = await write.upsertProducts(tx, derived);
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
  const made = new Set([...written.keys()].filter((sku) => !bySku.has(sku)));
  const changed = new Set([...written.keys(), ...moved].filter((sku) => !made.has(sku)));
  return { ids, created: made.size, updated: changed.size, made, changed };
}

/** What became of the records of a batch; a record counts once, as new where anything it brings is. */
export interface Stored {
  created: number;
  updated: number;
  variants: number;
  options: number;
  refused: SortedRecords['refused'];
  waiting: readonly FileRecord[];
}

/** Products with their variants and options, inside one transaction. */
export async function storeRecords(
  tx: Tx,
  records: readonly FileRecord[],
  embedder: Embedder,
  options: WriteOptions,
): Promise<Stored> {
  await write.lockCatalog(tx);
  const { rows, unpriced, variants, taken, refused, waiting } = await sortRecords(tx, records);
  const { ids, made, changed } = await writeProducts(tx, rows, embedder, { ...options, unpriced });
  const parents = variants.filter(({ parent_sku }) => !ids.has(parent_sku)).map((one) => one.parent_sku);
  const known = await read.productIdsBySku(tx, [...new Set(parents)]);
  await write.upsertVariants(
    tx,
    variants.map(({ parent_sku, ...one }) => ({
      ...one,
      product_id: ids.get(parent_sku) ?? known.get(parent_sku) ?? '',
    })),
  );
  const stored: Stored = { created: 0, updated: 0, variants: 0, options: 0, refused, waiting };
  for (const { record, isNew, isChanged, ...brought } of taken) {
    const sku = record.row?.sku ?? '';
    if (isNew || made.has(sku)) stored.created += 1;
    else if (isChanged || changed.has(sku)) stored.updated += 1;
    stored.variants += brought.variants;
    stored.options += brought.options;
  }
  return stored;
}
