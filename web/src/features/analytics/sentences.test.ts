// Each sentence says what its numbers say, and what will fill the chart where there are none.
import { describe, expect, it } from 'vitest';
import type { AcceptanceChart, FunnelChart, MarketChart } from '../../../../contract/analytics.ts';
import {
  acceptanceSentence,
  conversationsSentence,
  formatHours,
  funnelSentence,
  marketSentence,
  modelsSentence,
  searchKindSentence,
  turnaroundSentence,
  usageSentence,
} from './sentences.ts';

const PERIOD = { from: '2026-03-01', to: '2026-03-31' };
const funnel = (...projects: number[]): FunnelChart => ({
  ...PERIOD,
  rows: projects.map((count, index) => ({
    step: `s${index}`,
    label: `Step ${index}`,
    projects: count,
    share_of_first: count / (projects[0] || 1),
    lost: (projects[index - 1] ?? count) - count,
  })),
});
const outcomes: AcceptanceChart['outcomes'] = {
  presented: 0,
  viewed: 0,
  modified: 0,
  approved: 0,
  rejected: 0,
  median_minutes_to_decision: null,
  average_rating: null,
  rated: 0,
};
const item = (category: string, accepted: number, rejected: number) => ({
  category,
  proposed: accepted + rejected,
  accepted,
  substituted: 0,
  rejected,
  acceptance: accepted / (accepted + rejected),
});

describe('a sentence', () => {
  it('of conversations names what most messages are about, and says where several are alike', () => {
    const about = (...rows: [string, number][]) =>
      conversationsSentence({ ...PERIOD, rows: rows.map(([intent, messages]) => ({ intent, messages })) });
    expect(about(['ask_question', 1200], ['reject', 3])).toBe('Questions lead with 1,200 of 1,203 messages.');
    expect(about(['ask_question', 1], ['reject', 1])).toBe(
      'Questions and rejections lead with 1 of 2 messages each.',
    );
    expect(about(['ask_question', 1], ['greeting', 1], ['reject', 1])).toBe(
      '3 kinds lead with 1 of 3 messages each.',
    );
    expect(about()).toMatch(/counted here/);
  });
  it('of the funnel names the step that loses most', () => {
    expect(funnelSentence(funnel(10, 9, 4, 3))).toBe(
      '3 of 10 projects begun reached approval (30 %); 5 stay behind before “step 2”, the most of any step.',
    );
    expect(funnelSentence(funnel(2, 2))).toBe('2 of 2 projects begun reached approval (100 %).');
  });

  it('of acceptance names the category that is accepted least', () => {
    expect(
      acceptanceSentence({ ...PERIOD, rows: [item('seating', 9, 1), item('desks', 1, 4)], outcomes }),
    ).toBe('67 % of 15 decided items were accepted as recommended; least in desks (20 %).');
  });

  it('of turnaround speaks of approval when there is one, else of the slowest step', () => {
    const row = (stage: string, median_hours: number | null) => ({
      stage,
      label: stage,
      projects: median_hours === null ? 0 : 3,
      median_hours,
      p90_hours: median_hours === null ? null : median_hours * 2,
    });
    expect(turnaroundSentence({ ...PERIOD, rows: [row('plan', 0.5), row('approval', 96)] })).toContain(
      '4 days or less from begin to approval; nine of ten 8 days',
    );
    expect(turnaroundSentence({ ...PERIOD, rows: [row('plan', 0.5), row('approval', null)] })).toContain(
      'half of 3 projects took 30 min or less',
    );
    const alone = (stage: string, hours: number | null) => ({ ...row(stage, hours), projects: 1 });
    expect(turnaroundSentence({ ...PERIOD, rows: [alone('plan', 0.5), row('approval', null)] })).toContain(
      'takes longest: 30 min in one project.',
    );
    expect(turnaroundSentence({ ...PERIOD, rows: [alone('approval', 96)] })).toBe(
      'One project was approved, 4 days after it was begun.',
    );
  });

  it('without numbers says what will fill the chart', () => {
    expect(usageSentence({ ...PERIOD, covers: 'organizations', rows: [] })).toMatch(/appear here/);
    expect(funnelSentence(funnel(0, 0))).toMatch(/each one created appears here/);
    expect(modelsSentence({ ...PERIOD, covers: 'organizations', rows: [] })).toMatch(/is measured here/);
    expect(acceptanceSentence({ ...PERIOD, rows: [], outcomes })).toMatch(/counted here/);
  });

  it('of demand across organizations says why nothing is told', () => {
    const market: MarketChart = {
      from: null,
      to: null,
      smallest_group: 5,
      withheld: false,
      products: [],
      searches_without_result: [],
    };
    expect(marketSentence(market)).toMatch(/no whole week/);
    expect(marketSentence({ ...market, ...PERIOD, withheld: true })).toMatch(/^Fewer than 5 organizations/);
  });

  it('of kinds of searches has a share and an article', () => {
    const demand = {
      ...PERIOD,
      products: [],
      searches_without_result: [],
      search_classes: [
        { query_class: 'product number', count: 3 },
        { query_class: 'one word', count: 1 },
      ],
    };
    expect(searchKindSentence(demand)).toBe('75 % of 4 searches without a result were for a product number.');
  });
});

it.each([
  [null, '–'],
  [0.005, '18 s'],
  [0.5, '30 min'],
  [3.52, '3.5 h'],
  [47, '47 h'],
  [96, '4 days'],
  [2400, '100 days'],
])('%j hours are said as %j', (hours, text) => {
  expect(formatHours(hours)).toBe(text);
});
