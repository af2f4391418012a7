// What goes with a generated product: alternatives of its kind, its collection, accessories, companions and bundles.
import type {
  ProductRelationshipInput,
  ProductSubcategory,
  RelationshipType,
} from '../../../contract/catalog.ts';
import { isDiscontinued, type Slot, skuOf, slotOf, successorOf } from './slots.ts';

/** How many places around the same position are searched for a partner of the same collection or price class. */
const REACH = 24;

type Wanted = (other: Slot) => boolean;

function find(
  seed: number,
  slot: Slot,
  subcategory: ProductSubcategory,
  count: number,
  wanted: Wanted,
): Slot | undefined {
  for (let distance = 0; distance <= REACH; distance += 1) {
    for (const nth of distance === 0 ? [slot.nth] : [slot.nth - distance, slot.nth + distance]) {
      const other = slotOf(subcategory, nth, count);
      if (other && other.index !== slot.index && !isDiscontinued(seed, other) && wanted(other)) return other;
    }
  }
  return undefined;
}

/** Of one kind: the same collection if there is one, else the same price class, else any. */
function partner(
  seed: number,
  slot: Slot,
  subcategory: ProductSubcategory,
  count: number,
): [Slot, number] | undefined {
  const same = find(seed, slot, subcategory, count, (other) => other.collection === slot.collection);
  if (same) return [same, 0.9];
  const level = find(seed, slot, subcategory, count, (other) => other.tier === slot.tier);
  if (level) return [level, 0.7];
  const any = find(seed, slot, subcategory, count, () => true);
  return any ? [any, 0.5] : undefined;
}

function alternatives(seed: number, slot: Slot, count: number): [Slot, number][] {
  const kind = slot.kind.subcategory;
  const found: [Slot, number][] = [];
  const successor = isDiscontinued(seed, slot) ? successorOf(seed, slot, count) : undefined;
  if (successor) found.push([successor, 1]);
  for (const tier of [slot.tier, (slot.tier + 1) % 3, (slot.tier + 2) % 3]) {
    const other = find(seed, slot, kind, count, (one) => one.tier === tier && one.size === slot.size);
    const near = other ?? find(seed, slot, kind, count, (one) => one.tier === tier);
    if (near)
      found.push([near, (near.size === slot.size ? 0.85 : 0.65) - (near.tier === slot.tier ? 0 : 0.15)]);
  }
  return found;
}

function collectionMates(seed: number, slot: Slot, count: number): [Slot, number][] {
  const kinds = [...new Set([...slot.kind.goes_with, ...slot.kind.accessories])];
  return kinds.flatMap((kind) => {
    const mate = find(seed, slot, kind, count, (other) => other.collection === slot.collection);
    return mate ? [[mate, 0.8] as [Slot, number]] : [];
  });
}

function companions(
  seed: number,
  slot: Slot,
  kinds: readonly ProductSubcategory[],
  count: number,
): [Slot, number][] {
  return kinds.flatMap((kind) => {
    const found = partner(seed, slot, kind, count);
    return found ? [found] : [];
  });
}

export function relationshipsOf(seed: number, slot: Slot, count: number): ProductRelationshipInput[] {
  const relations = new Map<string, ProductRelationshipInput>();
  const add = (relationship_type: RelationshipType, others: readonly [Slot, number][]): void => {
    for (const [other, strength] of others) {
      const related_sku = skuOf(other);
      const key = `${relationship_type} ${related_sku}`;
      if (!relations.has(key))
        relations.set(key, { related_sku, relationship_type, strength: Math.round(strength * 100) / 100 });
    }
  };
  const accessories = companions(seed, slot, slot.kind.accessories.slice(0, 3), count);
  const companionsFound = companions(seed, slot, slot.kind.goes_with, count);
  add('alternative', alternatives(seed, slot, count));
  add('collection', collectionMates(seed, slot, count));
  add('accessory', accessories);
  add('compatible', companionsFound);
  // A bundle is what is most often ordered together: the first companion with the first accessory.
  if (companionsFound[0] && accessories[0]) add('bundle', [companionsFound[0], accessories[0]]);
  return [...relations.values()];
}
