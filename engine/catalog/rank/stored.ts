// A search document as JSON, stored with its product so that a search need not read the product's texts again; and the
// form in which many of them are held in memory.
import type { SearchDocument, TermWeights } from './document.ts';

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

interface TermGroup {
  readonly weight: number;
  readonly stems: readonly string[];
}

/** The few groups are looked through: for some dozens of stems as quick as a Map, in a quarter of its memory. */
class GroupedTerms implements TermWeights {
  private readonly groups: readonly TermGroup[];

  constructor(groups: readonly TermGroup[]) {
    this.groups = groups;
  }

  get(stem: string): number | undefined {
    for (const { weight, stems } of this.groups) if (stems.includes(stem)) return weight;
    return undefined;
  }

  has(stem: string): boolean {
    return this.get(stem) !== undefined;
  }

  *keys(): Iterable<string> {
    for (const { stems } of this.groups) yield* stems;
  }

  *[Symbol.iterator](): Iterator<readonly [string, number]> {
    for (const { weight, stems } of this.groups) for (const stem of stems) yield [stem, weight];
  }
}

/** Words and lists that many documents have, held once. */
export class Shared {
  private readonly words = new Map<string, string>();
  private readonly lists = new Map<string, readonly string[]>();

  get size(): number {
    return this.words.size + this.lists.size;
  }

  word(text: string): string {
    const known = this.words.get(text);
    if (known !== undefined) return known;
    this.words.set(text, text);
    return text;
  }

  list(values: readonly string[]): readonly string[] {
    const key = values.join('\u0001');
    const known = this.lists.get(key);
    if (known !== undefined) return known;
    const list = values.map((value) => this.word(value));
    this.lists.set(key, list);
    return list;
  }
}

const NO_COUNTS: ReadonlyMap<string, number> = new Map();

/** @param shared where many documents are to be held at once: what they have in common */
export function loadDocument(stored: StoredDocument, shared?: Shared): SearchDocument {
  const counts = Object.entries(stored.counts);
  const words = (values: readonly string[]) => (shared ? values.map((value) => shared.word(value)) : values);
  const list = (values: readonly string[]) => (shared ? shared.list(values) : values);
  return {
    ...stored,
    heads: list(stored.heads),
    mentions: list(stored.mentions),
    category_things: list(stored.category_things),
    settings: list(stored.settings),
    colors: list(stored.colors),
    materials: list(stored.materials),
    certifications: list(stored.certifications),
    terms: new GroupedTerms(
      Object.entries(stored.terms).map(([weight, stems]) => ({
        weight: Number(weight),
        stems: words(stems),
      })),
    ),
    counts: counts.length === 0 ? NO_COUNTS : new Map(counts),
  };
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
