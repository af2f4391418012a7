// An import on two processors: while one batch of rows is being stored, a thread works out what search needs of the next.
import type { ProductInput } from '../../../contract/catalog.ts';
import type { ReadRow } from '../../../engine/catalog/import/read.ts';
import { runTask } from '../../platform/worker-task.ts';
import type { deriveAll } from './derive-task.ts';
import type { Derived } from './products.ts';

const MODULE = new URL('./derive-task.ts', import.meta.url).href;
const TIMEOUT_MS = 120_000;
const MEMORY_MB = 512;

export class DerivedAhead {
  private readonly known = new WeakMap<ProductInput, Derived>();
  private readonly size: number;
  /** Whether the batch that was given on last had new products; of known ones nothing is derived ahead. */
  private isWanted = true;

  /** @param size rows of a batch */
  constructor(size: number) {
    this.size = size;
  }

  /** What was derived of this row of the file, as of a product that is new. */
  of(row: ProductInput): Derived | undefined {
    this.isWanted = true;
    return this.known.get(row);
  }

  /** The same rows in the same order, a batch later than they are read. */
  async *through(rows: AsyncIterable<ReadRow>): AsyncIterable<ReadRow> {
    let held: ReadRow[] = [];
    let ready = Promise.resolve();
    let batch: ReadRow[] = [];
    for await (const row of rows) {
      batch.push(row);
      if (batch.length < this.size) continue;
      const next = this.derive(batch);
      await ready;
      if (held.length > 0) this.isWanted = false;
      yield* held;
      [held, ready, batch] = [batch, next, []];
    }
    await ready;
    yield* held;
    yield* batch;
  }

  private async derive(batch: readonly ReadRow[]): Promise<void> {
    if (!this.isWanted) return;
    const input = batch.flatMap(({ row }) => row ?? []);
    try {
      const derived = await runTask<ReturnType<typeof deriveAll>>({
        module: MODULE,
        export_name: 'deriveAll',
        input,
        timeout_ms: TIMEOUT_MS,
        memory_mb: MEMORY_MB,
        keep: true,
        label: 'Reading the products',
      });
      for (const [i, row] of input.entries()) if (derived[i] !== undefined) this.known.set(row, derived[i]);
    } catch {
      // Without the thread's help the import derives as it writes.
    }
  }
}
