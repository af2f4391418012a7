// Terms of trade: price rules, contracts with tiers, rates of the lines on top of furniture, rules of planning.
// An organization's are kept in organizations.settings, a project's beside the project; a scenario stores what it used.
// What a dealer pays (buy discounts) is in shapes of its own, which only those who may see cost are given.
import { z } from 'zod';
import { SPECIAL_REQUIREMENTS, STYLES } from './brief.ts';
import { Id, line } from './common.ts';
import { MOUNTS, NEED_MEASURES, NEED_PRIORITIES } from './needs.ts';
import { SPACE_TYPES } from './plan.ts';

/** "50/10/5": each step is taken off what the one before leaves. */
export const DiscountChain = z
  .string()
  .trim()
  .max(60)
  .regex(
    /^\d{1,3}(\.\d{1,6})?\s*%?(\s*[/+]\s*\d{1,3}(\.\d{1,6})?\s*%?)*$/,
    'must be a discount such as 40 or a chain such as 50/10/5, each step in percent',
  )
  .refine(
    (chain) => chain.split(/[/+]/).every((step) => Number.parseFloat(step) <= 100),
    'has a step over 100 %; write each step as the percent taken off, for instance 50/10/5',
  );

const PriceScope = z.object({
  brand: line(100).optional(),
  collection: line(100).optional(),
  category: line(100).optional(),
  subcategory: line(100).optional(),
  sku: line(100).optional(),
});

/** Applies to products that match every word given; the rule with the most exact word wins (sku, then collection …). */
export const PriceRule = PriceScope.extend({
  name: line(100),
  discount: DiscountChain.optional(),
  /** A fixed selling price for one piece, instead of a discount. */
  net_price: z.number().nonnegative().max(99_999_999).optional(),
}).refine((rule) => (rule.discount === undefined) !== (rule.net_price === undefined), {
  message: 'needs either a discount (for instance "50/10") or a net_price, and not both',
});
export type PriceRule = z.infer<typeof PriceRule>;

export const ContractTerms = z
  .object({
    name: line(150),
    /** Only products of these brands; all where none is named. */
    brands: z.array(line(100)).max(50).optional(),
    discount: DiscountChain.optional(),
    /** By the order's total at list price; the bound belongs to the lower tier, null is "and above". */
    tiers: z
      .array(z.object({ up_to_list: z.number().positive().max(1e11).nullable(), discount: DiscountChain }))
      .min(1)
      .max(20)
      .optional(),
    effective_from: z.iso.date().optional(),
    effective_to: z.iso.date().optional(),
  })
  .refine((contract) => (contract.discount === undefined) !== (contract.tiers === undefined), {
    message: 'needs either one discount or a list of tiers by order total, and not both',
  })
  .refine(
    ({ tiers = [] }) =>
      tiers.every(
        (tier, at) =>
          at === 0 ||
          (tiers[at - 1]!.up_to_list !== null &&
            (tier.up_to_list ?? Number.POSITIVE_INFINITY) > (tiers[at - 1]!.up_to_list ?? 0)),
      ),
    {
      message: 'has tiers out of order: each up_to_list must be above the one before, null only in the last',
      path: ['tiers'],
    },
  );
export type ContractTerms = z.infer<typeof ContractTerms>;

const pct = (most: number) => z.number().min(0).max(most);
/** Percent of furniture at sell price; contingency also of the services, tax of furniture and freight. */
export const RateTerms = z
  .object({
    freight_pct: pct(100),
    installation_pct: pct(100),
    design_pct: pct(100),
    project_management_pct: pct(100),
    contingency_pct: pct(100),
    tax_pct: pct(50),
    tax_services: z.boolean(),
  })
  .partial()
  .strict();
export type RateTerms = z.infer<typeof RateTerms>;

/** By key of the return's inputs; null goes back to the default. */
export const RoiInputs = z.record(z.string().max(60), z.number().min(0).max(1e12).nullable());
export type RoiInputs = z.infer<typeof RoiInputs>;

