// Reads lines of text by tesseract, offline: all lines of a picture are set under each other on sheets and read at once.
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import sharp from 'sharp';
import { createWorker, PSM } from 'tesseract.js';
import type { ReadText } from './assemble.ts';
import type { Grey } from './decode.ts';
import type { TextLine } from './lettering.ts';
import { RASTER } from './limits.data.ts';

/** Height of letters on the sheets: what the recogniser reads best. */
const LETTER = 30;
const GAP = 26;
const MARGIN = 20;
const SHEET_WIDTH = 1100;
const LINES_A_SHEET = 40;
/** Recognisers at work at once. */
const READERS = 2;
const SURE = 45;
/** Lettering this much higher than the usual is a title or no lettering at all. */
const TITLE = 2.5;
/** Lines read less surely are read once more, each by itself, for so long at most. */
const DOUBTFUL = 0.7;
const SECOND_LOOK_MS = 1200;

type Options = { signal?: AbortSignal | undefined };
type Strip = { line: TextLine; data: Uint8Array; width: number; height: number };

/** Texts of the lines, with where they stand. Lines that cannot be read are left out. */
export async function readTexts(
  picture: Grey,
  lines: readonly TextLine[],
  options: Options,
): Promise<ReadText[]> {
  const heights = lines.filter((line) => line.letters >= 3).map((line) => line.height);
  const usual = heights.sort((p, q) => p - q)[heights.length >> 1] ?? Infinity;
  const wanted = lines
    .filter((line) => line.height <= TITLE * usual)
    .sort((p, q) => q.letters - p.letters)
    .slice(0, RASTER.crops);
  if (wanted.length === 0) return [];
  const strips = (await Promise.all(wanted.map((line) => stripOf(picture, line)))).filter(
    (strip) => strip !== null,
  );
  const sheets: Strip[][] = [];
  for (let i = 0; i < strips.length; i += LINES_A_SHEET) sheets.push(strips.slice(i, i + LINES_A_SHEET));
  const readers = Math.min(sheets.length, READERS);
  const parts = await Promise.all(
    Array.from({ length: readers }, (_, r) =>
      readSheets(
        sheets.filter((_, i) => i % readers === r),
        options,
      ),
    ),
  );
  return parts.flat();
}

/** One recogniser for some of the sheets; it is ended in any case. */
async function readSheets(sheets: readonly Strip[][], options: Options): Promise<ReadText[]> {
  const require = createRequire(import.meta.url);
  const data = dirname(require.resolve('@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz'));
  const worker = await createWorker('eng', 1, {
    langPath: data,
    cacheMethod: 'none',
    gzip: true,
    // Failures reach us as rejections; without this the library throws them outside of any call.
    errorHandler: () => {},
  });
  let stopped = false;
  const stop = () => {
    if (stopped) return;
    stopped = true;
    // A call under way is sent off first: the library does not expect to be ended in the middle of one.
    setImmediate(() => void worker.terminate());
  };
  const aborted = new Promise<null>((resolve) => {
    if (options.signal?.aborted) resolve(null);
    options.signal?.addEventListener('abort', () => resolve(null));
  });
  options.signal?.addEventListener('abort', stop);
  // An ended recogniser answers never or with a failure: whichever comes first decides.
  const unlessEnded = <T>(work: Promise<T>): Promise<T | null> => {
    work.catch(() => {});
    return Promise.race([aborted, work]);
  };
  try {
    if (options.signal?.aborted) return [];
    await unlessEnded(
      worker.setParameters({ tessedit_pageseg_mode: PSM.SINGLE_BLOCK, user_defined_dpi: '300' }),
    );
    const texts: ReadText[] = [];
    const again: { strip: Strip; before: ReadText | null }[] = [];
    for (const sheet of sheets) {
      const read = await unlessEnded(readSheet(worker, sheet, () => stopped));
      if (read === null) return texts;
      texts.push(...read.filter((text) => text !== null));
      read.forEach((text, i) => {
        if (text === null || text.sure < DOUBTFUL) again.push({ strip: sheet[i]!, before: text });
      });
    }
    if (stopped) return texts;
    await unlessEnded(worker.setParameters({ tessedit_pageseg_mode: PSM.SINGLE_LINE }));
    const until = performance.now() + SECOND_LOOK_MS;
    for (const { strip, before } of again) {
      if (performance.now() > until) break;
      const read = await unlessEnded(readSheet(worker, [strip], () => stopped));
      if (read === null) return texts;
      const text = read[0];
      if (!text || text.sure <= (before?.sure ?? 0)) continue;
      if (before) texts.splice(texts.indexOf(before), 1);
      texts.push(text);
    }
    return texts;
  } finally {
    options.signal?.removeEventListener('abort', stop);
    stop();
  }
}

