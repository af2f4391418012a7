// What the ranking knows of the products, held in memory: a search then fetches ids, not documents. A product's entry counts
// for one version of its row; after any change it is read anew. Bounded: beyond MOST the longest unused make room.
import { setTimeout as pause } from 'node:timers/promises';
import { type CompactVector, compactVector } from '../../../engine/catalog/embedding/compact.ts';
import { EMBEDDING_DIMENSIONS, EMBEDDING_MODEL_ID } from '../../../engine/catalog/embedding/embedding.ts';
import type { SearchDocument } from '../../../engine/catalog/rank/document.ts';
import { loadDocument, Shared, type StoredDocument } from '../../../engine/catalog/rank/stored.ts';
import type { Postgres, Tx } from '../../platform/postgres.ts';
import { type CandidateRow, type ShelfRow, shelfRows, shelfRowsAfter } from './sql/search.ts';

export interface Shelved {
  readonly id: string;
  readonly version: string;
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  readonly subcategory: string | null;
  readonly brand: string | null;
  readonly list_price: number;
  readonly lead_time_days: number | null;
  readonly carbon: number | null;
  /** ms since 1970 */
  readonly created_at: number;
  readonly document: SearchDocument;
  /** Absent where none of today's model is stored. */
  readonly vector: CompactVector | undefined;
}

/** About 2 KB each. */
const MOST = 60_000;
const MOST_SHARED = 400_000;
const PAGE = 200;
const PAUSE_MS = 20;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

function vectorOf(bytes: Buffer | null): CompactVector | undefined {
  if (bytes === null || bytes.length < 4 + 4 * EMBEDDING_DIMENSIONS) return undefined;
  const vector = new Float32Array(EMBEDDING_DIMENSIONS);
  for (let d = 0; d < EMBEDDING_DIMENSIONS; d += 1) vector[d] = bytes.readFloatBE(4 + 4 * d);
  return compactVector(vector);
}

export class Shelf {
  private readonly kept = new Map<string, Shelved>();
  private readonly most: number;
  private shared = new Shared();
  private filled: Promise<void> | undefined;

  constructor(most = MOST) {
    this.most = most;
  }

  get size(): number {
    return this.kept.size;
  }

  /** The candidates with what is known of them; what is not known, or is of another version, is read first. */
  async of(tx: Tx, candidates: readonly CandidateRow[]): Promise<Shelved[]> {
    const found = new Map<string, Shelved>();
    const missing: string[] = [];
    for (const { id, version } of candidates) {
      const known = this.kept.get(id);
      if (known?.version !== version) missing.push(id);
      else found.set(id, known);
    }
    if (missing.length > 0)
      for (const row of await shelfRows(tx, missing, EMBEDDING_MODEL_ID)) {
        const entry = this.put(row);
        if (entry !== undefined) found.set(row.id, entry);
      }
    if (this.kept.size > 0.9 * this.most) for (const entry of found.values()) this.touch(entry);
    return [...found.values()];
  }

  /** Reads the catalogue page by page, once in the life of a process, leaving room for others between two pages. */
  fill(postgres: Postgres): Promise<void> {
    this.filled ??= this.readAll(postgres).catch((error: unknown) => {
      this.filled = undefined;
      throw error;
    });
    return this.filled;
  }

  private async readAll(postgres: Postgres): Promise<void> {
    for (let after = FIRST_ID; ; ) {
      const rows = await postgres.asSystem((tx) => shelfRowsAfter(tx, after, PAGE, EMBEDDING_MODEL_ID));
      for (const row of rows) if (this.kept.get(row.id)?.version !== row.version) this.put(row);
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE || this.kept.size >= this.most) return;
      after = last.id;
      await pause(PAUSE_MS, undefined, { ref: false });
    }
  }

  private put(row: ShelfRow): Shelved | undefined {
    if (row.search_document === null) return undefined;
    if (this.shared.size > MOST_SHARED) this.shared = new Shared();
    const { shared } = this;
    const maybe = (text: string | null): string | null => (text === null ? null : shared.word(text));
    const entry: Shelved = {
      id: row.id,
      version: row.version,
      sku: row.sku,
      name: row.name,
      category: shared.word(row.category),
      subcategory: maybe(row.subcategory),
      brand: maybe(row.brand),
      list_price: row.list_price,
      lead_time_days: row.lead_time_days,
      carbon: row.carbon,
      created_at: row.created_at.getTime(),
      document: loadDocument(row.search_document as StoredDocument, shared),
      vector: vectorOf(row.vector),
    };
    this.touch(entry);
    if (this.kept.size > this.most) {
      const [oldest] = this.kept.keys();
      if (oldest !== undefined) this.kept.delete(oldest);
    }
    return entry;
  }

  private touch(entry: Shelved): void {
    this.kept.delete(entry.id);
    this.kept.set(entry.id, entry);
  }
}
