// The drawing as plain values: what the plan viewer draws, made from the reading of a plan and its saved rooms.
// Coordinates: feet with y downwards (as on screen); at unknown scale the file's own units instead.
import polylabel from 'polylabel';
import type { Space } from '../../../../contract/floorplans.ts';
import type { PlanDocument, PlanPlace, PlanPoint, PlanRing, SpaceType } from '../../../../contract/plan.ts';
import { areaOf, type Box, boxOf, chordAt, nearestOn, pathOf } from './geometry.ts';
import { needsReview } from './review.ts';

export interface SceneRoom {
  id: string;
  number: string | null;
  name: string | null;
  type: SpaceType;
  area_sqft: number | null;
  confidence: number | null;
  /** The reading was not sure of it, and nobody has looked at it yet. */
  doubtful: boolean;
  /** The outline, then its holes. */
  rings: PlanRing[];
  path: string;
  box: Box;
  /** Where a label stands, with half the height and the width that are free there. */
  label: { x: number; y: number; radius: number; width: number };
}
/** An opening in a wall, in axes of its own: `along` the wall, and `facing` out of it towards a room. */
export interface SceneOpening {
  id: string;
  x: number;
  y: number;
  along: PlanPoint;
  facing: PlanPoint;
  width: number;
  /** From the opening's middle to the wall's face on the side it faces, and to the face behind. */
  front: number;
  back: number;
  /** Whether a door leaf is drawn; it opens into the room it faces and hangs where `along` begins. */
  swings: boolean;
  /** The room it faces, or null for outside. */
  faces: string | null;
  /** Leaves that share its width. */
  leaves: number;
}
export interface ScenePin {
  key: string;
  x: number;
  y: number;
  status: 'fail' | 'needs_input';
  code: string;
  detail: string;
  space_id: string | null;
}
export interface Scene {
  box: Box;
  /** Feet in one unit of the scene: 1, or null while the scale is unknown. */
  feet: 1 | null;
  /** The building's outside faces. */
  outlines: PlanRing[];
  outline_path: string;
  rooms: SceneRoom[];
  doors: SceneOpening[];
  windows: SceneOpening[];
  columns: { x: number; y: number; size: number }[];
  pins: ScenePin[];
}

/** The part of a saved room that a drawing needs. */
export type DrawnSpace = Pick<
  Space,
  | 'id'
  | 'source_key'
  | 'name'
  | 'number'
  | 'type'
  | 'area_sqft'
  | 'polygon'
  | 'holes'
  | 'source_polygon'
  | 'detection_confidence'
  | 'manually_edited'
  | 'reviewed'
>;

/** Whether the file's y axis points up (drawings, PDF) or down (images). */
export function yPointsUp(document: PlanDocument | null): boolean {
  return document?.source.format !== 'png' && document?.source.format !== 'jpg';
}

/** Whether the plan is drawn in feet; where every room was deleted, the reading says. */
export function isScaled(document: PlanDocument | null, spaces: readonly DrawnSpace[]): boolean {
  return spaces.length > 0
    ? spaces.some((space) => space.polygon.length > 2)
    : document?.scale.feet_per_unit != null && document.dimensions.outlines.length > 0;
}

