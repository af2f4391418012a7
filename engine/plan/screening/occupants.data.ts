// Square feet for one occupant by function of a space: IBC 2021 Table 1004.5. A name says more than a type, so names
// come first; the order decides. Net areas count the room inside its walls, gross areas the storey with its walls.
import type { SpaceType } from '../../../contract/plan.ts';

export type OccupantFactor = {
  function: string;
  sqft: number;
  basis: 'net' | 'gross';
  /** Rooms for gatherings, which §303 puts into group A from 50 people. */
  assembly: boolean;
};

const factor = (name: string, sqft: number, basis: 'net' | 'gross', assembly = false): OccupantFactor => ({
  function: name,
  sqft,
  basis,
  assembly,
});

export const BUSINESS = factor('Business areas', 150, 'gross');
const TABLES = factor('Assembly, tables and chairs', 15, 'net', true);

export const FACTOR_BY_NAME: readonly { words: RegExp; factor: OccupantFactor }[] = [
  {
    words: /\b(auditorium|theat(er|re)|lecture|assembly)\b/i,
    factor: factor('Assembly, chairs only', 7, 'net', true),
  },
  { words: /\b(standing|queue)\b/i, factor: factor('Assembly, standing space', 5, 'net', true) },
  { words: /\bclass ?rooms?\b/i, factor: factor('Classroom', 20, 'net') },
  { words: /\b(commercial|main|catering) kitchen\b/i, factor: factor('Kitchen, commercial', 200, 'gross') },
  { words: /\b(gym|fitness|exercise)\b/i, factor: factor('Exercise room', 50, 'gross') },
  { words: /\blockers?( room)?\b/i, factor: factor('Locker room', 50, 'gross') },
  { words: /\blibrary\b/i, factor: factor('Library, reading room', 50, 'net', true) },
  { words: /\b(cafeteria|dining|canteen|training)\b/i, factor: TABLES },
];

/** Types that are not listed have no load of their own: they are part of the gross area. */
export const FACTOR_BY_TYPE: Partial<Record<SpaceType, OccupantFactor>> = {
  open_office: BUSINESS,
  private_office: BUSINESS,
  phone_booth: BUSINESS,
  reception: BUSINESS,
  lobby: BUSINESS,
  other: BUSINESS,
  corridor: BUSINESS,
  restroom: BUSINESS,
  stair: BUSINESS,
  elevator: BUSINESS,
  meeting_room: TABLES,
  collaboration: TABLES,
  breakroom: TABLES,
  storage: factor('Storage and mechanical equipment rooms', 300, 'gross'),
  mechanical: factor('Storage and mechanical equipment rooms', 300, 'gross'),
};
