// Grey pixels of a sheet: its lines drawn by the SVG renderer, its texts set in a font that comes with a package.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import type { Sheet, SheetText } from './drawing.ts';

export type Canvas = { width: number; height: number; data: Uint8Array };

const FONT = join(
  dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')),
  'standard_fonts',
  'LiberationSans-Regular.ttf',
);

/** The sheet as grey pixels. */
export async function paint(sheet: Sheet): Promise<Canvas> {
  const { data, info } = await sharp(Buffer.from(sheet.svg))
    .flatten({ background: '#ffffff' })
    .greyscale()
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const canvas = { width: info.width, height: info.height, data: new Uint8Array(data) };
  for (const text of sheet.texts) await write(canvas, text);
  return canvas;
}

/** Sets a text, its capitals of the given height, on a cleared patch as CAD programs mask what lies under it. */
async function write(canvas: Canvas, text: SheetText): Promise<void> {
  const escaped = text.value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  const { data, info } = await sharp({
    text: {
      text: escaped,
      font: 'Liberation Sans 10',
      fontfile: FONT,
      dpi: Math.round((text.height / 7.3) * 72),
    },
  })
    .rotate(text.upward ? 270 : 0)
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const left = Math.round(text.centre[0] - info.width / 2);
  const top = Math.round(text.centre[1] - info.height / 2);
  const pad = Math.round(text.height * 0.15);
  for (let y = -pad; y < info.height + pad; y++) {
    for (let x = -pad; x < info.width + pad; x++) {
      const [px, py] = [left + x, top + y];
      if (px < 0 || py < 0 || px >= canvas.width || py >= canvas.height) continue;
      const inside = x >= 0 && y >= 0 && x < info.width && y < info.height;
      canvas.data[py * canvas.width + px] = inside ? 255 - data[(y * info.width + x) * info.channels]! : 255;
    }
  }
}
