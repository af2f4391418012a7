// Finding products among those that are held in memory, by kind of thing, by words and by facts: the same ways that
// sql/search.ts knows, for as long as what is held is the whole catalogue of one version.
import { type CorpusStatistics, inverse, termPart } from '../../../engine/catalog/rank/score.ts';
import { facetsOf } from '../../../engine/catalog/rank/stored.ts';
import type { Shelved } from './shelf.ts';
import { type BaseFilter, type CandidateQuery, LIMITS, type ReadFilter } from './sql/search.ts';

/** Places of products, with four bits for the weight of the word there. */
class Postings {
  private codes = new Uint32Array(2);
  private count = 0;

  add(code: number): void {
    if (this.count === this.codes.length) {
      const wider = new Uint32Array(this.count * 2);
      wider.set(this.codes);
      this.codes = wider;
    }
    this.codes[this.count] = code;
    this.count += 1;
  }

  get all(): Uint32Array {
    return this.codes.subarray(0, this.count);
  }
}

const WEIGHT_BITS = 4;
const MOST_WEIGHTS = 1 << WEIGHT_BITS;

const isWithin = (value: number | null | undefined, min: number | undefined, max: number | undefined) =>
  typeof value === 'number' && (min === undefined || value >= min) && (max === undefined || value <= max);

/** How a product keeps each filter that a person can choose. */
const BASE: {
  [K in keyof Required<BaseFilter>]: (item: Shelved, wanted: NonNullable<BaseFilter[K]>) => boolean;
} = {
  category: (item, wanted) => item.category === wanted,
  subcategory: (item, wanted) => item.subcategory === wanted,
  brand: (item, wanted) => item.brand === wanted,
  collection: (item, wanted) => item.collection === wanted,
  min_price: (item, wanted) => item.list_price >= wanted,
  max_price: (item, wanted) => item.list_price <= wanted,
  tags: (item, wanted) => wanted.every((tag) => item.tags.includes(tag)),
  max_lead_time_days: (item, wanted) => isWithin(item.lead_time_days, undefined, wanted),
  certification: (item, wanted) => item.document.certifications.includes(wanted),
  in_stock: (item, wanted) => item.in_stock === wanted,
};
const NAMES = Object.keys(BASE) as (keyof BaseFilter)[];

function keepsBase(filter: BaseFilter, item: Shelved): boolean {
  const keeps = <K extends keyof BaseFilter>(name: K): boolean => {
    const wanted = filter[name];
    return wanted === undefined || BASE[name](item, wanted as NonNullable<BaseFilter[K]>);
  };
  return NAMES.every(keeps);
}

function readsAnything({ facet_groups, ...facts }: ReadFilter): boolean {
  return facet_groups.length > 0 || Object.values(facts).some((value) => value !== undefined);
}

export interface HeldQuery extends Omit<CandidateQuery, 'vector' | 'sku' | 'embedding_model'> {
  /** all words of the query as stems: of many products of a kind those that share them come first */
  terms: readonly string[];
}

const MOST_TERMS = 12;

/** The product at a place, where it is what is asked for. */
type At = (place: number) => Shelved | undefined;

const NOWHERE = new Uint32Array(0);

/** So many of the best, each once; of equal ones those that came first. */
class Best {
  private readonly kept: { readonly item: Shelved; readonly score: number }[] = [];
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  get items(): Shelved[] {
    return this.kept.map(({ item }) => item);
  }

  takes(score: number): boolean {
    return this.kept.length < this.limit || score > (this.kept.at(-1)?.score ?? 0);
  }

  add(item: Shelved | undefined, score: number): void {
    if (item === undefined) return;
    let rank = this.kept.length;
    for (; rank > 0; rank -= 1) {
      const before = this.kept[rank - 1]!;
      if (before.score > score) break;
      if (before.score === score) {
        for (let same = rank - 1; this.kept[same]?.score === score; same -= 1)
          if (this.kept[same]?.item === item) return;
        break;
      }
    }
    this.kept.splice(rank, 0, { item, score });
    if (this.kept.length > this.limit) this.kept.pop();
  }
}

