/**
 * Where in a room a label lies free: within its walls, over no furniture, column or door swing, as near as can be to where
 * the room is widest. Feet.
 */
import { boxOf, distance, inPolygon, type Point, type Polygon } from '../geometry/planar.ts';
import type { FloorScene } from './floor_scene.ts';

type Room = FloorScene['rooms'][number];
type Box = readonly [x0: number, y0: number, x1: number, y1: number];
/** Half the width and half the height of a label. */
export type Half = readonly [w: number, h: number];
/** For a room: the middle of a place that holds a label of this size, if there is one. */
export type Finder = (room: Room) => (half: Half) => Point | undefined;

/** Places tried along the longer side of a room. */
const PLACES = 28;

export function placeFinder(scene: FloorScene): Finder {
  const taken = obstacles(scene);
  return (room) => {
    const box = boxOf(room.polygon.outer);
    const near = taken.filter((one) => overlap(one, box));
    const places = placesIn(room, box);
    return (half) => places.find((place) => isFree(place, half, room.polygon, near));
  };
}

/** What a label must not lie over. */
function obstacles(scene: FloorScene): Box[] {
  const pieces = scene.pieces.map(({ x, y, width_ft, depth_ft, rotation_deg }): Box => {
    const turn = (rotation_deg * Math.PI) / 180;
    const [cos, sin] = [Math.abs(Math.cos(turn)), Math.abs(Math.sin(turn))];
    const [w, d] = [(width_ft * cos + depth_ft * sin) / 2, (width_ft * sin + depth_ft * cos) / 2];
    return [x - w, y - d, x + w, y + d];
  });
  const columns = scene.columns.map(
    ({ at: [x, y], width: w }): Box => [x - w / 2, y - w / 2, x + w / 2, y + w / 2],
  );
  return [...pieces, ...columns, ...scene.doors.flatMap(swingOf)];
}

function swingOf({ centre, along, width, opens_to, leaves }: FloorScene['doors'][number]): Box[] {
  if (opens_to === null) return [];
  const reach = leaves > 1 ? width / 2 : width;
  const ends = [-1, 1].flatMap((side): Point[] => {
    const jamb: Point = [
      centre[0] + (along[0] * side * width) / 2,
      centre[1] + (along[1] * side * width) / 2,
    ];
    return [jamb, [jamb[0] + opens_to[0] * reach, jamb[1] + opens_to[1] * reach]];
  });
  return [boxOf(ends)];
}

function placesIn({ label_at }: Room, [x0, y0, x1, y1]: Box): Point[] {
  const step = Math.max(0.5, Math.max(x1 - x0, y1 - y0) / PLACES);
  const places: Point[] = [label_at];
  for (let x = x0 + step / 2; x < x1; x += step)
    for (let y = y0 + step / 2; y < y1; y += step) places.push([x, y]);
  return places.sort((a, b) => distance(a, label_at) - distance(b, label_at));
}

function isFree([x, y]: Point, [w, h]: Half, polygon: Polygon, taken: readonly Box[]): boolean {
  const box: Box = [x - w, y - h, x + w, y + h];
  if (taken.some((one) => overlap(one, box))) return false;
  for (const fx of [-1, -0.5, 0, 0.5, 1])
    for (const fy of [-1, 0, 1]) if (!inPolygon([x + fx * w, y + fy * h], polygon)) return false;
  return true;
}

function overlap(a: Box, b: Box): boolean {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}
