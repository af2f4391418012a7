// Two people changed the same project: which fields only one of them touched, and which both did. Pure.

export interface Conflict {
  /** Dotted path: "requirements.employee_count". */
  path: string;
  base: unknown;
  mine: unknown;
  theirs: unknown;
}

type Fields = Record<string, unknown>;

/** A change of whole documents, laid over what somebody else saved meanwhile. */
export interface Merge {
  /** The change with their values in every field that only they touched. */
  body: Fields;
  conflicts: Conflict[];
}

/** `base` is what both began from, `mine` the change that was refused, `theirs` the project as it stands. */
export function mergeChange(base: Fields, mine: Fields, theirs: Fields): Merge {
  const conflicts: Conflict[] = [];
  const body = Object.fromEntries(
    Object.entries(mine).map(([key, value]) => [key, merged(key, base[key], value, theirs[key], conflicts)]),
  );
  return { body, conflicts };
}

function merged(path: string, base: unknown, mine: unknown, theirs: unknown, conflicts: Conflict[]): unknown {
  if (same(mine, theirs) || same(base, theirs)) return mine;
  if (same(base, mine)) return theirs;
  if (isRecord(mine) && isRecord(theirs)) {
    const from = isRecord(base) ? base : {};
    const fields: Fields = {};
    for (const key of new Set([...Object.keys(from), ...Object.keys(mine), ...Object.keys(theirs)])) {
      const value = merged(`${path}.${key}`, from[key], mine[key], theirs[key], conflicts);
      if (value !== undefined) fields[key] = value;
    }
    return fields;
  }
  conflicts.push({ path, base, mine, theirs });
  return mine;
}

/** The body with the other's value in the fields where theirs was chosen. */
export function withTheirs(body: Fields, conflicts: readonly Conflict[]): Fields {
  const changed = structuredClone(body);
  for (const { path, theirs } of conflicts) {
    const keys = path.split('.');
    const last = keys.pop() as string;
    let at = changed;
    for (const key of keys) at = at[key] as Fields;
    if (theirs === undefined) delete at[last];
    else at[last] = theirs;
  }
  return changed;
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Equal whatever the order of keys; a field that is missing is as one that is null. */
export function same(a: unknown, b: unknown): boolean {
  if (isRecord(a) && isRecord(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].every((key) => same(a[key], b[key]));
  }
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
