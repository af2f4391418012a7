// The drawing as plain values: what the plan viewer draws, made from the reading of a plan and its saved rooms.
// Coordinates: feet with y downwards (as on screen); at unknown scale the file's own units instead.
import polylabel from 'polylabel';
import type { Space } from '../../../../contract/floorplans.ts';
import type { PlanDocument, PlanPlace, PlanPoint, PlanRing, SpaceType } from '../../../../contract/plan.ts';
import { type Box, boxOf, chordAt, nearestOn, pathOf } from './geometry.ts';
import { hung, openings, type SceneOpening } from './openings.ts';
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
  | 'source_holes'
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
  const holes = (scaled ? space.holes : space.source_holes).map(turn);
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
