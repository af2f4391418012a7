// Queries of prices over time: stretches of each product, price lists, and what comes into force.
import { sql } from 'kysely';
import type { Price, Stretch } from '../../../../engine/catalog/prices/timeline.ts';
import type { Tx } from '../../../platform/postgres.ts';

/** A stored stretch; `id` is null for one that is new. */
export interface PriceRow extends Price {
  readonly id: number | null;
  readonly import_id: string | null;
  readonly price_list_id: string | null;
}
export type PriceStretch = Stretch<PriceRow>;

/** The time of the transaction, in milliseconds. */
export async function transactionTime(tx: Tx): Promise<number> {
  const { rows } = await sql<{ now: Date }>`SELECT now() AS now`.execute(tx);
  return rows[0]!.now.getTime();
}

/** Every stretch of these products that ends after `from`, in order. */
export async function stretchesOf(
  tx: Tx,
  productIds: readonly string[],
  from: number,
): Promise<Map<string, PriceStretch[]>> {
  const found = new Map<string, PriceStretch[]>();
  if (productIds.length === 0) return found;
  const rows = await tx
    .selectFrom('product_prices')
    .select([
      'id',
      'product_id',
      'list_price',
      'dealer_price',
      'msrp',
      'currency',
      'effective_from',
      'effective_to',
      'import_id',
      'price_list_id',
    ])
    .where(sql<boolean>`product_id = ANY (${[...productIds]}::uuid[])`)
    .where((eb) => eb.or([eb('effective_to', 'is', null), eb('effective_to', '>', new Date(from))]))
    .orderBy('effective_from')
    .orderBy('id')
    .execute();
  for (const { product_id, effective_from, effective_to, ...price } of rows) {
    const stretch = { price, from: effective_from.getTime(), to: effective_to?.getTime() ?? null };
    const list = found.get(product_id);
    if (list) list.push(stretch);
    else found.set(product_id, [stretch]);
  }
  return found;
}

export interface TimelineChange {
  readonly product_id: string;
  readonly before: readonly PriceStretch[];
  readonly after: readonly PriceStretch[];
}

const time = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** Makes the stored stretches of these products those of `after`; what has not moved is left alone. */
export async function saveTimelines(tx: Tx, changes: readonly TimelineChange[]): Promise<void> {
  const gone: number[] = [];
  const moved: object[] = [];
  const made: object[] = [];
  for (const { product_id, before, after } of changes) {
    const there = new Map(
      before.flatMap((one) => (one.price.id === null ? [] : [[one.price.id, one] as const])),
    );
    const seen = new Set<number>();
    for (const one of after) {
      const { id, ...price } = one.price;
      const old = id === null || seen.has(id) ? undefined : there.get(id);
      if (old === undefined || id === null)
        made.push({ product_id, ...price, effective_from: time(one.from), effective_to: time(one.to) });
      else {
        seen.add(id);
        if (old.from !== one.from || old.to !== one.to)
          moved.push({
            id,
            // A begin that stays is not written: the column is finer than a millisecond.
            effective_from: old.from === one.from ? null : time(one.from),
            effective_to: time(one.to),
          });
      }
    }
    for (const id of there.keys()) if (!seen.has(id)) gone.push(id);
  }
  if (gone.length > 0) await sql`DELETE FROM product_prices WHERE id = ANY (${gone}::bigint[])`.execute(tx);
  if (moved.length > 0)
    await sql`UPDATE product_prices p SET effective_from = coalesce(r.effective_from, p.effective_from), effective_to = r.effective_to
      FROM jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) AS r(id bigint, effective_from timestamptz, effective_to timestamptz)
      WHERE p.id = r.id`.execute(tx);
  if (made.length > 0)
    await sql`INSERT INTO product_prices (product_id, list_price, dealer_price, msrp, currency, import_id, price_list_id, effective_from, effective_to)
      SELECT product_id, list_price, dealer_price, msrp, currency, import_id, price_list_id, effective_from, effective_to
      FROM jsonb_to_recordset(${JSON.stringify(made)}::jsonb) AS r(product_id uuid, list_price numeric, dealer_price numeric, msrp numeric,
        currency varchar, import_id uuid, price_list_id uuid, effective_from timestamptz, effective_to timestamptz)`.execute(
      tx,
    );
}

export interface PriceListRow {
  id: string;
  name: string;
  effective_from: string;
  effective_to: string | null;
  import_id: string | null;
  products: number;
  applied_at: Date | null;
  quotes_affected: number | null;
  created_at: Date;
}

