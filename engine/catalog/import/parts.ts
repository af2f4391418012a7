// What a row of a file brings beside a product: a variant of one, or a choice among its options. Columns of their own tell
// it: a parent's sku, a variant's sku, an option with its group, what it adds to the price.
import { z } from 'zod';
import { MAX_PRICE, ProductImage } from '../../../contract/catalog.ts';
import type { ImportPart } from '../../../contract/catalog-imports.ts';
import { BadRow, type Cell, cellValue, isEmpty } from './cells.ts';
import { type NumberedOption, numberedAttributes, numberedChoices, numberedOptions } from './numbered.ts';
import { adjustmentIn, choicePart, keyOf, requiredIn } from './part-values.ts';
import { cleanText } from './values.ts';

/** Columns of a product that in a variant's row tell in what it differs. */
const ATTRIBUTE_OF: Readonly<Record<string, string>> = {
  'specifications.colors_available': 'color',
  'specifications.materials': 'material',
};
/** Columns without a place of ours that do so too, by their header. */
const ATTRIBUTE_WORDS = new Set(
  'color colour finish size material fabric upholstery leather wood grade configuration style base arms castors casters top edge handing voltage'.split(
    ' ',
  ),
);
const LONGEST = 300;

const skuIn = (column: string, text: string): string => {
  if (text.length > 100) throw new BadRow(`${column} is ${text.length} characters long, and 100 fit`);
  return text;
};

