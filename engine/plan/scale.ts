// Decides the scale by a vote of cues: two kinds that agree within 3 % are accepted, anything less is asked for.
import type { PlanScale, ScaleCue, ScaleCueKind } from '../../contract/plan.ts';
import { PlanError } from './errors.ts';
import { parseLoose, parseScaleRatio } from './quantities.ts';
import { UNITS } from './scale_cues.ts';

const AGREE = 0.03;

/** How far each kind is believed alone, 0 to 1: what is measured on the drawing above what its header claims. */
const WEIGHT: Record<ScaleCueKind, number> = {
  user_scale: 1,
  user_known: 1,
  dimension_text: 0.85,
  printed_area: 0.8,
  scale_note: 0.75,
  door_width: 0.7,
  viewport: 0.45,
  wall_thickness: 0.5,
  header_units: 0.5,
  plausible_size: 0.2,
};

/** Whose value is taken where several agree: a stated unit is exact, a printed area may follow another standard. */
const SHARPNESS: readonly ScaleCueKind[] = [
  'user_known',
  'user_scale',
  'dimension_text',
  'scale_note',
  'header_units',
  'viewport',
  'printed_area',
  'door_width',
  'wall_thickness',
  'plausible_size',
];

export type ScaleDecision = {
  scale: PlanScale /** Best guess for thresholds, never shown as fact. */;
  working: number;
};

/** The decision over all cues; `fallback` is a guess for working when there is no cue at all. */
export function decideScale(cues: readonly ScaleCue[], fallback: number): ScaleDecision {
  const own = cues.find((cue) => cue.kind === 'user_known') ?? cues.find((cue) => cue.kind === 'user_scale');
  const groups = cues
    .map((cue) => groupAround(cue, cues))
    .sort((p, q) => q.weight - p.weight || q.kinds.length - p.kinds.length);
  const best = groups[0];
  if (own) return { scale: accepted(own.feet_per_unit, 'user', 1, cues), working: own.feet_per_unit };
  if (!best) return { scale: unknown(cues), working: fallback };
  const against = groups.find((group) => Math.abs(group.feet / best.feet - 1) > AGREE);
  const confidence = Math.max(0, best.weight - 0.35 * (against?.weight ?? 0));
  const decided = best.kinds.length >= 2 && best.weight > (against?.weight ?? 0);
  if (!decided) return { scale: unknown(cues), working: likeliest(groups, fallback) };
  return {
    scale: accepted(best.feet, best.kinds.join('+'), Math.min(0.99, confidence), cues),
    working: best.feet,
  };
}

/** Of the groups that weigh about as much as the best, the one nearest to a building's usual size. */
function likeliest(groups: readonly Group[], fallback: number): number {
  const rivals = groups.filter((group) => group.weight > 0.75 * groups[0]!.weight);
  const off = (group: Group) => Math.abs(Math.log(group.feet / fallback));
  return [...rivals].sort((p, q) => off(p) - off(q))[0]!.feet;
}

type Group = { feet: number; kinds: ScaleCueKind[]; weight: number };

function groupAround(centre: ScaleCue, cues: readonly ScaleCue[]): Group {
  const near = cues.filter((cue) => Math.abs(cue.feet_per_unit / centre.feet_per_unit - 1) <= AGREE);
  const kinds = [...new Set(near.map((cue) => cue.kind))];
  kinds.sort((p, q) => WEIGHT[q] - WEIGHT[p]);
  const sharpest = near.reduce((p, q) => (SHARPNESS.indexOf(q.kind) < SHARPNESS.indexOf(p.kind) ? q : p));
  return {
    feet: sharpest.feet_per_unit,
    kinds,
    weight: 1 - kinds.reduce((rest, kind) => rest * (1 - WEIGHT[kind]), 1),
  };
}

function accepted(feet: number, method: string, confidence: number, cues: readonly ScaleCue[]): PlanScale {
  const marked = cues.map((cue) => ({ ...cue, agrees: Math.abs(cue.feet_per_unit / feet - 1) <= AGREE }));
  return { feet_per_unit: feet, method, confidence: Math.round(confidence * 100) / 100, cues: marked };
}

function unknown(cues: readonly ScaleCue[]): PlanScale {
  return { feet_per_unit: null, method: 'unknown', confidence: 0, cues: [...cues] };
}

/**
 * The scale a person stated: `1/8 in = 1 ft`, `1:100`, or a unit such as `1 unit = 1 mm` or `mm`.
 * `paperUnitFeet` is the paper length of one source unit in feet (a PDF point is 1/864), null where there is no paper.
 */
export function userScaleCue(text: string, paperUnitFeet: number | null): ScaleCue {
  const unit = /^(?:1\s*units?\s*=\s*)?(?:1\s*)?(mm|cm|m|in|inch|inches|ft|feet|foot)$/i
    .exec(text.trim())?.[1]
    ?.toLowerCase();
  if (unit) {
    const name = unit.startsWith('in') ? 'in' : unit.startsWith('f') ? 'ft' : unit;
    const feet = UNITS.find((u) => u.name === name)!.feet;
    return { kind: 'user_scale', feet_per_unit: feet, detail: `you said that one unit is one ${name}` };
  }
  const ratio = parseScaleRatio(text) ?? parseScaleRatio(text.replace(/\bto\b/i, '='));
  if (ratio === null || !(ratio > 0)) {
    throw new PlanError(
      'bad_scale',
      `The scale "${text.slice(0, 40)}" is not understood; write it like "1/8 in = 1 ft", "1:100" or "1 unit = 1 mm".`,
    );
  }
  if (paperUnitFeet === null) {
    throw new PlanError(
      'bad_scale',
      `The scale "${text.slice(0, 40)}" needs a paper size, which this file does not have; give one known distance instead.`,
    );
  }
  return { kind: 'user_scale', feet_per_unit: ratio * paperUnitFeet, detail: `you said ${text.trim()}` };
}

/** A distance a person knows: `x1,y1,x2,y2=12 ft` in source coordinates. */
export function userKnownCue(text: string): ScaleCue {
  const [where, length] = text.split('=');
  const at = (where ?? '')
    .split(/[,;\s]+/)
    .filter(Boolean)
    .map(Number);
  const feet = parseLoose(length ?? '');
  const span = at.length === 4 ? Math.hypot(at[2]! - at[0]!, at[3]! - at[1]!) : Number.NaN;
  if (!(span > 0) || !feet || !(feet > 0)) {
    throw new PlanError(
      'bad_scale',
      `The known distance "${text.slice(0, 60)}" is not understood; write it like "x1,y1,x2,y2=12 ft" with two different points.`,
    );
  }
  return {
    kind: 'user_known',
    feet_per_unit: feet / span,
    detail: `you said that ${span.toFixed(2)} units are ${feet.toFixed(2)} ft`,
  };
}

/** Areas printed in rooms against their traced areas at the working scale (feet per unit). */
export function printedAreaCue(
  pairs: readonly { printed: number; traced: number }[],
  working: number,
): ScaleCue | null {
  const factors = pairs.filter((p) => p.traced > 0).map((p) => Math.sqrt(p.printed / p.traced));
  if (factors.length < 2) return null;
  factors.sort((a, b) => a - b);
  const middle = factors[factors.length >> 1]!;
  const agree = factors.filter((factor) => Math.abs(factor / middle - 1) < 0.06).length;
  if (agree < 2 || agree < factors.length * 0.5) return null;
  return {
    kind: 'printed_area',
    feet_per_unit: working * middle,
    detail: `${agree} of ${factors.length} printed areas fit their rooms`,
  };
}