const PRICE_LIST = sql`SELECT l.id, l.name, l.effective_from::text AS effective_from, l.effective_to::text AS effective_to, l.applied_at,
  l.quotes_affected, l.created_at,
  (SELECT i.id FROM catalog_imports i WHERE i.price_list_id = l.id ORDER BY i.started_at DESC LIMIT 1) AS import_id,
  (SELECT count(DISTINCT x.product_id)::int FROM product_prices x WHERE x.price_list_id = l.id) AS products
  FROM catalog_price_lists l`;

export async function insertPriceList(
  tx: Tx,
  list: { name: string; effective_from: string; effective_to: string | null; created_by: string | null },
): Promise<string> {
  const row = await tx
    .insertInto('catalog_price_lists')
    .values(list)
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function findPriceList(tx: Tx, id: string): Promise<PriceListRow | undefined> {
  const { rows } = await sql<PriceListRow>`${PRICE_LIST} WHERE l.id = ${id}::uuid`.execute(tx);
  return rows[0];
}

export async function listPriceLists(
  tx: Tx,
  limit: number,
  after: [string, string] | undefined,
): Promise<PriceListRow[]> {
  const beyond =
    after === undefined ? sql`true` : sql`(l.effective_from, l.id) < (${after[0]}::date, ${after[1]}::uuid)`;
  const { rows } = await sql<PriceListRow>`${PRICE_LIST} WHERE ${beyond}
    ORDER BY l.effective_from DESC, l.id DESC LIMIT ${limit + 1}`.execute(tx);
  return rows;
}

/**
 * Makes the price that holds at `at` the current one of every product whose stretch began or ended since the last time.
 * @returns ids of the products whose price changed by it
 */
export async function putIntoForce(tx: Tx, at: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    WITH since AS (SELECT coalesce(prices_applied_at, 'epoch'::timestamptz) - interval '1 day' AS at FROM catalog_statistics),
    touched AS (
      SELECT product_id FROM product_prices, since WHERE effective_from > since.at AND effective_from <= ${at}
      UNION SELECT product_id FROM product_prices, since WHERE effective_to > since.at AND effective_to <= ${at}
    )
    UPDATE products p SET list_price = x.list_price, dealer_price = x.dealer_price, msrp = x.msrp, currency = x.currency,
      search_document = jsonb_set(p.search_document, '{price}', to_jsonb(x.list_price))
    FROM product_prices x JOIN touched t ON t.product_id = x.product_id
    WHERE p.id = x.product_id AND p.deleted_at IS NULL
      AND x.effective_from <= ${at} AND (x.effective_to IS NULL OR x.effective_to > ${at})
      AND (p.list_price, p.dealer_price, p.msrp, p.currency) IS DISTINCT FROM (x.list_price, x.dealer_price, x.msrp, x.currency)
    RETURNING p.id`.execute(tx);
  await sql`UPDATE catalog_statistics SET prices_applied_at = ${at}, version = version + ${rows.length > 0 ? 1 : 0}`.execute(
    tx,
  );
  return rows.map(({ id }) => id);
}

/** Marks the lists that hold at `at` as in force, with the quoted lines whose price is another now. */
export async function markListsInForce(tx: Tx, at: Date): Promise<number> {
  const { rows } = await sql<{ quotes_affected: number }>`
    UPDATE catalog_price_lists l SET applied_at = ${at}, quotes_affected = (
      SELECT count(*)::int FROM recommendation_items i
      JOIN products p ON p.id = i.product_id
      WHERE i.status <> 'rejected' AND i.unit_list_price IS NOT NULL AND i.unit_list_price <> p.list_price
        AND i.product_id IN (SELECT x.product_id FROM product_prices x WHERE x.price_list_id = l.id))
    WHERE l.applied_at IS NULL AND l.effective_from <= (${at}::timestamptz AT TIME ZONE 'UTC')::date
      AND (l.effective_to IS NULL OR l.effective_to > (${at}::timestamptz AT TIME ZONE 'UTC')::date)
    RETURNING quotes_affected`.execute(tx);
  return rows.reduce((sum, row) => sum + row.quotes_affected, 0);
}

/** The prices of these products that hold at `at` and the next ones after it. */
export async function pricesAround(tx: Tx, productIds: readonly string[], at: Date) {
  const stretches = await stretchesOf(tx, productIds, at.getTime());
  return new Map(
    [...stretches].map(([id, list]) => [
      id,
      {
        now: list.find((one) => one.from <= at.getTime()),
        next: list.find((one) => one.from > at.getTime()),
      },
    ]),
  );
}
