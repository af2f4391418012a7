/** Rooms that no plan shows: those that a brief counts before there is a plan, and booths that stand in open space. */
import type { Brief } from '../../contract/brief.ts';
import type { NeedNote } from '../../contract/needs.ts';
import { desksWanted, keepCount, note, type RoomProgramme, shareOut, virtualRoom } from './rooms.ts';
import { MEETING_ROOM_MIX } from './standards.ts';

/** Without a plan: the rooms that the brief itself counts. */
export function roomsFromBrief(brief: Brief, notes: NeedNote[]): RoomProgramme[] {
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

/** Booths the plan has no room for become freestanding ones in the open offices. */
export function addBooths(brief: Brief, rooms: RoomProgramme[], notes: NeedNote[]): RoomProgramme[] {
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
