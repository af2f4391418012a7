// Rows of a file against what is stored: which product each variant and option belongs to, what a variant adds to its price,
// and what is refused. Nothing is written here; a product gains its options through the row that states it.
import { isDeepStrictEqual } from 'node:util';
import type { ProductInput } from '../../../contract/catalog.ts';
import type { ImportPart } from '../../../contract/catalog-imports.ts';
import type { OptionGroup } from '../../../contract/catalog-options.ts';
import { withChoice } from '../../../engine/catalog/options/merge.ts';
import { storedOptions } from '../../../engine/catalog/options/stored.ts';
import type { Tx } from '../../platform/postgres.ts';
import * as read from './sql/read.ts';
import type { VariantWrite } from './sql/write.ts';

export interface FileRecord {
  readonly line: number;
  readonly row?: ProductInput | undefined;
  readonly parts: readonly ImportPart[];
  /** The row as the file has it, where it brings parts. */
  readonly source?: string | undefined;
}

export type NewVariant = Omit<VariantWrite, 'product_id'> & { readonly parent_sku: string };

export interface SortedRecords {
  /** Products to be written: those of the file, and known ones that gain options. */
  rows: ProductInput[];
  /** Skus of the known ones among them: the file states no price of theirs. */
  unpriced: Set<string>;
  /** Variants that are new or changed. */
  variants: NewVariant[];
  /** What each record that is taken brings new, and what it changes, but for its product. */
  taken: { record: FileRecord; isNew: boolean; isChanged: boolean; variants: number; options: number }[];
  refused: { record: FileRecord; reason: string }[];
  /** Records whose product is not known: it may come later in the file. */
  waiting: FileRecord[];
}

interface Parent {
  list_price: number;
  groups: OptionGroup[];
  /** Absent where the product is not stored yet. */
  stored: read.StoredProductRow | undefined;
  row: ProductInput | undefined;
}

const cents = (amount: number): number => Math.round(amount * 100) / 100;
const groupsOf = (specifications: unknown): OptionGroup[] => [
  ...storedOptions((specifications ?? {}) as Record<string, unknown>).groups,
];

class Sorter {
  private readonly parents = new Map<string, Parent>();
  private readonly variants: Map<string, read.ImportedVariant>;
  private readonly products: ReadonlyMap<string, string>;
  private readonly written = new Map<string, NewVariant>();
  readonly sorted: SortedRecords = {
    rows: [],
    unpriced: new Set(),
    variants: [],
    taken: [],
    refused: [],
    waiting: [],
  };

  constructor(
    stored: readonly read.StoredProductRow[],
    variants: readonly read.ImportedVariant[],
    products: ReadonlyMap<string, string>,
  ) {
    for (const row of stored)
      if (row.deleted_at === null)
        this.parents.set(row.sku, {
          list_price: row.list_price,
          groups: groupsOf(row.specifications),
          stored: row,
          row: undefined,
        });
    this.variants = new Map(variants.map((one) => [one.sku, one]));
    this.products = products;
  }

  take(record: FileRecord): void {
    const { row, parts } = record;
    const before = row === undefined ? undefined : this.parents.get(row.sku);
    const groups = row?.specifications?.['option_groups'];
    if (row !== undefined)
      this.parents.set(row.sku, {
        list_price: row.list_price,
        groups: groups === undefined ? (before?.groups ?? []) : groupsOf(row.specifications),
        stored: before?.stored,
        row,
      });
    const undo = new Map<string, Parent>();
    const found = { record, isNew: false, isChanged: false, variants: 0, options: 0 };
    const variants: NewVariant[] = [];
    for (const part of parts) {
      const parent = this.parents.get(part.parent_sku);
      if (parent === undefined) {
        this.sorted.waiting.push(record);
        return;
      }
      if (!undo.has(part.parent_sku)) undo.set(part.parent_sku, { ...parent });
      const done = part.kind === 'variant' ? this.variant(part, parent) : this.option(part, parent);
      if (typeof done === 'string') {
        for (const [sku, old] of undo) this.parents.set(sku, old);
        if (row !== undefined && before === undefined) this.parents.delete(row.sku);
        else if (row !== undefined && before !== undefined) this.parents.set(row.sku, before);
        this.sorted.refused.push({ record, reason: done });
        return;
      }
      if (done.variant !== undefined) variants.push(done.variant);
      found.isNew ||= done.isNew;
      found.isChanged ||= done.isChanged;
      if (done.isNew || done.isChanged) found[part.kind === 'variant' ? 'variants' : 'options'] += 1;
    }
    for (const one of variants) this.written.set(one.sku, one);
    this.sorted.taken.push(found);
  }

