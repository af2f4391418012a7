// Orders and questions about what was said: swaps by a wish, who changed what, what the brief says, what is taken back.
import { describe, expect, it } from 'vitest';
import type { Brief } from '../../contract/brief.ts';
import { answerOrder, answerQuestion } from './answer.ts';
import type { AlternativeFacts, ItemFacts, ProjectFacts } from './facts.ts';
import { asksUndo, stepsBack, takenBack } from './undo.ts';

const alternative = (name: string, over: Partial<AlternativeFacts>): AlternativeFacts => ({
  product_id: `p-${name}`,
  name,
  price_diff: 0,
  lead_time_diff: 0,
  carbon_diff: null,
  keeps_limits: true,
  ...over,
});

function item(id: string, name: string, category: string, over: Partial<ItemFacts> = {}): ItemFacts {
  return {
    id,
    product_id: `p-${name}`,
    name,
    brand: 'Northfold',
    category,
    space_id: 'open',
    space_name: '101 Open office',
    quantity: 10,
    unit_price: 400,
    total_price: 4000,
    lead_time_days: 30,
    carbon_kg: 20,
    need: name,
    need_source: '',
    reasoning: 'It fits',
    rank: 1,
    candidates: 9,
    locked: false,
    status: 'proposed',
    warnings: [],
    alternatives: [],
    ...over,
  };
}

const FACTS: ProjectFacts = {
  project_id: 'p',
  name: 'Level 3',
  status: 'in_progress',
  currency: 'USD',
  today: '2026-05-01',
  brief: {
    employee_count: 12,
    budget: { target: 9000, currency: 'USD' },
    special_requirements: ['lockers'],
  },
  open_questions: ['By when?'],
  changes: [
    {
      path: 'budget.target',
      before: 8000,
      after: 9000,
      by: 'Ada Example',
      at: '2026-04-20T09:00:00Z',
      said: 'Make it 9k.',
    },
    {
      path: 'budget.target',
      before: undefined,
      after: 8000,
      by: 'Bo Example',
      at: '2026-04-02T09:00:00Z',
      said: 'Budget 8k.',
    },
    {
      path: 'special_requirements',
      after: ['lockers'],
      by: null,
      at: '2026-04-01T09:00:00Z',
      said: 'Lockers, please.',
    },
  ],
  spaces: [
    {
      id: 'open',
      name: '101 Open office',
      type: 'open_office',
      area_sqft: 1000,
      confidence: 0.9,
      reviewed: true,
      seats_needed: 10,
      seats_placed: 10,
    },
    {
      id: 'meet',
      name: '102 Meeting',
      type: 'meeting_room',
      area_sqft: 200,
      confidence: 0.9,
      reviewed: true,
      seats_needed: 6,
      seats_placed: 6,
    },
  ],
  recommendation_id: 'r',
  recommendation_status: 'presented',
  items: [
    item('i1', 'Atlas Task Chair', 'seating chair', {
      alternatives: [
        alternative('Bora Chair', { price_diff: -900, carbon_diff: 50 }),
        alternative('Moss Chair', { price_diff: 300, carbon_diff: -80, lead_time_diff: 4 }),
        alternative('Beyond Chair', { price_diff: -2000, carbon_diff: -200, keeps_limits: false }),
      ],
    }),
    item('i2', 'Round Visitor Chair', 'seating chair', {
      space_id: 'meet',
      space_name: '102 Meeting',
      quantity: 6,
      total_price: 1200,
      need: 'Meeting chairs',
      alternatives: [alternative('Quick Chair', { price_diff: 60, lead_time_diff: -10 })],
    }),
    item('i3', 'Plank Desk', 'desks desk', { total_price: 8000, locked: true }),
  ],
  scenarios: [
    {
      id: 's',
      type: 'balanced',
      name: 'balanced',
      total_cost: 15000,
      variance_from_target_pct: null,
      quality_score: 60,
      sustainability_score: null,
      carbon_kg: 900,
      lead_time_days: 30,
      item_count: 3,
      selected: false,
      shortfalls: [],
      trade_offs: [],
      lines: [{ label: 'Furniture', amount: 13200 }],
    },
  ],
  credits: [],
};
const swaps = (text: string) =>
  (answerOrder(text, FACTS)?.proposals ?? []).map(({ item_id, product_id }) => `${item_id} ${product_id}`);

describe('a swap by a wish', () => {
  it.each([
    ['Swap the task chairs for something greener.', ['i1 p-Moss Chair']],
    ['Could you find a more sustainable task chair?', ['i1 p-Moss Chair']],
    ['Use cheaper task chairs please', ['i1 p-Bora Chair']],
    ['Replace the meeting chairs with ones that ship faster', ['i2 p-Quick Chair']],
    ['The task chairs are too dear, what else is there?', ['i1 p-Bora Chair']],
    ['Show me alternatives for the meeting chairs', ['i2 p-Quick Chair']],
    ['Swap the Atlas Task Chair for the Moss Chair', ['i1 p-Moss Chair']],
  ])('%s', (text, expected) => {
    expect(swaps(text)).toEqual(expected);
  });

  it('leaves locked lines and products outside the limits alone, and says so', () => {
    const answer = answerOrder('Swap the desks for something cheaper', FACTS);
    expect(answer?.proposals).toEqual([]);
    expect(answer?.text).toMatch(/1 line is locked/);
    expect(swaps('Use cheaper chairs').some((one) => one.includes('Beyond'))).toBe(false);
  });

  it('tells what it comes to in money, carbon and days', () => {
    expect(answerOrder('Swap the task chairs for something greener.', FACTS)?.text).toBe(
      'Moss Chair instead of 10 × Atlas Task Chair: $300 more, 80 kg CO₂e less and 4 days later. It changes only when you press Swap.',
    );
  });

  it('is not read into what orders no other product', () => {
    for (const text of [
      'Thanks, that helps!',
      'We like the task chairs.',
      'The sofas are greener next door.',
    ])
      expect(answerOrder(text, FACTS), text).toBeNull();
  });
});

