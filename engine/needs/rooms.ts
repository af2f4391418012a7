/** Rooms as the programme counts them, and the small tools of counting: sharing out, labels, notes. */
import type { Brief } from '../../contract/brief.ts';
import type { NeedNote } from '../../contract/needs.ts';
import type { SpaceType } from '../../contract/plan.ts';
import type { Kit } from './kits.ts';

/** What is read of a room; a stored space and a plan document's space both fit. */
export interface NeedSpace {
  id: string;
  name?: string | null | undefined;
  number?: string | null | undefined;
  type: SpaceType;
  area_sqft?: number | null | undefined;
  suggested_capacity?: number | null | undefined;
  dimensions?: { width_ft: number; length_ft: number } | null | undefined;
}

export interface RoomProgramme {
  space: NeedSpace | null;
  kit: Kit;
  /** How many rooms of the kind this stands for: 1 with a plan, the brief's number without. */
  rooms: number;
  /** Desks in the whole of it. */
  workstations: number;
  /** Seats in the whole of it (meeting, lounge, dining …). */
  seats: number;
  area_sqft: number | null;
  /** Paths of the brief that the counts come from; empty when they come from the room. */
  paths: string[];
}

export interface Programme {
  rooms: RoomProgramme[];
  notes: NeedNote[];
}

export function note(
  code: string,
  severity: NeedNote['severity'],
  message: string,
  more: Partial<NeedNote> = {},
): NeedNote {
  return { code, severity, message, space_id: null, path: null, needed: null, available: null, ...more };
}

export function roomLabel(space: NeedSpace): string {
  const parts = [space.name, space.number].filter(
    (part) => part !== null && part !== undefined && part !== '',
  );
  return parts.length > 0 ? parts.join(' ') : space.type.replaceAll('_', ' ');
}

/** Desks in open space: the stated workstations, else the people who have no private office. */
export function desksWanted(brief: Brief, offices: number): { count: number; path: string } | null {
  if (brief.workstation_count !== undefined)
    return { count: brief.workstation_count, path: 'workstation_count' };
  if (brief.employee_count !== undefined) {
    return { count: Math.max(0, brief.employee_count - offices), path: 'employee_count' };
  }
  return null;
}

export function virtualRoom(
  kit: Kit,
  rooms: number,
  workstations: number,
  seats: number,
  area: number | null,
  paths: string[],
): RoomProgramme {
  return { space: null, kit, rooms, workstations, seats, area_sqft: area, paths };
}

/** Whole shares of a count in proportion to weights, none above its cap; adds up to the count when the caps allow. */
export function shareOut(count: number, weights: readonly number[], caps: readonly number[]): number[] {
  const shares = weights.map(() => 0);
  const room = (index: number) => (caps[index] ?? 0) - (shares[index] ?? 0);
  let left = Math.min(
    count,
    caps.reduce((a, b) => a + b, 0),
  );
  while (left > 0) {
    const open = weights.map((_, index) => index).filter((index) => room(index) > 0);
    const weight = (index: number) => Math.max(weights[index] ?? 0, 1e-9);
    const total = open.reduce((a, index) => a + weight(index), 0);
    const wants = open.map((index) => ({ index, exact: (left * weight(index)) / total }));
    const given = wants.map(({ index, exact }) => Math.min(room(index), Math.floor(exact)));
    let passed = given.reduce((a, b) => a + b, 0);
    for (const [at, { index }] of wants.entries()) shares[index] = (shares[index] ?? 0) + (given[at] ?? 0);
    if (passed === 0) {
      const byRest = [...wants].sort((a, b) => b.exact - a.exact || a.index - b.index);
      for (const { index } of byRest) {
        if (passed === left) break;
        shares[index] = (shares[index] ?? 0) + 1;
        passed += 1;
      }
    }
    left -= passed;
  }
  return shares;
}

/** Keeps as many rooms of a kit as the brief asks for, the larger first; tells when the plan has fewer or more. */
export function keepCount(
  rooms: RoomProgramme[],
  kit: Kit,
  wanted: number | undefined,
  path: string,
  label: string,
  notes: NeedNote[],
): RoomProgramme[] {
  if (wanted === undefined) return rooms;
  const all = rooms.filter((room) => room.kit === kit);
  if (all.length < wanted) {
    notes.push(
      note(
        `${path}_short`,
        'shortfall',
        `The brief asks for ${wanted} ${label}; the plan has ${all.length}.`,
        {
          path,
          needed: wanted,
          available: all.length,
        },
      ),
    );
  }
  const bySize = [...all].sort(
    (a, b) => (b.area_sqft ?? 0) - (a.area_sqft ?? 0) || compare(a.space?.id, b.space?.id),
  );
  const kept = new Set(bySize.slice(0, wanted));
  if (all.length > wanted) {
    const spare = bySize.slice(wanted).map((room) => (room.space ? roomLabel(room.space) : label));
    notes.push(
      note(
        `${path}_spare`,
        'info',
        `The plan has ${all.length} ${label}, the brief asks for ${wanted}: left empty are ${spare.join(', ')}.`,
        {
          path,
          needed: wanted,
          available: all.length,
        },
      ),
    );
  }
  return rooms
    .filter((room) => room.kit !== kit || kept.has(room))
    .map((room) => (kept.has(room) ? { ...room, paths: [path] } : room));
}

function compare(a: string | undefined, b: string | undefined): number {
  const left = a ?? '';
  const right = b ?? '';
  return left < right ? -1 : left > right ? 1 : 0;
}
