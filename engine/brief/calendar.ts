// Calendar arithmetic on YYYY-MM-DD days (proleptic Gregorian, no clock, no time zone) and the US holidays people name.

const DAY_MS = 86_400_000;

export interface Day {
  year: number;
  month: number;
  day: number;
}

const pad = (n: number): string => String(n).padStart(2, '0');

export function parseDay(iso: string): Day | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  if (!match) return null;
  return toDay(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** The day, or null where the calendar has none (31 June). */
export function toDay(year: number, month: number, day: number): Day | null {
  if (month < 1 || month > 12 || day < 1 || day > lastDayOfMonth(year, month)) return null;
  return { year, month, day };
}

export const showDay = (d: Day): string => `${String(d.year).padStart(4, '0')}-${pad(d.month)}-${pad(d.day)}`;

export function lastDayOfMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

const toMs = (d: Day): number => Date.UTC(d.year, d.month - 1, d.day);

export function addDays(d: Day, days: number): Day {
  const date = new Date(toMs(d) + days * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** Calendar months: 31 January plus one month is the last day of February. */
export function addMonths(d: Day, months: number): Day {
  const index = d.year * 12 + (d.month - 1) + months;
  const year = Math.floor(index / 12);
  const month = (index % 12) + 1;
  return { year, month, day: Math.min(d.day, lastDayOfMonth(year, month)) };
}

export const isAfter = (a: Day, b: Day): boolean => toMs(a) > toMs(b);

/** 0 is Sunday. */
export const weekday = (d: Day): number => new Date(toMs(d)).getUTCDay();

export function quarterEnd(year: number, quarter: number): Day {
  return { year, month: quarter * 3, day: lastDayOfMonth(year, quarter * 3) };
}

function nthWeekday(year: number, month: number, day: number, n: number): Day {
  const first = { year, month, day: 1 };
  return addDays(first, ((day - weekday(first) + 7) % 7) + (n - 1) * 7);
}

function lastWeekday(year: number, month: number, day: number): Day {
  const last = { year, month, day: lastDayOfMonth(year, month) };
  return addDays(last, -((weekday(last) - day + 7) % 7));
}

/** Western Easter Sunday, anonymous Gregorian computus (Meeus). */
function easter(year: number): Day {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const month = Math.floor((h + l - 7 * m + 90) / 25);
  return { year, month, day: (h + l - 7 * m + 33 * month + 19) % 32 };
}

const on =
  (month: number, day: number) =>
  (year: number): Day => ({ year, month, day });

/** Names (regular expressions on the canonical line) and the day in a given year. */
export const HOLIDAYS: readonly (readonly [string, (year: number) => Day])[] = [
  ['christmas eve', on(12, 24)],
  ['(?:christmas(?: day)?|xmas)', on(12, 25)],
  ['boxing day', on(12, 26)],
  ['new years? eve', on(12, 31)],
  ['(?:new years? day|new years|the new year)', on(1, 1)],
  ['(?:martin luther king|mlk)(?: jr)?(?: \\.)? day', (y) => nthWeekday(y, 1, 1, 3)],
  ['valentines?(?: day)?', on(2, 14)],
  ['presidents? day', (y) => nthWeekday(y, 2, 1, 3)],
  ['st(?: \\.)? patricks?(?: day)?', on(3, 17)],
  ['good friday', (y) => addDays(easter(y), -2)],
  ['easter monday', (y) => addDays(easter(y), 1)],
  ['easter(?: sunday)?', easter],
  ['memorial day', (y) => lastWeekday(y, 5, 1)],
  ['juneteenth', on(6, 19)],
  ['canada day', on(7, 1)],
  ['(?:independence day|(?:the )?(?:4th|fourth) of july|july 4th|july fourth)', on(7, 4)],
  ['bastille day', on(7, 14)],
  ['australia day', on(1, 26)],
  ['anzac day', on(4, 25)],
  ['(?:republic day)', on(1, 26)],
  ['(?:guy fawkes|bonfire) night', on(11, 5)],
  ['(?:may day|international workers day)', on(5, 1)],
  ['labou?r day', (y) => nthWeekday(y, 9, 1, 1)],
  ['(?:columbus day|indigenous peoples day)', (y) => nthWeekday(y, 10, 1, 2)],
  ['halloween', on(10, 31)],
  ['veterans day', on(11, 11)],
  ['black friday', (y) => addDays(nthWeekday(y, 11, 4, 4), 1)],
  ['thanksgiving(?: day)?', (y) => nthWeekday(y, 11, 4, 4)],
];

export const MONTHS: Readonly<Record<string, number>> = {
  january: 1,
  jan: 1,
  february: 2,
  feb: 2,
  march: 3,
  mar: 3,
  april: 4,
  apr: 4,
  may: 5,
  june: 6,
  jun: 6,
  july: 7,
  jul: 7,
  august: 8,
  aug: 8,
  september: 9,
  sept: 9,
  sep: 9,
  october: 10,
  oct: 10,
  november: 11,
  nov: 11,
  december: 12,
  dec: 12,
};

export const WEEKDAYS: Readonly<Record<string, number>> = {
  sunday: 0,
  monday: 1,
  mon: 1,
  tuesday: 2,
  tue: 2,
  tues: 2,
  wednesday: 3,
  wed: 3,
  thursday: 4,
  thu: 4,
  thur: 4,
  thurs: 4,
  friday: 5,
  fri: 5,
  saturday: 6,
};
