import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlanDocument } from '../../contract/plan.ts';
import { analyzePlan } from './analyze.ts';
import { toBinaryDxf } from './dxf/binary_fixture.ts';
import { PlanError } from './errors.ts';
import { generatePlan } from './generator/generate.ts';
import { writeDxf } from './generator/write_dxf.ts';

/** Mostly edits that keep codes and values in step, so that the damage reaches the geometry. */
const KINDS = ['drop', 'repeat', 'number', 'number', 'code', 'swap', 'misalign', 'cut', 'byte'] as const;
type Edit = {
  kind: (typeof KINDS)[number];
  at: number;
  amount: number;
};

/** A place in the file, 0 to 1, spread evenly: fast-check's own numbers crowd at the ends. */
const place = fc.nat().map((n) => (n * 0.6180339887) % 1);

const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom(...KINDS.slice(0, 6), ...KINDS),
  at: place,
  amount: fc.integer({ min: 1, max: 40 }),
});
const NUMBERS = ['0', '-1', '1e308', 'NaN', '99999999999', '', '-0.0000001', 'x'];

function mutate(text: string, edits: readonly Edit[]): Uint8Array {
  let lines = text.split('\r\n');
  let bytes: number | null = null;
  for (const { kind, at, amount } of edits) {
    const i = 2 * Math.floor((at * (lines.length - 1)) / 2);
    if (kind === 'drop') lines.splice(i, 2 * amount);
    else if (kind === 'repeat') lines.splice(i, 0, ...lines.slice(i, i + 2 * amount));
    else if (kind === 'number') lines[i + 1] = NUMBERS[amount % NUMBERS.length]!;
    else if (kind === 'code') lines[i] = String(amount);
    else if (kind === 'swap')
      [lines[i + 1], lines[(i + 2 * amount + 1) % lines.length]] = [
        lines[(i + 2 * amount + 1) % lines.length]!,
        lines[i + 1]!,
      ];
    else if (kind === 'misalign') lines.splice(i, 1);
    else if (kind === 'cut') lines = lines.slice(0, Math.max(20, i));
    else bytes = amount;
  }
  const out = new TextEncoder().encode(lines.join('\r\n'));
  if (bytes !== null)
    for (let k = 0; k < bytes; k++) out[(k * 7919 * bytes) % out.length] = (k * 31 + bytes) & 255;
  return out;
}

/** True when the file was read, false when it was refused; anything else fails. */
async function readsOrRefuses(bytes: Uint8Array): Promise<boolean> {
  const started = performance.now();
  let read = true;
  try {
    PlanDocument.parse(await analyzePlan(bytes, { file_name: 'damaged.dxf' }));
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    read = false;
    expect(error.message).toMatch(/^[A-Z"].+[.;].*\.$/);
  }
  expect(performance.now() - started).toBeLessThan(15_000);
  return read;
}

describe('damaged DXF files', () => {
  const plan = generatePlan(4242, {
    width_ft: 92,
    depth_ft: 64,
    convention: 'aia',
    gap_share: 0.02,
    furniture: true,
  });
  const text = writeDxf(plan);

  it('give a plan or a clear refusal: 320 mutations of an ASCII file', async () => {
    const seen = { read: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 5 }), async (edits) => {
        seen[(await readsOrRefuses(mutate(text, edits))) ? 'read' : 'refused']++;
      }),
      { numRuns: 320 },
    );
    expect(seen.read).toBeGreaterThan(60);
    expect(seen.refused).toBeGreaterThan(20);
  }, 300_000);

  it('give a plan or a clear refusal: 60 mutations of a binary file', async () => {
    const binary = toBinaryDxf(text);
    const hits = fc.array(fc.tuple(place, fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(hits, async (changes) => {
        const copy = binary.slice();
        for (const [at, value] of changes) copy[22 + Math.floor(at * (copy.length - 23))] = value;
        await readsOrRefuses(copy);
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});
