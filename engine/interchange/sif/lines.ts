/** An order as SIF can say it: the bill's lines cut, spelled and coded the way one dialect takes them. */
import type { SifDialect } from '../../../contract/exports.ts';
import type { LeftOut } from '../../../contract/project-document.ts';
import type { Cents } from '../../money.ts';
import type { Bill, BillLine } from '../bill.ts';
import { DIALECTS, type Dialect, type SifField } from './dialects.data.ts';
import { encodable } from './encoding.ts';

export interface SifPair {
  code: string;
  description: string;
}

/** One record. Amounts of one piece in whole cents; null where the file does not say. */
export interface SifLine {
  part: string;
  description: string;
  manufacturer: string;
  quantity: number;
  list_cents: Cents | null;
  sell_cents: Cents | null;
  buy_cents: Cents | null;
  side_mark: string;
  group: string;
  note: string;
  weight: string;
  volume: string;
  product_url: string;
  image_url: string;
  options: SifPair[];
  attributes: SifPair[];
}

export interface Order {
  lines: SifLine[];
  /** Which bill line each line stands for. */
  sources: BillLine[];
  left_out: LeftOut[];
}

/** One line of text, as every reader of the format takes it. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}

/** The bill as an order in one dialect. */
export function orderOf(bill: Bill, key: SifDialect): Order {
  const dialect = DIALECTS[key];
  const notes = new Notes();
  const codes = makerCodes(bill, dialect, notes);
  const text = (field: SifField, value: string | null) => fitted(dialect, field, value ?? '', notes);
  const pairs = (found: SifPair[], code: SifField, description: SifField): SifPair[] =>
    found
      .map((one) => ({ code: text(code, one.code), description: text(description, one.description) }))
      .filter((one) => one.code !== '' || one.description !== '');
  if (bill.turned_down > 0)
    notes.add('Lines that were turned down', 'they are not ordered', bill.turned_down);
  const lines = bill.lines.map((line): SifLine => {
    const { item, product } = line;
    if (line.list_cents === 0 && line.sell_cents > 0)
      notes.add('List prices', 'the catalogue has none for these lines; the sell price stands in its place');
    return {
      part: text('part', item.variant?.sku ?? item.sku),
      description: text('description', product.name),
      manufacturer: codes.get(makerOf(line)) ?? '',
      quantity: line.quantity,
      list_cents: line.list_cents === 0 ? line.sell_cents : line.list_cents,
      sell_cents: line.sell_cents,
      buy_cents: line.cost_cents,
      side_mark: text('side_mark', line.space_name),
      group: text('group', product.category),
      note: '',
      weight: has(dialect, 'weight') && product.weight_lbs !== null ? String(product.weight_lbs) : '',
      volume: '',
      product_url: '',
      image_url: text('image_url', product.image_url),
      options: pairs(optionsOf(line), 'option', 'option_description'),
      attributes: pairs(attributesOf(line), 'attribute', 'attribute_description'),
    };
  });
  return { lines, sources: bill.lines, left_out: notes.list() };
}

export function has(dialect: Dialect, field: SifField): boolean {
  return dialect.codes.some(([, known]) => known === field);
}

/** The code a field is written under. */
export function codeOf(dialect: Dialect, field: SifField): string {
  const found = dialect.codes.find(([, known]) => known === field);
  if (found === undefined) throw new RangeError(`The dialect ${dialect.key} has no ${field}.`);
  return found[0];
}

function optionsOf({ item }: BillLine): SifPair[] {
  return item.variant === null ? [] : [{ code: item.variant.sku, description: item.variant.name ?? '' }];
}

/** The variant's choices, and the size of one piece as width × depth × height. */
function attributesOf({ item, product }: BillLine): SifPair[] {
  const size = [product.width_in, product.depth_in, product.height_in];
  return [
    ...Object.entries(item.variant?.attributes ?? {}).map(([code, description]) => ({ code, description })),
    ...(size.every((side) => side !== null) ? [{ code: 'DIM', description: `${size.join(' x ')} in` }] : []),
  ];
}

function makerOf({ product }: BillLine): string {
  return oneLine(product.manufacturer ?? product.brand ?? '');
}

/** Codes of at most five letters from makers' names; two makers never share one. */
function makerCodes(bill: Bill, dialect: Dialect, notes: Notes): Map<string, string> {
  const longest = dialect.limits[codeOf(dialect, 'manufacturer')] ?? 5;
  const codes = new Map<string, string>();
  const taken = new Set<string>();
  for (const maker of [...new Set(bill.lines.map(makerOf))].sort()) {
    const letters = encodable(maker, 'windows-1252')
      .text.toUpperCase()
      .replace(/[^A-Z0-9]/g, '');
    const base = (letters === '' ? 'X' : letters).slice(0, longest);
    let code = base;
    for (let n = 2; taken.has(code); n += 1) code = `${base.slice(0, longest - String(n).length)}${n}`;
    taken.add(code);
    codes.set(maker, code);
    if (code !== maker)
      notes.add(
        `Maker code ${code}`,
        maker === ''
          ? 'the product names no maker'
          : `it stands for ${maker}: the receiving system’s own codes are not known here`,
      );
  }
  return codes;
}

function fitted(dialect: Dialect, field: SifField, value: string, notes: Notes): string {
  if (!has(dialect, field)) return '';
  const code = codeOf(dialect, field);
  const { text: spelled, replaced } = encodable(oneLine(value), dialect.encoding);
  // Spelling a lone accent otherwise may leave a space at an end, which no reader keeps.
  const text = oneLine(spelled);
  if (replaced.length > 0)
    notes.add(
      `Characters ${[...new Set(replaced)].slice(0, 10).join(' ')} in ${code}`,
      'the encoding of this dialect (Windows-1252) lacks them; they are spelled otherwise or stand as "?"',
    );
  const characters = [...text];
  const limit = dialect.limits[code];
  if (limit === undefined || characters.length <= limit) return text;
  if (field === 'part') {
    notes.add(
      `Part numbers longer than ${limit} characters`,
      'they are written whole: a shortened part number would order something else',
    );
    return text;
  }
  notes.add(`The end of ${code} beyond ${limit} characters`, `this dialect takes no more: ${quoted(text)}`);
  return characters.slice(0, limit).join('').trim();
}

function quoted(text: string): string {
  return `“${text.slice(0, 60)}${text.length > 60 ? '…' : ''}”`;
}

/** Notes with equal words counted once. */
class Notes {
  private readonly found = new Map<string, LeftOut>();
  add(what: string, why: string, count = 1): void {
    const before = this.found.get(what);
    if (before === undefined) this.found.set(what, { what, why, count });
    else before.count = (before.count ?? 0) + count;
  }
  list(): LeftOut[] {
    return [...this.found.values()];
  }
}
