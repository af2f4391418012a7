// Regular expressions built from tables, compiled once. Only for use with matchAll, replace, split and — without the
// g flag — test and exec, which carry no state from one call to the next.

const compiled = new Map<string, RegExp>();

/** The compiled expression of a source; the number of sources is fixed by the tables. */
export function pattern(source: string, flags = ''): RegExp {
  const key = `${flags}/${source}`;
  const found = compiled.get(key);
  if (found) return found;
  const made = new RegExp(source, flags);
  compiled.set(key, made);
  return made;
}
