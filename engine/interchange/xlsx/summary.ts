/** The first sheet: whose project it is, the totals drawn from the other sheets, the check that they agree, all scenarios. */
import type { WriteSheet } from 'hucre/xlsx';
import type { ProjectDocument } from '../../../contract/project-document.ts';
import { toNumber } from '../../money.ts';
import type { Bill } from '../bill.ts';
import { type LinesSheet, rangeOf, type Tables } from './lines.ts';
import {
  type Format,
  type Frame,
  Grid,
  printed,
  rounded,
  STRONG,
  SUBTITLE,
  TITLE,
  type Value,
} from './sheet.ts';

export interface SummaryInput {
  document: ProjectDocument;
  bill: Bill;
  tables: Tables;
  frame: Frame;
  lines: LinesSheet;
  /** Name of the budget's sheet; null where it is not written. */
  budget: string | null;
}

export function summarySheet(input: SummaryInput): WriteSheet {
  const { document, frame } = input;
  const grid = new Grid(frame.money_format);
  grid.put(0, 0, frame.title, 'text', TITLE);
  grid.put(1, 0, frame.subtitle, 'text', SUBTITLE);
  let row = 3;
  const client = (document.project.client as { name?: unknown }).name;
  for (const [label, value] of [
    ['Client', typeof client === 'string' ? client : null],
    ['Prepared by', document.organization?.name ?? null],
  ] as const) {
    if (value === null) continue;
    grid.put(row, 0, label, 'text');
    grid.put(row, 1, value, 'text');
    row += 1;
  }
  row += 1;
  for (const { label, value, format, strong } of figures(input, row + 1)) {
    grid.put(row, 0, label, 'text', strong ? STRONG : {});
    grid.put(row, 1, value, format, strong ? STRONG : {});
    row += 1;
  }
  scenarioTable(grid, row + 1, document);
  return {
    name: 'Summary',
    cells: grid.cells,
    columns: [{ width: 34 }, { width: 22 }, { width: 16 }, { width: 16 }, { width: 16 }, { width: 16 }],
    freezePane: { rows: 2 },
    ...printed(frame, null),
  };
}

interface Figure {
  label: string;
  value: Value;
  format: Format;
  strong?: boolean;
}

/** `first` is the row, counted from 1, in which the first figure stands. */
function figures({ bill, tables, lines, budget }: SummaryInput, first: number): Figure[] {
  const { scenario } = bill;
  const over = (key: 'quantity' | 'list' | 'sell' | 'cost', result: number): Value =>
    lines === null ? result : { formula: `ROUND(SUM(${rangeOf(lines, key)}),2)`, result };
  const pieces = bill.lines.reduce((sum, line) => sum + line.quantity, 0);
  const list = toNumber(bill.lines.reduce((sum, line) => sum + line.list_cents * line.quantity, 0));
  const furniture = toNumber(bill.total_cents);
  const total = scenario.total_cost;
  const found: Figure[] = [
    { label: 'Pieces', value: over('quantity', pieces), format: 'whole' },
    { label: 'Furniture at list', value: over('list', list), format: 'money' },
    { label: 'Furniture', value: over('sell', furniture), format: 'money' },
    {
      label: 'Services, delivery and tax',
      value:
        budget === null
          ? rounded(total - furniture)
          : { formula: `ROUND(${budget}!$B$3-B${first + 2},2)`, result: rounded(total - furniture) },
      format: 'money',
    },
    {
      label: 'Total',
      value: { formula: `ROUND(B${first + 2}+B${first + 3},2)`, result: total },
      format: 'money',
      strong: true,
    },
    { label: 'Total of the scenario when exported', value: total, format: 'money' },
    {
      label: 'Changed since in this workbook by',
      value: { formula: `ROUND(B${first + 4}-B${first + 5},2)`, result: 0 },
      format: 'money',
    },
  ];
  if (!tables.internal) return found;
  const known = bill.lines.filter((line) => line.cost_cents !== null);
  const cost = toNumber(known.reduce((sum, line) => sum + (line.cost_cents ?? 0) * line.quantity, 0));
  const sell = toNumber(known.reduce((sum, line) => sum + line.extended_cents, 0));
  return [
    ...found,
    { label: 'Cost of the furniture, where known', value: over('cost', cost), format: 'money' },
    {
      label: 'Margin on the furniture, where known',
      value: sell === 0 ? null : Math.round(1e6 * (1 - cost / sell)) / 1e6,
      format: 'percent',
    },
    { label: 'Lines without a known cost', value: bill.lines.length - known.length, format: 'whole' },
  ];
}

const HEADS = ['Scenario', 'Total', 'Pieces', 'Quality', 'Sustainability', 'Lead time, days'];

function scenarioTable(grid: Grid, start: number, { scenarios }: ProjectDocument): void {
  for (const [c, head] of HEADS.entries())
    grid.put(start, c, head, 'text', c === 0 ? STRONG : { ...STRONG, alignment: { horizontal: 'right' } });
  for (const [i, one] of scenarios.entries()) {
    const row = start + 1 + i;
    grid.put(row, 0, `${one.name}${one.is_selected ? ' (selected)' : ''}`, 'text');
    grid.put(row, 1, one.total_cost, 'money');
    grid.put(row, 2, one.metrics.item_count, 'whole');
    grid.put(row, 3, one.quality_score, 'whole');
    grid.put(row, 4, one.sustainability_score, 'whole');
    grid.put(row, 5, one.metrics.lead_time_days, 'whole');
  }
}