  private variant(
    part: Extract<ImportPart, { kind: 'variant' }>,
    { list_price }: Parent,
  ): { isNew: boolean; isChanged: boolean; variant?: NewVariant } | string {
    const { parent_sku, sku } = part;
    const before = this.variants.get(sku);
    if (before !== undefined && before.product_sku !== parent_sku)
      return `${sku} is a variant of ${before.product_sku} already; give this one a sku of its own`;
    if (sku !== parent_sku && this.products.has(sku))
      return `${sku} is a product of its own in the catalogue; a variant of ${parent_sku} needs another sku`;
    const own = part.list_price === undefined ? undefined : part.list_price - list_price;
    const price_adjustment = cents(part.price_adjustment ?? own ?? before?.price_adjustment ?? 0);
    if (list_price + price_adjustment < 0)
      return `${sku} would cost less than nothing: its price adjustment is ${price_adjustment}, and ${parent_sku} costs ${list_price}`;
    const variant: NewVariant = {
      parent_sku,
      sku,
      name: part.name ?? before?.name ?? null,
      attributes: part.attributes,
      price_adjustment,
      in_stock: part.in_stock ?? before?.in_stock ?? true,
      lead_time_days: part.lead_time_days ?? before?.lead_time_days ?? null,
      images: part.images ?? before?.images ?? [],
    };
    if (before === undefined) return { isNew: true, isChanged: false, variant };
    const { product_id: _, product_sku: __, ...kept } = before;
    const isChanged = !isDeepStrictEqual({ parent_sku, ...kept }, variant);
    return { isNew: false, isChanged, ...(isChanged ? { variant } : {}) };
  }

  private option(
    part: Extract<ImportPart, { kind: 'option' }>,
    parent: Parent,
  ): { isNew: boolean; isChanged: boolean; variant?: NewVariant } | string {
    const { group, required, choice } = part;
    const groups = withChoice(parent.groups, { group, required, choice });
    if (typeof groups === 'string') return `${choice.name} is too many for ${part.parent_sku}: ${groups}`;
    const isNew = !parent.groups.some(
      (one) => one.code === group.code && one.choices.some(({ code }) => code === choice.code),
    );
    const isChanged = !isNew && !isDeepStrictEqual(groups, parent.groups);
    parent.groups = groups;
    return { isNew, isChanged };
  }

  end(): SortedRecords {
    const { sorted } = this;
    for (const [sku, { groups, stored, row }] of this.parents) {
      const stated = row?.specifications?.['option_groups'];
      const before = stated === undefined ? groupsOf(stored?.specifications) : groupsOf(row?.specifications);
      const gains = !isDeepStrictEqual(groups, before);
      const specifications = { ...row?.specifications, option_groups: groups };
      if (row !== undefined) sorted.rows.push(gains ? { ...row, specifications } : row);
      else if (gains && stored !== undefined) {
        const { name, category, list_price } = stored;
        sorted.rows.push({ sku, name, category, list_price, specifications });
        sorted.unpriced.add(sku);
      }
    }
    sorted.variants = [...this.written.values()];
    return sorted;
  }
}

/** Looks at the records in their order, inside the transaction that will write them and holds the catalogue's lock. */
export async function sortRecords(tx: Tx, records: readonly FileRecord[]): Promise<SortedRecords> {
  const parts = records.flatMap((record) => record.parts);
  if (parts.length === 0) {
    const taken = records.map((record) => ({
      record,
      isNew: false,
      isChanged: false,
      variants: 0,
      options: 0,
    }));
    const rows = records.flatMap(({ row }) => row ?? []);
    return { rows, unpriced: new Set(), variants: [], taken, refused: [], waiting: [] };
  }
  const skus = new Set([
    ...records.flatMap(({ row }) => row?.sku ?? []),
    ...parts.map((part) => part.parent_sku),
  ]);
  const variantSkus = parts.flatMap((part) => (part.kind === 'variant' ? part.sku : []));
  const sorter = new Sorter(
    await read.productsForImport(tx, [...skus]),
    await read.variantsForImport(tx, variantSkus),
    await read.productIdsBySku(tx, variantSkus),
  );
  for (const record of records) sorter.take(record);
  return sorter.end();
}
