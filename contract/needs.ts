// What a room needs: the bill of needs with what each rests on.
// Lengths are inches (`_in`), areas square feet, money a number with two decimals in the document's currency.
import { z } from 'zod';
import { SPECIAL_REQUIREMENTS } from './brief.ts';
import { SPACE_TYPES } from './plan.ts';

const count = z.number().int().nonnegative();

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

export type NeedEvidence = z.infer<typeof NeedEvidence>;
export type ProductSelect = z.infer<typeof ProductSelect>;
export type Need = z.infer<typeof Need>;
export type NeedNote = z.infer<typeof NeedNote>;
export type BillOfNeeds = z.infer<typeof BillOfNeeds>;
export type NeedMeasure = (typeof NEED_MEASURES)[number];
export type Mount = (typeof MOUNTS)[number];
