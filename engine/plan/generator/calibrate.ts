// Fits the confidence model on generated plans: logistic regression of "this outline is right" on what was seen.
import { overlap } from '../../geometry/overlap.ts';
import { CONFIDENCE_WEIGHTS } from '../confidence.data.ts';
import { type Features, featuresOf } from '../confidence.ts';
import { readDxfLinework } from '../dxf/read.ts';
import { makeFrame } from '../frame.ts';
import { guessScale } from '../guess.ts';
import type { Linework } from '../linework.ts';
import { findDoors } from '../parts.ts';
import { findRooms } from '../rooms.ts';
import { decideScale } from '../scale.ts';
import { vectorCues } from '../scale_cues.ts';
import { generatePlan } from './generate.ts';
import type { GeneratedPlan } from './model.ts';
import { makeRandom } from './random.ts';
import { truthOf } from './score.ts';
import { writeDxf } from './write_dxf.ts';

export type Sample = { features: Features; right: boolean };
type Weights = Record<keyof Features, number>;

/**
 * The plan of a seed as it goes into the fit: three in four as offices send them, every second with all lines on one
 * layer, where most goes wrong.
 */
export function calibrationPlan(seed: number): GeneratedPlan {
  return generatePlan(seed, {
    difficulty: seed % 4 === 0 ? 'plain' : 'real',
    ...(seed % 2 === 0 ? { convention: 'none' } : {}),
  });
}

/** In three of five plans some lines are missing at random, as in drawings that were exported or traced carelessly. */
function loseLines(linework: Linework, seed: number): void {
  if (seed % 5 > 2) return;
  const random = makeRandom(seed * 31 + 7);
  const share = random.between(0.005, 0.07);
  linework.strokes = linework.strokes.filter((stroke) => stroke.arc >= 0 || !random.chance(share));
}

/** Features of every room found in the plan of a seed, and whether it has IoU of at least 0.75 with a true room. */
export function samplesOf(seed: number): Sample[] {
  const plan = calibrationPlan(seed);
  const linework = readDxfLinework(new TextEncoder().encode(writeDxf(plan)));
  loseLines(linework, seed);
  const working = decideScale(vectorCues(linework), guessScale(linework, false)).working;
  const frame = makeFrame(linework, working);
  const found = findRooms(linework, frame);
  const doors = findDoors(found);
  const truth = truthOf(plan).map(({ polygon }) => ({
    outer: polygon.outer.map(frame.toFeet),
    holes: polygon.holes.map((hole) => hole.map(frame.toFeet)),
  }));
  return found.rooms.map((room, i) => ({
    features: featuresOf(room, found, doors.filter((door) => door.rooms.includes(i)).length),
    right: truth.some((polygon) => overlap(polygon, room.polygon) >= 0.75),
  }));
}

/** Pull of each weight but the base towards zero. */
const PULL = 1;

/** Weights by Newton's method on the logistic likelihood; deterministic. */
export function fitWeights(samples: readonly Sample[], rounds = 30): Weights {
  const keys = Object.keys(CONFIDENCE_WEIGHTS) as (keyof Weights)[];
  const rows = samples.map(({ features }) => keys.map((key) => features[key]));
  const weights = keys.map(() => 0);
  for (let round = 0; round < rounds; round++) {
    const slope = keys.map((_, k) => (k === 0 ? 0 : -PULL * weights[k]!));
    const bend = keys.map((_, k) => keys.map((__, l) => (k === l ? (k === 0 ? 1e-6 : PULL) : 0)));
    rows.forEach((row, i) => {
      const chance = 1 / (1 + Math.exp(-row.reduce((sum, value, k) => sum + value * weights[k]!, 0)));
      const miss = (samples[i]!.right ? 1 : 0) - chance;
      row.forEach((value, k) => {
        if (value === 0) return;
        slope[k]! += miss * value;
        row.forEach((other, l) => {
          bend[k]![l]! += chance * (1 - chance) * value * other;
        });
      });
    });
    const step = solve(bend, slope);
    step.forEach((by, k) => {
      weights[k]! += Math.max(-2, Math.min(2, by));
    });
    if (step.every((by) => Math.abs(by) < 1e-6)) break;
  }
  return Object.fromEntries(keys.map((key, k) => [key, weights[k]!])) as Weights;
}

/** Solves a small dense system by elimination. */
function solve(matrix: readonly number[][], right: readonly number[]): number[] {
  const n = right.length;
  const rows = matrix.map((row, k) => [...row, right[k]!]);
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let r = k + 1; r < n; r++) if (Math.abs(rows[r]![k]!) > Math.abs(rows[pivot]![k]!)) pivot = r;
    [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
    for (let r = 0; r < n; r++) {
      const factor = r === k ? 0 : rows[r]![k]! / rows[k]![k]!;
      if (factor !== 0) for (let c = k; c <= n; c++) rows[r]![c]! -= factor * rows[k]![c]!;
    }
  }
  return rows.map((row, k) => row[n]! / row[k]!);
}
