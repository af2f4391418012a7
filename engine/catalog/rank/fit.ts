// Whether a product keeps the facts of a query, and how far off it is where it does not.
import { isMaterial } from '../query/colors.ts';
import { findMentions, tokenize } from '../query/concepts.ts';
import type { SizeFact } from '../query/reader.ts';
import { THESAURUS } from '../query/thesaurus.ts';
import type { Understanding } from '../query/understand.ts';
import { stem, wordsOf } from '../query/words.ts';
import type { PrintedSize, SearchDocument } from './document.ts';

/** Which printed number of a group tells an axis: sizes are printed width × depth × height, or width × height. */
function printedAlong(axis: SizeFact['axis'], { values, axis: told }: PrintedSize): readonly number[] {
  if (axis === 'any') return values;
  if (told !== undefined) return told === axis || (axis === 'length' && told === 'width') ? values : [];
  if (axis === 'width') return values.slice(0, 1);
  if (axis === 'length') return [Math.max(...values)];
  if (axis === 'height') return values.length > 1 ? values.slice(-1) : [];
  return values.slice(1, 2);
}

/** Both numbers of "160 by 200" must come from one source: the columns, or one printed size. */
function sizesFit(sizes: readonly SizeFact[], document: SearchDocument): number {
  const { width_cm, depth_cm, height_cm } = document;
  const columns = {
    width: [width_cm],
    depth: [depth_cm],
    height: [height_cm],
    length: [width_cm, depth_cm],
    any: [width_cm, depth_cm, height_cm],
  };
  const fromColumns = (axis: SizeFact['axis']): number[] =>
    columns[axis].filter((value) => value !== undefined);
  const sources: ((axis: SizeFact['axis']) => readonly number[])[] = [
    ...document.printed_cm.map((group) => (axis: SizeFact['axis']) => printedAlong(axis, group)),
    fromColumns,
  ];
  const fits = sources.map((source) =>
    sizes.reduce((product, size) => product * sizeFit(size, source(size.axis)), 1),
  );
  return Math.max(...fits);
}

function sizeFit(size: SizeFact, values: readonly number[]): number {
  if (values.length === 0) return 0.45;
  const ranges = [size, ...(size.other ? [size.other] : [])];
  const off = (value: number, min: number, max: number): number =>
    (value < min ? min / value : value / max) - 1;
  const least = Math.min(
    ...values.flatMap((value) => ranges.map((range) => off(value, range.min_cm, range.max_cm))),
  );
  if (least <= 0) return 1;
  return least < 0.1 ? 0.65 : least < 0.25 ? 0.5 : 0.35;
}

interface Unwanted {
  readonly stems: readonly string[];
  /** What says that it is there, and what says that it is not. */
  readonly told: readonly { readonly yes: RegExp; readonly no: RegExp }[];
}

const unwantedWords = new Map<string, Unwanted>();
const MOST_UNWANTED = 500;

/** The words after "without", read once for all candidates of a search. */
function unwantedBy(words: string): Unwanted {
  const known = unwantedWords.get(words);
  if (known !== undefined) return known;
  const stems = wordsOf(words)
    .map(stem)
    .filter((word) => word !== 'or' && word !== 'nor');
  const synonyms = findMentions(tokenize(words)).flatMap(({ id }) => THESAURUS.get(id)?.names ?? []);
  const phrases = [...new Set([...stems, ...synonyms.map((name) => name.replace(/s$/, ''))])].filter(
    (name) => name.length > 3 || name === 'arm',
  );
  const told = phrases.map((phrase) => ({
    no: new RegExp(`\\b(?:without|no|w/o|free of) (?:\\w+ )?${phrase}|\\b${phrase}less`, 'g'),
    yes: new RegExp(`\\b${phrase}(?:s|es|rests?)?\\b`),
  }));
  if (unwantedWords.size >= MOST_UNWANTED) unwantedWords.clear();
  const unwanted = { stems, told };
  unwantedWords.set(words, unwanted);
  return unwanted;
}

function lacks(words: string, document: SearchDocument): boolean {
  const { stems, told } = unwantedBy(words);
  if (stems.some((word) => document.colors.includes(word) || document.materials.includes(word))) return false;
  return !told.some(({ yes, no }) => yes.test(document.features.replace(no, ' ')));
}

export interface Fit {
  factor: number;
  readonly kept: string[];
  broken: boolean;
}

export function fitFacts(understanding: Understanding, document: SearchDocument): Fit {
  const { facts } = understanding;
  const fit: Fit = { factor: 1, kept: [], broken: false };
  const judge = (holds: boolean, label: string, otherwise: number): void => {
    if (holds) fit.kept.push(label);
    else {
      fit.factor *= otherwise;
      fit.broken = true;
    }
  };
  if (facts.max_price !== undefined)
    judge(document.price <= facts.max_price, `${document.price} is within ${facts.max_price}`, 0.12);
  if (facts.min_price !== undefined)
    judge(document.price >= facts.min_price, `from ${facts.min_price}`, 0.12);
  if (facts.sizes.length > 0) {
    const size = sizesFit(facts.sizes, document);
    judge(size > 0.9, 'size fits', size);
  }
  if (facts.seats !== undefined)
    judge(document.seats === facts.seats, `for ${facts.seats}`, seatsFit(facts.seats, document.seats));
  for (const { noun, count } of facts.counts)
    judge(document.counts.get(noun) === count, `${count} ${noun}s`, 0.6);
  for (const words of facts.without) judge(lacks(words, document), `without ${words}`, 0.2);
  if (facts.certification !== undefined)
    judge(certified(facts.certification, document), facts.certification, 0.3);
  if (facts.max_lead_time_days !== undefined && document.lead_time_days !== undefined) {
    judge(document.lead_time_days <= facts.max_lead_time_days, `${document.lead_time_days} days`, 0.3);
  }
  if (facts.in_stock !== undefined && document.in_stock !== undefined)
    judge(document.in_stock, 'in stock', 0.4);
  judgeLooks(understanding, document, judge);
  return fit;
}

function judgeLooks(
  understanding: Understanding,
  document: SearchDocument,
  judge: (holds: boolean, label: string, otherwise: number) => void,
): void {
  if (understanding.colors.length > 0) {
    const found = understanding.colors.filter((color) => document.colors.includes(color));
    judge(found.length > 0, found.join(', '), document.colors.length === 0 ? 0.6 : 0.4);
  }
  if (understanding.materials.length > 0) {
    const found = understanding.materials.filter((wanted) =>
      document.materials.some((own) => isMaterial(own, wanted)),
    );
    judge(found.length > 0, found.join(', '), document.materials.length === 0 ? 0.6 : 0.45);
  }
}

function seatsFit(wanted: number, own: number | undefined): number {
  if (own === undefined) return 0.55;
  return own > wanted && own <= wanted + 2 ? 0.6 : 0.35;
}

function certified(wanted: string, document: SearchDocument): boolean {
  const level = /LEVEL (\d)/.exec(wanted)?.[1];
  return document.certifications.some((own) => {
    if (level) return Number(/LEVEL (\d)/.exec(own)?.[1] ?? 0) >= Number(level);
    return own.toLowerCase() === wanted.toLowerCase();
  });
}
