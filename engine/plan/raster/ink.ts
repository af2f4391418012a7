// Tells ink from paper: evens out the light, then one threshold for the whole sheet.
import type { Grey } from './decode.ts';

/** 1 where there is ink. */
export type Ink = { width: number; height: number; data: Uint8Array };

const CELL = 8;
/** Reach of the background estimate in cells: wider than a filled wall. */
const REACH = 8;

/** Ink of a grey picture, with the share of grey spread (noise) that was seen on the paper. */
export function findInk(picture: Grey): { ink: Ink; noise: number; even: Grey } {
  const upright = medianOf(picture) < 100 ? inverted(picture) : picture;
  const noise = noiseOf(upright);
  const calm = noise > 3.5 ? blurred(upright) : upright;
  const even = flattened(calm);
  const data = inked(even, threshold(even), Math.max(CONTRAST, 7 * (calm === upright ? noise : noise / 2.5)));
  return { ink: { width: even.width, height: even.height, data }, noise, even };
}

/** Least contrast of a line with the paper beside it, grey levels. */
const CONTRAST = 42;
/** Reach of the comparison with what lies beside, pixels. */
const BESIDE = 3;

/**
 * Ink is what is darker than halfway between the darkest and the lightest nearby (so that pale thin lines and the edges
 * of black ones both lie where they are), and what is dark among nothing lighter.
 */
function inked({ width, height, data }: Grey, level: number, contrast: number): Uint8Array {
  const { low, high } = extremes(data, width, height);
  const out = new Uint8Array(data.length);
  for (let i = 0; i < out.length; i++) {
    const [darkest, lightest] = [low[i]!, high[i]!];
    const at = lightest - darkest >= contrast ? (darkest + lightest) / 2 : level;
    if (data[i]! < at) out[i] = 1;
  }
  return out;
}

/** Least and greatest value within BESIDE pixels, rows then columns. */
function extremes(data: Uint8Array, width: number, height: number): { low: Uint8Array; high: Uint8Array } {
  const [lowRows, highRows] = [new Uint8Array(data.length), new Uint8Array(data.length)];
  for (let y = 0; y < height; y++) window(data, data, lowRows, highRows, y * width, 1, width);
  const [low, high] = [new Uint8Array(data.length), new Uint8Array(data.length)];
  for (let x = 0; x < width; x++) window(lowRows, highRows, low, high, x, width, height);
  return { low, high };
}

/** One row or column: the least of `lows` and the greatest of `highs` within BESIDE places. */
function window(
  lows: Uint8Array,
  highs: Uint8Array,
  low: Uint8Array,
  high: Uint8Array,
  from: number,
  step: number,
  count: number,
): void {
  for (let n = 0, i = from; n < count; n++, i += step) {
    let least = 255;
    let most = 0;
    const end = Math.min(count - 1, n + BESIDE);
    for (let k = Math.max(0, n - BESIDE), j = from + k * step; k <= end; k++, j += step) {
      if (lows[j]! < least) least = lows[j]!;
      if (highs[j]! > most) most = highs[j]!;
    }
    low[i] = least;
    high[i] = most;
  }
}

function medianOf({ data }: Grey): number {
  const counts = histogram(data);
  let seen = 0;
  for (let v = 0; v < 256; v++) {
    seen += counts[v]!;
    if (seen * 2 >= data.length) return v;
  }
  return 255;
}

function histogram(data: Uint8Array): Uint32Array {
  const counts = new Uint32Array(256);
  for (const v of data) counts[v]!++;
  return counts;
}

function inverted(picture: Grey): Grey {
  return { ...picture, data: picture.data.map((v) => 255 - v) };
}

/** Usual difference of neighbouring pixels across two steps, scaled to a standard deviation. */
function noiseOf({ width, height, data }: Grey): number {
  const counts = new Uint32Array(1021);
  let total = 0;
  for (let y = 1; y < height - 1; y += 3) {
    for (let x = 1; x < width - 1; x += 3) {
      const i = y * width + x;
      const sharp = 4 * data[i]! - data[i - 1]! - data[i + 1]! - data[i - width]! - data[i + width]!;
      counts[Math.abs(sharp)]!++;
      total++;
    }
  }
  let seen = 0;
  for (let v = 0; v < counts.length; v++) {
    seen += counts[v]!;
    if (seen * 2 >= total) return v / (0.6745 * Math.sqrt(20));
  }
  return 0;
}

