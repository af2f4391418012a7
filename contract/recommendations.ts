// Recommendations, budget scenarios and feedback as they cross HTTP and the queue.
// Clients see list and sell prices. Cost and margin stand in the `internal` parts alone, which are there only for those
// who may see them.
import { z } from 'zod';
import { Infeasibility, LimitRelief, Shortfall } from './choice.ts';
import { Id, JsonObject, Time, text } from './common.ts';
import { ARRANGEMENTS, LayoutResult, Placement } from './layout.ts';
import { CreditResult } from './sustainability.ts';
import { RateInForce, RateTerms, RoiInputs } from './terms.ts';

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
  /** Pieces of it for the line; null where it was not worked out. */
  quantity: z.number().int().nullable().default(null),
  unit_price: z.number(),
  /** Swapping this line alone keeps the limits the recommendation was made with. */
  keeps_limits: z.boolean().nullable().default(null),
  /** Against the chosen product: money and kg CO2e for the whole line, days, and sustainability score points. */
  price_diff: z.number(),
  lead_time_diff: z.number().nullable(),
  carbon_diff: z.number().nullable(),
  sustainability_diff: z.number().nullable(),
  reason: z.string(),
});

/** What a saved quote has to be looked at for: a price, a time or a product that is no longer what it was. */
export const QuoteWarning = z.object({
  code: z.enum(['price_changed', 'price_stale', 'lead_time_changed', 'late', 'discontinued']),
  message: z.string(),
});
export type QuoteWarning = z.infer<typeof QuoteWarning>;

export const RecommendationItem = z.object({
  id: Id,
  recommendation_id: Id,
  scenario_id: Id.nullable(),
  space_id: Id.nullable(),
  space_name: z.string().nullable(),
  product: ItemProduct,
  variant_id: Id.nullable(),
  /** Pieces in the bill; where the room has an outline, the pieces that stand in it. */
  quantity: z.number().int(),
  /** Pieces asked for; more than `quantity` where the room does not hold them. */
  wanted: z.number().int(),
  /** At list on the day of the quote; null for quotes that did not keep it. */
  unit_list_price: z.number().nullable(),
  unit_price: z.number(),
  total_price: z.number(),
  /** What it is for: "desk", "task chair", with the rule or the sentence of the brief that asks for it. */
  need: z.object({
    key: z.string(),
    label: z.string(),
    source: z.string(),
    /** A sentence of the brief, a rule of the kit table, or what the room holds. */
    kind: z.enum(['brief', 'rule', 'capacity', 'hand']).nullable(),
    rule_id: z.string().nullable(),
    role: z.string(),
  }),
  /** Place among the products that met need and limits, 1 the best; null once a person chose. */
  rank: z.number().int().nullable(),
  candidates: z.number().int().nullable(),
  warnings: z.array(QuoteWarning),
  /** What is sold instead of a product that is no longer. */
  successor: z.object({ product_id: Id, sku: z.string(), name: z.string() }).nullable(),
  /** Only for those who may see cost. */
  internal: z
    .object({
      unit_cost: z.number().nullable(),
      total_cost: z.number().nullable(),
      margin_pct: z.number().nullable(),
      source: z.string().nullable(),
    })
    .optional(),
  reasoning: z.string(),
  /** 0 to 1; null once a person chose. */
  confidence_score: z.number().nullable(),
  /** What the confidence rests on: decisions of people, or as yet the margin of scores. */
  confidence_basis: z.enum(['decisions', 'margin']).nullable(),
  confidence_note: z.string(),
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

export const RoomArrangement = z.object({
  space_id: Id,
  space_name: z.string().nullable(),
  arrangement: z.enum(ARRANGEMENTS),
  seats_needed: z.number().int(),
  seats_placed: z.number().int(),
  sqft_per_seat: z.number().nullable(),
  checks: LayoutResult.shape.checks,
  notes: z.array(z.string()),
});
export type RoomArrangement = z.infer<typeof RoomArrangement>;

export const ScenarioLayout = z.object({
  seats_needed: z.number().int(),
  seats_placed: z.number().int(),
  sqft_per_seat: z.number().nullable(),
  rooms: z.array(RoomArrangement),
});
export type ScenarioLayout = z.infer<typeof ScenarioLayout>;

export const ScenarioPricing = z.object({
  list_total: z.number(),
  sell_total: z.number(),
  /** Of the furniture, percent off list. */
  discount_pct: z.number().nullable(),
  contract: z.string().nullable(),
  /** The chain in force at this order's total. */
  contract_discount: z.string().nullable(),
  rates: z.array(RateInForce),
  priced_at: Time.nullable(),
});
export type ScenarioPricing = z.infer<typeof ScenarioPricing>;

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
  /** What changed against the balanced scenario, or the one asked for, and why: one sentence each. */
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
  /** What found no place and is not in the bill. */
  shortfalls: z.array(Shortfall),
  /** Null where no room has an outline. */
  layout: ScenarioLayout.nullable(),
  pricing: ScenarioPricing.nullable(),
  /** Only for those who may see cost. */
  internal: z
    .object({
      cost: z.number(),
      sell: z.number(),
      margin_pct: z.number().nullable(),
      /** Lines whose cost nobody has stated; they are in neither of the sums. */
      lines_without_cost: z.number().int(),
    })
    .optional(),
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
  /** Where nothing keeps all limits: the smallest sets of limits to relax; send one's `relief` as `relax`. */
  infeasibility: Infeasibility.nullable(),
});
export type Recommendation = z.infer<typeof Recommendation>;

