// The brief: what a client needs, as read from free text, with the sentence each value came from.
// Shapes only; browser-safe. The reading itself is engine/brief, what the fields mean is docs/brief-parser.md.
import { z } from 'zod';

export const BRIEF_SPACE_TYPES = [
  'open_office',
  'private_offices',
  'mixed_office',
  'coworking',
  'call_center',
  'headquarters',
  'studio',
  'reception',
  'training_center',
  'healthcare',
  'education',
  'hospitality',
  'library',
  'lab',
  'other',
] as const;

export const SPECIAL_REQUIREMENTS = [
  'standing_desks',
  'collaboration_zones',
  'acoustic_privacy',
  'phone_booths',
  'ergonomic_seating',
  'hot_desking',
  'wheelchair_access',
  'lounge_seating',
  'breakroom',
  'storage_per_person',
  'training_room',
  'reception',
  'wellness_room',
  'cable_management',
  'monitor_arms',
  'lockers',
  'outdoor_furniture',
  'av_integration',
  'modular_reconfigurable',
] as const;

export const STYLES = [
  'modern',
  'minimalist',
  'industrial',
  'traditional',
  'scandinavian',
  'biophilic',
  'playful',
  'executive',
] as const;

export const SUSTAINABILITY_PRIORITIES = ['low', 'medium', 'high'] as const;

export const INTENTS = [
  'provide_requirements',
  'correct_requirement',
  'ask_question',
  'request_recommendation',
  'approve',
  'reject',
  'compare_scenarios',
  'greeting',
  'other',
] as const;

export const BriefSpaceType = z.enum(BRIEF_SPACE_TYPES);
export const SpecialRequirement = z.enum(SPECIAL_REQUIREMENTS);
export const Style = z.enum(STYLES);
export const SustainabilityPriority = z.enum(SUSTAINABILITY_PRIORITIES);
export const Intent = z.enum(INTENTS);

const Count = z.number().int().nonnegative();

/** Money in whole currency units (dollars, not cents). `currency` is an ISO 4217 code, present only where one was stated. */
export const BriefBudget = z.object({
  min: z.number().nonnegative().optional(),
  max: z.number().nonnegative().optional(),
  target: z.number().nonnegative().optional(),
  currency: z.string().length(3).optional(),
});

/** Dates are calendar days, YYYY-MM-DD. */
export const BriefTimeline = z.object({
  delivery_date: z.iso.date().optional(),
  installation_date: z.iso.date().optional(),
  flexibility_days: Count.optional(),
});

export const BriefPreferences = z.object({
  sustainability_priority: SustainabilityPriority.optional(),
  style: z.array(Style).optional(),
  ergonomics: z.boolean().optional(),
  preferred_brands: z.array(z.string()).optional(),
  colors: z.array(z.string()).optional(),
  materials: z.array(z.string()).optional(),
});

/** Every field is absent until somebody states it. Areas are square feet, lead times calendar days. */
export const Brief = z.object({
  space_type: BriefSpaceType.optional(),
  employee_count: Count.optional(),
  workstation_count: Count.optional(),
  private_offices: Count.optional(),
  meeting_rooms: Count.optional(),
  phone_booths: Count.optional(),
  area_sqft: z.number().nonnegative().optional(),
  max_lead_time_days: Count.optional(),
  special_requirements: z.array(SpecialRequirement).optional(),
  excluded: z.array(SpecialRequirement).optional(),
  budget: BriefBudget.optional(),
  timeline: BriefTimeline.optional(),
  preferences: BriefPreferences.optional(),
});

export const EvidenceValue = z.union([z.string(), z.number(), z.boolean()]);

/**
 * Where one value came from. `path` is dotted ("budget.max"); for a list field there is one entry per member, with the
 * member as `value`. `turn` counts from 0; `quote` is a verbatim substring of that turn.
 */
export const Evidence = z.object({
  path: z.string(),
  value: EvidenceValue,
  turn: z.number().int().nonnegative(),
  quote: z.string(),
});

/** What a conversation says so far. `intent` and `changed` (dotted paths) speak of its last turn. */
export const BriefParse = z.object({
  brief: Brief,
  intent: Intent,
  changed: z.array(z.string()),
  evidence: z.array(Evidence),
  questions: z.array(z.string()),
});

/** What a caller hands back to continue a conversation without reading its earlier turns again. */
export const BriefState = z.object({
  brief: Brief,
  evidence: z.array(Evidence),
  /** How many turns have been read; the next one gets this index. */
  turns: z.number().int().nonnegative().optional(),
});

export type BriefSpaceType = z.infer<typeof BriefSpaceType>;
export type SpecialRequirement = z.infer<typeof SpecialRequirement>;
export type Style = z.infer<typeof Style>;
export type SustainabilityPriority = z.infer<typeof SustainabilityPriority>;
export type Intent = z.infer<typeof Intent>;
export type BriefBudget = z.infer<typeof BriefBudget>;
export type BriefTimeline = z.infer<typeof BriefTimeline>;
export type BriefPreferences = z.infer<typeof BriefPreferences>;
export type Brief = z.infer<typeof Brief>;
export type EvidenceValue = z.infer<typeof EvidenceValue>;
export type Evidence = z.infer<typeof Evidence>;
export type BriefParse = z.infer<typeof BriefParse>;
export type BriefState = z.infer<typeof BriefState>;
