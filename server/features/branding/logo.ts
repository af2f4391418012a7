// A logo as it is sent to us becomes a picture that every file can hold: what it is is told from its content, it is read
// within limits, made small and written anew, so that nothing of the sender's file is passed on.
import sharp from 'sharp';
import { AppError } from '../../platform/errors.ts';

export const MOST_LOGO_BYTES = 5 * 1024 * 1024;
const MOST_PIXELS = 40_000_000;
/** 170 points on paper at 300 dots an inch are 710. */
const FITS = { width: 900, height: 400 };
const MOST_STORED = 500_000;

export interface Logo {
  type: 'image/png' | 'image/jpeg';
  bytes: Buffer;
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

/** @throws AppError unsupported_file, too_large */
export async function readLogo(bytes: Buffer): Promise<Logo> {
  if (bytes.length > MOST_LOGO_BYTES)
    throw new AppError('too_large', 'The logo is larger than 5 MB; send a smaller picture.');
  const isPng = bytes.subarray(0, PNG.length).equals(PNG);
  if (!isPng && !bytes.subarray(0, JPEG.length).equals(JPEG))
    throw new AppError(
      'unsupported_file',
      'The logo is neither PNG nor JPEG; save it as one of these, for SVG at about 900 pixels wide.',
    );
  try {
    const picture = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
      .rotate()
      .resize({ ...FITS, fit: 'inside', withoutEnlargement: true });
    const type = isPng ? 'image/png' : 'image/jpeg';
    const made = await (isPng
      ? picture.png({ compressionLevel: 9 })
      : picture.jpeg({ quality: 90 })
    ).toBuffer();
    if (made.length <= MOST_STORED) return { type, bytes: made };
    return {
      type: 'image/jpeg',
      bytes: await picture.flatten({ background: '#ffffff' }).jpeg({ quality: 80 }).toBuffer(),
    };
  } catch (cause) {
    throw new AppError(
      'unsupported_file',
      'The logo cannot be read as a picture; save it again as PNG or JPEG.',
      {
        cause,
      },
    );
  }
}
