// A turn that is only a figure answers what was open: the writer's own count without a number ("we need desks for sales"),
// or else the question that is asked first.
import type { Brief } from '../../contract/brief.ts';
import { lastCounted, readCounts } from './counts.ts';
import { askedFigure } from './questions.ts';
import type { Sentence } from './sentences.ts';

/** A figure and nothing besides: "22.", "About 140", "sixty or so, I think". */
const BARE =
  /^ ?(?:(?:well|so|ok|yes|it is|that is|that would be|there are|we have|we need|we are|i would say|let us say|should be|around|exactly|probably|right now|currently) ,? ?){0,3}(\d+)(?: (?:or so|in total|total|of them|please|right now|currently|give or take|at the moment|for now|max|tops|all told|altogether|,))*[ .!]*$/;

/** What the last sentence of a turn names without a number, in the plural; null where it gives one. */
export function openCount(sentences: readonly Sentence[]): string | null {
  const last = sentences.findLast((one) => one.live.trim() !== '');
  if (
    !last ||
    !/\b(?:need|needs|want|wants|require|looking for|after|furnish|buy|order|get)\b/.test(last.live)
  )
    return null;
  const noun = lastCounted(last.live);
  return noun !== null && readCounts(last.live).length === 0 && !/\bno\b|\bnot\b|\bwithout\b/.test(last.live)
    ? noun
    : null;
}

/** "We do want phone booths. Four.": the figure belongs to what the sentence before left without one. */
export function nameFollowing(sentences: Sentence[]): void {
  for (const [i, one] of sentences.entries()) {
    const before = sentences[i - 1];
    const figure = before && !before.question ? BARE.exec(one.live)?.[1] : undefined;
    const noun = before && figure !== undefined ? openCount([before]) : null;
    if (noun !== null) one.live = ` ${figure} ${noun} . `;
  }
}

/** Gives a turn that is only a figure the noun it answers to; `open` is what the turn before left without a number. */
export function nameAnswer(sentences: Sentence[], open: string | null, before: Brief): void {
  const [first, ...others] = sentences;
  if (!first || others.some((one) => lastCounted(one.live) !== null)) return;
  const figure = BARE.exec(first.live)?.[1];
  if (figure === undefined) return;
  const asked = others.length === 0 ? askedFigure(before, Number(figure)) : null;
  if (open !== null) first.live = ` ${figure} ${open} . `;
  else if (asked !== null) first.live = ` ${asked} : ${figure} . `;
}
