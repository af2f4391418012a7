/** What the labels of a furnished floor keep off: furniture, columns, door swings. Feet. */
import { type Box, boxAround, labelPlace, type Outline } from '../drawing/label_places.ts';
import { boxOf, type Point } from '../geometry/planar.ts';
import type { FloorScene } from './floor_scene.ts';

type Room = FloorScene['rooms'][number];
/** Half the width and half the height of a label. */
export type Half = readonly [w: number, h: number];
/** For a room: the middle of a place that holds a label of this size and lies free, if there is one. */
export type Finder = (room: Room) => (half: Half) => Point | undefined;

export function placeFinder(scene: FloorScene): Finder {
  const taken = obstacles(scene);
  return ({ polygon, label_at }) => {
    const [min_x, min_y, max_x, max_y] = boxOf(polygon.outer);
    const outline: Outline = {
      rings: [polygon.outer, ...polygon.holes],
      box: { min_x, min_y, max_x, max_y },
      label: { x: label_at[0], y: label_at[1] },
    };
    const near = taken.filter(
      (one) => one.min_x < max_x && min_x < one.max_x && one.min_y < max_y && min_y < one.max_y,
    );
    return ([w, h]) => {
      const place = labelPlace(outline, near, w * 2, h * 2);
      return place?.clear ? [place.x, place.y] : undefined;
    };
  };
}

/** What a label must not lie over. */
function obstacles(scene: FloorScene): Box[] {
  const pieces = scene.pieces.map(({ x, y, width_ft, depth_ft, rotation_deg }) =>
    boxAround(x, y, width_ft, depth_ft, rotation_deg),
  );
  const columns = scene.columns.map(({ at: [x, y], width }) => boxAround(x, y, width, width));
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
  const [min_x, min_y, max_x, max_y] = boxOf(ends);
  return [{ min_x, min_y, max_x, max_y }];
}
