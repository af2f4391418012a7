// Reads money on the canonical line and what it says about the budget: least, most, aim, tolerance, currency.
import { CURRENCY_CODES } from './lexicon-forms.ts';
import type { Op } from './ops.ts';
import { pattern } from './patterns.ts';

const CODE = `(?:${CURRENCY_CODES})`;
const NUM = '\\d+(?:\\.\\d+)?';
const BUDGET_CUE =
  /\b(?:budgets?|budgeted|budgeting|spend|spending|spent|cap|capped|ceiling|envelope|allocated|allocation|allowance|set aside|earmarked|funds|funding|money|invest|investment|cost|costs|price tag|not to exceed|all in|total|figure|number)\b/;
const STRONG_CUE =
  /\b(?:total|exceed|maximum|at most|no more than|budgets?|budgeted|budgeting|spend|cap|capped|ceiling|envelope|allocated|allowance|set aside|earmarked|not to exceed|all in)\b/;
/** Figures that are somebody's price, income or rent rather than the budget. */
const OTHER_MONEY =
  /\b(?:salary|salaries|rents?|lease|revenue|turnover|profit|sales of|raised|valuation|worth|invoice|deposit|fee|fees|discount|save|saved|savings|(?:a|the) fine|retails?|list price|lists? at|listed at|priced at|quoted|quote was|used to|price of|(?<!including |incl |includes |plus |excluding |and |of |with )(?:freight|shipping))\b/;

interface Figure {
  low: number;
  high: number;
  code: string | null;
  start: number;
  end: number;
}

const MONEY = new RegExp(
  `(?:(?<![a-z])(${CODE}) )?(?<![\\d‹.:-])(${NUM})(§\\d+)?(?:( (${CODE}))(?![a-z]))?`,
  'g',
);
const UNIT_AFTER =
  /^ (?:sqft|sqm|%|people|employees|staff|desks?|workstations?|units|square|seats|chairs|rooms?|offices|ft|feet|x |years?|times|miles|steps|users|members|square)/;

function figuresIn(norm: string, cue: boolean): Figure[] {
  const found: Figure[] = [];
  for (const match of norm.matchAll(MONEY)) {
    const value = Number(match[2]);
    const code = match[1] ?? match[5] ?? null;
    const scaled = match[3] !== undefined;
    const end = match.index + match[0].length;
    const after = norm.slice(end, end + 24);
    if (/\b(?:by|another|extra|additional) $/.test(norm.slice(Math.max(0, match.index - 12), match.index)))
      continue;
    if (/\bamend $/.test(norm.slice(Math.max(0, match.index - 6), match.index))) continue;
    if (code === null && UNIT_AFTER.test(after)) continue;
    if (
      code === null &&
      !scaled &&
      !(cue && value >= 1000 && !/^ ?[a-z]+ (?:street|road)/.test(after) && !/^20\d\d$/.test(match[2] ?? ''))
    )
      continue;
    if (value <= 0 || value > 1e11) continue;
    found.push({ low: value, high: value, code, start: match.index, end });
  }
  return found;
}

/** "Not over 350k, the target would be 325": a short figure beside a long one has its scale. */
function shortFigures(norm: string, figures: readonly Figure[]): Figure[] {
  const long = figures.find((figure) => figure.low >= 10_000);
  if (!long) return [];
  const found: Figure[] = [];
  for (const match of norm.matchAll(
    /(?<=[,;] |\b(?:and|or|but|maybe|perhaps|absolute|even) )(\d{2,3})(?= (?:max|maximum|tops|at most|at the most|cap|ceiling|if (?:we|i) (?:have|need|must)|at a push|at a stretch)\b)/g,
  )) {
    const value = Number(match[1]) * 1000;
    if (value < long.low / 2 || value > long.low * 2) continue;
    found.push({
      low: value,
      high: value,
      code: null,
      start: match.index,
      end: match.index + match[0].length,
    });
  }
  for (const match of norm.matchAll(
    /\b(?:target|aim(?:ing)?|goal|ideally|hoping|closer to|shoot(?:ing)? for|preferably|stretch(?: it)? to|go(?: up)? to|go(?:ing|es)? (?:past|over|above|beyond)|past|exceed|top|stop|no more than|not over|over|hard stop|max(?:imum)?|cap|ceiling|limit)(?: (?:is|of|at|for|to|be|would|we|i|come|in|it|stay|land|around|about|under|below|with|closer|up|:)){0,6} (\d{2,3}|\d\.\d{1,2})(?= ?[.,;!)]| ?$| (?:or|if|but|and|though|max|maximum|tops|at)\b)/g,
  )) {
    const value = Number(match[1]) * ((match[1] ?? '').includes('.') ? 1e6 : 1000);
    const end = match.index + match[0].length;
    if (value < long.low / 2 || value > long.low * 2) continue;
    found.push({ low: value, high: value, code: null, start: end - (match[1] ?? '').length, end });
  }
  return found;
}

