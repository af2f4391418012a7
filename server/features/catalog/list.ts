// The catalogue as a list with filters, and the products that a page of an answer shows.
import { z } from 'zod';
import type { ProductHit, ProductSearchQuery, ProductSearchResult } from '../../../contract/catalog.ts';
import { pageFrom, readCursor } from '../../platform/pages.ts';
import type { Tx } from '../../platform/postgres.ts';
import { facetsOfRows } from './facets.ts';
import { toProduct } from './products.ts';
import * as read from './sql/read.ts';
import type { BaseFilter } from './sql/search.ts';
import * as sql from './sql/search.ts';

/** Products as they are shown, in the order found. */
export async function hitsOf(
  tx: Tx,
  found: readonly { id: string; score: number; why: string }[],
): Promise<ProductHit[]> {
  const rows = await read.productsByIds(
    tx,
    found.map(({ id }) => id),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return found.flatMap(({ id, score, why }) => {
    const row = byId.get(id);
    return row ? [{ ...toProduct(row), score: Math.round(score * 10_000) / 10_000, why }] : [];
  });
}

const KeyAndId = z.tuple([z.string().max(500), z.uuid()]);
type Counts = ReturnType<typeof facetsOfRows>;

const FILTERS = [
  'category',
  'subcategory',
  'brand',
  'collection',
  'min_price',
  'max_price',
  'tags',
  'max_lead_time_days',
  'certification',
  'in_stock',
] as const satisfies readonly (keyof BaseFilter)[];

/** Counts of whole-catalogue lists, until the catalogue changes. */
export class CountCache {
  private readonly kept = new Map<string, Counts>();
  private version = -1;

  async of(tx: Tx, filter: BaseFilter, version: number): Promise<Counts> {
    if (version !== this.version) {
      this.kept.clear();
      this.version = version;
    }
    const key = JSON.stringify(FILTERS.map((name) => filter[name]));
    const known = this.kept.get(key);
    if (known) return known;
    const counts = facetsOfRows(await sql.facetCounts(tx, filter));
    if (this.kept.size < 200) this.kept.set(key, counts);
    return counts;
  }
}

/** A page of the catalogue without words, in the order asked for. */
export async function list(
  tx: Tx,
  query: ProductSearchQuery,
  counts: Counts,
): Promise<Omit<ProductSearchResult, 'took_ms'>> {
  const sort = query.sort === 'relevance' ? 'name' : query.sort;
  const rows = await sql.listProducts(tx, query, sort, query.limit, readCursor(query.cursor, KeyAndId));
  const page = pageFrom(rows, query.limit, (row) => [row.sort_key, row.id]);
  const found = page.items.map(({ id }) => ({ id, score: 1, why: 'In the list.' }));
  return {
    items: await hitsOf(tx, found),
    next_cursor: page.next_cursor,
    ...counts,
    understood_filters: [],
    corrected_query: null,
  };
}
