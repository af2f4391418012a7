// Questions are answered from the facts alone: every figure in an answer stands in them or follows from them.
import { describe, expect, it } from 'vitest';
import { answerQuestion } from './answer.ts';
import type { ItemFacts, ProjectFacts } from './facts.ts';
import { planSavings } from './savings.ts';

function item(id: string, over: Partial<ItemFacts>): ItemFacts {
  return {
    id,
    product_id: `p-${id}`,
    name: 'Atlas task chair',
    brand: 'Northfold',
    category: 'seating',
    space_id: 's1',
    space_name: '101 Open office',
    quantity: 10,
    unit_price: 400,
    total_price: 4000,
    lead_time_days: 30,
    carbon_kg: 20,
    need: 'task chair',
    need_source: '“40 people”',
    reasoning: 'Ergonomic, within the budget',
    rank: 1,
    candidates: 12,
    locked: false,
    status: 'proposed',
    warnings: [],
    alternatives: [
      {
        product_id: 'alt',
        name: 'Bora chair',
        price_diff: -1000,
        lead_time_diff: 5,
        carbon_diff: null,
        keeps_limits: true,
      },
    ],
    ...over,
  };
}

const FACTS: ProjectFacts = {
  project_id: 'p',
  name: 'Level 3',
  status: 'in_progress',
  currency: 'USD',
  today: '2026-05-01',
  brief: { budget: { target: 9000 }, timeline: { delivery_date: '2026-06-15' } },
  changes: [],
  open_questions: ['By when?'],
  spaces: [
    {
      id: 's1',
      name: '101 Open office',
      type: 'open_office',
      area_sqft: 1000,
      confidence: 0.95,
      reviewed: false,
      seats_needed: 12,
      seats_placed: 10,
    },
    {
      id: 's2',
      name: '204 Meeting',
      type: 'meeting_room',
      area_sqft: 200,
      confidence: 0.5,
      reviewed: false,
      seats_needed: 6,
      seats_placed: 6,
    },
  ],
  recommendation_id: 'r',
  recommendation_status: 'presented',
  items: [
    item('i1', {}),
    item('i2', {
      name: 'Delta desk',
      category: 'desks',
      need: 'desk',
      total_price: 5000,
      unit_price: 500,
      lead_time_days: 60,
      locked: true,
    }),
    item('i3', {
      name: 'Orbit table',
      category: 'tables',
      need: 'meeting table',
      space_id: 's2',
      space_name: '204 Meeting',
      quantity: 1,
      total_price: 1000,
      unit_price: 1000,
    }),
  ],
  scenarios: [
    {
      id: 'b',
      type: 'balanced',
      name: 'Balanced',
      total_cost: 11_000,
      variance_from_target_pct: 22,
      quality_score: 70,
      sustainability_score: 60,
      carbon_kg: 820,
      lead_time_days: 60,
      item_count: 3,
      selected: false,
      shortfalls: ['Locker in 101'],
      trade_offs: [],
      lines: [
        { label: 'Furniture', amount: 10_000 },
        { label: 'Tax', amount: 1000 },
      ],
    },
    {
      id: 'c',
      type: 'conservative',
      name: 'Conservative',
      total_cost: 8000,
      variance_from_target_pct: -11,
      quality_score: 60,
      sustainability_score: 55,
      carbon_kg: 700,
      lead_time_days: 30,
      item_count: 3,
      selected: false,
      shortfalls: [],
      trade_offs: [{ change: 'Bora instead of Atlas', reason: 'saves' }],
      lines: [],
    },
  ],
  credits: [{ name: 'Low-emitting furniture', met: false, detail: '60 % of 75 %' }],
};
const ask = (text: string, facts = FACTS) => answerQuestion(text, facts);

describe('reasons', () => {
  it('are those stored with the item, with its rank and the others', () => {
    const found = ask('Why this chair?');
    expect(found?.topic).toBe('why');
    for (const word of [
      'Atlas task chair',
      'Ergonomic, within the budget',
      '1 of 12',
      '40 people',
      'Bora chair',
    ])
      expect(found?.text).toContain(word);
    expect(found?.links[0]).toMatchObject({ step: 'furniture', item_id: 'i1', space_id: 's1' });
  });
  it('are those of the room that is named', () => {
    expect(ask('why was that chosen in room 204?')?.links[0]?.item_id).toBe('i3');
  });
  it('are not made up where nothing fits', () => {
    expect(ask('Why is the sky blue?')).toBeNull();
  });
});

describe('savings', () => {
  it('are swaps that reach the sum, leaving locked items alone', () => {
    const found = ask('What if it was 10% cheaper?');
    expect(found?.text).toContain('$1,100');
    expect(found?.proposals.map((one) => one.item_id)).toEqual(['i1']);
    expect(found?.proposals[0]).toMatchObject({ product_id: 'alt', price_diff: -1000 });
  });
  it('say when the sum cannot be reached', () => {
    expect(ask('How do we get under $5,000?')?.text).toMatch(/most the stored alternatives give.*\$8,000/);
  });
  it('never take more than they need, and are the same each time', () => {
    const plan = planSavings(FACTS, 500);
    expect(plan).toEqual(planSavings(FACTS, 500));
    expect(plan.swaps).toHaveLength(1);
    expect(planSavings(FACTS, 0).swaps).toEqual([]);
  });
});

