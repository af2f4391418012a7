// Reads the word vectors from their file, once a process.
import { readFileSync } from 'node:fs';
import { createEmbedder, type Embedder, WORD_TABLE_URL } from './embedding.ts';

let loaded: Embedder | undefined;

/** The embedder of this release; the first call reads 9.5 MB (about 30 ms). */
export function loadEmbedder(): Embedder {
  loaded ??= createEmbedder(readFileSync(WORD_TABLE_URL));
  return loaded;
}
