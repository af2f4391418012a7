// A room as it is traced, before it is described.
import type { Polygon } from '../geometry/planar.ts';
import type { Label } from './labels.ts';

export type Closed = { door: number; bare: number; open: number; line: number; gap: number };

export const NOTHING_CLOSED: Closed = { door: 0, bare: 0, open: 0, line: 0, gap: 0 };

export type Room = {
  polygon: Polygon;
  label: Label | null;
  boundary: 'area_outline' | 'walls' | 'label_split';
  /** Shares of the outline that are no wall: doors and windows, bare doorways, wide openings, lone lines, bridged gaps. */
  closed: Closed;
  /** False where a split had to be made half-way between labels. */
  natural: boolean;
};
