// Plans that are pictures: generated plans read back from their pixels, and files that are no plan or no picture.
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { analyzePlan } from '../analyze.ts';
import { PlanError } from '../errors.ts';
import { generatePlan } from '../generator/generate.ts';
import { makeRandom } from '../generator/random.ts';
import { scorePlan } from '../generator/score.ts';
import { type Look, writePicture } from '../generator/write_png.ts';
import { writeScanPdf } from '../generator/write_scan_pdf.ts';
import { emptyLinework } from '../linework.ts';
import { rasterCues } from './cues.ts';
import { decodePicture } from './decode.ts';
import { mendTexts } from './words.ts';

const SEED = Number(process.env['OFS_SEED'] ?? 71);
const plan = (seed: number) =>
  generatePlan(seed, {
    width_ft: 100,
    depth_ft: 70,
    difficulty: 'plain',
    rotation_degrees: 0,
    labels: 'both',
    furniture: false,
  });

describe('a plan as a picture', () => {
  test.each<[Look, number]>([
    ['clean', 0.8],
    ['scanned', 0.8],
    ['photographed', 0.75],
  ])('%s gives most rooms, in pixels of the picture', { timeout: 40_000 }, async (look, least) => {
    const picture = await writePicture(plan(SEED), { look });
    const document = await analyzePlan(picture.bytes, { file_name: `plan.${picture.format}` });
    const score = scorePlan(document, picture.truth);
    expect(document.source.format).toBe(picture.format);
    expect(score.found_75 / score.rooms).toBeGreaterThanOrEqual(least);
    expect(score.named / score.rooms).toBeGreaterThan(0.4);
    expect(score.median_area_error).toBeLessThan(0.03);
    for (const [x, y] of document.spaces.flatMap((space) => space.source_polygon)) {
      expect(x).toBeGreaterThanOrEqual(-2);
      expect(y).toBeGreaterThanOrEqual(-2);
      expect(x).toBeLessThanOrEqual(picture.width + 2);
      expect(y).toBeLessThanOrEqual(picture.height + 2);
    }
  });

  test('a scanned page of a PDF, laid sideways, gives its rooms in points of the page', {
    timeout: 40_000,
  }, async () => {
    const { bytes, truth } = await writeScanPdf(await writePicture(plan(SEED + 1), { look: 'scanned' }), 90);
    const document = await analyzePlan(bytes, { file_name: 'scan.pdf' });
    const score = scorePlan(document, truth);
    expect(score.found_75 / score.rooms).toBeGreaterThan(0.75);
    expect(document.warnings.map((warning) => warning.code)).toContain('scanned_page');
  });

  test('its printed areas and its doors together give the scale', { timeout: 40_000 }, async () => {
    const drawn = generatePlan(SEED + 2, {
      width_ft: 100,
      depth_ft: 70,
      difficulty: 'plain',
      rotation_degrees: 0,
      labels: 'both',
      furniture: false,
      areas_printed: true,
    });
    const picture = await writePicture(drawn, { look: 'clean', pixels_per_foot: 16 });
    const document = await analyzePlan(picture.bytes, { file_name: 'plan.png' });
    expect(document.scale.method).toContain('printed_area');
    expect(document.scale.feet_per_unit! * 16).toBeCloseTo(1, 1);
    expect(document.spaces.every((space) => (space.area_sqft ?? 0) > 0)).toBe(true);
  });

  test('reading ends soon after it is cancelled', { timeout: 30_000 }, async () => {
    const picture = await writePicture(plan(SEED), { look: 'clean' });
    const control = new AbortController();
    const reading = analyzePlan(picture.bytes, {
      file_name: 'plan.png',
      signal: control.signal,
      onProgress: (_, note) => {
        if (note === 'Reading the texts') setTimeout(() => control.abort(), 50);
      },
    });
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('the picture as it is displayed', () => {
  const turnedBy = (orientation: number) =>
    sharp({ create: { width: 400, height: 200, channels: 3, background: '#fff' } })
      .composite([
        { input: { create: { width: 20, height: 20, channels: 3, background: '#000' } }, left: 0, top: 0 },
      ])
      .withMetadata({ orientation })
      .jpeg()
      .toBuffer();

  test('is turned by its EXIF orientation', async () => {
    const picture = await decodePicture(await turnedBy(6), 'photo.jpg');
    expect([picture.width, picture.height]).toEqual([200, 400]);
    const { grey } = picture;
    expect(grey.data[5 * grey.width + grey.width - 6]).toBeLessThan(60);
    expect(grey.data[5 * grey.width + 5]).toBeGreaterThan(200);
  });

  test('is grey on white for transparent and for CMYK pictures', async () => {
    const clear = await sharp({
      create: { width: 200, height: 200, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    const cmyk = await sharp({ create: { width: 200, height: 200, channels: 3, background: '#fff' } })
      .toColourspace('cmyk')
      .jpeg()
      .toBuffer();
    for (const bytes of [clear, cmyk]) {
      const { grey } = await decodePicture(bytes, 'sheet');
      expect(grey.data[0]).toBeGreaterThan(240);
      expect(grey.data.length).toBe(grey.width * grey.height);
    }
  });
});

/** A PNG that claims any size; its pixels are what little `data` holds. */
function pngOf(width: number, height: number, data: Uint8Array): Uint8Array {
  const chunk = (name: string, body: Uint8Array) => {
    const named = Buffer.concat([Buffer.from(name), body]);
    const out = Buffer.alloc(named.length + 8);
    out.writeUInt32BE(body.length, 0);
    named.copy(out, 4);
    out.writeUInt32BE(crc(named), named.length + 4);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(data)),
    chunk('IEND', new Uint8Array()),
  ]);
}

function crc(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let k = 0; k < 8; k++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}

async function codeOf(bytes: Uint8Array): Promise<string> {
  try {
    await analyzePlan(bytes, { file_name: 'sent.png' });
    return 'read';
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    expect(error.message).toMatch(/[a-z].*[.;]/);
    return error.code;
  }
}

describe('pictures that are no plan', () => {
  const blank = (side: number) =>
    sharp({ create: { width: side, height: side, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();

  test('a blank sheet and a single pixel hold no drawing', async () => {
    expect(await codeOf(await blank(900))).toBe('empty_drawing');
    expect(await codeOf(await blank(1))).toBe('empty_drawing');
  });

  test('a file that claims 40,000 × 40,000 pixels is refused before it is decoded', async () => {
    const before = performance.now();
    expect(await codeOf(pngOf(40_000, 40_000, new Uint8Array(100)))).toBe('too_large');
    expect(performance.now() - before).toBeLessThan(1500);
  });

  test('noise all over is refused, not read for minutes', { timeout: 20_000 }, async () => {
    const random = makeRandom(SEED);
    const side = 1000;
    const pixels = Uint8Array.from({ length: side * side }, () => (random.chance(0.5) ? 255 : 0));
    const png = await sharp(pixels, { raw: { width: side, height: side, channels: 1 } })
      .png()
      .toBuffer();
    expect(['too_many_entities', 'empty_drawing', 'read']).toContain(await codeOf(png));
  });

  test('a picture cut off anywhere gives a plan of what is left or a clear refusal', {
    timeout: 30_000,
  }, async () => {
    const { bytes } = await writePicture(plan(SEED), { look: 'scanned', pixels_per_foot: 4 });
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0.01, max: 0.6, noNaN: true }), async (share) => {
        expect(await codeOf(bytes.slice(0, Math.round(bytes.length * share)))).toMatch(
          /^(truncated|malformed|empty_drawing|read|unknown_format)$/,
        );
      }),
      { numRuns: 6 },
    );
  });
});

describe('texts as they are read', () => {
  const at = (value: string) => ({ value, centre: [0, 0] as const, height: 10, width: 40, sure: 0.8 });
  const numbers = ['101', '102', '103', '104', '105', '106'].map(at);
  const mend = (...values: string[]) =>
    mendTexts([...values.map(at), ...numbers, at('CORRIDOR')]).map((t) => t.value);

  test('lose lines beside numbers and letters that are digits', () => {
    expect(mend('l115', '1O7', 'J118').slice(0, 3)).toEqual(['115', '107', '118']);
  });
  test('get the room word they nearly are, and keep words that are far from any', () => {
    expect(mend('C0NFERENCE', 'OFFICH', 'GEOINT', 'S-1').slice(0, 4)).toEqual([
      'CONFERENCE',
      'OFFICE',
      'GEOINT',
      'S-1',
    ]);
  });
  test('keep a room number of more letters than the others', () => {
    expect(mend('143A', 'S101').slice(0, 2)).toEqual(['143A', 'S101']);
  });
});

describe('the scale of a picture', () => {
  test('a note counts only where the file says its resolution', () => {
    const linework = emptyLinework();
    linework.texts.push({
      value: `SCALE: 1/8" = 1'-0"`,
      anchor: [0, 0],
      centre: [0, 0],
      height: 10,
      width: 90,
      origin: { layer: 'text', role: 'unknown', symbol: -1 },
    });
    expect(rasterCues(linework, null)).toEqual([]);
    const [note] = rasterCues(linework, 200);
    expect(note?.kind).toBe('scale_note');
    expect(note?.feet_per_unit).toBeCloseTo(8 / 200, 6);
  });
});