/** Null when there is nothing to draw. `document` may still be missing: then the rooms alone are drawn. */
export function makeScene(document: PlanDocument | null, spaces: readonly DrawnSpace[]): Scene | null {
  const scaled = isScaled(document, spaces);
  const flip = scaled || yPointsUp(document);
  const turn = (ring: PlanRing): PlanRing => ring.map(([x, y]): PlanPoint => [x, flip ? -y : y]);
  const rooms = spaces.flatMap((space) => roomOf(space, scaled, flip, turn));
  const outlines = (
    (scaled ? document?.dimensions.outlines : document?.dimensions.source_outlines) ?? []
  ).map(turn);
  const box = boxOf([...outlines, ...rooms.flatMap((room) => room.rings)]);
  if (!box) return null;
  const place = (at: PlanPlace): PlanPoint | null => {
    const x = scaled ? at.x : at.source_x;
    const y = scaled ? at.y : at.source_y;
    return x === null || y === null ? null : [x, flip ? -y : y];
  };
  const ids = idsOfSource(spaces);
  const byId = new Map(rooms.map((room) => [room.id, room]));
  const unit = scaled ? 1 : 1 / (document?.scale.feet_per_unit ?? guessFeet(box));
  return {
    box,
    feet: scaled ? 1 : null,
    outlines,
    outline_path: pathOf(outlines),
    rooms,
    doors: (document?.doors ?? []).flatMap((door) =>
      openings(
        door.id,
        place(door),
        (door.width_ft ?? 3) * unit,
        door.connects,
        ids,
        byId,
        door.evidence !== 'opening',
        unit,
        outlines,
      ).map((opening) => ({
        ...hung(opening, door.hinge ? place(door.hinge) : null, door.opens_into, (key) => ids.get(key)),
        leaves: door.leaf_count ?? 1,
      })),
    ),
    windows: (document?.windows ?? []).flatMap((window) =>
      openings(
        window.id,
        place(window),
        (window.width_ft ?? 3) * unit,
        window.space_ids,
        ids,
        byId,
        false,
        unit,
        outlines,
      ),
    ),
    columns: (document?.columns ?? []).flatMap((column) => {
      const at = place(column);
      return at ? [{ x: at[0], y: at[1], size: (column.width_ft ?? 1) * unit }] : [];
    }),
    pins: makePins(document, place, ids, rooms),
  };
}

/** At unknown scale, door marks need some size: a plan is taken to be a hundred feet wide. */
function guessFeet(box: Box): number {
  return 100 / Math.max(1e-6, box.max_x - box.min_x, box.max_y - box.min_y);
}

function idsOfSource(spaces: readonly DrawnSpace[]): Map<string, string> {
  const ids = new Map<string, string>();
  for (const space of spaces) {
    ids.set(space.id, space.id);
    if (space.source_key !== null) ids.set(space.source_key, space.id);
  }
  return ids;
}

/** Rooms that did not change are not made again: while one is edited, the others keep their shape and their object. */
const made = new WeakMap<DrawnSpace, { scaled: boolean; flip: boolean; rooms: SceneRoom[] }>();

function roomOf(
  space: DrawnSpace,
  scaled: boolean,
  flip: boolean,
  turn: (ring: PlanRing) => PlanRing,
): SceneRoom[] {
  const known = made.get(space);
  if (known && known.scaled === scaled && known.flip === flip) return known.rooms;
  const rooms = makeRoom(space, scaled, turn);
  made.set(space, { scaled, flip, rooms });
  return rooms;
}

function makeRoom(space: DrawnSpace, scaled: boolean, turn: (ring: PlanRing) => PlanRing): SceneRoom[] {
  const outer = scaled ? space.polygon : space.source_polygon;
  if (outer.length < 3) return [];
  const ring = turn(outer);
  const holes = scaled ? space.holes.map(turn) : [];
  const rings = [ring, ...holes];
  const box = boxOf(rings);
  if (!box) return [];
  const precision = Math.max(box.max_x - box.min_x, box.max_y - box.min_y) / 60;
  const pole = polylabel(rings, precision || 1);
  const [x, y] = [pole[0] ?? 0, pole[1] ?? 0];
  const label = labelPlace(rings, x, y, pole.distance);
  return [
    {
      id: space.id,
      number: space.number,
      name: space.name,
      type: space.type,
      area_sqft: space.area_sqft,
      confidence: space.detection_confidence,
      doubtful: needsReview(space),
      rings,
      path: pathOf(rings),
      box,
      label,
    },
  ];
}

/** A long room has many equally good places: the middle of the free line reads best, if it is nearly as roomy. */
function labelPlace(rings: readonly PlanRing[], x: number, y: number, radius: number): SceneRoom['label'] {
  const chord = chordAt(rings, x, y);
  const middle = (chord.from + chord.to) / 2;
  const there = nearestOn(rings, middle, y)?.distance ?? 0;
  if (there < radius * 0.85) {
    const free = 2 * Math.min(x - chord.from, chord.to - x);
    return { x, y, radius, width: Math.max(free, radius * 2) };
  }
  return { x: middle, y, radius: there, width: chord.to - chord.from };
}

