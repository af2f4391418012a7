// From the most remote point of each room: the way to the nearest exit, and the part of it that is common to every way.
import type { Point } from '../../../geometry/planar.ts';
import type { Network } from './network.ts';
import { alongPath, lengthOf } from './vector.ts';
import { nodesOf, type Sight, type Tree, wayFrom, waysTo } from './ways.ts';

export type Way = {
  room: number;
  exit: number;
  path: Point[];
  length: number;
  common: number;
  /** Narrowest floor on the way, doors apart, inches, at most 36. */
  width_in: number;
  /** Doors passed, the exit last. */
  doors: number[];
  /** Rooms passed, its own first. */
  rooms: number[];
};

const SAMPLE_FT = 3;
const SAMPLES = 500;
/** Two ways have parted where they head this far from each other. */
const PARTED = Math.cos(Math.PI / 4);
const STEP = 0.5;
/** Corners of a room whose common path is looked at, farthest first. */
const CORNERS = 6;

export type Place = { corner: Point | null; at: Point };

/** The ways out of every room; rooms from which no exit can be reached are left out. */
export function waysOut(network: Network, exits: readonly number[]): Way[] {
  const nearest = waysTo(network, exits);
  const each = exits.map((exit) => waysTo(network, [exit]));
  return network.floors.flatMap((floor, room) => {
    if (!floor) return [];
    const far = farthest(network, nearest, room);
    const first = far[0];
    if (!first) return [];
    const { path, doors, exit } = trace(network, nearest, room, first.place)!;
    const common = Math.max(
      ...far.slice(0, CORNERS).map(({ place }) => commonPath(network, each, room, place)),
    );
    const rooms = roomsOn(network, room, doors);
    const width_in = Math.min(...rooms.map((r) => network.clearance[r]! * 24));
    return [{ room, exit, path, length: lengthOf(path), common, width_in, doors, rooms }];
  });
}

/** Places of a room, the most remote from the exits first: its corners, its middle, and the worst of a grid of samples. */
export function farthest(network: Network, tree: Tree, room: number): { place: Place; length: number }[] {
  const floor = network.floors[room]!;
  const clearance = network.clearance[room]!;
  const measure = (place: Place) => {
    const way = wayFrom(network, tree, room, place.at);
    if (!way) return [];
    const leg = place.corner ? Math.hypot(place.corner[0] - place.at[0], place.corner[1] - place.at[1]) : 0;
    return [{ place, length: way.length + leg }];
  };
  const corners = floor.nooks(clearance).flatMap(measure);
  const [x0, y0, x1, y1] = floor.box();
  const step = Math.max(SAMPLE_FT, Math.sqrt(((x1 - x0) * (y1 - y0)) / SAMPLES));
  let best: { place: Place; length: number } | null = null;
  for (let x = x0 + step / 2; x < x1; x += step) {
    for (let y = y0 + step / 2; y < y1; y += step) {
      const p: Point = [x, y];
      if (!floor.stands(p, clearance)) continue;
      const [found] = measure({ corner: null, at: p });
      if (found && (!best || found.length > best.length)) best = found;
    }
  }
  for (let reach = step / 2; best && reach > 0.1; ) {
    const { at } = best.place;
    const better = [
      [reach, 0],
      [-reach, 0],
      [0, reach],
      [0, -reach],
    ]
      .map(([dx, dy]): Point => [at[0] + dx!, at[1] + dy!])
      .filter((p) => floor.stands(p, clearance))
      .flatMap((p) => measure({ corner: null, at: p }))
      .sort((p, q) => q.length - p.length)[0];
    if (better && better.length > best.length + 1e-6) best = better;
    else reach /= 2;
  }
  const middle =
    corners.length === 0 && !best
      ? network.standing[room]!.flatMap((n) => measure({ corner: null, at: network.nodes[n]! }))
      : [];
  return [...corners, ...(best ? [best] : []), ...middle].sort((p, q) => q.length - p.length);
}

function trace(network: Network, tree: Tree, room: number, place: Place, sight?: Sight) {
  const way = wayFrom(network, tree, room, place.at, sight);
  if (!way) return null;
  const nodes = nodesOf(tree, way.node);
  const path = [
    ...(place.corner ? [place.corner] : []),
    place.at,
    ...nodes.map((node) => network.nodes[node]!),
  ];
  const doors = nodes.map((node) => network.door_of[node]!).filter((door) => door >= 0);
  return { path, doors, exit: tree.exit[way.node]! };
}

/**
 * Feet to the place where the ways to two different exits part: behind the last door both pass, and where they then head
 * at least 45° apart or are divided by a wall. The whole way where only one exit can be reached.
 */
function commonPath(network: Network, each: readonly Tree[], room: number, place: Place): number {
  const sight: Sight = new Map();
  const ways = each
    .flatMap((tree) => trace(network, tree, room, place, sight) ?? [])
    .map((way) => ({ ...way, length: lengthOf(way.path) }))
    .sort((p, q) => p.length - q.length)
    .slice(0, 6);
  const [first] = ways;
  if (!first) return 0;
  let least = first.length;
  ways.forEach((p, i) => {
    for (const q of ways.slice(i + 1)) least = Math.min(least, parting(network, p, q, least));
  });
  return least;
}

type Traced = { path: Point[]; doors: number[]; length: number };

/** Where two ways part, feet; looked for up to `most`. */
function parting(network: Network, p: Traced, q: Traced, most: number): number {
  const shared = p.doors.filter((door) => q.doors.includes(door)).at(-1);
  const [from, other] =
    shared === undefined ? [0, 0] : [reached(network, p.path, shared), reached(network, q.path, shared)];
  if (Math.abs(from - other) > 0.5) return Math.max(from, other);
  for (let s = 0; from + s < Math.min(p.length, q.length, most); s += STEP) {
    const a = alongPath(p.path, from + s + 1e-6);
    const b = alongPath(q.path, other + s + 1e-6);
    const apart = a.heading[0] * b.heading[0] + a.heading[1] * b.heading[1] < PARTED;
    if (apart || divided(network, a.point, b.point)) return from + s;
  }
  return Math.min(p.length, q.length);
}

function reached(network: Network, path: readonly Point[], door: number): number {
  const at = network.nodes[network.door_node[door]!]!;
  const i = path.indexOf(at);
  return i < 0 ? 0 : lengthOf(path.slice(0, i + 1));
}

/** Whether a wall stands between two places of one room, or they are in different rooms. */
function divided(network: Network, a: Point, b: Point): boolean {
  if (Math.hypot(a[0] - b[0], a[1] - b[1]) < 0.5) return false;
  const roomOf = (p: Point) => network.floors.findIndex((floor) => floor?.contains(p));
  const [r, t] = [roomOf(a), roomOf(b)];
  if (r < 0 || t < 0) return false;
  if (r !== t) return !network.open.some(({ spaces }) => spaces.includes(r) && spaces.includes(t));
  return !network.floors[r]!.clear(a, b, 0.02);
}

/** The rooms a way leads through: its own, then the ones between its doors. */
function roomsOn(network: Network, room: number, doors: readonly number[]): number[] {
  const rooms = [room];
  for (const door of doors) {
    const here = rooms.at(-1)!;
    const beyond = network.doors[door]!.sides.find((side) => side.space !== here)?.space;
    if (beyond !== undefined && network.floors[beyond]) rooms.push(beyond);
  }
  return rooms;
}
