/**
 * The typefaces of the proposal, read from installed packages: Inter (OFL 1.1) for Latin, Greek, Cyrillic and Vietnamese;
 * Noto Sans (OFL 1.1) for Arabic, Hebrew, Chinese, Japanese and Korean, cut with HarfBuzz to the characters a document
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
  bytes: Buffer;
}
export type Faces = Record<Weight, readonly Face[]>;
export const NO_FACES: Faces = { regular: [], strong: [] };

type FaceName = 'arabic' | 'hebrew' | 'jp' | 'kr' | 'sc';

/** A file of a typeface and the characters it is for, as the package tells them. */
interface Slice {
  path: string;
  /** First and last code point of each range. */
  ranges: readonly (readonly [number, number])[];
}
const slices = new Map<FaceName, readonly Slice[]>();

/** The first code points after those Inter is asked for: Hebrew begins there. */
const FIRST_OTHER = 0x590;

/**
 * Files for the characters of the texts that Inter does not have; characters no typeface here has are in none of them.
 * Chinese characters look Japanese in a document with kana, Korean in one with Hangul, else as in mainland China.
 */
export async function facesFor(texts: Iterable<string>): Promise<Faces> {
  const letters = new Set<string>();
  for (const text of texts)
    for (const letter of text) if ((letter.codePointAt(0) ?? 0) >= FIRST_OTHER) letters.add(letter);
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
      [...wanted].map(async ([{ path }, text]) => ({
        name: `${path} ${weight}`,
        bytes: await subsetFont(packageFile(path), text, {
          targetFormat: 'truetype',
          variationAxes: { wght: WEIGHTS[weight] },
        }),
      })),
    );
  return { regular: await cut('regular'), strong: await cut('strong') };
}

/** Which typefaces to look in for Chinese characters and the signs between them. */
function orderOf(letters: ReadonlySet<string>): FaceName[] {
  const text = [...letters].join('');
  const own: FaceName[] = KANA.test(text) ? ['jp'] : HANGUL.test(text) ? ['kr'] : [];
  return [...new Set<FaceName>([...own, 'sc', 'jp', 'kr'])];
}

const KANA = /[\p{sc=Hiragana}\p{sc=Katakana}]/u;
const HANGUL = /\p{sc=Hangul}/u;

function sliceOf(letter: string, order: readonly FaceName[]): Slice | undefined {
  const code = letter.codePointAt(0) ?? 0;
  const own: FaceName[] = KANA.test(letter) ? ['jp'] : HANGUL.test(letter) ? ['kr'] : [];
  for (const face of new Set<FaceName>(['arabic', 'hebrew', ...own, ...order]))
    for (const slice of slicesOf(face))
      if (slice.ranges.some(([from, to]) => code >= from && code <= to)) return slice;
  return undefined;
}

function slicesOf(face: FaceName): readonly Slice[] {
  const known = slices.get(face);
  if (known !== undefined) return known;
  const folder = `@fontsource-variable/noto-sans-${face}`;
  const told = JSON.parse(packageFile(`${folder}/unicode.json`).toString()) as Record<string, string>;
  const made = Object.entries(told)
    .filter(([name]) => name.startsWith('[') || name === face)
    .map(([name, ranges]) => ({
      path: `${folder}/files/noto-sans-${face}-${name.replace(/[[\]]/g, '')}-wght-normal.woff2`,
      ranges: ranges.split(',').map(rangeOf),
    }));
  slices.set(face, made);
  return made;
}

/** "U+0590-05FF" or "U+20AA". */
function rangeOf(text: string): readonly [number, number] {
  const [from = '', to = from] = text.trim().slice(2).split('-');
  return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
}
