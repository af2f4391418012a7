import { describe, expect, it } from 'vitest';
import { billOf, roomNames, scenarioOf } from './bill.ts';
import { sampleDocument } from './project/sample.ts';

describe('what rooms are called in files', () => {
  it('number and name where they are known, else the use, counted past names that are taken', () => {
    const document = sampleDocument({ seed: 9, rooms: 4 });
    const spaces = document.floors[0]?.spaces ?? [];
    const given = [
      { number: '101', name: 'Studio' },
      { number: null, name: 'Open office 1' },
      { number: null, name: ' ' },
      { number: null, name: null },
    ];
    for (const [i, one] of given.entries()) Object.assign(spaces[i] ?? {}, one, { type: 'open_office' });
    const names = roomNames(document.floors);
    expect(spaces.map(({ id }) => names.get(id))).toEqual([
      '101 Studio',
      'Open office 1',
      'Open office 2',
      'Open office 3',
    ]);
    const scenario = scenarioOf(document, null);
    if (scenario === undefined) throw new Error('the sample has scenarios');
    for (const { item, space_name } of billOf(document, scenario).lines)
      expect(space_name).toBe(item.space_id === null ? null : names.get(item.space_id));
  });
});
