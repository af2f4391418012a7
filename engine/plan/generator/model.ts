// What a generated plan consists of, in feet: the exact truth and everything that is drawn around it.
import type { SpaceType } from '../../../contract/plan.ts';
import type { Point, Polygon } from '../../geometry/planar.ts';

export const CONVENTIONS = ['aia', 'xref', 'words', 'german', 'none'] as const;
export type Convention = (typeof CONVENTIONS)[number];
export type DrawingUnit = 'in' | 'ft' | 'mm' | 'm';

export type PlanOptions = {
  width_ft: number;
  depth_ft: number;
  convention: Convention;
  unit: DrawingUnit;
  /** Header unit that is wrong, as in many real files. */
  wrong_header: boolean;
  rotation_degrees: number;
  notched: boolean;
  l_core: boolean;
  curved: boolean;
  columns: boolean;
  furniture: boolean;
  partitions: boolean;
  grid: boolean;
  dimensions: boolean;
  /** Share of wall lines that stop short of their corner. */
  gap_share: number;
  /** Share of open offices, receptions and breakrooms that meet the corridor in a wide opening without a door. */
  cased_openings: number;
  /** Share of doors drawn as bare openings. */
  missing_doors: number;
  labels: 'both' | 'numbers' | 'none';
  areas_printed: boolean;
};

export type TrueRoom = { number: string; name: string; type: SpaceType; polygon: Polygon; label_at: Point };
export type TrueDoor = {
  hinge: Point /** Unit vector along the wall from the hinge. */;
  along: Point /** Unit vector into the room it opens to. */;
  into: Point;
  width: number;
  leaves: 1 | 2;
  drawn: boolean;
};
export type TrueWindow = { a: Point; b: Point /** Unit vector outward. */; out: Point; thickness: number };

export type GeneratedPlan = {
  seed: number;
  options: PlanOptions;
  rooms: TrueRoom[];
  doors: TrueDoor[];
  windows: TrueWindow[];
  columns: Polygon[];
  /** Wall bodies with all openings cut. */
  walls: Polygon[];
  furniture: { kind: 'desk' | 'chair' | 'table' | 'toilet'; at: Point; angle: number }[];
  partitions: [Point, Point][];
  footprint: Polygon;
};
