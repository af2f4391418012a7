// The memory of ids: exact whatever is put into it, bounded in time.

import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRecentIds } from './event-recent.ts';

describe('the memory of ids', () => {
  it('agrees with a set, whatever is added and taken back', () => {
    // Ids that differ in one place, so that they meet in the table.
    const id = fc
      .tuple(fc.constantFrom('e', 'p'), fc.integer({ min: 0, max: 31 }), fc.integer({ min: 0, max: 15 }))
      .map(([kind, place, digit]) => {
        const digits = '0'.repeat(32).split('');
        digits[place] = digit.toString(16);
        return kind + digits.join('');
      });
    const act = fc.tuple(fc.constantFrom('add', 'add', 'forget', 'has'), id);
    fc.assert(
      fc.property(fc.array(act, { maxLength: 300 }), (acts) => {
        const recent = makeRecentIds();
        const known = new Set<string>();
        for (const [what, key] of acts) {
          if (what === 'add') {
            expect(recent.add(key)).toBe(!known.has(key));
            known.add(key);
          } else if (what === 'forget') {
            recent.forget(key);
            known.delete(key);
          } else expect(recent.has(key)).toBe(known.has(key));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('holds ten thousands, and an id with capitals is the same id', () => {
    const recent = makeRecentIds();
    const ids = Array.from({ length: 20_000 }, () => `e${randomUUID()}`);
    expect(ids.every((id) => recent.add(id))).toBe(true);
    expect(ids.some((id) => recent.add(id))).toBe(false);
    expect(recent.has(`e${ids[7]!.slice(1).toUpperCase()}`)).toBe(true);
    expect(recent.has(`p${ids[7]!.slice(1)}`)).toBe(false);
    expect(recent.has(`e${randomUUID()}`)).toBe(false);
  });

  it('forgets after two generations', () => {
    let now = 0;
    const recent = makeRecentIds(() => now, 1_000);
    const [first, second, third] = Array.from({ length: 3 }, () => `e${randomUUID()}`) as [
      string,
      string,
      string,
    ];
    recent.add(first);
    now = 1_500;
    recent.add(second);
    expect(recent.has(first)).toBe(true);
    now = 3_000;
    recent.add(third);
    expect([first, second, third].map((id) => recent.has(id))).toEqual([false, true, true]);
  });

  it('refuses what is no id', () => {
    const recent = makeRecentIds();
    for (const key of ['e', 'e12', `e${'g'.repeat(32)}`, `e${'0'.repeat(33)}`])
      expect(() => recent.add(key)).toThrow('Not an id');
  });
});
