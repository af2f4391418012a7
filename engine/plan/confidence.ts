// How sure the outline of a room is: a logistic model over what was seen while tracing it. The weights are fitted on
// generated plans (docs/accuracy.md shows the reliability on plans the fit has not seen).
import { inscribedCircle } from '../geometry/inscribed.ts';
import { inPolygon, perimeter, polygonArea } from '../geometry/planar.ts';
import { PICTURE_ODDS, CONFIDENCE_WEIGHTS as W } from './confidence.data.ts';
import { USUAL_AREA } from './measures.data.ts';
import { typeFromName } from './names.ts';
import type { Room, RoomPlan } from './rooms.ts';

export type Features = Record<keyof typeof W, number>;

/** What speaks for and against a room's outline; shares are 0 to 1. */
export function featuresOf(room: Room, plan: RoomPlan, doors: number): Features {
  const area = polygonArea(room.polygon);
  const { radius } = inscribedCircle(room.polygon, 0.2);
  const { label, closed } = room;
  return {
    base: 1,
    labelled: label?.strong ? 1 : 0,
    unlabelled_among_labelled: plan.labelRich && !label ? 1 : 0,
    label_outside: label && !label.anchors.some((p) => inPolygon(p, room.polygon)) ? 1 : 0,
    no_door: doors === 0 ? 1 : 0,
    bare_share: Math.min(1, closed.bare * 4),
    open_share: Math.min(1, closed.open * 2),
    line_share: Math.min(1, closed.line * 3),
    gap_share: Math.min(1, closed.gap * 4),
    area_outline: room.boundary === 'area_outline' ? 1 : 0,
    label_split: room.boundary === 'label_split' ? 1 : 0,
    half_way_split: room.natural ? 0 : 1,
    small: area < 40 ? 1 : 0,
    narrow: radius < 1.6 ? 1 : 0,
    ragged: raggedness(room, area),
    hollow: hollowness(room),
    printed_area_off: printedOff(room, area),
    odd_size: oddSize(room, area),
    unnamed_walls: plan.walls.method === 'pairs' ? 1 : 0,
    labels_lost: lostLabels(plan),
    jagged: Math.min(1, room.polygon.outer.length / 60),
  };
}

/** 0 for a square, near 1 for a room much longer round than its area asks for. */
function raggedness(room: Room, area: number): number {
  const around = perimeter(room.polygon.outer);
  return Math.max(0, 1 - (16 * area) / (around * around));
}

/** Share of the outer ring that holes take: nested regions that are no columns. */
function hollowness(room: Room): number {
  const outer = polygonArea({ outer: room.polygon.outer, holes: [] });
  const holes = room.polygon.holes.reduce((sum, ring) => sum + polygonArea({ outer: ring, holes: [] }), 0);
  return Math.min(1, (4 * holes) / Math.max(1, outer));
}

/** How far the area printed in the room is from the traced one: 0 within 8 %, 1 from a third. */
function printedOff(room: Room, area: number): number {
  const printed = room.label?.area_sqft;
  if (!printed || area <= 0) return 0;
  return Math.min(1, Math.max(0, Math.abs(Math.log(printed / area)) - 0.08) * 4);
}

/** How far the size is from what the name lets expect: 0 within the usual range, 1 from three times out of it. */
function oddSize(room: Room, area: number): number {
  const type = room.label?.name ? typeFromName(room.label.name)?.type : undefined;
  const range = type && USUAL_AREA[type];
  if (!range) return 0;
  const off = area < range[0] ? range[0] / area : area / range[1];
  return off <= 1 ? 0 : Math.min(1, Math.log(off) / Math.log(3));
}

/** Share of the drawing's room labels that no room was found for: a sign that its walls were read badly. */
function lostLabels(plan: RoomPlan): number {
  const strong = plan.labels.filter((label) => label.strong);
  if (strong.length < 5) return 0;
  const held = new Set(plan.rooms.map((room) => room.label));
  return Math.min(1, (3 * strong.filter((label) => !held.has(label)).length) / strong.length);
}

/** Real drawings hold surprises that generated ones do not: no outline is called surer than this. */
const MOST = 0.99;
const MOST_ODDS = Math.log(MOST / (1 - MOST));

/** Probability that the outline is right (IoU of at least 0.75 with the true room); `traced` from a picture's pixels. */
export function confidenceOf(features: Features, traced = false): number {
  let sum = 0;
  for (const key of Object.keys(W) as (keyof typeof W)[]) sum += W[key] * features[key];
  if (traced) sum = PICTURE_ODDS.base + PICTURE_ODDS.slope * Math.min(sum, MOST_ODDS);
  return Math.round(Math.min(MOST, 1 / (1 + Math.exp(-sum))) * 100) / 100;
}

const DOUBTS: readonly { key: keyof Features; above: number; words: string }[] = [
  { key: 'half_way_split', above: 0, words: 'divided half-way between two labels; no wall shows where' },
  {
    key: 'label_split',
    above: 0,
    words: 'one open region holds several labels; the border is drawn along wall lines',
  },
  {
    key: 'printed_area_off',
    above: 0,
    words: 'the area printed in the room is not the area of this outline',
  },
  { key: 'label_outside', above: 0, words: 'its label stands outside it' },
  { key: 'odd_size', above: 0.3, words: 'unusual size for a room of this name' },
  { key: 'open_share', above: 0.1, words: 'part of the outline is an opening without a door' },
  { key: 'line_share', above: 0, words: 'part of the outline is a single line that may not be a wall' },
  { key: 'no_door', above: 0, words: 'no door was found' },
  { key: 'unlabelled_among_labelled', above: 0, words: 'has no label although most rooms do' },
  {
    key: 'labels_lost',
    above: 0.4,
    words: 'many labels of the drawing have no room; its walls may be read badly',
  },
  { key: 'gap_share', above: 0.1, words: 'gaps in the walls were closed' },
  { key: 'unnamed_walls', above: 0, words: 'layers do not name walls; they were told by their shape' },
  { key: 'hollow', above: 0.3, words: 'much of it is taken by a space inside it' },
  { key: 'narrow', above: 0, words: 'very narrow' },
];

export function doubtsOf(features: Features): string[] {
  return DOUBTS.filter((doubt) => features[doubt.key] > doubt.above).map((doubt) => doubt.words);
}
