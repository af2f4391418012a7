// The values that the decision engines hand on: needs, chosen items, scenarios, placements, budgets, ROI and sustainability.
// Fields ending in `_cents` are whole cents; every other amount of money is a number with two decimals, in the document's currency.
// Lengths are feet (`_ft`) or inches (`_in`), areas square feet, carbon kg CO2e cradle to grave, shares percent (`_pct`).
import { z } from 'zod';
import { SPECIAL_REQUIREMENTS } from './brief.ts';
import { ProductSpecifications, ProductSustainability } from './catalog.ts';
import { SPACE_TYPES } from './plan.ts';

const count = z.number().int().nonnegative();
const share = z.number().min(0).max(1);

// ——— Needs ———

/** What a need rests on: a sentence of the brief, a rule of the kit table, the room's own capacity, or a person who put it there. */
export const NeedEvidence = z.object({
  kind: z.enum(['brief', 'rule', 'capacity', 'hand']),
  /** Path in the brief ("workstation_count"); null for rules and capacities. */
  path: z.string().nullable(),
  turn: z.number().int().nullable(),
  /** Verbatim words of the brief, null where the brief's sentence is not known. */
  quote: z.string().nullable(),
  rule_id: z.string().nullable(),
  /** Where the rule's figure comes from. */
  source: z.string().nullable(),
  detail: z.string(),
});

export const ProductSelect = z.object({
  /** Any of these subcategories; a product without one is judged by category and keywords. */
  subcategories: z.array(z.string()),
  categories: z.array(z.string()),
  /** Any of these words in name, description or tags. */
  keywords: z.array(z.string()),
});

export const NEED_MEASURES = ['each', 'seats', 'compartments'] as const;
export const NEED_PRIORITIES = ['essential', 'standard', 'optional'] as const;
/** Where a piece stands: on the floor, against or on a wall, on or under a desk or table, at the ceiling. */
export const MOUNTS = ['floor', 'wall_side', 'wall', 'on_surface', 'under_surface', 'ceiling'] as const;

export const Need = z.object({
  /** Stable for the same space and role; unique in a bill of needs. */
  key: z.string(),
  space_id: z.string().nullable(),
  space_name: z.string().nullable(),
  space_type: z.enum(SPACE_TYPES).nullable(),
  /** The part it plays in the room: desk, task_chair, meeting_table … */
  role: z.string(),
  label: z.string(),
  /** How many, in the need's measure: pieces, or places that pieces of several places add up to. */
  quantity: z.number().int().positive(),
  measure: z.enum(NEED_MEASURES),
  /** Rooms this line stands for: pieces of several places are counted room by room. */
  groups: z.number().int().positive(),
  select: ProductSelect,
  /** Outside limits of one piece in inches, each only where it matters. */
  sizing: z.object({
    min_width_in: z.number().nullable(),
    max_width_in: z.number().nullable(),
    max_depth_in: z.number().nullable(),
  }),
  /** One piece has to serve the whole room where the catalogue has one large enough. */
  one_piece: z.boolean().optional(),
  requires: z.array(z.string()),
  prefers: z.array(z.string()),
  priority: z.enum(NEED_PRIORITIES),
  mount: z.enum(MOUNTS),
  /** Words of the brief that this need belongs to; excluding one removes the need. */
  topics: z.array(z.enum(SPECIAL_REQUIREMENTS)),
  evidence: z.array(NeedEvidence).min(1),
});

export const NeedNote = z.object({
  code: z.string(),
  severity: z.enum(['info', 'question', 'shortfall']),
  message: z.string(),
  space_id: z.string().nullable(),
  path: z.string().nullable(),
  needed: z.number().nullable(),
  available: z.number().nullable(),
});

export const BillOfNeeds = z.object({
  needs: z.array(Need),
  notes: z.array(NeedNote),
  /** Seats by space: what the kits were counted from. */
  programme: z.array(
    z.object({
      space_id: z.string().nullable(),
      space_name: z.string().nullable(),
      kit: z.string(),
      workstations: count,
      seats: count,
      rooms: count,
    }),
  ),
});

