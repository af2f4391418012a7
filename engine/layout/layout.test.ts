/**
 * Layouts checked from outside: footprints are built anew from the placements and intersected by another library, so that
 * an error in the layout's own geometry cannot hide itself.
 */
import fc from 'fast-check';
import polygonClipping, { type Polygon } from 'polygon-clipping';
import { describe, expect, it } from 'vitest';
import { ARRANGEMENTS, LayoutResult, type Placement } from '../../contract/layout.ts';
import { type LayoutItem, type LayoutRoom, layoutChoices, layoutSpace } from './layout.ts';

type XY = [number, number];

const turn = ([x, y]: XY, angle: number): XY => [
  x * Math.cos(angle) - y * Math.sin(angle),
  x * Math.sin(angle) + y * Math.cos(angle),
];
const box = (w: number, h: number, angle = 0): XY[] =>
  (
    [
      [0, 0],
      [w, 0],
      [w, h],
      [0, h],
    ] as XY[]
  ).map((p) => turn(p, angle));
const at = (x: number, y: number, width_ft: number, angle = 0) => {
  const [px, py] = turn([x, y], angle);
  return { x: px, y: py, width_ft };
};

/** Footprint of a placement, drawn in by a hundredth of a foot so that touching is not overlapping. */
function footprint(p: Placement, grow = -0.01): Polygon {
  const [w, d] = [p.width_ft / 2 + grow, p.depth_ft / 2 + grow];
  const angle = (p.rotation_deg * Math.PI) / 180;
  const ring = (
    [
      [-w, -d],
      [w, -d],
      [w, d],
      [-w, d],
    ] as XY[]
  ).map((corner) => {
    const [x, y] = turn(corner, angle);
    return [x + p.x, y + p.y] as XY;
  });
  return [[...ring, ring[0]!]];
}

const area = (polygons: Polygon[]) =>
  polygons.reduce(
    (total, rings) =>
      total +
      rings.reduce(
        (a, ring, i) =>
          a +
          ((i === 0 ? 1 : -1) *
            Math.abs(ring.slice(1).reduce((s, [x, y], j) => s + ring[j]![0] * y - x * ring[j]![1], 0))) /
            2,
        0,
      ),
    0,
  );

function standing(result: LayoutResult): Placement[] {
  return result.placements.filter((p) => !p.mounted);
}

function expectSound(room: LayoutRoom, items: readonly LayoutItem[], result: LayoutResult): void {
  LayoutResult.parse(result);
  const outline: Polygon = [[...room.polygon, room.polygon[0]!].map(([x, y]) => [x, y] as XY)];
  const pieces = standing(result).map((p) => ({
    p,
    shape: footprint(p),
    radius: Math.hypot(p.width_ft, p.depth_ft) / 2,
  }));
  for (const { p, shape } of pieces) {
    expect(
      area(polygonClipping.difference(shape, outline)),
      `${p.item_key} stands outside the room`,
    ).toBeLessThan(1e-6);
    for (const column of room.columns ?? []) {
      const half = (column.width_ft ?? 1.5) / 2;
      const post: Polygon = [
        [
          [column.x - half, column.y - half],
          [column.x + half, column.y - half],
          [column.x + half, column.y + half],
          [column.x - half, column.y + half],
          [column.x - half, column.y - half],
        ],
      ];
      expect(
        area(polygonClipping.intersection(shape, post)),
        `${p.item_key} stands in a column`,
      ).toBeLessThan(1e-6);
    }
  }
  for (const hole of room.holes ?? []) {
    const shaft: Polygon = [[...hole, hole[0]!].map(([x, y]) => [x, y] as XY)];
    for (const { p, shape } of pieces)
      expect(area(polygonClipping.intersection(shape, shaft)), `${p.item_key} in a shaft`).toBeLessThan(1e-6);
  }
  for (const [i, a] of pieces.entries()) {
    for (const b of pieces.slice(i + 1)) {
      if (Math.hypot(a.p.x - b.p.x, a.p.y - b.p.y) > a.radius + b.radius) continue;
      expect(
        area(polygonClipping.intersection(a.shape, b.shape)),
        `${a.p.item_key} on ${b.p.item_key}`,
      ).toBeLessThan(1e-6);
    }
  }
  for (const item of items) {
    const placed = result.placements.filter((p) => p.item_key === item.item_key);
    const missing = result.unplaced.find((u) => u.item_key === item.item_key)?.count ?? 0;
    expect(placed.length + missing, `${item.item_key}: plan count and bill count`).toBe(item.count);
    expect(placed.map((p) => p.unit)).toEqual(placed.map((_, index) => index));
  }
}

