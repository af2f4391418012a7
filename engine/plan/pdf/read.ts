// PDF bytes to linework: vector paths, filled shapes and texts of one page, turned upright. Scanned pages are refused.
import { getDocument, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Point } from '../../geometry/planar.ts';
import { PlanError } from '../errors.ts';
import { type LayerRole, layerRole } from '../layers.ts';
import { emptyLinework, type Linework, type Origin } from '../linework.ts';
import { arcThrough, bezierPoints } from './arcs.ts';
import { type PdfClip, type PdfPath, pagePaths } from './paths.ts';
import { findPolylineArcs } from './polyline_arcs.ts';
import { nameWallStyles } from './styles.ts';

export type PdfRead = {
  linework: Linework /** Upright coordinates back to PDF user space. */;
  toFile: (p: Point) => Point;
  page: number;
  pages: number;
};

/** Linework of a page (the first unless told) in points, y up, as the page is viewed. */
export async function readPdfLinework(
  bytes: Uint8Array,
  wanted: number | undefined,
  options: { ignore_fills?: boolean } = {},
): Promise<PdfRead> {
  const document = await open(bytes);
  try {
    const pages = document.numPages;
    const page = wanted ?? 1;
    if (!Number.isInteger(page) || page < 1 || page > pages) {
      throw new PlanError(
        'bad_page',
        `The PDF has ${pages} ${pages === 1 ? 'page' : 'pages'} but page ${page} was asked for; choose one of them.`,
      );
    }
    const proxy = await document.getPage(page);
    const turn = turnOf(proxy);
    const linework = await readPage(proxy, turn.upright, options.ignore_fills ?? false);
    if (wanted === undefined && pages > 1) {
      linework.notes.push({
        code: 'several_pages',
        message: `The PDF has ${pages} pages; page 1 was read. Choose another page if the plan is there.`,
      });
    }
    return { linework, toFile: turn.toFile, page, pages };
  } catch (error) {
    // What the PDF library throws of a damaged page is said in our words; our own errors pass.
    if (error instanceof PlanError || !isOfPdf(error)) throw error;
    throw new PlanError('malformed', 'A page of the PDF is damaged and cannot be read; export it again.');
  } finally {
    await document.loadingTask.destroy();
  }
}

/** The library's own exceptions: their class names are not exported as one type. */
function isOfPdf(error: unknown): boolean {
  return error instanceof Error && (/Exception$/.test(error.name) || /\bpdf\b/i.test(error.stack ?? ''));
}

async function open(bytes: Uint8Array) {
  try {
    return await getDocument({
      data: new Uint8Array(bytes),
      verbosity: 0,
      useSystemFonts: false,
      disableFontFace: true,
      stopAtErrors: false,
    }).promise;
  } catch (error) {
    const words = error instanceof Error ? error.message : 'unreadable';
    if (/password/i.test(words))
      throw new PlanError(
        'malformed',
        'The PDF is locked with a password; save it without one and upload it again.',
      );
    throw new PlanError(
      'malformed',
      `The PDF cannot be opened (${words.slice(0, 80).replace(/\.$/, '')}); export it again.`,
    );
  }
}

/** Rotation of the page as a turn of coordinates about the origin, and back. */
function turnOf(page: PDFPageProxy): { upright: (p: Point) => Point; toFile: (p: Point) => Point } {
  const quarter = (((page.rotate % 360) + 360) % 360) / 90;
  if (quarter === 1) return { upright: ([x, y]) => [y, -x], toFile: ([x, y]) => [-y, x] };
  if (quarter === 2) return { upright: ([x, y]) => [-x, -y], toFile: ([x, y]) => [-x, -y] };
  if (quarter === 3) return { upright: ([x, y]) => [-y, x], toFile: ([x, y]) => [y, -x] };
  return { upright: (p) => p, toFile: (p) => p };
}

