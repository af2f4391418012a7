import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createEmbedder, WORD_TABLE_URL } from '../embedding/embedding.ts';
import { closeness, findMentions, headsOf, tokenize } from './concepts.ts';
import { readFacts } from './facts.ts';
import { digitsFor } from './numbers.ts';
import { editDistance } from './spelling.ts';
import { THESAURUS } from './thesaurus.ts';
import { understand } from './understand.ts';

const embedder = createEmbedder(readFileSync(WORD_TABLE_URL));
const vocabulary = {
  frequency: (): number => 0,
  near: (): string[] => [],
  isCommon: (word: string): boolean => embedder.knows(word),
};
const read = (query: string, ignore: string[] = []) => understand(query, { vocabulary, embedder, ignore });
const headOf = (text: string): string[] => {
  const tokens = tokenize(text);
  return headsOf(tokens, findMentions(tokens)).map((mention) => mention.id);
};

describe('facts become filters that can be removed', () => {
  test('a desk by width, price and what it must not have', () => {
    const { filters, rest } = readFacts('desk 160 cm wide under 300 without armrests');
    expect(rest).toBe('desk');
    expect(filters.map(({ id, label, quote }) => [id, label, quote])).toEqual([
      ['without:armrests', 'Without armrests', 'without armrests'],
      ['width', 'Width 160 cm (63 in)', '160 cm wide'],
      ['max_price', 'Up to 300', 'under 300'],
    ]);
  });

  test('a removed filter has no effect, and its words are words again', () => {
    const { filters, facts, rest } = readFacts('desk 160 cm wide under 300', ['width']);
    expect(filters.map(({ id }) => id)).toEqual(['max_price']);
    expect(facts.sizes).toEqual([]);
    expect(rest).toBe('desk 160 cm wide');
    expect(read('white desk', ['color:white']).colors).toEqual([]);
  });

  test('numbers in words, units, and limits of price are told apart from limits of size and time', () => {
    expect(readFacts('armchair below five hundred').facts.max_price).toBe(500);
    expect(readFacts('sofa up to one thousand five hundred').facts.max_price).toBe(1500);
    expect(readFacts('under 160 cm wide desk').facts.max_price).toBeUndefined();
    expect(readFacts('under 160 cm wide desk').facts.sizes[0]).toMatchObject({
      axis: 'width',
      min_cm: 0,
      max_cm: 160,
    });
    expect(readFacts('cabinet taller than 6 feet').facts.sizes[0]).toMatchObject({
      axis: 'height',
      min_cm: 182.88,
    });
    expect(readFacts('table, ships in 6 weeks').facts).toMatchObject({ max_lead_time_days: 42 });
    expect(readFacts('between $200 and $400 lamp').facts).toMatchObject({ min_price: 200, max_price: 400 });
    expect(readFacts('table for eight').facts.seats).toBe(8);
    expect(readFacts('dinner for half a dozen people').facts.seats).toBe(6);
    expect(readFacts('loveseat').facts.seats).toBe(2);
    const ranged = readFacts('desk from 120 to 160 cm').facts;
    expect(ranged.sizes).toEqual([{ axis: 'any', min_cm: 120, max_cm: 160 }]);
    expect(ranged.min_price).toBeUndefined();
    // What opens to a size has that size.
    expect(readFacts('table extends from 180 to 240 cm').facts).toMatchObject({
      sizes: [{ axis: 'any', min_cm: 240 * 0.96 }],
    });
    expect(readFacts('shelf a metre wide').facts.sizes[0]).toMatchObject({ axis: 'width', min_cm: 96 });
    expect(readFacts('greenguard gold task chair in stock').facts).toMatchObject({
      certification: 'GREENGUARD Gold',
      in_stock: true,
    });
    expect(readFacts('bed 160 by 200').facts.sizes).toHaveLength(2);
    expect(readFacts('no more than 80 cm deep').facts.without).toEqual([]);
  });

  test('number words to digits', () => {
    const cases: [string, string][] = [
      ['two hundred and fifty', '250'],
      ['a thousand', '1000'],
      ['one and a half meters', '1.5 meters'],
      ['1,299.00', '1299.00'],
      ['2k', '2000'],
      ['twenty one', '21'],
    ];
    for (const [words, digits] of cases) expect(digitsFor(words), words).toBe(digits);
  });

  test('no query, however odd, throws or loops', () => {
    const part = fc.constantFrom(
      'under',
      'between',
      '160',
      'cm',
      'x',
      'without',
      'no',
      '$',
      '"',
      'wide',
      'for',
      'and',
      '.',
      '%',
      '(',
      '\\',
      'desk',
      '-',
      '1e9',
      'ä',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 14 }), fc.string(), (words, noise) => {
        const result = read(`${words.join(' ')} ${noise}`);
        expect(Number.isFinite(result.vector[0])).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

describe('the thing that is meant', () => {
  test('is the last name of the first phrase', () => {
    expect(headOf('Office chair with armrests')).toEqual(['office_chair']);
    expect(headOf('Cover for 3-seat sofa')).toEqual(['cover']);
    expect(headOf('Chest of 6 drawers')).toEqual(['chest_of_drawers']);
    expect(headOf('Table and 4 chairs')).toEqual(['dining_set']);
    expect(headOf('Desk for a meeting room')).toEqual(['desk']);
  });

  test('is found under British, American and everyday names', () => {
    for (const [word, id] of [
      ['settee', 'sofa'],
      ['closet', 'wardrobe'],
      ['nightstand', 'bedside_table'],
      ['credenza', 'sideboard'],
      ['trash can', 'waste_bin'],
      ['phone box', 'phone_booth'],
      ['flip chart', 'mobile_whiteboard'],
    ] as const) {
      expect(read(word).concepts[0]?.id, word).toBe(id);
    }
  });

  test('is found by what it is for, where it is not named', () => {
    for (const [words, id] of [
      ['somewhere to hang coats and jackets', 'wardrobe'],
      ['take private calls in an open office', 'phone_booth'],
      ['lift my screen to eye level', 'monitor_arm'],
      ['write ideas during a brainstorm', 'whiteboard'],
      ['reduce echo in a loud room', 'acoustic_panel'],
    ] as const) {
      const found = read(words)
        .concepts.slice(0, 3)
        .map((concept) => concept.id);
      expect(found, words).toContain(id);
    }
  });

  test('a shade of a colour names no lamp, and the glass of a part is a material', () => {
    expect(read('light grey sofas').colors).toEqual(['gray']);
    expect(read('light grey sofas').concepts.map(({ id }) => id)).not.toContain('lamp');
    expect(read('coffee table with glass top').materials).toEqual(['glass']);
    expect(read('glass-door cabinet').materials).toEqual([]);
  });

  test.each([
    ['mattres', 'mattress'],
    ['matriss', 'mattress'],
    ['kabinet', 'cabinet'],
    ['hi chair', 'highchair'],
    ['foldding chare', 'folding_chair'],
    ['cabinet with glas doors', 'cabinet'],
  ])('"%s" is read as it sounds and beside its neighbours', (query, kind) => {
    expect(read(query).concepts[0]?.id).toBe(kind);
    expect(read(query).terms).not.toContain('gla');
  });

  test('is found through typing errors', () => {
    for (const [typed, corrected] of [
      ['ofice chiar', 'office chair'],
      ['wardrope', 'wardrobe'],
      ['cofee tabel', 'coffee table'],
      ['bar stoll', 'bar stool'],
    ] as const) {
      expect(read(typed).corrected, typed).toBe(corrected);
    }
    expect(read('conference table').corrected).toBeNull();
  });
});

test('closeness: the same 1, a narrower kind nearly 1, a wider kind less, strangers 0', () => {
  expect(closeness('sofa', 'sofa')).toBe(1);
  expect(closeness('chair', 'office_chair')).toBeGreaterThan(0.85);
  expect(closeness('office_chair', 'chair')).toBeLessThan(0.6);
  expect(closeness('whiteboard', 'sofa')).toBe(0);
  for (const entry of THESAURUS.values()) expect(entry.names.length, entry.id).toBeGreaterThan(0);
});

test('edit distance counts a swap of neighbours as one', () => {
  expect(editDistance('tabel', 'table', 2)).toBe(1);
  expect(editDistance('kitten', 'sitting', 3)).toBe(3);
  expect(editDistance('abc', 'xyz', 2)).toBe(Number.POSITIVE_INFINITY);
});
