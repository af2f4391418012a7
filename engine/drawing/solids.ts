// How a product looks in three dimensions: a handful of boxes and upright cylinders worked out from its kind and its outside
// dimensions. Schematic, never a likeness. Inches; the origin is the middle of the footprint on the floor, x to the right
// along the width, y upwards, z towards the front edge (the side a person sits at).
import type { ShapeFacts } from './paths.ts';

/** What a part is made of, for its colour: frame, top or casing, upholstery, glass, or planting. */
export type SolidTone = 'frame' | 'surface' | 'soft' | 'glass' | 'green';

export interface Solid {
  shape: 'box' | 'cylinder';
  /** Middle of the part. */
  x: number;
  y: number;
  z: number;
  /** Size along x, y and z; a cylinder stands upright and fills the box. */
  width: number;
  height: number;
  depth: number;
  tone: SolidTone;
}

type Build = (facts: Required<Pick<ShapeFacts, 'width' | 'depth' | 'height'>> & ShapeFacts) => Solid[];

/** A box from its left, bottom and back edges. */
function box(
  tone: SolidTone,
  [x0, x1]: [number, number],
  [y0, y1]: [number, number],
  [z0, z1]: [number, number],
): Solid {
  return {
    shape: 'box',
    x: (x0 + x1) / 2,
    y: (y0 + y1) / 2,
    z: (z0 + z1) / 2,
    width: x1 - x0,
    height: y1 - y0,
    depth: z1 - z0,
    tone,
  };
}

const round = (tone: SolidTone, x: number, z: number, size: number, [y0, y1]: [number, number]): Solid => ({
  ...box(tone, [x - size / 2, x + size / 2], [y0, y1], [z - size / 2, z + size / 2]),
  shape: 'cylinder',
});

/** A pad on an upright that stands on a bracket from under the seat. */
function armrest(side: -1 | 1, { w, d, seat }: { w: number; d: number; seat: number }): Solid[] {
  const x = side * (w / 2 - 1);
  const edge = side * w * 0.4;
  const across = (a: number, b: number): [number, number] => [Math.min(a, b), Math.max(a, b)];
  return [
    box('frame', [x - 1, x + 1], [seat + 7, seat + 8.4], [-d * 0.3, d * 0.3]),
    box('frame', [x - 0.5, x + 0.5], [seat - 2.4, seat + 7], [-1.2, 1.2]),
    box('frame', across(x, edge), [seat - 2.4, seat - 1.4], [-1.2, 1.2]),
  ];
}

const chair =
  (options: { seat: number; arms?: boolean; swivel?: boolean }): Build =>
  ({ width: w, depth: d, height: h }) => {
    const seat = Math.min(options.seat, h * 0.7);
    const [l, r, back, front] = [-w / 2, w / 2, -d / 2, d / 2];
    const parts = [
      box('soft', [l + w * 0.1, r - w * 0.1], [seat - 3, seat], [back + d * 0.12, front]),
      box('soft', [l + w * 0.14, r - w * 0.14], [seat, h], [back, back + d * 0.14]),
    ];
    if (options.swivel) {
      parts.push(round('frame', 0, 0, 2.4, [3, seat - 3]), round('frame', 0, 0, Math.min(w, d), [0.6, 2.4]));
    } else {
      for (const x of [l + w * 0.12, r - w * 0.12])
        for (const z of [back + d * 0.12, front - d * 0.1])
          parts.push(box('frame', [x - 0.6, x + 0.6], [0, seat - 3], [z - 0.6, z + 0.6]));
    }
    if (options.arms && h > seat + 8)
      for (const side of [-1, 1]) parts.push(...armrest(side as -1 | 1, { w, d, seat }));
    return parts;
  };

const stool: Build = ({ width: w, depth: d, height: h }) => [
  round('frame', 0, 0, Math.min(w, d) * 0.9, [0, 1.2]),
  round('frame', 0, 0, 2.4, [1.2, h - 3]),
  round('soft', 0, 0, Math.min(w, d), [Math.max(0, h - 3), h]),
];

