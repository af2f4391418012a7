// Recommendations, budget scenarios and feedback as they cross HTTP and the queue.
// Clients see list and sell prices; cost and margin are not in these shapes.
import { z } from 'zod';
import { Id, JsonObject, Time, text } from './common.ts';

export const RECOMMENDATION_STATUSES = ['draft', 'presented', 'approved', 'rejected'] as const;
export const ITEM_STATUSES = ['proposed', 'accepted', 'rejected', 'substituted'] as const;
export const SCENARIO_TYPES = ['conservative', 'balanced', 'aggressive'] as const;
export const FEEDBACK_TYPES = ['rating', 'acceptance', 'rejection', 'modification'] as const;

export const ItemProduct = z.object({
  id: Id,
  sku: z.string(),
  name: z.string(),
  brand: z.string().nullable(),
  collection: z.string().nullable(),
  category: z.string(),
  subcategory: z.string().nullable(),
  lead_time_days: z.number().int().nullable(),
  width_in: z.number().nullable(),
  depth_in: z.number().nullable(),
  height_in: z.number().nullable(),
  carbon_footprint_kg: z.number().nullable(),
});

export const Alternative = z.object({
  product_id: Id,
  sku: z.string(),
  name: z.string(),
  unit_price: z.number(),
  /** Against the chosen product: money and kg CO2e for the whole line, days, and sustainability score points. */
  price_diff: z.number(),
  lead_time_diff: z.number().nullable(),
  carbon_diff: z.number().nullable(),
  sustainability_diff: z.number().nullable(),
  reason: z.string(),
});

export const RecommendationItem = z.object({
  id: Id,
  recommendation_id: Id,
  scenario_id: Id.nullable(),
  space_id: Id.nullable(),
  space_name: z.string().nullable(),
  product: ItemProduct,
  variant_id: Id.nullable(),
  quantity: z.number().int(),
  unit_price: z.number(),
  total_price: z.number(),
  /** What it is for: "desk", "task chair", with the rule or the sentence of the brief that asks for it. */
  need: z.object({ key: z.string(), label: z.string(), source: z.string() }),
  reasoning: z.string(),
  confidence_score: z.number().nullable(),
  alternatives: z.array(Alternative),
  placement: z.unknown().nullable(),
  status: z.enum(ITEM_STATUSES),
  locked: z.boolean(),
});
export type RecommendationItem = z.infer<typeof RecommendationItem>;

export const ScenarioLine = z.object({
  key: z.string(),
  label: z.string(),
  amount: z.number(),
  note: z.string().optional(),
});

export const BudgetScenario = z.object({
  id: Id,
  project_id: Id,
  recommendation_id: Id.nullable(),
  name: z.string(),
  type: z.enum(SCENARIO_TYPES),
  total_cost: z.number(),
  currency: z.string(),
  variance_from_target_pct: z.number().nullable(),
  quality_score: z.number().int().nullable(),
  sustainability_score: z.number().int().nullable(),
  lines: z.array(ScenarioLine),
  roi_analysis: JsonObject,
  /** What changed against the balanced scenario and why, one sentence each. */
  trade_offs: z.array(z.object({ change: z.string(), reason: z.string(), amount: z.number().nullable() })),
  /** total per person, per square foot, carbon, longest lead time, counts. */
  metrics: z.object({
    item_count: z.number().int(),
    per_person: z.number().nullable(),
    per_sqft: z.number().nullable(),
    carbon_kg: z.number().nullable(),
    lead_time_days: z.number().int().nullable(),
  }),
  /** How sure the optimiser is: status, objective, bound, relative gap, milliseconds. */
  solver: JsonObject,
  assumptions: JsonObject,
  is_selected: z.boolean(),
  created_at: Time,
});
export type BudgetScenario = z.infer<typeof BudgetScenario>;

export const RecommendationSummary = z.object({
  id: Id,
  project_id: Id,
  generated_by: z.string(),
  model_version: z.string().nullable(),
  generation_timestamp: Time,
  status: z.enum(RECOMMENDATION_STATUSES),
  confidence_score: z.number().nullable(),
  user_rating: z.number().int().nullable(),
  summary: JsonObject,
  created_at: Time,
});

export const Recommendation = RecommendationSummary.extend({
  input_parameters: JsonObject,
  user_feedback: z.string().nullable(),
  /** Items of the selected scenario, or of the balanced one while none is selected. */
  items: z.array(RecommendationItem),
  scenarios: z.array(BudgetScenario),
  /** What could not be met and what would help, in sentences. */
  notes: z.array(z.string()),
});
export type Recommendation = z.infer<typeof Recommendation>;

export const CreateRecommendationRequest = z
  .object({
    constraints: z
      .object({
        max_total: z.number().positive().max(1e11),
        max_lead_time_days: z.number().int().positive().max(3650),
        required_certifications: z.array(z.string().max(100)).max(20),
        allowed_brands: z.array(z.string().max(100)).max(50),
        max_carbon_kg: z.number().positive().max(1e9),
      })
      .partial(),
  })
  .partial();
export type CreateRecommendationRequest = z.infer<typeof CreateRecommendationRequest>;

/** What the composing job is given; ids only, the rest is read under the user's own permissions. */
export const ComposeJob = z.object({ recommendation_id: Id, project_id: Id, user_id: Id });
export type ComposeJob = z.infer<typeof ComposeJob>;

/** `scenario` picks whose items are returned. */
export const RecommendationQuery = z.object({ scenario: z.enum(SCENARIO_TYPES).optional() });

export const UpdateItemRequest = z
  .object({
    status: z.enum(ITEM_STATUSES),
    locked: z.boolean(),
    quantity: z.number().int().min(1).max(100_000),
    /** Swap for this product: one of the item's alternatives or any active product. */
    product_id: Id,
    reason: text(2000),
    categories: z.array(z.string().max(50)).max(10),
  })
  .partial();
export type UpdateItemRequest = z.infer<typeof UpdateItemRequest>;

export const UpdateRecommendationRequest = z
  .object({
    status: z.enum(RECOMMENDATION_STATUSES),
    user_rating: z.number().int().min(1).max(5),
    user_feedback: text(5000),
  })
  .partial();

export const FeedbackRequest = z.object({
  recommendation_item_id: Id.optional(),
  feedback_type: z.enum(FEEDBACK_TYPES),
  rating: z.number().int().min(1).max(5).optional(),
  feedback_text: text(5000).optional(),
  feedback_categories: z.array(z.string().max(50)).max(10).optional(),
  accepted: z.boolean().optional(),
  modified: z.boolean().optional(),
  modification_details: JsonObject.optional(),
});
export type FeedbackRequest = z.infer<typeof FeedbackRequest>;
export const Feedback = FeedbackRequest.extend({
  id: Id,
  recommendation_id: Id,
  user_id: Id,
  created_at: Time,
});

export const SustainabilityMetrics = z.object({
  id: Id,
  project_id: Id,
  scenario_id: Id.nullable(),
  overall_score: z.number().int().nullable(),
  carbon_footprint_kg: z.number().nullable(),
  recycled_content_pct: z.number().nullable(),
  recyclable_pct: z.number().nullable(),
  certifications_achieved: z.array(z.string()),
  leed_points: z.number().int().nullable(),
  calculated_at: Time,
  /** Per space, data-quality grades, credits with numerator, denominator, threshold and what is missing. */
  report: JsonObject,
});
export type SustainabilityMetrics = z.infer<typeof SustainabilityMetrics>;
