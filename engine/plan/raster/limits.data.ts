// Bounds and sizes of reading pictures, in pixels of the working picture unless said otherwise.

export const RASTER = {
  /** Most pixels of the file, before anything is decoded (an A0 sheet at 300 dpi has 140 million). */
  file_pixels: 150_000_000,
  /** Most pixels of a file that has to be decoded in one piece (interlaced or progressive). */
  whole_pixels: 60_000_000,
  /** The working picture: larger ones are reduced, smaller ones enlarged towards `small_pixels`, at most threefold. */
  work_pixels: 6_000_000,
  small_pixels: 3_000_000,
  enlarge_max: 3,
  /** A picture with fewer pixels on its shorter side holds no plan. */
  side_min: 64,
  /** Outline points of all ink; more is noise or a photograph of something else. */
  contour_points: 3_000_000,
  /** Straight edges and strokes; more is texture, not a drawing. */
  edges: 120_000,
  strokes: 40_000,
  /** Most text crops read. */
  crops: 700,
} as const;