// ——— Choice ———

/** A product as the choice sees it: the catalogue's row with its prices in cents after the project's price rules. */
export const CandidateProduct = z.object({
  id: z.string(),
  sku: z.string(),
  name: z.string(),
  description: z.string().nullable().optional(),
  category: z.string(),
  subcategory: z.string().nullable().optional(),
  brand: z.string().nullable().optional(),
  manufacturer: z.string().nullable().optional(),
  collection: z.string().nullable().optional(),
  tags: z.array(z.string()).optional(),
  specifications: ProductSpecifications,
  sustainability: ProductSustainability,
  list_price_cents: count,
  /** What the client pays for one piece, before freight and other lines. */
  unit_price_cents: count,
  in_stock: z.boolean(),
  lead_time_days: count,
  moq: z.number().int().positive(),
  /** Learned preference of this organization for the product, −1 (rejected) to 1 (accepted); 0 unknown. */
  preference: z.number().min(-1).max(1).optional(),
  /** Nearness of the product's text to the brief's words, 0 to 1, where it was computed. */
  similarity: share.optional(),
});

export const SCENARIO_TYPES = ['conservative', 'balanced', 'aggressive'] as const;
export const ScenarioType = z.enum(SCENARIO_TYPES);

export const ItemAlternative = z.object({
  product_id: z.string(),
  sku: z.string(),
  name: z.string(),
  brand: z.string().nullable(),
  quantity: count,
  unit_price: z.number(),
  /** For the whole line, positive when the alternative costs more. */
  price_diff: z.number(),
  lead_time_diff_days: z.number().int(),
  /** Sustainability score of the alternative less that of the chosen product, null when either is unknown. */
  sustainability_diff: z.number().nullable(),
  carbon_diff_kg: z.number().nullable(),
  rank: z.number().int().positive(),
  quality_score: share,
  value_score: share,
  why: z.string(),
  /** Swapping this line alone keeps every limit of the project. */
  keeps_limits: z.boolean(),
});

export const ChosenItem = z.object({
  need_key: z.string(),
  space_id: z.string().nullable(),
  role: z.string(),
  label: z.string(),
  product_id: z.string(),
  sku: z.string(),
  name: z.string(),
  brand: z.string().nullable(),
  collection: z.string().nullable(),
  quantity: z.number().int().positive(),
  unit_list_price: z.number(),
  unit_price: z.number(),
  total_price: z.number(),
  lead_time_days: z.number().int(),
  carbon_kg: z.number().nullable(),
  carbon_quality: z.enum(['measured_epd', 'declared', 'category_average', 'missing']),
  quality_score: share,
  /** The product's own value for this need, before price and company; rank 1 is the best of `candidates`. */
  value_score: share,
  rank: z.number().int().positive(),
  candidates: z.number().int().positive(),
  reasoning: z.string(),
  confidence_score: share,
  locked: z.boolean(),
  alternatives: z.array(ItemAlternative),
});

export const TradeOff = z.object({
  need_key: z.string(),
  space_id: z.string().nullable(),
  label: z.string(),
  /** Null where the line is left out in that scenario. */
  from: z.object({ sku: z.string(), name: z.string() }).nullable(),
  to: z.object({ sku: z.string(), name: z.string() }).nullable(),
  price_diff: z.number(),
  lead_time_diff_days: z.number().int(),
  carbon_diff_kg: z.number().nullable(),
  quality_diff: z.number(),
  why: z.string(),
});

