/**
 * The one place for money. Inside, an amount is an integer number of cents (1/100 of the currency's unit);
 * at the edges it is a number with two decimals plus a currency.
 *
 * Rounding rule: exact decimal arithmetic, one rounding per unit price or per computed line, half away from
 * zero (the commercial rule). Extended amounts are unit × quantity and are never rounded again.
 */

/** A whole number of cents, safe up to ±90 trillion dollars. */
export type Cents = number;

/** A percentage as the trade writes it: 12.5 means 12.5 %. Read exactly to six decimals. */
export type Percent = number;

/** A tier of a contract: the chained discount that holds while the order's list total is at most the bound. */
export interface ContractTier {
  /** Upper bound of the order's list total, inclusive; null is "and above". */
  up_to_list_cents: Cents | null;
  /** Chained discount, e.g. "50/20/5". */
  discount: string;
}

const PERCENT_UNIT = 100_000_000n; // one whole, with percentages held to six decimals

/** Cents of an amount with decimals. 1.005 → 101: the shortest decimal form is rounded, not the binary one. */
export function fromNumber(amount: number): Cents {
  if (!Number.isFinite(amount))
    throw new RangeError(`An amount of money must be a finite number, got ${amount}.`);
  return assertCents(signed(amount, Math.round(shift(Math.abs(amount), 2))));
}

/** The amount with two decimals, for JSON and the screen. */
export function toNumber(cents: Cents): number {
  return assertCents(cents) / 100;
}

/** Throws unless the value is a whole, safe number of cents; returns it. */
export function assertCents(cents: number): Cents {
  if (!Number.isSafeInteger(cents))
    throw new RangeError(`Money must be a whole number of cents, got ${cents}.`);
  return cents === 0 ? 0 : cents;
}

/** unit × quantity; the quantity is a whole number of pieces. */
export function extend(unit: Cents, quantity: number): Cents {
  if (!Number.isSafeInteger(quantity)) throw new RangeError(`A quantity must be whole, got ${quantity}.`);
  return assertCents(assertCents(unit) * quantity);
}

export function sum(amounts: readonly Cents[]): Cents {
  return assertCents(amounts.reduce((total, amount) => total + assertCents(amount), 0));
}

/** pct % of an amount, rounded once. */
export function percentOf(amount: Cents, pct: Percent): Cents {
  return divideRounded(BigInt(assertCents(amount)) * percentUnits(pct), PERCENT_UNIT);
}

/** How far an amount is from a reference, in percent with two decimals; null when the reference is zero. */
export function variancePct(actual: Cents, reference: Cents): Percent | null {
  if (reference === 0) return null;
  return divideRounded(BigInt(actual - reference) * 10_000n, BigInt(Math.abs(reference))) / 100;
}

/**
 * Steps of a chained discount: "50/10/5" → [50, 10, 5]. Steps are parted by "/" or "+", each 0–100 with at
 * most six decimals; a trailing "%" is allowed. Throws on anything else.
 */
export function parseDiscount(text: string): Percent[] {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  return trimmed.split(/[/+]/).map((part) => {
    const step = part.trim().replace(/\s*%$/, '');
    if (!/^\d{1,3}(\.\d{1,6})?$/.test(step) || Number(step) > 100) {
      throw new RangeError(`"${text}" is not a chained discount such as 50/10/5: step "${part.trim()}".`);
    }
    return Number(step);
  });
}

/** The one percentage a chain amounts to: "50/10/5" → 57.25. Six decimals. */
export function effectiveDiscountPct(chain: readonly Percent[] | string): Percent {
  const { numerator, denominator } = keptShare(chain);
  return divideRounded((denominator - numerator) * PERCENT_UNIT, denominator) / 1_000_000;
}

/** Net unit price: list less the chain, in one exact product, rounded once. */
export function applyDiscount(list: Cents, chain: readonly Percent[] | string): Cents {
  const { numerator, denominator } = keptShare(chain);
  return divideRounded(BigInt(assertCents(list)) * numerator, denominator);
}

/** The tier that an order's list total falls in. The bound belongs to the lower tier. Above the last bound the last tier holds. */
export function tierFor(tiers: readonly ContractTier[], orderListTotal: Cents): ContractTier {
  const last = checkedTiers(tiers).at(-1);
  if (!last) throw new RangeError('A contract needs at least one tier.');
  return (
    tiers.find((tier) => tier.up_to_list_cents === null || orderListTotal <= tier.up_to_list_cents) ?? last
  );
}

/** Shares of a total in proportion to weights; the shares always add up to the total (largest remainder, ties to the first). */
export function allocate(total: Cents, weights: readonly number[]): Cents[] {
  if (weights.length === 0) {
    if (total === 0) return [];
    throw new RangeError('Money cannot be shared out over nothing.');
  }
  const units = wholeWeights(weights);
  const whole = units.reduce((a, b) => a + b, 0n);
  const sign = total < 0 ? -1 : 1;
  const amount = BigInt(Math.abs(assertCents(total)));
  const shares = units.map((unit, index) => ({
    index,
    base: (amount * unit) / whole,
    rest: (amount * unit) % whole,
  }));
  let left = amount - shares.reduce((a, share) => a + share.base, 0n);
  const byRest = [...shares].sort((a, b) =>
    a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1,
  );
  for (const share of byRest) {
    if (left === 0n) break;
    share.base += 1n;
    left -= 1n;
  }
  return shares.map((share) => assertCents(sign * Number(share.base)));
}

