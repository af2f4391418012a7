// Prices over time: lists with their days, the job that puts them into force, what a saved quote should know, and the
// product that is sold in place of one that is not.

import { z } from 'zod';
import { ApplyPricesJob, type PriceList, type PriceWarning } from '../../../contract/catalog-imports.ts';
import type { SuccessorChain } from '../../../contract/catalog-options.ts';
import type { PageQuery } from '../../../contract/common.ts';
import { notFound } from '../../platform/errors.ts';
import type { JobKind } from '../../platform/jobs.ts';
import { pageFrom, readCursor } from '../../platform/pages.ts';
import type { Context, Tx } from '../../platform/postgres.ts';
import { type Deps, iso, isoOrNull } from '../context.ts';
import * as db from './sql/prices.ts';
import * as read from './sql/read.ts';
import { keepVectorIndexTrained } from './vector-index.ts';

export const ApplyPrices: JobKind<ApplyPricesJob> = {
  name: 'apply_prices',
  payload: ApplyPricesJob,
  retries: 2,
  concurrency: 1,
  expire_seconds: 600,
};
/** The first minute of every hour: days begin at midnight UTC, and a service that slept through it follows soon. */
export const PRICES_SCHEDULE = '0 * * * *';

/** A chain of successors is followed so far; a longer one is a mistake. */
const LONGEST_CHAIN = 20;

/** A product as it was quoted; what is absent is not compared. */
export interface Quoted {
  readonly product_id: string;
  readonly list_price?: number | undefined;
  readonly lead_time_days?: number | undefined;
}

export type CatalogPrices = ReturnType<typeof makeCatalogPrices>;

const money = (amount: number): string => amount.toFixed(2);
const DayAndId = z.tuple([z.iso.date(), z.uuid()]);

export function makeCatalogPrices(deps: Pick<Deps, 'postgres' | 'now'>) {
  const { postgres } = deps;

  /** Follows successor_sku until a product that is sold, a gap or a circle. */
  async function chainFrom(tx: Tx, sku: string, next: string | null): Promise<SuccessorChain> {
    const chain: SuccessorChain['chain'] = [];
    const seen = new Set([sku]);
    let wanted = next;
    while (wanted !== null) {
      if (seen.has(wanted))
        return { chain, successor: null, problem: `The successors lead round in a circle at ${wanted}.` };
      if (chain.length >= LONGEST_CHAIN)
        return { chain, successor: null, problem: `More than ${LONGEST_CHAIN} products succeed each other.` };
      seen.add(wanted);
      const [row] = await read.successorsBySku(tx, [wanted]);
      if (row === undefined)
        return { chain, successor: null, problem: `The successor ${wanted} is not in the catalogue.` };
      const { id, sku: at, name } = row;
      chain.push({ id, sku: at, name, status: row.status ?? 'active' });
      if ((row.status ?? 'active') === 'active')
        return { chain, successor: { id, sku: at, name }, problem: null };
      wanted = row.successor_sku;
    }
    const problem =
      chain.length === 0 ? null : `${chain.at(-1)!.sku} is no longer sold and names no successor.`;
    return { chain, successor: null, problem };
  }

  return {
    async successor(context: Context, productId: string): Promise<SuccessorChain> {
      return await postgres.withContext(context, async (tx) => {
        const row = await read.productById(tx, productId);
        if (row === undefined) throw notFound('product');
        return await chainFrom(tx, row.sku, row.successor_sku);
      });
    },

    /**
     * What has changed against a saved quote, and what will have by `as_of`: one warning a matter, in the order of `quoted`.
     * Prices come from the timelines, so a day in the past or the future may be asked for.
     */
    async priceWarnings(context: Context, quoted: readonly Quoted[], as_of: Date): Promise<PriceWarning[]> {
      const ids = [...new Set(quoted.map((one) => one.product_id))];
      const { rows, chains } = await postgres.withContext(context, async (tx) => {
        const found = new Map((await read.productsByIds(tx, ids)).map((row) => [row.id, row]));
        const followed = new Map<string, SuccessorChain>();
        for (const row of found.values())
          if (row.status !== 'active') followed.set(row.id, await chainFrom(tx, row.sku, row.successor_sku));
        return { rows: found, chains: followed };
      });
      const around = await postgres.asSystem((tx) => db.pricesAround(tx, [...rows.keys()], as_of));
      return quoted.flatMap((one): PriceWarning[] => {
        const { product_id } = one;
        const row = rows.get(product_id);
        if (row === undefined)
          return [
            {
              product_id,
              code: 'gone',
              message: 'This product is no longer in the catalogue; choose another.',
            },
          ];
        return [
          ...statusWarning(row, chains.get(product_id)),
          ...priceWarningsOf(row, one, around.get(product_id)),
          ...leadTimeWarning(row, one),
        ];
      });
    },

    /** Puts prices into force whose day has come, and keeps the index of embeddings trained. Safe to run at any time. */
    async apply(now: Date = deps.now()): Promise<{ products: number; quotes_affected: number }> {
      const done = await postgres.asSystem(async (tx) => {
        const changed = await db.putIntoForce(tx, now);
        return { products: changed.length, quotes_affected: await db.markListsInForce(tx, now) };
      });
      await keepVectorIndexTrained(postgres);
      return done;
    },

    async lists(page: PageQuery): Promise<{ items: PriceList[]; next_cursor: string | null }> {
      const after = readCursor(page.cursor, DayAndId);
      const rows = await postgres.asSystem((tx) => db.listPriceLists(tx, page.limit, after));
      const { items, next_cursor } = pageFrom(rows, page.limit, (row) => [row.effective_from, row.id]);
      return { items: items.map((row) => toPriceList(row, deps.now())), next_cursor };
    },

    async list(id: string): Promise<PriceList> {
      const row = await postgres.asSystem((tx) => db.findPriceList(tx, id));
      if (row === undefined) throw notFound('price list');
      return toPriceList(row, deps.now());
    },
  };
}

