// A query read: what thing is wanted, what it is for, which facts it must satisfy, and which words remain to be found.
import type { UnderstoodFilter } from '../../../contract/catalog.ts';
import type { Embedder } from '../embedding/embedding.ts';
import { findColors, findMaterials } from './colors.ts';
import {
  ancestorsOf,
  closeness,
  findMentions,
  headsOf,
  inSetting,
  isSetting,
  type Mention,
  type Token,
  tokenize,
} from './concepts.ts';
import { readFacts } from './facts.ts';
import { conceptsMeant } from './meaning.ts';
import type { Facts } from './reader.ts';
import { correctStems, isTradeWord, splitWords, type Vocabulary } from './spelling.ts';
import { STOP_WORDS, stem, VAGUE_WORDS } from './words.ts';

export interface WantedConcept {
  readonly id: string;
  /** 0 to 1 */
  readonly weight: number;
  /** named in the query, or found by what it is for */
  readonly source: 'named' | 'meant';
}

export interface Understanding {
  readonly query: string;
  /** the query with typing errors corrected, or null */
  readonly corrected: string | null;
  readonly facts: Facts;
  readonly filters: readonly UnderstoodFilter[];
  readonly concepts: readonly WantedConcept[];
  /** concepts that describe the thing without being it: "sofa" in "cover for a sofa" */
  readonly context: readonly string[];
  readonly settings: readonly string[];
  readonly colors: readonly string[];
  readonly materials: readonly string[];
  /** content words to be found literally, as stems */
  readonly terms: readonly string[];
  readonly vector: Float32Array;
}

/** A named thing that the sentence only acts upon ("protect my settee") counts this much. */
const ACTED_UPON = 0.4;
/** Things so general that what they are for says more. */
const GENERAL_THINGS = new Set('seating storage part table lamp bed chair desk shelf'.split(' '));
/** Of those, the ones that hardly say more than "something". */
const VAGUE_THINGS = new Set(['seating', 'storage', 'part']);
const VAGUE_WEIGHT = 0.5;
/** A purpose that leads outside a general thing that was named ("seats for the boardroom" → a table) counts less. */
const OUTSIDE = 0.7;

interface Reading {
  readonly tokens: readonly Token[];
  readonly corrected: boolean;
}

function correctedTokens(rest: string, vocabulary: Vocabulary): Reading {
  const isKnown = (word: string): boolean =>
    vocabulary.frequency(stem(word)) > 0 || vocabulary.isCommon(word) || isTradeWord(stem(word));
  const apart = rest.replace(/[a-z]{6,}/gi, (word) =>
    isKnown(word.toLowerCase()) ? word : (splitWords(word.toLowerCase(), isKnown)?.join(' ') ?? word),
  );
  const tokens = tokenize(apart);
  const { stems, corrected } = correctStems(tokens, vocabulary);
  return {
    tokens: tokens.map((token, i) =>
      stems[i] === token.stem ? token : { ...token, word: stems[i]!, stem: stems[i]! },
    ),
    corrected,
  };
}

/** Verbs that open a wish: "climb up to reach high cupboards" looks for no cupboard. */
const ACTS = new Set(
  (
    'reach climb protect keep hang hide put prop stow stash hold carry show charge rest clean lift raise shelter organise ' +
    'organize tidy separate split divide decorate light mount fix replace repair renew refresh cover dry iron watch wheel'
  ).split(' '),
);

/** A verb and a possessive before the thing, or a verb that opens the wish: it is acted upon, not looked for. */
function isActedUpon(tokens: readonly Token[], head: Mention, describing: ReadonlySet<number>): boolean {
  const before = tokens.slice(0, head.from);
  const determined = before.some((token) => /^(my|the|our|your|their|his|her)$/.test(token.word));
  const acting = before.some(
    (token, i) => !STOP_WORDS.has(token.stem) && !VAGUE_WORDS.has(token.stem) && !describing.has(i),
  );
  const opens = ACTS.has(before[0]?.word ?? '') && before.length > 1;
  return opens || (determined && acting);
}

