// Weights of the confidence model in log-odds, fitted by generator/calibrate.ts on the generated plans of 110 seeds.

export const CONFIDENCE_WEIGHTS = {
  base: 6.3,
  labelled: 1.08,
  unlabelled_among_labelled: -4.72,
  no_door: -0.97,
  open_share: -0.58,
  gap_share: 0.05,
  area_outline: 0.29,
  label_split: -0.89,
  half_way_split: -0.38,
  small: -0.13,
  narrow: -1.16,
  unnamed_walls: -3.18,
  jagged: -7.29,
};
