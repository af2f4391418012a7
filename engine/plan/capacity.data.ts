// Square feet a person needs by space type, and the smallest room that counts. Sources: office planning practice as in
// the project's table of trade facts: workstations 60–110 sq ft (75 taken), conference 25–30 a seat, booth 25,
// private office 90–150; breakroom and reception seats by tables-and-chairs practice (20–30).
import type { SpaceType } from '../../contract/plan.ts';

export type CapacityRule = { sqft_per_person: number; least: number; most: number };

export const CAPACITY: Partial<Record<SpaceType, CapacityRule>> = {
  open_office: { sqft_per_person: 75, least: 1, most: 5000 },
  private_office: { sqft_per_person: 120, least: 1, most: 2 },
  meeting_room: { sqft_per_person: 27.5, least: 2, most: 2000 },
  collaboration: { sqft_per_person: 40, least: 2, most: 2000 },
  phone_booth: { sqft_per_person: 40, least: 1, most: 1 },
  breakroom: { sqft_per_person: 25, least: 2, most: 2000 },
  reception: { sqft_per_person: 50, least: 1, most: 60 },
  lobby: { sqft_per_person: 60, least: 0, most: 60 },
};
