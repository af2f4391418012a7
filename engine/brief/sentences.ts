// Cuts a turn into sentences with their canonical line and what of it is stated, and puts together what two sentences say
// only with each other: "Lockers? No.", "Headcount? 45.", "We want 4 of them".
import { lastCounted } from './counts.ts';
import { normalise } from './normalise.ts';
import { ownAnswer, scopeSentence } from './scope.ts';
import { cutSentences, maskTurn } from './text.ts';

export interface Sentence {
  start: number;
  end: number;
  raw: string;
  norm: string;
  live: string;
  question: boolean;
}

/** "Any booths?" and "do you need some lockers?" ask for booths and lockers. */
const ASKED_AMOUNT = /^ ?(?:and |so |ok )?(?:any|some|a few) (?=[a-z])/;

/** Sentences of a turn with their stated part. */
export function readSentences(turn: string): Sentence[] {
  const masked = maskTurn(turn);
  const cut = cutSentences(masked).map((stretch) => ({
    ...stretch,
    raw: masked.slice(stretch.start, stretch.end),
  }));
  const norms = cut.map((one) => normalise(one.raw));
  const sentences = cut.map(({ start, end, raw, asks }, i) => {
    const norm = nameFigure(nameThem(norms[i] ?? ' ', norms.slice(0, i)), norms[i - 1]);
    const { live, question } = scopeSentence(norm, asks);
    const answer = asks ? ownAnswer(norm, norms[i + 1]) : null;
    if (answer) {
      const asked = norm
        .replace(/\?/g, ' ')
        .replace(ASKED_AMOUNT, ' ')
        .replace(
          /^ ?(?:(?:and|so|ok|also|well|then|what about|how about)[ ,]+)*(?:(?:do|does|did|would|should|will|are|is|have) (?:we|you|they|the team|it|there|i|your [a-z]+) (?:really |also |still |even )*)?(?:(?:need|want|require|like|prefer|have|use|plan on|going to need)(?: to have)? )?/,
          ' ',
        );
      const figure =
        answer === 'yes'
          ? /^ ?(?:[a-z]+ ,? ?){1,3}(\d+)(?= ?[.,;!]| ?$| (?:please|of|would|will|in))/.exec(
              norms[i + 1] ?? '',
            )?.[1]
          : undefined;
      const noun = figure === undefined ? null : lastCounted(asked);
      if (noun !== null) return { start, end, raw, norm, live: ` ${figure} ${noun} . `, question: false };
      return {
        start,
        end,
        raw,
        norm,
        live: answer === 'no' ? ` no ${asked.trim()} . ` : ` ${asked.trim()} . `,
        question: false,
      };
    }
    return { start, end, raw, norm, live, question };
  });
  return joinKeyed(sentences);
}

/** "Today we have 25 desks; we need 55": what is needed is named by what is there. */
function nameFigure(norm: string, before: string | undefined): string {
  const need =
    /\b(?:need|needs|want|wants|require|requires|should have|will have|has to have|must have|ought to have|looking for|grow to|growing to|going up to|up to) (?:about |at least )?(\d+)(?= (?:in|for|at|by|on|now|there|instead|once|when|from|this|next|soon|please)\b| ?[.,;!]| ?$)/.exec(
      norm,
    );
  if (!need) return norm;
  const head = norm.slice(0, need.index);
  const stock = lastCounted(head) === null && before !== undefined ? before : head;
  if (!/\b(?:currently|today|now|at the moment|at present|existing|already|so far|these days)\b/.test(stock))
    return norm;
  const noun = lastCounted(stock);
  const end = need.index + need[0].length;
  return noun === null || noun === 'people' ? norm : `${norm.slice(0, end)} ${noun}${norm.slice(end)}`;
}

/** "Headcount? 45. Budget? 200k." reads like "headcount: 45". */
function joinKeyed(sentences: Sentence[]): Sentence[] {
  for (let i = 0; i + 1 < sentences.length; i++) {
    const one = sentences[i];
    const next = sentences[i + 1];
    const keyed = one && next && !next.question ? keyedAnswer(one, next) : null;
    const counted = keyed ?? (one && next && !next.question ? countedAnswer(one, next) : null);
    if (one && next && counted) {
      one.live = counted;
      one.question = false;
      one.end = next.end;
      next.live = ' ';
      continue;
    }
    if (
      !one?.question ||
      !next ||
      next.question ||
      !/^ [a-z]+(?: [a-z]+){0,3} \? ?$/.test(one.norm) ||
      next.norm.trim().split(' ').length > 6
    )
      continue;
    if (
      /^ (?:and|so|what|how|which|who|when|where|why|can|could|do|does|is|are|will|would|should|right|ok|really|any|anything|questions?|thoughts?|ideas?|sorry|hello|hi|possible|you|we)\b/.test(
        one.norm,
      ) ||
      next.live.trim() === ''
    )
      continue;
    one.live = ` ${one.norm.replace('?', ':').trim()} ${next.live.trim()} `;
    one.question = false;
    one.end = next.end;
    next.live = ' ';
  }
  return sentences;
}

/** "And offices? Five." reads like "offices: 5". */
function keyedAnswer(asked: Sentence, next: Sentence): string | null {
  const noun =
    /^ ?(?:(?:and|so|ok|now|then|also)[ ,]+)*(?:(?:what|how) about |any )?(?:the |your |how many )?((?:(?!you|we|they|it|that|this|else|more)[a-z]+ ){1,3})\? ?$/.exec(
      asked.norm,
    )?.[1];
  return noun !== undefined && asked.question && /^ ?(?:usd |eur |gbp )?\d/.test(next.live)
    ? ` ${noun.trim()} : ${next.live.trim()} `
    : null;
}

/** "How many desks do you need? 45." reads like "45 desks". */
function countedAnswer(asked: Sentence, next: Sentence): string | null {
  if (!/^ ?(?:(?:and|so|ok) ,? ?)?how many\b/.test(asked.norm) || lastCounted(next.norm) !== null)
    return null;
  const noun = lastCounted(asked.norm);
  const figure =
    /^ ?(?:(?:oh|well|we have|we are|there are|it is|i think|um)(?: ,)? ){0,4}(\d+)(?= ?(?:[.,;!]|$|or so|in total|of us|now|give or take))/.exec(
      next.live,
    );
  return noun && figure ? ` ${figure[1]} ${noun} ${next.live.slice(figure[0].length).trim()} ` : null;
}

/** "We want 4 of them": the noun is taken from the sentence before. */
function nameThem(norm: string, earlier: readonly string[]): string {
  const bare =
    /(?<![\w.‹§#])(\d+) of (?:them|those|these)\b|\b(?:need|want|take|order|have|give us|get us) (?:only |just )?(\d+)(?= (?:\.|!|$)| $)/.exec(
      norm,
    );
  if (!bare || lastCounted(norm) !== null) return norm;
  for (const sentence of earlier.slice(-2).reverse()) {
    const noun = lastCounted(sentence);
    if (noun)
      return norm.replace(bare[0], bare[0].replace(/(\d+)(?: of (?:them|those|these))?/, `$1 ${noun}`));
  }
  return norm;
}
