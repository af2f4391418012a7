/**
 * The typeface of the proposal: Inter (OFL 1.1) from @fontsource/inter, one file for each script and weight, read when a
 * text first needs it. Reading these files of an installed package is the only I/O here.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

export const WEIGHTS = { regular: 400, strong: 600 } as const;
export type Weight = keyof typeof WEIGHTS;

/** Parts of the typeface, in the order in which a character is looked for. */
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
  const name = `inter-${subset}-${WEIGHTS[weight]}-normal.woff`;
  const known = files.get(name);
  if (known !== undefined) return known;
  const bytes = readFileSync(resolver.resolve(`@fontsource/inter/files/${name}`));
  files.set(name, bytes);
  return bytes;
}
