/** Percentages of SIF files, exact: a price is restored to the cent from the list price and the percentage as written. */
import type { Cents } from '../../money.ts';

const MOST_DECIMALS = 10;
const WHOLE = 100n * 10n ** BigInt(MOST_DECIMALS);

/** list × (1 − pct/100), rounded to the cent, half away from zero. `pct` is plain decimal text. */
export function lessPercent(list: Cents, pct: string): Cents {
  return share(list, WHOLE - units(pct));
}

/** list × pct/100, rounded to the cent, half away from zero. */
export function percentOfText(list: Cents, pct: string): Cents {
  return share(list, units(pct));
}

/** The shortest discount, of two decimals or more where it is not whole, that gives `price` from `list`; null from a list price of 0. */
export function discountText(list: Cents, price: Cents): string | null {
  return shortest(list, BigInt(list - price), (text) => lessPercent(list, text) === price);
}

/** The shortest percentage of `list` that gives `price`; null from a list price of 0. */
export function factorText(list: Cents, price: Cents): string | null {
  return shortest(list, BigInt(price), (text) => percentOfText(list, text) === price);
}

function shortest(list: Cents, part: bigint, fits: (text: string) => boolean): string | null {
  if (list === 0) return null;
  for (const decimals of [0, 2, 4, 6, 8, MOST_DECIMALS]) {
    const scale = 10n ** BigInt(decimals);
    const text = decimalText(rounded(part * 100n * scale, BigInt(list)), decimals);
    if (fits(text)) return text;
  }
  return null;
}

function share(list: Cents, kept: bigint): Cents {
  return Number(rounded(BigInt(list) * kept, WHOLE));
}

/** numerator / denominator (above 0) to the nearest whole number, half away from zero. */
function rounded(numerator: bigint, denominator: bigint): bigint {
  const size = numerator < 0n ? -numerator : numerator;
  const value = (2n * size + denominator) / (2n * denominator);
  return numerator < 0n ? -value : value;
}

function decimalText(value: bigint, decimals: number): string {
  if (decimals === 0) return String(value);
  const size = String(value < 0n ? -value : value).padStart(decimals + 1, '0');
  return `${value < 0n ? '-' : ''}${size.slice(0, -decimals)}.${size.slice(-decimals)}`;
}

function units(text: string): bigint {
  const match = /^(-?)(\d{1,12})(?:\.(\d*))?$/.exec(text);
  if (match === null) throw new RangeError(`"${text}" is no percentage.`);
  const [, sign, whole = '0', fraction = ''] = match;
  const value = BigInt(whole + fraction.slice(0, MOST_DECIMALS).padEnd(MOST_DECIMALS, '0'));
  return sign === '-' ? -value : value;
}
