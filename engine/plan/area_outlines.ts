// Area outlines that the drawing holds itself: closed polylines on area layers, or areas it fills, one round each room.

import { areaOf, intersection, overlap, union } from '../geometry/overlap.ts';
import {
  boxOf,
  centroid,
  counterClockwise,
  inPolygon,
  type Polygon,
  polygonArea,
  simplifyRing,
} from '../geometry/planar.ts';
import type { Frame } from './frame.ts';
import type { Label } from './labels.ts';
import type { Linework } from './linework.ts';
import { SIZES } from './measures.data.ts';
import { NOTHING_CLOSED, type Room } from './room.ts';
import type { Line, SegmentIndex } from './segment_index.ts';

/** Outlines in working feet, without repeats and without those that hold several others (gross areas). */
export function areaOutlines(linework: Linework, frame: Frame): Polygon[] {
  const outlines: Polygon[] = [];
  for (const shape of linework.shapes) {
    if (shape.origin.role !== 'area' || shape.origin.symbol >= 0) continue;
    const outer = simplifyRing(counterClockwise(shape.ring.map((p) => frame.toFeet(p))), SIZES.snap);
    const polygon = { outer, holes: [] };
    if (outer.length < 3 || polygonArea(polygon) < SIZES.outline_area) continue;
    if (!outlines.some((other) => isAlike(other, polygon) && overlap(other, polygon) > 0.9))
      outlines.push(polygon);
    if (outlines.length > 2000) break;
  }
  const total = outlines.reduce((sum, polygon) => sum + polygonArea(polygon), 0);
  return outlines.filter((polygon) => outlines.length < 3 || polygonArea(polygon) < 0.45 * total);
}

/** Whether two outlines have nearly the same box: a cheap test before their overlap is measured. */
function isAlike(p: Polygon, q: Polygon): boolean {
  const [a, b] = [boxOf(p.outer), boxOf(q.outer)];
  const size = Math.max(a[2] - a[0], a[3] - a[1]);
  return a.every((side, i) => Math.abs(side - b[i]!) < 0.12 * size);
}

/** Joins outlines without a label of their own to an outline they touch: strips of one area, with no wall between. */
function joinStrips(
  outlines: readonly Polygon[],
  holdsLabel: (outline: Polygon) => boolean,
  walls: SegmentIndex<Line>,
): Polygon[] {
  const labelled = outlines.filter(holdsLabel);
  let loose = outlines.filter((outline) => !labelled.includes(outline));
  for (let i = 0; i < labelled.length; i++) {
    const heart = centroid(labelled[i]!.outer);
    for (let grown = true; grown; ) {
      grown = false;
      loose = loose.filter((strip) => {
        const joined = touching(labelled[i]!, strip);
        if (!joined || walls.crosses(heart, centroid(strip.outer))) return true;
        labelled[i] = joined;
        grown = true;
        return false;
      });
    }
  }
  return [...labelled, ...loose];
}

/** The union of two outlines that share part of a border or overlap, else null. */
function touching(p: Polygon, q: Polygon): Polygon | null {
  const [a, b] = [boxOf(p.outer), boxOf(q.outer)];
  if (
    a[0] > b[2] + SIZES.snap ||
    b[0] > a[2] + SIZES.snap ||
    a[1] > b[3] + SIZES.snap ||
    b[1] > a[3] + SIZES.snap
  )
    return null;
  const joined = union([p, q]);
  if (joined.length !== 1) return null;
  return { outer: simplifyRing(counterClockwise(joined[0]!.outer), SIZES.snap), holes: joined[0]!.holes };
}

/** Takes the drawing's own area outlines where they say more than the traced walls. */
export function preferOutlines(
  rooms: readonly Room[],
  outlines: readonly Polygon[],
  labels: readonly Label[],
  walls: SegmentIndex<Line>,
): Room[] {
  if (outlines.length < 2) return [...rooms];
  const strong = labels.filter((label) => label.strong);
  const within = (outline: Polygon) => strong.filter((l) => l.anchors.some((p) => inPolygon(p, outline)));
  const sized = outlines.filter(
    (outline) => polygonArea(outline) >= SIZES.room_area_unlabelled || within(outline).length > 0,
  );
  const joined = joinStrips(sized, (outline) => within(outline).length > 0, walls)
    .map((polygon) => ({ polygon, own: within(polygon) }))
    .sort((p, q) => polygonArea(q.polygon) - polygonArea(p.polygon));
  const shared = new Set(rooms.filter((room) => isShared(room, joined)));
  const result = [...rooms];
  const taken: Polygon[] = [];
  for (const { polygon, own } of joined) {
    if (taken.some((other) => areaOf(intersection(other, polygon)) > 0.6 * polygonArea(polygon))) continue;
    if (own.length < 2) taken.push(polygon);
    applyOutline(result, polygon, own[0], shared);
  }
  return result;
}

/** A traced region whose own outline is a part of it while another label's outline covers much of the rest: walls lack. */
function isShared(room: Room, outlines: readonly { polygon: Polygon; own: readonly Label[] }[]): boolean {
  if (!room.label) return false;
  const area = polygonArea(room.polygon);
  const shareOf = (polygon: Polygon) => areaOf(intersection(polygon, room.polygon)) / area;
  const mine = outlines.find(({ own }) => own.includes(room.label!));
  if (!mine || shareOf(mine.polygon) > 0.7) return false;
  return outlines.some((other) => other !== mine && other.own.length > 0 && shareOf(other.polygon) > 0.25);
}

/** Puts one outline in the place of the traced rooms it is better than, or leaves those as they are. */
function applyOutline(
  result: Room[],
  outline: Polygon,
  printed: Label | undefined,
  shared: ReadonlySet<Room>,
): void {
  const matches = result
    .map((room) => ({ room, iou: overlap(room.polygon, outline) }))
    .filter((m) => m.iou > 0.1)
    .sort((p, q) => q.iou - p.iou);
  const best = matches[0];
  if (best && best.iou >= 0.8) {
    best.room.boundary = 'area_outline';
    return;
  }
  const firm = (room: Room) => room.boundary === 'walls' && !shared.has(room);
  if (best?.room.label?.strong && firm(best.room) && isPartOf(outline, best.room.polygon)) return;
  if (
    printed &&
    matches.some(({ room, iou }) => iou > 0.3 && firm(room) && isWalled(room) && room.label === printed)
  )
    return;
  const gone = result.filter(
    (room) =>
      covered(room.polygon, outline) ||
      (shared.has(room) && room.label === printed) ||
      (room === best?.room && room.boundary !== 'area_outline' && best.iou > 0.4),
  );
  const label = printed ?? best?.room.label ?? null;
  for (const room of gone) result.splice(result.indexOf(room), 1);
  result.push({
    polygon: outline,
    label,
    boundary: 'area_outline',
    closed: { ...NOTHING_CLOSED },
    natural: true,
  });
}

/** A room that walls and doors close nearly all round. */
function isWalled(room: Room): boolean {
  return room.boundary === 'walls' && room.closed.open + room.closed.line < 0.15;
}

/** An outline well inside a room that the walls already close: a strip or inset, not the room. */
function isPartOf(outline: Polygon, room: Polygon): boolean {
  const area = polygonArea(outline);
  return area < 0.85 * polygonArea(room) && areaOf(intersection(outline, room)) > 0.9 * area;
}

function covered(inner: Polygon, outer: Polygon): boolean {
  return (
    inner.outer.every((p) => inPolygon(p, { outer: outer.outer, holes: [] })) &&
    polygonArea(inner) < polygonArea(outer)
  );
}
