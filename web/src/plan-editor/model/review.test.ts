// The order of the review and how far it is.
import { describe, expect, test } from 'vitest';
import { REVIEW_BELOW } from '../../../../contract/floorplans.ts';
import { DOUBT_BELOW, inReviewOrder, needsReview, nextToReview, reviewProgress } from './review.ts';

const room = (id: string, detection_confidence: number | null, more: object = {}) => ({
  id,
  detection_confidence,
  manually_edited: false,
  reviewed: false,
  ...more,
});

describe('the review', () => {
  const rooms = [
    room('sure', 0.95),
    room('worst', 0.1),
    room('drawn', null, { manually_edited: true }),
    room('seen', 0.3, { reviewed: true }),
    room('bad', 0.5),
    room('edited', 0.2, { manually_edited: true }),
  ];

  test('doubts the rooms that the server doubts', () => {
    expect(DOUBT_BELOW).toBe(REVIEW_BELOW);
  });
  test('goes from the least sure to the surest; rooms drawn by hand come last', () => {
    expect(inReviewOrder(rooms).map(({ id }) => id)).toEqual([
      'worst',
      'edited',
      'seen',
      'bad',
      'sure',
      'drawn',
    ]);
  });
  test('counts confirmed and corrected rooms as looked at, of those that were doubtful', () => {
    expect(reviewProgress(rooms)).toEqual({ done: 2, of: 4 });
    expect(rooms.filter(needsReview).map(({ id }) => id)).toEqual(['worst', 'bad']);
  });
  test('leads on to the next room that waits, going round, and ends', () => {
    const ordered = inReviewOrder(rooms);
    expect(nextToReview(ordered, 'worst')?.id).toBe('bad');
    expect(nextToReview(ordered, 'bad')?.id).toBe('worst');
    expect(nextToReview(ordered, null)?.id).toBe('worst');
    expect(nextToReview([room('only', 0.2)], 'only')).toBeNull();
  });
});
