// Says what a marked day or length is for: delivery, installation, how far it may slip, the longest lead time.
import { lengthInDays } from './dates.ts';
import type { Op } from './ops.ts';
import { pattern } from './patterns.ts';

const DELIVER =
  /\b(?:deliver\w*|on ?site|arriv\w+|receiv\w+|ship(?:ped|ment|ping|s)?|in hand|here by|at (?:our|the) (?:dock|door)|dropped off|landed|in the building|get (?:it|them|everything))\b/g;
const INSTALL =
  /\b(?:install\w*|ready|set ?up|in place|move[ds]? in|(?:be|get|are|been|everything|all) in(?= (?:by|on|before|no later))|moving in|move in|up and running|operational|occupied|occupancy|occupy|go live|complet\w+|finish(?:ed)?|furnished|done|assembled|fitted out|opening|open(?:s|ed)?(?! (?:plan|office|concept|space))|handover|hand over|turnkey|relocat\w+|move date|move|moving)\b/g;
/** Of the words above, those that can only be about furniture that is put up. */
const FITTED =
  /\b(?:install\w*|set ?up|in place|mov(?:e|ed|es|ing)|up and running|operational|occup\w+|go live|furnished|assembled|fitted out|opening|opens|handover)\b/g;
const NEED =
  /\b(?:need\w*|want\w*|requir\w+|must|have|due|deadline|timeline|timing|target date|in[ -]?hands? date|due date|date|by|no later than|latest|schedule|asap|looking (?:at|for)|aim\w*|hop\w+|expect\w*|would like|get|until|for)\b/;
/** Something else happens on that day. */
const OTHER_EVENT =
  /\b(?:met|meet|meeting(?! rooms?| spaces?)|call(?:ed)?(?! booths?| rooms?)|spoke|talk(?:ed)?|visit(?:ed)?|tour|walk ?through|site walk|presentation|present|proposal|quote|quotation|pricing|reply|respond|get back|feedback|review|decision|decide|sign(?:ed|ing)?|approv\w+|lease|expires?|ends? on|founded|since|born|built|started|invoice|board meeting|follow(?:ing)? up|notes?|dated|sent|wrote|demo|vacation|holiday|out of office|back (?:on|in)|kick ?off|drawings|plans? (?:due|by)|order (?:by|placed)|place the order|fiscal|budget (?:is )?(?:approved|released|available)|appointment|talks|interview|survey|(?:construction|school|term|semester|class(?:es)?|season|lease|year|quarter) (?:starts?|begins?|resumes?)|permit|demolition|possession|(?:get|receive|collect|pick up) (?:the )?keys|(?:questions?|bids?|submissions?|responses?|tenders?|offers?|clarifications?|comments) (?:are |is |must be |shall be )*(?:due|close|closes|received|submitted|accepted)|closing date|see you|speak(?: to you| soon)?|ring(?: you)?|phone(?: you)?(?! booths?| rooms?)|touch base|i am free|available for|chat|catch up)\b/;
const DAY = /‹(?:in)?(\d{4}-\d{2}-\d{2})(?::(\d+)([dm]))?›/g;
const LENGTH = '‹(?:in\\d{4}-\\d{2}-\\d{2}:)?(\\d+)([dm])›';
const LEAD =
  /\blead ?times?\b|\bship(?:s|ping|ped)?(?: time| out)?(?= (?:in|within|inside|under))|\b(?:quick ?ship|in stock|available|availability)\b(?= (?:in|within|under))|\btakes? (?:more|longer|over|up to|less)\b|‹\d+[dm]› (?:or less )?to (?:arrive|ship|get here|deliver|manufacture|produce)\b|\b(?:turnaround|production)(?: time)?\b|\bwait(?:ing)?\b|\baro\b|‹(?:in[\d-]+:)?\d+[dm]› (?:after|from|of|following) (?:(?:receipt|date|placement|confirmation) of )?(?:the |our |an? )?(?:order|po|p ?\. ?o|purchase order)\b/;

function lastMatch(pattern: RegExp, text: string): number {
  let at = -1;
  for (const m of text.matchAll(pattern)) at = m.index + m[0].length;
  return at;
}

