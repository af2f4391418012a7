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

/** What a numbered option may state: `options.1.name`, `options.1.value` and so on, up to two digits. */
export const NUMBERED_PARTS = ['name', 'value', 'code', 'price', 'required'] as const;
export type NumberedPart = (typeof NUMBERED_PARTS)[number];
const NUMBERED = /^options\.[1-9]\d?\.(name|value|code|price|required)$/;

/** The first of them, to choose from; a file may have more. */
export const NUMBERED_COLUMNS: Readonly<Record<string, 'text' | 'boolean' | 'number'>> = Object.fromEntries(
  [1, 2, 3, 4, 5, 6].flatMap((number) =>
    NUMBERED_PARTS.map((part) => [
      `options.${number}.${part}`,
      part === 'required' ? 'boolean' : part === 'price' ? 'number' : 'text',
    ]),
  ),
);

/** Of these columns one must be there for a row to bring a part. */
const TELLING = ['parent_sku', 'variant_sku', 'option', 'option_code', 'variants'];

export const isPartColumn = (name: string): boolean =>
  name in PART_COLUMNS || NUMBERED.test(name) || /^attributes\.[\w -]{1,60}$/.test(name);

/** Whether a file with these columns may leave out what every product must have: its rows may be parts of known products. */
export const bringsParts = (columns: Iterable<string | undefined>): boolean =>
  [...columns].some(
    (column) =>
      column !== undefined && (TELLING.includes(column) || /^options\.\d+\.(value|code)$/.test(column)),
  );