export const KITS = [
  'open_office', 'private_office', 'meeting_room', 'training_room', 'wellness_room', 'collaboration', 'phone_booth',
  'freestanding_booth', 'breakroom', 'reception', 'lobby', 'storage', 'outdoor',
] as const; // biome-ignore format: one short list

const words = z.array(line(100)).max(40);
/** A row of the kit table: replaces the built-in row of the same id, or adds one. */
export const KitRuleTerms = z
  .object({
    id: z
      .string()
      .regex(
        /^[a-z0-9_.]{3,80}$/,
        'must be 3–80 small letters, digits, dots or underscores, for instance open.pedestal',
      ),
    enabled: z.boolean().optional(),
    kits: z.array(z.enum(KITS)).min(1),
    role: z
      .string()
      .regex(/^[a-z0-9_]{2,60}$/, 'must be small letters and underscores, for instance task_chair'),
    label: line(80),
    basis: z.enum(['workstations', 'seats', 'room', 'area_sqft']),
    per: z.number().positive().max(100_000),
    rounding: z.enum(['up', 'down']).optional(),
    at_least: z.number().int().min(0).max(10_000).optional(),
    at_most: z.number().int().min(0).max(10_000).optional(),
    measure: z.enum(NEED_MEASURES).optional(),
    subcategories: words,
    categories: words,
    keywords: words,
    min_width_in: z.number().positive().max(1000).optional(),
    max_width_in: z.number().positive().max(1000).optional(),
    max_depth_in: z.number().positive().max(1000).optional(),
    one_piece: z.boolean().optional(),
    requires: words.optional(),
    prefers: words.optional(),
    when: z
      .object({
        asks_any: z.array(z.enum(SPECIAL_REQUIREMENTS)),
        asks_none: z.array(z.enum(SPECIAL_REQUIREMENTS)),
        styles_any: z.array(z.enum(STYLES)),
        min_seats: z.number().int().min(0),
        max_seats: z.number().int().min(0),
        min_area_sqft: z.number().min(0),
        max_area_sqft: z.number().min(0),
        without_kit: z.array(z.enum(KITS)),
      })
      .partial()
      .strict()
      .optional(),
    topics: z.array(z.enum(SPECIAL_REQUIREMENTS)).optional(),
    takes_from: z.string().max(60).optional(),
    priority: z.enum(NEED_PRIORITIES),
    mount: z.enum(MOUNTS),
    source: line(300),
  })
  .strict()
  .refine((rule) => rule.subcategories.length + rule.categories.length + rule.keywords.length > 0, {
    message: 'selects no product: name at least one subcategory, category or keyword',
  });

/** Changes a built-in row without repeating it: another count, or silence. */
export const KitRuleChange = z
  .object({
    id: z.string().max(80),
    enabled: z.boolean().optional(),
    per: z.number().positive().max(100_000).optional(),
    at_least: z.number().int().min(0).max(10_000).optional(),
    at_most: z.number().int().min(0).max(10_000).optional(),
    priority: z.enum(NEED_PRIORITIES).optional(),
    label: line(80).optional(),
    source: line(300).optional(),
  })
  .strict();

export const SpaceStandardTerms = z.partialRecord(
  z.enum(SPACE_TYPES),
  z
    .object({
      comfortable_sqft: z.number().positive().max(10_000),
      minimum_sqft: z.number().positive().max(10_000),
      most_seats: z.number().int().positive().nullable().default(null),
      source: line(300).default('your organization'),
    })
    .refine((one) => one.minimum_sqft <= one.comfortable_sqft, {
      message: 'has a minimum above the comfortable area; minimum_sqft must be at most comfortable_sqft',
    }),
);

/** The `planning` part of organizations.settings. */
export const PlanningSettings = z
  .object({
    price_rules: z.array(PriceRule).max(500),
    contract: ContractTerms.nullable(),
    rates: RateTerms,
    roi_inputs: RoiInputs,
    kit_rules: z.array(z.union([KitRuleTerms, KitRuleChange])).max(300),
    space_standards: SpaceStandardTerms,
    /** Days after which a saved price is called stale. */
    price_valid_days: z.number().int().min(1).max(730),
  })
  .partial()
  .strict();
