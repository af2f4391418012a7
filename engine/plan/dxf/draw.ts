// Draws single DXF entities into linework: lines, polylines with bulges, arcs, ellipses, splines, hatches, solids, texts.
import { distance, type Point } from '../../geometry/planar.ts';
import type { Origin } from '../linework.ts';
import { arcPoints, bulgeArc, bulgePoints, ellipsePoints, splinePoints } from './curves.ts';
import { type DxfEntity, number, text } from './document.ts';
import { hatchRings } from './hatch.ts';
import { mtextLines, plainText } from './mtext.ts';
import { originOf, type Pen, type Sheet, spend } from './sheet.ts';
import { apply, growth, type Transform } from './transform.ts';

/** Share of its height that one character of text is wide, on average, in drafting fonts. */
const CHARACTER_WIDTH = 0.8;
const LINE_SPACING = 1.6;

export function drawEntity(entity: DxfEntity, pen: Pen, sheet: Sheet): void {
  const origin = originOf(entity, pen);
  const m = number(entity, 230, 1) < 0 && entity.type !== 'LINE' ? mirror(pen.transform) : pen.transform;
  switch (entity.type) {
    case 'LINE':
      addPath([point(entity, 10), point(entity, 11)], m, origin, sheet);
      break;
    case 'LWPOLYLINE':
    case 'POLYLINE':
      drawPolyline(entity, m, origin, sheet);
      break;
    case 'ARC':
      drawArc(
        point(entity, 10),
        number(entity, 40),
        number(entity, 50),
        number(entity, 51, 360),
        m,
        origin,
        sheet,
      );
      break;
    case 'CIRCLE':
      addClosed(
        arcPoints(point(entity, 10), number(entity, 40), 0, 360).slice(0, -1),
        m,
        origin,
        sheet,
        false,
      );
      break;
    case 'ELLIPSE':
      addPath(
        ellipsePoints(
          point(entity, 10),
          point(entity, 11),
          number(entity, 40, 1),
          number(entity, 41),
          number(entity, 42, 2 * Math.PI),
        ),
        m,
        origin,
        sheet,
      );
      break;
    case 'SPLINE':
      addPath(splinePoints(number(entity, 71, 3), numbers(entity, 40), points(entity, 10)), m, origin, sheet);
      break;
    case 'SOLID':
    case 'TRACE':
      addClosed(
        [point(entity, 10), point(entity, 11), point(entity, 13), point(entity, 12)],
        m,
        origin,
        sheet,
        true,
      );
      break;
    case 'HATCH':
      for (const ring of hatchRings(entity)) addShape(ring, m, origin, sheet, true);
      break;
    case 'TEXT':
    case 'ATTRIB':
      drawText(entity, m, origin, sheet);
      break;
    case 'MTEXT':
      drawMtext(entity, m, origin, sheet);
      break;
    default:
  }
}

function point(entity: DxfEntity, code: number): Point {
  return [number(entity, code), number(entity, code + 10)];
}

function numbers(entity: DxfEntity, code: number): number[] {
  const found: number[] = [];
  entity.codes.forEach((c, i) => {
    if (c === code) found.push(Number(entity.values[i]) || 0);
  });
  return found;
}

function points(entity: DxfEntity, code: number): Point[] {
  const ys = numbers(entity, code + 10);
  return numbers(entity, code).map((x, i): Point => [x, ys[i] ?? 0]);
}

function mirror(m: Transform): Transform {
  return { ...m, a: -m.a, b: -m.b };
}

function addPath(path: readonly Point[], m: Transform, origin: Origin, sheet: Sheet, arc = -1): void {
  spend(sheet, path.length);
  for (let i = 1; i < path.length; i++) {
    const a = apply(m, path[i - 1]!);
    const b = apply(m, path[i]!);
    if (finite(a) && finite(b) && distance(a, b) > 0)
      sheet.linework.strokes.push({ a, b, origin, weight: -1, arc });
  }
}

function finite(p: Point): boolean {
  return Math.abs(p[0]) < 1e12 && Math.abs(p[1]) < 1e12;
}

function addShape(ring: readonly Point[], m: Transform, origin: Origin, sheet: Sheet, filled: boolean): void {
  spend(sheet, ring.length);
  const placed = ring.map((p) => apply(m, p)).filter(finite);
  if (placed.length >= 3) sheet.linework.shapes.push({ ring: placed, origin, filled });
}

function addClosed(
  ring: readonly Point[],
  m: Transform,
  origin: Origin,
  sheet: Sheet,
  filled: boolean,
): void {
  if (ring.length < 3) return;
  addShape(ring, m, origin, sheet, filled);
  addPath([...ring, ring[0]!], m, origin, sheet);
}

function drawPolyline(entity: DxfEntity, m: Transform, origin: Origin, sheet: Sheet): void {
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
    if (Math.abs(from.bulge) > 1e-6) drawBulge(from.at, to.at, from.bulge, m, origin, sheet);
  }
  addPath(path, m, origin, sheet);
  const last = path[path.length - 1]!;
  const closes = closed || (path.length > 3 && distance(last, first.at) < 1e-6);
  if (closes && path.length > 3) addShape(path.slice(0, -1), m, origin, sheet, false);
}

