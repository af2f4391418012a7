// What the search knows of a catalogue as a whole: how often words occur, for their weight and for correcting spelling.
import type { Vocabulary } from '../query/spelling.ts';
import type { SearchDocument } from './document.ts';
import type { CorpusStatistics } from './score.ts';

export type Corpus = CorpusStatistics & Vocabulary;

/** @param isCommon whether a word is common English (the embedder's `knows`) */
export function corpusOf(
  frequencies: ReadonlyMap<string, number>,
  totals: { readonly documents: number; readonly average_length: number },
  isCommon: (word: string) => boolean,
): Corpus {
  const byLength = new Map<number, string[]>();
  for (const word of frequencies.keys()) {
    if (/\d/.test(word)) continue;
    const words = byLength.get(word.length) ?? [];
    words.push(word);
    byLength.set(word.length, words);
  }
  return {
    documents: totals.documents,
    average_length: totals.average_length,
    frequency: (stem) => frequencies.get(stem) ?? 0,
    near: (length) => [-2, -1, 0, 1, 2].flatMap((change) => byLength.get(length + change) ?? []),
    isCommon,
  };
}

export function countTerms(documents: Iterable<SearchDocument>, isCommon: (word: string) => boolean): Corpus {
  const frequencies = new Map<string, number>();
  let count = 0;
  let length = 0;
  for (const document of documents) {
    count += 1;
    length += document.length;
    for (const term of document.terms.keys()) frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
  }
  return corpusOf(
    frequencies,
    { documents: count, average_length: count > 0 ? length / count : 0 },
    isCommon,
  );
}
