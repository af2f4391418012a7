// Queries for the project document: what the other features' services do not tell.
import { sql } from 'kysely';
import type { Tx } from '../../../platform/postgres.ts';

/** Name, contact and branding of the organization a project belongs to; as the system, for people from outside it. */
export async function organizationOf(tx: Tx, id: string) {
  return await tx
    .selectFrom('organizations as o')
    .leftJoin('organization_branding as b', 'b.organization_id', 'o.id')
    .select(['o.name', 'o.type', 'o.website', 'o.phone', 'o.address'])
    .select(['b.logo_base64', 'b.logo_type', 'b.primary_color', 'b.accent_color', 'b.footer_line', 'b.paper'])
    .where('o.id', '=', id)
    .executeTakeFirst();
}

export async function fileFacts(tx: Tx, projectId: string) {
  return await tx
    .selectFrom('floor_plans')
    .select(['id', 'content_sha256'])
    .where('project_id', '=', projectId)
    .where('deleted_at', 'is', null)
    .execute();
}

/** What the shown items leave out: the whole need, and the variant. */
export async function itemFacts(tx: Tx, recommendationId: string) {
  return await tx
    .selectFrom('recommendation_items as i')
    .leftJoin('product_variants as v', 'v.id', 'i.variant_id')
    .select([
      'i.id',
      'i.need',
      'v.sku as variant_sku',
      'v.name as variant_name',
      'v.attributes as variant_attributes',
    ])
    .where('i.recommendation_id', '=', recommendationId)
    .execute();
}

export async function productFacts(tx: Tx, ids: string[]) {
  if (ids.length === 0) return [];
  return await tx
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
      'list_price',
      'currency',
      'specifications',
      'sustainability',
      'lead_time_days',
      'images',
    ])
    .where('id', 'in', ids)
    .execute();
}
export type ProductFactsRow = Awaited<ReturnType<typeof productFacts>>[number];

export async function snapshotsOf(tx: Tx, projectId: string) {
  return await tx
    .selectFrom('item_snapshots')
    .select(['id', 'scenario_id', 'space_id', 'sku', 'item', 'product'])
    .where('project_id', '=', projectId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

export async function seesCost(tx: Tx, projectId: string): Promise<boolean> {
  const { rows } = await sql<{ sees: boolean }>`select app_may_see_cost(${projectId}::uuid) as sees`.execute(
    tx,
  );
  return rows[0]?.sees ?? false;
}
