// Screening checks that can be computed from a plan alone. They say where to look; they are not a code review, and what
// only the user knows (sprinklers, the adopted code, door hardware) is listed with each check that needs it.
import type { ComplianceCheck, PlanDoor, PlanPlace, PlanSpace } from '../../contract/plan.ts';
import { OCCUPANT_FACTOR } from './capacity.data.ts';

export type ScreenedSpace = {
  space: PlanSpace;
  /** Width of the passage in feet and diameter of the largest circle in feet. */
  passage: number;
  circle: number;
  centre: PlanPlace;
};

const CLEAR_DOOR = 32 / 12;
/** What door thickness and stops take from a leaf's width (ADA 2010 404.2.3 measures at 90 degrees). */
const LEAF_LOSS = 1.75 / 12;
const TURNING = 60 / 12;
const CORRIDOR = 44 / 12;
const CORRIDOR_FEW = 36 / 12;

/** Checks at a known scale; none where the scale is unknown. */
export function screen(
  spaces: readonly ScreenedSpace[],
  doors: readonly PlanDoor[],
  diagonal: number,
): ComplianceCheck[] {
  return [
    ...storeyExits(spaces, doors, diagonal),
    ...spaces.flatMap((s) => [...roomExits(s), ...corridorWidth(s), ...turningSpace(s)]),
    ...doors.flatMap(doorWidth),
  ];
}

export function occupantLoad(space: PlanSpace): number {
  const factor = OCCUPANT_FACTOR[space.type];
  return factor && space.area_sqft ? Math.ceil(space.area_sqft / factor) : 0;
}

function at(s: ScreenedSpace): NonNullable<ComplianceCheck['where']> {
  return { ...s.centre, space_id: s.space.id };
}

function title(space: PlanSpace): string {
  return [space.number, space.name].filter(Boolean).join(' ') || space.id;
}

/** IBC 2021 §1006.3, §1007.1.1: exits of the storey by occupant load, and how far they stand apart. */
function storeyExits(
  spaces: readonly ScreenedSpace[],
  doors: readonly PlanDoor[],
  diagonal: number,
): ComplianceCheck[] {
  const load = spaces.reduce((sum, s) => sum + occupantLoad(s.space), 0);
  if (load === 0) return [];
  const stairs = new Set(spaces.filter((s) => s.space.type === 'stair').map((s) => s.space.id));
  const out = doors.filter((door) => door.connects.length === 1 && !stairs.has(door.connects[0]!));
  const exits = [
    ...out.map((door) => [door.x!, door.y!] as const),
    ...spaces.filter((s) => stairs.has(s.space.id)).map((s) => [s.centre.x!, s.centre.y!] as const),
  ];
  const needed = load > 1000 ? 4 : load > 500 ? 3 : 2;
  const apart = Math.max(
    0,
    ...exits.flatMap((p, i) => exits.slice(i + 1).map((q) => Math.hypot(p[0] - q[0], p[1] - q[1]))),
  );
  const half = apart >= diagonal / 2;
  return [
    {
      code: 'IBC 2021',
      section: '1006.3',
      status: exits.length >= needed ? 'pass' : 'needs_input',
      detail: `About ${load} occupants need ${needed} exits; ${exits.length} doors to the outside or stairs were found.`,
      where: null,
      needs: exits.length >= needed ? [] : ['which doors are exits of this storey'],
    },
    {
      code: 'IBC 2021',
      section: '1007.1.1',
      status: half ? 'pass' : apart >= diagonal / 3 ? 'needs_input' : 'fail',
      detail: `Exits stand up to ${apart.toFixed(0)} ft apart; half the diagonal is ${(diagonal / 2).toFixed(0)} ft, a third (with sprinklers) ${(diagonal / 3).toFixed(0)} ft.`,
      where: null,
      needs: half ? [] : ['whether the building is sprinklered'],
    },
  ];
}

/** IBC 2021 Table 1006.2.1: two ways out of a room from 50 occupants; §1010.1.2.1: doors swing outward. */
function roomExits(s: ScreenedSpace): ComplianceCheck[] {
  const load = occupantLoad(s.space);
  if (load < 50) return [];
  const ways = s.space.characteristics.doors;
  const assembly =
    s.space.type === 'meeting_room' || s.space.type === 'breakroom' || s.space.type === 'collaboration';
  const status = ways >= 2 ? (assembly ? 'needs_input' : 'pass') : 'fail';
  return [
    {
      code: 'IBC 2021',
      section: 'Table 1006.2.1',
      status,
      detail: `${title(s.space)} may hold ${load} people, which needs two ways out; ${ways} ${ways === 1 ? 'was' : 'were'} found.`,
      where: at(s),
      needs: assembly
        ? ['whether its doors swing outward (from 50 occupants)', 'how the room is furnished']
        : [],
    },
  ];
}

/** IBC 2021 §1020.3: corridors 44 in, 36 in under 50 occupants; ADA 2010 403.5.1: 36 in. */
function corridorWidth(s: ScreenedSpace): ComplianceCheck[] {
  if (s.space.type !== 'corridor') return [];
  const status = s.passage >= CORRIDOR ? 'pass' : s.passage >= CORRIDOR_FEW ? 'needs_input' : 'fail';
  return [
    {
      code: 'IBC 2021',
      section: '1020.3',
      status,
      detail: `${title(s.space)} is about ${(s.passage * 12).toFixed(0)} in wide; 44 in are asked, 36 in where it serves fewer than 50 people.`,
      where: at(s),
      needs: status === 'needs_input' ? ['how many people the corridor serves'] : [],
    },
  ];
}

/** ADA 2010 §304.3: a 60 in turning circle, before furniture and fixtures. */
function turningSpace(s: ScreenedSpace): ComplianceCheck[] {
  if (s.space.type !== 'restroom' && s.space.type !== 'meeting_room') return [];
  return [
    {
      code: 'ADA 2010',
      section: '304.3',
      status: s.circle >= TURNING ? 'pass' : 'needs_input',
      detail: `The largest circle in ${title(s.space)} is ${(s.circle * 12).toFixed(0)} in across before furniture and fixtures; 60 in are asked.`,
      where: at(s),
      needs: s.circle >= TURNING ? [] : ['whether a T-shaped turning space is provided'],
    },
  ];
}

/** ADA 2010 §404.2.3: 32 in clear, taken from the leaf's width. */
function doorWidth(door: PlanDoor): ComplianceCheck[] {
  if (door.width_ft === null || door.width_ft - LEAF_LOSS >= CLEAR_DOOR) return [];
  const { x, y, source_x, source_y } = door;
  return [
    {
      code: 'ADA 2010',
      section: '404.2.3',
      status: door.width_ft >= CLEAR_DOOR ? 'needs_input' : 'fail',
      detail: `This door is ${(door.width_ft * 12).toFixed(0)} in wide; 32 in must stay clear when it is open.`,
      where: { x, y, source_x, source_y, space_id: door.connects[0] ?? null },
      needs: door.width_ft >= CLEAR_DOOR ? ['the clear width with its hardware'] : [],
    },
  ];
}
