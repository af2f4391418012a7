// Finds days and lengths of time on the canonical line and replaces them by marks: ‹2026-06-15› for a day,
// ‹42d› and ‹3m› for lengths. "before X" is the day before X. A time too vague to be a day gets no mark.
import { addDays, addMonths, type Day, HOLIDAYS, isAfter, lastDayOfMonth, MONTHS, parseDay, quarterEnd, showDay, toDay, WEEKDAYS, weekday } from './calendar.ts';

const MONTH = `(?:${Object.keys(MONTHS).join('|')})`;
const MONTH_DOT = `(${MONTH})(?: \\.)?`;
const YEAR = '(?: ?,? ?(?:of )?(20\\d\\d|this year|next year))?';
const mark = (d: Day): string => `‹${showDay(d)}›`;

type Rule = readonly [RegExp, (groups: readonly (string | undefined)[], ref: Day) => Day | null];

/** The next such day after the reference date, or the one of the year that was named. */
function inYear(make: (year: number) => Day | null, year: string | undefined, ref: Day): Day | null {
  if (year === 'this year') return make(ref.year);
  if (year === 'next year') return make(ref.year + 1);
  if (year) return make(Number(year));
  for (let y = ref.year; y <= ref.year + 4; y++) {
    const day = make(y);
    if (day && isAfter(day, ref)) return day;
  }
  return null;
}

const monthNumber = (name: string | undefined): number => MONTHS[name ?? ''] ?? 0;
const monthEnd = (year: number, month: number): Day => ({ year, month, day: lastDayOfMonth(year, month) });

function endOfMonthIn(month: number, year: string | undefined, ref: Day): Day | null {
  return inYear((y) => monthEnd(y, month), year, ref);
}

function ofQuarter(quarter: number, year: string | undefined, ref: Day): Day | null {
  return inYear((y) => quarterEnd(y, quarter), year, ref);
}

function slashDate(a: number, b: number, year: string | undefined, ref: Day): Day | null {
  const full = year && year.length === 2 ? `20${year}` : year;
  return a > 12 ? inYear((y) => toDay(y, b, a), full, ref) : inYear((y) => toDay(y, a, b), full, ref);
}

function nextWeekday(name: string | undefined, ref: Day): Day | null {
  const target = WEEKDAYS[name ?? ''];
  if (target === undefined) return null;
  return addDays(ref, ((target - weekday(ref) + 6) % 7) + 1);
}

function nextDayOfMonth(day: number, ref: Day): Day | null {
  for (let k = 0; k < 3; k++) {
    const base = addMonths({ ...ref, day: 1 }, k);
    const found = toDay(base.year, base.month, day);
    if (found && isAfter(found, ref)) return found;
  }
  return null;
}

const ORDINALS = ['third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth', 'eleventh', 'twelfth', 'thirteenth', 'fourteenth', 'fifteenth', 'sixteenth', 'seventeenth', 'eighteenth', 'nineteenth'];

