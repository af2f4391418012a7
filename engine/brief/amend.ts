// Reads changes to what was said before: "make that 140", "add 10 more", "cut the budget by 10 %", "scratch that".
import { MONTHS } from './calendar.ts';
import { COUNT_NOUNS } from './lexicon-counts.ts';
import type { CountPath, Op } from './ops.ts';
import { pattern } from './patterns.ts';

const NUM = '(\\d+(?:\\.\\d+)?)(§\\d+)?';
const BOUND =
  '(?! ?(?:%|sqft|sqm|ft|people|employees|staff|desks|workstations|offices|rooms|weeks|days|months|x |square))';

/** A figure without its noun. */
function bareFigure(norm: string): Op | null {
  const swap = pattern(`\\bamend ${NUM} into ${NUM}`).exec(norm);
  if (swap)
    return { kind: 'amend', from: Number(swap[1]), value: Number(swap[3]), scaled: swap[4] !== undefined };
  const lead =
    /\b(?:make (?:that|it|this)|change (?:that|it|this)(?: number| figure)? to|let us (?:make it|say|do|go with|call it)|call it|(?:[a-z]+ )?(?:meant to say|meant|means)|(?:i|we) mean|correction|should (?:be|have been|read|say)|(?:it|that|we|number|figure|count|total) (?:is|are) (?:actually|really|now|more like|closer to)+|sorry|scratch that|no wait|wait|oops|actually|(?:bump|raise|lower|drop|up|increase|reduce|update|set|cut|bring|take|trim|change|knock) (?:that|it|them|those|this)(?: up| down| back)? to|(?:go|going|get|stay|stick|keep)(?: it)? (?:back to|with|at)|more like|rather|instead|(?:~|wrong|off|no|nope|mistake|outdated)(?: [,.;-])? (?:it|that|the (?:right |correct )?(?:number|figure|count)|we) (?:is|are)|no more than|at most|not more than|max|maximum) (?:[,:.-] |it is |that is |it |that |should be |is |to |make it |say |no |i meant |we need |actually |more like |let us say |the (?:actual |right |correct |real |new |latest |final |true )?(?:number|figure|count|headcount|total|amount) is ){0,5}/;
  const m = pattern(
    `${lead.source}((?:usd|eur|gbp|cad|aud) )?${NUM}${BOUND}(?= ?(?:[.,!;]|$|please|instead|not|total|now|these days|today|in total|then|usd|eur|gbp))`,
  ).exec(norm);
  if (m) return { kind: 'amend', value: Number(m[2]), scaled: m[3] !== undefined || m[1] !== undefined };
  if (MISTAKE.test(norm)) {
    const right = pattern(
      `(?:\\b(?:it|that|this|number|figure|count|total|we|there|headcount|answer) (?:is|are|should be|should read|will be|would be)(?: now| really| actually| only| in fact)*|:|-) ((?:usd|eur|gbp|cad|aud) )?${NUM}${BOUND}(?= ?(?:[.,!;]|$|please|not|total|now|usd|eur|gbp))`,
    ).exec(norm);
    if (right)
      return {
        kind: 'amend',
        value: Number(right[2]),
        scaled: right[3] !== undefined || right[1] !== undefined,
      };
  }
  const budget = pattern(
    `\\bbudget (?:(?:is|to|at|now|of|should|be|up|down|:|actually) ){0,3}${NUM}(?= ?(?:[.,!;]|$|please|instead|now))`,
  ).exec(norm);
  if (budget && Number(budget[1]) < 10_000)
    return { kind: 'amend', value: Number(budget[1]), scaled: false, money: true };
  const delta =
    /\b(bump|raise|increase|up|lift|lower|cut|reduce|drop|trim|decrease|shave|slash|knock|extend|boost)(?:s|ped|med|d|ed)? (?:it|that|this)(?: up| down| back)? (?:by|another) (?:(?:usd|eur|gbp|cad|aud) )?(\d+(?:\.\d+)?)(?:§(\d+))?( %)?/.exec(
      norm,
    );
  if (delta) {
    const sign = /lower|cut|reduce|drop|trim|decrease|shave|slash|knock/.test(delta[1] ?? '') ? -1 : 1;
    const amount = Number(delta[2]);
    return delta[4]
      ? { kind: 'amend', value: 0, times: 1 + (sign * amount) / 100, scaled: false }
      : { kind: 'amend', value: 0, delta: sign * amount, scaled: delta[3] !== undefined };
  }
  const most = pattern(
    `\\b(?:go|stretch|push|spend|afford|manage)(?: it| that)?(?: up)? (?:to|as (?:high|far|much) as) ${NUM}${BOUND}(?= ?(?:[.,!;]|$|actually|now|max|at most|tops|if))`,
  ).exec(norm);
  if (most && Number(most[1]) >= 10)
    return { kind: 'amend', value: Number(most[1]), scaled: most[2] !== undefined, money: true, most: true };
  const settled = pattern(
    `^ ?(?:(?:no|nope|oh|wait|well|sorry|actually|ok|let us see|yes)? ?[,.-]+ ?){1,3}${NUM}${BOUND} ?(?:, (?:final answer|sorry|definitely|please|that is it|for sure|really|to be exact|i think))? ?[.!]* ?$`,
  ).exec(norm);
  if (settled) return { kind: 'amend', value: Number(settled[1]), scaled: settled[2] !== undefined };
  const share =
    /\b(?:it|that|this|which|we|make it|make that)(?: (?:is|are|should be|has to be|must be|needs to be|will be|have to be|will have to be))? (\d+(?:\.\d+)?) % (less|lower|fewer|smaller|tighter|down|more|higher|larger|up|bigger)\b(?! than)/.exec(
      norm,
    );
  if (share) {
    const sign = /less|lower|fewer|smaller|tighter|down/.test(share[2] ?? '') ? -1 : 1;
    return { kind: 'amend', value: 0, times: 1 + (sign * Number(share[1])) / 100, scaled: false };
  }
  const bare =
    /(?:^|[,;:-]|\band|\bso) ?(?:(?:actually|sorry|ok|no|and|please|then)(?: ,)? ){0,4}(minus|less|plus|add|subtract|take off|knock off) (?:another )?(\d+)( more| fewer| less)?(?: please)? ?[.!]* ?$|^ ?(?:(?:actually|sorry|ok|no|and|please|then|we need|make it|maybe)(?: ,)? ){0,4}(\d+) (more|fewer|less)(?: please| then)? ?[.!]* ?$/.exec(
      norm,
    );
  if (bare) {
    const sign = /minus|less|subtract|off|fewer/.test(`${bare[1] ?? ''}${bare[3] ?? ''}${bare[5] ?? ''}`)
      ? -1
      : 1;
    return { kind: 'amend', value: 0, delta: sign * Number(bare[2] ?? bare[4]), scaled: false };
  }
  const factor = /\b(double|triple|halve|half) (?:that|it|this)\b/.exec(norm)?.[1];
  if (factor)
    return {
      kind: 'amend',
      value: 0,
      times: factor === 'double' ? 2 : factor === 'triple' ? 3 : 0.5,
      scaled: false,
    };
  const alone = pattern(`^ ?(?:no ,? )?${NUM} (?:instead|actually|rather)\\b`).exec(norm);
  return alone ? { kind: 'amend', value: Number(alone[1]), scaled: alone[2] !== undefined } : null;
}

