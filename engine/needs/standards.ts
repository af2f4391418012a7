/**
 * How much floor a seat takes, by kind of room. Secondary planning figures of the trade; an organization may hand in its own.
 * Areas in square feet per seat, inside wall faces.
 */
import type { SpaceType } from '../../contract/plan.ts';

export interface SpaceStandard {
  /** Used when the plan gives no capacity. */
  comfortable_sqft: number;
  /** Below this no more seats are put into the room. */
  minimum_sqft: number;
  /** Most seats that make sense in one such room; null: no bound. */
  most_seats: number | null;
  source: string;
}

const STANDARD = 'space planning figures of the trade (secondary)';

export const SPACE_STANDARDS: Partial<Record<SpaceType, SpaceStandard>> = {
  open_office: {
    comfortable_sqft: 75,
    minimum_sqft: 55,
    most_seats: null,
    source: `${STANDARD}: bench 48–65 sq ft a person, workstation 60–110`,
  },
  private_office: {
    comfortable_sqft: 120,
    minimum_sqft: 60,
    most_seats: 1,
    source: `${STANDARD}: private office 90–150, executive 150–250`,
  },
  meeting_room: {
    comfortable_sqft: 27,
    minimum_sqft: 20,
    most_seats: null,
    source: `${STANDARD}: conference 25–30 sq ft a seat; 4 people 100, 6 people 225, 10 people 300`,
  },
  collaboration: { comfortable_sqft: 35, minimum_sqft: 25, most_seats: null, source: STANDARD },
  phone_booth: {
    comfortable_sqft: 25,
    minimum_sqft: 12,
    most_seats: 1,
    source: `${STANDARD}: phone booth 25`,
  },
  breakroom: {
    comfortable_sqft: 25,
    minimum_sqft: 15,
    most_seats: null,
    source: 'IBC 2021 Table 1004.5, tables and chairs 15 net; 25 with counters and passing',
  },
  reception: { comfortable_sqft: 45, minimum_sqft: 25, most_seats: 12, source: STANDARD },
  lobby: { comfortable_sqft: 60, minimum_sqft: 30, most_seats: 16, source: STANDARD },
};

/** Mix of meeting rooms where only their number is known (secondary): small, medium, large. */
export const MEETING_ROOM_MIX = [
  { seats: 4, share: 0.4, area_sqft: 100 },
  { seats: 6, share: 0.35, area_sqft: 225 },
  { seats: 10, share: 0.25, area_sqft: 300 },
] as const;
