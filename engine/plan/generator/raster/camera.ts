// What scanners and cameras do to a sheet: turn, perspective, light, blur, grain, specks.
import type { Point } from '../../../geometry/planar.ts';
import { after, type Homography, inverse, mapPoint, tilt } from '../../raster/homography.ts';
import type { Random } from '../random.ts';
import type { Canvas } from './canvas.ts';

/** A turn by `degrees` about the sheet's middle, into a picture of the same size. */
export function turned(sheet: { width: number; height: number }, degrees: number): Homography {
  const t = (degrees * Math.PI) / 180;
  const [c, s] = [Math.cos(t), Math.sin(t)];
  const [mx, my] = [sheet.width / 2, sheet.height / 2];
  return [c, -s, mx - c * mx + s * my, s, c, my - s * mx - c * my, 0, 0, 1];
}

/** The view of a hand-held camera: a small turn and the sheet's plane tilted both ways, filling about the same frame. */
export function tilted(sheet: { width: number; height: number }, random: Random): Homography {
  const base = turned(sheet, random.between(-2.5, 2.5));
  const [mx, my] = [sheet.width / 2, sheet.height / 2];
  const px = random.between(-0.09, 0.09) / mx;
  const py = random.between(-0.09, 0.09) / my;
  return after(base, tilt(px, py, mx, my));
}

/** The sheet seen through the map, on a paper-white ground. */
export function view(sheet: Canvas, map: Homography): Canvas {
  const back = inverse(map);
  const { width, height } = sheet;
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [sx, sy] = mapPoint(back, [x + 0.5, y + 0.5]);
      data[y * width + x] = sample(sheet, sx - 0.5, sy - 0.5);
    }
  }
  return { width, height, data };
}

function sample({ width, height, data }: Canvas, x: number, y: number): number {
  const [x0, y0] = [Math.floor(x), Math.floor(y)];
  if (x0 < 0 || y0 < 0 || x0 >= width - 1 || y0 >= height - 1) return 255;
  const [kx, ky] = [x - x0, y - y0];
  const i = y0 * width + x0;
  return (
    (data[i]! * (1 - kx) + data[i + 1]! * kx) * (1 - ky) +
    (data[i + width]! * (1 - kx) + data[i + width + 1]! * kx) * ky
  );
}

/** Brightness of the paper over the picture (1 is full), and what the sensor adds. */
export type Light = {
  gradient: Point;
  vignette: number;
  /** A soft-edged shadow over one corner: its depth, 0 for none. */
  shadow: number;
  black: number;
  grain: number;
  specks: number;
};

/** The picture under a light, with grain (standard deviation in grey levels) and specks (a million pixels). */
export function lit(picture: Canvas, light: Light, random: Random): Canvas {
  const { width, height } = picture;
  const data = new Uint8Array(picture.data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = [x / width - 0.5, y / height - 0.5];
      const shade = light.shadow / (1 + Math.exp((u + 0.7 * v + 0.12) * 28));
      const level =
        (1 + light.gradient[0] * u + light.gradient[1] * v) *
        (1 - light.vignette * 2 * (u * u + v * v)) *
        (1 - shade);
      const i = y * width + x;
      const noise =
        light.grain > 0 ? (random.next() + random.next() + random.next() - 1.5) * 2 * light.grain : 0;
      const ink = light.black + (picture.data[i]! * (238 - light.black)) / 255;
      data[i] = Math.max(0, Math.min(255, ink * level + noise));
    }
  }
  const count = Math.round((light.specks * data.length) / 1e6);
  for (let n = 0; n < count; n++) {
    const i = random.whole(0, height - 3) * width + random.whole(0, width - 3);
    for (const j of random.chance(0.5) ? [i] : [i, i + 1, i + width, i + width + 1])
      data[j] = random.whole(0, 110);
  }
  return { width, height, data };
}
