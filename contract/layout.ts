// Where the pieces stand: placements in the plan's feet, and what found no place.
import { z } from 'zod';

const count = z.number().int().nonnegative();

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

export type Arrangement = z.infer<typeof Arrangement>;
export type Placement = z.infer<typeof Placement>;
export type LayoutResult = z.infer<typeof LayoutResult>;
