// A search document as JSON, stored with its product so that a search need not read the product's texts again.
import type { SearchDocument } from './document.ts';

/** Weight of a field → the stems that stand in it. */
export interface StoredDocument extends Omit<SearchDocument, 'terms' | 'counts'> {
  readonly terms: Readonly<Record<string, readonly string[]>>;
  readonly counts: Readonly<Record<string, number>>;
}

export function storeDocument(document: SearchDocument): StoredDocument {
  const terms: Record<string, string[]> = {};
  for (const [stem, weight] of document.terms) {
    const group = terms[weight] ?? [];
    group.push(stem);
    terms[weight] = group;
  }
  return {
    ...document,
    length: Math.round(document.length * 10) / 10,
    features: document.features.slice(0, 900),
    terms,
    counts: Object.fromEntries(document.counts),
  };
}

export function loadDocument(stored: StoredDocument): SearchDocument {
  const terms = new Map<string, number>();
  for (const [weight, stems] of Object.entries(stored.terms)) {
    for (const stem of stems) terms.set(stem, Number(weight));
  }
  return { ...stored, terms, counts: new Map(Object.entries(stored.counts)) };
}

/** What may be filtered on exactly, as "kind:value"; "of" is a thing that the category names ("Room dividers"). */
export function facetsOf(document: SearchDocument): string[] {
  return [
    ...document.colors.map((color) => `color:${color}`),
    ...document.materials.map((material) => `material:${material}`),
    ...document.certifications.map((certificate) => `certification:${certificate}`),
    ...document.settings.map((setting) => `setting:${setting}`),
    ...document.category_things.map((thing) => `of:${thing}`),
    ...(document.seats === undefined ? [] : [`seats:${document.seats}`]),
  ];
}
