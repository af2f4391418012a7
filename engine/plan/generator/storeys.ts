// Puts a second storey beside the first in one drawing: every part of a plan moved, rooms numbered 201 and on.
import type { Point, Polygon } from '../../geometry/planar.ts';
import type { GeneratedPlan, Mark } from './model.ts';

/** Feet between the storeys' outer walls. */
const BETWEEN = 40;

/** Both storeys as one plan; options, seed and footprint are those of the first. */
export function beside(first: GeneratedPlan, second: GeneratedPlan): GeneratedPlan {
  const dx = first.bounds[2] - second.bounds[0] + BETWEEN;
  const moved = move(second, dx);
  return {
    ...first,
    rooms: [...first.rooms, ...moved.rooms],
    doors: [...first.doors, ...moved.doors],
    windows: [...first.windows, ...moved.windows],
    columns: [...first.columns, ...moved.columns],
    walls: [...first.walls, ...moved.walls],
    furniture: [...first.furniture, ...moved.furniture],
    partitions: [...first.partitions, ...moved.partitions],
    single_walls: [...first.single_walls, ...moved.single_walls],
    marks: [...first.marks, ...moved.marks],
    bounds: [
      Math.min(first.bounds[0], second.bounds[0] + dx),
      Math.min(first.bounds[1], second.bounds[1]),
      Math.max(first.bounds[2], second.bounds[2] + dx),
      Math.max(first.bounds[3], second.bounds[3]),
    ],
  };
}

function move(plan: GeneratedPlan, dx: number): GeneratedPlan {
  const at = (p: Point): Point => [p[0] + dx, p[1]];
  const pair = ([a, b]: [Point, Point]): [Point, Point] => [at(a), at(b)];
  const shape = ({ outer, holes }: Polygon): Polygon => ({
    outer: outer.map(at),
    holes: holes.map((hole) => hole.map(at)),
  });
  return {
    ...plan,
    rooms: plan.rooms.map((room) => ({
      ...room,
      number: String(Number(room.number) + 100),
      polygon: shape(room.polygon),
      label_at: at(room.label_at),
      ...(room.leader_to ? { leader_to: at(room.leader_to) } : {}),
    })),
    doors: plan.doors.map((door) => ({ ...door, hinge: at(door.hinge) })),
    windows: plan.windows.map((window) => ({ ...window, a: at(window.a), b: at(window.b) })),
    columns: plan.columns.map(shape),
    walls: plan.walls.map(shape),
    furniture: plan.furniture.map((item) => ({ ...item, at: at(item.at) })),
    partitions: plan.partitions.map(pair),
    single_walls: plan.single_walls.map(pair),
    marks: plan.marks.map((mark) => moveMark(mark, at, shape)),
  };
}

function moveMark(mark: Mark, at: (p: Point) => Point, shape: (polygon: Polygon) => Polygon): Mark {
  switch (mark.kind) {
    case 'path':
      return { ...mark, points: mark.points.map(at) };
    case 'arc':
      return { ...mark, centre: at(mark.centre) };
    case 'text':
      return { ...mark, at: at(mark.at) };
    case 'fill':
      return { ...mark, polygon: shape(mark.polygon) };
    case 'dimension':
      return { ...mark, a: at(mark.a), b: at(mark.b), line: at(mark.line) };
  }
}