/** Joins "A to B", "between A and B" into one figure with two ends. */
function joinRanges(norm: string, figures: readonly Figure[]): Figure[] {
  const out: Figure[] = [];
  for (const figure of figures) {
    const last = out.at(-1);
    const gap = last ? norm.slice(last.end, figure.start) : '';
    const before = last ? norm.slice(Math.max(0, last.start - 26), last.start) : '';
    const joined =
      /^ (?:to|-|up to|through)(?: about)? ?$/.test(gap) ||
      (/^ (?:and|or) $/.test(gap) && (/\bbetween (?:[a-z]+ ){0,2}$/.test(before) || / or $/.test(gap)));
    if (last && joined && last.low === last.high && figure.low > last.low) {
      last.high = figure.high;
      last.end = figure.end;
      last.code ??= figure.code;
    } else out.push({ ...figure });
  }
  return out;
}

const MAX_BEFORE =
  /(?:\bup to|\b(?:un)?till?(?= )|\bmax(?:imum)?(?: budget| spend)?(?: of| is)?|\bmaximum|\bcap(?:ped)?(?: it| us| this| that| things| everything)?(?: is| of| at)?(?: now)?|\bceiling(?: is| of| at)?|\bunder|\bbelow|\b(?:south|shy|this side|short) of|\bless than|\bnot (?:to |over |more than |above |going |go |be )+(?:exceed|over|above|past|beyond)?|\bnot exceed(?:ing)?|\bno (?:more|higher|greater) than|\bat (?:the )?(?:very )?most|\b(?:not|never) (?:[a-z]+ ){0,3}(?:over|above|past|exceed|beyond|more than)|\bwithin|\blimit(?:ed)?(?: is| of| to| at)?|\bstretch(?:ed)?(?: it)?(?: as far as| up)? to|\bas (?:high|much) as|\bwithout exceeding|\bhard stop(?: is| of| at)?|\b(?:not|never|no|hate to|do not want to|would rather not|can not) (?:see (?:it|this|us) )?(?:exceed|top|go (?:past|over|above|beyond)|creep (?:past|over|above))|\b(?:bids?|quotes?|proposals?|offers?|anything|everything|submissions?|tenders?|pricing|prices|costs?|numbers?) (?:exceeding|over|above|beyond|in excess of|higher than|greater than|more than)|\bexceed|\btops? out at|\btop end(?: is| of)?|\bmax out at|\bpush(?: it)? to|\bcannot top|\b(?:could|can|may|might|would|willing to|able to|happy to|prepared to) (?:maybe |possibly |go |stretch |push |be |get |spend |move )+(?:it |as high as )?(?:up )?to) ?(?:a |an |of |the |: |is |at |total |budget |absolute |hard |about |maximum |max |, |- )*$/;
