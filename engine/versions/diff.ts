// How two states of one project differ: brief, rooms, places of furniture and the bill, and the same in words. Pure.
// Lengths are feet, areas square feet; rooms are the same by id, else by floor and number or name.
import type { SPACE_FIELDS, SpaceSide, VersionDiff } from '../../contract/versions.ts';
import { billDiff, type RoomMatch } from './bill.ts';
import {
  CONTENT_COLUMNS,
  list,
  number,
  type ProjectState,
  type Row,
  record,
  roomLabel,
  text,
} from './state.ts';
import { wordsOf } from './words.ts';

export type StateDiff = Omit<VersionDiff, 'before' | 'after'>;
type SpaceField = (typeof SPACE_FIELDS)[number];

/** Below this no person meant a change: an eighth of an inch. */
const SAME_FT = 1 / 96;
const SAME_SQFT = 0.05;

export function diffStates(before: ProjectState, after: ProjectState, scenario?: string): StateDiff {
  const brief = briefDiff(before.project, after.project);
  const rooms = matchRooms(before.spaces, after.spaces);
  const changed = rooms.pairs.flatMap(([a, b]) => {
    const fields = changedFields(a, b);
    return fields.length === 0 ? [] : [{ fields, before: spaceSide(a), after: spaceSide(b) }];
  });
  const spaces = { added: rooms.added.map(spaceSide), removed: rooms.removed.map(spaceSide), changed };
  const { bill, placements } = billDiff(before, after, rooms.match, scenario);
  return { words: wordsOf({ brief, spaces, placements, bill }), brief, spaces, placements, bill };
}

/** Leaves of the brief that differ; lists are compared whole. */
function briefDiff(before: Row, after: Row): StateDiff['brief'] {
  const found: StateDiff['brief'] = [];
  const walk = (path: string, a: unknown, b: unknown) => {
    const [left, right] = [record(a), record(b)];
    const nested = Object.keys(left).length + Object.keys(right).length > 0;
    if (nested && !Array.isArray(a) && !Array.isArray(b)) {
      for (const key of [...new Set([...Object.keys(left), ...Object.keys(right)])].sort())
        walk(`${path}.${key}`, left[key], right[key]);
    } else if (JSON.stringify(emptied(a)) !== JSON.stringify(emptied(b)))
      found.push({ path, before: a ?? null, after: b ?? null });
  };
  for (const column of CONTENT_COLUMNS) walk(column, before[column], after[column]);
  // The selected scenario is named beside the bill.
  return found.filter(({ path }) => path !== 'budget.selected_scenario');
}

function emptied(value: unknown): unknown {
  const hollow = Array.isArray(value)
    ? value.length === 0
    : typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return value === undefined || hollow ? null : value;
}

function matchRooms(before: readonly Row[], after: readonly Row[]) {
  const byId = new Map(after.map((space) => [space['id'], space]));
  const pairs: [Row, Row][] = [];
  const taken = new Set<Row>();
  const pair = (a: Row, b: Row | undefined) => {
    if (b === undefined || taken.has(b)) return false;
    taken.add(b);
    pairs.push([a, b]);
    return true;
  };
  const rest = before.filter((space) => !pair(space, byId.get(space['id'])));
  const byName = new Map<string, Row[]>();
  for (const space of after) {
    const key = nameKey(space);
    if (key !== null && !taken.has(space)) byName.set(key, [...(byName.get(key) ?? []), space]);
  }
  const removed = rest.filter((space) => {
    const key = nameKey(space);
    const same = key === null ? [] : (byName.get(key) ?? []).filter((one) => !taken.has(one));
    // Two rooms of one name are no proof.
    return !(same.length === 1 && pair(space, same[0]));
  });
  const match: RoomMatch = {
    before: new Map(before.map((space) => [String(space['id']), space])),
    after: new Map(after.map((space) => [String(space['id']), space])),
    same: new Map(pairs.map(([a, b]) => [String(b['id']), String(a['id'])])),
  };
  return { pairs, removed, added: after.filter((space) => !taken.has(space)), match };
}

function nameKey(space: Row): string | null {
  const name = text(space['number']) ?? text(space['name']);
  return name === null ? null : `${String(space['floor_plan_id'])} ${name.toLowerCase()}`;
}

function changedFields(a: Row, b: Row): SpaceField[] {
  const area = Math.abs((number(a['area_sqft']) ?? 0) - (number(b['area_sqft']) ?? 0)) > SAME_SQFT;
  const tests: [SpaceField, boolean][] = [
    ['name', text(a['name']) !== text(b['name'])],
    ['number', text(a['number']) !== text(b['number'])],
    ['type', a['type'] !== b['type']],
    ['area', area],
    ['outline', !sameRings(ringsOf(a), ringsOf(b))],
    ['floor', a['floor_plan_id'] !== b['floor_plan_id']],
  ];
  return tests.filter(([, differs]) => differs).map(([field]) => field);
}

type Ring = [number, number][];

/** In feet where the scale is known on both sides, else in the file's own coordinates. */
function ringsOf(space: Row): { polygon: Ring[]; source: Ring[] } {
  const rings = (outline: unknown, holes: unknown) =>
    [outline, ...list(holes)].map((one) => list(one) as Ring);
  return {
    polygon: rings(space['polygon'], space['holes']),
    source: rings(space['source_polygon'], space['source_holes']),
  };
}

function sameRings(a: ReturnType<typeof ringsOf>, b: ReturnType<typeof ringsOf>): boolean {
  const known = (a.polygon[0]?.length ?? 0) > 0 && (b.polygon[0]?.length ?? 0) > 0;
  const [left, right] = known ? [a.polygon, b.polygon] : [a.source, b.source];
  return (
    left.length === right.length &&
    left.every((ring, i) => {
      const other = right[i] ?? [];
      if (ring.length !== other.length) return false;
      return sameRing(ring, other);
    })
  );
}

/** The same corners in the same order, wherever the ring begins. */
function sameRing(ring: Ring, other: Ring): boolean {
  const n = ring.length;
  if (n === 0) return true;
  for (let shift = 0; shift < n; shift += 1) {
    const same = ring.every(([x, y], i) => {
      const [u, v] = other[(i + shift) % n] ?? [Number.NaN, Number.NaN];
      return Math.abs(x - u) <= SAME_FT && Math.abs(y - v) <= SAME_FT;
    });
    if (same) return true;
  }
  return false;
}

function spaceSide(space: Row): SpaceSide {
  return {
    id: String(space['id']),
    floor_plan_id: String(space['floor_plan_id']),
    label: roomLabel(space),
    type: String(space['type'] ?? 'other'),
    area_sqft: number(space['area_sqft']),
    polygon: list(space['polygon']) as SpaceSide['polygon'],
    source_polygon: list(space['source_polygon']) as SpaceSide['source_polygon'],
  };
}
