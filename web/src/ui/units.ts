// Numbers for people. Stored values are imperial (square feet, feet, inches); what is shown follows the preference.
export type Units = 'imperial' | 'metric';

const SQM_PER_SQFT = 0.09290304;
const METRES_PER_FOOT = 0.3048;
/** What stands where a figure is not known. */
export const UNKNOWN = '–';

function number(value: number, digits = 0): string {
  return new Intl.NumberFormat('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

export function formatCount(value: number | null | undefined): string {
  return value == null ? UNKNOWN : number(Math.round(value));
}

/** Square feet in, "12,480 sq ft" or "1,159 m²" out; small rooms in metric keep one decimal. */
export function formatArea(sqft: number | null | undefined, units: Units): string {
  if (sqft == null) return UNKNOWN;
  if (units === 'imperial') return `${number(Math.round(sqft))} sq ft`;
  const sqm = sqft * SQM_PER_SQFT;
  return `${number(sqm, sqm < 100 ? 1 : 0)} m²`;
}

/** Feet in, 12′ 6″ or 3.81 m out. */
export function formatLength(feet: number | null | undefined, units: Units): string {
  if (feet == null) return UNKNOWN;
  if (units === 'metric') return `${number(feet * METRES_PER_FOOT, 2)} m`;
  const inches = Math.round(Math.abs(feet) * 12);
  const whole = Math.floor(inches / 12);
  const rest = inches - whole * 12;
  return `${feet < 0 ? '−' : ''}${number(whole)}′${rest === 0 ? '' : ` ${rest}″`}`;
}

/** Inches in, 29.5″ or 75 cm out: for products. */
export function formatInches(inches: number | null | undefined, units: Units): string {
  if (inches == null) return UNKNOWN;
  if (units === 'metric') return `${number(inches * 2.54)} cm`;
  return `${number(inches, Number.isInteger(inches) ? 0 : 1)}″`;
}

export interface MoneyOptions {
  currency?: string | undefined;
  /** Always show cents, as for a unit price. */
  cents?: boolean | undefined;
  /** "+$1,200" or "−$1,200": a difference. */
  signed?: boolean | undefined;
}

/** $587,500; cents only where asked for. */
export function formatMoney(value: number | null | undefined, options: MoneyOptions = {}): string {
  if (value == null) return UNKNOWN;
  const { currency = 'USD', cents = false, signed = false } = options;
  const text = new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    minimumFractionDigits: cents ? 2 : 0,
    maximumFractionDigits: cents ? 2 : 0,
  }).format(Math.abs(value));
  if (value < 0) return `−${text}`;
  return signed && value > 0 ? `+${text}` : text;
}

/** "21 days", "1 day". */
export function formatDays(days: number | null | undefined): string {
  if (days == null) return UNKNOWN;
  const whole = Math.round(days);
  return `${number(whole)} ${Math.abs(whole) === 1 ? 'day' : 'days'}`;
}

/** Kilograms in, "640 kg CO2e" or "34.2 t CO2e" out. */
export function formatCarbon(kg: number | null | undefined): string {
  if (kg == null) return UNKNOWN;
  return Math.abs(kg) < 1000 ? `${number(kg)} kg CO2e` : `${number(kg / 1000, 1)} t CO2e`;
}

/** 12.4 in, "12 %" out; `digits` for more. */
export function formatPercent(value: number | null | undefined, digits = 0, signed = false): string {
  if (value == null) return UNKNOWN;
  return `${value < 0 ? '−' : signed && value > 0 ? '+' : ''}${number(Math.abs(value), digits)} %`;
}

const DAY = new Intl.DateTimeFormat('en-US', { year: 'numeric', month: 'short', day: 'numeric' });
const DAY_UTC = new Intl.DateTimeFormat('en-US', {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  timeZone: 'UTC',
});

/** A calendar day ("2026-04-30") or a time, as "Apr 30, 2026". */
export function formatDate(value: string | null | undefined): string {
  if (!value) return UNKNOWN;
  return value.length === 10 ? DAY_UTC.format(new Date(`${value}T00:00:00Z`)) : DAY.format(new Date(value));
}

/** "just now", "5 min ago", "3 h ago", "yesterday", else the date. */
export function formatAgo(value: string | null | undefined, now: number = Date.now()): string {
  if (!value) return UNKNOWN;
  const minutes = Math.floor((now - Date.parse(value)) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ago`;
  if (minutes < 48 * 60) return 'yesterday';
  if (minutes < 7 * 24 * 60) return `${Math.floor(minutes / 1440)} days ago`;
  return formatDate(value);
}

export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${number(bytes / 1024)} kB`;
  return `${number(bytes / 1024 / 1024, 1)} MB`;
}

/** "standing_desks" → "Standing desks". */
export function humanize(word: string): string {
  const text = word.replaceAll('_', ' ').replace(/\b(ai|api)\b/g, (short) => short.toUpperCase());
  return text.charAt(0).toUpperCase() + text.slice(1);
}
