// A floor of rectangular rooms in rows, for the tests of corrections: any units, any turn, drawings and pictures.
import fc from 'fast-check';
import type { PlanDocument, PlanPoint, PlanSpace } from '../../../contract/plan.ts';
import { boxOf, type Point } from '../../geometry/planar.ts';
import { geometryOf } from './facts.ts';
import { sourceFrame } from './frame.ts';
import type { EditSpace } from './model.ts';

export type Floor = {
  /** Clear widths of the columns and depths of the rows, feet. */
  widths: number[];
  depths: number[];
  wall_ft: number;
  /** Feet in one unit of the file, and whether the plan says so. */
  feet_per_unit: number;
  scale_known: boolean;
  format: 'dxf' | 'png';
  degrees: number;
  offset: Point;
  /** A two-foot column in the middle of every room wide enough. */
  columns: boolean;
};

export const anyFloor: fc.Arbitrary<Floor> = fc.record({
  widths: fc.array(fc.integer({ min: 8, max: 40 }), { minLength: 2, maxLength: 5 }),
  depths: fc.array(fc.integer({ min: 8, max: 30 }), { minLength: 1, maxLength: 3 }),
  wall_ft: fc.constantFrom(0.25, 0.5, 1),
  feet_per_unit: fc.constantFrom(1, 1 / 12, 1 / 304.8, 1 / 0.3048, 0.2),
  scale_known: fc.boolean(),
  format: fc.constantFrom('dxf' as const, 'png' as const),
  degrees: fc.constantFrom(0, 90, 17, 211.5),
  offset: fc.constantFrom([0, 0] as Point, [-1234.5, 987] as Point, [482_000, 5_431_000] as Point),
  columns: fc.boolean(),
});

/** Feet from the floor's corner to the file's coordinates. */
export function placer({ feet_per_unit, degrees, offset, format }: Floor): (p: Point) => PlanPoint {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return ([x, y]) => {
    const [u, v] = [(x * cos - y * sin) / feet_per_unit, (x * sin + y * cos) / feet_per_unit];
    return [u + offset[0], (format === 'png' ? -v : v) + offset[1]];
  };
}

/** Corners of the room in this column and row, feet from the floor's corner. */
export function roomBox(floor: Floor, column: number, row: number): [number, number, number, number] {
  const before = (sizes: number[], i: number) =>
    sizes.slice(0, i).reduce((sum, size) => sum + size + floor.wall_ft, 0);
  const [x, y] = [before(floor.widths, column), before(floor.depths, row)];
  return [x, y, x + (floor.widths[column] ?? 0), y + (floor.depths[row] ?? 0)];
}

export function rectangle([x0, y0, x1, y1]: readonly [number, number, number, number]): Point[] {
  return [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ];
}

/** The floor as it would have been read; rooms are numbered 101, 102 … row by row. */
export function readFloor(floor: Floor): { document: PlanDocument; spaces: EditSpace[] } {
  const place = placer(floor);
  const scale = floor.scale_known ? floor.feet_per_unit : null;
  const empty = emptyDocument(floor, scale);
  const frame = sourceFrame(empty);
  const spaces: PlanSpace[] = [];
  for (let row = 0; row < floor.depths.length; row++) {
    for (let column = 0; column < floor.widths.length; column++) {
      const box = roomBox(floor, column, row);
      const [x, y] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
      const hole = floor.columns && box[2] - box[0] > 12 && box[3] - box[1] > 12;
      const source = {
        outer: rectangle(box).map(place),
        holes: hole ? [rectangle([x - 1, y - 1, x + 1, y + 1]).map(place)] : [],
      };
      spaces.push({
        ...geometryOf(source, frame),
        id: `space-${spaces.length + 1}`,
        name: 'Office',
        number: String(101 + spaces.length),
        type: 'private_office',
        suggested_capacity: 1,
        characteristics: { natural_light: 'none', windows: 0, doors: 0, columns: [] },
        detection_confidence: 0.8,
      });
    }
  }
  const all = spaces.flatMap((space) => space.source_polygon);
  const document: PlanDocument = {
    ...empty,
    source: { ...empty.source, extents: boxOf(all) },
    spaces,
    doors: doorsOf(floor),
  };
  return { document, spaces: spaces.map(stored) };
}

/** A door in every wall between neighbours of a row. */
function doorsOf(floor: Floor): PlanDocument['doors'] {
  const place = placer(floor);
  const doors: PlanDocument['doors'] = [];
  const key = (column: number, row: number) => `space-${row * floor.widths.length + column + 1}`;
  for (let row = 0; row < floor.depths.length; row++) {
    for (let column = 0; column + 1 < floor.widths.length; column++) {
      const [, y0, x1, y1] = roomBox(floor, column, row);
      const [source_x, source_y] = place([x1 + floor.wall_ft / 2, (y0 + y1) / 2]);
      doors.push({
        id: `door-${doors.length + 1}`,
        x: null,
        y: null,
        source_x,
        source_y,
        width_ft: 3,
        connects: [key(column, row), key(column + 1, row)],
      });
    }
  }
  return doors;
}

function emptyDocument(floor: Floor, feet_per_unit: number | null): PlanDocument {
  return {
    source: { format: floor.format, file: 'floor', units: 'unknown', extents: [0, 0, 0, 0] },
    scale: { feet_per_unit, method: feet_per_unit === null ? 'unknown' : 'user', confidence: 1, cues: [] },
    spaces: [],
    doors: [],
    windows: [],
    columns: [],
    dimensions: {
      total_area_sqft: null,
      usable_area_sqft: null,
      area_standard: '',
      outlines: [],
      source_outlines: [],
    },
    compliance: { label: 'screening', checks: [] },
    warnings: [],
    took_ms: 0,
  } as PlanDocument;
}

export function stored(space: PlanSpace, i: number): EditSpace {
  const { id, characteristics, ...facts } = space;
  return {
    ...facts,
    id: `00000000-0000-4000-8000-${String(i + 1).padStart(12, '0')}`,
    source_key: id,
    characteristics: { ...characteristics },
    read_outlines: [],
    manually_edited: false,
    reviewed_at: null,
    reviewed_by: null,
  };
}
