// Which column of a file is which of a product's: by the given mapping, by our own names, by usual headers of the trade.
import type { ImportMapping } from '../../../contract/catalog.ts';
import { numberedColumns } from './numbered-columns.ts';
import { bringsParts, isPartColumn, PART_COLUMNS } from './part-columns.ts';

export type ValueKind =
  | 'text'
  | 'price'
  | 'number'
  | 'percent'
  | 'count'
  | 'days'
  | 'inches'
  | 'pounds'
  | 'boolean'
  | 'list'
  | 'json'
  | 'images';

/** Columns of a product, dotted into its JSON columns, with how their text is read. */
export const COLUMNS: Readonly<Record<string, ValueKind>> = {
  sku: 'text',
  name: 'text',
  description: 'text',
  category: 'text',
  subcategory: 'text',
  brand: 'text',
  manufacturer: 'text',
  collection: 'text',
  list_price: 'price',
  dealer_price: 'price',
  msrp: 'price',
  currency: 'text',
  specifications: 'json',
  'specifications.dimensions': 'json',
  'specifications.dimensions.width_in': 'inches',
  'specifications.dimensions.depth_in': 'inches',
  'specifications.dimensions.height_in': 'inches',
  'specifications.weight_lbs': 'pounds',
  'specifications.weight_capacity_lbs': 'pounds',
  'specifications.seats': 'count',
  'specifications.compartments': 'count',
  'specifications.materials': 'list',
  'specifications.colors_available': 'list',
  'specifications.features': 'list',
  sustainability: 'json',
  'sustainability.score': 'percent',
  'sustainability.certifications': 'list',
  'sustainability.recycled_content_pct': 'percent',
  'sustainability.recyclable_pct': 'percent',
  'sustainability.carbon_footprint_kg': 'number',
  'sustainability.data_quality': 'text',
  in_stock: 'boolean',
  lead_time_days: 'days',
  moq: 'count',
  images: 'images',
  model_3d_url: 'text',
  ar_asset_url: 'text',
  tags: 'list',
  status: 'text',
  successor_sku: 'text',
};

const TOP_COLUMNS = [...Object.keys(COLUMNS), ...Object.keys(PART_COLUMNS)]
  .filter((name) => !name.includes('.'))
  .join(', ');

export const MANDATORY = ['sku', 'name', 'category', 'list_price'] as const;

/** Usual headers, reduced to letters and digits, in order of preference for each column. */
const USUAL: readonly [string, readonly string[]][] = [
  [
    'sku',
    [
      'sku',
      'partnumber',
      'partno',
      'itemnumber',
      'itemno',
      'itemid',
      'articlenumber',
      'article',
      'productcode',
      'productid',
      'modelnumber',
      'part',
      'code',
      'id',
    ],
  ],
  ['name', ['name', 'productname', 'title', 'itemname', 'product']],
  [
    'description',
    ['description', 'shortdescription', 'productdescription', 'longdescription', 'desc', 'details'],
  ],
  ['category', ['category', 'productcategory', 'group', 'productgroup', 'department', 'type', 'producttype']],
  ['subcategory', ['subcategory', 'productsubcategory', 'subgroup', 'class']],
  ['brand', ['brand', 'brandname', 'make']],
  ['manufacturer', ['manufacturer', 'maker', 'vendor', 'supplier']],
  ['collection', ['collection', 'series', 'range', 'family', 'line']],
  ['list_price', ['listprice', 'list', 'price', 'retailprice', 'unitprice', 'catalogprice', 'rrp']],
  ['dealer_price', ['dealerprice', 'dealernet', 'netprice', 'cost', 'wholesaleprice']],
  ['msrp', ['msrp']],
  ['currency', ['currency', 'currencycode', 'pricecurrency']],
  ['specifications.weight_lbs', ['weightlbs', 'weightlb', 'weightpounds']],
  ['specifications.weight_kg', ['weightkg']],
  ['specifications.materials', ['materials', 'material']],
  [
    'specifications.colors_available',
    ['colorsavailable', 'coloursavailable', 'colors', 'colours', 'color', 'colour'],
  ],
  ['specifications.features', ['features']],
  ['specifications.seats', ['seats', 'seatingcapacity']],
  ['sustainability.certifications', ['certifications', 'certification', 'certificates']],
  ['sustainability.carbon_footprint_kg', ['carbonfootprintkg', 'carbonkg', 'co2kg', 'kgco2e']],
  ['sustainability.recycled_content_pct', ['recycledcontentpct', 'recycledcontent']],
  ['in_stock', ['instock', 'stock', 'available', 'availability']],
  ['lead_time_days', ['leadtimedays', 'leadtime', 'leaddays', 'deliverydays']],
  ['moq', ['moq', 'minimumorderquantity', 'minorderqty']],
  ['images', ['images', 'image', 'imageurl', 'imageurls', 'picture', 'photo']],
  ['model_3d_url', ['model3durl', '3dmodel']],
  ['tags', ['tags', 'keywords', 'labels']],
  ['status', ['status']],
  ['successor_sku', ['successorsku', 'replacedby', 'successor']],
  [
    'parent_sku',
    [
      'parentsku',
      'parent',
      'parentid',
      'parentitem',
      'parentcode',
      'parentpartnumber',
      'mastersku',
      'masterpartnumber',
      'basesku',
      'variantof',
    ],
  ],
  ['variant_sku', ['variantsku', 'variantcode', 'variantpartnumber', 'variantid']],
  ['variant_name', ['variantname', 'varianttitle', 'variant']],
  ['option_group', ['optiongroup', 'optioncategory', 'optionset', 'optiontype']],
  ['option', ['option', 'optionname', 'optionvalue', 'optiondescription']],
  ['option_code', ['optioncode', 'optionnumber']],
  [
    'price_adjustment',
    [
      'priceadjustment',
      'adjustment',
      'upcharge',
      'surcharge',
      'adder',
      'priceadder',
      'pricedelta',
      'pricedifference',
      'priceimpact',
      'optionprice',
    ],
  ],
];

