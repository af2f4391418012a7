/**
 * The room as furniture meets it, in its own frame: boundary, holes, columns, the floor that doors need, and straight
 * walls along the axes with the stretches that doors and windows take.
 */
import { CLEARANCES } from './clearances.ts';
import {
  areaOf,
  boundsOf,
  edgesOf,
  type Frame,
  frameOf,
  insideRing,
  nearestOn,
  overlaps,
  type Point,
  type Rect,
  rectInside,
  rectMeetsRing,
} from './geometry.ts';

/** A room of the plan, in the plan's feet. Doors and windows are the middles of their openings. */
export interface LayoutRoom {
  polygon: readonly (readonly [number, number])[];
  holes?: readonly (readonly (readonly [number, number])[])[] | undefined;
  doors?: readonly { x: number; y: number; width_ft?: number | null | undefined }[] | undefined;
  windows?: readonly { x: number; y: number; width_ft?: number | null | undefined }[] | undefined;
  columns?: readonly { x: number; y: number; width_ft?: number | null | undefined }[] | undefined;
}

/** Which way is into the room from a wall, as rotation of a piece that stands with its back to it. */
export type Facing = 0 | 90 | 180 | 270;

/** A straight wall along an axis. `from` < `to` along the wall; `at` is its other coordinate. */
export interface Wall {
  axis: 'x' | 'y';
  at: number;
  from: number;
  to: number;
  /** Unit step into the room, across the wall. */
  inward: 1 | -1;
  /** Stretches along the wall that a door or a window takes. */
  doors: [number, number][];
  windows: [number, number][];
}

export interface Room {
  frame: Frame;
  ring: Point[];
  edges: [Point, Point][];
  holes: Point[][];
  columns: Rect[];
  /** Floor that stays free in front of doors. */
  doorZones: Rect[];
  doorPoints: Point[];
  windowPoints: Point[];
  walls: Wall[];
  bounds: Rect;
  area_sqft: number;
  doorFloor: DoorFloor;
}

/** Floor kept free inside a door: its whole approach with turning space, its swing alone, or none because it opens outward. */
export type DoorFloor = 'approach' | 'swing' | 'outward';

const DOOR_FT = 3;
const COLUMN_FT = 1.5;
const WINDOW_FT = 4;

export function roomOf(plan: LayoutRoom, doorFloor: DoorFloor = 'approach'): Room {
  const frame = frameOf(plan.polygon);
  const local = (ring: readonly Point[]) => ring.map(frame.toLocal);
  const ring = local(plan.polygon);
  const edges = edgesOf(ring);
  const holes = (plan.holes ?? []).map(local);
  const area = Math.max(0, areaOf(ring) - holes.reduce((a, hole) => a + areaOf(hole), 0));
  const walls = wallsOf(edges, ring);
  const doors = (plan.doors ?? []).map((door) => ({
    at: frame.toLocal([door.x, door.y]),
    width: door.width_ft ?? DOOR_FT,
  }));
  const windows = (plan.windows ?? []).map((w) => ({
    at: frame.toLocal([w.x, w.y]),
    width: w.width_ft ?? WINDOW_FT,
  }));
  for (const door of doors) mark(walls, door.at, door.width, 'doors');
  for (const window of windows) mark(walls, window.at, window.width, 'windows');
  return {
    frame,
    ring,
    edges,
    holes,
    columns: (plan.columns ?? []).map((column) =>
      columnRect(frame.toLocal([column.x, column.y]), (column.width_ft ?? COLUMN_FT) * reachOf(frame.angle)),
    ),
    doorZones: doors.map((door) => doorZone(door.at, door.width, edges, ring, doorFloor)),
    doorPoints: doors.map((door) => door.at),
    windowPoints: windows.map((window) => window.at),
    walls,
    bounds: boundsOf(ring),
    area_sqft: area,
    doorFloor,
  };
}

