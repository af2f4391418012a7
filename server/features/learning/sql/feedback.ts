// Queries of collecting: feedback that waits, what was offered, rows to train on. All run as the system.
import { sql } from 'kysely';
import type { Impression, TrainingInput, TrainingLabel } from '../../../../contract/learning.ts';
import type { Tx } from '../../../platform/postgres.ts';

export async function insertImpressions(
  tx: Tx,
  keys: { recommendation_id: string; project_id: string; organization_id: string; model_version: string },
  rows: readonly { scenario_id: string; need_keys: string[]; offer: Omit<Impression, 'need_keys'> }[],
): Promise<void> {
  for (let i = 0; i < rows.length; i += 40) {
    const some = JSON.stringify(rows.slice(i, i + 40));
    await sql`
      insert into ranking_impressions (recommendation_id, project_id, organization_id, model_version, scenario_id, need_keys, offer)
      select ${keys.recommendation_id}::uuid, ${keys.project_id}::uuid, ${keys.organization_id}::uuid, ${keys.model_version},
        r.scenario_id, array(select jsonb_array_elements_text(r.need_keys)), r.offer
      from jsonb_to_recordset(${some}::jsonb) as r(scenario_id uuid, need_keys jsonb, offer jsonb)`.execute(
      tx,
    );
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/**
 * Feedback nobody has read yet, oldest first, with whom it belongs to and whether that is consented to. Held until the
 * transaction ends: what is taken back meanwhile finds the rows made of it.
 */
export async function waitingFeedback(tx: Tx, limit: number) {
  return await tx
    .selectFrom('recommendation_feedback as f')
    .innerJoin('recommendations as r', 'r.id', 'f.recommendation_id')
    .innerJoin('projects as p', 'p.id', 'r.project_id')
    .leftJoin('recommendation_items as i', 'i.id', 'f.recommendation_item_id')
    .leftJoin('organization_learning as l', 'l.organization_id', 'p.organization_id')
    .select([
      'f.id',
      'f.recommendation_id',
      'f.recommendation_item_id',
      'f.feedback_type',
      'f.rating',
      'f.feedback_categories',
      'f.modification_details',
      'f.created_at',
      'f.undone_at',
      'r.project_id',
      'p.organization_id',
      'i.scenario_id',
      'i.need_key',
      'i.product_id',
      sql<boolean>`coalesce(l.use_learned, true) or coalesce(l.share, true)`.as('consented'),
    ])
    .where('f.collected_at', 'is', null)
    .orderBy('f.created_at')
    .orderBy('f.id')
    .limit(limit)
    .forUpdate('f')
    .execute();
}
export type WaitingFeedback = Awaited<ReturnType<typeof waitingFeedback>>[number];

export async function markCollected(tx: Tx, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .updateTable('recommendation_feedback')
    .set({ collected_at: now })
    .where('id', 'in', [...ids])
    .execute();
}

/** What was offered by the recommendations concerned. */
export async function impressionsOfRecommendations(tx: Tx, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return await tx
    .selectFrom('ranking_impressions as m')
    .innerJoin('budget_scenarios as s', 's.id', 'm.scenario_id')
    .select([
      'm.id',
      'm.recommendation_id',
      'm.scenario_id',
      'm.need_keys',
      'm.offer',
      'm.model_version',
      's.type as scenario_type',
      's.is_selected',
    ])
    .where('m.recommendation_id', 'in', [...ids])
    .execute();
}
export type ImpressionRow = Awaited<ReturnType<typeof impressionsOfRecommendations>>[number];

/** Products as the ranking describes them, for those that were brought in from outside the list. */
export async function describedProducts(tx: Tx, ids: readonly string[]) {
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
      'collection',
      'tags',
      'specifications',
      'sustainability',
      'list_price',
      'in_stock',
      'lead_time_days',
      'moq',
    ])
    .where('id', 'in', [...ids])
    .execute();
}
export type DescribedProduct = Awaited<ReturnType<typeof describedProducts>>[number];

export interface NewTrainingRow {
  dedupe_key: string;
  subject_key: string;
  organization_id: string;
  source_id: string;
  decided_at: string;
  input: TrainingInput;
  label: TrainingLabel;
}

export async function insertTrainingRows(tx: Tx, rows: readonly NewTrainingRow[]): Promise<void> {
  for (let i = 0; i < rows.length; i += 100) {
    const some = JSON.stringify(rows.slice(i, i + 100));
    await sql`
      insert into ml_training_data (source_type, source_id, model_type, input_features, output_labels, organization_id,
        dedupe_key, subject_key, decided_at)
      select 'user_project', r.source_id, 'recommendation', r.input, r.label, r.organization_id, r.dedupe_key,
        r.subject_key, r.decided_at
      from jsonb_to_recordset(${some}::jsonb) as r(source_id uuid, input jsonb, label jsonb, organization_id uuid,
        dedupe_key varchar, subject_key varchar, decided_at timestamptz)
      on conflict (dedupe_key) where dedupe_key is not null do nothing`.execute(tx);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
