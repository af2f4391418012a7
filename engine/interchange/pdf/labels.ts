/** Room labels of a plan: number, name and area beside the furniture, as much of them as the room holds. Type in points. */
import { boxOf, type Point } from '../../geometry/planar.ts';
import type { FloorScene } from '../floor_scene.ts';
import { type Finder, placeFinder } from '../label_places.ts';
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
type Room = FloorScene['rooms'][number];

const SIZES = [7, 6, 5.2];
const LEADING = 1.22;
/** Blank paper around a label, points. */
const AIR = 1.5;

/** Draws the labels; returns how many rooms had no space for theirs. `k` is points a foot. */
export function drawLabels(
  sheet: Sheet,
  scene: FloorScene,
  at: (p: Point) => At,
  k: number,
  units: Units,
): number {
  const find = placeFinder(scene);
  let without = 0;
  for (const room of scene.rooms) {
    const label = labelOf(sheet, room, find(room), k, units);
    if (label === null) without++;
    else drawLabel(sheet, label, at(label.middle));
  }
  return without;
}

/** The longest label in the largest type that lies free; where none does, what the middle of the room holds. */
function labelOf(sheet: Sheet, room: Room, find: ReturnType<Finder>, k: number, units: Units): Label | null {
  const variants = variantsOf(room, units);
  for (const lines of variants)
    for (const size of SIZES) {
      const middle = find(halfOf(sheet, lines, size, k));
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

/** Half the width and height of a label with its air, feet. */
function halfOf(sheet: Sheet, lines: readonly Line[], size: number, k: number): [number, number] {
  const wide = Math.max(...lines.map((line) => sheet.type.width(line.text, { ...line, size })));
  return [(wide / 2 + AIR) / k, (lines.length * size * LEADING * 0.5 + AIR) / k];
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
