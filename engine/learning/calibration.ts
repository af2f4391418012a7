/** Predicted chances against what happened: isotonic fit (pool adjacent violators) and the expected calibration error. */
import type { Calibration } from '../../contract/learning.ts';

export interface CalibrationPoint {
  predicted: number;
  /** 1 accepted, 0 not. */
  happened: number;
  weight?: number | undefined;
}

/** Under this many points nothing is corrected. */
export const LEAST_POINTS = 30;
/** Every step is pulled towards the middle of its own predictions with the weight of this many points. */
const SHRINK = 4;
const MOST_STEPS = 40;

/** A rising step function through the points; the identity where there are too few. */
export function fitCalibration(points: readonly CalibrationPoint[]): Calibration {
  const usable = points.filter((point) => Number.isFinite(point.predicted) && (point.weight ?? 1) > 0);
  if (usable.length < LEAST_POINTS) return { points: [], rows: usable.length };
  const sorted = [...usable].sort((a, b) => a.predicted - b.predicted);
  const blocks: { weight: number; predicted: number; happened: number }[] = [];
  for (const point of bundled(sorted)) {
    blocks.push(point);
    while (blocks.length > 1) {
      const last = blocks.at(-1)!;
      const before = blocks.at(-2)!;
      if (before.happened / before.weight <= last.happened / last.weight) break;
      blocks.pop();
      before.weight += last.weight;
      before.predicted += last.predicted;
      before.happened += last.happened;
    }
  }
  const steps = blocks.map((block) => {
    const at = block.predicted / block.weight;
    return { at, value: (block.happened + SHRINK * at) / (block.weight + SHRINK) };
  });
  return { points: rising(steps), rows: usable.length };
}

/** Equal parts of the sorted points, so that no step rests on a single one. */
function bundled(sorted: readonly CalibrationPoint[]) {
  const size = Math.max(5, Math.ceil(sorted.length / MOST_STEPS));
  const bundles: { weight: number; predicted: number; happened: number }[] = [];
  for (let i = 0; i < sorted.length; i += size) {
    const bundle = { weight: 0, predicted: 0, happened: 0 };
    for (const point of sorted.slice(i, i + size)) {
      const weight = point.weight ?? 1;
      bundle.weight += weight;
      bundle.predicted += weight * point.predicted;
      bundle.happened += weight * point.happened;
    }
    bundles.push(bundle);
  }
  return bundles;
}

function rising(steps: readonly { at: number; value: number }[]) {
  let highest = 0;
  return steps.map(({ at, value }) => {
    highest = Math.max(highest, Math.min(1, value));
    return { at: round(at), value: round(highest) };
  });
}

/** The chance a prediction stands for, 0 to 1; between the steps in a straight line. */
export function calibrated(p: number, calibration: Calibration): number {
  const { points } = calibration;
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return p;
  if (p <= first.at) return first.value;
  if (p >= last.at) return last.value;
  const after = points.findIndex((point) => point.at >= p);
  const [a, b] = [points[after - 1]!, points[after]!];
  const share = b.at === a.at ? 1 : (p - a.at) / (b.at - a.at);
  return a.value + share * (b.value - a.value);
}

/** Mean distance of predicted and happened over ten equal bins, weighted by how much falls into each. */
export function calibrationError(points: readonly CalibrationPoint[]): number | null {
  const bins = Array.from({ length: 10 }, () => ({ weight: 0, predicted: 0, happened: 0 }));
  for (const { predicted, happened, weight = 1 } of points) {
    const bin = bins[Math.min(9, Math.max(0, Math.floor(10 * predicted)))]!;
    bin.weight += weight;
    bin.predicted += weight * predicted;
    bin.happened += weight * happened;
  }
  const total = bins.reduce((a, bin) => a + bin.weight, 0);
  if (total === 0) return null;
  return bins.reduce((a, bin) => a + Math.abs(bin.predicted - bin.happened), 0) / total;
}

function round(value: number): number {
  return Math.round(1e4 * value) / 1e4;
}