const MISTAKE =
  /\b(?:misread|misspoke|mis ?counted|mistake|mistaken|wrong|apologies|my bad|correction|corrected|typo|error|turns out|re ?count(?:ed)?|re ?measured|re ?checked|checked again|double checked|old (?:number|figure)|update(?:d)?|revised)\b/;

function budgetChange(norm: string): Op | null {
  const m =
    /\b(increase|raise|bump|up|boost|add|grow|extend|cut|reduce|lower|decrease|trim|drop|shave|take|slash)(?:ed|ing)? (?:[a-z]+ ){0,3}?(?:budget|spend|target|cap|max|ceiling)(?: [a-z]+){0,2}? by (?:(?:usd|eur|gbp|cad|aud) )?(\d+(?:\.\d+)?)(§\d+)?( %)?/.exec(
      norm,
    ) ??
    /\b(add|take|shave|cut|trim) (?:another )?(?:(?:usd|eur|gbp|cad|aud) )?(\d+(?:\.\d+)?)(§\d+)?( %)?(?: (?:usd|eur|gbp))? (?:to|off|from|on to) (?:the |our )?(?:budget|spend|cap|target)/.exec(
      norm,
    );
  const more = m
    ? null
    : /\b(?:another|an extra|an additional|extra) (?:(?:usd|eur|gbp|cad|aud|inr|chf) )?(\d+(?:\.\d+)?)(?:(§\d+)|(?= (?:usd|eur|gbp|cad|aud|inr|chf)\b))(?! (?:people|desks|for (?:rent|moving|construction)))/.exec(
        norm,
      );
  if (more && !/\b(?:need|cost|costs|charge|pay|quoted|would be)\b/.test(norm.slice(0, more.index)))
    return { kind: 'budget_change', factor: 1, amount: Number(more[1]) };
  if (!m) return null;
  const sign = /cut|reduce|lower|decrease|trim|drop|shave|take|slash/.test(m[1] ?? '') ? -1 : 1;
  const amount = Number(m[2]);
  return m[4]
    ? { kind: 'budget_change', factor: 1 + (sign * amount) / 100, amount: 0 }
    : { kind: 'budget_change', factor: 1, amount: sign * amount };
}

