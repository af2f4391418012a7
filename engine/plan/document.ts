// Puts what was found into the plan document: feet where the scale is known, source coordinates always.
import type {
  PlanDocument,
  PlanDoor,
  PlanFixture,
  PlanPlace,
  PlanRing,
  PlanScale,
  PlanSpace,
  PlanWarning,
} from '../../contract/plan.ts';
import { boxOf, inPolygon, orientedExtent, type Point, polygonArea, signedArea } from '../geometry/planar.ts';
import { confidenceOf, doubtsOf, featuresOf } from './confidence.ts';
import { lightGrade } from './daylight.ts';
import type { Frame } from './frame.ts';
import { type Hanging, hangDoors } from './hanging.ts';
import type { Linework } from './linework.ts';
import { type Column, type Door, findColumns, findDoors, findWindows, type Window } from './parts.ts';
import type { Room, RoomPlan } from './rooms.ts';
import { screenDocument } from './screening/document.ts';
import { capacitySource, decideType, fittingsOf, suggestCapacity } from './space_type.ts';
import { findSwings } from './swings.ts';

const AREA_STANDARD =
  'Rooms: inside wall faces. Total: to the outside faces of the outer walls. Usable: sum of the rooms without stairs, elevators and mechanical rooms. Not BOMA or GSA.';
/** Types that are not usable area. */
export const NOT_USABLE: readonly string[] = ['stair', 'elevator', 'mechanical'];

type Context = {
  linework: Linework;
  frame: Frame;
  plan: RoomPlan;
  scale: PlanScale;
  toFile: (p: Point) => Point;
};

/** Everything of the plan document that comes from the drawing; `toFile` turns y-up source points into the file's own. */
export function buildDocument(
  linework: Linework,
  frame: Frame,
  plan: RoomPlan,
  scale: PlanScale,
  toFile: (p: Point) => Point,
): Omit<PlanDocument, 'source' | 'took_ms'> {
  const context: Context = { linework, frame, plan, scale, toFile };
  const rooms = sortedRooms(plan);
  const ordered: RoomPlan = { ...plan, rooms };
  const doors = findDoors(ordered);
  const windows = findWindows(ordered, linework, frame);
  const columns = findColumns(ordered, linework, frame);
  const fittings = fittingsOf(linework, frame);
  const spaces = rooms.map((room, i) =>
    buildSpace({ ...context, plan: ordered }, room, i, doors, windows, columns, fittings),
  );
  const doubtful = doubtfulScraps(linework, rooms, spaces);
  if (doubtful.size > 0) {
    const kept = { ...plan, rooms: rooms.filter((room) => !doubtful.has(room)) };
    return buildDocument(withNote(linework, doubtful.size), frame, kept, scale, toFile);
  }
  const hanging = hangDoors(doors, findSwings(linework, frame), rooms);
  const planDoors = doors.map(
    (door, i): PlanDoor => ({
      ...place(context, door.at),
      id: `door-${i + 1}`,
      width_ft: feet(context, door.width),
      connects: door.rooms.map(spaceId),
      evidence: door.evidence,
      ...hung(context, hanging[i] ?? null),
    }),
  );
  const known = scale.feet_per_unit !== null;
  const body = {
    scale,
    spaces,
    doors: planDoors,
    windows: windows.map((w, i) => ({
      ...place(context, w.at),
      id: `window-${i + 1}`,
      width_ft: feet(context, w.width),
      space_ids: w.rooms.map(spaceId),
    })),
    columns: columns.map((c) => ({
      ...place(context, c.at),
      width_ft: feet(context, c.width),
      space_id: c.room >= 0 ? spaceId(c.room) : null,
    })),
    dimensions: {
      total_area_sqft: known
        ? round(
            plan.outlines.reduce((sum, ring) => sum + Math.abs(signedArea(ring)), 0),
            1,
          )
        : null,
      usable_area_sqft: known
        ? round(
            spaces.reduce((sum, s) => sum + (NOT_USABLE.includes(s.type) ? 0 : (s.area_sqft ?? 0)), 0),
            1,
          )
        : null,
      area_standard: AREA_STANDARD,
      outlines: known ? plan.outlines.map((ring) => ringFeet(context, ring)) : [],
      source_outlines: plan.outlines.map((ring) => ringSource(context, ring)),
    },
    fixtures: fixturesOf(context),
    warnings: warningsOf(context, spaces),
  };
  return { ...body, compliance: screenDocument(body, spaces) };
}