/** A kind of its own in that setting, found through a wider kind ("rocking chair" + outdoor → outdoor chair). */
const BESIDE = 0.65;

interface NamedConcept extends WantedConcept {
  readonly general: boolean;
}

function named(
  tokens: readonly Token[],
  mentions: readonly Mention[],
  describing: ReadonlySet<number>,
): NamedConcept[] {
  const things = mentions.filter((mention) => !isSetting(mention.id));
  if (things.length === 0) return [];
  const heads = headsOf(tokens, mentions);
  const settings = mentions.filter((mention) => isSetting(mention.id)).map((mention) => mention.id);
  return heads.flatMap((head) => {
    const weight = isActedUpon(tokens, head, describing) ? ACTED_UPON : 1;
    const own = { id: head.id, weight, source: 'named' as const, general: GENERAL_THINGS.has(head.id) };
    const composed = settings
      .map((setting) => inSetting(head.id, setting))
      .find((found) => found !== undefined);
    if (!composed) return [own];
    const there = { ...own, id: composed.id, weight: composed.exact ? weight : BESIDE * weight };
    return composed.exact ? [there] : [own, there];
  });
}

/** What the query says beyond the thing it names and how it looks; empty where only a place is left ("garden chair"). */
function purposeOf(
  tokens: readonly Token[],
  mentions: readonly Mention[],
  describing: ReadonlySet<number>,
): string {
  const things = mentions.filter((mention) => !isSetting(mention.id));
  const all = things.length > 0 ? headsOf(tokens, mentions) : [];
  const heads = all.filter((head) => !isActedUpon(tokens, head, describing));
  const taken = new Set([...heads.flatMap((head) => range(head.from, head.to)), ...describing]);
  const settings = new Set(
    mentions.filter((mention) => isSetting(mention.id)).flatMap((one) => range(one.from, one.to)),
  );
  const left = tokens
    .map((token, i) => ({ ...token, i }))
    .filter(
      ({ stem, word, i }) =>
        !taken.has(i) && !STOP_WORDS.has(stem) && !VAGUE_WORDS.has(stem) && !/^\d/.test(word),
    );
  const says = heads.length > 0 ? left.some(({ i }) => !settings.has(i)) : left.length > 0;
  return says ? left.map(({ stem }) => stem).join(' ') : '';
}

/** A general thing that was named steps back this much where its purpose points clearly to one kind. */
const GENERAL_BESIDE_CLEAR = 0.8;
const CLEAR = 0.5;

/** Named things and those found by purpose in one list. `purpose` holds the query's words without the named things. */
function join(named: readonly NamedConcept[], purpose: string, embedder: Embedder): WantedConcept[] {
  const plain = (concept: NamedConcept, weight = concept.weight): WantedConcept => ({
    id: concept.id,
    weight,
    source: 'named',
  });
  const meant = purpose === '' ? [] : conceptsMeant(purpose, embedder);
  const best = meant[0]?.weight ?? 0;
  if (best === 0) return named.map((concept) => plain(concept));
  const frames = named.filter((concept) => concept.weight === 1).map((concept) => concept.id);
  const isInside = (id: string): boolean =>
    frames.length === 0 || frames.some((frame) => closeness(frame, id) > 0.7);
  const clear = best > CLEAR && isInside(meant[0]!.id);
  // "A couch that turns into a bed": what it is for leads to a kind beside the one named.
  const beside = (id: string): boolean =>
    best > CLEAR && id === meant[0]!.id && frames.some((frame) => closeness(frame, id) >= 0.5);
  const led = meant.some(({ id }) => beside(id));
  const joined = new Map<string, WantedConcept>();
  for (const concept of named) {
    const factor = VAGUE_THINGS.has(concept.id)
      ? VAGUE_WEIGHT
      : (concept.general && clear) || led
        ? GENERAL_BESIDE_CLEAR
        : 1;
    joined.set(concept.id, plain(concept, concept.weight * factor));
  }
  const sure = named.some((concept) => concept.weight === 1 && !concept.general);
  const scale = sure ? 0.5 : named.length > 0 ? 0.95 : 1;
  for (const { id, weight } of meant) {
    const of = beside(id) ? 1 : scale * (isInside(id) ? 1 : OUTSIDE) * (isSmallPart(id) ? PART : 1);
    const own = of * Math.min(1, 0.6 + weight) * (weight / best) ** 3;
    const before = joined.get(id);
    if (own > (before?.weight ?? 0)) joined.set(id, { id, weight: own, source: before?.source ?? 'meant' });
  }
  return [...joined.values()].sort((a, b) => b.weight - a.weight);
}

