// A first guess at the scale of a drawing that says nothing of it, for thresholds only: door swings, else overall size.
import { boxOf } from '../geometry/planar.ts';
import type { Linework } from './linework.ts';
import { UNITS } from './scale_cues.ts';

/** Length of a storey that fills its sheet, for want of anything better, feet. */
const STOREY_FT = 220;
/** Usual length of a building drawn in real units, feet. */
const BUILDING_FT = 120;
const DOOR_LEAF_FT = 3;
/** A median of fewer swings may be of anything. */
const FEWEST_SWINGS = 5;

/** Feet in one source unit; on paper any factor, else the unit that makes the drawing most like a building's size. */
export function guessScale(linework: Linework, paper: boolean): number {
  const box = boxOf(linework.strokes.map((stroke) => stroke.a));
  const size = Math.max(box[2] - box[0], box[3] - box[1], 1e-9);
  if (paper) return guessFromSwings(linework, size) ?? STOREY_FT / size;
  const off = (feet: number) => Math.abs(Math.log((size * feet) / BUILDING_FT));
  return UNITS.map((unit) => unit.feet).sort((p, q) => off(p) - off(q))[0]!;
}

/** The radius most quarter turns have is a door leaf's, where that gives the sheet a building's size. */
function guessFromSwings(linework: Linework, size: number): number | null {
  const radii = linework.arcs
    .filter((arc) => arc.sweep > 70 && arc.sweep < 110 && arc.origin.role !== 'wall')
    .map((arc) => arc.radius)
    .sort((p, q) => p - q);
  const usual = radii[radii.length >> 1];
  if (!usual || radii.length < FEWEST_SWINGS) return null;
  const alike = radii.filter((radius) => Math.abs(radius / usual - 1) < 0.25).length;
  const feet = DOOR_LEAF_FT / usual;
  return alike >= radii.length * 0.5 && size * feet > 20 && size * feet < 3000 ? feet : null;
}
