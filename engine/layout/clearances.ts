/** Clearances that a layout keeps, in feet, each with its source. One table; nothing else in the layout holds such numbers. */

const PRACTICE = 'space planning practice (secondary)';

export const CLEARANCES = {
  /** Free floor from the edge of a desk or table for the person who sits there. */
  seat_zone: { ft: 3, source: `${PRACTICE}: 36 in behind a chair` },
  /** The same where people pass behind. */
  seat_zone_passing: { ft: 3.5, source: `${PRACTICE}: 42–48 in with passing` },
  desk_side: { ft: 1.5, source: `${PRACTICE}: 18 in at a desk’s side` },
  main_aisle: { ft: 44 / 12, source: `${PRACTICE}; IBC 2021 corridor 44 in` },
  secondary_aisle: { ft: 3, source: 'ADA 2010 §403.5.1: 36 in route' },
  turning_circle: { ft: 5, source: 'ADA 2010 §304.3: 60 in turning space' },
  door_depth: { ft: 5, source: 'ADA 2010 Table 404.2.4.1: front approach, pull side 60 in deep' },
  door_latch_side: {
    ft: 1.5,
    source:
      'ADA 2010 Table 404.2.4.1: 18 in on the latch side; kept on both sides, the hand of the door is unknown',
  },
  storage_front: { ft: 3, source: `${PRACTICE}: 36 in in front of storage` },
  column: { ft: 0.1, source: PRACTICE },
  lounge_gap: { ft: 1.25, source: `${PRACTICE}: 14–18 in between seat and coffee table` },
} as const;

/** Half of the narrowest way a person in a wheelchair passes. */
export const HALF_ROUTE_FT = CLEARANCES.secondary_aisle.ft / 2;
