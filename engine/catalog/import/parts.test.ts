// Rows that bring variants and options of a product, in each format.
import { describe, expect, test } from 'vitest';
import { previewCatalog } from './preview.ts';
import { type ReadRow, readCatalog } from './read.ts';

async function* bytes(text: string): AsyncIterable<Uint8Array> {
  yield new TextEncoder().encode(text);
}
async function read(text: string, mapping?: Record<string, string>): Promise<ReadRow[]> {
  const rows: ReadRow[] = [];
  for await (const row of readCatalog(bytes(text), mapping ? { mapping } : {})) rows.push(row);
  return rows;
}

describe('rows of a product’s variants', () => {
  test('a row with a parent’s sku is a variant: what it differs in are its attributes', async () => {
    const rows = await read(
      [
        'SKU,Parent SKU,Name,Category,List price,Price adjustment,Color,Finish,Width (cm)',
        'L-1,,Larch desk,desks,400,,,,160',
        'L-1-OAK,L-1,Larch desk in oak,,,+35.50,brown,Oiled,180',
        'L-1-ASH,L-1,,,380,,,,',
      ].join('\n'),
    );
    expect(rows[0]?.row).toMatchObject({ sku: 'L-1', list_price: 400 });
    expect(rows[0]?.parts).toBeUndefined();
    expect(rows[1]?.row).toBeUndefined();
    expect(rows[1]?.parts).toEqual([
      {
        kind: 'variant',
        parent_sku: 'L-1',
        sku: 'L-1-OAK',
        name: 'Larch desk in oak',
        attributes: { color: 'brown', finish: 'Oiled', width: '180 cm' },
        price_adjustment: 35.5,
      },
    ]);
    expect(rows[2]?.parts).toMatchObject([
      { sku: 'L-1-ASH', list_price: 380, attributes: { variant: 'L-1-ASH' } },
    ]);
  });

  test('rows that repeat their product bring one variant each, with or without the product’s columns', async () => {
    const rows = await read(
      [
        'sku,name,category,list_price,variant_sku,attributes.color,price_adjustment',
        'B-1,Birch stool,seating,90,B-1-R,red,0',
        'B-1,Birch stool,seating,90,B-1-G,green,(5.00)',
        'B-1,,,,B-1-B,blue,12',
      ].join('\n'),
    );
    expect(rows.map(({ row }) => row?.sku)).toEqual(['B-1', undefined, undefined]);
    expect(rows.flatMap(({ parts }) => parts ?? [])).toMatchObject([
      { sku: 'B-1-R', attributes: { color: 'red' }, price_adjustment: 0 },
      { sku: 'B-1-G', price_adjustment: -5 },
      { sku: 'B-1-B', price_adjustment: 12 },
    ]);
  });

  test('what stands twice, what costs no amount and what belongs nowhere says so with its line', async () => {
    const rows = await read(
      [
        'sku,parent_sku,name,category,list_price,price_adjustment',
        'C-1,,Cedar shelf,storage,50,',
        'C-1-A,C-1,,,,10',
        'C-1-A,C-1,,,,10',
        'C-1-B,C-1,,,,a little',
        ',C-1,,,,5',
        'C-1,,Cedar shelf,storage,50,',
      ].join('\n'),
    );
    expect(rows.map(({ line, error }) => [line, error])).toEqual([
      [2, undefined],
      [3, undefined],
      [4, 'sku "C-1-A" already stands on line 3; the first one counts'],
      [5, 'price_adjustment is "a little", which is no amount: write digits such as 25.00 or -10'],
      [6, 'the row belongs to C-1, but has neither a sku nor an option of its own'],
      [7, 'sku "C-1" already stands on line 2; the first one counts'],
    ]);
    expect(rows[2]?.source).toBe('C-1-A,C-1,,,,10');
  });
});

describe('rows of a product’s options', () => {
  test('without a sku of its own a row is a choice of its group', async () => {
    const rows = await read(
      [
        'Item;Option Group;Option;Option code;Upcharge;Lead time days',
        'D-1;Fabric grade;Wool, grey;W:1;"25,00";10',
        'D-1;Fabric grade;Linen;;-10;',
      ].join('\n'),
      { Item: 'parent_sku' },
    );
    expect(rows.map(({ error }) => error)).toEqual([undefined, undefined]);
    expect(rows.flatMap(({ parts }) => parts ?? [])).toEqual([
      {
        kind: 'option',
        parent_sku: 'D-1',
        group: { code: 'fabric-grade', name: 'Fabric grade' },
        choice: { code: 'W-1', name: 'Wool, grey', price_adjustment: 25, lead_time_days: 10 },
      },
      {
        kind: 'option',
        parent_sku: 'D-1',
        group: { code: 'fabric-grade', name: 'Fabric grade' },
        choice: { code: 'Linen', name: 'Linen', price_adjustment: -10, lead_time_days: 0 },
      },
    ]);
  });

  test('JSON Lines list variants with their product', async () => {
    const variants = [
      { sku: 'E-1-S', name: 'Small', attributes: { size: 'S' }, price_adjustment: -20 },
      { sku: 'E-1-L', list_price: 150, attributes: {} },
    ];
    const product = { sku: 'E-1', name: 'Elm table', category: 'tables', list_price: 120, variants };
    const [row] = await read(`${JSON.stringify(product)}\n`);
    expect(row?.row).toEqual({ sku: 'E-1', name: 'Elm table', category: 'tables', list_price: 120 });
    expect(row?.parts).toMatchObject([
      { parent_sku: 'E-1', sku: 'E-1-S', attributes: { size: 'S' }, price_adjustment: -20 },
      { parent_sku: 'E-1', sku: 'E-1-L', attributes: { variant: 'E-1-L' }, list_price: 150 },
    ]);
    const [bad] = await read(`${JSON.stringify({ ...product, variants: [{ name: 'no sku' }] })}\n`);
    expect(bad?.error).toMatch(/^variants\.0\.sku/);
  });

  test('a preview shows parts and asks for no column that only products need', async () => {
    const preview = await previewCatalog(async () => bytes('Parent,SKU,Finish,Adder\nF-1,F-1-A,Matte,4\n'));
    expect(preview.missing).toEqual([]);
    expect(preview.mapping).toMatchObject({ Parent: 'parent_sku', SKU: 'sku', Adder: 'price_adjustment' });
    expect(preview.rows).toMatchObject([
      { line: 2, product: null, parts: [{ kind: 'variant', sku: 'F-1-A', attributes: { finish: 'Matte' } }] },
    ]);
  });
});

