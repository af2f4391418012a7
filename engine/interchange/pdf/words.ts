/** How the proposal writes numbers: money to the cent, areas, lengths, days, carbon, in the units asked for. */
import type { WriteOptions } from '../writer.ts';

export type Units = WriteOptions['units'];

const formats = new Map<string, Intl.NumberFormat>();

export function money(amount: number, currency: string): string {
  const known = formats.get(currency);
  const format =
    known ??
    new Intl.NumberFormat('en-US', {
      style: 'currency',
      currency,
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
    });
  if (known === undefined) formats.set(currency, format);
  return format.format(amount);
}

export function count(value: number, most = 1, least = 0): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: most, minimumFractionDigits: least });
}

export function area(sqft: number, units: Units): string {
  return units === 'imperial' ? `${count(sqft, 0)} sq ft` : `${count(sqft * 0.09290304, 1, 1)} m\u00b2`;
}

/** Width, depth and height of a product given in inches. */
export function size(inches: readonly (number | null)[], units: Units): string | null {
  if (inches.some((one) => one === null)) return null;
  const figures = inches.map((one) =>
    units === 'imperial' ? count(one ?? 0, 1) : count((one ?? 0) * 25.4, 0),
  );
  return `${figures.join(' \u00d7 ')} ${units === 'imperial' ? 'in' : 'mm'}`;
}

export function days(value: number | null): string {
  return value === null ? '\u2013' : `${count(value, 0)} ${value === 1 ? 'day' : 'days'}`;
}

export function carbon(kg: number | null): string {
  if (kg === null) return '\u2013';
  return kg >= 10_000 ? `${count(kg / 1000, 1)} t CO2e` : `${count(kg, 0)} kg CO2e`;
}

export function percent(value: number | null, most = 1, least = 0): string {
  return value === null ? '\u2013' : `${count(value, most, least)} %`;
}

/** "2 March 2026" of a time or a day. */
export function day(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(date);
}

/** "open_office" as "Open office", "av_integration" as "AV integration". */
export function spoken(value: string): string {
  const text = value.replace(/^av_/, 'AV_').replaceAll('_', ' ').trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