/** The attributes that a row states by columns of their own, by its option, and, in a row of its own, by what it differs in. */
function attributesOf(cells: readonly Cell[], texts: ReadonlyMap<string, string>, whole: boolean) {
  const attributes: Record<string, string> = {};
  const add = (key: string, value: string): void => {
    if (key !== '' && value !== '') attributes[key] ??= value.slice(0, LONGEST);
  };
  for (const [column, text] of texts)
    if (column.startsWith('attributes.')) add(keyOf(column.slice('attributes.'.length)), text);
  const option = texts.get('option') ?? texts.get('option_code');
  if (option !== undefined) add(keyOf(texts.get('option_group') ?? 'option'), option);
  if (!whole) return attributes;
  for (const [column, value] of cells) {
    if (isEmpty(value) || typeof value === 'object') continue;
    const text = cleanText(String(value));
    const other = /^specifications\.other\.(.+)$/.exec(column)?.[1];
    const size = /^specifications\.dimensions\.(width|depth|height)_(\w+)$/.exec(column);
    if (ATTRIBUTE_OF[column] !== undefined) add(ATTRIBUTE_OF[column], text);
    else if (size) add(size[1] ?? '', /[a-z"]$/i.test(text) ? text : `${text} ${size[2]}`);
    else if (other !== undefined && ATTRIBUTE_WORDS.has(keyOf(other))) add(keyOf(other), text);
  }
  return attributes;
}

interface Stock {
  in_stock?: boolean;
  lead_time_days?: number;
}

function stockOf(cells: readonly Cell[]): Stock {
  const stock: Stock = {};
  for (const [column, value] of cells) {
    if (isEmpty(value)) continue;
    if (column === 'in_stock') stock.in_stock = cellValue(column, value) as boolean;
    if (column === 'lead_time_days') stock.lead_time_days = cellValue(column, value) as number;
  }
  return stock;
}

const ListedVariant = z.object({
  sku: z.string().trim().min(1).max(100),
  name: z.string().max(255).nullish(),
  attributes: z.record(z.string(), z.coerce.string()).default({}),
  price_adjustment: z.number().min(-MAX_PRICE).max(MAX_PRICE).optional(),
  list_price: z.number().min(0).max(MAX_PRICE).optional(),
  in_stock: z.boolean().optional(),
  lead_time_days: z.number().int().min(0).max(3650).nullish(),
  images: z.array(ProductImage).max(100).optional(),
});

function listedVariants(value: unknown, parent_sku: string): ImportPart[] {
  let list = value;
  try {
    if (typeof value === 'string') list = JSON.parse(value);
  } catch {
    throw new BadRow('variants is no JSON list such as [{"sku": "A-1-BL", "attributes": {"color": "blue"}}]');
  }
  const parsed = z.array(ListedVariant).max(2000).safeParse(list);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new BadRow(
      `variants.${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'not usable'}`,
    );
  }
  return parsed.data.map(({ name, lead_time_days, ...one }) => ({
    kind: 'variant',
    parent_sku,
    ...one,
    name: name ?? null,
    attributes: Object.keys(one.attributes).length > 0 ? one.attributes : { variant: name ?? one.sku },
    ...(lead_time_days === null || lead_time_days === undefined ? {} : { lead_time_days }),
  }));
}

export interface RowParts {
  readonly parts: readonly ImportPart[];
  /** The row is a part and nothing else. */
  readonly only: boolean;
}

/**
 * The parts of a row; undefined where it is a plain product.
 * @param cells the row's cells that are columns of a product
 * @param own its cells that are columns of parts
 * @throws BadRow
 */
export function partsOf(cells: readonly Cell[], own: readonly Cell[]): RowParts | undefined {
  const texts = new Map(
    own.flatMap(([column, value]) =>
      isEmpty(value) || typeof value === 'object' ? [] : [[column, cleanText(String(value))] as const],
    ),
  );
  const text = (column: string): string | undefined => {
    const value = cells.find(([name]) => name === column)?.[1];
    return isEmpty(value) ? undefined : cleanText(String(value));
  };
  const listed = own.find(([column, value]) => column === 'variants' && !isEmpty(value))?.[1];
  const sku = text('sku');
  const given = texts.get('parent_sku');
  const parent_sku = skuIn('parent_sku', given ?? sku ?? '');
  const whole = given !== undefined && given !== sku;
  const hasOption = texts.has('option') || texts.has('option_code');
  const variant = skuIn('variant_sku', texts.get('variant_sku') ?? (whole ? (sku ?? '') : ''));
  const parts = listed === undefined || parent_sku === '' ? [] : listedVariants(listed, parent_sku);
  const numbered = parent_sku === '' ? [] : numberedOptions(texts);
  if (parent_sku !== '' && variant !== '')
    parts.push(variantOf(cells, texts, { parent_sku, variant, whole, numbered }));
  else if (parent_sku !== '' && hasOption) parts.push(choiceOf(texts, parent_sku, stockOf(cells)));
  if (variant === '')
    // A product's own lead time holds for it whatever is chosen; only a row of options states one of theirs.
    parts.push(...numberedChoices(numbered, parent_sku, whole ? (stockOf(cells).lead_time_days ?? 0) : 0));
  if (whole && parts.length === 0)
    throw new BadRow(`the row belongs to ${parent_sku}, but has neither a sku nor an option of its own`);
  return parts.length === 0 ? undefined : { parts, only: whole };
}

function variantOf(
  cells: readonly Cell[],
  texts: ReadonlyMap<string, string>,
  {
    parent_sku,
    variant,
    whole,
    numbered,
  }: { parent_sku: string; variant: string; whole: boolean; numbered: readonly NumberedOption[] },
): ImportPart {
  const options = numberedAttributes(numbered);
  const attributes = { ...options.attributes, ...attributesOf(cells, texts, whole) };
  const value = (column: string): unknown => cells.find(([name]) => name === column)?.[1];
  const name =
    texts.get('variant_name') ?? (whole && !isEmpty(value('name')) ? cleanText(String(value('name'))) : null);
  const price = value('list_price');
  return {
    kind: 'variant',
    parent_sku,
    sku: variant,
    name: name?.slice(0, 255) ?? null,
    attributes: Object.keys(attributes).length > 0 ? attributes : { variant: name ?? variant },
    ...variantPrice(texts.get('price_adjustment'), options.price_adjustment, price, whole),
    ...(whole ? stockOf(cells) : {}),
  };
}

/**
 * What a variant adds, or what it costs by itself. A row that is the variant alone may state its own list price; beside a
 * product's columns that price is the product's where the choices say what they add.
 */
function variantPrice(
  stated: string | undefined,
  ofChoices: number | undefined,
  list_price: unknown,
  whole: boolean,
): { price_adjustment?: number; list_price?: number } {
  if (stated !== undefined) return { price_adjustment: adjustmentIn(stated) };
  if (ofChoices !== undefined && (!whole || isEmpty(list_price))) return { price_adjustment: ofChoices };
  return isEmpty(list_price) ? {} : { list_price: cellValue('list_price', list_price) as number };
}

function choiceOf(texts: ReadonlyMap<string, string>, parent_sku: string, stock: Stock): ImportPart {
  const name = texts.get('option') ?? texts.get('option_code') ?? '';
  const adjustment = texts.get('price_adjustment');
  return choicePart({
    parent_sku,
    group: texts.get('option_group') ?? 'Options',
    name,
    code: texts.get('option_code') ?? name,
    required: requiredIn(texts.get('option_required')),
    price_adjustment: adjustment === undefined ? 0 : adjustmentIn(adjustment),
    lead_time_days: stock.lead_time_days ?? 0,
  });
}
