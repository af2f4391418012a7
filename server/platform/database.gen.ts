// Generated from the live schema by `npm run generate`; do not edit.
import type { ColumnType } from 'kysely';

export type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>;
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue | undefined };
/** Read as a value, written as JSON text: an array would otherwise become a PostgreSQL array. */
export type Json = ColumnType<JsonValue, string, string>;
export type Timestamp = ColumnType<Date, Date | string, Date | string>;

export interface AccountClosures {
  user_id: string;
  requested_at: Timestamp;
  due_at: Timestamp | null;
}

export interface AiModelMetrics {
  id: Generated<string>;
  model_name: string;
  model_version: string;
  task_type: string;
  latency_ms: number | null;
  tokens_used: number | null;
  confidence_score: number | null;
  user_rating: number | null;
  user_accepted: boolean | null;
  project_id: string | null;
  user_id: string | null;
  cost_usd: number | null;
  timestamp: Generated<Timestamp | null>;
  is_sample: Generated<boolean>;
  outcome: string | null;
  recommendation_id: string | null;
  message_id: string | null;
}

export interface AiModelMetricsWeekly {
  week: string;
  model_name: string;
  model_version: string;
  task_type: string;
  calls: number;
  latency_avg_ms: number | null;
  latency_p50_ms: number | null;
  latency_p95_ms: number | null;
  tokens_used: Generated<number>;
  cost_usd: Generated<number>;
  confidence_avg: number | null;
  rated: Generated<number>;
  rating_avg: number | null;
  decided: Generated<number>;
  accepted: Generated<number>;
  organization_id: string | null;
}

export interface ApiTokens {
  id: Generated<string>;
  user_id: string;
  name: string;
  token_hash: string;
  scopes: Generated<string[]>;
  created_at: Generated<Timestamp>;
  expires_at: Timestamp | null;
  last_used_at: Timestamp | null;
  revoked_at: Timestamp | null;
}

export interface AuditLog {
  id: Generated<string>;
  actor_id: string | null;
  organization_id: string | null;
  project_id: string | null;
  action: string;
  detail: Generated<Json>;
  ip_address: string | null;
  request_id: string | null;
  created_at: Generated<Timestamp>;
}

export interface BudgetScenarios {
  id: Generated<string>;
  project_id: string;
  recommendation_id: string | null;
  name: string;
  type: string | null;
  total_cost: number;
  variance_from_target_pct: number | null;
  quality_score: number | null;
  sustainability_score: number | null;
  roi_analysis: Generated<Json | null>;
  trade_offs: Generated<Json | null>;
  is_selected: Generated<boolean | null>;
  created_at: Generated<Timestamp | null>;
  updated_at: Generated<Timestamp | null>;
  currency: Generated<string>;
  lines: Generated<Json>;
  solver: Generated<Json>;
  metrics: Generated<Json>;
  assumptions: Generated<Json>;
  shortfalls: Generated<Json>;
  layout: Generated<Json>;
  pricing: Generated<Json>;
}

export interface CatalogImports {
  id: Generated<string>;
  file_name: string | null;
  format: string | null;
  mapping: Generated<Json>;
  status: Generated<string>;
  read: Generated<number>;
  created: Generated<number>;
  updated: Generated<number>;
  rejected_count: Generated<number>;
  rejected: Generated<Json>;
  error: string | null;
  started_by: string | null;
  started_at: Generated<Timestamp>;
  finished_at: Timestamp | null;
  file_key: string | null;
  file_size_bytes: number | null;
  sha256: string | null;
  bytes_read: Generated<number>;
  unchanged: Generated<number>;
  worked_seconds: Generated<number>;
  rejected_key: string | null;
  note: string | null;
  cancel_requested: Generated<boolean>;
  price_list_id: string | null;
}

export interface CatalogPriceLists {
  id: Generated<string>;
  name: string;
  effective_from: string;
  effective_to: string | null;
  applied_at: Timestamp | null;
  quotes_affected: number | null;
  created_by: string | null;
  created_at: Generated<Timestamp>;
}

