// What the ranking knows of the products, held in memory: a search then fetches ids, not documents. A product's entry counts
// for one version of its row; after any change it is read anew. Bounded: beyond MOST the longest unused make room. Once all
// products are held there is an index of them, good for one version of the catalogue and then brought up to the next one.
import { setTimeout as pause } from 'node:timers/promises';
import { type CompactVector, compactVector } from '../../../engine/catalog/embedding/compact.ts';
import { EMBEDDING_DIMENSIONS, EMBEDDING_MODEL_ID } from '../../../engine/catalog/embedding/embedding.ts';
import type { SearchDocument } from '../../../engine/catalog/rank/document.ts';
import { loadDocument, Shared, type StoredDocument } from '../../../engine/catalog/rank/stored.ts';
import type { Postgres, Tx } from '../../platform/postgres.ts';
import { ShelfIndex } from './shelf-index.ts';
import type { CandidateRow } from './sql/search.ts';
import {
  changedSince,
  type ShelfRow,
  type ShelfState,
  shelfIdsAfter,
  shelfRows,
  shelfState,
} from './sql/shelf.ts';

export interface Shelved {
  readonly id: string;
  readonly version: string;
  readonly active: boolean;
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  readonly subcategory: string | null;
  readonly brand: string | null;
  readonly collection: string | null;
  readonly tags: readonly string[];
  readonly list_price: number;
  readonly lead_time_days: number | null;
  readonly in_stock: boolean | null;
  readonly carbon: number | null;
  /** ms since 1970 */
  readonly created_at: number;
  readonly document: SearchDocument;
  /** Absent where none of today's model is stored. */
  readonly vector: CompactVector | undefined;
}

/** About 3 KB each, with their share of the index. */
const MOST = 60_000;
const MOST_SHARED = 400_000;
const PAGE = 200;
const PAUSE_MS = 20;
/** After catching up with a change, that many times as long as it took passes before the next time. */
const REST = 10;
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
  private index: ShelfIndex | undefined;
  private state: ShelfState | undefined;
  private working: Promise<void> | undefined;
  private isTooLarge = false;
  private rested = 0;
  private seen = -1;

  constructor(most = MOST) {
    this.most = most;
  }

  get size(): number {
    return this.kept.size;
  }

  /** All products of this version of the catalogue, where they are held. */
  whole(version: number): ShelfIndex | undefined {
    this.seen = version;
    return this.state?.version === version ? this.index : undefined;
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

  /** Reads the catalogue page by page, or what has changed of it, leaving room for others between two pages. */
  async fill(postgres: Postgres): Promise<void> {
    await this.working;
    await this.work(postgres);
  }

  /** The same after a search, where that met another version than is held and the last time was not just now. */
  async follow(postgres: Postgres): Promise<void> {
    const isNew = this.state === undefined || this.state.version !== this.seen;
    if (this.working === undefined && isNew && !this.isTooLarge && performance.now() >= this.rested)
      await this.work(postgres);
  }

  private async work(postgres: Postgres): Promise<void> {
    const begun = performance.now();
    this.working ??= this.catchUp(postgres).finally(() => {
      this.working = undefined;
      const ended = performance.now();
      this.rested = ended + REST * (ended - begun);
    });
    await this.working;
  }

  private async catchUp(postgres: Postgres): Promise<void> {
    const before = this.state;
    const state = await postgres.asSystem(shelfState);
    if (this.index === undefined || before === undefined) this.index = await this.readAll(postgres);
    else if (before.version !== state.version) await this.readChanged(postgres, this.index, before.since);
    this.state = this.index === undefined ? undefined : state;
  }

  private async readAll(postgres: Postgres): Promise<ShelfIndex | undefined> {
    const index = new ShelfIndex();
    for (let after = FIRST_ID; ; ) {
      const [rows, entries] = await postgres.asSystem(async (tx) => {
        const page = await shelfIdsAfter(tx, after, PAGE);
        return [page, await this.of(tx, page)] as const;
      });
      for (const entry of entries) index.set(entry);
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE) return index;
      if (index.size >= this.most) {
        this.isTooLarge = true;
        return undefined;
      }
      after = last.id;
      await pause(PAUSE_MS, undefined, { ref: false });
    }
  }

  /** Meanwhile the version that searches see is another one than that which is held. */
  private async readChanged(postgres: Postgres, index: ShelfIndex, since: string): Promise<void> {
    const { ids, active } = await postgres.asSystem((tx) => changedSince(tx, since));
    this.state = undefined;
    for (let from = 0; from < ids.length; from += PAGE) {
      const page = ids.slice(from, from + PAGE);
      const rows = await postgres.asSystem((tx) => shelfRows(tx, page, EMBEDDING_MODEL_ID));
      for (const id of page) index.remove(id);
      for (const row of rows) {
        const entry = this.put(row);
        if (entry !== undefined) index.set(entry);
      }
      if (from + PAGE < ids.length) await pause(PAUSE_MS, undefined, { ref: false });
    }
    // Rows that were removed altogether leave no trace; and too much that is abandoned is read past by every search.
    if (index.size !== active || index.abandoned > index.size / 2 + 1000) this.index = undefined;
    if (active > this.most) this.isTooLarge = true;
  }

  private put(row: ShelfRow): Shelved | undefined {
    if (row.search_document === null) return undefined;
    if (this.shared.size > MOST_SHARED) this.shared = new Shared();
    const { shared } = this;
    const maybe = (text: string | null): string | null => (text === null ? null : shared.word(text));
    const entry: Shelved = {
      id: row.id,
      version: row.version,
      active: row.active,
      sku: row.sku,
      name: row.name,
      category: shared.word(row.category),
      subcategory: maybe(row.subcategory),
      brand: maybe(row.brand),
      collection: maybe(row.collection),
      tags: shared.list(row.tags ?? []),
      list_price: row.list_price,
      lead_time_days: row.lead_time_days,
      in_stock: row.in_stock,
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
