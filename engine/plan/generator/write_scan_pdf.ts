// Writes a generated picture as a scanned page of a PDF, fed into the scanner any way up, with its truth in page points.
import sharp from 'sharp';
import type { Point } from '../../geometry/planar.ts';
import type { Truth } from './score.ts';
import type { GeneratedPicture } from './write_png.ts';

const MARGIN = { left: 20, bottom: 30 } as const;
const DPI = 200;

/** A PDF of one page that is the picture, shown upright by /Rotate `rotate` (0, 90, 180 or 270 degrees clockwise). */
export async function writeScanPdf(
  picture: GeneratedPicture,
  rotate: 0 | 90 | 180 | 270,
): Promise<{ bytes: Uint8Array; truth: Truth[] }> {
  const { data, info } = await sharp(picture.bytes)
    .rotate((360 - rotate) % 360)
    .toColourspace('b-w')
    .jpeg({ quality: 85 })
    .toBuffer({ resolveWithObject: true });
  const points = 72 / DPI;
  const { width: w, height: h } = picture;
  const place = ([x, y]: Point): Point => {
    const laid: Point =
      rotate === 0 ? [x, y] : rotate === 90 ? [y, w - x] : rotate === 180 ? [w - x, h - y] : [h - y, x];
    return [MARGIN.left + laid[0] * points, MARGIN.bottom + (info.height - laid[1]) * points];
  };
  return {
    bytes: pageOf(data, info.width, info.height, rotate),
    truth: picture.truth.map((room) => ({
      ...room,
      polygon: {
        outer: room.polygon.outer.map(place),
        holes: room.polygon.holes.map((hole) => hole.map(place)),
      },
    })),
  };
}

function pageOf(jpeg: Buffer, width: number, height: number, rotate: number): Uint8Array {
  const [w, h] = [(width * 72) / DPI, (height * 72) / DPI];
  const content = Buffer.from(`q ${w} 0 0 ${h} ${MARGIN.left} ${MARGIN.bottom} cm /I Do Q`);
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n')];
  const offsets: number[] = [];
  const size = () => parts.reduce((sum, part) => sum + part.length, 0);
  const add = (dictionary: string, stream?: Buffer) => {
    offsets.push(size());
    parts.push(Buffer.from(`${offsets.length} 0 obj\n${dictionary}\n`));
    if (stream) parts.push(Buffer.from('stream\n'), stream, Buffer.from('\nendstream\n'));
    parts.push(Buffer.from('endobj\n'));
  };
  add('<</Type/Catalog/Pages 2 0 R>>');
  add('<</Type/Pages/Kids[3 0 R]/Count 1>>');
  add(
    `<</Type/Page/Parent 2 0 R/Rotate ${rotate}/MediaBox[0 0 ${w + 40} ${h + 60}]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>`,
  );
  add(`<</Length ${content.length}>>`, content);
  add(
    `<</Type/XObject/Subtype/Image/Width ${width}/Height ${height}/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode/Length ${jpeg.length}>>`,
    jpeg,
  );
  const start = size();
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const count = offsets.length + 1;
  parts.push(
    Buffer.from(
      `xref\n0 ${count}\n0000000000 65535 f \n${rows}trailer<</Size ${count}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF`,
    ),
  );
  return new Uint8Array(Buffer.concat(parts));
}
