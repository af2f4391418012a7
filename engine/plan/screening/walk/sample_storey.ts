// Storeys for tests and benches of walking: offices on both sides of corridors, with walls between, one door each.
import type { Point, Ring } from '../../../geometry/planar.ts';
import type { ScreenDoor, ScreenSpace, Storey } from '../types.ts';

export type Rows = {
  /** Widths of the rooms along one corridor, feet; the same on both sides. */
  widths: readonly number[];
  depth: number;
  corridor: number;
  wall: number;
  /** Corridors above each other, joined by a cross corridor at their left end. */
  bands: number;
  /** Where each room's door stands in its front, 0 to 1. */
  doors_at: readonly number[];
};

export function rect(x0: number, y0: number, x1: number, y1: number): Ring {
  return [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ];
}

/** Exits are at the right end of every band and at both ends of the cross corridor. */
export function rowStorey({ widths, depth, corridor, wall, bands, doors_at }: Rows): Storey {
  const spaces: ScreenSpace[] = [];
  const doors: ScreenDoor[] = [];
  const addSpace = (type: ScreenSpace['type'], polygon: Ring) => {
    const id = `space-${spaces.length + 1}`;
    spaces.push({
      id,
      name: null,
      number: String(spaces.length + 1),
      type,
      polygon: polygon as [number, number][],
      holes: [],
    });
    return id;
  };
  const addDoor = (at: Point, connects: string[]) =>
    doors.push({
      id: `door-${doors.length + 1}`,
      x: at[0],
      y: at[1],
      width_ft: 3,
      evidence: 'swing',
      connects,
      leaf_count: 1,
    });
  const band = 2 * depth + corridor + 3 * wall;
  const long = widths.reduce((sum, width) => sum + width + wall, 0) - wall;
  const cross = addSpace('corridor', rect(-wall - corridor, 0, -wall, band * bands - wall));
  addDoor([-wall - corridor / 2, -wall / 2], [cross]);
  addDoor([-wall - corridor / 2, band * bands - wall / 2], [cross]);
  let turn = 0;
  for (let b = 0; b < bands; b++) {
    const y = b * band;
    const hall = addSpace('corridor', rect(0, y + depth + wall, long, y + depth + wall + corridor));
    addDoor([-wall / 2, y + depth + wall + corridor / 2], [cross, hall]);
    addDoor([long + wall / 2, y + depth + wall + corridor / 2], [hall]);
    let x = 0;
    for (const width of widths) {
      const rows: [number, number][] = [
        [y, y + depth + wall / 2],
        [y + depth + 2 * wall + corridor, y + depth + 1.5 * wall + corridor],
      ];
      for (const [from, front] of rows) {
        const room = addSpace('private_office', rect(x, from, x + width, from + depth));
        const share = doors_at[turn++ % doors_at.length]!;
        addDoor([x + 2 + share * (width - 4), front], [room, hall]);
      }
      x += width + wall;
    }
  }
  const outline = rect(-2 * wall - corridor, -wall, long + wall, band * bands);
  return {
    spaces,
    doors,
    columns: [],
    fixtures: [],
    outlines: [outline as [number, number][]],
    total_area_sqft: (long + 3 * wall + corridor) * (band * bands + wall),
    toSource: (p) => p,
  };
}
