// Imports of the catalogue as jobs, and price lists with the days from which they hold, as they cross HTTP.
// Days are YYYY-MM-DD and begin at midnight UTC; prices are numbers with two decimals.
import { z } from 'zod';
import { IMPORT_FORMATS, ImportMapping, ImportRejection, ProductImage, ProductInput } from './catalog.ts';

/** mapping: the file is stored and waits for its columns to be confirmed. cancelled: rows before the cancel stay. */
export const IMPORT_STATUSES = ['mapping', 'queued', 'running', 'completed', 'failed', 'cancelled'] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

/** How a column was recognised: by the mapping given, by our own name, by a usual header, by what stands in it. */
export const COLUMN_SOURCES = ['mapping', 'name', 'header', 'content'] as const;

export const ImportColumn = z.object({
  /** As the file writes it. */
  header: z.string(),
  /** Our column ("list_price", "specifications.dimensions.width_in"), or null: kept under specifications.other. */
  column: z.string().nullable(),
  source: z.enum(COLUMN_SOURCES).nullable(),
  /** Up to three different values of the first rows. */
  samples: z.array(z.string()),
  /** Rows of the preview in which it has a value. */
  filled: z.number().int(),
});
export type ImportColumn = z.infer<typeof ImportColumn>;

/** A variant of a product, or a choice among its options, as a row of a file brings it. */
export const ImportPart = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('variant'),
    parent_sku: z.string(),
    sku: z.string(),
    name: z.string().nullable(),
    attributes: z.record(z.string(), z.string()),
    /** What it adds to the product's list price; or its own list price, from which that follows. */
    price_adjustment: z.number().optional(),
    list_price: z.number().optional(),
    /** Absent: as it is stored, else in stock and delivered like the product. */
    in_stock: z.boolean().optional(),
    lead_time_days: z.number().int().optional(),
    images: z.array(ProductImage).optional(),
  }),
  z.object({
    kind: z.literal('option'),
    parent_sku: z.string(),
    group: z.object({ code: z.string(), name: z.string() }),
    /** Absent: as the group is stored, else something must be chosen of it. */
    required: z.boolean().optional(),
    choice: z.object({
      code: z.string(),
      name: z.string(),
      price_adjustment: z.number(),
      lead_time_days: z.number().int(),
    }),
  }),
]);
export type ImportPart = z.infer<typeof ImportPart>;

export const ImportPreviewRow = z.object({
  line: z.number().int(),
  /** As it would be stored; null where the row would be refused, or brings only parts of a product. */
  product: ProductInput.nullable(),
  /** Variants and options it brings. */
  parts: z.array(ImportPart),
  /** Sentences; empty where the row is taken. */
  problems: z.array(z.string()),
});
export type ImportPreviewRow = z.infer<typeof ImportPreviewRow>;

export const ImportPreview = z.object({
  format: z.enum(IMPORT_FORMATS).nullable(),
  columns: z.array(ImportColumn),
  /** Their header → our column: what `start` would use if it were sent unchanged. */
  mapping: ImportMapping,
  /** Mandatory columns (sku, name, category, list_price) that no column of the file gives; start is refused while any is. */
  missing: z.array(z.string()),
  /** Headers that go to no column of ours; their values are kept under specifications.other. */
  unmapped: z.array(z.string()),
  /** The first rows, at most 20. */
  rows: z.array(ImportPreviewRow),
  /** What is wrong with the file or the mapping as a whole, in one sentence. */
  problem: z.string().nullable(),
});
export type ImportPreview = z.infer<typeof ImportPreview>;

/** Columns a mapping may lead to, for a select; open ones under specifications.* and sustainability.* are allowed too. */
export const ImportTarget = z.object({
  column: z.string(),
  kind: z.enum([
    'text',
    'price',
    'number',
    'percent',
    'count',
    'days',
    'inches',
    'pounds',
    'boolean',
    'list',
    'json',
    'images',
  ]),
  mandatory: z.boolean(),
});
export type ImportTarget = z.infer<typeof ImportTarget>;

const day = z.iso.date();

export const PriceListInput = z
  .object({
    name: z.string().trim().min(1).max(120),
    /** The first day. In the future: the price comes into force by itself on that day. */
    effective_from: day,
    /** The first day on which it holds no longer; then what held before holds again. Absent: until another list. */
    effective_to: day.optional(),
  })
  .refine((list) => list.effective_to === undefined || list.effective_to > list.effective_from, {
    message: 'effective_to must be after effective_from',
    path: ['effective_to'],
  });
export type PriceListInput = z.infer<typeof PriceListInput>;

