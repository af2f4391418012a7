// Inside a thread of its own (platform/worker-task.ts): what search needs of products that are new to the catalogue.
import type { ProductInput } from '../../../contract/catalog.ts';
import { loadEmbedder } from '../../../engine/catalog/embedding/load.ts';
import { type Derived, derive, statedProduct } from './products.ts';

/** What is derived of each, in their order. */
export function deriveAll(rows: readonly ProductInput[]): Derived[] {
  const embedder = loadEmbedder();
  return rows.map((row) => derive(statedProduct(row, undefined), embedder));
}
