// Binds numbers to what they count: people, desks, private offices, meeting rooms, phone booths; multiplies where the
// writer gave both terms ("6 pods of 8 desks") and leaves seats of a table or room alone ("a boardroom for 12").
import { maskCapacities, maskRanges, multiplyGroups, scopeOf } from './groups.ts';
import { COUNT_NOUNS, GROUPS } from './lexicon-counts.ts';
import type { CountPath, Op } from './ops.ts';
import { pattern } from './patterns.ts';
import { byDepartment, elided, type Item, peopleForms } from './people.ts';

const BLOCKER =
  '(?:and|or|of|for|in|on|at|to|with|from|per|each|plus|but|the|an?|our|your|we|i|they|it|is|are|was|were|be|have|has|had|need|needs|want|wants|people|employees|staff|persons|rooms?|floors?|levels?|weeks?|days?|months?|years?|year|old|sqft|sqm|%|x|street|avenue|hours?|minutes?|more|fewer|less|additional|extra|chairs?|tables?|who|that|which|will|can|not|no|by|as|so|than|this|only|including|do|does|should|would|usd|eur|gbp|cad|desks|workstations|there|if|ft|feet|inch|inches|then|also|because|us|these|those)';
const MODIFIER = `(?:(?!${BLOCKER}\\b)[a-z]+ )`;
const NUM = '(?<![\\w.‹$:#-])(?<!\\d (?:[a-z]+ )?(?:x|by) )(\\d+)(?![\\d.§])';
const FEW = '(?:more |additional |extra |other |new |fewer |less )?';

const PLURALS: Readonly<Record<CountPath, string>> = {
  employee_count: 'people',
  workstation_count: 'desks',
  private_offices: 'private offices',
  meeting_rooms: 'meeting rooms',
  phone_booths: 'phone booths',
};

/** What follows a noun up to the next item of a list. */
const sameThing = (rest: string): string => rest.split(/ [,.;:!()/-]| and | plus | with | (?=\d)/)[0] ?? '';