/** A door of 3 ft in the middle of the wall y = 0 of an unturned room swings in unless the layout says it opens outward. */
function expectDoorOpens(result: LayoutResult, x: number, angle: number): void {
  if (result.notes.some((note) => note.includes('outward'))) return;
  const corners = box(3, 3).map(([dx, dy]) => turn([x - 1.5 + dx, dy], angle));
  const swing: Polygon = [[...corners, corners[0]!]];
  for (const p of standing(result))
    expect(
      area(polygonClipping.intersection(footprint(p), swing)),
      `${p.item_key} in the door’s swing`,
    ).toBeLessThan(1e-6);
}

const workplaces = (n: number, w = 5, d = 2.5): LayoutItem[] => [
  { item_key: 'desk', role: 'desk', count: n, width_ft: w, depth_ft: d },
  { item_key: 'chair', role: 'task_chair', count: n, width_ft: 2.2, depth_ft: 2.2 },
  { item_key: 'pedestal', role: 'pedestal', count: n, width_ft: 1.3, depth_ft: 1.8, mount: 'under_surface' },
];
const hall = (): LayoutRoom => ({
  polygon: box(100, 100),
  doors: [at(50, 0, 6), at(0, 80, 3)],
  windows: [10, 30, 50, 70, 90].map((x) => at(x, 100, 8)),
  columns: [25, 50, 75].flatMap((x) => [25, 50, 75].map((y) => ({ x, y, width_ft: 1.5 }))),
});

describe('open office', () => {
  it('seats 120 people on 10,000 sq ft in three different ways, each in under two seconds', () => {
    const items: LayoutItem[] = [
      ...workplaces(120),
      {
        item_key: 'store',
        role: 'shared_storage',
        count: 15,
        width_ft: 3,
        depth_ft: 1.5,
        height_ft: 3.5,
        mount: 'wall_side',
      },
      { item_key: 'booth', role: 'phone_booth', count: 4, width_ft: 3.5, depth_ft: 3.3, height_ft: 7.5 },
      { item_key: 'lounge', role: 'lounge_seat', count: 6, width_ft: 2.6, depth_ft: 2.6 },
      { item_key: 'low', role: 'coffee_table', count: 2, width_ft: 3.5, depth_ft: 2 },
    ];
    const results = ARRANGEMENTS.map((arrangement) => {
      const start = performance.now();
      const result = layoutSpace(hall(), items, arrangement);
      expect(performance.now() - start).toBeLessThan(4000);
      return result;
    });
    for (const result of results) {
      expectSound(hall(), items, result);
      expect(result.seats_placed).toBe(126);
      expect(result.unplaced).toEqual([]);
      expect(result.checks.map((check) => check.status)).toEqual(['pass', 'pass', 'pass']);
    }
    const spread = (result: LayoutResult) => {
      const desks = result.placements.filter((p) => p.item_key === 'desk');
      return (
        (Math.max(...desks.map((p) => p.x)) - Math.min(...desks.map((p) => p.x))) *
        (Math.max(...desks.map((p) => p.y)) - Math.min(...desks.map((p) => p.y)))
      );
    };
    const toWindow = (result: LayoutResult) => {
      const desks = result.placements.filter((p) => p.item_key === 'desk');
      return desks.reduce((a, p) => a + 100 - p.y, 0) / desks.length;
    };
    expect(spread(results[0]!)).toBeLessThan(spread(results[2]!));
    expect(toWindow(results[1]!)).toBeLessThan(toWindow(results[0]!));
  });

  it('keeps 36 in behind every desk and the door approach free', () => {
    const room = hall();
    const result = layoutSpace(room, workplaces(150), 'density');
    const desks = result.placements.filter((p) => p.item_key === 'desk');
    const others = standing(result).filter((p) => p.item_key !== 'chair');
    for (const desk of desks) {
      const angle = (desk.rotation_deg * Math.PI) / 180;
      const [dx, dy] = turn([0, -desk.depth_ft / 2 - 1.5], angle);
      const zone = footprint({ ...desk, x: desk.x + dx, y: desk.y + dy, depth_ft: 3 });
      for (const other of others) {
        if (other === desk || Math.hypot(other.x - desk.x, other.y - desk.y) > 12) continue;
        expect(area(polygonClipping.intersection(zone, footprint(other)))).toBeLessThan(1e-6);
      }
    }
    for (const p of standing(result)) {
      expect(
        area(
          polygonClipping.intersection(footprint(p), [
            [
              [45.5, 0],
              [54.5, 0],
              [54.5, 5],
              [45.5, 5],
              [45.5, 0],
            ],
          ]),
        ),
      ).toBeLessThan(1e-6);
    }
  });

  it('tells how many people a room cannot seat', () => {
    const items = workplaces(60);
    const result = layoutSpace({ polygon: box(20, 20), doors: [at(10, 0, 3)] }, items, 'density');
    expectSound({ polygon: box(20, 20) }, items, result);
    expect(result.seats_placed).toBeGreaterThanOrEqual(6);
    expect(result.seats_placed).toBeLessThan(60);
    expect(result.unplaced.find((u) => u.item_key === 'desk')!.count).toBe(
      60 - result.placements.filter((p) => p.item_key === 'desk').length,
    );
    expect(result.unplaced.every((u) => u.why !== '')).toBe(true);
    expect(result.sqft_per_seat).toBeCloseTo(400 / result.seats_placed, 1);
  });
});

