// Orders as SIF: out and in again without a difference in every dialect, and files as other programs really send them.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SIF_DIALECTS, type SifDialect } from '../../../contract/exports.ts';
import type { ProjectDocument } from '../../../contract/project-document.ts';
import { billOf, scenarioOf } from '../bill.ts';
import { forAudience } from '../project/audience.ts';
import { sampleDocument } from '../project/sample.ts';
import { planOf } from './apply.ts';
import { DIALECTS } from './dialects.data.ts';
import { compareWith } from './differences.ts';
import { encodable, encode } from './encoding.ts';
import { discountText, factorText, lessPercent, percentOfText } from './percent.ts';
import { type ReadSifLine, readSif } from './read.ts';
import { write } from './write.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

async function* chunks(bytes: Uint8Array, size = 1000): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function compared(document: ProjectDocument, dialect: SifDialect, bytes: Uint8Array, size?: number) {
  const scenario = scenarioOf(document, null);
  if (scenario === undefined) throw new Error('no scenario');
  const comparison = compareWith(billOf(document, scenario), dialect);
  const lines: ReadSifLine[] = [];
  const summary = await readSif(chunks(bytes, size), dialect, (line) => {
    lines.push(line);
    comparison.add(line);
  });
  return { summary, lines, ...comparison.finish() };
}

const written = (document: ProjectDocument, dialect: SifDialect) =>
  write(document, { scenario_id: null, dialect });

/** Any text a person may have typed into a name: accents, quotes, line ends, signs that look like codes. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', minLength: 0, maxLength: 90 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.constantFrom(
    'PN=hidden',
    'A=B',
    'naïve café',
    'Ã©',
    'Łódź – Größe 1½″',
    '  spaced  ',
    'a\r\nPN=X',
    '=1+1',
    '˙',
    'lone ˘',
    '日本',
  ),
);
const price = fc.oneof(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 9_999_999 }));

/** Anything a bill may hold. */
const contents = fc.record({
  seed: fc.integer({ min: 1, max: 400 }),
  names: fc.array(anyText, { minLength: 8, maxLength: 8 }),
  makers: fc.array(anyText, { minLength: 8, maxLength: 8 }),
  spaces: fc.array(anyText, { minLength: 4, maxLength: 4 }),
  prices: fc.array(fc.tuple(price, price, price, fc.integer({ min: 1, max: 5000 })), {
    minLength: 8,
    maxLength: 8,
  }),
  variant: anyText,
});
type Contents = typeof contents extends fc.Arbitrary<infer T> ? T : never;

function documentWith({ seed, names, makers, spaces, prices, variant }: Contents): ProjectDocument {
  const document = sampleDocument({ seed, rooms: 4, lines_per_room: 3 });
  document.floors[0]?.spaces.forEach((space, i) => {
    space.name = spaces[i] ?? null;
  });
  document.products.forEach((product, i) => {
    product.name = names[i % 8] || 'Chair';
    product.manufacturer = makers[i % 8] ?? null;
  });
  for (const scenario of document.scenarios)
    scenario.items.forEach((item, i) => {
      const [list, sell, cost, quantity] = prices[i % 8] ?? [1, 1, 1, 1];
      item.unit_list_price = list / 100;
      item.unit_price = sell / 100;
      item.quantity = quantity;
      item.total_price = (sell * quantity) / 100;
      item.internal = { unit_cost: cost / 100, total_cost: (cost * quantity) / 100, margin_pct: null };
      if (i % 3 === 0) item.variant = { sku: `${item.sku}-V`, name: variant, attributes: { color: variant } };
      if (i % 7 === 0) item.status = 'rejected';
    });
  return document;
}