export class ShelfIndex {
  private readonly items: (Shelved | undefined)[] = [];
  private readonly places = new Map<string, number>();
  private readonly heads = new Map<string, Postings>();
  private readonly facets = new Map<string, Postings>();
  private readonly words = new Map<string, Postings>();
  private readonly weights: number[] = [];
  /** By place, so that a limit that few keep is judged without opening every product; NaN where it is not told. */
  private readonly prices: number[] = [];
  private readonly leads: number[] = [];
  private readonly widths: number[] = [];
  private readonly lengths: number[] = [];

  /** Active products. */
  get size(): number {
    return this.places.size;
  }

  /** Places of products that have changed since; beyond some share the index is better made anew. */
  get abandoned(): number {
    return this.items.length - this.places.size;
  }

  ids(): IterableIterator<string> {
    return this.places.keys();
  }

  remove(id: string): void {
    const place = this.places.get(id);
    if (place === undefined) return;
    this.items[place] = undefined;
    this.places.delete(id);
  }

  /** Instead of what was held of this product. */
  set(item: Shelved): void {
    this.remove(item.id);
    if (!item.active) return;
    const place = this.items.length;
    this.items.push(item);
    this.places.set(item.id, place);
    const { document } = item;
    this.prices.push(item.list_price);
    this.leads.push(item.lead_time_days ?? Number.NaN);
    this.lengths.push(document.length);
    this.widths.push((document.width_cm ?? Number.NaN) / 2.54);
    for (const head of document.heads) post(this.heads, head, place);
    for (const facet of facetsOf(document)) post(this.facets, facet, place);
    for (const [stem, weight] of document.terms)
      post(this.words, stem, place * MOST_WEIGHTS + this.codeOf(weight));
  }

  private codeOf(weight: number): number {
    const known = this.weights.indexOf(weight);
    if (known >= 0) return known;
    if (this.weights.length < MOST_WEIGHTS) return this.weights.push(weight) - 1;
    return 0;
  }

  hasWord(stem: string): boolean {
    return this.words.has(stem);
  }

  /**
   * The products that the kinds, the words and the facts of the query find, each way the same number of them as in the
   * database; of more than that, those that share its words come first.
   */
  find(query: HeldQuery, corpus: CorpusStatistics): Set<Shelved> {
    const found = new Set<Shelved>();
    const scores = this.wordScores(query.terms.slice(0, MOST_TERMS), corpus);
    const base = this.atBase(query.base);
    const reads = readsAnything(query.read);
    const read = reads ? this.atRead(query.read, base) : base;
    const add = (lists: Map<string, Postings>, keys: readonly string[], at: At, limit: number) => {
      for (const item of this.first(lists, keys, at, limit, scores)) found.add(item);
    };
    if (query.heads.length > 0) {
      add(this.heads, query.heads, read, LIMITS.wanted);
      if (reads) add(this.heads, query.heads, base, LIMITS.loose);
      const ofCategory = query.heads.map((head) => `of:${head}`);
      add(this.facets, ofCategory, base, LIMITS.near_heads);
    }
    if (query.near_heads.length > 0) {
      add(this.heads, query.near_heads, base, LIMITS.near_heads);
      if (reads) add(this.heads, query.near_heads, read, LIMITS.near_heads);
    }
    for (const item of this.byWords(query.words, base, LIMITS.words, corpus)) found.add(item);
    if (query.heads.length === 0 && reads)
      for (const item of this.anyOf(read, LIMITS.wanted)) found.add(item);
    return found;
  }

  private atBase(filter: BaseFilter): At {
    const isFree = NAMES.every((name) => filter[name] === undefined);
    if (isFree) return (place) => this.items[place];
    return (place) => {
      const item = this.items[place];
      return item !== undefined && keepsBase(filter, item) ? item : undefined;
    };
  }

