// Cursor pages: a cursor is the sort key of the last row of the page before, opaque to the caller.
import { z } from 'zod';
import { AppError } from './errors.ts';

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

/** Cuts limit + 1 rows into a page; `keyOf` gives the sort key the next page begins after. */
export function pageFrom<T>(rows: T[], limit: number, keyOf: (row: T) => unknown[]): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const next_cursor =
    rows.length > limit && last !== undefined
      ? Buffer.from(JSON.stringify(keyOf(last))).toString('base64url')
      : null;
  return { items, next_cursor };
}

/** Reads a cursor back as its checked sort key; undefined where none was given. */
export function readCursor<T>(cursor: string | undefined, key: z.ZodType<T>): T | undefined {
  if (cursor === undefined) return undefined;
  try {
    return key.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new AppError('invalid_input', 'The cursor is not one of ours; begin again without it.');
  }
}

/** The key of lists sorted by time, newest first, with the id as tie-break. */
export const TimeAndId = z.tuple([z.iso.datetime({ offset: true }), z.uuid()]);