async function readPage(
  page: PDFPageProxy,
  upright: (p: Point) => Point,
  ignoreFills: boolean,
): Promise<Linework> {
  const linework = emptyLinework();
  linework.units = 'pt';
  const { paths, images } = await pagePaths(page);
  const origins = new Map<string, Origin>();
  const patterned = new Set<PdfClip>();
  for (const path of paths) {
    if (path.pattern_of) patterned.add(path.pattern_of);
    else if (path.paint !== 'clip') addPath(path, upright, origins, linework);
  }
  findPolylineArcs(linework);
  if (ignoreFills) linework.shapes = linework.shapes.filter((shape) => !shape.filled);
  else addPatterned(patterned, upright, linework);
  if (linework.strokes.length < 20) {
    throw images > 0
      ? new PlanError(
          'unsupported_format',
          'This page of the PDF is a scanned picture, which cannot be read yet; export the plan as DXF or as a vector PDF.',
        )
      : new PlanError(
          'empty_drawing',
          'This page of the PDF holds no drawing; choose another page or export the plan again.',
        );
  }
  await addTexts(page, upright, linework);
  nameWallStyles(linework);
  return linework;
}

/** Areas that the drawing itself fills with a pattern, as facility plans do with rooms. */
function addPatterned(clips: ReadonlySet<PdfClip>, upright: (p: Point) => Point, linework: Linework): void {
  const origin: Origin = { layer: 'patterned area', role: 'area', symbol: -1 };
  for (const clip of clips) linework.shapes.push({ ring: clip.ring.map(upright), origin, filled: true });
}

function originFor(path: PdfPath, origins: Map<string, Origin>): Origin {
  const key = `${path.layer}|${path.style}`;
  const known = origins.get(key);
  if (known) return known;
  const role: LayerRole = path.layer ? layerRole(path.layer) : 'unknown';
  const origin: Origin = { layer: path.layer || path.style, role, symbol: -1 };
  origins.set(key, origin);
  return origin;
}

function addPath(
  path: PdfPath,
  upright: (p: Point) => Point,
  origins: Map<string, Origin>,
  linework: Linework,
): void {
  const origin = originFor(path, origins);
  const ring: Point[] = [];
  let run: Point[] = [];
  const flush = () => {
    if (run.length >= 4) {
      const arc = arcThrough(run);
      if (arc && arc.sweep > 25) linework.arcs.push({ ...arc, origin });
    }
    run = [];
  };
  const add = (a: Point, b: Point, arc: number) => {
    if (path.paint === 'stroke' && (a[0] !== b[0] || a[1] !== b[1]))
      linework.strokes.push({ a, b, origin, weight: path.width, arc });
    ring.push(a);
  };
  for (const piece of path.pieces) {
    if (piece.kind === 'line') {
      flush();
      add(upright(piece.a), upright(piece.b), -1);
      continue;
    }
    let from = upright(piece.points[0]);
    if (run.length === 0) run.push(from);
    for (const p of bezierPoints(piece.points, 8)) {
      const to = upright(p);
      add(from, to, linework.arcs.length);
      run.push(to);
      from = to;
    }
  }
  flush();
  if (path.closed && ring.length >= 3) linework.shapes.push({ ring, origin, filled: path.paint === 'fill' });
}

async function addTexts(page: PDFPageProxy, upright: (p: Point) => Point, linework: Linework): Promise<void> {
  const { items } = await page.getTextContent();
  const origin: Origin = { layer: 'text', role: 'unknown', symbol: -1 };
  for (const item of items) {
    if (!('str' in item) || item.str.trim() === '') continue;
    const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = item.transform as number[];
    const size = Math.hypot(c, d) || Math.hypot(a, b);
    const length = Math.hypot(a, b) || 1;
    const along: Point = [a / length, b / length];
    const up: Point = [c / (size || 1), d / (size || 1)];
    const at = (x: number, y: number): Point =>
      upright([e + along[0] * x + up[0] * y, f + along[1] * x + up[1] * y]);
    const middle = at(item.width / 2, size * 0.35);
    linework.texts.push({
      value: item.str.replace(/\\[Pp~]/g, ' ').trim(),
      anchor: middle,
      centre: middle,
      height: size,
      width: item.width,
      origin,
    });
  }
}