export interface CatalogStatistics {
  singleton: Generated<boolean>;
  version: Generated<number>;
  documents: Generated<number>;
  total_length: Generated<number>;
  terms: Generated<Json>;
  updated_at: Generated<Timestamp>;
  prices_applied_at: Timestamp | null;
  vectors_trained: Generated<number>;
  vector_lists: Generated<number>;
}

export interface Comments {
  id: Generated<string>;
  project_id: string;
  thread_id: string | null;
  subject_type: string;
  subject_id: string | null;
  subject: Generated<Json>;
  body: string;
  mentions: Generated<string[]>;
  author_id: string | null;
  author_name: string;
  share_link_id: string | null;
  resolved_at: Timestamp | null;
  resolved_by: string | null;
  edited_at: Timestamp | null;
  deleted_at: Timestamp | null;
  created_at: Generated<Timestamp>;
}

export interface ConversationInsights {
  month: string;
  organization_id: string | null;
  conversations: number;
  messages: number;
  user_messages: number;
  tokens_used: Generated<number>;
  intents: Generated<Json>;
  requirement_fields: Generated<Json>;
  models: Generated<Json>;
}

export interface ConversationMessages {
  id: Generated<string>;
  conversation_id: string;
  role: string;
  content: string;
  intent: string | null;
  entities: Generated<Json | null>;
  confidence: number | null;
  actions: Generated<Json | null>;
  model_used: string | null;
  tokens_used: number | null;
  created_at: Generated<Timestamp | null>;
  author_id: string | null;
  links: Generated<Json>;
}

export interface Conversations {
  id: Generated<string>;
  project_id: string;
  user_id: string;
  status: Generated<string | null>;
  context: Generated<Json | null>;
  summary: string | null;
  extracted_requirements: Generated<Json | null>;
  created_at: Generated<Timestamp | null>;
  updated_at: Generated<Timestamp | null>;
  title: string | null;
}

export interface EventOutbox {
  id: Generated<number>;
  stream: string;
  payload: Json;
  created_at: Generated<Timestamp>;
}

export interface Exports {
  id: Generated<string>;
  project_id: string;
  format: string;
  audience: string;
  scenario_id: string | null;
  options: Generated<Json>;
  status: Generated<string>;
  progress_pct: Generated<number>;
  progress_note: string | null;
  error: string | null;
  file_key: string | null;
  file_name: string | null;
  content_type: string | null;
  file_size_bytes: number | null;
  sha256: string | null;
  left_out: Generated<Json>;
  has_cost: Generated<boolean>;
  link_secret: Generated<string>;
  created_by: string | null;
  created_at: Generated<Timestamp>;
  finished_at: Timestamp | null;
  expires_at: Timestamp;
}

export interface FloorPlanEdits {
  id: Generated<string>;
  floor_plan_id: string;
  project_id: string;
  seq: number;
  op: string;
  summary: string;
  before: Json;
  after: Json;
  undone: Generated<boolean>;
  closed: Generated<boolean>;
  created_by: string | null;
  created_at: Generated<Timestamp>;
}

export interface FloorPlanRevisions {
  id: Generated<string>;
  floor_plan_id: string;
  project_id: string;
  revision: number;
  file_name: string;
  file_url: string;
  file_size_bytes: number;
  file_format: string;
  content_sha256: string | null;
  uploaded_by: string | null;
  created_at: Generated<Timestamp>;
}

export interface FloorPlans {
  id: Generated<string>;
  project_id: string;
  file_name: string;
  file_url: string;
  file_size_bytes: number | null;
  file_format: string | null;
  status: Generated<string | null>;
  processing_started_at: Timestamp | null;
  processing_completed_at: Timestamp | null;
  processing_error: string | null;
  analysis: Json | null;
  scale: string | null;
  uploaded_by: string | null;
  created_at: Generated<Timestamp | null>;
  updated_at: Generated<Timestamp | null>;
  deleted_at: Timestamp | null;
  level_name: string | null;
  content_sha256: string | null;
  progress_pct: Generated<number>;
  progress_note: string | null;
  feet_per_unit: number | null;
  level_index: Generated<number>;
  file_revision: Generated<number>;
  edit_revision: Generated<number>;
  deleted_rooms: Generated<Json>;
  added_area_sqft: Generated<number>;
  differences: Json | null;
  file_tier: Generated<string>;
  file_brought_back_at: Timestamp | null;
  screening_answers: Generated<Json>;
  reading: Generated<number>;
}