describe('rooms', () => {
  it('a private office seats its user facing the door, with guests across the desk', () => {
    const items: LayoutItem[] = [
      { item_key: 'desk', role: 'desk', count: 1, width_ft: 5.5, depth_ft: 2.5 },
      { item_key: 'chair', role: 'executive_chair', count: 1, width_ft: 2.2, depth_ft: 2.2 },
      { item_key: 'guest', role: 'guest_chair', count: 2, width_ft: 2, depth_ft: 2 },
      { item_key: 'store', role: 'office_storage', count: 1, width_ft: 4, depth_ft: 1.7, mount: 'wall_side' },
    ];
    const room = { polygon: box(12, 14), doors: [at(10, 0, 3)] };
    const result = layoutSpace(room, items, 'density');
    expectSound(room, items, result);
    expect(result.unplaced).toEqual([]);
    const find = (key: string) => result.placements.find((p) => p.item_key === key)!;
    const toDoor = (p: Placement) => Math.hypot(p.x - 10, p.y);
    expect(toDoor(find('chair'))).toBeGreaterThan(toDoor(find('desk')));
    expect(toDoor(find('guest'))).toBeLessThan(toDoor(find('desk')));
  });

  it('chairs face their table whatever way the room is turned, and it keeps its sides', () => {
    for (const angle of [0, 0.3, 1.1]) {
      const items: LayoutItem[] = [
        { item_key: 'table', role: 'meeting_table', count: 1, width_ft: 8, depth_ft: 4, places: 8 },
        { item_key: 'chair', role: 'meeting_chair', count: 8, width_ft: 2, depth_ft: 2 },
        { item_key: 'board', role: 'whiteboard', count: 1, width_ft: 6, depth_ft: 0.2, mount: 'wall' },
      ];
      const room = { polygon: box(15, 19, angle), doors: [at(2, 0, 3, angle)] };
      const result = layoutSpace(room, items, 'light');
      expectSound(room, items, result);
      expect(result.seats_placed).toBe(8);
      const table = result.placements.find((p) => p.item_key === 'table')!;
      for (const chair of result.placements.filter((p) => p.item_key === 'chair')) {
        const [fx, fy] = turn([0, -1], (chair.rotation_deg * Math.PI) / 180);
        expect(fx * (table.x - chair.x) + fy * (table.y - chair.y)).toBeGreaterThan(0);
      }
    }
  });

  it('gives up door floor only where somebody would have no seat, and says so', () => {
    const items: LayoutItem[] = [
      { item_key: 'table', role: 'meeting_table', count: 1, width_ft: 3.5, depth_ft: 3.5, places: 4 },
      { item_key: 'chair', role: 'meeting_chair', count: 4, width_ft: 2, depth_ft: 2 },
    ];
    const small = layoutSpace({ polygon: box(10, 10), doors: [at(2, 0, 3)] }, items, 'density');
    expect(small.seats_placed).toBe(4);
    expect(small.checks.find((check) => check.code === 'door_approach')!.status).toBe('fail');
    expect(small.notes).toHaveLength(1);
    const large = layoutSpace({ polygon: box(16, 16), doors: [at(2, 0, 3)] }, items, 'density');
    expect(large.checks.every((check) => check.status === 'pass')).toBe(true);
  });

  it('tall storage does not stand before a window, and things for desks need a desk', () => {
    const items: LayoutItem[] = [
      {
        item_key: 'tall',
        role: 'storage',
        count: 3,
        width_ft: 3,
        depth_ft: 1.5,
        height_ft: 6.5,
        mount: 'wall_side',
      },
      { item_key: 'arm', role: 'monitor_arm', count: 2, width_ft: 0.5, depth_ft: 0.5, mount: 'on_surface' },
    ];
    const room = { polygon: box(20, 20), doors: [at(10, 0, 3)], windows: [at(10, 20, 18)] };
    const result = layoutSpace(room, items, 'density');
    expectSound(room, items, result);
    for (const p of result.placements) expect(p.y < 17 || p.x < 1.6 || p.x > 18.4).toBe(true);
    expect(result.unplaced).toEqual([expect.objectContaining({ item_key: 'arm', count: 2 })]);
  });

  it('knows nothing of a room without an outline', () => {
    const result = layoutSpace({ polygon: [] }, workplaces(2), 'density');
    expect(result.unplaced.map((u) => u.count)).toEqual([2, 2, 2]);
    expect(result.notes[0]).toContain('outline');
  });
});

