// Workbooks re-read by another library and recalculated by a third: numbers, formulas, totals to the cent, text as text.
import * as xlsx from '@e965/xlsx';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
// @ts-expect-error: the package has no types
import calculate from 'xlsx-calc';
import type { ProjectDocument } from '../../../contract/project-document.ts';
import { billOf, scenarioOf } from '../bill.ts';
import { forAudience } from '../project/audience.ts';
import { sampleDocument } from '../project/sample.ts';
import { moneyFormat, write, XLSX_PARTS } from './write.ts';

type Sheet = xlsx.WorkSheet;

// The calculating program's own SUMIF looks at one row only; this is the function as spreadsheets have it, for numbers.
calculate.import_functions(
  {
    SUMIF: (keys: unknown[][], key: unknown, amounts: unknown[][]) =>
      keys
        .flat()
        .reduce((sum: number, one, i) => sum + (one === key ? Number(amounts.flat()[i] ?? 0) : 0), 0),
  },
  { override: true },
);

async function opened(document: ProjectDocument, parts: readonly string[] = XLSX_PARTS) {
  const written = await write(document, { scenario_id: null, parts, paper: 'A4' });
  const book = xlsx.read(written.bytes, { cellFormula: true, cellNF: true, cellStyles: true });
  return { ...written, book };
}

const sheet = (book: xlsx.WorkBook, name: string): Sheet => {
  const found = book.Sheets[name];
  if (found === undefined) throw new Error(`no sheet ${name}`);
  return found;
};

/** Rows under the heads as records. */
function rows(book: xlsx.WorkBook, name: string): Record<string, string | number>[] {
  return xlsx.utils.sheet_to_json(sheet(book, name), { range: 3 });
}

function column(of: Sheet, head: string): string {
  for (const [address, cell] of Object.entries(of))
    if (/^[A-Z]+4$/.test(address) && (cell as xlsx.CellObject).v === head) return address.slice(0, -1);
  throw new Error(`no column ${head}`);
}

const total = (book: xlsx.WorkBook, name: string, head: string) => {
  const of = sheet(book, name);
  return (of[`${column(of, head)}3`] as xlsx.CellObject).v;
};

function figure(book: xlsx.WorkBook, label: string): number {
  const found = (xlsx.utils.sheet_to_json(sheet(book, 'Summary'), { header: 1 }) as unknown[][]).find(
    (row) => row[0] === label,
  );
  return found?.[1] as number;
}

/** What stands in the cells. */
const texts = (of: Sheet) =>
  Object.entries(of).flatMap(([address, cell]) =>
    address.startsWith('!') ? [] : [(cell as xlsx.CellObject).v],
  );

const cents = (amount: number) => Math.round(amount * 100);

/** Every formula's cell with the value it has. */
function formulas(book: xlsx.WorkBook): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const name of book.SheetNames)
    for (const [address, cell] of Object.entries(sheet(book, name)))
      if (!address.startsWith('!') && (cell as xlsx.CellObject).f !== undefined)
        found.set(`${name}!${address}`, (cell as xlsx.CellObject).v);
  return found;
}

const documents = fc
  .record({
    seed: fc.integer({ min: 1, max: 500 }),
    rooms: fc.integer({ min: 1, max: 9 }),
    lines: fc.integer({ min: 1, max: 4 }),
    names: fc.array(fc.constantFrom('*', '?', '>5', '=Office', '<>', '210*', 'Open', 'OPEN', '~', '"', ''), {
      minLength: 9,
      maxLength: 9,
    }),
  })
  .map(({ seed, rooms: count, lines, names }) => {
    const document = sampleDocument({ seed, rooms: count, lines_per_room: lines });
    const spaces = document.floors.flatMap((floor) => floor.spaces);
    for (const [i, space] of spaces.entries()) Object.assign(space, { name: names[i % 9], number: null });
    return document;
  });

