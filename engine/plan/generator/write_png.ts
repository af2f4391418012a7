// Writes a generated plan as a picture: clean as exported, scanned, or photographed; with its truth in the picture's pixels.
import sharp from 'sharp';
import type { Point } from '../../geometry/planar.ts';
import { type Homography, mapPoint, SAME } from '../raster/homography.ts';
import type { GeneratedPlan } from './model.ts';
import { makeRandom } from './random.ts';
import { type Light, lit, tilted, turned, view } from './raster/camera.ts';
import { type Canvas, paint } from './raster/canvas.ts';
import { drawSheet, type SheetOptions, sheetPlace } from './raster/drawing.ts';
import { type Truth, truthIn } from './score.ts';

export const LOOKS = ['clean', 'scanned', 'photographed'] as const;
export type Look = (typeof LOOKS)[number];
export type PictureOptions = Partial<SheetOptions> & { look: Look };
export type GeneratedPicture = {
  bytes: Uint8Array;
  format: 'png' | 'jpg';
  width: number;
  height: number;
  truth: Truth[];
  /** Feet of the plan to pixels of the picture (origin top left, y down). */
  toPixels: (p: Point) => Point;
};

const PIXELS_PER_FOOT = 12;

/** The picture of a plan and its truth in pixels. The same plan and options give the same picture. */
export async function writePicture(plan: GeneratedPlan, options: PictureOptions): Promise<GeneratedPicture> {
  const random = makeRandom(plan.seed * 31 + options.look.length);
  const sheetOptions: SheetOptions = {
    pixels_per_foot: options.pixels_per_foot ?? PIXELS_PER_FOOT,
    walls: options.walls ?? (random.chance(0.5) ? 'filled' : 'lines'),
  };
  const place = sheetPlace(plan, sheetOptions.pixels_per_foot);
  const sheet = await paint(drawSheet(plan, sheetOptions));
  const { picture, map } = seen(sheet, options.look, random);
  const toPixels = (p: Point) => mapPoint(map, place(p));
  const { width, height } = picture;
  const raw = sharp(picture.data, { raw: { width, height, channels: 1 } });
  const bytes =
    options.look === 'clean'
      ? await raw.png({ compressionLevel: 3 }).toBuffer()
      : await raw
          .blur(options.look === 'scanned' ? random.between(0.4, 0.8) : random.between(0.5, 0.9))
          .jpeg({ quality: random.whole(70, 90) })
          .toBuffer();
  return {
    bytes: new Uint8Array(bytes),
    format: options.look === 'clean' ? 'png' : 'jpg',
    width,
    height,
    truth: truthIn(plan, toPixels),
    toPixels,
  };
}

function seen(
  sheet: Canvas,
  look: Look,
  random: ReturnType<typeof makeRandom>,
): { picture: Canvas; map: Homography } {
  if (look === 'clean') return { picture: sheet, map: SAME };
  const scan = look === 'scanned';
  const map = scan ? turned(sheet, random.between(-2, 2)) : tilted(sheet, random);
  const light: Light = scan
    ? {
        gradient: [random.between(-0.12, 0.12), random.between(-0.12, 0.12)],
        vignette: 0,
        shadow: 0,
        black: random.whole(20, 70),
        grain: random.between(3, 9),
        specks: random.between(0, 120),
      }
    : {
        gradient: [random.between(-0.35, 0.35), random.between(-0.35, 0.35)],
        vignette: random.between(0.1, 0.5),
        shadow: random.chance(0.5) ? random.between(0.15, 0.35) : 0,
        black: random.whole(30, 80),
        grain: random.between(2, 7),
        specks: 0,
      };
  return { picture: lit(view(sheet, map), light, random), map };
}