const table =
  (options: { column?: boolean; round?: boolean; screen?: boolean; modesty?: boolean } = {}): Build =>
  ({ width: w, depth: d, height: h }) => {
    const thick = Math.min(1.4, h * 0.1);
    const [l, r, back, front] = [-w / 2, w / 2, -d / 2, d / 2];
    const square = Math.abs(w - d) < 2;
    const top = box('surface', [l, r], [h - thick, h], [back, front]);
    if (options.column && square) top.shape = 'cylinder';
    if (options.column && w <= 54)
      return [
        top,
        round('frame', 0, 0, 3, [1, h - thick]),
        round('frame', 0, 0, Math.min(w, d) * 0.55, [0, 1]),
      ];
    const legs = [l + 2, r - 2].flatMap((x) =>
      [back + 2, front - 2].map((z) => box('frame', [x - 1, x + 1], [0, h - thick], [z - 1, z + 1])),
    );
    const modesty = options.modesty
      ? [box('surface', [l + 6, r - 6], [h - 16, h - thick], [back + 3, back + 3.8])]
      : [];
    return [top, ...legs, ...modesty];
  };

const returnDesk: Build = (facts) => {
  const { width: w, depth: d, height: h } = facts;
  const leg = Math.min(30, d * 0.45, w * 0.45);
  const [l, r, back, front] = [-w / 2, w / 2, -d / 2, d / 2];
  return [
    box('surface', [l, r], [h - 1.4, h], [back, back + leg]),
    box('surface', [r - leg, r], [h - 1.4, h], [back + leg, front]),
    ...[
      [l + 2, back + 2],
      [l + 2, back + leg - 2],
      [r - 2, back + 2],
      [r - 2, front - 2],
      [r - leg + 2, front - 2],
    ].map(([x = 0, z = 0]) => box('frame', [x - 1, x + 1], [0, h - 1.4], [z - 1, z + 1])),
  ];
};

const casework =
  (options: { shelves?: boolean } = {}): Build =>
  ({ width: w, depth: d, height: h, compartments }) => {
    const [l, r, back, front] = [-w / 2, w / 2, -d / 2, d / 2];
    if (!options.shelves)
      return [
        box('frame', [l + 0.5, r - 0.5], [0, Math.min(2, h * 0.1)], [back + 0.5, front - 1.5]),
        box('surface', [l, r], [Math.min(2, h * 0.1), h], [back, front]),
      ];
    const boards = Math.max(2, compartments ?? Math.round(h / 14)) + 1;
    return [
      box('surface', [l, l + 1], [0, h], [back, front]),
      box('surface', [r - 1, r], [0, h], [back, front]),
      box('surface', [l + 1, r - 1], [0, h], [back, back + 0.5]),
      ...Array.from({ length: boards }, (_, i) => {
        const y = (i / (boards - 1)) * (h - 1);
        return box('surface', [l + 1, r - 1], [y, y + 1], [back + 0.5, front]);
      }),
    ];
  };

const sofa =
  (options: { arms?: boolean } = {}): Build =>
  ({ width: w, depth: d, height: h }) => {
    const seat = Math.min(17, h * 0.6);
    const arm = options.arms === false ? 0 : Math.min(6, w * 0.14);
    const [l, r, back, front] = [-w / 2, w / 2, -d / 2, d / 2];
    return [
      box('soft', [l + arm, r - arm], [3, seat], [back + d * 0.22, front]),
      box('soft', [l, r], [3, h], [back, back + d * 0.22]),
      ...(arm > 0
        ? [
            box('soft', [l, l + arm], [3, Math.min(h, seat + 7)], [back + d * 0.22, front]),
            box('soft', [r - arm, r], [3, Math.min(h, seat + 7)], [back + d * 0.22, front]),
          ]
        : []),
      ...[l + 3, r - 3].flatMap((x) =>
        [back + 3, front - 3].map((z) => box('frame', [x - 1, x + 1], [0, 3], [z - 1, z + 1])),
      ),
    ];
  };