export interface Happenings {
  id: string;
  sequence: number;
  type: string;
  organization_id: string | null;
  project_id: string;
  subject_id: string;
  actor_id: string | null;
  data: Generated<Json>;
  happened_at: Timestamp;
  dispatched_at: Timestamp | null;
}

export interface IdempotencyKeys {
  user_id: string;
  key: string;
  request_hash: string;
  status_code: number | null;
  response: Json | null;
  created_at: Generated<Timestamp>;
  committed_at: Timestamp | null;
}

export interface Invitations {
  id: Generated<string>;
  organization_id: string;
  email: string;
  role: string;
  token_hash: string;
  invited_by: string | null;
  created_at: Generated<Timestamp>;
  expires_at: Timestamp;
  accepted_at: Timestamp | null;
  revoked_at: Timestamp | null;
}

export interface ItemSnapshots {
  id: Generated<string>;
  project_id: string;
  scenario_id: string;
  space_id: string | null;
  sku: string;
  item: Json;
  product: Json;
  created_at: Generated<Timestamp>;
}

export interface KnownDevices {
  id: Generated<string>;
  user_id: string;
  token_hash: string;
  created_at: Generated<Timestamp>;
  last_used_at: Generated<Timestamp>;
}

export interface LegalHolds {
  id: Generated<string>;
  scope: string;
  subject_id: string;
  reason: string;
  created_by: string | null;
  created_at: Generated<Timestamp>;
  released_by: string | null;
  released_at: Timestamp | null;
}

export interface MlTrainingData {
  id: Generated<string>;
  source_type: string;
  source_id: string | null;
  model_type: string;
  input_features: Json;
  output_labels: Json;
  quality_score: number | null;
  verified: Generated<boolean | null>;
  verified_by: string | null;
  verified_at: Timestamp | null;
  used_in_training: Generated<boolean | null>;
  training_runs: string[] | null;
  created_at: Generated<Timestamp | null>;
  organization_id: string | null;
  dedupe_key: string | null;
  subject_key: string | null;
  decided_at: Generated<Timestamp>;
  excluded_reason: string | null;
}

export interface ModelBudgetHolds {
  id: Generated<string>;
  project_id: string;
  tokens: number;
  cost_usd: number;
  expires_at: Timestamp;
}

export interface OneTimeTokens {
  id: Generated<string>;
  user_id: string;
  purpose: string;
  token_hash: string;
  created_at: Generated<Timestamp>;
  expires_at: Timestamp;
  used_at: Timestamp | null;
  email: string | null;
}

export interface OrganizationBranding {
  organization_id: string;
  logo_base64: string | null;
  logo_type: string | null;
  primary_color: string | null;
  accent_color: string | null;
  footer_line: string | null;
  paper: string | null;
  updated_by: string | null;
  updated_at: Generated<Timestamp>;
}

export interface OrganizationBuyTerms {
  organization_id: string;
  terms: Generated<Json>;
  updated_by: string | null;
  updated_at: Generated<Timestamp>;
}

export interface OrganizationLearning {
  organization_id: string;
  use_learned: Generated<boolean>;
  share: Generated<boolean>;
  updated_by: string | null;
  updated_at: Generated<Timestamp>;
}

export interface OrganizationMembers {
  id: Generated<string>;
  organization_id: string;
  user_id: string;
  role: string;
  joined_at: Generated<Timestamp | null>;
}

export interface Organizations {
  id: Generated<string>;
  name: string;
  type: string | null;
  subscription_tier: Generated<string | null>;
  subscription_status: Generated<string | null>;
  billing_email: string | null;
  website: string | null;
  phone: string | null;
  address: Json | null;
  settings: Generated<Json | null>;
  created_at: Generated<Timestamp | null>;
  updated_at: Generated<Timestamp | null>;
  dealer_confirmed_at: Timestamp | null;
}

