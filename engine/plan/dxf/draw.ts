// Draws single DXF entities into linework: lines, polylines, arcs, ellipses, splines, hatches, solids, texts, leaders.
// Flat entities stand in their own plane (the extrusion direction); the others in the drawing's coordinates.
import type { Point } from '../../geometry/planar.ts';
import type { Origin } from '../linework.ts';
import { arcPoints, ellipsePoints, fittedPoints, splinePoints } from './curves.ts';
import { type DxfEntity, number, numbers, point, points } from './document.ts';
import { hatchRings } from './hatch.ts';
import { drawMline, drawPolyline } from './polylines.ts';
import { originOf, type Pen, type Sheet } from './sheet.ts';
import { addArc, addClosed, addPath, addShape } from './strokes.ts';
import { drawLeader, drawMtext, drawMultileader, drawText } from './texts.ts';
import { compose, ownPlane, type Transform } from './transform.ts';

export function drawEntity(entity: DxfEntity, pen: Pen, sheet: Sheet): void {
  const origin = originOf(entity, pen);
  const world = pen.transform;
  const flat = compose(world, planeOf(entity));
  switch (entity.type) {
    case 'LINE':
      addPath([point(entity, 10), point(entity, 11)], world, origin, sheet);
      break;
    case 'LWPOLYLINE':
      drawPolyline(entity, flat, origin, sheet);
      break;
    case 'POLYLINE':
      drawPolyline(entity, (number(entity, 70) & 8) === 0 ? flat : world, origin, sheet);
      break;
    case 'MLINE':
      drawMline(entity, world, origin, sheet);
      break;
    case 'ARC':
      drawArc(entity, flat, origin, sheet);
      break;
    case 'CIRCLE':
      if (number(entity, 40) > 0) {
        const ring = arcPoints(point(entity, 10), number(entity, 40), 0, 360).slice(0, -1);
        addClosed(ring, flat, origin, sheet, false);
      }
      break;
    case 'ELLIPSE':
      drawEllipse(entity, world, origin, sheet);
      break;
    case 'SPLINE':
    case 'HELIX':
      addPath(splinePath(entity), world, origin, sheet);
      break;
    case 'SOLID':
    case 'TRACE':
      addClosed(
        [point(entity, 10), point(entity, 11), point(entity, 13), point(entity, 12)],
        flat,
        origin,
        sheet,
        true,
      );
      break;
    case '3DFACE':
      drawFace(entity, world, origin, sheet);
      break;
    case 'HATCH':
      for (const ring of hatchRings(entity)) addShape(ring, flat, origin, sheet, true);
      break;
    case 'TEXT':
    case 'ATTRIB':
    case 'ATTDEF':
      drawText(entity, flat, origin, sheet);
      break;
    case 'MTEXT':
      drawMtext(entity, world, origin, sheet);
      break;
    case 'LEADER':
      drawLeader(entity, world, origin, sheet);
      break;
    case 'MULTILEADER':
    case 'MLEADER':
      drawMultileader(entity, world, origin, sheet);
      break;
    default:
  }
}

/** The plane of a flat entity: its extrusion direction, and its height over the drawing's plane. */
export function planeOf(entity: DxfEntity): Transform {
  return ownPlane(
    [number(entity, 210), number(entity, 220), number(entity, 230, 1)],
    number(entity, 38, number(entity, 30)),
  );
}

function drawArc(entity: DxfEntity, m: Transform, origin: Origin, sheet: Sheet): void {
  const [centre, radius] = [point(entity, 10), number(entity, 40)];
  const [from, to] = [number(entity, 50), number(entity, 51, 360)];
  if (!(radius > 0)) return;
  const path = arcPoints(centre, radius, from, to);
  let sweep = (to - from) % 360;
  if (sweep <= 0) sweep += 360;
  const arc = { centre, radius, start: path[0]!, end: path[path.length - 1]!, sweep };
  addPath(path, m, origin, sheet, addArc(arc, m, origin, sheet));
}

/** Centre and major axis are the drawing's; seen from below (extrusion down) it runs the other way round. */
function drawEllipse(entity: DxfEntity, m: Transform, origin: Origin, sheet: Sheet): void {
  const ratio = number(entity, 40, 1) * (number(entity, 230, 1) < 0 ? -1 : 1);
  const [from, to] = [number(entity, 41), number(entity, 42, 2 * Math.PI)];
  const path = ellipsePoints(point(entity, 10), point(entity, 11), ratio, from, to);
  addPath(path, m, origin, sheet);
}

function splinePath(entity: DxfEntity): Point[] {
  const control = points(entity, 10);
  const closed = (number(entity, 70) & 1) === 1;
  if (control.length < 2) return fittedPoints(points(entity, 11), closed);
  return splinePoints(number(entity, 71, 3), numbers(entity, 40), control, numbers(entity, 41));
}

/** The visible sides of a face, as they lie in plan. */
function drawFace(entity: DxfEntity, m: Transform, origin: Origin, sheet: Sheet): void {
  const corners = [10, 11, 12, 13].map((code) => point(entity, code));
  const hidden = number(entity, 70);
  corners.forEach((corner, i) => {
    if ((hidden & (1 << i)) === 0) addPath([corner, corners[(i + 1) % 4]!], m, origin, sheet);
  });
}
