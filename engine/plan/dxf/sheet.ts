// What DXF entities are drawn with and onto: the pen that passes placement and layer down, the sheet that bounds the sum.
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
export type Sheet = { document: DxfDocument; linework: Linework; drawn: number; opened: number };

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

export function originOf(entity: DxfEntity, pen: Pen): Origin {
  const own = text(entity, 8, '0').trim();
  const layer = pen.inBlock && own === '0' ? pen.layer : own;
  const known = pen.origins.get(layer);
  if (known) return known;
  const named = layerRole(layer);
  const role = pen.role !== 'unknown' && (named === 'unknown' || layer === pen.layer) ? pen.role : named;
  const origin: Origin = { layer, role, symbol: pen.symbol };
  pen.origins.set(layer, origin);
  return origin;
}
