// Keeps the index of embeddings trained: its lists are computed from the rows that are there, so a catalogue that has grown
// gets new ones. The numbers are those that were measured (docs/catalogue.md).
import type { Postgres } from '../../platform/postgres.ts';
import { trainVectorIndex, vectorIndexState } from './sql/write.ts';

/** Below so many rows a scan of all is as fast. */
const FEWEST = 500;
/** Trained anew once so large a share has come since. */
const GROWTH = 0.3;
const MOST_LISTS = 1000;

/** Lists for so many vectors: their square root, as measured at 50,000. */
export function listsFor(vectors: number): number {
  return Math.min(MOST_LISTS, Math.max(16, Math.round(Math.sqrt(vectors))));
}

/** Trains the index where the catalogue has outgrown it. @returns whether it did */
export async function keepVectorIndexTrained(postgres: Postgres): Promise<boolean> {
  const { vectors, trained } = await vectorIndexState(postgres.owner);
  if (vectors < FEWEST || vectors < trained * (1 + GROWTH)) return false;
  await trainVectorIndex(postgres.owner, { vectors, lists: listsFor(vectors) }, postgres.mode === 'server');
  return true;
}
