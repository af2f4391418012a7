/** What names a chosen item within its scenario: the need and the product that meets it. */
import type { ChosenItem } from '../../contract/choice.ts';

export function itemKey(item: Pick<ChosenItem, 'need_key' | 'product_id'>): string {
  return `${item.need_key}|${item.product_id}`;
}
