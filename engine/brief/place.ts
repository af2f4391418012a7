// Reads the kind of space and its area. What the company does for a living is not its space.
import type { BriefSpaceType } from '../../contract/brief.ts';
import { SPACE_PHRASES } from './lexicon-needs.ts';
import { refusalZones } from './needs.ts';
import type { Op } from './ops.ts';

/** Square feet in a square metre (1 ft = 0.3048 m exactly). */
export const SQFT_PER_SQM = 1 / 0.3048 ** 2;

const SPACE_PATTERNS = SPACE_PHRASES.map(
  ([type, source]) => [type, new RegExp(`(?<![a-z])${source}(?![a-z])`, 'g')] as const,
);
const TRADE_AFTER =
  /^ (?:(?:will|shall|may|must) (?:not )?(?:accept|consider|provide|reject|award|evaluate|pay|retain|select|review|issue|be responsible|notify|require)|reserves|invites|solicits|(?:is|are) (?:seeking|soliciting|inviting|requesting))\b|^ (?:[a-z]+ ){0,2}(?:company|compan(?:y|ies)|startup|start up|firm|provider|group|network|business|agency|chain|nonprofit|non profit|organi[sz]ation|operator|practice|client|brand|software|tech|technology|platform|insurer|insurance|consultanc\w+|consulting|industry|sector|recruiter|vendor|supplier|charity|foundation|trust|district|board|system|franchise|services|service|management|publisher|it\b|investor|people|by trade)\b/;
const TRADE_BEFORE =
  /\b(?:(?:we|i|they|he|she) (?:are|am|is) (?:basically |actually |mainly |really )?(?:a|an|the)|(?:we|they|i) (?:work|operate|specialise|specialize|are) (?:in|for|with)|client is (?:a|an)|company is (?:a|an)|(?:chain|group|network|portfolio|family) of(?: \d+)?|(?:run|own|operate|manage)s? (?:a (?:chain|network|group|portfolio) of|several|many|multiple|various|\d+)|(?:we|they) (?:serve|sell to|supply|design for|insure)|business is|works? (?:at|for) (?:a|an|the)|industry ?:?|sector ?:?|trade ?:?|trade is|(?:we|they) (?:do|make|build)|(?:firm|company|team|agency|business|practice|group|we|they) (?:designs?|builds?|serves?|sells?|makes?|supply|supplies|operates?|manages?|insures?)) (?:[a-z]+ ){0,3}$/;
const NEARBY =
  /\b(?:before|after|during|until|since|near|next to|across from|opposite|beside|behind|close to|down the street from|down the road from|by the|above the|below the|between|walk from|minutes from|(?:stay(?:ing)?|meet|met|lunch|dinner) (?:at|in)|at my|from the|to the|like an?|like the|such as|same as|not an?|than an?|airport) (?:(?:the|a|an|our|my|local|old|new|public|city|main|[a-z]+) ){0,2}$/;
const TARGET =
  /\b(?:furnish\w*|outfit\w*|fit(?:ting)? out|refresh\w*|refurbish\w*|renovat\w*|redo(?:ing)?|redesign\w*|design\w*|equip\w*|project (?:is|:)|space (?:is|will be|type)|type ?:|space ?:|it is|this is|that is|it will be|this will be|moving into|building|opening|setting up|brief is|brief :|job is|(?:furniture|seating|desks|help|something|layout|project|quote|ideas|everything) for|working on|doing|looking to do|scope ?:|(?:is|be) for|create|creating|need(?:ing)? furniture for|update|updating) (?:up )?(?:(?:our|the|a|an|their|new|main|small|large|front|whole|entire|existing|ground|floor|company|corporate|regional|my|one|of|[a-z]+) ){0,4}$/;

interface Place {
  type: BriefSpaceType;
  at: number;
  end: number;
}

/** The first one named holds, a mix above its parts, the head of a compound above the word before it. */
function beats(here: Place, best: Place): boolean {
  if (best.type === 'mixed_office') return false;
  if (here.type === 'mixed_office') return true;
  const compound =
    here.type !== 'reception' && here.type !== 'other' && here.at - best.end === 1 && here.at > best.at;
  const partOf = best.at - here.end === 1 && best.type !== 'reception' && best.type !== 'other';
  return compound || (here.at < best.at && !partOf);
}

