// Reads facts out of a query's text: each takes its words away and leaves a filter, unless the user removed that filter.
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

/** Pieces of patterns that prices and sizes share. */
export const N = '(\\d+(?:\\.\\d+)?)';
export const CURRENCY =
  '(?:\\$|€|£|usd|us dollars?|eur|gbp|sar|dollars?|euros?|pounds?|riyals?|bucks|quid|kronor|kr|dhs?|dirhams?)';
export const LENGTH_UNIT = `(?:centimet(?:er|re)s?|millimet(?:er|re)s?|met(?:er|re)s?|inch(?:es)?|feet|foot|cms?|mm|ft|in|m|"|''|')`;
export const NOT_MONEY = `(?! *(?:${LENGTH_UNIT}(?![a-z])|x *\\d|by \\d|(?:to|and|-|/) *\\d+(?:\\.\\d+)? *${LENGTH_UNIT}(?![a-z])|-? *(?:seat|seater|person|people|persons|guest|users?|drawers?|doors?|shel|tier|places?|days?|weeks?|kg|lbs?|pounds? (?:weight|capacity)|%|percent)))(?![\\d.])`;
export const MOST =
  '(?:under|below|sub|less the[an]|cheaper than|lower than|up to|max(?:imum)?(?: of)?|at most|no more than|no dearer than|not more than|not over|within|for less than|not to exceed|budget of|budget|<=?)';
export const LEAST =
  '(?:over|above|more than|at least|min(?:imum)?(?: of)?|no less than|not less than|starting at|from|upwards? of|>=?)';

export class Reader {
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
