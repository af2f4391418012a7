// From what people say a thing is for ("somewhere to hang my clothes") to the furniture that does it: words of the query
// against the names and purposes of every concept, literally and by the nearness of word vectors.
import { cosine, type Embedder } from '../embedding/embedding.ts';
import { findMentions, isSetting, tokenize } from './concepts.ts';
import { THESAURUS } from './thesaurus.ts';
import { STOP_WORDS, stem, VAGUE_WORDS, wordsOf } from './words.ts';

export interface MeantConcept {
  readonly id: string;
  /** 0 to 1 */
  readonly weight: number;
}

interface Purpose {
  readonly id: string;
  readonly stems: ReadonlySet<string>;
  readonly vector: Float32Array;
}

interface Purposes {
  readonly all: readonly Purpose[];
  /** inverse frequency of a stem among the purposes */
  readonly rarity: ReadonlyMap<string, number>;
  readonly vectors: ReadonlyMap<string, Float32Array>;
  /** Related stems of the words met last: people ask with the same few thousand words. */
  readonly related: Map<string, ReadonlyMap<string, number>>;
}

const MOST_RELATED = 3_000;

const contentStems = (text: string): string[] =>
  wordsOf(text)
    .map(stem)
    .filter((word) => !STOP_WORDS.has(word) && !VAGUE_WORDS.has(word) && !/^\d/.test(word));

const prepared = new WeakMap<Embedder, Purposes>();

function prepare(embedder: Embedder): Purposes {
  const known = prepared.get(embedder);
  if (known) return known;
  const all = [...THESAURUS.values()]
    .filter((entry) => !isSetting(entry.id) && entry.gloss !== '')
    .map((entry) => {
      const text = `${entry.names.slice(0, 3).join(' ')} ${entry.gloss}`;
      const stems = new Set(contentStems(`${entry.names.join(' ')} ${entry.gloss}`));
      return { id: entry.id, stems, vector: embedder.embed(text) };
    });
  const counts = new Map<string, number>();
  for (const purpose of all) for (const word of purpose.stems) counts.set(word, (counts.get(word) ?? 0) + 1);
  const rarity = new Map([...counts].map(([word, count]) => [word, Math.log(1 + all.length / count)]));
  const vectors = new Map([...counts.keys()].map((word) => [word, embedder.embed(word)]));
  const purposes = { all, rarity, vectors, related: new Map() };
  prepared.set(embedder, purposes);
  return purposes;
}

/** Nearness of two words below which they say nothing about one another. */
const NEAR_WORD = 0.45;
const LITERAL_SHARE = 0.65;
const LEAST = 0.16;
const MOST_CONCEPTS = 6;

/** For each word of the query: the stems that mean about the same, with how nearly. */
function relatedStems(word: string, embedder: Embedder, purposes: Purposes): ReadonlyMap<string, number> {
  const known = purposes.related.get(word);
  if (known !== undefined) return known;
  const related = new Map<string, number>();
  if (purposes.rarity.has(word)) related.set(word, 1);
  const vector = embedder.embed(word);
  for (const [other, own] of purposes.vectors) {
    const value = cosine(vector, own);
    if (other !== word && value > NEAR_WORD) related.set(other, 0.8 * value);
  }
  if (purposes.related.size >= MOST_RELATED) purposes.related.clear();
  purposes.related.set(word, related);
  return related;
}

/** Where a thing stands says less than what it is for. */
const WHERE = 0.6;

function settingStems(text: string): ReadonlySet<string> {
  const tokens = tokenize(text);
  const settings = findMentions(tokens).filter((mention) => isSetting(mention.id));
  return new Set(settings.flatMap(({ from, to }) => tokens.slice(from, to).map((token) => token.stem)));
}

/** @param text what is left of the query after its facts; at most six concepts, best first */
export function conceptsMeant(text: string, embedder: Embedder): MeantConcept[] {
  const purposes = prepare(embedder);
  const stems = contentStems(text);
  if (stems.length === 0) return [];
  const unknownRarity = Math.log(1 + purposes.all.length);
  const where = settingStems(text);
  const wanted = stems.map((word) => ({
    rarity: (purposes.rarity.get(word) ?? unknownRarity * 0.6) * (where.has(word) ? WHERE : 1),
    related: relatedStems(word, embedder, purposes),
  }));
  const whole = wanted.reduce((sum, { rarity }) => sum + rarity, 0);
  const vector = embedder.embed(text);
  const scored = purposes.all.map((purpose) => {
    let found = 0;
    for (const { rarity, related } of wanted) {
      let best = 0;
      for (const [word, nearness] of related) if (nearness > best && purpose.stems.has(word)) best = nearness;
      found += rarity * best;
    }
    const meaning = Math.max(0, cosine(vector, purpose.vector));
    return { id: purpose.id, weight: LITERAL_SHARE * (found / whole) + (1 - LITERAL_SHARE) * meaning };
  });
  return scored
    .filter(({ weight }) => weight > LEAST)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MOST_CONCEPTS);
}
