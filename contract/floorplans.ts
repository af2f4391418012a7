// Floor plans and spaces as they cross HTTP and the queue. The reading itself is contract/plan.ts.
import { z } from 'zod';
import { Id, JsonObject, line, Time } from './common.ts';
import { PLAN_FORMATS, PlanDocument, PlanRing, SPACE_TYPES } from './plan.ts';

/** Rooms read with less confidence than this wait for a person to look at them. */
export const REVIEW_BELOW = 0.7;

export const FLOOR_PLAN_STATUSES = ['uploaded', 'processing', 'analyzed', 'failed'] as const;

export const FloorPlan = z.object({
  id: Id,
  project_id: Id,
  file_name: z.string(),
  file_size_bytes: z.number().int(),
  file_format: z.enum(PLAN_FORMATS),
  level_name: z.string().nullable(),
  /** Place among the project's floors, from 0; plans are listed by it. */
  level_index: z.number().int(),
  status: z.enum(FLOOR_PLAN_STATUSES),
  progress_pct: z.number().int(),
  /** What the job is doing, or did last. */
  progress_note: z.string().nullable(),
  processing_started_at: Time.nullable(),
  processing_completed_at: Time.nullable(),
  processing_error: z.string().nullable(),
  /** The scale in words, for instance "1 unit = 0.00328 ft (header units + door widths)". */
  scale: z.string().nullable(),
  feet_per_unit: z.number().nullable(),
  total_area_sqft: z.number().nullable(),
  usable_area_sqft: z.number().nullable(),
  space_count: z.number().int(),
  /** Rooms that wait for a person to look at them. */
  review_count: z.number().int(),
  /** Rooms a person has corrected. */
  edited_count: z.number().int(),
  /** Counts the corrections made; `If-Match` of an edit. */
  edit_revision: z.number().int(),
  /** 1 for the first file, one more with every revised file. */
  file_revision: z.number().int(),
  /** Of a file with several pages: the page that was read, and how many there are; null elsewhere. */
  page: z.number().int().nullable(),
  pages: z.number().int().nullable(),
  /** An older plan of this project with the very same file: together they would furnish every room twice. */
  same_file_as: Id.nullable(),
  /** Whether the newest reading can be compared with one before it. */
  has_differences: z.boolean(),
  uploaded_by: Id.nullable(),
  created_at: Time,
  updated_at: Time,
});
export type FloorPlan = z.infer<typeof FloorPlan>;

/** `level_index` moves the floor to that place; the others make room. */
export const UpdateFloorPlanRequest = z
  .object({ level_name: line(100), level_index: z.number().int().min(0).max(999) })
  .partial();

/** One file a plan was read from; the newest first in lists. */
export const FloorPlanRevision = z.object({
  revision: z.number().int(),
  file_name: z.string(),
  file_size_bytes: z.number().int(),
  file_format: z.enum(PLAN_FORMATS),
  uploaded_by: Id.nullable(),
  uploaded_at: Time,
  current: z.boolean(),
});
export type FloorPlanRevision = z.infer<typeof FloorPlanRevision>;

/** Read the file again, with what the user knows of its scale. */
export const AnalyzeRequest = z.object({
  /** As written on the sheet: "1/8 in = 1 ft", "1:100". */
  scale: line(100).optional(),
  /** Two points of the file's own coordinates and their distance: "x1,y1,x2,y2=12 ft". */
  known: line(200).optional(),
  page: z.number().int().min(1).max(500).optional(),
});
export type AnalyzeRequest = z.infer<typeof AnalyzeRequest>;

export const FloorPlanAnalysis = PlanDocument;

/** What the plan-reading job is given; ids only, the rest is read under the user's own permissions. */
export const AnalyzeJob = z.object({
  floor_plan_id: Id,
  project_id: Id,
  user_id: Id,
  options: AnalyzeRequest,
  /** Which reading of the plan this is; one that was cancelled or overtaken ends and stores nothing. */
  reading: z.number().int().optional(),
});
export type AnalyzeJob = z.infer<typeof AnalyzeJob>;

export const Space = z.object({
  id: Id,
  floor_plan_id: Id,
  project_id: Id,
  /** The room's id in the plan document; null for rooms drawn by hand. */
  source_key: z.string().nullable(),
  name: z.string().nullable(),
  number: z.string().nullable(),
  type: z.enum(SPACE_TYPES),
  area_sqft: z.number().nullable(),
  dimensions: z
    .object({ width_ft: z.number(), length_ft: z.number(), height_ft: z.number().optional() })
    .nullable(),
  bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
  /** Feet, x right, y up; empty while the scale is unknown. */
  polygon: PlanRing,
  holes: z.array(PlanRing),
  source_polygon: PlanRing,
  source_holes: z.array(PlanRing),
  suggested_capacity: z.number().int().nullable(),
  characteristics: JsonObject,
  detection_confidence: z.number().nullable(),
  manually_edited: z.boolean(),
  /** A person has found this room right; it is not in the review queue. */
  reviewed: z.boolean(),
  revision: z.number().int(),
  updated_at: Time,
});
export type Space = z.infer<typeof Space>;

export const UpdateSpaceRequest = z
  .object({
    name: line(255).nullable(),
    number: line(50).nullable(),
    type: z.enum(SPACE_TYPES),
    suggested_capacity: z.number().int().min(0).max(10_000).nullable(),
  })
  .partial();
export type UpdateSpaceRequest = z.infer<typeof UpdateSpaceRequest>;