function lightCorners(entity: DxfEntity): { at: Point; bulge: number }[] {
  const corners: { at: [number, number]; bulge: number }[] = [];
  entity.codes.forEach((code, i) => {
    const value = Number(entity.values[i]) || 0;
    const last = corners[corners.length - 1];
    if (code === 10) corners.push({ at: [value, 0], bulge: 0 });
    else if (code === 20 && last) last.at[1] = value;
    else if (code === 42 && last) last.bulge = value;
  });
  return corners;
}

function heavyCorners(entity: DxfEntity): { at: Point; bulge: number }[] {
  if ((number(entity, 70) & (16 | 64)) !== 0) return [];
  return entity.children
    .filter((vertex) => (number(vertex, 70) & 16) === 0)
    .map((vertex) => ({ at: point(vertex, 10), bulge: number(vertex, 42) }));
}

function drawBulge(a: Point, b: Point, bulge: number, m: Transform, origin: Origin, sheet: Sheet): void {
  const arc = bulgeArc(a, b, bulge);
  if (!Number.isFinite(arc.radius)) return;
  const size = arc.radius * growth(m);
  sheet.linework.arcs.push({
    centre: apply(m, arc.centre),
    radius: size,
    start: apply(m, a),
    end: apply(m, b),
    sweep: Math.abs(arc.sweep),
    origin,
  });
}

function drawArc(
  centre: Point,
  radius: number,
  from: number,
  to: number,
  m: Transform,
  origin: Origin,
  sheet: Sheet,
): void {
  if (!(radius > 0)) return;
  const path = arcPoints(centre, radius, from, to);
  let sweep = (to - from) % 360;
  if (sweep <= 0) sweep += 360;
  addPath(path, m, origin, sheet, sheet.linework.arcs.length);
  const start = apply(m, path[0]!);
  const end = apply(m, path[path.length - 1]!);
  sheet.linework.arcs.push({
    centre: apply(m, centre),
    radius: radius * growth(m),
    start,
    end,
    sweep,
    origin,
  });
}

function drawText(entity: DxfEntity, m: Transform, origin: Origin, sheet: Sheet): void {
  const value = plainText(text(entity, 1));
  if (!value) return;
  const horizontal = number(entity, 72);
  const vertical = number(entity, 73);
  const aligned = (horizontal !== 0 || vertical !== 0) && entity.codes.includes(11);
  const at = point(entity, aligned && horizontal !== 3 && horizontal !== 5 ? 11 : 10);
  const shiftX = horizontal === 1 || horizontal === 4 ? 0 : horizontal === 2 ? -0.5 : 0.5;
  const shiftY = horizontal === 4 || vertical === 2 ? 0 : vertical === 3 ? -0.5 : 0.5;
  addText([value], at, number(entity, 40, 1), number(entity, 50), shiftX, shiftY, m, origin, sheet);
}

function drawMtext(entity: DxfEntity, m: Transform, origin: Origin, sheet: Sheet): void {
  const parts = entity.codes.map((code, i) => (code === 3 ? entity.values[i]! : '')).join('');
  const lines = mtextLines(parts + text(entity, 1));
  const attach = Math.max(1, Math.min(9, number(entity, 71, 1)));
  const shiftX = [0.5, 0, -0.5][(attach - 1) % 3]!;
  const shiftY = [-0.5, 0, 0.5][Math.floor((attach - 1) / 3)]!;
  const [dx, dy] = point(entity, 11);
  const degrees =
    entity.codes.includes(11) && (dx !== 0 || dy !== 0)
      ? (Math.atan2(dy, dx) * 180) / Math.PI
      : number(entity, 50);
  addText(lines, point(entity, 10), number(entity, 40, 1), degrees, shiftX, shiftY, m, origin, sheet);
}

/** Places each line of a text block; shifts are in text widths and heights from the insertion point to the middle. */
function addText(
  lines: readonly string[],
  at: Point,
  height: number,
  degrees: number,
  shiftX: number,
  shiftY: number,
  m: Transform,
  origin: Origin,
  sheet: Sheet,
): void {
  spend(sheet, lines.length);
  const angle = (degrees * Math.PI) / 180;
  const across: Point = [Math.cos(angle), Math.sin(angle)];
  const block = height + (lines.length - 1) * height * LINE_SPACING;
  lines.forEach((value, i) => {
    const width = value.length * height * CHARACTER_WIDTH;
    const down = (lines.length - 1) / 2 - i;
    const x = shiftX * width;
    const y = shiftY * block + down * height * LINE_SPACING;
    const middle: Point = [at[0] + across[0] * x - across[1] * y, at[1] + across[1] * x + across[0] * y];
    const line: Point = [
      at[0] - across[1] * (y - shiftY * height),
      at[1] + across[0] * (y - shiftY * height),
    ];
    const grown = growth(m);
    sheet.linework.texts.push({
      value,
      anchor: apply(m, line),
      centre: apply(m, middle),
      height: height * grown,
      width: width * grown,
      origin,
    });
  });
}