/** Who describes a need rarely means a part, but for covers and cushions. */
const PART = 0.6;
const isSmallPart = (id: string): boolean =>
  ancestorsOf(id).has('part') && id !== 'cover' && id !== 'cushion';

export interface UnderstandOptions {
  readonly vocabulary: Vocabulary;
  readonly embedder: Embedder;
  /** ids of understood filters the user removed */
  readonly ignore?: readonly string[];
}

export function understand(query: string, options: UnderstandOptions): Understanding {
  const { vocabulary, embedder } = options;
  const ignore = new Set(options.ignore ?? []);
  const { facts, filters, rest } = readFacts(query, options.ignore);
  const { tokens, corrected } = correctedTokens(rest, vocabulary);
  const stems = tokens.map((token) => token.stem);
  const looks = [...findColors(stems), ...findMaterials(stems)];
  const shades = new Set(looks.filter((one) => one.to - one.from > 1).map((one) => one.from));
  const mentions = findMentions(tokens).filter(({ from, to }) => to - from > 1 || !shades.has(from));
  // The glass of a "coffee table with glass top" is a material; that of a "glass-door cabinet" is a part of its name.
  const heads = new Set(headsOf(tokens, mentions).map((head) => head.id));
  const ofPart = ({ id }: Mention): boolean => !heads.has(id) && ancestorsOf(id).has('part');
  const inName = new Set(
    mentions.filter((mention) => !ofPart(mention)).flatMap((mention) => range(mention.from, mention.to)),
  );
  const outside = <T extends { from: number; value: string }>(found: T[], kind: string): T[] =>
    found.filter((one) => !inName.has(one.from) && !ignore.has(`${kind}:${one.value}`));
  const colors = outside(findColors(stems), 'color');
  const materials = outside(findMaterials(stems), 'material');
  const describing = new Set([...colors, ...materials].flatMap((one) => range(one.from, one.to)));
  const text = stems.join(' ');
  const namedConcepts = named(tokens, mentions, describing);
  const headIds = new Set(
    namedConcepts.filter((concept) => concept.weight === 1).map((concept) => concept.id),
  );
  return {
    query,
    corrected: corrected ? tokens.map((token) => token.word).join(' ') : null,
    facts,
    filters: [
      ...filters,
      ...describingFilters(tokens, colors, 'color'),
      ...describingFilters(tokens, materials, 'material'),
    ],
    concepts: join(namedConcepts, purposeOf(tokens, mentions, describing), embedder),
    context: mentions
      .filter((mention) => !isSetting(mention.id) && !headIds.has(mention.id))
      .map((mention) => mention.id),
    settings: [...new Set(mentions.filter((mention) => isSetting(mention.id)).map((mention) => mention.id))],
    colors: [...new Set(colors.map((one) => one.value))],
    materials: [...new Set(materials.map((one) => one.value))],
    terms: tokens
      .filter((token) => !STOP_WORDS.has(token.stem) && !VAGUE_WORDS.has(token.stem))
      .map((token) => token.stem),
    vector: embedder.embed(text),
  };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

function describingFilters(
  tokens: readonly Token[],
  found: readonly { value: string; from: number; to: number }[],
  kind: 'color' | 'material',
): UnderstoodFilter[] {
  return found.map(({ value, from, to }) => ({
    id: `${kind}:${value}`,
    kind,
    label: kind === 'color' ? `Colour: ${value}` : `Material: ${value}`,
    quote: tokens
      .slice(from, to)
      .map((token) => token.word)
      .join(' '),
    value,
  }));
}