describe('who said what', () => {
  const ask = (text: string) => answerQuestion(text, FACTS)?.text;

  it('names the person, the day, the value before and the sentence, the latest first', () => {
    expect(ask('Who changed the budget?')).toBe(
      'Ada Example, April 20, 2026: budget target $9,000 (before: budget target $8,000): “Make it 9k”. Bo Example, April 2, 2026: budget target $8,000: “Budget 8k”.',
    );
    expect(ask('Has anyone touched the budget?')).toMatch(/^Ada Example/);
    expect(ask('When was the budget last changed?')).toMatch(/^Ada Example/);
    const listed = {
      ...FACTS,
      changes: [
        {
          path: 'excluded',
          before: ['lockers', 'lounge_seating'],
          after: ['lounge_seating', 'training_room'],
          by: 'Bo Example',
          at: '2026-04-03T09:00:00Z',
          said: '',
        },
      ],
    };
    expect(answerQuestion('What was last changed in the brief?', listed)?.text).toMatch(
      /^Bo Example, April 3, 2026: not wanted: added training room and took out lockers\./,
    );
    expect(ask('Who asked for lockers?')).toMatch(/^Somebody whose account is gone, April 1, 2026/);
  });

  it('says when a value was set elsewhere, or never', () => {
    expect(ask('Who set the headcount?')).toBe(
      'No message of this project changed people. Set outside the conversations since, on the brief itself or by restoring a version: 12 people; History tells the versions.',
    );
    expect(ask('Who changed the style?')).toBe('No message of this project changed style.');
  });

  it('tells what the brief says of a field, and of all', () => {
    expect(ask("What's our budget?")).toBe(
      'The brief says: budget target $9,000 (Ada Example, April 20, 2026).',
    );
    expect(ask('What did I say the headcount was?')).toBe('The brief says: 12 people.');
    expect(ask('Remind me of the delivery date.')).toMatch(/says nothing of delivery yet/);
    expect(ask('What do you know so far?')).toMatch(/^The brief says: 12 people; .*Still open: By when\?$/);
  });
});

describe('rooms and the bill', () => {
  const ask = (text: string) => answerQuestion(text, FACTS)?.text;
  it.each([
    [
      "What's in room 102?",
      /^102 Meeting \(meeting room\): 200 sq ft, 6 of 6 seats placed\. 6 × Round Visitor Chair, \$1,200/,
    ],
    ['What are we spending on meeting rooms?', /\$1,200 before taxes/],
    ["What's the most expensive item?", /^The dearest: 10 × Plank Desk \$8,000/],
    ['What does it cost per person?', /^\$15,000 in all: \$1,250 for each of 12 people/],
    ['Why these lockers?', /^There is nothing of that kind \(lockers\)/],
    ['Why the meeting chairs?', /^Round Visitor Chair/],
    ['How soon can we have the meeting chairs?', /last of them arrives in 30 days/],
    ['What if we added ten desks?', /10 desks more/],
    ['What can I ask you?', /Who changed the budget/],
    ['What goes in the meeting?', /^102 Meeting/],
    ['How many weeks until the meeting chairs come?', /arrives in 30 days/],
    ['What would the client pay?', /comes to \$15,000/],
    ['How much space does each person get?', /^1,200 sq ft in 2 rooms, 75 sq ft for each of 16 seats/],
  ])('%s', (text, expected) => {
    expect(ask(text)).toMatch(expected);
  });
});

describe('taking back', () => {
  it.each([
    'Undo that.',
    'undo',
    'Take that back',
    'Revert my last change, please',
    'oh no, put it back',
    'Can you undo that',
    'Undo that too',
    'undo once more',
    'One more step back, please',
    'And the one before that',
    'Go back one more',
  ])('%s is such an order', (text) => expect(asksUndo(text)).toBe('strong'));
  it.each(['Scratch that', 'Never mind.', 'ignore that last message'])(
    '%s means the message before',
    (text) => expect(asksUndo(text)).toBe('weak'),
  );
  it.each(['Undo the top button', 'Take the lockers back out of the plan and add two', 'We need 40 desks'])(
    '%s is none',
    (text) => expect(asksUndo(text)).toBeNull(),
  );

  it('goes one step further each time, and counts what was said since anew', () => {
    const change = [{ path: 'workstation_count', before: 1, after: 2 }];
    const answers = ['Undo that', 'Make it 60.', 'Why this chair?', 'Make it 50.'].map((said) => ({
      said,
      changes: said.startsWith('Why') ? [] : change,
    }));
    expect(stepsBack(answers)).toEqual([2, 3]);
    expect(stepsBack([{ said: 'undo too', changes: change }, ...answers])).toEqual([3]);
    expect(stepsBack([{ said: 'Make it 70.', changes: change }, ...answers])).toEqual([0, 3, 4]);
  });

  it('brings the value before back, and leaves what somebody changed since', () => {
    const brief: Brief = { workstation_count: 34, budget: { target: 9000 }, excluded: ['lockers'] };
    const { brief: after, changed } = takenBack(brief, [
      { path: 'workstation_count', before: 30, after: 34 },
      { path: 'budget.target', after: 9000 },
      { path: 'excluded', before: [], after: ['lounge_seating'] },
    ]);
    expect(after).toEqual({ workstation_count: 30, excluded: ['lockers'] });
    expect(changed).toEqual(['workstation_count', 'budget.target']);
  });
});