/** A 3 × 3 binomial blur. */
function blurred({ width, height, data }: Grey): Grey {
  const rows = new Uint16Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      rows[i] = data[x > 0 ? i - 1 : i]! + 2 * data[i]! + data[x < width - 1 ? i + 1 : i]!;
    }
  }
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const sum = rows[y > 0 ? i - width : i]! + 2 * rows[i]! + rows[y < height - 1 ? i + width : i]!;
      out[i] = (sum + 8) >> 4;
    }
  }
  return { width, height, data: out };
}

/** The picture divided by the brightness of the paper around each place. */
function flattened({ width, height, data }: Grey): Grey {
  const w = Math.ceil(width / CELL);
  const h = Math.ceil(height / CELL);
  const paper = smoothed(spread(brightest({ width, height, data }, w, h), w, h), w, h);
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    const fy = Math.max(0, Math.min(h - 1.001, (y + 0.5) / CELL - 0.5));
    const y0 = Math.floor(fy);
    const ky = fy - y0;
    const y1 = Math.min(h - 1, y0 + 1);
    for (let x = 0; x < width; x++) {
      const fx = Math.max(0, Math.min(w - 1.001, (x + 0.5) / CELL - 0.5));
      const x0 = Math.floor(fx);
      const kx = fx - x0;
      const x1 = Math.min(w - 1, x0 + 1);
      const top = paper[y0 * w + x0]! * (1 - kx) + paper[y0 * w + x1]! * kx;
      const low = paper[y1 * w + x0]! * (1 - kx) + paper[y1 * w + x1]! * kx;
      const light = top * (1 - ky) + low * ky;
      const i = y * width + x;
      out[i] = Math.min(255, (data[i]! * 250) / Math.max(40, light));
    }
  }
  return { width, height, data: out };
}

/** The second brightest eighth of each cell: paper, even where a line runs through and with a little glare. */
function brightest({ width, height, data }: Grey, w: number, h: number): Float32Array {
  const cells = new Float32Array(w * h);
  const counts = new Uint16Array(256);
  for (let cy = 0; cy < h; cy++) {
    for (let cx = 0; cx < w; cx++) {
      counts.fill(0);
      let total = 0;
      for (let y = cy * CELL; y < Math.min(height, cy * CELL + CELL); y++) {
        for (let x = cx * CELL; x < Math.min(width, cx * CELL + CELL); x++) {
          counts[data[y * width + x]!]!++;
          total++;
        }
      }
      let left = total >> 3;
      let v = 255;
      while (v > 0 && left >= counts[v]!) left -= counts[v--]!;
      cells[cy * w + cx] = v;
    }
  }
  return cells;
}

/** Largest value within REACH cells, row by row and column by column. */
function spread(cells: Float32Array, w: number, h: number): Float32Array {
  const rows = new Float32Array(cells.length);
  const out = new Float32Array(cells.length);
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      let most = 0;
      for (let k = Math.max(0, x - REACH); k <= Math.min(w - 1, x + REACH); k++)
        most = Math.max(most, cells[y * w + k]!);
      rows[y * w + x] = most;
    }
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      let most = 0;
      for (let k = Math.max(0, y - REACH); k <= Math.min(h - 1, y + REACH); k++)
        most = Math.max(most, rows[k * w + x]!);
      out[y * w + x] = most;
    }
  return out;
}

/** Mean within REACH cells. */
function smoothed(cells: Float32Array, w: number, h: number): Float32Array {
  const rows = new Float32Array(cells.length);
  const out = new Float32Array(cells.length);
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      let [sum, n] = [0, 0];
      for (let k = Math.max(0, x - REACH); k <= Math.min(w - 1, x + REACH); k++, n++)
        sum += cells[y * w + k]!;
      rows[y * w + x] = sum / n;
    }
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      let [sum, n] = [0, 0];
      for (let k = Math.max(0, y - REACH); k <= Math.min(h - 1, y + REACH); k++, n++) sum += rows[k * w + x]!;
      out[y * w + x] = sum / n;
    }
  return out;
}

/** Otsu's threshold, kept where thin grey lines still count and shaded paper does not. */
function threshold(even: Grey): number {
  const counts = histogram(even.data);
  let total = 0;
  let sum = 0;
  for (let v = 0; v < 256; v++) {
    total += counts[v]!;
    sum += v * counts[v]!;
  }
  let [low, lowSum, best, at] = [0, 0, -1, 150];
  for (let v = 0; v < 255; v++) {
    low += counts[v]!;
    lowSum += v * counts[v]!;
    const high = total - low;
    if (low === 0 || high === 0) continue;
    const apart = lowSum / low - (sum - lowSum) / high;
    const between = low * high * apart * apart;
    if (between > best) [best, at] = [between, v];
  }
  return Math.max(120, Math.min(185, at + 1));
}
