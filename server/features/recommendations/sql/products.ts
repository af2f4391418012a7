// Queries on products as the choice reads them.
import type { Tx } from '../../../platform/postgres.ts';

/** Every product that may be recommended. */
export async function candidateProducts(tx: Tx) {
  return await candidates(tx)
    .where('status', '=', 'active')
    .where('deleted_at', 'is', null)
    .orderBy('sku')
    .execute();
}

export async function findCandidate(tx: Tx, id: string) {
  return await candidates(tx)
    .where('id', '=', id)
    .where('status', '=', 'active')
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
}

/** Of these products those that are sold today. */
export async function soldProducts(tx: Tx, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return await candidates(tx)
    .where('id', 'in', [...ids])
    .where('status', '=', 'active')
    .where('deleted_at', 'is', null)
    .execute();
}

/** Products of the same kind that are sold today. */
export async function kinOf(tx: Tx, product: { category: string; subcategory?: string | null | undefined }) {
  let query = candidates(tx)
    .where('category', '=', product.category)
    .where('status', '=', 'active')
    .where('deleted_at', 'is', null);
  if (product.subcategory) query = query.where('subcategory', '=', product.subcategory);
  return await query.orderBy('sku').limit(500).execute();
}

/** Products of a bill, whatever their status is today. */
export async function productsByIds(tx: Tx, ids: string[]) {
  return ids.length === 0 ? [] : await candidates(tx).where('id', 'in', ids).execute();
}

function candidates(tx: Tx) {
  return tx
    .selectFrom('products')
    .select([
      'id',
      'sku',
      'name',
      'description',
      'category',
      'subcategory',
      'brand',
      'manufacturer',
      'collection',
      'tags',
      'specifications',
      'sustainability',
      'list_price',
      'dealer_price',
      'currency',
      'in_stock',
      'lead_time_days',
      'moq',
    ]);
}

export type CandidateRow = NonNullable<Awaited<ReturnType<typeof findCandidate>>>;
