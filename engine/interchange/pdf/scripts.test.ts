/** Names in other scripts: drawn with glyphs of a typeface that has them, in the order in which they are read. */
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LeftOut } from '../../../contract/project-document.ts';
import { sampleDocument } from '../project/sample.ts';
import { breakable, stretches } from './direction.ts';
import { facesFor } from './fonts.ts';
import { write } from './write.ts';

const NAMES = {
  hebrew: 'חדר ישיבות',
  arabic: 'غرفة الاجتماعات',
  persian: 'اتاق جلسات',
  simplified: '会议室和开放办公区',
  traditional: '會議室與開放辦公區',
  japanese: '港湾ビルの会議室',
  korean: '강당과 회의실',
  cyrillic: 'Зал заседаний',
  greek: 'Αίθουσα συσκέψεων',
  vietnamese: 'Phòng họp',
};
let text: string;
let fonts: string[];
let left_out: readonly LeftOut[];
/** Left and right end of every run of text on the page, points. */
let runs: { text: string; from: number; to: number }[];

beforeAll(async () => {
  const document = sampleDocument({ seed: 4 });
  document.project.description = Object.values(NAMES).join('\n');
  const written = await write(
    document,
    { scenario_id: null, parts: ['brief'], dialect: 'generic', paper: 'A4', units: 'metric' },
    { onProgress: () => undefined },
  );
  left_out = written.left_out;
  const pdf = await getDocument({ data: written.bytes.slice(), verbosity: 0 }).promise;
  const { items } = await (await pdf.getPage(1)).getTextContent();
  text = items.map((item) => ('str' in item ? item.str : '')).join('');
  runs = items.flatMap((item) =>
    'str' in item && item.str.trim() !== ''
      ? [{ text: item.str, from: item.transform[4], to: item.transform[4] + item.width }]
      : [],
  );
  fonts = Buffer.from(written.bytes)
    .toString('latin1')
    .match(/\/FontName \/\w+\+[\w-]+/g) as string[];
}, 60_000);

/** Letters without blanks and signs that nobody sees, which readers put where they like. */
const letters = (value: string) => value.normalize('NFKC').replace(/[\s\p{Cf}]/gu, '');

describe('a proposal with names in other scripts', () => {
  it.each(Object.entries(NAMES))('holds %s text as it was written', (_script, name) => {
    // Word by word: readers differ in the order of words that run to the left.
    for (const word of name.split(' ')) expect(letters(text)).toContain(letters(word));
  });

  it('begins a paragraph that runs from right to left at the right margin, any other at the left', () => {
    const ends = (words: string, which: 'from' | 'to') =>
      runs
        .filter((run) => words.split(' ').some((word) => letters(run.text).includes(letters(word))))
        .map((run) => run[which]);
    for (const name of [NAMES.hebrew, NAMES.arabic, NAMES.persian])
      expect(Math.max(...ends(name, 'to'))).toBeCloseTo(595.28 - 48, 0);
    for (const name of [NAMES.cyrillic, NAMES.greek, NAMES.vietnamese])
      expect(Math.min(...ends(name, 'from'))).toBeCloseTo(48, 0);
  });

  it('embeds typefaces that have them, and leaves nothing out', () => {
    for (const face of ['Hebrew', 'Arabic', 'JP', 'KR', 'SC'])
      expect(fonts.some((name) => name.includes(`NotoSans${face}`))).toBe(true);
    expect(left_out.filter(({ what }) => what.startsWith('Characters'))).toEqual([]);
  });

  it('writes what no typeface here has in Latin letters, and says so', async () => {
    const document = sampleDocument({ seed: 4 });
    document.project.description = 'ห้องประชุม';
    const written = await write(
      document,
      { scenario_id: null, parts: ['brief'], dialect: 'generic', paper: 'A4', units: 'metric' },
      { onProgress: () => undefined },
    );
    const pdf = await getDocument({ data: written.bytes.slice(), verbosity: 0 }).promise;
    const { items } = await (await pdf.getPage(1)).getTextContent();
    expect(items.map((item) => ('str' in item ? item.str : '')).join('')).toContain('hongprachum');
    expect(written.left_out.map(({ what }) => what).join()).toContain('ห');
  });
});

describe('the order in which a line is drawn', () => {
  it('turns what is read from the right, and keeps figures and brackets as they are read', () => {
    const drawn = stretches('קומה (3)').map(({ text }) => text);
    expect(drawn.indexOf('3')).toBeLessThan(drawn.findIndex((one) => one.includes('קומה')));
    expect(stretches('Room 12 (north)')).toEqual([{ text: 'Room 12 (north)', right_to_left: false }]);
    const mixed = stretches('Room אולם A');
    expect(mixed.map(({ right_to_left }) => right_to_left)).toEqual([false, true, false]);
  });

  it('breaks Chinese between characters, but not before a full stop or after an opening bracket', () => {
    expect(breakable('会议室。')).toEqual(['会', '议', '室。']);
    expect(breakable('「会」')).toEqual(['「会」']);
    expect(breakable('workstation')).toEqual(['workstation']);
  });
});

it('has characters that only Taiwan or Hong Kong uses', async () => {
  const document = sampleDocument({ seed: 4 });
  document.project.description = '屘房 𨋢口 會議室';
  const { left_out: told, bytes } = await write(
    document,
    { scenario_id: null, parts: ['brief'], dialect: 'generic', paper: 'A4', units: 'metric' },
    { onProgress: () => undefined },
  );
  expect(told.filter(({ what }) => what.startsWith('Characters'))).toEqual([]);
  const pdf = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
  const { items } = await (await pdf.getPage(1)).getTextContent();
  const found = items.map((item) => ('str' in item ? item.str : '')).join('');
  for (const letter of '屘𨋢會') expect(found).toContain(letter);
});

it('cuts a typeface to the characters of the document', async () => {
  const faces = await facesFor('Room שלום – 24″');
  expect(faces.regular).toHaveLength(1);
  expect(faces.regular[0]?.bytes.length).toBeLessThan(20_000);
  expect((await facesFor('Zal заседаний – 24″ × 3 €')).regular).toEqual([]);
});
