// A product as the search sees it: what thing it is, where it is used, its words, colours, materials and measures.

import type { ProductInput } from '../../../contract/catalog.ts';
import { UNIT_WORDS } from '../../number_words.data.ts';
import { findColors, findMaterials } from '../query/colors.ts';
import { ancestorsOf, findMentions, headsOf, inSetting, isSetting, tokenize } from '../query/concepts.ts';
import { THESAURUS } from '../query/thesaurus.ts';
import { STOP_WORDS, stem, wordsOf } from '../query/words.ts';

export type SearchableProduct = Pick<
  ProductInput,
  | 'name'
  | 'description'
  | 'category'
  | 'subcategory'
  | 'brand'
  | 'collection'
  | 'list_price'
  | 'specifications'
  | 'sustainability'
  | 'tags'
  | 'in_stock'
  | 'lead_time_days'
>;

export interface PrintedSize {
  readonly values: readonly number[];
  /** told by the word behind: "72 in high" */
  readonly axis?: 'width' | 'depth' | 'height' | 'length';
}

/** A Map of stems to weights, or anything that answers as one. */
export interface TermWeights extends Iterable<readonly [string, number]> {
  get(stem: string): number | undefined;
  has(stem: string): boolean;
  keys(): Iterable<string>;
}

export interface SearchDocument {
  /** the thing itself, best first */
  readonly heads: readonly string[];
  /** 1 where the product's own words tell the thing, less where only its category does */
  readonly certainty: number;
  /** other things its own words name beside it */
  readonly mentions: readonly string[];
  /** things its category names */
  readonly category_things: readonly string[];
  readonly settings: readonly string[];
  /** stem → weight by the field it stands in */
  readonly terms: TermWeights;
  /** sum of the weights, for length normalization */
  readonly length: number;
  readonly colors: readonly string[];
  readonly materials: readonly string[];
  /** cm by axis where columns tell */
  readonly width_cm?: number;
  readonly depth_cm?: number;
  readonly height_cm?: number;
  /** measures printed in name and description, in cm, as they stand together ("60x27x74 cm") */
  readonly printed_cm: readonly PrintedSize[];
  readonly seats?: number;
  readonly counts: ReadonlyMap<string, number>;
  readonly features: string;
  readonly price: number;
  readonly lead_time_days?: number;
  readonly in_stock?: boolean;
  readonly certifications: readonly string[];
}

const FIELD_WEIGHTS = { name: 2.2, kind: 1.6, lead: 1.6, text: 1, extra: 0.7 } as const;
/** A description's first words are what the thing is; the rest tells about it. */
const LEAD_WORDS = 9;

function addTerms(terms: Map<string, number>, text: string, weight: number): void {
  for (const word of wordsOf(text)) {
    const one = stem(word);
    if (!STOP_WORDS.has(one)) terms.set(one, Math.max(terms.get(one) ?? 0, weight));
  }
}

/** Strings in open specifications: what a maker's own columns hold, page addresses included (their words often tell the colour). */
function extraText(specifications: Readonly<Record<string, unknown>>): string {
  const known = new Set(['dimensions', 'materials', 'colors_available', 'features']);
  const texts: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === 'string')
      texts.push(/^https?:\/\//.test(value) ? slugOf(value) : value.slice(0, 400));
    else if (Array.isArray(value)) for (const one of value.slice(0, 40)) visit(one);
    else if (value && typeof value === 'object') for (const one of Object.values(value)) visit(one);
  };
  for (const [key, value] of Object.entries(specifications)) if (!known.has(key)) visit(value);
  return texts.join(' . ');
}