function statusWarning(row: read.ProductRow, chain: SuccessorChain | undefined): PriceWarning[] {
  if (row.status === 'active') return [];
  const successor = chain?.successor ?? null;
  const instead =
    successor === null ? 'choose another product' : `${successor.name} (${successor.sku}) takes its place`;
  return [
    {
      product_id: row.id,
      code: 'discontinued',
      message: `${row.name} is no longer sold; ${instead}.`,
      successor,
    },
  ];
}

function priceWarningsOf(
  row: read.ProductRow,
  quoted: Quoted,
  around: { now: db.PriceStretch | undefined; next: db.PriceStretch | undefined } | undefined,
): PriceWarning[] {
  const warnings: PriceWarning[] = [];
  const price = around?.now?.price.list_price ?? row.list_price;
  const { product_id, list_price: before } = quoted;
  if (before !== undefined && before !== price)
    warnings.push({
      product_id,
      code: 'price_changed',
      message: `The list price of ${row.name} was ${money(before)} when quoted and is ${money(price)} now.`,
      list_price: price,
    });
  const next = around?.next;
  if (next !== undefined && next.price.list_price !== price) {
    const day = new Date(next.from).toISOString().slice(0, 10);
    warnings.push({
      product_id,
      code: 'price_will_change',
      message: `The list price of ${row.name} is ${money(price)} until ${day} and ${money(next.price.list_price)} from then on.`,
      list_price: next.price.list_price,
      effective_from: day,
    });
  }
  return warnings;
}

function leadTimeWarning(
  row: read.ProductRow,
  { product_id, lead_time_days: before }: Quoted,
): PriceWarning[] {
  const now = row.lead_time_days;
  if (before === undefined || now === null || now <= before) return [];
  return [
    {
      product_id,
      code: 'longer_lead_time',
      message: `The lead time of ${row.name} was ${before} days when quoted and is ${now} days now.`,
      lead_time_days: now,
    },
  ];
}

function toPriceList(row: db.PriceListRow, now: Date): PriceList {
  const today = now.toISOString().slice(0, 10);
  const over = row.effective_to !== null && row.effective_to <= today;
  const { applied_at, created_at, ...plain } = row;
  return {
    ...plain,
    status: row.effective_from > today ? 'future' : over ? 'past' : 'present',
    applied_at: isoOrNull(applied_at),
    created_at: iso(created_at),
  };
}
