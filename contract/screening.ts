// Screening of a plan against building and accessibility codes: the answers only a person can give, and the result. It
// is an aid to find what to look at, never a code review.
import { z } from 'zod';
import { line } from './common.ts';
import { ComplianceCheck, ScreeningExit, ScreeningLoad, ScreeningRoute } from './plan.ts';

/** Occupancy groups of IBC 2021 chapter 3 that an office storey can fall under. */
export const OCCUPANCIES = ['A', 'B', 'E', 'M', 'S-1', 'S-2'] as const;

/** Door ids of the plan document. */
const DoorId = z.string().min(1).max(64);

export const ScreeningAnswers = z.object({
  /** Whether the building has automatic sprinklers throughout (NFPA 13). */
  sprinklered: z.boolean().optional(),
  /** Occupancy group of the storey's main use; business where nobody says. */
  occupancy: z.enum(OCCUPANCIES).optional(),
  /** The code the authority has adopted, in the user's words; kept as a note, the figures stay those of IBC 2021. */
  adopted_code: line(200).optional(),
  /** Whether this storey lies at the level of exit discharge. */
  ground_floor: z.boolean().optional(),
  /** Whether the stairs are enclosed exit stairs. */
  stairs_enclosed: z.boolean().optional(),
  /** Whether doors have closers, which asks for more room beside them. */
  door_closers: z.boolean().optional(),
  /** Doors the user has marked as exits (true) or as none (false). */
  exits: z.record(DoorId, z.boolean()).optional(),
});
export type ScreeningAnswers = z.infer<typeof ScreeningAnswers>;
export type Occupancy = (typeof OCCUPANCIES)[number];

/** Only what is sent changes; null takes an answer back, for one door too. */
export const UpdateScreeningAnswers = z
  .object({
    sprinklered: z.boolean().nullable(),
    occupancy: z.enum(OCCUPANCIES).nullable(),
    adopted_code: line(200).nullable(),
    ground_floor: z.boolean().nullable(),
    stairs_enclosed: z.boolean().nullable(),
    door_closers: z.boolean().nullable(),
    exits: z
      .record(DoorId, z.boolean().nullable())
      .refine((marks) => Object.keys(marks).length <= 500, 'At most 500 doors can be marked in one call.'),
  })
  .partial()
  .strict();
export type UpdateScreeningAnswers = z.infer<typeof UpdateScreeningAnswers>;

export const Screening = z.object({
  label: z.literal('screening'),
  edition: z.string(),
  checks: z.array(ComplianceCheck),
  /** Doors that are exits of the storey, or might be, and who says so. */
  exits: z.array(ScreeningExit),
  /** From the most remote point of each room to the nearest exit. */
  routes: z.array(ScreeningRoute),
  loads: z.array(ScreeningLoad),
  occupants: z.number().int().nonnegative().nullable(),
  answers: ScreeningAnswers,
});
export type Screening = z.infer<typeof Screening>;
