// What a saved line has to be looked at for, against the catalogue and the brief of today. Pure.
import type { QuoteWarning } from '../../../contract/recommendations.ts';
import type { ItemRow } from './sql/items.ts';

/** What a saved line is checked against for warnings. */
export interface QuoteCheck {
  now: Date;
  price_valid_days: number;
  /** YYYY-MM-DD; null where the brief names none. */
  delivery_date: string | null;
  /** The longest lead time the brief allows; null where it names none. */
  max_lead_time_days: number | null;
}

const DAY_MS = 86_400_000;

export function warningsOf(row: ItemRow, check: QuoteCheck): QuoteWarning[] {
  const warnings: QuoteWarning[] = [];
  const quoted = row.unit_list_price;
  if (row.product_status !== null && row.product_status !== 'active')
    warnings.push({
      code: 'discontinued',
      message: `${row.product_name} is no longer sold${row.successor_sku ? `; its successor is ${row.successor_sku}` : '; choose another product'}.`,
    });
  if (quoted !== null && quoted !== row.list_price)
    warnings.push({
      code: 'price_changed',
      message: `The list price was ${amount(quoted)} when quoted and is ${amount(row.list_price)} now; reprice to take it over.`,
    });
  const days =
    row.quoted_at === null
      ? null
      : Math.floor((check.now.getTime() - (row.quoted_at as Date).getTime()) / DAY_MS);
  if (days !== null && days > check.price_valid_days)
    warnings.push({
      code: 'price_stale',
      message: `Quoted ${days} days ago; prices hold ${check.price_valid_days} days. Reprice before it is ordered.`,
    });
  const lead = row.lead_time_days;
  if (lead !== null && row.quoted_lead_time_days !== null && lead > row.quoted_lead_time_days)
    warnings.push({
      code: 'lead_time_changed',
      message: `The lead time was ${row.quoted_lead_time_days} days when quoted and is ${lead} days now.`,
    });
  if (check.delivery_date !== null && lead !== null) {
    const left =
      Math.floor((Date.parse(`${check.delivery_date}T00:00:00Z`) - check.now.getTime()) / DAY_MS) + 1;
    if (lead > left)
      warnings.push({
        code: 'late',
        message: `Takes ${lead} days; delivery is asked for by ${check.delivery_date}, ${left < 0 ? 'which has passed' : `in ${left} days`}.`,
      });
  }
  const allowed = check.max_lead_time_days;
  if (allowed !== null && lead !== null && lead > allowed)
    warnings.push({ code: 'late', message: `Takes ${lead} days; the brief allows ${allowed}.` });
  return warnings;
}

const amount = (value: number) =>
  value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
