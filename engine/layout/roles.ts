/** What each role of the kit table is to a layout: what it stands with, and whether a person sits on it. */
import type { LayoutItem } from './board.ts';

export type Family =
  | 'desk'
  | 'desk_chair'
  | 'guest'
  | 'table'
  | 'table_chair'
  | 'lounge'
  | 'low_table'
  | 'worktop'
  | 'worktop_seat'
  | 'reception'
  | 'wall_side'
  | 'wall'
  | 'surface'
  | 'floor';

const FAMILY: Record<string, Family> = {
  desk: 'desk',
  accessible_desk: 'desk',
  training_table: 'desk',
  task_chair: 'desk_chair',
  executive_chair: 'desk_chair',
  training_chair: 'desk_chair',
  guest_chair: 'guest',
  meeting_table: 'table',
  cafe_table: 'table',
  collaboration_table: 'table',
  outdoor_table: 'table',
  meeting_chair: 'table_chair',
  cafe_chair: 'table_chair',
  collaboration_seat: 'table_chair',
  outdoor_chair: 'table_chair',
  lounge_seat: 'lounge',
  lounge_chair: 'lounge',
  coffee_table: 'low_table',
  side_table: 'low_table',
  booth_surface: 'worktop',
  booth_seat: 'worktop_seat',
  reception_desk: 'reception',
  phone_booth: 'wall_side',
};

/** Which chairs are drawn up to which table or desk. */
export const CHAIRS_OF: Record<string, readonly string[]> = {
  desk: ['task_chair', 'executive_chair'],
  accessible_desk: ['task_chair', 'executive_chair'],
  training_table: ['training_chair'],
  meeting_table: ['meeting_chair'],
  cafe_table: ['cafe_chair'],
  collaboration_table: ['collaboration_seat'],
  outdoor_table: ['outdoor_chair'],
  reception_desk: ['task_chair'],
};

const SEATS: ReadonlySet<Family> = new Set(['desk_chair', 'table_chair', 'lounge', 'worktop_seat']);

export function familyOf(item: LayoutItem): Family {
  const known = FAMILY[item.role];
  if (known) return known;
  if (item.mount === 'on_surface' || item.mount === 'under_surface') return 'surface';
  if (item.mount === 'wall' || item.mount === 'ceiling') return 'wall';
  return item.mount === 'wall_side' ? 'wall_side' : 'floor';
}

/** Seats of one piece that count for the room; a guest's chair is not a seat of its own. */
export function seatsOf(item: LayoutItem): number {
  const family = familyOf(item);
  if (!SEATS.has(family)) return 0;
  return family === 'lounge' ? Math.max(1, item.places ?? 1) : 1;
}

const SEATED: ReadonlySet<Family> = new Set([...SEATS, 'desk', 'table', 'worktop', 'reception']);

/** Whether a role is something people sit on, or sit at. */
export function servesSeat(role: string): boolean {
  const family = FAMILY[role];
  return family !== undefined && SEATED.has(family);
}
