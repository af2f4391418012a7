// Pages of a PDF that are pictures: the picture's pixels, turned as the page is viewed, and where they stand on the page.
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import sharp from 'sharp';
import type { ScaleCue } from '../../../contract/plan.ts';
import type { Point } from '../../geometry/planar.ts';
import { apply, type Transform } from '../dxf/transform.ts';
import { PlanError } from '../errors.ts';
import type { Linework } from '../linework.ts';
import { rasterCues } from '../raster/cues.ts';
import { decodePixels } from '../raster/decode.ts';
import { RASTER } from '../raster/limits.data.ts';
import { type RasterOptions, readPicture } from '../raster/read.ts';
import type { PdfImage } from './paths.ts';

/** Thrown where a page holds pictures and next to no lines. */
export class ScannedPage extends PlanError {
  readonly images: readonly PdfImage[];
  constructor(images: readonly PdfImage[]) {
    super(
      'unsupported_format',
      'This page of the PDF is a scanned picture that cannot be read; save it as PNG or JPG, or export the plan as DXF.',
    );
    this.images = images;
  }
}

/** A page read from its picture: linework in points, the way to PDF user space, feet per point for thresholds, cues. */
export type ScanRead = {
  linework: Linework;
  toFile: (p: Point) => Point;
  guess: number;
  cues: ScaleCue[];
};

type Pixels = { data: Uint8Array; width: number; height: number; channels: 1 | 3 | 4 };
type Turn = { upright: (p: Point) => Point; toFile: (p: Point) => Point };

/** Pictures that cover less of the page than this are logos, share of the page's area. */
const LEAST_SHARE = 0.15;
/** How long the PDF library may take to decode the picture, milliseconds. */
const DECODE_MS = 30_000;

/** Linework of a scanned page in points, y up, with its way back to the page and its own cues of the scale. */
export async function readScan(
  page: PDFPageProxy,
  scanned: ScannedPage,
  turn: Turn,
  options: RasterOptions,
): Promise<ScanRead> {
  const image = largest(page, scanned.images);
  if (!image) throw scanned;
  const raw = await pixelsOf(page, image);
  if (!raw) throw scanned;
  const { pixels, toUnit } = await turned(raw, image.transform, turn);
  const picture = await decodePixels(pixels.data, pixels.width, pixels.height, pixels.channels);
  const read = await readPicture(picture, options);
  const place = (p: Point): Point => apply(image.transform, toUnit(p));
  const [o, x, y] = [place([0, 0]), place([pixels.width, 0]), place([0, pixels.height])];
  const wide = Math.hypot(x[0] - o[0], x[1] - o[1]) / pixels.width;
  const high = Math.hypot(y[0] - o[0], y[1] - o[1]) / pixels.height;
  const points = Math.sqrt(wide * high);
  scale(read.linework, points);
  read.linework.notes.push({
    code: 'scanned_page',
    message: 'The page is a scanned picture; lines and texts were read from its pixels and are less certain.',
  });
  const straight = !read.linework.notes.some((note) => note.code === 'perspective');
  return {
    linework: read.linework,
    toFile: ([px, py]) => place(read.toFile([px / points, py / points])),
    guess: read.guess / points,
    cues: rasterCues(read.linework, straight ? 72 : null),
  };
}

function largest(page: PDFPageProxy, images: readonly PdfImage[]): PdfImage | null {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = page.view;
  const area = ({ transform: t }: PdfImage) => Math.abs(t.a * t.d - t.b * t.c);
  const best = images.reduce<PdfImage | null>((p, q) => (p && area(p) >= area(q) ? p : q), null);
  return best && area(best) >= LEAST_SHARE * (x1 - x0) * (y1 - y0) ? best : null;
}

type Decoded = { data?: Uint8Array | Uint8ClampedArray; width?: number; height?: number; kind?: number };

