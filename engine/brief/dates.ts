// Finds days and lengths of time on the canonical line and replaces them by marks: ‹2026-06-15› for a day,
// ‹42d› and ‹3m› for lengths. "before X" is the day before X. A time too vague to be a day gets no mark.
import { addDays, addMonths, type Day, parseDay, showDay, WEEKDAYS, weekday } from './calendar.ts';
import { DATE_RULES, digitOrdinals, mark } from './date-rules.ts';
import { pattern } from './patterns.ts';

const UNIT_DAYS: Readonly<Record<string, number>> = { day: 1, week: 7, wk: 7, fortnight: 14 };

function length(amount: number, unit: string, business: boolean): string {
  if (unit.startsWith('month'))
    return Number.isInteger(amount) ? `‹${amount}m›` : `‹${Math.round(amount * 30)}d›`;
  if (unit.startsWith('quarter')) return `‹${amount * 3}m›`;
  if (unit.startsWith('year')) return `‹${Math.round(amount * 12)}m›`;
  const days = amount * (UNIT_DAYS[unit.replace(/s$/, '')] ?? 1);
  return `‹${Math.round(business && unit.startsWith('day') ? (days * 7) / 5 : days)}d›`;
}

const UNIT = '(day|week|wk|fortnight|month|quarter|year)s?';

/** Marks lengths of time: "6 weeks" → ‹42d›, "3 months" → ‹3m›, "6 to 8 weeks" → ‹42d› to ‹56d›. */
export function markLengths(norm: string): string {
  return norm
    .replace(
      pattern(
        `\\b(\\d+(?:\\.\\d+)?) (to|or|-) (\\d+(?:\\.\\d+)?) (business |working |calendar )?${UNIT}\\b(?! old)`,
        'g',
      ),
      (_a, low: string, word: string, high: string, kind: string | undefined, unit: string) => {
        const business = /business|working/.test(kind ?? '');
        return `${length(Number(low), unit, business)} ${word === 'or' ? 'to' : word} ${length(Number(high), unit, business)}`;
      },
    )
    .replace(
      pattern(
        `\\b(\\d+(?:\\.\\d+)?)( and a half)? (business |working |calendar )?${UNIT}( and a half)?\\b(?! old)(?! end)`,
        'g',
      ),
      (
        _a,
        n: string,
        half: string | undefined,
        kind: string | undefined,
        unit: string,
        halfAfter: string | undefined,
      ) => length(Number(n) + (half || halfAfter ? 0.5 : 0), unit, /business|working/.test(kind ?? '')),
    )
    .replace(/\b(?:half a|a half|half) year\b/g, '‹6m›')
    .replace(
      /\b(?:a|one|1|an extra|another) (day|week|fortnight|month|year)\b(?! (?:end|old))/g,
      (_a, unit: string) => length(1, unit, false),
    );
}