describe('the bill as a workbook', () => {
  it('agrees with the scenario to the cent on every sheet, whatever rooms are called', async () => {
    await fc.assert(
      fc.asyncProperty(documents, async (document) => {
        const { book } = await opened(document);
        const scenario = scenarioOf(document, null);
        if (scenario === undefined) throw new Error('no scenario');
        const { lines, total_cents } = billOf(document, scenario);
        for (const name of ['Areas', 'Products', 'Lines'])
          expect(cents(total(book, name, 'Total') as number)).toBe(total_cents);
        expect(total(book, 'Budget', 'Amount')).toBe(scenario.total_cost);
        expect(figure(book, 'Total')).toBe(scenario.total_cost);
        const list = rows(book, 'Lines');
        expect(list).toHaveLength(lines.length);
        for (const [i, row] of list.entries()) {
          expect(row['Pieces']).toBe(lines[i]?.quantity);
          expect(cents(row['Total'] as number)).toBe(lines[i]?.extended_cents);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('comes to the values it holds when another program calculates it', async () => {
    await fc.assert(
      fc.asyncProperty(documents, async (document) => {
        const { book } = await opened(document);
        const held = formulas(book);
        expect(held.size).toBeGreaterThan(10);
        for (const name of book.SheetNames)
          for (const cell of Object.values(sheet(book, name)))
            if ((cell as xlsx.CellObject).f !== undefined) (cell as xlsx.CellObject).v = -1;
        calculate(book);
        for (const [address, value] of formulas(book))
          expect(`${address} ${Math.round(1e6 * Number(value)) / 1e6}`).toBe(
            `${address} ${Math.round(1e6 * Number(held.get(address))) / 1e6}`,
          );
      }),
      { numRuns: 8 },
    );
  });

  it('follows when somebody changes a count', async () => {
    const document = sampleDocument({ seed: 7, rooms: 4 });
    const { book } = await opened(document);
    const lines = sheet(book, 'Lines');
    const at = `${column(lines, 'Pieces')}5`;
    const each = (lines[`${column(lines, 'Price each')}5`] as xlsx.CellObject).v as number;
    (lines[at] as xlsx.CellObject).v = ((lines[at] as xlsx.CellObject).v as number) + 10;
    const before = figure(book, 'Total');
    calculate(book);
    expect(cents(figure(book, 'Total'))).toBe(cents(before) + cents(each) * 10);
    expect(cents(figure(book, 'Changed since in this workbook by'))).toBe(cents(each) * 10);
  });

  it('keeps text that looks like a formula as text', async () => {
    const document = sampleDocument({ seed: 3, rooms: 2 });
    const hostile = '=HYPERLINK("http://example.com/"&A1,"x")';
    document.project.name = '@SUM(1+1)';
    for (const product of document.products) product.name = hostile;
    for (const space of document.floors[0]?.spaces ?? []) space.name = '+1+cmd|calc!A0';
    const { book } = await opened(document);
    for (const row of rows(book, 'Lines')) expect(row['Product']).toBe(hostile);
    for (const name of book.SheetNames)
      for (const [address, cell] of Object.entries(sheet(book, name))) {
        if (address.startsWith('!')) continue;
        const { t, v, f, z } = cell as xlsx.CellObject;
        if (f !== undefined) expect(f).toMatch(/^(ROUND|IF)\(/);
        if (t === 's' && /^[=+\-@]/.test(String(v))) {
          expect(f).toBeUndefined();
          expect(z).toBe('@');
        }
      }
  });

  it('shows amounts in the scenario’s currency, with filters over the rows and heads that stay', async () => {
    const document = sampleDocument({ seed: 5, rooms: 3 });
    const { book, bytes } = await opened(document);
    const lines = sheet(book, 'Lines');
    expect((lines[`${column(lines, 'Price each')}5`] as xlsx.CellObject).z).toBe(moneyFormat('USD'));
    expect(lines['!autofilter']?.ref).toMatch(/^A4:[A-Z]+\d+$/);
    const zip = xlsx.CFB.read(bytes, { type: 'buffer' });
    const xml = (path: string) => new TextDecoder().decode(xlsx.CFB.find(zip, path)?.content as Uint8Array);
    expect(xml('/xl/worksheets/sheet4.xml')).toContain('ySplit="4"');
    expect(xml('/xl/worksheets/sheet4.xml')).toContain('fitToWidth="1"');
    expect(xml('/xl/workbook.xml')).toContain('Lines!$4:$4');
  });

  it('has no cost in it for a client, and has it for a dealer', async () => {
    const document = sampleDocument({ seed: 11, rooms: 3 });
    const dealer = await opened(document);
    expect(rows(dealer.book, 'Lines')[0]).toHaveProperty('Cost each');
    const inside = scenarioOf(document, null)?.internal;
    expect(cents(total(dealer.book, 'Lines', 'Cost total') as number)).toBe(cents(inside?.cost ?? -1));
    const client = await opened(forAudience(document, 'client'));
    for (const name of client.book.SheetNames)
      expect(JSON.stringify(texts(sheet(client.book, name)))).not.toMatch(/cost|margin/i);
  });

  it('writes values where the lines were not asked for, and says what is missing', async () => {
    const document = sampleDocument({ seed: 13, rooms: 3 });
    const { book, left_out } = await opened(document, ['summary', 'areas']);
    expect(book.SheetNames).toEqual(['Summary', 'Areas']);
    for (const [address] of formulas(book)) expect(book.Sheets).toHaveProperty(address.split('!')[0] ?? '');
    for (const name of book.SheetNames)
      for (const cell of Object.values(sheet(book, name)))
        expect((cell as xlsx.CellObject).f ?? '').not.toContain('Lines!');
    expect(left_out.map((one) => one.what)).toContain('All lines');
    expect(figure(book, 'Total')).toBe(scenarioOf(document, null)?.total_cost);
  });

  it('leaves out lines that were turned down', async () => {
    const document = sampleDocument({ seed: 17, rooms: 3 });
    const scenario = scenarioOf(document, null);
    const [first] = scenario?.items ?? [];
    if (scenario === undefined || first === undefined) throw new Error('no items');
    const before = (await opened(document)).book;
    first.status = 'rejected';
    const { book, left_out } = await opened(document);
    expect(rows(book, 'Lines')).toHaveLength(rows(before, 'Lines').length - 1);
    expect(cents(total(book, 'Lines', 'Total') as number)).toBe(
      cents(total(before, 'Lines', 'Total') as number) - cents(first.total_price),
    );
    expect(left_out).toContainEqual({
      what: 'Lines that were turned down',
      why: 'they are in no sum',
      count: 1,
    });
  });
});
