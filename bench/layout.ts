// How many people a layout seats and how fast. The baseline seats by area alone, at the trade's 65 sq ft a person for a
// 60 × 36 in bench; time has no baseline.
import { ARRANGEMENTS } from '../contract/layout.ts';
import { type LayoutItem, type LayoutRoom, layoutSpace } from '../engine/layout/layout.ts';
import type { Figure } from '../server/commands/bench.ts';

const BENCH_SQFT = 65;

export async function layoutSuite(): Promise<Figure[]> {
  const hall: LayoutRoom = {
    polygon: [
      [0, 0],
      [100, 0],
      [100, 100],
      [0, 100],
    ],
    doors: [
      { x: 50, y: 0, width_ft: 6 },
      { x: 0, y: 80, width_ft: 3 },
    ],
    windows: [10, 30, 50, 70, 90].map((x) => ({ x, y: 100, width_ft: 8 })),
    columns: [25, 50, 75].flatMap((x) => [25, 50, 75].map((y) => ({ x, y, width_ft: 1.5 }))),
  };
  const figures: Figure[] = [];
  for (const arrangement of ARRANGEMENTS) {
    const start = performance.now();
    const result = layoutSpace(hall, billFor(120), arrangement);
    const ms = performance.now() - start;
    figures.push(plain(`10,000 sq ft, 120 desks with storage and lounge, ${arrangement}: time`, 'ms', ms));
    figures.push(
      against(
        `10,000 sq ft, 120 desks, ${arrangement}: seats placed of those needed`,
        'seats',
        result.seats_placed,
        result.seats_needed,
      ),
    );
  }
  for (const arrangement of ARRANGEMENTS) {
    const most = layoutSpace(hall, billFor(400).slice(0, 2), arrangement);
    figures.push(
      against(
        `10,000 sq ft, as many desks as fit, ${arrangement}`,
        'seats',
        most.seats_placed,
        10_000 / BENCH_SQFT,
      ),
    );
  }
  figures.push(...smallRooms());
  return figures;
}

function billFor(desks: number): LayoutItem[] {
  return [
    { item_key: 'desk', role: 'desk', count: desks, width_ft: 5, depth_ft: 2.5 },
    { item_key: 'chair', role: 'task_chair', count: desks, width_ft: 2.2, depth_ft: 2.2 },
    {
      item_key: 'pedestal',
      role: 'pedestal',
      count: desks,
      width_ft: 1.3,
      depth_ft: 1.8,
      mount: 'under_surface',
    },
    {
      item_key: 'store',
      role: 'shared_storage',
      count: 15,
      width_ft: 3,
      depth_ft: 1.5,
      height_ft: 3.5,
      mount: 'wall_side',
    },
    { item_key: 'lounge', role: 'lounge_seat', count: 6, width_ft: 2.6, depth_ft: 2.6 },
    { item_key: 'low', role: 'coffee_table', count: 2, width_ft: 3.5, depth_ft: 2 },
  ];
}

/** Meeting rooms of the trade's sizes: whether everybody gets a seat, and how long 40 rooms take. */
function smallRooms(): Figure[] {
  const sizes = [
    { seats: 4, w: 10, l: 10, table: [3.5, 3.5] },
    { seats: 6, w: 15, l: 15, table: [6, 3.5] },
    { seats: 10, w: 15, l: 20, table: [10, 4] },
  ] as const;
  let [needed, placed] = [0, 0];
  const start = performance.now();
  for (let round = 0; round < 14; round += 1) {
    for (const { seats, w, l, table } of sizes) {
      const room: LayoutRoom = {
        polygon: [
          [0, 0],
          [w, 0],
          [w, l],
          [0, l],
        ],
        doors: [{ x: 2 + (round % 5), y: 0, width_ft: 3 }],
      };
      const result = layoutSpace(
        room,
        [
          {
            item_key: 'table',
            role: 'meeting_table',
            count: 1,
            width_ft: table[0],
            depth_ft: table[1],
            places: seats,
          },
          { item_key: 'chair', role: 'meeting_chair', count: seats, width_ft: 2, depth_ft: 2 },
        ],
        'density',
      );
      needed += result.seats_needed;
      placed += result.seats_placed;
    }
  }
  return [
    plain('42 meeting rooms of 4, 6 and 10: time', 'ms', performance.now() - start),
    against('42 meeting rooms of 4, 6 and 10: seats placed of those needed', 'seats', placed, needed),
  ];
}

function plain(figure: string, unit: string, value: number): Figure {
  return { figure, unit, value: Math.round(value), baseline: null, ratio: null };
}

function against(figure: string, unit: string, value: number, baseline: number): Figure {
  return {
    figure,
    unit,
    value,
    baseline: Math.round(baseline),
    ratio: Number((value / baseline).toFixed(3)),
  };
}
