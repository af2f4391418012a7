// The plan document: what reading one floor plan gives, as the command line, the queue and HTTP pass it on.
// Lengths in feet and areas in square feet; null wherever the scale of the drawing is not known.
import { z } from 'zod';

export const SPACE_TYPES = [
  'open_office',
  'private_office',
  'meeting_room',
  'collaboration',
  'phone_booth',
  'breakroom',
  'reception',
  'corridor',
  'restroom',
  'storage',
  'stair',
  'elevator',
  'mechanical',
  'lobby',
  'other',
] as const;

export const PLAN_FORMATS = ['dxf', 'dwg', 'pdf', 'png', 'jpg'] as const;

/** What a scale can be read from; `user_*` cues are the person's own word and outrank the rest. */
export const SCALE_CUE_KINDS = [
  'user_scale',
  'user_known',
  'dimension_text',
  'printed_area',
  'scale_note',
  'viewport',
  'door_width',
  'wall_thickness',
  'header_units',
  'plausible_size',
] as const;

/** Codes of the errors a plan can be refused with; stable, for problem types and tests. */
export const PLAN_ERROR_CODES = [
  'unknown_format',
  'unsupported_format',
  'truncated',
  'malformed',
  'empty_drawing',
  'too_many_entities',
  'too_large',
  'bad_scale',
  'bad_page',
  'timeout',
  'cancelled',
] as const;

export const PlanPoint = z.tuple([z.number(), z.number()]);
/** A ring of points, first point not repeated at the end, counter-clockwise with y up for outer rings. */
export const PlanRing = z.array(PlanPoint);

export const SpaceType = z.enum(SPACE_TYPES);
export const PlanFormat = z.enum(PLAN_FORMATS);
export const PlanErrorCode = z.enum(PLAN_ERROR_CODES);

export const ScaleCue = z.object({
  kind: z.enum(SCALE_CUE_KINDS),
  /** Feet in one unit of the source drawing, as this cue alone says. */
  feet_per_unit: z.number().positive(),
  detail: z.string(),
  /** Whether the cue agrees with the scale that was accepted; absent where none was. */
  agrees: z.boolean().optional(),
});

export const PlanScale = z.object({
  feet_per_unit: z.number().positive().nullable(),
  /** 'user', the kinds that agreed joined by '+', or 'unknown'. */
  method: z.string(),
  confidence: z.number().min(0).max(1),
  cues: z.array(ScaleCue),
});

/** A place on the plan: feet (x right, y up), null at unknown scale, and the file's own coordinates. */
export const PlanPlace = z.object({
  x: z.number().nullable(),
  y: z.number().nullable(),
  source_x: z.number(),
  source_y: z.number(),
});

export const NATURAL_LIGHT = ['none', 'low', 'medium', 'high'] as const;

export const SpaceCharacteristics = z.object({
  natural_light: z.enum(NATURAL_LIGHT),
  /** Numbers of windows in the walls of the room and of doors into it. */
  windows: z.number().int().nonnegative(),
  doors: z.number().int().nonnegative(),
  columns: z.array(PlanPlace),
  /** Length of its windows to the outside; with the area, what its natural light is graded by. */
  window_length_ft: z.number().nonnegative().optional(),
  /** By which table the seats are suggested. */
  capacity_source: z.string().optional(),
  /** Where the boundary comes from: an area polyline of the file, wall faces, or a split between labels. */
  boundary: z.enum(['area_outline', 'walls', 'label_split']).optional(),
  /** What the type was decided by: 'name', 'number', 'fittings', 'shape', 'size'. */
  type_evidence: z.string().optional(),
  /** What lowers the confidence, in words for a person who reviews the room. */
  doubts: z.array(z.string()).optional(),
});

export const PlanSpace = z.object({
  id: z.string(),
  name: z.string().nullable(),
  number: z.string().nullable(),
  type: SpaceType,
  /** Inside the wall faces; null at unknown scale. */
  area_sqft: z.number().nonnegative().nullable(),
  dimensions: z
    .object({ width_ft: z.number(), length_ft: z.number(), height_ft: z.number().optional() })
    .nullable(),
  /** [x, y, width, height] in feet, of the polygon. */
  bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
  /** Feet; x right, y up; empty at unknown scale (then only the source polygon stands). */
  polygon: PlanRing,
  /** DXF units; PDF points, origin bottom left; image pixels, origin top left. */
  source_polygon: PlanRing,
  holes: z.array(PlanRing),
  source_holes: z.array(PlanRing),
  suggested_capacity: z.number().int().nonnegative().nullable(),
  characteristics: SpaceCharacteristics,
  /** The share of rooms with this figure whose outline is right (IoU of at least 0.75). */
  detection_confidence: z.number().min(0).max(1),
});

