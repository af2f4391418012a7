// What DXF entities are drawn with and onto: the pen that passes placement and layer down, the sheet that bounds the sum.
import type { Point } from '../../geometry/planar.ts';
import { PlanError } from '../errors.ts';
import { type LayerRole, layerRole } from '../layers.ts';
import { LIMITS } from '../limits.data.ts';
import type { Linework, Origin } from '../linework.ts';
import { type DxfDocument, type DxfEntity, text } from './document.ts';
import type { Transform } from './transform.ts';

/** What one entity is drawn with: where it stands, what it inherits, and which symbol it belongs to. */
export type Pen = {
  transform: Transform;
  layer: string;
  role: LayerRole;
  symbol: number;
  origins: Map<string, Origin>;
  inBlock: boolean;
};
/** A polyline with a width, drawn when the size of the drawing is known. */
export type Band = {
  path: Point[];
  closed: boolean;
  /** In the drawing's units, and in the polyline's own. */
  width: number;
  local: number;
  m: Transform;
  origin: Origin;
};
export type Sheet = {
  document: DxfDocument;
  linework: Linework;
  drawn: number;
  bands: Band[];
  /** Tips of leaders by the handle of their text. */
  leaders: Map<string, Point>;
  /** Names of layers that every viewport hides, in capitals. */
  hidden: ReadonlySet<string>;
  /** How often things were met that cannot be shown, by kind and name. */
  missing: { xrefs: Set<string>; kinds: Map<string, number> };
};

/** Counts what is drawn, so that arrays and nested blocks cannot grow without bound. */
export function spend(sheet: Sheet, amount: number): void {
  sheet.drawn += amount;
  if (sheet.drawn > LIMITS.exploded) {
    throw new PlanError(
      'too_many_entities',
      `The DXF opens into more than ${LIMITS.exploded.toLocaleString('en-US')} lines through its blocks and arrays; purge it and export only the floor plan.`,
    );
  }
}

/** The layer an entity is shown on: in a block, layer 0 is the layer of the reference. */
export function layerOf(entity: DxfEntity, pen: Pen): string {
  const own = text(entity, 8, '0').trim();
  return pen.inBlock && own === '0' ? pen.layer : own;
}

export function originOf(entity: DxfEntity, pen: Pen): Origin {
  const layer = layerOf(entity, pen);
  const known = pen.origins.get(layer);
  if (known) return known;
  const named = layerRole(layer);
  const role = pen.role !== 'unknown' && (named === 'unknown' || layer === pen.layer) ? pen.role : named;
  const origin: Origin = { layer, role, symbol: pen.symbol };
  pen.origins.set(layer, origin);
  return origin;
}