const CHANGES_COUNT =
  /\b(?:double|triple|halve|twice|half|cut|reduce[ds]?|slash|drop|increase[ds]?|raise[ds]?|bump(?:ed)?|grow|up|lower|decrease[ds]?|remov(?:e|ing)|lose|losing|take|subtract|delet(?:e|ing)|another|extra|additional|1 more|dropping|cutting|knock|strike|lop|shave)\b/;

/** "double the phone booths", "half as many desks", "add one more meeting room", "one less boardroom". */
function scaledCounts(norm: string): Op[] {
  const ops: Op[] = [];
  if (!CHANGES_COUNT.test(norm)) return ops;
  for (const { path, noun, guard } of COUNT_NOUNS) {
    if (!pattern(`\\b(?:${noun})(?![a-z])`).test(norm)) continue;
    const times = pattern(
      `\\b(double|triple|halve|twice as many|half as many|half the) (?:[a-z]+ ){0,4}?(?:${noun})(?![a-z])`,
    ).exec(norm);
    if (times && !guard?.test(times[0])) {
      const factor = /double|twice/.test(times[1] ?? '') ? 2 : /triple/.test(times[1] ?? '') ? 3 : 0.5;
      ops.push({ kind: 'count', path, value: factor, head: noun, mode: 'times' });
    }
    const half = pattern(
      `\\b(?:cut|reduce|slash|drop) (?:down )?(?:the |our )?(?:number of )?(?:[a-z]+ ){0,2}?(?:${noun}) (?:in|by) half\\b`,
    ).test(norm);
    if (half) ops.push({ kind: 'count', path, value: 0.5, head: noun, mode: 'times' });
    const by = pattern(
      `\\b(increase|raise|bump|grow|up|reduce|cut|lower|decrease|drop)(?:ed|ing)? (?:up |down )?(?:the |our )?(?:number of )?(?:[a-z]+ ){0,2}?(?:${noun})(?: (?:count|number))? by (\\d+)(?! ?%)`,
    ).exec(norm);
    if (by?.[2])
      ops.push({
        kind: 'count',
        path,
        value: Number(by[2]),
        head: noun,
        mode: /reduce|cut|lower|decrease|drop/.test(by[1] ?? '') ? 'fewer' : 'more',
      });
    const off = pattern(
      `\\b(remove|drop|lose|take out|take away|cut|subtract|delete)(?:ing)? (\\d+) (?:of (?:the |our )?)?(?:[a-z]+ ){0,2}?(?:${noun})(?![a-z])`,
    ).exec(norm);
    const taken = pattern(
      `\\b(?:take|knock|strike|lop|shave) (\\d+) (?:of (?:the |our )?)?(?:[a-z]+ ){0,2}?(?:${noun}) (?:off|out|away)\\b`,
    ).exec(norm);
    if (taken?.[1] && !off)
      ops.push({ kind: 'count', path, value: Number(taken[1]), head: noun, mode: 'fewer' });
    if (off?.[2]) ops.push({ kind: 'count', path, value: Number(off[2]), head: noun, mode: 'fewer' });
    const another = pattern(
      `\\b(?:another|an extra|an additional|1 more|1 extra|1 additional) (?:[a-z]+ ){0,2}?(?:${noun})(?![a-z])`,
    ).exec(norm);
    if (another && !/\d/.test(another[0]) && path !== 'employee_count')
      ops.push({ kind: 'count', path, value: 1, head: noun, mode: 'more' });
  }
  return ops;
}

