// Confidence says what it rests on.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitCalibration } from '../learning/calibration.ts';
import { calibrate, confidenceInWords } from './calibrate.ts';

describe('confidence', () => {
  it('is the margin, and says it is not calibrated, while there are too few decisions', () => {
    for (const none of [null, undefined, { points: [], rows: 3 }]) {
      const confidence = calibrate(0.81, none);
      expect(confidence).toMatchObject({ value: 0.81, basis: 'margin' });
      expect(confidenceInWords(confidence)).toMatch(/^Not yet calibrated/);
    }
  });

  it('comes to what was accepted of such choices, and keeps their order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), (tenth) => {
        // Choices shown at 90 % that are accepted `tenth` times in ten.
        const points = Array.from({ length: 400 }, (_, at) => ({
          predicted: at % 2 === 0 ? 0.9 : 0.2,
          happened: at % 2 === 0 ? (Math.floor(at / 2) % 10 < tenth ? 1 : 0) : 0,
        })) as Parameters<typeof fitCalibration>[0];
        const fit = fitCalibration(points);
        const high = calibrate(0.9, fit);
        expect(high.basis).toBe('decisions');
        // Nearer to the truth than what was shown, by half at least where that was far off.
        const truth = tenth / 10;
        expect(Math.abs(high.value - truth)).toBeLessThanOrEqual(Math.max(0.05, (0.9 - truth) / 2));
        expect(calibrate(0.2, fit).value).toBeLessThanOrEqual(high.value);
        expect(confidenceInWords(high)).toContain('400 decisions');
      }),
    );
  });
});
