// The thread that derives ahead of an import gives what the import would work out itself, and loses no row.
import { expect, test } from 'vitest';
import { loadEmbedder } from '../../../engine/catalog/embedding/load.ts';
import { generateCatalog } from '../../../engine/catalog/generator/generate.ts';
import type { ReadRow } from '../../../engine/catalog/import/read.ts';
import { DerivedAhead } from './derive-ahead.ts';
import { derive, statedProduct } from './products.ts';

const rows: ReadRow[] = [...generateCatalog({ seed: Math.floor(Math.random() * 1e6), count: 37 })].map(
  ({ product }, i) =>
    i % 9 === 4
      ? { line: i, error: 'the price is missing', source: '' }
      : { line: i, row: { ...product, specifications: { ...product.specifications, note: 'täglich 🪑' } } },
);
async function* source(): AsyncIterable<ReadRow> {
  yield* rows;
}

test('rows come in their order, each new product with what is derived of it', async () => {
  const ahead = new DerivedAhead(10);
  const met: ReadRow[] = [];
  let derived = 0;
  for await (const one of ahead.through(source())) {
    met.push(one);
    const found = one.row === undefined ? undefined : ahead.of(one.row);
    if (one.row === undefined || found === undefined) continue;
    derived += 1;
    const here = derive(statedProduct(one.row, undefined), loadEmbedder());
    expect({ ...found, vector: [...found.vector] }).toEqual({ ...here, vector: [...here.vector] });
  }
  expect(met).toEqual(rows);
  // Three whole batches, but for the rows that are none; the rest is left to the import.
  expect(derived).toBe(rows.slice(0, 30).filter(({ row }) => row !== undefined).length);
});

test('where nothing is new, nothing more is derived', async () => {
  const ahead = new DerivedAhead(5);
  const met: ReadRow[] = [];
  for await (const one of ahead.through(source())) met.push(one);
  expect(met).toEqual(rows);
  const late = rows.slice(20).flatMap(({ row }) => row ?? []);
  expect(late.map((row) => ahead.of(row))).toEqual(late.map(() => undefined));
});
