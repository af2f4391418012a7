/** What changes between two scenarios, line by line, and why: the table beside good, better, best. */
import type { ChosenItem, TradeOff } from '../../contract/choice.ts';
import { fromNumber } from '../money.ts';
import { inDays, money, round } from './explain.ts';

/** What is compared of an item. */
export type ComparedItem = Pick<
  ChosenItem,
  | 'need_key'
  | 'space_id'
  | 'label'
  | 'product_id'
  | 'sku'
  | 'name'
  | 'collection'
  | 'total_price'
  | 'lead_time_days'
  | 'carbon_kg'
  | 'quality_score'
  | 'value_score'
>;

/** Lines in which `to` differs from `from`, the largest change of price first. */
export function tradeOffs(
  from: { items: readonly ComparedItem[] },
  to: { items: readonly ComparedItem[] },
  currency = 'USD',
): TradeOff[] {
  const before = new Map(from.items.map((item) => [item.need_key, item]));
  const after = new Map(to.items.map((item) => [item.need_key, item]));
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return keys
    .filter((key) => differs(before.get(key), after.get(key)))
    .map((key) => tradeOff(before.get(key) ?? null, after.get(key) ?? null, currency))
    .sort((a, b) => Math.abs(b.price_diff) - Math.abs(a.price_diff) || (a.need_key < b.need_key ? -1 : 1));
}

/** Another product, or the same for another sum: a room may hold fewer of it. */
function differs(from: ComparedItem | undefined, to: ComparedItem | undefined): boolean {
  return (
    from?.product_id !== to?.product_id || Math.abs((from?.total_price ?? 0) - (to?.total_price ?? 0)) > 0.004
  );
}

function tradeOff(from: ComparedItem | null, to: ComparedItem | null, currency: string): TradeOff {
  const item = to ?? from!;
  const price = round((to?.total_price ?? 0) - (from?.total_price ?? 0), 2);
  const days = (to?.lead_time_days ?? 0) - (from?.lead_time_days ?? 0);
  const known = (from === null || from.carbon_kg !== null) && (to === null || to.carbon_kg !== null);
  const carbon = known ? round((to?.carbon_kg ?? 0) - (from?.carbon_kg ?? 0), 2) : null;
  const quality = round((to?.quality_score ?? 0) - (from?.quality_score ?? 0), 3);
  return {
    need_key: item.need_key,
    space_id: item.space_id,
    label: item.label,
    from: from ? { sku: from.sku, name: from.name } : null,
    to: to ? { sku: to.sku, name: to.name } : null,
    price_diff: price,
    lead_time_diff_days: from && to ? days : 0,
    carbon_diff_kg: carbon,
    quality_diff: quality,
    why: whyOf(from, to, { price, days, quality, carbon, currency }),
  };
}

interface Differences {
  price: number;
  days: number;
  quality: number;
  carbon: number | null;
  currency: string;
}

function whyOf(from: ComparedItem | null, to: ComparedItem | null, differences: Differences): string {
  const { price, days, quality, carbon, currency } = differences;
  const sum = money(fromNumber(Math.abs(price)), currency);
  if (!to) return `Left out to save ${sum}: it is optional.`;
  if (!from) return `Added for ${sum}: there is room for this optional line.`;
  if (from.product_id === to.product_id)
    return `${sum} ${price < 0 ? 'less' : 'more'}: the rooms hold ${price < 0 ? 'fewer' : 'more'} of it.`;
  const scores = `${Math.round(100 * from.quality_score)} → ${Math.round(100 * to.quality_score)} of 100`;
  const gains = [
    price < 0 ? `${sum} less` : '',
    quality > 0.01 ? `better quality (${scores})` : '',
    days < 0 ? `${inDays(-days)} sooner` : '',
    carbon !== null && carbon < -0.5 ? `${Math.round(-carbon)} kg CO2e less` : '',
    to.collection && to.collection !== from.collection ? `in the ${to.collection} collection` : '',
  ].filter(Boolean);
  const costs = [
    price > 0 ? `${sum} more` : '',
    quality < -0.01 ? `lower quality (${scores})` : '',
    days > 0 ? `${inDays(days)} later` : '',
    carbon !== null && carbon > 0.5 ? `${Math.round(carbon)} kg CO2e more` : '',
  ].filter(Boolean);
  const gained = gains.join(', ') || 'a better whole';
  return `${gained.charAt(0).toUpperCase()}${gained.slice(1)}${costs.length > 0 ? `, but ${costs.join(', ')}` : ''}.`;
}
