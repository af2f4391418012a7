// The independent hints at a drawing's scale: header units, dimension texts, door radii, wall thickness, viewports.
import type { ScaleCue } from '../../contract/plan.ts';
import type { Linework } from './linework.ts';
import { dominantGap, parallelPairs } from './pairing.ts';
import { paperDimensionCue } from './paper_dimensions.ts';
import { parseLength, parseScaleRatio } from './quantities.ts';

/** Feet in one drawing unit, for the units people draw in. */
export const UNITS: readonly { name: string; feet: number }[] = [
  { name: 'mm', feet: 1 / 304.8 },
  { name: 'cm', feet: 1 / 30.48 },
  { name: 'm', feet: 1 / 0.3048 },
  { name: 'in', feet: 1 / 12 },
  { name: 'ft', feet: 1 },
];

/**
 * Cues of a drawing on paper (one unit is 1/72 in): the scale notes on the sheet, and whether doors and walls have a
 * door's width and a wall's thickness at a noted scale.
 */
export function paperCues(linework: Linework): ScaleCue[] {
  const cues: ScaleCue[] = [];
  for (const text of linework.texts) {
    const note =
      /(?:\d+\s*[-\s]?)?\d*(?:\/\d+)?\s*(?:"|”|″|in\.?)\s*=\s*\d+\s*(?:'|’|′|ft)[-\s]*(?:\d+\s*(?:"|”|″|in)?)?|\b1\s*:\s*\d{2,4}\b/i.exec(
        text.value,
      )?.[0];
    const ratio = note ? parseScaleRatio(note.replace(/[-\s]+$/, '')) : null;
    if (!ratio || ratio < 4 || ratio > 5000) continue;
    const feet = ratio / 864;
    if (cues.some((cue) => Math.abs(cue.feet_per_unit / feet - 1) < 0.001)) continue;
    cues.push({ kind: 'scale_note', feet_per_unit: feet, detail: `the sheet says ${note!.trim()}` });
  }
  const dimension = paperDimensionCue(linework);
  const own = dimension && cues.length > 1 ? cues.filter((cue) => alike(cue, dimension)) : cues;
  const noted = own.length > 0 ? own : cues;
  const checked = noted.map((cue) => [cue, ...checksAt(linework, cue.feet_per_unit)]);
  return [...mostChecked(checked), ...(dimension ? [dimension] : [])];
}

function alike(p: ScaleCue, q: ScaleCue): boolean {
  return Math.abs(p.feet_per_unit / q.feet_per_unit - 1) < 0.03;
}

/** Of several notes on a sheet (the plan's and its details') those that most of the doors and walls bear out. */
function mostChecked(checked: readonly ScaleCue[][]): ScaleCue[] {
  const most = Math.max(0, ...checked.map((cues) => cues.length));
  return checked.filter((cues) => cues.length === most).flat();
}

function checksAt(linework: Linework, feet: number): ScaleCue[] {
  const radii = linework.arcs.filter((arc) => arc.sweep > 70 && arc.sweep < 110).map((arc) => arc.radius);
  const fits = radii.filter((radius) => within(radius * feet, DOOR)).length;
  const cues: ScaleCue[] = [];
  if (fits >= 2 && fits > radii.length * 0.4) {
    cues.push({
      kind: 'door_width',
      feet_per_unit: feet,
      detail: `${fits} of ${radii.length} door swings have a door's radius at the noted scale`,
    });
  }
  const walls = linework.strokes.filter((stroke) => stroke.origin.role === 'wall').slice(0, 20_000);
  const gap = dominantGap(
    parallelPairs(walls, WALL[0] / feet / 2, (2 * WALL[1]) / feet).filter(
      (pair) => pair.overlap > 3 * pair.gap,
    ),
  );
  if (gap && within(gap.gap * feet, WALL)) {
    cues.push({
      kind: 'wall_thickness',
      feet_per_unit: feet,
      detail: `walls are mostly ${(gap.gap * feet * 12).toFixed(1)} in thick at the noted scale`,
    });
  }
  return cues;
}

/** Door leaves 28 to 42 in, walls 4 to 12 in, in feet. */
const DOOR: readonly [number, number] = [28 / 12, 42 / 12];
const WALL: readonly [number, number] = [4 / 12, 12 / 12];
const SLACK = 0.02;
/** Plot ratios in use: inch on inch (1/16" to 3" to the foot) and millimetre on millimetre. */
const INCH_RATIOS = [4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 120, 128, 192, 240];
const METRIC_RATIOS = [20, 25, 50, 75, 100, 125, 150, 200, 250, 500];