function itemsIn(norm: string): Item[] {
  const items: Item[] = [];
  const taken: [number, number][] = [];
  const free = (start: number, end: number): boolean => taken.every(([a, b]) => end <= a || start >= b);
  const add = (item: Item): void => {
    if (!Number.isSafeInteger(item.value) || item.value > 1_000_000 || !free(item.start, item.end)) return;
    taken.push([item.start, item.end]);
    items.push(item);
  };
  for (const { path, noun, guard, keys } of COUNT_NOUNS) {
    // The expressions below are costly to compile: none is made before its noun has been met.
    if (!pattern(`\\b(?:${keys ? `${keys}|` : ''}${noun})(?![a-z])`).test(norm)) continue;
    // "70 workstations", "24 height adjustable desks", "5 small and 3 large meeting rooms"
    for (const m of norm.matchAll(pattern(`${NUM} (${FEW})(${MODIFIER}{0,6}?)(${noun})(?![a-z])`, 'g'))) {
      const end = m.index + m[0].length;
      if (
        guard?.test(`${m[3]}${m[4]}${sameThing(norm.slice(end, end + 30))}`) ||
        / not (?:need )?$/.test(norm.slice(0, m.index)) ||
        /\b(?:including|of which|of them|of those|among them|such as|incl) (?:[a-z]+ ){0,2}$/.test(
          norm.slice(0, m.index),
        )
      )
        continue;
      const few = (m[2] ?? '').trim();
      const mode = /more|additional|extra|other/.test(few)
        ? 'more'
        : /fewer|less/.test(few)
          ? 'fewer'
          : undefined;
      add({
        path,
        value: Number(m[1]),
        head: `${m[3]}${m[4]}`.trim(),
        start: m.index,
        end,
        ...(mode ? { mode } : {}),
      });
      const earlier = pattern(`${NUM} (?:[a-z]+ )(?:, |and |, and |plus )$`).exec(norm.slice(0, m.index));
      if (
        earlier &&
        /^(?:\d+) (?:small|medium|large|big|open|standard|regular|mid|short|tall|fixed|shared|single|double)/.test(
          earlier[0],
        )
      ) {
        add({
          path,
          value: Number(earlier[1]),
          head: `${earlier[0]}${m[4]}`,
          start: earlier.index,
          end: m.index,
        });
      }
    }
    // "workstations: 70", "the number of desks is 44", "headcount of 85", "desks (24)"
    for (const m of norm.matchAll(
      pattern(
        `(?<!per |each )\\b(${keys ?? noun})(${path === 'employee_count' ? '(?: (?:today|currently|now|at present|at the moment|right now)(?= is))?' : ''}(?: (?:at|on|by|upon|after) (?:[a-z]+ ){0,2}[a-z]+(?= :))?(?: (?:count|total|number|needed|required|qty|quantity|size|positions))?(?: (?:is|are) (?:a |an )?(?:must|must have|non negotiable|essential|required|needed|important|key|critical))?(?: (?::|is|are|-|\\(|of|at|should be|will be|must be|to be|=|to|now|up to|down to|(?:go|goes|went|come|comes|came|drop|drops|dropped|move|moves|grow|grows|rise|rises|fall|falls) (?:up |down )?(?:to|from \\d+ to)|increases to|goes to|becomes|(?:has |have )?(?:moved|changed|risen|fallen|dropped)|x|equals|total|stands at|sits at|would be|min|max|at least|minimum|maximum)){1,3}) ?(\\d+)(?![\\d.§])(?! (?:%|sqft|sqm|ft|feet|x |inch|of (?:the|our|them)|${MODIFIER}{0,2}(?:people|employees|desks|workstations|offices|rooms|booths|floors)))`,
        'g',
      ),
    )) {
      if (guard?.test(`${m[1]}`)) continue;
      add({
        path,
        value: Number(m[3]),
        head: m[1] ?? '',
        start: m.index,
        end: m.index + m[0].length,
        mode: undefined as never,
      });
    }
    // "people 36 / meeting rooms 3": keys and figures without anything between
    for (const m of norm.matchAll(
      pattern(
        `(?:^|[,;/|] ?) ?(?:no of |number of |# )?(${keys ?? noun}) (\\d+)(?![\\d.§])(?= ?[,;/|.(]| ?$)`,
        'g',
      ),
    )) {
      if (guard?.test(m[1] ?? '')) continue;
      add({ path, value: Number(m[2]), head: m[1] ?? '', start: m.index, end: m.index + m[0].length });
    }
    // "make the meeting rooms 3"
    for (const m of norm.matchAll(
      pattern(
        `\\b(?:make|set|put|change|bring|take|keep|get|mark|call) (?:the |our |that |those )?(?:number of )?(${noun}) (?:at |to |up to |down to |back to )?(\\d+)(?![\\d.§])(?= ?[,;.!]| ?$| (?:and|instead|please|then|now|not|rather)\\b)`,
        'g',
      ),
    ))
      if (!guard?.test(m[1] ?? ''))
        add({ path, value: Number(m[2]), head: m[1] ?? '', start: m.index, end: m.index + m[0].length });
    // "desk count 60"
    for (const m of norm.matchAll(
      pattern(`(?<![a-z])(?:${keys ?? noun}) (?:count|total|number|qty|quantity) (\\d+)(?![\\d.§])`, 'g'),
    ))
      add({ path, value: Number(m[1]), head: m[0], start: m.index, end: m.index + m[0].length });
    // "private offices: none", "no private offices", "zero meeting rooms either"
    for (const m of norm.matchAll(
      pattern(`\\b(?:${noun})(?: :| -| \\?|) (?:none|nil|no|not needed|n ?/ ?a)(?= [.,;]| $)`, 'g'),
    )) {
      if (path !== 'phone_booths')
        add({ path, value: 0, head: m[0], start: m.index, end: m.index + m[0].length });
    }
    // "a boardroom": one, where the noun is singular
    for (const m of norm.matchAll(pattern(`\\b(?:an?|one) (${MODIFIER}{0,3}?)(${noun})(?![a-z])`, 'g'))) {
      if (
        path === 'employee_count' ||
        path === 'workstation_count' ||
        /s$/.test(m[2] ?? '') ||
        guard?.test(
          `${m[1]}${m[2]}${sameThing(norm.slice(m.index + m[0].length, m.index + m[0].length + 30))}`,
        )
      )
        continue;
      if (
        /\b(?:per|like|as|is|not|without|need|of|than|every) $/.test(
          norm.slice(Math.max(0, m.index - 9), m.index),
        ) &&
        !/\b(?:need|of) $/.test(norm.slice(Math.max(0, m.index - 6), m.index))
      )
        continue;
      if (/\b(?:not|no|without|skip|drop|scratch|remove)\b[^,.;]*$/.test(norm.slice(0, m.index))) continue;
      if (/^ (?:each|per|for every|for each)/.test(norm.slice(m.index + m[0].length))) continue;
      add({ path, value: 1, head: m[2] ?? '', start: m.index, end: m.index + m[0].length });
    }
  }
  return items.sort((a, b) => a.start - b.start);
}

