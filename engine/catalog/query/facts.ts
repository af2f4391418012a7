// Facts in a query: price limits, sizes, places, counts, colours, lead time, certificates and exclusions. Each takes its
// words out of the query and becomes a filter that the user sees and can remove (by its id, given in `ignore`).
// Lengths are centimetres here; labels say both.
import type { UnderstoodFilter } from '../../../contract/catalog.ts';
import { digitsFor } from './numbers.ts';
import { fold } from './words.ts';

export type Axis = 'width' | 'depth' | 'height' | 'length' | 'any';

export interface SizeFact {
  readonly axis: Axis;
  /** cm, inclusive; one of them may be infinite */
  readonly min_cm: number;
  readonly max_cm: number;
  /** for a number without a unit: the same in the other unit */
  readonly other?: { readonly min_cm: number; readonly max_cm: number };
}

export interface CountFact {
  readonly noun: string;
  readonly count: number;
}

export interface Facts {
  min_price?: number;
  max_price?: number;
  sizes: SizeFact[];
  seats?: number;
  counts: CountFact[];
  without: string[];
  certification?: string;
  max_lead_time_days?: number;
  in_stock?: boolean;
  /** wishes without a limit: −1 towards little, 1 towards much ("cheap", "narrow", "tall") */
  leanings: Partial<Record<'price' | 'width' | 'height', -1 | 1>>;
}

export interface ReadFacts {
  readonly facts: Facts;
  readonly filters: UnderstoodFilter[];
  /** The query without the words that became facts. */
  readonly rest: string;
}

const N = '(\\d+(?:\\.\\d+)?)';
const CURRENCY =
  '(?:\\$|€|£|usd|us dollars?|eur|gbp|sar|dollars?|euros?|pounds?|riyals?|bucks|quid|kronor|kr|dhs?|dirhams?)';
const LENGTH_UNIT = `(?:centimet(?:er|re)s?|millimet(?:er|re)s?|met(?:er|re)s?|inch(?:es)?|feet|foot|cms?|mm|ft|in|m|"|''|')`;
const NOT_MONEY = `(?! *(?:${LENGTH_UNIT}(?![a-z])|x *\\d|by \\d|-? *(?:seat|seater|person|people|persons|guest|users?|drawers?|doors?|shel|tier|places?|days?|weeks?|kg|lbs?|pounds? (?:weight|capacity)|%|percent)))(?![\\d.])`;
const MOST =
  '(?:under|below|less than|cheaper than|lower than|up to|max(?:imum)?(?: of)?|at most|no more than|not more than|not over|within|for less than|not to exceed|budget of|budget|<=?)';
const LEAST =
  '(?:over|above|more than|at least|min(?:imum)?(?: of)?|no less than|not less than|starting at|from|upwards? of|>=?)';

