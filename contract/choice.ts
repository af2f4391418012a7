// What the choice takes and gives: candidate products, chosen items, proofs, limits to relax, scenarios.
// Fields ending in `_cents` are whole cents; every other amount of money is a number with two decimals, in the document's
// currency. Carbon is kg CO2e cradle to grave, shares are percent (`_pct`).
import { z } from 'zod';
import { ProductSpecifications, ProductSustainability } from './catalog.ts';
import { NEED_MEASURES } from './needs.ts';

const count = z.number().int().nonnegative();
const share = z.number().min(0).max(1);

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