/** The one kind of space that is stated, if any; also tells whether "reception" was spent on it. */
export function readSpaceType(norm: string): BriefSpaceType | null {
  const zones = refusalZones(norm);
  let best: Place | null = null;
  for (const [type, pattern] of SPACE_PATTERNS) {
    for (const m of norm.matchAll(pattern)) {
      const before = norm.slice(Math.max(0, m.index - 70), m.index);
      const after = norm.slice(m.index + m[0].length, m.index + m[0].length + 40);
      if (
        TRADE_AFTER.test(after) ||
        /^ (?:across|down|around|opposite|next door|nearby|up|starts?|begins?|resumes?|reopens?|holidays?|year|term) /.test(
          after,
        ) ||
        NEARBY.test(before)
      )
        continue;
      if (
        /s$/.test(m[0]) &&
        /\b(?:run|runs|own|owns|operate|operates|manage|manages|running|sell|sells|make|makes|build|builds|furnish schools for) (?:[a-z]+ )?$/.test(
          before,
        )
      )
        continue;
      if (/s$/.test(m[0]) && /(?:\d+|\bof (?:our|the|these)) (?:[a-z]+ )?$/.test(before) && type === 'studio')
        continue;
      if (/\b(?:not|only) (?:for|in|at|by) (?:the |our )?$/.test(before)) continue;
      if (TRADE_BEFORE.test(before) && !/\b(?:open|mixed|private)/.test(m[0])) continue;
      if (zones.some((zone) => m.index >= zone.start && m.index < zone.end)) continue;
      if ((type === 'reception' || type === 'other') && !TARGET.test(before)) continue;
      if (
        type === 'reception' &&
        (/^ (?:and|,|with a|plus|desk|furniture|seating|chairs?|counter|sofas?)\b/.test(after) ||
          /\b(?:and|with|plus|,) (?:a |the )?$/.test(before))
      )
        continue;
      if (type === 'education' && /class ?rooms?/.test(m[0]) && /\btraining\b/.test(norm)) continue;
      if (
        type === 'headquarters' &&
        /^ (?:is |are )?(?:in|based|located)[a-z ]* ,? ?(?:but|and|though|while) /.test(after)
      )
        continue;
      if (type === 'private_offices' && /\bno (?:[a-z]+ )?$/.test(before)) continue;
      if (type === 'headquarters' && /corporate office/.test(m[0]) && !TARGET.test(before)) continue;
      const here = { type, at: m.index, end: m.index + m[0].length };
      if (!best || beats(here, best)) best = here;
      break;
    }
  }
  return best?.type ?? null;
}

const NUM = '(?<![\\w.‹-])(\\d+(?:\\.\\d+)?)(?:§\\d+)?';
const SMALL_AREA_AFTER =
  /^ ?(?:per|each|a (?:person|head|desk|seat)|apiece|\/ ?(?:person|head|desk|seat|employee|workstation|month|year)|(?:[a-z]+ ){0,2}(?:private offices?|meeting rooms?|conference rooms?|huddle rooms?|training rooms?|break ?rooms?|lounges?|terrace|patio|kitchen|reception(?! and)|boardrooms?|phone booths?|rooms?|desks?|workstations?|lobby|storage)\b)/;
const SMALL_AREA_BEFORE =
  /\b(?:(?:(?:each|every) [a-z]+|each|every|per|room|rooms|offices|boardroom|breakroom|lounge|kitchen|terrace|patio|lobby|desk|booth|elevator|storage) (?:(?:is|are|of|at|about|measures|should be|will be|needs|gets|with|:|has|have|takes?) ){0,2}|rent(?: is)? (?:usd )?|usd )$/;