const CM_PER: readonly [RegExp, number][] = [
  [/^(cm|centi)/, 1],
  [/^(mm|milli)/, 0.1],
  [/^(in|inch|"|'')/, 2.54],
  [/^(f|')/, 30.48],
  [/^m/, 100],
];

function toCm(amount: number, unit: string): number {
  return amount * (CM_PER.find(([pattern]) => pattern.test(unit))?.[1] ?? 1);
}

const AXIS_WORDS: Readonly<Record<string, Axis>> = {
  wide: 'width',
  width: 'width',
  deep: 'depth',
  depth: 'depth',
  high: 'height',
  tall: 'height',
  height: 'height',
  long: 'length',
  length: 'length',
  across: 'width',
};
/** "taller than" tells the axis by itself. */
const COMPARED: Readonly<Record<string, Axis>> = {
  narrower: 'width',
  wider: 'width',
  taller: 'height',
  higher: 'height',
  lower: 'height',
  longer: 'length',
  shorter: 'length',
  deeper: 'depth',
  shallower: 'depth',
};
const AXIS = `(${Object.keys(AXIS_WORDS).join('|')})`;
/** How far from a stated size a product may be and still count as that size. */
const TOLERANCE = 0.04;

const CERTIFICATES: readonly [RegExp, string][] = [
  [/\bbifma(?: level)? ?([1-4])\b/, 'BIFMA LEVEL'],
  [/\bgreen ?guard(?: gold)?(?: certified)?\b/, 'GREENGUARD Gold'],
  [/\b(?:scs )?indoor advantage(?: gold)?\b/, 'SCS Indoor Advantage Gold'],
  [/\bfsc(?: certified| wood)?\b/, 'FSC'],
  [/\bepd\b/, 'EPD'],
  [/\bhpd\b/, 'HPD'],
];

/** Bed sizes by name: mattress widths in cm (US and European makes). */
const BED_WIDTHS: readonly [RegExp, number, number, string][] = [
  [/\b(?:single|twin)(?: size)?(?= (?:bed|mattress|day|guest|frame))/, 88, 100, 'single'],
  [/\b(?:double|full)(?: size)?(?= (?:bed|mattress|sofa|guest|frame))/, 130, 145, 'double'],
  [/\bqueen(?:[ -]sized?)?\b/, 150, 162, 'queen'],
  [/\b(?:super )?king(?:[ -]sized?)?\b/, 178, 200, 'king'],
];

class Reader {
  readonly filters: UnderstoodFilter[] = [];
  facts: Facts = { sizes: [], counts: [], without: [], leanings: {} };
  private readonly ignore: ReadonlySet<string>;
  text: string;

  constructor(query: string, ignore: ReadonlySet<string>) {
    this.text = ` ${digitsFor(fold(query))} `;
    this.ignore = ignore;
  }

  /** Reads every place where the pattern stands and takes it out, unless the user removed that filter. */
  read(pattern: RegExp, use: (match: RegExpExecArray) => UnderstoodFilter): void {
    const every = new RegExp(pattern.source, 'g');
    for (let match = every.exec(this.text); match; match = every.exec(this.text)) {
      const before = structuredClone(this.facts);
      const filter = use(match);
      if (this.ignore.has(filter.id)) {
        this.facts = before;
        continue;
      }
      if (!this.filters.some((other) => other.id === filter.id))
        this.filters.push({ ...filter, quote: match[0].trim() });
      this.text = `${this.text.slice(0, match.index)} ${this.text.slice(match.index + match[0].length)}`;
      every.lastIndex = match.index;
    }
  }
}

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
  reader.read(new RegExp(`${N} *${C}(?:or less|or under|or below|max(?:imum)?)\\b`), (m) =>
    most(Number(m[1])),
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

const inches = (cm: number): number => Math.round(cm / 2.54);

function sizeLabel(name: string, min: number, max: number): string {
  const say = (cm: number): string => `${Math.round(cm)} cm (${inches(cm)} in)`;
  if (min === 0) return `${name} up to ${say(max)}`;
  if (!Number.isFinite(max)) return `${name} from ${say(min)}`;
  if (max / min < 1.15) return `${name} ${say((min + max) / 2)}`;
  return `${name} ${say(min)} to ${say(max)}`;
}

function addSize(
  reader: Reader,
  axis: Axis,
  min: number,
  max: number,
  other?: SizeFact['other'],
): UnderstoodFilter {
  const name = { width: 'Width', depth: 'Depth', height: 'Height', length: 'Length', any: 'Size' }[axis];
  reader.facts.sizes.push({ axis, min_cm: min, max_cm: max, ...(other ? { other } : {}) });
  const kind = axis === 'length' || axis === 'any' ? 'size' : axis;
  const value = [min, Number.isFinite(max) ? max : -1];
  return {
    id: axis === 'any' ? `size:${Math.round(min)}` : axis,
    kind,
    label: sizeLabel(name, min, max),
    quote: '',
    value,
  };
}

function readSizes(reader: Reader): void {
  const U = `(${LENGTH_UNIT})`;
  const about = (cm: number): [number, number] => [cm * (1 - TOLERANCE), cm * (1 + TOLERANCE)];
  const axisOf = (word: string | undefined, said = ''): Axis => {
    const compared = /(\w+) than/.exec(said)?.[1];
    return (word ? AXIS_WORDS[word] : COMPARED[compared ?? '']) ?? 'any';
  };
  const end = '(?![a-z\\d])';
  reader.read(
    new RegExp(`\\b${N} *${U}?(?: *x *| by | × )${N} *${U}?(?:(?: *x *| by | × )${N} *${U}?)?${end}`),
    (m) => {
      const unit = m[6] ?? m[4] ?? m[2];
      const parts = [m[1], m[3], m[5]].filter((part) => part !== undefined).map(Number);
      const axes: Axis[] = parts.length === 3 ? ['width', 'depth', 'height'] : ['any', 'any'];
      const filters = parts.map((part, i) => {
        const [min, max] = about(toCm(part, unit ?? (Math.max(...parts) > 84 ? 'cm' : 'in')));
        const [otherMin, otherMax] = about(toCm(part, Math.max(...parts) > 84 ? 'in' : 'cm'));
        return addSize(
          reader,
          axes[i] ?? 'any',
          min,
          max,
          unit ? undefined : { min_cm: otherMin, max_cm: otherMax },
        );
      });
      const said = parts.join(' × ');
      return {
        ...filters[0]!,
        id: 'size',
        kind: 'size',
        label: `Size ${said} ${unit ?? ''}`.trim(),
        value: parts,
      };
    },
  );
  const limit = (
    m: RegExpExecArray,
    build: (cm: number) => [number, number],
    at: [number, number, number?],
  ): UnderstoodFilter => {
    const [min, max] = build(toCm(Number(m[at[0]]), m[at[1]] ?? 'cm'));
    return addSize(reader, axisOf(at[2] === undefined ? undefined : m[at[2]], m[0]), min, max);
  };
  const upTo = (cm: number): [number, number] => [0, cm];
  const from = (cm: number): [number, number] => [cm, Number.POSITIVE_INFINITY];
  reader.read(
    new RegExp(` between ${N} *${U}? *(?:and|to|-) *${N} *${U}(?: *(?:in )?${AXIS})?${end}`),
    (m) => {
      const unit = m[4] ?? 'cm';
      return addSize(reader, axisOf(m[5]), toCm(Number(m[1]), unit), toCm(Number(m[3]), unit));
    },
  );
  reader.read(
    new RegExp(
      ` ${AXIS}(?: of)? (?:${MOST}|smaller than|narrower than|shorter than|lower than|shallower than) ${N} *${U}${end}`,
    ),
    (m) => limit(m, upTo, [2, 3, 1]),
  );
  reader.read(
    new RegExp(
      ` (?:${MOST}|smaller than|narrower than|shorter than|lower than|shallower than) ${N} *${U}(?: *(?:in )?${AXIS})?${end}`,
    ),
    (m) => limit(m, upTo, [1, 2, 3]),
  );
  reader.read(
    new RegExp(
      ` (?:${LEAST}|bigger than|wider than|longer than|taller than|higher than|deeper than|larger than) ${N} *${U}(?: *(?:in )?${AXIS})?${end}`,
    ),
    (m) => limit(m, from, [1, 2, 3]),
  );
  reader.read(new RegExp(` ${AXIS}(?: of| is)? ${N} *${U}${end}`), (m) => limit(m, about, [2, 3, 1]));
  reader.read(new RegExp(` ${N}[ -]*${U}[ -]*(?:in )?${AXIS}?${end}`), (m) => limit(m, about, [1, 2, 3]));
  reader.read(new RegExp(` ${N}[ -]*(?:in )?${AXIS}${end}`), (m) => {
    const [min, max] = about(Number(m[1]));
    return addSize(reader, axisOf(m[2]), min, max, { min_cm: min * 2.54, max_cm: max * 2.54 });
  });
  for (const [pattern, min, max, name] of BED_WIDTHS) {
    reader.read(pattern, () => ({
      ...addSize(reader, 'any', min, max),
      id: `size:${name}`,
      label: `Bed size: ${name}`,
    }));
  }
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
  const reader = new Reader(query, new Set(ignore));
  readTerms(reader);
  readExclusions(reader);
  readSizes(reader);
  readCounts(reader);
  readPrices(reader);
  readLeanings(reader);
  return { facts: reader.facts, filters: reader.filters, rest: reader.text.replace(/\s+/g, ' ').trim() };
}