export const PlanDoor = PlanPlace.extend({
  id: z.string(),
  width_ft: z.number().nullable(),
  /** Ids of the spaces on its two sides; one id where the other side is outside the plan. */
  connects: z.array(z.string()),
  /** How it was found: a door block, a swing arc, a leaf, or only an opening in the wall. */
  evidence: z.enum(['block', 'swing', 'opening']).optional(),
  /** The space its leaf swings into, null for outside the plan; absent where the drawing does not show it. */
  opens_into: z.string().nullable().optional(),
  /** Where its leaf hangs (the first of two leaves); absent where the drawing does not show it. */
  hinge: PlanPlace.optional(),
  /** Leaves that swing in it; absent where the drawing shows none. */
  leaf_count: z.number().int().positive().optional(),
});

export const PlanWindow = PlanPlace.extend({
  id: z.string(),
  width_ft: z.number().nullable(),
  space_ids: z.array(z.string()),
});

export const PlanColumn = PlanPlace.extend({
  width_ft: z.number().nullable(),
  space_id: z.string().nullable(),
});

/** Plumbing and kitchen fixtures drawn as symbols: what takes floor from a wheelchair. */
export const PlanFixture = z.object({
  name: z.string(),
  /** Its outline's box: feet (empty at unknown scale) and the file's own coordinates. */
  polygon: PlanRing,
  source_polygon: PlanRing,
});

/** What a person can be asked: keys of the answers, and what only the drawing or the site can tell. */
export const SCREENING_ASKS = [
  'scale',
  'sprinklered',
  'occupancy',
  'exits',
  'ground_floor',
  'stairs_enclosed',
  'door_closers',
  'hardware',
  'swing',
  'furnishing',
  'drawing',
] as const;

/** A line on the plan: feet (empty at unknown scale) and the file's own coordinates. */
const PlanLine = z.object({ path: z.array(PlanPoint), source_path: z.array(PlanPoint) });

/** Screening only: an aid to find what to look at, not a code review. */
export const ComplianceCheck = z.object({
  code: z.string(),
  section: z.string(),
  status: z.enum(['pass', 'fail', 'needs_input']),
  detail: z.string(),
  where: PlanPlace.extend({
    space_id: z.string().nullable(),
    door_id: z.string().optional(),
    /** A route or a measured line. */
    path: z.array(PlanPoint).optional(),
    source_path: z.array(PlanPoint).optional(),
    /** A floor area that is needed or free: turning circle, door approach. */
    polygon: PlanRing.optional(),
    source_polygon: PlanRing.optional(),
  }).nullable(),
  /** What the user has still to say before the check can be decided. */
  needs: z.array(z.string()).optional(),
  /** The same as keys, for a form beside the check. */
  asks: z.array(z.enum(SCREENING_ASKS)).optional(),
  /** Stable within one screening: the rule, and the room or door it is about. */
  id: z.string().optional(),
  /** The rule in a few words. */
  title: z.string().optional(),
  /** What was measured and what is asked, where both are numbers of one unit. */
  measured: z.number().optional(),
  required: z.number().optional(),
  unit: z.string().optional(),
});

export const ScreeningExit = z.object({
  door_id: z.string(),
  /** A door to the outside, a door of a stair, or a door of which the drawing does not tell. */
  kind: z.enum(['exterior', 'stair', 'other']),
  is_exit: z.boolean(),
  /** Whose word it is. */
  by: z.enum(['drawing', 'user']),
  clear_width_in: z.number().nullable(),
  space_id: z.string().nullable(),
});

export const ScreeningRoute = PlanLine.extend({
  space_id: z.string(),
  exit_door_id: z.string(),
  /** From the most remote point of the room to the exit, along walkable floor. */
  length_ft: z.number().nonnegative(),
  /** To the point where ways to two exits part; the whole way where only one exit can be reached. */
  common_path_ft: z.number().nonnegative(),
  /** Narrowest part of the way between walls, doors apart; at most 36. */
  width_in: z.number().nonnegative(),
});

