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

type Deadline = Pick<QuoteCheck, 'now' | 'delivery_date' | 'max_lead_time_days'>;

/** Days until the delivery that is asked for, below 0 where it has passed; null where no day is. */
function daysLeft({ now, delivery_date }: Deadline): number | null {
  if (delivery_date === null) return null;
  return Math.floor((Date.parse(`${delivery_date}T00:00:00Z`) - now.getTime()) / DAY_MS) + 1;
}

/** The longest lead time that is not late; null where the brief says nothing of time. */
export function daysAllowed(check: Deadline): number | null {
  const most = [daysLeft(check), check.max_lead_time_days].filter((one): one is number => one !== null);
  return most.length === 0 ? null : Math.min(...most);
}

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
  const left = daysLeft(check);
  if (left !== null && lead !== null && lead > left)
    warnings.push({
      code: 'late',
      message: `Takes ${lead} days; delivery is asked for by ${check.delivery_date}, ${whenIn(left)}.`,
    });
  const allowed = check.max_lead_time_days;
  if (allowed !== null && lead !== null && lead > allowed)
    warnings.push({ code: 'late', message: `Takes ${lead} days; the brief allows ${allowed}.` });
  return warnings;
}

function whenIn(left: number): string {
  if (left < 0) return 'which has passed';
  return left === 0 ? 'which is today' : left === 1 ? 'tomorrow' : `in ${left} days`;
}

const amount = (value: number) =>
  value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