const WITHDRAW =
  '(?:forget|scratch|scrap|ignore|drop|remove|delete|disregard|cancel|strike|clear|take out|never mind|skip|lose)(?: about)?(?: what i said about| what we said about| my comment about)?';
const WITHDRAWABLE: readonly (readonly [string, string])[] = [
  ['budget', '(?:the |our |that )?budget(?: figure| number| cap)?'],
  ['timeline', '(?:the |our )?(?:timeline|deadline|dates?|due date)'],
  ['timeline.delivery_date', '(?:the |our )?delivery (?:date|deadline)'],
  ['timeline.installation_date', '(?:the |our )?(?:install|installation|move in) (?:date|deadline)'],
  ['max_lead_time_days', '(?:the |our )?lead time(?: limit| cap)?'],
  ['area_sqft', '(?:the |our )?(?:square footage|area|sqft)(?: figure| number)?'],
  ['employee_count', '(?:the |our )?head ?count'],
  ['preferences.style', '(?:the |our )?style(?: preference)?s?'],
  ['preferences.preferred_brands', '(?:the |our )?brands?(?: preference)?s?'],
  ['preferences.colors', '(?:the |our )?colou?rs?(?: preference)?s?'],
];

function withdrawals(norm: string): Op[] {
  const ops: Op[] = [];
  for (const [path, name] of WITHDRAWABLE) {
    if (pattern(`\\b${WITHDRAW} ${name}(?= [.,;!]| $| for now| entirely| completely| altogether)`).test(norm))
      ops.push({ kind: 'withdraw', path });
  }
  if (
    /\b(?:any (?:brand|maker|manufacturer) (?:is|will be|would be|works|will do)|no brand preferences?|brands? (?:do|does) not matter|(?:not|no longer) (?:tied|attached) to (?:a|any|the) brand)\b/.test(
      norm,
    )
  )
    ops.push({ kind: 'withdraw', path: 'preferences.preferred_brands' });
  const dropped =
    '(?:skip|never ?mind(?: about)?|drop|scratch|scrap|remove|lose|forget(?: about)?|ditch|cut|delete|cancel|nix|eliminate|get rid of|leave out|take out|decided against|deciding against|against|opted out of|moved away from|do not (?:need|want)|(?:rather|prefer) not (?:to )?have|no longer (?:need|want)|no|without|no need for|zero)';
  const rooms: readonly (readonly [CountPath, string])[] = [
    ['private_offices', '(?:private|enclosed|closed|executive|individual|single) offices?'],
    ['meeting_rooms', '(?:(?:meeting|conference|huddle) rooms?)'],
    ['meeting_rooms', 'meeting rooms'],
    ['private_offices', 'offices(?= (?:at all|whatsoever|please|any ?more|this time|either|then)\\b)'],
  ];
  for (const [path, noun] of rooms) {
    const m = pattern(
      `\\b${dropped} (?:any |the |our |all |of |having |more |dedicated |those )*(?:(?!wait|sorry|actually|yes|no|thanks|problem|worries|but|oh)[a-z]+ (?:and|or|,) ){0,2}${noun}(?= |$)`,
    ).exec(norm);
    if (
      m &&
      !/\b(?:can|could) not (?:do|live|manage) $/.test(norm.slice(Math.max(0, m.index - 24), m.index)) &&
      !/\bdo not forget\b/.test(norm.slice(Math.max(0, m.index - 8), m.index + 12)) &&
      !/^ ?(?:only|on)\b/.test(norm.slice(m.index + m[0].length))
    )
      ops.push({ kind: 'count', path, value: 0, head: 'none' });
    else if (
      pattern(
        `\\b${noun} (?:are |is )?(?:not (?:needed|required|necessary|wanted|contemplated|planned|foreseen|envisaged|anticipated|desired|included|part of)|can go(?= |$)|out(?= [.,;]| $))`,
      ).test(norm)
    )
      ops.push({ kind: 'count', path, value: 0, head: 'none' });
  }
  return ops;
}

