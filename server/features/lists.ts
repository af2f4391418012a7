// Lists that are short by nature (sessions, collaborators, rooms of a plan): given whole, or in pages where the caller
// asks for a limit.
import { z } from 'zod';
import { PageQuery } from '../../contract/common.ts';
import { AppError } from '../platform/errors.ts';
import { type Page, pageFrom, readCursor } from '../platform/pages.ts';

export const ListQuery = PageQuery.extend({ limit: PageQuery.shape.limit.removeDefault().optional() });
export type ListQuery = z.infer<typeof ListQuery>;

/** The page of `items` after the cursor; everything that follows it where no limit is given. */
export function pageOfList<T extends { id: string }>(items: T[], { limit, cursor }: ListQuery): Page<T> {
  const after = readCursor(cursor, z.tuple([z.uuid()]))?.[0];
  const begin = after === undefined ? 0 : items.findIndex((item) => item.id === after) + 1;
  if (after !== undefined && begin === 0)
    throw new AppError(
      'invalid_input',
      'What the cursor points at is no longer in the list; begin again without it.',
    );
  return pageFrom(items.slice(begin), limit ?? items.length, (item) => [item.id]);
}
