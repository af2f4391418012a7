// Pictures of the 3D view (renders), the model a floor is shown from, and models of single products.
import { z } from 'zod';
import { Id, line, Time } from './common.ts';
import { SCENARIO_TYPES } from './recommendations.ts';

export const RENDER_TYPES = ['image/png', 'image/jpeg'] as const;
export const MAX_RENDER_BYTES = 12 * 1024 * 1024;
/** Pixels, each side. */
export const MAX_RENDER_SIDE = 4096;
export const MAX_RENDERS_PER_PROJECT = 100;

export const Render = z.object({
  id: Id,
  project_id: Id,
  floor_plan_id: Id.nullable(),
  scenario_id: Id.nullable(),
  name: z.string(),
  content_type: z.enum(RENDER_TYPES),
  file_size_bytes: z.number().int(),
  width_px: z.number().int(),
  height_px: z.number().int(),
  created_by: Id.nullable(),
  created_at: Time,
  /** Where the picture itself is, for those who may see the project. */
  file_url: z.string(),
});
export type Render = z.infer<typeof Render>;

export const SaveRenderQuery = z.object({
  name: line(200),
  floor_plan_id: Id.optional(),
  scenario_id: Id.optional(),
});
export type SaveRenderQuery = z.infer<typeof SaveRenderQuery>;

/** `scenario` picks whose furniture stands in the model; left out: the selected one, else the balanced one. */
export const FloorModelQuery = z.object({ scenario: z.enum(SCENARIO_TYPES).optional() });

/** An address that hands out one product's model without signing in, for programs that show it in a room. */
export const ModelLink = z.object({ url: z.string(), expires_at: Time });
export type ModelLink = z.infer<typeof ModelLink>;
