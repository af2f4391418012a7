// The catalogue's shapes: products, variants, relationships, search and import, as they cross HTTP, the queue and the CLI.
// Prices are numbers with two decimals plus an ISO 4217 currency; lengths are inches, weights pounds, carbon kg CO2e.
// Imports as jobs and price lists: catalog-imports.ts. Options and their rules: catalog-options.ts.
// The maker's cost (`dealer_price`) exists only in `ProductForDealer`; nothing else may carry it.
import { z } from 'zod';

export const PRODUCT_CATEGORIES = [
  'seating',
  'desks',
  'tables',
  'storage',
  'accessories',
  'lounge',
  'acoustic',
  'conference',
  'outdoor',
] as const;
export type ProductCategory = (typeof PRODUCT_CATEGORIES)[number];

/** The closed list that furniture kits choose from. An imported product may have another subcategory, or none. */
export const PRODUCT_SUBCATEGORIES = {
  seating: [
    'task_chair', // height adjustable, on castors, for a workstation
    'executive_chair', // high back, for a private office
    'guest_chair', // across a desk from its user
    'stacking_chair', // training rooms and events
    'nesting_chair', // folding seat on castors, stored in rows
    'cafe_chair', // break rooms
    'bar_stool', // counter and bar height
    'drafting_stool', // task seating for raised surfaces
    'active_stool', // perching, leaning, wobbling
    'bench_seat', // beam or upright bench
  ],
  desks: [
    'bench_desk', // shared frame, several people in a row; specifications.seats is the number of places
    'height_adjustable_desk', // electric sit-stand
    'straight_desk', // fixed rectangular desk
    'private_office_desk', // desk with modesty panel or return
    'corner_desk', // L-shaped workstation
    'touchdown_desk', // small, for hot desking
    'reception_desk',
  ],
  tables: [
    'meeting_table', // for 2 to 8; specifications.seats
    'training_table', // flip-top or folding, in rows
    'cafe_table', // dining height
    'bar_table', // bar or counter height
    'collaboration_table', // large shared or project table
    'side_table', // occasional
  ],
  storage: [
    'pedestal', // under a desk, one per person
    'lateral_file',
    'locker', // specifications.compartments is the number of doors
    'credenza', // low cupboard behind a desk
    'bookcase', // open shelves
    'storage_cabinet', // with doors
    'storage_tower', // personal tall unit beside a desk
    'shelving', // archive and supply rooms
    'wardrobe', // shared coats
  ],
  accessories: [
    'monitor_arm',
    'desk_lamp',
    'floor_lamp',
    'power_module',
    'cable_tray',
    'keyboard_tray',
    'laptop_stand',
    'footrest',
    'anti_fatigue_mat',
    'desk_organizer',
    'waste_bin',
    'recycling_station',
    'coat_stand',
    'planter',
    'wall_clock',
  ],
  lounge: ['sofa', 'lounge_chair', 'modular_lounge', 'ottoman', 'lounge_bench', 'coffee_table'],
  acoustic: [
    'phone_booth', // one person; specifications.seats = 1
    'meeting_pod', // two to six people; specifications.seats
    'acoustic_panel', // wall
    'ceiling_baffle',
    'desk_screen', // clamps to a desk
    'freestanding_screen', // floor standing divider
    'high_back_sofa', // acoustic booth seating
  ],
  conference: [
    'conference_table', // for 10 and more; specifications.seats
    'conference_chair',
    'media_credenza',
    'display_stand',
    'lectern',
    'whiteboard', // on a wall
    'mobile_whiteboard',
  ],
  outdoor: [
    'outdoor_chair',
    'outdoor_table',
    'outdoor_dining_set', // table with chairs; specifications.seats
    'outdoor_sofa',
    'outdoor_bench',
    'outdoor_lounger',
    'parasol',
    'outdoor_planter',
  ],
} as const satisfies Record<ProductCategory, readonly string[]>;
export type ProductSubcategory = (typeof PRODUCT_SUBCATEGORIES)[ProductCategory][number];

