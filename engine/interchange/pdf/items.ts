/** The furniture, room by room: picture, product, why it was chosen, lead time, price. Sums to the scenario's furniture. */
import { toNumber } from '../../money.ts';
import type { BillLine } from '../bill.ts';
import { canPicture, picture } from './pictures.ts';
import type { Proposal } from './proposal.ts';
import { reasonFor } from './reasons.ts';
import { TEXT } from './sheet.ts';
import { type Column, type Row, table } from './table.ts';
import { count, days, money, size, spoken } from './words.ts';

const COLUMNS: readonly Column[] = [
  { head: '', share: 0.08 },
  { head: 'Product', share: 0.22 },
  { head: 'Why', share: 0.31 },
  { head: 'Lead time', share: 0.1, align: 'right' },
  { head: 'Pieces', share: 0.07, align: 'right' },
  { head: 'Each', share: 0.105, align: 'right' },
  { head: 'Total', share: 0.115, align: 'right' },
];
/** Without a price to each line. */
const UNPRICED: readonly Column[] = [
  { head: '', share: 0.08 },
  { head: 'Product', share: 0.3 },
  { head: 'Why', share: 0.4 },
  { head: 'Lead time', share: 0.13, align: 'right' },
  { head: 'Pieces', share: 0.09, align: 'right' },
];
const PICTURE_HEIGHT = 34;

export function items(proposal: Proposal): void {
  const { sheet, bill, scenario, left_out, prices } = proposal;
  if (bill === null || scenario === null) return;
  sheet.section('Furniture by space');
  const rooms = Map.groupBy(bill.lines, (line) => line.item.space_id);
  const several = new Set(bill.lines.map((line) => line.floor_name)).size > 1;
  for (const lines of rooms.values()) {
    const [first] = lines;
    if (first === undefined) continue;
    const name = first.space_name ?? 'For no single room';
    const total = lines.reduce((sum, line) => sum + line.extended_cents, 0);
    table(
      sheet,
      prices === 'lines' ? COLUMNS : UNPRICED,
      lines.map((line) => rowOf(proposal, line)),
      `Furniture of ${name}`,
      {
        text: several && first.floor_name !== null ? `${name} \u00b7 ${first.floor_name}` : name,
        ...(prices === 'none' ? {} : { aside: money(toNumber(total), scenario.currency) }),
      },
    );
  }
  sheet.heading('Sum of the furniture', { keep: 40, bookmark: false });
  const pieces = bill.lines.reduce((sum, line) => sum + line.quantity, 0);
  sheet.paragraph(
    `${count(pieces)} pieces on ${count(bill.lines.length)} lines${prices === 'none' ? '' : `: ${money(toNumber(bill.total_cents), scenario.currency)}`}.`,
    { ...TEXT, weight: 'strong' },
  );
  const blank = new Set(bill.lines.filter((line) => !canPicture(line.product)).map((line) => line.item.sku));
  if (blank.size > 0)
    left_out.push({
      what: 'Pictures of products without a size',
      why: 'The catalogue gives no width or height to draw them from.',
      count: blank.size,
    });
  if (bill.turned_down > 0)
    left_out.push({
      what: 'Lines that were turned down',
      why: 'They are not part of the offer.',
      count: bill.turned_down,
    });
}

function rowOf(proposal: Proposal, line: BillLine): Row {
  const { sheet, units, scenario, prices } = proposal;
  const { product, item } = line;
  const currency = scenario?.currency ?? product.currency;
  const facts = [
    [product.brand, item.variant?.sku ?? item.sku].filter(Boolean).join(' \u00b7 '),
    item.variant === null
      ? null
      : [item.variant.name, ...Object.entries(item.variant.attributes).map(([k, v]) => `${k}: ${v}`)]
          .filter(Boolean)
          .join(', '),
    size([product.width_in, product.depth_in, product.height_in], units),
  ].filter(Boolean);
  return {
    cells: [
      canPicture(product)
        ? {
            text: '',
            picture: {
              alt: `${product.name} from the front`,
              height: PICTURE_HEIGHT,
              draw: (x, y, width, height) => picture(sheet, product, { x, y, width, height }),
            },
          }
        : '',
      { text: product.name, under: facts.join('\n') },
      {
        text: '',
        under: sentences(spoken(reasonFor(item, proposal))),
      },
      days(product.lead_time_days),
      count(line.quantity),
      ...(prices === 'lines'
        ? [
            money(toNumber(line.sell_cents), currency),
            { text: money(toNumber(line.extended_cents), currency), strong: true },
          ]
        : []),
    ],
  };
}

/** Reasons are put together from phrases: each sentence begins with a capital. */
function sentences(text: string): string {
  return text.replace(/\. \p{Ll}/gu, (start) => start.toUpperCase());
}
