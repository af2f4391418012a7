// The columns by which a row of a file tells that it is a variant of a product, or a choice among its options.

/** Columns of parts; `attributes.NAME` is one too. */
export const PART_COLUMNS = {
  parent_sku: 'text',
  variant_sku: 'text',
  variant_name: 'text',
  price_adjustment: 'number',
  option_group: 'text',
  option: 'text',
  option_code: 'text',
  option_required: 'boolean',
  variants: 'json',
  'attributes.color': 'text',
  'attributes.finish': 'text',
  'attributes.size': 'text',
  'attributes.configuration': 'text',
} as const;

/** Of these columns one must be there for a row to bring a part. */
const TELLING = ['parent_sku', 'variant_sku', 'option', 'option_code', 'variants'];

export const isPartColumn = (name: string): boolean =>
  name in PART_COLUMNS || /^attributes\.[\w -]{1,60}$/.test(name);

/** Whether a file with these columns may leave out what every product must have: its rows may be parts of known products. */
export const bringsParts = (columns: Iterable<string | undefined>): boolean =>
  [...columns].some((column) => column !== undefined && TELLING.includes(column));