export const PRODUCT_STATUSES = ['active', 'discontinued', 'archived'] as const;
export const RELATIONSHIP_TYPES = ['compatible', 'alternative', 'accessory', 'collection', 'bundle'] as const;
export type RelationshipType = (typeof RELATIONSHIP_TYPES)[number];

/** Where an environmental figure comes from: a declaration, an average for the kind of product, or nowhere. */
export const DATA_QUALITIES = ['measured_epd', 'category_average', 'missing'] as const;

/** Certifications as they are written in `sustainability.certifications`. Others may be imported. */
export const CERTIFICATIONS = [
  'BIFMA LEVEL 1',
  'BIFMA LEVEL 2',
  'BIFMA LEVEL 3',
  'BIFMA LEVEL 4',
  'GREENGUARD Gold',
  'SCS Indoor Advantage Gold',
  'Declare',
  'HPD',
  'EPD',
  'FSC',
] as const;

/** The column's NUMERIC(10,2) holds at most this. */
export const MAX_PRICE = 99_999_999.99;

const price = z.number().min(0).max(MAX_PRICE);
const words = z.array(z.string().min(1).max(120)).max(200);
const timestamp = z.string();

export const ProductDimensions = z
  .object({
    width_in: z.number().positive().optional(),
    depth_in: z.number().positive().optional(),
    height_in: z.number().positive().optional(),
  })
  .catchall(z.union([z.number(), z.string(), z.null()]));
export type ProductDimensions = z.infer<typeof ProductDimensions>;

export const ProductSpecifications = z
  .object({
    dimensions: ProductDimensions.optional(),
    weight_lbs: z.number().nonnegative().optional(),
    weight_capacity_lbs: z.number().nonnegative().optional(),
    /** People it serves: chairs of a sofa, places at a table, desks of a bench. */
    seats: z.number().int().positive().optional(),
    /** Doors of a locker bank, drawers of a pedestal. */
    compartments: z.number().int().positive().optional(),
    materials: words.optional(),
    colors_available: words.optional(),
    features: words.optional(),
  })
  .catchall(z.unknown());
export type ProductSpecifications = z.infer<typeof ProductSpecifications>;

const percentage = z.number().min(0).max(100);
export const ProductSustainability = z
  .object({
    /** 0 to 100, higher is better. */
    score: percentage.optional(),
    certifications: words.optional(),
    recycled_content_pct: percentage.optional(),
    recyclable_pct: percentage.optional(),
    /** kg CO2e, cradle to grave, one unit. */
    carbon_footprint_kg: z.number().nonnegative().optional(),
    data_quality: z.enum(DATA_QUALITIES).optional(),
  })
  .catchall(z.unknown());
export type ProductSustainability = z.infer<typeof ProductSustainability>;

export const ProductImage = z
  .object({
    url: z.string().max(2000),
    type: z.string().max(50).optional(),
    alt: z.string().max(500).optional(),
  })
  .catchall(z.unknown());
export type ProductImage = z.infer<typeof ProductImage>;

/** What an import or an administrator writes. The category is open: a maker's own category is kept as it is. */
export const ProductInput = z.object({
  sku: z.string().trim().min(1).max(100),
  name: z.string().trim().min(1).max(255),
  description: z.string().max(20_000).nullable().optional(),
  category: z.string().trim().min(1).max(100),
  subcategory: z.string().max(100).nullable().optional(),
  brand: z.string().max(100).nullable().optional(),
  manufacturer: z.string().max(100).nullable().optional(),
  collection: z.string().max(100).nullable().optional(),
  list_price: price,
  dealer_price: price.nullable().optional(),
  msrp: price.nullable().optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  specifications: ProductSpecifications.optional(),
  sustainability: ProductSustainability.optional(),
  in_stock: z.boolean().optional(),
  lead_time_days: z.number().int().min(0).max(3650).optional(),
  moq: z.number().int().min(1).max(1_000_000).optional(),
  images: z.array(ProductImage).max(100).optional(),
  model_3d_url: z.string().max(2000).nullable().optional(),
  ar_asset_url: z.string().max(2000).nullable().optional(),
  tags: words.optional(),
  status: z.enum(PRODUCT_STATUSES).optional(),
  /** For a discontinued product: the sku that takes its place. */
  successor_sku: z.string().max(100).nullable().optional(),
});
export type ProductInput = z.infer<typeof ProductInput>;

