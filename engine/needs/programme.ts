/**
 * Shares the brief's counts out over the rooms: which rooms are furnished, with which kit, for how many people.
 * Counts nobody gave come from the rooms; rooms nobody drew come from the brief. What does not fit is told.
 */
import type { Brief } from '../../contract/brief.ts';
import type { NeedNote } from '../../contract/decisions.ts';
import type { SpaceType } from '../../contract/plan.ts';
import type { Kit } from './kits.ts';
import { MEETING_ROOM_MIX, SPACE_STANDARDS, type SpaceStandard } from './standards.ts';

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

/** Kits that a room's own name decides, whatever its type. */
const KIT_BY_NAME: readonly { pattern: RegExp; kit: Kit }[] = [
  { pattern: /\b(training|classroom|seminar)\b/i, kit: 'training_room' },
  {
    pattern: /\b(wellness|mothers?'?s?|lactation|nursing|prayer|meditation|first[ -]aid)\b/i,
    kit: 'wellness_room',
  },
  { pattern: /\b(patio|terrace|roof ?deck|balcony|courtyard)\b/i, kit: 'outdoor' },
];

const KIT_BY_TYPE: Partial<Record<SpaceType, Kit>> = {
  open_office: 'open_office',
  private_office: 'private_office',
  meeting_room: 'meeting_room',
  collaboration: 'collaboration',
  phone_booth: 'phone_booth',
  breakroom: 'breakroom',
  reception: 'reception',
  lobby: 'lobby',
  storage: 'storage',
};

export function programmeFor(
  brief: Brief,
  spaces: readonly NeedSpace[],
  standards: Partial<Record<SpaceType, SpaceStandard>> = SPACE_STANDARDS,
): Programme {
  const notes: NeedNote[] = [];
  const rooms =
    spaces.length === 0 ? roomsFromBrief(brief, notes) : roomsFromPlan(brief, spaces, standards, notes);
  askForRooms(brief, rooms, notes);
  return { rooms, notes };
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

function kitOf(space: NeedSpace): Kit | null {
  const named = KIT_BY_NAME.find((entry) => entry.pattern.test(space.name ?? ''));
  return named?.kit ?? KIT_BY_TYPE[space.type] ?? null;
}

function roomsFromPlan(
  brief: Brief,
  spaces: readonly NeedSpace[],
  standards: Partial<Record<SpaceType, SpaceStandard>>,
  notes: NeedNote[],
): RoomProgramme[] {
  const rooms: RoomProgramme[] = [];
  for (const space of spaces) {
    const kit = kitOf(space);
    if (kit) rooms.push(roomFor(space, kit, standards[space.type] ?? standards.meeting_room));
    else if (space.type === 'other') {
      notes.push(
        note(
          'room_type_unknown',
          'question',
          `What is ${roomLabel(space)} used for? It gets no furniture until its type is known.`,
          {
            space_id: space.id,
          },
        ),
      );
    }
  }
  const offices = keepCount(
    rooms,
    'private_office',
    brief.private_offices,
    'private_offices',
    'private offices',
    notes,
  );
  const meetings = keepCount(
    offices,
    'meeting_room',
    brief.meeting_rooms,
    'meeting_rooms',
    'meeting rooms',
    notes,
  );
  const withDesks = shareOutDesks(brief, meetings, standards.open_office, notes);
  return addBooths(brief, withDesks, notes);
}

function roomFor(space: NeedSpace, kit: Kit, standard: SpaceStandard | undefined): RoomProgramme {
  const area = space.area_sqft ?? null;
  const comfortable = area !== null && standard ? Math.floor(area / standard.comfortable_sqft) : 0;
  const wanted = space.suggested_capacity ?? comfortable;
  const fits =
    area !== null && standard
      ? Math.max(1, Math.floor(area / standard.minimum_sqft))
      : Number.POSITIVE_INFINITY;
  const seats = Math.min(Math.max(1, wanted), fits, standard?.most_seats ?? Number.POSITIVE_INFINITY);
  const desks = kit === 'open_office' ? seats : kit === 'private_office' ? 1 : 0;
  const meeting = kit === 'meeting_room' || kit === 'training_room' ? Math.max(2, seats) : seats;
  return { space, kit, rooms: 1, workstations: desks, seats: meeting, area_sqft: area, paths: [] };
}

/** Keeps as many rooms of a kit as the brief asks for, the larger first; tells when the plan has fewer or more. */
function keepCount(
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

/** Desks of the brief over the open offices, in proportion to what each holds in comfort, then up to its minimum standard. */
function shareOutDesks(
  brief: Brief,
  rooms: RoomProgramme[],
  standard: SpaceStandard | undefined,
  notes: NeedNote[],
): RoomProgramme[] {
  const wanted = desksWanted(brief, rooms.filter((room) => room.kit === 'private_office').length);
  if (!wanted) return rooms;
  const open = rooms.filter((room) => room.kit === 'open_office');
  if (open.length === 0) {
    if (wanted.count === 0) return rooms;
    const seated = rooms.filter((room) => room.kit === 'private_office').length;
    notes.push(
      note(
        'no_open_office',
        'shortfall',
        `The brief needs ${wanted.count} desks in open space, but no room of the plan is an open office (${seated} private offices are furnished).`,
        {
          path: wanted.path,
          needed: wanted.count,
          available: 0,
        },
      ),
    );
    return rooms;
  }
  const comfort = open.map((room) => room.workstations);
  const most = open.map((room) =>
    Math.max(
      room.workstations,
      room.area_sqft && standard ? Math.floor(room.area_sqft / standard.minimum_sqft) : 0,
    ),
  );
  const total = (list: number[]) => list.reduce((a, b) => a + b, 0);
  const tight = wanted.count > total(comfort);
  const shares = shareOut(Math.min(wanted.count, total(most)), tight ? most : comfort, most);
  if (wanted.count > total(most)) {
    notes.push(
      note(
        'desks_short',
        'shortfall',
        `The brief needs ${wanted.count} desks; the open offices hold ${total(most)} even at ${standard?.minimum_sqft ?? 0} sq ft a person.`,
        {
          path: wanted.path,
          needed: wanted.count,
          available: total(most),
        },
      ),
    );
  } else if (tight) {
    notes.push(
      note(
        'desks_tight',
        'info',
        `${wanted.count} desks are more than the comfortable ${total(comfort)} for the open offices; they are planned at down to ${standard?.minimum_sqft ?? 0} sq ft a person.`,
        {
          path: wanted.path,
          needed: wanted.count,
          available: total(comfort),
        },
      ),
    );
  }
  const byRoom = new Map(open.map((room, index) => [room, shares[index] ?? 0]));
  return rooms
    .map((room) => {
      const share = byRoom.get(room);
      return share === undefined
        ? room
        : { ...room, workstations: share, seats: share, paths: [wanted.path] };
    })
    .filter((room) => room.kit !== 'open_office' || room.workstations > 0);
}

/** Desks in open space: the stated workstations, else the people who have no private office. */
function desksWanted(brief: Brief, offices: number): { count: number; path: string } | null {
  if (brief.workstation_count !== undefined)
    return { count: brief.workstation_count, path: 'workstation_count' };
  if (brief.employee_count !== undefined) {
    return { count: Math.max(0, brief.employee_count - offices), path: 'employee_count' };
  }
  return null;
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

/** Booths the plan has no room for become freestanding ones in the open offices. */
function addBooths(brief: Brief, rooms: RoomProgramme[], notes: NeedNote[]): RoomProgramme[] {
  if (brief.excluded?.includes('phone_booths')) return rooms;
  const built = rooms.filter((room) => room.kit === 'phone_booth');
  const desks = rooms
    .filter((room) => room.kit === 'open_office')
    .reduce((a, room) => a + room.workstations, 0);
  const asked = brief.special_requirements?.includes('phone_booths') ?? false;
  const wanted = brief.phone_booths ?? (asked ? Math.max(1, Math.ceil(desks / 15)) : null);
  if (wanted === null) return rooms;
  const path = brief.phone_booths !== undefined ? 'phone_booths' : 'special_requirements';
  const marked = keepCount(rooms, 'phone_booth', Math.min(wanted, built.length), path, 'phone booths', []);
  const missing = wanted - built.length;
  if (missing <= 0) return marked;
  const open = marked.filter((room) => room.kit === 'open_office');
  notes.push(
    note(
      'booths_freestanding',
      'info',
      `The plan has ${built.length} of ${wanted} phone booths; ${missing} freestanding ones are added${open.length > 0 ? ' to the open offices' : ''}.`,
      {
        path,
        needed: wanted,
        available: built.length,
      },
    ),
  );
  if (open.length === 0)
    return [...marked, virtualRoom('freestanding_booth', missing, 0, missing, null, [path])];
  const shares = shareOut(
    missing,
    open.map((room) => room.workstations),
    open.map(() => missing),
  );
  const extra = open.flatMap((room, index): RoomProgramme[] => {
    const booths = shares[index] ?? 0;
    return booths > 0
      ? [
          {
            space: room.space,
            kit: 'freestanding_booth',
            rooms: booths,
            workstations: 0,
            seats: booths,
            area_sqft: null,
            paths: [path],
          },
        ]
      : [];
  });
  return [...marked, ...extra];
}

/** Without a plan: the rooms that the brief itself counts. */
function roomsFromBrief(brief: Brief, notes: NeedNote[]): RoomProgramme[] {
  const offices = brief.private_offices ?? 0;
  const desks = desksWanted(brief, offices);
  const rooms: RoomProgramme[] = [];
  if (desks && desks.count > 0) {
    rooms.push(virtualRoom('open_office', 1, desks.count, desks.count, desks.count * 75, [desks.path]));
  }
  if (offices > 0)
    rooms.push(virtualRoom('private_office', offices, offices, offices, offices * 120, ['private_offices']));
  const meetings = shareOut(
    brief.meeting_rooms ?? 0,
    MEETING_ROOM_MIX.map((entry) => entry.share),
    MEETING_ROOM_MIX.map(() => brief.meeting_rooms ?? 0),
  );
  for (const [index, entry] of MEETING_ROOM_MIX.entries()) {
    const n = meetings[index] ?? 0;
    if (n > 0)
      rooms.push(virtualRoom('meeting_room', n, 0, n * entry.seats, n * entry.area_sqft, ['meeting_rooms']));
  }
  if ((brief.meeting_rooms ?? 0) > 0) {
    notes.push(
      note(
        'meeting_mix_assumed',
        'question',
        'How large are the meeting rooms? Until a plan or their sizes are known, 40 % small (4), 35 % medium (6) and 25 % large (10) are assumed.',
        {
          path: 'meeting_rooms',
          needed: brief.meeting_rooms ?? null,
        },
      ),
    );
  }
  if (rooms.length === 0) {
    notes.push(
      note(
        'nothing_to_count',
        'question',
        'How many people or desks is this for? Neither a plan nor a count is known yet, so nothing can be recommended.',
      ),
    );
  }
  return addBooths(brief, rooms, notes);
}

function virtualRoom(
  kit: Kit,
  rooms: number,
  workstations: number,
  seats: number,
  area: number | null,
  paths: string[],
): RoomProgramme {
  return { space: null, kit, rooms, workstations, seats, area_sqft: area, paths };
}

/** Rooms that the brief wants furnished and nobody has drawn or counted: asked for, not invented. */
function askForRooms(brief: Brief, rooms: readonly RoomProgramme[], notes: NeedNote[]): void {
  const wanted: readonly {
    word: 'training_room' | 'wellness_room' | 'breakroom' | 'reception' | 'outdoor_furniture';
    kit: Kit;
    what: string;
  }[] = [
    { word: 'training_room', kit: 'training_room', what: 'a training room' },
    { word: 'wellness_room', kit: 'wellness_room', what: 'a wellness room' },
    { word: 'breakroom', kit: 'breakroom', what: 'a breakroom' },
    { word: 'reception', kit: 'reception', what: 'a reception' },
    { word: 'outdoor_furniture', kit: 'outdoor', what: 'furniture outdoors' },
  ];
  for (const { word, kit, what } of wanted) {
    if (!brief.special_requirements?.includes(word) || rooms.some((room) => room.kit === kit)) continue;
    notes.push(
      note(
        `${word}_without_room`,
        'question',
        `The brief asks for ${what}: which room is it, and for how many people? No room of the plan is named so.`,
        {
          path: 'special_requirements',
        },
      ),
    );
  }
}

function compare(a: string | undefined, b: string | undefined): number {
  const left = a ?? '';
  const right = b ?? '';
  return left < right ? -1 : left > right ? 1 : 0;
}
