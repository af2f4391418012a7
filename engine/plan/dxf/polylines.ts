// DXF polylines of both kinds and multilines: bulges become arcs, wide polylines become the two faces of a band.
import { distance, type Point } from '../../geometry/planar.ts';
import type { Origin } from '../linework.ts';
import { bulgeArc, bulgePoints } from './curves.ts';
import { type DxfEntity, number, point } from './document.ts';
import type { Sheet } from './sheet.ts';
import { addArc, addPath, addShape } from './strokes.ts';
import { growth, type Transform } from './transform.ts';

type Corner = { at: Point; bulge: number; width: number };

/** A mitre no longer than this many half widths; sharper corners are cut off. */
const LONGEST_MITRE = 4;

export function drawPolyline(entity: DxfEntity, m: Transform, origin: Origin, sheet: Sheet): void {
  const closed = (number(entity, 70) & 1) === 1;
  const corners = entity.type === 'LWPOLYLINE' ? lightCorners(entity) : heavyCorners(entity);
  const first = corners[0];
  if (!first) return;
  const path: Point[] = [first.at];
  const count = closed ? corners.length : corners.length - 1;
  for (let i = 0; i < count; i++) {
    const from = corners[i]!;
    const to = corners[(i + 1) % corners.length]!;
    path.push(...bulgePoints(from.at, to.at, from.bulge));
    if (Math.abs(from.bulge) > 1e-6) {
      const arc = bulgeArc(from.at, to.at, from.bulge);
      addArc({ ...arc, start: from.at, end: to.at }, m, origin, sheet);
    }
  }
  const last = path[path.length - 1]!;
  const closes = closed || (path.length > 3 && distance(last, first.at) < 1e-6);
  const width = Math.max(...corners.slice(0, Math.max(1, count)).map((corner) => corner.width));
  if (width > 0) {
    sheet.bands.push({ path, closed: closes, width: width * growth(m), local: width, m, origin });
    return;
  }
  addPath(path, m, origin, sheet);
  if (closes && path.length > 3) addShape(path.slice(0, -1), m, origin, sheet, false);
}

function lightCorners(entity: DxfEntity): Corner[] {
  const corners: { at: [number, number]; bulge: number; width: number }[] = [];
  const width = number(entity, 43);
  entity.codes.forEach((code, i) => {
    const last = corners[corners.length - 1];
    if (code !== 10 && !last) return;
    const value = Number(entity.values[i]) || 0;
    if (code === 10) corners.push({ at: [value, 0], bulge: 0, width });
    else if (code === 20) last!.at[1] = value;
    else if (code === 42) last!.bulge = value;
    else if (code === 40 || code === 41) last!.width = Math.max(last!.width, value);
  });
  return corners;
}

function heavyCorners(entity: DxfEntity): Corner[] {
  if ((number(entity, 70) & (16 | 64)) !== 0) return [];
  const usual = Math.max(number(entity, 40), number(entity, 41));
  return entity.children
    .filter((vertex) => (number(vertex, 70) & 16) === 0)
    .map((vertex) => ({
      at: point(vertex, 10),
      bulge: number(vertex, 42),
      width: Math.max(number(vertex, 40, usual), number(vertex, 41, usual)),
    }));
}

/** Share of the drawing's size from which a wide polyline is a body with two faces and not a heavy pen. */
const BODY_SHARE = 1 / 1500;

/** Draws wide polylines once the drawing's size is known: as bodies, or as the lines they are. */
export function drawBands(sheet: Sheet): void {
  const { strokes } = sheet.linework;
  const xs = sheet.bands.flatMap((band) => band.path.map((p) => p[0]));
  let [x0, x1] = [Math.min(Infinity), Math.max(-Infinity)];
  for (const x of xs) [x0, x1] = [Math.min(x0, x), Math.max(x1, x)];
  for (const { a } of strokes) [x0, x1] = [Math.min(x0, a[0]), Math.max(x1, a[0])];
  for (const { path, closed, width, local, m, origin } of sheet.bands) {
    const body = width >= (x1 - x0) * BODY_SHARE;
    const ring = closed && path.length > 3 ? path.slice(0, -1) : null;
    if (!body) {
      addPath(path, m, origin, sheet);
      if (ring) addShape(ring, m, origin, sheet, false);
      continue;
    }
    const half = local / 2;
    if (ring) {
      const faces = [offset(ring, half, true), offset(ring, -half, true)];
      for (const face of faces) addPath([...face, face[0]!], m, origin, sheet);
    } else if (path.length > 1) {
      const outline = [...offset(path, half, false), ...offset(path, -half, false).reverse()];
      addPath([...outline, outline[0]!], m, origin, sheet);
      addShape(outline, m, origin, sheet, true);
    }
  }
}

/** The path moved to its left by `by`, mitred at its corners. */
function offset(path: readonly Point[], by: number, closed: boolean): Point[] {
  const n = path.length;
  const normal = (i: number): Point | null => {
    const a = path[(i + n) % n]!;
    const b = path[(i + 1 + n) % n]!;
    const length = distance(a, b);
    return length > 0 ? [-(b[1] - a[1]) / length, (b[0] - a[0]) / length] : null;
  };
  return path.map((p, i): Point => {
    const before = closed || i > 0 ? normal(i - 1) : null;
    const after = closed || i < n - 1 ? normal(i) : null;
    const [u, v] = [before ?? after ?? [0, 0], after ?? before ?? [0, 0]];
    const sum: Point = [u[0] + v[0], u[1] + v[1]];
    const dot = 1 + u[0] * v[0] + u[1] * v[1];
    const k = by / Math.max(dot, 2 / LONGEST_MITRE ** 2);
    return [p[0] + sum[0] * k, p[1] + sum[1] * k];
  });
}

/** MLINE: each element runs through its vertices at the first of its parameters along the vertex's mitre. */
export function drawMline(entity: DxfEntity, m: Transform, origin: Origin, sheet: Sheet): void {
  const vertices: { at: [number, number]; mitre: [number, number]; params: number[] }[] = [];
  let firstOfElement = false;
  entity.codes.forEach((code, i) => {
    const value = Number(entity.values[i]) || 0;
    const last = vertices[vertices.length - 1];
    if (code === 11) vertices.push({ at: [value, 0], mitre: [0, 0], params: [] });
    else if (!last) return;
    else if (code === 21) last.at[1] = value;
    else if (code === 13) last.mitre[0] = value;
    else if (code === 23) last.mitre[1] = value;
    else if (code === 74) firstOfElement = true;
    else if (code === 41 && firstOfElement) {
      last.params.push(value);
      firstOfElement = false;
    }
  });
  const elements = Math.min(16, vertices[0]?.params.length ?? 0);
  const closed = (number(entity, 71) & 2) !== 0;
  for (let e = 0; e < elements; e++) {
    const path = vertices.map(({ at, mitre, params }): Point => {
      const k = params[e] ?? 0;
      return [at[0] + mitre[0] * k, at[1] + mitre[1] * k];
    });
    addPath(closed && path.length > 2 ? [...path, path[0]!] : path, m, origin, sheet);
  }
}
