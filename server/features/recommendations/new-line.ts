// A line that a person adds to a bill: a product in a room, playing the part its kind plays there.
import { randomUUID } from 'node:crypto';
import { extend, fromNumber, toNumber } from '../../../engine/money.ts';
import { partOf } from '../../../engine/needs/part.ts';
import { kitOf } from '../../../engine/needs/programme.ts';
import type { Who } from './change.ts';
import { kinFor } from './kin.ts';
import { type Line, nameOf, type Scene } from './scene.ts';
import { toCandidate } from './shapes.ts';
import type { ItemValues } from './sql/items.ts';
import * as productRows from './sql/products.ts';

export interface Addition {
  product_id: string;
  variant_id: string | null;
  space_id: string | null;
  quantity: number;
  /** What asks for it, as the line says. */
  source: string;
  reasoning: string;
  /** First part of the need's key. */
  key: 'order' | 'hand';
}

/** Undefined where the product is not sold. The line is not yet in the scene. */
export async function newLine({ tx, now }: Who, scene: Scene, addition: Addition): Promise<Line | undefined> {
  const { product_id, variant_id, space_id, quantity, source, reasoning } = addition;
  const row = await productRows.findCandidate(tx, product_id);
  if (row === undefined) return undefined;
  const product = toCandidate(row);
  const id = randomUUID();
  const space = scene.spaces.find((one) => one.id === space_id);
  // Plays the part that products of its kind play in this room already, else in the kit of such rooms.
  const alike = scene.lines.find(
    (line) =>
      line.values.space_id === space_id &&
      line.product.category === product.category &&
      (line.product.subcategory ?? null) === (product.subcategory ?? null),
  );
  const part = partOf(product, space === undefined ? null : kitOf({ name: space.name, type: space.type }));
  const need = {
    key: `${addition.key}:${id}`,
    label: alike?.need.label ?? part.label,
    source,
    role: alike?.need.role ?? part.role,
    quantity,
    kind: 'hand',
    rule_id: null,
    measure: 'each' as const,
    groups: 1,
    mount: alike?.need.mount ?? part.mount,
  };
  const values: ItemValues = {
    id,
    product_id,
    variant_id,
    space_id,
    quantity,
    wanted: quantity,
    // Priced by the terms when the scenario is counted anew.
    unit_price: row.list_price,
    unit_list_price: row.list_price,
    total_price: toNumber(extend(fromNumber(row.list_price), quantity)),
    quoted_lead_time_days: row.lead_time_days,
    quoted_at: now.toISOString(),
    reasoning,
    confidence_score: null,
    alternatives: await kinFor(tx, product),
    placement: null,
    need_key: need.key,
    need,
    status: 'accepted',
    locked: false,
  };
  const space_name = space === undefined ? null : nameOf(space);
  return { values, need, product, space_name, stands: quantity, why: null };
}
