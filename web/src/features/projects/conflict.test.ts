import { describe, expect, test } from 'vitest';
import { mergeChange, withTheirs } from './conflict.ts';

const base = { name: 'Quay', requirements: { employee_count: 60, meeting_rooms: 4, notes: ['a'] }, tags: [] };

describe('two changes of one project', () => {
  test('that touch different fields go together without a question', () => {
    const merge = mergeChange(
      base,
      { requirements: { ...base.requirements, employee_count: 64 } },
      { ...base, name: 'Quay North', requirements: { ...base.requirements, meeting_rooms: 6 } },
    );
    expect(merge).toEqual({
      body: { requirements: { employee_count: 64, meeting_rooms: 6, notes: ['a'] } },
      conflicts: [],
    });
  });

  test('ask where both touched the same field, and only there', () => {
    const merge = mergeChange(
      base,
      { name: 'Mine', requirements: { employee_count: 64, meeting_rooms: 4, notes: ['a', 'b'] } },
      { ...base, name: 'Theirs', requirements: { employee_count: 70, meeting_rooms: 5, notes: ['a'] } },
    );
    expect(merge.conflicts.map(({ path }) => path)).toEqual(['name', 'requirements.employee_count']);
    expect(merge.body).toMatchObject({ requirements: { meeting_rooms: 5, notes: ['a', 'b'] } });
    expect(withTheirs(merge.body, merge.conflicts.slice(1))).toEqual({
      name: 'Mine',
      requirements: { employee_count: 70, meeting_rooms: 5, notes: ['a', 'b'] },
    });
  });

  test('that say the same are no conflict; a field the other emptied is asked about', () => {
    expect(mergeChange(base, { name: 'Same' }, { ...base, name: 'Same' }).conflicts).toEqual([]);
    const merge = mergeChange(
      base,
      { requirements: { ...base.requirements, employee_count: 64 } },
      { ...base, requirements: { meeting_rooms: 4, notes: ['a'] } },
    );
    expect(merge.conflicts).toEqual([
      { path: 'requirements.employee_count', base: 60, mine: 64, theirs: undefined },
    ]);
    expect(withTheirs(merge.body, merge.conflicts)).toEqual({
      requirements: { meeting_rooms: 4, notes: ['a'] },
    });
  });
});
