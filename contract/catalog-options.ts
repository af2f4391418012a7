// Options of a product: groups of choices with what each adds to price and lead time, and rules of what goes with what.
// They are stored in specifications.option_groups and specifications.option_rules; variants stay in their own table and
// are offered as groups too, one for each of their attributes.
import { z } from 'zod';
import { MAX_PRICE } from './catalog.ts';

const code = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^\s:,]+$/, 'a code has no spaces, colons or commas');

export const OptionChoice = z.object({
  code,
  name: z.string().trim().min(1).max(200),
  /** Added to the list price; may be negative. */
  price_adjustment: z.number().min(-MAX_PRICE).max(MAX_PRICE).default(0),
  /** Added to the lead time. */
  lead_time_days: z.number().int().min(0).max(3650).default(0),
});
export type OptionChoice = z.infer<typeof OptionChoice>;

export const OptionGroup = z.object({
  code,
  name: z.string().trim().min(1).max(200),
  /** Something must be chosen. */
  required: z.boolean().default(true),
  /** What is taken where nothing is chosen. */
  default: code.optional(),
  choices: z.array(OptionChoice).min(1).max(300),
});
export type OptionGroup = z.infer<typeof OptionGroup>;

/**
 * requires: with this choice, one of `choices` of `group` must be taken.
 * excludes: with this choice, none of `choices` of `group` may be taken.
 * only_with: this choice is offered only once one of `choices` of `group` is taken.
 */
export const OptionRule = z.object({
  kind: z.enum(['requires', 'excludes', 'only_with']),
  when: z.object({ group: code, choice: code }),
  group: code,
  /** Empty with "excludes" and "requires": any choice of the group. */
  choices: z.array(code).max(300).default([]),
  /** The maker's own words, shown as the reason. */
  reason: z.string().max(300).optional(),
});
export type OptionRule = z.infer<typeof OptionRule>;

/** A choice as it is offered: of a variant's attribute the code is the attribute's own value, spaces and all. */
export const OfferedChoice = z.object({
  code: z.string(),
  name: z.string(),
  price_adjustment: z.number(),
  lead_time_days: z.number().int(),
  available: z.boolean(),
  /** Why not, in one sentence. */
  reason: z.string().nullable(),
});
export const OfferedGroup = z.object({
  code: z.string(),
  name: z.string(),
  required: z.boolean(),
  /** option: from the product's option groups. variant: an attribute in which its variants differ. */
  source: z.enum(['option', 'variant']),
  /** What is taken now, by choice or by default. */
  chosen: z.string().nullable(),
  choices: z.array(OfferedChoice),
});
export type OfferedGroup = z.infer<typeof OfferedGroup>;

export const ConfigureRequest = z.object({
  /** Group code → choice code; for a variant's attribute its name and its value. */
  options: z.record(z.string().max(300), z.string().max(300)).default({}),
});
export type ConfigureRequest = z.infer<typeof ConfigureRequest>;

/** POST /products/:id/configure. */
export const Configuration = z.object({
  /** Nothing chosen breaks a rule. */
  valid: z.boolean(),
  /** Valid, and nothing required is left open: it can be ordered. */
  complete: z.boolean(),
  /** Why it is not valid, or what is still to be chosen; null where it is complete. */
  reason: z.string().nullable(),
  problems: z.array(z.object({ group: z.string(), choice: z.string().nullable(), message: z.string() })),
  /** The sku of the variant or product, with the codes of the options; null until complete. */
  part_number: z.string().nullable(),
  variant_id: z.uuid().nullable(),
  base_price: z.number(),
  /** What each choice adds. */
  adjustments: z.array(
    z.object({ group: z.string(), choice: z.string(), name: z.string(), amount: z.number() }),
  ),
  /** Base and adjustments of what is chosen so far; never below 0. */
  list_price: z.number(),
  currency: z.string(),
  lead_time_days: z.number().int(),
  in_stock: z.boolean(),
  /** Every group with what may still be taken. */
  groups: z.array(OfferedGroup),
  /** Codes of the required groups without a choice. */
  open: z.array(z.string()),
});
export type Configuration = z.infer<typeof Configuration>;

/** GET /products/:id/successor: the chain from the product to the one that is sold today. */
export const SuccessorChain = z.object({
  /** In order, the product itself left out; empty where it has none. */
  chain: z.array(z.object({ id: z.uuid(), sku: z.string(), name: z.string(), status: z.string() })),
  /** The first of the chain that is sold; null where there is none. */
  successor: z.object({ id: z.uuid(), sku: z.string(), name: z.string() }).nullable(),
  /** Why there is none: the chain ends at a sku that is not in the catalogue, or leads round in a circle. */
  problem: z.string().nullable(),
});
export type SuccessorChain = z.infer<typeof SuccessorChain>;
