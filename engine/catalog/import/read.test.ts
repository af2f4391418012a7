import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generateCatalog } from '../generator/generate.ts';
import { suggestMapping } from './columns.ts';
import { type ReadOptions, type ReadRow, readCatalog } from './read.ts';
import { booleanIn, currencyIn, daysIn, inchesIn, listIn, numberIn } from './values.ts';

async function* chunked(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(file: string | Uint8Array, options: ReadOptions = {}, size = 7): Promise<ReadRow[]> {
  const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file;
  const rows: ReadRow[] = [];
  for await (const row of readCatalog(chunked(bytes, size), options)) rows.push(row);
  return rows;
}

const HEADER = 'sku,name,description,category,list_price,currency,specifications.dimensions.width_in';

describe('CSV', () => {
  test('dotted headers reach into the JSON columns and absent cells stay absent', async () => {
    const [row] = await read(
      `${HEADER}\nA-1,Task Chair,"Soft, ""really"" soft\nand warm",seating,"$1,299.00",,26.5\n`,
    );
    expect(row).toEqual({
      line: 2,
      row: {
        sku: 'A-1',
        name: 'Task Chair',
        description: 'Soft, "really" soft\nand warm',
        category: 'seating',
        list_price: 1299,
        currency: 'USD',
        specifications: { dimensions: { width_in: 26.5 } },
      },
    });
  });

  test('each refused row says which column, what stands there and what would do; the others are read', async () => {
    const rows = await read(
      [
        HEADER,
        'A-1,Chair,,seating,-5,USD,',
        'A-2,,,seating,10,USD,',
        `A-3,${'x'.repeat(300)},,seating,10,USD,`,
        'A-4,Chair,,seating,ten,USD,',
        'A-5,Chair,,seating,10,USD,wide',
        'A-6,Chair,,seating,10,dollars,',
        'A-7,Chair,,seating,10,USD,',
        'A-7,Chair,,seating,10,USD,',
        'A-8,Chair,,seating,10,USD,1,2,3',
        'A-9,Chair,,seating,999999999999,USD,',
      ].join('\r\n'),
    );
    const errors = rows.map(({ line, error }) => [line, error ?? 'read']);
    expect(errors).toEqual([
      [2, 'list_price is -5, and it cannot be negative'],
      [3, 'name is missing'],
      [4, 'name is 300 characters long, and 255 fit'],
      [5, 'list_price is "ten", which is not a price: write digits such as 1299.00'],
      [6, expect.stringContaining('width_in is "wide", which is not a length')],
      [7, 'currency is "DOLLARS": write a code of three letters such as USD'],
      [8, 'read'],
      [9, 'sku "A-7" already stands on line 8; the first one counts'],
      [10, expect.stringContaining('9 fields where the header has 7')],
      [11, expect.stringContaining('more than the 99999999.99')],
    ]);
  });

  test('missing columns are one error that names them, lists what is there and shows a mapping', async () => {
    const rows = await read('Artikel,Preis\n1,2\n3,4\n');
    expect(rows).toHaveLength(1);
    expect(rows[0]?.fatal).toBe(true);
    expect(rows[0]?.error).toContain('no column for sku, name, category, list_price');
    expect(rows[0]?.error).toContain('"Artikel", "Preis"');
  });

  test('a mapping, semicolons, decimal commas and centimetres; columns without a name of ours are kept', async () => {
    const file = 'Nr;Bezeichnung;Gruppe;Preis;B;Hinweis\n7;Tisch;tables;1.265,50 €;160;nur innen\n';
    const mapping = {
      Nr: 'sku',
      Bezeichnung: 'name',
      Gruppe: 'category',
      Preis: 'list_price',
      B: 'specifications.dimensions.width_cm',
    };
    const [row] = await read(file, { mapping });
    expect(row?.row).toEqual({
      sku: '7',
      name: 'Tisch',
      category: 'tables',
      list_price: 1265.5,
      currency: 'EUR',
      specifications: { dimensions: { width_in: 62.99 }, other: { Hinweis: 'nur innen' } },
    });
  });

  test('a mapping to a column that a product does not have is refused before any row', async () => {
    const rows = await read('a,b\n1,2\n', { mapping: { a: 'skuu' } });
    expect(rows).toEqual([
      {
        line: 1,
        error: expect.stringContaining('leads to "skuu", which is no column of a product'),
        fatal: true,
      },
    ]);
    expect(await read('sku,b\n1,2\n', { mapping: { a: 'name' } })).toEqual([
      {
        line: 1,
        error: expect.stringContaining('names the column "a", which the file does not have'),
        fatal: true,
      },
    ]);
  });

  test('usual headers are recognised without a mapping', () => {
    expect(
      suggestMapping(['Part Number', 'Title', 'Type', 'Retail Price', 'Width (cm)', 'Colours', 'Mystery']),
    ).toEqual({
      'Part Number': 'sku',
      Title: 'name',
      Type: 'category',
      'Retail Price': 'list_price',
      'Width (cm)': 'specifications.dimensions.width_cm',
      Colours: 'specifications.colors_available',
    });
  });

  test('an open quote is one error, not a lost file', async () => {
    const rows = await read(
      `${HEADER}\nA-1,Chair,,seating,10,USD,\nA-2,"Chair,,seating,10,USD,\nA-3,Chair,,seating,10,USD,\n`,
    );
    expect(rows[0]?.row?.sku).toBe('A-1');
    expect(rows.at(-1)?.error).toContain('quote');
  });
});

describe('encodings', () => {
  const text = 'sku;name;category;list_price\nÄ-1;Möbel für Büro – „Größe“;desks;10\n';
  test('UTF-8 with a mark, UTF-16 of both kinds and Windows-1252 give the same row', async () => {
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
    const western = Uint8Array.from(
      [...text].map((sign) => ({ '–': 0x96, '„': 0x84, '“': 0x93 })[sign] ?? sign.charCodeAt(0)),
    );
    const files = [`\ufeff${text}`, utf16, Buffer.from(utf16).swap16(), western];
    for (const file of files) {
      const [row] = await read(file);
      expect(row?.row).toEqual({
        sku: 'Ä-1',
        name: 'Möbel für Büro – „Größe“',
        category: 'desks',
        list_price: 10,
      });
    }
  });

  test('where the pieces of a file are cut makes no difference', async () => {
    const file = new TextEncoder().encode(
      `${HEADER}\nA-1,Möbel „ä“ 🪑,"two\r\nlines",seating,10,USD,1\nA-2,x,,desks,1,USD,\n`,
    );
    const whole = await read(file, {}, 1_000_000);
    const anySize = fc.integer({ min: 1, max: 64 });
    const same = fc.asyncProperty(anySize, async (size) => {
      expect(await read(file, {}, size)).toEqual(whole);
    });
    await fc.assert(same, { numRuns: 20 });
  });

  test('pictures, archives and other binaries are named as such', async () => {
    expect((await read(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0])))[0]?.error).toContain('a PNG image');
    expect((await read(Uint8Array.from([0x50, 0x4b, 3, 4, 0])))[0]?.error).toContain('Excel');
    expect((await read(''))[0]?.error).toBe('the file is empty');
  });
});

