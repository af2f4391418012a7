/**
 * The bill of one scenario as a workbook: summary, by area, by product, every line, the budget. Sums are formulas over the
 * lines, with the values they have; the totals are the scenario's to the cent. Costs only where the document has them.
 */
import { type WriteSheet, writeXlsx } from 'hucre/xlsx';
import type { LeftOut, ProjectDocument } from '../../../contract/project-document.ts';
import { fromNumber, toNumber } from '../../money.ts';
import { type Bill, billOf, scenarioOf } from '../bill.ts';
import { readable } from '../pdf/proposal.ts';
import { InterchangeError, type WriteOptions, type WriteTools, type Written } from '../writer.ts';
import { groupColumns } from './groups.ts';
import { LINES_PRINTED, type LinesSheet, lineColumns, rangeOf, type Tables, tablesOf } from './lines.ts';
import { type Column, FONT, type Frame, HEAD_COLOR, sheetOf } from './sheet.ts';
import { summarySheet } from './summary.ts';

export const XLSX_PARTS = ['summary', 'areas', 'products', 'lines', 'budget'] as const;
type Part = (typeof XLSX_PARTS)[number];
/** Rows of the format, less the rows above the data. */
const MOST_LINES = 1_048_000;

type Options = Pick<WriteOptions, 'scenario_id' | 'parts' | 'paper'>;

/** @throws InterchangeError where the project has no bill */
export async function write(
  document: ProjectDocument,
  options: Options,
  tools?: WriteTools,
): Promise<Written> {
  const scenario = scenarioOf(document, options.scenario_id);
  if (scenario === undefined)
    throw new InterchangeError(
      'nothing_to_write',
      'This project has no bill yet; make a recommendation first.',
    );
  const bill = billOf(document, scenario);
  if (bill.lines.length > MOST_LINES)
    throw new InterchangeError(
      'too_large',
      'A sheet holds a million lines at most; export the order as SIF.',
    );
  const wants = (part: Part) => options.parts.length === 0 || options.parts.includes(part);
  const tables = tablesOf(bill);
  const lines: LinesSheet = wants('lines') ? { name: 'Lines', tables } : null;
  const frame = frameOf(document, bill, options.paper);
  const made: WriteSheet[] = [];
  const add = (part: Part, make: () => WriteSheet) => {
    if (!wants(part)) return;
    tools?.onProgress(made.length / 6, `writing the sheet ${part}`);
    made.push(make());
  };
  const budget = wants('budget') ? 'Budget' : null;
  add('summary', () => summarySheet({ document, bill, tables, frame, lines, budget }));
  add('areas', () => sheetOf('Areas', frame, groupColumns('area', lines, tables), tables.areas));
  add('products', () => sheetOf('Products', frame, groupColumns('product', lines, tables), tables.products));
  add('lines', () => sheetOf('Lines', frame, lineColumns(tables), tables.lines, LINES_PRINTED));
  add('budget', () => sheetOf('Budget', frame, budgetColumns(bill, lines), scenario.lines));
  tools?.onProgress(0.85, 'packing the workbook');
  const bytes = await writeXlsx({
    sheets: made,
    defaultFont: FONT,
    properties: {
      title: frame.title,
      created: new Date(document.exported_at),
      modified: new Date(document.exported_at),
      ...(document.organization === null ? {} : { company: document.organization.name }),
    },
  });
  return { bytes, left_out: leftOut(document, bill, tables, wants) };
}

function frameOf(document: ProjectDocument, { scenario }: Bill, paper: Options['paper']): Frame {
  const day = document.exported_at.slice(0, 10);
  return {
    title: `${document.project.name} – ${scenario.name}`,
    subtitle: `Amounts in ${scenario.currency}, ${day}${scenario.internal === undefined ? '' : '; internal: holds costs'}`,
    money_format: moneyFormat(scenario.currency),
    paper: paper === 'A4' ? 'a4' : 'letter',
    head_color: headColor(document),
    footer: document.organization?.branding.footer_line ?? null,
  };
}

/** The organization's own where white letters can be read on it. */
function headColor(document: ProjectDocument): string {
  const branding = document.organization?.branding;
  const own = readable(branding?.accent_color ?? null) ?? readable(branding?.primary_color ?? null);
  return own === null ? HEAD_COLOR : own.slice(1).toUpperCase();
}

/** With the currency's own sign where it has one that nobody mistakes; negative amounts with a minus. */
export function moneyFormat(currency: string): string {
  const sign = { USD: '$-409', EUR: '€-2', GBP: '£-809' }[currency];
  const shown = sign === undefined ? `[$${currency}] ` : `[$${sign}]`;
  return `${shown}#,##0.00;-${shown}#,##0.00`;
}

type BudgetRow = Bill['scenario']['lines'][number];

function budgetColumns(bill: Bill, lines: LinesSheet): Column<BudgetRow>[] {
  const furniture = toNumber(bill.total_cents);
  return [
    { key: 'label', header: 'Budget line', width: 34, format: 'text', cell: (line) => line.label },
    {
      key: 'amount',
      header: 'Amount',
      width: 18,
      format: 'money',
      total: true,
      cell: (line) =>
        line.key === 'furniture' && lines !== null && fromNumber(line.amount) === bill.total_cents
          ? { formula: `ROUND(SUM(${rangeOf(lines, 'sell')}),2)`, result: furniture }
          : line.amount,
    },
    {
      key: 'share',
      header: 'Of the total',
      width: 12,
      format: 'percent',
      cell: (line, row) => ({
        formula: `IF($B$3=0,0,ROUND(B${row}/$B$3,6))`,
        result:
          bill.scenario.total_cost === 0
            ? 0
            : Math.round((1e6 * line.amount) / bill.scenario.total_cost) / 1e6,
      }),
    },
    {
      key: 'note',
      header: 'How it comes about',
      width: 70,
      format: 'text',
      cell: (line) => line.note ?? null,
    },
  ];
}

const SHEETS: Record<Part, string> = {
  summary: 'The summary',
  areas: 'The bill by area',
  products: 'The bill by product',
  lines: 'All lines',
  budget: 'The budget lines',
};

function leftOut(
  document: ProjectDocument,
  bill: Bill,
  tables: Tables,
  wants: (part: Part) => boolean,
): LeftOut[] {
  const without = tables.internal ? bill.lines.filter((line) => line.cost_cents === null).length : 0;
  const some = (count: number, what: string, why: string): LeftOut[] =>
    count > 0 ? [{ what, why, count }] : [];
  return [
    ...XLSX_PARTS.filter((part) => !wants(part)).map((part) => ({
      what: SHEETS[part],
      why: 'this part was not asked for',
    })),
    ...some(bill.turned_down, 'Lines that were turned down', 'they are in no sum'),
    ...some(without, 'Cost of some lines', 'nobody has stated it; they are in neither cost nor margin'),
    ...some(
      document.floors.length,
      'Plans and the places of the furniture',
      'a workbook holds the bill only',
    ),
    ...some(
      document.scenarios.length - 1,
      'Lines of the other scenarios',
      'the workbook holds the bill of one scenario',
    ),
  ];
}
