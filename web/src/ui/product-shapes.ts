// How a product looks in outline, worked out from its kind and its outside dimensions: front view and view from above.
// Lengths are inches; x to the right, y downwards, the floor at y = height. Schematic, never a likeness: only the outside
// dimensions, the number of places and the number of compartments are facts of the product.

export interface ShapeFacts {
  category: string;
  subcategory: string | null;
  width: number;
  depth: number;
  height: number;
  seats?: number | undefined;
  compartments?: number | undefined;
}

/** A path with its tone: a filled body, a darker part, or a line without fill. */
export interface Shape {
  d: string;
  tone: 'body' | 'part' | 'line' | 'dash';
}

const n = (value: number) => Math.round(value * 100) / 100;

function box(x: number, y: number, w: number, h: number, r = 0): string {
  const radius = Math.max(0, Math.min(r, w / 2, h / 2));
  if (radius === 0) return `M${n(x)} ${n(y)}h${n(w)}v${n(h)}h${n(-w)}z`;
  const a = `a${n(radius)} ${n(radius)} 0 0 1`;
  return (
    `M${n(x + radius)} ${n(y)}h${n(w - 2 * radius)}${a} ${n(radius)} ${n(radius)}v${n(h - 2 * radius)}` +
    `${a} ${n(-radius)} ${n(radius)}h${n(2 * radius - w)}${a} ${n(-radius)} ${n(-radius)}v${n(2 * radius - h)}` +
    `${a} ${n(radius)} ${n(-radius)}z`
  );
}
function ellipse(cx: number, cy: number, rx: number, ry: number): string {
  return `M${n(cx - rx)} ${n(cy)}a${n(rx)} ${n(ry)} 0 1 0 ${n(2 * rx)} 0a${n(rx)} ${n(ry)} 0 1 0 ${n(-2 * rx)} 0z`;
}
function path(...points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${n(x)} ${n(y)}`).join('');
}
const closed = (...points: readonly (readonly [number, number])[]) => `${path(...points)}z`;
const body = (d: string): Shape => ({ d, tone: 'body' });
const part = (d: string): Shape => ({ d, tone: 'part' });
const line = (d: string): Shape => ({ d, tone: 'line' });
const dash = (d: string): Shape => ({ d, tone: 'dash' });

/** Middles of `count` equal parts between `from` and `to`. */
function middles(count: number, from: number, to: number): number[] {
  const step = (to - from) / count;
  return Array.from({ length: count }, (_, index) => from + step * (index + 0.5));
}
/** The places that divide a length into `count` parts. */
function cuts(count: number, from: number, to: number): number[] {
  const step = (to - from) / count;
  return Array.from({ length: Math.max(0, count - 1) }, (_, index) => from + step * (index + 1));
}

type Draw = (facts: ShapeFacts) => Shape[];

const swivel =
  (options: { seat?: number; arms?: boolean; headrest?: boolean; ring?: boolean }): Draw =>
  ({ width: w, height: h }) => {
    const seatTop = h - Math.min(options.seat ?? 18.5, h * 0.68);
    const mid = w / 2;
    const backTop = options.headrest ? h * 0.13 : 0;
    const shapes = [
      line(path([mid, seatTop + 3], [mid, h - 4])),
      line(path([w * 0.08, h - 2.2], [mid, h - 5], [w * 0.92, h - 2.2])),
      line(path([w * 0.32, h - 1.6], [mid, h - 5], [w * 0.68, h - 1.6])),
      ...[w * 0.08, w * 0.32, w * 0.68, w * 0.92].map((x) => part(ellipse(x, h - 1.2, 1.2, 1.2))),
      body(box(w * 0.17, backTop, w * 0.66, seatTop - backTop - 1.5, w * 0.16)),
      part(box(w * 0.12, seatTop, w * 0.76, 3.4, 1.7)),
    ];
    if (options.headrest) shapes.push(part(box(w * 0.28, 0, w * 0.44, h * 0.1, 2)));
    if (options.ring) shapes.push(line(ellipse(mid, h - 14, w * 0.26, 1.6)));
    if (options.arms !== false)
      shapes.push(
        line(path([w * 0.13, seatTop + 1.6], [w * 0.02, seatTop + 0.5], [w * 0.02, seatTop - 8])),
        line(path([w * 0.87, seatTop + 1.6], [w * 0.98, seatTop + 0.5], [w * 0.98, seatTop - 8])),
        part(box(0, seatTop - 9.4, w * 0.13, 1.6, 0.8)),
        part(box(w * 0.87, seatTop - 9.4, w * 0.13, 1.6, 0.8)),
      );
    return shapes;
  };

const legged =
  (options: { seat: number; arms?: boolean; castors?: boolean }): Draw =>
  ({ width: w, height: h }) => {
    const seatTop = h - Math.min(options.seat, h * 0.8);
    const floor = options.castors ? h - 2.4 : h;
    const inset = w * 0.1;
    const shapes = [
      line(path([inset, seatTop + 2], [w * 0.04, floor])),
      line(path([w - inset, seatTop + 2], [w * 0.96, floor])),
      line(path([w * 0.24, seatTop + 2], [w * 0.2, floor - 1.5])),
      line(path([w * 0.76, seatTop + 2], [w * 0.8, floor - 1.5])),
      body(box(w * 0.13, 0, w * 0.74, Math.max(2, (seatTop - 1) * 0.82), w * 0.09)),
      line(path([w * 0.2, (seatTop - 1) * 0.8], [w * 0.2, seatTop])),
      line(path([w * 0.8, (seatTop - 1) * 0.8], [w * 0.8, seatTop])),
      part(box(w * 0.07, seatTop, w * 0.86, 2.2, 1.1)),
    ];
    if (options.castors) shapes.push(...[w * 0.04, w * 0.96].map((x) => part(ellipse(x, h - 1.2, 1.2, 1.2))));
    if (options.seat > 24) shapes.push(line(path([w * 0.08, h - 11], [w * 0.92, h - 11])));
    if (options.arms)
      shapes.push(
        line(path([w * 0.08, seatTop + 1], [w * 0.04, seatTop - 8])),
        line(path([w * 0.92, seatTop + 1], [w * 0.96, seatTop - 8])),
        part(box(0, seatTop - 9, w * 0.12, 1.6, 0.8)),
        part(box(w * 0.88, seatTop - 9, w * 0.12, 1.6, 0.8)),
      );
    return shapes;
  };

const stool: Draw = ({ width: w, height: h }) => [
  line(path([w / 2, 4], [w / 2, h - 2])),
  part(box(w * 0.06, h - 2.2, w * 0.88, 2.2, 1.1)),
  body(box(0, 0, w, Math.min(5, h * 0.22), 2.4)),
];

const beam: Draw = ({ width: w, height: h, seats = 3 }) => {
  const seatTop = h > 22 ? h - 17.5 : 0;
  return [
    ...[w * 0.12, w * 0.88].map((x) => line(path([x, seatTop + 3], [x, h]))),
    line(path([w * 0.05, h], [w * 0.19, h])),
    line(path([w * 0.81, h], [w * 0.95, h])),
    part(box(0, seatTop + 2.6, w, 1.6)),
    ...middles(seats, 0, w).flatMap((x) => {
      const half = (w / seats) * 0.46;
      return [
        ...(seatTop > 0 ? [body(box(x - half, 0, half * 2, seatTop - 1, 2))] : []),
        body(box(x - half, seatTop, half * 2, 2.6, 1.2)),
      ];
    }),
  ];
};

const desk =
  (options: { feet?: boolean; modesty?: boolean; shared?: boolean }): Draw =>
  ({ width: w, height: h, seats = 1 }) => {
    const legs = [2.5, w - 4.5];
    const places = options.shared ? Math.max(1, Math.round(seats / 2)) : 1;
    const shapes = [
      ...legs.map((x) => body(box(x, 1.4, 2, h - 1.4))),
      ...cuts(places, 0, w).map((x) => body(box(x - 1, 1.4, 2, h - 1.4))),
    ];
    if (options.modesty) shapes.push(body(box(6, 2.4, w - 12, Math.min(14, h * 0.5))));
    if (options.feet)
      shapes.push(
        ...legs.map((x) => part(box(x - 1.5, h - 1.4, 5, 1.4, 0.7))),
        dash(path([0, h - 27.5], [w, h - 27.5])),
      );
    shapes.push(part(box(0, 0, w, 1.4, 0.3)), ...cuts(places, 0, w).map((x) => line(path([x, 0], [x, 1.4]))));
    return shapes;
  };

const returnDesk: Draw = (facts) => {
  const { width: w, height: h } = facts;
  return [
    ...desk({})(facts),
    body(box(w * 0.62, 1.4, w * 0.34, h - 3)),
    line(path([w * 0.62, h * 0.5], [w * 0.96, h * 0.5])),
  ];
};

const reception: Draw = ({ width: w, height: h }) => [
  body(box(w * 0.02, 2, w * 0.96, h - 4)),
  part(box(0, 0, w, 2, 0.4)),
  part(box(w * 0.04, h - 2, w * 0.92, 2)),
  ...cuts(3, w * 0.02, w * 0.98).map((x) => line(path([x, 2], [x, h - 2]))),
  dash(path([w * 0.02, h - 29], [w * 0.98, h - 29])),
];

const table =
  (options: { column?: boolean; castors?: boolean; panels?: boolean }): Draw =>
  ({ width: w, height: h }) => {
    const top = part(box(0, 0, w, Math.min(1.5, h * 0.12), 0.4));
    if (options.column || w < 40) {
      return [
        body(box(w / 2 - 1.4, 1.2, 2.8, h - 2.4)),
        part(box(w * 0.22, h - 1.3, w * 0.56, 1.3, 0.6)),
        top,
      ];
    }
    if (options.panels) {
      const bases = w > 150 ? [0.14, 0.5, 0.86] : [0.2, 0.8];
      return [
        ...bases.map((at) =>
          body(closed([w * at - 7, h], [w * at - 5, 1.5], [w * at + 5, 1.5], [w * at + 7, h])),
        ),
        top,
      ];
    }
    const legs = [3, w - 5];
    return [
      ...legs.map((x) => body(box(x, 1.4, 2, h - (options.castors ? 3.6 : 1.4)))),
      ...(options.castors ? legs.map((x) => part(ellipse(x + 1, h - 1.2, 1.2, 1.2))) : []),
      line(path([5, 4], [w - 5, 4])),
      top,
    ];
  };

function pull(x: number, y: number, width: number): Shape {
  return line(path([x - width / 2, y], [x + width / 2, y]));
}

const drawers: Draw = ({ width: w, height: h, compartments }) => {
  const count = Math.max(1, compartments ?? Math.round(h / 13));
  const top = 1;
  const bottom = h - 2;
  const step = (bottom - top) / count;
  return [
    body(box(0, 0, w, h - 1.2)),
    part(box(w * 0.06, h - 1.2, w * 0.88, 1.2)),
    ...cuts(count, top, bottom).map((y) => line(path([0, y], [w, y]))),
    ...middles(count, top, bottom).map((y) => pull(w / 2, y - step * 0.28, Math.min(6, w * 0.3))),
  ];
};
const doors: Draw = ({ width: w, height: h }) => {
  const count = Math.max(1, Math.round(w / 20));
  return [
    body(box(0, 0, w, h - 2)),
    part(box(w * 0.03, h - 2, w * 0.94, 2)),
    ...cuts(count, 0, w).map((x) => line(path([x, 1.2], [x, h - 2]))),
    line(path([0, 1.2], [w, 1.2])),
    ...middles(count, 0, w).map((x, index) => {
      const side = index % 2 === 0 ? 1 : -1;
      const at = x + side * (w / count) * 0.38;
      return line(path([at, h * 0.42], [at, h * 0.42 + Math.min(7, h * 0.18)]));
    }),
  ];
};
const shelves: Draw = ({ width: w, height: h, compartments }) => [
  body(box(0, 0, w, h)),
  ...cuts(Math.max(2, compartments ?? Math.round(h / 14)), 0, h).map((y) => part(box(1, y - 0.5, w - 2, 1))),
  line(path([1, 0], [1, h])),
  line(path([w - 1, 0], [w - 1, h])),
];
const lockers: Draw = ({ width: w, height: h, compartments = 6 }) => {
  const columns = Math.max(1, Math.min(compartments, Math.round(w / 12)));
  const rows = Math.max(1, Math.ceil(compartments / columns));
  return [
    body(box(0, 0, w, h - 3)),
    part(box(1, h - 3, w - 2, 3)),
    ...cuts(columns, 0, w).map((x) => line(path([x, 0], [x, h - 3]))),
    ...cuts(rows, 0, h - 3).map((y) => line(path([0, y], [w, y]))),
    ...middles(rows, 0, h - 3).flatMap((y) =>
      middles(columns, 0, w).map((x) => part(ellipse(x + (w / columns) * 0.32, y, 0.8, 0.8))),
    ),
  ];
};

const sofa =
  (options: { high?: boolean; arms?: boolean }): Draw =>
  ({ width: w, height: h, seats = 1 }) => {
    const seatTop = h - Math.min(17, h * 0.62);
    const arm = options.arms === false ? 0 : Math.min(6, w * 0.14);
    const armTop = options.high ? 2 : Math.max(2, seatTop - 7);
    return [
      ...[w * 0.08, w * 0.92].map((x) => line(path([x, h - 3.5], [x, h]))),
      body(box(arm * 0.6, 0, w - arm * 1.2, seatTop + 4, 3)),
      body(box(0, seatTop + 4, w, h - seatTop - 7.5, 1.2)),
      ...middles(seats, arm, w - arm).map((x) => {
        const half = (w - 2 * arm) / seats / 2;
        return part(box(x - half + 0.3, seatTop, half * 2 - 0.6, 5, 1.8));
      }),
      ...(arm > 0
        ? [
            body(box(0, armTop, arm, h - armTop - 3.5, 2)),
            body(box(w - arm, armTop, arm, h - armTop - 3.5, 2)),
          ]
        : []),
    ];
  };
const ottoman: Draw = ({ width: w, height: h }) => [
  ...[w * 0.12, w * 0.88].map((x) => line(path([x, h - 3], [x, h]))),
  body(box(0, 0, w, h - 3, 2.6)),
  line(path([0, h * 0.38], [w, h * 0.38])),
];

const booth: Draw = ({ width: w, height: h, seats = 1 }) => {
  const wall = 3;
  const glass = seats > 1 ? 2 : 1;
  return [
    body(box(0, 0, w, h - 2, 1.5)),
    part(box(1, h - 2, w - 2, 2)),
    ...middles(glass, wall, w - wall).map((x) => {
      const half = (w - 2 * wall) / glass / 2 - 0.6;
      return line(box(x - half, wall + 2, half * 2, h - wall - 5, 0.6));
    }),
    line(path([w - wall - 3, h * 0.5], [w - wall - 3, h * 0.5 + 7])),
    dash(path([wall + 1, h - 18], [w * 0.62, h - 18])),
    dash(path([wall + 1, h - 40], [w * 0.4, h - 40])),
  ];
};
const panel =
  (options: { feet?: boolean; bands?: number }): Draw =>
  ({ width: w, height: h }) => {
    const bottom = options.feet ? h - 2.5 : h;
    return [
      body(box(0, 0, w, bottom, 1)),
      ...cuts(options.bands ?? Math.max(2, Math.round(w / 16)), 0, w).map((x) =>
        line(path([x, 0], [x, bottom])),
      ),
      ...(options.feet ? [w * 0.14, w * 0.86].map((x) => part(box(x - 4, h - 2.5, 8, 2.5, 1))) : []),
    ];
  };
const board =
  (options: { stand?: boolean }): Draw =>
  ({ width: w, height: h }) => {
    const bottom = options.stand ? h * 0.62 : h - 1.5;
    return [
      ...(options.stand
        ? [
            ...[w * 0.06, w * 0.94].map((x) => line(path([x, 1], [x, h - 2.4]))),
            line(path([w * 0.06, h * 0.8], [w * 0.94, h * 0.8])),
            ...[w * 0.06, w * 0.94].map((x) => part(ellipse(x, h - 1.2, 1.2, 1.2))),
          ]
        : []),
      body(box(0, 0, w, bottom, 0.6)),
      line(box(1.2, 1.2, w - 2.4, bottom - 2.4, 0.3)),
      part(box(w * 0.3, bottom, w * 0.4, 1.5, 0.4)),
    ];
  };
const screenStand: Draw = ({ width: w, height: h }) => [
  line(path([w / 2, h * 0.5], [w / 2, h - 2.4])),
  part(box(w * 0.12, h - 3.4, w * 0.76, 1.2, 0.6)),
  ...[w * 0.16, w * 0.84].map((x) => part(ellipse(x, h - 1.2, 1.2, 1.2))),
  body(box(0, 0, w, w * 0.58, 0.8)),
  part(box(w * 0.2, h * 0.62, w * 0.6, 1.2)),
];
const lectern: Draw = ({ width: w, height: h }) => [
  body(closed([w * 0.16, h - 2], [w * 0.16, 7], [w * 0.84, 7], [w * 0.84, h - 2])),
  part(closed([0, 6], [w * 0.06, 1], [w * 0.94, 1], [w, 6], [w, 8], [0, 8])),
  part(box(w * 0.06, h - 2, w * 0.88, 2, 0.6)),
];

const floorLamp: Draw = ({ width: w, height: h }) => [
  line(path([w / 2, 10], [w / 2, h - 1])),
  part(box(w * 0.2, h - 1.2, w * 0.6, 1.2, 0.6)),
  body(closed([w * 0.18, 0], [w * 0.82, 0], [w, 12], [0, 12])),
];
const taskLamp: Draw = ({ width: w, depth, height: h }) => {
  const reach = Math.max(w, Math.min(depth, w * 1.4));
  return [
    part(box(w * 0.15, h - 1, w * 0.7, 1, 0.5)),
    line(path([w / 2, h - 1], [w * 0.72, h * 0.45], [w * 0.4, 1.5])),
    part(box(Math.max(0, w * 0.4 - reach * 0.3), 0, Math.min(w, reach * 0.6), 1.6, 0.8)),
  ];
};
const arm: Draw = ({ width: w, height: h }) => [
  part(box(w * 0.1, h - 3, w * 0.8, 3, 0.4)),
  body(box(w * 0.36, h * 0.32, w * 0.28, h * 0.62)),
  body(box(w * 0.2, h * 0.2, w * 0.6, h * 0.16, 0.8)),
  part(box(0, 0, w, h * 0.3, 0.5)),
];
const planter: Draw = ({ width: w, height: h }) => [
  body(closed([0, 0], [w, 0], [w * 0.96, h], [w * 0.04, h])),
  line(path([w * 0.01, 2], [w * 0.99, 2])),
];
const parasol: Draw = ({ width: w, height: h }) => [
  line(path([w / 2, 0], [w / 2, h - 3])),
  body(closed([0, h * 0.22], [w / 2, 2], [w, h * 0.22])),
  ...[0.26, 0.74].map((at) => line(path([w / 2, 2], [w * at, h * 0.22]))),
  part(box(w / 2 - 11, h - 3, 22, 3, 1)),
];
const bin: Draw = ({ width: w, height: h }) => [
  body(closed([0, 0], [w, 0], [w * 0.88, h], [w * 0.12, h])),
  line(path([w * 0.03, h * 0.1], [w * 0.97, h * 0.1])),
];
const streams: Draw = ({ width: w, height: h, compartments = 3 }) => [
  body(box(0, 0, w, h - 1.5, 0.6)),
  part(box(1, h - 1.5, w - 2, 1.5)),
  ...cuts(compartments, 0, w).map((x) => line(path([x, 0], [x, h - 1.5]))),
  ...middles(compartments, 0, w).map((x) =>
    part(ellipse(x, h * 0.2, Math.min(4, w / compartments / 4), 2.2)),
  ),
];
const coats: Draw = ({ width: w, height: h }) => [
  line(path([w / 2, 0], [w / 2, h - 1])),
  part(box(w * 0.08, h - 1.4, w * 0.84, 1.4, 0.7)),
  ...[3, 10].flatMap((y) => [
    line(path([w / 2, y + 4], [w * 0.1, y])),
    line(path([w / 2, y + 4], [w * 0.9, y])),
  ]),
];
const clock: Draw = ({ width: w, height: h }) => [
  body(ellipse(w / 2, h / 2, w / 2, h / 2)),
  line(path([w / 2, h * 0.18], [w / 2, h / 2], [w * 0.7, h * 0.62])),
];
const baffles: Draw = ({ width: w, height: h }) => [
  line(path([w * 0.1, 0], [w * 0.1, h * 0.2])),
  line(path([w * 0.9, 0], [w * 0.9, h * 0.2])),
  body(box(0, h * 0.2, w, h * 0.8, 1)),
];
const plain: Draw = ({ width: w, height: h }) => [body(box(0, 0, w, h, Math.min(1, h * 0.2)))];
const diningSet: Draw = (facts) => {
  const { width: w, height: h } = facts;
  const chair = Math.min(20, w * 0.24);
  return [
    ...[0, w - chair].flatMap((x) => [
      body(box(x, 0, chair, Math.max(4, h - 18), 2)),
      part(box(x, h - 18, chair, 2, 1)),
      line(path([x + 2, h - 16], [x + 1, h])),
      line(path([x + chair - 2, h - 16], [x + chair - 1, h])),
    ]),
    part(box(w * 0.16, h * 0.03, w * 0.68, 1.6, 0.4)),
    ...[w * 0.24, w * 0.76].map((x) => line(path([x, h * 0.03 + 1.6], [x, h]))),
  ];
};

const KINDS: Record<string, Draw> = {
  task_chair: swivel({}),
  executive_chair: swivel({ headrest: true }),
  conference_chair: swivel({}),
  drafting_stool: swivel({ seat: 30, arms: false, ring: true }),
  active_stool: stool,
  guest_chair: legged({ seat: 17.5, arms: true }),
  stacking_chair: legged({ seat: 17.5 }),
  nesting_chair: legged({ seat: 17.5, castors: true }),
  cafe_chair: legged({ seat: 17.5 }),
  outdoor_chair: legged({ seat: 17.5, arms: true }),
  bar_stool: legged({ seat: 30 }),
  bench_seat: beam,
  outdoor_bench: beam,
  lounge_bench: beam,
  bench_desk: desk({ shared: true }),
  height_adjustable_desk: desk({ feet: true }),
  straight_desk: desk({}),
  touchdown_desk: desk({}),
  private_office_desk: desk({ modesty: true }),
  corner_desk: returnDesk,
  reception_desk: reception,
  meeting_table: table({}),
  training_table: table({ castors: true }),
  cafe_table: table({ column: true }),
  bar_table: table({ column: true }),
  collaboration_table: table({}),
  side_table: table({ column: true }),
  coffee_table: table({}),
  outdoor_table: table({ column: true }),
  conference_table: table({ panels: true }),
  pedestal: drawers,
  lateral_file: drawers,
  storage_tower: doors,
  storage_cabinet: doors,
  wardrobe: doors,
  credenza: doors,
  media_credenza: doors,
  bookcase: shelves,
  shelving: shelves,
  locker: lockers,
  sofa: sofa({}),
  outdoor_sofa: sofa({}),
  modular_lounge: sofa({ arms: false }),
  lounge_chair: sofa({}),
  outdoor_lounger: sofa({}),
  high_back_sofa: sofa({ high: true }),
  ottoman,
  phone_booth: booth,
  meeting_pod: booth,
  acoustic_panel: panel({}),
  desk_screen: panel({ bands: 1 }),
  freestanding_screen: panel({ feet: true }),
  ceiling_baffle: baffles,
  whiteboard: board({}),
  mobile_whiteboard: board({ stand: true }),
  display_stand: screenStand,
  lectern,
  floor_lamp: floorLamp,
  desk_lamp: taskLamp,
  monitor_arm: arm,
  planter,
  outdoor_planter: planter,
  parasol,
  waste_bin: bin,
  recycling_station: streams,
  coat_stand: coats,
  wall_clock: clock,
  outdoor_dining_set: diningSet,
};

/** What a product without a known subcategory is drawn as; nothing here: a plain box. */
const CATEGORY_KIND: Record<string, Draw> = {
  seating: legged({ seat: 17.5 }),
  desks: desk({}),
  tables: table({}),
  storage: doors,
};

/** Front view in a field of width × height. */
export function frontView(facts: ShapeFacts): Shape[] {
  const draw = KINDS[facts.subcategory ?? ''] ?? CATEGORY_KIND[facts.category] ?? plain;
  return draw(facts);
}

const CHAIRS = /chair$|stool$|^outdoor_lounger$/;
const SOFAS = /sofa$|^lounge_chair$/;

/** View from above in a field of width × depth; the front edge is at the bottom. */
export function topView({ subcategory, width: w, depth: d, seats = 1, compartments }: ShapeFacts): Shape[] {
  const kind = subcategory ?? '';
  if (SOFAS.test(kind) || kind === 'modular_lounge') {
    const back = d * 0.24;
    const side = kind === 'modular_lounge' ? 0 : Math.min(6, w * 0.14);
    return [
      body(box(0, 0, w, d, 2)),
      line(path([side, back], [w - side, back])),
      ...(side > 0 ? [line(path([side, back], [side, d])), line(path([w - side, back], [w - side, d]))] : []),
      ...cuts(seats, side, w - side).map((x) => line(path([x, back], [x, d]))),
    ];
  }
  if (CHAIRS.test(kind)) {
    return [
      body(box(w * 0.08, d * 0.14, w * 0.84, d * 0.86, w * 0.18)),
      part(box(w * 0.06, 0, w * 0.88, d * 0.17, w * 0.08)),
    ];
  }
  if (kind === 'corner_desk') {
    const leg = Math.min(30, d * 0.45);
    return [body(closed([0, 0], [w, 0], [w, d], [w - leg, d], [w - leg, leg], [0, leg]))];
  }
  if (kind === 'bench_desk') {
    const places = Math.max(1, Math.round(seats / 2));
    return [
      body(box(0, 0, w, d)),
      ...(d > 40 ? [line(path([0, d / 2], [w, d / 2]))] : []),
      ...cuts(places, 0, w).map((x) => line(path([x, 0], [x, d]))),
    ];
  }
  if (kind === 'phone_booth' || kind === 'meeting_pod')
    return [
      body(box(0, 0, w, d, 1.5)),
      line(box(3, 3, w - 6, d - 6, 0.6)),
      dash(path([3, d * 0.45], [w - 3, d * 0.45])),
    ];
  if (kind === 'parasol') {
    return [
      body(ellipse(w / 2, d / 2, w / 2, d / 2)),
      line(path([0, d / 2], [w, d / 2])),
      line(path([w / 2, 0], [w / 2, d])),
    ];
  }
  if (kind === 'locker') {
    const columns = Math.max(1, Math.min(compartments ?? 3, Math.round(w / 12)));
    return [body(box(0, 0, w, d)), ...cuts(columns, 0, w).map((x) => line(path([x, 0], [x, d])))];
  }
  return [body(box(0, 0, w, d, Math.min(1, d * 0.1)))];
}
