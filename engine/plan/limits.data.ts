// Bounds that keep one plan's analysis within seconds and a gigabyte, whatever the file contains.

export const LIMITS = {
  /** Largest file read, in bytes (100 MB). */
  file_bytes: 100 * 1024 * 1024,
  /** Entities in the file, before blocks are opened. */
  entities: 400_000,
  /** Primitives after opening blocks, arrays and curves. */
  exploded: 600_000,
  /** Group pairs in one DXF entity (a hatch or polyline with more is damaged or hostile). */
  groups_per_entity: 400_000,
  /** How deep blocks may stand in blocks. */
  block_depth: 24,
  /** Wall segments given to the room finder. */
  wall_segments: 60_000,
  /** Texts considered as room labels. */
  texts: 50_000,
} as const;