/** "the twelfth", "20 third" (twenty-third) → "12th", "23rd". */
function digitOrdinals(norm: string): string {
  return norm
    .replace(/\b(20|30) (first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b/g, (_a, tens: string, unit: string) => `${Number(tens) + ['first', 'second', ...ORDINALS].indexOf(unit) + 1}th`)
    .replace(/\btwentieth\b/g, '20th')
    .replace(/\bthirtieth\b/g, '30th')
    .replace(new RegExp(`\\b(${ORDINALS.join('|')})\\b(?! quarter)`, 'g'), (word) => `${ORDINALS.indexOf(word) + 3}th`);
}

function endOf(unit: string | undefined, which: string | undefined, ref: Day): Day | null {
  const next = which === 'next' ? 1 : 0;
  if (unit === 'week') return addDays(ref, ((5 - weekday(ref) + 7) % 7) + next * 7);
  if (unit === 'month') {
    const d = addMonths({ ...ref, day: 1 }, next);
    return monthEnd(d.year, d.month);
  }
  if (unit === 'quarter') {
    const index = ref.year * 4 + Math.ceil(ref.month / 3) - 1 + next;
    return quarterEnd(Math.floor(index / 4), (index % 4) + 1);
  }
  return { year: ref.year + next, month: 12, day: 31 };
}

const ORDINAL_QUARTER: Record<string, number> = { first: 1, '1st': 1, second: 2, '2nd': 2, third: 3, '3rd': 3, fourth: 4, '4th': 4, last: 4, final: 4 };
const QUARTER = '(?:q([1-4])|(first|second|third|fourth|1st|2nd|3rd|4th|last|final) quarter)';
const quarterOf = (digit: string | undefined, word: string | undefined): number => (digit ? Number(digit) : (ORDINAL_QUARTER[word ?? ''] ?? 0));
const END = '(?:the )?(?:very )?(?:end|close|last day|back end|tail end)(?: of)?(?: the)?(?: month of)?';
const MID = '(?:the )?(?:mid|middle|mid point|halfway through)(?: of)?(?: the)?(?: month of)?';

const RULES: readonly Rule[] = [
  [/(?<![\d-])(\d{4}-\d{2}-\d{2})(?![\d-])/, ([, iso]) => parseDay(iso ?? '')],
  [/(?<![\d/])(\d{1,2})\/(\d{1,2})(?:\/(\d{4}|\d{2}))?(?![\d/])/, ([, a, b, y], ref) => slashDate(Number(a), Number(b), y, ref)],
  ...HOLIDAYS.map(([name, make]): Rule => [new RegExp(`\\b${name}\\b${YEAR}`), ([, year], ref) => inYear(make, year, ref)]),
  [new RegExp(`\\b${END} ${MONTH_DOT}${YEAR}\\b`), ([, m, y], ref) => endOfMonthIn(monthNumber(m), y, ref)],
  [new RegExp(`\\blate ${MONTH_DOT}${YEAR}\\b`), () => null],
  [new RegExp(`\\bmonth end ${MONTH_DOT}${YEAR}\\b`), ([, m, y], ref) => endOfMonthIn(monthNumber(m), y, ref)],
  [new RegExp(`\\b${MONTH_DOT} (?:month )?end${YEAR}\\b`), ([, m, y], ref) => endOfMonthIn(monthNumber(m), y, ref)],
  [new RegExp(`\\b${MID} ${MONTH_DOT}${YEAR}\\b`), ([, m, y], ref) => inYear((year) => toDay(year, monthNumber(m), 15), y, ref)],
  [new RegExp(`\\b${END} ${QUARTER}${YEAR}\\b`), ([, q, w, y], ref) => ofQuarter(quarterOf(q, w), y, ref)],
  [new RegExp(`\\b(?:early|mid|middle of|late|start of|beginning of)(?: in)?(?: the)? ${QUARTER}${YEAR}\\b`), () => null],
  [new RegExp(`\\b${QUARTER}${YEAR}\\b`), ([, q, w, y], ref) => ofQuarter(quarterOf(q, w), y, ref)],
  [new RegExp(`\\b(20\\d\\d) q([1-4])\\b`), ([, y, q], ref) => ofQuarter(Number(q), y, ref)],
  [new RegExp(`\\b${END}(?: the| this| current)* (20\\d\\d)\\b`), ([, y]) => ({ year: Number(y), month: 12, day: 31 })],
  [new RegExp(`\\b${END} (?:the |this |our )?(next|this|current|coming)?(?: fiscal| calendar)? ?(week|month|quarter|year)s?\\b`), ([, w, unit], ref) => endOf(unit, w, ref)],
  [/\b(?:the )?(next|this )?(?:calendar )?(year|quarter|month|week) ?end\b/, ([, w, unit], ref) => endOf(unit, w?.trim(), ref)],
  [new RegExp(`\\b${MONTH_DOT} (?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?! ?(?:%|people|desks|workstations|weeks|days))${YEAR}(?!\\d)`), ([, m, d, y], ref) => inYear((year) => toDay(year, monthNumber(m), Number(d)), y, ref)],
  [new RegExp(`\\b(?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?: day)?(?: of)? ${MONTH_DOT}${YEAR}\\b`), ([, d, m, y], ref) => inYear((year) => toDay(year, monthNumber(m), Number(d)), y, ref)],
  [new RegExp(`\\b(?:the )?(first|second|third)(?: day)? of ${MONTH_DOT}${YEAR}\\b`), ([, d, m, y], ref) => inYear((year) => toDay(year, monthNumber(m), ORDINAL_QUARTER[d ?? ''] ?? 0), y, ref)],
  [new RegExp(`\\b${MONTH_DOT} (first|second|third)${YEAR}\\b`), ([, m, d, y], ref) => inYear((year) => toDay(year, monthNumber(m), ORDINAL_QUARTER[d ?? ''] ?? 0), y, ref)],
  [/\b(?:the )?(\d{1,2})(?:st|nd|rd|th) of (this|next) month\b/, ([, d, w], ref) => {
    const base = addMonths({ ...ref, day: 1 }, w === 'next' ? 1 : 0);
    return toDay(base.year, base.month, Number(d));
  }],
  [/\bmid next month\b|\b(?:the )?middle of next month\b/, (_g, ref) => ({ ...addMonths({ ...ref, day: 1 }, 1), day: 15 })],
  [/\bmid (?:this )?month\b|\b(?:the )?middle of (?:this|the) month\b/, (_g, ref) => (ref.day < 15 ? { ...ref, day: 15 } : { ...addMonths({ ...ref, day: 1 }, 1), day: 15 })],
  [new RegExp(`\\b(?:the )?(?:start|beginning|first day|top) of ${MONTH_DOT}${YEAR}\\b`), ([, m, y], ref) => inYear((year) => toDay(year, monthNumber(m), 1), y, ref)],
  [/\b(?:by|on|before|until|for|than) the (\d{1,2})(?:st|nd|rd|th)\b(?! (?:floor|level|street|avenue|anniversary|storey|story|phase))/, ([, d], ref) => nextDayOfMonth(Number(d), ref)],
  [/\bday after tomorrow\b/, (_g, ref) => addDays(ref, 2)],
  [/\btomorrow\b/, (_g, ref) => addDays(ref, 1)],
  [/\b(?:a )?(week|fortnight|month) from (?:today|now)\b/, ([, unit], ref) => (unit === 'month' ? addMonths(ref, 1) : addDays(ref, unit === 'week' ? 7 : 14))],
  [new RegExp(`\\b(?:by|on|before|until|next|this|coming)(?: the| this| next| coming)* (${Object.keys(WEEKDAYS).join('|')})\\b`), ([, name], ref) => nextWeekday(name, ref)],
  [new RegExp(`\\b(in|by|during|for|until|before|this|next|mid|through|:) (?:(?:early|late) )?${MONTH_DOT}${YEAR}(?! \\d)(?! (?:be|need|have|want|also|add|not|change|like|get|require)\\b)`), ([all, lead, m, y], ref) => {
    if (/early|late/.test(all ?? '')) return null;
    const month = monthNumber(m);
    if (lead === 'before') return inYear((year) => ({ year, month, day: 1 }), y, ref);
    return endOfMonthIn(month, y, ref);
  }],
];

const UNIT_DAYS: Readonly<Record<string, number>> = { day: 1, week: 7, wk: 7, fortnight: 14 };

function length(amount: number, unit: string, business: boolean): string {
  if (unit.startsWith('month')) return Number.isInteger(amount) ? `‹${amount}m›` : `‹${Math.round(amount * 30)}d›`;
  if (unit.startsWith('quarter')) return `‹${amount * 3}m›`;
  if (unit.startsWith('year')) return `‹${Math.round(amount * 12)}m›`;
  const days = amount * (UNIT_DAYS[unit.replace(/s$/, '')] ?? 1);
  return `‹${Math.round(business && unit.startsWith('day') ? (days * 7) / 5 : days)}d›`;
}

const UNIT = '(day|week|wk|fortnight|month|quarter|year)s?';

/** Marks lengths of time: "6 weeks" → ‹42d›, "3 months" → ‹3m›, "6 to 8 weeks" → ‹42d› to ‹56d›. */
export function markLengths(norm: string): string {
  return norm
    .replace(new RegExp(`\\b(\\d+(?:\\.\\d+)?) (to|or|-) (\\d+(?:\\.\\d+)?) (business |working |calendar )?${UNIT}\\b(?! old)`, 'g'), (_a, low: string, word: string, high: string, kind: string | undefined, unit: string) => {
      const business = /business|working/.test(kind ?? '');
      return `${length(Number(low), unit, business)} ${word === 'or' ? 'to' : word} ${length(Number(high), unit, business)}`;
    })
    .replace(new RegExp(`\\b(\\d+(?:\\.\\d+)?)( and a half)? (business |working |calendar )?${UNIT}( and a half)?\\b(?! old)(?! end)`, 'g'), (_a, n: string, half: string | undefined, kind: string | undefined, unit: string, halfAfter: string | undefined) =>
      length(Number(n) + (half || halfAfter ? 0.5 : 0), unit, /business|working/.test(kind ?? '')))
    .replace(/\b(?:half a|a half|half) year\b/g, '‹6m›')
    .replace(/\b(?:a|one|1|an extra|another) (day|week|fortnight|month|year)\b(?! (?:end|old))/g, (_a, unit: string) => length(1, unit, false));
}

/** Marks days; "before" and "prior to" a day become the day before it. */
export function markDates(norm: string, reference: Day): string {
  let out = digitOrdinals(norm);
  for (const [pattern, make] of RULES) {
    out = out.replace(new RegExp(pattern, 'g'), (...found: unknown[]) => {
      const groups = found.filter((part): part is string | undefined => typeof part === 'string' || part === undefined);
      const whole = groups[0] ?? '';
      const day = make(groups, reference);
      if (!day) return /early|late|mid|middle|start|beginning/.test(whole) ? ' ‹vague› ' : whole;
      const lead = /^(by|on|in|before|until|during|for|than|through|:)(?= )/.exec(whole)?.[1];
      return `${lead ? `${lead} ` : ''}${mark(day)}`;
    });
  }
  out = markLengths(out).replace(/‹(\d+)([dm])› (?:from (?:now|today)|hence|out from (?:now|today))/g, (_a, n: string, unit: string) => mark(after(reference, Number(n), unit)));
  out = out.replace(/\b(in|within|inside(?: of)?|in the next|within the next|in under|less than|no more than) (?:the next )?‹(\d+)([dm])›(?!'? (?:lead|of lead))/g, (_a, word: string, n: string, unit: string) => `${word} ‹in${showDay(after(reference, Number(n), unit))}:${n}${unit}›`);
  out = out.replace(/‹(\d+)([dm])› (after|before|prior to|following)(?: the)? ‹(\d{4}-\d{2}-\d{2})›/g, (all: string, n: string, unit: string, way: string, iso: string) => {
    const day = parseDay(iso);
    const sign = /after|following/.test(way) ? 1 : -1;
    return day ? mark(after(day, sign * Number(n), unit)) : all;
  });
  out = out.replace(/\b(?:the )?day (after|before) ‹(\d{4}-\d{2}-\d{2})›/g, (all: string, way: string, iso: string) => {
    const day = parseDay(iso);
    return day ? mark(addDays(day, way === 'after' ? 1 : -1)) : all;
  });
  out = out.replace(/\b(?:the )?(?:week|weekend|month|days|weeks|some time|sometime|shortly|right|soon|after|just) ?(?:after|before|around|following)? ‹\d{4}-\d{2}-\d{2}›/g, (all: string) => (/after|before|following|around/.test(all) ? '‹vague›' : all));
  return out.replace(/\b(before|prior to|ahead of|earlier than|sooner than)( the)? ‹(\d{4}-\d{2}-\d{2})›/g, (all: string, _w: string, _t: string | undefined, iso: string, at: number, whole: string) => {
    const day = parseDay(iso);
    if (!day || /\b(?:not|no|on or|by or) $/.test(whole.slice(Math.max(0, at - 8), at))) return all;
    return `by ${mark(addDays(day, -1))}`;
  });
}

function after(reference: Day, amount: number, unit: string): Day {
  return unit === 'm' ? addMonths(reference, amount) : addDays(reference, amount);
}

/** Days in a length mark; a month counts 30 days where no start day is known. */
export function lengthInDays(amount: string, unit: string): number {
  return unit === 'm' ? Number(amount) * 30 : Number(amount);
}
