// Weights of the confidence model in log-odds, fitted by generator/calibrate.ts on the generated plans of seeds 5001–5400.

export const CONFIDENCE_WEIGHTS = {
  base: 5.09,
  labelled: 1.77,
  unlabelled_among_labelled: -3.38,
  label_outside: -1.2,
  no_door: -0.81,
  bare_share: -2.78,
  open_share: -3.43,
  line_share: -1.86,
  gap_share: -0.66,
  area_outline: 0,
  label_split: -2.09,
  half_way_split: 0.62,
  small: -2.44,
  narrow: -0.69,
  ragged: -3.37,
  hollow: 1.58,
  printed_area_off: -3.85,
  odd_size: -2.06,
  unnamed_walls: -0.62,
  labels_lost: -1.55,
  jagged: -5.05,
};

/**
 * What the log-odds become where the lines were read from a picture: base + slope × log-odds, fitted on 1,541 spaces of the
 * generated plans of seeds 6001–6012, every one clean, scanned and photographed.
 */
export const PICTURE_ODDS = { base: 0.01, slope: 0.76 } as const;
