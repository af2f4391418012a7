// Lengths as people write them on drawings: 12', 12'-6", 12 ft 6 1/2 in, 3.7 m, 3700 mm. In feet.
import type { Units } from '../../ui/units.ts';

const FEET_IN: Record<string, number> = {
  ft: 1,
  in: 1 / 12,
  m: 1 / 0.3048,
  cm: 1 / 30.48,
  mm: 1 / 304.8,
};
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/millimet(?:er|re)s?/g, 'mm'],
  [/centimet(?:er|re)s?/g, 'cm'],
  [/met(?:er|re)s?/g, 'm'],
  [/(?:feet|foot)\b/g, 'ft'],
  [/inch(?:es)?/g, 'in'],
  [/[′’‘']{2}|[″”“"]/g, ' in '],
  [/[′’‘']/g, ' ft '],
];
const NUMBER = String.raw`\d+\/\d+|\d+(?:[.,]\d+)?(?:[ -]\d+\/\d+)?`;
const PART = new RegExp(String.raw`^\s*-?\s*(${NUMBER})\s*(mm|cm|m|ft|in)?\s*`);

function toNumber(text: string): number {
  const [whole, share] = text.includes('/') && !/[ -]/.test(text) ? ['0', text] : text.split(/[ -]/);
  const [top, bottom] = (share ?? '0/1').split('/');
  return Number((whole ?? '0').replace(',', '.')) + Number(top) / Number(bottom);
}

/** Feet, or null where the text is no length. A bare number is in feet or metres, as the preference says. */
export function parseLength(text: string, units: Units): number | null {
  let rest = text.trim().toLowerCase();
  // One comma before three digits parts thousands: 3,700 mm.
  rest = rest.replace(/(\d),(\d{3})(?!\d)/g, '$1$2');
  for (const [word, short] of WORDS) rest = rest.replace(word, short);
  let feet = 0;
  let last: string | null = null;
  for (let parts = 0; rest.trim() !== ''; parts++) {
    const found = PART.exec(rest);
    if (!found || parts > 1 || (parts === 0 && rest.startsWith('-'))) return null;
    const unit: string = found[2] ?? (last === 'ft' ? 'in' : units === 'metric' ? 'm' : 'ft');
    // Only feet are followed by a second figure, and only by inches.
    if (parts === 1 && (last !== 'ft' || unit !== 'in')) return null;
    if (parts === 0 && !found[2] && rest.slice(found[0].length).trim() !== '') return null;
    feet += toNumber(found[1]!) * FEET_IN[unit]!;
    last = unit;
    rest = rest.slice(found[0].length);
  }
  return last !== null && Number.isFinite(feet) && feet > 0 ? feet : null;
}

/** One press of an arrow key, in feet: an inch or ten millimetres; with Shift a foot or a hundred millimetres. */
export function nudgeStep(units: Units, large: boolean): number {
  if (units === 'metric') return (large ? 100 : 10) / 304.8;
  return large ? 1 : 1 / 12;
}
