// What the screening works on: a storey in feet (x right, y up), however it came to be (read from a file, or corrected by
// hand), and the answers only a person can give.

import type { PlanPoint, PlanRing, SpaceType } from '../../../contract/plan.ts';
import type { ScreeningAnswers } from '../../../contract/screening.ts';

export type ScreenSpace = {
  id: string;
  name: string | null;
  number: string | null;
  type: SpaceType;
  polygon: PlanRing;
  holes: PlanRing[];
};

export type ScreenDoor = {
  id: string;
  x: number;
  y: number;
  /** Leaf width in feet; null where nobody knows. */
  width_ft: number | null;
  evidence?: 'block' | 'swing' | 'opening' | undefined;
  /** Ids of the rooms it joins, as read; the screening looks again by geometry and takes these where it finds none. */
  connects: string[];
  /** The room the leaf swings into, null for outside; absent where the drawing does not show it. */
  opens_into?: string | null | undefined;
  hinge?: { x: number; y: number } | undefined;
  leaf_count?: number | undefined;
};

export type ScreenColumn = { x: number; y: number; width_ft: number };
/** A fixture that stands on the floor (toilet, basin, counter): its box as a ring in feet. */
export type ScreenFixture = { name: string; ring: PlanRing };

export type Storey = {
  spaces: readonly ScreenSpace[];
  doors: readonly ScreenDoor[];
  columns: readonly ScreenColumn[];
  fixtures: readonly ScreenFixture[];
  /** Outside outlines of the storey. */
  outlines: readonly PlanRing[];
  /** Gross area inside the outlines, square feet; null where no outline was traced. */
  total_area_sqft: number | null;
  /** Feet to the file's own coordinates. */
  toSource: (p: PlanPoint) => PlanPoint;
};

export type Answers = ScreeningAnswers;
