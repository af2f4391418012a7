// An uploaded picture: known by its content, whole, and written anew, so that nothing but the picture is kept.
import sharp from 'sharp';
import { MAX_RENDER_SIDE, type RENDER_TYPES } from '../../../contract/renders.ts';
import { AppError } from '../../platform/errors.ts';

export interface Picture {
  bytes: Uint8Array;
  content_type: (typeof RENDER_TYPES)[number];
  extension: 'png' | 'jpg';
  width_px: number;
  height_px: number;
}

const NOT_A_PICTURE = 'This is not a whole PNG or JPEG picture; save the view again.';

/** Throws an AppError for anything else than a PNG or JPEG of at most 4,096 × 4,096 pixels. */
export async function readPicture(given: Uint8Array): Promise<Picture> {
  // sharp knows many formats; only the two are looked at, by their first bytes.
  const png = startsWith(given, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const jpeg = startsWith(given, [0xff, 0xd8, 0xff]);
  if (!png && !jpeg) throw new AppError('unsupported_file', NOT_A_PICTURE);
  try {
    const image = sharp(given, { failOn: 'error', limitInputPixels: false });
    const { width, height } = await image.metadata();
    if (width > MAX_RENDER_SIDE || height > MAX_RENDER_SIDE)
      throw new AppError(
        'too_large',
        `The picture has ${width} × ${height} pixels; at most ${MAX_RENDER_SIDE} × ${MAX_RENDER_SIDE} are kept.`,
      );
    const written = png ? image.png({ compressionLevel: 8 }) : image.jpeg({ quality: 92 });
    const { data, info } = await written.toBuffer({ resolveWithObject: true });
    return {
      bytes: data,
      content_type: png ? 'image/png' : 'image/jpeg',
      extension: png ? 'png' : 'jpg',
      width_px: info.width,
      height_px: info.height,
    };
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('unreadable_file', NOT_A_PICTURE, { cause: error });
  }
}

function startsWith(bytes: Uint8Array, head: readonly number[]): boolean {
  return head.every((value, i) => bytes[i] === value);
}
