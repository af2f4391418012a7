// What a generated plan consists of, in feet: the exact truth and everything that is drawn around it.
import type { SpaceType } from '../../../contract/plan.ts';
import type { Box, Point, Polygon } from '../../geometry/planar.ts';

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
  /** 'real' adds what drawings from offices have beside rooms and doors; which of it, `real` says or the seed. */
  difficulty: 'plain' | 'real';
  real: Partial<RealOptions>;
};

export const DOOR_STYLES = [
  'leaf_arc_block',
  'arc_block',
  'box_leaf_block',
  'named_block',
  'loose',
  'gaps',
] as const;
export const LABEL_STYLES = ['text', 'mtext', 'attributes', 'block_text'] as const;

/** What makes a generated drawing like those that offices send; drawn from the seed where not given. */
export type RealOptions = {
  /** How doors are drawn; 'gaps' leaves every opening bare. */
  door_style: (typeof DOOR_STYLES)[number];
  /** Share of doors that slide along the wall. */
  sliding_share: number;
  /** Partitions of many thicknesses, from 3 in to 12 in. */
  wall_variety: boolean;
  /** Share of partitions between neighbouring rooms drawn as one line, on a layer that names nothing. */
  single_wall_share: number;
  label_style: (typeof LABEL_STYLES)[number];
  /** A box around each room number. */
  tag_boxes: boolean;
  /** Small rooms on the facade are labelled outside the building, with a leader. */
  outside_labels: boolean;
  wall_fill: 'none' | 'solid' | 'lines';
  /** Restroom stalls, sinks, stair treads, elevator cars, kitchen counters. */
  fittings: boolean;
  /** Dashed lines of what is overhead. */
  overhead: boolean;
  /** Sheet border, title block, legend with sample doors, north arrow. */
  sheet: boolean;
  /** Dimension strings along two facades. */
  dimension_strings: boolean;
  /** Walls to be taken down, on their own layer. */
  demolition: boolean;
  /** A second storey beside the first; its rooms are rooms of the drawing too. */
  second_storey: boolean;
  /** The whole building in one block, as a bound external reference. */
  in_block: boolean;
};

/** A piece of the drawing that is no wall, door, window, label or furniture. Feet; angles in degrees. */
export type Mark =
  | { kind: 'path'; part: Part; points: Point[]; closed: boolean; dashed: boolean }
  | { kind: 'arc'; part: Part; centre: Point; radius: number; from: number; to: number }
  | { kind: 'text'; part: Part; at: Point; height: number; value: string }
  | { kind: 'fill'; part: Part; polygon: Polygon }
  | { kind: 'dimension'; part: Part; a: Point; b: Point; line: Point; value: string };

export type TrueRoom = {
  number: string;
  name: string;
  type: SpaceType;
  polygon: Polygon;
  /** Where the label stands; outside the room where a leader points into it. */
  label_at: Point;
  /** Tip of the leader, within the room. */
  leader_to?: Point;
};
export type TrueDoor = {
  hinge: Point /** Unit vector along the wall from the hinge. */;
  along: Point /** Unit vector into the room it opens to. */;
  into: Point;
  width: number;
  leaves: 1 | 2;
  drawn: boolean;
  /** Slides along the room's side of the wall instead of swinging. */
  sliding?: boolean;
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
  /** Partitions drawn as one line; the rooms beside them touch. */
  single_walls: [Point, Point][];
  /** All the rest that is drawn (difficulty 'real'). */
  marks: Mark[];
  /** Everything drawn: the footprint, or the sheet around it. */
  bounds: Box;
};

/** What a thing is in the drawing, for its layer and pen. */
export type Part =
  | 'wall'
  | 'door'
  | 'glazing'
  | 'label'
  | 'furniture'
  | 'fixture'
  | 'grid'
  | 'dimension'
  | 'column'
  | 'partition'
  | 'single_wall'
  | 'hatch'
  | 'overhead'
  | 'demolition'
  | 'sheet'
  | 'tag';