export const StartImportRequest = z.object({
  /** Their header → our column; "" leaves a column out of ours. Absent: as suggested. */
  mapping: ImportMapping.optional(),
  /** Absent: prices hold from now on. */
  price_list: PriceListInput.optional(),
});
export type StartImportRequest = z.infer<typeof StartImportRequest>;

export const PreviewImportRequest = z.object({ mapping: ImportMapping });
export type PreviewImportRequest = z.infer<typeof PreviewImportRequest>;

/** An earlier import of the very same file (by its SHA-256). */
export const SameFile = z.object({
  id: z.uuid(),
  finished_at: z.string().nullable(),
  created: z.number().int(),
  updated: z.number().int(),
});

export const CatalogImport = z.object({
  id: z.uuid(),
  file_name: z.string().nullable(),
  file_size_bytes: z.number().int().nullable(),
  sha256: z.string().nullable(),
  format: z.enum(IMPORT_FORMATS).nullable(),
  status: z.enum(IMPORT_STATUSES),
  mapping: ImportMapping,
  price_list_id: z.uuid().nullable(),
  read: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  /** Rows whose product is as the row states it already. */
  unchanged: z.number().int(),
  rejected_count: z.number().int(),
  /** The first 500; all are in GET /catalog/imports/:id/rejected.csv. */
  rejected: z.array(ImportRejection),
  /** Of the bytes of the file, 0 to 100. */
  progress_pct: z.number().int(),
  rows_per_second: z.number().nullable(),
  /** Says so in words where nothing changed, where it was cancelled, and what still follows (vectors). */
  note: z.string().nullable(),
  error: z.string().nullable(),
  same_file: SameFile.nullable(),
  started_at: z.string(),
  finished_at: z.string().nullable(),
});
export type CatalogImport = z.infer<typeof CatalogImport>;

/** POST /catalog/imports (201) and GET /catalog/imports/:id. */
export const CatalogImportWithPreview = CatalogImport.extend({
  /** While the status is "mapping"; null afterwards. */
  preview: ImportPreview.nullable(),
});
export type CatalogImportWithPreview = z.infer<typeof CatalogImportWithPreview>;

export const PriceList = z.object({
  id: z.uuid(),
  name: z.string(),
  effective_from: day,
  effective_to: day.nullable(),
  /** future: begins later; present: holds today; past: its end has come. */
  status: z.enum(['future', 'present', 'past']),
  import_id: z.uuid().nullable(),
  /** Products it states a price for. */
  products: z.number().int(),
  /** When its prices became the current ones; null while it lies in the future. */
  applied_at: z.string().nullable(),
  /** Lines of saved recommendations whose quoted price was another when it came into force. */
  quotes_affected: z.number().int().nullable(),
  created_at: z.string(),
});
export type PriceList = z.infer<typeof PriceList>;

/** GET /products/:id/prices; dealer_price only for dealers and the maker. */
export const ProductPrice = z.object({
  list_price: z.number(),
  dealer_price: z.number().nullable().optional(),
  msrp: z.number().nullable(),
  currency: z.string(),
  /** A price that lies ahead has this in the future. */
  effective_from: z.string(),
  effective_to: z.string().nullable(),
  price_list_name: z.string().nullable(),
});
export type ProductPrice = z.infer<typeof ProductPrice>;

/** What a saved quote should know of a product on a day. */
export const PriceWarning = z.object({
  product_id: z.uuid(),
  code: z.enum(['price_changed', 'price_will_change', 'discontinued', 'longer_lead_time', 'gone']),
  /** One sentence. */
  message: z.string(),
  /** price_changed, price_will_change: the other price. */
  list_price: z.number().optional(),
  /** price_will_change: the day. */
  effective_from: z.string().optional(),
  /** discontinued: the product to offer instead, the end of the chain of successors; null where there is none. */
  successor: z.object({ id: z.uuid(), sku: z.string(), name: z.string() }).nullable().optional(),
  lead_time_days: z.number().int().optional(),
});
export type PriceWarning = z.infer<typeof PriceWarning>;

/** The job of an import, and the one that puts prices into force. */
export const RunCatalogImportJob = z.object({ import_id: z.uuid() });
export type RunCatalogImportJob = z.infer<typeof RunCatalogImportJob>;
export const ApplyPricesJob = z.object({});
export type ApplyPricesJob = z.infer<typeof ApplyPricesJob>;
/** Makes the vectors that an import left for later. */
export const EmbedProductsJob = z.object({});
export type EmbedProductsJob = z.infer<typeof EmbedProductsJob>;