type Reader = Awaited<ReturnType<typeof createWorker>>;

async function readSheet(
  worker: Reader,
  strips: readonly Strip[],
  stopped: () => boolean,
): Promise<(ReadText | null)[]> {
  const tops: number[] = [];
  let height = MARGIN;
  for (const strip of strips) {
    tops.push(height);
    height += strip.height + GAP;
  }
  const width = Math.max(
    strips.length > 1 ? SHEET_WIDTH : 0,
    ...strips.map((strip) => strip.width + 2 * MARGIN),
  );
  const sheet = new Uint8Array(width * height).fill(250);
  strips.forEach((strip, i) => {
    for (let y = 0; y < strip.height; y++)
      sheet.set(strip.data.subarray(y * strip.width, (y + 1) * strip.width), (tops[i]! + y) * width + MARGIN);
  });
  const png = await sharp(sheet, { raw: { width, height, channels: 1 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
  if (stopped()) return [];
  const { data } = await worker.recognize(png, {}, { text: false, blocks: true });
  const words = strips.map((): { text: string; x: number; sure: number }[] => []);
  for (const block of data.blocks ?? [])
    for (const paragraph of block.paragraphs)
      for (const line of paragraph.lines)
        for (const word of line.words) {
          const y = (word.bbox.y0 + word.bbox.y1) / 2;
          const i = tops.findLastIndex((top) => y >= top - GAP / 2);
          if (i >= 0) words[i]!.push({ text: word.text, x: word.bbox.x0, sure: word.confidence });
        }
  return strips.map((strip, i) => textOf(strip.line, words[i]!));
}

function textOf(
  line: TextLine,
  words: readonly { text: string; x: number; sure: number }[],
): ReadText | null {
  const kept = [...words]
    .sort((p, q) => p.x - q.x)
    .map((word) => ({ ...word, text: plain(word.text) }))
    .filter((word) => /[\p{L}\p{N}]/u.test(word.text));
  if (kept.length === 0) return null;
  const letters = kept.reduce((sum, word) => sum + word.text.length, 0);
  const sure = kept.reduce((sum, word) => sum + word.sure * word.text.length, 0) / letters;
  if (sure < SURE) return null;
  const [x0, y0, x1, y1] = line.box;
  return {
    value: kept.map((word) => word.text).join(' '),
    centre: [(x0 + x1) / 2, (y0 + y1) / 2],
    height: line.height,
    width: line.upward ? y1 - y0 : x1 - x0,
    sure: sure / 100,
  };
}

/** A word without the signs that specks and line ends are read as. */
function plain(word: string): string {
  return word
    .replace(/[‘’`´]/g, "'")
    .replace(/[“”″]/g, '"')
    .replace(/[^\p{L}\p{N}.,&/'"()#+:=²-]/gu, '')
    .replace(/^[.,'"+:=)-]+|[,'+:=(-]+$/gu, (edge) => (/^["']+$/.test(edge) && /\d/.test(word) ? edge : ''));
}

/** The line cut out, upright, its letters at the sheet's height. */
async function stripOf(picture: Grey, line: TextLine): Promise<Strip | null> {
  const pad = Math.max(2, Math.round(line.height * 0.25));
  const left = Math.max(0, Math.floor(line.box[0] - pad));
  const top = Math.max(0, Math.floor(line.box[1] - pad));
  const width = Math.min(picture.width, Math.ceil(line.box[2] + pad)) - left;
  const height = Math.min(picture.height, Math.ceil(line.box[3] + pad)) - top;
  if (width < 3 || height < 3) return null;
  const raw = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    raw.set(
      picture.data.subarray((top + y) * picture.width + left, (top + y) * picture.width + left + width),
      y * width,
    );
  const scale = Math.min(6, Math.max(0.2, LETTER / line.height));
  const [w, h] = line.upward ? [height, width] : [width, height];
  const wide = Math.max(1, Math.round(w * scale));
  const high = Math.max(1, Math.round(h * scale));
  if (wide > 4000 || high > 400) return null;
  const { data } = await sharp(raw, { raw: { width, height, channels: 1 } })
    .rotate(line.upward ? 90 : 0)
    .resize(wide, high, { fit: 'fill', kernel: 'cubic' })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { line, data: new Uint8Array(data.buffer, data.byteOffset, wide * high), width: wide, height: high };
}
