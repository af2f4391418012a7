// Exports, project imports and order files (SIF) as they cross HTTP, the queue and the command line.
import { z } from 'zod';
import { Id, line, Money, Time } from './common.ts';
import { Audience, LeftOut } from './project-document.ts';

/** A format is named here and registered in server/features/exports/formats.ts; nothing else knows the list. */
export const EXPORT_FORMATS = ['pdf', 'json', 'sif', 'xlsx', 'dxf', 'glb', 'ifc'] as const;
export const ExportFormat = z.enum(EXPORT_FORMATS);
export type ExportFormat = z.infer<typeof ExportFormat>;

export const EXPORT_STATUSES = ['queued', 'running', 'ready', 'failed', 'expired'] as const;

/** Ways of writing SIF; what each means is engine/interchange/sif/dialects.data.ts. */
export const SIF_DIALECTS = ['generic', 'price_factor', 'short_fields', 'cet', 'cyncly'] as const;
export const SifDialect = z.enum(SIF_DIALECTS);
export type SifDialect = z.infer<typeof SifDialect>;

export const CreateExportRequest = z.object({
  format: ExportFormat,
  /** `dealer` needs the right to edit the project; cost and margin also a place in a dealer's or the maker's organization. */
  audience: Audience.default('client'),
  /** Left out: the selected scenario, else the balanced one. */
  scenario_id: Id.optional(),
  /** SIF only. */
  dialect: SifDialect.optional(),
  /** Which parts to write, of those the format has; left out: all of them. */
  parts: z
    .array(z.string().regex(/^[a-z_]{1,40}$/, 'a part is a word such as "items"'))
    .max(40)
    .optional(),
  /** Left out: what the organization's branding says, else Letter. */
  paper: z.enum(['A4', 'Letter']).optional(),
  /** PDF only: every price, the totals alone, or none; what the dealer pays follows from the audience. */
  prices: z.enum(['lines', 'totals', 'none']).default('lines'),
  units: z.enum(['imperial', 'metric']).default('imperial'),
});
export type CreateExportRequest = z.infer<typeof CreateExportRequest>;

export const Export = z.object({
  id: Id,
  project_id: Id,
  format: ExportFormat,
  audience: Audience,
  scenario_id: Id.nullable(),
  options: CreateExportRequest.omit({ format: true, audience: true, scenario_id: true }).partial(),
  status: z.enum(EXPORT_STATUSES),
  progress_pct: z.number().int(),
  progress_note: z.string().nullable(),
  error: z.string().nullable(),
  file_name: z.string().nullable(),
  content_type: z.string().nullable(),
  file_size_bytes: z.number().int().nullable(),
  sha256: z.string().nullable(),
  left_out: z.array(LeftOut),
  /** It holds what a dealer pays; such a file is given to dealers and the maker only. */
  has_cost: z.boolean(),
  created_by: Id.nullable(),
  created_at: Time,
  finished_at: Time.nullable(),
  /** The file is deleted then. */
  expires_at: Time,
});
export type Export = z.infer<typeof Export>;

/** What the exporting job is given; ids only, the rest is read under the user's own permissions. */
export const ExportJob = z.object({ export_id: Id, project_id: Id, user_id: Id });
export type ExportJob = z.infer<typeof ExportJob>;

export const ExpireExportsJob = z.object({});
export type ExpireExportsJob = z.infer<typeof ExpireExportsJob>;

export const CreateLinkRequest = z.object({
  /** Hours until the link ends; a link to a file with costs lives a day at most. */
  hours: z.number().int().min(1).max(720).default(72),
});
export const ExportLink = z.object({ url: z.string(), expires_at: Time });
export const LinkQuery = z.object({
  expires: z.coerce.number().int().min(0).max(99_999_999_999),
  signature: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});

export const ImportProjectQuery = z.object({
  /** Left out: the organization the caller joined first. */
  organization_id: Id.optional(),
  name: line(255).optional(),
});