export const CreateRecommendationRequest = z
  .object({
    constraints: z
      .object({
        /** Of the whole project, all lines. */
        max_total: z.number().positive().max(1e11),
        max_lead_time_days: z.number().int().positive().max(3650),
        required_certifications: z.array(z.string().max(100)).max(20),
        allowed_brands: z.array(z.string().max(100)).max(50),
        max_carbon_kg: z.number().positive().max(1e9),
      })
      .partial(),
    /** Limits lifted this time, over what brief, project and `constraints` say. */
    relax: LimitRelief,
    /** How the rooms are arranged; without it a room whose arrangement was chosen keeps it. */
    arrangement: z.enum(ARRANGEMENTS),
  })
  .partial();
export type CreateRecommendationRequest = z.infer<typeof CreateRecommendationRequest>;

/** What the composing job is given; ids only, the rest is read under the user's own permissions. */
export const ComposeJob = z.object({ recommendation_id: Id, project_id: Id, user_id: Id });
export type ComposeJob = z.infer<typeof ComposeJob>;

/** `scenario` picks whose items are returned. */
/** `against`: the scenario that changes are measured from, instead of the balanced one. */
export const ScenariosQuery = z.object({ against: z.enum(SCENARIO_TYPES).optional() });
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
    /** Where not all pieces find a place: refuse (default), or take as many as the room holds. */
    if_no_place: z.enum(['refuse', 'fit']),
    /** Change the item although a limit of the project is broken by it. */
    override_limits: z.boolean(),
  })
  .partial();
export type UpdateItemRequest = z.infer<typeof UpdateItemRequest>;

/** Puts a product into a room by hand; it is furnished anew like after any other change. */
export const AddItemRequest = z.object({
  product_id: Id,
  variant_id: Id.optional(),
  /** Null for what belongs to no single room. */
  space_id: Id.nullable(),
  quantity: z.number().int().min(1).max(100_000).default(1),
  /** The selected scenario, or the balanced one while none is. */
  scenario: z.enum(SCENARIO_TYPES).optional(),
  reason: text(2000).optional(),
  if_no_place: z.enum(['refuse', 'fit']).optional(),
  override_limits: z.boolean().optional(),
});
export type AddItemRequest = z.infer<typeof AddItemRequest>;

/** What a change did beyond the item itself. */
export const ChangeEffect = z.object({
  /** Take it back with POST /recommendations/:id/changes/:change_id/undo. */
  change_id: Id.nullable(),
  total_cost: z.number().nullable(),
  /** Of the scenario's total, all lines. */
  price_diff: z.number().nullable(),
  carbon_diff_kg: z.number().nullable(),
  lead_time_days: z.number().int().nullable(),
  /** Other lines of the same rooms whose count followed. */
  also_changed: z.array(z.object({ label: z.string(), from: z.number().int(), to: z.number().int() })),
});
export type ChangeEffect = z.infer<typeof ChangeEffect>;
export const ChangedItem = RecommendationItem.extend({ effect: ChangeEffect });
export type ChangedItem = z.infer<typeof ChangedItem>;

