/** The first page, what the client asked for, and the page for signatures. */
import { clientName, type Proposal } from './proposal.ts';
import { INK, MUTED, type Sheet, SMALL, TEXT } from './sheet.ts';
import { table } from './table.ts';
import { directed } from './type.ts';
import { area, count, day, days, money, spoken } from './words.ts';

export function cover(proposal: Proposal): void {
  const { document, sheet, scenario, left_out } = proposal;
  sheet.section('Cover', { drawn: false });
  // Nothing follows on this page.
  sheet.y = sheet.bottom;
  const { doc, type, left, right, width } = sheet;
  const bar = document.organization?.branding.accent_color ?? sheet.accent;
  sheet.artifact(() => doc.rect(0, 0, doc.page.width, 7).fill(bar));
  const organization = document.organization;
  const logo = organization?.branding.logo ?? null;
  if (logo !== null)
    try {
      const bytes = Buffer.from(logo.slice(logo.indexOf(',') + 1), 'base64');
      sheet.tag('Figure', () => doc.image(bytes, left, 56, { fit: [170, 54] }), {
        alt: `Logo of ${organization?.name ?? 'the organization'}`,
        box: [left, 56, left + 170, 110],
      });
    } catch {
      left_out.push({ what: 'Logo', why: 'Its picture cannot be read; upload it again as PNG or JPEG.' });
    }
  else if (organization !== null)
    sheet.tag('P', () =>
      type.draw(type.clip(organization.name, BRAND, width), left, 80, { ...BRAND, color: sheet.accent }),
    );
  let y = doc.page.height * 0.33;
  sheet.tag('P', () => type.draw('Furniture proposal', left, y, { size: 10, color: MUTED }));
  y += 16;
  y += drawTitle(sheet, document.project.name, y) + 18;
  sheet.artifact(() => sheet.rule(y, sheet.accent, 1.2, left, left + 48));
  y += 30;
  for (const [label, value] of facts(proposal)) {
    const lines = type.lines(value, TEXT, width - 120, 4);
    sheet.tag('P', () => {
      type.draw(`${label} `, left, y, { ...TEXT, color: MUTED });
      lines.forEach((line, i) => {
        type.draw(line, left + 110, y + i * 14, TEXT);
      });
    });
    y += lines.length * 14 + 5;
  }
  if (scenario === null || proposal.prices === 'none') return;
  const base = doc.page.height - 92;
  sheet.artifact(() => sheet.rule(base - 42, INK, 0.7));
  sheet.tag('P', () => {
    type.draw(type.clip(`Total, ${scenario.name} scenario`, TEXT, width / 2), left, base - 12, TEXT);
    type.draw(' ', left, base - 12, TEXT);
    type.draw(
      money(scenario.total_cost, scenario.currency),
      right,
      base - 10,
      { size: 24, weight: 'strong' },
      'right',
    );
  });
  sheet.tag('P', () =>
    type.draw(
      'All lines included: furniture, services, delivery and tax as listed under Budget.',
      left,
      base + 6,
      SMALL,
    ),
  );
}

const BRAND = { size: 13, weight: 'strong' } as const;
/** Smaller where a long word would be broken. */
const TITLE_SIZES = [30, 26, 22, 18];

/** The project's name in at most five lines; returns their height. */
function drawTitle(sheet: Sheet, name: string, y: number): number {
  const { type, left, right, width } = sheet;
  const set = (size: number) => directed(name, { size, weight: 'strong' });
  const size = TITLE_SIZES.find((one) => !type.breaks(name, set(one), width)) ?? 18;
  const style = set(size);
  const lines = type.lines(name, style, width, 5);
  sheet.tag('H1', () =>
    lines.forEach((line, i) => {
      const base = y + size * (1 + i * 1.18);
      if (style.direction === 'rtl') type.draw(line, right, base, style, 'right');
      else type.draw(i < lines.length - 1 ? `${line} ` : line, left, base, style);
    }),
  );
  return lines.length * size * 1.18;
}

function facts({ document, units, scenario }: Proposal): [string, string][] {
  const { organization, project, floors } = document;
  const client = clientName(document);
  const spaces = floors.flatMap((floor) => floor.spaces);
  const sqft = spaces.reduce((sum, space) => sum + (space.area_sqft ?? 0), 0);
  const rows: [string, string | null | undefined][] = [
    ['Client', client],
    ['Prepared by', organization?.name],
    ['Date', day(document.exported_at)],
    ['Scenario', scenario?.name],
    ['Rooms', spaces.length === 0 ? null : `${count(spaces.length)}, ${area(sqft, units)} in all`],
    ['Installation', project.timeline.installation_date && day(project.timeline.installation_date)],
    ['Contact', [organization?.phone, organization?.website].filter(Boolean).join(' \u00b7 ')],
  ];
  return rows.filter((row): row is [string, string] => (row[1] ?? '').trim() !== '');
}

