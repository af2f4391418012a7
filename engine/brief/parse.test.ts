import { describe, expect, test } from 'vitest';
import { Brief, BriefParse } from '../../contract/brief.ts';
import { parseBrief } from './parse.ts';

const reference_date = '2026-03-10';
const read = (...turns: string[]) => parseBrief(turns, { reference_date });

describe('money', () => {
  test('the scale of a range holds for both ends', () => {
    expect(read('We can spend 500 to 750k.').brief.budget).toEqual({ min: 500_000, max: 750_000 });
  });
  test('a tolerance gives target, least and most', () => {
    expect(read('$600k give or take 10 percent').brief.budget).toEqual({
      target: 600_000,
      min: 540_000,
      max: 660_000,
      currency: 'USD',
    });
  });
  test.each([
    ['up to $80,000', { max: 80_000, currency: 'USD' }],
    ['Please stay under half a million euros.', { max: 500_000, currency: 'EUR' }],
    ['around 1.2 million for everything', { target: 1_200_000 }],
    ['at least £90k', { min: 90_000, currency: 'GBP' }],
  ])('%s', (text, budget) => {
    expect(read(text).brief.budget).toEqual(budget);
  });
  test('a short figure beside a long one has its scale', () => {
    expect(read('Not a cent over 350k, the target would be 325.').brief.budget).toEqual({
      max: 350_000,
      target: 325_000,
    });
    expect(read('The target is 325.').brief.budget).toBeUndefined();
  });
  test('the price of a chair, a rent and last year are not the budget', () => {
    expect(read('The chairs list at $899 each.').brief.budget).toBeUndefined();
    expect(read('Our rent is $45,000 a month.').brief.budget).toBeUndefined();
    expect(read("Last year's project cost $2M.").brief.budget).toBeUndefined();
  });
});

describe('dates', () => {
  test.each([
    ['Deliver no later than August 21.', '2026-08-21'],
    ['We need it before Labor Day.', '2026-09-06'],
    ['Delivery by mid June', '2026-06-15'],
    ['On site at the end of Q3', '2026-09-30'],
    ['Furniture delivered six weeks from now', '2026-04-21'],
    ['Delivery in 3 months', '2026-06-10'],
    ['Need it by February 10', '2027-02-10'],
    ['Delivered by end of year', '2026-12-31'],
  ])('%s', (text, day) => {
    expect(read(text).brief.timeline?.delivery_date).toBe(day);
  });
  test('31 January plus one month is the last of February', () => {
    expect(parseBrief(['Delivery in one month.'], { reference_date: '2026-01-31' }).brief.timeline).toEqual({
      delivery_date: '2026-02-28',
    });
  });
  test('a vague time gives no date', () => {
    expect(read('We will move sometime next year.').brief).toEqual({});
    expect(read('Deliver the week after Thanksgiving.').brief).toEqual({});
  });
  test('install and ready speak of installation, slack is kept apart', () => {
    expect(read('Must be installed by Nov 2, with two weeks of slack.').brief.timeline).toEqual({
      installation_date: '2026-11-02',
      flexibility_days: 14,
    });
  });
  test('a lease and a meeting are no delivery', () => {
    expect(read('The lease ends June 30, and we met on March 2.').brief).toEqual({});
  });
});

describe('counts', () => {
  test('huddle and conference rooms add up', () => {
    expect(read('Four huddle rooms and two conference rooms').brief.meeting_rooms).toBe(6);
  });
  test('what is given per floor or pod is multiplied', () => {
    expect(read('Two floors with 40 desks each').brief.workstation_count).toBe(80);
    expect(read('6 pods of 8 desks').brief.workstation_count).toBe(48);
    expect(read('28 people, a desk each').brief).toEqual({ employee_count: 28, workstation_count: 28 });
  });
  test('floors of a building add up', () => {
    expect(read('Floor 3: 40 desks\nFloor 4: 36 desks').brief.workstation_count).toBe(76);
  });
  test('no private offices is zero', () => {
    expect(read('No private offices, please.').brief).toEqual({ private_offices: 0 });
  });
  test('seats of a table, phone numbers, floors and ages are not counts', () => {
    expect(read('A conference table for 12, call 555-0143, 12th floor, room 204, I am 42.').brief).toEqual(
      {},
    );
  });
  test('a range of people is not a figure', () => {
    expect(read('We are 80 to 100 people.').brief.employee_count).not.toBe(80);
  });
  test('square metres become square feet', () => {
    expect(read('1,200 m²').brief.area_sqft).toBe(12_917);
    expect(read('120 sq ft private offices').brief.area_sqft).toBeUndefined();
  });
});

