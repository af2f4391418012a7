// Before numbers are bound: hides seats of rooms and tables, numbers that only identify (floor 3, suite 400) and
// percentages, and multiplies what the writer gave per group.
import { DESK_GROUPS, GROUPS, PEOPLE_GROUPS } from './lexicon-counts.ts';
import { pattern } from './patterns.ts';
import { DEPARTMENT } from './people.ts';

/** Rooms, tables and sofas that hold people: "meeting rooms for 6 people", "table for 12", "seats 8". */
const CAPACITY = [
  /\b(?:rooms?|tables?|boardrooms?|booths?|pods|sofas?|lounges?|classrooms?|auditorium|cafe|breakroom|kitchen|theat(?:er|re)|area|bench|banquettes?|conference|huddles?) (?:[a-z]+ ){0,2}(?:for|seating|seats|seat|sized for|holding|hold|holds|that seats?|to seat|fits?|fitting|that fits?|accommodating) (?:up to |at least )?(\d+)(?: to \d+)?(?: (?:people|persons|students|guests|visitors|seats))?/g,
  /\b(?:seats?|seating for|seat|fits?|holds?|accommodates?) (?:up to |at least )?(\d+)(?: to \d+)?(?: (?:people|persons))?(?= (?:each|per|around|as well|apiece))/g,
  /(?<![\d.])(\d+) (?:person|people|seat|seater|seats) (?=(?:[a-z]+ )?(?:rooms?|tables?|boardrooms?|conference|meeting|huddle|board|sofas?|booths?|pods?|bench|banquette|training))/g,
];

