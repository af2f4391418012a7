// What stands in the rooms of a realistic drawing and is no wall: stalls, sinks, stair treads, elevator cars, counters,
// dashed lines overhead, filled walls, walls to be taken down. Feet.
import { boxOf, centroid, inPolygon, type Point, type Polygon, polygonArea } from '../../geometry/planar.ts';
import type { GeneratedPlan, Mark, Part, RealOptions, TrueDoor, TrueRoom } from './model.ts';
import type { Random } from './random.ts';

export function line(part: Part, a: Point, b: Point, dashed = false): Mark {
  return { kind: 'path', part, points: [a, b], closed: false, dashed };
}

export function box(part: Part, x0: number, y0: number, x1: number, y1: number, dashed = false): Mark {
  const points: Point[] = [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ];
  return { kind: 'path', part, points, closed: true, dashed };
}

function circle(part: Part, centre: Point, radius: number): Mark {
  return { kind: 'arc', part, centre, radius, from: 0, to: 360 };
}

type Parts = Pick<GeneratedPlan, 'rooms' | 'doors' | 'walls'>;

/** Everything drawn within the building beside walls, openings, labels and furniture. */
export function details(plan: Parts, options: RealOptions, random: Random): Mark[] {
  const marks: Mark[] = [];
  for (const room of plan.rooms) {
    if (options.fittings) marks.push(...fittings(room, plan.doors, random));
    if (options.overhead && random.chance(0.4)) marks.push(...overhead(room));
    if (options.demolition && random.chance(0.25)) marks.push(...demolished(room, random));
  }
  for (const body of options.wall_fill === 'none' ? [] : plan.walls) {
    if (options.wall_fill === 'solid') marks.push({ kind: 'fill', part: 'hatch', polygon: body });
    else marks.push(...hatchLines(body, 0.5));
  }
  return marks;
}

function fittings(room: TrueRoom, doors: readonly TrueDoor[], random: Random): Mark[] {
  const [x0, y0, x1, y1] = boxOf(room.polygon.outer);
  const free = (p: Point) =>
    doors.every((door) => {
      const middle: Point = [
        door.hinge[0] + (door.along[0] * door.width) / 2,
        door.hinge[1] + (door.along[1] * door.width) / 2,
      ];
      return Math.hypot(middle[0] - p[0], middle[1] - p[1]) > door.width + 1;
    });
  switch (room.type) {
    case 'restroom':
      return [...stalls(x0, y1, x1, free, random), ...sinks(x0, y0, x1, free)];
    case 'stair':
      return treads(x0, y0, x1, y1);
    case 'elevator':
      return car(x0, y0, x1, y1);
    case 'breakroom':
      return free([(x0 + x1) / 2, y1]) ? counter(x0, y1, x1) : counter(x0, y0 + 2, x1);
    default:
      return [];
  }
}

/** Stalls along the upper wall: partitions 5 ft deep, a front with a door each that stands ajar. */
function stalls(x0: number, y1: number, x1: number, free: (p: Point) => boolean, random: Random): Mark[] {
  const part: Part = random.chance(0.5) ? 'fixture' : 'partition';
  const marks: Mark[] = [];
  for (let x = x0; x + 3 <= x1 - 0.2; x += 3) {
    if (!free([x + 1.5, y1])) continue;
    marks.push(
      line(part, [x + 3, y1], [x + 3, y1 - 5]),
      line(part, [x, y1 - 5], [x + 0.5, y1 - 5]),
      line(part, [x + 2.5, y1 - 5], [x + 3, y1 - 5]),
      line(part, [x + 0.5, y1 - 5], [x + 0.5, y1 - 3]),
      { kind: 'arc', part, centre: [x + 0.5, y1 - 5], radius: 2, from: 0, to: 90 },
    );
  }
  return marks;
}

function sinks(x0: number, y0: number, x1: number, free: (p: Point) => boolean): Mark[] {
  const marks: Mark[] = [];
  for (let x = x0 + 1.5; x < x1 - 1.5; x += 2.5)
    if (free([x, y0]))
      marks.push(box('fixture', x - 0.9, y0, x + 0.9, y0 + 1.6), circle('fixture', [x, y0 + 0.8], 0.6));
  return marks;
}