function openings(
  id: string,
  at: PlanPoint | null,
  width: number,
  connects: readonly string[],
  ids: Map<string, string>,
  rooms: ReadonlyMap<string, SceneRoom>,
  swings: boolean,
  unit: number,
  outlines: readonly PlanRing[],
): SceneOpening[] {
  if (!at) return [];
  const near = (room: SceneRoom) => ({ room, near: nearestOn(room.rings, at[0], at[1]) });
  const told = connects.map((key) => rooms.get(ids.get(key) ?? '')).filter((room) => room !== undefined);
  const reachable = 2 * unit;
  // After a cut or a merge the rooms that were read are no longer those beside the opening.
  const stale = told.length < connects.length || told.some((room) => !isNear(room, at, reachable));
  const sides = (stale ? [...rooms.values()].filter((room) => isNear(room, at, reachable)) : told)
    .map(near)
    .filter((side): side is { room: SceneRoom; near: NonNullable<typeof side.near> } => side.near !== null)
    .filter((side) => !stale || side.near.distance <= reachable)
    .sort((a, b) => areaOf(a.room.rings[0] ?? []) - areaOf(b.room.rings[0] ?? []));
  const first = sides[0];
  if (!first) return [];
  const along = first.near.along;
  const normal: PlanPoint = [-along[1], along[0]];
  const towards = (first.room.label.x - at[0]) * normal[0] + (first.room.label.y - at[1]) * normal[1];
  const sign = towards < 0 ? -1 : 1;
  const behind = sides[1]?.near ?? nearestOn(outlines, at[0], at[1]);
  const reach = (distance: number) => Math.min(Math.max(distance, 0.2 * unit), 1.6 * unit);
  return [
    {
      id,
      x: at[0],
      y: at[1],
      along,
      width,
      facing: [normal[0] * sign, normal[1] * sign],
      front: reach(first.near.distance),
      back: reach(behind?.distance ?? first.near.distance),
      swings,
      faces: first.room.id,
      leaves: 1,
    },
  ];
}

/** The door as the drawing hangs it, where that was read. */
function hung(
  opening: SceneOpening,
  hinge: PlanPoint | null,
  opensInto: string | null | undefined,
  idOf: (key: string) => string | undefined,
): SceneOpening {
  const into = opensInto ? idOf(opensInto) : opensInto;
  const { along, facing, front, back, x, y } = opening;
  const turned: SceneOpening =
    into === undefined || into === opening.faces
      ? opening
      : { ...opening, facing: [-facing[0], -facing[1]], front: back, back: front, faces: into };
  if (!hinge || (hinge[0] - x) * along[0] + (hinge[1] - y) * along[1] <= 0) return turned;
  return { ...turned, along: [-along[0], -along[1]] };
}

/** Whether a point lies in the room's box or no further than `reach` from it. */
function isNear({ box }: SceneRoom, [x, y]: PlanPoint, reach: number): boolean {
  return x >= box.min_x - reach && x <= box.max_x + reach && y >= box.min_y - reach && y <= box.max_y + reach;
}

function makePins(
  document: PlanDocument | null,
  place: (at: PlanPlace) => PlanPoint | null,
  ids: Map<string, string>,
  rooms: readonly SceneRoom[],
): ScenePin[] {
  return (document?.compliance.checks ?? []).flatMap((check, index) => {
    if (check.status === 'pass' || !check.where) return [];
    const space_id = check.where.space_id ? (ids.get(check.where.space_id) ?? null) : null;
    const room = rooms.find((candidate) => candidate.id === space_id);
    const at = place(check.where) ?? (room ? ([room.label.x, room.label.y] as PlanPoint) : null);
    if (!at) return [];
    return [
      {
        key: `${check.code}-${check.section}-${index}`,
        x: at[0],
        y: at[1],
        status: check.status,
        code: `${check.code} ${check.section}`,
        detail: check.detail,
        space_id,
      },
    ];
  });
}
