/** Sustainability with the evidence that is missing, what the offer rests on, what found no place. */
import { SustainabilityReport } from '../../../contract/sustainability.ts';
import { roomNames } from '../bill.ts';
import type { Proposal } from './proposal.ts';
import { SMALL, TEXT } from './sheet.ts';
import { type Row, table } from './table.ts';
import { carbon, count, money, percent, spoken } from './words.ts';

/** Rows of a list of missing certificates; the rest is told as a number. */
const MOST_MISSING = 40;

export function sustainability({ sheet, scenario, left_out, prices }: Proposal): void {
  const own = scenario?.sustainability ?? null;
  if (own === null) {
    left_out.push({ what: 'Sustainability', why: 'It has not been worked out for this scenario.' });
    return;
  }
  sheet.section('Sustainability', { flow: 300 });
  const report = SustainabilityReport.partial().safeParse(own.report).data ?? {};
  const quality = report.totals?.carbon_quality;
  const rows: Row[] = [
    {
      cells: ['Overall', own.overall_score === null ? '\u2013' : `${own.overall_score} of 100`],
      strong: true,
    },
    { cells: ['Carbon', carbon(own.carbon_footprint_kg)] },
    { cells: ['Recycled content, by mass', percent(own.recycled_content_pct)] },
    { cells: ['Recyclable, by mass', percent(own.recyclable_pct)] },
    { cells: ['LEED points by furniture alone', count(own.leed_points ?? 0)] },
  ];
  if (report.totals !== undefined)
    rows.push({ cells: ['Grade of the data', report.totals.data_quality_grade] });
  if (quality !== undefined)
    rows.push({
      cells: [
        'Carbon figures, share of the pieces',
        `measured ${percent(quality.measured_epd_pct)}, declared ${percent(quality.declared_pct)}, category average ${percent(quality.category_average_pct)}, missing ${percent(quality.missing_pct)}`,
      ],
    });
  const pair = [
    { head: 'Measure', share: 0.45 },
    { head: 'Value', share: 0.55 },
  ];
  table(sheet, pair, rows, 'Sustainability of the scenario');
  if ((report.certification_coverage ?? []).length > 0) {
    table(
      sheet,
      [
        { head: 'Certificate', share: 0.5 },
        { head: 'Share of pieces', share: 0.25, align: 'right' },
        { head: 'Share of spend', share: 0.25, align: 'right' },
      ],
      (report.certification_coverage ?? []).map((one) => ({
        cells: [one.certification, percent(one.pieces_pct, 1, 1), percent(one.spend_pct, 1, 1)],
      })),
      'Certificates and how much of the furniture holds them',
      { text: 'Certificates' },
    );
  }
  if ((report.targets ?? []).length > 0) {
    table(
      sheet,
      [
        { head: 'Target', share: 0.46 },
        { head: 'Wanted', share: 0.18, align: 'right' },
        { head: 'Reached', share: 0.2, align: 'right' },
        { head: 'Met', share: 0.16, align: 'right' },
      ],
      (report.targets ?? []).map((one) => ({
        cells: [one.label, figure(one.target), figure(one.actual), one.met ? 'Yes' : 'No'],
      })),
      'Targets of the project against what is reached',
      { text: 'Targets' },
    );
  }
  const currency = prices === 'none' ? null : (scenario?.currency ?? 'USD');
  for (const credit of report.credits ?? []) creditPart(sheet, credit, currency);
}

function figure(value: unknown): string {
  if (value === null || value === undefined) return '\u2013';
  return typeof value === 'number' ? count(value, 2) : String(value);
}

type Credit = NonNullable<SustainabilityReport['credits']>[number];

/** Without a currency the proposal names no sums: shares of them are told alone. */
function creditPart(sheet: Proposal['sheet'], credit: Credit, currency: string | null): void {
  table(
    sheet,
    [
      { head: 'Measure', share: 0.38 },
      { head: 'Counted', share: 0.24, align: 'right' },
      { head: 'Of', share: 0.16, align: 'right' },
      { head: 'Needed', share: 0.12, align: 'right' },
      { head: 'Met', share: 0.1, align: 'right' },
    ],
    credit.measures.map((one) => {
      const share = one.unit.startsWith('%');
      const spent = one.unit === '% of cost';
      const sum = (value: number) => (spent && currency !== null ? money(value, currency) : count(value, 2));
      const untold = spent && currency === null;
      return {
        cells: [
          { text: one.label, under: share ? one.unit : '' },
          untold
            ? percent(one.value)
            : share
              ? `${sum(one.numerator)} (${percent(one.value)})`
              : count(one.numerator, 0),
          one.denominator === null || untold ? '\u2013' : sum(one.denominator),
          share ? percent(one.threshold) : count(one.threshold),
          one.met ? 'Yes' : 'No',
        ],
      };
    }),
    `Measures of ${credit.name}`,
    { text: credit.name, aside: credit.passed ? 'met' : 'not met' },
  );
  sheet.paragraph(`${credit.note} Source: ${credit.source}.`, SMALL);
  const missing = credit.missing_certificates;
  if (missing.length === 0) return;
  table(
    sheet,
    [
      { head: 'Product', share: 0.4 },
      { head: 'Part number', share: 0.2 },
      { head: 'What is missing', share: 0.4 },
    ],
    missing.slice(0, MOST_MISSING).map((one) => ({ cells: [one.name, one.sku, one.needs] })),
    `Evidence missing for ${credit.name}`,
    { text: 'Missing evidence', bookmark: false, level: 3 },
  );
  if (missing.length > MOST_MISSING)
    sheet.paragraph(`And ${missing.length - MOST_MISSING} more products, of smaller cost.`, SMALL);
}