export const SolveProof = z.object({
  status: z.enum(['optimal', 'gap_limit', 'time_limit', 'infeasible']),
  /** Value of the solution in the model's own unit (higher is better), and the bound that no solution exceeds. */
  objective: z.number().nullable(),
  bound: z.number().nullable(),
  /** |bound − objective| / |objective|. */
  gap: z.number().nullable(),
  nodes: count,
  variables: count,
  rows: count,
  /** Solved area by area with one bound over all of them, or as one model by branch and bound. */
  method: z.enum(['by_area', 'whole']).optional(),
  /** How often the choice was solved: again with what the rooms turned out to hold. The proof is that of the last. */
  solves: z.number().int().positive().optional(),
  /** Pieces of that last solution which still found no place and were taken out of the bill; the proof is for the bill with them. */
  taken_out: count.optional(),
  /** Pieces that found a place after all once the rooms were laid out with everything asked for, within the limits. */
  put_back: count.optional(),
});

export const LIMIT_KINDS = [
  'budget',
  'lead_time',
  'brands',
  'carbon',
  'certification',
  'stock',
  'size',
  'feature',
  'minimum_order',
  'catalogue',
] as const;

/** Limits set wider than brief, project or request say, for one recommendation. Money is the whole project's total. */
export const LimitRelief = z
  .object({
    max_total: z.number().positive().max(1e11),
    max_lead_time_days: z.number().int().positive().max(3650),
    max_carbon_kg: z.number().positive().max(1e9),
    /** Brands beside the allowed ones; an empty list allows every brand. */
    also_brands: z.array(z.string().max(100)).max(50),
    without_certifications: z.array(z.string().max(100)).max(20),
    any_stock: z.literal(true),
  })
  .partial()
  .strict();

export const Relaxation = z.object({
  limits: z.array(z.object({ kind: z.enum(LIMIT_KINDS), from: z.string(), to: z.string() })).min(1),
  /** The same as values: what to ask for so that the brief can be met. */
  relief: LimitRelief,
  /** What relaxing gives, in one sentence. */
  gives: z.string(),
});

export const Infeasibility = z.object({
  /** Needs for which the limits leave no product at all. */
  without_product: z.array(z.object({ need_key: z.string(), label: z.string(), why: z.string() })),
  /** All smallest sets of limits whose relaxing makes the brief possible, with the value each has to reach. */
  relaxations: z.array(Relaxation),
});

/** What a need asked for and the plan could not hold. */
export const Shortfall = z.object({
  need_key: z.string(),
  space_id: z.string().nullable(),
  role: z.string(),
  label: z.string(),
  /** In the need's measure: pieces, seats or compartments. */
  measure: z.enum(NEED_MEASURES),
  wanted: count,
  placed: count,
  why: z.string(),
});

export const Scenario = z.object({
  type: ScenarioType,
  name: z.string(),
  items: z.array(ChosenItem),
  /** Needs left without an item, and why. */
  left_out: z.array(z.object({ need_key: z.string(), label: z.string(), why: z.string() })),
  /** Once the rooms are furnished: what found no place and is therefore not among the items. */
  shortfalls: z.array(Shortfall),
  furniture_total: z.number(),
  max_lead_time_days: z.number().int(),
  carbon_kg: z.number(),
  quality_score: z.number().min(0).max(100),
  sustainability_score: z.number().min(0).max(100).nullable(),
  confidence_score: share,
  collections: count,
  proof: SolveProof,
  infeasibility: Infeasibility.nullable(),
  /** Against the balanced scenario. */
  trade_offs: z.array(TradeOff),
});

// ——— Layout ———

export const ARRANGEMENTS = ['density', 'light', 'collaboration'] as const;
export const Arrangement = z.enum(ARRANGEMENTS);

/** One piece in the plan. x, y is the middle of its footprint in the plan's feet; rotation counter-clockwise, 0 = front towards −y. */
export const Placement = z.object({
  item_key: z.string(),
  /** 0 … count − 1 within the item. */
  unit: count,
  x: z.number(),
  y: z.number(),
  rotation_deg: z.number(),
  width_ft: z.number().nonnegative(),
  depth_ft: z.number().nonnegative(),
  /** Stands on, under or above another piece and takes no floor of its own. */
  mounted: z.boolean(),
});

