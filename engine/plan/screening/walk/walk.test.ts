import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { union } from '../../../geometry/overlap.ts';
import {
  boxOf,
  distance,
  inPolygon,
  nearestOnSegment,
  type Point,
  type Polygon,
} from '../../../geometry/planar.ts';
import type { Storey } from '../types.ts';
import { isFree, largestCircle, rectangle } from './fit.ts';
import { Floor, sides } from './floor.ts';
import { buildNetwork, CLEARANCE, type Network } from './network.ts';
import { farthest, waysOut } from './remote.ts';
import { rect, rowStorey } from './sample_storey.ts';
import { lengthOf } from './vector.ts';
import { wayFrom, waysTo } from './ways.ts';

const rows = fc.record({
  widths: fc.array(fc.integer({ min: 8, max: 24 }), { minLength: 2, maxLength: 5 }),
  depth: fc.integer({ min: 9, max: 18 }),
  corridor: fc.integer({ min: 4, max: 8 }),
  wall: fc.constantFrom(0.4, 0.5, 1),
  bands: fc.integer({ min: 1, max: 2 }),
  doors_at: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 9 }),
});

function exitsOf(network: Network): number[] {
  return network.doors.flatMap((placed, i) => (placed.outside ? [i] : []));
}

/** Concave rooms, some with a court in the middle: cells of a grid joined, with columns. */
const concave = fc
  .record({
    cells: fc.uniqueArray(fc.integer({ min: 0, max: 15 }), { minLength: 4, maxLength: 14 }),
    columns: fc.array(fc.tuple(fc.integer({ min: 2, max: 38 }), fc.integer({ min: 2, max: 38 })), {
      maxLength: 3,
    }),
  })
  .map(({ cells, columns }) => {
    const size = 10;
    const squares = cells.map((c): Polygon => {
      const [x, y] = [(c % 4) * size, Math.floor(c / 4) * size];
      return { outer: rect(x, y, x + size, y + size), holes: [] };
    });
    const [room] = union(squares).sort((p, q) => q.outer.length - p.outer.length);
    return { room: room!, columns };
  });

function oneRoom({ room, columns }: { room: Polygon; columns: [number, number][] }): Storey {
  const low = sides(room.outer)
    .filter(({ a, b }) => a[1] === b[1])
    .sort((p, q) => p.a[1] - q.a[1])[0]!;
  const at: Point = [(low.a[0] + low.b[0]) / 2, low.a[1]];
  return {
    spaces: [
      {
        id: 'room',
        name: null,
        number: null,
        type: 'open_office',
        polygon: room.outer as [number, number][],
        holes: room.holes as [number, number][][],
      },
    ],
    doors: [{ id: 'door', x: at[0], y: at[1], width_ft: 3, evidence: 'swing', connects: ['room'] }],
    columns: columns.map(([x, y]) => ({ x, y, width_ft: 1.5 })),
    fixtures: [],
    outlines: [room.outer as [number, number][]],
    total_area_sqft: null,
    toSource: (p) => p,
  };
}