/** A product as anyone signed in may see it. */
export const Product = z.object({
  id: z.uuid(),
  sku: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  category: z.string(),
  subcategory: z.string().nullable(),
  brand: z.string().nullable(),
  manufacturer: z.string().nullable(),
  collection: z.string().nullable(),
  list_price: price,
  msrp: price.nullable(),
  currency: z.string(),
  specifications: ProductSpecifications,
  sustainability: ProductSustainability,
  in_stock: z.boolean(),
  lead_time_days: z.number().int(),
  moq: z.number().int(),
  images: z.array(ProductImage),
  model_3d_url: z.string().nullable(),
  ar_asset_url: z.string().nullable(),
  tags: z.array(z.string()),
  status: z.enum(PRODUCT_STATUSES),
  successor_sku: z.string().nullable(),
  created_at: timestamp,
  updated_at: timestamp,
});
export type Product = z.infer<typeof Product>;

/** A product with its cost: for dealers and the maker only. */
export const ProductForDealer = Product.extend({ dealer_price: price.nullable() });
export type ProductForDealer = z.infer<typeof ProductForDealer>;

export const ProductVariantInput = z.object({
  sku: z.string().trim().min(1).max(100),
  name: z.string().max(255).nullable().optional(),
  /** For example {"color": "blue", "finish": "matte", "configuration": "with_arms"}. */
  attributes: z.record(z.string(), z.string()),
  /** Added to the product's list price; may be negative. */
  price_adjustment: z.number().min(-MAX_PRICE).max(MAX_PRICE),
  in_stock: z.boolean(),
  lead_time_days: z.number().int().min(0).nullable(),
  images: z.array(ProductImage),
});
export type ProductVariantInput = z.infer<typeof ProductVariantInput>;

export const ProductVariant = ProductVariantInput.extend({
  id: z.uuid(),
  product_id: z.uuid(),
  name: z.string().nullable(),
  created_at: timestamp,
  updated_at: timestamp,
});
export type ProductVariant = z.infer<typeof ProductVariant>;

/** By sku, as a generator or an import states it: from the product it came with to `related_sku`. */
export const ProductRelationshipInput = z.object({
  related_sku: z.string().min(1).max(100),
  relationship_type: z.enum(RELATIONSHIP_TYPES),
  /** 0 to 1. */
  strength: z.number().min(0).max(1),
});
export type ProductRelationshipInput = z.infer<typeof ProductRelationshipInput>;

export const ProductRelationship = z.object({
  id: z.uuid(),
  product_id: z.uuid(),
  related_product_id: z.uuid(),
  relationship_type: z.enum(RELATIONSHIP_TYPES),
  strength: z.number().min(0).max(1).nullable(),
});
export type ProductRelationship = z.infer<typeof ProductRelationship>;

export const RelatedProduct = z.object({
  relationship_type: z.enum(RELATIONSHIP_TYPES),
  strength: z.number().nullable(),
  product: Product,
});
export type RelatedProduct = z.infer<typeof RelatedProduct>;

export const PRODUCT_SORTS = [
  'relevance',
  'price_asc',
  'price_desc',
  'lead_time',
  'carbon',
  'name',
  'newest',
] as const;

