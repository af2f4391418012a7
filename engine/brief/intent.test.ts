// What a turn wants, in many phrasings, at the beginning of a conversation and in its course.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Intent } from '../../contract/brief.ts';
import { parseBrief } from './parse.ts';

const { phrases } = JSON.parse(readFileSync(new URL('./phrases.data.json', import.meta.url), 'utf8')) as {
  phrases: Record<Intent, string[]>;
};
const BEFORE = 'We have 70 people and need 60 desks, budget $400k.';

function intentOf(...turns: string[]): string {
  return parseBrief(turns, { reference_date: '2026-10-05' }).intent;
}

describe('short turns that state nothing', () => {
  it.each(Object.entries(phrases))('%s is told from the others', (intent, said) => {
    const wrong = said.filter((text) => intentOf(text) !== intent || intentOf(BEFORE, text) !== intent);
    expect(wrong.length / said.length, wrong.join(' | ')).toBeLessThanOrEqual(0.06);
  });

  it('leave the brief as it was', () => {
    const { brief } = parseBrief([BEFORE], { reference_date: '2026-10-05' });
    for (const text of [...phrases.ask_question, ...phrases.approve, ...phrases.greeting])
      expect(parseBrief([BEFORE, text], { reference_date: '2026-10-05' }).brief, text).toEqual(brief);
  });
});

describe('words that stand for two things', () => {
  it.each([
    ["You've got the green light.", {}],
    ['Thanks a million.', {}],
    ['Tell me about the acoustic panels.', {}],
    ["I don't understand why the lounge is so expensive.", {}],
    ["We don't like the style of the lounge.", {}],
    ['School starts August 23.', {}],
    ['Swap the café chairs for something cheaper.', {}],
    ['Replace the lounge chairs with greener ones.', {}],
    ['Cheers, speak tomorrow.', {}],
  ])('%s states nothing', (text, brief) => {
    expect(parseBrief([text], { reference_date: '2026-10-05' }).brief).toEqual(brief);
  });

  it('a statement behind a question without a question mark is read', () => {
    const { brief, intent } = parseBrief(['Tell me about the booths, and we need 40 desks.'], {
      reference_date: '2026-10-05',
    });
    expect(brief).toEqual({ workstation_count: 40 });
    expect(intent).toBe('provide_requirements');
  });
});

describe('what was learnt from unseen conversations', () => {
  const read = (...turns: string[]) => parseBrief(turns, { reference_date: '2026-10-05' }).brief;

  it('another month, and a day without a word for it, change the date that stands', () => {
    expect(read('Delivery 1 April.', 'Sorry, not April, May.').timeline).toEqual({
      delivery_date: '2027-05-01',
    });
    expect(read('Delivery by the end of April.', 'I meant May.').timeline).toEqual({
      delivery_date: '2027-05-31',
    });
    expect(read('Install by September 30.', 'Make it October 31.').timeline).toEqual({
      installation_date: '2026-10-31',
    });
  });

  it('parts of an area and of a list of rooms are added', () => {
    expect(read('Two suites: 3,200 and 4,100 square feet.').area_sqft).toBe(7300);
    expect(read('The 5th floor is 6,000 sq ft and the 6th is another 5,500 sq ft.').area_sqft).toBe(11500);
    expect(read('Meeting rooms: 3 x 4p, 2 x 8p, 1 x 14p').meeting_rooms).toBe(6);
  });

  it('an answer to a short question takes its noun from it', () => {
    expect(read('And offices? Five.').private_offices).toBe(5);
    expect(read('Any phone booths? Yes, five please.').phone_booths).toBe(5);
  });

  it('people who start in a month are no delivery', () => {
    expect(read('We have 35 people starting in January.')).toEqual({ employee_count: 35 });
  });

  it('refusals by nobody, by lack of room and by "without it nothing works"', () => {
    expect(read('Nobody wants lockers.').excluded).toEqual(['lockers']);
    expect(read("We love phone booths but there's simply no room for them.").excluded).toEqual([
      'phone_booths',
    ]);
    expect(read("Without acoustic privacy this won't work for us.").special_requirements).toEqual([
      'acoustic_privacy',
    ]);
  });
});