/** Two flights beside each other with a landing, the line of travel and the word UP. */
function treads(x0: number, y0: number, x1: number, y1: number): Mark[] {
  const middle = (x0 + x1) / 2;
  const [low, high] = [y0 + 3.5, y1 - 3.5];
  if (high - low < 3) return [];
  const marks: Mark[] = [
    line('fixture', [middle - 0.1, low], [middle - 0.1, high]),
    line('fixture', [middle + 0.1, low], [middle + 0.1, high]),
  ];
  for (let y = low; y <= high + 1e-9; y += 11 / 12)
    marks.push(line('fixture', [x0, y], [middle - 0.1, y]), line('fixture', [middle + 0.1, y], [x1, y]));
  const at = (x0 + middle) / 2;
  marks.push(
    line('fixture', [at, low], [at, high]),
    line('fixture', [at, high], [at - 0.4, high - 0.7]),
    line('fixture', [at, high], [at + 0.4, high - 0.7]),
    { kind: 'text', part: 'fixture', at: [at - 0.4, low - 0.8], height: 0.5, value: 'UP' },
  );
  return marks;
}

function car(x0: number, y0: number, x1: number, y1: number): Mark[] {
  const [a, b, c, d] = [x0 + 0.5, y0 + 1, x1 - 0.5, y1 - 1];
  return [box('fixture', a, b, c, d), line('fixture', [a, b], [c, d]), line('fixture', [a, d], [c, b])];
}

function counter(x0: number, y: number, x1: number): Mark[] {
  return [
    line('fixture', [x0, y - 2], [x1, y - 2]),
    line('overhead', [x0, y - 1], [x1, y - 1], true),
    box('fixture', x0 + 2, y - 1.8, x0 + 4, y - 0.4),
  ];
}

/** A ceiling field or bulkhead: dashed, from wall to wall or as a loop. */
function overhead(room: TrueRoom): Mark[] {
  const [x0, y0, x1, y1] = boxOf(room.polygon.outer);
  if (room.type === 'corridor') return [line('overhead', [x0 + 20, y0], [x0 + 20, y0 + 5], true)];
  return x1 - x0 > 16
    ? [box('overhead', x0 + 3, y0 + 3, x1 - 3, y1 - 3, true)]
    : [line('overhead', [x0, (y0 + y1) / 2 + 1.3], [x1, (y0 + y1) / 2 + 1.3], true)];
}

/** A partition that is to be taken down: both its faces, dashed, across the room. */
function demolished(room: TrueRoom, random: Random): Mark[] {
  const [x0, y0, x1, y1] = boxOf(room.polygon.outer);
  if (room.type === 'corridor' || x1 - x0 < 10) return [];
  const x = random.between(x0 + 3, x1 - 3);
  return [0, 0.41].map((k) => line('demolition', [x + k, y0], [x + k, y1], true));
}

/** 45° lines within a wall body, `step` feet apart. */
function hatchLines(body: Polygon, step: number): Mark[] {
  const marks: Mark[] = [];
  const edges = [body.outer, ...body.holes].flatMap((ring) =>
    ring.map((a, i): [Point, Point] => [a, ring[(i + 1) % ring.length]!]),
  );
  const offsets = body.outer.map((p) => p[1] - p[0]);
  const last = Math.max(...offsets);
  for (let k = Math.min(...offsets) + step / 2; k < last; k += step) {
    const hits: Point[] = [];
    for (const [a, b] of edges) {
      const [da, db] = [a[1] - a[0] - k, b[1] - b[0] - k];
      if (da > 0 === db > 0) continue;
      const t = da / (da - db);
      hits.push([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]);
    }
    hits.sort((p, q) => p[0] - q[0]);
    for (let i = 0; i + 1 < hits.length; i += 2) marks.push(line('hatch', hits[i]!, hits[i + 1]!));
  }
  return marks;
}

/** Moves labels of small rooms out past the facade, with a leader into the room. */
export function labelsOutside(rooms: readonly TrueRoom[], facade: { y0: number; y1: number }): TrueRoom[] {
  return rooms.map((room) => {
    const [x0, y0, x1, y1] = boxOf(room.polygon.outer);
    const small = polygonArea(room.polygon) < 130 && x1 - x0 < 12;
    const south = Math.abs(y0 - facade.y0) < 2;
    if (!small || !(south || Math.abs(y1 - facade.y1) < 2)) return room;
    const centre = centroid(room.polygon.outer);
    const at: Point = [centre[0], south ? facade.y0 - 6 : facade.y1 + 7];
    return inPolygon(centre, room.polygon) ? { ...room, label_at: at, leader_to: centre } : room;
  });
}
