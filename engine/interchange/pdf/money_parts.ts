/** Scenarios side by side, the lines of the budget, the return on the investment with hard savings first. */
import type { z } from 'zod';
import { RoiAnalysis } from '../../../contract/budget.ts';
import type { DocumentScenario } from '../../../contract/project-document.ts';
import type { Proposal } from './proposal.ts';
import { SMALL, TEXT } from './sheet.ts';
import { type Column, table } from './table.ts';
import { carbon, count, days, money, percent, spoken } from './words.ts';

export function scenarios({ document, sheet, units, scenario: own }: Proposal): void {
  const all = document.scenarios;
  if (all.length === 0) return;
  sheet.section('Scenarios', { flow: 320 });
  const columns: Column[] = [
    { head: '', share: 0.24 },
    ...all.map((one): Column => ({ head: one.name, share: 0.76 / all.length, align: 'right' })),
  ];
  const row = (label: string, value: (one: (typeof all)[number]) => string, strong = false) => ({
    cells: [label, ...all.map(value)],
    strong,
  });
  const metric = (value: number | null, currency: string) =>
    value === null ? '\u2013' : money(value, currency);
  table(
    sheet,
    columns,
    [
      row('Total', (one) => money(one.total_cost, one.currency), true),
      row('Against the target', (one) => signed(one.variance_from_target_pct)),
      row('Per person', (one) => metric(one.metrics.per_person, one.currency)),
      row(units === 'imperial' ? 'Per square foot' : 'Per square metre', (one) =>
        metric(perArea(one.metrics.per_sqft, units), one.currency),
      ),
      row('Pieces', (one) => count(one.metrics.item_count)),
      row('Quality', (one) => grade(one.quality_score)),
      row('Sustainability', (one) => grade(one.sustainability_score)),
      row('Carbon', (one) => carbon(one.metrics.carbon_kg)),
      row('Longest lead time', (one) => days(one.metrics.lead_time_days)),
      row('In this proposal', (one) => (one.id === own?.id ? 'Yes' : '\u2013')),
    ],
    'The scenarios side by side',
  );
  for (const one of all) changes(sheet, one);
}

const MOST_CHANGES = 12;

/** What a scenario does otherwise: the same change in several rooms is one row, the largest sums first. */
function changes(sheet: Proposal['sheet'], scenario: DocumentScenario): void {
  const same = Map.groupBy(scenario.trade_offs, ({ change }) => change);
  const rows = [...same.entries()]
    .map(([change, group]) => ({
      change,
      reason: reasonOf(group),
      times: group.length,
      sum: group.reduce((sum, { amount }) => sum + (amount ?? 0), 0),
    }))
    .sort((a, b) => Math.abs(b.sum) - Math.abs(a.sum));
  if (rows.length === 0) return;
  // One that is left over stands for itself.
  const most = rows.length === MOST_CHANGES + 1 ? rows.length : MOST_CHANGES;
  const rest = rows.slice(most);
  const total = (of: typeof rows) => of.reduce((sum, row) => sum + row.sum, 0);
  const amount = (value: number) => (value === 0 ? '\u2013' : money(value, scenario.currency));
  const others = {
    cells: [
      `${count(rest.length)} smaller ${rest.length === 1 ? 'change' : 'changes'}`,
      count(rest.reduce((sum, row) => sum + row.times, 0)),
      amount(total(rest)),
    ],
  };
  table(
    sheet,
    [
      { head: 'Change', share: 0.72 },
      { head: 'Times', share: 0.1, align: 'right' },
      { head: 'Amount', share: 0.18, align: 'right' },
    ],
    [
      ...rows.slice(0, most).map(({ change, reason, times, sum }) => ({
        cells: [{ text: change, under: reason }, count(times), amount(sum)],
      })),
      ...(rest.length === 0 ? [] : [others]),
    ],
    `What the scenario ${scenario.name} does otherwise than the balanced one`,
    { text: `What ${scenario.name} changes`, aside: amount(total(rows)) },
  );
}

/** Rooms need different numbers of a product: the reason with its sums is told of one of them. */
function reasonOf(group: readonly DocumentScenario['trade_offs'][number][]): string {
  const [largest] = [...group].sort((a, b) => Math.abs(b.amount ?? 0) - Math.abs(a.amount ?? 0));
  const reason = largest?.reason ?? '';
  if (group.length === 1) return reason;
  return new Set(group.map((one) => one.reason)).size === 1
    ? `Each time: ${reason}`
    : `The largest of them: ${reason}`;
}

function perArea(per_sqft: number | null, units: Proposal['units']): number | null {
  return per_sqft === null || units === 'imperial' ? per_sqft : per_sqft / 0.09290304;
}

function signed(value: number | null): string {
  return value === null
    ? '\u2013'
    : `${value > 0 ? '+' : value < 0 ? '\u2212' : ''}${percent(Math.abs(value))}`;
}

function grade(value: number | null): string {
  return value === null ? '\u2013' : `${count(value)} of 100`;
}

