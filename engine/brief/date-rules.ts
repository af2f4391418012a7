// The ways people name a day, one rule each; see dates.ts for how they are applied.
import {
  addDays,
  addMonths,
  type Day,
  HOLIDAYS,
  isAfter,
  lastDayOfMonth,
  MONTHS,
  parseDay,
  quarterEnd,
  showDay,
  toDay,
  WEEKDAYS,
  weekday,
} from './calendar.ts';
import { pattern } from './patterns.ts';

const MONTH = `(?:${Object.keys(MONTHS).join('|')})`;
const MONTH_DOT = `(${MONTH})\\b(?: \\.)?`;
const YEAR = '(?: ?,? ?(?:of )?(20\\d\\d|this year|next year))?';
export const mark = (d: Day): string => `‹${showDay(d)}›`;

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

const ORDINALS = [
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
  'eleventh',
  'twelfth',
  'thirteenth',
  'fourteenth',
  'fifteenth',
  'sixteenth',
  'seventeenth',
  'eighteenth',
  'nineteenth',
];

/** "the twelfth", "20 third" (twenty-third) → "12th", "23rd". */
export function digitOrdinals(norm: string): string {
  return norm
    .replace(
      /\b(20|30) (first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b/g,
      (_a, tens: string, unit: string) =>
        `${Number(tens) + ['first', 'second', ...ORDINALS].indexOf(unit) + 1}th`,
    )
    .replace(/\btwentieth\b/g, '20th')
    .replace(/\bthirtieth\b/g, '30th')
    .replace(
      pattern(`\\b(${ORDINALS.join('|')})\\b(?! quarter)`, 'g'),
      (word) => `${ORDINALS.indexOf(word) + 3}th`,
    );
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

const ORDINAL_QUARTER: Record<string, number> = {
  first: 1,
  '1st': 1,
  second: 2,
  '2nd': 2,
  third: 3,
  '3rd': 3,
  fourth: 4,
  '4th': 4,
  last: 4,
  final: 4,
};
const QUARTER = '(?:q([1-4])|(first|second|third|fourth|1st|2nd|3rd|4th|last|final) quarter)';
const quarterOf = (digit: string | undefined, word: string | undefined): number =>
  digit ? Number(digit) : (ORDINAL_QUARTER[word ?? ''] ?? 0);
const END = '(?:the )?(?:very )?(?:end|close|last day|back end|tail end)(?: of)?(?: the)?(?: month of)?';
const MID = '(?:the )?(?:mid|middle|mid point|halfway through)(?: of)?(?: the)?(?: month of)?';

const RULES: readonly Rule[] = [
  [/(?<![\d-])(\d{4}-\d{2}-\d{2})(?![\d-])/, ([, iso]) => parseDay(iso ?? '')],
  [
    /(?<![\d/])(\d{1,2})\/(\d{1,2})(?:\/(\d{4}|\d{2}))?(?![\d/])/,
    ([, a, b, y], ref) => slashDate(Number(a), Number(b), y, ref),
  ],
  ...HOLIDAYS.map(
    ([name, make]): Rule => [new RegExp(`\\b${name}\\b${YEAR}`), ([, year], ref) => inYear(make, year, ref)],
  ),
  [new RegExp(`\\b${END} ${MONTH_DOT}${YEAR}\\b`), ([, m, y], ref) => endOfMonthIn(monthNumber(m), y, ref)],
  [new RegExp(`\\blate ${MONTH_DOT}${YEAR}\\b`), () => null],
  [
    new RegExp(`\\bmonth end ${MONTH_DOT}${YEAR}\\b`),
    ([, m, y], ref) => endOfMonthIn(monthNumber(m), y, ref),
  ],
  [
    new RegExp(`\\b${MONTH_DOT} (?:month )?end${YEAR}\\b`),
    ([, m, y], ref) => endOfMonthIn(monthNumber(m), y, ref),
  ],
  [
    new RegExp(`\\b${MID} ${MONTH_DOT}${YEAR}\\b`),
    ([, m, y], ref) => inYear((year) => toDay(year, monthNumber(m), 15), y, ref),
  ],
  [new RegExp(`\\b${END} ${QUARTER}${YEAR}\\b`), ([, q, w, y], ref) => ofQuarter(quarterOf(q, w), y, ref)],
  [
    new RegExp(`\\b(?:early|mid|middle of|late|start of|beginning of)(?: in)?(?: the)? ${QUARTER}${YEAR}\\b`),
    () => null,
  ],
  [
    new RegExp(`\\b(?:before|prior to)(?: the)?(?: start of| beginning of)? ${QUARTER}${YEAR}\\b`),
    ([, q, w, y], ref) => inYear((year) => ({ year, month: quarterOf(q, w) * 3 - 2, day: 1 }), y, ref),
  ],
  [/\bbefore (20\d\d)\b(?! ?(?:sqft|people|desks))/, ([, y]) => ({ year: Number(y), month: 1, day: 1 })],
  [new RegExp(`\\b${QUARTER}${YEAR}\\b`), ([, q, w, y], ref) => ofQuarter(quarterOf(q, w), y, ref)],
  [/\b(20\d\d) q([1-4])\b/, ([, y, q], ref) => ofQuarter(Number(q), y, ref)],
  [
    new RegExp(`\\b${END}(?: the| this| current)* (20\\d\\d)\\b`),
    ([, y]) => ({ year: Number(y), month: 12, day: 31 }),
  ],
  [
    new RegExp(
      `\\b${END} (?:the |this |our )?(next|this|current|coming)?(?: fiscal| calendar)? ?(week|month|quarter|year)s?\\b`,
    ),
    ([, w, unit], ref) => endOf(unit, w, ref),
  ],
  [
    /\b(?:the )?(next|this )?(?:calendar )?(year ?|quarter ?|month ?|week )end\b/,
    ([, w, unit], ref) => endOf(unit?.trim(), w?.trim(), ref),
  ],
  [
    new RegExp(
      `\\b${MONTH_DOT} (?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?! ?(?:%|people|desks|workstations|weeks|days))${YEAR}(?!\\d)`,
    ),
    ([, m, d, y], ref) => inYear((year) => toDay(year, monthNumber(m), Number(d)), y, ref),
  ],
  [
    new RegExp(`\\b(?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?: day)?(?: of)? ${MONTH_DOT}${YEAR}\\b`),
    ([, d, m, y], ref) => inYear((year) => toDay(year, monthNumber(m), Number(d)), y, ref),
  ],
  [
    new RegExp(`\\b(?:the )?(first|second|third)(?: day)? of ${MONTH_DOT}${YEAR}\\b`),
    ([, d, m, y], ref) =>
      inYear((year) => toDay(year, monthNumber(m), ORDINAL_QUARTER[d ?? ''] ?? 0), y, ref),
  ],
  [
    new RegExp(`\\b${MONTH_DOT} (first|second|third)${YEAR}\\b`),
    ([, m, d, y], ref) =>
      inYear((year) => toDay(year, monthNumber(m), ORDINAL_QUARTER[d ?? ''] ?? 0), y, ref),
  ],
  [
    /\b(?:the )?(\d{1,2})(?:st|nd|rd|th) of (this|next) month\b/,
    ([, d, w], ref) => {
      const base = addMonths({ ...ref, day: 1 }, w === 'next' ? 1 : 0);
      return toDay(base.year, base.month, Number(d));
    },
  ],
  [
    /\bmid next month\b|\b(?:the )?middle of next month\b/,
    (_g, ref) => ({ ...addMonths({ ...ref, day: 1 }, 1), day: 15 }),
  ],
  [
    /\bmid (?:this )?month\b|\b(?:the )?middle of (?:this|the) month\b/,
    (_g, ref) => (ref.day < 15 ? { ...ref, day: 15 } : { ...addMonths({ ...ref, day: 1 }, 1), day: 15 }),
  ],
  [
    new RegExp(`\\b(?:the )?(?:start|beginning|first day|top) of ${MONTH_DOT}${YEAR}\\b`),
    ([, m, y], ref) => inYear((year) => toDay(year, monthNumber(m), 1), y, ref),
  ],
  [
    /\b(?:by|on|before|until|for|than) the (\d{1,2})(?:st|nd|rd|th)\b(?! (?:floor|level|street|avenue|anniversary|storey|story|phase))/,
    ([, d], ref) => nextDayOfMonth(Number(d), ref),
  ],
  [
    new RegExp(
      `\\b(?:${Object.keys(WEEKDAYS).join('|')}) ,? ?(?:the )?(\\d{1,2})(?:st|nd|rd|th)\\b(?! (?:floor|level|street|avenue))`,
    ),
    ([, d], ref) => nextDayOfMonth(Number(d), ref),
  ],
  [/\bday after tomorrow\b/, (_g, ref) => addDays(ref, 2)],
  [/\btomorrow\b/, (_g, ref) => addDays(ref, 1)],
  [
    /\b(?:a )?(week|fortnight|month) from (?:today|now)\b/,
    ([, unit], ref) => (unit === 'month' ? addMonths(ref, 1) : addDays(ref, unit === 'week' ? 7 : 14)),
  ],
  [
    new RegExp(
      `\\b(?:by|on|before|until|next|this|coming)(?: the| this| next| coming)* (${Object.keys(WEEKDAYS).join('|')})\\b(?! (?:before|after|following))(?! ?,? ?(?:the )?‹)`,
    ),
    ([, name], ref) => nextWeekday(name, ref),
  ],
  [
    new RegExp(
      `\\b(in|by|during|for|until|before|this|next|mid|through|:) (?:(?:early|late) )?${MONTH_DOT}${YEAR}(?! \\d)(?! (?:be|need|have|want|also|add|not|change|like|get|require)\\b)`,
    ),
    ([all, lead, m, y], ref) => {
      if (/early|late/.test(all ?? '')) return null;
      const month = monthNumber(m);
      if (lead === 'before') return inYear((year) => ({ year, month, day: 1 }), y, ref);
      return endOfMonthIn(month, y, ref);
    },
  ],
];

/** In the order in which they are tried, all occurrences. */
export const DATE_RULES: readonly Rule[] = RULES.map(([rule, make]) => [new RegExp(rule, 'g'), make]);
