// A room as it is traced, before it is described.
import type { Polygon } from '../geometry/planar.ts';
import type { Label } from './labels.ts';

export type Room = {
  polygon: Polygon;
  label: Label | null;
  boundary: 'area_outline' | 'walls' | 'label_split';
  /** Shares of the outline that are closings: with a door or window, without, and bridged gaps. */
  closed: { door: number; open: number; gap: number };
  /** False where a split had to be made half-way between labels. */
  natural: boolean;
};