describe('JSON, JSON Lines and SIF', () => {
  const [first, second] = [...generateCatalog({ count: 2 })].map((item) => item.product);

  test('an array, an object with an array, and lines give the same products', async () => {
    const files = [
      JSON.stringify([first, second]),
      JSON.stringify({ made: 'today', products: [first, second] }, null, 2),
      `${JSON.stringify(first)}\n\n${JSON.stringify(second)}`,
      JSON.stringify({ products: [first, second] }),
    ];
    for (const file of files) {
      const rows = await read(file);
      expect(rows.map((row) => row.error ?? row.row?.sku)).toEqual([first?.sku, second?.sku]);
      expect(rows[0]?.row?.specifications).toEqual(first?.specifications);
      expect(rows[0]?.row?.sustainability).toEqual(first?.sustainability);
    }
  });

  test('a bad record is refused with its line, a file cut short says so', async () => {
    const rows = await read(`{"sku":"A"}\n{oops}\n${JSON.stringify(first)}\n`, { format: 'jsonl' });
    expect(rows.map((row) => [row.line, row.error !== undefined])).toEqual([
      [1, true],
      [2, true],
      [3, false],
    ]);
    const cut = await read(JSON.stringify([first, second]).slice(0, -40));
    expect(cut[0]?.row?.sku).toBe(first?.sku);
    expect(cut.at(-1)?.error).toContain('ends before');
  });

  test('names that would reach into the machinery, and bottomless nesting, are refused', async () => {
    const rows = await read(
      `{"sku":"A","name":"x","category":"c","list_price":1,"specifications":{"__proto__":{"polluted":1}}}\n{"sku":"B","name":"x","category":"c","list_price":1,"specifications":${'[['.repeat(60)}${']]'.repeat(60)}}`,
    );
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(rows.every((row) => row.error !== undefined)).toBe(true);
  });

  test('SIF records begin at PN; options are kept in pairs and unknown codes are never dropped', async () => {
    const file = [
      'SF=Project',
      'ST=1',
      'PN=TC-100',
      'PD=Task chair, mesh',
      'MC=HALV',
      'QT=4',
      'PL=890.00',
      'ON=F1',
      'OD=Fabric grade 1',
      'EC=XY',
      '',
      'PN=TC-200',
      'PD=Stool',
      'MC=HALV',
      'QT=1',
      'PL=120',
    ];
    const rows = await read(file.join('\r\n'));
    expect(rows.map((row) => [row.line, row.row?.sku, row.row?.list_price])).toEqual([
      [3, 'TC-100', 890],
      [12, 'TC-200', 120],
    ]);
    expect(rows[0]?.row?.specifications).toEqual({
      options: [{ code: 'F1', description: 'Fabric grade 1' }],
      option_groups: [
        {
          code: 'F1',
          name: 'Fabric grade 1',
          required: false,
          choices: [{ code: 'F1', name: 'Fabric grade 1', price_adjustment: 0, lead_time_days: 0 }],
        },
      ],
      sif: { QT: '4', EC: 'XY' },
    });
  });
});