describe('a large private office', () => {
  it('has its desk wherever the door is: what would bar the only way to it stands elsewhere', () => {
    const piece = (role: string, count: number, width_in: number, depth_in: number): LayoutItem => ({
      item_key: role,
      role,
      count,
      width_ft: width_in / 12,
      depth_ft: depth_in / 12,
      mount: role.endsWith('storage') ? 'wall_side' : 'floor',
    });
    const items = [
      piece('desk', 1, 72, 30),
      piece('executive_chair', 1, 27, 27),
      piece('guest_chair', 2, 24, 24),
      piece('lounge_chair', 2, 31, 31),
      piece('side_table', 1, 36, 36),
      piece('office_storage', 1, 36, 18),
      piece('coat_storage', 1, 60, 16),
    ];
    for (const [width, length] of [
      [13, 20],
      [12, 21],
      [11.5, 21.5],
    ] as const) {
      for (const x of [2, 5, 8, 10]) {
        const room = {
          polygon: box(length, width),
          doors: [at(x, 0, 3)],
          windows: [at(length / 2, width, 8)],
        };
        const result = layoutSpace(room, items, 'density');
        expectSound(room, items, result);
        const missing = result.unplaced.map((one) => one.item_key);
        expect(
          missing.filter((key) => !key.endsWith('storage')),
          `${width} × ${length} ft, door at ${x}`,
        ).toEqual([]);
        expect(result.checks.find((check) => check.code === 'route')?.status).toBe('pass');
      }
    }
  });
});

describe('a cupboard in the way', () => {
  it('is left out before the desk it would block', () => {
    const piece = (
      item_key: string,
      role: string,
      count: number,
      width_ft: number,
      depth_ft: number,
      mount: 'floor' | 'wall_side',
    ): LayoutItem => ({
      item_key,
      role,
      count,
      width_ft,
      depth_ft,
      mount,
    });
    const room: LayoutRoom = {
      polygon: [
        [20.6, 0],
        [20.6, 15.4],
        [0, 15.4],
        [0, 0],
      ],
      doors: [
        { x: 8.5, y: 15.8, width_ft: 3 },
        { x: 2.3, y: -0.2, width_ft: 3.5 },
      ],
      windows: [],
    };
    const result = layoutSpace(
      room,
      [
        piece('desk', 'desk', 1, 6, 2.5, 'floor'),
        piece('chair', 'executive_chair', 1, 2.1, 2, 'floor'),
        piece('guests', 'guest_chair', 2, 1.9, 1.8, 'floor'),
        piece('storage', 'office_storage', 1, 3, 1.5, 'wall_side'),
        piece('coats', 'coat_storage', 1, 5, 1.3, 'wall_side'),
      ],
      'density',
    );
    expect(result.seats_placed).toBe(result.seats_needed);
    expect(
      result.unplaced.map((one) => one.item_key).filter((key) => key !== 'storage' && key !== 'coats'),
    ).toEqual([]);
  });
});