describe('refusals', () => {
  test('the reach of a refusal', () => {
    expect(read("We don't need a breakroom or lockers, but a reception area would be good.").brief).toEqual({
      special_requirements: ['reception'],
      excluded: ['breakroom', 'lockers'],
    });
  });
  test('double negatives are wishes', () => {
    const { brief } = read(
      "We can't do without a wellness room, and don't forget the lockers. No fewer than 6 meeting rooms.",
    );
    expect(brief).toEqual({ meeting_rooms: 6, special_requirements: ['wellness_room', 'lockers'] });
  });
  test('a withdrawn thing leaves the counts, and comes back when it is taken back', () => {
    expect(read('6 phone booths', 'Skip the phone booths.').brief).toEqual({ excluded: ['phone_booths'] });
    expect(
      read('6 phone booths', 'Skip the phone booths.', 'Bring the phone booths back, 4 this time.').brief,
    ).toEqual({ phone_booths: 4 });
  });
});

describe('questions and what-ifs change nothing', () => {
  test.each([
    'What would 140 desks cost?',
    'What if we went to 100 people?',
    'Is Knoll any good?',
    'Would a 200k budget do?',
    'Suppose we added lockers.',
  ])('%s', (text) => {
    expect(read(text).brief).toEqual({});
  });
  test('a polite request is not a question', () => {
    expect(read('15 desks', 'Could you change that to 18 desks please?').brief.workstation_count).toBe(18);
  });
  test('an own answer counts', () => {
    expect(read('Lockers? No. Hot desking? Yes.').brief).toEqual({
      special_requirements: ['hot_desking'],
      excluded: ['lockers'],
    });
  });
});

describe('corrections', () => {
  test.each([
    [['120 people', 'Actually make that 140.'], { employee_count: 140 }],
    [['120 desks, 4 meeting rooms', 'not 120, 140'], { workstation_count: 140, meeting_rooms: 4 }],
    [['40 desks', 'add 10 more desks'], { workstation_count: 50 }],
    [['Budget 85k', 'correction: 95k'], { budget: { target: 95_000 } }],
    [['Delivery July 1', 'Push delivery back two weeks.'], { timeline: { delivery_date: '2026-07-15' } }],
    [['45 people, sorry, 54 people'], { employee_count: 54 }],
    [
      ['lockers and 20 desks', 'Never mind the lockers.', 'Scratch that.'],
      { workstation_count: 20, special_requirements: ['lockers'] },
    ],
  ])('%j', (turns, brief) => {
    expect(read(...turns).brief).toEqual(brief);
  });
});

describe('who is speaking', () => {
  test('quoted replies and signatures are not read', () => {
    const mail =
      "Let's do 55 desks.\n\nBest regards,\nMarta Quell\n400 Harbor Blvd, Suite 210\n\nOn Mon, Tom wrote:\n> 70 desks and 4 meeting rooms";
    expect(read(mail).brief).toEqual({ workstation_count: 55 });
  });
  test('the trade of a company is not its space', () => {
    expect(read("We're a healthcare startup of 45 people.").brief).toEqual({ employee_count: 45 });
  });
  test('makers: preferred, refused, owned', () => {
    expect(
      read('We prefer Steelcase and Halden & Pike, nothing from Ikea. We currently have Haworth desks.')
        .brief,
    ).toEqual({ preferences: { preferred_brands: ['Steelcase', 'Halden & Pike'] } });
  });
  test('a colour that is a name is not a colour', () => {
    expect(read('Dana White and Jo Green will join. Whiteboards too.').brief).toEqual({});
  });
});

describe('intents', () => {
  test.each([
    ['Good morning!', 'greeting'],
    ['We need 20 desks.', 'provide_requirements'],
    ['How long is the warranty?', 'ask_question'],
    ['Please put together a proposal.', 'request_recommendation'],
    ["Looks great, let's go ahead.", 'approve'],
    ["This isn't what we had in mind.", 'reject'],
    ['Compare the balanced and the aggressive scenario.', 'compare_scenarios'],
    ['Thanks, talk tomorrow.', 'other'],
  ])('%s is %s', (text, intent) => {
    expect(read(text).intent).toBe(intent);
  });
  test('a changed figure is a correction', () => {
    expect(read('20 desks', '30 desks').intent).toBe('correct_requirement');
  });
});