/** Whether a rectangle stands wholly on the room's floor, clear of holes and columns. */
export function onFloor(room: Room, rect: Rect): boolean {
  return (
    rectInside(rect, room.edges, room.ring) &&
    !room.columns.some((column) => overlaps(rect, column, CLEARANCES.column.ft)) &&
    !room.holes.some((hole) => rectMeetsRing(rect, hole))
  );
}

/** How far a square post of the plan's axes reaches in a turned room, as a multiple of its side: either way it is clear. */
function reachOf(angle: number): number {
  return Math.abs(Math.cos(angle)) + Math.abs(Math.sin(angle));
}

function columnRect([x, y]: Point, width: number): Rect {
  return { x0: x - width / 2, y0: y - width / 2, x1: x + width / 2, y1: y + width / 2 };
}

/** Straight axis walls of at least a foot with the side that is the room. */
function wallsOf(edges: readonly [Point, Point][], ring: readonly Point[]): Wall[] {
  return edges.flatMap(([a, b]): Wall[] => {
    const [dx, dy] = [Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1])];
    if (Math.max(dx, dy) < 1 || Math.min(dx, dy) > 0.02 * Math.max(dx, dy) + 0.02) return [];
    const axis = dx > dy ? 'x' : 'y';
    const along = axis === 'x' ? 0 : 1;
    const at = (a[1 - along]! + b[1 - along]!) / 2;
    const middle = (a[along]! + b[along]!) / 2;
    const probe: Point = axis === 'x' ? [middle, at + 0.1] : [at + 0.1, middle];
    return [
      {
        axis,
        at,
        from: Math.min(a[along]!, b[along]!),
        to: Math.max(a[along]!, b[along]!),
        inward: insideRing(probe, ring) ? 1 : -1,
        doors: [],
        windows: [],
      },
    ];
  });
}

/** Marks the stretch of the nearest wall (within 2.5 ft: openings are drawn in the middle of the wall) that an opening takes. */
function mark(walls: readonly Wall[], at: Point, width: number, kind: 'doors' | 'windows'): void {
  let best: { wall: Wall; distance: number; along: number } | null = null;
  for (const wall of walls) {
    const along = wall.axis === 'x' ? at[0] : at[1];
    const across = wall.axis === 'x' ? at[1] : at[0];
    const beyond = Math.max(0, wall.from - along, along - wall.to);
    const distance = Math.hypot(beyond, across - wall.at);
    if (distance <= 2.5 && (!best || distance < best.distance)) best = { wall, distance, along };
  }
  best?.wall[kind].push([best.along - width / 2, best.along + width / 2]);
}

/** The floor a door needs inside: its approach with turning space, or less of it where less is kept. */
function doorZone(
  at: Point,
  width: number,
  edges: readonly [Point, Point][],
  ring: readonly Point[],
  floor: DoorFloor,
): Rect {
  let best: { point: Point; normal: Point; distance: number } | null = null;
  for (const [a, b] of edges) {
    const { t, distance } = nearestOn(a, b, at);
    if (best && distance >= best.distance) continue;
    const point: Point = [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
    const side: Point = [-(b[1] - a[1]) / length, (b[0] - a[0]) / length];
    const inward = insideRing([point[0] + 0.1 * side[0], point[1] + 0.1 * side[1]], ring) ? 1 : -1;
    best = { point, normal: [inward * side[0], inward * side[1]], distance };
  }
  const { point, normal } = best ?? { point: at, normal: [0, 1] as Point };
  const depth = floor === 'outward' ? 0 : floor === 'swing' ? width : CLEARANCES.door_depth.ft;
  const half = width / 2 + (floor !== 'approach' ? 0 : CLEARANCES.door_latch_side.ft);
  if (Math.abs(normal[0]) > Math.abs(normal[1])) {
    const far = point[0] + Math.sign(normal[0]) * depth;
    return {
      x0: Math.min(point[0], far),
      x1: Math.max(point[0], far),
      y0: point[1] - half,
      y1: point[1] + half,
    };
  }
  const far = point[1] + Math.sign(normal[1]) * depth;
  return {
    x0: point[0] - half,
    x1: point[0] + half,
    y0: Math.min(point[1], far),
    y1: Math.max(point[1], far),
  };
}