export interface PersonErasures {
  id: Generated<string>;
  user_id: string;
  requested_by: string | null;
  reason: string;
  status: Generated<string>;
  file_keys: Generated<Json>;
  steps: Generated<Json>;
  error: string | null;
  requested_at: Timestamp;
  finished_at: Timestamp | null;
  backups_gone_by: string | null;
}

export interface PersonExports {
  id: Generated<string>;
  user_id: string;
  status: Generated<string>;
  file_key: string | null;
  file_size_bytes: number | null;
  sha256: string | null;
  contents: Generated<Json>;
  error: string | null;
  created_at: Timestamp;
  finished_at: Timestamp | null;
  expires_at: Timestamp;
}

export interface ProductPrices {
  id: Generated<number>;
  product_id: string;
  list_price: number;
  dealer_price: number | null;
  msrp: number | null;
  currency: string | null;
  effective_from: Generated<Timestamp>;
  effective_to: Timestamp | null;
  import_id: string | null;
  price_list_id: string | null;
}

export interface ProductRelationships {
  id: Generated<string>;
  product_id: string;
  related_product_id: string;
  relationship_type: string;
  strength: number | null;
}

export interface ProductVariants {
  id: Generated<string>;
  product_id: string;
  sku: string;
  name: string | null;
  attributes: Generated<Json | null>;
  price_adjustment: Generated<number | null>;
  in_stock: Generated<boolean | null>;
  lead_time_days: number | null;
  images: Generated<Json | null>;
  created_at: Generated<Timestamp | null>;
  updated_at: Generated<Timestamp | null>;
}

export interface Products {
  id: Generated<string>;
  sku: string;
  name: string;
  description: string | null;
  category: string;
  subcategory: string | null;
  brand: Generated<string | null>;
  manufacturer: string | null;
  collection: string | null;
  list_price: number;
  dealer_price: number | null;
  msrp: number | null;
  currency: Generated<string | null>;
  specifications: Generated<Json | null>;
  sustainability: Generated<Json | null>;
  in_stock: Generated<boolean | null>;
  lead_time_days: Generated<number | null>;
  moq: Generated<number | null>;
  images: Generated<Json | null>;
  model_3d_url: string | null;
  ar_asset_url: string | null;
  tags: string[] | null;
  search_vector: string | null;
  embedding: string | null;
  status: Generated<string | null>;
  created_at: Generated<Timestamp | null>;
  updated_at: Generated<Timestamp | null>;
  deleted_at: Timestamp | null;
  embedding_model: string | null;
  successor_sku: string | null;
  search_document: Json | null;
  search_heads: Generated<string[]>;
  search_facets: Generated<string[]>;
}

export interface ProjectCollaborators {
  id: Generated<string>;
  project_id: string;
  user_id: string;
  role: string;
  invited_by: string | null;
  invited_at: Generated<Timestamp | null>;
  accepted_at: Timestamp | null;
}

export interface ProjectMilestones {
  project_id: string;
  marks: Generated<Json>;
  updated_at: Generated<Timestamp>;
}

export interface ProjectTerms {
  project_id: string;
  contract: Json | null;
  rates: Json | null;
  roi_inputs: Json | null;
  updated_by: string | null;
  updated_at: Generated<Timestamp>;
}

export interface ProjectVersions {
  id: Generated<string>;
  project_id: string;
  version_number: number;
  snapshot: Json;
  change_summary: string | null;
  created_by: string | null;
  created_at: Generated<Timestamp | null>;
  kind: Generated<string>;
  state_sha256: string | null;
}

export interface Projects {
  id: Generated<string>;
  owner_id: string;
  organization_id: string | null;
  name: string;
  description: string | null;
  status: Generated<string | null>;
  client: Json | null;
  requirements: Generated<Json | null>;
  budget: Generated<Json | null>;
  timeline: Generated<Json | null>;
  preferences: Generated<Json | null>;
  current_step: string | null;
  progress_pct: Generated<number | null>;
  tags: string[] | null;
  metadata: Generated<Json | null>;
  created_at: Generated<Timestamp | null>;
  updated_at: Generated<Timestamp | null>;
  deleted_at: Timestamp | null;
  sustainability_targets: Generated<Json | null>;
  revision: Generated<number>;
  completed_at: Timestamp | null;
  is_template: Generated<boolean>;
}

