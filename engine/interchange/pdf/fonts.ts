/**
 * The typefaces of the proposal, read from installed packages: Inter (OFL 1.1) for Latin, Greek, Cyrillic and Vietnamese;
 * Noto Sans (OFL 1.1) for Arabic, Hebrew, Chinese of both kinds, Japanese and Korean, cut with HarfBuzz to the characters a document
 * has and to one weight. Reading these files is the only I/O here.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import subsetFont from 'subset-font';

export const WEIGHTS = { regular: 400, strong: 600 } as const;
export type Weight = keyof typeof WEIGHTS;

/** Parts of Inter, in the order in which a character is looked for. */
export const SUBSETS = [
  'latin',
  'latin-ext',
  'greek',
  'greek-ext',
  'cyrillic',
  'cyrillic-ext',
  'vietnamese',
] as const;

const resolver = createRequire(import.meta.url);
const files = new Map<string, Buffer>();

export function fontFile(subset: (typeof SUBSETS)[number], weight: Weight): Buffer {
  return packageFile(`@fontsource/inter/files/inter-${subset}-${WEIGHTS[weight]}-normal.woff`);
}

function packageFile(path: string): Buffer {
  const known = files.get(path);
  if (known !== undefined) return known;
  const bytes = readFileSync(resolver.resolve(path));
  files.set(path, bytes);
  return bytes;
}

/** A font file with nothing but characters of this document, in one weight. */
export interface Face {
  name: string;
  letters: string;
  bytes: Buffer;
}
export type Faces = Record<Weight, readonly Face[]>;
export const NO_FACES: Faces = { regular: [], strong: [] };

type FaceName = 'arabic' | 'hebrew' | 'jp' | 'kr' | 'sc' | 'hk';

/** A file of a typeface and the characters it is for, as the package tells them. */
interface Slice {
  path: string;
  ranges: Ranges;
}
/** First and last code point of each. */
type Ranges = readonly (readonly [number, number])[];
const slices = new Map<FaceName, readonly Slice[]>();

/** Latin, Greek and Cyrillic come before. */
const MAYBE_OTHER = /[\u0590-\u{10ffff}]/gu;

/**
 * Files for the characters of a text that Inter does not have; characters no typeface here has are in none of them.
 * Chinese characters look Japanese in a document with kana, Korean in one with Hangul, else as in mainland China; those that only
 * Taiwan and Hong Kong use come from Hong Kong's.
 */
export async function facesFor(text: string): Promise<Faces> {
  const letters = new Set<string>();
  for (const [letter] of text.matchAll(MAYBE_OTHER))
    if (interParts(letter.codePointAt(0) ?? 0).length === 0) letters.add(letter);
  if (letters.size === 0) return NO_FACES;
  const wanted = new Map<Slice, string>();
  const order = orderOf(letters);
  // In the order of code points: the file is the same whatever came first in the document.
  for (const letter of [...letters].sort()) {
    const slice = sliceOf(letter, order);
    if (slice !== undefined) wanted.set(slice, (wanted.get(slice) ?? ' ') + letter);
  }
  const cut = (weight: Weight): Promise<Face[]> =>
    Promise.all(
      [...wanted].map(async ([{ path }, own]) => ({
        name: `${path} ${weight}`,
        letters: own,
        bytes: await subsetFont(packageFile(path), own, {
          targetFormat: 'truetype',
          variationAxes: { wght: WEIGHTS[weight] },
        }),
      })),
    );
  return { regular: await cut('regular'), strong: await cut('strong') };
}

/** The parts of Inter that are for a character, as the package tells; opening them all to ask would take a second. */
export function interParts(code: number): (typeof SUBSETS)[number][] {
  inter ??= rangesOf('@fontsource/inter');
  return SUBSETS.filter((part) => inter?.get(part)?.some(([from, to]) => code >= from && code <= to));
}
let inter: Map<string, Ranges> | undefined;

/** Which typefaces to look in for Chinese characters and the signs between them. */
function orderOf(letters: ReadonlySet<string>): FaceName[] {
  const text = [...letters].join('');
  const own: FaceName[] = KANA.test(text) ? ['jp'] : HANGUL.test(text) ? ['kr'] : [];
  return [...new Set<FaceName>([...own, 'sc', 'jp', 'kr', 'hk'])];
}

const KANA = /[\p{sc=Hiragana}\p{sc=Katakana}]/u;
const HANGUL = /\p{sc=Hangul}/u;

function sliceOf(letter: string, order: readonly FaceName[]): Slice | undefined {
  const own: FaceName[] = KANA.test(letter) ? ['jp'] : HANGUL.test(letter) ? ['kr'] : [];
  for (const face of new Set<FaceName>(['arabic', 'hebrew', ...own, ...order])) {
    const slice = sliceIn(face, letter);
    if (slice !== undefined) return slice;
  }
  return undefined;
}

function sliceIn(face: FaceName, letter: string): Slice | undefined {
  const code = letter.codePointAt(0) ?? 0;
  return slicesOf(face).find(({ ranges }) => ranges.some(([from, to]) => code >= from && code <= to));
}

function slicesOf(face: FaceName): readonly Slice[] {
  const known = slices.get(face);
  if (known !== undefined) return known;
  const folder = `@fontsource-variable/noto-sans-${face}`;
  const made = [...rangesOf(folder)]
    .filter(([name]) => name.startsWith('[') || name === face)
    .map(([name, ranges]) => ({
      path: `${folder}/files/noto-sans-${face}-${name.replace(/[[\]]/g, '')}-wght-normal.woff2`,
      ranges,
    }));
  slices.set(face, made);
  return made;
}

/** What each file of a package is for. */
function rangesOf(folder: string): Map<string, Ranges> {
  const told = JSON.parse(packageFile(`${folder}/unicode.json`).toString()) as Record<string, string>;
  return new Map(Object.entries(told).map(([name, ranges]) => [name, ranges.split(',').map(rangeOf)]));
}

/** "U+0590-05FF" or "U+20AA". */
function rangeOf(text: string): readonly [number, number] {
  const [from = '', to = from] = text.trim().slice(2).split('-');
  return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
}