describe('an order written and read again', () => {
  it('differs in nothing from its bill, in any dialect and however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        contents,
        fc.constantFrom(...SIF_DIALECTS),
        fc.integer({ min: 1, max: 3000 }),
        async (content, dialect, size) => {
          const document = documentWith(content);
          const result = await compared(document, dialect, written(document, dialect).bytes, size);
          expect(result.differences).toEqual([]);
          expect(result.summary.problems.filter((one) => one.severity === 'error')).toEqual([]);
          expect(result.summary.unknown_codes).toEqual([]);
        },
      ),
      { numRuns: 120 },
    );
  });

  it('gives back every price to the cent from the percentage that stands in the file', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9_999_999_999 }),
        fc.integer({ min: 0, max: 9_999_999_999 }),
        (list, sell) => {
          // A discount of more than 999,999 % is no discount.
          fc.pre(sell / list < 9999);
          expect(lessPercent(list, discountText(list, sell) as string)).toBe(sell);
          expect(percentOfText(list, factorText(list, sell) as string)).toBe(sell);
        },
      ),
    );
  });

  it('is plain CODE=VALUE with CRLF, a header, blank lines between records, and the codes of its dialect', () => {
    const document = sampleDocument({ seed: 3, rooms: 2, lines_per_room: 1 });
    const text = new TextDecoder('windows-1252').decode(written(document, 'generic').bytes);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    const [header, ...records] = text.trimEnd().split('\r\n\r\n');
    expect(header).toMatch(/^SF=5a3b0000[^\r\n]+\r\nST=Sample 3 – Höhe 2½ \(fictional\) \(Balanced\)$/);
    expect(records).toHaveLength(2);
    for (const record of records) {
      expect(record).toMatch(/^PN=/);
      for (const code of ['PD', 'MC', 'QT', 'PL', 'S-', 'TG', 'GC', 'P%'])
        expect(record.split('\r\n').filter((line) => line.startsWith(`${code}=`))).toHaveLength(1);
      expect(/^MC=(.*)$/m.exec(record)?.[1]?.trim().length).toBeLessThanOrEqual(5);
    }
    const factor = new TextDecoder().decode(written(document, 'price_factor').bytes);
    expect(factor).toMatch(/^NT=\d+\r$/m);
    expect(factor).not.toMatch(/^QT=/m);
    const worksheet = new TextDecoder().decode(written(document, 'cyncly').bytes);
    for (const code of ['MG', 'I1', 'I2', 'PRC', 'NT'])
      expect(worksheet).toMatch(new RegExp(`^${code}=`, 'm'));
  });

  it('says what the dealer pays as a discount in one dialect, as a factor in the other, and never to a client', () => {
    const document = sampleDocument({ seed: 5, rooms: 1, lines_per_room: 1 });
    const item = document.scenarios[1]?.items[0];
    if (item === undefined) throw new Error('no item');
    Object.assign(item, { unit_list_price: 200, unit_price: 150, quantity: 1, total_price: 150 });
    item.internal = { unit_cost: 80, total_cost: 80, margin_pct: null };
    const text = (dialect: SifDialect, from = document) =>
      new TextDecoder().decode(written(from, dialect).bytes);
    expect(text('generic')).toMatch(/^S-=25\r$/m);
    expect(text('generic')).toMatch(/^P%=60\r$/m);
    expect(text('price_factor')).toMatch(/^P%=40\r$/m);
    expect(text('cyncly')).toMatch(/^I2=80.00\r$/m);
    const client = forAudience(document, 'client');
    for (const dialect of SIF_DIALECTS) {
      expect(text(dialect, client)).not.toMatch(/^(P%|B%|I2)=/m);
      expect(text(dialect, client)).toMatch(/^S-=25\r$/m);
    }
  });

  it('tells what it had to cut, spell otherwise or leave out; a part number is never cut', () => {
    const document = sampleDocument({ seed: 7, rooms: 2, lines_per_room: 2 });
    const [product] = document.products;
    const scenario = document.scenarios[1];
    if (product === undefined || scenario === undefined) throw new Error('empty');
    const [first, second] = scenario.items;
    if (first === undefined || second === undefined) throw new Error('empty');
    const long = `${'A'.repeat(40)}-1`;
    product.sku = long;
    first.sku = long;
    product.name = `Tisch “Łódź” ${'x'.repeat(80)}`;
    second.status = 'rejected';
    for (const other of scenario.items.slice(2)) other.sku = long;
    second.sku = long;
    const { bytes, left_out } = written(document, 'short_fields');
    const text = new TextDecoder('windows-1252').decode(bytes);
    expect(text).toContain(`PN=${long}\r\n`);
    expect(text).toMatch(/^PD=Tisch “Lódz” x{47}\r$/m);
    expect(text).toMatch(/^TG=.{1,8}\r$/m);
    const what = left_out.map((one) => one.what).join('\n');
    expect(what).toMatch(/Part numbers longer than 30/);
    expect(what).toMatch(/The end of PD beyond 60/);
    expect(what).toMatch(/The end of TG beyond 8/);
    expect(what).toMatch(/Characters .*Ł.* in PD/);
    expect(left_out).toContainEqual(
      expect.objectContaining({ what: 'Lines that were turned down', count: 1 }),
    );
    for (const one of left_out) expect(one.why.length).toBeGreaterThan(10);
  });
});

