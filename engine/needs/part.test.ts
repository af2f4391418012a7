// What a piece put in by hand is to a room.
import { describe, expect, it } from 'vitest';
import { partOf } from './part.ts';

describe('a piece put in by hand', () => {
  it('plays the part that its kind has in the room’s kit', () => {
    const table = { category: 'tables', subcategory: 'meeting_table' };
    expect(partOf(table, 'meeting_room')).toMatchObject({ role: 'meeting_table', mount: 'floor' });
    const panel = { category: 'acoustic', subcategory: 'acoustic_panel' };
    expect(partOf(panel, 'open_office').mount).toBe('wall');
  });

  it('stands on the floor by itself where no kit knows its kind', () => {
    expect(partOf({ category: 'Garden', subcategory: 'sun_dial' }, 'open_office')).toEqual({
      role: 'item',
      label: 'Sun dial',
      mount: 'floor',
    });
    expect(partOf({ category: 'Garden', subcategory: null }, null).label).toBe('Garden');
  });
});
