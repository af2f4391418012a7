// Corrections of a plan by hand: what a person draws, joins, cuts and names, with its history and what a new file changed.
// All coordinates are the file's own (`source_polygon` of a room), so that a plan of unknown scale can be corrected too.
import { z } from 'zod';
import { Id, line, Time } from './common.ts';
import { FloorPlan, Space, UpdateSpaceRequest } from './floorplans.ts';
import { PlanPoint, SPACE_TYPES } from './plan.ts';

/** At least three corners, the first not repeated; either direction. */
export const EditRing = z.array(PlanPoint).min(3).max(2000);

export const PlanEdit = z.discriminatedUnion('op', [
  /** New outline of a room: a corner moved, added or removed. */
  z.object({
    op: z.literal('reshape'),
    space_id: Id,
    polygon: EditRing,
    holes: z.array(EditRing).max(200).optional(),
  }),
  /** Cuts a room along a line of two or more points that crosses it from wall to wall; the larger part keeps the room's id and name. */
  z.object({ op: z.literal('split'), space_id: Id, line: z.array(PlanPoint).min(2).max(200) }),
  /** Joins rooms that touch or are no further apart than a wall; the first keeps its id, name and type. */
  z.object({ op: z.literal('merge'), space_ids: z.array(Id).min(2).max(50) }),
  z.object({
    op: z.literal('draw'),
    polygon: EditRing,
    name: line(255).nullable().optional(),
    number: line(50).nullable().optional(),
    type: z.enum(SPACE_TYPES).optional(),
  }),
  z.object({ op: z.literal('delete'), space_ids: z.array(Id).min(1).max(500) }),
  /** Name, number, type or seats of one room or of several alike. */
  z.object({
    op: z.literal('describe'),
    space_ids: z.array(Id).min(1).max(500),
    changes: UpdateSpaceRequest,
  }),
  /** A person has looked at these rooms and found them right: they leave the review queue. */
  z.object({ op: z.literal('confirm'), space_ids: z.array(Id).min(1).max(500) }),
]);
export type PlanEdit = z.infer<typeof PlanEdit>;
export const PLAN_EDIT_OPS = ['reshape', 'split', 'merge', 'draw', 'delete', 'describe', 'confirm'] as const;

/** The steps that can be taken back and taken again, in words: "split Open office 210". */
export const PlanHistory = z.object({
  undo: z.string().nullable(),
  redo: z.string().nullable(),
  /** The plan's edit revision, for `If-Match` of the next edit. */
  edit_revision: z.number().int(),
});
export type PlanHistory = z.infer<typeof PlanHistory>;

/** What an edit, an undo or a redo did; the client replaces these rooms and reads nothing again. */
export const PlanEditResult = z.object({
  floor_plan: FloorPlan,
  /** Every room that is new or different now. */
  spaces: z.array(Space),
  removed: z.array(Id),
  history: PlanHistory,
});
export type PlanEditResult = z.infer<typeof PlanEditResult>;

/** How the newest reading of a plan differs from the one before it. */
export const PlanDifferences = z.object({
  compared_at: Time,
  /** The file before, where a revised file was sent; null where the same file was read again. */
  previous_file_name: z.string().nullable(),
  /** How the new drawing lies on the old one, in words, where its coordinates differ; null where they are the same. */
  alignment: z.string().nullable(),
  added: z.array(z.object({ space_id: Id, label: z.string(), area_sqft: z.number().nullable() })),
  removed: z.array(
    z.object({ label: z.string(), area_sqft: z.number().nullable(), source_polygon: z.array(PlanPoint) }),
  ),
  changed: z.array(
    z.object({
      space_id: Id,
      label: z.string(),
      /** Overlap (IoU) of the outline before and now. */
      overlap: z.number().min(0).max(1),
      changes: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
    }),
  ),
  /** Rooms edited by hand: kept as the person left them, with what the file now says in words where that differs. */
  kept: z.array(z.object({ space_id: Id, label: z.string(), file_says: z.string().nullable() })),
  unchanged: z.number().int(),
});
export type PlanDifferences = z.infer<typeof PlanDifferences>;

/** What the job is given that furnishes rooms anew after their outlines changed. */
export const RoomsChangedJob = z.object({
  project_id: Id,
  user_id: Id,
  /** Rooms that are new or have another outline. */
  space_ids: z.array(Id),
  /** Lines of bills whose room is gone, with the room they stood in. */
  orphans: z.array(z.object({ item_id: Id, space_id: Id, label: z.string() })),
});
export type RoomsChangedJob = z.infer<typeof RoomsChangedJob>;

// Operations over HTTP:
//   POST /floor-plans/:id/edits          PlanEdit → PlanEditResult   (project:edit; If-Match: the plan's edit revision, optional)
//   GET  /floor-plans/:id/edits          → PlanHistory
//   POST /floor-plans/:id/edits/undo     → PlanEditResult            (409 problem where there is nothing to undo)
//   POST /floor-plans/:id/edits/redo     → PlanEditResult
//     A new reading begins a new history: what was corrected before it stays, but cannot be taken back step by step.
//   POST /floor-plans/:id/revisions      multipart "file" → 201 FloorPlan, read by a job; rooms are matched by overlap
//   GET  /floor-plans/:id/revisions      → page of FloorPlanRevision (floorplans.ts), newest first
//   GET  /floor-plans/:id/revisions/:revision/file → that file as it was sent
//   GET  /floor-plans/:id/differences    → PlanDifferences (404 before a second reading)
//   POST /floor-plans/:id/analysis/cancel → FloorPlan                (ends the reading; the file is kept, it can be read again)
