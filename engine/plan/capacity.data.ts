// Square feet a person needs by space type, and the smallest room that counts. Sources: office planning practice as in
// the project's table of trade facts: workstations 60–110 sq ft (75 taken), conference 25–30 a seat, booth 25,
// private office 90–150; breakroom and reception seats by tables-and-chairs practice (20–30).
import type { SpaceType } from '../../contract/plan.ts';

export type CapacityRule = { sqft_per_person: number; least: number; most: number; source: string };

export const CAPACITY: Partial<Record<SpaceType, CapacityRule>> = {
  open_office: {
    sqft_per_person: 75,
    least: 1,
    most: 5000,
    source: 'workstations 60–110 sq ft, planning practice',
  },
  private_office: {
    sqft_per_person: 120,
    least: 1,
    most: 2,
    source: 'private offices 90–150 sq ft, planning practice',
  },
  meeting_room: {
    sqft_per_person: 27.5,
    least: 2,
    most: 2000,
    source: 'conference 25–30 sq ft a seat, planning practice',
  },
  collaboration: { sqft_per_person: 40, least: 2, most: 2000, source: 'lounge seating, planning practice' },
  phone_booth: { sqft_per_person: 40, least: 1, most: 1, source: 'one person to a booth' },
  breakroom: {
    sqft_per_person: 25,
    least: 2,
    most: 2000,
    source: 'tables and chairs 20–30 sq ft a seat, planning practice',
  },
  reception: { sqft_per_person: 50, least: 1, most: 60, source: 'waiting seats, planning practice' },
  lobby: { sqft_per_person: 60, least: 0, most: 60, source: 'waiting seats, planning practice' },
};
