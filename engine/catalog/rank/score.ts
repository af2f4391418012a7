// One score from what a thing is, the words it shares with the query, nearness in meaning, and the facts it satisfies.
import { cosine } from '../embedding/embedding.ts';
import { closeness, servedBy } from '../query/concepts.ts';
import { THESAURUS } from '../query/thesaurus.ts';
import type { Understanding } from '../query/understand.ts';
import type { SearchDocument } from './document.ts';
import { type Fit, fitFacts } from './fit.ts';

export interface CorpusStatistics {
  readonly documents: number;
  readonly average_length: number;
  /** in how many documents a stem occurs */
  frequency(stem: string): number;
}

export interface Candidate<T> {
  readonly item: T;
  readonly document: SearchDocument;
  /** of the same model as the query's vector; absent where none is stored */
  readonly vector?: Float32Array;
  /** the cosine of the two vectors, where a store has computed it */
  readonly similarity?: number;
}

export interface Ranked<T> {
  readonly item: T;
  /** 0 to 1 */
  readonly score: number;
  /** Told when asked: of hundreds found a page is shown. */
  readonly why: () => string;
  /** every stated limit is kept */
  readonly satisfies: boolean;
}

export interface Scored<T> {
  readonly candidate: Candidate<T>;
  readonly score: number;
  readonly served: Served;
  readonly fit: Fit;
}

/** Shares of the parts, chosen on one half of a judged set of queries. */
const SHARES = { concept: 0.62, words: 0.23, meaning: 0.15 } as const;
/** Where the thing was found by its purpose, the words of the query are not expected in the text. */
const SHARES_BY_PURPOSE = { concept: 0.72, words: 0.1, meaning: 0.18 } as const;
const SHARES_WITHOUT_CONCEPT = { concept: 0, words: 0.6, meaning: 0.4 } as const;
const K1 = 1.2;
const B = 0.6;

/** How much a word tells, by how few documents have it. */
export function inverse(term: string, corpus: CorpusStatistics): number {
  const found = corpus.frequency(term);
  return Math.log(1 + (corpus.documents - found + 0.5) / (found + 0.5));
}

/** What one word of a query adds to a document of this length that has it with this weight. */
export function termPart(weight: number, length: number, rarity: number, corpus: CorpusStatistics): number {
  const norm = K1 * (1 - B + (B * length) / Math.max(1, corpus.average_length));
  return (rarity * weight * (K1 + 1)) / (weight + norm);
}

interface WeighedTerms {
  readonly terms: readonly { readonly term: string; readonly rarity: number }[];
  /** what a document of average length with all of them would reach */
  readonly most: number;
}

function weigh(terms: readonly string[], corpus: CorpusStatistics): WeighedTerms {
  const weighed = [...new Set(terms)].map((term) => ({ term, rarity: inverse(term, corpus) }));
  return {
    terms: weighed,
    most: weighed.reduce((sum, { rarity }) => sum + (rarity * 2.2 * (K1 + 1)) / (2.2 + K1), 0),
  };
}

function weighedScore(
  { terms, most }: WeighedTerms,
  document: SearchDocument,
  corpus: CorpusStatistics,
): number {
  let score = 0;
  for (const { term, rarity } of terms) {
    const weight = document.terms.get(term);
    if (weight !== undefined) score += termPart(weight, document.length, rarity, corpus);
  }
  return most > 0 ? Math.min(1, score / most) : 0;
}

/** BM25 with field weights, against the best a document of average length could reach. */
export function wordScore(
  terms: readonly string[],
  document: SearchDocument,
  corpus: CorpusStatistics,
): number {
  return weighedScore(weigh(terms, corpus), document, corpus);
}

const MENTIONED = 0.25;
const OF_CATEGORY = 0.2;

const tables = new WeakMap<Understanding, ReadonlyMap<string, Served>>();

/** For every concept of the thesaurus: how well it serves the query, and which wanted concept it serves. */
export function conceptTable(understanding: Understanding): ReadonlyMap<string, Served> {
  const known = tables.get(understanding);
  if (known !== undefined) return known;
  const table = new Map<string, Served>();
  for (const wanted of understanding.concepts)
    for (const [offered, near] of servedBy(wanted.id)) {
      const score = wanted.weight * near;
      if (score > (table.get(offered)?.score ?? 0)) table.set(offered, { score, id: wanted.id });
    }
  tables.set(understanding, table);
  return table;
}

export interface Served {
  readonly score: number;
  readonly id: string | undefined;
}

const NOT_SERVED: Served = { score: 0, id: undefined };

function conceptScore(table: ReadonlyMap<string, Served>, document: SearchDocument): Served {
  let best = NOT_SERVED;
  const offer = (id: string, share: number): void => {
    const served = table.get(id);
    if (served === undefined) return;
    const score = served.score * share;
    if (score > best.score) best = { score, id: served.id };
  };
  let share = document.certainty;
  for (const head of document.heads) {
    offer(head, share);
    share = document.certainty * 0.97;
  }
  for (const id of document.mentions) offer(id, MENTIONED);
  for (const id of document.category_things) offer(id, OF_CATEGORY);
  return best;
}

const ELSEWHERE = new Set(['outdoor', 'childrens', 'nursery']);

