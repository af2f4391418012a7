/** What taking over an order file would do to the bill: which lines get other counts, which go, which parts come. Pure. */
import type { ApplySifRequest, SifDialect, SifDifference } from '../../../contract/exports.ts';
import type { LeftOut } from '../../../contract/project-document.ts';
import type { Bill } from '../bill.ts';
import { orderOf } from './lines.ts';

export interface OrderPlan {
  /** New counts of lines by item id. */
  counts: Map<string, number>;
  /** Items that leave the bill. */
  removed: string[];
  added: { part: string; side_mark: string; quantity: number; line: number | null }[];
  left_out: LeftOut[];
}

interface Ordered {
  item_id: string;
  quantity: number;
}

export function planOf(
  differences: readonly SifDifference[],
  bill: Bill,
  dialect: SifDialect,
  kinds: NonNullable<ApplySifRequest['kinds']>,
  /** Places in the list of differences; left out: all of them. */
  chosen?: ReadonlySet<number>,
): OrderPlan {
  const order = orderOf(bill, dialect);
  const groups = new Map<string, Ordered[]>();
  for (const [i, line] of order.lines.entries()) {
    const item = order.sources[i]?.item;
    if (item === undefined) continue;
    for (const mark of [line.side_mark, null]) {
      const key = keyOf(line.part, mark);
      groups.set(key, [...(groups.get(key) ?? []), { item_id: item.id, quantity: item.quantity }]);
    }
  }
  const plan: OrderPlan = { counts: new Map(), removed: [], added: [], left_out: [] };
  const wanted = differences.filter((_, place) => chosen === undefined || chosen.has(place));
  for (const one of wanted) {
    const group = groups.get(keyOf(one.part, one.side_mark)) ?? [];
    const after = typeof one.after === 'number' ? one.after : 0;
    if (one.kind === 'price' || one.kind === 'description' || !kinds.includes(one.kind)) continue;
    if (one.kind === 'added')
      plan.added.push({ part: one.part, side_mark: one.side_mark ?? '', quantity: after, line: one.line });
    else if (one.kind === 'removed' || after <= 0) plan.removed.push(...group.map(({ item_id }) => item_id));
    else distribute(group, after, plan);
  }
  plan.left_out.push(...notTaken(wanted, kinds), ...notChosen(differences, wanted));
  return plan;
}

function keyOf(part: string, side_mark: string | null): string {
  return JSON.stringify([part.toUpperCase(), side_mark]);
}

/** The first line takes what is more; what is less goes from the last lines on. */
function distribute(group: readonly Ordered[], wanted: number, plan: OrderPlan): void {
  const [first, ...rest] = group;
  if (first === undefined) return;
  const total = group.reduce((sum, one) => sum + one.quantity, 0);
  if (wanted >= total) {
    plan.counts.set(first.item_id, first.quantity + wanted - total);
    return;
  }
  let less = total - wanted;
  for (const one of [...rest].reverse().concat(first)) {
    const taken = Math.min(less, one.quantity);
    less -= taken;
    if (taken === 0) continue;
    if (taken === one.quantity) plan.removed.push(one.item_id);
    else plan.counts.set(one.item_id, one.quantity - taken);
  }
}

function notTaken(
  differences: readonly SifDifference[],
  kinds: NonNullable<ApplySifRequest['kinds']>,
): LeftOut[] {
  const counted = (kind: SifDifference['kind'], what: string, why: string): LeftOut[] => {
    const count = differences.filter((one) => one.kind === kind).length;
    return count === 0 ? [] : [{ what, why, count }];
  };
  const unasked = (['added', 'removed', 'quantity'] as const)
    .filter((kind) => !kinds.includes(kind))
    .flatMap((kind) => counted(kind, `Differences of the kind “${kind}”`, 'they were not asked for'));
  return [
    ...counted(
      'price',
      'Prices of the file',
      'prices follow from list prices and the project’s terms; change those',
    ),
    ...counted('description', 'Descriptions of the file', 'descriptions are the catalogue’s'),
    ...unasked,
  ];
}

/** Only of the kinds that can be taken over: the others are told as such. */
function notChosen(all: readonly SifDifference[], wanted: readonly SifDifference[]): LeftOut[] {
  const count = applicable(all) - applicable(wanted);
  return count === 0
    ? []
    : [{ what: 'Differences that were not chosen', why: 'the bill stays as it was there', count }];
}

function applicable(differences: readonly SifDifference[]): number {
  return differences.filter(({ kind }) => kind !== 'price' && kind !== 'description').length;
}