/** Below it more than two of three unlabelled spaces of a picture are no room: cavities of walls, stalls, strips. */
const SCRAP_BELOW = 0.25;

/** Spaces of a picture that are most likely no rooms: without a label where most have one, and very doubtful. */
function doubtfulScraps(
  linework: Linework,
  rooms: readonly Room[],
  spaces: readonly PlanSpace[],
): ReadonlySet<Room> {
  if (!linework.traced || rooms.filter((room) => room.label).length < rooms.length / 2) return new Set();
  return new Set(rooms.filter((room, i) => !room.label && spaces[i]!.detection_confidence < SCRAP_BELOW));
}

function withNote(linework: Linework, count: number): Linework {
  const message = `${count} small ${count === 1 ? 'space' : 'spaces'} without a label ${count === 1 ? 'was' : 'were'} too doubtful to be given as ${count === 1 ? 'a room' : 'rooms'}; draw by hand what is missing.`;
  return { ...linework, notes: [...linework.notes, { code: 'doubtful_spaces', message }] };
}

function spaceId(i: number): string {
  return `space-${i + 1}`;
}

/** Rooms by number, then from the top left: ids stay the same for the same drawing. */
function sortedRooms(plan: RoomPlan): Room[] {
  const key = (room: Room) => room.label?.number ?? '\uffff';
  const corner = (room: Room) => boxOf(room.polygon.outer);
  return [...plan.rooms].sort(
    (p, q) =>
      key(p).localeCompare(key(q), 'en', { numeric: true }) ||
      corner(q)[3] - corner(p)[3] ||
      corner(p)[0] - corner(q)[0],
  );
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

function feet(context: Context, value: number): number | null {
  return context.scale.feet_per_unit === null ? null : round(value, 3);
}

/** Feet of the document: the source's own coordinates (y up) times the scale, not the working frame's origin. */
function toFeet(context: Context, p: Point): [number, number] {
  const [x, y] = context.frame.toSource(p);
  return [round(x * context.frame.feetPerUnit, 4), round(y * context.frame.feetPerUnit, 4)];
}

function toFile(context: Context, p: Point): [number, number] {
  const [x, y] = context.toFile(context.frame.toSource(p));
  return [Number(x.toPrecision(12)), Number(y.toPrecision(12))];
}

function ringFeet(context: Context, ring: readonly Point[]): PlanRing {
  return context.scale.feet_per_unit === null ? [] : ring.map((p) => toFeet(context, p));
}

function ringSource(context: Context, ring: readonly Point[]): PlanRing {
  return ring.map((p) => toFile(context, p));
}

function place(context: Context, p: Point): PlanPlace {
  const known = context.scale.feet_per_unit !== null;
  const [x, y] = toFeet(context, p);
  const [source_x, source_y] = toFile(context, p);
  return { x: known ? x : null, y: known ? y : null, source_x, source_y };
}

function buildSpace(
  context: Context,
  room: Room,
  i: number,
  doors: readonly Door[],
  windows: readonly Window[],
  columns: readonly Column[],
  fittings: ReturnType<typeof fittingsOf>,
): PlanSpace {
  const known = context.scale.feet_per_unit !== null;
  const area = polygonArea(room.polygon);
  const own = doors.filter((door) => door.rooms.includes(i));
  const lit = windows.filter((window) => window.outside && window.rooms.includes(i));
  const windowLength = lit.reduce((sum, window) => sum + window.width, 0);
  const { name = null, number = null } = room.label ?? {};
  const typed = decideType(
    { name, number, polygon: room.polygon, doors: own.length, scaled: known },
    fittings,
  );
  const features = featuresOf(room, context.plan, own.length);
  const extent = orientedExtent(room.polygon.outer);
  const polygon = ringFeet(context, room.polygon.outer);
  const box = boxOf(polygon);
  return {
    id: spaceId(i),
    name,
    number,
    type: typed.type,
    area_sqft: known ? round(area, 2) : null,
    dimensions: known ? { width_ft: round(extent.width, 2), length_ft: round(extent.length, 2) } : null,
    bbox: known ? [box[0], box[1], round(box[2] - box[0], 4), round(box[3] - box[1], 4)] : null,
    polygon,
    source_polygon: ringSource(context, room.polygon.outer),
    holes: known ? room.polygon.holes.map((ring) => ringFeet(context, ring)) : [],
    source_holes: room.polygon.holes.map((ring) => ringSource(context, ring)),
    suggested_capacity: known ? suggestCapacity(typed.type, area) : null,
    characteristics: {
      natural_light: lightGrade(windowLength, area),
      ...(known ? { window_length_ft: round(windowLength, 2) } : {}),
      windows: lit.length,
      doors: own.length,
      columns: columns.filter((column) => column.room === i).map((column) => place(context, column.at)),
      boundary: room.boundary,
      type_evidence: typed.evidence,
      doubts: doubtsOf(features),
      ...(known ? capacitySource(typed.type) : {}),
    },
    detection_confidence: confidenceOf(features, context.linework.traced),
  };
}

function hung(context: Context, hanging: Hanging | null): Partial<PlanDoor> {
  if (!hanging) return {};
  return {
    opens_into: hanging.opens_into < 0 ? null : spaceId(hanging.opens_into),
    hinge: place(context, hanging.hinge),
    leaf_count: hanging.leaves,
  };
}

/** Fixtures drawn as symbols, as their boxes in the drawing's axes. */
function fixturesOf({ linework, frame, toFile, scale }: Context): PlanFixture[] {
  return linework.symbols
    .filter((symbol) => symbol.role === 'fixture')
    .map(({ name, box: [x0, y0, x1, y1] }) => {
      const corners: Point[] = [
        [x0, y0],
        [x1, y0],
        [x1, y1],
        [x0, y1],
      ];
      return {
        name,
        polygon:
          scale.feet_per_unit === null
            ? []
            : corners.map(([x, y]): [number, number] => [
                round(x * frame.feetPerUnit, 4),
                round(y * frame.feetPerUnit, 4),
              ]),
        source_polygon: corners.map((p): [number, number] => {
          const [x, y] = toFile(p);
          return [Number(x.toPrecision(12)), Number(y.toPrecision(12))];
        }),
      };
    });
}

function warningsOf(context: Context, spaces: readonly PlanSpace[]): PlanWarning[] {
  const warnings: PlanWarning[] = [...context.linework.notes];
  if (context.scale.feet_per_unit === null) {
    warnings.push({
      code: 'unknown_scale',
      message: 'The scale of the drawing is not certain, so no areas are given.',
      question: 'Which two points of the plan have a known distance, and how long is it?',
    });
  }
  const header = context.scale.cues.find((cue) => cue.kind === 'header_units' && cue.agrees === false);
  if (header)
    warnings.push({
      code: 'header_units_wrong',
      message: `The file's header disagrees with what the drawing shows (${header.detail}); the drawing was believed.`,
    });
  if (spaces.length === 0) {
    warnings.push({
      code: 'no_rooms',
      message: 'No closed rooms were found; check that the walls are in the file, or draw the rooms by hand.',
    });
  }
  for (const label of context.plan.labels) {
    if (!label.strong || !label.number || context.plan.rooms.some((room) => room.label === label)) continue;
    if (context.plan.rooms.some((room) => room.label?.number === label.number)) continue;
    const inside = context.plan.rooms.find((room) => label.anchors.some((p) => inPolygon(p, room.polygon)));
    warnings.push({
      code: 'label_without_room',
      message: `Label ${[label.number, label.name].filter(Boolean).join(' ')} has no room of its own${inside ? '' : ' and stands outside the rooms that were found'}.`,
    });
    if (warnings.length > 40) break;
  }
  return warnings;
}
