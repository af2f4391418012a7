// The order in which doubtful rooms are looked at, and how far that has come.
import type { Space } from '../../../../contract/floorplans.ts';

/** The contract's REVIEW_BELOW, written again because its schemas would come with it to every page; a test compares. */
export const DOUBT_BELOW = 0.7;

type Judged = Pick<Space, 'detection_confidence' | 'manually_edited' | 'reviewed'>;

/** A room the reading was not sure of, whether or not somebody has looked at it since. */
export function isDoubtful(space: Pick<Space, 'detection_confidence'>): boolean {
  return space.detection_confidence !== null && space.detection_confidence < DOUBT_BELOW;
}

/** Confirmed, or corrected by a person. */
export function wasLookedAt(space: Judged): boolean {
  return space.reviewed || space.manually_edited;
}

/** A doubtful room that nobody has looked at yet. */
export function needsReview(space: Judged): boolean {
  return !wasLookedAt(space) && isDoubtful(space);
}

/** Least sure first; rooms drawn by hand have nothing to review and come last. */
export function inReviewOrder<T extends Judged & { id: string }>(spaces: readonly T[]): T[] {
  return [...spaces].sort(
    (a, b) => (a.detection_confidence ?? 2) - (b.detection_confidence ?? 2) || (a.id < b.id ? -1 : 1),
  );
}

export function reviewProgress(spaces: readonly Judged[]): { done: number; of: number } {
  const doubtful = spaces.filter(isDoubtful);
  return { done: doubtful.filter(wasLookedAt).length, of: doubtful.length };
}

/** The room to look at after this one: the next that still waits, going round; null when none does. */
export function nextToReview<T extends Judged & { id: string }>(
  ordered: readonly T[],
  after: string | null,
): T | null {
  const at = ordered.findIndex((space) => space.id === after);
  const turned = [...ordered.slice(at + 1), ...ordered.slice(0, Math.max(at, 0))];
  return turned.find(needsReview) ?? null;
}
