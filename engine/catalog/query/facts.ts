// Facts in a query: price limits, sizes, places, counts, lead time, certificates and exclusions. Each becomes a filter that
// the user sees and can remove (by its id, given in `ignore`).
import type { UnderstoodFilter } from '../../../contract/catalog.ts';
import { CURRENCY, type Facts, LEAST, MOST, N, NOT_MONEY, Reader, type ReadFacts } from './reader.ts';
import { readSizes } from './sizes.ts';

const CERTIFICATES: readonly [RegExp, string][] = [
  [/\bbifma(?: level)? ?([1-4])\b/, 'BIFMA LEVEL'],
  [/\bgreen ?guard(?: gold)?(?: certified)?\b/, 'GREENGUARD Gold'],
  [/\b(?:scs )?indoor advantage(?: gold)?\b/, 'SCS Indoor Advantage Gold'],
  [/\bfsc(?: certified| wood)?\b/, 'FSC'],
  [/\bepd\b/, 'EPD'],
  [/\bhpd\b/, 'HPD'],
];

const money = (amount: number): string => amount.toLocaleString('en-US', { maximumFractionDigits: 2 });

function readPrices(reader: Reader): void {
  const least = (amount: number): UnderstoodFilter => {
    reader.facts.min_price = amount;
    return { id: 'min_price', kind: 'min_price', label: `From ${money(amount)}`, quote: '', value: amount };
  };
  const most = (amount: number): UnderstoodFilter => {
    reader.facts.max_price = amount;
    return { id: 'max_price', kind: 'max_price', label: `Up to ${money(amount)}`, quote: '', value: amount };
  };
  const range = (low: number, high: number): UnderstoodFilter => {
    reader.facts.min_price = low;
    return { ...most(high), id: 'price', label: `${money(low)} to ${money(high)}` };
  };
  const C = `${CURRENCY}? *`;
  reader.read(new RegExp(`\\b(?:between|from) ${C}${N} *${C}(?:and|to|-) *${C}${N} *${C}${NOT_MONEY}`), (m) =>
    range(Number(m[1]), Number(m[2])),
  );
  reader.read(new RegExp(`${CURRENCY} *${N} *(?:-|to) *${C}${N}${NOT_MONEY}`), (m) =>
    range(Number(m[1]), Number(m[2])),
  );
  reader.read(
    new RegExp(`(?: price| cost(?:s|ing)?| priced)?(?: ${MOST}) *${C}${N} *${C}${NOT_MONEY}`),
    (m) => most(Number(m[1])),
  );
  reader.read(
    new RegExp(`(?: price| cost(?:s|ing)?| priced)?(?: ${LEAST}) *${C}${N} *${C}${NOT_MONEY}`),
    (m) => least(Number(m[1])),
  );
  reader.read(
    new RegExp(`${N} *${C}(?:or less|or under|or below|or cheaper|and under|at most|tops|max(?:imum)?)\\b`),
    (m) => most(Number(m[1])),
  );
  const close = (m: RegExpExecArray): UnderstoodFilter => {
    const amount = Number(m[1] ?? m[2]);
    return range(Math.round(amount * 0.8), Math.round(amount * 1.2));
  };
  reader.read(
    new RegExp(`(?: around| about| roughly| approximately| for)? ${CURRENCY} *${N}${NOT_MONEY}`),
    close,
  );
  reader.read(
    new RegExp(`(?: around| about| roughly| approximately| for)? ${N} *${CURRENCY}(?![a-z])`),
    close,
  );
}

function readCounts(reader: Reader): void {
  const seats = (count: number): UnderstoodFilter => {
    reader.facts.seats = count;
    return { id: 'seats', kind: 'seats', label: `For ${count}`, quote: '', value: count };
  };
  reader.read(
    / (?:for|seats?|seating|sits|fits) (\d{1,2}) ?(?:people|persons?|guests?|users?|adults|diners|kids|children|colleagues|employees|pax)?(?![\d.a-z]| *(?:cm|mm|in|m|x|days?|weeks?)\b)/,
    (m) => seats(Number(m[1])),
  );
  reader.read(/ (\d{1,2})[ -]?(?:seater|seats?|person|people|persons|pax|man|place|places)(?![a-z])/, (m) =>
    seats(Number(m[1])),
  );
  // A count of parts stays in the text: it is told by words too ("chest of 6 drawers").
  for (const [, count, noun] of reader.text.matchAll(
    /\b(\d{1,2})[ -](drawer|door|shelf|shelve|tier|compartment|chair|stool|bench|section|step|panel)(?:e?s)?\b/g,
  )) {
    reader.facts.counts.push({ noun: (noun ?? '').replace('shelve', 'shelf'), count: Number(count) });
  }
}

