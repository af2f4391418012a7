// One figure with its baseline from the same run, rounded to what a measurement can tell.
import type { Figure } from '../server/commands/bench.ts';

const round = (value: number): number => Math.round(value * 1000) / 1000;

export function figure(name: string, unit: string, value: number, baseline: number | null = null): Figure {
  return {
    figure: name,
    unit,
    value: round(value),
    baseline: baseline === null ? null : round(baseline),
    ratio: baseline === null || baseline === 0 ? null : round(value / baseline),
  };
}
