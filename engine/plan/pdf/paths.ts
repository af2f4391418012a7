// The drawing operators of a PDF page as paths in page coordinates: transforms followed, curves kept as curves.
import { OPS, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { type Box, boxOf, inBox, type Point } from '../../geometry/planar.ts';
import { apply, compose, growth, IDENTITY, type Transform } from '../dxf/transform.ts';
import { PlanError } from '../errors.ts';
import { LIMITS } from '../limits.data.ts';

export type Piece =
  | { kind: 'line'; a: Point; b: Point }
  | { kind: 'curve'; points: [Point, Point, Point, Point] };
export type PdfPath = {
  pieces: Piece[];
  closed: boolean;
  paint: 'stroke' | 'fill' | 'clip';
  style: string;
  width: number;
  layer: string;
  /** The clip the path is painted under, where it reaches out of it: a pattern laid over an area. */
  pattern_of: PdfClip | null;
};
export type PdfClip = { ring: Point[]; box: Box };
/** A picture painted on a page: its name or data in the page's objects, and its unit square in PDF user space. */
export type PdfImage = { source: unknown; transform: Transform; mask: boolean };
export type PdfContent = { paths: PdfPath[]; images: PdfImage[] };

/** pdf.js packs a path as numbers: an operator and its coordinates, over and over. */
const DRAW = { move: 0, line: 1, curve: 2, quadratic: 3, close: 4 } as const;

type State = { transform: Transform; width: number; stroke: string; fill: string; clip: PdfClip | null };

/** All painted paths and clips of a page, in PDF user space. */
export async function pagePaths(page: PDFPageProxy): Promise<PdfContent> {
  const { fnArray, argsArray } = await operatorsOf(page);
  const layers = await layerNames(page);
  let state: State = { transform: IDENTITY, width: 1, stroke: '#000000', fill: '#000000', clip: null };
  const stack: State[] = [];
  const marked: string[] = [];
  const content: PdfContent = { paths: [], images: [] };
  let pieces = 0;
  let clipping = false;
  fnArray.forEach((op, i) => {
    const args = (argsArray[i] ?? []) as unknown[];
    if (op === OPS.save || op === OPS.paintFormXObjectBegin) {
      stack.push(state);
      if (op === OPS.paintFormXObjectBegin && args[0]) state = moved(state, args[0] as number[]);
    } else if (op === OPS.restore || op === OPS.paintFormXObjectEnd) state = stack.pop() ?? state;
    else if (op === OPS.transform) state = moved(state, args as number[]);
    else if (op === OPS.setLineWidth) state = { ...state, width: Number(args[0]) };
    else if (op === OPS.setStrokeRGBColor) state = { ...state, stroke: String(args[0]) };
    else if (op === OPS.setFillRGBColor) state = { ...state, fill: String(args[0]) };
    else if (op === OPS.beginMarkedContentProps) marked.push(layers.get(idOf(args[1])) ?? '');
    else if (op === OPS.beginMarkedContent) marked.push('');
    else if (op === OPS.endMarkedContent) marked.pop();
    else if (
      op === OPS.paintImageXObject ||
      op === OPS.paintInlineImageXObject ||
      op === OPS.paintImageMaskXObject
    )
      content.images.push({
        source: args[0],
        transform: state.transform,
        mask: op === OPS.paintImageMaskXObject,
      });
    else if (op === OPS.clip || op === OPS.eoClip) clipping = true;
    else if (op === OPS.constructPath) {
      const paths = readPath(args, state, marked.findLast(Boolean) ?? '');
      if (clipping && !isInner(state.clip, page)) state = { ...state, clip: clipOf(paths) };
      clipping = false;
      pieces += paths.reduce((sum, path) => sum + path.pieces.length, 0);
      if (pieces > LIMITS.exploded) throw tooManyLines();
      content.paths.push(...paths);
    }
  });
  return content;
}

/** Operators a page may hold: each line has one or two, and a few for its pen. */
const MOST_OPERATORS = 3 * LIMITS.exploded;
const LOOK_EVERY_MS = 20;

/** The page's operators, unless they come without end: a few bytes can unpack to gigabytes. */
async function operatorsOf(page: PDFPageProxy) {
  const inside = page as unknown as {
    _intentStates?: Map<string, { operatorList?: { fnArray: unknown[] } }>;
    _transport?: { loadingTask?: { destroy(): Promise<void> } };
  };
  let tooMany = false;
  const watch = setInterval(() => {
    const held = [...(inside._intentStates?.values() ?? [])].map(
      (one) => one.operatorList?.fnArray.length ?? 0,
    );
    if (Math.max(0, ...held) < MOST_OPERATORS) return;
    tooMany = true;
    clearInterval(watch);
    void inside._transport?.loadingTask?.destroy();
  }, LOOK_EVERY_MS);
  try {
    return await page.getOperatorList();
  } catch (error) {
    if (tooMany) throw tooManyLines();
    throw error;
  } finally {
    clearInterval(watch);
  }
}

function tooManyLines(): PlanError {
  return new PlanError(
    'too_many_entities',
    `The PDF page draws more than ${LIMITS.exploded.toLocaleString('en-US')} lines; export the floor plan without hatching and pictures.`,
  );
}

/** A clip already smaller than most of the page stays: clips set inside it only cut it into strips. */
function isInner(clip: PdfClip | null, page: PDFPageProxy): boolean {
  if (!clip) return false;
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = page.view;
  return (clip.box[2] - clip.box[0]) * (clip.box[3] - clip.box[1]) < 0.5 * (x1 - x0) * (y1 - y0);
}

/** The clip a path sets: its first closed ring. */
function clipOf(paths: readonly PdfPath[]): PdfClip | null {
  const ring = paths[0]?.pieces.map((piece) => (piece.kind === 'line' ? piece.a : piece.points[0])) ?? [];
  return ring.length >= 3 ? { ring, box: boxOf(ring) } : null;
}

function reachesOut(path: PdfPath, clip: PdfClip): boolean {
  const margin = 0.02 * Math.max(clip.box[2] - clip.box[0], clip.box[3] - clip.box[1]);
  return path.pieces.some(
    (piece) =>
      piece.kind === 'line' && !(inBox(piece.a, clip.box, margin) && inBox(piece.b, clip.box, margin)),
  );
}

function moved(state: State, m: readonly number[]): State {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = m;
  return { ...state, transform: compose(state.transform, { a, b, c, d, e, f }) };
}

function idOf(value: unknown): string {
  return value && typeof value === 'object' && 'id' in value ? String(value.id) : '';
}

/** Names of the optional content groups (CAD layers) the page refers to. */
async function layerNames(page: PDFPageProxy): Promise<Map<string, string>> {
  const owner = page as unknown as {
    _transport?: { getOptionalContentConfig(intent: number): Promise<Iterable<[string, { name?: string }]>> };
  };
  const names = new Map<string, string>();
  const config = await owner._transport?.getOptionalContentConfig(2).catch(() => null);
  if (config && Symbol.iterator in config) for (const [id, group] of config) names.set(id, group.name ?? '');
  return names;
}

function paintOf(op: unknown): { paint: PdfPath['paint']; closes: boolean } | null {
  if (op === OPS.stroke) return { paint: 'stroke', closes: false };
  if (op === OPS.closeStroke) return { paint: 'stroke', closes: true };
  if (op === OPS.fill || op === OPS.eoFill) return { paint: 'fill', closes: true };
  if (
    op === OPS.fillStroke ||
    op === OPS.eoFillStroke ||
    op === OPS.closeFillStroke ||
    op === OPS.closeEOFillStroke
  )
    return { paint: 'stroke', closes: op !== OPS.fillStroke && op !== OPS.eoFillStroke };
  if (op === OPS.endPath) return { paint: 'clip', closes: true };
  return null;
}

/** Subpaths of one constructPath operator. */
function readPath(args: readonly unknown[], state: State, layer: string): PdfPath[] {
  const painted = paintOf(args[0]);
  const data = (args[1] as (ArrayLike<number> | null)[] | null)?.[0];
  if (!painted || !data) return [];
  const { paint, closes } = painted;
  const width = state.width * growth(state.transform);
  const style = paint === 'stroke' ? `${width.toFixed(2)} ${state.stroke}` : `fill ${state.fill}`;
  const paths: PdfPath[] = [];
  let current: PdfPath | null = null;
  let start: Point = [0, 0];
  let at: Point = [0, 0];
  const point = (i: number): Point => apply(state.transform, [data[i] ?? 0, data[i + 1] ?? 0]);
  const line = (to: Point) => {
    if (to[0] !== at[0] || to[1] !== at[1]) current?.pieces.push({ kind: 'line', a: at, b: to });
    at = to;
  };
  const finish = () => {
    if (!current) return;
    if (closes && !current.closed) line(start);
    current.closed ||= at[0] === start[0] && at[1] === start[1];
    if (current.pieces.length > 0) paths.push(current);
    if (state.clip && reachesOut(current, state.clip)) current.pattern_of = state.clip;
  };
  for (let i = 0; i < data.length; ) {
    const op = data[i];
    if (op === DRAW.move) {
      finish();
      start = point(i + 1);
      at = start;
      current = { pieces: [], closed: false, paint, style, width, layer, pattern_of: null };
      i += 3;
    } else if (op === DRAW.line) {
      line(point(i + 1));
      i += 3;
    } else if (op === DRAW.curve) {
      const end = point(i + 5);
      current?.pieces.push({ kind: 'curve', points: [at, point(i + 1), point(i + 3), end] });
      at = end;
      i += 7;
    } else if (op === DRAW.quadratic) {
      line(point(i + 3));
      i += 5;
    } else if (op === DRAW.close) {
      line(start);
      if (current) current.closed = true;
      i += 1;
    } else return paths;
  }
  finish();
  return paths;
}