export function briefPart({ document, sheet, units }: Proposal): void {
  const { brief, evidence, questions } = document.brief;
  sheet.section('Brief');
  if (document.project.description) sheet.paragraph(document.project.description);
  const stated = flat(brief).map(({ path, value }) => {
    const quotes = evidence
      .filter((one) => one.path === path && (!Array.isArray(value) || value.includes(one.value)))
      .map((one) => `\u201c${one.quote}\u201d`);
    return {
      cells: [
        LABELS[path] ?? LABELS[last(path)] ?? spoken(last(path)),
        {
          text: worded(path, value, units, brief.budget?.currency ?? document.project.currency),
          strong: true,
        },
        [...new Set(quotes)].join('  ') || 'Entered in the project',
      ],
    };
  });
  if (stated.length === 0) sheet.paragraph('No requirement has been stated yet.');
  else {
    table(
      sheet,
      [
        { head: 'Requirement', share: 0.24 },
        { head: 'Value', share: 0.26 },
        { head: 'Where it comes from', share: 0.5 },
      ],
      stated,
      'Requirements of the brief with the sentence each came from',
      { text: 'What was asked for' },
    );
  }
  if (questions.length === 0) return;
  sheet.heading('Open questions', { keep: 30 });
  for (const question of questions) sheet.paragraph(question, TEXT, { after: 4 });
}

/** Where the field's own name says too little by itself. */
const LABELS: Record<string, string> = {
  'budget.max': 'Budget, at most',
  'budget.min': 'Budget, at least',
  'budget.target': 'Budget, target',
  excluded: 'Not wanted',
  max_lead_time_days: 'Lead time, at most',
  employee_count: 'People',
  area_sqft: 'Area',
  flexibility_days: 'Flexibility',
  workstation_count: 'Workstations',
};

function last(path: string): string {
  return path.split('.').at(-1) ?? path;
}

function flat(value: object, before = ''): { path: string; value: unknown }[] {
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = before === '' ? key : `${before}.${key}`;
    if (inner === undefined || inner === null || (Array.isArray(inner) && inner.length === 0)) return [];
    if (path === 'budget.currency') return [];
    return typeof inner === 'object' && !Array.isArray(inner) ? flat(inner, path) : [{ path, value: inner }];
  });
}

function worded(path: string, value: unknown, units: Proposal['units'], currency: string): string {
  if (Array.isArray(value)) return value.map((one) => spoken(String(one))).join(', ');
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') {
    if (path.startsWith('budget.')) return money(value, currency);
    if (path.endsWith('_sqft')) return area(value, units);
    return path.endsWith('_days') ? days(value) : count(value);
  }
  if (path.endsWith('_date')) return day(String(value));
  return spoken(String(value));
}

export function approval({ document, sheet, scenario, prices }: Proposal): void {
  sheet.section('Approval');
  const version = document.versions.at(-1);
  const words = [
    `Project: ${document.project.name}.`,
    scenario === null
      ? null
      : `Scenario: ${scenario.name}${prices === 'none' ? '' : `, ${money(scenario.total_cost, scenario.currency)} in all`}.`,
    `Version: ${version === undefined ? 'no saved version' : `${version.version_number}, saved on ${day(version.created_at)}`}; this document was made on ${day(document.exported_at)}.`,
  ];
  for (const line of words) if (line !== null) sheet.paragraph(line, TEXT, { after: 4 });
  sheet.y += 12;
  for (const party of [clientName(document) ?? 'Client', document.organization?.name ?? 'Prepared by']) {
    sheet.heading(party, { keep: 110, bookmark: false });
    const half = (sheet.width - 24) / 2;
    const fields = ['Name', 'Title', 'Signature', 'Date'];
    fields.forEach((label, i) => {
      const x = sheet.left + (i % 2) * (half + 24);
      const y = sheet.y + 34 + Math.floor(i / 2) * 46;
      sheet.artifact(() => sheet.rule(y, INK, 0.5, x, x + half));
      sheet.tag('P', () => sheet.type.draw(label, x, y + 11, SMALL));
    });
    sheet.y += 104;
  }
}