describe('ways out of a storey', () => {
  it('are never shorter than the straight line, keep to the floor, and pass walls only at doors', () => {
    fc.assert(
      fc.property(rows, (options) => {
        const storey = rowStorey(options);
        const network = buildNetwork(storey);
        const ways = waysOut(network, exitsOf(network));
        expect(ways).toHaveLength(storey.spaces.length);
        for (const way of ways) {
          const exit = network.nodes[network.door_node[way.exit]!]!;
          expect(way.length).toBeGreaterThanOrEqual(distance(way.path[0]!, exit) - 1e-6);
          expect(way.length).toBeCloseTo(lengthOf(way.path), 6);
          expect(way.common).toBeLessThanOrEqual(way.length + 1e-6);
          for (let i = 1; i < way.path.length; i++) {
            for (const t of [0.25, 0.5, 0.75]) {
              const [a, b] = [way.path[i - 1]!, way.path[i]!];
              const p: Point = [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
              const inside = network.floors.some((floor) => floor && inPolygon(p, floor.polygon));
              const inDoor = way.doors.some(
                (d) => distance(p, network.nodes[network.door_node[d]!]!) <= options.wall / 2 + 0.01,
              );
              expect(inside || inDoor).toBe(true);
            }
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it('are as long there as back', () => {
    fc.assert(
      fc.property(rows, (options) => {
        const network = buildNetwork(rowStorey(options));
        const trees = network.doors.map((_, i) => waysTo(network, [i]));
        for (const [i, tree] of trees.entries())
          for (const [j, other] of trees.entries())
            expect(tree.distance[network.door_node[j]!]).toBeCloseTo(
              other.distance[network.door_node[i]!]!,
              6,
            );
      }),
      { numRuns: 8 },
    );
  });

  it('get no longer by another exit', () => {
    fc.assert(
      fc.property(rows, fc.nat(), (options, pick) => {
        const network = buildNetwork(rowStorey(options));
        const exits = exitsOf(network);
        const fewer = [exits[pick % exits.length]!];
        const [few, all] = [waysTo(network, fewer), waysTo(network, exits)];
        for (let node = 0; node < network.nodes.length; node++)
          expect(all.distance[node]).toBeLessThanOrEqual(few.distance[node]! + 1e-9);
      }),
      { numRuns: 15 },
    );
  });

  it('part at the dead end’s mouth: what is common is the way to there', () => {
    // A corridor 5 ft wide with exits at both ends, and a dead end of 30 ft off its middle with a room at its head.
    const hall = [
      [0, 0],
      [100, 0],
      [100, 5],
      [52.5, 5],
      [52.5, 35],
      [47.5, 35],
      [47.5, 5],
      [0, 5],
    ] as [number, number][];
    const space = { name: null, number: null, holes: [] };
    const storey: Storey = {
      spaces: [
        { ...space, id: 'hall', type: 'corridor', polygon: hall },
        {
          ...space,
          id: 'room',
          type: 'private_office',
          polygon: rect(45, 35.5, 55, 45.5) as [number, number][],
        },
      ],
      doors: [
        { id: 'west', x: 0, y: 2.5, width_ft: 3, connects: ['hall'] },
        { id: 'east', x: 100, y: 2.5, width_ft: 3, connects: ['hall'] },
        { id: 'inner', x: 50, y: 35.25, width_ft: 3, connects: ['room', 'hall'] },
      ],
      columns: [],
      fixtures: [],
      outlines: [],
      total_area_sqft: null,
      toSource: (p) => p,
    };
    const network = buildNetwork(storey);
    const ways = waysOut(network, [0, 1]);
    const room = ways.find((way) => way.room === 1)!;
    const walk = Math.hypot(5, 10.25);
    expect(room.common).toBeGreaterThan(walk + 27);
    expect(room.common).toBeLessThan(walk + 36);
    expect(room.length).toBeGreaterThan(room.common + 40);
    const alone = waysOut(network, [0]).find((way) => way.room === 1)!;
    expect(alone.common).toBeCloseTo(alone.length, 1);
  });
});

describe('walking in one room', () => {
  it('agrees with counting steps on a fine grid', () => {
    fc.assert(
      fc.property(concave, fc.nat(), (shape, pick) => {
        const storey = oneRoom(shape);
        const network = buildNetwork(storey);
        if (network.clearance[0] !== CLEARANCE || !network.edges[network.door_node[0]!]![0]) return;
        const stub = network.nodes[network.edges[network.door_node[0]!]![0]!.to]!;
        const grid = steps(network.floors[0]!, stub);
        const tree = waysTo(network, [0]);
        const reached = [...grid.keys()].filter((_, i) => i % 97 === pick % 97).slice(0, 12);
        for (const key of reached) {
          const [x, y] = key.split(',').map(Number) as [number, number];
          const way = wayFrom(network, tree, 0, [x, y]);
          expect(way).not.toBeNull();
          const walked = way!.length - distance(stub, network.nodes[network.door_node[0]!]!);
          expect(walked).toBeLessThanOrEqual(grid.get(key)! * 1.03 + 0.4);
          expect(walked).toBeGreaterThanOrEqual(grid.get(key)! / 1.03 - 0.6);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('finds the most remote point: no place of the room is farther', () => {
    fc.assert(
      fc.property(
        concave,
        fc.array(
          fc.tuple(fc.double({ min: 0, max: 40, noNaN: true }), fc.double({ min: 0, max: 40, noNaN: true })),
          { minLength: 40, maxLength: 40 },
        ),
        (shape, places) => {
          const network = buildNetwork(oneRoom(shape));
          const tree = waysTo(network, [0]);
          const [far] = farthest(network, tree, 0);
          for (const p of places) {
            if (!network.floors[0]!.stands(p, network.clearance[0]!)) continue;
            const way = wayFrom(network, tree, 0, p);
            if (way) expect(way.length).toBeLessThanOrEqual(far!.length + 0.5);
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  it('measures the narrowest place between its doors', () => {
    fc.assert(
      fc.property(fc.integer({ min: 14, max: 35 }), (gap) => {
        // Two halves of a room joined by a neck of this many inches.
        const [low, high] = [10 - gap / 24, 10 + gap / 24];
        const polygon = [
          [0, 0],
          [20, 0],
          [20, low],
          [22, low],
          [22, 0],
          [40, 0],
          [40, 20],
          [22, 20],
          [22, high],
          [20, high],
          [20, 20],
          [0, 20],
        ] as [number, number][];
        const network = buildNetwork({
          ...oneRoom({ room: { outer: polygon, holes: [] }, columns: [] }),
          doors: [
            { id: 'a', x: 0, y: 5, width_ft: 3, connects: ['room'] },
            { id: 'b', x: 40, y: 15, width_ft: 3, connects: ['room'] },
          ],
        });
        expect(network.clearance[0]! * 24).toBeGreaterThan(gap - 0.7);
        expect(network.clearance[0]! * 24).toBeLessThan(gap + 0.1);
      }),
      { numRuns: 15 },
    );
  });
});

describe('fitting floor areas', () => {
  it('finds the largest circle beside fixtures', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 6, max: 20 }),
        fc.integer({ min: 6, max: 20 }),
        fc.integer({ min: 1, max: 4 }),
        (w, h, cut) => {
          const fixture = rect(0, 0, cut, h);
          const floor = new Floor({ outer: rect(0, 0, w, h), holes: [] }, [fixture], []);
          const circle = largestCircle(floor)!;
          expect(circle.radius * 2).toBeGreaterThan(Math.min(w - cut, h) - 0.06);
          expect(circle.radius * 2).toBeLessThanOrEqual(Math.min(w - cut, h) + 1e-6);
        },
      ),
    );
  });

  it('tells free rectangles from those a wall comes into', () => {
    const floor = new Floor({ outer: rect(0, 0, 10, 10), holes: [rect(4, 4, 5, 5)] }, [], []);
    expect(isFree(floor, rectangle([2, 2], [1, 0], 1.9, 1.9))).toBe(true);
    expect(isFree(floor, rectangle([4.5, 4.5], [1, 0], 3, 3))).toBe(false);
    expect(isFree(floor, rectangle([9, 9], [1, 0], 2, 0.5))).toBe(false);
    expect(isFree(floor, rectangle([5, 4.5], [0.8, 0.6], 0.2, 3))).toBe(false);
  });
});

/** Distances from a place to grid points that keep the clearance, by steps to 16 neighbours; measured without the network. */
function steps(floor: Floor, from: Point): Map<string, number> {
  const pace = 0.5;
  const walls = floor.rings.flatMap((ring) => sides(ring));
  const box = boxOf(floor.polygon.outer);
  const ok = (p: Point) =>
    inPolygon(p, floor.polygon) &&
    walls.every(({ a, b }) => nearestOnSegment(p, a, b).distance >= CLEARANCE - 0.02);
  const key = (p: Point) => `${p[0]},${p[1]}`;
  const free = new Map<string, Point>();
  for (let x = Math.floor(box[0]); x <= box[2]; x += pace)
    for (let y = Math.floor(box[1]); y <= box[3]; y += pace) if (ok([x, y])) free.set(key([x, y]), [x, y]);
  const moves = [
    [1, 0],
    [1, 1],
    [2, 1],
    [1, 2],
  ].flatMap(([i, j]) =>
    [
      [i!, j!],
      [-j!, i!],
      [-i!, -j!],
      [j!, -i!],
    ].map(([dx, dy]): Point => [dx! * pace, dy! * pace]),
  );
  const found = new Map<string, number>();
  const open = new Map<string, number>();
  for (const p of free.values()) if (distance(p, from) <= pace * 1.1) open.set(key(p), distance(p, from));
  while (open.size > 0) {
    let best = '';
    for (const [k, d] of open) if (best === '' || d < open.get(best)!) best = k;
    const d = open.get(best)!;
    open.delete(best);
    found.set(best, d);
    const p = free.get(best)!;
    for (const [dx, dy] of moves) {
      const q: Point = [p[0] + dx, p[1] + dy];
      const k = key(q);
      if (!free.has(k) || found.has(k) || !ok([(p[0] + q[0]) / 2, (p[1] + q[1]) / 2])) continue;
      const reach = d + Math.hypot(dx, dy);
      if (reach < (open.get(k) ?? Infinity)) open.set(k, reach);
    }
  }
  return found;
}
