// How many people a storey is taken to hold, room by room and in all (IBC 2021 Table 1004.5).
import type { ScreeningLoad } from '../../../contract/plan.ts';
import { polygonArea } from '../../geometry/planar.ts';
import { BUSINESS, FACTOR_BY_NAME, FACTOR_BY_TYPE, type OccupantFactor } from './occupants.data.ts';
import type { ScreenSpace, Storey } from './types.ts';

export type Load = { area: number; factor: OccupantFactor; occupants: number };
export type Loads = { rooms: Load[]; total: number; gross: number; business_gross: number };

/** Types people do not stay in: their floor counts with the storey, not as a room's own load. */
const PASSED = ['corridor', 'restroom', 'stair', 'elevator'];
const BY_NAME = [
  'meeting_room',
  'collaboration',
  'breakroom',
  'open_office',
  'other',
  'lobby',
  'reception',
  'storage',
];

export function factorOf(space: Pick<ScreenSpace, 'name' | 'type'>): OccupantFactor {
  const named = BY_NAME.includes(space.type)
    ? FACTOR_BY_NAME.find(({ words }) => words.test(space.name ?? ''))
    : undefined;
  return named?.factor ?? FACTOR_BY_TYPE[space.type] ?? BUSINESS;
}

/**
 * Each room by its own area; the storey by its gross area less the rooms of other functions, at the business factor, and
 * those rooms at theirs. Without outlines the rooms' areas are summed, which leaves walls out.
 */
export function occupantLoads(storey: Storey): Loads {
  const rooms = storey.spaces.map((space): Load => {
    const area = polygonArea({ outer: space.polygon, holes: space.holes });
    const factor = factorOf(space);
    const stays = !PASSED.includes(space.type);
    return { area, factor, occupants: stays ? Math.ceil(area / factor.sqft - 1e-9) : 0 };
  });
  const other = rooms.filter(({ factor }) => factor !== BUSINESS);
  const inside = rooms.reduce((sum, { area }) => sum + area, 0);
  const gross = Math.max(storey.total_area_sqft ?? 0, inside);
  const business_gross = Math.max(0, gross - other.reduce((sum, { area }) => sum + area, 0));
  const total =
    rooms.length === 0
      ? 0
      : Math.ceil(business_gross / BUSINESS.sqft - 1e-9) +
        other.reduce((sum, { occupants }) => sum + occupants, 0);
  return { rooms, total, gross, business_gross };
}

export function loadTable(storey: Storey, loads: Loads): ScreeningLoad[] {
  return storey.spaces.map((space, i) => {
    const { factor, occupants } = loads.rooms[i]!;
    return {
      space_id: space.id,
      occupants,
      function: factor.function,
      sqft_per_occupant: factor.sqft,
      basis: factor.basis,
    };
  });
}