async function pixelsOf(page: PDFPageProxy, image: PdfImage): Promise<Pixels | null> {
  const found = await objectOf(page, image.source);
  const { width = 0, height = 0, kind } = found ?? {};
  if (!found?.data || width < 1 || height < 1 || width * height > RASTER.file_pixels) return null;
  const data = new Uint8Array(found.data.buffer, found.data.byteOffset, found.data.byteLength);
  if (image.mask || kind === 1) return { data: bits(data, width, height), width, height, channels: 1 };
  const channels = kind === 2 ? 3 : 4;
  return data.length < width * height * channels ? null : { data, width, height, channels };
}

/** A picture's object: given at once, or by a name under which the library hands it over when decoded. */
async function objectOf(page: PDFPageProxy, source: unknown): Promise<Decoded | null> {
  if (typeof source !== 'string') {
    const inside = source as (Decoded & { data?: unknown }) | null;
    if (inside && typeof inside.data === 'string') {
      const named = await objectOf(page, inside.data);
      return named && { width: inside.width ?? 0, height: inside.height ?? 0, ...named };
    }
    return inside;
  }
  const store = source.startsWith('g_') ? page.commonObjs : page.objs;
  const { promise, resolve } = Promise.withResolvers<Decoded | null>();
  const timer = setTimeout(() => resolve(null), DECODE_MS);
  store.get(source, (value: unknown) => resolve(value as Decoded | null));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}

/** Packed bits, rows on whole bytes, as grey: a set bit is white. */
function bits(packed: Uint8Array, width: number, height: number): Uint8Array {
  const row = (width + 7) >> 3;
  const out = new Uint8Array(width * height).fill(255);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (((packed[y * row + (x >> 3)] ?? 255) & (128 >> (x & 7))) === 0) out[y * width + x] = 0;
  return out;
}

/** The picture turned by quarters as the page shows it; `toUnit` takes its pixels to the unit square it is painted in. */
async function turned(
  raw: Pixels,
  transform: Transform,
  turn: Turn,
): Promise<{ pixels: Pixels; toUnit: (p: Point) => Point }> {
  const [o, x] = [turn.upright(apply(transform, [0, 0])), turn.upright(apply(transform, [1, 0]))];
  const quarters = ((Math.round(Math.atan2(x[1] - o[1], x[0] - o[0]) / (Math.PI / 2)) % 4) + 4) % 4;
  const { width: w, height: h, channels } = raw;
  const unit = ([px, py]: Point): Point => [px / w, 1 - py / h];
  if (quarters === 0) return { pixels: raw, toUnit: unit };
  // The picture's own x axis runs upwards after one quarter: it has to be turned that much against the clock.
  const data = await sharp(raw.data, {
    raw: { width: w, height: h, channels },
    limitInputPixels: RASTER.file_pixels,
  })
    .rotate(360 - 90 * quarters)
    .raw()
    .toBuffer();
  const [width, height] = quarters === 2 ? [w, h] : [h, w];
  const back = ([px, py]: Point): Point => {
    if (quarters === 1) return [w - py, px];
    if (quarters === 2) return [w - px, h - py];
    return [py, h - px];
  };
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const kept = bytes.length === width * height ? 1 : channels;
  return { pixels: { data: bytes, width, height, channels: kept }, toUnit: (p) => unit(back(p)) };
}

function scale(linework: Linework, k: number): void {
  const at = ([x, y]: Point): Point => [x * k, y * k];
  linework.units = 'pt';
  for (const stroke of linework.strokes) {
    stroke.a = at(stroke.a);
    stroke.b = at(stroke.b);
    stroke.weight *= k;
  }
  for (const arc of linework.arcs) {
    arc.centre = at(arc.centre);
    arc.start = at(arc.start);
    arc.end = at(arc.end);
    arc.radius *= k;
  }
  for (const text of linework.texts) {
    text.anchor = at(text.anchor);
    text.centre = at(text.centre);
    text.height *= k;
    text.width *= k;
  }
}