export function assumptions(proposal: Proposal): void {
  const { document, sheet, scenario } = proposal;
  sheet.section('Assumptions and shortfalls', { flow: 220 });
  shortfalls(proposal);
  const rows = scenario === null ? [] : facts(scenario.assumptions);
  if (rows.length > 0) {
    table(
      sheet,
      [
        { head: 'Assumption', share: 0.45 },
        { head: 'Value', share: 0.55 },
      ],
      rows.map(([name, value]) => ({ cells: [name, value] })),
      'Assumptions of the scenario',
      { text: 'What the figures rest on' },
    );
  }
  const notes = document.recommendation?.summary['notes'];
  const words = [
    'Rooms, doors and windows are as read from the drawing; measure on site before ordering.',
    'Pictures and views are schematic: only the outside dimensions are facts of the product.',
    'Lead times are the makers\u2019 at the time of the offer, in calendar days.',
    ...(Array.isArray(notes) ? notes.filter((one) => typeof one === 'string') : []).filter(
      (note) => !isShortfall(note, scenario),
    ),
  ];
  sheet.heading('Notes', { keep: 40 });
  for (const line of words) sheet.paragraph(line, TEXT, { after: 4 });
  const missing = document.left_out.filter((one) => !NO_PART.includes(one.what));
  if (missing.length === 0) return;
  sheet.heading('Not in this document', { keep: 30 });
  for (const { what, why } of missing) sheet.paragraph(`${what}: ${why}`, TEXT, { after: 4 });
}

/** What only the file of a whole project could hold. */
const NO_PART = ['Conversations', 'Contents of the saved versions'];

/** Whether the table of what found no place tells it already. */
function isShortfall(note: string, scenario: Proposal['scenario']): boolean {
  const said = note.toLowerCase();
  return (scenario?.shortfalls ?? []).some(({ label, placed, wanted }) => {
    const what = label.toLowerCase();
    const rooms = said.startsWith(`${what}: `) && said.includes(' placed in ');
    return rooms || said.includes(`: ${what}, ${placed} of ${wanted} `);
  });
}

function shortfalls({ document, sheet, scenario }: Proposal): void {
  sheet.heading('What found no place', { keep: 70 });
  const rows = scenario?.shortfalls ?? [];
  if (rows.length === 0) {
    sheet.paragraph(
      scenario === null
        ? 'There is no recommendation yet.'
        : 'Everything that was asked for is in the offer.',
    );
    return;
  }
  const spaces = roomNames(document.floors);
  table(
    sheet,
    [
      { head: 'Room', share: 0.24 },
      { head: 'What', share: 0.2 },
      { head: 'Wanted', share: 0.1, align: 'right' },
      { head: 'Placed', share: 0.1, align: 'right' },
      { head: 'Why', share: 0.36 },
    ],
    rows.map((one) => ({
      cells: [
        one.space_id === null ? '' : (spaces.get(one.space_id) ?? ''),
        one.label,
        one.measure === 'seats'
          ? `${count(one.wanted)} ${one.wanted === 1 ? 'seat' : 'seats'}`
          : count(one.wanted),
        count(one.placed),
        one.why,
      ],
    })),
    'What was asked for and found no place',
  );
}

/** Plain values by their names; the figures of the return stand with it. */
function facts(value: object, before: readonly string[] = []): [string, string][] {
  return Object.entries(value).flatMap(([key, inner]): [string, string][] => {
    if (before.length === 0 && key === 'roi') return [];
    const path = [...before, key];
    if (inner === null || inner === undefined) return [];
    if (Array.isArray(inner)) {
      const plain = inner.filter((one) => typeof one !== 'object').map(String);
      return plain.length === 0 ? [] : [[named(path), plain.join(', ')]];
    }
    if (typeof inner === 'object') return facts(inner, path);
    return [[named(path), typeof inner === 'number' ? count(inner, 4) : String(inner)]];
  });
}

function named(path: readonly string[]): string {
  return spoken(path.join(' \u2013 '));
}