/** Marks days; "before" and "prior to" a day become the day before it. */
export function markDates(norm: string, reference: Day): string {
  let out = digitOrdinals(norm.replace(/\bup and running\b/g, 'operational'));
  for (const [rule, make] of DATE_RULES) {
    out = out.replace(rule, (...found: unknown[]) => {
      const groups = found.filter(
        (part): part is string | undefined => typeof part === 'string' || part === undefined,
      );
      const whole = groups[0] ?? '';
      const day = make(groups, reference);
      if (!day) return /early|late|mid|middle|start|beginning/.test(whole) ? ' ‹vague› ' : whole;
      const lead = /^(by|on|in|before|until|during|for|than|through|:)(?= )/.exec(whole)?.[1];
      return `${lead ? `${lead} ` : ''}${mark(day)}`;
    });
  }
  out = markLengths(out).replace(
    /‹(\d+)([dm])› (?:from (?:now|today)|hence|out from (?:now|today))/g,
    (_a, n: string, unit: string) => mark(after(reference, Number(n), unit)),
  );
  out = out.replace(
    /\b(in|within|inside(?: of)?|in the next|within the next|in under|less than|no more than) (?:the next )?‹(\d+)([dm])›(?! (?:to|or|-) ‹)(?!'? (?:lead|of lead))/g,
    (_a, word: string, n: string, unit: string) =>
      `${word} ‹in${showDay(after(reference, Number(n), unit))}:${n}${unit}›`,
  );
  out = resolveThat(out).replace(
    /\b(before|after|prior to|ahead of) ((?!and\b|or\b|but\b|the end\b)(?:[a-z]+ ){1,4})(?:on|at|,|:|-) (?=‹\d{4})/g,
    '$1 ',
  );
  out = out.replace(
    /‹(\d+)([dm])› (after|before|prior to|ahead of|following)(?: the)? ‹(\d{4}-\d{2}-\d{2})›/g,
    (all: string, n: string, unit: string, way: string, iso: string) => {
      const day = parseDay(iso);
      const sign = /after|following/.test(way) ? 1 : -1;
      return day ? mark(after(day, sign * Number(n), unit)) : all;
    },
  );
  out = out.replace(
    pattern(
      `\\b(?:the )?(${Object.keys(WEEKDAYS).join('|')}) (after|following|before) ‹(\\d{4}-\\d{2}-\\d{2})›`,
      'g',
    ),
    (all: string, name: string, way: string, iso: string) => {
      const day = parseDay(iso);
      const target = WEEKDAYS[name];
      if (!day || target === undefined) return all;
      const gap =
        way === 'before' ? -(((weekday(day) - target + 6) % 7) + 1) : ((target - weekday(day) + 6) % 7) + 1;
      return mark(addDays(day, gap));
    },
  );
  out = out.replace(
    /\b(?:the )?day (after|before) ‹(\d{4}-\d{2}-\d{2})›/g,
    (all: string, way: string, iso: string) => {
      const day = parseDay(iso);
      return day ? mark(addDays(day, way === 'after' ? 1 : -1)) : all;
    },
  );
  out = out.replace(
    /\b(?:sometime|some time|some point|somewhere|at some point)(?: in| around| during| after| before)?(?: the)? ‹\d{4}-\d{2}-\d{2}›|‹\d{4}-\d{2}-\d{2}› (?:sometime|some time|at some point)\b/g,
    '‹vague›',
  );
  out = out.replace(
    /\b(?:the )?(?:weekend|week) of ‹(\d{4}-\d{2}-\d{2})›/g,
    (_all: string, iso: string) => `‹${iso}›`,
  );
  out = out.replace(
    /\b(?:the )?(?:week|weekend|month|days|weeks|some time|sometime|shortly|right|soon|after|just) ?(?:after|before|around|following)? ‹\d{4}-\d{2}-\d{2}›/g,
    (all: string) => (/after|before|following|around/.test(all) ? '‹vague›' : all),
  );
  out = out.replace(/(?<!between |from )‹\d{4}-\d{2}-\d{2}› (?:to|-|through|thru) (?=‹\d{4})/g, '');
  out = out.replace(/\b(?:between|from) ‹\d{4}-\d{2}-\d{2}› (?:and|to|through|-) (?=‹\d{4})/g, 'by ');
  out = out.replace(
    /\b(?:(?:not|no|never)(?: [a-z]+){0,6} (?:before|earlier than|sooner than|prior to|until)|after|from|starting|earliest(?: [a-z]+){0,2}(?: is)?|available from|not until)(?: the)? ‹\d{4}-\d{2}-\d{2}›/g,
    (all: string) => (/\b(?:and|but|or|need|must)\b/.test(all) ? all : '‹vague›'),
  );
  return out.replace(
    /\b(before|prior to|ahead of|earlier than|sooner than)( the)? ‹(\d{4}-\d{2}-\d{2})›/g,
    (all: string, _w: string, _t: string | undefined, iso: string, at: number, whole: string) => {
      const day = parseDay(iso);
      if (!day || /\b(?:not|no|on or|by or) $/.test(whole.slice(Math.max(0, at - 8), at))) return all;
      return `by ${mark(addDays(day, -1))}`;
    },
  );
}

/** "two weeks before that", "a week after then": counted from the day named last, which is then not meant itself. */
function resolveThat(line: string): string {
  const weekdayOf = pattern(
    `\\b(?:the )?(${Object.keys(WEEKDAYS).join('|')}) (before|after)(?: that| then)?(?= ?[.,;!]| ?$)`,
  ).exec(line);
  const last = [...line.slice(0, weekdayOf?.index ?? 0).matchAll(/‹(\d{4}-\d{2}-\d{2})›/g)].at(-1);
  if (weekdayOf && last) line = line.replace(weekdayOf[0], `${weekdayOf[1]} ${weekdayOf[2]} ${last[0]}`);
  const dayOf = /\b(?:the )?(day|week|month) (before|after)(?: that| then)?(?= ?[.,;!]| ?$)/.exec(line);
  const known = [...line.slice(0, dayOf?.index ?? 0).matchAll(/‹(\d{4}-\d{2}-\d{2})›/g)].at(-1);
  if (dayOf?.[1] === 'day' && known) line = line.replace(dayOf[0], `the day ${dayOf[2]} ${known[0]}`);
  const m = /‹(\d+)([dm])› (before|after|ahead of|prior to|earlier than) (?:that|then)\b/.exec(line);
  if (!m) return line;
  const named = [...line.slice(0, m.index).matchAll(/‹(\d{4}-\d{2}-\d{2})›/g)].at(-1);
  const day = parseDay(named?.[1] ?? '');
  if (!named || !day) return line;
  const sign = m[3] === 'after' ? 1 : -1;
  return line.replace(m[0], mark(after(day, sign * Number(m[1]), m[2] ?? 'd')));
}

function after(reference: Day, amount: number, unit: string): Day {
  return unit === 'm' ? addMonths(reference, amount) : addDays(reference, amount);
}

/** Days in a length mark; a month counts 30 days where no start day is known. */
export function lengthInDays(amount: string, unit: string): number {
  return unit === 'm' ? Number(amount) * 30 : Number(amount);
}