const booth: Build = ({ width: w, depth: d, height: h }) => {
  const wall = Math.min(3, w * 0.1, d * 0.1);
  const [l, r, back, front] = [-w / 2, w / 2, -d / 2, d / 2];
  return [
    box('surface', [l, r], [0, 2], [back, front]),
    box('surface', [l, r], [h - 3, h], [back, front]),
    box('surface', [l, l + wall], [2, h - 3], [back, front]),
    box('surface', [r - wall, r], [2, h - 3], [back, front]),
    box('surface', [l + wall, r - wall], [2, h - 3], [back, back + wall]),
    box('glass', [l + wall, r - wall], [2, h - 3], [front - 1, front]),
    box('soft', [l + wall, r - wall], [2, 18], [back + wall, back + d * 0.35]),
  ];
};

const panel: Build = ({ width: w, depth: d, height: h }) => [
  box('soft', [-w / 2, w / 2], [0, h], [-d / 2, d / 2]),
];

const standing: Build = ({ width: w, depth: d, height: h }) => [
  box('soft', [-w / 2, w / 2], [2, h], [-Math.min(d / 2, 1.5), Math.min(d / 2, 1.5)]),
  ...[-w * 0.36, w * 0.36].map((x) => box('frame', [x - 1.5, x + 1.5], [0, 2], [-d / 2, d / 2])),
];

const board: Build = ({ width: w, depth: d, height: h }) => [
  box('surface', [-w / 2, w / 2], [h * 0.38, h], [-Math.min(d / 2, 1), Math.min(d / 2, 1)]),
  ...[-w * 0.4, w * 0.4].map((x) => box('frame', [x - 1, x + 1], [0, h * 0.38], [-1, 1])),
  ...[-w * 0.4, w * 0.4].map((x) => box('frame', [x - 1, x + 1], [0, 1.5], [-d / 2, d / 2])),
];

const lamp: Build = ({ width: w, depth: d, height: h }) => [
  round('frame', 0, 0, Math.min(w, d) * 0.6, [0, 1]),
  round('frame', 0, 0, 1, [1, h - Math.min(10, h * 0.3)]),
  round('soft', 0, 0, Math.min(w, d), [h - Math.min(10, h * 0.3), h]),
];

const planter: Build = ({ width: w, depth: d, height: h }) => [
  box('surface', [-w / 2, w / 2], [0, h * 0.6], [-d / 2, d / 2]),
  box('green', [-w * 0.42, w * 0.42], [h * 0.6, h], [-d * 0.42, d * 0.42]),
];

const parasol: Build = ({ width: w, depth: d, height: h }) => [
  round('frame', 0, 0, 22, [0, 3]),
  round('frame', 0, 0, 1.8, [3, h - 8]),
  round('soft', 0, 0, Math.min(w, d), [h - 8, h]),
];

const plain: Build = ({ width: w, depth: d, height: h }) => [
  box('surface', [-w / 2, w / 2], [0, h], [-d / 2, d / 2]),
];

const diningSet: Build = (facts) => {
  const { width: w, depth: d, height: h } = facts;
  const tableDepth = d * 0.5;
  return [
    ...table()({ ...facts, width: w * 0.9, depth: tableDepth, height: Math.min(h, 29) }),
    ...[-1, 1].flatMap((side) =>
      [-w * 0.22, w * 0.22].map((x) =>
        box(
          'soft',
          [x - 9, x + 9],
          [0, 17.5],
          side < 0 ? [-d / 2, -d / 2 + d * 0.2] : [d / 2 - d * 0.2, d / 2],
        ),
      ),
    ),
    ...[-1, 1].flatMap((side) =>
      [-w * 0.22, w * 0.22].map((x) =>
        box(
          'soft',
          [x - 9, x + 9],
          [17.5, h],
          side < 0 ? [-d / 2, -d / 2 + d * 0.04] : [d / 2 - d * 0.04, d / 2],
        ),
      ),
    ),
  ];
};

