// A quote found in its message: the words themselves and what their clause says with them, figures in digits, dates as
// days, whether it denies or asks. What the writer only cites (replies, signatures, links) is not theirs to be quoted.
import { type Day, parseDay } from '../brief/calendar.ts';
import { markDates, markLengths } from '../brief/dates.ts';
import { normalise } from '../brief/normalise.ts';
import { scopeSentence } from '../brief/scope.ts';
import { cutSentences, maskTurn } from '../brief/text.ts';

export interface Passage {
  /** As it stands in the message. */
  quote: string;
  /** Offsets into the message. */
  start: number;
  end: number;
  /** A clause that the quote touches denies something; "no more than" and the like do not. */
  negated: boolean;
  /** A sentence that the quote touches states nothing: a question, a what-if, somebody else's affairs. */
  asked: boolean;
  /** Days named in the quote, YYYY-MM-DD. */
  dates: string[];
  /** Figures in the quote in the unit of a path of the brief. */
  figures: (path: string) => number[];
}

const SQFT_PER_SQM = 10.7639;
const NOT_A_DENIAL =
  /\b(?:no|not|nothing) (?:to )?(?:more|less|later|fewer|earlier|sooner|longer|exceed|exceeding|over|above|beyond|under|below|after|before|only)\b/g;
const DENIAL =
  /\b(?:no|not|never|none|nothing|nobody|without|skip|drop|scratch|exclude|excluding|except|avoid|hate|instead of|rather than|refuse|cannot|nor|lose|get rid of|ditch)\b/;
const CLAUSES = /,(?!\d)|;|\bbut\b|\n/gi;

/** Where `quote` stands in `message`, white space aside; null where it does not, or says next to nothing. */
function find(message: string, quote: string): { start: number; end: number } | null {
  const words = quote.trim().split(/\s+/);
  if ((quote.match(/[\p{L}\p{N}]/gu) ?? []).length < 2 || words.length > 200) return null;
  const pattern = words.map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('\\s+');
  const found = new RegExp(pattern, 'u').exec(message);
  return found === null ? null : { start: found.index, end: found.index + found[0].length };
}

function clausesOf(text: string, from: number): { start: number; end: number }[] {
  const clauses: { start: number; end: number }[] = [];
  let start = 0;
  for (const cut of text.matchAll(CLAUSES)) {
    clauses.push({ start: from + start, end: from + cut.index });
    start = cut.index + cut[0].length;
  }
  clauses.push({ start: from + start, end: from + text.length });
  return clauses;
}

function figuresOf(norm: string, path: string): number[] {
  // Scaled sums carry their scale behind a mark: "350000§1000".
  const plain = [...norm.replace(/§\d+/g, '').matchAll(/(?<![\w.‹-])\d+(?:\.\d+)?(?![\w›])/g)].map(
    ([figure]) => Number(figure),
  );
  if (path === 'area_sqft' && /\bsqm\b/.test(norm))
    return plain.flatMap((one) => [one, Math.round(one * SQFT_PER_SQM)]);
  if (path.endsWith('_days')) {
    const scale = /\bweeks?\b/.test(norm)
      ? 7
      : /\bmonths?\b/.test(norm)
        ? 30
        : /\bdays?\b/.test(norm)
          ? 1
          : 0;
    return scale === 0 ? [] : plain.map((one) => one * scale);
  }
  return plain;
}

/** Null where the quote does not stand in the message as its writer's own words. */
export function passageOf(message: string, quote: string, referenceDate: string): Passage | null {
  const at = find(message, quote);
  const reference: Day | null = parseDay(referenceDate);
  if (at === null || reference === null) return null;
  const masked = maskTurn(message);
  const own = masked.slice(at.start, at.end);
  if ((own.match(/[\p{L}\p{N}]/gu) ?? []).length < 2) return null;
  const touches = (one: { start: number; end: number }) => one.start < at.end && one.end > at.start;
  const sentences = cutSentences(masked).filter(touches);
  const clauses = sentences
    .flatMap((one) => clausesOf(masked.slice(one.start, one.end), one.start))
    .filter(touches);
  const norm = normalise(own);
  return {
    quote: message.slice(at.start, at.end),
    ...at,
    negated: clauses.some((one) =>
      DENIAL.test(normalise(masked.slice(one.start, one.end)).replace(NOT_A_DENIAL, ' ')),
    ),
    asked:
      sentences.length === 0 ||
      sentences.some((one) => {
        const { live } = scopeSentence(normalise(masked.slice(one.start, one.end)), one.asks);
        return /^[\s~:;.,-]*$/.test(live);
      }),
    dates: [...markDates(markLengths(norm), reference).matchAll(/‹(\d{4}-\d{2}-\d{2})/g)].map(
      ([, day]) => day ?? '',
    ),
    figures: (path) => figuresOf(norm, path),
  };
}
