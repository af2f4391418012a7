// The project document: one whole project as one JSON value. Every export is written from it, and the JSON export is it,
// so that another installation can take the project in. Money: numbers with two decimals in the scenario's currency;
// lengths feet (`_ft`) or inches (`_in`), areas square feet, carbon kg CO2e. Ids are this document's own references.
//
// What only dealers and the maker may see (cost, margin) stands in fields named `internal` and nowhere else; a document
// for a client has none of them (engine/interchange/project/audience.ts).
import { z } from 'zod';
import { Brief, Evidence } from './brief.ts';
import { Currency, Id, JsonObject, Time } from './common.ts';
import { Action, CONVERSATION_STATUSES, Entity } from './conversations.ts';
import { ORGANIZATION_TYPES } from './organizations.ts';
import { PLAN_FORMATS, PlanDocument, PlanRing, SPACE_TYPES } from './plan.ts';
import {
  Budget,
  Client,
  PROJECT_STATUSES,
  PROJECT_STEPS,
  Requirements,
  SustainabilityTargets,
  Timeline,
} from './projects.ts';
import {
  Alternative,
  BudgetScenario,
  ITEM_STATUSES,
  RECOMMENDATION_STATUSES,
  SCENARIO_TYPES,
} from './recommendations.ts';

export const DOCUMENT_FORMAT = 'ofs-project';
export const DOCUMENT_VERSION = 1;

/** Who an export is for. A client never gets cost, margin or the conversations. */
export const AUDIENCES = ['client', 'dealer'] as const;
export const Audience = z.enum(AUDIENCES);
export type Audience = z.infer<typeof Audience>;

/** Something an export does not hold, and the reason in one sentence. */
export const LeftOut = z.object({
  what: z.string().max(500),
  why: z.string().max(1000),
  count: z.number().int().nonnegative().optional(),
});
export type LeftOut = z.infer<typeof LeftOut>;

const amount = z.number().min(0).max(9_999_999_999.99);
const price = z.number().min(0).max(99_999_999.99);
const words = z.array(z.string().max(500)).max(200);
const score = z.number().int().min(0).max(100).nullable();

export const Branding = z.object({
  /** A PNG or JPEG as a data: address; null where none is set. */
  logo: z
    .string()
    .regex(/^data:image\/(png|jpeg);base64,[A-Za-z0-9+/=]+$/)
    .max(700_000)
    .nullable(),
  /** "#rrggbb" */
  primary_color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i)
    .nullable(),
  accent_color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i)
    .nullable(),
  /** At the foot of every page; documents of before have none. */
  footer_line: z.string().max(200).nullable().default(null),
  paper: z.enum(['A4', 'Letter']).nullable().default(null),
});
export type Branding = z.infer<typeof Branding>;

export const DocumentOrganization = z.object({
  name: z.string(),
  type: z.enum(ORGANIZATION_TYPES).nullable(),
  website: z.string().nullable(),
  phone: z.string().nullable(),
  address: JsonObject.nullable(),
  branding: Branding,
});

export const DocumentProject = z.object({
  id: Id,
  name: z.string().min(1).max(255),
  description: z.string().max(5000).nullable(),
  status: z.enum(PROJECT_STATUSES),
  client: Client,
  requirements: Requirements,
  budget: Budget,
  timeline: Timeline,
  preferences: Brief.shape.preferences.unwrap(),
  sustainability_targets: SustainabilityTargets,
  tags: z.array(z.string().max(50)).max(20),
  current_step: z.enum(PROJECT_STEPS),
  progress_pct: z.number().int().min(0).max(100),
  /** Currency of the budget; each scenario states its own. */
  currency: Currency,
});

export const DocumentSpace = z.object({
  id: Id,
  /** The room's id in the floor's plan document; null for rooms drawn by hand. */
  source_key: z.string().max(50).nullable(),
  name: z.string().max(255).nullable(),
  number: z.string().max(50).nullable(),
  type: z.enum(SPACE_TYPES),
  area_sqft: z.number().nonnegative().max(99_999_999).nullable(),
  dimensions: z
    .object({ width_ft: z.number(), length_ft: z.number(), height_ft: z.number().optional() })
    .nullable(),
  bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
  /** Feet, x right, y up, counter-clockwise; empty while the scale is unknown. */
  polygon: PlanRing,
  holes: z.array(PlanRing),
  /** The file's own coordinates. */
  source_polygon: PlanRing,
  source_holes: z.array(PlanRing),
  suggested_capacity: z.number().int().nonnegative().max(1_000_000).nullable(),
  characteristics: JsonObject,
  detection_confidence: z.number().min(0).max(1).nullable(),
  manually_edited: z.boolean(),
  /** A person has found this room right. */
  reviewed: z.boolean(),
});
export type DocumentSpace = z.infer<typeof DocumentSpace>;