/** Longest lead time that is accepted, in days. */
function readLeadTime(norm: string): { ops: Op[]; rest: string } {
  const lead = LEAD.exec(norm);
  if (!lead) return { ops: [], rest: norm };
  const lengths = [...norm.matchAll(pattern(`${LENGTH}(?: (?:to|-) ${LENGTH})?`, 'g'))];
  if (lengths.length === 0) return { ops: [], rest: norm };
  const nearest = lengths.reduce((a, b) =>
    Math.abs(b.index - lead.index) < Math.abs(a.index - lead.index) ? b : a,
  );
  const days = lengthInDays(nearest[3] ?? nearest[1] ?? '0', nearest[4] ?? nearest[2] ?? 'd');
  const floor =
    /\b(?:at least|minimum|typically|usually|normally|average|quoted (?:us )?(?:a )?|usual|standard) (?:of |is |are )?(?:a )?$/.test(
      norm.slice(Math.max(0, nearest.index - 22), nearest.index),
    );
  const rest = norm.replace(nearest[0], '‹lead›');
  return floor
    ? { ops: [], rest }
    : { ops: [{ kind: 'set', path: 'max_lead_time_days', value: days }], rest };
}

/** "installation two weeks after delivery". */
function followOf(norm: string): { ops: Op[]; rest: string } {
  const m =
    pattern(
      `\\binstall\\w*(?: [a-z,]+){0,6} ${LENGTH} (?:later|after(?:wards?| that| delivery| it arrives| the delivery)?|following)(?= |$)`,
    ).exec(norm) ??
    pattern(`${LENGTH} (?:later|after(?:wards?| that)?)(?: for)?(?: the| we| it)* install\\w*`).exec(norm);
  if (!m) {
    const ahead = pattern(
      `\\bdeliver\\w*(?: [a-z,]+){0,6} ${LENGTH} (?:earlier|before(?: that| then| install\\w*)?|ahead|prior)(?= |$)`,
    ).exec(norm);
    if (!ahead) return { ops: [], rest: norm };
    const early = -Number(ahead[1]);
    return {
      ops: [
        {
          kind: 'follow',
          of: 'delivery_date',
          days: ahead[2] === 'd' ? early : 0,
          months: ahead[2] === 'm' ? early : 0,
        },
      ],
      rest: norm.replace(ahead[0], '‹follow›'),
    };
  }
  const amount = Number(m[1]);
  return {
    ops: [
      {
        kind: 'follow',
        of: 'installation_date',
        days: m[2] === 'd' ? amount : 0,
        months: m[2] === 'm' ? amount : 0,
      },
    ],
    rest: norm.replace(m[0], '‹follow›'),
  };
}

const FLEX_CUE =
  /\b(?:flex(?:ible|ibility|es)?|give or take|plus or minus|slack|wiggle(?: room)?|leeway|grace|buffer|float|tolerance|either (?:way|side|direction)|(?:slip|slide|shift|move|vary|moved|drift|late|later|earlier|push)(?:ped)?(?: (?:by|out|back|forward))?|cushion|window of|margin)\b/;
const NO_FLEX =
  /\b(?:no|zero|not any|without any|0) (?:flexibility|slack|wiggle(?: room)?|leeway|give|float)\b|\b(?:date|deadline|timeline|schedule|delivery|installation|install|it|that|dates|we|this) (?:is|are|) ?(?:absolutely |really |definitely )?(?:not|in) ?flexible\b|\b(?:date|deadline|timeline|delivery) (?:can not|will not|must not) (?:slip|move|shift|change|be moved)(?! (?:by|more))\b|\binflexible\b/;

const FLEX_MODAL =
  /\b(?:could|can|may|might|able to|allowed to|ok(?:ay)? (?:to|if)|fine (?:to|if)|flexible|give or take|plus or minus)\b/;

function readFlexibility(norm: string): { ops: Op[]; rest: string } {
  if (NO_FLEX.test(norm))
    return { ops: [{ kind: 'set', path: 'timeline.flexibility_days', value: 0 }], rest: norm };
  if (
    /\b(?:flexible|hybrid) (?:work|seating|furniture|layout|space|desk)|\bwork from home\b|\b(?:push|pull|bring|postpone|delay (?:the|it|our|delivery|install\w*|by)|move)\b/.test(
      norm,
    ) &&
    !/\b(?:can|could|may) (?:be )?(?:slip|move|shift|slide|flex|moved)/.test(norm) &&
    !/\b(?:give or take|plus or minus|slack|leeway|wiggle)\b/.test(norm)
  )
    return { ops: [], rest: norm };
  // A date that "has slipped a month" is moved, not loose.
  if (/\b(?:slipped|slid|has moved|have moved|got delayed|is delayed)\b/.test(norm) && !FLEX_MODAL.test(norm))
    return { ops: [], rest: norm };
  for (const m of norm.matchAll(pattern(LENGTH, 'g'))) {
    const before =
      norm
        .slice(Math.max(0, m.index - 60), m.index)
        .split(/[.;]/)
        .at(-1) ?? '';
    const after = norm.slice(m.index + m[0].length, m.index + m[0].length + 45).split(/[.;]/)[0] ?? '';
    const cue =
      FLEX_CUE.test(before.split(/‹[^›]*›/).at(-1) ?? '') ||
      /^ (?:of )?(?:delay|slippage|flex\w*|slack|wiggle|leeway|grace|buffer|float|give|tolerance|either (?:way|side)|cushion|or so either|late(?:r)? (?:is|would be) (?:ok|fine)|earlier or later|before or after|(?:a )?(?:slip|delay) (?:is|would be))/.test(
        after,
      );
    if (!cue) continue;
    return {
      ops: [
        { kind: 'set', path: 'timeline.flexibility_days', value: lengthInDays(m[1] ?? '0', m[2] ?? 'd') },
      ],
      rest: norm.replace(m[0], '‹flex›'),
    };
  }
  return { ops: [], rest: norm };
}

