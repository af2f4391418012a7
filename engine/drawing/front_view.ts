// How a product looks from the front, worked out from its kind and its outside dimensions. Schematic, never a likeness:
// only the outside dimensions, the number of places and the number of compartments are facts of the product.
import { desk, doors, drawers, lockers, reception, returnDesk, shelves, table } from './casework.ts';
import {
  body,
  box,
  closed,
  cuts,
  type Draw,
  dash,
  ellipse,
  line,
  middles,
  part,
  path,
  type Shape,
  type ShapeFacts,
} from './paths.ts';
import { beam, diningSet, legged, ottoman, sofa, stool, swivel } from './seating.ts';

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