describe('figures', () => {
  it.each([
    ['Which rooms are short of seats?', /1 room is short of 2 seats: 101 Open office \(10 of 12\)/],
    ['Are there enough chairs in 204 Meeting?', /No room is short of seats: 6 stand/],
    ['Are we over budget?', /\$11,000.*\$2,000 over the budget of \$9,000/],
    ['How much do the tables cost?', /1 piece for \$1,000/],
    ['What has the longest lead time?', /60 days, on 2026-06-30\. That is after 2026-06-15.*Delta desk/],
    ['How many chairs are there?', /10 pieces: 10 × Atlas/],
    ['How many meeting rooms do we have?', /1 room: 1 meeting room/],
    ['How many square feet per seat?', /1,200 sq ft in 2 rooms, 75 sq ft for each of 16 seats/],
    ['What is the carbon footprint?', /820 kg.*Low-emitting furniture \(60 % of 75 %\)/],
    ['Which scenario is cheapest?', /^The cheapest: Conservative, \$8,000\. Conservative \$8,000/],
    ['What would it cost with 20 desks?', /by estimate.*10 desks more than the 10/],
    ['What is still missing?', /204 Meeting.*By when\?.*Locker in 101.*No scenario is selected/],
  ])('%s', (question, expected) => {
    expect(ask(question)?.text).toMatch(expected);
  });
  it('that are not there are said not to be there', () => {
    const empty = { ...FACTS, items: [], scenarios: [], spaces: [], credits: [] };
    for (const question of [
      'Are we over budget?',
      'What has the longest lead time?',
      'Why this chair?',
      'What is the carbon footprint?',
    ])
      expect(ask(question, empty)?.text).toMatch(/no recommendation|Nothing is recommended/i);
  });
});

describe('particulars', () => {
  it.each([
    ['Who approved the recommendation?', /has been presented; nobody has approved/],
    ['Has anyone signed this off yet?', /nobody has approved/],
    ['Which manufacturers are in the list?', /^1 maker: Northfold \(21 pieces\)/],
    ['Who makes the desks?', /^1 maker: Northfold \(10 pieces\)/],
    ['How big is the largest room?', /^The largest of 2 rooms: 101 Open office 1,000 sq ft/],
    ['Which is the smallest office?', /^The smallest of 1 room: 101 Open office/],
    ['What is the size of 204?', /^204 Meeting 200 sq ft \(6 of 6 seats placed\)/],
    ['How much carbon do the chairs have?', /^10 pieces stand for 200 kg CO₂e, 48 % of the furniture's/],
    ['What footprint does room 204 have?', /^1 piece in 204 Meeting stand for 20 kg/],
    ['How much carbon does the lounge have?', /nothing of that kind \(lounge\)/],
    ['How much tax is there?', /^Of \$11,000 in the Balanced scenario: Tax \$1,000 \(9 %\)/],
    ['Which rooms are empty?', /^2 of 2 rooms have furniture; no room for people is empty/],
    ['Is everyone seated?', /short of 2 seats/],
    ['Which line costs us the most?', /^The dearest: 10 × Delta desk/],
    ["What's the cheapest chair in there?", /^The cheapest: 10 × Atlas task chair/],
    ["What's left of the budget?", /\$2,000 over the budget/],
    ['Can we afford the conservative one?', /^The Conservative scenario comes to \$8,000/],
    ['What happens if we have to spend ten percent less?', /^\$1,100 less/],
    ['If my budget shrinks by a tenth, what gives?', /^\$1,100 less/],
    ['When do the lounge chairs come?', /nothing of that kind/],
    ['Which room is the most expensive?', /^The dearest rooms: 101 Open office \$9,000/],
    ['What would I save by going conservative?', /\$3,000 less than the Balanced one/],
    ['Talk me through the choice of the chairs.', /^Atlas task chair/],
  ])('%s', (question, expected) => {
    expect(ask(question)?.text).toMatch(expected);
  });
  it('a decision and a room without furniture are told as they are', () => {
    const done = { ...FACTS, recommendation_status: 'approved' };
    expect(ask('Was it approved?', done)?.text).toMatch(/^The recommendation is approved/);
    const none = { ...FACTS, recommendation_status: null };
    expect(ask('Who signed off the proposal?', none)?.text).toMatch(/no recommendation yet/);
    const bare = { ...FACTS, items: FACTS.items.filter((one) => one.space_id === 's1') };
    expect(ask('Which rooms have no furniture?', bare)?.text).toMatch(/empty: 204 Meeting/);
  });
});
