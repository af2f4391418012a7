// A picture to linework: ink, its straight lines and arcs, and the texts that can be read in it.
import type { Point } from '../../geometry/planar.ts';
import { PlanError, throwIfCancelled } from '../errors.ts';
import type { Linework } from '../linework.ts';
import { assemble } from './assemble.ts';
import { findCircles } from './circles.ts';
import { traceLoops } from './contours.ts';
import { decodePicture, type Picture } from './decode.ts';
import { findEdges } from './edges.ts';
import { findInk } from './ink.ts';
import { findLettering, withoutLettering } from './lettering.ts';
import { findPens } from './pens.ts';
import { readTexts } from './ocr.ts';
import { findStrokes } from './strokes.ts';

export type RasterRead = {
  linework: Linework;
  /** Linework coordinates (y up) to pixels of the displayed original, y down. */
  toFile: (p: Point) => Point;
  /** Feet in one unit of the linework, guessed for thresholds only. */
  guess: number;
};

type Options = { signal?: AbortSignal | undefined; onProgress?: ((done: number, note: string) => void) | undefined };

/** Linework of a PNG or JPEG. */
export async function readRasterLinework(bytes: Uint8Array, name: string, options: Options): Promise<RasterRead> {
  const picture = await decodePicture(bytes, name);
  throwIfCancelled(options.signal);
  return readPicture(picture, options);
}

/** Linework of a decoded picture. */
export async function readPicture(picture: Picture, options: Options): Promise<RasterRead> {
  const { ink, noise, even } = findInk(picture.grey);
  const loops = traceLoops(ink, noise > 3.5 ? 14 : 8);
  if (loops.length === 0) throw nothing();
  throwIfCancelled(options.signal);
  const { lines, letters } = findLettering(loops);
  const reading = readTexts(even, lines, options);
  reading.catch(() => {});
  const bare = withoutLettering(loops, letters);
  const edges = findEdges(bare, ink, noise > 3.5 ? 1.3 : 1.1);
  throwIfCancelled(options.signal);
  const pens = findPens(edges);
  const side = Math.max(ink.width, ink.height);
  const { circles, used } = findCircles(edges, bare, ink, pens.solid, [6, side / 8]);
  const strokes = findStrokes(
    edges.filter((_, i) => !used.has(i)),
    pens,
  );
  if (strokes.length < 12) throw nothing();
  options.onProgress?.(0.2, 'Reading the texts');
  const texts = await reading;
  throwIfCancelled(options.signal);
  const linework = assemble({ strokes, circles, texts }, ([x, y]) => [x, -y]);
  return {
    linework,
    toFile: ([x, y]) => [x * picture.factor, -y * picture.factor],
    guess: guessOf(circles.map((circle) => circle), side),
  };
}

function nothing(): PlanError {
  return new PlanError(
    'empty_drawing',
    'The picture shows no plan: no lines of walls were found in it; send a clearer or larger scan.',
  );
}

/** Door swings are about 3 ft in radius; without any, the storey is taken to be 180 ft long. */
function guessOf(circles: readonly { radius: number; sweep: number }[], side: number): number {
  const radii = circles
    .filter((circle) => circle.sweep > 1.2 && circle.sweep < 1.9 && circle.radius > side / 250)
    .map((circle) => circle.radius)
    .sort((p, q) => p - q);
  if (radii.length >= 3) return 3 / radii[radii.length >> 1]!;
  return 180 / side;
}