export const DocumentFloor = z.object({
  id: Id,
  level_name: z.string().max(100).nullable(),
  file: z.object({
    name: z.string().min(1).max(255),
    format: z.enum(PLAN_FORMATS),
    bytes: z.number().int().nonnegative(),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable(),
    /** The drawing itself, where it was asked for and is not too large; null otherwise. */
    content_base64: z.string().nullable(),
  }),
  /** In words: "1 in = 0.0833 ft". */
  scale: z.string().max(50).nullable(),
  feet_per_unit: z.number().positive().nullable(),
  /** What was read from the drawing: doors, windows, columns, outlines, screening; null where it was not read. */
  plan: PlanDocument.nullable(),
  spaces: z.array(DocumentSpace).max(20_000),
});
export type DocumentFloor = z.infer<typeof DocumentFloor>;

/** The facts of a product as the bill, drawings and reports need them. Referred to by sku. */
export const DocumentProduct = z.object({
  sku: z.string().min(1).max(100),
  name: z.string().max(255),
  description: z.string().max(20_000).nullable(),
  category: z.string().max(100),
  subcategory: z.string().max(100).nullable(),
  brand: z.string().max(100).nullable(),
  manufacturer: z.string().max(100).nullable(),
  collection: z.string().max(100).nullable(),
  list_price: price,
  currency: Currency,
  width_in: z.number().positive().nullable(),
  depth_in: z.number().positive().nullable(),
  height_in: z.number().positive().nullable(),
  weight_lbs: z.number().nonnegative().nullable(),
  seats: z.number().int().positive().nullable(),
  lead_time_days: z.number().int().nonnegative().nullable(),
  materials: words,
  colors: words,
  carbon_footprint_kg: z.number().nonnegative().nullable(),
  recycled_content_pct: z.number().min(0).max(100).nullable(),
  recyclable_pct: z.number().min(0).max(100).nullable(),
  sustainability_score: z.number().min(0).max(100).nullable(),
  data_quality: z.string().max(50).nullable(),
  certifications: words,
  image_url: z.string().max(2000).nullable(),
  /** False where this installation's catalogue has no such product: only this description of it is known. */
  in_catalogue: z.boolean(),
});
export type DocumentProduct = z.infer<typeof DocumentProduct>;

/** One piece in the plan: x, y is the middle of its footprint in feet, rotation counter-clockwise, 0 = front towards −y. */
export const DocumentPlacement = z.object({
  x: z.number(),
  y: z.number(),
  rotation_deg: z.number(),
  width_ft: z.number().nonnegative(),
  depth_ft: z.number().nonnegative(),
  mounted: z.boolean(),
});
export type DocumentPlacement = z.infer<typeof DocumentPlacement>;

export const DocumentItem = z.object({
  id: Id,
  /** A space of one of the floors; null for what belongs to no room. */
  space_id: Id.nullable(),
  sku: z.string().min(1).max(100),
  variant: z
    .object({
      sku: z.string().max(100),
      name: z.string().max(255).nullable(),
      attributes: z.record(z.string(), z.string()),
    })
    .nullable(),
  quantity: z.number().int().positive().max(2_000_000_000),
  /** Pieces asked for; more than `quantity` where the room does not hold them. */
  wanted: z.number().int().positive().max(2_000_000_000),
  /** As quoted, not as the catalogue has it today. */
  unit_list_price: price,
  unit_price: price,
  total_price: price,
  /** With what the planner knows of it, so that the line can be changed and counted again elsewhere. */
  need: z.looseObject({ key: z.string().max(200), label: z.string(), source: z.string(), role: z.string() }),
  reasoning: z.string(),
  confidence_score: z.number().min(0).max(1).nullable(),
  alternatives: z.array(Alternative.omit({ product_id: true }).extend({ sku: z.string().max(100) })).max(50),
  /** At most one a piece; null where nothing of the line has a place. */
  placements: z.array(DocumentPlacement).max(100_000).nullable(),
  status: z.enum(ITEM_STATUSES),
  locked: z.boolean(),
  internal: z
    .object({ unit_cost: price.nullable(), total_cost: amount.nullable(), margin_pct: z.number().nullable() })
    .optional(),
});
export type DocumentItem = z.infer<typeof DocumentItem>;