describe('any room, any bill', () => {
  const corner = fc.constantFrom(0, 1, 2, 3);
  const roomArb = fc.record({
    w: fc.integer({ min: 6, max: 34 }),
    h: fc.integer({ min: 6, max: 34 }),
    cut: fc.tuple(fc.double({ min: 0, max: 0.6, noNaN: true }), fc.double({ min: 0, max: 0.6, noNaN: true })),
    corner,
    angle: fc.double({ min: 0, max: 6.28, noNaN: true }),
    door: fc.double({ min: 0.15, max: 0.85, noNaN: true }),
    hole: fc.boolean(),
    columns: fc.array(
      fc.tuple(
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
      ),
      { maxLength: 3 },
    ),
  });
  const kinds: readonly LayoutItem[] = [
    ...workplaces(1),
    { item_key: 'bench', role: 'desk', count: 1, width_ft: 10, depth_ft: 5, places: 4 },
    { item_key: 'meeting', role: 'meeting_table', count: 1, width_ft: 6, depth_ft: 3.5, places: 6 },
    { item_key: 'seat', role: 'meeting_chair', count: 1, width_ft: 2, depth_ft: 2 },
    { item_key: 'sofa', role: 'lounge_seat', count: 1, width_ft: 6, depth_ft: 2.8, places: 2 },
    { item_key: 'low', role: 'coffee_table', count: 1, width_ft: 3, depth_ft: 2 },
    {
      item_key: 'locker',
      role: 'locker',
      count: 1,
      width_ft: 3,
      depth_ft: 1.5,
      height_ft: 6,
      mount: 'wall_side',
    },
    { item_key: 'plant', role: 'planter', count: 1, width_ft: 1.3, depth_ft: 1.3, mount: 'floor' },
    { item_key: 'panel', role: 'acoustic_panel', count: 1, width_ft: 4, depth_ft: 0.2, mount: 'wall' },
  ];

  it('nothing overlaps, nothing stands outside, and plan count plus what is told equals bill count', () => {
    fc.assert(
      fc.property(
        roomArb,
        fc.array(fc.integer({ min: 0, max: 8 }), { minLength: kinds.length, maxLength: kinds.length }),
        fc.constantFrom(...ARRANGEMENTS),
        (shape, counts, arrangement) => {
          const { w, h, angle } = shape;
          const [cx, cy] = [w * shape.cut[0], h * shape.cut[1]];
          const local: XY[] =
            cx < 0.5 || cy < 0.5
              ? box(w, h)
              : [
                  [0, 0],
                  [w, 0],
                  [w, h - cy],
                  [w - cx, h - cy],
                  [w - cx, h],
                  [0, h],
                ];
          const shaft = shape.hole
            ? [box(2, 2).map(([x, y]) => turn([x + 0.55 * w, y + 0.3 * h], angle))]
            : [];
          const room: LayoutRoom = {
            polygon: local.map((p) => turn(p, angle)),
            holes: shaft,
            doors: [at(w * shape.door, 0, 3, angle)],
            windows: [at(0, h / 2, 4, angle)],
            columns: shape.columns.map(([x, y]) => at(x * w, y * h, 1.2, angle)),
          };
          const items = kinds
            .map((kind, i) => ({ ...kind, count: counts[i]! }))
            .filter((item) => item.count > 0);
          const result = layoutSpace(room, items, arrangement);
          expectSound(room, items, result);
          expectDoorOpens(result, w * shape.door, angle);
          expect(layoutSpace(room, items, arrangement)).toEqual(result);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('offers the three arrangements', () => {
    const choices = layoutChoices(
      { polygon: box(40, 30), doors: [at(5, 0, 3)], windows: [at(20, 30, 20)] },
      workplaces(8),
    );
    expect(choices.map((choice) => choice.arrangement)).toEqual(['density', 'light', 'collaboration']);
    expect(choices.every((choice) => choice.seats_placed === 8)).toBe(true);
  });
});

describe('a shallow reception behind a double door', () => {
  const room: LayoutRoom = {
    polygon: [
      [0, 0],
      [21, 0],
      [21, 10.3],
      [0, 10.3],
    ],
    doors: [{ x: 10.5, y: 0, width_ft: 7 }],
  };

  it('has its desk sideways to the door, clear of the floor the door needs, where it cannot face it', () => {
    const items: LayoutItem[] = [
      { item_key: 'desk', role: 'reception_desk', count: 1, width_ft: 6, depth_ft: 2.5 },
      { item_key: 'chair', role: 'task_chair', count: 1, width_ft: 2.2, depth_ft: 2.2 },
    ];
    const result = layoutSpace(room, items, 'density');
    expect(result.unplaced).toEqual([]);
    expect(result.checks.map((check) => check.status)).toEqual(['pass', 'pass', 'pass']);
    const desk = result.placements.find((one) => one.item_key === 'desk');
    expect((desk?.rotation_deg ?? 0) % 180).toBe(90);
  });
});
