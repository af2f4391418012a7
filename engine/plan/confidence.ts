// How sure the outline of a room is: a logistic model over what was seen while tracing it. The weights are fitted on
// generated plans (docs/accuracy.md shows the reliability on plans the fit has not seen).
import { inscribedCircle } from '../geometry/inscribed.ts';
import { polygonArea } from '../geometry/planar.ts';
import { CONFIDENCE_WEIGHTS as W } from './confidence.data.ts';
import type { Room, RoomPlan } from './rooms.ts';

export type Features = Record<keyof typeof W, number>;

/** What speaks for and against a room's outline; shares are 0 to 1. */
export function featuresOf(room: Room, plan: RoomPlan, doors: number): Features {
  const area = polygonArea(room.polygon);
  const { radius } = inscribedCircle(room.polygon, 0.2);
  return {
    base: 1,
    labelled: room.label?.strong ? 1 : 0,
    unlabelled_among_labelled: plan.labelRich && !room.label ? 1 : 0,
    no_door: doors === 0 ? 1 : 0,
    open_share: Math.min(1, room.closed.open),
    gap_share: Math.min(1, room.closed.gap * 4),
    area_outline: room.boundary === 'area_outline' ? 1 : 0,
    label_split: room.boundary === 'label_split' ? 1 : 0,
    half_way_split: room.natural ? 0 : 1,
    small: area < 40 ? 1 : 0,
    narrow: radius < 1.6 ? 1 : 0,
    unnamed_walls: plan.walls.method === 'pairs' ? 1 : 0,
    jagged: Math.min(1, room.polygon.outer.length / 60),
  };
}

/** Real drawings hold surprises that generated ones do not: no outline is called surer than this. */
const MOST = 0.99;

/** Probability that the outline is right (IoU of at least 0.75 with the true room). */
export function confidenceOf(features: Features): number {
  let sum = 0;
  for (const key of Object.keys(W) as (keyof typeof W)[]) sum += W[key] * features[key];
  return Math.round(Math.min(MOST, 1 / (1 + Math.exp(-sum))) * 100) / 100;
}

const DOUBTS: readonly { key: keyof Features; above: number; words: string }[] = [
  { key: 'half_way_split', above: 0, words: 'divided half-way between two labels; no wall shows where' },
  {
    key: 'label_split',
    above: 0,
    words: 'one open region holds several labels; the border is drawn along wall lines',
  },
  { key: 'open_share', above: 0.05, words: 'part of the outline is an opening without a door' },
  { key: 'no_door', above: 0, words: 'no door was found' },
  { key: 'unlabelled_among_labelled', above: 0, words: 'has no label although most rooms do' },
  { key: 'gap_share', above: 0.1, words: 'gaps in the walls were closed' },
  { key: 'unnamed_walls', above: 0, words: 'layers do not name walls; they were told by their shape' },
  { key: 'narrow', above: 0, words: 'very narrow' },
];

export function doubtsOf(features: Features): string[] {
  return DOUBTS.filter((doubt) => features[doubt.key] > doubt.above).map((doubt) => doubt.words);
}
