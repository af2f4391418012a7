// Which layers of the drawing are shown, and what it is asked to show large.
import type { Box } from './geometry.ts';

export interface Layers {
  colours: boolean;
  labels: boolean;
  walls: boolean;
  doors: boolean;
  windows: boolean;
  columns: boolean;
  furniture: boolean;
  doubts: boolean;
  findings: boolean;
  /** The picture the plan was read from, where it is one. */
  original: boolean;
}
export const ALL_LAYERS: Layers = {
  colours: true,
  labels: true,
  walls: true,
  doors: true,
  windows: true,
  columns: true,
  furniture: true,
  doubts: true,
  findings: true,
  original: false,
};

/** A room or a place to show large; a new object is a new request. */
export type ZoomRequest = { space_id: string } | { box: Box };