/** "The delivery date slipped by two weeks", "installation is now a week later". */
function movedOf(norm: string): Op | null {
  const m = pattern(
    `\\b(delivery|installation|install|move in|move|date|deadline|timeline|schedule|project|everything|it|that|this)(?: date| deadline)? (?:has to |have to |needs to |will have to |has |have |had |is |are |was |will |got |been |be |to |need |must |should |now |just |also |actually ){0,5}(slip(?:ped|s)?|slid|moved|pushed|delayed|postponed|shifted|brought|pulled|late|later|earlier|set)? ?(?:back|out|forward|up|ahead|in)? ?(?:by )?(?:another )?${LENGTH}( (?:later|earlier|sooner|late|early|behind))?`,
  ).exec(norm);
  if (!m || (!m[2] && !m[5]) || FLEX_MODAL.test(norm)) return null;
  const sign = /brought|pulled|earlier|sooner|early|forward|ahead/.test(m[0]) ? -1 : 1;
  const path = /install|move/.test(m[1] ?? '')
    ? 'timeline.installation_date'
    : /deliver/.test(m[1] ?? '')
      ? 'timeline.delivery_date'
      : 'timeline';
  return {
    kind: 'shift',
    path,
    days: m[4] === 'd' ? sign * Number(m[3]) : 0,
    months: m[4] === 'm' ? sign * Number(m[3]) : 0,
  };
}

function shiftOf(norm: string): Op | null {
  const m = pattern(
    `\\b(push|move|shift|bring|pull|delay|postpone|slide|bump|slip|set back|extend)(?:ed|ing)? (?:it |that |this |the |our |back |out |forward |up |everything |both |them |those |these |all |dates |of |two )*((?:delivery|installation|install|date|deadline|timeline|schedule|move)(?: date)?)?(?: (?:it|that))? ?((?:back|out|forward|up|ahead|later|earlier|off|by|to be|on)? ?(?:by )?)(?:about )?${LENGTH}((?: (?:earlier|later|sooner|back|forward|out|ahead|up))?)`,
  ).exec(norm);
  if (!m) return /‹(?:in)?\d{4}-/.test(norm) ? null : movedOf(norm);
  if (
    /\b(?:could|can|may|might|able to|allowed to|okay to|fine to|ok to) (?:be |also |still )?$/.test(
      norm.slice(0, m.index),
    )
  )
    return null;
  const [all, verb = '', what = '', , amount = '0', unit = 'd'] = m;
  const early = /earlier|sooner|forward|ahead|\bup\b/.test(all) || verb === 'bring' || verb === 'pull';
  const later = /later|back|\bout\b/.test(all) && verb !== 'bring';
  const sign = early && !later ? -1 : 1;
  const path = /install|move/.test(what)
    ? 'timeline.installation_date'
    : /deliver/.test(what)
      ? 'timeline.delivery_date'
      : 'timeline';
  return {
    kind: 'shift',
    path,
    days: unit === 'd' ? sign * Number(amount) : 0,
    months: unit === 'm' ? sign * Number(amount) : 0,
  };
}

/** How many there will be by then: no delivery. */
const GROWTH =
  /\b(?:grow\w*|hir(?:e|ing)|head ?count|expand\w*|reach\w*)\b[^.;,]*$|\b\d+ (?:people|employees|staff) (?:by|in|at) (?:the )?$|(?: , | and | to | be )\d+ (?:by|in|at) (?:the )?$|\b(?:people|employees|staff|hires?|folks|interns?|team|members|colleagues|starters|us|them|joiners|who|[a-z]+ers) (?:will be |are |will |be |is |all )?(?:start(?:ing|s)?|join(?:ing|s)?|com(?:e|ing)(?: in| over| on board| back)?|onboard(?:ing)?|report(?:ing)?|return(?:ing)?|transferring)(?: (?:here|on|in|by|from|with us|us|back))* $/;

