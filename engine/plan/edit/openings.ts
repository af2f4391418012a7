// Which doors, windows and columns belong to a room that a person drew or changed: by where they are. A door belongs to
// the rooms on the two sides of its wall; one that ends up in the middle of a room went with the wall.
import type { PlanColumn, PlanDocument, PlanDoor, PlanWindow } from '../../../contract/plan.ts';
import {
  boxOf,
  distanceToRing,
  inBox,
  inPolygon,
  nearestOnSegment,
  type Point,
  signedArea,
} from '../../geometry/planar.ts';
import type { Measures } from './measures.ts';
import type { EditSpace } from './model.ts';

type Shape = Pick<EditSpace, 'source_polygon' | 'source_holes'> & { source_key?: string | null };

/** From the middle of a wall to its face, and a little more; columns stand up to two feet from the face they hold. */
const DOOR_REACH_FT = 1.25;
const COLUMN_REACH_FT = 2;
const PROBE_FT = 0.5;
/** Two rooms see a door from opposite sides when the directions into them differ by more than a right angle. */
const OPPOSITE = 0.1;

export type Fitted = Pick<PlanDocument, 'doors' | 'windows' | 'columns'>;

/**
 * Doors, windows and columns with the rooms as they stand: what touches no changed room stays as it was read.
 * Keys are `source_key`s, as in the document.
 */
export function fitOpenings(document: PlanDocument, spaces: readonly Shape[], measures: Measures): Fitted {
  const read = new Map(document.spaces.map((space) => [space.id, space]));
  const standing = new Map(spaces.map((space) => [space.source_key, space]));
  const same = (space: Shape) => {
    const was = read.get(space.source_key ?? '');
    return was !== undefined && sameShape(was, space);
  };
  const fresh = spaces.filter((space) => !same(space));
  const gone = new Set(
    document.spaces
      .filter((space) => {
        const now = standing.get(space.id);
        return now === undefined || !sameShape(space, now);
      })
      .map((space) => space.id),
  );
  if (fresh.length === 0 && gone.size === 0)
    return { doors: document.doors, windows: document.windows, columns: document.columns };
  const near = finder(fresh, measures);
  const link = (at: Point, keys: readonly string[]): string[] | null => {
    const probes = keys.filter((key) => gone.has(key)).map((key) => probeInto(read.get(key), at, measures));
    if (keys.length === 2 && probes.length === 2 && inOneRoom(fresh, probes)) return null;
    const kept = keys.filter((key) => !gone.has(key));
    if (kept.length === keys.length && (kept.length > 1 || fresh.length === 0)) return kept;
    return near(
      at,
      kept.flatMap((key) => standing.get(key) ?? []),
    );
  };
  return {
    doors: document.doors.flatMap((door): PlanDoor[] => {
      const connects = link([door.source_x, door.source_y], door.connects);
      return connects === null || connects.length === 0 ? [] : [{ ...door, connects }];
    }),
    windows: document.windows.flatMap((window): PlanWindow[] => {
      const space_ids = link([window.source_x, window.source_y], window.space_ids);
      return space_ids === null || space_ids.length === 0 ? [] : [{ ...window, space_ids }];
    }),
    columns: document.columns.map((column): PlanColumn => {
      if (column.space_id !== null && !gone.has(column.space_id)) return column;
      const at: Point = [column.source_x, column.source_y];
      return { ...column, space_id: columnRoom(fresh, at, COLUMN_REACH_FT * measures.foot) };
    }),
  };
}

export function sameShape(
  a: Pick<Shape, 'source_polygon' | 'source_holes'>,
  b: Pick<Shape, 'source_polygon' | 'source_holes'>,
): boolean {
  return (
    JSON.stringify(a.source_polygon) === JSON.stringify(b.source_polygon) &&
    JSON.stringify(a.source_holes) === JSON.stringify(b.source_holes)
  );
}

type Side = { key: string; distance: number; into: Point };

/** Keys of the rooms at a wall's place: those that keep it and fresh ones on the other side; null inside a room. */
function finder(fresh: readonly Shape[], measures: Measures) {
  const reach = DOOR_REACH_FT * measures.foot;
  const boxes = fresh.map((space) => boxOf(space.source_polygon));
  return (at: Point, kept: readonly Shape[]): string[] | null => {
    const sides = kept.map((space) => sideOf(space, at)).filter((side) => side !== null);
    const candidates: Side[] = [];
    for (const [i, space] of fresh.entries()) {
      if (!inBox(at, boxes[i]!, reach)) continue;
      const side = sideOf(space, at);
      if (side === null) continue;
      const within = inPolygon(at, { outer: [...space.source_polygon], holes: space.source_holes });
      if (within && side.distance > reach) return null;
      if (side.distance <= reach) candidates.push(side);
    }
    candidates.sort((a, b) => a.distance - b.distance);
    for (const candidate of candidates) {
      if (sides.length >= 2) break;
      const opposite = sides.every(
        (side) => side.into[0] * candidate.into[0] + side.into[1] * candidate.into[1] < OPPOSITE,
      );
      if (opposite) sides.push(candidate);
    }
    return sides.map((side) => side.key);
  };
}

/** A point of the room as it was read, just behind the wall at this place. */
function probeInto(space: Shape | undefined, at: Point, measures: Measures): Point | null {
  const side = space === undefined ? null : sideOf(space, at);
  if (side === null) return null;
  const by = side.distance + PROBE_FT * measures.foot;
  return [at[0] + side.into[0] * by, at[1] + side.into[1] * by];
}

/** Both sides of a wall lie in one room now: the wall is gone, and what stood in it. */
function inOneRoom(fresh: readonly Shape[], probes: readonly (Point | null)[]): boolean {
  return fresh.some((space) =>
    probes.every(
      (p) => p !== null && inPolygon(p, { outer: [...space.source_polygon], holes: space.source_holes }),
    ),
  );
}

/** Distance from the room's nearest wall face, and the direction from there into the room. */
function sideOf(space: Shape, at: Point): Side | null {
  let best: Side | null = null;
  const rings = [space.source_polygon, ...space.source_holes];
  for (const [r, ring] of rings.entries()) {
    const turn = signedArea(ring) > 0 === (r === 0) ? 1 : -1;
    for (let i = 0; i < ring.length; i++) {
      const a = ring[i]!;
      const b = ring[(i + 1) % ring.length]!;
      const near = nearestOnSegment(at, a, b);
      if (best !== null && near.distance >= best.distance) continue;
      const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
      const into: Point = [(-(b[1] - a[1]) / length) * turn, ((b[0] - a[0]) / length) * turn];
      best = { key: space.source_key ?? '', distance: near.distance, into };
    }
  }
  return best;
}

function columnRoom(spaces: readonly Shape[], at: Point, reach: number): string | null {
  const inside = spaces.find((space) => inPolygon(at, { outer: [...space.source_polygon], holes: [] }));
  const beside = inside ?? spaces.find((space) => distanceToRing(at, space.source_polygon) < reach);
  return beside?.source_key ?? null;
}
