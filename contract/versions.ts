// Versions of a project: what they are called, and how two of them differ, as they cross HTTP.
import { z } from 'zod';
import { Id, line, Time } from './common.ts';
import { PlanRing } from './plan.ts';

/** named: by hand; automatic: at a milestone; restored: an earlier version brought back. */
export const VERSION_KINDS = ['named', 'automatic', 'restored'] as const;

export const ProjectVersion = z.object({
  id: Id,
  version_number: z.number().int(),
  kind: z.enum(VERSION_KINDS),
  change_summary: z.string().nullable(),
  created_by: Id.nullable(),
  /** Null where nobody made it by hand, or the person is no colleague. */
  created_by_name: z.string().nullable(),
  /** Versions saved before restoring existed can be read and compared only. */
  can_restore: z.boolean(),
  created_at: Time,
});
export type ProjectVersion = z.infer<typeof ProjectVersion>;
export const CreateVersionRequest = z.object({ change_summary: line(500) });

export const VersionDiffQuery = z.object({
  /** Another version's number, or the project as it stands. */
  with: z.union([z.literal('current'), z.coerce.number().int().min(1).max(2_000_000_000)]).default('current'),
  /** Which bill is compared; otherwise the selected one of each, else the balanced. */
  scenario: z.enum(['conservative', 'balanced', 'aggressive']).optional(),
});

const SpaceSide = z.object({
  id: Id,
  floor_plan_id: Id,
  label: z.string(),
  type: z.string(),
  area_sqft: z.number().nullable(),
  /** Feet; empty while the scale is unknown. */
  polygon: PlanRing,
  source_polygon: PlanRing,
});
export type SpaceSide = z.infer<typeof SpaceSide>;
export const SPACE_FIELDS = ['name', 'number', 'type', 'area', 'outline', 'floor'] as const;

/** Middle of the footprint in feet, rotation counter-clockwise. */
const PieceSide = z.object({
  x: z.number(),
  y: z.number(),
  rotation_deg: z.number(),
  width_ft: z.number(),
  depth_ft: z.number(),
});
export type PieceSide = z.infer<typeof PieceSide>;

const LineSide = z.object({
  sku: z.string(),
  name: z.string(),
  quantity: z.number().int(),
  unit_price: z.number(),
  total_price: z.number(),
});
export type LineSide = z.infer<typeof LineSide>;
export const LINE_FIELDS = ['quantity', 'price', 'description', 'total'] as const;

const BillSide = z.object({ scenario: z.string(), total: z.number(), currency: z.string() });

export const VersionDiff = z.object({
  before: z.object({ version_number: z.number().int().nullable(), created_at: Time.nullable() }),
  after: z.object({ version_number: z.number().int().nullable(), created_at: Time.nullable() }),
  /** What changed, a sentence each; empty where both are the same. */
  words: z.array(z.string()),
  brief: z.array(z.object({ path: z.string(), before: z.unknown(), after: z.unknown() })),
  spaces: z.object({
    added: z.array(SpaceSide),
    removed: z.array(SpaceSide),
    changed: z.array(
      z.object({ fields: z.array(z.enum(SPACE_FIELDS)), before: SpaceSide, after: SpaceSide }),
    ),
  }),
  placements: z.array(
    z.object({
      /** A piece that was moved and turned is "moved". */
      kind: z.enum(['added', 'removed', 'moved', 'turned']),
      sku: z.string(),
      name: z.string(),
      floor_plan_id: Id.nullable(),
      room: z.string().nullable(),
      before: PieceSide.nullable(),
      after: PieceSide.nullable(),
    }),
  ),
  bill: z.object({
    before: BillSide.nullable(),
    after: BillSide.nullable(),
    lines: z.array(
      z.object({
        kind: z.enum(['added', 'removed', 'changed']),
        fields: z.array(z.enum(LINE_FIELDS)),
        room: z.string().nullable(),
        before: LineSide.nullable(),
        after: LineSide.nullable(),
      }),
    ),
  }),
});
export type VersionDiff = z.infer<typeof VersionDiff>;

export const RestoreVersionReport = z.object({
  /** The version that restoring made. */
  version: ProjectVersion,
  /** The version that keeps what stood before, where it was not kept already. */
  kept_as: z.number().int().nullable(),
  /** What could not be brought back as it was, a sentence each. */
  notes: z.array(z.string()),
});
export type RestoreVersionReport = z.infer<typeof RestoreVersionReport>;

export const CLONE_PARTS = ['brief', 'plan', 'furniture'] as const;
export type ClonePart = (typeof CLONE_PARTS)[number];
export const CloneProjectRequest = z.object({
  name: line(255),
  /** furniture needs plan. */
  parts: z
    .array(z.enum(CLONE_PARTS))
    .max(3)
    .default([...CLONE_PARTS]),
  organization_id: Id.nullable().optional(),
});
export type CloneProjectRequest = z.infer<typeof CloneProjectRequest>;
export const TemplateRequest = z.object({ is_template: z.boolean() });