const reduced = (header: string): string =>
  header
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');

/** "Width (cm)" → specifications.dimensions.width_cm; a size without a unit is not guessed at. */
function sizeColumn(header: string): string | undefined {
  const [, axis, unit] =
    /^(width|depth|height|length)(in|inch|inches|cm|mm|m|ft)$/.exec(reduced(header)) ?? [];
  if (!axis || !unit) return undefined;
  return `specifications.dimensions.${axis === 'length' ? 'width' : axis}_${unit.startsWith('in') ? 'in' : unit}`;
}

/** Whether a product has such a column, or an open JSON column under which it fits. */
export function isColumn(name: string): boolean {
  return (
    name in COLUMNS || isPartColumn(name) || /^(specifications|sustainability)\.[\w.-]{1,100}$/.test(name)
  );
}

/** Per position of the header: our column, or undefined for what is kept under specifications.other. */
export interface Layout {
  readonly columns: readonly (string | undefined)[];
  readonly missing: readonly string[];
  /** mapping entries that name no column of a product */
  readonly unknown: readonly string[];
  /** headers of the mapping that these headers do not have */
  readonly absent: readonly string[];
}

/** A mapping may leave a column of the file out altogether. */
export const LEFT_OUT = '';

/** Layouts of the header rows met last: every record of a JSON file has one of its own. */
export function layoutReader(mapping: ImportMapping | undefined): (headers: readonly string[]) => Layout {
  const known = new Map<string, Layout>();
  return (headers) => {
    const key = headers.join('\u0001');
    const found = known.get(key) ?? layoutOf(headers, mapping);
    if (known.size < 200) known.set(key, found);
    return found;
  };
}

/** What rows may be parts of products that are known need not say what a product must. */
function mandatoryOf(taken: ReadonlySet<string>): readonly string[] {
  if (!bringsParts(taken)) return MANDATORY;
  return taken.has('parent_sku') ? [] : ['sku'];
}

export function layoutOf(headers: readonly string[], mapping: ImportMapping = {}): Layout {
  const wanted = new Map(
    Object.entries(mapping).map(([theirs, ours]) => [theirs.trim().toLowerCase(), ours.trim()]),
  );
  const unknown = [...wanted.values()].filter((ours) => ours !== LEFT_OUT && !isColumn(ours));
  const mapped = headers.map((header) => wanted.get(header.trim().toLowerCase()));
  const taken = new Set(mapped.filter((ours) => ours !== undefined));
  const own = headers.map((header, i) => {
    const name = header.trim().toLowerCase();
    if (mapped[i] !== undefined || taken.has(name) || !isColumn(name)) return mapped[i];
    taken.add(name);
    return name;
  });
  const columns = [...own];
  const open = headers.filter((_, i) => columns[i] === undefined);
  for (const [header, ours] of numberedColumns(open)) {
    const at = headers.findIndex((one, i) => one === header && columns[i] === undefined);
    if (taken.has(ours) || at < 0) continue;
    columns[at] = ours;
    taken.add(ours);
  }
  for (const [ours, usual] of USUAL) {
    if (taken.has(ours)) continue;
    const at = usual
      .map((name) => headers.findIndex((header, i) => columns[i] === undefined && reduced(header) === name))
      .find((i) => i >= 0);
    if (at === undefined) continue;
    columns[at] = ours;
    taken.add(ours);
  }
  for (const [i, header] of headers.entries()) {
    const size = columns[i] === undefined ? sizeColumn(header) : undefined;
    if (size && !taken.has(size)) columns[i] = size;
  }
  const there = new Set(headers.map((header) => header.trim().toLowerCase()));
  return {
    columns,
    missing: mandatoryOf(taken).filter((name) => !taken.has(name)),
    unknown: [...new Set(unknown)],
    absent: Object.keys(mapping).filter((header) => !there.has(header.trim().toLowerCase())),
  };
}

/** The mapping a person would be shown before an import: their header → our column, where one is recognised. */
export function suggestMapping(headers: readonly string[]): ImportMapping {
  const { columns } = layoutOf(headers);
  return Object.fromEntries(headers.flatMap((header, i) => (columns[i] ? [[header, columns[i]]] : [])));
}

const quoted = (names: readonly string[]): string =>
  names
    .slice(0, 40)
    .map((name) => `"${name.slice(0, 60)}"`)
    .join(', ');

/** What is wrong with a mapping for these headers, in one sentence. */
export function mappingFault(
  { unknown, absent }: Pick<Layout, 'unknown' | 'absent'>,
  headers: readonly string[],
): string | undefined {
  if (unknown.length > 0)
    return `the mapping leads to ${quoted(unknown)}, which ${unknown.length > 1 ? 'are no columns' : 'is no column'} of a product: its columns are ${TOP_COLUMNS}, and any under specifications, sustainability or attributes`;
  if (absent.length > 0)
    return `the mapping names the column${absent.length > 1 ? 's' : ''} ${quoted(absent)}, which the file does not have; its columns are ${quoted(headers)}`;
  return undefined;
}

export function missingColumnsMessage(missing: readonly string[], headers: readonly string[]): string {
  return (
    `the file has no column for ${missing.join(', ')}; its columns are ${quoted(headers)}. ` +
    `Say which is which with a mapping, for example {"${headers[0] ?? 'Their header'}": "${missing[0] ?? 'sku'}"}`
  );
}
