// Outlines of ink along pixel edges: every boundary between ink and paper as one closed loop, ink on its right (y down).
import { PlanError } from '../errors.ts';
import type { Ink } from './ink.ts';
import { RASTER } from './limits.data.ts';

/** Corner points of a loop, one per pixel edge, as x0,y0,x1,y1,…; box and whether it bounds ink from outside. */
export type Loop = { points: Int32Array; box: [number, number, number, number]; outer: boolean };

const STEP_X = [1, 0, -1, 0];
const STEP_Y = [0, 1, 0, -1];

/** All loops of at least `min` pixel edges. */
export function traceLoops({ width, height, data }: Ink, min: number): Loop[] {
  const seen = new Uint8Array(data.length);
  const at = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < width && y < height && data[y * width + x] === 1;
  const loops: Loop[] = [];
  let total = 0;
  let buffer = new Int32Array(4096);
  for (let sy = 0; sy < height; sy++) {
    for (let sx = 0; sx < width; sx++) {
      const cell = sy * width + sx;
      if (data[cell] === 0 || seen[cell] === 1 || (sy > 0 && data[cell - width] === 1)) continue;
      let [x, y, d, n, area] = [sx, sy, 0, 0, 0];
      const box: Loop['box'] = [x, y, x, y];
      do {
        if (n + 2 > buffer.length) {
          const larger = new Int32Array(buffer.length * 2);
          larger.set(buffer);
          buffer = larger;
        }
        buffer[n++] = x;
        buffer[n++] = y;
        if (d === 0) seen[y * width + x] = 1;
        const dx = STEP_X[d]!;
        const dy = STEP_Y[d]!;
        area += x * dy - y * dx;
        x += dx;
        y += dy;
        if (x < box[0]) box[0] = x;
        if (x > box[2]) box[2] = x;
        if (y < box[1]) box[1] = y;
        if (y > box[3]) box[3] = y;
        // The two cells ahead: on the right hand (where the ink is) and on the left.
        const rx = d === 0 || d === 3 ? x : x - 1;
        const ry = d === 0 || d === 1 ? y : y - 1;
        const lx = d === 0 || d === 1 ? x : x - 1;
        const ly = d === 1 || d === 2 ? y : y - 1;
        if (at(lx, ly)) d = (d + 3) & 3;
        else if (!at(rx, ry)) d = (d + 1) & 3;
      } while (x !== sx || y !== sy || d !== 0);
      total += n >> 1;
      if (total > RASTER.contour_points) throw tooBusy();
      if (n >> 1 >= min) loops.push({ points: buffer.slice(0, n), box, outer: area > 0 });
    }
  }
  return loops;
}

export function tooBusy(): PlanError {
  return new PlanError(
    'too_many_entities',
    'The picture holds texture or noise all over instead of lines; send a clean scan or export of the plan.',
  );
}
