// Puts prices onto the timelines of products, inside the transaction that writes the products.
import {
  nextBegin,
  type Price,
  priceAt,
  samePrice,
  setPrice,
} from '../../../engine/catalog/prices/timeline.ts';
import type { Tx } from '../../platform/postgres.ts';
import * as db from './sql/prices.ts';

export interface PriceListTarget {
  readonly id: string;
  /** Milliseconds; `to` null for no end. */
  readonly from: number;
  readonly to: number | null;
  /** It holds today: the products' own prices change with it. */
  readonly in_force: boolean;
}

export interface PriceWrite {
  readonly product_id: string;
  readonly sku: string;
  readonly price: Price;
}

interface PriceOptions {
  readonly import_id: string | null;
  readonly price_list: PriceListTarget | undefined;
  /** Skus that were in the catalogue before: only they can have prices already. */
  readonly known: ReadonlySet<string>;
}

/**
 * From now on until the next price that is set already, or for the days of the list.
 * @returns skus whose timeline changed
 */
export async function writePrices(
  tx: Tx,
  rows: readonly PriceWrite[],
  { import_id, price_list, known }: PriceOptions,
): Promise<string[]> {
  if (rows.length === 0) return [];
  const now = await db.transactionTime(tx);
  const from = price_list?.from ?? now;
  const stored = await db.stretchesOf(
    tx,
    rows.filter(({ sku }) => known.has(sku)).map(({ product_id }) => product_id),
    from,
  );
  const moved: string[] = [];
  const changes: db.TimelineChange[] = [];
  for (const { product_id, sku, price } of rows) {
    const before = stored.get(product_id) ?? [];
    const to = price_list === undefined ? nextBegin(before, now) : price_list.to;
    const held = priceAt(before, from);
    const covers = held !== undefined && (held.to === null || (to !== null && held.to >= to));
    if (covers && samePrice(held.price, price)) continue;
    const row = { id: null, ...price, import_id, price_list_id: price_list?.id ?? null };
    changes.push({ product_id, before, after: setPrice(before, row, from, to) });
    moved.push(sku);
  }
  await db.saveTimelines(tx, changes);
  return moved;
}
