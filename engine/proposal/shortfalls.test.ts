import { describe, expect, it } from 'vitest';
import type { Shortfall } from '../../contract/choice.ts';
import { shortfallsInWords } from './shortfalls.ts';

const short = (space_id: string, label: string, placed: number, wanted: number, why = 'No wall is left.') =>
  ({
    need_key: `${space_id}:${label}`,
    space_id,
    role: label,
    label,
    measure: 'each',
    wanted,
    placed,
    why,
  }) as Shortfall;
const name = (id: string | null) => `Room ${id}`;

describe('what found no place', () => {
  it('names the room and the reason', () => {
    expect(shortfallsInWords([short('1', 'Café tables', 8, 11)], name)).toEqual([
      'Room 1: café tables, 8 of 11 placed. No wall is left.',
    ]);
  });

  it('counts what is needed by the seat in seats', () => {
    const tables = { ...short('1', 'Café tables', 8, 11), measure: 'seats' } as Shortfall;
    expect(shortfallsInWords([tables], name)).toEqual([
      'Room 1: café tables, 8 of 11 seats placed. No wall is left.',
    ]);
  });

  it('is told once for all rooms where the same is missing', () => {
    const rooms = ['1', '2', '3', '4', '5'].map((id) => short(id, 'Coat stand', 0, 1));
    expect(shortfallsInWords([...rooms, short('2', 'Desk', 0, 1)], name)).toEqual([
      'Coat stand: 0 of 5 placed in Room 1, Room 2, Room 3 and 2 more rooms. No wall is left.',
      'Room 2: desk, 0 of 1 placed. No wall is left.',
    ]);
    expect(shortfallsInWords(rooms.slice(0, 4), name)[0]).toContain('Room 1, Room 2, Room 3, Room 4.');
  });

  it('gives no reason that holds for some rooms only', () => {
    const two = [short('1', 'Desk', 0, 1, 'No floor.'), short('2', 'Desk', 0, 1, 'No wall.')];
    expect(shortfallsInWords(two, name)).toEqual(['Desk: 0 of 2 placed in Room 1, Room 2.']);
  });
});
