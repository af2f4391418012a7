import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ProductInput } from '../../../contract/catalog.ts';
import { createEmbedder, WORD_TABLE_URL } from '../embedding/embedding.ts';
import { generateCatalog } from '../generator/generate.ts';
import { understand } from '../query/understand.ts';
import { countTerms } from './corpus.ts';
import { embeddingText, searchDocument } from './document.ts';
import { rank } from './score.ts';

const embedder = createEmbedder(readFileSync(WORD_TABLE_URL));
const known = (word: string): boolean => embedder.knows(word);

function searching(
  products: readonly ProductInput[],
): (query: string) => { item: ProductInput; why: () => string; satisfies: boolean }[] {
  const candidates = products.map((item) => {
    const document = searchDocument(item);
    return { item, document, vector: embedder.embed(embeddingText(item, document)) };
  });
  const corpus = countTerms(
    candidates.map((candidate) => candidate.document),
    known,
  );
  return (query) => rank(understand(query, { vocabulary: corpus, embedder }), candidates, corpus);
}

const generated = [...generateCatalog()].map((item) => item.product);
const search = searching(generated);

describe('in the generated office catalogue', () => {
  test('plain names, synonyms, purposes and typing errors put the right kind first', () => {
    for (const [query, subcategory] of [
      ['task chair', 'task_chair'],
      ['sit stand desk', 'height_adjustable_desk'],
      ['standing desk', 'height_adjustable_desk'],
      ['trash can', 'waste_bin'],
      ['couch', 'sofa'],
      ['somewhere to take a private call', 'phone_booth'],
      ['boardroom table', 'conference_table'],
      ['confrence chair', 'conference_chair'],
      ['flip chart', 'mobile_whiteboard'],
      ['garden parasol', 'parasol'],
    ] as const) {
      const first = search(query)
        .slice(0, 3)
        .map(({ item }) => item.subcategory);
      expect(first, query).toEqual([subcategory, subcategory, subcategory]);
    }
  });

  test('facts decide among things of a kind, and the reason names them', () => {
    const [first] = search('conference table for 14 people');
    expect(first?.item).toMatchObject({ subcategory: 'conference_table', specifications: { seats: 14 } });
    expect(first?.why()).toContain('for 14');
    const desks = search('height adjustable desk 72 inches wide under 1500').filter(
      ({ satisfies }) => satisfies,
    );
    expect(desks.length).toBeGreaterThan(0);
    for (const { item } of desks) {
      expect(item.list_price).toBeLessThanOrEqual(1500);
      expect(item.specifications?.dimensions?.width_in).toBeCloseTo(72, -1);
    }
    for (const { item } of search('chair without armrests').slice(0, 5)) {
      expect(item.specifications?.features?.some((feature) => /^(adjustable )?armrests/.test(feature))).toBe(
        false,
      );
    }
  });

  test('cheap puts lower prices first, premium higher ones', () => {
    const price = (query: string): number =>
      search(query)
        .slice(0, 5)
        .reduce((sum, { item }) => sum + item.list_price, 0);
    expect(price('cheap task chair')).toBeLessThan(price('premium task chair'));
  });
});

test('a cover for a sofa is no sofa, and a set of table and chairs no table', () => {
  const make = (sku: string, name: string, description: string): ProductInput => ({
    sku,
    name,
    description,
    category: 'living',
    list_price: 100,
  });
  const find = searching([
    make('1', 'Fjolla', 'Cover for 3-seat sofa, grey'),
    make('2', 'Fjolla', '3-seat sofa, grey'),
    make('3', 'Bergen', 'Table and 4 chairs'),
    make('4', 'Bergen', 'Table, 120x75 cm'),
  ]);
  expect(find('sofa')[0]?.item.sku).toBe('2');
  expect(find('sofa cover')[0]?.item.sku).toBe('1');
  expect(find('table')[0]?.item.sku).toBe('4');
  expect(find('dining set')[0]?.item.sku).toBe('3');
  expect(find('table 120 cm wide')[0]?.item.sku).toBe('4');
});