export interface RankingImpressions {
  id: Generated<string>;
  recommendation_id: string;
  project_id: string;
  organization_id: string;
  scenario_id: string;
  need_keys: string[];
  offer: Json;
  model_version: string | null;
  created_at: Generated<Timestamp>;
}

export interface RankingModels {
  id: Generated<string>;
  number: number;
  version: Generated<string>;
  status: string;
  parameters: Json;
  shared_from: Generated<string[]>;
  rows_used: number;
  organizations: number;
  data_hash: string;
  seen_until: Timestamp | null;
  comparison: Json | null;
  moved: Generated<Json>;
  decision: string;
  took_ms: number;
  trained_at: Generated<Timestamp>;
  promoted_at: Timestamp | null;
}

export interface RankingPosteriors {
  model_id: string;
  organization_id: string;
  parameters: Json;
  rows_used: number;
}

export interface RankingRuns {
  id: Generated<string>;
  status: Generated<string>;
  reason: string;
  note: string | null;
  model_id: string | null;
  requested_by: string | null;
  started_at: Generated<Timestamp>;
  finished_at: Timestamp | null;
}

export interface RecommendationChanges {
  id: Generated<string>;
  recommendation_id: string;
  project_id: string;
  scenario_id: string;
  space_ids: Generated<string[]>;
  label: string;
  before: Json;
  undone_at: Timestamp | null;
  created_by: string | null;
  created_at: Generated<Timestamp>;
}

export interface RecommendationFeedback {
  id: Generated<string>;
  recommendation_id: string;
  recommendation_item_id: string | null;
  user_id: string;
  feedback_type: string;
  rating: number | null;
  feedback_text: string | null;
  feedback_categories: string[] | null;
  accepted: boolean | null;
  modified: boolean | null;
  modification_details: Json | null;
  created_at: Generated<Timestamp | null>;
  collected_at: Timestamp | null;
  undone_at: Timestamp | null;
}

export interface RecommendationItems {
  id: Generated<string>;
  recommendation_id: string;
  project_id: string;
  product_id: string;
  variant_id: string | null;
  space_id: string | null;
  placement: Json | null;
  quantity: number;
  unit_price: number;
  total_price: number;
  reasoning: string | null;
  confidence_score: number | null;
  alternatives: Generated<Json | null>;
  status: Generated<string | null>;
  created_at: Generated<Timestamp | null>;
  updated_at: Generated<Timestamp | null>;
  scenario_id: string | null;
  need_key: string | null;
  need: Generated<Json>;
  locked: Generated<boolean>;
  wanted: number | null;
  unit_list_price: number | null;
  quoted_lead_time_days: number | null;
  quoted_at: Timestamp | null;
}

export interface Recommendations {
  id: Generated<string>;
  project_id: string;
  generated_by: Generated<string | null>;
  model_version: string | null;
  generation_timestamp: Generated<Timestamp | null>;
  input_parameters: Generated<Json | null>;
  summary: Generated<Json | null>;
  status: Generated<string | null>;
  confidence_score: number | null;
  user_rating: number | null;
  user_feedback: string | null;
  created_at: Generated<Timestamp | null>;
  updated_at: Generated<Timestamp | null>;
  created_by: string | null;
}

export interface Renders {
  id: Generated<string>;
  project_id: string;
  floor_plan_id: string | null;
  scenario_id: string | null;
  name: string;
  file_key: string;
  content_type: string;
  file_size_bytes: number;
  width_px: number;
  height_px: number;
  created_by: string | null;
  created_at: Generated<Timestamp>;
}

export interface RetentionPolicies {
  name: string;
  description: string;
  enabled: Generated<boolean>;
  archive_after_days: number | null;
  aggregate_after_days: number | null;
  delete_after_days: number | null;
  samples_kept: number | null;
  batch_size: Generated<number>;
  updated_by: string | null;
  updated_at: Generated<Timestamp>;
}

export interface RetentionRuns {
  id: Generated<string>;
  as_of: Timestamp;
  dry_run: boolean;
  status: Generated<string>;
  policies: Generated<Json>;
  requested_by: string | null;
  started_at: Generated<Timestamp>;
  finished_at: Timestamp | null;
}

