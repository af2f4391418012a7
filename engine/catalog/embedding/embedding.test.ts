import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cosine, createEmbedder, EMBEDDING_DIMENSIONS, WORD_TABLE_URL } from './embedding.ts';
import { decodeWordTable, encodeWordTable } from './word-table.ts';

const embedder = createEmbedder(readFileSync(WORD_TABLE_URL));
const near = (a: string, b: string): number => cosine(embedder.embed(a), embedder.embed(b));

test('a text becomes 384 numbers of unit length, the same every time; no words, all zeros', () => {
  const vector = embedder.embed('Ergonomic task chair with mesh back');
  expect(vector).toHaveLength(EMBEDDING_DIMENSIONS);
  expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
  expect(embedder.embed('Ergonomic task chair with mesh back')).toEqual(vector);
  expect(Math.hypot(...embedder.embed('123 — 45 cm'))).toBe(0);
});

test('what means about the same is nearer than what does not, though no word is shared', () => {
  const triples: [string, string, string][] = [
    ['sofa', 'couch', 'desk'],
    ['wardrobe', 'closet', 'lamp'],
    ['baby crib', 'infant cradle', 'conference table'],
    ['trash can', 'garbage bin', 'armchair'],
    ['soundproof phone booth', 'acoustic telephone cabin', 'garden bench'],
    ['bookshelf', 'library shelving', 'parasol'],
  ];
  for (const [text, same, other] of triples)
    expect(near(text, same), `${text}: ${same}`).toBeGreaterThan(near(text, other) + 0.1);
});

test('plurals, compounds and accents find their word; an unknown name finds itself', () => {
  expect(near('sofas', 'sofa')).toBeGreaterThan(0.7);
  expect(near('credenzas', 'credenza')).toBeGreaterThan(0.7);
  expect(near('café table', 'cafe table')).toBeGreaterThan(0.99);
  expect(near('sofabed', 'sofa bed')).toBeGreaterThan(0.6);
  expect(near('Blörfquist', 'blorfquist')).toBeGreaterThan(0.99);
  expect(near('Blörfquist', 'Trazzomund')).toBeLessThan(0.5);
});

test('the word table loads in under 300 ms and refuses damaged files', () => {
  const bytes = readFileSync(WORD_TABLE_URL);
  const started = performance.now();
  createEmbedder(bytes);
  expect(performance.now() - started).toBeLessThan(300);
  expect(() => decodeWordTable(bytes.subarray(0, 5000))).toThrow(/cut short/);
  expect(() => decodeWordTable(new Uint8Array(64))).toThrow(/damaged/);
});

test('a table of words survives being written and read', () => {
  const rows = [Float32Array.from([1, -0.5, 0.25]), Float32Array.from([0, 0, 0.01])];
  const table = decodeWordTable(encodeWordTable(['stuhl', 'tisch'], rows));
  expect([...table.rowOf.keys()]).toEqual(['stuhl', 'tisch']);
  for (const [r, row] of rows.entries()) {
    for (const [d, value] of row.entries())
      expect(table.values[r * 3 + d]! * table.scales[r]!).toBeCloseTo(value, 2);
  }
});
