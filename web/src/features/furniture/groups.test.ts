import { describe, expect, it } from 'vitest';
import type { RecommendationItem } from '../../../../contract/recommendations.ts';
import { groupByRoom, lineCarbon } from './groups.ts';

function item(part: Partial<RecommendationItem>): RecommendationItem {
  return {
    space_id: 'a',
    space_name: '2 Studio',
    quantity: 2,
    total_price: 100,
    status: 'proposed',
    product: { carbon_footprint_kg: 10 },
    ...part,
  } as RecommendationItem;
}

describe('the bill by room', () => {
  it('orders rooms as people count, and what belongs to no room comes last', () => {
    const groups = groupByRoom([
      item({ space_id: null, space_name: null }),
      item({ space_id: 'b', space_name: '10 Studio' }),
      item({}),
    ]);
    expect(groups.map((group) => group.name)).toEqual(['2 Studio', '10 Studio', 'Whole project']);
  });

  it('counts and adds up what is not rejected, dearest first', () => {
    const [group] = groupByRoom([
      item({ total_price: 50, status: 'accepted' }),
      item({ total_price: 900, status: 'rejected' }),
      item({ total_price: 200 }),
    ]);
    expect(group).toMatchObject({ pieces: 4, total: 250, open: 1 });
    expect(group?.items.map((one) => one.total_price)).toEqual([900, 200, 50]);
  });

  it('knows the carbon of a line only where it knows that of a piece', () => {
    expect(lineCarbon(item({ quantity: 19 }))).toBe(190);
    expect(
      lineCarbon(item({ product: { carbon_footprint_kg: null } as RecommendationItem['product'] })),
    ).toBeNull();
  });
});
