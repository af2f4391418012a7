// The format-neutral drawing: straight pieces, arcs, texts, shapes and symbols in source coordinates (y up), each with
// the layer and block it comes from. Every reader produces it; scale, doors and rooms are found from it alone.
import type { Box, Point, Ring } from '../geometry/planar.ts';
import type { LayerRole } from './layers.ts';

/** Where a primitive comes from. One object is shared by all primitives of a layer within one symbol. */
export type Origin = {
  layer: string;
  role: LayerRole;
  /** Number of the outermost symbol (block reference) it belongs to, or -1. */
  symbol: number;
};

export type Stroke = {
  a: Point;
  b: Point;
  origin: Origin;
  /** Line width on paper in points, or -1 where the file does not say. */
  weight: number;
  /** Index of the arc this piece approximates, or -1 for straight lines. */
  arc: number;
};
export type Arc = {
  centre: Point;
  radius: number;
  start: Point;
  end: Point;
  /** Swept angle in degrees, always positive. */
  sweep: number;
  origin: Origin;
};
export type Text = {
  value: string;
  /** Insertion point as the file gives it. */
  anchor: Point;
  /** Middle of the estimated text box. */
  centre: Point;
  height: number;
  width: number;
  origin: Origin;
};
export type Shape = {
  ring: Ring;
  origin: Origin /** A closed outline, or an area filled by hatch or solid. */;
  filled: boolean;
};
export type Symbol = { name: string; layer: string; role: LayerRole; at: Point; box: Box };
export type Dimension = { text: string; measured: number; at: Point };
export type Viewport = { model_per_paper: number };

export type Linework = {
  strokes: Stroke[];
  arcs: Arc[];
  texts: Text[];
  shapes: Shape[];
  symbols: Symbol[];
  dimensions: Dimension[];
  viewports: Viewport[];
  /** Feet in one unit as the file's header claims, with the words for it; null where it claims nothing. */
  header: { feet_per_unit: number; detail: string }[];
  /** Name of the unit the header claims ('mm', 'in', …) or 'unknown'. */
  units: string;
  notes: { code: string; message: string }[];
  /** The lines were read from a picture's pixels, not from the file's own. */
  traced?: boolean;
};

export function emptyLinework(): Linework {
  return {
    strokes: [],
    arcs: [],
    texts: [],
    shapes: [],
    symbols: [],
    dimensions: [],
    viewports: [],
    header: [],
    units: 'unknown',
    notes: [],
  };
}