describe('values', () => {
  test('numbers as people write them', () => {
    const cases: [string, number | undefined][] = [
      ['1,299.00', 1299],
      ['1.299,00', 1299],
      ['265,0', 265],
      ['2600,5', 2600.5],
      ['1,299', 1299],
      ['$ 1 299.50', 1299.5],
      ["1'299.50 CHF", 1299.5],
      ['€1.299.000', 1299000],
      ['(5.00)', -5],
      ['-5', -5],
      ['29 1/2', 29.5],
      ['12.5%', undefined],
      ['1.2.3', undefined],
      ['', undefined],
      ['free', undefined],
    ];
    for (const [text, value] of cases) expect(numberIn(text), text).toBe(value);
    expect(currencyIn('SAR 200')).toBe('SAR');
    expect(inchesIn('160 cm')).toBe(62.99);
    expect(inchesIn('29 1/2"')).toBe(29.5);
    expect(daysIn('3-4 weeks')).toBe(28);
    expect(booleanIn('Yes')).toBe(true);
    expect(listIn('a; b ;c')).toEqual(['a', 'b', 'c']);
    expect(listIn('["a, b", "c"]')).toEqual(['a, b', 'c']);
  });

  test('every price printed in American or European style is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_99 }), (cents) => {
        const amount = cents / 100;
        for (const style of ['en-US', 'de-DE', 'sv-SE', 'fr-FR', 'de-CH']) {
          expect(numberIn(amount.toLocaleString(style, { minimumFractionDigits: 2 }))).toBe(amount);
        }
      }),
    );
  });
});

const trial = join(process.env['OFS_TRIAL_DATA'] ?? '../shared/data', 'catalog/ikea.csv');

test.skipIf(!existsSync(trial))(
  'a real home furniture file: every distinct item is read, its repeats are refused',
  async () => {
    const mapping = { item_id: 'sku', price: 'list_price', short_description: 'description' };
    let read = 0;
    let repeated = 0;
    for await (const row of readCatalog(createReadStream(trial), { mapping })) {
      if (row.row) read += 1;
      else if (row.error?.includes('already stands')) repeated += 1;
    }
    expect([read, repeated]).toEqual([2962, 732]);
  },
);

test('twenty thousand rows stream in seconds', async () => {
  const encoder = new TextEncoder();
  async function* file(): AsyncIterable<Uint8Array> {
    for (const { product } of generateCatalog({ count: 20_000 }))
      yield encoder.encode(`${JSON.stringify(product)}\n`);
  }
  // Of the processor, not of the clock: others may share it.
  const started = process.threadCpuUsage();
  let rows = 0;
  for await (const row of readCatalog(file())) if (row.row) rows += 1;
  expect(rows).toBe(20_000);
  expect(process.threadCpuUsage(started).user / 1e6).toBeLessThan(40);
});
