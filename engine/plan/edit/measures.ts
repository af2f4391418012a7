// Sizes of a plan in its own units, so that tolerances of the trade (a wall, the smallest room) hold at any scale.
import type { PlanDocument } from '../../../contract/plan.ts';
import { type Box, boxOf, type Point, polygonArea } from '../../geometry/planar.ts';
import type { EditSpace } from './model.ts';

export type Measures = {
  /** One foot in source units; guessed from the rooms where the scale is unknown. */
  foot: number;
  /** Points closer than this are one. */
  grain: number;
  /** Rooms no further apart share a wall. */
  wall: number;
  /** Smallest room and smallest hole, square source units. */
  least_room: number;
  least_hole: number;
  /** Subtracted while computing, so that far-off coordinates keep their precision. */
  origin: Point;
  /** Where rooms may be: the drawing and as much again around it. */
  bounds: Box;
};

/** 18 in between two faces is a thick wall (SIZES.wall_max); a guessed foot gets half as much again. */
const WALL_FT = 1.5;
const LEAST_ROOM_SQFT = 2;
const LEAST_HOLE_SQFT = 0.05;
const GRAIN_FT = 0.001;
/** Side of the square that a room in the middle of an office plan's sizes fills (about 150 sq ft). */
const TYPICAL_SIDE_FT = 12;
/** Length of a small storey, where not even a room is known. */
const TYPICAL_STOREY_FT = 100;

export function measuresOf(document: PlanDocument, spaces: readonly EditSpace[]): Measures {
  const box = boxOf([
    ...corners(document.source.extents),
    ...spaces.flatMap((space) => space.source_polygon),
  ]);
  const known = Number.isFinite(box[0]) && box[2] > box[0];
  const extents: Box = known ? box : [0, 0, 1000, 1000];
  const size = Math.max(extents[2] - extents[0], extents[3] - extents[1]);
  const scale = document.scale.feet_per_unit;
  const foot = scale === null ? guessFoot(spaces, size) : 1 / scale;
  return {
    foot,
    grain: GRAIN_FT * foot,
    wall: WALL_FT * foot * (scale === null ? 1.5 : 1),
    least_room: LEAST_ROOM_SQFT * foot * foot,
    least_hole: LEAST_HOLE_SQFT * foot * foot,
    origin: [extents[0], extents[1]],
    bounds: [extents[0] - size, extents[1] - size, extents[2] + size, extents[3] + size],
  };
}

function corners([x0, y0, x1, y1]: PlanDocument['source']['extents']): Point[] {
  return [x0, y0, x1, y1].every(Number.isFinite)
    ? [
        [x0, y0],
        [x1, y1],
      ]
    : [];
}

function guessFoot(spaces: readonly EditSpace[], size: number): number {
  const sides = spaces
    .map((space) => Math.sqrt(polygonArea({ outer: space.source_polygon, holes: space.source_holes })))
    .filter((side) => side > 0)
    .sort((a, b) => a - b);
  const middle = sides[Math.floor(sides.length / 2)];
  return middle === undefined ? size / TYPICAL_STOREY_FT : middle / TYPICAL_SIDE_FT;
}