export function budget({ sheet, scenario }: Proposal): void {
  if (scenario === null) return;
  sheet.section('Budget', { flow: 260 });
  table(
    sheet,
    [
      { head: 'Line', share: 0.28 },
      { head: 'How it is worked out', share: 0.5 },
      { head: 'Amount', share: 0.22, align: 'right' },
    ],
    [
      ...scenario.lines.map((line) => ({
        cells: [line.label, { text: '', under: line.note ?? '' }, money(line.amount, scenario.currency)],
      })),
      { cells: ['Total', '', money(scenario.total_cost, scenario.currency)], strong: true },
    ],
    `Lines of the budget of ${scenario.name}`,
  );
  const { pricing, internal } = scenario;
  if (pricing !== null) {
    sheet.heading('Prices', { keep: 40 });
    const list = money(pricing.list_total, scenario.currency);
    const words = [
      pricing.list_total === pricing.sell_total
        ? `The furniture is offered at its list prices, ${list}`
        : `Furniture at list ${list}, as offered ${money(pricing.sell_total, scenario.currency)}`,
      pricing.discount_pct ? `${percent(pricing.discount_pct)} off list` : null,
      pricing.contract === null ? null : `contract ${pricing.contract}`,
    ];
    sheet.paragraph(`${words.filter((one) => one !== null).join('; ')}.`);
  }
  if (internal === undefined) return;
  table(
    sheet,
    [
      { head: '', share: 0.7 },
      { head: 'Amount', share: 0.3, align: 'right' },
    ],
    [
      { cells: ['Furniture sold, where the cost is known', money(internal.sell, scenario.currency)] },
      { cells: ['Cost of it', money(internal.cost, scenario.currency)] },
      { cells: ['Margin', percent(internal.margin_pct)] },
      { cells: ['Lines without a known cost', count(internal.lines_without_cost)] },
    ],
    'Cost and margin, for the dealer alone',
    { text: 'Internal: cost and margin' },
  );
}

/** Nothing saved is known: what it takes to know, instead of a loss of the whole investment that nobody has found. */
function unknownReturn(sheet: Proposal['sheet'], data: z.infer<typeof RoiAnalysis>): void {
  sheet.paragraph(
    `The furniture and its services come to ${money(data.investment, data.currency)}. What they save each year is not known yet, so no return is stated.`,
  );
  const needed = data.assumptions.filter((one) => one.value === null).map((one) => spoken(one.label));
  if (needed.length === 0) return;
  sheet.heading('What it takes to work it out', { keep: 40 });
  for (const label of needed) sheet.paragraph(`\u2022 ${label}`, TEXT, { after: 2 });
}

export function roi({ sheet, scenario, left_out }: Proposal): void {
  if (scenario === null) return;
  const read = RoiAnalysis.safeParse(scenario.roi_analysis);
  if (!read.success) {
    left_out.push({ what: 'Return on the investment', why: 'It has not been worked out for this scenario.' });
    return;
  }
  const { data } = read;
  const { currency } = data;
  sheet.section('Return on the investment', { flow: 220 });
  if (data.benefits.every((one) => one.missing.length > 0 || one.annual === 0)) {
    unknownReturn(sheet, data);
    return;
  }
  const months = (value: number | null) => (value === null ? 'not reached' : `${count(value)} months`);
  const columns: Column[] = [
    { head: '', share: 0.5 },
    { head: 'Hard savings alone', share: 0.25, align: 'right' },
    { head: 'With soft benefits', share: 0.25, align: 'right' },
  ];
  table(
    sheet,
    columns,
    [
      { cells: ['Investment', money(data.investment, currency), ''] },
      {
        cells: [
          'Benefits in a year',
          money(data.annual_savings, currency),
          money(data.annual_savings + data.annual_soft_benefits, currency),
        ],
        strong: true,
      },
      { cells: ['Paid back after', months(data.payback_months), months(data.payback_months_with_soft)] },
      {
        cells: [
          'Net present value after 3 years',
          money(data.roi_3_year, currency),
          money(data.roi_3_year_with_soft, currency),
        ],
      },
      {
        cells: [
          'Net present value after 5 years',
          money(data.roi_5_year, currency),
          money(data.roi_5_year_with_soft, currency),
        ],
      },
    ],
    'The return with hard savings alone and with soft benefits',
  );
  for (const kind of ['hard', 'soft'] as const) {
    const benefits = data.benefits.filter((one) => one.kind === kind);
    if (benefits.length === 0) continue;
    table(
      sheet,
      [
        { head: 'Benefit', share: 0.28 },
        { head: 'How it is worked out', share: 0.5 },
        { head: 'In a year', share: 0.22, align: 'right' },
      ],
      benefits.map((one) => ({
        cells: [
          one.label,
          { text: '', under: one.formula },
          one.missing.length > 0 ? 'not known' : money(one.annual, currency),
        ],
      })),
      kind === 'hard' ? 'Hard savings' : 'Soft benefits',
      { text: kind === 'hard' ? 'Hard savings' : 'Soft benefits, kept apart' },
    );
  }
  for (const note of data.notes) sheet.paragraph(note, SMALL, { after: 3 });
  table(
    sheet,
    [
      { head: 'Figure', share: 0.4 },
      { head: 'Value', share: 0.22 },
      { head: 'Source', share: 0.38 },
    ],
    data.assumptions.map((one) => ({
      cells: [one.label, one.value === null ? 'not known' : `${count(one.value, 2)} ${one.unit}`, one.source],
    })),
    'Figures the return rests on',
    { text: 'What it rests on' },
  );
}