/** The speaking part of a page address: its longest hyphenated piece, without numbers. */
function slugOf(address: string): string {
  const pieces = address
    .split(/[?#]/)[0]!
    .split('/')
    .slice(3)
    .filter((piece) => piece.includes('-'));
  const longest = pieces.sort((a, b) => b.length - a.length)[0] ?? '';
  return longest
    .split('-')
    .filter((word) => /^[a-z]+$/i.test(word))
    .join(' ');
}

const UNIT_CM: Readonly<Record<string, number>> = {
  cm: 1,
  mm: 0.1,
  m: 100,
  in: 2.54,
  inch: 2.54,
  inches: 2.54,
  '"': 2.54,
  ft: 30.48,
};

const AXIS_WORDS: Readonly<Record<string, NonNullable<PrintedSize['axis']>>> = {
  wide: 'width',
  deep: 'depth',
  high: 'height',
  tall: 'height',
  long: 'length',
};
const MEASURE =
  /(\d[\d.,/]*(?: *[x×*-] *\d[\d.,/]*)*) *(cm|mm|m|inches|inch|in|ft|")(?![a-z])(?: (wide|deep|high|tall|long)\b)?/gi;

/** Every measure with a unit, in groups: "140x200 cm" is one group of two. */
function printedMeasures(text: string): PrintedSize[] {
  const groups: PrintedSize[] = [];
  for (const [, numbers, unit, word] of text.matchAll(MEASURE)) {
    const factor = UNIT_CM[(unit ?? 'cm').toLowerCase()] ?? 1;
    const values = (numbers ?? '')
      .split(/[x×*/-]/)
      .map((part) => Number(part.trim().replace(',', '.')) * factor);
    const axis = AXIS_WORDS[word?.toLowerCase() ?? ''];
    if (values.every((amount) => amount > 0)) groups.push(axis ? { values, axis } : { values });
  }
  return groups;
}

function seatsIn(text: string): number | undefined {
  const seats = /\b(\d{1,2}|one|two|three|four|five|six|seven|eight)[ -]?(?:seat|seater|person|people)/i.exec(
    text,
  )?.[1];
  if (seats) return Number(seats) || UNIT_WORDS[seats.toLowerCase()];
  const chairs =
    /\b(?:and|\+|with) ?(\d{1,2}) (?:\w+ )?ch(?:ai)?rs?\b/i.exec(text)?.[1] ??
    /\bfor (\d{1,2}) people/i.exec(text)?.[1];
  return chairs ? Number(chairs) : undefined;
}

function countsIn(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [, count, noun] of text.matchAll(
    /\b(\d{1,2}) ?(drawer|door|shel[fv]|tier|compartment|chair|stool|bench|section|step|panel)/gi,
  )) {
    counts.set((noun ?? '').toLowerCase().replace('shelv', 'shelf'), Number(count));
  }
  return counts;
}

interface Kinds {
  readonly heads: readonly string[];
  readonly certainty: number;
  readonly mentions: readonly string[];
  readonly category_things: readonly string[];
  readonly settings: readonly string[];
}

type Things = Omit<Kinds, 'certainty' | 'category_things'>;

function thingsIn(text: string): Things {
  const tokens = tokenize(text);
  const mentions = findMentions(tokens);
  const things = mentions.filter((mention) => !isSetting(mention.id));
  const heads = things.length > 0 ? headsOf(tokens, mentions).map((mention) => mention.id) : [];
  return {
    heads: [...setOf(heads, things, text), ...heads],
    mentions: things.map((mention) => mention.id),
    settings: mentions.filter((mention) => isSetting(mention.id)).map((mention) => mention.id),
  };
}

const isKind = (id: string, kind: string): boolean => id === kind || ancestorsOf(id).has(kind);

/** A table that comes with seats is a set: "Table+2 folding chairs". */
function setOf(heads: readonly string[], things: readonly { readonly id: string }[], text: string): string[] {
  const seats = things.some(({ id }) => ['chair', 'stool', 'bench'].some((kind) => isKind(id, kind)));
  if (
    !seats ||
    !heads.some((id) => isKind(id, 'table')) ||
    !/\d+ ?(?:\w+ )?(?:chair|stool|armchair|bench)/i.test(text)
  )
    return [];
  return heads.includes('bar_table') ? ['bar_set'] : ['dining_set'];
}

/** How sure one is of a thing that only the category tells. */
const BY_CATEGORY = 0.55;

/** The thing is told by the subcategory, else by the name, else by how the description begins, else by the category. */
function kindsOf(product: SearchableProduct): Kinds {
  const lead = (product.description ?? '').split(/(?<=[.!?])\s/)[0] ?? '';
  const own = thingsIn((product.subcategory ?? '').replaceAll('_', ' '));
  const name = thingsIn(product.name);
  const parts = [own, name, thingsIn(lead), thingsIn(product.category)];
  const telling = parts.find((part) => part.heads.length > 0);
  const settings = [...new Set(parts.flatMap((part) => part.settings))];
  const simple = [...new Set([...(telling?.heads ?? []), ...own.heads, ...name.heads])];
  const composed = simple.flatMap((id) => settings.flatMap((setting) => inSetting(id, setting)?.id ?? []));
  const heads = [...new Set([...composed, ...simple])];
  const mentions = [...new Set(parts.slice(0, 3).flatMap((part) => part.mentions))].filter(
    (id) => !heads.includes(id),
  );
  const category_things = [...new Set(parts[3]?.mentions)];
  return { heads, mentions, category_things, settings, certainty: telling === parts[3] ? BY_CATEGORY : 1 };
}

const cm = (inches: number | undefined): number | undefined =>
  inches === undefined ? undefined : inches * 2.54;

export function searchDocument(product: SearchableProduct): SearchDocument {
  const specifications = product.specifications ?? {};
  const description = product.description ?? '';
  const extra = extraText(specifications);
  const named = `${product.name} . ${description}`;
  const terms = new Map<string, number>();
  addTerms(terms, `${product.name} ${product.collection ?? ''} ${product.brand ?? ''}`, FIELD_WEIGHTS.name);
  addTerms(
    terms,
    `${product.category} ${product.subcategory ?? ''} ${(product.tags ?? []).join(' ')}`,
    FIELD_WEIGHTS.kind,
  );
  addTerms(terms, description.split(/\s+/).slice(0, LEAD_WORDS).join(' '), FIELD_WEIGHTS.lead);
  addTerms(terms, description, FIELD_WEIGHTS.text);
  const lists = [specifications.colors_available, specifications.materials, specifications.features];
  addTerms(terms, `${lists.flatMap((list) => list ?? []).join(' ')} ${extra}`, FIELD_WEIGHTS.extra);
  const stemsOf = (text: string): string[] => wordsOf(text).map(stem);
  const coloring = stemsOf(`${(specifications.colors_available ?? []).join(' . ')} . ${named} . ${extra}`);
  const making = stemsOf(`${(specifications.materials ?? []).join(' . ')} . ${named} . ${extra}`);
  const width_cm = cm(specifications.dimensions?.width_in);
  const depth_cm = cm(specifications.dimensions?.depth_in);
  const height_cm = cm(specifications.dimensions?.height_in);
  const seats = specifications.seats ?? seatsIn(named);
  return {
    ...kindsOf(product),
    terms,
    length: [...terms.values()].reduce((sum, weight) => sum + weight, 0),
    colors: [...new Set(findColors(coloring).map((one) => one.value))],
    materials: [...new Set(findMaterials(making).map((one) => one.value))],
    ...(width_cm === undefined ? {} : { width_cm }),
    ...(depth_cm === undefined ? {} : { depth_cm }),
    ...(height_cm === undefined ? {} : { height_cm }),
    printed_cm: printedMeasures(named),
    ...(seats === undefined ? {} : { seats }),
    counts: countsIn(named),
    features: `${(specifications.features ?? []).join(', ')}. ${named}`.toLowerCase(),
    price: product.list_price,
    ...(product.lead_time_days === undefined ? {} : { lead_time_days: product.lead_time_days }),
    ...(product.in_stock === undefined ? {} : { in_stock: product.in_stock }),
    certifications: product.sustainability?.certifications ?? [],
  };
}

/** What is embedded of a product: its words, and what a thing of its kind is called and used for. */
export function embeddingText(product: SearchableProduct, document: SearchDocument): string {
  const entry = document.certainty === 1 ? THESAURUS.get(document.heads[0] ?? '') : undefined;
  const description = (product.description ?? '').split(/\s+/).slice(0, 40).join(' ');
  const kind = entry ? `${entry.names.slice(0, 4).join(', ')}. ${entry.gloss}` : '';
  const lists = [...(product.specifications?.materials ?? []), ...(product.tags ?? [])].join(' ');
  return `${product.name}. ${description}. ${product.category}. ${document.settings.join(' ')}. ${lists}. ${kind}`;
}
