// Weights of the confidence model, in log-odds.

export const CONFIDENCE_WEIGHTS = {
  base: 2.6,
  labelled: 0.8,
  unlabelled_among_labelled: -2.6,
  no_door: -0.9,
  open_share: -3,
  gap_share: -0.5,
  area_outline: 1.5,
  label_split: -1.2,
  half_way_split: -2,
  small: -0.7,
  narrow: -0.8,
  unnamed_walls: -0.5,
  jagged: -0.8,
};