export const LayoutResult = z.object({
  arrangement: Arrangement,
  placements: z.array(Placement),
  /** What found no place, and why: the caller lowers the bill or picks smaller pieces. */
  unplaced: z.array(z.object({ item_key: z.string(), count: z.number().int().positive(), why: z.string() })),
  seats_needed: count,
  seats_placed: count,
  sqft_per_seat: z.number().nullable(),
  checks: z.array(
    z.object({ code: z.string(), status: z.enum(['pass', 'fail']), source: z.string(), detail: z.string() }),
  ),
  notes: z.array(z.string()),
});

// ——— Money ———

export const BUDGET_LINES = [
  'furniture',
  'freight',
  'installation',
  'design',
  'project_management',
  'contingency',
  'tax',
] as const;

export const BudgetLine = z.object({
  key: z.enum(BUDGET_LINES),
  label: z.string(),
  amount: z.number(),
  /** Percent and what it is taken of; null for the furniture itself and fixed amounts. */
  rate_pct: z.number().nullable(),
  basis: z.string(),
  /** Who says so: the project, the organization or the published source of a default. */
  source: z.string().optional(),
});

export const BudgetBreakdown = z.object({
  currency: z.string(),
  lines: z.array(BudgetLine),
  furniture_list: z.number(),
  furniture_sell: z.number(),
  discount_pct: z.number().nullable(),
  total_cost: z.number(),
  target: z.number().nullable(),
  variance_from_target_pct: z.number().nullable(),
  within_max: z.boolean().nullable(),
  per_person: z.number().nullable(),
  per_sqft: z.number().nullable(),
  quality_score: z.number().int().min(0).max(100).nullable(),
  sustainability_score: z.number().int().min(0).max(100).nullable(),
});

export const RoiInput = z.object({
  key: z.string(),
  label: z.string(),
  unit: z.string(),
  value: z.number().nullable(),
  /** Who says so: 'user', 'project' or the published source of a default. */
  source: z.string(),
  kind: z.enum(['hard', 'soft', 'general']),
});

export const RoiBenefit = z.object({
  key: z.string(),
  label: z.string(),
  kind: z.enum(['hard', 'soft']),
  annual: z.number(),
  formula: z.string(),
  /** Inputs nobody has given yet; the benefit counts as zero until they are. */
  missing: z.array(z.string()),
});

export const RoiAnalysis = z.object({
  currency: z.string(),
  investment: z.number(),
  /** Hard savings only; the soft figures stand beside them and start at zero. */
  annual_savings: z.number(),
  annual_soft_benefits: z.number(),
  payback_months: z.number().nullable(),
  payback_months_with_soft: z.number().nullable(),
  /** Net present value of hard savings less the investment after 3 and 5 years. */
  roi_3_year: z.number(),
  roi_5_year: z.number(),
  roi_3_year_pct: z.number().nullable(),
  roi_5_year_pct: z.number().nullable(),
  roi_3_year_with_soft: z.number(),
  roi_5_year_with_soft: z.number(),
  benefits: z.array(RoiBenefit),
  sensitivity: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      low_input: z.number(),
      high_input: z.number(),
      roi_5_year_low: z.number(),
      roi_5_year_high: z.number(),
      swing: z.number(),
    }),
  ),
  assumptions: z.array(RoiInput),
  notes: z.array(z.string()),
});

// ——— Sustainability ———

export const CARBON_QUALITIES = ['measured_epd', 'declared', 'category_average', 'missing'] as const;

export const SustainabilityTotals = z.object({
  carbon_footprint_kg: z.number(),
  recycled_content_pct: z.number().nullable(),
  recyclable_pct: z.number().nullable(),
  /** Share of the pieces by where their carbon figure comes from. */
  carbon_quality: z.object({
    measured_epd_pct: z.number(),
    declared_pct: z.number(),
    category_average_pct: z.number(),
    missing_pct: z.number(),
  }),
  /** A: mostly measured … D: mostly missing. */
  data_quality_grade: z.enum(['A', 'B', 'C', 'D']),
  pieces: count,
});