/** A list in a query string: repeated (`tags=a&tags=b`) or separated by commas. */
const queryList = z
  .union([z.string(), z.array(z.string())])
  .transform((value) =>
    (Array.isArray(value) ? value : value.split(','))
      .map((word) => word.trim())
      .filter((word) => word !== ''),
  );

export const ProductSearchQuery = z.object({
  q: z.string().max(500).optional(),
  category: z.string().max(100).optional(),
  subcategory: z.string().max(100).optional(),
  brand: z.string().max(100).optional(),
  collection: z.string().max(100).optional(),
  min_price: z.coerce.number().min(0).optional(),
  max_price: z.coerce.number().min(0).optional(),
  /** All of them must be there. */
  tags: queryList.optional(),
  max_lead_time_days: z.coerce.number().int().min(0).optional(),
  certification: z.string().max(100).optional(),
  in_stock: z
    .union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')])
    .optional(),
  /** Ids of understood filters that the user removed: they are read as plain words again. */
  ignore: queryList.optional(),
  /** Asked by a screen on its own account (what would be found without this filter?), not by a person: never recorded. */
  probe: z.enum(['true']).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(24),
  cursor: z.string().max(500).optional(),
  sort: z.enum(PRODUCT_SORTS).default('relevance'),
});
export type ProductSearchQuery = z.infer<typeof ProductSearchQuery>;

/** A fact that was read out of the query's words, as a chip the user sees and can remove. */
export const UnderstoodFilter = z.object({
  /** Stable within one query, for example "max_price" or "without:armrests". */
  id: z.string(),
  kind: z.enum([
    'min_price',
    'max_price',
    'width',
    'depth',
    'height',
    'size',
    'color',
    'material',
    'seats',
    'without',
    'certification',
    'max_lead_time_days',
    'in_stock',
  ]),
  /** For people: "Width 160 cm (63 in)". */
  label: z.string(),
  /** The words of the query it came from. */
  quote: z.string(),
  value: z.union([z.string(), z.number(), z.array(z.number())]),
});
export type UnderstoodFilter = z.infer<typeof UnderstoodFilter>;

export const ProductHit = Product.extend({
  /** 0 to 1, comparable within one answer only. */
  score: z.number(),
  /** One short sentence: which words, meaning or facts matched. */
  why: z.string(),
});
export type ProductHit = z.infer<typeof ProductHit>;

export const FacetCount = z.object({ value: z.string(), count: z.number().int() });
export const ProductFacets = z.object({
  category: z.array(FacetCount),
  subcategory: z.array(FacetCount),
  brand: z.array(FacetCount),
  color: z.array(FacetCount),
  material: z.array(FacetCount),
  certification: z.array(FacetCount),
  price: z.object({ min: z.number().nullable(), max: z.number().nullable() }),
  lead_time_days: z.object({ min: z.number().nullable(), max: z.number().nullable() }),
});
export type ProductFacets = z.infer<typeof ProductFacets>;

export const ProductSearchResult = z.object({
  items: z.array(ProductHit),
  next_cursor: z.string().nullable(),
  total: z.number().int(),
  facets: ProductFacets,
  understood_filters: z.array(UnderstoodFilter),
  /** Set where a typing error was read as another word. */
  corrected_query: z.string().nullable(),
  took_ms: z.number(),
});
export type ProductSearchResult = z.infer<typeof ProductSearchResult>;

/** Their header → our column name, dotted into JSON columns (`specifications.dimensions.width_in`); "" leaves a column out. */
export const ImportMapping = z.record(z.string().min(1), z.string());
export type ImportMapping = z.infer<typeof ImportMapping>;

export const IMPORT_FORMATS = ['csv', 'json', 'jsonl', 'sif'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

export const ImportRejection = z.object({ line: z.number().int(), reason: z.string() });
export type ImportRejection = z.infer<typeof ImportRejection>;

export const ImportReport = z.object({
  read: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  rejected: z.array(ImportRejection),
});
export type ImportReport = z.infer<typeof ImportReport>;
