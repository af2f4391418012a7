// Head counts without a plain "number + noun": "a team of 35", "85 of us", "40 in sales and 20 in support".
import type { CountPath } from './ops.ts';
import { pattern } from './patterns.ts';

/** A number bound to what it counts, as offsets into the line. */
export interface Item {
  path: CountPath;
  value: number;
  head: string;
  start: number;
  end: number;
  mode?: 'more' | 'fewer' | 'total';
  also?: boolean;
  scope?: string;
}

/** "a team of 35", "firm of 60 attorneys", "office for 60", "85 of us", "45 person company". */
const PEOPLE_FORMS: readonly RegExp[] = [
  /\b(?:team|staff|workforce|crew|group|firm|company|department|headcount|size|office|startup|practice|agency|population|seating) of (?:up to )?(\d+)(?![\d.§])(?! (?:%|sqft|sqm|desks|floors|years))/,
  /(?<![\w.‹§#])(\d+) of us\b/,
  /(?<![\w.‹§#])(\d+) of whom (?:will|are|is|sit|work|would)\b/,
  /(?<![\w.‹§#])(\d+) (?:person|people|employee|strong|headcount|seater) (?=(?:[a-z]+ ){0,3}(?:company|firm|team|startup|office|department|agency|business|practice|group|organi[sz]ation|studio|space|workplace|call|floor|nonprofit|branch|site|headquarters|hq))/,
  /\b(?:office|space|layout|floor|workplace|place|headquarters|hq|fit out|room|studio|clinic|hub|branch|practice|agency|lab|school|library|call cent(?:er|re)|suite|building|plan|planning|design|designed|sized|seating|furniture|furnish|outfit|everything|cater|catering|allow|budget|design it|set ?up|option|something) for (?:up to |a total of |the |all )?(\d+)(?= [.,;!?]| $| (?:in|and|with|on|by|now|total|please|over|across|at|people))(?! (?:and|to) \d)(?! (?:in|at|on) (?:the |our |a )?(?:[a-z]+ )?(?:cafe|cafeteria|lounge|breakroom|kitchen|canteen|training|reception|waiting|boardroom|lobby|terrace|courtyard|patio))/,
  /\b(?:there (?:are|is|will be)|we are|we will be|we have got|we number|we total|total(?:s|ing)?) (?:going to be )?(\d+)(?= [.;!]| $| (?:total|strong|altogether|in total|in all|now|today|and growing|across|on this|at this|in (?:the|this|our|one)|at the|people|heads?))/,
];

/** "Open desking for 48": places to work, not people. */
function placesFor(norm: string, items: Item[]): void {
  if (items.some((item) => item.path === 'workstation_count')) return;
  const m =
    /\b(?:desking|benching|desks|workstations) for (\d+)(?= ?[.,;!]| ?$| (?:in|and|plus|with|on)\b)(?! (?:and|to) \d)/.exec(
      norm,
    );
  if (m?.[1])
    items.push({
      path: 'workstation_count',
      value: Number(m[1]),
      head: 'desks',
      start: m.index,
      end: m.index + m[0].length,
    });
}

/** "26 employees + 4 contractors = 30 total": the sum that the writer states holds. */
function statedSum(norm: string, items: Item[]): void {
  const [first, ...others] = items.filter((item) => item.path === 'employee_count');
  if (!first || others.length > 0) return;
  const m =
    /^ (?:[a-z]+ ){0,3}(?:plus|and) (\d+) (?:[a-z]+ ){1,3}(?:, )?(?::|so|equals|makes?|making|is|gives?) (\d+) (?:in )?(?:total|all|altogether|all told|people|heads|overall)\b/.exec(
      norm.slice(first.end),
    );
  if (m && first.value + Number(m[1]) === Number(m[2])) first.value = Number(m[2]);
}

export function peopleForms(norm: string, items: Item[]): void {
  placesFor(norm, items);
  statedSum(norm, items);
  if (items.some((item) => item.path === 'employee_count')) return;
  for (const form of PEOPLE_FORMS) {
    const m = form.exec(norm);
    if (!m?.[1]) continue;
    const at = m.index + m[0].indexOf(m[1]);
    if (items.some((item) => at >= item.start && at < item.end)) continue;
    items.push({
      path: 'employee_count',
      value: Number(m[1]),
      head: 'people',
      start: m.index,
      end: m.index + m[0].length,
    });
    return;
  }
}

export const DEPARTMENT =
  '(?:ops|operations|sales|support|marketing|finance|hr|admin|it|product|legal|qa|design|engineering|accounting|logistics|research|creative|management|exec|executives|leadership|service|customer service|purchasing|facilities|development|r and d|back office|front office)';

/** "25 in marketing, 30 in sales": people, where at least two departments are counted. */
export function byDepartment(norm: string, items: Item[]): void {
  if (items.some((item) => item.path === 'employee_count' || item.path === 'workstation_count')) return;
  const found = [
    ...norm.matchAll(
      pattern(
        `(?<![\\w.‹§#])(\\d+) (?:(?:in|on|for) (?:the )?)?${DEPARTMENT}(?= [,.;]| and| team| dep| $)`,
        'g',
      ),
    ),
  ];
  if (found.length < 2) return;
  for (const m of found)
    items.push({
      path: 'employee_count',
      value: Number(m[1]),
      head: m[0],
      start: m.index,
      end: m.index + m[0].length,
    });
}

/** "40 people in sales and 20 in support", "40 desks for sales, 24 for support": the second number counts the same. */
export function elided(norm: string, items: Item[]): void {
  for (const first of [...items]) {
    const rest = norm.slice(first.end);
    const another =
      / (?:,|and|plus|, and) (?:then )?another (\d+)(?= (?:in|by|later|on|for|next|the)\b| ?[.,;]| $)/.exec(
        rest,
      );
    if (another?.[1] && !/[.;]/.test(rest.slice(0, another.index)))
      items.push({
        path: first.path,
        value: Number(another[1]),
        head: another[0].trim(),
        start: first.end + another.index,
        end: first.end + another.index + another[0].length,
      });
    if (first.path !== 'employee_count' && !/^ (?:for|in|on|at)(?= )/.test(rest)) continue;
    const prep = first.path === 'employee_count' ? '(?:in|for|on|from|at)' : '(?:for|in|on|at)';
    for (const m of rest.matchAll(
      pattern(
        ` (?:,|and|plus|, and) (\\d+) (?:more )?(?:${prep} (?:the )?(?!each|total|all|every|\\d)[a-z]+|(?:in|on|at)(?= [,.;]| and|$| $)|upstairs|downstairs|(?:over )?there|here|below|above|${DEPARTMENT}(?= [,.;]| and| $| people))`,
        'g',
      ),
    )) {
      const at = first.end + m.index;
      if (items.some((item) => at < item.end && at + m[0].length > item.start)) continue;
      if (/[.;]/.test(norm.slice(first.end, at))) break;
      items.push({
        path: first.path,
        value: Number(m[1]),
        head: m[0].trim(),
        start: at,
        end: at + m[0].length,
      });
    }
  }
}
