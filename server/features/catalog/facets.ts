// Facets with counts: of what a search found, and of whole lists as the database has counted them.
import type { ProductFacets } from '../../../contract/catalog.ts';
import type { Shelved } from './shelf.ts';
import type { FacetRow } from './sql/search.ts';

const counted = (values: Iterable<string>): { value: string; count: number }[] => {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value));
};

const bounds = (values: readonly number[]): { min: number | null; max: number | null } =>
  values.length === 0 ? { min: null, max: null } : { min: Math.min(...values), max: Math.max(...values) };

/** Counts over what a search found. */
export function facetsOfHits(hits: readonly { readonly item: Shelved }[]): ProductFacets {
  const documents = hits.map((hit) => hit.item.document);
  return {
    category: counted(hits.map((hit) => hit.item.category)),
    subcategory: counted(hits.flatMap((hit) => hit.item.subcategory ?? [])),
    brand: counted(hits.flatMap((hit) => hit.item.brand ?? [])),
    color: counted(documents.flatMap((document) => document.colors)),
    material: counted(documents.flatMap((document) => document.materials)),
    certification: counted(documents.flatMap((document) => document.certifications)),
    price: bounds(hits.map((hit) => hit.item.list_price)),
    lead_time_days: bounds(hits.flatMap((hit) => hit.item.lead_time_days ?? [])),
  };
}

/** Counts and total of a list. */
export function facetsOfRows(rows: readonly FacetRow[]): { facets: ProductFacets; total: number } {
  const of = (kind: FacetRow['kind'], prefix = '') =>
    rows
      .filter((row) => row.kind === kind && row.value?.startsWith(prefix))
      .map((row) => ({ value: (row.value ?? '').slice(prefix.length), count: row.count }))
      .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value));
  const all = rows.find((row) => row.kind === 'bounds');
  return {
    total: all?.count ?? 0,
    facets: {
      category: of('category'),
      subcategory: of('subcategory'),
      brand: of('brand'),
      color: of('facet', 'color:'),
      material: of('facet', 'material:'),
      certification: of('facet', 'certification:'),
      price: { min: all?.low ?? null, max: all?.high ?? null },
      lead_time_days: { min: all?.low_days ?? null, max: all?.high_days ?? null },
    },
  };
}
