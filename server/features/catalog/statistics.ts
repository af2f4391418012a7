// How often words occur in the catalogue: counted along with an import, and kept in memory as long as nothing changes.
import type { Embedder } from '../../../engine/catalog/embedding/embedding.ts';
import { type Corpus, corpusOf } from '../../../engine/catalog/rank/corpus.ts';
import { loadDocument, type StoredDocument } from '../../../engine/catalog/rank/stored.ts';
import type { Tx } from '../../platform/postgres.ts';
import type { Derived } from './products.ts';
import * as write from './sql/write.ts';

/** Beyond this many words the rarest are forgotten: they are codes and numbers more than words. */
const MOST_TERMS = 80_000;

/** What one batch adds to the counts and takes from them. */
export class TermChanges {
  private readonly terms = new Map<string, number>();
  private documents = 0;
  private length = 0;

  add({ words, length }: Pick<Derived, 'words' | 'length'>): void {
    this.change(words === '' ? [] : words.split(' '), length, 1);
  }

  remove(stored: unknown): void {
    if (stored === null || typeof stored !== 'object') return;
    const { terms, length } = loadDocument(stored as StoredDocument);
    this.change(terms.keys(), length, -1);
  }

  private change(terms: Iterable<string>, length: number, by: 1 | -1): void {
    this.documents += by;
    this.length += by * length;
    for (const term of terms) {
      if (!/\d/.test(term)) this.terms.set(term, (this.terms.get(term) ?? 0) + by);
    }
  }

  get isEmpty(): boolean {
    return this.documents === 0 && this.terms.size === 0;
  }

  /** Adds the changes to the stored counts; call it while the catalogue is locked. */
  async save(tx: Tx): Promise<void> {
    const before = await write.readStatistics(tx);
    const terms = new Map(Object.entries(before.terms));
    for (const [term, change] of this.terms) {
      const count = (terms.get(term) ?? 0) + change;
      if (count > 0) terms.set(term, count);
      else terms.delete(term);
    }
    const kept =
      terms.size > MOST_TERMS ? [...terms].sort((a, b) => b[1] - a[1]).slice(0, MOST_TERMS) : [...terms];
    await write.writeStatistics(tx, {
      documents: Math.max(0, before.documents + this.documents),
      total_length: Math.max(0, before.total_length + this.length),
      terms: Object.fromEntries(kept),
    });
  }
}

export interface CatalogState {
  readonly corpus: Corpus;
  readonly version: number;
}

export interface CorpusCache {
  /** The counts of this version of the catalogue; they are read where another version was kept. */
  of(tx: Tx, version: number): Promise<CatalogState>;
}

export function makeCorpusCache(embedder: () => Embedder): CorpusCache {
  let kept: CatalogState | undefined;
  return {
    async of(tx, version) {
      if (kept?.version === version) return kept;
      const statistics = await write.readStatistics(tx);
      const { documents, total_length } = statistics;
      const frequencies = new Map(Object.entries(statistics.terms));
      const totals = { documents, average_length: documents > 0 ? total_length / documents : 0 };
      const words = embedder();
      kept = {
        corpus: corpusOf(frequencies, totals, (word) => words.knows(word)),
        version: statistics.version,
      };
      return kept;
    },
  };
}