export const CreditResult = z.object({
  rule_id: z.string(),
  rule_version: z.string(),
  name: z.string(),
  passed: z.boolean(),
  points: z.number().int(),
  measures: z.array(
    z.object({
      label: z.string(),
      numerator: z.number(),
      denominator: z.number().nullable(),
      value: z.number(),
      threshold: z.number(),
      unit: z.string(),
      met: z.boolean(),
    }),
  ),
  missing_certificates: z.array(z.object({ sku: z.string(), name: z.string(), needs: z.string() })),
  note: z.string(),
  source: z.string(),
});

export const SustainabilityReport = z.object({
  overall_score: z.number().int().min(0).max(100),
  carbon_footprint_kg: z.number(),
  recycled_content_pct: z.number().nullable(),
  recyclable_pct: z.number().nullable(),
  certifications_achieved: z.array(z.string()),
  leed_points: z.number().int(),
  totals: SustainabilityTotals,
  by_space: z.array(SustainabilityTotals.extend({ space_id: z.string().nullable() })),
  by_item: z.array(
    z.object({
      item_key: z.string(),
      carbon_kg: z.number().nullable(),
      carbon_quality: z.enum(CARBON_QUALITIES),
      recycled_content_pct: z.number().nullable(),
      recyclable_pct: z.number().nullable(),
      certifications: z.array(z.string()),
    }),
  ),
  certification_coverage: z.array(
    z.object({ certification: z.string(), pieces_pct: z.number(), spend_pct: z.number() }),
  ),
  credits: z.array(CreditResult),
  targets: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      target: z.union([z.number(), z.string()]),
      actual: z.union([z.number(), z.string(), z.null()]),
      met: z.boolean(),
    }),
  ),
  score_parts: z.array(z.object({ key: z.string(), weight: z.number(), score: z.number() })),
});

export type NeedEvidence = z.infer<typeof NeedEvidence>;
export type ProductSelect = z.infer<typeof ProductSelect>;
export type Need = z.infer<typeof Need>;
export type NeedNote = z.infer<typeof NeedNote>;
export type BillOfNeeds = z.infer<typeof BillOfNeeds>;
export type NeedMeasure = (typeof NEED_MEASURES)[number];
export type Mount = (typeof MOUNTS)[number];
export type CandidateProduct = z.infer<typeof CandidateProduct>;
export type ScenarioType = z.infer<typeof ScenarioType>;
export type ItemAlternative = z.infer<typeof ItemAlternative>;
export type ChosenItem = z.infer<typeof ChosenItem>;
export type TradeOff = z.infer<typeof TradeOff>;
export type SolveProof = z.infer<typeof SolveProof>;
export type LimitKind = (typeof LIMIT_KINDS)[number];
export type LimitRelief = z.infer<typeof LimitRelief>;
export type Relaxation = z.infer<typeof Relaxation>;
export type Infeasibility = z.infer<typeof Infeasibility>;
export type Shortfall = z.infer<typeof Shortfall>;
export type Scenario = z.infer<typeof Scenario>;
export type Arrangement = z.infer<typeof Arrangement>;
export type Placement = z.infer<typeof Placement>;
export type LayoutResult = z.infer<typeof LayoutResult>;
export type BudgetLine = z.infer<typeof BudgetLine>;
export type BudgetBreakdown = z.infer<typeof BudgetBreakdown>;
export type RoiInput = z.infer<typeof RoiInput>;
export type RoiBenefit = z.infer<typeof RoiBenefit>;
export type RoiAnalysis = z.infer<typeof RoiAnalysis>;
export type CarbonQuality = (typeof CARBON_QUALITIES)[number];
export type SustainabilityTotals = z.infer<typeof SustainabilityTotals>;
export type CreditResult = z.infer<typeof CreditResult>;
export type SustainabilityReport = z.infer<typeof SustainabilityReport>;