/** "private offices, 32 of them"; "Desks are 60x30, and we need 22 of them". */
function ofThem(norm: string, items: Item[]): void {
  const m =
    /(?<![\w.‹§#])(\d+) (?:of (?:them|those|these)|(?:this time|instead|now|in total|total|pieces?|pcs|nos|nr|units?))\b/.exec(
      norm,
    ) ??
    /^ ?(?:[a-z]+ ){1,6}, (?<![\w.‹§#])(\d+)(?= ?[.!]? ?$)/.exec(norm) ??
    /[a-z›%] , (?:so|which is|that is|i e|meaning|which makes|which means|making) (\d+)(?= ?[.;!]| ?$)/.exec(
      norm,
    );
  if (!m?.[1]) return;
  let best: { path: CountPath; at: number; head: string } | null = null;
  for (const { path, noun } of COUNT_NOUNS) {
    for (const n of norm.slice(0, m.index).matchAll(pattern(`\\b(?:${noun})(?![a-z])`, 'g'))) {
      if (!best || n.index >= best.at) best = { path, at: n.index, head: n[0] };
    }
  }
  if (best && !items.some((item) => item.path === best.path)) {
    items.push({
      path: best.path,
      value: Number(m[1]),
      head: best.head,
      start: m.index,
      end: m.index + m[0].length,
    });
  }
}

function ratios(norm: string): { ops: Op[]; rest: string } {
  const ops: Op[] = [];
  let rest = norm;
  const groups = pattern(`(?<![\\w.‹§#])\\d+ (?:[a-z]+ )?(?:${GROUPS})\\b`);
  // "each of our 18 lawyers gets a private office"
  rest = rest.replace(
    pattern(
      `\\b(?:each|every|every one|each one|all) of (?:our |the |these |those )?(\\d+) ((?:[a-z]+ ){1,2})(gets?|needs?|has|have|will (?:get|have|need)|should (?:get|have)|wants?|requires?) (?:a|an|their own|his or her own|1) (?=(?:[a-z]+ ){0,2}(?:offices?|desks?|workstations?)\\b)`,
      'g',
    ),
    '$1 $2$3 $1 ',
  );
  // "each person gets a desk" reads like "a desk per person"
  rest = rest.replace(
    /\b(?:(?:each|every) (?:person|employee|team member|staff member|worker|colleague|one of (?:us|them)|member of staff)) (?:gets?|needs?|has|will (?:get|have|need)|should (?:get|have)|must have|wants?|requires?) (?:a|an|1|their own|his or her own) (?=((?:[a-z]+ ){0,2}(?:desks?|workstations?|private office))(?= ?[.,;!]| ?$| and\b))\1/g,
    'a $1 per person',
  );
  for (const { path, noun } of COUNT_NOUNS) {
    if (path === 'employee_count') continue;
    rest = rest.replace(
      pattern(
        `(?:\\b(an?|one)|(?<![\\w.‹])(\\d+)) (?:[a-z]+ ){0,2}(?:${noun})(?: (?:each|apiece|(?:per|for every|for each(?: of)?|for every one of|to every|to each|for|to) (?:(\\d+) )?(them|us|people|persons?|employees?|staff(?: members?)?|heads?|head|team members?|everyone|everybody|desks|workstations)))(?![a-z])`,
        'g',
      ),
      (
        all: string,
        article: string | undefined,
        n: string | undefined,
        per: string | undefined,
        of: string | undefined,
      ) => {
        const times = article ? 1 : Number(n);
        if (
          per === undefined &&
          of !== undefined &&
          /^(?:people|employees|staff|persons|desks|workstations)$/.test(of)
        )
          return all;
        if (/\bfor \d+ (?:people|employees|staff)/.test(all) && !/every/.test(all) && !article) return all;
        if (of === undefined && !article && groups.test(norm)) return all;
        if (article && /\bfor \d+ /.test(all) && !/every|each/.test(all)) return all;
        ops.push({
          kind: 'ratio',
          path,
          per: per ? Number(per) : 1,
          of: /desk|workstation/.test(of ?? '') ? 'workstation_count' : 'employee_count',
          times,
        });
        return ' ~ ';
      },
    );
  }
  return { ops, rest };
}

/** "4 meeting rooms (one of them a boardroom)", "96 desks in 12 clusters of 8": what is only a part or an arrangement. */
function withoutParts(norm: string): string {
  return norm
    .replace(/\( [^()]*\b(?:of (?:them|those|these|which|whom)|included|including|incl)\b[^()]*\)/g, ' ')
    .replace(
      pattern(
        `(?<![\\w.‹§#])(\\d+)((?: [a-z]+){1,3}?) ?,? (?:in|as|into|arranged (?:in|as)|grouped (?:in|as|into)|organi[sz]ed (?:in|as|into)|split (?:into|over|across)|spread over|laid out (?:in|as)) (?:\\d+) (?:[a-z]+ )?(?:${GROUPS}) (?:of|x|with) \\d+`,
        'g',
      ),
      '$1$2',
    );
}

const SIZES =
  '(?:large|larger|big|bigger|small|smaller|medium|medium sized|mid size|mid sized|little|single|double|standard)';

/** "Meeting rooms: 3 x 4 p, 2 x 8 p": so many of each size, added. */
function addSeatSizes(norm: string): string {
  return norm.replace(
    pattern(
      `\\b((?:meeting|conference|huddle) rooms?|conference|huddles?|boardrooms?) ?[:-] ?((?:\\d+ (?:x |no )?\\d+ ?(?:p|pax|person|people|seat|seats|seater|seaters|man)\\b(?: rooms?)?(?: ?, and | ?, | and | \\+ | & | \\/ )?){1,5})`,
      'g',
    ),
    (whole, noun: string, terms: string) => {
      const total = [...terms.matchAll(/(\d+) (?:x |no )?\d+/g)].reduce((sum, [, n]) => sum + Number(n), 0);
      return total > 0 ? `${total} ${/rooms?$/.test(noun) ? noun : 'meeting rooms'} ` : whole;
    },
  );
}

/** "Meeting rooms: 2 large, 3 small" gives every term, so that they are added. */
function addSizes(norm: string): string {
  return norm.replace(
    pattern(
      `(?<!\\d )(?<!\\d [a-z]+ )\\b((?:meeting|conference|huddle|training) rooms?|conference|huddles?|private offices?|offices|phone booths?|booths|workstations|desks) ?[:-] ?((?:\\d+ ${SIZES}(?: ones?| rooms?)?(?: ?, and | ?, | and | \\+ | & )?){2,4})`,
      'g',
    ),
    (whole, noun: string, terms: string) => {
      const total = [...terms.matchAll(/\d+/g)].reduce((sum, [term]) => sum + Number(term), 0);
      const counted = noun === 'conference' ? 'conference rooms' : noun;
      return total > 0 ? `${total} ${counted} ` : whole;
    },
  );
}

/** Counts stated in one sentence. */
export function readCounts(norm: string): Op[] {
  const { ops, rest } = ratios(addSizes(addSeatSizes(norm)));
  const line = multiplyGroups(
    maskRanges(maskCapacities(withoutParts(rest.replace(/\bamend \d+ into (?=\d)/g, '')))),
  );
  const items = itemsIn(line);
  peopleForms(line, items);
  elided(line, items);
  byDepartment(line, items);
  ofThem(line, items);
  const scope = scopeOf(line);
  items.sort((a, b) => a.start - b.start);
  for (const item of items) {
    const before = line.slice(Math.max(0, item.start - 30), item.start);
    const around = line.slice(Math.max(0, item.start - 14), item.end + 14);
    const mode =
      item.mode ??
      (/\b(?:another|add(?:ing)?|plus another|an extra|an additional|throw in) (?:up to |us |in )?$/.test(
        before,
      )
        ? 'more'
        : undefined);
    ops.push({
      kind: 'count',
      path: item.path,
      value: item.value,
      head: item.head.trim(),
      clause: line
        .slice(0, item.start)
        .split(/ but | ; | while | however | - | whereas | instead | of which /).length,
      ...(mode
        ? { mode }
        : /\b(?:total|in all|altogether|overall|all told|combined)\b/.test(around)
          ? { mode: 'total' as const }
          : {}),
      ...(/\b(?:also|plus|as well|in addition|on top|additionally)\b/.test(line) ? { also: true } : {}),
      ...(scope ? { scope } : {}),
    });
  }
  return ops;
}

/** The last countable thing named on a line, in the plural the reader knows, or null. */
export function lastCounted(norm: string): string | null {
  let best: { path: CountPath; at: number } | null = null;
  for (const { path, noun, guard } of COUNT_NOUNS) {
    for (const m of norm.matchAll(pattern(`\\b(?:${noun})(?![a-z])`, 'g'))) {
      if (guard?.test(m[0])) continue;
      if (!best || m.index >= best.at) best = { path, at: m.index };
    }
  }
  return best ? PLURALS[best.path] : null;
}