describe('the result', () => {
  test('keeps the contract, the turn and the sentence', () => {
    const result = read('Hello there.', 'We need 40 desks. Budget is up to $90k.');
    expect(() => BriefParse.parse(result)).not.toThrow();
    expect(() => Brief.strict().parse(result.brief)).not.toThrow();
    expect(result.evidence).toContainEqual({
      path: 'workstation_count',
      value: 40,
      turn: 1,
      quote: 'We need 40 desks.',
    });
    expect(result.changed).toEqual(['workstation_count', 'budget.currency', 'budget.max']);
  });
  test('asks first for what weighs most', () => {
    expect(read('Hello').questions[0]).toContain('How many people');
    expect(read('40 people').questions[0]).toContain('budget');
  });
  test('a chat goes on from an earlier result', () => {
    const first = read('40 desks, lockers');
    const next = parseBrief(['make that 44'], {
      reference_date,
      previous: { brief: first.brief, evidence: first.evidence, turns: 1 },
    });
    expect(next.brief).toEqual({ workstation_count: 44, special_requirements: ['lockers'] });
    expect(next.evidence.find((entry) => entry.path === 'workstation_count')?.turn).toBe(1);
    expect(next.intent).toBe('correct_requirement');
  });
  test('a wrong reference date is refused', () => {
    expect(() => parseBrief(['x'], { reference_date: '2026-02-30' })).toThrow(RangeError);
  });
});

describe('ways of other authors', () => {
  const reference_date = '2026-04-14';
  const read = (...turns: string[]) => parseBrief(turns, { reference_date }).brief;
  test('a range of things is no figure, a range of days ends on its last', () => {
    expect(read('Between 40 and 50 people, 24 desks.')).toEqual({ workstation_count: 24 });
    expect(read('Install June 8 - June 12')).toEqual({ timeline: { installation_date: '2026-06-12' } });
  });
  test('one thing is given up for another', () => {
    expect(read('Lounge and lockers.', 'Swap the lounge for a breakroom.')).toEqual({
      special_requirements: ['breakroom', 'lockers'],
      excluded: ['lounge_seating'],
    });
    expect(read('Black and oak.', 'Change black to white.').preferences).toEqual({
      colors: ['white'],
      materials: ['oak'],
    });
  });
  test('corrections by difference, by day and by quoting the wrong figure', () => {
    expect(read('50 desks', 'minus 5').workstation_count).toBe(45);
    expect(read('40 desks', "I said 40 but it's 44").workstation_count).toBe(44);
    expect(read('Deliver by July 1', 'make it the 15th instead').timeline?.delivery_date).toBe('2026-07-15');
    expect(read('Delivery by June 15.', 'The delivery date slipped by two weeks.').timeline).toEqual({
      delivery_date: '2026-06-29',
    });
  });
  test('parts and arrangements of a count are not counted again', () => {
    expect(read('96 desks in 12 clusters of 8').workstation_count).toBe(96);
    expect(read('4 meeting rooms (one of them a boardroom)').meeting_rooms).toBe(4);
  });
  test('the amount named before is the most there is', () => {
    expect(read('The grant gives us $160,000. That is all there is.').budget).toEqual({
      max: 160000,
      currency: 'USD',
    });
  });
  test('quoted questions with answers, and transcripts with names', () => {
    expect(read('> Do you need private offices?\n\nNo, none.').private_offices).toBe(0);
    expect(
      read('Dealer: How many people?\nClient: About 40.\nDealer: Our lounge is on sale.\nClient: Nice.'),
    ).toEqual({ employee_count: 40 });
  });
});

describe('what is there and what is needed', () => {
  test.each([
    'Currently we have 25 workstations; we need 55 in the new place.',
    'We have 25 workstations today but need 55.',
    'Right now there are 25 workstations. We need 55.',
  ])('%s', (text) => {
    expect(read(text).brief).toEqual({ workstation_count: 55 });
  });
  test('people who are there now count', () => {
    expect(read('Currently we have 40 people.').brief).toEqual({ employee_count: 40 });
  });
  test('sizes under one heading are added, and parts of a total are not', () => {
    expect(read('Conference rooms: 2 large, 3 small').brief).toEqual({ meeting_rooms: 5 });
    expect(read('4 conference rooms: 2 large, 2 small').brief).toEqual({ meeting_rooms: 4 });
  });
  test('suites and extensions are no figures', () => {
    expect(read('My number is 312 555 0142, suite 1850, ext. 4400. We are 64 people.').brief).toEqual({
      employee_count: 64,
    });
  });
});
