// Owns what a file store is, whichever it is: its interface, which keys are allowed, and the measuring of data.

import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';

export interface FileStat {
  key: string;
  /** Bytes. */
  size: number;
  content_type: string;
  modified_at: Date;
  tier: FileTier;
}

export interface StoredFile {
  /** Bytes. */
  size: number;
  /** Hexadecimal SHA-256 of the contents. */
  sha256: string;
}

/** Where a file is kept: at hand, or in cheaper storage that is slower to read and costs to take from. */
export type FileTier = 'hot' | 'cold';

export type FileData = Uint8Array | AsyncIterable<Uint8Array>;

export interface Files {
  readonly mode: 'local' | 's3';
  /** Stores the data under the key, in place of what was there; durable when it resolves. A stream that fails stores nothing. */
  put(key: string, data: FileData, options: { content_type: string }): Promise<StoredFile>;
  /** The contents as a stream; rejects with `code: 'ENOENT'` when there is no such file. */
  get(key: string): Promise<Readable>;
  /** The contents at once; for files known to be small. */
  read(key: string): Promise<Buffer>;
  stat(key: string): Promise<FileStat | undefined>;
  /** Deleting what is not there is no error. */
  delete(key: string): Promise<void>;
  /** Every file whose key starts with `prefix`, in no promised order. */
  list(prefix: string): AsyncIterable<FileStat>;
  /** Moves a file between the tiers; its contents and key stay, and it can be read from either. Rejects with ENOENT when there is none. */
  setTier(key: string, tier: FileTier): Promise<void>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

const MAX_KEY = 512;

/** Throws unless the key is made of plain names (letters, digits, `_`, `-`, `.`, not first) separated by `/`. */
export function assertKey(key: string): void {
  const names = key.split('/');
  const plain = names.every((name) => /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(name));
  if (!plain || key.length > MAX_KEY) {
    throw new Error(`Not a file key: ${JSON.stringify(key.slice(0, 100))}`);
  }
}

/** As assertKey, for the beginning of keys: it may be empty, end in `/` or in part of a name. */
export function assertPrefix(prefix: string): void {
  if (prefix !== '') assertKey(prefix.endsWith('/') ? `${prefix}x` : prefix);
}

export function missingFile(key: string, cause?: unknown): Error {
  return Object.assign(new Error(`There is no file ${key}`, { cause }), { code: 'ENOENT' });
}

/** Passes the data on while measuring it. */
export function measured(data: FileData): { chunks: AsyncGenerator<Uint8Array>; result(): StoredFile } {
  const hash = createHash('sha256');
  let size = 0;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for await (const chunk of data instanceof Uint8Array ? [data] : data) {
      hash.update(chunk);
      size += chunk.length;
      yield chunk;
    }
  }
  return { chunks: chunks(), result: () => ({ size, sha256: hash.digest('hex') }) };
}