const UNDO =
  /^ ?(?:(?:actually|oh|no|wait|sorry|hmm|ok|please|oops)[ ,.-]+){0,3}(?:(?:please )?(?:ignore|disregard|forget|scratch|undo|cancel|scrap|strike|revert|reverse|take back|roll back) (?:that|it|this|my last (?:message|note|comment|email|request)?|the last (?:one|message|change|bit|part|thing)|what i just said|that last (?:one|message|change|bit|part|thing)|my previous (?:message|email|note))|never ?mind(?: (?:that|it|the last (?:one|message|change)))?|undo|go back (?:1|one)(?: (?:more|step|change))?|(?:1|one) (?:more )?step back|and the (?:one|change) before(?: (?:that|it))?(?: too| as well)?)(?: (?:please|then|too|as well|also|again|once more|1 more time|one more time))*(?= ?[.,!;]| ?$| - )/;
const START_OVER =
  /\b(?:start (?:over|again|from scratch|fresh)(?! with (?:a |an)?(?:other|new|different|fresh|better))|forget everything|scrap everything|ignore everything (?:i|we)|reset (?:the brief|everything)|clear (?:the brief|everything))\b/;

/** What starts over is the proposal, not the brief: "the look is far too corporate. Start over." */
export const judgesProposal = (norm: string): boolean =>
  /\b(?:looks?|design|layout|proposal|scenarios?|options?|style|chairs?|desks?|furniture|selection|concept|colou?rs?|it|this|that|these|those) (?:is|are|feels?|looks?|seems?) (?:[a-z]+ ){0,2}too [a-z]/.test(
    norm,
  );
const OF_PROPOSAL =
  /\b(?:start|begin) (?:over|again|fresh) (?:with|on) (?:the|your|a) (?:design|proposal|layout|selection|furniture|recommendation)\b/;

const MONTH = `(${Object.keys(MONTHS).join('|')})`;

/** "Not April, May", "May, not April", "I meant May": a month without a day. */
function amendedMonth(norm: string): number | null {
  if (/‹\d{4}-/.test(norm)) return null;
  const m =
    pattern(`\\bnot (?:in )?${MONTH} (?:[,.;-] )*(?:but )?(?:in )?${MONTH}(?= ?[.,!;]| ?$)`).exec(
      norm,
    )?.[2] ??
    pattern(`\\b${MONTH} (?:, )?(?:and )?(?:not|instead of|rather than) ${MONTH}\\b`).exec(norm)?.[1] ??
    pattern(
      `\\b(?:i meant?|we meant|make (?:it|that)|sorry|actually|should (?:be|have been)|correction) (?:[,:] )?(?:in )?${MONTH}(?= ?[.,!;]| ?$| (?:instead|please|rather|not))`,
    ).exec(norm)?.[1];
  return m === undefined ? null : (MONTHS[m] ?? null);
}

/** Changes stated on a line. `bound` is true when other readers already found something the figure belongs to. */
export function readAmendments(norm: string, bound: boolean): Op[] {
  const ops: Op[] = [];
  if (START_OVER.test(norm) && !OF_PROPOSAL.test(norm)) ops.push({ kind: 'start_over' });
  else if (UNDO.test(norm) && !/\d/.test(norm)) ops.push({ kind: 'undo' });
  const change = budgetChange(norm);
  if (change) ops.push(change);
  ops.push(...scaledCounts(norm), ...withdrawals(norm));
  const day =
    /\b(?:make (?:it|that)|(?:move|change|push|bump|bring|shift|set) (?:it|that|this|the (?:date|delivery|install\w*|deadline))(?: date)?(?: back| up| out| forward)? (?:to|until)|should (?:be|have been)|i meant?|sorry|actually|rather) ,? ?(?:by |on )?the (\d{1,2})(?:st|nd|rd|th)\b(?! (?:floor|level|street))/.exec(
      norm,
    )?.[1];
  if (day) ops.push({ kind: 'amend_day', day: Number(day) });
  const month = amendedMonth(norm);
  if (month !== null) ops.push({ kind: 'amend_month', month });
  if (!bound && !change) {
    const figure = bareFigure(norm);
    if (figure) ops.push(figure);
  }
  return ops;
}
