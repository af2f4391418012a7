// One page of a PDF as linework: vector paths, filled shapes and texts, turned upright. A page that is a picture is said to be one.
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Point } from '../../geometry/planar.ts';
import { PlanError } from '../errors.ts';
import { type LayerRole, layerRole } from '../layers.ts';
import { emptyLinework, type Linework, type Origin } from '../linework.ts';
import { arcThrough, bezierPoints } from './arcs.ts';
import { type PdfClip, type PdfPath, pagePaths } from './paths.ts';
import { findPolylineArcs } from './polyline_arcs.ts';
import { ScannedPage } from './scans.ts';
import { nameWallStyles } from './styles.ts';

/** Rotation of the page as a turn of coordinates about the origin, and back. */
export function turnOf(page: PDFPageProxy): { upright: (p: Point) => Point; toFile: (p: Point) => Point } {
  const quarter = (((page.rotate % 360) + 360) % 360) / 90;
  if (quarter === 1) return { upright: ([x, y]) => [y, -x], toFile: ([x, y]) => [-y, x] };
  if (quarter === 2) return { upright: ([x, y]) => [-x, -y], toFile: ([x, y]) => [-x, -y] };
  if (quarter === 3) return { upright: ([x, y]) => [-y, x], toFile: ([x, y]) => [y, -x] };
  return { upright: (p) => p, toFile: (p) => p };
}

/** Points, y up, as the page is viewed. */
export async function readPage(
  page: PDFPageProxy,
  upright: (p: Point) => Point,
  ignoreFills = false,
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
    if (images.length > 0) throw new ScannedPage(images);
    throw new PlanError(
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