/** What the thing belongs to ("cover for a sofa") and where it is used; neither found nor contradicted is neutral. */
function surroundingsOf({
  context,
  settings,
  concepts,
}: Understanding): (document: SearchDocument) => number {
  const isAsked =
    settings.length > 0 ||
    concepts.some(
      ({ id }) => /^(outdoor|childrens)_/.test(id) || THESAURUS.get(id)?.gloss.match(/child|baby|garden/),
    );
  return (document) => {
    let factor = 1;
    for (const thing of context) {
      const isNear = (id: string): boolean => closeness(thing, id) > 0.8;
      factor *= document.mentions.some(isNear) || document.heads.some(isNear) ? 1.12 : 0.85;
    }
    for (const setting of settings) factor *= document.settings.includes(setting) ? 1.15 : 0.75;
    if (!isAsked && document.settings.some((setting) => ELSEWHERE.has(setting))) factor *= 0.93;
    return factor;
  };
}

function reason(
  understanding: Understanding,
  concept: string | undefined,
  strength: number,
  words: readonly string[],
  fit: Fit,
): string {
  const parts: string[] = [];
  const name = THESAURUS.get(concept ?? '')?.names[0];
  const source = understanding.concepts.find(({ id }) => id === concept)?.source;
  if (name && strength > 0.25)
    parts.push(
      source === 'meant'
        ? `fits the purpose (${name})`
        : strength > 0.85
          ? `is a ${name}`
          : `close to ${name}`,
    );
  if (words.length > 0)
    parts.push(`has the word${words.length > 1 ? 's' : ''} ${words.map((word) => `“${word}”`).join(', ')}`);
  parts.push(...fit.kept.filter((label) => label !== ''));
  if (parts.length === 0) parts.push('near in meaning');
  const text = parts.slice(0, 4).join('; ');
  return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}.`;
}

function sharesFor(understanding: Understanding): { concept: number; words: number; meaning: number } {
  if (understanding.concepts.length === 0) return SHARES_WITHOUT_CONCEPT;
  return understanding.concepts[0]?.source === 'named' ? SHARES : SHARES_BY_PURPOSE;
}

/** Scores candidates one by one, so that some can be judged while others are still being found. */
export function scorer<T>(
  understanding: Understanding,
  corpus: CorpusStatistics,
): (candidate: Candidate<T>) => Scored<T> {
  const shares = sharesFor(understanding);
  const { terms, concepts, settings } = understanding;
  const nothingButFacts = terms.length === 0 && concepts.length === 0 && settings.length === 0;
  const table = conceptTable(understanding);
  const weighed = weigh(terms, corpus);
  const surroundings = surroundingsOf(understanding);
  return (candidate) => {
    const { document, vector } = candidate;
    const served = conceptScore(table, document);
    const words = weighedScore(weighed, document, corpus);
    const meaning = Math.max(0, candidate.similarity ?? (vector ? cosine(understanding.vector, vector) : 0));
    const fit = fitFacts(understanding, document);
    const base = nothingButFacts
      ? 1
      : shares.concept * served.score + shares.words * words + shares.meaning * meaning;
    const score = Math.min(1, base * surroundings(document) * fit.factor);
    return { candidate, score, served, fit };
  };
}

/** The best `limit` first; of equal scores as `ordered` says, or as they came. */
export function rankScored<T>(
  understanding: Understanding,
  scored: readonly Scored<T>[],
  limit: number,
  ordered: (a: T, b: T) => number = () => 0,
): Ranked<T>[] {
  const { terms } = understanding;
  return lean(understanding.facts.leanings, scored)
    .sort((a, b) => b.score - a.score || ordered(a.candidate.item, b.candidate.item))
    .slice(0, limit)
    .map(({ candidate, score, served, fit }) => {
      const why = (): string => {
        const shared = terms.filter((term) => candidate.document.terms.has(term)).slice(0, 3);
        return reason(understanding, served.id, served.score, shared, fit);
      };
      return { item: candidate.item, score, why, satisfies: !fit.broken };
    });
}

/** The two in one. */
export function rank<T>(
  understanding: Understanding,
  candidates: Iterable<Candidate<T>>,
  corpus: CorpusStatistics,
  limit = 100,
): Ranked<T>[] {
  const judge = scorer<T>(understanding, corpus);
  return rankScored(understanding, [...candidates].map(judge), limit);
}

/** How far a wish for cheap or small things moves the least against the most of what fits. */
const LEANING = 0.25;

type Measure = keyof Understanding['facts']['leanings'];

function measureOf(measure: Measure, document: SearchDocument): number | undefined {
  if (measure === 'price') return document.price;
  const printed = document.printed_cm.find((size) => size.axis === undefined)?.values;
  if (measure === 'height')
    return document.height_cm ?? (printed && printed.length > 1 ? printed.at(-1) : undefined);
  return printed?.[0] ?? document.width_cm;
}

/** "Cheap", "small", "tall" tilt the order among what fits, by the place of the measure among those candidates. */
function lean<T>(leanings: Understanding['facts']['leanings'], ranked: readonly Scored<T>[]): Scored<T>[] {
  let leaned = [...ranked];
  const best = ranked.reduce((most, one) => Math.max(most, one.score), 0);
  for (const [measure, direction] of Object.entries(leanings) as [Measure, -1 | 1][]) {
    const values = leaned
      .filter((one) => one.score > 0.6 * best)
      .flatMap((one) => measureOf(measure, one.candidate.document) ?? [])
      .sort((a, b) => a - b);
    leaned = leaned.map((one) => {
      const own = measureOf(measure, one.candidate.document);
      if (own === undefined) return one;
      const place = values.filter((value) => value < own).length / Math.max(1, values.length);
      return { ...one, score: Math.min(1, one.score * (1 + LEANING * direction * (place - 0.5))) };
    });
  }
  return leaned;
}