const KINDS: Record<string, Build> = {
  task_chair: chair({ seat: 18.5, arms: true, swivel: true }),
  executive_chair: chair({ seat: 19, arms: true, swivel: true }),
  conference_chair: chair({ seat: 18.5, arms: true, swivel: true }),
  drafting_stool: chair({ seat: 30, swivel: true }),
  active_stool: stool,
  guest_chair: chair({ seat: 17.5, arms: true }),
  stacking_chair: chair({ seat: 17.5 }),
  nesting_chair: chair({ seat: 17.5 }),
  cafe_chair: chair({ seat: 17.5 }),
  outdoor_chair: chair({ seat: 17.5, arms: true }),
  bar_stool: chair({ seat: 30 }),
  bench_seat: sofa({ arms: false }),
  outdoor_bench: sofa({ arms: false }),
  lounge_bench: sofa({ arms: false }),
  ottoman: panel,
  bench_desk: table(),
  height_adjustable_desk: table(),
  straight_desk: table(),
  touchdown_desk: table(),
  private_office_desk: table({ modesty: true }),
  corner_desk: returnDesk,
  reception_desk: casework(),
  meeting_table: table({ column: true }),
  training_table: table(),
  cafe_table: table({ column: true }),
  bar_table: table({ column: true }),
  collaboration_table: table(),
  side_table: table({ column: true }),
  coffee_table: table(),
  outdoor_table: table({ column: true }),
  conference_table: table(),
  bookcase: casework({ shelves: true }),
  shelving: casework({ shelves: true }),
  sofa: sofa(),
  outdoor_sofa: sofa(),
  modular_lounge: sofa({ arms: false }),
  lounge_chair: sofa(),
  outdoor_lounger: sofa(),
  high_back_sofa: sofa(),
  phone_booth: booth,
  meeting_pod: booth,
  acoustic_panel: panel,
  ceiling_baffle: panel,
  desk_screen: panel,
  freestanding_screen: standing,
  whiteboard: plain,
  mobile_whiteboard: board,
  display_stand: board,
  floor_lamp: lamp,
  desk_lamp: lamp,
  planter,
  outdoor_planter: planter,
  parasol,
  outdoor_dining_set: diningSet,
};

const CATEGORY_KIND: Record<string, Build> = {
  seating: chair({ seat: 17.5 }),
  desks: table(),
  tables: table(),
  storage: casework(),
  lounge: sofa(),
};

/** The product's parts; they reach its height and never leave its outside dimensions. */
export function solidsOf(facts: ShapeFacts): Solid[] {
  const build = KINDS[facts.subcategory ?? ''] ?? CATEGORY_KIND[facts.category] ?? plain;
  const [w, d, h] = [facts.width / 2, facts.depth / 2, facts.height];
  const parts = build(facts).flatMap((part) => clipped(part, [-w, w], [0, h], [-d, d]));
  // Too small for its parts: the plain box says all that is known.
  return parts.some((part) => part.y + part.height / 2 > h - 1e-6) ? parts : plain(facts);
}

/** The part of a solid inside the given ranges; very flat or small products squeeze what would stand out. */
function clipped(part: Solid, x: [number, number], y: [number, number], z: [number, number]): Solid[] {
  const cut = (middle: number, size: number, [low, high]: [number, number]): [number, number] => [
    Math.max(low, middle - size / 2),
    Math.min(high, middle + size / 2),
  ];
  const [x0, x1] = cut(part.x, part.width, x);
  const [y0, y1] = cut(part.y, part.height, y);
  const [z0, z1] = cut(part.z, part.depth, z);
  if (x1 - x0 <= 1e-6 || y1 - y0 <= 1e-6 || z1 - z0 <= 1e-6) return [];
  return [{ ...box(part.tone, [x0, x1], [y0, y1], [z0, z1]), shape: part.shape }];
}

/**
 * How high the underside of a mounted piece is above the floor, in inches: on a desk, on the wall, under the ceiling.
 * Furniture on the floor starts at 0.
 */
export function mountHeight(subcategory: string | null, height: number): number {
  switch (subcategory) {
    case 'monitor_arm':
    case 'desk_lamp':
    case 'power_module':
    case 'laptop_stand':
    case 'desk_organizer':
    case 'desk_screen':
      return 29;
    case 'cable_tray':
    case 'keyboard_tray':
      return 24;
    case 'whiteboard':
      return 36;
    case 'acoustic_panel':
      return 40;
    case 'wall_clock':
      return 78;
    case 'ceiling_baffle':
      return Math.max(84, 108 - height);
    default:
      return 0;
  }
}
