/**
 * How sure a choice is, told honestly: the margin of scores, or what decisions of people made of such margins once there
 * are enough of them.
 */
import { calibrated } from '../learning/calibration.ts';

/** Steps of a monotone fit on decisions, as the learning keeps them; no steps while there are too few. */
export interface ConfidenceCalibration {
  points: { at: number; value: number }[];
  /** Decisions it was fitted on. */
  rows: number;
}

export interface Confidence {
  /** 0 to 1. */
  value: number;
  basis: 'decisions' | 'margin';
  decisions: number;
}

/** Without a calibration the score stands as it is, and is called a margin. */
export function calibrate(score: number, calibration: ConfidenceCalibration | null | undefined): Confidence {
  if (!calibration || calibration.points.length === 0)
    return { value: score, basis: 'margin', decisions: calibration?.rows ?? 0 };
  const value = Math.min(1, Math.max(0, calibrated(score, calibration)));
  return { value: Math.round(value * 100) / 100, basis: 'decisions', decisions: calibration.rows };
}

/** What the figure rests on, in one sentence. */
export function confidenceInWords({ basis, decisions }: Confidence): string {
  return basis === 'decisions'
    ? `Calibrated on ${decisions.toLocaleString('en-US')} decisions: so often were such choices accepted.`
    : 'Not yet calibrated: the lead over the next best product, as there are too few decisions to measure it by.';
}
