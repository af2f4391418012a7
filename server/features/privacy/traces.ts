// What a person said lives on in what was made of it: reasons that quote them, answers that name them, versions that hold
// both. Pure: takes their name and their words out of a text or a value, and leaves the rest as it was.

export const ERASED = '(erased)';

export interface Traces {
  /** First and last name, where both are known: one alone may be another word. */
  name: string | null;
  /** What they wrote: each message, comment and word on a recommendation. */
  said: readonly string[];
}

const plain = (text: string) => text.toLowerCase().replaceAll(/\s+/g, ' ').trim();
/** Of fewer characters nobody can tell whose words they are. */
const SHORTEST = 4;
const QUOTED = /“([^”]{1,2000})”/g;
/** Where a value is a quotation by its name. */
const QUOTES = new Set(['quote', 'said']);

/** Gives a function that tells the value without the traces; the same value where there are none. */
export function withoutTraces({ name, said }: Traces): (value: unknown) => unknown {
  const words = said.map(plain).filter((text) => text.length >= SHORTEST);
  const isTheirs = (text: string): boolean => {
    const quoted = plain(text).replace(/[.;,…]+$/, '');
    return quoted.length >= SHORTEST && words.some((message) => message.includes(quoted));
  };
  const names =
    name === null ? null : new RegExp(`(?<![\\p{L}\\p{N}])${escaped(name)}(?![\\p{L}\\p{N}])`, 'giu');
  const whole = new Set(words);
  const fromText = (text: string): string => {
    if (whole.has(plain(text))) return ERASED;
    const unquoted = text.replace(QUOTED, (all, inner: string) => (isTheirs(inner) ? `“${ERASED}”` : all));
    return names === null ? unquoted : unquoted.replace(names, ERASED);
  };
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return fromText(value);
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [
        key,
        QUOTES.has(key) && typeof one === 'string' && isTheirs(one) ? ERASED : clean(one),
      ]),
    );
  };
  return clean;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/\s+/g, '\\s+');
}
