// Where a pointer means to be: on a corner or wall face of the drawing, in line with a neighbour, at a right angle.
// Coordinates and distances are the scene's; a guide is the line to show for what was found.
import Flatbush from 'flatbush';
import type { PlanPoint } from '../../../../contract/plan.ts';
import { eachEdge } from './geometry.ts';
import { distance } from './rings.ts';
import type { Scene } from './scene.ts';

export type SnapKind = 'corner' | 'wall' | 'axis' | 'right_angle' | 'free';
export interface Snapped {
  point: PlanPoint;
  kind: SnapKind;
  guides: { kind: SnapKind; from: PlanPoint; to: PlanPoint }[];
}

interface Edge {
  room: string;
  a: PlanPoint;
  b: PlanPoint;
}
export interface SnapIndex {
  /** Edges whose boxes come within `reach` of a point. */
  near: (at: PlanPoint, reach: number) => Edge[];
}

/** Rooms' outlines and the outside faces of the building, searchable by place. */
export function makeSnapIndex(scene: Scene): SnapIndex {
  const edges: Edge[] = [];
  for (const room of scene.rooms)
    for (const ring of room.rings) eachEdge(ring, (a, b) => edges.push({ room: room.id, a, b }));
  for (const ring of scene.outlines) eachEdge(ring, (a, b) => edges.push({ room: '', a, b }));
  if (edges.length === 0) return { near: () => [] };
  const tree = new Flatbush(edges.length);
  for (const { a, b } of edges)
    tree.add(Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[0], b[0]), Math.max(a[1], b[1]));
  tree.finish();
  return {
    near: ([x, y], reach) =>
      tree.search(x - reach, y - reach, x + reach, y + reach).map((index) => edges[index]!),
  };
}

export interface SnapOptions {
  /** How near counts, in units of the scene: some pixels on screen. */
  reach: number;
  /** The room being changed: its own old outline pulls nothing. */
  except?: string | undefined;
  /** Points to stand level or plumb with: the neighbours of a corner, the last point of a line. */
  anchors?: readonly PlanPoint[] | undefined;
  /** Edges to stand square to: the new point's line from `at` is perpendicular to `from`–`at`. */
  square?: readonly { from: PlanPoint; at: PlanPoint }[] | undefined;
  /** Further points that pull like corners: the first point of an outline being drawn. */
  corners?: readonly PlanPoint[] | undefined;
}

/** A line the point may be put on. */
interface Rail {
  kind: 'wall' | 'axis' | 'right_angle';
  through: PlanPoint;
  along: PlanPoint;
  /** The nearest point of the line. */
  foot: PlanPoint;
  far: number;
}

export function snap(index: SnapIndex, at: PlanPoint, options: SnapOptions): Snapped {
  const { reach } = options;
  const edges = index.near(at, reach).filter((edge) => edge.room !== options.except || edge.room === '');
  const corner = nearestPoint(
    [...(options.corners ?? []), ...edges.flatMap(({ a, b }) => [a, b])],
    at,
    reach,
  );
  if (corner) return { point: corner, kind: 'corner', guides: [] };
  const rails = [...wallRails(edges, at), ...anchorRails(options, at)]
    .filter((rail) => rail.far <= reach)
    .sort((a, b) => a.far - b.far);
  const first = rails[0];
  if (!first) return { point: at, kind: 'free', guides: [] };
  for (const second of rails.slice(1)) {
    const point = crossing(first, second);
    if (point && distance(point, at) <= reach * 1.5)
      return { point, kind: first.kind, guides: [guideOf(first, point), guideOf(second, point)] };
  }
  return { point: first.foot, kind: first.kind, guides: [guideOf(first, first.foot)] };
}

function nearestPoint(points: readonly PlanPoint[], at: PlanPoint, reach: number): PlanPoint | null {
  let best: PlanPoint | null = null;
  let least = reach;
  for (const point of points) {
    const far = distance(point, at);
    if (far < least) {
      least = far;
      best = point;
    }
  }
  return best;
}

function wallRails(edges: readonly Edge[], at: PlanPoint): Rail[] {
  return edges.flatMap(({ a, b }) => {
    const length = distance(a, b);
    if (length < 1e-9) return [];
    const along: PlanPoint = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
    const t = (at[0] - a[0]) * along[0] + (at[1] - a[1]) * along[1];
    return t < 0 || t > length ? [] : [railOf('wall', a, along, at)];
  });
}

function anchorRails(options: SnapOptions, at: PlanPoint): Rail[] {
  const rails: Rail[] = [];
  for (const anchor of options.anchors ?? []) {
    rails.push(railOf('axis', anchor, [1, 0], at), railOf('axis', anchor, [0, 1], at));
  }
  for (const { from, at: turn } of options.square ?? []) {
    const length = distance(from, turn);
    if (length < 1e-9) continue;
    const along: PlanPoint = [-(turn[1] - from[1]) / length, (turn[0] - from[0]) / length];
    // On a plan that stands straight the axis says the same.
    if (Math.min(Math.abs(along[0]), Math.abs(along[1])) > 1e-3)
      rails.push(railOf('right_angle', turn, along, at));
  }
  return rails;
}

function railOf(kind: Rail['kind'], through: PlanPoint, along: PlanPoint, at: PlanPoint): Rail {
  const t = (at[0] - through[0]) * along[0] + (at[1] - through[1]) * along[1];
  const foot: PlanPoint = [through[0] + t * along[0], through[1] + t * along[1]];
  return { kind, through, along, foot, far: distance(foot, at) };
}

function crossing(a: Rail, b: Rail): PlanPoint | null {
  const det = a.along[0] * b.along[1] - a.along[1] * b.along[0];
  if (Math.abs(det) < 0.05) return null;
  const t = ((b.through[0] - a.through[0]) * b.along[1] - (b.through[1] - a.through[1]) * b.along[0]) / det;
  return [a.through[0] + t * a.along[0], a.through[1] + t * a.along[1]];
}

function guideOf(rail: Rail, to: PlanPoint) {
  return { kind: rail.kind, from: rail.through, to };
}
