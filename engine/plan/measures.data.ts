// Sizes of building parts used to tell walls, doors and rooms apart, in feet. Sources: door radii and wall thickness
// from common US practice (28–42 in doors, 4–12 in walls); smallest rooms from phone booths and closets.

import type { SpaceType } from '../../contract/plan.ts';

export const SIZES = {
  /** Points closer than this are one (about 3 mm). */
  snap: 0.01,
  /** Ends of wall lines are joined over gaps up to this. */
  gap: 0.5,
  /** A stray end is joined sideways to another line up to this. */
  side_gap: 0.2,
  /** Thickest wall between two faces. */
  wall_max: 1.5,
  wall_min: 0.15,
  /** A face whose largest circle is smaller is wall, chase or column, not room. */
  room_radius: 0.9,
  /** Smallest room area kept with and without a label, square feet. */
  room_area_labelled: 8,
  room_area_numbered: 5,
  /** A face this wide is a room where a room number stands in it: shafts. */
  shaft_radius: 0.4,
  shaft_area_max: 60,
  room_area_unlabelled: 14,
  /** Smallest area that counts where the drawing outlines it and prints a number in it: shafts, pipe chases. */
  outline_area: 1.5,
  /** An opening without any door symbol counts as a doorway up to this width. */
  doorway_max: 4.5,
  /** Collinear wall ends farther apart are not one wall with an opening. */
  opening_max: 30,
  opening_min: 1.2,
  /** Widest opening one door or window symbol fills. */
  filled_max: 14,
  door_radius_min: 1.4,
  door_radius_max: 5,
  column_max: 5,
} as const;

/** Square feet that rooms of a type usually have in US offices (planning practice, wide on both sides). */
export const USUAL_AREA: Partial<Record<SpaceType, readonly [number, number]>> = {
  phone_booth: [15, 110],
  private_office: [60, 450],
  meeting_room: [70, 2500],
  restroom: [25, 900],
  elevator: [20, 260],
  stair: [60, 900],
  storage: [8, 2500],
  open_office: [120, 60_000],
  corridor: [40, 20_000],
};