/** Share of the selling price that is not cost, in percent with two decimals; null when nothing is sold. */
export function marginPct(sell: Cents, cost: Cents): Percent | null {
  return sell === 0 ? null : divideRounded(BigInt(sell - cost) * 10_000n, BigInt(sell)) / 100;
}

/** What is put on top of cost, in percent of cost with two decimals; null when there is no cost. */
export function markupPct(sell: Cents, cost: Cents): Percent | null {
  return cost === 0 ? null : divideRounded(BigInt(sell - cost) * 10_000n, BigInt(cost)) / 100;
}

/** The selling price that leaves the wanted margin on a cost. The margin must be under 100 %. */
export function sellAtMargin(cost: Cents, margin: Percent): Cents {
  const kept = PERCENT_UNIT - percentUnits(margin);
  if (kept <= 0n) throw new RangeError(`A margin must be under 100 %, got ${margin} %.`);
  return divideRounded(BigInt(assertCents(cost)) * PERCENT_UNIT, kept);
}

/**
 * The largest net amount whose gross-up stays within a total, where gross = net + Σ pct_i % of net, each line
 * rounded on its own. Used to find what is left for furniture inside an all-in budget.
 */
export function netWithin(total: Cents, addOnPcts: readonly Percent[]): Cents {
  const gross = (net: Cents) => net + addOnPcts.reduce((a, pct) => a + percentOf(net, pct), 0);
  const units = addOnPcts.reduce((a, pct) => a + percentUnits(pct), PERCENT_UNIT);
  if (units <= 0n) throw new RangeError('The add-on percentages leave nothing of the amount.');
  let net = divideRounded(BigInt(assertCents(total)) * PERCENT_UNIT, units);
  while (gross(net) > total) net -= 1;
  while (gross(net + 1) <= total) net += 1;
  return net;
}

function keptShare(chain: readonly Percent[] | string): { numerator: bigint; denominator: bigint } {
  const steps = typeof chain === 'string' ? parseDiscount(chain) : chain;
  let numerator = 1n;
  let denominator = 1n;
  for (const step of steps) {
    if (!(step >= 0 && step <= 100)) throw new RangeError(`A discount step must be 0–100 %, got ${step}.`);
    numerator *= PERCENT_UNIT - percentUnits(step);
    denominator *= PERCENT_UNIT;
  }
  return { numerator, denominator };
}

/** A percentage as a whole number of 1/100,000,000: 12.5 → 12,500,000. */
function percentUnits(pct: Percent): bigint {
  if (!Number.isFinite(pct)) throw new RangeError(`A percentage must be a finite number, got ${pct}.`);
  return BigInt(signed(pct, Math.round(shift(Math.abs(pct), 6))));
}

/** numerator / denominator (denominator > 0) to the nearest whole number, half away from zero. */
function divideRounded(numerator: bigint, denominator: bigint): number {
  const d = denominator < 0n ? -denominator : denominator;
  const n = denominator < 0n ? -numerator : numerator;
  const magnitude = n < 0n ? -n : n;
  const rounded = (2n * magnitude + d) / (2n * d);
  return assertCents(Number(n < 0n ? -rounded : rounded));
}

/** value × 10^digits by moving the decimal point of the shortest decimal form. */
function shift(value: number, digits: number): number {
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  return Number(`${mantissa}e${Number(exponent) + digits}`);
}

function signed(like: number, magnitude: number): number {
  return like < 0 && magnitude !== 0 ? -magnitude : magnitude;
}

/** Weights as whole numbers in the same proportion, to 12 digits of the largest; all equal when all are zero. */
function wholeWeights(weights: readonly number[]): bigint[] {
  const largest = Math.max(...weights);
  if (weights.some((weight) => !Number.isFinite(weight) || weight < 0)) {
    throw new RangeError('Weights must be finite and not negative.');
  }
  if (largest === 0) return weights.map(() => 1n);
  if (weights.every((weight) => Number.isSafeInteger(weight))) return weights.map((weight) => BigInt(weight));
  return weights.map((weight) => BigInt(Math.round((weight / largest) * 1e12)));
}

function checkedTiers(tiers: readonly ContractTier[]): readonly ContractTier[] {
  let previous = Number.NEGATIVE_INFINITY;
  for (const [index, tier] of tiers.entries()) {
    const bound = tier.up_to_list_cents ?? Number.POSITIVE_INFINITY;
    if (bound <= previous)
      throw new RangeError(`Contract tier ${index + 1} does not lie above the one before it.`);
    previous = bound;
  }
  return tiers;
}