  private atRead(filter: ReadFilter, base: At): At {
    const { min_price, max_price, max_lead_time_days, in_stock, width_in: width } = filter;
    const groups = filter.facet_groups;
    const kept = this.groupsKept(groups);
    const priced = min_price !== undefined || max_price !== undefined;
    return (place) => {
      if (kept[place] !== groups.length && groups.length > 0) return undefined;
      if (priced && !isWithin(this.prices[place], min_price, max_price)) return undefined;
      if (width !== undefined && !isWithin(this.widths[place], width.min, width.max)) return undefined;
      if (max_lead_time_days !== undefined && !isWithin(this.leads[place], undefined, max_lead_time_days))
        return undefined;
      const item = base(place);
      return in_stock === undefined || item?.in_stock === in_stock ? item : undefined;
    };
  }

  /** By place: of how many groups, one after the other, the product has a facet. */
  private groupsKept(groups: ReadFilter['facet_groups']): Uint8Array {
    const kept = new Uint8Array(groups.length > 0 ? this.items.length : 0);
    for (const [before, group] of groups.entries())
      for (const facet of group)
        for (const place of this.facets.get(facet)?.all ?? [])
          if (kept[place] === before) kept[place] = before + 1;
    return kept;
  }

  /** BM25 of the words by place; 0 where there is none of them. */
  private wordScores(words: readonly string[], corpus: CorpusStatistics): Float64Array {
    const scores = new Float64Array(words.length === 0 ? 0 : this.items.length);
    for (const word of words) {
      const rarity = inverse(word, corpus);
      const codes = this.words.get(word)?.all ?? NOWHERE;
      for (let i = 0; i < codes.length; i += 1) {
        const code = codes[i]!;
        const place = code >>> WEIGHT_BITS;
        const weight = this.weights[code % MOST_WEIGHTS]!;
        scores[place]! += termPart(weight, this.lengths[place]!, rarity, corpus);
      }
    }
    return scores;
  }

  /** The best by these words alone. */
  private byWords(words: readonly string[], at: At, limit: number, corpus: CorpusStatistics): Shelved[] {
    const scores = this.wordScores(words, corpus);
    const best = new Best(limit);
    for (const word of words) {
      const codes = this.words.get(word)?.all ?? NOWHERE;
      for (let i = 0; i < codes.length; i += 1) {
        const place = codes[i]! >>> WEIGHT_BITS;
        if (best.takes(scores[place]!)) best.add(at(place), scores[place]!);
      }
    }
    return best.items;
  }

  /** Those that stand under any of the keys: by their words first, then as they come. */
  private first(
    lists: ReadonlyMap<string, Postings>,
    keys: readonly string[],
    at: At,
    limit: number,
    scores: Float64Array,
  ): Shelved[] {
    const best = new Best(limit);
    const others = new Set<Shelved>();
    for (const key of keys) {
      const places = lists.get(key)?.all ?? NOWHERE;
      for (let i = 0; i < places.length; i += 1) {
        const place = places[i]!;
        const score = scores[place] ?? 0;
        if (score > 0) {
          if (best.takes(score)) best.add(at(place), score);
        } else if (others.size < limit) {
          const item = at(place);
          if (item !== undefined) others.add(item);
        } else if (scores.length === 0) return [...others];
      }
    }
    return [...best.items, ...others].slice(0, limit);
  }

  private anyOf(at: At, limit: number): Shelved[] {
    const kept: Shelved[] = [];
    for (let place = 0; place < this.items.length && kept.length < limit; place += 1) {
      const item = at(place);
      if (item !== undefined) kept.push(item);
    }
    return kept;
  }
}

function post(lists: Map<string, Postings>, key: string, code: number): void {
  const list = lists.get(key) ?? new Postings();
  list.add(code);
  lists.set(key, list);
}