const MAX_AFTER =
  /^(?: [,(-])* (?:\( )?(?:(?:hard |absolute |firm |strict |top )*(?:max|maximum|cap|ceiling|limit)|tops|or (?:less|under|below|lower)|at a (?:push|stretch)|if (?:we|i) (?:have|need|must)|at (?:the )?(?:very |absolute )?most|cap|ceiling|limit|absolute max|hard cap|not to exceed|is (?:the|our|my|an?) (?:[a-z]+ ){0,2}(?:max|maximum|cap|ceiling|limit|most)|is as (?:high|far|much) as|is where (?:we|i|it) (?:stops?|draws? the line|max(?:es)? out|ends?)|and not a (?:penny|cent|dollar)|total max|all in max|is the top|that is (?:the|our|my|a|an)? ?(?:[a-z]+ ){0,2}(?:max|maximum|cap|ceiling|limit|most)|(?:[a-z]{3} )?,? ?that is (?:usd|eur|gbp|cad)? ?,? ?that is (?:the|our) (?:[a-z]+ )?(?:ceiling|max|maximum|cap|limit))\b(?!(?: at| of| is| :| to| now)* (?:[a-z]{3} )?\d)/;
const MIN_BEFORE =
  /(?:\bat least|\bmin(?:imum)?(?: budget| spend)?(?: of| is)?|\bno less than|\bnot less than|\bstarting (?:at|from)|\bfloor of|\bupwards of|\bmore than|\bover|\bnorth of|\babove|\bin excess of|\bfrom) ?(?:a |an |of |the |: |is |at )*$/;
const MIN_AFTER =
  /^(?: [,(])* (?:min|minimum|or more|and up|and above|upwards|at (?:the )?(?:very )?least|plus(?! or| \d| [a-z]))\b/;
const PER_UNIT =
  /^ (?:each|apiece|per (?!cent)|a (?:head|person|seat|desk|chair|station|workstation|piece|unit|month|year|sqft)|an? (?:employee|office)|\/ ?(?:ea|each|heads?|persons?|people|seats?|desks?|chairs?|stations?|workstations?|units?|pp|sf|sqft|sqm|mo|months?|yr|years?|employees?|ws|rooms?)\b|for each\b|for every\b|every\b|pp\b|annually|monthly)/;
const ITEM_PRICE =
  /\b(?:chairs?|desks?|tables?|sofas?|booths?|pods?|lockers?|one of them) (?:[a-z]+ )?(?:cost|costs|are|is|list|lists|go|goes|run|runs|at|for|start|starts) (?:for |at |around |from )?$/;

const LIMIT_LATER =
  /\b(?:that|this|it) is (?:the|our|my|a|an) (?:[a-z]+ ){0,2}(?:max|maximum|cap|ceiling|limit|most|upper limit)\b/;

/** "Rent is $42 a foot, which leaves us $310,000 for furniture." */
const forFurniture = (norm: string, figure: Figure): boolean =>
  /^ (?:left |over )?(?:for|on|towards) (?:all |the |our |new |office )*(?:furniture|furnishings?|fit ?out|ff and e|desks and chairs|this project|the project)\b/.test(
    norm.slice(figure.end, figure.end + 50),
  );

type Role = 'min' | 'max' | 'target' | 'range' | 'unit' | 'none';

function roleOf(norm: string, figure: Figure): Role {
  const before = norm.slice(Math.max(0, figure.start - 70), figure.start);
  const after = norm.slice(figure.end, figure.end + 60);
  if (PER_UNIT.test(after)) return 'unit';
  if (ITEM_PRICE.test(before)) return 'none';
  if (figure.high > figure.low) return 'range';
  if (/\b(?:no|not) less than (?:[a-z]{3} )?$/.test(before)) return 'min';
  if (MAX_BEFORE.test(before) || MAX_AFTER.test(after)) return 'max';
  if (MIN_BEFORE.test(before) || MIN_AFTER.test(after)) return 'min';
  return LIMIT_LATER.test(norm.slice(figure.end)) ? 'max' : 'target';
}

/** "give or take 10 %", "plus or minus 50k": how far around the aim, as a fraction or an amount. */
function toleranceAfter(norm: string, figure: Figure): { fraction?: number; amount?: number } | null {
  const after = norm.slice(figure.end, figure.end + 90);
  const lead =
    '(?:give or take|plus or minus|plus minus|with(?:in)? (?:a )?(?:tolerance of|margin of|leeway of)?|\\( ?(?:plus or minus)|\\+ ?-|tolerance(?: of)?|either way|or so ,? (?:give or take))';
  const percent = pattern(
    `^[^.;]{0,30}?${lead} ?(?:usd |eur |gbp )?(${NUM}) %(?! (?:contingency|discount|off|deposit))`,
  ).exec(after);
  if (percent) return { fraction: Number(percent[1]) / 100 };
  const eitherWay = pattern(
    `^[^.;]{0,30}? (${NUM}) % (?:either way|either side|up or down|tolerance|in either direction|leeway)`,
  ).exec(after);
  if (eitherWay) return { fraction: Number(eitherWay[1]) / 100 };
  const amount = pattern(
    `^[^.;]{0,30}?(?:give or take|plus or minus) (?:${CODE} )?(${NUM})(§\\d+)?(?! %)`,
  ).exec(after);
  if (amount) return { amount: Number(amount[1]) };
  return null;
}

const cents = (value: number): number => Math.round(value * 100) / 100;

/** Currency that is named without a figure: "all prices in euros". */
function bareCurrency(norm: string, hasFigure: boolean): Op[] {
  if (hasFigure) return [];
  const match = pattern(
    `(?:\\b(?:budget|currency|prices?|priced|pricing|quoted?|figures?|numbers?|amounts?|everything|all|that|this|it|those|these|work(?:ing)?|pay(?:ing)?) (?:[a-z]+ ){0,4}(?:in|is|are|:) |\\bcurrency ?:? |^ ?(?:(?:in|and|yes|sorry|no|oops|actually|that is|i mean|i meant|make it|make that|correction)(?: [,:.-])? ?){0,3})(${CODE})(?= (?:[.,;!]|not|please|of course|instead|rather)| ?$)`,
  ).exec(norm);
  const code =
    match?.[1] ??
    pattern(`^ ?(${CODE}) ?,? (?:i mean|i meant|we mean|sorry|actually|rather|not (?:${CODE}))\\b`).exec(
      norm,
    )?.[1];
  return code ? [{ kind: 'set', path: 'budget.currency', value: code.toUpperCase() }] : [];
}

/** Budget statements of one sentence. `bare` is true where a lone amount without any role was given. */
export function readBudget(norm: string): Op[] {
  const cue = BUDGET_CUE.test(norm);
  const long = figuresIn(norm, cue);
  const all = [...long, ...shortFigures(norm, long)].sort((a, b) => a.start - b.start);
  const figures = joinRanges(norm, all);
  const codes = new Set(
    [...norm.matchAll(pattern(`(?<![a-z])(${CODE})(?![a-z])`, 'g'))].map((m) => m[1] ?? ''),
  );
  const [lone] = codes;
  if (codes.size === 1 && lone) for (const figure of figures) figure.code ??= lone;
  const blocked = OTHER_MONEY.test(norm) && !STRONG_CUE.test(norm);
  const ops: Op[] = [...bareCurrency(norm, figures.length > 0)];
  if (blocked && !figures.some((figure) => forFurniture(norm, figure))) return ops;
  let skipBefore = -1;
  for (const figure of figures) {
    if (figure.start < skipBefore) continue;
    const role = roleOf(norm, figure);
    if (role === 'none' || (blocked && !forFurniture(norm, figure))) continue;
    if (role === 'unit') {
      ops.push(...perUnit(norm, figure));
      continue;
    }
    if (!cue && figure.high < 1000) continue;
    if (figure.code) ops.push({ kind: 'set', path: 'budget.currency', value: figure.code.toUpperCase() });
    const tolerance = toleranceAfter(norm, figure);
    if (role === 'range') ops.push({ kind: 'budget', min: figure.low, max: figure.high });
    else if (role === 'target' && tolerance) {
      const by = tolerance.amount ?? figure.low * (tolerance.fraction ?? 0);
      ops.push({
        kind: 'budget',
        target: figure.low,
        min: cents(figure.low - by),
        max: cents(figure.low + by),
      });
      if (tolerance.amount) skipBefore = figure.end + 40;
    } else ops.push({ kind: 'budget', [role]: figure.low });
  }
  return ops;
}

const CAP_LATER =
  /\b(?:above|over|exceeding|beyond|in excess of|higher than|more than) (?:that|this|the) (?:amount|sum|figure|number|budget|limit|total)?\b|\b(?:that|this|it) is (?:all|everything) (?:there is|we have|we have got|we can|i have|they gave|you get|that is available)\b|\b(?:not|never) a (?:penny|cent|dollar|euro|pound|dime) more\b|\b(?:can not|will not|must not) go (?:over|above|beyond|past|higher)(?: (?:it|that|this))?(?= [.,;!]| ?$)/;

/** True where a line says that the amount named before is the most there is. */
export const capsBudget = (norm: string): boolean =>
  CAP_LATER.test(norm) && !/\b(?:lead|weeks?|days?|people|desks)\b/.test(CAP_LATER.exec(norm)?.[0] ?? '');

/** "3,000 per person for 50 people" is a total only where one sentence about the budget gives both terms. */
function perUnit(norm: string, figure: Figure): Op[] {
  if (!STRONG_CUE.test(norm)) return [];
  const unit = /^ (?:per|a|for each|for every|an) (head|person|employee|seat|desk|workstation|station)/.exec(
    norm.slice(figure.end),
  )?.[1];
  if (!unit) return [];
  const noun = /seat|desk|station/.test(unit)
    ? '(?:desks|workstations|seats|stations)'
    : '(?:people|employees|staff|heads)';
  const count = pattern(`\\b(\\d+) ${noun}\\b`).exec(norm)?.[1];
  if (!count) return [];
  const ops: Op[] = figure.code
    ? [{ kind: 'set', path: 'budget.currency', value: figure.code.toUpperCase() }]
    : [];
  const role = /\b(?:up to|max|maximum|under|not to exceed|at most|no more than)\b/.test(
    norm.slice(Math.max(0, figure.start - 30), figure.start),
  )
    ? 'max'
    : 'target';
  ops.push({ kind: 'budget', [role]: figure.low * Number(count) });
  return ops;
}