describe('options side by side in numbered columns', () => {
  const choices = (rows: ReadRow[]) =>
    rows
      .flatMap(({ parts }) => parts ?? [])
      .map((part) =>
        part.kind === 'option'
          ? [part.parent_sku, part.group.name, part.choice.code, part.choice.price_adjustment, part.required]
          : [part.sku, part.attributes, part.price_adjustment, part.list_price],
      );

  test('a product’s row brings one choice for each; its repetitions bring what is new', async () => {
    const rows = await read(
      [
        'SKU,Name,Category,List Price,Option 1 Name,Option 1 Value,Option 1 Price,Option 2 Name,Option 2 Value,Option 2 Price',
        'G-1,Garnet chair,seating,300,Fabric,Wool,40,Base,Steel,0',
        'G-1,Garnet chair,seating,300,Fabric,Linen,-15.50,Base,Steel,0',
        'G-1,,,,Fabric,Wool,45,,,',
        'G-1,,,,Fabric,Wool,40,Base,Steel,0',
        'H-1,Heath stool,seating,90,,,,,,',
      ].join('\n'),
    );
    expect(choices(rows)).toEqual([
      ['G-1', 'Fabric', 'Wool', 40, undefined],
      ['G-1', 'Base', 'Steel', 0, undefined],
      ['G-1', 'Fabric', 'Linen', -15.5, undefined],
    ]);
    expect(rows.map(({ error }) => error)).toEqual([
      undefined,
      undefined,
      'option "Wool" of G-1 already stands on line 2; the first one counts',
      'all its options already stand, option "Steel" of G-1 on line 2; the first one counts',
      undefined,
    ]);
    expect(rows.map(({ row }) => row?.sku)).toEqual(['G-1', undefined, undefined, undefined, 'H-1']);
  });

  test('a cell may list its choices, with one price for all or one for each', async () => {
    const rows = await read(
      [
        'sku;name;category;list_price;opt_name_1;opt_value_1;opt_price_1;Option 2;Option 2 upcharge',
        'I-1;Iris desk;desks;500;Top;Oak | Ash;"30|12,5";Cable tray;18',
        'I-2;Iris bench;desks;700;Top;Oak|Ash;20;;',
        'I-3;Iris wall;desks;700;Top;Oak|Ash;1|2|3;;',
      ].join('\n'),
    );
    expect(choices(rows)).toEqual([
      ['I-1', 'Top', 'Oak', 30, undefined],
      ['I-1', 'Top', 'Ash', 12.5, undefined],
      ['I-1', 'Option 2', 'Cable-tray', 18, false],
      ['I-2', 'Top', 'Oak', 20, undefined],
      ['I-2', 'Top', 'Ash', 20, undefined],
    ]);
    expect(rows[2]?.error).toBe('option 1 (Top) has 2 choices and 3 prices; give one for each');
  });

  test('in a variant’s row they are what it is made of, and add up to its price', async () => {
    const rows = await read(
      [
        'Parent SKU,SKU,List price,Option 1 Name,Option 1 Value,Option 1 Price,Option 2 Name,Option 2 Value,Option 2 Price',
        'J-1,J-1-A,,Colour,Black,10,Size,Large,25.25',
        'J-1,J-1-B,410,Colour,White,10,,,',
        'J-1,,,Colour,Green,5,Size,Small,',
      ].join('\n'),
    );
    expect(choices(rows)).toEqual([
      ['J-1-A', { colour: 'Black', size: 'Large' }, 35.25, undefined],
      ['J-1-B', { colour: 'White' }, undefined, 410],
      ['J-1', 'Colour', 'Green', 5, undefined],
      ['J-1', 'Size', 'Small', 0, undefined],
    ]);
  });

  test('a preview shows them by their headers, and a mapping may lead to them', async () => {
    const text = 'Item No,Title,Group,Price,Wood,Wood adds\nK-1,Kestrel shelf,storage,80,Oak,9\n';
    const mapping = {
      'Item No': 'sku',
      Title: 'name',
      Group: 'category',
      Price: 'list_price',
      Wood: 'options.1.value',
      'Wood adds': 'options.1.price',
    };
    const preview = await previewCatalog(async () => bytes(text), { mapping });
    expect(preview.problem).toBeNull();
    expect(preview.rows[0]?.parts).toMatchObject([
      { kind: 'option', choice: { name: 'Oak', price_adjustment: 9 } },
    ]);
    const own = await previewCatalog(async () =>
      bytes('sku,name,category,list_price,Option 3 Price\nL,L,seating,1,2\n'),
    );
    expect(own.unmapped).toEqual(['Option 3 Price']);
  });
});
