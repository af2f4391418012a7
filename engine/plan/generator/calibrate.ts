// Fits the confidence model on generated plans: logistic regression of "this outline is right" on what was seen.
import { overlap } from '../../geometry/overlap.ts';
import { CONFIDENCE_WEIGHTS } from '../confidence.data.ts';
import { type Features, featuresOf } from '../confidence.ts';
import { readDxfLinework } from '../dxf/read.ts';
import { makeFrame } from '../frame.ts';
import { findDoors } from '../parts.ts';
import { findRooms } from '../rooms.ts';
import { decideScale } from '../scale.ts';
import { vectorCues } from '../scale_cues.ts';
import { generatePlan } from './generate.ts';
import { truthOf } from './score.ts';
import { writeDxf } from './write_dxf.ts';

export type Sample = { features: Features; right: boolean };
type Weights = Record<keyof Features, number>;

/** Features of every room found in the plan of a seed, and whether it has IoU of at least 0.75 with a true room. */
export function samplesOf(seed: number): Sample[] {
  const plan = generatePlan(seed);
  const linework = readDxfLinework(new TextEncoder().encode(writeDxf(plan)));
  const frame = makeFrame(linework, decideScale(vectorCues(linework), 1 / 12).working);
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

/** Weights by gradient descent with a pull towards zero, from the present ones; deterministic. */
export function fitWeights(samples: readonly Sample[], rounds: number): Weights {
  const weights: Weights = { ...CONFIDENCE_WEIGHTS };
  const keys = Object.keys(weights) as (keyof Weights)[];
  for (let round = 0; round < rounds; round++) {
    const slope = Object.fromEntries(keys.map((key) => [key, 0])) as Weights;
    for (const { features, right } of samples) {
      const sum = keys.reduce((total, key) => total + weights[key] * features[key], 0);
      const error = (right ? 1 : 0) - 1 / (1 + Math.exp(-sum));
      for (const key of keys) slope[key] += error * features[key];
    }
    for (const key of keys) {
      const pull = key === 'base' ? 0 : 0.5 * weights[key];
      weights[key] += (4 / samples.length) * (slope[key] - pull);
    }
  }
  return weights;
}
