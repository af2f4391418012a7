/**
 * Room labels of a plan: number, name and area where no furniture, column or door swing is in the way, as much of them as
 * the room holds. Places are searched in feet; type is set in points.
 */
import { boxOf, distance, inPolygon, type Point, type Polygon } from '../../geometry/planar.ts';
import type { FloorScene } from '../floor_scene.ts';
import { INK, MUTED, type Sheet } from './sheet.ts';
import type { At } from './strokes.ts';
import { area, type Units } from './words.ts';

interface Line {
  text: string;
  weight: 'strong' | 'regular';
}
interface Label {
  lines: Line[];
  size: number;
  /** The middle of the label, feet. */
  middle: Point;
}
type Box = readonly [x0: number, y0: number, x1: number, y1: number];
type Room = FloorScene['rooms'][number];

const SIZES = [7, 6, 5.2];
const LEADING = 1.22;
/** Blank paper around a label, points. */
const AIR = 1.5;
/** Places tried along the longer side of a room. */
const PLACES = 28;

/** Draws the labels; returns how many rooms had no space for theirs. `k` is points a foot. */
export function drawLabels(
  sheet: Sheet,
  scene: FloorScene,
  at: (p: Point) => At,
  k: number,
  units: Units,
): number {
  const taken = obstacles(scene);
  let without = 0;
  for (const room of scene.rooms) {
    const label = labelOf(sheet, room, taken, k, units);
    if (label === null) without++;
    else drawLabel(sheet, label, at(label.middle));
  }
  return without;
}

/** What a label must not lie over, as boxes in feet. */
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
  const swings = scene.doors.flatMap(({ centre: [x, y], along, width, opens_to, leaves }): Box[] => {
    if (opens_to === null) return [];
    const reach = leaves > 1 ? width / 2 : width;
    const ends: Point[] = [-1, 1].flatMap((side): Point[] => [
      [x + (along[0] * side * width) / 2, y + (along[1] * side * width) / 2],
      [
        x + (along[0] * side * width) / 2 + opens_to[0] * reach,
        y + (along[1] * side * width) / 2 + opens_to[1] * reach,
      ],
    ]);
    return [boxOf(ends)];
  });
  return [...pieces, ...columns, ...swings];
}

/** The longest label in the largest type that lies free; where none does, what the middle of the room holds. */
function labelOf(sheet: Sheet, room: Room, taken: Box[], k: number, units: Units): Label | null {
  const variants = variantsOf(room, units);
  const box = boxOf(room.polygon.outer);
  const near = taken.filter((one) => overlap(one, box));
  const places = placesIn(room, box);
  for (const lines of variants)
    for (const size of SIZES) {
      const half = halfOf(sheet, lines, size, k);
      const middle = places.find((place) => isFree(place, half, room.polygon, near));
      if (middle !== undefined) return { lines, size, middle };
    }
  return inTheMiddle(sheet, room, variants, k);
}

/** The whole of it, without the area, in one line, the number alone. */
function variantsOf({ space }: Room, units: Units): Line[][] {
  const words = [
    space.number,
    space.name,
    space.area_sqft === null ? null : area(space.area_sqft, units),
  ].filter((line): line is string => line !== null && line.trim() !== '');
  const lines = words.map((text, i): Line => ({ text, weight: i === 0 ? 'strong' : 'regular' }));
  const joined: Line[][] = lines.length < 3 ? [] : [[{ text: `${words[0]} ${words[1]}`, weight: 'strong' }]];
  const shorter = lines.map((_, i) => lines.slice(0, lines.length - i));
  return [...shorter.slice(0, -1), ...joined, ...shorter.slice(-1)];
}

/** Places for the middle of a label, the best lit first: those next to where the room is widest. */
function placesIn({ label_at }: Room, [x0, y0, x1, y1]: Box): Point[] {
  const step = Math.max(0.5, Math.max(x1 - x0, y1 - y0) / PLACES);
  const places: Point[] = [label_at];
  for (let x = x0 + step / 2; x < x1; x += step)
    for (let y = y0 + step / 2; y < y1; y += step) places.push([x, y]);
  return places.sort((a, b) => distance(a, label_at) - distance(b, label_at));
}

/** Half the width and height of a label with its air, feet. */
function halfOf(sheet: Sheet, lines: readonly Line[], size: number, k: number): [number, number] {
  const wide = Math.max(...lines.map((line) => sheet.type.width(line.text, { ...line, size })));
  return [(wide / 2 + AIR) / k, (lines.length * size * LEADING * 0.5 + AIR) / k];
}

function isFree([x, y]: Point, [w, h]: [number, number], polygon: Polygon, taken: readonly Box[]): boolean {
  const box: Box = [x - w, y - h, x + w, y + h];
  if (taken.some((one) => overlap(one, box))) return false;
  for (const fx of [-1, -0.5, 0, 0.5, 1])
    for (const fy of [-1, 0, 1]) if (!inPolygon([x + fx * w, y + fy * h], polygon)) return false;
  return true;
}

function overlap(a: Box, b: Box): boolean {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

/** Over what stands there, on a light ground. */
function inTheMiddle(
  sheet: Sheet,
  { polygon, label_at, label_radius }: Room,
  variants: Line[][],
  k: number,
): Label | null {
  const box = boxOf(polygon.outer);
  const room = Math.max(0, Math.min(box[2] - box[0], label_radius * 3.2) * k - 2) / 2 / k;
  const high = Math.max(0, label_radius * 0.95);
  for (const lines of variants)
    for (const size of SIZES) {
      const [w, h] = halfOf(sheet, lines, size, k);
      if (w - AIR / k <= room && h - AIR / k <= high) return { lines, size, middle: label_at };
    }
  return null;
}

function drawLabel(sheet: Sheet, { lines, size }: Label, [x, y]: At): void {
  const step = size * LEADING;
  const wide = Math.max(...lines.map((line) => sheet.type.width(line.text, { ...line, size })));
  const tall = lines.length * step;
  sheet.doc
    .save()
    .fillOpacity(0.82)
    .rect(x - wide / 2 - AIR, y - tall / 2 - 0.5, wide + 2 * AIR, tall + 1)
    .fill('#ffffff');
  sheet.doc.restore();
  lines.forEach(({ text, weight }, i) => {
    const style = { size, weight, color: i === 0 ? INK : MUTED };
    sheet.type.draw(text, x, y - tall / 2 + step * i + size * 0.98, style, 'center');
  });
}
