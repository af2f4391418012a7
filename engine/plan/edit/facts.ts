// What follows from a room's outline: area, sizes, outline in feet, seats, and what the reading knows of its walls.
import type { NaturalLight, PlanDocument, SpaceCharacteristics } from '../../../contract/plan.ts';
import { boxOf, orientedExtent, type Polygon, polygonArea } from '../../geometry/planar.ts';
import { lightGrade } from '../daylight.ts';
import { capacitySource, suggestCapacity } from '../space_type.ts';
import { ringFeet, type SourceFrame, storedRing } from './frame.ts';
import type { Measures } from './measures.ts';
import type { EditSpace } from './model.ts';
import type { Fitted } from './openings.ts';

type Geometry = Pick<
  EditSpace,
  'source_polygon' | 'source_holes' | 'polygon' | 'holes' | 'area_sqft' | 'dimensions' | 'bbox'
>;

/** Every stored form of an outline in source coordinates. */
export function geometryOf(source: Polygon, frame: SourceFrame): Geometry {
  const source_polygon = storedRing(frame, source.outer);
  const source_holes = source.holes.map((hole) => storedRing(frame, hole));
  const polygon = ringFeet(frame, source_polygon);
  const holes = frame.toFeet === null ? [] : source_holes.map((hole) => ringFeet(frame, hole));
  if (frame.feet_per_unit === null)
    return { source_polygon, source_holes, polygon, holes, area_sqft: null, dimensions: null, bbox: null };
  const box = boxOf(polygon);
  const extent = orientedExtent(polygon);
  return {
    source_polygon,
    source_holes,
    polygon,
    holes,
    area_sqft: round(polygonArea(source) * frame.feet_per_unit ** 2, 2),
    dimensions: { width_ft: round(extent.width, 2), length_ft: round(extent.length, 2) },
    bbox: [box[0], box[1], round(box[2] - box[0], 4), round(box[3] - box[1], 4)],
  };
}

/** Seats of the type in the area, unless a person said how many. */
export function seatsOf(space: EditSpace): number | null {
  if (space.characteristics['capacity_by_hand'] === true) return space.suggested_capacity;
  return space.area_sqft === null ? null : suggestCapacity(space.type, space.area_sqft);
}

/** Counts of doors, windows and columns as fitted to the room, and the light they give. */
export function characteristicsOf(space: EditSpace, fitted: Fitted): Record<string, unknown> {
  const key = space.source_key ?? '';
  const lit = fitted.windows.filter((window) => window.space_ids.length === 1 && window.space_ids[0] === key);
  const facts: Omit<SpaceCharacteristics, 'boundary' | 'type_evidence' | 'doubts'> = {
    natural_light: lightOf(lit, space),
    ...(space.area_sqft === null ? {} : { window_length_ft: round(windowLength(lit), 2) }),
    ...(space.area_sqft === null ? {} : capacitySource(space.type)),
    windows: lit.length,
    doors: fitted.doors.filter((door) => door.connects.includes(key)).length,
    columns: fitted.columns
      .filter((column) => column.space_id === key)
      .map(({ x, y, source_x, source_y }) => ({ x, y, source_x, source_y })),
  };
  const { boundary: _boundary, doubts: _doubts, capacity_source: _source, ...kept } = space.characteristics;
  return { ...kept, ...facts };
}

function windowLength(windows: PlanDocument['windows']): number {
  return windows.reduce((sum, window) => sum + (window.width_ft ?? 0), 0);
}

function lightOf(windows: PlanDocument['windows'], space: EditSpace): NaturalLight {
  if (windows.length === 0) return 'none';
  if (space.area_sqft !== null) return lightGrade(windowLength(windows), space.area_sqft);
  const before = space.characteristics['natural_light'];
  return before === 'low' || before === 'high' ? before : 'medium';
}

/** Source outline and holes moved to local coordinates, or back. */
export function moved({ outer, holes }: Polygon, [dx, dy]: readonly [number, number]): Polygon {
  const shift = (ring: Polygon['outer']): Polygon['outer'] => ring.map(([x, y]) => [x + dx, y + dy]);
  return { outer: shift(outer), holes: holes.map(shift) };
}

export function localOf(space: Pick<EditSpace, 'source_polygon' | 'source_holes'>, m: Measures): Polygon {
  return moved({ outer: space.source_polygon, holes: space.source_holes }, [-m.origin[0], -m.origin[1]]);
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