export interface ScenarioCosts {
  scenario_id: string;
  product_id: string;
  project_id: string;
  unit_cost: number;
  source: string;
}

export interface SchemaMigrations {
  version: string;
  description: string | null;
  applied_at: Generated<Timestamp | null>;
  checksum: string | null;
}

export interface Sessions {
  id: Generated<string>;
  user_id: string;
  token_hash: string;
  user_agent: string | null;
  ip_address: string | null;
  created_at: Generated<Timestamp>;
  last_seen_at: Generated<Timestamp>;
  expires_at: Timestamp;
  revoked_at: Timestamp | null;
  must_rotate: Generated<boolean>;
  previous_token_hash: string | null;
  previous_until: Timestamp | null;
}

export interface ShareDecisions {
  id: Generated<string>;
  project_id: string;
  share_link_id: string | null;
  version_number: number;
  decision: string;
  name: string;
  email: string;
  note: string | null;
  ip_address: string | null;
  decided_at: Generated<Timestamp>;
}

export interface ShareLinks {
  id: Generated<string>;
  project_id: string;
  token_hash: string;
  label: string;
  role: string;
  prices: Generated<string>;
  downloads: Generated<boolean>;
  password_hash: string | null;
  expires_at: Timestamp;
  revoked_at: Timestamp | null;
  last_opened_at: Timestamp | null;
  opened_count: Generated<number>;
  created_by: string | null;
  created_at: Generated<Timestamp>;
}

export interface SifImports {
  id: Generated<string>;
  project_id: string;
  scenario_id: string;
  file_name: string;
  file_size_bytes: number;
  status: Generated<string>;
  report: Json;
  bill_fingerprint: string;
  outcome: Json | null;
  change_id: string | null;
  created_by: string | null;
  created_at: Generated<Timestamp>;
  applied_at: Timestamp | null;
  undone_at: Timestamp | null;
}

export interface Spaces {
  id: Generated<string>;
  floor_plan_id: string;
  project_id: string;
  name: string | null;
  type: string | null;
  area_sqft: number | null;
  dimensions: Json | null;
  bbox: Json | null;
  polygon: Json | null;
  suggested_capacity: number | null;
  characteristics: Json | null;
  detection_confidence: number | null;
  manually_edited: Generated<boolean | null>;
  created_at: Generated<Timestamp | null>;
  updated_at: Generated<Timestamp | null>;
  number: string | null;
  source_key: string | null;
  holes: Generated<Json>;
  source_polygon: Json | null;
  revision: Generated<number>;
  source_holes: Generated<Json>;
  read_outlines: Generated<Json>;
  reviewed_at: Timestamp | null;
  reviewed_by: string | null;
}

export interface SustainabilityMetrics {
  id: Generated<string>;
  project_id: string;
  overall_score: number | null;
  carbon_footprint_kg: number | null;
  recycled_content_pct: number | null;
  recyclable_pct: number | null;
  certifications_achieved: string[] | null;
  leed_points: number | null;
  calculated_at: Generated<Timestamp | null>;
  created_at: Generated<Timestamp | null>;
  scenario_id: string | null;
  report: Generated<Json>;
}

export interface TeamProjects {
  team_id: string;
  project_id: string;
}

export interface Teams {
  id: Generated<string>;
  organization_id: string;
  name: string;
  created_at: Generated<Timestamp>;
}

export interface UserRoles {
  id: Generated<string>;
  user_id: string;
  role: string;
  resource_type: string | null;
  resource_id: string | null;
  granted_by: string | null;
  granted_at: Generated<Timestamp | null>;
  expires_at: Timestamp | null;
}

export interface Users {
  id: Generated<string>;
  email: string;
  email_verified_at: Timestamp | null;
  password_hash: string | null;
  first_name: string | null;
  last_name: string | null;
  phone: string | null;
  company: string | null;
  title: string | null;
  user_type: string;
  google_id: string | null;
  microsoft_id: string | null;
  preferences: Generated<Json | null>;
  status: Generated<string | null>;
  last_login_at: Timestamp | null;
  created_at: Generated<Timestamp | null>;
  updated_at: Generated<Timestamp | null>;
  deleted_at: Timestamp | null;
}

