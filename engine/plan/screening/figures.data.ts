// The rules that are screened: where each stands, what it asks in figures, and the formula in words. IBC is the
// International Building Code 2021 (International Code Council), ADA the 2010 ADA Standards for Accessible Design
// (US Department of Justice). Lengths are in inches or feet as their name says. A caller may override any figure.
import type { Occupancy } from '../../../contract/screening.ts';

export type Rule = {
  code: 'IBC 2021' | 'ADA 2010';
  section: string;
  title: string;
  formula: string;
  figures: Readonly<Record<string, number>>;
};

const IBC = 'IBC 2021' as const;
const ADA = 'ADA 2010' as const;

export const RULES = {
  occupant_load: {
    code: IBC,
    section: 'Table 1004.5',
    title: 'Occupant load',
    formula: 'area / factor of each function, rounded up; business by the gross area of the storey',
    figures: { least_detail: 50 },
  },
  small_assembly: {
    code: IBC,
    section: '303.1.2',
    title: 'Small assembly rooms',
    formula: 'assembly of fewer than 50 people, or under 750 sq ft, stays in the main occupancy',
    figures: { occupants: 50, area_sqft: 750 },
  },
  room_exits: {
    code: IBC,
    section: '1006.2.1',
    title: 'Ways out of a room',
    formula: 'two ways out above the occupants of Table 1006.2.1',
    figures: {},
  },
  many_exits: {
    code: IBC,
    section: '1006.2.1.1',
    title: 'Three or more ways out',
    formula: 'three from 501 occupants, four above 1,000',
    figures: { three_above: 500, four_above: 1000 },
  },
  storey_exits: {
    code: IBC,
    section: '1006.3.3',
    title: 'Exits of the storey',
    formula:
      'two exits, three from 501 occupants, four above 1,000; one may do for few people at ground level',
    figures: { three_above: 500, four_above: 1000 },
  },
  common_path: {
    code: IBC,
    section: 'Table 1006.2.1',
    title: 'Common path of egress',
    formula: 'walked from the most remote point to where ways to two exits part',
    figures: {},
  },
  separation: {
    code: IBC,
    section: '1007.1.1',
    title: 'Exits apart',
    formula: 'distance of exits against the longest diagonal of the area they serve',
    figures: { share: 1 / 2, share_sprinklered: 1 / 3 },
  },
  egress_width: {
    code: IBC,
    section: '1005.3.2',
    title: 'Width of the exits',
    formula: 'occupants × 0.2 in; with the widest exit lost, half of it remains (1005.5)',
    figures: { inches_per_occupant: 0.2, remaining_share: 0.5 },
  },
  travel: {
    code: IBC,
    section: 'Table 1017.2',
    title: 'Exit access travel distance',
    formula: 'walked from the most remote point of each room to the nearest exit',
    figures: {},
  },
  corridor: {
    code: IBC,
    section: '1020.3',
    title: 'Corridor width',
    formula: '44 in, 36 in where fewer than 50 occupants are served',
    figures: { width_in: 44, width_few_in: 36, few: 50 },
  },
  aisle: {
    code: IBC,
    section: '1018.3',
    title: 'Aisles',
    formula: 'the way between the doors of an open area, before furniture',
    figures: { width_in: 36 },
  },
  door_width: {
    code: IBC,
    section: '1010.1.1',
    title: 'Clear width of doors',
    formula: 'leaf width less 1.75 in for the leaf and its stop',
    figures: { clear_in: 32, loss_in: 1.75 },
  },
  door_swing: {
    code: IBC,
    section: '1010.1.2.1',
    title: 'Doors swing outward',
    formula: 'doors of rooms with 50 occupants or more open in the direction of egress',
    figures: { occupants: 50 },
  },
  ada_door_width: {
    code: ADA,
    section: '404.2.3',
    title: 'Accessible door width',
    formula: 'leaf width less 1.75 in; one leaf alone where there are two',
    figures: { clear_in: 32, loss_in: 1.75 },
  },
  door_approach: {
    code: ADA,
    section: '404.2.4.1',
    title: 'Room to work a door',
    formula:
      'free floor on both sides: front, latch-side or hinge-side approach of Table 404.2.4.1, whichever fits',
    figures: {
      pull_front_depth: 60,
      pull_front_latch: 18,
      pull_hinge_depth: 60,
      pull_hinge_latch: 36,
      pull_latch_depth: 48,
      pull_latch_depth_closer: 54,
      pull_latch_latch: 24,
      push_front_depth: 48,
      push_front_latch_closer: 12,
      push_hinge_depth: 42,
      push_hinge_hinge: 22,
      push_latch_depth: 42,
      push_latch_latch: 24,
    },
  },
  turning: {
    code: ADA,
    section: '304.3',
    title: 'Turning space',
    formula: 'a circle of 60 in fitted between walls, columns and fixtures',
    figures: { circle_in: 60, tee_in: 60 },
  },
  clear_floor: {
    code: ADA,
    section: '305.3',
    title: 'Clear floor space',
    formula: 'a rectangle of 30 × 48 in fitted between walls, columns and fixtures',
    figures: { width_in: 30, length_in: 48 },
  },
  accessible_route: {
    code: ADA,
    section: '403.5.1',
    title: 'Accessible route',
    formula: 'narrowest floor between walls and columns on the way out of each room, doors apart',
    figures: { width_in: 36, narrow_in: 32 },
  },
  passing: {
    code: ADA,
    section: '403.5.3',
    title: 'Passing spaces',
    formula: 'on routes under 60 in wide, a circle of 60 in at least every 200 ft',
    figures: { space_in: 60, every_ft: 200 },
  },
} satisfies Record<string, Rule>;

export type RuleKey = keyof typeof RULES;
export type Overrides = { [K in RuleKey]?: Partial<(typeof RULES)[K]['figures']> };

/** Per occupancy: occupants one way out is enough for, common path and travel in feet (Tables 1006.2.1 and 1017.2). */
export type OccupancyFigures = {
  one_exit: number;
  common: number;
  common_few: number;
  common_sprinklered: number;
  few: number;
  travel: number;
  travel_sprinklered: number;
};

export const OCCUPANCY: Record<Occupancy, OccupancyFigures> = {
  A: {
    one_exit: 49,
    common: 75,
    common_few: 75,
    common_sprinklered: 75,
    few: 30,
    travel: 200,
    travel_sprinklered: 250,
  },
  B: {
    one_exit: 49,
    common: 75,
    common_few: 100,
    common_sprinklered: 100,
    few: 30,
    travel: 200,
    travel_sprinklered: 300,
  },
  E: {
    one_exit: 49,
    common: 75,
    common_few: 75,
    common_sprinklered: 75,
    few: 30,
    travel: 200,
    travel_sprinklered: 250,
  },
  M: {
    one_exit: 49,
    common: 75,
    common_few: 75,
    common_sprinklered: 75,
    few: 30,
    travel: 200,
    travel_sprinklered: 250,
  },
  'S-1': {
    one_exit: 29,
    common: 75,
    common_few: 100,
    common_sprinklered: 100,
    few: 30,
    travel: 200,
    travel_sprinklered: 250,
  },
  'S-2': {
    one_exit: 29,
    common: 75,
    common_few: 100,
    common_sprinklered: 100,
    few: 30,
    travel: 300,
    travel_sprinklered: 400,
  },
};