/** All cues a drawing in real units gives by itself, before rooms are known; on paper only what its header says. */
export function vectorCues(linework: Linework, paper = false): ScaleCue[] {
  const cues: ScaleCue[] = linework.header.map((claim) => ({
    kind: 'header_units',
    feet_per_unit: claim.feet_per_unit,
    detail: claim.detail,
  }));
  const more = paper
    ? []
    : [dimensionCue(linework), doorCue(linework), wallCue(linework), viewportCue(linework)];
  return [...cues, ...more.filter((cue) => cue !== null)];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

function dimensionCue(linework: Linework): ScaleCue | null {
  const ratios = linework.dimensions.flatMap(({ text, measured }) => {
    const feet = parseLength(text);
    return feet !== null && feet > 0.2 ? [feet / measured] : [];
  });
  if (ratios.length === 0) return null;
  const middle = median(ratios);
  const agree = ratios.filter((ratio) => Math.abs(ratio / middle - 1) < 0.03).length;
  if (agree < ratios.length * 0.5) return null;
  return {
    kind: 'dimension_text',
    feet_per_unit: middle,
    detail: `${agree} of ${ratios.length} dimensions show the same length per unit`,
  };
}

/** The unit in which most door swings have a door's radius. */
function doorCue(linework: Linework): ScaleCue | null {
  const swings = linework.arcs.filter((arc) => arc.sweep > 70 && arc.sweep < 110 && arc.radius > 0);
  const named = swings.filter((arc) => arc.origin.role === 'door');
  const plain = swings.filter((arc) => arc.origin.role === 'unknown' || arc.origin.role === 'door');
  const radii = (named.length >= 2 ? named : plain).map((arc) => arc.radius);
  if (radii.length < 2) return null;
  const counts = UNITS.map((unit) => ({
    unit,
    fits: radii.filter((r) => within(r * unit.feet, DOOR)).length,
  }));
  counts.sort((p, q) => q.fits - p.fits);
  const [best, next] = counts as [(typeof counts)[0], (typeof counts)[0]];
  if (best.fits < 2 || best.fits < radii.length * 0.4 || best.fits < next.fits * 1.5) return null;
  return {
    kind: 'door_width',
    feet_per_unit: best.unit.feet,
    detail: `${best.fits} of ${radii.length} door swings have a door's radius in ${best.unit.name}`,
  };
}

function within(value: number, [low, high]: readonly [number, number]): boolean {
  return value >= low * (1 - SLACK) && value <= high * (1 + SLACK);
}

/** The unit in which the usual distance of wall lines is a wall's thickness, where only one unit makes it so. */
function wallCue(linework: Linework): ScaleCue | null {
  const named = linework.strokes.filter((stroke) => stroke.origin.role === 'wall');
  const lines = (
    named.length >= 8 ? named : linework.strokes.filter((s) => s.origin.role === 'unknown')
  ).slice(0, 20_000);
  const fits: { name: string; feet: number; gap: number; share: number }[] = [];
  for (const unit of UNITS) {
    const pairs = parallelPairs(lines, WALL[0] / unit.feet / 2, WALL[1] / unit.feet);
    const found = dominantGap(pairs.filter((pair) => pair.overlap > pair.gap * 3));
    if (found && within(found.gap * unit.feet, WALL) && found.share > 0.25) {
      const covered = pairs.reduce((sum, pair) => sum + pair.overlap, 0);
      fits.push({ ...unit, gap: found.gap, share: found.share * covered });
    }
  }
  fits.sort((p, q) => q.share - p.share);
  const [best, next] = fits;
  if (!best || (next && next.share > best.share * 0.5)) return null;
  return {
    kind: 'wall_thickness',
    feet_per_unit: best.feet,
    detail: `walls are mostly ${best.gap.toFixed(2)} units thick, a wall's thickness in ${best.name}`,
  };
}

function viewportCue(linework: Linework): ScaleCue | null {
  const votes = new Map<string, { feet: number; n: number; ratio: number }>();
  for (const { model_per_paper: ratio } of linework.viewports) {
    for (const [list, feet] of [
      [INCH_RATIOS, 1 / 12],
      [METRIC_RATIOS, 1 / 304.8],
    ] as const) {
      if (!list.some((r) => Math.abs(r / ratio - 1) < 0.002)) continue;
      const vote = votes.get(String(feet)) ?? { feet, n: 0, ratio };
      vote.n++;
      votes.set(String(feet), vote);
    }
  }
  const [best, next] = [...votes.values()].sort((p, q) => q.n - p.n);
  if (!best || (next && next.n === best.n)) return null;
  return {
    kind: 'viewport',
    feet_per_unit: best.feet,
    detail: `a viewport shows the model at 1:${Math.round(best.ratio)}`,
  };
}
