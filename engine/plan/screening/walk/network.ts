// Everything one can walk on in a storey, as a graph: turning points round corners, a place before and behind each door,
// points along open sides. An edge is a straight line that keeps the room's clearance; shortest ways are found exactly.

import { Groups } from '../../../geometry/groups.ts';
import { inRing, type Point } from '../../../geometry/planar.ts';
import type { Storey } from '../types.ts';
import { Floor, type TurningPoint } from './floor.ts';
import { type OpenSide, openSides, type PlacedDoor, placeDoors } from './portals.ts';
import { add, turned } from './vector.ts';

/** Half of the 36 in a route keeps where the room allows it, feet. */
export const CLEARANCE = 1.5;
const LEAST_CLEARANCE = 0.1;
const BISECTIONS = 7;
/** Rooms nobody walks through: a stair is left at its door, a shaft has no floor. */
const CLOSED = ['stair', 'elevator'];

export type Edge = { to: number; length: number };
export type Network = {
  nodes: Point[];
  edges: Edge[][];
  floors: (Floor | null)[];
  /** Half width kept in each room, feet. */
  clearance: number[];
  /** Nodes standing in each room. */
  standing: number[][];
  doors: PlacedDoor[];
  /** Node of each door's middle, and the door of each node or -1. */
  door_node: number[];
  door_of: number[];
  /** Rooms whose clearance the edge from a node within the room keeps. */
  open: OpenSide[];
};

type Laid = { points: Point[]; terminals: number[]; edges: [number, number, number][] };

export function buildNetwork(storey: Storey): Network {
  const { spaces } = storey;
  const doors = placeDoors(storey.doors, spaces, storey.outlines);
  const open = openSides(spaces);
  const floors = spaces.map((space, i) =>
    CLOSED.includes(space.type) || space.polygon.length < 3
      ? null
      : new Floor(
          { outer: space.polygon, holes: space.holes },
          obstaclesIn(storey, i),
          open.filter((side) => side.spaces.includes(i)),
        ),
  );
  const network: Network = {
    nodes: [],
    edges: [],
    floors,
    clearance: spaces.map(() => CLEARANCE),
    standing: spaces.map(() => []),
    doors,
    door_node: [],
    door_of: [],
    open,
  };
  const addNode = (p: Point, door = -1) => {
    network.nodes.push(p);
    network.edges.push([]);
    network.door_of.push(door);
    return network.nodes.length - 1;
  };
  doors.forEach((placed, d) => {
    network.door_node.push(addNode(middleOf(placed), d));
  });
  const shared = open.map((side) => openPoints(side).map((p) => addNode(p)));
  floors.forEach((floor, i) => {
    if (!floor) return;
    const mouths = doors.flatMap((placed, d) =>
      placed.sides.filter((s) => s.space === i).map((side) => ({ d, side })),
    );
    const gates = open.flatMap((side, s) => (side.spaces.includes(i) ? shared[s]! : []));
    const { laid, clearance } = widest(
      floor,
      mouths.map(({ side }) => side),
      gates.map((g) => network.nodes[g]!),
    );
    network.clearance[i] = clearance;
    const ids = laid.points.map((p, k) => (k < gates.length ? gates[k]! : addNode(p)));
    network.standing[i] = ids;
    for (const [p, q, length] of laid.edges) link(network, ids[p]!, ids[q]!, length);
    mouths.forEach(({ d }, m) => {
      const stub = laid.terminals[m]!;
      if (stub < 0) return;
      const [from, to] = [network.door_node[d]!, ids[stub]!];
      link(network, from, to, distance(network.nodes[from]!, network.nodes[to]!));
    });
  });
  return network;
}

function link(network: Network, p: number, q: number, length: number): void {
  network.edges[p]!.push({ to: q, length });
  network.edges[q]!.push({ to: p, length });
}

function distance(p: Point, q: Point): number {
  return Math.hypot(p[0] - q[0], p[1] - q[1]);
}

function middleOf({ door, sides }: PlacedDoor): Point {
  const [a, b] = [sides[0]?.at, sides[1]?.at];
  if (a && b) return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  return a ?? [door.x, door.y];
}

/** Columns that are no hole of the room already, as squares. */
function obstaclesIn(storey: Storey, i: number): Point[][] {
  const space = storey.spaces[i]!;
  return storey.columns
    .filter(({ x, y }) => inRing([x, y], space.polygon) && !space.holes.some((hole) => inRing([x, y], hole)))
    .map(({ x, y, width_ft }) => square([x, y], width_ft / 2))
    .filter((ring) => ring.every((p) => inRing(p, space.polygon)))
    .filter((ring) => !space.holes.some((hole) => hole.some((p) => inRing(p, ring))));
}

function square([x, y]: Point, half: number): Point[] {
  return [
    [x - half, y - half],
    [x - half, y + half],
    [x + half, y + half],
    [x + half, y - half],
  ];
}

/**
 * Crossing points of an open side: close together at its ends, where routes hug the wall, then every two feet, or a
 * thirtieth of a long side.
 */
function openPoints({ a, b }: OpenSide): Point[] {
  const length = distance(a, b);
  const margin = Math.min(CLEARANCE, length / 2);
  const at = [length / 2];
  const step = Math.max(2, length / 30);
  for (let t = margin; t <= length / 2; t += t - margin < 1 ? 0.5 : step) at.push(t, length - t);
  return at.map((t) => [a[0] + ((b[0] - a[0]) * t) / length, a[1] + ((b[1] - a[1]) * t) / length]);
}

type Mouth = { at: Point; into: Point };

