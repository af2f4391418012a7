// The table of formats that are damaged, with the share each has of a run. A case is a format and a seed: the same pair
// is the same file on every machine.
import { generatePlan } from '../../engine/plan/generator/generate.ts';
import { makeRandom, type Random } from '../../engine/plan/generator/random.ts';
import { writeDxf } from '../../engine/plan/generator/write_dxf.ts';
import { writePdf } from '../../engine/plan/generator/write_pdf.ts';
import { type Look, writePicture } from '../../engine/plan/generator/write_png.ts';
import { damageBytes } from './bytes.ts';
import { binaryOf, damageDxf } from './dxf.ts';
import { contentOf, damagedPdf } from './pdf.ts';
import { liedJpeg, liedPng, pngBomb } from './pictures.ts';

export type Damaged = { bytes: Uint8Array; done: string[] };
export type Case = { format: string; seed: number };

/** Shares are parts of 1; pictures take long to read, so theirs is small. */
export const FORMATS: { name: string; share: number; make: (random: Random) => Promise<Damaged> }[] = [
  { name: 'dxf', share: 0.5, make: async (random) => dxfCase(random) },
  { name: 'binary_dxf', share: 0.16, make: async (random) => binaryCase(random) },
  { name: 'pdf', share: 0.3, make: async (random) => pdfCase(random) },
  { name: 'png', share: 0.02, make: (random) => pictureCase(random, 'clean') },
  { name: 'jpg', share: 0.02, make: (random) => pictureCase(random, 'photographed') },
];

function smallPlan(random: Random) {
  return generatePlan(random.whole(1, 1e6), {
    width_ft: random.whole(56, 72),
    depth_ft: random.whole(40, 50),
    furniture: random.chance(0.5),
    difficulty: random.chance(0.3) ? 'real' : 'plain',
  });
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

function dxfCase(random: Random): Damaged {
  const text = writeDxf(smallPlan(random));
  const other = writeDxf(smallPlan(random));
  if (random.chance(0.15)) return damageBytes(bytesOf(text), bytesOf(other), 20, random);
  const damaged = damageDxf(text, other, random);
  return { bytes: bytesOf(damaged.text), done: damaged.done };
}

function binaryCase(random: Random): Damaged {
  const whole = writeDxf(smallPlan(random));
  if (random.chance(0.4)) {
    const { text, done } = damageDxf(whole, whole, random);
    return { bytes: binaryOf(text, whole), done };
  }
  const bytes = binaryOf(whole, whole);
  return damageBytes(bytes, bytes, 24, random);
}

function pdfCase(random: Random): Damaged {
  const pdf = writePdf(smallPlan(random));
  if (random.chance(0.25)) return damageBytes(pdf, pdf, 8, random);
  const damaged = damagedPdf(contentOf(pdf), random);
  if (random.chance(0.85)) return damaged;
  const more = damageBytes(damaged.bytes, pdf, 8, random);
  return { bytes: more.bytes, done: [...damaged.done, ...more.done] };
}

async function pictureCase(random: Random, look: Look): Promise<Damaged> {
  if (look === 'clean' && random.chance(0.05)) {
    return { bytes: pngBomb(random.pick([9000, 12_000, 15_000])), done: ['bomb'] };
  }
  const plan = generatePlan(random.whole(1, 1e6), { width_ft: 56, depth_ft: 40 });
  const { bytes } = await writePicture(plan, { look, pixels_per_foot: 3 });
  if (random.chance(0.3))
    return { bytes: look === 'clean' ? liedPng(bytes, random) : liedJpeg(bytes, random), done: ['head'] };
  return damageBytes(bytes, bytes, 16, random);
}

/** The damaged file of a case. */
export async function makeCase({ format, seed }: Case): Promise<Damaged> {
  const entry = FORMATS.find(({ name }) => name === format);
  if (!entry)
    throw new Error(`No format ${format}; there are ${FORMATS.map(({ name }) => name).join(', ')}.`);
  return await entry.make(makeRandom(seed));
}

/** `count` cases over all formats by their shares, from one seed. */
export function casesOf(seed: number, count: number): Case[] {
  const cases = FORMATS.flatMap(({ name, share }, f) =>
    Array.from({ length: Math.ceil(count * share) }, (_, i) => ({
      format: name,
      seed: seed * 100_003 + f * 1_000_003 + i,
    })),
  );
  return cases;
}