export interface WebhookAttempts {
  id: Generated<string>;
  delivery_id: string;
  organization_id: string;
  attempted_at: Timestamp;
  took_ms: number;
  status: number | null;
  error: string | null;
  response_excerpt: string | null;
}

export interface WebhookDeliveries {
  id: Generated<string>;
  sequence: Generated<number>;
  endpoint_id: string;
  organization_id: string;
  event_id: string;
  type: string;
  body: string;
  status: Generated<string>;
  attempts: Generated<number>;
  next_attempt_at: Timestamp | null;
  last_status: number | null;
  last_error: string | null;
  is_replay: Generated<boolean>;
  created_at: Timestamp;
  finished_at: Timestamp | null;
}

export interface WebhookEndpoints {
  id: Generated<string>;
  organization_id: string;
  url: string;
  description: Generated<string>;
  types: Generated<string[]>;
  secret: string;
  previous_secret: string | null;
  previous_until: Timestamp | null;
  status: Generated<string>;
  disabled_reason: string | null;
  disabled_at: Timestamp | null;
  last_success_at: Timestamp | null;
  busy_until: Timestamp | null;
  created_by: string | null;
  created_at: Generated<Timestamp>;
  updated_at: Generated<Timestamp>;
}

export interface DB {
  account_closures: AccountClosures;
  ai_model_metrics: AiModelMetrics;
  ai_model_metrics_weekly: AiModelMetricsWeekly;
  api_tokens: ApiTokens;
  audit_log: AuditLog;
  budget_scenarios: BudgetScenarios;
  catalog_imports: CatalogImports;
  catalog_price_lists: CatalogPriceLists;
  catalog_statistics: CatalogStatistics;
  comments: Comments;
  conversation_insights: ConversationInsights;
  conversation_messages: ConversationMessages;
  conversations: Conversations;
  event_outbox: EventOutbox;
  exports: Exports;
  floor_plan_edits: FloorPlanEdits;
  floor_plan_revisions: FloorPlanRevisions;
  floor_plans: FloorPlans;
  happenings: Happenings;
  idempotency_keys: IdempotencyKeys;
  invitations: Invitations;
  item_snapshots: ItemSnapshots;
  known_devices: KnownDevices;
  legal_holds: LegalHolds;
  ml_training_data: MlTrainingData;
  model_budget_holds: ModelBudgetHolds;
  one_time_tokens: OneTimeTokens;
  organization_branding: OrganizationBranding;
  organization_buy_terms: OrganizationBuyTerms;
  organization_learning: OrganizationLearning;
  organization_members: OrganizationMembers;
  organizations: Organizations;
  person_erasures: PersonErasures;
  person_exports: PersonExports;
  product_prices: ProductPrices;
  product_relationships: ProductRelationships;
  product_variants: ProductVariants;
  products: Products;
  project_collaborators: ProjectCollaborators;
  project_milestones: ProjectMilestones;
  project_terms: ProjectTerms;
  project_versions: ProjectVersions;
  projects: Projects;
  ranking_impressions: RankingImpressions;
  ranking_models: RankingModels;
  ranking_posteriors: RankingPosteriors;
  ranking_runs: RankingRuns;
  recommendation_changes: RecommendationChanges;
  recommendation_feedback: RecommendationFeedback;
  recommendation_items: RecommendationItems;
  recommendations: Recommendations;
  renders: Renders;
  retention_policies: RetentionPolicies;
  retention_runs: RetentionRuns;
  scenario_costs: ScenarioCosts;
  schema_migrations: SchemaMigrations;
  sessions: Sessions;
  share_decisions: ShareDecisions;
  share_links: ShareLinks;
  sif_imports: SifImports;
  spaces: Spaces;
  sustainability_metrics: SustainabilityMetrics;
  team_projects: TeamProjects;
  teams: Teams;
  user_roles: UserRoles;
  users: Users;
  webhook_attempts: WebhookAttempts;
  webhook_deliveries: WebhookDeliveries;
  webhook_endpoints: WebhookEndpoints;
}
