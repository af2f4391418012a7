// Picture bytes to grey values at a working size, as the picture is displayed: turned by its EXIF orientation, on white.
import sharp, { type Metadata } from 'sharp';
import { PlanError } from '../errors.ts';
import { RASTER } from './limits.data.ts';

export type Grey = { width: number; height: number; data: Uint8Array };
export type Picture = {
  grey: Grey;
  /** Pixels of the displayed original per working pixel. */
  factor: number;
  /** Size of the original as displayed. */
  width: number;
  height: number;
  /** Dots per inch the file claims, or null. */
  dpi: number | null;
};

const LOOSE = { limitInputPixels: RASTER.file_pixels, failOn: 'error', sequentialRead: true } as const;

/** Grey working picture of a PNG or JPEG. Throws PlanError for what is damaged, too small or too large. */
export async function decodePicture(bytes: Uint8Array, name: string): Promise<Picture> {
  const meta = await read(name, () => sharp(bytes, LOOSE).metadata());
  checkSize(meta, name);
  const turned = (meta.orientation ?? 1) >= 5;
  const [width, height] = turned ? [meta.height, meta.width] : [meta.width, meta.height];
  const factor = 1 / workingScale(width, height);
  const [w, h] = [Math.round(width / factor), Math.round(height / factor)];
  const { data, info } = await read(name, () => {
    let picture = sharp(bytes, LOOSE).autoOrient().flatten({ background: '#ffffff' }).greyscale();
    if (factor !== 1)
      picture = picture.resize(w, h, { fit: 'fill', kernel: factor > 1 ? 'lanczos3' : 'cubic' });
    return picture.toColourspace('b-w').raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  });
  return { grey: greyOf(data, info), factor: width / info.width, width, height, dpi: dpiOf(meta) };
}

/** Grey working picture of pixels already decoded (a picture inside a PDF). `channels` is 1, 3 or 4. */
export async function decodePixels(
  pixels: Uint8Array,
  width: number,
  height: number,
  channels: 1 | 3 | 4,
): Promise<Picture> {
  const name = 'The picture of the page';
  checkSize({ width, height }, name);
  const factor = 1 / workingScale(width, height);
  const [w, h] = [Math.round(width / factor), Math.round(height / factor)];
  const { data, info } = await read(name, () =>
    sharp(pixels, { raw: { width, height, channels }, limitInputPixels: RASTER.file_pixels })
      .flatten({ background: '#ffffff' })
      .greyscale()
      .resize(w, h, { fit: 'fill' })
      .toColourspace('b-w')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true }),
  );
  return { grey: greyOf(data, info), factor: width / info.width, width, height, dpi: null };
}

function greyOf(data: Buffer, info: { width: number; height: number; channels: number }): Grey {
  const { width, height, channels } = info;
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (channels === 1) return { width, height, data: bytes };
  const grey = new Uint8Array(width * height);
  for (let i = 0; i < grey.length; i++) grey[i] = bytes[i * channels]!;
  return { width, height, data: grey };
}

function workingScale(width: number, height: number): number {
  const pixels = width * height;
  if (pixels > RASTER.work_pixels) return Math.sqrt(RASTER.work_pixels / pixels);
  if (pixels < RASTER.small_pixels)
    return Math.min(RASTER.enlarge_max, Math.sqrt(RASTER.small_pixels / pixels));
  return 1;
}

function checkSize(
  meta: { width: number; height: number; isProgressive?: boolean | undefined },
  name: string,
): void {
  const pixels = meta.width * meta.height;
  if (Math.min(meta.width, meta.height) < RASTER.side_min) {
    throw new PlanError(
      'empty_drawing',
      `"${name}" is ${meta.width} × ${meta.height} pixels, too small to hold a plan; send a scan or an export of at least 1,000 pixels a side.`,
    );
  }
  if (pixels > RASTER.file_pixels || (meta.isProgressive && pixels > RASTER.whole_pixels)) {
    throw new PlanError(
      'too_large',
      `"${name}" has ${Math.round(pixels / 1e6)} million pixels, more than can be read; save it at 200 dots per inch.`,
    );
  }
}

async function read<T>(name: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    const words = error instanceof Error ? error.message : '';
    if (/pixel limit/i.test(words))
      throw new PlanError(
        'too_large',
        `"${name}" has more pixels than can be read; save it at 200 dots per inch.`,
      );
    const cut = /premature|truncat|end of|eof|unexpected end|too short/i.test(words);
    throw new PlanError(
      cut ? 'truncated' : 'malformed',
      `"${name}" is ${cut ? 'cut off' : 'damaged'} and cannot be opened as a picture; save or send it again.`,
    );
  }
}

/** Resolution worth believing: 72 and 96 are what programs write when they know nothing. */
function dpiOf(meta: Metadata): number | null {
  const dpi = meta.density;
  if (!dpi || dpi < 100 || dpi > 2400) return null;
  return dpi;
}
