// Hints at the scale that a picture gives: scale notes at the file's resolution, printed lengths at their lines, door swings.
import type { ScaleCue } from '../../../contract/plan.ts';
import type { Linework } from '../linework.ts';
import { paperDimensionCue } from '../paper_dimensions.ts';
import { paperCues } from '../scale_cues.ts';

/** Leaf of most doors of US offices, feet. */
const LEAF_FT = 3;
/** Radii alike to within this are of one make of door. */
const ALIKE = 0.04;
const FEWEST_DOORS = 4;
const POINTS_PER_INCH = 72;

/**
 * Cues in feet per pixel of the original. `dpi` is the resolution the file claims, or null; a note such as
 * 1/8" = 1'-0" says something only where the resolution is known and the sheet was not photographed at an angle.
 */
export function rasterCues(linework: Linework, dpi: number | null): ScaleCue[] {
  const notes = dpi === null ? [] : paperCues(linework).filter((cue) => cue.kind === 'scale_note');
  const dimension = paperDimensionCue(linework);
  const door = doorCue(linework);
  return [
    ...notes.map((cue) => ({
      ...cue,
      feet_per_unit: (cue.feet_per_unit * POINTS_PER_INCH) / dpi!,
      detail: `${cue.detail}, the file has ${dpi} dots per inch`,
    })),
    ...(dimension ? [dimension] : []),
    ...(door ? [door] : []),
  ];
}

/** The radius that most door swings share, taken for a 3 ft leaf. */
function doorCue(linework: Linework): ScaleCue | null {
  const radii = linework.arcs
    .filter((arc) => arc.sweep > 75 && arc.sweep < 105)
    .map((arc) => arc.radius)
    .sort((p, q) => p - q);
  let best: number[] = [];
  for (const radius of radii) {
    const like = radii.filter((other) => other >= radius && other <= radius * (1 + 2 * ALIKE));
    if (like.length > best.length) best = like;
  }
  if (best.length < FEWEST_DOORS || best.length < 0.5 * radii.length) return null;
  return {
    kind: 'door_width',
    feet_per_unit: LEAF_FT / best[best.length >> 1]!,
    detail: `${best.length} of ${radii.length} door swings have one radius, taken for 3 ft`,
  };
}