export function maskCapacities(norm: string): string {
  // "60 x 30 in" is a size, not a number of things.
  let out = norm
    .replace(
      /(?<!\d )\b\d+(?:\.\d+)? (?:in |inch |inches |cm |mm |ft |feet )?(?:x|by) \d+(?:\.\d+)?(?: x \d+(?:\.\d+)?)?(?: (?:inch|inches|in|cm|mm|ft|feet)(?= [a-z]))?|(?<=\d )\d+(?:\.\d+)? (?:in |inch |inches |cm |mm |ft |feet )?(?:x|by) \d+(?:\.\d+)?(?: (?:inch|inches|in|cm|mm|ft|feet)(?= [a-z]))?/g,
      (size) => (/^\d/.test(size) ? '' : size),
    )
    .replace(/ {2,}/g, ' ');
  for (const pattern of CAPACITY)
    out = out.replace(pattern, (text) =>
      /^\d+ (?:person|people|seat|seater|seats) $/.test(text) ? '' : text.replace(/\d/g, '_'),
    );
  return out
    .replace(
      /(?<!meeting |conference |huddle |board |interview |training |project |team )\b(suite|ste|room|rm|floor|fl|level|bldg|building|ext|extension|unit|apt|phase|option|model|series|page|item|version|rev|revision|zip|box|gate|dock|po|lot|bay|tower|block|line|grade|class|tier|ticket|invoice|age|aged|no|nr|number|stage|wave|job|project|zone|wing)((?: [.#:])*) ?(\d+)(?! (?:desks|workstations|people|employees|meeting|conference|huddle|private|phone|of|sqft|sqm|offices|floors|staff))/g,
      (all: string, word: string, _p: string, id: string) =>
        /^(?:project|box|number|no|zone)$/.test(word) && !/[#.]/.test(all) ? all : `${word} ‹#${id}›`,
    )
    .replace(/(?<!‹)# ?\d+/g, '‹#›')
    .replace(/\b\d+ (?:%|percent)/g, '‹%›');
}

/** "25 to 30 people", "between 4 and 6 booths": no one figure, so no figure. */
export function maskRanges(norm: string): string {
  return norm
    .replace(
      /\b(between|from) (\d+)(?: (?:[a-z]+ ){0,2})?(and|to) (\d+)(?![\d.§/]| (?:%|sqft|sqm|in\b))/g,
      '$1 ‹~› $3 ‹~›',
    )
    .replace(
      /(?<![\w.‹§#:/-]|\b(?:amend|into|by) )(\d+) (to|or) (\d+)(?![\d.§/]| (?:%|sqft|sqm)| (?:person|people|seat|seater) (?:[a-z]+ )?(?:rooms?|tables?|booths?|pods?))/g,
      (all: string, low: string, word: string, high: string) =>
        Number(low) < Number(high) ? `‹~› ${word} ‹~›` : all,
    );
}

/** "two floors with 40 desks and 4 meeting rooms each", "6 pods of 8 desks", "40 desks per floor on 3 floors". */
export function multiplyGroups(norm: string): string {
  const group = `(?:${GROUPS})`;
  // "Each of the 5 teams needs its own meeting room and 8 desks" reads like "5 teams with 1 meeting room and 8 desks each".
  const spread = norm.replace(
    pattern(
      `\\b(?:each|every one|all) of (?:the |our |these |those )?(\\d+) ((?:[a-z]+ )?${group}) (?:needs?|gets?|has|have|wants?|will (?:need|get|have)|should (?:get|have)|requires?) ([^.;]*?)(?= ?[.;]| ?$)`,
      'g',
    ),
    (_all, n: string, name: string, rest: string) =>
      `${n} ${name} with ${rest.replace(/\b(?:(?:its|their|his|her) own|an?|1) (?=[a-z])/g, '1 ')} each`,
  );
  const onEach = spread.replace(
    pattern(
      `(?<![\\w.‹§#])(\\d+)((?: [a-z]+){1,4}) (?:on|in|for|at|to) (?:each|all|every one) of (?:the |our )?(\\d+) (?=(?:[a-z]+ )?${group}\\b)`,
      'g',
    ),
    (_all, each: string, noun: string, n: string) => `${Number(each) * Number(n)}${noun} on ‹#${n}› `,
  );
  let out = onEach.replace(
    pattern(
      `(?<![\\w.‹§#])(\\d+) (?:[a-z]+ )?(${group}) (?:of|x|at) (\\d+)(?: (?:and|plus|,) (?:1|one|another) (?:team |group |row |pod )?of (\\d+))?( [a-z]+)?`,
      'g',
    ),
    (_all, n: string, name: string, each: string, last = '0', after = '') => {
      const product = Number(n) * Number(each) + Number(last);
      const noun = after.trim();
      if (noun && !/^(?:and|in|on|at|with|for|each|or|plus|who|across|that|to|so|all|total)$/.test(noun))
        return `${product}${after}`;
      if (pattern(`^(?:${PEOPLE_GROUPS})$`).test(name)) return `${product} people${after}`;
      if (pattern(`^(?:${DESK_GROUPS})$`).test(name)) return `${product} desks${after}`;
      return `${n} ${name} of ${each}${last === '0' ? '' : ` and 1 of ${last}`}${after}`;
    },
  );
  out = out.replace(
    pattern(
      `(?<![\\w.‹§#])(\\d+) (?:[a-z]+ )?${group} ?(?:, )?(?:with|having|each with|each having|each has|each have|each needs|each need|each of|that each (?:have|need|has)|, each)? ?(?=[^.;]*?\\d)([^.;]*?)(?<= )(each|apiece|on each(?: floor| level)?|per (?:floor|level|team|pod|room))(?= [.,;]| $| and | on )`,
      'g',
    ),
    (_all, n: string, inside: string) =>
      inside.replace(/(?<![\w.‹§#])\d+(?= (?!sqft|sqm|ft|%))/g, (m) => String(Number(n) * Number(m))),
  );
  out = out.replace(
    pattern(
      `(?<![\\w.‹§#])(\\d+) (?:[a-z]+ )?${group} ?(?:, )?(?:each with|each having|each has|each have|each needs?|that each (?:have|need|has)|, each with|, each has) ((?:[a-z]+ )?)(\\d+)`,
      'g',
    ),
    (_all, n: string, word: string, each: string) => `${word}${Number(n) * Number(each)}`,
  );
  const total = pattern(`(?<![\\w.‹§#])(\\d+) (?:[a-z]+ )?(${group})\\b`).exec(norm);
  if (total?.[1] && total[2]) {
    const singular = total[2].replace(/ies$/, 'y').replace(/(?:s|es)$/, '');
    const times = Number(total[1]);
    out = out
      .replace(
        new RegExp(
          `(?<![\\w.‹§#])(\\d+)((?: [a-z]+){1,4}) (?:per|on each|for each|on every|in each|in every|for every|to each|to an?|each|a) ${singular}\\w*`,
          'g',
        ),
        (_all, m: string, noun: string) => `${times * Number(m)}${noun}`,
      )
      .replace(
        new RegExp(
          `\\b(?:each|every|per) ${singular}\\w* ?(?:,|has|needs|gets|will have|with|should have|having|have|to have|:)* (\\d+)`,
          'g',
        ),
        (_all, m: string) => `${times * Number(m)}`,
      );
  }
  return out;
}

const DEPARTMENT_FIRST = new RegExp(
  `^ ?(?:and |plus |then |the |our )*(${DEPARTMENT})(?: (?:team|dept|department|group))? ?(?:needs?|wants?|gets?|has|have|requires?|will (?:need|have|get)|:|-) `,
);

/** What part of the whole a line speaks of: a floor, a phase, a department ("Sales: 12 desks"). */
export function scopeOf(norm: string): string | undefined {
  const department = DEPARTMENT_FIRST.exec(norm)?.[1];
  if (department !== undefined) return department;
  return /\b(?:floor|phase|level|building|bldg|wing|tower|site|stage|zone) ‹#(\w+)›|\b(\d+(?:st|nd|rd|th)|first|second|third|ground|top|upper|lower|north|south|east|west) (?:floor|level|phase|wing|building|site)\b/.exec(
    norm,
  )?.[0];
}