/** Total floor area in square feet. A room's, a person's and a desk's area are not it; a range is not a figure. */
export function readArea(norm: string): Op[] {
  const line = norm.replace(
    new RegExp(
      `${NUM} ?(ft|feet|foot|m|metres?|meters?)? ?(?:wide |deep )?(?:x|by|×|\\*) ?${NUM} ?(ft|feet|foot|m|metres?|meters?|in|inch|inches|cm|mm|yards?)?(?= |$)`,
      'g',
    ),
    (all: string, a: string, unitA: string | undefined, b: string, unitB: string | undefined, at: number) => {
      const unit = unitB ?? unitA;
      const before = norm.slice(Math.max(0, at - 30), at);
      if (
        !unit ||
        /in|cm|mm|yard/.test(unit) ||
        /\b(?:desks?|tables?|workstations?|rooms?|offices|booths?|screens?|tops?|rugs?|panels?) (?:[a-z]+ )?$/.test(
          before,
        )
      )
        return all;
      const metres = unit.startsWith('m');
      if (!metres && Number(a) * Number(b) < 200) return all;
      const after = norm.slice(at + all.length, at + all.length + 24);
      if (
        SMALL_AREA_AFTER.test(after) ||
        /^ ?(?:[a-z]+ )?(?:desks?|tables?|tops?|workstations?|benches|each)\b/.test(after)
      )
        return all;
      return metres ? `${Number(a) * Number(b)} sqm` : `${Number(a) * Number(b)} sqft`;
    },
  );
  for (const m of line.matchAll(
    new RegExp(
      `${NUM} (?:(?:usable|rentable|gross|net|total|leasable) )?(sqft|sqm|square yards)(?![a-z])`,
      'g',
    ),
  )) {
    const before = line.slice(Math.max(0, m.index - 45), m.index);
    const after = line.slice(m.index + m[0].length, m.index + m[0].length + 45);
    if (SMALL_AREA_AFTER.test(after) || SMALL_AREA_BEFORE.test(before)) {
      const floors = /\b(\d+) (?:floors|levels|storeys|stories|buildings|wings|suites)\b/.exec(line);
      if (!floors || !/^ ?(?:each|per (?:floor|level|building)|apiece)/.test(after)) continue;
      return [area(Number(m[1]) * Number(floors[1]), m[2] ?? '')];
    }
    if (
      /(?:\d(?:§\d+)?|sqft|sqm) (?:to|-|and|or) $/.test(before) &&
      !/\b(?:mov\w+|relocat\w+|expand\w*|go(?:ing)?|grow\w*|downsiz\w+|upsiz\w+|up|down|upgrad\w+|shrink\w*) (?:[a-z]+ ){0,4}from\b/.test(
        line,
      ) &&
      furtherAreas(line, m.index, m.index + m[0].length) === 0
    )
      continue;
    if (/^ (?:to|-) (?:a |about )?\d/.test(after)) continue;
    if (/^ ?(?:to|-) \d/.test(after)) continue;
    const more = furtherAreas(line, m.index, m.index + m[0].length);
    return [area(Number(m[1]) + more, m[2] ?? '')];
  }
  const keyed = new RegExp(
    `\\b(?:area|size|footprint|square footage|sqft|sqm|floor ?area|floor ?plate) ?(?:\\( ?(sqft|sqm) ?\\) )?(?::|is|of|=|-) ${NUM}(?: (sqft|sqm))?(?! ?(?:to|-|people|%|ft|x))`,
  ).exec(line);
  if (keyed?.[2] && (keyed[1] ?? keyed[3] ?? /sqft|sqm|square footage/.test(keyed[0])))
    return [area(Number(keyed[2]), /sqm/.test(keyed[0]) ? 'sqm' : 'sqft')];
  return [];
}

const PART = '(?:floor|level|suite|unit|wing|storey|story|building|annexe?|mezzanine|basement|hall)s?';

/** "Two suites: 3,200 and 4,100 sqft", "6,000 sqft on 5 and another 5,500 on 6": the other parts, in the unit of the first. */
function furtherAreas(line: string, start: number, end: number): number {
  let sum = 0;
  const [, pair] =
    new RegExp(
      `\\b(?:2|both|the 2) (?:[a-z]+ )?${PART}(?: of| at| with|,| :| are| measuring)* ${NUM} and $`,
    ).exec(line.slice(0, start)) ?? [];
  if (pair !== undefined) sum += Number(pair);
  for (const m of line
    .slice(end)
    .matchAll(
      new RegExp(
        `(?:,|and|plus|\\+|;) (?:then |on |the |in |a )*(?:(?:another|additional|a further|an extra)|(?:[a-z0-9]+ ){0,2}${PART}|\\d+(?:st|nd|rd|th)|ground|first|second|third|upstairs|downstairs)(?: (?:is|has|of|with|at|adds|:|another|an|additional|a|further|floor|the))* ${NUM} (?:sqft|sqm)(?! (?:each|per))`,
        'g',
      ),
    ))
    sum += Number(m[1]);
  return sum;
}

function area(amount: number, unit: string): Op {
  const sqft = unit === 'sqm' ? amount * SQFT_PER_SQM : unit === 'square yards' ? amount * 9 : amount;
  return { kind: 'set', path: 'area_sqft', value: Math.round(sqft) };
}
