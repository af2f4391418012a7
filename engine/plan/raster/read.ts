// A picture to linework: ink, its straight lines and arcs, and the texts that can be read in it.
import type { ScaleCue } from '../../../contract/plan.ts';
import type { Point } from '../../geometry/planar.ts';
import { PlanError, throwIfCancelled } from '../errors.ts';
import type { Linework } from '../linework.ts';
import { assemble } from './assemble.ts';
import { findCircles, movedCircle } from './circles.ts';
import { classify } from './classify.ts';
import { traceLoops } from './contours.ts';
import { rasterCues } from './cues.ts';
import { decodePicture, type Picture } from './decode.ts';
import { findEdges } from './edges.ts';
import { eraseLines } from './erase.ts';
import { inverse, mapPoint, SAME } from './homography.ts';
import { findInk } from './ink.ts';
import { findLettering, growLines, withoutLettering } from './lettering.ts';
import { readTexts } from './ocr.ts';
import { findPens } from './pens.ts';
import { findPerspective, movedEdges } from './perspective.ts';
import { findStrokes } from './strokes.ts';
import { mendTexts } from './words.ts';

export type RasterRead = {
  linework: Linework;
  /** Linework coordinates (y up, about the original's pixels) to pixels of the displayed original, y down. */
  toFile: (p: Point) => Point;
  /** Feet in one unit of the linework, guessed for thresholds only. */
  guess: number;
  cues: ScaleCue[];
  /** Feet of paper in one unit of the linework, null where the file does not say. */
  paper_feet: number | null;
};

export type RasterOptions = {
  signal?: AbortSignal | undefined;
  onProgress?: ((done: number, note: string) => void) | undefined;
};

/** Linework of a PNG or JPEG. */
export async function readRasterLinework(
  bytes: Uint8Array,
  name: string,
  options: RasterOptions,
): Promise<RasterRead> {
  const picture = await decodePicture(bytes, name);
  throwIfCancelled(options.signal);
  return readPicture(picture, options);
}

/** Linework of a decoded picture. */
export async function readPicture(picture: Picture, options: RasterOptions): Promise<RasterRead> {
  const { ink, noise, even } = findInk(picture.grey);
  const loops = traceLoops(ink, noise > 3.5 ? 14 : 8);
  if (loops.length === 0) throw nothing();
  throwIfCancelled(options.signal);
  const { lines, letters } = findLettering(loops);
  const bare = withoutLettering(loops, letters);
  const edges = findEdges(bare, ink, noise > 3.5 ? 1.3 : 1.1);
  throwIfCancelled(options.signal);
  const pens = findPens(edges);
  const side = Math.max(ink.width, ink.height);
  const { circles, used } = findCircles(edges, bare, ink, pens.solid, [6, side / 8]);
  const straight = edges.filter((_, i) => !used.has(i));
  const bent = noise > PHOTO_NOISE ? findPerspective(straight, ink.width, ink.height) : null;
  const sheet = bent ?? SAME;
  const strokes = findStrokes(bent ? movedEdges(straight, bent) : straight, pens);
  if (strokes.length < 12) throw nothing();
  options.onProgress?.(0.2, 'Reading the texts');
  const back = inverse(sheet);
  const swings = bent ? circles.map((circle) => movedCircle(circle, bent)) : circles;
  const bared = eraseLines(ink, even, strokes, swings, 3.5 * letterHeight(lines), (p) => mapPoint(back, p));
  const texts = mendTexts(await readTexts(bared.even, growLines(lines, bared.ink), options));
  throwIfCancelled(options.signal);
  const guess = guessOf(swings, side);
  const roles = classify(strokes, swings, pens, guess);
  const scale = picture.factor;
  const placed = texts.map((text) => ({ ...text, centre: mapPoint(sheet, text.centre) }));
  const linework = assemble(
    { strokes, roles, circles: swings, texts: placed },
    ([x, y]) => [x * scale, -y * scale],
    scale,
  );
  const toFile = ([x, y]: Point): Point => {
    const [px, py] = mapPoint(back, [x / scale, -y / scale]);
    return [px * scale, py * scale];
  };
  if (bent)
    linework.notes.push({
      code: 'perspective',
      message:
        'The picture was taken at an angle; it was straightened, so lengths are less certain than on a scan.',
    });
  const dpi = bent ? null : picture.dpi;
  return {
    linework,
    toFile,
    guess: guess / scale,
    cues: rasterCues(linework, dpi),
    paper_feet: dpi === null ? null : 1 / (12 * dpi),
  };
}

/** Grain from which a picture was taken by a camera or scanner: only then lines are straightened. */
const PHOTO_NOISE = 0.8;

function letterHeight(lines: readonly { height: number }[]): number {
  const heights = lines.map((line) => line.height).sort((p, q) => p - q);
  return heights[heights.length >> 1] ?? 12;
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