/** A new verb after the one about moving: "we are moving in spring and need the desks by May 1". */
const WE_NEED = /(?:\b(?:we|i|they|and|so)|,) (?:really |also |will |do |would )*(?:need|require)\b/g;

function roleOfDay(clause: string, at: number, end: number): ('delivery_date' | 'installation_date')[] {
  const before = clause.slice(0, at);
  const after = clause.slice(end);
  if (
    /\b(?:deliver\w*|on site|shipped) (?:and|\+|\/|&) (?:fully |completely )?(?:install\w*|set up)\b|\binstall\w* (?:and|\/) deliver\w*/.test(
      clause,
    )
  )
    return ['delivery_date', 'installation_date'];
  const deliverBefore = lastMatch(DELIVER, before);
  const installBefore = lastMatch(INSTALL, before);
  if (installBefore >= 0 && lastMatch(WE_NEED, before) > installBefore) return ['delivery_date'];
  // "Delivery shall be completed by": what is completed is the delivery.
  const completes =
    deliverBefore >= 0 &&
    installBefore > deliverBefore &&
    /\b(?:complet\w+|finish(?:ed)?|done|made|ready)\b[^,;.]*$/.test(before) &&
    lastMatch(FITTED, before) < 0;
  if (completes) return ['delivery_date'];
  if (deliverBefore >= 0 || installBefore >= 0)
    return [installBefore > deliverBefore ? 'installation_date' : 'delivery_date'];
  const deliverAfter = after.search(DELIVER);
  const installAfter = after.search(INSTALL);
  if (installAfter >= 0 && (deliverAfter < 0 || installAfter < deliverAfter)) return ['installation_date'];
  if (deliverAfter >= 0) return ['delivery_date'];
  return [];
}

/** "Quick notes: …", "Call recap 1/19 - …": the heading of a note is no event. */
const HEADING =
  /^ ?(?:[a-z]+ ){0,3}(?:notes?|recap|summary|follow up|update|call|meeting|minutes)(?: (?:notes?|recap|summary))?(?: (?:from |of |on )?‹[^›]*›)? [:-] /;

const REDATED =
  /\b(?:(?:make|change|move|push|shift|set|bring|switch|update|have) (?:it|that|this|them|the date)|instead|rather|actually|sorry|correction|meant?|slipped|slips|new date|now|better)\b/;

/** Dates, slack and lead time stated on a line with day and length marks. */
export function readTimeline(norm: string): Op[] {
  const leadTime = readLeadTime(norm.replace(HEADING, ' '));
  const shift = shiftOf(leadTime.rest);
  if (shift) return [...leadTime.ops, shift];
  const follow = followOf(leadTime.rest);
  const flexibility = readFlexibility(follow.rest);
  const ops = [...leadTime.ops, ...flexibility.ops];
  const line = flexibility.rest;
  const explicit = DELIVER.test(line) || INSTALL.test(line);
  DELIVER.lastIndex = 0;
  INSTALL.lastIndex = 0;
  let from = 0;
  for (const m of line.matchAll(DAY)) {
    const clauseStart = Math.max(from, lastMatch(/ [.;!] | but | - /g, line.slice(0, m.index)));
    const tail = line.slice(m.index + m[0].length);
    const clauseEnd =
      m.index + m[0].length + (tail.search(/ [.;!] | , | and | but |‹/) + 1 || tail.length + 1) - 1;
    const clause = line.slice(clauseStart, clauseEnd);
    const roles = roleOfDay(clause, m.index - clauseStart, m.index + m[0].length - clauseStart);
    from = m.index + m[0].length;
    if (roles.length === 0) {
      if (m[2] && !/\b(?:need\w*|want\w*|must|have it|require\w*|get)\b/.test(clause)) continue;
      if (
        OTHER_EVENT.test(clauseStart > 0 ? line.slice(clauseStart) : line) ||
        (!NEED.test(clause) && !REDATED.test(line) && (explicit || line.trim().split(' ').length > 6))
      )
        continue;
      if (GROWTH.test(clause.slice(0, m.index - clauseStart))) continue;
      if (/\b(?:\d+ (?:days|weeks) a|since|from) $/.test(clause.slice(0, m.index - clauseStart))) continue;
      ops.push(
        REDATED.test(clause)
          ? { kind: 'redate', value: m[1] ?? '' }
          : { kind: 'set', path: 'timeline.delivery_date', value: m[1] ?? '' },
      );
    } else {
      if (OTHER_EVENT.test(clause) && !/\b(?:deliver|install|on site)/.test(clause)) continue;
      for (const role of roles) ops.push({ kind: 'set', path: `timeline.${role}`, value: m[1] ?? '' });
    }
  }
  return [...ops, ...follow.ops];
}
