// Inserts of an imported project, all in the caller's transaction and under row security: only what the person may
// create is created.
import { sql } from 'kysely';
import type { Tx } from '../../../platform/postgres.ts';

const CHUNK = 500;

async function inChunks<T>(values: readonly T[], insert: (part: T[]) => Promise<unknown>): Promise<void> {
  for (let i = 0; i < values.length; i += CHUNK) await insert(values.slice(i, i + CHUNK));
}

export async function homeOrganization(tx: Tx, userId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('organization_members')
    .select('organization_id')
    .where('user_id', '=', userId)
    .where('role', 'in', ['owner', 'admin', 'member'])
    .orderBy('joined_at')
    .limit(1)
    .executeTakeFirst();
  return row?.organization_id ?? null;
}

/** As the system. */
export async function userByEmail(tx: Tx, email: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('users')
    .select('id')
    .where(sql<boolean>`lower(email) = lower(${email})`)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return row?.id;
}

/** Products and variants of the catalogue by sku. */
export async function catalogueOf(tx: Tx, skus: string[]) {
  if (skus.length === 0) return { products: [], variants: [] };
  const products = await tx
    .selectFrom('products')
    .select(['id', 'sku', 'list_price'])
    .where('sku', 'in', skus)
    .where('deleted_at', 'is', null)
    .execute();
  const variants = await tx
    .selectFrom('product_variants')
    .select(['id', 'product_id', 'sku'])
    .where('sku', 'in', skus)
    .execute();
  return { products, variants };
}

export async function insertProject(
  tx: Tx,
  values: {
    id: string;
    owner_id: string;
    organization_id: string | null;
    name: string;
    description: string | null;
    status: string;
    client: string;
    requirements: string;
    budget: string;
    timeline: string;
    preferences: string;
    sustainability_targets: string;
    tags: string[];
    metadata: string;
  },
): Promise<void> {
  await tx.insertInto('projects').values(values).execute();
}

export interface FloorValues {
  id: string;
  project_id: string;
  file_name: string;
  file_url: string;
  file_size_bytes: number;
  file_format: string;
  content_sha256: string | null;
  level_name: string | null;
  level_index: number;
  status: string;
  processing_error: string | null;
  processing_completed_at: Date;
  analysis: string | null;
  scale: string | null;
  feet_per_unit: number | null;
  progress_pct: number;
  progress_note: string;
  uploaded_by: string;
  created_at: Date;
}

export async function insertFloor(tx: Tx, values: FloorValues): Promise<void> {
  await tx.insertInto('floor_plans').values(values).execute();
}

export interface SpaceValues {
  id: string;
  floor_plan_id: string;
  project_id: string;
  source_key: string | null;
  name: string | null;
  number: string | null;
  type: string;
  area_sqft: number | null;
  dimensions: string | null;
  bbox: string | null;
  polygon: string;
  holes: string;
  source_polygon: string;
  source_holes: string;
  suggested_capacity: number | null;
  characteristics: string;
  detection_confidence: number | null;
  manually_edited: boolean;
  reviewed_at: Date | null;
  reviewed_by: string | null;
}

export async function insertSpaces(tx: Tx, values: SpaceValues[]): Promise<void> {
  await inChunks(values, (part) => tx.insertInto('spaces').values(part).execute());
}

export async function insertRecommendation(
  tx: Tx,
  values: {
    id: string;
    project_id: string;
    generated_by: string;
    model_version: string | null;
    generation_timestamp: string;
    input_parameters: string;
    summary: string;
    status: string;
    confidence_score: number | null;
    user_rating: number | null;
    user_feedback: string | null;
    created_by: string;
  },
): Promise<void> {
  await tx.insertInto('recommendations').values(values).execute();
}

export async function insertScenario(
  tx: Tx,
  values: {
    id: string;
    project_id: string;
    recommendation_id: string;
    name: string;
    type: string;
    total_cost: number;
    currency: string;
    variance_from_target_pct: number | null;
    quality_score: number | null;
    sustainability_score: number | null;
    lines: string;
    roi_analysis: string;
    trade_offs: string;
    metrics: string;
    solver: string;
    assumptions: string;
    shortfalls: string;
    layout: string;
    pricing: string;
    is_selected: boolean;
  },
): Promise<void> {
  await tx.insertInto('budget_scenarios').values(values).execute();
}

export interface ItemValues {
  id: string;
  project_id: string;
  recommendation_id: string;
  scenario_id: string;
  product_id: string;
  variant_id: string | null;
  space_id: string | null;
  quantity: number;
  wanted: number;
  unit_list_price: number;
  unit_price: number;
  total_price: number;
  need_key: string;
  need: string;
  reasoning: string;
  confidence_score: number | null;
  alternatives: string;
  placement: string | null;
  status: string;
  locked: boolean;
}

export async function insertItems(tx: Tx, values: ItemValues[]): Promise<void> {
  await inChunks(values, (part) => tx.insertInto('recommendation_items').values(part).execute());
}

export async function insertSnapshots(
  tx: Tx,
  values: {
    id: string;
    project_id: string;
    scenario_id: string;
    space_id: string | null;
    sku: string;
    item: string;
    product: string;
  }[],
): Promise<void> {
  await inChunks(values, (part) => tx.insertInto('item_snapshots').values(part).execute());
}

export async function insertSustainability(
  tx: Tx,
  values: {
    project_id: string;
    scenario_id: string;
    overall_score: number | null;
    carbon_footprint_kg: number | null;
    recycled_content_pct: number | null;
    recyclable_pct: number | null;
    certifications_achieved: string[];
    leed_points: number | null;
    report: string;
  },
): Promise<void> {
  await tx.insertInto('sustainability_metrics').values(values).execute();
}

export async function insertConversation(
  tx: Tx,
  values: {
    id: string;
    project_id: string;
    user_id: string;
    status: string;
    context: string;
    summary: string | null;
    extracted_requirements: string;
    created_at: string;
  },
  messages: {
    conversation_id: string;
    role: string;
    content: string;
    intent: string | null;
    entities: string;
    confidence: number | null;
    actions: string;
    model_used: string | null;
    tokens_used: number | null;
    created_at: string;
  }[],
): Promise<void> {
  await tx.insertInto('conversations').values(values).execute();
  await inChunks(messages, (part) => tx.insertInto('conversation_messages').values(part).execute());
}