export const ProjectImportReport = z.object({
  project_id: Id,
  name: z.string(),
  floors: z.number().int(),
  spaces: z.number().int(),
  items: z.number().int(),
  scenarios: z.number().int(),
  messages: z.number().int(),
  /** Not in this catalogue: their lines are kept as described in the document, outside the furniture that can be changed. */
  missing_products: z.array(z.object({ sku: z.string(), name: z.string(), lines: z.number().int() })),
  /** In this catalogue at another list price; the bill keeps the document's prices. */
  repriced_products: z.array(
    z.object({ sku: z.string(), document_price: z.number(), catalogue_price: z.number() }),
  ),
  left_out: z.array(LeftOut),
});
export type ProjectImportReport = z.infer<typeof ProjectImportReport>;

// ——— Order files ———

export const SifProblem = z.object({
  line: z.number().int(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
});
export type SifProblem = z.infer<typeof SifProblem>;

export const DIFFERENCE_KINDS = ['added', 'removed', 'quantity', 'price', 'description'] as const;
export const SifDifference = z.object({
  kind: z.enum(DIFFERENCE_KINDS),
  /** As it stands in the file: the variant's number where the line is of a variant. */
  part: z.string(),
  sku: z.string(),
  /** Side mark; null where the file gives none for this part. */
  side_mark: z.string().nullable(),
  /** Line of the file; null for what the file lacks. */
  line: z.number().int().nullable(),
  before: z.union([z.string(), z.number()]).nullable(),
  after: z.union([z.string(), z.number()]).nullable(),
  /** Sell price of one piece, where the file gives one. */
  unit_price: Money.nullable(),
  detail: z.string(),
});
export type SifDifference = z.infer<typeof SifDifference>;

export const SifReport = z.object({
  dialect: SifDialect,
  encoding: z.string(),
  title: z.string().nullable(),
  lines: z.number().int(),
  records: z.number().int(),
  problem_count: z.number().int(),
  problems: z.array(SifProblem),
  /** Codes this dialect gives no meaning: kept, and told with the first line they stand in. */
  unknown_codes: z.array(
    z.object({
      code: z.string(),
      count: z.number().int(),
      first_line: z.number().int(),
      example: z.string(),
    }),
  ),
  matched: z.number().int(),
  counts: z.record(z.enum(DIFFERENCE_KINDS), z.number().int()),
  differences: z.array(SifDifference),
  /** The list was cut; such a file cannot be applied. */
  cut: z.boolean(),
});
export type SifReport = z.infer<typeof SifReport>;

export const SifImport = z.object({
  id: Id,
  project_id: Id,
  scenario_id: Id,
  file_name: z.string(),
  file_size_bytes: z.number().int(),
  status: z.enum(['read', 'applied', 'undone']),
  report: SifReport,
  /** What applying did, and what it could not do and why. */
  outcome: z
    .object({
      changed: z.number().int(),
      added: z.number().int(),
      removed: z.number().int(),
      left_out: z.array(LeftOut),
    })
    .nullable(),
  created_by: Id.nullable(),
  created_at: Time,
  applied_at: Time.nullable(),
  undone_at: Time.nullable(),
});
export type SifImport = z.infer<typeof SifImport>;

export const SifImportQuery = z.object({
  dialect: SifDialect.default('generic'),
  scenario_id: Id.optional(),
});
/**
 * Which kinds of difference to take over; left out: all three. Descriptions are the catalogue's; prices follow from list
 * prices and the project's terms: neither is taken from a file.
 */
export const APPLIED_KINDS = ['added', 'removed', 'quantity'] as const;
export const ApplySifRequest = z
  .object({
    kinds: z.array(z.enum(APPLIED_KINDS)).min(1),
    /** Single differences by their place in the report's list, from 0; of these, only the kinds asked for. */
    differences: z.array(z.number().int().min(0).max(99_999)).min(1).max(5000),
  })
  .partial();
export type ApplySifRequest = z.infer<typeof ApplySifRequest>;