export type PlanningSettings = z.infer<typeof PlanningSettings>;

/** What the organization pays: seen and set by members who may see cost. */
export const BuyTerms = z.object({
  rules: z.array(PriceScope.extend({ name: line(100), buy_discount: DiscountChain })).max(500),
});
export type BuyTerms = z.infer<typeof BuyTerms>;

/** A project's own terms over its organization's. Null takes a part back to the organization's. */
export const ProjectTermsChange = z
  .object({
    contract: ContractTerms.nullable(),
    rates: RateTerms.nullable(),
    roi_inputs: RoiInputs.nullable(),
  })
  .partial()
  .strict();
export type ProjectTermsChange = z.infer<typeof ProjectTermsChange>;

export const RateInForce = z.object({
  key: z.string(),
  label: z.string(),
  pct: z.number(),
  /** Who says so: the scenario, the project, the organization, or the published default. */
  source: z.string(),
});
export type RateInForce = z.infer<typeof RateInForce>;

export const ProjectTerms = z.object({
  project_id: Id,
  contract: ContractTerms.nullable(),
  contract_source: z.enum(['project', 'organization', 'none']),
  price_rules: z.array(PriceRule),
  rates: z.array(RateInForce),
  tax_services: z.boolean(),
  roi_inputs: RoiInputs,
});
export type ProjectTerms = z.infer<typeof ProjectTerms>;

// ——— Kits and standards of an organization, as a page shows them ———

/** The figures of a row that an organization may set; null is the built-in one. */
export const KitRuleFigures = z.object({
  enabled: z.boolean(),
  per: z.number(),
  at_least: z.number().int().nullable(),
  at_most: z.number().int().nullable(),
  priority: z.enum(NEED_PRIORITIES),
  source: z.string(),
});
export type KitRuleFigures = z.infer<typeof KitRuleFigures>;

/** One row of the kit table: what is built in, what the organization sets instead, what holds. */
export const KitRuleRow = z.object({
  id: z.string(),
  label: z.string(),
  kits: z.array(z.enum(KITS)),
  role: z.string(),
  basis: z.enum(['workstations', 'seats', 'room', 'area_sqft']),
  measure: z.enum(NEED_MEASURES),
  /** Null for rows that the organization added. */
  built_in: KitRuleFigures.nullable(),
  in_force: KitRuleFigures,
  /** The organization changed or added the row. */
  own: z.boolean(),
});
export type KitRuleRow = z.infer<typeof KitRuleRow>;

export const SpaceStandardRow = z.object({
  space_type: z.enum(SPACE_TYPES),
  comfortable_sqft: z.number(),
  minimum_sqft: z.number(),
  most_seats: z.number().int().nullable(),
  source: z.string(),
  built_in: z
    .object({
      comfortable_sqft: z.number(),
      minimum_sqft: z.number(),
      most_seats: z.number().int().nullable(),
      source: z.string(),
    })
    .nullable(),
  own: z.boolean(),
});
export type SpaceStandardRow = z.infer<typeof SpaceStandardRow>;

export const PlanningStandards = z.object({
  rules: z.array(KitRuleRow),
  space_standards: z.array(SpaceStandardRow),
});
export type PlanningStandards = z.infer<typeof PlanningStandards>;

/** Null takes a figure back to the built-in one. */
export const KitRuleUpdate = z
  .object({
    enabled: z.boolean().nullable(),
    per: z.number().positive().max(100_000).nullable(),
    at_least: z.number().int().min(0).max(10_000).nullable(),
    at_most: z.number().int().min(0).max(10_000).nullable(),
    priority: z.enum(NEED_PRIORITIES).nullable(),
    source: line(300).nullable(),
  })
  .partial()
  .strict();
export type KitRuleUpdate = z.infer<typeof KitRuleUpdate>;