/**
 * The same decision for every item of a room, or of the scenario where no room is named. `accept_like` accepts the room and,
 * in rooms of its kind, what is met by the same product; `take_successors` swaps what is no longer sold for what follows it,
 * `take_sooner` what comes too late for the brief for what comes in time.
 */
export const BulkRequest = z.object({
  scenario: z.enum(SCENARIO_TYPES).optional(),
  space_id: Id.optional(),
  action: z.enum([
    'accept',
    'reset',
    'lock',
    'unlock',
    'copy_to_like',
    'accept_like',
    'take_successors',
    'take_sooner',
  ]),
  /** For `take_successors` and `take_sooner`: change it although a limit is broken by it. */
  override_limits: z.boolean().optional(),
});
export type BulkRequest = z.infer<typeof BulkRequest>;
export const BulkResult = z.object({
  changed: z.number().int(),
  skipped: z.array(z.object({ space_id: Id.nullable(), space_name: z.string().nullable(), why: z.string() })),
  effect: ChangeEffect,
});
export type BulkResult = z.infer<typeof BulkResult>;

export const ArrangementQuery = z.object({ space_id: Id.optional() });
export const ArrangementChoice = z.object({
  arrangement: z.enum(ARRANGEMENTS),
  seats_needed: z.number().int(),
  seats_placed: z.number().int(),
  sqft_per_seat: z.number().nullable(),
  pieces: z.number().int(),
  /** Pieces asked for that find no place. */
  pieces_short: z.number().int(),
  total_cost: z.number(),
  price_diff: z.number(),
  failed_checks: z.number().int(),
  /** All rooms concerned are arranged so today. */
  current: z.boolean(),
  /** Where the pieces would stand, for a drawing of the choice; what stands on, under or above another is left out. */
  furniture: z.array(
    z.object({
      item_id: Id,
      space_id: Id,
      name: z.string(),
      category: z.string(),
      subcategory: z.string().nullable(),
      placements: z.array(
        Placement.pick({ x: true, y: true, rotation_deg: true, width_ft: true, depth_ft: true }),
      ),
    }),
  ),
});
export type ArrangementChoice = z.infer<typeof ArrangementChoice>;
export const ArrangementChoices = z.object({ currency: z.string(), choices: z.array(ArrangementChoice) });
export type ArrangementChoices = z.infer<typeof ArrangementChoices>;
export const ArrangeRequest = z.object({ arrangement: z.enum(ARRANGEMENTS), space_id: Id.optional() });
export type ArrangeRequest = z.infer<typeof ArrangeRequest>;
export const ArrangedScenario = BudgetScenario.extend({ effect: ChangeEffect });
export type ArrangedScenario = z.infer<typeof ArrangedScenario>;

/** Assumptions of one scenario; null goes back to the project's or the default. */
export const UpdateScenarioRequest = z
  .object({ roi_inputs: RoiInputs, rates: RateTerms.nullable() })
  .partial()
  .strict();
export type UpdateScenarioRequest = z.infer<typeof UpdateScenarioRequest>;

export const UndoneChange = z.object({ id: Id, label: z.string(), scenario_id: Id });

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

/** Swaps that would bring a credit nearer to its threshold, in the order in which they help most. */
export const CreditSwaps = z.object({
  before: CreditResult,
  /** With all the swaps made. */
  after: CreditResult,
  currency: z.string(),
  swaps: z.array(
    z.object({
      item_id: Id,
      recommendation_id: Id,
      space_id: Id.nullable(),
      space_name: z.string().nullable(),
      from: z.object({ sku: z.string(), name: z.string() }),
      to: z.object({
        product_id: Id,
        sku: z.string(),
        name: z.string(),
        certifications: z.array(z.string()),
      }),
      quantity: z.number().int(),
      price_diff: z.number(),
      /** Of the threshold, with this swap and those before it. */
      reached_pct: z.number(),
    }),
  ),
});
export type CreditSwaps = z.infer<typeof CreditSwaps>;
