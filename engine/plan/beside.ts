// Tells the storey from what stands beside it on the sheet: enlarged details, legends, key plans, the title block.
import { boxOf, inBox, inPolygon, type Point, polygonArea, type Ring } from '../geometry/planar.ts';
import type { Room } from './room.ts';

/** A drawing apart from the largest one counts as a storey or wing of its own from this share of its area. */
const WING_SHARE = 0.12;
/** Or with this many numbered rooms. */
const WING_ROOMS = 4;

/** The rooms of the storeys: those in outlines of the walls (working feet) that are large, or hold several numbered rooms. */
export function onStorey(rooms: readonly Room[], outlines: readonly Ring[]): Room[] {
  const boxes = outlines.map((ring) => boxOf(ring));
  const homes = rooms.map((room) => {
    const p = insideOf(room);
    return outlines.findIndex((ring, i) => inBox(p, boxes[i]!) && inPolygon(p, { outer: ring, holes: [] }));
  });
  const areas = new Map<number, number>();
  const numbered = new Map<number, number>();
  rooms.forEach((room, i) => {
    const home = homes[i]!;
    areas.set(home, (areas.get(home) ?? 0) + polygonArea(room.polygon));
    if (room.label?.strong && room.label.number) numbered.set(home, (numbered.get(home) ?? 0) + 1);
  });
  const largest = Math.max(0, ...[...areas].filter(([home]) => home >= 0).map(([, area]) => area));
  return rooms.filter((_, i) => {
    const home = homes[i]!;
    if (home < 0) return true;
    return areas.get(home)! >= WING_SHARE * largest || (numbered.get(home) ?? 0) >= WING_ROOMS;
  });
}

/** A point of the room's inside. */
export function insideOf(room: Room): Point {
  const ring = room.polygon.outer;
  for (let i = 0; i + 2 < ring.length; i++) {
    const [a, b, c] = [ring[i]!, ring[i + 1]!, ring[i + 2]!];
    const middle: Point = [(a[0] + b[0] + c[0]) / 3, (a[1] + b[1] + c[1]) / 3];
    if (inPolygon(middle, room.polygon)) return middle;
  }
  return ring[0]!;
}
