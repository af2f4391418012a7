// The prices of one product over time: stretches that follow each other, each from an instant to another or without end.
// Setting a price for a stretch cuts what stood there; a stretch with an end gives way to what held before it again.

export interface Price {
  /** Dollars with two decimals, as stored; compared, never computed with. */
  readonly list_price: number;
  readonly dealer_price: number | null;
  readonly msrp: number | null;
  readonly currency: string | null;
}

export interface Stretch<P extends Price = Price> {
  readonly price: P;
  /** Milliseconds since 1970; `to` is the first instant at which it holds no longer, null for no end. */
  readonly from: number;
  readonly to: number | null;
}

const before = (a: number | null, b: number | null): boolean => a !== null && (b === null || a < b);
const earlier = (a: number | null, b: number | null): number | null => (before(a, b) ? a : b);

export function samePrice(a: Price, b: Price): boolean {
  return (
    a.list_price === b.list_price &&
    a.dealer_price === b.dealer_price &&
    a.msrp === b.msrp &&
    a.currency === b.currency
  );
}

/** The stretch that holds at an instant. */
export function priceAt<P extends Price>(
  timeline: readonly Stretch<P>[],
  at: number,
): Stretch<P> | undefined {
  return timeline.find((one) => one.from <= at && (one.to === null || at < one.to));
}

/** The first instant after `at` at which a stretch begins: a price set "from now on" holds until then. */
export function nextBegin(timeline: readonly Stretch[], at: number): number | null {
  return timeline.reduce<number | null>((next, { from }) => (from > at ? earlier(from, next) : next), null);
}

/**
 * The timeline with `price` from `from` until `to` (null: without end). Stretches keep their order; none overlap.
 * @param timeline in order, without overlaps
 */
export function setPrice<P extends Price>(
  timeline: readonly Stretch<P>[],
  price: P,
  from: number,
  to: number | null,
): Stretch<P>[] {
  if (to !== null && to <= from) return [...timeline];
  const kept = timeline.flatMap((one): Stretch<P>[] => {
    const head = one.from < from ? [{ ...one, to: earlier(one.to, from) }] : [];
    const tail = before(to, one.to) ? [{ ...one, from: Math.max(one.from, to!) }] : [];
    return [...head, ...tail];
  });
  return [...kept, { price, from, to }].sort((a, b) => a.from - b.from);
}