describe('an order file of another program', () => {
  const document = sampleDocument({ seed: 11, rooms: 3, lines_per_room: 2 });
  const items = document.scenarios[1]?.items ?? [];
  const text = new TextDecoder('windows-1252').decode(written(document, 'generic').bytes);
  const western = (changed: string) => encode(encodable(changed, 'windows-1252').text, 'windows-1252');

  it('is told apart from the bill: added, removed, quantity, price and description', async () => {
    const [one, two, three, four] = items;
    if (!one || !two || !three || !four) throw new Error('too few');
    const records = text.trimEnd().split('\r\n\r\n');
    const at = (sku: string, i: number) => {
      expect(records[i]).toContain(`PN=${sku}\r\n`);
      return i;
    };
    records[at(one.sku, 1)] = records[1]?.replace(/QT=\d+/, 'QT=77') ?? '';
    records[at(two.sku, 2)] = records[2]?.replace(/S-=[\d.]*/, 'S-=50') ?? '';
    records[at(three.sku, 3)] = records[3]?.replace(/PD=.*/, 'PD=Something else\r') ?? '';
    records.splice(at(four.sku, 4), 1);
    records.push('PN=NEW-1\r\nPD=New chair\r\nMC=FICT\r\nQT=3\r\nPL=100.00\r\nS-=10\r\nTG=Lobby');
    const { counts, differences } = await compared(
      document,
      'generic',
      western(`${records.join('\r\n\r\n')}\r\n`),
    );
    expect(counts.added).toBe(1);
    expect(counts.description).toBe(1);
    const of = (kind: string) => differences.filter((difference) => difference.kind === kind);
    expect(of('added')[0]).toMatchObject({ sku: 'NEW-1', side_mark: 'Lobby', after: 3, unit_price: 90 });
    expect(of('quantity')[0]).toMatchObject({ sku: one.sku, before: one.quantity, after: 77 });
    expect(of('price')[0]).toMatchObject({ sku: two.sku, before: two.unit_price });
    expect(of('removed')[0]).toMatchObject({ sku: four.sku, before: four.quantity, after: null });
    for (const difference of differences) expect(difference.detail).toMatch(/[a-z].*\.$/);
  });

  it('without side marks is compared with all rooms together', async () => {
    const unmarked = text.replace(/^TG=.*\r\n/gm, '');
    expect((await compared(document, 'generic', western(unmarked))).differences).toEqual([]);
  });

  it('keeps unknown codes and says where what is missing should stand', async () => {
    const file = [
      'SF=1',
      'ST=Somebody’s order',
      'PN=A-1',
      'PD=Chair',
      'MC=ABCDE',
      'QT=2',
      'PL=$1,234.50',
      'ZZ=kept',
      'OD=loose description',
      '',
      'PN=A-2',
      'PD=Table',
      'MC=AB',
      'QT=two',
      'PL=abc',
      'not a line',
      'PN=A-3',
      'ZZ=again',
    ].join('\r\n');
    const { summary, lines } = await compared(document, 'generic', western(file));
    expect(summary).toMatchObject({
      title: 'Somebody’s order',
      records: 3,
      lines: 18,
      encoding: 'windows-1252',
    });
    expect(summary.unknown_codes).toEqual([{ code: 'ZZ', count: 2, first_line: 8, example: 'kept' }]);
    expect(lines[0]).toMatchObject({ part: 'A-1', list_cents: 123_450, sell_cents: null, usable: true });
    expect(lines[0]?.unknown).toEqual([{ code: 'ZZ', value: 'kept', line: 8 }]);
    expect(lines.map((line) => line.usable)).toEqual([true, false, false]);
    const problems = summary.problems.map((one) => `${one.line} ${one.severity} ${one.message}`);
    expect(problems.some((one) => /^9 warning OD stands without/.test(one))).toBe(true);
    expect(problems.some((one) => /^14 error QT=two is no quantity/.test(one))).toBe(true);
    expect(problems.some((one) => /^15 warning PL=abc is no price/.test(one))).toBe(true);
    expect(problems.some((one) => /^16 error "not a line"/.test(one))).toBe(true);
    for (const code of ['QT', 'PL', 'PD', 'MC'])
      expect(problems.some((one) => one.startsWith('17 ') && one.includes(`${code} is missing`))).toBe(true);
  });

  it('does not call missing what it could not read', async () => {
    const [one] = items;
    const broken = text
      .replace(`PN=${one?.sku}\r\n`, `PN=${one?.sku}\r\nQT=some\r\n`)
      .replace(/\r\nQT=\d+/, '');
    const { differences, summary } = await compared(document, 'generic', western(broken));
    expect(summary.problem_count).toBeGreaterThan(0);
    expect(differences.filter((difference) => difference.sku === one?.sku)).toEqual([]);
  });

  it('in a wrong encoding is read all the same, and says so', async () => {
    const accented = text.replace(/PD=.*/, 'PD=Schränke für Größen');
    const asWestern = await compared(document, 'cet', western(accented));
    expect(asWestern.summary.encoding).toMatch(/windows-1252/);
    expect(asWestern.lines[0]?.description).toBe('Schränke für Größen');
    const wide = new Uint8Array(2 + text.length * 2);
    wide.set([0xff, 0xfe]);
    for (let i = 0; i < text.length; i += 1)
      wide.set([text.charCodeAt(i) & 255, text.charCodeAt(i) >> 8], 2 + i * 2);
    const asWide = await compared(document, 'generic', wide);
    expect(asWide.summary.encoding).toBe('utf-16le');
    expect(asWide.differences).toEqual([]);
  });

  it('that is none is refused in a sentence', async () => {
    for (const bytes of [
      bytesOf(''),
      bytesOf('hello\nworld'),
      bytesOf('SF=1\nST=2\n'),
      bytesOf('%PDF-1.7 x'),
    ])
      await expect(compared(document, 'generic', bytes)).rejects.toThrow(/SIF file/);
    const noise = Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256);
    await expect(compared(document, 'generic', noise)).rejects.toThrow(/SIF file/);
  });

  it('of 100,000 records is read in constant memory', async () => {
    const record = (i: number) =>
      bytesOf(
        `PN=BULK-${i}\r\nPD=Chair ${i}\r\nMC=FICT\r\nQT=${(i % 9) + 1}\r\nPL=100.00\r\nS-=12.5\r\nTG=Room ${i % 500}\r\nQQ=1\r\n\r\n`,
      );
    async function* file(): AsyncIterable<Uint8Array> {
      for (let i = 0; i < 100_000; i += 1) yield record(i);
    }
    const scenario = scenarioOf(document, null);
    if (scenario === undefined) throw new Error('no scenario');
    const comparison = compareWith(billOf(document, scenario), 'generic');
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    const kept: number[] = [];
    let count = 0;
    const summary = await readSif(file(), 'generic', (line) => {
      comparison.add(line);
      count += 1;
      if (count % 20_000 > 0) return;
      collect();
      kept.push(process.memoryUsage().heapUsed);
    });
    const result = comparison.finish();
    expect(summary).toMatchObject({ records: 100_000, problem_count: 0 });
    expect(summary.unknown_codes).toEqual([{ code: 'QQ', count: 100_000, first_line: 8, example: '1' }]);
    expect(result.cut).toBe(true);
    expect(result.differences.length).toBeLessThanOrEqual(5000);
    expect(kept.at(-1)! - kept[0]!).toBeLessThan(10e6);
  });

  it('hostile in shape neither hangs nor fills the memory', async () => {
    const endless = bytesOf(`PN=A\r\n${'X=1\r\n'.repeat(200_000)}`);
    const { summary, lines } = await compared(document, 'generic', endless, 65_536);
    expect(lines[0]?.unknown.length).toBeLessThanOrEqual(2000);
    expect(summary.problems.some((one) => /more than 2000 lines/.test(one.message))).toBe(true);
    const wide = bytesOf(`PN=A\r\nPD=${'y'.repeat(3_000_000)}\r\nPN=B\r\nQT=1\r\n`);
    const second = await compared(document, 'generic', wide, 65_536);
    expect(second.summary.problems.some((one) => /longer than a million/.test(one.message))).toBe(true);
    expect(second.summary.records).toBe(2);
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 400 }),
        fc.constantFrom(...SIF_DIALECTS),
        async (noise, dialect) => {
          const bytes = Uint8Array.from([...bytesOf('PN=A\r\nQT=1\r\n'), ...noise]);
          const result = await compared(document, dialect, bytes);
          expect(result.summary.records).toBeGreaterThan(0);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('taking an order over', () => {
  const KINDS: ('added' | 'removed' | 'quantity')[] = ['added', 'removed', 'quantity'];
  const changed = async () => {
    const document = sampleDocument({ seed: 7 });
    const records = new TextDecoder().decode((await written(document, 'generic')).bytes).split('\r\n\r\n');
    const [head = '', first = '', second = '', ...others] = records;
    const more = second.replace(/QT=(\d+)/, (_all, n) => `QT=${Number(n) + 2}`);
    const added = 'PN=LAMP-1\r\nPD=Lamp\r\nMC=OFS\r\nQT=3\r\nPL=10.00\r\n';
    expect(first).toContain('PN=');
    const { differences } = await compared(
      document,
      'generic',
      bytesOf([head, more, ...others, added].join('\r\n\r\n')),
    );
    return { differences, bill: billOf(document, scenarioOf(document, null)!) };
  };

  it('line by line is what taking over those lines alone would do', async () => {
    const { differences, bill } = await changed();
    const whole = planOf(differences, bill, 'generic', KINDS);
    const one = (place: number) => planOf(differences, bill, 'generic', KINDS, new Set([place]));
    const each = differences.map((_, place) => one(place));
    expect(new Set(each.flatMap((plan) => plan.removed))).toEqual(new Set(whole.removed));
    expect(each.flatMap((plan) => plan.added)).toEqual(whole.added);
    expect(new Map(each.flatMap((plan) => [...plan.counts]))).toEqual(whole.counts);
    expect(whole.added.length + whole.removed.length + whole.counts.size).toBeGreaterThanOrEqual(3);
  });

  it('tells how many differences were not chosen', async () => {
    const { differences, bill } = await changed();
    const place = differences.findIndex((one) => one.kind === 'added');
    const plan = planOf(differences, bill, 'generic', KINDS, new Set([place]));
    expect(plan.removed).toEqual([]);
    expect(plan.counts.size).toBe(0);
    const others = differences.filter(({ kind }) => kind === 'removed' || kind === 'quantity').length;
    expect(plan.left_out).toEqual([
      expect.objectContaining({ what: 'Differences that were not chosen', count: others }),
    ]);
  });
});

it('every dialect writes the mandatory fields and has no code twice', () => {
  for (const dialect of Object.values(DIALECTS)) {
    const codes = dialect.codes.map(([code]) => code.toUpperCase());
    expect(new Set(codes).size).toBe(codes.length);
    for (const field of ['part', 'description', 'manufacturer', 'quantity', 'list'])
      expect(dialect.codes.some(([, known]) => known === field)).toBe(true);
    expect(codes[0]).toBe('PN');
  }
});