function readTerms(reader: Reader): void {
  const lead = (days: number): UnderstoodFilter => {
    reader.facts.max_lead_time_days = days;
    return {
      id: 'max_lead_time_days',
      kind: 'max_lead_time_days',
      label: `Within ${days} days`,
      quote: '',
      value: days,
    };
  };
  const days = (amount: string | undefined, unit: string | undefined): number =>
    Number(amount) * (unit?.startsWith('w') ? 7 : unit?.startsWith('month') ? 30 : 1);
  reader.read(
    /(?: lead time| ships?| shipping| shipped| deliver(?:y|ed|s)?| available| here)?(?: of)?(?: within| in| under| less than| at most| up to| max(?:imum)?) (\d+) ?(days?|weeks?|months?)(?: (?:lead time|delivery))?(?![a-z])/,
    (m) => lead(days(m[1], m[2])),
  );
  reader.read(
    / (?:quick[ -]?ship|fast delivery|quick delivery|express delivery|rush delivery)(?![a-z])/,
    () => lead(10),
  );
  reader.read(/ (?:in stock|available now|ready to ship|immediately available)(?![a-z])/, () => {
    reader.facts.in_stock = true;
    return { id: 'in_stock', kind: 'in_stock', label: 'In stock', quote: '', value: 'true' };
  });
  for (const [pattern, name] of CERTIFICATES) {
    reader.read(pattern, (m) => {
      reader.facts.certification = m[1] ? `${name} ${m[1]}` : name;
      return {
        id: 'certification',
        kind: 'certification',
        label: reader.facts.certification,
        quote: '',
        value: reader.facts.certification,
      };
    });
  }
}

const UNTIL =
  '(?= (?:with|under|below|for|in|on|at|up|less|around|over|between|and|but|that|from)\\b| *[,;.!?]| *$|  )';

function readExclusions(reader: Reader): void {
  const without = (words: string): UnderstoodFilter => {
    reader.facts.without.push(words);
    return {
      id: `without:${words.replaceAll(' ', '_')}`,
      kind: 'without',
      label: `Without ${words}`,
      quote: '',
      value: words,
    };
  };
  reader.read(
    new RegExp(
      ` (?:without|w\\/o|excluding|except|free of|lacking)(?: any| an| a| the)? ([a-z-]+(?: (?:or |nor )?[a-z-]+)??)${UNTIL}`,
    ),
    (m) => without(m[1] ?? ''),
  );
  reader.read(
    new RegExp(
      ` (?:no|not|not in|don't want|do not want|avoid) (?!more|less|over|under|to\\b|too\\b|sure)(?:any |an |a )?([a-z-]+)(?: please)?${UNTIL}`,
    ),
    (m) => without(m[1] ?? ''),
  );
  reader.read(/ (arm|back|drawer|door|handle|wheel|frame)less(?![a-z])/, (m) =>
    without(m[1] === 'arm' ? 'armrests' : (m[1] ?? '')),
  );
}

const LEANINGS: readonly [RegExp, keyof Facts['leanings'], -1 | 1][] = [
  [
    / (cheap|cheapest|inexpensive|affordable|low[ -]cost|low[ -]priced?|economical|bargain)(?= )/g,
    'price',
    -1,
  ],
  [/ (luxury|luxurious|premium|high[ -]end|expensive|exclusive)(?= )/g, 'price', 1],
  [/ (small|smaller|little|compact|mini|tiny|narrow|slim|space[ -]saving)(?= )/g, 'width', -1],
  [/ (large|larger|big|bigger|huge|wide|long|spacious|oversized)(?= )/g, 'width', 1],
  [/ (tall|taller)(?= )/g, 'height', 1],
];

/** Words of degree without a number; they tilt the order and are no filters. */
function readLeanings(reader: Reader): void {
  for (const [pattern, measure, direction] of LEANINGS) {
    if (reader.text.search(pattern) < 0) continue;
    reader.facts.leanings[measure] = direction;
    // "tall" and "small" also stand in names ("tall cabinet"); words of price never do.
    if (measure === 'price') reader.text = reader.text.replace(pattern, ' ');
  }
}

/** @param ignore ids of filters the user removed: their words are searched as words */
export function readFacts(query: string, ignore: readonly string[] = []): ReadFacts {
  const reader = new Reader(query.replace(/\blove ?seats?\b/gi, '2 seat sofa'), new Set(ignore));
  readTerms(reader);
  readExclusions(reader);
  readSizes(reader);
  readCounts(reader);
  readPrices(reader);
  readLeanings(reader);
  return { facts: reader.facts, filters: reader.filters, rest: reader.text.replace(/\s+/g, ' ').trim() };
}
