// Short lists keep the promise of every list: limit and cursor lead through all of it, once.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Page } from '../platform/pages.ts';
import { ListQuery, pageOfList } from './lists.ts';

const items = fc.uniqueArray(fc.uuid(), { maxLength: 30 }).map((ids) => ids.map((id) => ({ id })));

describe('a short list in pages', () => {
  it('gives everything once and in order, whatever the limit', () => {
    fc.assert(
      fc.property(items, fc.integer({ min: 1, max: 40 }), (list, limit) => {
        const seen: { id: string }[] = [];
        let cursor: string | null = null;
        do {
          const page: Page<{ id: string }> = pageOfList(list, {
            limit,
            ...(cursor === null ? {} : { cursor }),
          });
          expect(page.items.length).toBeLessThanOrEqual(limit);
          seen.push(...page.items);
          cursor = page.next_cursor;
        } while (cursor !== null);
        expect(seen).toEqual(list);
      }),
    );
  });

  it('is given whole without a limit', () => {
    fc.assert(
      fc.property(items, (list) => {
        expect(pageOfList(list, ListQuery.parse({}))).toEqual({ items: list, next_cursor: null });
      }),
    );
  });

  it('refuses a cursor whose item has gone, and one that is none', () => {
    const list = [
      { id: '7c0e8b1a-9f7b-4d53-8a86-0a4b7f6c1d01' },
      { id: '7c0e8b1a-9f7b-4d53-8a86-0a4b7f6c1d02' },
    ];
    const { next_cursor } = pageOfList(list, { limit: 1 });
    expect(() => pageOfList(list.slice(1), { limit: 1, cursor: next_cursor as string })).toThrow(
      'begin again',
    );
    expect(() => pageOfList(list, { cursor: 'abc' })).toThrow('begin again');
    expect(ListQuery.safeParse({ limit: '0' }).success).toBe(false);
  });
});
