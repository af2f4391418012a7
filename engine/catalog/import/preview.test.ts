// What a person sees of a file before it is imported: its columns told by name, by usual header and by content.
import { describe, expect, test } from 'vitest';
import { mappingFaultOf, previewCatalog } from './preview.ts';

async function* bytes(text: string): AsyncIterable<Uint8Array> {
  yield new TextEncoder().encode(text);
}
const preview = (text: string, mapping?: Record<string, string>) =>
  previewCatalog(async () => bytes(text), { mapping });

/** A file whose headers say nothing. */
const SILENT = [
  'a,b,c,d,e',
  ...Array.from({ length: 30 }, (_, i) =>
    [
      `WX-${100 + i}`,
      `Alder ${['Desk', 'Bench', 'Stool'][i % 3]} No ${i}`,
      ['desks', 'seating'][i % 2],
      `${100 + i}.50`,
      i % 7,
    ].join(','),
  ),
].join('\n');

describe('a preview', () => {
  test('tells columns by what stands in them where the headers say nothing', async () => {
    const { columns, missing, unmapped, rows, format } = await preview(SILENT);
    expect(columns.map(({ column, source }) => [column, source])).toEqual([
      ['sku', 'content'],
      ['name', 'content'],
      ['category', 'content'],
      ['list_price', 'content'],
      [null, null],
    ]);
    expect([format, missing, unmapped]).toEqual(['csv', [], ['e']]);
    expect(rows).toHaveLength(20);
    expect(rows[0]).toMatchObject({ line: 2, product: { sku: 'WX-100', list_price: 100.5 }, problems: [] });
  });

  test('guesses nothing where two columns would do, and says what is missing', async () => {
    const twoPrices = SILENT.split('\n')
      .map((line, i) => `${line},${i === 0 ? 'f' : '7.25'}`)
      .join('\n');
    const { missing, rows } = await preview(twoPrices);
    expect(missing).toEqual(['list_price']);
    expect(rows[0]?.problems).toEqual(['list_price is missing']);
  });

  test('reads the rows as the chosen columns would have them', async () => {
    const { rows, columns } = await preview(SILENT, {
      a: 'sku',
      b: 'name',
      c: 'category',
      d: 'list_price',
      e: 'moq',
    });
    expect(columns[4]).toMatchObject({ header: 'e', column: 'moq', source: 'mapping', filled: 30 });
    expect(rows[0]?.problems[0]).toContain('moq');
    expect(rows[1]?.product).toMatchObject({ moq: 1 });
    expect((await preview(SILENT, { z: 'sku' })).problem).toContain('"z"');
  });

  test('takes columns of JSON Lines from all the first records, and codes of SIF', async () => {
    const lines = [
      { sku: 'A', name: 'B', category: 'c', list_price: 1 },
      { sku: 'B', rrp: 2, title: 'x' },
    ];
    const json = await preview(lines.map((one) => JSON.stringify(one)).join('\n'));
    expect(json.columns.map(({ header }) => header)).toEqual([
      'sku',
      'name',
      'category',
      'list_price',
      'rrp',
      'title',
    ]);
    const sif = await preview('SF=x\nPN=T-1\nPD=Trestle\nPL=120\nQT=2\nPN=T-2\nPD=Bench\nPL=90\nQT=1\n');
    expect(sif).toMatchObject({ format: 'sif', missing: [], unmapped: ['QT'] });
    expect(sif.rows.map(({ product }) => product?.name)).toEqual(['Trestle', 'Bench']);
  });

  test('says what is no catalogue', async () => {
    expect((await preview('')).problem).toBe('the file is empty');
    expect((await preview('\u0000\u0001binary\u0000')).problem).toContain('binary');
  });
});

test('a mapping is checked against the headers before a row is read', async () => {
  const fault = (text: string, mapping: Record<string, string>) => mappingFaultOf(bytes(text), mapping);
  expect(await fault('sku,name\n', { SKU: 'sku', name: '' })).toBeUndefined();
  expect(await fault('sku,name\n', { skew: 'sku' })).toContain('"skew"');
  expect(await fault('{"sku":"a"}\n{"kind":"b"}\n', { kind: 'category' })).toBeUndefined();
  expect(await fault('{"sku":"a"}\n{"kind":"b"}\n', { kint: 'category' })).toContain('"kint"');
  expect(await fault('sku\n', { sku: 'price' })).toContain('"price"');
});
