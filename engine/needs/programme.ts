/**
 * Shares the brief's counts out over the rooms: which rooms are furnished, with which kit, for how many people.
 * Counts nobody gave come from the rooms; rooms nobody drew come from the brief. What does not fit is told.
 */
import type { Brief } from '../../contract/brief.ts';
import type { NeedNote } from '../../contract/needs.ts';
import type { SpaceType } from '../../contract/plan.ts';
import type { Kit } from './kits.ts';
import {
  desksWanted,
  keepCount,
  type NeedSpace,
  note,
  type Programme,
  type RoomProgramme,
  roomLabel,
  shareOut,
} from './rooms.ts';
import { SPACE_STANDARDS, type SpaceStandard } from './standards.ts';
import { addBooths, roomsFromBrief } from './unplanned.ts';

export type { NeedSpace } from './rooms.ts';

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

export function kitOf(space: Pick<NeedSpace, 'name' | 'type'>): Kit | null {
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
