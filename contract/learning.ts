// What recommendations learn from decisions: what was shown, rows to train on, ranking models, settings of organizations.
import { z } from 'zod';
import { Id, line, Time } from './common.ts';

/** How a product stands among the candidates of its need, each from −1 to 1. Positions: −1 lowest, 1 highest of the candidates. */
export const NUMERIC_FEATURES = [
  'price',
  'lead_time',
  'in_stock',
  'carbon',
  'certified',
  'recycled',
  'quality',
  'fit',
] as const;
export type NumericFeature = (typeof NUMERIC_FEATURES)[number];

const numeric = z.number().min(-1).max(1);

/** A product as the ranking sees it: positions and what it is (`brand:…`, `material:…`, `style:…`, `feature:…`). */
export const RankingFeatures = z.object({
  numeric: z.record(z.enum(NUMERIC_FEATURES), numeric),
  terms: z.array(z.string().max(80)).max(16),
});
export type RankingFeatures = z.infer<typeof RankingFeatures>;

/** What the candidates of a need spanned when the recommendation was made: enough to place any other product among them. */
export const CandidateSpan = z.object({
  candidates: z.number().int().nonnegative(),
  /** Twenty-one quantiles, ascending: list price in cents, lead time in days, kg CO2e a piece; empty where unknown. */
  price: z.array(z.number()),
  lead_time: z.array(z.number()),
  carbon: z.array(z.number()),
});
export type CandidateSpan = z.infer<typeof CandidateSpan>;

/** One product as it was offered: 0 the chosen one, then the alternatives in the order of the list. */
export const ShownProduct = z.object({
  product_id: z.string(),
  position: z.number().int().nonnegative(),
  /** Place by value among all candidates. */
  rank: z.number().int().positive(),
  /** Value without anything learned. */
  fixed_value: z.number(),
  features: RankingFeatures,
});
export type ShownProduct = z.infer<typeof ShownProduct>;

/** What one choice of a scenario offered, for all needs that shared it. */
export const Impression = z.object({
  scenario_type: z.string(),
  need_keys: z.array(z.string()).min(1),
  role: z.string(),
  space_type: z.string().nullable(),
  styles: z.array(z.string()),
  confidence: z.number().min(0).max(1).nullable(),
  span: CandidateSpan,
  shown: z.array(ShownProduct).min(1),
});
export type Impression = z.infer<typeof Impression>;

export const DECISION_EVENTS = [
  'acceptance',
  'bulk_acceptance',
  'rejection',
  'swap',
  'skipped',
  'swapped_out',
  'lock',
  'quantity',
  'rating',
  'scenario',
] as const;
export type DecisionEvent = (typeof DECISION_EVENTS)[number];

/** `input_features` of a row: one product (point), or one product taken over another (pair). */
export const TrainingInput = z.object({
  kind: z.enum(['point', 'pair']),
  features: RankingFeatures,
  /** Of a pair: what was passed over. */
  against: RankingFeatures.nullable(),
  role: z.string(),
  space_type: z.string().nullable(),
  styles: z.array(z.string()),
  /** Where the decided product stood in the list; null where it was brought in from outside of it. */
  position: z.number().int().nullable(),
  alternatives_shown: z.number().int(),
  candidates: z.number().int(),
  /** Chance that somebody looks at this place of the list at all. */
  propensity: z.number().positive().max(1),
  /** As it was told to the reader, where it was. */
  confidence: z.number().nullable(),
  impression_id: Id,
  product_id: Id,
  against_product_id: Id.nullable(),
  model_version: z.string().nullable(),
});
export type TrainingInput = z.infer<typeof TrainingInput>;

export const TrainingLabel = z.object({
  event: z.enum(DECISION_EVENTS),
  label: z.union([z.literal(0), z.literal(1)]),
  weight: z.number().min(0).max(10),
  categories: z.array(z.string()),
});
export type TrainingLabel = z.infer<typeof TrainingLabel>;

export const TRAINING_STATES = ['open', 'confirmed', 'excluded'] as const;
export const TrainingRow = z.object({
  id: Id,
  source_type: z.string(),
  organization_id: Id.nullable(),
  organization_name: z.string().nullable(),
  product_name: z.string().nullable(),
  against_name: z.string().nullable(),
  input: TrainingInput,
  label: TrainingLabel,
  state: z.enum(TRAINING_STATES),
  excluded_reason: z.string().nullable(),
  verified_at: Time.nullable(),
  used_in_training: z.boolean(),
  decided_at: Time,
});
export type TrainingRow = z.infer<typeof TrainingRow>;

export const TrainingDataCounts = z.object({
  rows: z.number().int(),
  open: z.number().int(),
  confirmed: z.number().int(),
  excluded: z.number().int(),
  organizations: z.number().int(),
  events: z.array(z.object({ event: z.string(), rows: z.number().int() })),
});
export type TrainingDataCounts = z.infer<typeof TrainingDataCounts>;

export const VerifyTrainingRow = z.discriminatedUnion('decision', [
  z.object({ decision: z.literal('confirm') }),
  z.object({ decision: z.literal('exclude'), reason: line(300, 3) }),
]);
export type VerifyTrainingRow = z.infer<typeof VerifyTrainingRow>;

