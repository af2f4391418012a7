// Offline text embeddings of 384 dimensions: the weighted mean of word vectors, with phrases, compounds and unknown names.
// Pure: the caller reads the file named by WORD_TABLE_URL and hands over its bytes.
import { decodeWordTable, type WordTable } from './word-table.ts';

/** Stored beside every vector; vectors of different ids are never compared. */
export const EMBEDDING_MODEL_ID = 'ofs-words-384-v1';
export const EMBEDDING_DIMENSIONS = 384;
export const WORD_TABLE_URL = new URL('./words.bin', import.meta.url);

/** Words in the longest phrase of the table. */
const LONGEST_PHRASE = 3;
/** Weight of a name that no table knows: enough that equal names meet, too little to outweigh meaning. */
const UNKNOWN_WEIGHT = 0.35;
/** What share of a word's weight a half of a compound brings. */
const COMPOUND_WEIGHT = 0.8;

const STOP_WORDS = new Set(
  'a an and are as at be been but by can do for from has have i in into is it its me my of on onto or our so that the their them these they this those to up us was we were what when where which who will with you your cm mm inch inches in ft set pcs'.split(
    ' ',
  ),
);

export interface Embedder {
  readonly model_id: string;
  /** Unit length, or all zeros where the text has no word. */
  embed(text: string): Float32Array;
  /** Whether the table has this word itself. */
  knows(word: string): boolean;
}

/** Lower case without accents, split at everything that is no letter or digit. */
export function embeddingTokens(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((token) => token !== '');
}

/** Other forms under which a word may stand in the table: singular, stem of -ing and -ed, without a possessive s. */
function forms(word: string): string[] {
  const found = [word];
  if (word.length > 3 && word.endsWith('ies')) found.push(`${word.slice(0, -3)}y`);
  if (word.length > 4 && /(ch|sh|s|x|z)es$/.test(word)) found.push(word.slice(0, -2));
  if (word.length > 3 && word.endsWith('s')) found.push(word.slice(0, -1));
  if (word.length > 5 && word.endsWith('ing')) found.push(word.slice(0, -3), `${word.slice(0, -3)}e`);
  if (word.length > 4 && word.endsWith('ed')) found.push(word.slice(0, -2), word.slice(0, -1));
  return found;
}

function hash(text: string): number {
  let value = 2166136261;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 16777619);
  return value >>> 0;
}

/** Signed feature hashing of a word's letter triples, so that spellings that share most triples stay close. */
function addUnknown(word: string, sum: Float32Array): void {
  const marked = `<${word}>`;
  const triples = Math.max(1, marked.length - 2);
  const size = UNKNOWN_WEIGHT / Math.sqrt(triples * 4);
  for (let i = 0; i < triples; i += 1) {
    let seed = hash(marked.slice(i, i + 3));
    for (let k = 0; k < 4; k += 1) {
      seed = Math.imul(seed ^ (seed >>> 15), 0x2c1b3c6d) >>> 0;
      sum[seed % EMBEDDING_DIMENSIONS]! += seed & 0x10000 ? size : -size;
    }
  }
}

/** What a single word adds: a row, the two rows of a compound, or its letters. */
type Part = number | readonly [number, number] | 'unknown';

/** So many words are remembered with their part; then the memory begins anew. */
const MOST_REMEMBERED = 30_000;

class WordEmbedder implements Embedder {
  readonly model_id = EMBEDDING_MODEL_ID;
  private readonly table: WordTable;
  /** First words of phrases: before any other word no phrase need be looked for. */
  private readonly openers: ReadonlySet<string>;
  private readonly parts = new Map<string, Part>();

  constructor(table: WordTable) {
    this.table = table;
    const phrases = [...table.rowOf.keys()].filter((name) => name.includes(' '));
    this.openers = new Set(phrases.map((phrase) => phrase.slice(0, phrase.indexOf(' '))));
  }

  knows(word: string): boolean {
    return this.table.rowOf.has(word);
  }

  embed(text: string): Float32Array {
    const sum = new Float32Array(EMBEDDING_DIMENSIONS);
    const tokens = embeddingTokens(text);
    for (let at = 0; at < tokens.length; ) at += this.addAt(tokens, at, sum);
    let square = 0;
    for (const value of sum) square += value * value;
    const length = Math.sqrt(square);
    if (length > 0) for (let d = 0; d < sum.length; d += 1) sum[d]! /= length;
    return sum;
  }

  /** Adds the phrase or word that begins here and says how many tokens it took. */
  private addAt(tokens: readonly string[], at: number, sum: Float32Array): number {
    const word = tokens[at]!;
    for (let count = this.openers.has(word) ? LONGEST_PHRASE : 1; count > 1; count -= 1) {
      if (at + count > tokens.length) continue;
      const row = this.rowOf(tokens.slice(at, at + count).join(' '));
      if (row !== undefined) {
        this.addRow(row, Math.sqrt(count), sum);
        return count;
      }
    }
    if (STOP_WORDS.has(word) || /^\d/.test(word)) return 1;
    const part = this.partOf(word);
    if (part === 'unknown') addUnknown(word, sum);
    else if (typeof part === 'number') this.addRow(part, 1, sum);
    else for (const row of part) this.addRow(row, COMPOUND_WEIGHT, sum);
    return 1;
  }

  private partOf(word: string): Part {
    const known = this.parts.get(word);
    if (known !== undefined) return known;
    const part = this.rowOf(word) ?? this.compoundOf(word) ?? 'unknown';
    if (this.parts.size >= MOST_REMEMBERED) this.parts.clear();
    this.parts.set(word, part);
    return part;
  }

  private rowOf(word: string): number | undefined {
    for (const form of forms(word)) {
      const row = this.table.rowOf.get(form);
      if (row !== undefined) return row;
    }
    return undefined;
  }

  /** "bedframe" as bed + frame: both halves known, each at least three letters, the most even split. */
  private compoundOf(word: string): readonly [number, number] | undefined {
    if (word.length < 7) return undefined;
    const middle = word.length / 2;
    const cuts = Array.from({ length: word.length - 5 }, (_, i) => i + 3).sort(
      (a, b) => Math.abs(a - middle) - Math.abs(b - middle),
    );
    for (const cut of cuts) {
      const left = this.table.rowOf.get(word.slice(0, cut));
      const right = this.rowOf(word.slice(cut));
      if (left !== undefined && right !== undefined) return [left, right];
    }
    return undefined;
  }

  private addRow(row: number, weight: number, sum: Float32Array): void {
    const { scales, values, dimensions } = this.table;
    const scale = scales[row]! * weight;
    const start = row * dimensions;
    for (let d = 0; d < EMBEDDING_DIMENSIONS; d += 1) sum[d]! += values[start + d]! * scale;
  }
}

/** @param bytes the content of the file at WORD_TABLE_URL */
export function createEmbedder(bytes: Uint8Array): Embedder {
  const table = decodeWordTable(bytes);
  if (table.dimensions !== EMBEDDING_DIMENSIONS) {
    throw new Error(
      `the word vectors have ${table.dimensions} dimensions where ${EMBEDDING_DIMENSIONS} are needed`,
    );
  }
  return new WordEmbedder(table);
}

/** Of unit vectors: 1 is the same direction. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let d = 0; d < a.length; d += 1) sum += a[d]! * b[d]!;
  return sum;
}
