/** The part a product plays in a room when a person puts it there: that of the kit table's row which selects its kind. */
import type { Mount } from '../../contract/needs.ts';
import { DEFAULT_KIT_RULES, type Kit } from './kits.ts';

export interface Part {
  role: string;
  label: string;
  mount: Mount;
}

/** Rows of the room's own kit come first; a kind that no row knows stands on the floor by itself. */
export function partOf(
  product: { category: string; subcategory?: string | null | undefined },
  kit: Kit | null,
): Part {
  const { subcategory } = product;
  const rows = subcategory ? DEFAULT_KIT_RULES.filter((row) => row.subcategories.includes(subcategory)) : [];
  const row = (kit && rows.find((each) => each.kits.includes(kit))) || rows[0];
  if (row) return { role: row.role, label: row.label, mount: row.mount };
  const words = (subcategory ?? product.category).replaceAll('_', ' ');
  return { role: 'item', label: `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}`, mount: 'floor' };
}
