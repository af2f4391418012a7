// What differs between two briefs.
import type { Brief } from '../../contract/brief.ts';

type Branch = Record<string, unknown>;

/** Paths whose value differs, lists as one path, in the order of the contract. */
export function changedPaths(before: Brief, after: Brief): string[] {
  const paths = new Set<string>();
  const walk = (a: unknown, b: unknown, path: string): void => {
    if (JSON.stringify(a) === JSON.stringify(b)) return;
    const branch = (v: unknown): v is Branch => typeof v === 'object' && v !== null && !Array.isArray(v);
    if (branch(a) || branch(b)) {
      const left = branch(a) ? a : {};
      const right = branch(b) ? b : {};
      for (const key of new Set([...Object.keys(left), ...Object.keys(right)]))
        walk(left[key], right[key], path ? `${path}.${key}` : key);
    } else paths.add(path);
  };
  walk(before, after, '');
  return [...paths];
}