const scenarioFields = BudgetScenario.pick({
  currency: true,
  variance_from_target_pct: true,
  lines: true,
  roi_analysis: true,
  trade_offs: true,
  metrics: true,
  solver: true,
  assumptions: true,
  shortfalls: true,
  layout: true,
  pricing: true,
  is_selected: true,
}).shape;

export const DocumentScenario = z.object({
  id: Id,
  name: z.string().max(255),
  type: z.enum(SCENARIO_TYPES),
  total_cost: amount,
  quality_score: score,
  sustainability_score: score,
  ...scenarioFields,
  currency: Currency,
  items: z.array(DocumentItem).max(50_000),
  sustainability: z
    .object({
      overall_score: score,
      carbon_footprint_kg: z.number().max(9_999_999_999).nullable(),
      recycled_content_pct: z.number().min(0).max(100).nullable(),
      recyclable_pct: z.number().min(0).max(100).nullable(),
      certifications_achieved: z.array(z.string()),
      leed_points: z.number().int().nullable(),
      report: JsonObject,
    })
    .nullable(),
  internal: z
    .object({
      /** Of the lines whose cost is known. */
      cost: amount,
      sell: amount,
      margin_pct: z.number().nullable(),
      lines_without_cost: z.number().int().nonnegative(),
    })
    .optional(),
});
export type DocumentScenario = z.infer<typeof DocumentScenario>;

export const DocumentRecommendation = z.object({
  id: Id,
  generated_by: z.enum(['ai', 'manual', 'hybrid']),
  model_version: z.string().max(50).nullable(),
  generation_timestamp: Time,
  status: z.enum(RECOMMENDATION_STATUSES),
  confidence_score: z.number().min(0).max(1).nullable(),
  user_rating: z.number().int().min(1).max(5).nullable(),
  user_feedback: z.string().max(5000).nullable(),
  input_parameters: JsonObject,
  summary: JsonObject,
});
export type DocumentRecommendation = z.infer<typeof DocumentRecommendation>;

export const DocumentConversation = z.object({
  id: Id,
  status: z.enum(CONVERSATION_STATUSES),
  summary: z.string().nullable(),
  evidence: z.array(Evidence),
  questions: z.array(z.string()),
  created_at: Time,
  /** Oldest first. */
  messages: z
    .array(
      z.object({
        role: z.enum(['user', 'assistant', 'system']),
        content: z.string().max(100_000),
        intent: z.string().max(100).nullable(),
        entities: z.array(Entity),
        confidence: z.number().min(0).max(1).nullable(),
        actions: z.array(Action),
        model_used: z.string().max(100).nullable(),
        tokens_used: z.number().int().nonnegative().nullable(),
        created_at: Time,
      }),
    )
    .max(100_000),
});
export type DocumentConversation = z.infer<typeof DocumentConversation>;

export const DocumentVersionEntry = z.object({
  version_number: z.number().int().positive(),
  change_summary: z.string().nullable(),
  created_at: Time,
});

export const ProjectDocument = z.object({
  format: z.literal(DOCUMENT_FORMAT),
  version: z.literal(DOCUMENT_VERSION),
  exported_at: Time,
  audience: Audience,
  organization: DocumentOrganization.nullable(),
  project: DocumentProject,
  /** The brief as one value, each field with the sentence it came from. Derived from the project and its conversations. */
  brief: z.object({ brief: Brief, evidence: z.array(Evidence), questions: z.array(z.string()) }),
  /** Oldest first. */
  conversations: z.array(DocumentConversation).max(1000),
  /** From the lowest up. */
  floors: z.array(DocumentFloor).max(200),
  /** Every product that an item names, by sku. */
  products: z.array(DocumentProduct).max(50_000),
  recommendation: DocumentRecommendation.nullable(),
  /** Conservative, balanced, aggressive; empty without a recommendation. */
  scenarios: z.array(DocumentScenario).max(20),
  /** Saved versions, oldest first; their snapshots stay where they were made. */
  versions: z.array(DocumentVersionEntry).max(10_000),
  left_out: z.array(LeftOut),
});
export type ProjectDocument = z.infer<typeof ProjectDocument>;