/** Steps of an isotonic fit: predicted up to `upto` means `value`. */
export const Calibration = z.object({
  points: z.array(z.object({ at: z.number(), value: z.number() })),
  rows: z.number().int(),
});
export type Calibration = z.infer<typeof Calibration>;

export const RankingMetrics = z.object({
  rows: z.number().int(),
  lists: z.number().int(),
  ndcg: z.number().nullable(),
  log_loss: z.number().nullable(),
  /** Expected calibration error over ten equal bins, 0 to 1. */
  ece: z.number().nullable(),
});
export type RankingMetrics = z.infer<typeof RankingMetrics>;

export const ModelComparison = z.object({
  /** Decisions after this moment were held out. */
  held_out_since: Time.nullable(),
  candidate: RankingMetrics,
  /** The live model, or the fixed ranking where none is live, on the same rows in the same run. */
  live: RankingMetrics,
  live_version: z.string().nullable(),
  /** Organizations with held-out rows, and those where the candidate's log-loss is lower. */
  organizations: z.object({ compared: z.number().int(), better: z.number().int() }),
  /** The shared part alone on organizations it never saw; null with fewer than five. */
  unseen_organizations: RankingMetrics.nullable(),
});
export type ModelComparison = z.infer<typeof ModelComparison>;

export const MovedFeature = z.object({
  feature: z.string(),
  label: z.string(),
  before: z.number(),
  after: z.number(),
  sentence: z.string(),
});
export type MovedFeature = z.infer<typeof MovedFeature>;

export const RANKING_STATUSES = ['live', 'retired', 'rejected', 'withdrawn'] as const;
export const RankingModel = z.object({
  id: Id,
  version: z.string(),
  status: z.enum(RANKING_STATUSES),
  rows: z.number().int(),
  organizations: z.number().int(),
  posteriors: z.number().int(),
  data_hash: z.string(),
  took_ms: z.number().int(),
  /** Why it became live or did not, in one sentence. */
  decision: z.string(),
  comparison: ModelComparison.nullable(),
  moved: z.array(MovedFeature),
  trained_at: Time,
  promoted_at: Time.nullable(),
  /** May be made live again: it holds nothing of an organization that no longer shares. */
  may_go_live: z.boolean(),
});
export type RankingModel = z.infer<typeof RankingModel>;

export const DriftWatch = z.object({
  since: Time,
  rows: z.number().int(),
  reference_rows: z.number().int(),
  /** Population stability index of each feature: under 0.1 steady, over 0.25 another population. */
  features: z.array(
    z.object({
      feature: z.string(),
      label: z.string(),
      psi: z.number(),
      state: z.enum(['steady', 'watch', 'alert']),
    }),
  ),
  acceptance: z.object({
    recent: z.number().nullable(),
    before: z.number().nullable(),
    recent_rows: z.number().int(),
    before_rows: z.number().int(),
    state: z.enum(['steady', 'watch', 'alert', 'too_few']),
  }),
  alerts: z.array(z.string()),
});
export type DriftWatch = z.infer<typeof DriftWatch>;

export const TrainingRun = z.object({
  id: Id,
  status: z.enum(['queued', 'running', 'done', 'failed']),
  reason: z.enum(['schedule', 'by_hand', 'withdrawal']),
  note: z.string().nullable(),
  model_id: Id.nullable(),
  started_at: Time,
  finished_at: Time.nullable(),
});
export type TrainingRun = z.infer<typeof TrainingRun>;

export const RankingOverview = z.object({
  models: z.array(RankingModel),
  runs: z.array(TrainingRun),
  drift: DriftWatch.nullable(),
  margin: z.object({ log_loss: z.number(), ndcg: z.number(), rows: z.number().int() }),
});
export type RankingOverview = z.infer<typeof RankingOverview>;

export const OrganizationLearning = z.object({
  organization_id: Id,
  /** Decisions rank this organization's own recommendations. */
  use_learned: z.boolean(),
  /** Decisions also train the ranking that all organizations begin with. */
  share: z.boolean(),
  rows: z.number().int(),
  /** The model in force for this organization; null: the fixed ranking. */
  model_version: z.string().nullable(),
  own_ranking: z.boolean(),
  /** At most this share of a product's value comes from what was learned, percent. */
  weight_pct: z.number(),
  learned: z.array(z.object({ feature: z.string(), sentence: z.string(), strength: z.number() })),
});
export type OrganizationLearning = z.infer<typeof OrganizationLearning>;
export const UpdateOrganizationLearning = z
  .object({ use_learned: z.boolean(), share: z.boolean() })
  .partial()
  .strict();
export type UpdateOrganizationLearning = z.infer<typeof UpdateOrganizationLearning>;

export const CollectFeedbackJob = z.object({});
export type CollectFeedbackJob = z.infer<typeof CollectFeedbackJob>;
export const TrainRankingJob = z.object({ run_id: Id.nullable() });
export type TrainRankingJob = z.infer<typeof TrainRankingJob>;