export const ScreeningLoad = z.object({
  space_id: z.string(),
  occupants: z.number().int().nonnegative(),
  /** The function the load was taken by, and square feet for one occupant. */
  function: z.string(),
  sqft_per_occupant: z.number().positive(),
  basis: z.enum(['net', 'gross']),
});

export const PlanWarning = z.object({
  code: z.string(),
  message: z.string(),
  /** The one question whose answer would settle it. */
  question: z.string().optional(),
  space_id: z.string().optional(),
});

export const PlanDocument = z.object({
  source: z.object({
    format: PlanFormat,
    file: z.string(),
    /** What one source unit is: 'mm', 'cm', 'm', 'in', 'ft', 'pt', 'px' or 'unknown'. */
    units: z.string(),
    /** [min x, min y, max x, max y] of what was read, in source coordinates. */
    extents: z.tuple([z.number(), z.number(), z.number(), z.number()]),
    page: z.number().int().positive().optional(),
    pages: z.number().int().positive().optional(),
    /** Where a file has several pages: what each seems to be, so that a person can choose. */
    page_list: z
      .array(
        z.object({
          page: z.number().int().positive(),
          title: z.string().nullable(),
          sheet: z.string().nullable(),
          looks_like_plan: z.boolean(),
        }),
      )
      .optional(),
  }),
  scale: PlanScale,
  spaces: z.array(PlanSpace),
  doors: z.array(PlanDoor),
  windows: z.array(PlanWindow),
  columns: z.array(PlanColumn),
  dimensions: z.object({
    /** Inside the outer wall's outside faces. */
    total_area_sqft: z.number().nullable(),
    /** Sum of the rooms inside their wall faces, without stairs, shafts and mechanical rooms. */
    usable_area_sqft: z.number().nullable(),
    area_standard: z.string(),
    /** The outside outlines, in feet and in source coordinates. */
    outlines: z.array(PlanRing),
    source_outlines: z.array(PlanRing),
  }),
  /** Fixtures drawn as symbols; absent where the reader of the format finds none. */
  fixtures: z.array(PlanFixture).optional(),
  compliance: z.object({
    label: z.literal('screening'),
    checks: z.array(ComplianceCheck),
    exits: z.array(ScreeningExit).optional(),
    routes: z.array(ScreeningRoute).optional(),
    loads: z.array(ScreeningLoad).optional(),
    occupants: z.number().int().nonnegative().nullable().optional(),
  }),
  warnings: z.array(PlanWarning),
  took_ms: z.number().nonnegative(),
});

export type SpaceType = z.infer<typeof SpaceType>;
export type PlanFormat = z.infer<typeof PlanFormat>;
export type PlanErrorCode = z.infer<typeof PlanErrorCode>;
export type PlanPoint = z.infer<typeof PlanPoint>;
export type PlanRing = z.infer<typeof PlanRing>;
export type ScaleCue = z.infer<typeof ScaleCue>;
export type ScaleCueKind = ScaleCue['kind'];
export type PlanScale = z.infer<typeof PlanScale>;
export type PlanPlace = z.infer<typeof PlanPlace>;
export type NaturalLight = (typeof NATURAL_LIGHT)[number];
export type SpaceCharacteristics = z.infer<typeof SpaceCharacteristics>;
export type PlanSpace = z.infer<typeof PlanSpace>;
export type PlanDoor = z.infer<typeof PlanDoor>;
export type PlanWindow = z.infer<typeof PlanWindow>;
export type PlanColumn = z.infer<typeof PlanColumn>;
export type PlanFixture = z.infer<typeof PlanFixture>;
export type ComplianceCheck = z.infer<typeof ComplianceCheck>;
export type ScreeningAsk = (typeof SCREENING_ASKS)[number];
export type ScreeningExit = z.infer<typeof ScreeningExit>;
export type ScreeningRoute = z.infer<typeof ScreeningRoute>;
export type ScreeningLoad = z.infer<typeof ScreeningLoad>;
export type PlanWarning = z.infer<typeof PlanWarning>;
export type PlanDocument = z.infer<typeof PlanDocument>;