/** The room laid out with the widest clearance, up to 18 in, that still joins all its doors. */
function widest(
  floor: Floor,
  mouths: readonly Mouth[],
  gates: readonly Point[],
): { laid: Laid; clearance: number } {
  const joined = (c: number) => joins(floor, placed(floor, mouths, gates, c), c);
  let low = CLEARANCE;
  if (!joined(CLEARANCE) && joined(LEAST_CLEARANCE)) low = halved(joined, LEAST_CLEARANCE, CLEARANCE);
  return { laid: lay(floor, placed(floor, mouths, gates, low), low), clearance: low };
}

/** Half width of the way between all doors of a room, feet, up to `most`: found by halving. */
export function halfWidth(network: Network, room: number, most: number): number {
  const floor = network.floors[room];
  if (!floor) return 0;
  const mouths = network.doors.flatMap((placed) => placed.sides.filter((side) => side.space === room));
  const gates = network.open.filter((side) => side.spaces.includes(room)).flatMap(openPoints);
  const joined = (c: number) => joins(floor, placed(floor, mouths, gates, c), c);
  if (joined(most)) return most;
  return halved(joined, Math.min(network.clearance[room]!, most), most);
}

function halved(joined: (clearance: number) => boolean, least: number, most: number): number {
  let [low, high] = [least, most];
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = (low + high) / 2;
    if (joined(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** Where one may stand and turn in a room at a clearance; crossing points of open sides come first. */
type Placed = {
  points: TurningPoint[];
  /** Distance of each crossing point to the walls. */
  gate_room: number[];
  terminals: number[];
  /** Points that have to be joined: terminals, the middle, the open sides; -1 where there is no place for one. */
  wanted: number[];
};

function placed(floor: Floor, mouths: readonly Mouth[], gates: readonly Point[], clearance: number): Placed {
  const points: TurningPoint[] = gates.map((at) => ({ at, sides: null }));
  const terminals = mouths.map((mouth) => {
    const stub = stubOf(floor, mouth, clearance);
    return stub ? points.push({ at: stub, sides: null }) - 1 : -1;
  });
  const pole = floor.pole().centre;
  const core = floor.stands(pole, clearance) ? points.push({ at: pole, sides: null }) - 1 : -1;
  points.push(...floor.turns(clearance));
  return {
    points,
    gate_room: gates.map((at) => floor.room(at, CLEARANCE)),
    terminals,
    wanted: [...terminals, core, ...(gates.length > 0 ? [0] : [])],
  };
}

/** Whether a line between two points keeps the clearance; at a narrow open side it may come as near to the walls as the side. */
function sees(floor: Floor, { points, gate_room }: Placed, p: number, q: number, clearance: number): boolean {
  const gate = Math.min(gate_room[p] ?? CLEARANCE, gate_room[q] ?? CLEARANCE);
  const atGate = p < gate_room.length || q < gate_room.length;
  const keep = atGate ? Math.min(clearance, Math.max(0.05, gate)) : clearance;
  return floor.clear(points[p]!.at, points[q]!.at, keep);
}

/** Whether all that has to be joined is; only lines between parts not yet joined are looked at, short ones first. */
function joins(floor: Floor, place: Placed, clearance: number): boolean {
  const { points, wanted } = place;
  if (wanted.some((t) => t < 0)) return false;
  const groups = new Groups(points.length);
  const done = () => wanted.every((t) => groups.root(t) === groups.root(wanted[0]!));
  for (const [from, to] of BANDS_FT) {
    for (let p = 0; p < points.length; p++) {
      for (let q = p + 1; q < points.length; q++) {
        if (groups.root(p) === groups.root(q)) continue;
        const far = distance(points[p]!.at, points[q]!.at);
        if (far < from || far >= to) continue;
        if (sees(floor, place, p, q, clearance)) groups.join(p, q);
      }
    }
    if (done()) return true;
  }
  return false;
}

/** Lengths of the lines that are tried one after the other, feet. */
const BANDS_FT: readonly [number, number][] = [
  [0, 12],
  [12, 48],
  [48, Number.POSITIVE_INFINITY],
];

function lay(floor: Floor, place: Placed, clearance: number): Laid {
  const { points, terminals } = place;
  const edges: Laid['edges'] = [];
  for (let p = 0; p < points.length; p++) {
    for (let q = p + 1; q < points.length; q++) {
      const [a, b] = [points[p]!, points[q]!];
      if (!touches(a, b.at) || !touches(b, a.at)) continue;
      if (sees(floor, place, p, q, clearance)) edges.push([p, q, distance(a.at, b.at)]);
    }
  }
  return { points: points.map((point) => point.at), terminals, edges };
}

/** A shortest way bends round a corner: the line to the next point leaves the obstacle on one side. */
function touches({ at, sides }: TurningPoint, to: Point): boolean {
  if (!sides) return true;
  const [x, y] = [to[0] - at[0], to[1] - at[1]];
  const slack = SLACK * Math.hypot(x, y);
  const [one, other] = sides.map(([u, v]) => x * v - y * u) as [number, number];
  return (one >= -slack && other >= -slack) || (one <= slack && other <= slack);
}

/** Sine of the angle by which a line may cut into the obstacle's corner; corners are drawn with rounding errors. */
const SLACK = 0.05;

/** The place a person stands on after stepping through a door: straight in, or aside where a wall is in the way. */
function stubOf(floor: Floor, { at, into }: Mouth, clearance: number): Point | null {
  const mouth = add(at, into, 0.05);
  for (const degrees of [0, 25, -25, 45, -45, 65, -65]) {
    const angle = (degrees * Math.PI) / 180;
    const stub = add(at, turned(into, angle), (clearance * 1.0005) / Math.cos(angle));
    if (floor.stands(stub, clearance) && floor.clear(mouth, stub, 0.02)) return stub;
  }
  return null;
}
